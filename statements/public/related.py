"""Which other statements a reader may want next, and why each of them.

Those that cite the same resolution come first, and before them those that quote the
same person too; then those that quote the same person. Of each resolution and each
person a few of the newest are looked at, so that a page costs the same however much was
said.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db.models import FETCH_RAISE, CharField, F, Q, Value
from django.utils.translation import gettext as _

from statements.models import (
    LANGUAGES,
    Article,
    Citation,
    Quote,
    Resolution,
    Spokesperson,
)

#: How many are told; how many persons and resolutions are looked at, and how many of
#: the newest quotes and citations of each.
MOST, ALIKE, NEWEST = 4, 3, 8


def related(
    article: Article,
    speakers: Sequence[Spokesperson],
    resolutions: Sequence[Resolution],
    at: dt.datetime,
) -> list[Article]:
    """The statements, each with its ``reason`` in words; two queries, or none."""
    people = {person.pk: person for person in speakers[:ALIKE]}
    cited = {resolution.pk: resolution for resolution in resolutions[:ALIKE]}
    shares: dict[int, tuple[set[int], set[int]]] = {}
    for key, kind, shared in _candidates(article, people, cited, at):
        shares.setdefault(key, (set(), set()))[kind == "resolution"].add(shared)
    best = sorted(
        shares,
        key=lambda key: (
            bool(shares[key][1]),
            bool(shares[key][0]),
            len(shares[key][1]) + len(shares[key][0]),
            key,
        ),
        reverse=True,
    )[: MOST + len(LANGUAGES)]  # some may be this text in other languages
    if not best:
        return []
    root = article.translation_of_id or article.pk
    found = (
        Article.objects.published(at)
        .filter(pk__in=best)
        .exclude(Q(pk=root) | Q(translation_of=root))
        .without_words()
    )
    rows = {row.pk: row for row in found.fetch_mode(FETCH_RAISE)}
    for key, row in rows.items():
        quoted, named = shares[key]
        row.reason = _reason(
            next((people[pk].name for pk in people if pk in quoted), ""),
            next((cited[pk].symbol for pk in cited if pk in named), ""),
        )
    return [rows[key] for key in best if key in rows][:MOST]


def _candidates(
    article: Article,
    people: dict[int, Spokesperson],
    cited: dict[int, Resolution],
    at: dt.datetime,
) -> list[tuple[int, str, int]]:
    """Statements that share a person or a resolution, as (statement, which, key)."""
    found: list[Any] = [
        Quote.objects.public(at)
        .filter(speaker=pk)
        .exclude(article=article.pk)
        .newest()
        .values_list("article", _named("person"), F("speaker"))[:NEWEST]
        for pk in people
    ]
    found += [
        Citation.objects.public(at)
        .filter(resolution=pk)
        .exclude(article=article.pk)
        .order_by("-said_on", "-pk")
        .values_list("article", _named("resolution"), F("resolution"))[:NEWEST]
        for pk in cited
    ]
    if not found:
        return []
    first, *others = found
    return list(first.union(*others, all=True) if others else first)


def _named(kind: str) -> Value:
    return Value(kind, CharField())


def _reason(person: str, symbol: str) -> str:
    if person and symbol:
        return _("Quotes %(person)s and cites %(symbol)s") % {
            "person": person,
            "symbol": symbol,
        }
    if symbol:
        return _("Cites %(symbol)s") % {"symbol": symbol}
    return _("Quotes %(person)s") % {"person": person}
