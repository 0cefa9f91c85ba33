"""Seals over all that was published, and the tombstone of what was removed by law."""

from django.db import migrations, models

SEALS = r"""
-- A moment as JSON, the same in every session's time zone.
CREATE FUNCTION public.moment_json(moment timestamptz)
RETURNS jsonb LANGUAGE sql IMMUTABLE
RETURN coalesce(to_jsonb(moment AT TIME ZONE 'UTC'), 'null'::jsonb);

-- What a seal says of an edition at a moment: nothing that lies ahead of it.
CREATE FUNCTION public.seal_entry(edition bigint, moment timestamptz)
RETURNS jsonb LANGUAGE sql STABLE AS $$
SELECT jsonb_build_object(
    'edition', e.id, 'article', e.article_id, 'number', e.number, 'digest', e.digest,
    'published_at', public.moment_json(e.published_at),
    'superseded_at', public.moment_json(
        CASE WHEN e.superseded_at <= moment THEN e.superseded_at END),
    'withdrawn_at', public.moment_json(
        CASE WHEN e.withdrawn_at <= moment THEN e.withdrawn_at END),
    'redacted_at', public.moment_json(
        CASE WHEN e.redacted_at <= moment THEN e.redacted_at END),
    'redacted_digest',
        CASE WHEN e.redacted_at <= moment THEN e.redacted_digest ELSE '' END,
    'files', (
        SELECT coalesce(jsonb_agg(a.sha256 ORDER BY m.position, m.id), '[]')
        FROM public.edition_media m JOIN public.media_asset a ON a.id = m.asset_id
        WHERE m.edition_id = e.id)
) FROM public.edition e WHERE e.id = edition;
$$;

-- What is to be sealed: editions that went out, ended or were redacted since their last
-- seal. At most 50,000 a seal, for a row of the table has its bounds.
CREATE FUNCTION public.unsealed(moment timestamptz)
RETURNS jsonb LANGUAGE sql STABLE AS $$
WITH sealed AS (
    SELECT DISTINCT ON (edition) (entry->>'edition')::bigint AS edition, entry
    FROM public.seal s, jsonb_array_elements(s.entries) entry
    ORDER BY edition, s.number DESC
), fresh AS (
    SELECT e.id, public.seal_entry(e.id, moment) AS entry
    FROM public.edition e LEFT JOIN sealed s ON s.edition = e.id
    WHERE e.published_at <= moment AND (
        s.entry IS NULL
        OR s.entry->'published_at' <> public.moment_json(e.published_at)
        OR s.entry->'superseded_at' <> public.moment_json(
            CASE WHEN e.superseded_at <= moment THEN e.superseded_at END)
        OR s.entry->'withdrawn_at' <> public.moment_json(
            CASE WHEN e.withdrawn_at <= moment THEN e.withdrawn_at END)
        OR s.entry->'redacted_at' <> public.moment_json(
            CASE WHEN e.redacted_at <= moment THEN e.redacted_at END))
    ORDER BY e.id LIMIT 50000
)
SELECT coalesce(jsonb_agg(entry ORDER BY id), '[]') FROM fresh;
$$;

CREATE FUNCTION public.seal_digest(
    number integer, moment timestamptz, previous text, entries jsonb)
RETURNS text LANGUAGE sql IMMUTABLE
RETURN public.record_digest(previous, jsonb_build_object(
    'number', number, 'at', public.moment_json(moment), 'entries', entries));

CREATE FUNCTION public.guard_seal() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    former public.seal;
BEGIN
    SELECT * INTO former FROM public.seal ORDER BY number DESC LIMIT 1;
    IF NEW.number <> coalesce(former.number, 0) + 1
       OR NEW.previous_digest <> coalesce(former.digest, '')
       OR NEW.at < former.at OR NEW.at > clock_timestamp() THEN
        PERFORM public.refuse('A seal follows the one before it.');
    END IF;
    IF NEW.entries = '[]' OR NEW.entries <> public.unsealed(NEW.at) THEN
        PERFORM public.refuse('A seal says what was published and not yet sealed.');
    END IF;
    IF NEW.digest <> public.seal_digest(
           NEW.number, NEW.at, NEW.previous_digest, NEW.entries) THEN
        PERFORM public.refuse('A seal carries the digest of what it says.');
    END IF;
    RETURN NEW;
END;
$$;
CREATE TRIGGER guard_insert BEFORE INSERT ON seal
    FOR EACH ROW EXECUTE FUNCTION public.guard_seal();
CREATE TRIGGER guard BEFORE UPDATE OR DELETE ON seal
    FOR EACH ROW EXECUTE FUNCTION public.guard_for_ever();
"""
DROP_SEALS = """
DROP TRIGGER guard ON seal;
DROP TRIGGER guard_insert ON seal;
DROP FUNCTION public.guard_seal();
DROP FUNCTION public.seal_digest(integer, timestamptz, text, jsonb);
DROP FUNCTION public.unsealed(timestamptz);
DROP FUNCTION public.seal_entry(bigint, timestamptz);
DROP FUNCTION public.moment_json(timestamptz);
"""

