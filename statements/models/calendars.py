"""The calendar of what goes out: who may subscribe to it, and what was taken off it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from .articles import Edition


class CalendarKey(models.Model):
    """The private address of one person's calendar; the token itself is kept nowhere.

    Making it anew replaces it, so that the former address leads nowhere.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="calendar_key",
        editable=False,
    )
    token_sha256 = models.CharField(max_length=64, unique=True, editable=False)
    made_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        db_table = "calendar_key"
        constraints = [
            models.CheckConstraint(
                condition=Q(token_sha256__regex=r"^[0-9a-f]{64}$"),  # noqa: S106  # a shape
                name="calendar_key_is_a_digest",
            )
        ]

    def __str__(self) -> str:
        return f"Calendar of {self.user}"


class TakenOff(models.Model):
    """An edition that was taken off its hour: the last one it had, and how often.

    The database writes it when ``published_at`` is emptied or moved. A calendar that
    was told of the hour is told by it that the edition is cancelled, or was moved.
    """

    edition = models.OneToOneField(
        Edition, models.CASCADE, related_name="taken_off", editable=False
    )
    hour = models.DateTimeField(editable=False)
    at = models.DateTimeField(db_default=Now(), editable=False)
    times = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        db_table = "taken_off"
        indexes = [models.Index(fields=["hour"], name="taken_off_by_hour")]

    def __str__(self) -> str:
        return f"{self.edition} taken off"
