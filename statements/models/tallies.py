"""How many public rows there are of each kind: counts kept by the database.

Why they are kept, and how they stay exact as the clock moves, is told in
``docs/decisions/0011-counts-are-kept.md``.
"""

from __future__ import annotations

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import IntegerField, OuterRef, Subquery, Sum, TextField, Value
from django.db.models.functions import Cast, Coalesce, Concat, Now


class TallyQuerySet(models.QuerySet["Tally"]):
    def public(self, at: dt.datetime | Now | None = None) -> Self:
        """What counts at a moment (default: now): nothing that lies ahead of it."""
        return self.filter(since__lte=Now() if at is None else at)

    def summed(
        self, whose: str, at: dt.datetime | None = None
    ) -> models.QuerySet[Tally, tuple[str, int]]:
        """The counts of one thing: part and number; those of zero are left out."""
        return (
            self.public(at)
            .filter(whose=whose)
            .values_list("part")
            .annotate(sum=Sum("number"))
            .filter(sum__gt=0)
        )

    def of(self, letter: str, at: dt.datetime | None = None) -> Coalesce:
        """The whole count of each row of another query: ``s`` its key's speaker."""
        whose = Concat(
            Value(f"{letter}:"),
            Cast(OuterRef("pk"), TextField()),
            output_field=TextField(),
        )
        counted = (
            self.public(at)
            .filter(whose=whose, part="")
            .values("whose")
            .annotate(sum=Sum("number"))
            .values("sum")
        )
        return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


class Tally(models.Model):
    """A change of a count, from a moment on; a count is the sum of its changes.

    ``whose`` and ``part`` say what is counted, by the letters of a quote's facets:

    * ``s:12``: public quotes of a speaker; parts "" for all, ``y:2024`` by year, and
      ``p:9``, ``r:88``, ``t:4`` by post, resolution and topic;
    * ``o:3``: public quotes of an organisation;
    * ``r:88``: public citations of a resolution; parts "" for all, and ``s:12`` or
      ``o:3`` for the quotes of one voice that name it;
    * ``r:88 s:12``: those of one voice, by year;
    * ``t:4``: public statements of a topic;
    * ``a`` and ``k:2``: public statements, all and of a kind, by year; ``a:2024`` by
      month, ``a:2024-03`` by day.

    Triggers write the rows, in the transaction that changes what is counted.
    """

    whose = models.TextField()
    part = models.TextField(blank=True)
    since = models.DateTimeField()
    number = models.IntegerField()

    objects = TallyQuerySet.as_manager()

    class Meta:
        db_table = "tally"
        indexes = [
            models.Index(
                fields=["whose", "part", "since"], include=["number"], name="tally_of"
            ),
            # Lists ask for a hundred of these at once, and they are few.
            models.Index(
                fields=["whose", "since"],
                include=["number"],
                condition=models.Q(part=""),
                name="tally_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.whose} {self.part}: {self.number:+}"
