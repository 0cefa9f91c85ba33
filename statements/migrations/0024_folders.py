"""Folders of chosen quotes, in an order and with notes."""

import django.db.models.constraints
import django.db.models.deletion
import django.db.models.functions.datetime
import django.db.models.functions.text
import django.db.models.lookups
from django.conf import settings
from django.db import migrations, models

GUARD = r"""
-- What is put in a folder is a quote that readers had, by its own address. Its words
-- are frozen, and such rows are never deleted.
CREATE FUNCTION public.guard_folder_quote() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM public.quote q
        WHERE q.id = NEW.chosen_id AND q.permalink_id = NEW.permalink_id
          AND lower(q.live) <= clock_timestamp()) THEN
        PERFORM public.refuse('Only a quote that readers had is put in a folder.');
    END IF;
    RETURN NEW;
END;
$$;
CREATE TRIGGER guard BEFORE INSERT OR UPDATE OF chosen_id, permalink_id ON folder_quote
    FOR EACH ROW EXECUTE FUNCTION public.guard_folder_quote();
"""
DROP_GUARD = """
DROP TRIGGER guard ON folder_quote;
DROP FUNCTION public.guard_folder_quote();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("statements", "0023_words_of_texts"),
    ]

    operations = [
        migrations.CreateModel(
            name="Folder",
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
                ("introduction", models.TextField(blank=True)),
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
                        related_name="folders",
                        to="statements.desk",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="folders",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table": "folder",
                "ordering": ["name", "pk"],
            },
        ),
        migrations.CreateModel(
            name="FolderQuote",
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
                ("position", models.PositiveIntegerField(editable=False)),
                ("note", models.TextField(blank=True)),
                (
                    "chosen",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="statements.quote",
                    ),
                ),
                (
                    "folder",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="quotes",
                        to="statements.folder",
                    ),
                ),
                (
                    "permalink",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="statements.permalink",
                    ),
                ),
            ],
            options={
                "db_table": "folder_quote",
                "ordering": ["position"],
            },
        ),
        migrations.AddConstraint(
            model_name="folder",
            constraint=models.UniqueConstraint(
                fields=("owner", "name"), name="folder_is_one_a_name"
            ),
        ),
        migrations.AddConstraint(
            model_name="folder",
            constraint=models.CheckConstraint(
                condition=models.Q(("name", ""), _negated=True),
                name="folder_has_a_name",
            ),
        ),
        migrations.AddConstraint(
            model_name="folder",
            constraint=models.CheckConstraint(
                condition=django.db.models.lookups.LessThanOrEqual(
                    django.db.models.functions.text.Length("introduction"), 10000
                ),
                name="folder_is_introduced_in_short",
            ),
        ),
        migrations.AddConstraint(
            model_name="folderquote",
            constraint=models.UniqueConstraint(
                fields=("folder", "permalink"), name="folder_has_a_quote_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="folderquote",
            constraint=models.UniqueConstraint(
                deferrable=django.db.models.constraints.Deferrable["DEFERRED"],
                fields=("folder", "position"),
                name="folder_has_one_quote_a_place",
            ),
        ),
        migrations.AddConstraint(
            model_name="folderquote",
            constraint=models.CheckConstraint(
                condition=models.Q(("position__gte", 1)),
                name="folder_is_counted_from_one",
            ),
        ),
        migrations.AddConstraint(
            model_name="folderquote",
            constraint=models.CheckConstraint(
                condition=django.db.models.lookups.LessThanOrEqual(
                    django.db.models.functions.text.Length("note"), 2000
                ),
                name="folder_quote_has_a_short_note",
            ),
        ),
        migrations.RunSQL(GUARD, DROP_GUARD),
    ]
