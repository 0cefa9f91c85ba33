"""What must never be false, held by the database itself.

Composite foreign keys, the guards of frozen rows, the audit, and the functions that say
what an edition contains. Errors carry the class of a broken constraint, so that Django
raises IntegrityError.
"""

from django.db import migrations

FOREIGN_KEYS = """
ALTER TABLE edition ALTER live SET NOT NULL;
ALTER TABLE quote ALTER tsv SET STATISTICS 1000;
ALTER TABLE quote ADD CONSTRAINT quote_of_edition
    FOREIGN KEY (edition_id, article_id, live)
    REFERENCES edition (id, article_id, live) ON UPDATE CASCADE;
ALTER TABLE quote ADD CONSTRAINT quote_keeps_its_permalink
    FOREIGN KEY (permalink_id, article_id) REFERENCES permalink (id, article_id);
ALTER TABLE citation ADD CONSTRAINT citation_of_edition
    FOREIGN KEY (edition_id, article_id, live)
    REFERENCES edition (id, article_id, live) ON UPDATE CASCADE;
ALTER TABLE appointment ADD CONSTRAINT appointment_knows_its_posts_rule
    FOREIGN KEY (post_id, exclusive) REFERENCES post (id, exclusive)
    ON UPDATE CASCADE;
"""
DROP_FOREIGN_KEYS = """
ALTER TABLE appointment DROP CONSTRAINT appointment_knows_its_posts_rule;
ALTER TABLE citation DROP CONSTRAINT citation_of_edition;
ALTER TABLE quote DROP CONSTRAINT quote_keeps_its_permalink;
ALTER TABLE quote DROP CONSTRAINT quote_of_edition;
"""

