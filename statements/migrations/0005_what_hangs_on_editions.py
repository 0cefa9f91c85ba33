"""What hangs on a published edition is frozen with it, and how it ended."""

from django.db import migrations

EDITION = r"""
CREATE OR REPLACE FUNCTION public.guard_edition() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    -- All the rest is frozen once an edition is scheduled: columns to come as well.
    -- What was removed by law has a guard of its own.
    may_change text[] := ARRAY['published_at', 'published_by_id', 'superseded_at',
        'superseded_by_id', 'withdrawn_at', 'withdrawn_by_id', 'withdrawn_reason',
        'withdrawn_note', 'record', 'digest', 'previous_digest', 'live', 'redacted_at',
        'redacted_by_id', 'redacted_reason', 'redacted_digest'];
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF OLD.published_at IS NOT NULL THEN
            PERFORM public.refuse('An edition that was scheduled or published stays.');
        END IF;
        RETURN OLD;
    END IF;
    IF TG_OP = 'INSERT' THEN
        IF NEW.published_at IS NOT NULL THEN
            PERFORM public.refuse('An edition begins unpublished.');
        END IF;
        RETURN NEW;
    END IF;
    IF NEW.published_at IS NOT NULL
       AND to_jsonb(OLD) - may_change IS DISTINCT FROM to_jsonb(NEW) - may_change THEN
        PERFORM public.refuse(
            'The words of a scheduled or published edition are frozen.');
    END IF;
    IF NEW.published_at IS DISTINCT FROM OLD.published_at THEN
        IF OLD.published_at <= clock_timestamp() THEN
            PERFORM public.refuse('The edition is out; its hour cannot be moved.');
        END IF;
        IF NEW.published_at < transaction_timestamp() THEN
            PERFORM public.refuse('An edition cannot have been published earlier.');
        END IF;
        IF OLD.published_at IS NOT NULL AND NEW.published_at IS NOT NULL AND (
            NEW.record IS DISTINCT FROM OLD.record OR NEW.digest <> OLD.digest
            OR NEW.previous_digest <> OLD.previous_digest) THEN
            PERFORM public.refuse('The record of a scheduled edition is frozen.');
        END IF;
        IF NEW.published_at IS NOT NULL THEN
            IF NEW.approved_at IS NOT NULL
               AND NEW.approved_digest <> public.edition_digest(NEW.id) THEN
                PERFORM public.refuse('The edition differs from what was approved.');
            END IF;
            -- What the chain seals is what readers get, whoever wrote it down.
            IF NEW.record - ARRAY['article', 'speakers', 'resolutions']
                   IS DISTINCT FROM public.edition_content(NEW.id)
               OR NEW.digest
                   <> public.record_digest(NEW.previous_digest, NEW.record) THEN
                PERFORM public.refuse('A published edition carries its record.');
            END IF;
        ELSIF OLD.published_at IS NOT NULL AND NEW.record IS NOT NULL THEN
            PERFORM public.refuse('An edition taken off has no record.');
        END IF;
    ELSIF NEW.published_by_id IS DISTINCT FROM OLD.published_by_id THEN
        PERFORM public.refuse('Who published an edition cannot be changed.');
    ELSIF OLD.published_at IS NOT NULL AND (
        NEW.record IS DISTINCT FROM OLD.record OR NEW.digest <> OLD.digest
        OR NEW.previous_digest <> OLD.previous_digest) THEN
        PERFORM public.refuse('The record of a published edition is frozen.');
    END IF;
    IF NEW.superseded_at IS DISTINCT FROM OLD.superseded_at THEN
        IF OLD.superseded_at <= clock_timestamp()
           OR NEW.superseded_at < transaction_timestamp() THEN
            PERFORM public.refuse('When an edition ended cannot be moved.');
        END IF;
    END IF;
    IF NEW.withdrawn_at IS DISTINCT FROM OLD.withdrawn_at THEN
        IF OLD.withdrawn_at <= clock_timestamp()
           OR NEW.withdrawn_at < transaction_timestamp() THEN
            PERFORM public.refuse('When an edition was withdrawn cannot be moved.');
        END IF;
    ELSIF OLD.withdrawn_at <= clock_timestamp() AND (
        NEW.withdrawn_by_id IS DISTINCT FROM OLD.withdrawn_by_id
        OR NEW.withdrawn_reason <> OLD.withdrawn_reason
        OR NEW.withdrawn_note <> OLD.withdrawn_note) THEN
        PERFORM public.refuse('Why an edition was withdrawn has been told.');
    END IF;
    -- It has ended, and how is told.
    IF least(OLD.superseded_at, OLD.withdrawn_at) <= clock_timestamp() AND (
        NEW.superseded_at IS DISTINCT FROM OLD.superseded_at
        OR NEW.superseded_by_id IS DISTINCT FROM OLD.superseded_by_id
        OR NEW.withdrawn_at IS DISTINCT FROM OLD.withdrawn_at
        OR NEW.withdrawn_by_id IS DISTINCT FROM OLD.withdrawn_by_id) THEN
        PERFORM public.refuse('How an edition ended cannot be changed.');
    END IF;
    IF NEW.approved_by_id IS NOT NULL
       AND NEW.approved_by_id IS DISTINCT FROM OLD.approved_by_id
       AND EXISTS (SELECT FROM public.edition_contributor c
                   WHERE c.edition_id = NEW.id AND c.user_id = NEW.approved_by_id)
    THEN
        PERFORM public.refuse('Nobody approves an edition they wrote in.');
    END IF;
    RETURN NEW;
END;
$$;
"""
FORMER_EDITION = r"""
CREATE OR REPLACE FUNCTION public.guard_edition() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    -- Words and identity: what is frozen once an edition is scheduled.
    frozen text[] := ARRAY['article_id', 'number', 'based_on_id', 'translates_id',
        'change', 'change_note', 'title', 'summary', 'byline', 'body', 'text',
        'created_at', 'created_by_id', 'submitted_at', 'submitted_by_id',
        'approved_at', 'approved_by_id', 'approved_digest', 'unreviewed_reason'];
    before jsonb;
    after jsonb;
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF OLD.published_at IS NOT NULL THEN
            PERFORM public.refuse('An edition that was scheduled or published stays.');
        END IF;
        RETURN OLD;
    END IF;
    IF TG_OP = 'INSERT' THEN
        IF NEW.published_at IS NOT NULL THEN
            PERFORM public.refuse('An edition begins unpublished.');
        END IF;
        RETURN NEW;
    END IF;
    IF NEW.published_at IS NOT NULL THEN
        SELECT jsonb_object_agg(key, value) INTO before
        FROM jsonb_each(to_jsonb(OLD)) WHERE key = ANY (frozen);
        SELECT jsonb_object_agg(key, value) INTO after
        FROM jsonb_each(to_jsonb(NEW)) WHERE key = ANY (frozen);
        IF before IS DISTINCT FROM after THEN
            PERFORM public.refuse(
                'The words of a scheduled or published edition are frozen.');
        END IF;
    END IF;
    IF NEW.published_at IS DISTINCT FROM OLD.published_at THEN
        IF OLD.published_at <= clock_timestamp() THEN
            PERFORM public.refuse('The edition is out; its hour cannot be moved.');
        END IF;
        IF NEW.published_at < transaction_timestamp() THEN
            PERFORM public.refuse('An edition cannot have been published earlier.');
        END IF;
        IF NEW.published_at IS NOT NULL THEN
            IF NEW.approved_at IS NOT NULL
               AND NEW.approved_digest <> public.edition_digest(NEW.id) THEN
                PERFORM public.refuse('The edition differs from what was approved.');
            END IF;
            -- What the chain seals is what readers get, whoever wrote it down.
            IF NEW.record - ARRAY['article', 'speakers', 'resolutions']
                   IS DISTINCT FROM public.edition_content(NEW.id)
               OR NEW.digest
                   <> public.record_digest(NEW.previous_digest, NEW.record) THEN
                PERFORM public.refuse('A published edition carries its record.');
            END IF;
        ELSIF OLD.published_at IS NOT NULL AND NEW.record IS NOT NULL THEN
            PERFORM public.refuse('An edition taken off has no record.');
        END IF;
    ELSIF NEW.published_by_id IS DISTINCT FROM OLD.published_by_id THEN
        PERFORM public.refuse('Who published an edition cannot be changed.');
    ELSIF OLD.published_at IS NOT NULL AND (
        NEW.record IS DISTINCT FROM OLD.record OR NEW.digest <> OLD.digest
        OR NEW.previous_digest <> OLD.previous_digest) THEN
        PERFORM public.refuse('The record of a published edition is frozen.');
    END IF;
    IF NEW.superseded_at IS DISTINCT FROM OLD.superseded_at THEN
        IF OLD.superseded_at <= clock_timestamp()
           OR NEW.superseded_at < transaction_timestamp() THEN
            PERFORM public.refuse('When an edition ended cannot be moved.');
        END IF;
    END IF;
    IF NEW.withdrawn_at IS DISTINCT FROM OLD.withdrawn_at THEN
        IF OLD.withdrawn_at <= clock_timestamp()
           OR NEW.withdrawn_at < transaction_timestamp() THEN
            PERFORM public.refuse('When an edition was withdrawn cannot be moved.');
        END IF;
    ELSIF OLD.withdrawn_at <= clock_timestamp() AND (
        NEW.withdrawn_by_id IS DISTINCT FROM OLD.withdrawn_by_id
        OR NEW.withdrawn_reason <> OLD.withdrawn_reason
        OR NEW.withdrawn_note <> OLD.withdrawn_note) THEN
        PERFORM public.refuse('Why an edition was withdrawn has been told.');
    END IF;
    IF NEW.approved_by_id IS NOT NULL
       AND NEW.approved_by_id IS DISTINCT FROM OLD.approved_by_id
       AND EXISTS (SELECT FROM public.edition_contributor c
                   WHERE c.edition_id = NEW.id AND c.user_id = NEW.approved_by_id)
    THEN
        PERFORM public.refuse('Nobody approves an edition they wrote in.');
    END IF;
    RETURN NEW;
END;
$$;
"""

