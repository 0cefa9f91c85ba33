"""Quotes: words in one edition, who said them, and the address that they keep."""

from __future__ import annotations

import datetime as dt
import secrets
from typing import Self

from django.contrib.postgres.fields import ArrayField, DateTimeRangeField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Now
from django.urls import reverse

from .moments import at as moment
from .moments import by, paired

#: Crockford's base 32: no I, L, O or U, so that an address can be read aloud.
CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

#: What an edition holds that no list shows.
_LONG = ("record", "body", "text")


def new_permalink() -> str:
    """Ten random characters: 50 bits, too many to guess or to count."""
    return "".join(secrets.choice(CROCKFORD) for _ in range(10))


class Permalink(models.Model):
    """The address of a quote, kept through all editions of its article for ever."""

    id = models.CharField(
        primary_key=True, max_length=10, default=new_permalink, editable=False
    )
    article = models.ForeignKey("Article", models.PROTECT, related_name="permalinks")
    merged_into = models.ForeignKey(
        "self", models.PROTECT, related_name="merged_from", null=True, blank=True
    )
    translation_of = models.ForeignKey(
        "self", models.PROTECT, related_name="translations", null=True, blank=True
    )

    class Meta:
        db_table = "permalink"
        constraints = [
            # What quotes point at: a permalink never leaves its article.
            models.UniqueConstraint(
                fields=["id", "article"], name="permalink_with_its_article"
            )
        ]

    def __str__(self) -> str:
        return self.pk

    def get_absolute_url(self) -> str:
        return reverse("quote", args=[self.pk])


#: Quotation marks by language, where its newspapers print others than English ones.
MARKS = {
    "ar": ("«", "»"),
    "de": ("„", "“"),
    "es": ("«", "»"),
    "fr": ("«\u202f", "\u202f»"),
    "it": ("«", "»"),
    "ru": ("«", "»"),
}


class QuoteKind(models.TextChoices):
    DIRECT = "direct", "Direct"
    PARTIAL = "partial", "Partial"
    BLOCK = "block", "Block"
    INDIRECT = "indirect", "Indirect"


class Verdict(models.TextChoices):
    """What the verbatim check found: the seven verdicts."""

    UNCHECKED = "unchecked", "Unchecked"
    VERBATIM = "verbatim", "Verbatim"
    MARKED = "marked", "Verbatim with marked edits"
    DIFFERS = "differs", "Differs"
    ELSEWHERE = "elsewhere", "Found in another source"
    NOT_FOUND = "not_found", "Not found"
    STALE = "stale", "Source changed since check"


class Found(models.TextChoices):
    MANUAL = "manual", "Entered by hand"
    DETECTED = "detected", "Suggested and confirmed"
    IMPORT = "import", "Imported"


class QuoteQuerySet(models.QuerySet["Quote"]):
    def public(self, at: dt.datetime | Now | None = None) -> Self:
        """Confirmed quotes of live editions the public may read.

        Every public door starts here, so this method alone decides what the world
        sees. The row's own ``live`` answers; the database keeps it equal to its
        edition's.
        """
        return self.filter(live__contains=Now() if at is None else at)

    def newest(self) -> Self:
        return self.order_by("-said_on", "-pk")

    def with_speaker(self) -> Self:
        """With all that names the speaker and the office beside the words."""
        return self.select_related(
            "speaker", "organization", "appointment__post__organization"
        )

    def for_list(self) -> Self:
        """What a list of quotes shows: words, speaker, office, statement.

        Without the statement's text and what only the search reads.
        """
        return (
            self.with_speaker()
            .select_related("article", "edition")
            .defer("tsv", "facets", *(f"edition__{name}" for name in _LONG))
        )

    def for_margin(self) -> Self:
        """What stands in a text, in its order, as the margin draws it."""
        return self.filter(start__isnull=False).with_speaker().order_by("start")