GUARDS = r"""
CREATE FUNCTION public.guard_removal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM public.refuse('Words are removed by "manage.py redact" alone.');
    RETURN NULL;
END;
$$;
CREATE TRIGGER guard_removal BEFORE UPDATE ON edition FOR EACH ROW
    WHEN ((OLD.redacted_at, OLD.redacted_by_id, OLD.redacted_reason,
           OLD.redacted_digest)
          IS DISTINCT FROM (NEW.redacted_at, NEW.redacted_by_id, NEW.redacted_reason,
                            NEW.redacted_digest))
    EXECUTE FUNCTION public.guard_removal();
CREATE TRIGGER guard_removal_insert BEFORE INSERT ON edition FOR EACH ROW
    WHEN (NEW.redacted_at IS NOT NULL OR NEW.redacted_reason <> ''
          OR NEW.redacted_digest <> '')
    EXECUTE FUNCTION public.guard_removal();

-- The bytes that a published edition shows, and the address under which.
CREATE FUNCTION public.guard_media_asset() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- First the lock, for a publication under way must finish; then a look, which sees
    -- what it left.
    PERFORM FROM public.edition e
        WHERE e.id IN (SELECT m.edition_id FROM public.edition_media m
                       WHERE m.asset_id = OLD.id)
        ORDER BY e.id FOR KEY SHARE;
    IF EXISTS (SELECT FROM public.edition_media m
               JOIN public.edition e ON e.id = m.edition_id
               WHERE m.asset_id = OLD.id AND e.published_at IS NOT NULL) THEN
        PERFORM public.refuse('A file of a published edition is frozen.');
    END IF;
    RETURN NEW;
END;
$$;
CREATE TRIGGER guard BEFORE UPDATE ON media_asset FOR EACH ROW
    WHEN ((OLD.key, OLD.file, OLD.name, OLD.type, OLD.content_type, OLD.size,
           OLD.sha256)
          IS DISTINCT FROM (NEW.key, NEW.file, NEW.name, NEW.type, NEW.content_type,
                            NEW.size, NEW.sha256))
    EXECUTE FUNCTION public.guard_media_asset();
"""
DROP_GUARDS = """
DROP TRIGGER guard ON media_asset;
DROP TRIGGER guard_removal_insert ON edition;
DROP TRIGGER guard_removal ON edition;
DROP FUNCTION public.guard_media_asset();
DROP FUNCTION public.guard_removal();
"""


class Migration(migrations.Migration):
    dependencies = [("statements", "0003_addresses_and_offices")]
    operations = [
        migrations.CreateModel(
            name="Seal",
            fields=[
                (
                    "number",
                    models.PositiveIntegerField(primary_key=True, serialize=False),
                ),
                ("at", models.DateTimeField()),
                ("previous_digest", models.CharField(blank=True, max_length=64)),
                ("digest", models.CharField(max_length=64)),
                ("entries", models.JSONField()),
            ],
            options={"db_table": "seal", "ordering": ["number"]},
        ),
        migrations.AddField(
            "edition",
            "redacted_digest",
            models.CharField(blank=True, editable=False, max_length=64),
        ),
        migrations.AddField(
            "edition",
            "redacted_reason",
            models.TextField(blank=True, editable=False),
        ),
        migrations.RunSQL(SEALS, DROP_SEALS),
        migrations.RunSQL(GUARDS, DROP_GUARDS),
    ]
