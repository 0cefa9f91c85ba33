"""What an edition changed in a quote that readers had before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Self

from django.db import models
from django.db.models import Exists, F, OuterRef
from django.db.models.functions import Now

from .articles import Edition

#: What a note beside a quote reads.
_TOLD = ("permalink", "what", "before", "after", "edition__published_at")


class CorrectionQuerySet(models.QuerySet["Correction"]):
    def public(self, at: dt.datetime | Now | None = None) -> Self:
        """What readers may be told beside a quote that they have.

        A scheduled edition tells nothing. What was withdrawn is not repeated: neither
        its words, nor those of editions before it.
        """
        when = Now() if at is None else at
        withdrawn = Edition.objects.filter(
            article=OuterRef("edition__article"),
            published_at__gte=OuterRef("edition__based_on__published_at"),
            withdrawn_at__lte=when,
        )
        return self.filter(~Exists(withdrawn), edition__live__startswith__lte=when)

    def beside(self, edition: int, at: dt.datetime | Now | None = None) -> Self:
        """What is told beside the quotes of a live edition, the newest first.

        Each with its edition, of which only the hour is read.
        """
        return (
            self.public(at)
            .filter(permalink__quotes__edition=edition)
            .select_related("edition")
            .only(*_TOLD)
            .order_by("-edition__published_at", "-pk")
        )

    def when_out(self, editions: Iterable[int]) -> Self:
        """The same for each of these editions as from its own hour, as ``stands_in``.

        Drawn once for good: what is withdrawn after that takes the edition with it.
        """
        hour = "permalink__quotes__edition__published_at"
        withdrawn = Edition.objects.filter(
            article=OuterRef("edition__article"),
            published_at__gte=OuterRef("edition__based_on__published_at"),
            withdrawn_at__lte=OuterRef(hour),
        )
        return (
            self.filter(
                ~Exists(withdrawn),
                permalink__quotes__edition__in=editions,
                edition__live__startswith__lte=F(hour),
            )
            .annotate(stands_in=F("permalink__quotes__edition"))
            .select_related("edition")
            .only(*_TOLD)
            .order_by("-edition__published_at", "-pk")
        )


class Correction(models.Model):
    """One thing that publication changed in a quote: its words, or who said them.

    ``before`` and ``after`` are words, or names as they were at that hour. The verb
    that publishes writes it; the database lets nobody change it, and goes back on it
    only while the edition is scheduled.
    """

    class What(models.TextChoices):
        WORDS = "words", "Words"
        SPEAKER = "speaker", "Speaker"

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="corrections")
    permalink = models.ForeignKey(
        "Permalink", models.PROTECT, related_name="corrections"
    )
    what = models.CharField(max_length=8, choices=What)
    before = models.TextField(blank=True)
    after = models.TextField(blank=True)

    objects = CorrectionQuerySet.as_manager()

    #: Told by ``when_out`` alone: the edition that has the quote.
    stands_in: int

    class Meta:
        db_table = "correction"
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "permalink", "what"],
                name="correction_once_in_an_edition",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_what_display()} of {self.permalink_id}"
