"""Addresses only grow, and the office beside a public quote stays whose it was."""

import django.db.models.deletion
from django.db import migrations, models

GUARDS = r"""
-- Whether two records are one person, by a merge in either direction.
CREATE FUNCTION public.merged(one bigint, other bigint)
RETURNS boolean LANGUAGE sql STABLE AS $$
SELECT EXISTS (
    SELECT FROM public.spokesperson s
    WHERE s.id = one AND s.merged_into_id = other
       OR s.id = other AND s.merged_into_id = one);
$$;

CREATE FUNCTION public.guard_former_address() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        -- A statement that never was public may be discarded with all that is its own.
        IF OLD.article_id IS NULL OR EXISTS (
            SELECT FROM public.edition e WHERE e.article_id = OLD.article_id
            AND lower(e.live) <= clock_timestamp()) THEN
            PERFORM public.refuse('A printed address leads on for ever.');
        END IF;
        RETURN OLD;
    END IF;
    IF NEW.path <> OLD.path OR NEW.at <> OLD.at THEN
        PERFORM public.refuse('A printed address stays as it was printed.');
    END IF;
    -- It leads to what it led to, or to the person that this one turned out to be.
    IF to_jsonb(OLD) - 'spokesperson_id' IS DISTINCT FROM
           to_jsonb(NEW) - 'spokesperson_id'
       OR NEW.spokesperson_id IS DISTINCT FROM OLD.spokesperson_id
           AND NOT public.merged(OLD.spokesperson_id, NEW.spokesperson_id) THEN
        PERFORM public.refuse('A printed address leads where it led.');
    END IF;
    RETURN NEW;
END;
$$;
CREATE TRIGGER guard BEFORE UPDATE OR DELETE ON former_address
    FOR EACH ROW EXECUTE FUNCTION public.guard_former_address();

CREATE FUNCTION public.guard_appointment() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.post_id = OLD.post_id AND (NEW.person_id = OLD.person_id
       OR public.merged(OLD.person_id, NEW.person_id)) THEN
        RETURN NEW;
    END IF;
    -- First the lock, for a publication under way must finish; then a look, which sees
    -- what it left.
    PERFORM FROM public.edition e
        WHERE e.id IN (SELECT q.edition_id FROM public.quote q
                       WHERE q.appointment_id = OLD.id)
        ORDER BY e.id FOR KEY SHARE;
    IF EXISTS (SELECT FROM public.quote q
               WHERE q.appointment_id = OLD.id AND NOT isempty(q.live)) THEN
        PERFORM public.refuse(
            'A published quote names this office: its person and post stay.');
    END IF;
    RETURN NEW;
END;
$$;
CREATE TRIGGER guard BEFORE UPDATE OF person_id, post_id ON appointment
    FOR EACH ROW EXECUTE FUNCTION public.guard_appointment();

CREATE FUNCTION public.guard_office() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM public.appointment a WHERE a.id = NEW.appointment_id
        AND (a.person_id = NEW.speaker_id
             OR public.merged(a.person_id, NEW.speaker_id))) THEN
        PERFORM public.refuse('The office beside a quote is one of its speaker.');
    END IF;
    RETURN NEW;
END;
$$;
CREATE TRIGGER guard_office BEFORE UPDATE OF appointment_id ON quote
    FOR EACH ROW WHEN (NOT isempty(OLD.live) AND NEW.appointment_id IS NOT NULL
                       AND NEW.appointment_id IS DISTINCT FROM OLD.appointment_id)
    EXECUTE FUNCTION public.guard_office();
"""
DROP_GUARDS = """
DROP TRIGGER guard_office ON quote;
DROP TRIGGER guard ON appointment;
DROP TRIGGER guard ON former_address;
DROP FUNCTION public.guard_office();
DROP FUNCTION public.guard_appointment();
DROP FUNCTION public.guard_former_address();
DROP FUNCTION public.merged(bigint, bigint);
"""


def protected(noun: str) -> migrations.AlterField:
    """Its former addresses keep a row of the catalogue from being deleted."""
    return migrations.AlterField(
        "formeraddress",
        noun.lower(),
        models.ForeignKey(
            null=True,
            on_delete=django.db.models.deletion.PROTECT,
            related_name="former_addresses",
            to=f"statements.{noun}",
        ),
    )


class Migration(migrations.Migration):
    dependencies = [("statements", "0002_guards")]
    operations = [
        migrations.RunSQL(GUARDS, DROP_GUARDS),
        *[
            protected(noun)
            for noun in ("Spokesperson", "Organization", "Post", "Resolution", "Tag")
        ],
    ]
