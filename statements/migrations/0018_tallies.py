"""Counts that the database keeps, and the orders in which pages read statements."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F

COUNTING = r"""
-- What a quote counts for. Its facets say the posts, topics and resolutions.
CREATE FUNCTION public.tallies_of_quote(
    speaker bigint, organization bigint, said_on date, facets text[]
) RETURNS TABLE (whose text, part text) LANGUAGE sql STABLE AS $$
SELECT 's:' || speaker, p FROM (
    VALUES (''), ('y:' || extract(year FROM said_on)::integer)
    UNION ALL
    SELECT facet FROM unnest(facets) AS facet WHERE left(facet, 2) IN ('p:', 'r:', 't:')
) parts (p) WHERE speaker IS NOT NULL
UNION ALL
SELECT 'o:' || organization, '' WHERE organization IS NOT NULL;
$$;

-- What the first citation of a resolution in a quote counts for. An organisation
-- speaks where no person does.
CREATE FUNCTION public.tallies_of_voice(
    resolution bigint, speaker bigint, organization bigint, said_on date
) RETURNS TABLE (whose text, part text) LANGUAGE sql STABLE AS $$
SELECT w, p FROM (
    SELECT 'r:' || resolution, coalesce('s:' || speaker, 'o:' || organization)
) it (r, voice), LATERAL (
    VALUES (r, voice), (r || ' ' || voice, extract(year FROM said_on)::integer::text)
) v (w, p);
$$;

-- What a statement counts for, by its kind and date; its topics count beside.
CREATE FUNCTION public.tallies_of_article(kind bigint, dated date)
RETURNS TABLE (whose text, part text) LANGUAGE sql STABLE AS $$
SELECT w, p FROM (VALUES ('a'), ('k:' || kind)) it (those), LATERAL (VALUES
    (those, to_char(dated, 'YYYY')),
    (those || to_char(dated, ':YYYY'), to_char(dated, 'MM')),
    (those || to_char(dated, ':YYYY-MM'), to_char(dated, 'DD'))
) v (w, p);
$$;

-- A row counts from the beginning of its range on, and no more from its end on.
CREATE FUNCTION public.tally_moments(live tstzrange)
RETURNS TABLE (since timestamptz, number integer) LANGUAGE sql STABLE AS $$
SELECT lower(live), 1 WHERE NOT isempty(live)
UNION ALL
SELECT upper(live), -1 WHERE NOT isempty(live) AND NOT upper_inf(live);
$$;

-- Whether no citation before it in the same quote names the same resolution.
CREATE FUNCTION public.first_in_quote(quote bigint, resolution bigint, start integer)
RETURNS boolean LANGUAGE sql STABLE AS $$
SELECT NOT EXISTS (SELECT FROM public.citation c WHERE c.quote_id = $1
                   AND c.resolution_id = $2 AND c.start < $3);
$$;

-- Of what is long past one moment is as good as another.
CREATE FUNCTION public.tally_since(since timestamptz)
RETURNS timestamptz LANGUAGE sql STABLE AS $$
SELECT CASE WHEN since > clock_timestamp() - interval '1 hour' THEN since
            ELSE timestamptz '1970-01-01 00:00:00+00' END;
$$;

