"""Resolutions, what they are called, and where editions cite them."""

from __future__ import annotations

import datetime as dt
from typing import Self

from django.contrib.postgres.fields import DateTimeRangeField
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Value
from django.db.models.functions import Now
from django.urls import reverse

from .moments import Listed, by, paired
from .moments import at as moment
from .quotes import Found
from .tallies import Tally


class ResolutionBody(models.Model):
    """Who adopts resolutions: the Security Council, a parliament…"""

    slug = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=200, unique=True)
    abbreviation = models.CharField(max_length=40, blank=True)

    class Meta:
        db_table = "resolution_body"
        ordering = ["name"]
        verbose_name_plural = "resolution bodies"

    def __str__(self) -> str:
        return self.name


class ResolutionQuerySet(models.QuerySet["Resolution"]):
    def public(self, at: dt.datetime | None = None) -> Self:
        """Resolutions listed by hand, or cited in public."""
        when = Now() if at is None else at
        cited = Citation.objects.public(when).filter(resolution=OuterRef("pk"))
        return self.filter(Q(listed_at__lte=when) | Exists(cited))

    def counted(self, at: dt.datetime | None = None) -> Self:
        """The same, each with ``count``, its public citations, by the kept counts."""
        return self.annotate(count=Tally.objects.of("r", at)).filter(
            Q(listed_at__lte=Now() if at is None else at) | Q(count__gt=0)
        )


class Resolution(Listed):
    """A resolution. Many have no official title: then ``title`` is empty."""

    body = models.ForeignKey(ResolutionBody, models.PROTECT, related_name="resolutions")
    slug = models.SlugField(max_length=80)
    symbol = models.CharField(max_length=80, unique=True, help_text="S/RES/2417 (2018)")
    title = models.CharField(
        max_length=500,
        null=True,
        blank=True,
        help_text="Only if it has an official one.",
    )
    topic = models.TextField(
        blank=True, help_text="What it is about, in our words or its agenda item's."
    )
    adopted_on = models.DateField(null=True, blank=True)
    adoption = models.CharField(
        max_length=200, blank=True, help_text="Unanimously, without vote…"
    )
    votes_for = models.PositiveSmallIntegerField(null=True, blank=True)
    votes_against = models.PositiveSmallIntegerField(null=True, blank=True)
    abstentions = models.PositiveSmallIntegerField(null=True, blank=True)
    url = models.URLField("canonical link", max_length=500, blank=True)

    objects = ResolutionQuerySet.as_manager()

    class Meta:
        db_table = "resolution"
        ordering = [F("adopted_on").desc(nulls_last=True), "-pk"]
        constraints = [
            *paired("resolution", "listed"),
            models.UniqueConstraint(
                fields=["body", "slug"], name="resolution_has_its_own_address"
            ),
            models.CheckConstraint(
                condition=Q(title__isnull=True) | ~Q(title=""),
                name="resolution_title_is_null_or_words",
            ),
        ]

    def __str__(self) -> str:
        return self.symbol

    def get_absolute_url(self) -> str:
        return reverse("resolution", args=[self.body.slug, self.slug])


class ResolutionAlias(models.Model):
    """Another way in which a resolution is named."""

    resolution = models.ForeignKey(Resolution, models.CASCADE, related_name="aliases")
    name = models.CharField(max_length=200, unique=True)

    class Meta:
        db_table = "resolution_alias"
        ordering = ["name"]
        verbose_name_plural = "resolution aliases"

    def __str__(self) -> str:
        return self.name


class ResolutionRelation(models.Model):
    """What one resolution does to another."""

    class Kind(models.TextChoices):
        AMENDS = "amends", "Amends"
        RECALLS = "recalls", "Recalls"
        EXTENDS = "extends", "Extends"
        REPLACES = "replaces", "Replaces"
        ENDS = "ends", "Ends"

    resolution = models.ForeignKey(Resolution, models.CASCADE, related_name="relations")
    kind = models.CharField(max_length=8, choices=Kind)
    other = models.ForeignKey(Resolution, models.CASCADE, related_name="relations_from")
    pinpoint = models.CharField(max_length=80, blank=True)

    class Meta:
        db_table = "resolution_relation"
        constraints = [
            models.UniqueConstraint(
                fields=["resolution", "kind", "other"], name="resolution_relation_once"
            ),
            models.CheckConstraint(
                condition=~Q(resolution=F("other")),
                name="resolution_relates_to_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.resolution} {self.kind} {self.other}"


class CitationQuerySet(models.QuerySet["Citation"]):
    def public(self, at: dt.datetime | Now | None = None) -> Self:
        """Citations that stand in live editions."""
        return self.filter(live__contains=Now() if at is None else at)

    def newest(self) -> Self:
        return self.order_by("-said_on", "-pk")

    def for_margin(self) -> Self:
        """What stands in a text, in its order, as the margin draws it."""
        return self.select_related("resolution__body").order_by("start")


class Citation(models.Model):
    """A place where an edition names a resolution, and the quote that contains it.

    ``start`` and ``end`` count code points in the edition's plain text. ``live`` is
    kept equal to the edition's by a composite foreign key, as in ``Quote``.
    """

    article = models.ForeignKey(
        "Article", models.PROTECT, related_name="citations", db_constraint=False
    )
    edition = models.ForeignKey(
        "Edition", models.PROTECT, related_name="citations", db_constraint=False
    )
    live = DateTimeRangeField(
        db_default=Value("empty", output_field=DateTimeRangeField()), editable=False
    )
    quote = models.ForeignKey(
        "Quote", models.PROTECT, related_name="citations", null=True, blank=True
    )
    resolution = models.ForeignKey(
        Resolution,
        models.PROTECT,
        related_name="citations",
        db_index=False,  # citation_resolution_new serves
    )
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    printed = models.CharField(max_length=200)
    pinpoint = models.CharField(max_length=80, blank=True)
    said_on = models.DateField()
    origin = models.CharField(max_length=8, choices=Found, default=Found.MANUAL)
    confirmed_at = moment()
    confirmed_by = by()

    objects = CitationQuerySet.as_manager()

    class Meta:
        db_table = "citation"
        constraints = [
            *paired("citation", "confirmed"),
            models.UniqueConstraint(
                fields=["edition", "start"], name="citation_once_at_a_place"
            ),
            models.CheckConstraint(
                condition=Q(end__gt=F("start")), name="citation_has_a_place"
            ),
            models.CheckConstraint(
                condition=Q(live__isempty=True) | Q(confirmed_at__isnull=False),
                name="citation_public_is_confirmed",
            ),
        ]
        indexes = [
            models.Index(
                F("resolution"),
                F("said_on").desc(),
                F("id").desc(),
                name="citation_resolution_new",
            )
        ]

    def __str__(self) -> str:
        return f"{self.printed} ({self.resolution})"
