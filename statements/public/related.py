"""Which other statements a reader may want next, and why each of them.

First come those in which the same person speaks of the same resolution, then those that
cite it, then those that quote the person. Of each resolution and each person a few of
the newest are looked at, so that a page costs the same however much was said.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import FETCH_RAISE, BigIntegerField, F, Q, QuerySet, Value
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from statements.models import (
    LANGUAGES,
    Article,
    Citation,
    Quote,
    Resolution,
    Spokesperson,
)

from .composed import composed

#: How many are told; how many persons and resolutions are looked at, and how many of
#: the newest quotes and citations of each.
MOST, ALIKE, NEWEST = 4, 3, 8


@dataclass
class Shared:
    """What a statement has in common with another, by keys.

    ``said``: pairs of a person and a resolution that a quote of that person names.
    """

    people: set[int] = field(default_factory=set)
    resolutions: set[int] = field(default_factory=set)
    said: set[tuple[int, int]] = field(default_factory=set)

    @property
    def weight(self) -> tuple[bool, bool, bool, int]:
        return (
            bool(self.said),
            bool(self.resolutions),
            bool(self.people),
            len(self.resolutions) + len(self.people),
        )


def related(
    article: Article,
    speakers: Sequence[Spokesperson],
    resolutions: Sequence[Resolution],
    at: dt.datetime,
) -> list[Article]:
    """The statements, each with its ``reason`` in words; two queries, or none."""
    people = {person.pk: person for person in speakers[:ALIKE]}
    cited = {resolution.pk: resolution for resolution in resolutions[:ALIKE]}
    shares: dict[int, Shared] = defaultdict(Shared)
    if not people and not cited:
        return []
    for key, person, resolution in _alike(
        at=at, article=article.pk, people=tuple(people), cited=tuple(cited)
    ):
        one = shares[key]
        if resolution is None:
            one.people.add(person)
            continue
        one.resolutions.add(resolution)
        if person in people:
            one.people.add(person)
            one.said.add((person, resolution))
    best = sorted(shares, key=lambda key: (shares[key].weight, key), reverse=True)[
        : MOST + len(LANGUAGES)
    ]  # some may be this text in other languages
    if not best:
        return []
    root = article.translation_of_id or article.pk
    rows = {row.pk: row for row in _others(at=at, keys=tuple(best), root=root)}
    for key, row in rows.items():
        row.reason = _reason(shares[key], people, cited)
    return [rows[key] for key in best if key in rows][:MOST]


@composed
def _others(at: dt.datetime, keys: tuple[int, ...], root: int) -> QuerySet[Article]:
    """Statements by their keys, unless they are the same text in other languages."""
    return (
        Article.objects.published(at)
        .filter(pk__in=keys)
        .exclude(Q(pk=root) | Q(translation_of=root))
        .without_words()
        .fetch_mode(FETCH_RAISE)
    )


@composed
def _alike(
    at: dt.datetime, article: int, people: tuple[int, ...], cited: tuple[int, ...]
) -> QuerySet[Any]:
    """Statements that share a person, or a resolution and who names it, if anybody."""
    # With its type: a union of nothing else would take it for text.
    nothing = Cast(Value(None), BigIntegerField())
    found: list[Any] = [
        Quote.objects.public(at)
        .filter(speaker=pk)
        .exclude(article=article)
        .newest()
        .values_list("article", F("speaker"), nothing)[:NEWEST]
        for pk in people
    ]
    found += [
        Citation.objects.public(at)
        .filter(resolution=pk)
        .exclude(article=article)
        .order_by("-said_on", "-pk")
        .values_list("article", F("quote__speaker"), F("resolution"))[:NEWEST]
        for pk in cited
    ]
    first, *others = found
    union: QuerySet[Any] = first.union(*others, all=True) if others else first
    return union


def _reason(
    shared: Shared, people: dict[int, Spokesperson], cited: dict[int, Resolution]
) -> str:
    for person, resolution in sorted(shared.said):
        return _("Quotes %(person)s on %(symbol)s") % {
            "person": people[person].name,
            "symbol": cited[resolution].symbol,
        }
    name = next((row.name for key, row in people.items() if key in shared.people), "")
    symbol = next(
        (row.symbol for key, row in cited.items() if key in shared.resolutions), ""
    )
    if name and symbol:
        return _("Quotes %(person)s and cites %(symbol)s") % {
            "person": name,
            "symbol": symbol,
        }
    if symbol:
        return _("Cites %(symbol)s") % {"symbol": symbol}
    return _("Quotes %(person)s") % {"person": name}
