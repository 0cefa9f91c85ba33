"""Letters that wait to be sent, and what each person wants to hear of."""

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("statements", "0013_bin"),
    ]

    operations = [
        migrations.CreateModel(
            name="Mailbox",
            fields=[
                (
                    "user",
                    models.OneToOneField(
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="mailbox",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("wishes", models.JSONField(blank=True, default=dict, editable=False)),
                (
                    "hour",
                    models.PositiveSmallIntegerField(
                        default=8,
                        validators=[django.core.validators.MaxValueValidator(23)],
                        verbose_name="hour of the digest",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "mailboxes",
                "db_table": "mailbox",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("hour__lte", 23)),
                        name="mailbox_hour_is_of_a_day",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Letter",
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
                    "kind",
                    models.CharField(
                        choices=[
                            ("submitted", "Submitted for review"),
                            ("returned", "Returned to its authors"),
                            ("remark", "Remarked on, or a remark answered"),
                            ("approved", "Approved"),
                            ("scheduled", "Scheduled"),
                            ("published", "Published"),
                            ("corrected", "Corrected in public"),
                            ("withdrawn", "Withdrawn"),
                            ("answered", "Answered by an official"),
                        ],
                        editable=False,
                        max_length=12,
                    ),
                ),
                ("at", models.DateTimeField(editable=False)),
                ("due_at", models.DateTimeField(editable=False)),
                ("tries", models.PositiveSmallIntegerField(default=0, editable=False)),
                (
                    "ended_at",
                    models.DateTimeField(blank=True, editable=False, null=True),
                ),
                (
                    "end",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("sent", "Sent"),
                            ("dropped", "Not wanted, or not to be told, any more"),
                            ("failed", "Given up"),
                        ],
                        editable=False,
                        max_length=8,
                    ),
                ),
                (
                    "problem",
                    models.CharField(blank=True, editable=False, max_length=80),
                ),
                (
                    "edition",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="letters",
                        to="statements.edition",
                    ),
                ),
                (
                    "box",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="letters",
                        to="statements.mailbox",
                    ),
                ),
            ],
            options={
                "db_table": "letter",
                "ordering": ["pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("ended_at", None)),
                        fields=["box", "due_at"],
                        name="letter_waiting",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("end", ""), ("ended_at", None)),
                            models.Q(
                                ("ended_at__isnull", False),
                                models.Q(("end", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="letter_waits_or_has_an_end",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("end", "failed"), _negated=True),
                            models.Q(("problem", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="letter_given_up_says_why",
                    ),
                ],
            },
        ),
    ]