CONTENT = r"""
-- Everything that is approved and frozen, with the keys of the rows it names.
CREATE FUNCTION public.edition_content(edition bigint)
RETURNS jsonb LANGUAGE sql STABLE AS $$
SELECT jsonb_build_object(
    'title', e.title, 'summary', e.summary, 'byline', e.byline,
    'body', e.body, 'text', e.text,
    'change', e.change, 'change_note', e.change_note,
    'quotes', (
        SELECT coalesce(jsonb_agg(jsonb_build_object(
            'permalink', q.permalink_id, 'text', q.text, 'start', q.start,
            'end', q."end", 'kind', q.kind, 'language', q.language,
            'speaker', q.speaker_id, 'organization', q.organization_id,
            'title_as_printed', q.title_as_printed, 'said_on', q.said_on,
            'confirmed', q.confirmed_at IS NOT NULL,
            'detached', q.detached_at IS NOT NULL
        ) ORDER BY q.start, q.permalink_id), '[]')
        FROM public.quote q WHERE q.edition_id = e.id),
    'citations', (
        SELECT coalesce(jsonb_agg(jsonb_build_object(
            'resolution', c.resolution_id, 'printed', c.printed, 'start', c.start,
            'end', c."end", 'pinpoint', c.pinpoint, 'said_on', c.said_on,
            'confirmed', c.confirmed_at IS NOT NULL
        ) ORDER BY c.start), '[]')
        FROM public.citation c WHERE c.edition_id = e.id),
    'media', (
        SELECT coalesce(jsonb_agg(jsonb_build_object(
            'asset', m.asset_id, 'role', m.role, 'position', m.position,
            'alt', m.alt, 'caption', m.caption, 'transcript', m.transcript
        ) ORDER BY m.position, m.id), '[]')
        FROM public.edition_media m WHERE m.edition_id = e.id)
) FROM public.edition e WHERE e.id = edition;
$$;

CREATE FUNCTION public.edition_digest(edition bigint)
RETURNS text LANGUAGE sql STABLE AS $$
SELECT encode(sha256(convert_to(public.edition_content(edition)::text, 'UTF8')), 'hex');
$$;

-- The content with the names as they are at this hour: what publication writes down.
CREATE FUNCTION public.edition_record(edition bigint)
RETURNS jsonb LANGUAGE sql STABLE AS $$
SELECT public.edition_content(edition) || jsonb_build_object(
    'article', jsonb_build_object(
        'id', a.id, 'slug', a.slug, 'dated', a.dated, 'language', a.language,
        'kind', k.name, 'issuer', o.name,
        'tags', (SELECT coalesce(jsonb_agg(t.name ORDER BY t.name), '[]')
                 FROM public.article_tag at JOIN public.tag t ON t.id = at.tag_id
                 WHERE at.content_object_id = a.id)),
    'speakers', (
        SELECT coalesce(jsonb_object_agg(q.permalink_id, jsonb_build_object(
            'name', s.name, 'organization', org.name, 'post', p.label)), '{}')
        FROM public.quote q
        LEFT JOIN public.spokesperson s ON s.id = q.speaker_id
        LEFT JOIN public.organization org ON org.id = q.organization_id
        LEFT JOIN public.appointment ap ON ap.id = q.appointment_id
        LEFT JOIN public.post p ON p.id = ap.post_id
        WHERE q.edition_id = e.id),
    'resolutions', (
        SELECT coalesce(jsonb_object_agg(r.id::text, r.symbol), '{}')
        FROM public.citation c JOIN public.resolution r ON r.id = c.resolution_id
        WHERE c.edition_id = e.id)
)
FROM public.edition e
JOIN public.article a ON a.id = e.article_id
JOIN public.kind k ON k.id = a.kind_id
LEFT JOIN public.organization o ON o.id = a.issuer_id
WHERE e.id = edition;
$$;

-- A link of the article's chain: the former digest and this record.
CREATE FUNCTION public.record_digest(previous text, record jsonb)
RETURNS text LANGUAGE sql IMMUTABLE
RETURN encode(sha256(convert_to(previous || record::text, 'UTF8')), 'hex');

-- What a quote can be filtered by: speaker, organisation, post, topics, resolutions
-- that it names, kind, verdict.
CREATE FUNCTION public.quote_facets(quote bigint)
RETURNS text[] LANGUAGE sql STABLE AS $$
SELECT coalesce(array_agg(DISTINCT facet ORDER BY facet), '{}') FROM (
    SELECT unnest(ARRAY[
        's:' || q.speaker_id, 'o:' || q.organization_id, 'p:' || ap.post_id,
        'k:' || q.kind, 'v:' || q.verdict]) AS facet
    FROM public.quote q LEFT JOIN public.appointment ap ON ap.id = q.appointment_id
    WHERE q.id = quote
    UNION ALL
    SELECT 't:' || at.tag_id FROM public.quote q
    JOIN public.article_tag at ON at.content_object_id = q.article_id
    WHERE q.id = quote
    UNION ALL
    SELECT 'r:' || c.resolution_id FROM public.citation c WHERE c.quote_id = quote
) f WHERE facet IS NOT NULL;
$$;

-- Fill the facets of some quotes; says how many changed.
CREATE FUNCTION public.refresh_facets(quotes bigint[])
RETURNS integer LANGUAGE sql AS $$
WITH fresh AS (
    SELECT id, public.quote_facets(id) AS facets FROM unnest(quotes) AS id
), changed AS (
    UPDATE public.quote q SET facets = fresh.facets FROM fresh
    WHERE q.id = fresh.id AND q.facets IS DISTINCT FROM fresh.facets
    RETURNING 1
) SELECT count(*)::integer FROM changed;
$$;
"""
DROP_CONTENT = """
DROP FUNCTION public.refresh_facets(bigint[]);
DROP FUNCTION public.quote_facets(bigint);
DROP FUNCTION public.record_digest(text, jsonb);
DROP FUNCTION public.edition_record(bigint);
DROP FUNCTION public.edition_digest(bigint);
DROP FUNCTION public.edition_content(bigint);
"""