-- Put changes to counts down. Rows of the same count are put together meanwhile: so a
-- change and its undoing leave nothing. What another transaction has in hand is left
-- alone, so that nobody waits for anybody here. A change that lies ahead leaves those
-- of the past where they lie: their order would tell of it.
CREATE FUNCTION public.count_up(
    whose text[], part text[], since timestamptz[], number bigint[]
) RETURNS void LANGUAGE sql AS $$
WITH given AS (
    SELECT g.whose, g.part, g.since, sum(g.number) AS number
    FROM unnest($1, $2, $3, $4) AS g (whose, part, since, number)
    GROUP BY 1, 2, 3 HAVING sum(g.number) <> 0
), touched AS (
    SELECT g.whose, g.part, array_agg(g.since) AS moments,
           bool_or(g.since <= clock_timestamp()) AS past
    FROM given g GROUP BY 1, 2
), known AS (
    -- Row by row, by the index, however few rows the table was thought to have.
    SELECT k.place FROM touched g, LATERAL (
        SELECT t.ctid AS place FROM public.tally t
        WHERE t.whose = g.whose AND t.part = g.part
          AND (t.since = ANY (g.moments) OR g.past AND t.since <= clock_timestamp())
        FOR UPDATE SKIP LOCKED) k
), gone AS (
    DELETE FROM public.tally t WHERE t.ctid = ANY (ARRAY(SELECT k.place FROM known k))
    RETURNING t.whose, t.part, t.since, t.number
)
INSERT INTO public.tally (whose, part, since, number)
SELECT c.whose, c.part, public.tally_since(c.since), sum(c.number)
FROM (SELECT * FROM gone UNION ALL SELECT * FROM given) c
GROUP BY 1, 2, 3 HAVING sum(c.number) <> 0;
$$;
"""

DUE = r"""
-- All counts as the rows themselves say them.
CREATE FUNCTION public.tallies_due()
RETURNS TABLE (whose text, part text, since timestamptz, number bigint)
LANGUAGE sql STABLE AS $$
SELECT t.whose, t.part, public.tally_since(m.since), sum(m.number) FROM (
    SELECT c.whose, c.part, q.live FROM public.quote q, LATERAL
        public.tallies_of_quote(q.speaker_id, q.organization_id, q.said_on, q.facets) c
    WHERE NOT isempty(q.live)
    UNION ALL
    SELECT 'r:' || c.resolution_id, '', c.live FROM public.citation c
    WHERE NOT isempty(c.live)
    UNION ALL
    SELECT v.whose, v.part, c.live FROM public.citation c
    JOIN public.quote q ON q.id = c.quote_id, LATERAL public.tallies_of_voice(
        c.resolution_id, q.speaker_id, q.organization_id, c.said_on) v
    WHERE NOT isempty(c.live)
      AND public.first_in_quote(c.quote_id, c.resolution_id, c.start)
    UNION ALL
    SELECT c.whose, c.part, e.live FROM public.edition e
    JOIN public.article a ON a.id = e.article_id,
        LATERAL public.tallies_of_article(a.kind_id, a.dated) c
    WHERE NOT isempty(e.live)
    UNION ALL
    SELECT 't:' || b.tag_id, '', e.live FROM public.edition e
    JOIN public.article_tag b ON b.content_object_id = e.article_id
    WHERE NOT isempty(e.live)
) t, LATERAL public.tally_moments(t.live) m
GROUP BY 1, 2, 3 HAVING sum(m.number) <> 0;
$$;

-- Counts that differ from what the rows say, by the moment from which they do.
CREATE FUNCTION public.tallies_that_differ()
RETURNS TABLE (whose text, part text, number bigint) LANGUAGE sql STABLE AS $$
SELECT d.whose, d.part, sum(d.number)::bigint FROM (
    SELECT t.whose, t.part, public.tally_since(t.since) AS since, t.number::bigint
    FROM public.tally t
    UNION ALL
    SELECT t.whose, t.part, t.since, -t.number FROM public.tallies_due() t
) d GROUP BY d.whose, d.part, d.since HAVING sum(d.number) <> 0 ORDER BY 1, 2;
$$;

-- Count everything anew, while nobody writes.
CREATE FUNCTION public.count_anew() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    LOCK TABLE public.article, public.article_tag, public.edition, public.quote,
        public.citation, public.tally IN SHARE ROW EXCLUSIVE MODE;
    DELETE FROM public.tally;
    INSERT INTO public.tally (whose, part, since, number)
    SELECT t.whose, t.part, t.since, t.number FROM public.tallies_due() t;
