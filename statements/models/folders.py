"""Folders of chosen quotes: in an order, with notes, for a briefing."""

from __future__ import annotations

from typing import Any, Self

from django.db import models
from django.db.models import Deferrable, Q
from django.db.models.functions import Length, Now
from django.db.models.lookups import LessThanOrEqual
from django.urls import reverse

from .articles import Desk
from .moments import by
from .quotes import Permalink, Quote

#: Characters of a note on a quote, and of what stands before them all.
LONGEST_NOTE, LONGEST_INTRODUCTION = 2_000, 10_000


class FolderQuerySet(models.QuerySet["Folder"]):
    def of(self, user: Any) -> Self:
        """One's own, and those that colleagues share with a desk of one's own."""
        desks = Desk.objects.of(user).values("pk")
        return self.filter(Q(owner=user) | Q(desk__in=desks))


class Folder(models.Model):
    """Quotes that somebody chose. It shows of them what its reader may see now."""

    owner = by(null=False, related_name="folders")
    name = models.CharField(max_length=100)
    introduction = models.TextField(blank=True)
    desk = models.ForeignKey(
        Desk, models.PROTECT, related_name="folders", null=True, blank=True
    )
    made_at = models.DateTimeField(db_default=Now(), editable=False)

    objects = FolderQuerySet.as_manager()

    class Meta:
        db_table = "folder"
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "name"], name="folder_is_one_a_name"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="folder_has_a_name"),
            models.CheckConstraint(
                condition=LessThanOrEqual(Length("introduction"), LONGEST_INTRODUCTION),
                name="folder_is_introduced_in_short",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("staff_folder", args=[self.pk])


class FolderQuote(models.Model):
    """One quote of a folder: a place in its order, and a note of its own.

    It holds the address of a quote, which stays through all editions, and no words:
    they are read where they stand. ``chosen`` is the quote of the edition in which it
    was chosen, by which one knows whether the words have changed since. A trigger lets
    only what readers had be chosen.
    """

    folder = models.ForeignKey(
        Folder, models.CASCADE, related_name="quotes", editable=False, db_index=False
    )
    permalink = models.ForeignKey(
        Permalink, models.PROTECT, related_name="+", editable=False
    )
    chosen = models.ForeignKey(Quote, models.PROTECT, related_name="+", editable=False)
    position = models.PositiveIntegerField(editable=False)
    note = models.TextField(blank=True)

    class Meta:
        db_table = "folder_quote"
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["folder", "permalink"], name="folder_has_a_quote_once"
            ),
            # Asked at the end of a transaction: a new order is written row by row.
            models.UniqueConstraint(
                fields=["folder", "position"],
                name="folder_has_one_quote_a_place",
                deferrable=Deferrable.DEFERRED,
            ),
            models.CheckConstraint(
                condition=Q(position__gte=1), name="folder_is_counted_from_one"
            ),
            models.CheckConstraint(
                condition=LessThanOrEqual(Length("note"), LONGEST_NOTE),
                name="folder_quote_has_a_short_note",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.permalink_id}"
