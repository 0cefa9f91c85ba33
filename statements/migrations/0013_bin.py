"""The bin for drafts: what lies in it, since when, and who put it there."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

#: Both lock the article first, as the verbs do: of two at the same moment, one waits
#: and then sees what the other did.
BIN = r"""
CREATE FUNCTION public.guard_bin() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM public.article a WHERE a.id = NEW.article_id FOR NO KEY UPDATE;
    IF NEW.edition_id IS NULL THEN
        IF EXISTS (SELECT FROM public.edition e WHERE e.article_id = NEW.article_id
                   AND e.published_at IS NOT NULL) THEN
            PERFORM public.refuse('What is or was scheduled or public has no bin.');
        END IF;
    ELSIF NOT EXISTS (SELECT FROM public.edition e WHERE e.id = NEW.edition_id
                      AND e.article_id = NEW.article_id AND e.published_at IS NULL) THEN
        PERFORM public.refuse('Only a draft of the statement goes to the bin.');
    END IF;
    RETURN NEW;
END;
$$;
CREATE TRIGGER guard BEFORE INSERT ON binned
    FOR EACH ROW EXECUTE FUNCTION public.guard_bin();
CREATE TRIGGER guard_update BEFORE UPDATE ON binned
    FOR EACH ROW EXECUTE FUNCTION public.guard_for_ever();
CREATE TRIGGER audit_insert AFTER INSERT ON binned
    REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION public.audit_changes();
CREATE TRIGGER audit_delete AFTER DELETE ON binned
    REFERENCING OLD TABLE AS old_rows
    FOR EACH STATEMENT EXECUTE FUNCTION public.audit_changes();

CREATE FUNCTION public.guard_binned_edition() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM public.article a WHERE a.id = NEW.article_id FOR NO KEY UPDATE;
    IF EXISTS (SELECT FROM public.binned b WHERE b.article_id = NEW.article_id
               AND (b.edition_id IS NULL OR b.edition_id = NEW.id)) THEN
        PERFORM public.refuse('What is in the bin is neither submitted nor published.');
    END IF;
    RETURN NEW;
END;
$$;
-- Named to come before the other guard, so that its sentence is the one told.
CREATE TRIGGER bin_guard BEFORE UPDATE ON edition FOR EACH ROW
    WHEN ((OLD.submitted_at IS NULL AND NEW.submitted_at IS NOT NULL)
          OR (OLD.approved_at IS NULL AND NEW.approved_at IS NOT NULL)
          OR (OLD.published_at IS NULL AND NEW.published_at IS NOT NULL))
    EXECUTE FUNCTION public.guard_binned_edition();
"""
DROP_BIN = """
DROP TRIGGER bin_guard ON edition;
DROP FUNCTION public.guard_binned_edition();
DROP TRIGGER audit_delete ON binned;
DROP TRIGGER audit_insert ON binned;
DROP TRIGGER guard_update ON binned;
DROP TRIGGER guard ON binned;
DROP FUNCTION public.guard_bin();
"""


class Migration(migrations.Migration):
    dependencies = [("statements", "0012_calendar")]

    operations = [
        migrations.CreateModel(
            name="Binned",
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
                    "at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                    ),
                ),
                (
                    "article",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="binned",
                        to="statements.article",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "edition",
                    models.OneToOneField(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="binned",
                        to="statements.edition",
                    ),
                ),
            ],
            options={
                "db_table": "binned",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("edition", None)),
                        fields=("article",),
                        name="binned_statement_once",
                    )
                ],
            },
        ),
        migrations.RunSQL(BIN, DROP_BIN),
    ]
