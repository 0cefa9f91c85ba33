"""Unsaved words, who has an edition open, and what a save replaced."""

import django.core.validators
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

#: A page drawn before somebody else saved is merged with what they saved: for that the
#: words are needed that both began from. With those of the edition go what belongs to
#: the article, as the form has it.
KEEP_BASE = """
CREATE FUNCTION public.keep_base() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO public.edition_base (edition_id, lock_version, words, replaced_at)
    SELECT OLD.id, OLD.lock_version, jsonb_build_object(
        'title', OLD.title, 'summary', OLD.summary, 'byline', OLD.byline,
        'body', OLD.body, 'change', OLD.change, 'change_note', OLD.change_note,
        'dated', a.dated, 'kind', a.kind_id, 'issuer', a.issuer_id,
        'language', a.language, 'desk', a.desk_id, 'slug', a.slug,
        'topics', (SELECT coalesce(jsonb_agg(t.name ORDER BY t.name), '[]')
                   FROM public.article_tag g JOIN public.tag t ON t.id = g.tag_id
                   WHERE g.content_object_id = a.id)
    ), statement_timestamp()
    FROM public.article a WHERE a.id = OLD.article_id
    ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;
CREATE TRIGGER keep_base AFTER UPDATE OF lock_version ON edition
    FOR EACH ROW WHEN (NEW.lock_version > OLD.lock_version)
    EXECUTE FUNCTION public.keep_base();
"""
DROP_KEEP_BASE = """
DROP TRIGGER keep_base ON edition;
DROP FUNCTION public.keep_base();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("statements", "0005_what_hangs_on_editions"),
    ]

    operations = [
        migrations.CreateModel(
            name="DraftBuffer",
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
                    "page",
                    models.CharField(
                        max_length=32,
                        validators=[
                            django.core.validators.RegexValidator("^[0-9a-f]{32}\\Z")
                        ],
                    ),
                ),
                ("values", models.JSONField(default=dict, editable=False)),
                (
                    "lock_version",
                    models.PositiveIntegerField(editable=False, null=True),
                ),
                ("turn", models.BigIntegerField(default=0, editable=False)),
                (
                    "saved_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                    ),
                ),
                (
                    "closed_at",
                    models.DateTimeField(blank=True, editable=False, null=True),
                ),
                (
                    "edition",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="buffers",
                        to="statements.edition",
                    ),
                ),
                (
                    "user",
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
                "db_table": "draft_buffer",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("user", "edition", "page"),
                        name="draft_buffer_is_one_a_page",
                        nulls_distinct=False,
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("closed_at__isnull", True), ("values", {}), _connector="OR"
                        ),
                        name="draft_buffer_closed_has_no_words",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EditionBase",
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
                ("lock_version", models.PositiveIntegerField(editable=False)),
                ("words", models.JSONField(editable=False)),
                (
                    "replaced_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                    ),
                ),
                (
                    "edition",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="bases",
                        to="statements.edition",
                    ),
                ),
            ],
            options={
                "db_table": "edition_base",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("edition", "lock_version"),
                        name="edition_base_is_one_a_version",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Presence",
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
                    "since",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                    ),
                ),
                (
                    "seen_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                    ),
                ),
                (
                    "edition",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="present",
                        to="statements.edition",
                    ),
                ),
                (
                    "user",
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
                "db_table": "presence",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("edition", "user"), name="presence_is_one_a_person"
                    )
                ],
            },
        ),
        migrations.RunSQL(KEEP_BASE, DROP_KEEP_BASE),
    ]
