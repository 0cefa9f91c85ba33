"""Sources: what was really said, and the checks of quotes against it."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Now

from .moments import by
from .quotes import Quote, Verdict


class Source(models.Model):
    """A transcript, a speech or a document that words can be checked against."""

    class Trust(models.TextChoices):
        OFFICIAL = "official", "Official, as delivered"
        PREPARED = "prepared", "Official, as prepared"
        THIRD_PARTY = "third_party", "From a third party"

    title = models.CharField(max_length=300)
    trust = models.CharField(max_length=12, choices=Trust, default=Trust.OFFICIAL)
    publisher = models.CharField(max_length=200, blank=True)
    url = models.URLField(max_length=500, blank=True)
    held_on = models.DateField(null=True, blank=True)
    language = models.CharField(max_length=12, default="en")

    class Meta:
        db_table = "source"
        ordering = [F("held_on").desc(nulls_last=True), "-pk"]

    def __str__(self) -> str:
        return self.title


class SourceVersion(models.Model):
    """The text of a source as it was on one day; it never changes."""

    source = models.ForeignKey(Source, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    text = models.TextField()
    sha256 = models.CharField(max_length=64, unique=True)
    fetched_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "source_version"
        constraints = [
            models.UniqueConstraint(
                fields=["source", "number"], name="source_version_has_its_own_number"
            )
        ]
        indexes = [
            # Finds a quotation in what was said.
            GinIndex(
                Func(F("text"), function="public.text_words"),
                name="source_version_words",
            )
        ]

    def __str__(self) -> str:
        return f"{self.source} (version {self.number})"


class Turn(models.Model):
    """One speaker's turn in a source."""

    version = models.ForeignKey(SourceVersion, models.CASCADE, related_name="turns")
    number = models.PositiveIntegerField()
    label = models.CharField(max_length=200, help_text="As printed: MS OKAFOR")
    person = models.ForeignKey(
        "Spokesperson", models.PROTECT, related_name="turns", null=True, blank=True
    )
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()

    class Meta:
        db_table = "turn"
        ordering = ["version", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "number"], name="turn_has_its_own_number"
            ),
            models.CheckConstraint(
                condition=Q(end__gte=F("start")), name="turn_has_a_place"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label} ({self.number})"


class VerbatimCheck(models.Model):
    """What comparing one quote with one version of a source found."""

    quote = models.ForeignKey(Quote, models.PROTECT, related_name="checks")
    version = models.ForeignKey(SourceVersion, models.PROTECT, related_name="checks")
    verdict = models.CharField(max_length=10, choices=Verdict)
    operations = models.JSONField(default=list)
    start = models.PositiveIntegerField(null=True, blank=True)
    end = models.PositiveIntegerField(null=True, blank=True)
    checker = models.CharField(max_length=40)
    at = models.DateTimeField(db_default=Now())
    by = by(null=False)

    class Meta:
        db_table = "verbatim_check"

    def __str__(self) -> str:
        return f"{self.get_verdict_display()}: {self.quote}"