class Quote(models.Model):
    """Words in one edition of an article, and who said them.

    ``start`` and ``end`` count code points in the edition's plain text, between the
    quotation marks: a quote is a place in a text, never a retyped copy. The mark in the
    body carries the permalink, so the quote keeps its address when the words around it
    move.

    ``live`` equals the edition's: a composite foreign key onto that generated column
    moves it, and refuses any other value. Never write it, except as empty on a draft.
    """

    permalink = models.ForeignKey(
        Permalink, models.PROTECT, related_name="quotes", db_constraint=False
    )
    article = models.ForeignKey(
        "Article", models.PROTECT, related_name="quotes", db_constraint=False
    )
    edition = models.ForeignKey(
        "Edition", models.PROTECT, related_name="quotes", db_constraint=False
    )
    live = DateTimeRangeField(
        db_default=Value("empty", output_field=DateTimeRangeField()), editable=False
    )
    text = models.TextField()
    start = models.PositiveIntegerField(null=True)
    end = models.PositiveIntegerField(null=True)
    prefix = models.CharField(max_length=64, blank=True)
    suffix = models.CharField(max_length=64, blank=True)
    kind = models.CharField(max_length=8, choices=QuoteKind, default=QuoteKind.DIRECT)
    origin = models.CharField(max_length=8, choices=Found, default=Found.MANUAL)
    language = models.CharField(max_length=12, default="en")
    speaker = models.ForeignKey(
        "Spokesperson",
        models.PROTECT,
        related_name="quotes",
        null=True,
        blank=True,
        db_index=False,  # quote_speaker_new serves
    )
    organization = models.ForeignKey(
        "Organization",
        models.PROTECT,
        related_name="quotes",
        null=True,
        blank=True,
        db_index=False,  # quote_organization_new serves
    )
    appointment = models.ForeignKey(
        "Appointment",
        models.PROTECT,
        related_name="quotes",
        null=True,
        blank=True,
        db_index=False,  # quote_appointment_new serves
    )
    title_as_printed = models.CharField(max_length=300, blank=True)
    said_on = models.DateField(null=True, blank=True)
    confirmed_at = moment()
    confirmed_by = by()
    detached_at = moment()
    verdict = models.CharField(
        max_length=10, choices=Verdict, default=Verdict.UNCHECKED
    )
    facets = ArrayField(
        models.TextField(),
        default=list,
        db_default=Value([], output_field=ArrayField(models.TextField())),
        editable=False,
    )
    tsv = models.GeneratedField(
        expression=Func(
            F("text"), F("language"), F("facets"), function="public.quote_tsv"
        ),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = QuoteQuerySet.as_manager()

    class Meta:
        db_table = "quote"
        constraints = [
            *paired("quote", "confirmed"),
            models.UniqueConstraint(
                fields=["edition", "permalink"], name="quote_once_in_an_edition"
            ),
            models.CheckConstraint(
                condition=Q(live__isempty=True)
                | (
                    Q(
                        confirmed_at__isnull=False,
                        start__isnull=False,
                        end__isnull=False,
                        said_on__isnull=False,
                        detached_at__isnull=True,
                    )
                    & (Q(speaker__isnull=False) | Q(organization__isnull=False))
                ),
                name="quote_public_has_speaker",
            ),
            models.CheckConstraint(
                condition=Q(start__isnull=True, end__isnull=True)
                | Q(start__isnull=False, end__gt=F("start")),
                name="quote_has_a_place_or_none",
            ),
        ]
        indexes = [
            models.Index(F("said_on").desc(), F("id").desc(), name="quote_new"),
            models.Index(
                F("speaker"),
                F("said_on").desc(),
                F("id").desc(),
                name="quote_speaker_new",
            ),
            models.Index(
                F("organization"),
                F("said_on").desc(),
                F("id").desc(),
                name="quote_organization_new",
            ),
            models.Index(
                F("appointment"),
                F("said_on").desc(),
                F("id").desc(),
                name="quote_appointment_new",
            ),
            GinIndex(fields=["tsv"], name="quote_words", fastupdate=False),
            # The search walks from one language to the next.
            models.Index(fields=["language"], name="quote_languages"),
            # The desk asks for these few each time its first page is opened.
            models.Index(
                fields=["article"],
                name="quote_doubtful",
                condition=Q(verdict__in=("differs", "elsewhere", "not_found")),
            ),
        ]

    def __str__(self) -> str:
        return self.text if len(self.text) <= 80 else f"{self.text[:79]}…"

    def get_absolute_url(self) -> str:
        return reverse("quote", args=[self.permalink_id])

    @property
    def words(self) -> str:
        """The text as it is shown by itself.

        A comma at the end belongs to the sentence around it (“…,” she said); the text,
        and what is found and copied in its place, keeps it.
        """
        return self.text.removesuffix(",").removesuffix("،")

    @property
    def marks(self) -> tuple[str, str]:
        """The marks that its language puts around a quotation."""
        return MARKS.get(self.language.partition("-")[0], ("“", "”"))

    @property
    def office(self) -> str:
        """In which office it was said, and whose: as on record, else as printed.

        Of a person without either, the organisation that the person spoke for; "" if
        that is not known. Reads the rows of ``with_speaker``.
        """
        if self.appointment is not None:
            post = self.appointment.post
            return f"{post.label}, {post.organization.name}"
        if self.title_as_printed or self.speaker is None:
            return self.title_as_printed
        return self.organization.name if self.organization else ""
