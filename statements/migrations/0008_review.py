"""Approval after the fact, of what was published without a review."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

GUARD = r"""
CREATE FUNCTION public.guard_late_approval() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    out public.edition;
BEGIN
    SELECT * INTO out FROM public.edition WHERE id = NEW.edition_id;
    IF out.published_at IS NULL OR out.published_at > clock_timestamp()
       OR out.approved_at IS NOT NULL THEN
        PERFORM public.refuse('Only what went out without a review is approved later.');
    END IF;
    IF NEW.by_id = out.published_by_id OR EXISTS (
        SELECT FROM public.edition_contributor c
        WHERE c.edition_id = NEW.edition_id AND c.user_id = NEW.by_id) THEN
        PERFORM public.refuse('Nobody approves what they wrote or published alone.');
    END IF;
    RETURN NEW;
END;
$$;
CREATE TRIGGER guard_insert BEFORE INSERT ON late_approval
    FOR EACH ROW EXECUTE FUNCTION public.guard_late_approval();
CREATE TRIGGER guard BEFORE UPDATE OR DELETE ON late_approval
    FOR EACH ROW EXECUTE FUNCTION public.guard_for_ever();
CREATE TRIGGER audit_insert AFTER INSERT ON late_approval
    REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION public.audit_changes();
"""
DROP_GUARD = """
DROP TRIGGER audit_insert ON late_approval;
DROP TRIGGER guard ON late_approval;
DROP TRIGGER guard_insert ON late_approval;
DROP FUNCTION public.guard_late_approval();
"""


class Migration(migrations.Migration):
    dependencies = [("statements", "0007_versions")]
    operations = [
        migrations.CreateModel(
            name="LateApproval",
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
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="late_approval",
                        to="statements.edition",
                    ),
                ),
            ],
            options={"db_table": "late_approval"},
        ),
        migrations.RunSQL(GUARD, DROP_GUARD),
    ]