END;
$$;
"""

TRIGGERS = r"""
-- Rows go in and out as drafts, which count for nothing: only updates move counts.
-- OFFSET 0 keeps the joins row by row: a plan is made once, by what came first, and one
-- made for many rows would read whole tables for each publication.
CREATE FUNCTION public.tally_quotes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM public.count_up(array_agg(t.whose), array_agg(t.part), array_agg(m.since),
                            array_agg(t.sign * m.number))
    FROM (
        SELECT c.whose, c.part, q.live, q.sign
        FROM (SELECT -1 AS sign, o.* FROM old_rows o
              UNION ALL SELECT 1, n.* FROM new_rows n) q, LATERAL
            public.tallies_of_quote(q.speaker_id, q.organization_id, q.said_on,
                                    q.facets) c
        WHERE NOT isempty(q.live)
        UNION ALL
        -- A merge, or a move of an office: who named the resolution is another now.
        SELECT v.whose, v.part, c.live, q.sign
        FROM (SELECT -1 AS sign, o.id, o.speaker_id, o.organization_id
              FROM old_rows o JOIN new_rows n USING (id)
              WHERE (o.speaker_id, o.organization_id)
                    IS DISTINCT FROM (n.speaker_id, n.organization_id)
              UNION ALL
              SELECT 1, n.id, n.speaker_id, n.organization_id
              FROM old_rows o JOIN new_rows n USING (id)
              WHERE (o.speaker_id, o.organization_id)
                    IS DISTINCT FROM (n.speaker_id, n.organization_id)) q
        CROSS JOIN LATERAL (
            SELECT * FROM public.citation c WHERE c.quote_id = q.id OFFSET 0
        ) c, LATERAL public.tallies_of_voice(
            c.resolution_id, q.speaker_id, q.organization_id, c.said_on) v
        WHERE NOT isempty(c.live)
          AND public.first_in_quote(c.quote_id, c.resolution_id, c.start)
    ) t, LATERAL public.tally_moments(t.live) m
    HAVING count(*) > 0;
    RETURN NULL;
END;
$$;

CREATE FUNCTION public.tally_citations() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM public.count_up(array_agg(t.whose), array_agg(t.part), array_agg(m.since),
                            array_agg(t.sign * m.number))
    FROM (
        SELECT 'r:' || c.resolution_id AS whose, '' AS part, c.live, c.sign
        FROM (SELECT -1 AS sign, o.* FROM old_rows o
              UNION ALL SELECT 1, n.* FROM new_rows n) c
        UNION ALL
        SELECT v.whose, v.part, c.live, c.sign
        FROM (SELECT -1 AS sign, o.* FROM old_rows o
              UNION ALL SELECT 1, n.* FROM new_rows n) c
        CROSS JOIN LATERAL (
            SELECT q.speaker_id, q.organization_id FROM public.quote q
            WHERE q.id = c.quote_id OFFSET 0
        ) q, LATERAL public.tallies_of_voice(
            c.resolution_id, q.speaker_id, q.organization_id, c.said_on) v
        WHERE NOT isempty(c.live)
          AND public.first_in_quote(c.quote_id, c.resolution_id, c.start)
    ) t, LATERAL public.tally_moments(t.live) m
    HAVING count(*) > 0;
    RETURN NULL;
END;
$$;

CREATE FUNCTION public.tally_editions() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM public.count_up(array_agg(t.whose), array_agg(t.part), array_agg(m.since),
                            array_agg(e.sign * m.number))
    FROM (SELECT -1 AS sign, o.article_id, o.live FROM old_rows o
          JOIN new_rows n USING (id) WHERE n.live <> o.live
          UNION ALL
          SELECT 1, n.article_id, n.live FROM old_rows o
          JOIN new_rows n USING (id) WHERE n.live <> o.live) e
    CROSS JOIN LATERAL (
        SELECT c.whose, c.part FROM public.article a,
            LATERAL public.tallies_of_article(a.kind_id, a.dated) c
        WHERE a.id = e.article_id
        UNION ALL
        SELECT 't:' || b.tag_id, '' FROM public.article_tag b
        WHERE b.content_object_id = e.article_id
    ) t, LATERAL public.tally_moments(e.live) m
    HAVING count(*) > 0;
    RETURN NULL;
END;
$$;

