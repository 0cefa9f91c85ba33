"""Former names with their days; and the newest quotes of an office, read in order.

The index of appointments takes the place of the one that the foreign key had: a post
whose holders said much would else have all of it read, and sorted, for one page.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("statements", "0016_desk"),
    ]

    operations = [
        migrations.AddField(
            model_name="othername",
            name="ends_on",
            field=models.DateField(
                blank=True,
                help_text="Of a former name, the last day; then readers see the name.",
                null=True,
            ),
        ),
        migrations.AddField(
            model_name="othername",
            name="ends_precision",
            field=models.CharField(
                choices=[("day", "Day"), ("month", "Month"), ("year", "Year")],
                default="day",
                max_length=5,
            ),
        ),
        migrations.AddField(
            model_name="othername",
            name="starts_on",
            field=models.DateField(
                blank=True, help_text="The first day. Empty: not known.", null=True
            ),
        ),
        migrations.AddField(
            model_name="othername",
            name="starts_precision",
            field=models.CharField(
                choices=[("day", "Day"), ("month", "Month"), ("year", "Year")],
                default="day",
                max_length=5,
            ),
        ),
        migrations.AlterField(
            model_name="quote",
            name="appointment",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="quotes",
                to="statements.appointment",
            ),
        ),
        migrations.AddIndex(
            model_name="quote",
            index=models.Index(
                models.F("appointment"),
                models.OrderBy(models.F("said_on"), descending=True),
                models.OrderBy(models.F("id"), descending=True),
                name="quote_appointment_new",
            ),
        ),
        migrations.AddConstraint(
            model_name="othername",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("starts_on__isnull", True),
                    ("ends_on__isnull", True),
                    ("ends_on__gte", models.F("starts_on")),
                    _connector="OR",
                ),
                name="other_name_ends_after_it_starts",
            ),
        ),
    ]
