"""Remarks anchored to the words they are about."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

GUARD = r"""
CREATE FUNCTION public.guard_remark() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    may_change text[] := ARRAY['start', 'end', 'resolved_at', 'resolved_by_id'];
    of_edition bigint := CASE TG_OP
        WHEN 'DELETE' THEN OLD.edition_id ELSE NEW.edition_id END;
BEGIN
    -- First the lock, for a publication under way must finish; then a look.
    PERFORM FROM public.edition e WHERE e.id = of_edition FOR KEY SHARE;
    IF EXISTS (SELECT FROM public.edition e WHERE e.id = of_edition
               AND e.published_at IS NOT NULL) THEN
        PERFORM public.refuse('The remarks on a published edition stay as they are.');
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    IF TG_OP = 'UPDATE'
       AND to_jsonb(OLD) - may_change IS DISTINCT FROM to_jsonb(NEW) - may_change THEN
        PERFORM public.refuse('A remark stays as it was written.');
    END IF;
    IF TG_OP = 'INSERT' AND NEW.parent_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM public.remark r WHERE r.id = NEW.parent_id
        AND r.edition_id = NEW.edition_id AND r.parent_id IS NULL) THEN
        PERFORM public.refuse('An answer is to a remark on the same edition.');
    END IF;
    RETURN NEW;
END;
$$;
CREATE TRIGGER guard BEFORE INSERT OR UPDATE OR DELETE ON remark
    FOR EACH ROW EXECUTE FUNCTION public.guard_remark();
CREATE TRIGGER audit_insert AFTER INSERT ON remark
    REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION public.audit_changes();
CREATE TRIGGER audit_update AFTER UPDATE ON remark
    REFERENCING NEW TABLE AS new_rows OLD TABLE AS old_rows
    FOR EACH STATEMENT EXECUTE FUNCTION public.audit_changes();
CREATE TRIGGER audit_delete AFTER DELETE ON remark
    REFERENCING OLD TABLE AS old_rows
    FOR EACH STATEMENT EXECUTE FUNCTION public.audit_changes();
"""
DROP_GUARD = """
DROP TRIGGER audit_delete ON remark;
DROP TRIGGER audit_update ON remark;
DROP TRIGGER audit_insert ON remark;
DROP TRIGGER guard ON remark;
DROP FUNCTION public.guard_remark();
"""


class Migration(migrations.Migration):
    dependencies = [("statements", "0010_checks")]

    operations = [
        migrations.CreateModel(
            name="Remark",
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
                    "start",
                    models.PositiveIntegerField(blank=True, editable=False, null=True),
                ),
                (
                    "end",
                    models.PositiveIntegerField(blank=True, editable=False, null=True),
                ),
                ("words", models.TextField(blank=True, editable=False)),
                ("prefix", models.CharField(blank=True, editable=False, max_length=64)),
                ("suffix", models.CharField(blank=True, editable=False, max_length=64)),
                ("body", models.TextField()),
                (
                    "at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                    ),
                ),
                (
                    "resolved_at",
                    models.DateTimeField(blank=True, editable=False, null=True),
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
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="remarks",
                        to="statements.edition",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="answers",
                        to="statements.remark",
                    ),
                ),
                (
                    "resolved_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table": "remark",
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("resolved_at__isnull", True),
                                ("resolved_by__isnull", True),
                            ),
                            models.Q(
                                ("resolved_at__isnull", False),
                                ("resolved_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="remark_resolved_at_with_by",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("end", None), ("start", None)),
                            models.Q(
                                ("end__isnull", False),
                                ("start__isnull", False),
                                ("start__lt", models.F("end")),
                            ),
                            _connector="OR",
                        ),
                        name="remark_place_holds_a_word",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("parent", None), models.Q(("words", ""), _negated=True)
                            ),
                            models.Q(
                                ("parent__isnull", False),
                                ("prefix", ""),
                                ("resolved_at", None),
                                ("start", None),
                                ("suffix", ""),
                                ("words", ""),
                            ),
                            _connector="OR",
                        ),
                        name="remark_is_about_words_or_answers",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("body", ""), _negated=True),
                        name="remark_says_something",
                    ),
                ],
            },
        ),
        migrations.RunSQL(GUARD, DROP_GUARD),
    ]
