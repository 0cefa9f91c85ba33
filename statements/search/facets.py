"""How an answer divides: by speaker, organisation, office, resolution, topic, kind,
verdict and year, each with its count and the question that it narrows to.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, cast

from django.db import connections
from django.db.models import CharField, Model, QuerySet, Value
from django.db.models.functions import Concat

from statements.models import (
    Kind,
    Organization,
    Post,
    Quote,
    Resolution,
    Spokesperson,
    Tag,
    Verdict,
)

from . import quotes as answers
from .naming import Filter
from .query import Query

#: So many quotes are counted exactly; of more, those among the newest of the record.
MOST_EXACT, MOST_NEWEST = 10_000, 20_000
#: Names shown of each facet, those with the most quotes.
MOST_NAMES = 8

# Read once, and counted by each facet. ``parts`` beside those of the quote itself: the
# year, and the kind of the statement.
_COUNT = """
WITH m AS MATERIALIZED ({rows})
SELECT '', '', count(*) FROM m
UNION ALL
(SELECT left(facet, 1), substr(facet, 3), count(*)
 FROM m, unnest(m.facets) AS facet GROUP BY 1, 2)
UNION ALL
(SELECT 'y', extract(year FROM m.said_on)::integer::text, count(*) FROM m GROUP BY 1, 2)
UNION ALL
(SELECT 'a', a.kind_id::text, count(*)
 FROM m JOIN article a ON a.id = m.article_id GROUP BY 1, 2)
"""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of an answer; ``query`` asks for it alone, or no more, if ``chosen``."""

    label: str
    count: int
    query: Query
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Facet:
    """The parts of one kind, the largest first; ``field`` is a field of Query."""

    field: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Facets:
    """How an answer divides. ``years`` are counts by year, the latest first.

    ``total`` quotes were counted: all, if ``exact``, else those among the newest
    MOST_NEWEST of the record, within the days asked for.
    """

    facets: tuple[Facet, ...]
    years: tuple[Part, ...]
    total: int
    exact: bool


#: The name and slug of each field's rows, and the letter under which it is counted.
_NAMED: dict[str, tuple[type[Model], Any, str]] = {
    "speakers": (Spokesperson, "name", "slug"),
    "organizations": (Organization, "name", "slug"),
    "offices": (
        Post,
        Concat("label", Value(", "), "organization__name", output_field=CharField()),
        "slug",
    ),
    "resolutions": (Resolution, "symbol", "symbol"),
    "tags": (Tag, "name", "slug"),
    "kinds": (Kind, "name", "slug"),
}
_LETTERS = answers.LETTERS | {"kinds": "a"}

type _Counts = dict[str, dict[str, int]]


def count(query: Query, quotes: QuerySet[Quote], filters: tuple[Filter, ...]) -> Facets:
    """How those of ``quotes`` divide that answer a question.

    ``filters`` as ``find`` told them. One query counts, of MOST_EXACT rows at most; if
    there are more, a second counts those among the newest MOST_NEWEST of the record.
    One more reads the names, and one or two compile the words.
    """
    rows = answers.narrowed(query, quotes, filters)
    counts = _counted(rows.order_by()[: MOST_EXACT + 1])
    total = counts[""][""]
    exact = total <= MOST_EXACT
    if not exact:
        newest = answers.within(query, quotes).order_by("-said_on", "-pk").values("pk")
        among = Quote.objects.filter(pk__in=newest[:MOST_NEWEST])
        counts = _counted(answers.narrowed(query, among, filters).order_by())
        total = counts[""][""]
    named = _named(counts)
    verdicts = _verdicts(counts.get(_LETTERS["verdicts"], {}))
    facets = [
        *(_facet(field, query, filters, found) for field, found in named.items()),
        _facet("verdicts", query, filters, verdicts),
    ]
    return Facets(
        tuple(facet for facet in facets if facet.parts),
        tuple(_years(query, counts.get("y", {}))),
        total,
        exact,
    )


def _counted(rows: QuerySet[Quote]) -> _Counts:
    """Counts by letter and key; the whole count under two empty ones."""
    columns = rows.values("facets", "said_on", "article_id")
    counts: _Counts = {"": {"": 0}}
    if columns.query.is_empty():
        return counts
    inner, params = columns.query.sql_with_params()
    with connections[rows.db].cursor() as cursor:
        cursor.execute(_COUNT.format(rows=inner), params)
        for letter, key, number in cursor.fetchall():
            counts.setdefault(letter, {})[key] = number
    return counts


@dataclass(frozen=True, slots=True)
class _Name:
    key: int
    label: str
    slug: str
    count: int


def _named(counts: _Counts) -> dict[str, list[_Name]]:
    """The most frequent rows of each field in one query; only those public now."""
    rows: list[QuerySet[Any, tuple[str, int, str, str]]] = []
    for field, (model, label, slug) in _NAMED.items():
        found = counts.get(_LETTERS[field], {})
        most = sorted(found, key=lambda key: (-found[key], int(key)))[:MOST_NAMES]
        if most:
            public = cast(Any, model)._default_manager.public()
            rows.append(
                public.filter(pk__in=map(int, most))
                .order_by()
                .values_list(Value(field), "pk", label, slug)
            )
    names: dict[str, list[_Name]] = {field: [] for field in _NAMED}
    if rows:
        every = rows[0].union(*rows[1:], all=True) if rows[1:] else rows[0]
        for field, key, label, slug in every.order_by():
            number = counts[_LETTERS[field]][str(key)]
            names[field].append(_Name(key, label, slug, number))
    for found_names in names.values():
        found_names.sort(key=lambda name: (-name.count, name.label.casefold()))
    return names


def _verdicts(counts: dict[str, int]) -> list[_Name]:
    found = [
        _Name(0, str(verdict.label), verdict.value, counts[verdict.value])
        for verdict in Verdict
        if verdict.value in counts
    ]
    return sorted(found, key=lambda name: -name.count)


def _facet(
    field: str, query: Query, filters: tuple[Filter, ...], found: list[_Name]
) -> Facet:
    """The parts of a field. Once one is chosen, only those asked for are left: any name
    of a kind is enough, so that one more of it would widen the answer.
    """
    asked = {
        choice.slug: one.typed
        for one in filters
        if one.field == field
        for choice in one.choices
    }
    typed = getattr(query, field)
    parts = []
    for name in found:
        if not typed:
            narrower: Any = {field: (name.slug,)}
            parts.append(Part(name.label, name.count, replace(query, **narrower)))
        elif name.slug in asked:
            wider = query.without(field, asked[name.slug])
            parts.append(Part(name.label, name.count, wider, chosen=True))
    return Facet(field, tuple(parts))


def _years(query: Query, counts: dict[str, int]) -> Iterator[Part]:
    """The years, the latest first; where one alone is asked for, it is chosen."""
    for year in sorted(map(int, counts), reverse=True):
        first, last = dt.date(year, 1, 1), dt.date(year, 12, 31)
        chosen = (query.since, query.until) == (first, last)
        days = (None, None) if chosen else (first, last)
        asked = replace(query, since=days[0], until=days[1])
        yield Part(str(year), counts[str(year)], asked, chosen)
