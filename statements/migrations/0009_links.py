"""Links by which outsiders read one edition, and what officials answer to it."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

GUARDS = r"""
-- A link is for one edition and one person, and what ended stays ended.
CREATE FUNCTION public.guard_preview_link() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    may_change text[] := ARRAY['revoked_at', 'revoked_by_id', 'opened_at'];
BEGIN
    IF to_jsonb(OLD) - may_change IS DISTINCT FROM to_jsonb(NEW) - may_change THEN
        PERFORM public.refuse('A link is revoked and made anew, never changed.');
    END IF;
    IF OLD.revoked_at IS NOT NULL AND NEW.revoked_at IS DISTINCT FROM OLD.revoked_at
    THEN
        PERFORM public.refuse('A link that was revoked stays revoked.');
    END IF;
    RETURN NEW;
END;
$$;
CREATE TRIGGER guard BEFORE UPDATE ON preview_link
    FOR EACH ROW EXECUTE FUNCTION public.guard_preview_link();

-- An answer is of exactly the text that stands there, and is never taken back.
CREATE FUNCTION public.guard_clearance() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    way public.preview_link;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        PERFORM public.refuse('What somebody answered stays as it was answered.');
    END IF;
    IF TG_OP = 'DELETE' THEN
        IF EXISTS (
            SELECT FROM public.preview_link l JOIN public.edition e
                ON e.id = l.edition_id
            WHERE l.id = OLD.link_id AND e.published_at IS NOT NULL) THEN
            PERFORM public.refuse('An answer about a published edition stays.');
        END IF;
        RETURN OLD;
    END IF;
    SELECT * INTO way FROM public.preview_link WHERE id = NEW.link_id;
    IF NOT way.asks OR way.revoked_at IS NOT NULL
       OR way.expires_at <= clock_timestamp() THEN
        PERFORM public.refuse('The link does not ask for an answer any more.');
    END IF;
    IF NEW.digest <> public.edition_digest(way.edition_id) THEN
        PERFORM public.refuse('The text has changed since it was read.');
    END IF;
    RETURN NEW;
END;
$$;
CREATE TRIGGER guard BEFORE INSERT OR UPDATE OR DELETE ON clearance
    FOR EACH ROW EXECUTE FUNCTION public.guard_clearance();
"""
DROP_GUARDS = """
DROP TRIGGER guard ON clearance;
DROP FUNCTION public.guard_clearance();
DROP TRIGGER guard ON preview_link;
DROP FUNCTION public.guard_preview_link();
"""
AUDITED = ["preview_link", "clearance"]
AUDIT = "".join(
    f"""
    CREATE TRIGGER audit_insert AFTER INSERT ON {table}
        REFERENCING NEW TABLE AS new_rows
        FOR EACH STATEMENT EXECUTE FUNCTION public.audit_changes();
    CREATE TRIGGER audit_update AFTER UPDATE ON {table}
        REFERENCING NEW TABLE AS new_rows OLD TABLE AS old_rows
        FOR EACH STATEMENT EXECUTE FUNCTION public.audit_changes();
    CREATE TRIGGER audit_delete AFTER DELETE ON {table}
        REFERENCING OLD TABLE AS old_rows
        FOR EACH STATEMENT EXECUTE FUNCTION public.audit_changes();
    """
    for table in AUDITED
)
DROP_AUDIT = "".join(
    f"DROP TRIGGER audit_{op} ON {table};"
    for table in AUDITED
    for op in ("insert", "update", "delete")
)


class Migration(migrations.Migration):
    dependencies = [("statements", "0008_review")]
    operations = [
        migrations.CreateModel(
            name="PreviewLink",
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
                    "name",
                    models.CharField(max_length=120, verbose_name="who it is for"),
                ),
                ("asks", models.BooleanField(default=False)),
                (
                    "token_sha256",
                    models.CharField(editable=False, max_length=64, unique=True),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                    ),
                ),
                ("expires_at", models.DateTimeField()),
                (
                    "revoked_at",
                    models.DateTimeField(blank=True, editable=False, null=True),
                ),
                (
                    "opened_at",
                    models.DateTimeField(
                        blank=True,
                        editable=False,
                        help_text="When it was first opened.",
                        null=True,
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="links",
                        to="statements.edition",
                    ),
                ),
                (
                    "revoked_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table": "preview_link",
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="Clearance",
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
                    "answer",
                    models.CharField(
                        choices=[("approve", "Approves"), ("object", "Objects")],
                        max_length=8,
                    ),
                ),
                ("remark", models.TextField(blank=True)),
                ("digest", models.CharField(editable=False, max_length=64)),
                (
                    "at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                    ),
                ),
                (
                    "link",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="answers",
                        to="statements.previewlink",
                    ),
                ),
            ],
            options={
                "db_table": "clearance",
                "ordering": ["-pk"],
            },
        ),
        migrations.AddConstraint(
            model_name="previewlink",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("revoked_at__isnull", True), ("revoked_by__isnull", True)
                    ),
                    models.Q(
                        ("revoked_at__isnull", False), ("revoked_by__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="preview_link_revoked_at_with_by",
            ),
        ),
        migrations.AddConstraint(
            model_name="previewlink",
            constraint=models.CheckConstraint(
                condition=models.Q(("name", ""), _negated=True),
                name="preview_link_is_for_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="previewlink",
            constraint=models.CheckConstraint(
                condition=models.Q(("expires_at__gt", models.F("created_at"))),
                name="preview_link_expires_after_it_was_made",
            ),
        ),
        migrations.AddConstraint(
            model_name="clearance",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answer", "object"), _negated=True),
                    models.Q(("remark", ""), _negated=True),
                    _connector="OR",
                ),
                name="clearance_objection_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="clearance",
            constraint=models.CheckConstraint(
                condition=models.Q(("digest", ""), _negated=True),
                name="clearance_is_of_a_text",
            ),
        ),
        migrations.RunSQL(GUARDS, DROP_GUARDS),
        migrations.RunSQL(AUDIT, DROP_AUDIT),
    ]
