"""The words of public quotes, gathered for questions that find nothing."""

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("statements", "0018_tallies")]
    operations = [
        migrations.CreateModel(
            name="Vocabulary",
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
                ("word", models.TextField()),
                ("asked", models.TextField()),
                ("number", models.IntegerField()),
            ],
            options={
                "db_table": "vocabulary",
                "constraints": [
                    models.UniqueConstraint(
                        fields=["word", "asked"], name="vocabulary_word_once"
                    ),
                ],
                "indexes": [
                    GinIndex(
                        OpClass("word", name="gin_trgm_ops"), name="vocabulary_like"
                    ),
                ],
            },
        ),
    ]
