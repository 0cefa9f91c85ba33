"""Searches that staff keep, and how each reader of one is told what is new in it."""

from __future__ import annotations

from typing import Any, Self
from urllib.parse import urlencode

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.urls import reverse

from .articles import Desk
from .moments import by


class SavedSearchQuerySet(models.QuerySet["SavedSearch"]):
    def of(self, user: Any) -> Self:
        """One's own, and those that colleagues share with a desk of one's own."""
        desks = Desk.objects.of(user).values("pk")
        return self.filter(Q(owner=user) | Q(desk__in=desks))


class SavedSearch(models.Model):
    """A question with a name. It finds what its reader may see when it is asked.

    ``question`` holds the parts of an address that ask it, as ``search.query`` reads
    them: never what it found.
    """

    owner = by(null=False, related_name="searches")
    name = models.CharField(max_length=100)
    question = models.JSONField(editable=False)
    desk = models.ForeignKey(
        Desk, models.PROTECT, related_name="searches", null=True, blank=True
    )
    made_at = models.DateTimeField(db_default=Now(), editable=False)

    objects = SavedSearchQuerySet.as_manager()

    class Meta:
        db_table = "saved_search"
        ordering = ["name", "pk"]
        verbose_name_plural = "saved searches"
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "name"], name="saved_search_is_one_a_name"
            ),
            models.CheckConstraint(
                condition=~Q(name=""), name="saved_search_has_a_name"
            ),
            models.CheckConstraint(
                condition=~Q(question={}), name="saved_search_asks_something"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"{reverse('staff_quotes')}?{urlencode(self.question)}"


class Often(models.TextChoices):
    """How often somebody is told."""

    NEVER = "never", "Not at all"
    ONCE = "once", "At once"
    DAILY = "daily", "Daily"
    WEEKLY = "weekly", "Weekly, on Mondays"


class Alert(models.Model):
    """How one reader of a saved search hears of what is new: by mail, and by a feed.

    What went out until ``since`` was told; ``due_at`` is when it is asked again. The
    row is the letter: what may be told is asked when it is sent. Of the feed's private
    address only a digest is kept; making it anew replaces it.
    """

    search = models.ForeignKey(
        SavedSearch, models.CASCADE, related_name="alerts", editable=False
    )
    reader = by(null=False)
    often = models.CharField(max_length=6, choices=Often, default=Often.NEVER)
    since = models.DateTimeField(db_default=Now(), editable=False)
    due_at = models.DateTimeField(null=True, blank=True, editable=False)
    tries = models.PositiveSmallIntegerField(default=0, editable=False)
    problem = models.CharField(max_length=80, blank=True, editable=False)
    token_sha256 = models.CharField(
        max_length=64, unique=True, null=True, blank=True, editable=False
    )

    class Meta:
        db_table = "alert"
        constraints = [
            models.UniqueConstraint(
                fields=["search", "reader"], name="alert_is_one_a_reader"
            ),
            models.CheckConstraint(
                condition=Q(often="never", due_at__isnull=True)
                | (~Q(often="never") & Q(due_at__isnull=False)),
                name="alert_is_due_or_never",
            ),
            models.CheckConstraint(
                condition=Q(token_sha256__isnull=True)
                | Q(token_sha256__regex=r"^[0-9a-f]{64}$"),  # noqa: S106  # a shape
                name="alert_key_is_a_digest",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at"], condition=Q(due_at__isnull=False), name="alert_due"
            )
        ]

    def __str__(self) -> str:
        return f"{self.search}, for {self.reader}"