# What was done before it went out: who wrote in it, which rules were set aside.
MAKING = r"""
CREATE OR REPLACE FUNCTION public.guard_contributor()
RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    editions bigint[] := CASE TG_OP
        WHEN 'INSERT' THEN ARRAY[NEW.edition_id]
        WHEN 'DELETE' THEN ARRAY[OLD.edition_id]
        ELSE ARRAY[OLD.edition_id, NEW.edition_id] END;
BEGIN
    -- First the lock, for an approval or a publication under way must finish; then a
    -- look, which sees what it left.
    PERFORM FROM public.edition e WHERE e.id = ANY (editions)
        ORDER BY e.id FOR SHARE;
    IF EXISTS (SELECT FROM public.edition e WHERE e.id = ANY (editions)
               AND e.published_at IS NOT NULL) THEN
        PERFORM public.refuse('Who wrote in a published edition is frozen.');
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    IF EXISTS (SELECT FROM public.edition e WHERE e.id = NEW.edition_id
               AND e.approved_by_id = NEW.user_id) THEN
        PERFORM public.refuse('Nobody writes in an edition they approved.');
    END IF;
    RETURN NEW;
END;
$$;
DROP TRIGGER guard ON edition_contributor;
CREATE TRIGGER guard BEFORE INSERT OR UPDATE OR DELETE ON edition_contributor
    FOR EACH ROW EXECUTE FUNCTION public.guard_contributor();

CREATE FUNCTION public.guard_waiver() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    editions bigint[] := CASE TG_OP
        WHEN 'INSERT' THEN ARRAY[NEW.edition_id]
        WHEN 'DELETE' THEN ARRAY[OLD.edition_id]
        ELSE ARRAY[OLD.edition_id, NEW.edition_id] END;
BEGIN
    PERFORM FROM public.edition e WHERE e.id = ANY (editions)
        ORDER BY e.id FOR KEY SHARE;
    IF EXISTS (SELECT FROM public.edition e WHERE e.id = ANY (editions)
               AND e.published_at IS NOT NULL) THEN
        PERFORM public.refuse('The rules set aside for a published edition stay.');
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    RETURN NEW;
END;
$$;
CREATE TRIGGER guard BEFORE INSERT OR UPDATE OR DELETE ON waiver
    FOR EACH ROW EXECUTE FUNCTION public.guard_waiver();
"""
DROP_MAKING = r"""
DROP TRIGGER guard ON waiver;
DROP FUNCTION public.guard_waiver();
DROP TRIGGER guard ON edition_contributor;
CREATE OR REPLACE FUNCTION public.guard_contributor()
RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- First the lock, for an approval under way must finish; then a look, which sees
    -- what it left.
    PERFORM FROM public.edition e WHERE e.id = NEW.edition_id FOR SHARE;
    IF EXISTS (SELECT FROM public.edition e WHERE e.id = NEW.edition_id
               AND e.approved_by_id = NEW.user_id) THEN
        PERFORM public.refuse('Nobody writes in an edition they approved.');
    END IF;
    RETURN NEW;
END;
$$;
CREATE TRIGGER guard BEFORE INSERT OR UPDATE ON edition_contributor
    FOR EACH ROW EXECUTE FUNCTION public.guard_contributor();
"""

