"""Portraits of people: none without a credit and a text alternative."""

import django.db.models.deletion
from django.db import migrations, models

AUDIT = """
CREATE TRIGGER audit_insert AFTER INSERT ON portrait
    REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION public.audit_changes();
CREATE TRIGGER audit_update AFTER UPDATE ON portrait
    REFERENCING NEW TABLE AS new_rows OLD TABLE AS old_rows
    FOR EACH STATEMENT EXECUTE FUNCTION public.audit_changes();
CREATE TRIGGER audit_delete AFTER DELETE ON portrait
    REFERENCING OLD TABLE AS old_rows
    FOR EACH STATEMENT EXECUTE FUNCTION public.audit_changes();
"""
DROP_AUDIT = "".join(
    f"DROP TRIGGER audit_{op} ON portrait;" for op in ("insert", "update", "delete")
)


class Migration(migrations.Migration):
    dependencies = [("statements", "0019_vocabulary")]

    operations = [
        migrations.CreateModel(
            name="Portrait",
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
                    "alt",
                    models.CharField(max_length=300, verbose_name="text alternative"),
                ),
                ("credit", models.CharField(max_length=200)),
                (
                    "asset",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="portrait",
                        to="statements.mediaasset",
                    ),
                ),
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="portrait",
                        to="statements.spokesperson",
                    ),
                ),
            ],
            options={
                "db_table": "portrait",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("alt__regex", r"\S")),
                        name="portrait_has_a_text_alternative",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("credit__regex", r"\S")),
                        name="portrait_has_a_credit",
                    ),
                ],
            },
        ),
        migrations.RunSQL(AUDIT, DROP_AUDIT),
    ]