GUARDS = r"""
CREATE FUNCTION public.refuse(sentence text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING MESSAGE = sentence, ERRCODE = 'check_violation';
END;
$$;

CREATE FUNCTION public.guard_edition() RETURNS trigger LANGUAGE plpgsql AS $$
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
CREATE TRIGGER guard BEFORE INSERT OR UPDATE OR DELETE ON edition
    FOR EACH ROW EXECUTE FUNCTION public.guard_edition();

CREATE FUNCTION public.guard_contributor() RETURNS trigger LANGUAGE plpgsql AS $$
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

CREATE FUNCTION public.guard_quote() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    may_change text[] := ARRAY['appointment_id', 'facets', 'verdict', 'live', 'tsv',
        'speaker_id', 'organization_id'];
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF NOT isempty(OLD.live) THEN
            PERFORM public.refuse('A quote of a published edition stays.');
        END IF;
        PERFORM FROM public.edition e WHERE e.id = OLD.edition_id FOR KEY SHARE;
        RETURN OLD;
    END IF;
    IF TG_OP = 'INSERT' THEN
        IF NOT isempty(NEW.live) THEN
            PERFORM public.refuse('A published edition takes no further quotes.');
        END IF;
        RETURN NEW;
    END IF;
    IF isempty(OLD.live) THEN
        -- It goes out as it stands, with its edition; it does not join one that is out.
        IF NOT isempty(NEW.live) AND to_jsonb(OLD) - ARRAY['live', 'tsv']
               IS DISTINCT FROM to_jsonb(NEW) - ARRAY['live', 'tsv'] THEN
            PERFORM public.refuse('A published edition takes no further quotes.');
        END IF;
        -- A publication waits for this change, and looks at it.
        PERFORM FROM public.edition e WHERE e.id = OLD.edition_id FOR KEY SHARE;
        RETURN NEW;
    END IF;
    IF to_jsonb(OLD) - may_change IS DISTINCT FROM to_jsonb(NEW) - may_change THEN
        PERFORM public.refuse('A quote of a published edition is frozen.');
    END IF;
    -- The organisation beside a person is that of the office, and moves with it.
    IF NEW.organization_id IS DISTINCT FROM OLD.organization_id
       AND NEW.organization_id IS DISTINCT FROM (
            SELECT p.organization_id FROM public.appointment a
            JOIN public.post p ON p.id = a.post_id WHERE a.id = NEW.appointment_id)
    THEN
        PERFORM public.refuse('The organisation of a quote is that of its office.');
    END IF;
    -- A speaker changes only along a merge, or back along it.
    IF NEW.speaker_id IS DISTINCT FROM OLD.speaker_id AND NOT EXISTS (
        SELECT FROM public.spokesperson s
        WHERE s.id = OLD.speaker_id AND s.merged_into_id = NEW.speaker_id
           OR s.id = NEW.speaker_id AND s.merged_into_id = OLD.speaker_id) THEN
        PERFORM public.refuse('The speaker of a published quote changes by a merge.');
    END IF;
    RETURN NEW;
END;
$$;
CREATE TRIGGER guard BEFORE INSERT OR UPDATE OR DELETE ON quote
    FOR EACH ROW EXECUTE FUNCTION public.guard_quote();

CREATE FUNCTION public.guard_citation() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF NOT isempty(OLD.live) THEN
            PERFORM public.refuse('A citation of a published edition stays.');
        END IF;
        PERFORM FROM public.edition e WHERE e.id = OLD.edition_id FOR KEY SHARE;
        RETURN OLD;
    END IF;
    IF TG_OP = 'INSERT' THEN
        IF NOT isempty(NEW.live) THEN
            PERFORM public.refuse('A published edition takes no further citations.');
        END IF;
        RETURN NEW;
    END IF;
    IF isempty(OLD.live) THEN
        PERFORM FROM public.edition e WHERE e.id = OLD.edition_id FOR KEY SHARE;
    END IF;
    IF NOT (isempty(OLD.live) AND isempty(NEW.live))
       AND to_jsonb(OLD) - 'live' IS DISTINCT FROM to_jsonb(NEW) - 'live' THEN
        PERFORM public.refuse('A citation of a published edition is frozen.');
    END IF;
    RETURN NEW;
END;
$$;
CREATE TRIGGER guard BEFORE INSERT OR UPDATE OR DELETE ON citation
    FOR EACH ROW EXECUTE FUNCTION public.guard_citation();

CREATE FUNCTION public.guard_edition_media() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    editions bigint[] := CASE TG_OP
        WHEN 'INSERT' THEN ARRAY[NEW.edition_id]
        WHEN 'DELETE' THEN ARRAY[OLD.edition_id]
        ELSE ARRAY[OLD.edition_id, NEW.edition_id] END;
BEGIN
    -- First the lock, for a publication under way must finish; then a look, which sees
    -- what it left.
    PERFORM FROM public.edition e WHERE e.id = ANY (editions)
        ORDER BY e.id FOR KEY SHARE;
    IF EXISTS (SELECT FROM public.edition e WHERE e.id = ANY (editions)
               AND e.published_at IS NOT NULL) THEN
        PERFORM public.refuse('The files of a published edition are frozen.');
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    RETURN NEW;
END;
$$;
CREATE TRIGGER guard BEFORE INSERT OR UPDATE OR DELETE ON edition_media
    FOR EACH ROW EXECUTE FUNCTION public.guard_edition_media();

-- A constraint, asked when the transaction ends: the former address comes second.
CREATE FUNCTION public.guard_address() RETURNS trigger LANGUAGE plpgsql AS $$
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
CREATE CONSTRAINT TRIGGER guard AFTER UPDATE ON article
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (OLD.dated <> NEW.dated OR OLD.slug <> NEW.slug)
    EXECUTE FUNCTION public.guard_address();

CREATE FUNCTION public.guard_for_ever() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM public.refuse(
        format('Rows of %s are written once and stay.', TG_TABLE_NAME));
    RETURN NULL;
END;
$$;
CREATE TRIGGER guard BEFORE UPDATE OR DELETE ON audit
    FOR EACH ROW EXECUTE FUNCTION public.guard_for_ever();
CREATE TRIGGER guard BEFORE UPDATE OR DELETE ON source_version
    FOR EACH ROW EXECUTE FUNCTION public.guard_for_ever();
"""
DROP_GUARDS = """
DROP TRIGGER guard ON source_version;
DROP TRIGGER guard ON audit;
DROP TRIGGER guard ON article;
DROP TRIGGER guard ON edition_media;
DROP TRIGGER guard ON citation;
DROP TRIGGER guard ON quote;
DROP TRIGGER guard ON edition_contributor;
DROP TRIGGER guard ON edition;
DROP FUNCTION public.guard_for_ever();
DROP FUNCTION public.guard_address();
DROP FUNCTION public.guard_edition_media();
DROP FUNCTION public.guard_citation();
DROP FUNCTION public.guard_quote();
DROP FUNCTION public.guard_contributor();
DROP FUNCTION public.guard_edition();
DROP FUNCTION public.refuse(text);
"""

