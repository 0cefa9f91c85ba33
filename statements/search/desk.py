"""What the desk's box finds: words as typed -> statements, people and the catalogue.

The caller brings the rows that somebody may see; nothing here widens them.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import (
    Case,
    Exists,
    F,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Concat

from statements.detection import citations
from statements.models import Appointment, Article, Edition, Resolution

from .naming import containing, named
from .query import read_period

#: A question in characters, as many as a title has, and in words.
LONGEST, MOST_WORDS = 300, 40
#: From here on a name is likely to be a misspelt one: "Okafur" is like Okafor.
_LIKE = 0.5


@dataclass(frozen=True, slots=True)
class Asked:
    """What was typed; ``problem`` is a sentence where nothing can be looked up."""

    words: tuple[str, ...] = ()
    problem: str = ""

    @property
    def text(self) -> str:
        return " ".join(self.words)


def read(typed: str) -> Asked:
    """The words of a question, composed (NFC), or what to do about it."""
    if len(typed) > LONGEST:
        return Asked(
            problem=f"The question has more than {LONGEST} characters. Write a few "
            "words of a title or name."
        )
    if any(char in "\0\ufffd" or "\ud800" <= char <= "\udfff" for char in typed):
        return Asked(
            problem="The question holds characters that got lost on the way. Type it "
            "again."
        )
    words = unicodedata.normalize("NFC", typed).replace(",", " ").split()
    if len(words) > MOST_WORDS:
        return Asked(
            problem=f"The question has more than {MOST_WORDS} words. Keep the rarest "
            "of them."
        )
    return Asked(tuple(words))


def statements(
    asked: Asked, articles: QuerySet[Article], most: int
) -> tuple[list[Edition], bool]:
    """The newest edition of each statement that fits, and whether there are more.

    By words of a title, the end of the address, or the day; if nothing has the words,
    by a title that is much like them.
    """
    kept = Edition.objects.kept()
    newest = kept.filter(article=OuterRef("article")).order_by("-number")
    rows = (
        kept.filter(article__in=articles.values("pk"))
        .filter(pk=Subquery(newest.values("pk")[:1]))
        .select_related("article__kind", "article__desk")
        .defer("body", "text", "record")
    )
    inside, address = Q(), Q()
    for word in asked.words:
        inside &= Q(title__unaccent__icontains=word)
        address &= Q(article__slug__icontains=word)
    titled = kept.filter(inside, article=OuterRef("article"))
    fits = Q(Exists(titled)) | address
    period = read_period(asked.text)
    if period is not None:
        fits |= Q(article__dated__range=period)
    found, more = _first(
        rows.filter(fits).order_by(
            _closest("title", asked), "-article__dated", "-article__pk"
        ),
        most,
    )
    if found:
        return found, more
    like = kept.filter(
        title__trigram_word_similar=asked.text, article=OuterRef("article")
    )
    return _first(
        rows.filter(Exists(like)).order_by("-article__dated", "-article__pk"), most
    )


def people(asked: Asked, rows: QuerySet[Any], most: int) -> tuple[list[Any], bool]:
    """By name, other name, or with an office: "spokesperson ministry"."""
    held = Appointment.objects.filter(person=OuterRef("pk")).annotate(
        line=Concat(
            "person__name",
            Value(" "),
            "post__label",
            Value(" "),
            "post__organization__name",
        )
    )
    for word in asked.words:
        held = held.filter(line__unaccent__icontains=word)
    return _named_rows(
        asked,
        rows.prefetch_related(
            Prefetch(
                "appointments",
                Appointment.objects.select_related("post__organization"),
            )
        ),
        most,
        Q(Exists(held)),
    )


def organizations(
    asked: Asked, rows: QuerySet[Any], most: int
) -> tuple[list[Any], bool]:
    """By name or other name."""
    return _named_rows(asked, rows, most)


def topics(asked: Asked, rows: QuerySet[Any], most: int) -> tuple[list[Any], bool]:
    """By name."""
    inside = Q()
    for word in asked.words:
        inside &= Q(name__unaccent__icontains=word)
    return _first(
        rows.annotate(alike=TrigramWordSimilarity(asked.text, "name"))
        .filter(inside | Q(alike__gte=_LIKE))
        .order_by(_closest("name", asked), "name", "pk"),
        most,
    )


def resolutions(
    asked: Asked, rows: QuerySet[Resolution], most: int
) -> tuple[list[Resolution], bool]:
    """By a printed form, the number alone, an other name, or words of the title.

    "2417", "UNSCR 2417" and "S/RES/2417" all find S/RES/2417 (2018), which stands
    first where it is named exactly.
    """
    # Names of the same row may fit twice, and DISTINCT would spoil the order.
    every = Resolution.objects.all()
    return _first(
        rows.filter(pk__in=every.filter(resolution_fits(asked)))
        .select_related("body")
        .order_by(
            Case(When(pk__in=every.filter(_resolution_is(asked)), then=0), default=1),
            F("adopted_on").desc(nulls_last=True),
            "-pk",
        ),
        most,
    )


def resolution_fits(asked: Asked) -> Q:
    """Which resolutions are named, or have all words in one of their names."""
    symbol, title, topic, alias = Q(), Q(), Q(), Q()
    for word in asked.words:
        symbol &= Q(symbol__icontains=word)
        title &= Q(title__unaccent__icontains=word)
        topic &= Q(topic__unaccent__icontains=word)
        alias &= Q(aliases__name__unaccent__icontains=word)
    return _resolution_is(asked) | symbol | title | topic | alias


def _resolution_is(asked: Asked) -> Q:
    """Which resolutions are named exactly, by a symbol, its number, or a name."""
    text = asked.text
    exact = (
        Q(symbol__iexact=text)
        | Q(symbol=citations.parse(text) or text)
        | Q(aliases__name__unaccent__iexact=text)
    )
    if text.isascii() and text.isdecimal():
        exact |= Q(symbol__regex=rf"(^|\D)0*{text}(\D|$)")
    return exact


def _named_rows(
    asked: Asked, rows: QuerySet[Any], most: int, also: Q | None = None
) -> tuple[list[Any], bool]:
    """Rows with a name and other names: exact ones first, then those that contain
    every word, then those that are much like them.
    """
    every = rows.model._default_manager.all()
    fits = Q(pk__in=every.filter(containing(asked.text)))
    if also is not None:
        fits |= also
    return _first(
        rows.annotate(
            alike=TrigramWordSimilarity(asked.text, "name"),
            place=Case(
                When(pk__in=every.filter(named(asked.text)), then=0),
                When(fits, then=1),
                default=2,
            ),
        )
        .filter(fits | Q(alike__gte=_LIKE))
        .order_by("place", "name", "pk"),
        most,
    )


def _closest(field: str, asked: Asked) -> Case:
    """Those that are exactly so first, then those that begin so."""
    return Case(
        When(**{f"{field}__unaccent__iexact": asked.text}, then=0),
        When(**{f"{field}__unaccent__istartswith": asked.text}, then=1),
        default=2,
    )


def _first(rows: QuerySet[Any], most: int) -> tuple[list[Any], bool]:
    found = list(rows[: most + 1])
    return found[:most], len(found) > most