CREATE FUNCTION public.tally_articles() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM public.count_up(array_agg(t.whose), array_agg(t.part), array_agg(m.since),
                            array_agg(a.sign * m.number))
    FROM (SELECT -1 AS sign, o.id, o.kind_id, o.dated FROM old_rows o
          JOIN new_rows n USING (id)
          WHERE (n.kind_id, n.dated) IS DISTINCT FROM (o.kind_id, o.dated)
          UNION ALL
          SELECT 1, n.id, n.kind_id, n.dated FROM old_rows o
          JOIN new_rows n USING (id)
          WHERE (n.kind_id, n.dated) IS DISTINCT FROM (o.kind_id, o.dated)) a
    CROSS JOIN LATERAL (
        SELECT e.live FROM public.edition e WHERE e.article_id = a.id OFFSET 0
    ) e, LATERAL public.tallies_of_article(a.kind_id, a.dated) t,
        LATERAL public.tally_moments(e.live) m
    HAVING count(*) > 0;
    RETURN NULL;
END;
$$;

CREATE FUNCTION public.tally_topics() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        PERFORM public.count_up(array_agg('t:' || b.tag_id), array_agg(''::text),
                                array_agg(m.since), array_agg(-m.number::bigint))
        FROM old_rows b CROSS JOIN LATERAL (
            SELECT e.live FROM public.edition e
            WHERE e.article_id = b.content_object_id OFFSET 0
        ) e, LATERAL public.tally_moments(e.live) m
        HAVING count(*) > 0;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        PERFORM public.count_up(array_agg('t:' || b.tag_id), array_agg(''::text),
                                array_agg(m.since), array_agg(m.number::bigint))
        FROM new_rows b CROSS JOIN LATERAL (
            SELECT e.live FROM public.edition e
            WHERE e.article_id = b.content_object_id OFFSET 0
        ) e, LATERAL public.tally_moments(e.live) m
        HAVING count(*) > 0;
    END IF;
    RETURN NULL;
END;
$$;

-- A topic stands with the date of its statement, so that those of a topic can be read
-- in their order. And whoever gives or takes a topic waits for a publication under way,
-- and one for them: each counts what the other left.
CREATE FUNCTION public.date_topic() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        PERFORM FROM public.article a WHERE a.id = OLD.content_object_id
            FOR NO KEY UPDATE;
        RETURN OLD;
    END IF;
    SELECT a.dated INTO NEW.dated FROM public.article a
        WHERE a.id = NEW.content_object_id FOR NO KEY UPDATE;
    RETURN NEW;
END;
$$;
CREATE TRIGGER date_topic BEFORE INSERT OR UPDATE OR DELETE ON article_tag
    FOR EACH ROW EXECUTE FUNCTION public.date_topic();

CREATE FUNCTION public.date_topics() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE public.article_tag b SET dated = NEW.dated
        WHERE b.content_object_id = NEW.id;
    RETURN NULL;
END;
$$;
CREATE TRIGGER date_topics AFTER UPDATE ON article FOR EACH ROW
    WHEN (OLD.dated <> NEW.dated) EXECUTE FUNCTION public.date_topics();

CREATE TRIGGER tally AFTER UPDATE ON quote
    REFERENCING NEW TABLE AS new_rows OLD TABLE AS old_rows
    FOR EACH STATEMENT EXECUTE FUNCTION public.tally_quotes();
CREATE TRIGGER tally AFTER UPDATE ON citation
    REFERENCING NEW TABLE AS new_rows OLD TABLE AS old_rows
    FOR EACH STATEMENT EXECUTE FUNCTION public.tally_citations();
CREATE TRIGGER tally AFTER UPDATE ON edition
    REFERENCING NEW TABLE AS new_rows OLD TABLE AS old_rows
    FOR EACH STATEMENT EXECUTE FUNCTION public.tally_editions();
CREATE TRIGGER tally AFTER UPDATE ON article
    REFERENCING NEW TABLE AS new_rows OLD TABLE AS old_rows
    FOR EACH STATEMENT EXECUTE FUNCTION public.tally_articles();
CREATE TRIGGER tally_insert AFTER INSERT ON article_tag
    REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION public.tally_topics();
CREATE TRIGGER tally_update AFTER UPDATE ON article_tag
    REFERENCING NEW TABLE AS new_rows OLD TABLE AS old_rows
    FOR EACH STATEMENT EXECUTE FUNCTION public.tally_topics();
CREATE TRIGGER tally_delete AFTER DELETE ON article_tag
    REFERENCING OLD TABLE AS old_rows
    FOR EACH STATEMENT EXECUTE FUNCTION public.tally_topics();
