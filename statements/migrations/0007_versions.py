"""What an edition changed in a quote, and how the same words are found elsewhere."""

import django.db.models.deletion
from django.db import migrations, models

# Written with the publication, hidden until its hour, then there for ever.
GUARD = r"""
CREATE FUNCTION public.guard_correction() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        -- First the lock, for a publication under way must finish; then a look.
        PERFORM FROM public.edition e WHERE e.id = NEW.edition_id FOR KEY SHARE;
        IF NOT EXISTS (SELECT FROM public.edition e WHERE e.id = NEW.edition_id
                       AND e.published_at >= transaction_timestamp()) THEN
            PERFORM public.refuse('A correction is recorded as its edition goes out.');
        END IF;
        RETURN NEW;
    END IF;
    IF TG_OP = 'UPDATE' THEN
        PERFORM public.refuse('What was corrected is told once and stays.');
    END IF;
    IF EXISTS (SELECT FROM public.edition e WHERE e.id = OLD.edition_id
               AND e.published_at <= clock_timestamp()) THEN
        PERFORM public.refuse('What was corrected is told once and stays.');
    END IF;
    RETURN OLD;
END;
$$;
CREATE TRIGGER guard BEFORE INSERT OR UPDATE OR DELETE ON correction
    FOR EACH ROW EXECUTE FUNCTION public.guard_correction();
"""
DROP_GUARD = """
DROP TRIGGER guard ON correction;
DROP FUNCTION public.guard_correction();
"""

# The same words, whatever their case, signs and blanks: a number of eight bytes, so
# that the index of a million quotes stays small. What it finds is looked at again.
SAME_WORDS = r"""
CREATE FUNCTION public.quote_key(words text)
RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN hashtextextended(
    regexp_replace(
        lower(public.quote_words(normalize(words, NFKC))), '[\s!-/:-@\[-`{-~]+', '', 'g'
    ),
    0
);
CREATE INDEX quote_same_words ON quote (public.quote_key(text));
"""
DROP_SAME_WORDS = """
DROP INDEX quote_same_words;
DROP FUNCTION public.quote_key(text);
"""


class Migration(migrations.Migration):
    dependencies = [("statements", "0006_buffers")]
    operations = [
        migrations.CreateModel(
            name="Correction",
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
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrections",
                        to="statements.edition",
                    ),
                ),
                (
                    "permalink",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrections",
                        to="statements.permalink",
                    ),
                ),
                (
                    "what",
                    models.CharField(
                        choices=[("words", "Words"), ("speaker", "Speaker")],
                        max_length=8,
                    ),
                ),
                ("before", models.TextField(blank=True)),
                ("after", models.TextField(blank=True)),
            ],
            options={
                "db_table": "correction",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("edition", "permalink", "what"),
                        name="correction_once_in_an_edition",
                    )
                ],
            },
        ),
        migrations.RunSQL(GUARD, DROP_GUARD),
        migrations.RunSQL(SAME_WORDS, DROP_SAME_WORDS),
    ]
