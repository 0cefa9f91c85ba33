"""Actions on many statements, kept as keys so that they can be undone."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

BULK = r"""
CREATE FUNCTION public.guard_bulk() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND TG_TABLE_NAME = 'bulk_action' THEN
        IF OLD.undone_at IS NULL AND NEW.undone_at IS NOT NULL
           AND (NEW.id, NEW.act, NEW.at, NEW.by_id)
               = (OLD.id, OLD.act, OLD.at, OLD.by_id) THEN
            RETURN NEW;
        END IF;
    END IF;
    PERFORM public.refuse('What was done to many statements stays as it was done.');
    RETURN NULL;
END;
$$;
CREATE TRIGGER guard BEFORE UPDATE OR DELETE ON bulk_action
    FOR EACH ROW EXECUTE FUNCTION public.guard_bulk();
CREATE TRIGGER guard BEFORE UPDATE OR DELETE ON bulk_row
    FOR EACH ROW EXECUTE FUNCTION public.guard_bulk();
CREATE TRIGGER audit_insert AFTER INSERT ON bulk_action
    REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION public.audit_changes();
CREATE TRIGGER audit_update AFTER UPDATE ON bulk_action
    REFERENCING NEW TABLE AS new_rows OLD TABLE AS old_rows
    FOR EACH STATEMENT EXECUTE FUNCTION public.audit_changes();
"""
DROP_BULK = """
DROP TRIGGER audit_update ON bulk_action;
DROP TRIGGER audit_insert ON bulk_action;
DROP TRIGGER guard ON bulk_row;
DROP TRIGGER guard ON bulk_action;
DROP FUNCTION public.guard_bulk();
"""


class Migration(migrations.Migration):
    dependencies = [("statements", "0014_mail")]

    operations = [
        migrations.CreateModel(
            name="BulkAction",
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
                    "act",
                    models.CharField(
                        choices=[
                            ("add_topics", "Add topics"),
                            ("remove_topics", "Remove topics"),
                            ("kind", "Change the kind"),
                            ("desk", "Move to another desk"),
                            ("bin", "Put in the bin"),
                        ],
                        editable=False,
                        max_length=16,
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
                    "undone_at",
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
            ],
            options={
                "db_table": "bulk_action",
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="BulkRow",
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
                ("article", models.BigIntegerField(editable=False)),
                (
                    "before",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), editable=False
                    ),
                ),
                (
                    "after",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), editable=False
                    ),
                ),
                (
                    "action",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rows",
                        to="statements.bulkaction",
                    ),
                ),
            ],
            options={
                "db_table": "bulk_row",
            },
        ),
        migrations.AddIndex(
            model_name="bulkaction",
            index=models.Index(
                fields=["by", "-id"],
                name="bulk_action_of_user",
            ),
        ),
        migrations.AddConstraint(
            model_name="bulkrow",
            constraint=models.UniqueConstraint(
                fields=("action", "article"), name="bulk_row_once_a_statement"
            ),
        ),
        migrations.AddConstraint(
            model_name="bulkrow",
            constraint=models.CheckConstraint(
                condition=models.Q(("before", models.F("after")), _negated=True),
                name="bulk_row_changes_something",
            ),
        ),
        migrations.RunSQL(BULK, DROP_BULK),
    ]