# How a picture is drawn, who brought a file; and a length, once it was measured.
MEDIA = r"""
DROP TRIGGER guard ON media_asset;
CREATE TRIGGER guard BEFORE UPDATE ON media_asset FOR EACH ROW
    WHEN ((OLD.key, OLD.file, OLD.name, OLD.type, OLD.content_type, OLD.size,
           OLD.sha256, OLD.width, OLD.height, OLD.uploaded_at, OLD.uploaded_by_id,
           coalesce(OLD.duration, NEW.duration))
          IS DISTINCT FROM (NEW.key, NEW.file, NEW.name, NEW.type, NEW.content_type,
                            NEW.size, NEW.sha256, NEW.width, NEW.height,
                            NEW.uploaded_at, NEW.uploaded_by_id,
                            NEW.duration))
    EXECUTE FUNCTION public.guard_media_asset();
"""
FORMER_MEDIA = r"""
DROP TRIGGER guard ON media_asset;
CREATE TRIGGER guard BEFORE UPDATE ON media_asset FOR EACH ROW
    WHEN ((OLD.key, OLD.file, OLD.name, OLD.type, OLD.content_type, OLD.size,
           OLD.sha256)
          IS DISTINCT FROM (NEW.key, NEW.file, NEW.name, NEW.type, NEW.content_type,
                            NEW.size, NEW.sha256))
    EXECUTE FUNCTION public.guard_media_asset();
"""

