"""Findings of the check that somebody silenced; titles, to find statements alike."""

import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

AUDIT = """
CREATE TRIGGER audit_insert AFTER INSERT ON silence
    REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION public.audit_changes();
CREATE TRIGGER audit_update AFTER UPDATE ON silence
    REFERENCING NEW TABLE AS new_rows OLD TABLE AS old_rows
    FOR EACH STATEMENT EXECUTE FUNCTION public.audit_changes();
CREATE TRIGGER audit_delete AFTER DELETE ON silence
    REFERENCING OLD TABLE AS old_rows
    FOR EACH STATEMENT EXECUTE FUNCTION public.audit_changes();
"""
DROP_AUDIT = "".join(
    f"DROP TRIGGER audit_{op} ON silence;" for op in ("insert", "update", "delete")
)


class Migration(migrations.Migration):
    dependencies = [("statements", "0009_links")]
    operations = [
        migrations.CreateModel(
            name="Silence",
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
                    "scope",
                    models.CharField(
                        choices=[
                            ("here", "In this statement"),
                            ("subject", "In every statement"),
                            ("rule", "The whole rule, everywhere"),
                        ],
                        max_length=8,
                    ),
                ),
                ("rule", models.CharField(max_length=30)),
                (
                    "subject",
                    models.CharField(blank=True, max_length=200, verbose_name="what"),
                ),
                ("reason", models.TextField()),
                (
                    "at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                    ),
                ),
            ],
            options={
                "db_table": "silence",
                "ordering": ["-pk"],
            },
        ),
        migrations.AddIndex(
            model_name="edition",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.indexes.OpClass("title", name="gin_trgm_ops"),
                name="edition_title_like",
            ),
        ),
        migrations.AddField(
            model_name="silence",
            name="article",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="silences",
                to="statements.article",
                verbose_name="statement",
            ),
        ),
        migrations.AddField(
            model_name="silence",
            name="by",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="silence",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True),
                name="silence_has_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="silence",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("scope", "here"), _negated=True),
                    ("article__isnull", False),
                    _connector="OR",
                ),
                name="silence_here_is_in_a_statement",
            ),
        ),
        migrations.AddConstraint(
            model_name="silence",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("scope", "rule"), ("subject", "")),
                    models.Q(
                        models.Q(("scope", "rule"), _negated=True),
                        models.Q(("subject", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="silence_of_a_rule_has_no_subject",
            ),
        ),
        migrations.AddConstraint(
            model_name="silence",
            constraint=models.UniqueConstraint(
                condition=models.Q(("scope", "here")),
                fields=("article", "rule", "subject"),
                name="silence_here_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="silence",
            constraint=models.UniqueConstraint(
                condition=models.Q(("scope", "here"), _negated=True),
                fields=("rule", "subject"),
                name="silence_always_once",
            ),
        ),
        migrations.RunSQL(AUDIT, DROP_AUDIT),
    ]