"""

DROP = """
DROP TRIGGER tally_delete ON article_tag;
DROP TRIGGER tally_update ON article_tag;
DROP TRIGGER tally_insert ON article_tag;
DROP TRIGGER tally ON article;
DROP TRIGGER tally ON edition;
DROP TRIGGER tally ON citation;
DROP TRIGGER tally ON quote;
DROP TRIGGER date_topics ON article;
DROP TRIGGER date_topic ON article_tag;
DROP FUNCTION public.date_topics();
DROP FUNCTION public.date_topic();
DROP FUNCTION public.tally_topics();
DROP FUNCTION public.tally_articles();
DROP FUNCTION public.tally_editions();
DROP FUNCTION public.tally_citations();
DROP FUNCTION public.tally_quotes();
DROP FUNCTION public.count_anew();
DROP FUNCTION public.tallies_that_differ();
DROP FUNCTION public.tallies_due();
DROP FUNCTION public.count_up(text[], text[], timestamptz[], bigint[]);
DROP FUNCTION public.tally_since(timestamptz);
DROP FUNCTION public.first_in_quote(bigint, bigint, integer);
DROP FUNCTION public.tally_moments(tstzrange);
DROP FUNCTION public.tallies_of_article(bigint, date);
DROP FUNCTION public.tallies_of_voice(bigint, bigint, bigint, date);
DROP FUNCTION public.tallies_of_quote(bigint, bigint, date, text[]);
"""

#: Nobody changed these rows, so the record of changes is not told.
DATES = """
ALTER TABLE article_tag DISABLE TRIGGER audit_update;
UPDATE article_tag b SET dated = a.dated
    FROM article a WHERE a.id = b.content_object_id;
ALTER TABLE article_tag ENABLE TRIGGER audit_update;
"""


class Migration(migrations.Migration):
    dependencies = [("statements", "0017_names_and_posts")]
    operations = [
        migrations.CreateModel(
            name="Tally",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("whose", models.TextField()),
                ("part", models.TextField(blank=True)),
                ("since", models.DateTimeField()),
                ("number", models.IntegerField()),
            ],
            options={
                "db_table": "tally",
                "indexes": [
                    models.Index(
                        fields=["whose", "part", "since"],
                        include=["number"],
                        name="tally_of",
                    ),
                    models.Index(
                        fields=["whose", "since"],
                        include=["number"],
                        condition=models.Q(part=""),
                        name="tally_whole",
                    ),
                ],
            },
        ),
        migrations.AddField(
            "articletag", "dated", models.DateField(editable=False, null=True)
        ),
        migrations.RunSQL(DATES, migrations.RunSQL.noop),
        migrations.AlterField("articletag", "dated", models.DateField(editable=False)),
        migrations.AlterField(
            "articletag",
            "tag",
            models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="article_tags",
                to="statements.tag",
            ),
        ),
        migrations.AddIndex(
            "articletag",
            models.Index(
                F("tag"),
                F("dated").desc(),
                F("content_object").desc(),
                name="article_tag_new",
            ),
        ),
        migrations.AlterField(
            "article",
            "kind",
            models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="articles",
                to="statements.kind",
            ),
        ),
        migrations.AddIndex(
            "article",
            models.Index(
                F("kind"), F("dated").desc(), F("id").desc(), name="article_kind_new"
            ),
        ),
        migrations.AlterField(
            "article",
            "issuer",
            models.ForeignKey(
                blank=True,
                db_index=False,
                help_text="In whose name the statement is made.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="articles_issued",
                to="statements.organization",
            ),
        ),
        migrations.AddIndex(
            "article",
            models.Index(
                F("issuer"),
                F("dated").desc(),
                F("id").desc(),
                name="article_issuer_new",
            ),
        ),
        migrations.AddIndex(
            "edition",
            models.Index(
                F("published_at").desc(),
                F("id").desc(),
                name="edition_corrected",
                condition=models.Q(change="correction"),
            ),
        ),
        migrations.RunSQL(
            [COUNTING, DUE, "SELECT public.count_anew();", TRIGGERS], DROP
        ),
    ]