# The former address leads to the statement itself, and no other takes it over.
ADDRESSES = r"""
CREATE OR REPLACE FUNCTION public.guard_address()
RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    former text := format('/statements/%s/%s/', to_char(OLD.dated, 'YYYY/MM/DD'),
                          OLD.slug);
BEGIN
    IF EXISTS (SELECT FROM public.edition e WHERE e.article_id = OLD.id
               AND lower(e.live) <= clock_timestamp())
       AND NOT EXISTS (SELECT FROM public.article a WHERE a.id = OLD.id
                       AND a.dated = OLD.dated AND a.slug = OLD.slug)
       AND NOT EXISTS (SELECT FROM public.former_address f WHERE f.article_id = OLD.id
                       AND right(f.path, length(former)) = former) THEN
        PERFORM public.refuse('An address that readers knew must lead on.');
    END IF;
    RETURN NULL;
END;
$$;

CREATE FUNCTION public.guard_taken_address() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM public.article a JOIN public.former_address f
            ON f.path = format('/statements/%s/%s/', to_char(a.dated, 'YYYY/MM/DD'),
                               a.slug)
        WHERE a.id = NEW.id AND f.article_id <> a.id) THEN
        PERFORM public.refuse('The address led to another statement, and does still.');
    END IF;
    RETURN NULL;
END;
$$;
CREATE CONSTRAINT TRIGGER guard_taken AFTER INSERT OR UPDATE OF dated, slug ON article
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    EXECUTE FUNCTION public.guard_taken_address();
"""
FORMER_ADDRESSES = r"""
DROP TRIGGER guard_taken ON article;
DROP FUNCTION public.guard_taken_address();
CREATE OR REPLACE FUNCTION public.guard_address() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    former text := format('/statements/%s/%s/', to_char(OLD.dated, 'YYYY/MM/DD'),
                          OLD.slug);
BEGIN
    IF EXISTS (SELECT FROM public.edition e WHERE e.article_id = OLD.id
               AND lower(e.live) <= clock_timestamp())
       AND NOT EXISTS (SELECT FROM public.article a
                       WHERE a.dated = OLD.dated AND a.slug = OLD.slug)
       AND NOT EXISTS (SELECT FROM public.former_address f WHERE f.article_id = OLD.id
                       AND right(f.path, length(former)) = former) THEN
        PERFORM public.refuse('An address that readers knew must lead on.');
    END IF;
    RETURN NULL;
END;
$$;
"""

# Rows of the audit come of rows that changed: their triggers stand one level deeper.
AUDIT = r"""
CREATE FUNCTION public.guard_audit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF pg_trigger_depth() < 2 THEN
        PERFORM public.refuse('The audit is written by what it records.');
    END IF;
    RETURN NEW;
END;
$$;
CREATE TRIGGER guard_insert BEFORE INSERT ON audit
    FOR EACH ROW EXECUTE FUNCTION public.guard_audit();
"""
DROP_AUDIT = """
DROP TRIGGER guard_insert ON audit;
DROP FUNCTION public.guard_audit();
"""


class Migration(migrations.Migration):
    dependencies = [("statements", "0004_seals_and_removals")]
    operations = [
        migrations.RunSQL(EDITION, FORMER_EDITION),
        migrations.RunSQL(MAKING, DROP_MAKING),
        migrations.RunSQL(MEDIA, FORMER_MEDIA),
        migrations.RunSQL(ADDRESSES, FORMER_ADDRESSES),
        migrations.RunSQL(AUDIT, DROP_AUDIT),
    ]
