"""A private address for the calendar of what goes out, and what was taken off it."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

NOTE = r"""
-- What was told to calendars is taken back there too: the last hour, and how often.
CREATE FUNCTION public.note_taken_off() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO public.taken_off AS t (edition_id, hour, at, times)
    VALUES (NEW.id, OLD.published_at, clock_timestamp(), 1)
    ON CONFLICT (edition_id) DO UPDATE
        SET hour = EXCLUDED.hour, at = EXCLUDED.at, times = t.times + 1;
    RETURN NULL;
END;
$$;
CREATE TRIGGER note_taken_off AFTER UPDATE OF published_at ON edition
    FOR EACH ROW
    WHEN (OLD.published_at IS NOT NULL
          AND NEW.published_at IS DISTINCT FROM OLD.published_at)
    EXECUTE FUNCTION public.note_taken_off();
"""
DROP_NOTE = """
DROP TRIGGER note_taken_off ON edition;
DROP FUNCTION public.note_taken_off();
"""
AUDIT = """
CREATE TRIGGER audit_insert AFTER INSERT ON calendar_key
    REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION public.audit_changes();
CREATE TRIGGER audit_update AFTER UPDATE ON calendar_key
    REFERENCING NEW TABLE AS new_rows OLD TABLE AS old_rows
    FOR EACH STATEMENT EXECUTE FUNCTION public.audit_changes();
CREATE TRIGGER audit_delete AFTER DELETE ON calendar_key
    REFERENCING OLD TABLE AS old_rows
    FOR EACH STATEMENT EXECUTE FUNCTION public.audit_changes();
"""
DROP_AUDIT = "".join(
    f"DROP TRIGGER audit_{op} ON calendar_key;" for op in ("insert", "update", "delete")
)


class Migration(migrations.Migration):
    dependencies = [("statements", "0011_remarks")]

    operations = [
        migrations.CreateModel(
            name="CalendarKey",
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
                    "user",
                    models.OneToOneField(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="calendar_key",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "token_sha256",
                    models.CharField(editable=False, max_length=64, unique=True),
                ),
                (
                    "made_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                    ),
                ),
            ],
            options={
                "db_table": "calendar_key",
            },
        ),
        migrations.CreateModel(
            name="TakenOff",
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
                    "edition",
                    models.OneToOneField(
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="taken_off",
                        to="statements.edition",
                    ),
                ),
                ("hour", models.DateTimeField(editable=False)),
                (
                    "at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                    ),
                ),
                ("times", models.PositiveIntegerField(default=1, editable=False)),
            ],
            options={
                "db_table": "taken_off",
            },
        ),
        migrations.AddIndex(
            model_name="edition",
            index=models.Index(fields=["published_at"], name="edition_by_hour"),
        ),
        migrations.AddIndex(
            model_name="quote",
            index=models.Index(
                condition=models.Q(
                    ("verdict__in", ("differs", "elsewhere", "not_found"))
                ),
                fields=["article"],
                name="quote_doubtful",
            ),
        ),
        migrations.AddConstraint(
            model_name="calendarkey",
            constraint=models.CheckConstraint(
                condition=models.Q(("token_sha256__regex", "^[0-9a-f]{64}$")),
                name="calendar_key_is_a_digest",
            ),
        ),
        migrations.AddIndex(
            model_name="takenoff",
            index=models.Index(fields=["hour"], name="taken_off_by_hour"),
        ),
        migrations.RunSQL(NOTE, DROP_NOTE),
        migrations.RunSQL(AUDIT, DROP_AUDIT),
    ]
