"""The append-only record of who changed what, and saves that happen once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, models, transaction
from django.db.models.functions import Now

from .moments import by


class Audit(models.Model):
    """One changed row: triggers write it, whoever or whatever made the change."""

    at = models.DateTimeField(db_default=Now(), editable=False)
    actor = by()
    reason = models.TextField(blank=True, editable=False)
    table = models.CharField(max_length=63, editable=False)
    row = models.CharField("row's key", max_length=40, editable=False)
    op = models.CharField(max_length=6, editable=False)
    changes = models.JSONField(default=dict, editable=False)

    class Meta:
        db_table = "audit"
        ordering = ["-pk"]
        verbose_name_plural = "audit"
        indexes = [models.Index(fields=["table", "row"], name="audit_of_row")]

    def __str__(self) -> str:
        return f"{self.op} {self.table} {self.row}"


class Submission(models.Model):
    """A form that was saved: the same form sent again is answered, not saved again."""

    token = models.CharField(primary_key=True, max_length=64)
    user = by(null=False)
    result = models.CharField(max_length=400, blank=True)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "submission"

    def __str__(self) -> str:
        return self.token


@contextmanager
def acting(user: Any, reason: str = "") -> Iterator[None]:
    """Do everything inside in one transaction, recorded as done by ``user``.

    Nested, the inner person is recorded inside and the outer one again after it; an
    inner one without a reason acts for the outer's. The setting is local to the
    transaction, so a pooled connection cannot keep it.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT current_setting('newsroom.actor', true),"
                " current_setting('newsroom.reason', true),"
                " set_config('newsroom.actor', %s, true),"
                " set_config('newsroom.reason', coalesce(nullif(%s, ''),"
                " current_setting('newsroom.reason', true), ''), true)",
                [str(user.pk), reason],
            )
            actor, why, now, because = cursor.fetchone()
        yield
        if (actor, why) == (now, because):
            return
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT set_config('newsroom.actor', %s, true),"
                " set_config('newsroom.reason', %s, true)",
                [actor or "", why or ""],
            )
