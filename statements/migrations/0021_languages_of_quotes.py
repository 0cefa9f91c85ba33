"""The search asks which languages are on record, and compiles words for these alone."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("statements", "0020_portraits")]

    operations = [
        migrations.AddIndex(
            model_name="quote",
            index=models.Index(fields=["language"], name="quote_languages"),
        ),
    ]