AUDITED = [
    "account",
    "appointment",
    "article",
    "article_tag",
    "citation",
    "desk",
    "desk_member",
    "edition",
    "edition_contributor",
    "edition_media",
    "former_address",
    "identifier",
    "kind",
    "media_asset",
    "organization",
    "other_name",
    "permalink",
    "post",
    "quote",
    "rejection",
    "resolution",
    "resolution_alias",
    "resolution_body",
    "resolution_relation",
    "source",
    "source_version",
    "spokesperson",
    "tag",
    "verbatim_check",
    "waiver",
]

AUDIT = r"""
-- A row as the audit keeps it: nothing that the database derives, no secrets, and long
-- texts by their fingerprint only, so that words stand in one place.
CREATE FUNCTION public.audit_row(whole jsonb)
RETURNS jsonb LANGUAGE sql IMMUTABLE
RETURN (
    SELECT coalesce(jsonb_object_agg(key, CASE
        WHEN key IN ('body', 'text', 'record', 'transcript')
        THEN to_jsonb('md5:' || md5(value::text)) ELSE value END), '{}')
    FROM jsonb_each(whole)
    WHERE key NOT IN ('live', 'tsv', 'certainly', 'possibly', 'prefix', 'suffix',
                      'password', 'last_login')
);

CREATE FUNCTION public.audit_changes() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    who bigint := nullif(current_setting('newsroom.actor', true), '')::bigint;
    why text := coalesce(current_setting('newsroom.reason', true), '');
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO public.audit (actor_id, reason, "table", "row", op, changes)
        SELECT who, why, TG_TABLE_NAME, n.id::text, 'insert', (
            SELECT coalesce(jsonb_object_agg(key, value), '{}')
            FROM jsonb_each(public.audit_row(to_jsonb(n)))
            WHERE key <> 'id' AND value NOT IN ('null', '""', '[]', '{}'))
        FROM new_rows n;
    ELSIF TG_OP = 'DELETE' THEN
        INSERT INTO public.audit (actor_id, reason, "table", "row", op, changes)
        SELECT who, why, TG_TABLE_NAME, o.id::text, 'delete', (
            SELECT coalesce(jsonb_object_agg(key, value), '{}')
            FROM jsonb_each(public.audit_row(to_jsonb(o)))
            WHERE key <> 'id' AND value NOT IN ('null', '""', '[]', '{}'))
        FROM old_rows o;
    ELSE
        INSERT INTO public.audit (actor_id, reason, "table", "row", op, changes)
        SELECT who, why, TG_TABLE_NAME, id, 'update', changes FROM (
            SELECT n.id::text AS id, (
                SELECT jsonb_object_agg(a.key, jsonb_build_array(b.value, a.value))
                FROM jsonb_each(public.audit_row(to_jsonb(n))) a
                LEFT JOIN jsonb_each(public.audit_row(to_jsonb(o))) b USING (key)
                WHERE a.value IS DISTINCT FROM b.value) AS changes
            FROM new_rows n JOIN old_rows o ON o.id = n.id
        ) changed WHERE changes IS NOT NULL;
    END IF;
    RETURN NULL;
END;
$$;
""" + "".join(
    f"""
    CREATE TRIGGER audit_insert AFTER INSERT ON {table}
        REFERENCING NEW TABLE AS new_rows
        FOR EACH STATEMENT EXECUTE FUNCTION public.audit_changes();
    CREATE TRIGGER audit_update AFTER UPDATE ON {table}
        REFERENCING NEW TABLE AS new_rows OLD TABLE AS old_rows
        FOR EACH STATEMENT EXECUTE FUNCTION public.audit_changes();
    CREATE TRIGGER audit_delete AFTER DELETE ON {table}
        REFERENCING OLD TABLE AS old_rows
        FOR EACH STATEMENT EXECUTE FUNCTION public.audit_changes();
    """
    for table in AUDITED
)
DROP_AUDIT = (
    "".join(
        f"DROP TRIGGER audit_{op} ON {table};"
        for table in AUDITED
        for op in ("insert", "update", "delete")
    )
    + """
    DROP FUNCTION public.audit_changes();
    DROP FUNCTION public.audit_row(jsonb);
    """
)


class Migration(migrations.Migration):
    dependencies = [("statements", "0001_tables")]
    operations = [
        migrations.RunSQL(FOREIGN_KEYS, DROP_FOREIGN_KEYS),
        migrations.RunSQL(CONTENT, DROP_CONTENT),
        migrations.RunSQL(GUARDS, DROP_GUARDS),
        migrations.RunSQL(AUDIT, DROP_AUDIT),
    ]
