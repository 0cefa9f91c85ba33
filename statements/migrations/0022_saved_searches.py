"""Searches that staff keep, and how each reader of one hears of what is new."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("statements", "0021_languages_of_quotes"),
    ]

    operations = [
        migrations.CreateModel(
            name="SavedSearch",
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
                ("name", models.CharField(max_length=100)),
                ("question", models.JSONField(editable=False)),
                (
                    "made_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                    ),
                ),
                (
                    "desk",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="searches",
                        to="statements.desk",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="searches",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "saved searches",
                "db_table": "saved_search",
                "ordering": ["name", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Alert",
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
                    "often",
                    models.CharField(
                        choices=[
                            ("never", "Not at all"),
                            ("once", "At once"),
                            ("daily", "Daily"),
                            ("weekly", "Weekly, on Mondays"),
                        ],
                        default="never",
                        max_length=6,
                    ),
                ),
                (
                    "since",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                    ),
                ),
                ("due_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("tries", models.PositiveSmallIntegerField(default=0, editable=False)),
                (
                    "problem",
                    models.CharField(blank=True, editable=False, max_length=80),
                ),
                (
                    "token_sha256",
                    models.CharField(
                        blank=True,
                        editable=False,
                        max_length=64,
                        null=True,
                        unique=True,
                    ),
                ),
                (
                    "reader",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "search",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="alerts",
                        to="statements.savedsearch",
                    ),
                ),
            ],
            options={
                "db_table": "alert",
            },
        ),
        migrations.AddConstraint(
            model_name="savedsearch",
            constraint=models.UniqueConstraint(
                fields=("owner", "name"), name="saved_search_is_one_a_name"
            ),
        ),
        migrations.AddConstraint(
            model_name="savedsearch",
            constraint=models.CheckConstraint(
                condition=models.Q(("name", ""), _negated=True),
                name="saved_search_has_a_name",
            ),
        ),
        migrations.AddConstraint(
            model_name="savedsearch",
            constraint=models.CheckConstraint(
                condition=models.Q(("question", {}), _negated=True),
                name="saved_search_asks_something",
            ),
        ),
        migrations.AddIndex(
            model_name="alert",
            index=models.Index(
                condition=models.Q(("due_at__isnull", False)),
                fields=["due_at"],
                name="alert_due",
            ),
        ),
        migrations.AddConstraint(
            model_name="alert",
            constraint=models.UniqueConstraint(
                fields=("search", "reader"), name="alert_is_one_a_reader"
            ),
        ),
        migrations.AddConstraint(
            model_name="alert",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("due_at__isnull", True), ("often", "never")),
                    models.Q(
                        models.Q(("often", "never"), _negated=True),
                        ("due_at__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="alert_is_due_or_never",
            ),
        ),
        migrations.AddConstraint(
            model_name="alert",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("token_sha256__isnull", True),
                    ("token_sha256__regex", "^[0-9a-f]{64}$"),
                    _connector="OR",
                ),
                name="alert_key_is_a_digest",
            ),
        ),
    ]
