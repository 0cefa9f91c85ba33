"""The words of one spokesperson, narrowed by office, resolution, topic and year.

Each choice is offered with the number of quotes that it leaves beside what is chosen
otherwise, so no number leads to another number of quotes.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, QuerySet, TextField, Value
from django.db.models.functions import Concat, ExtractYear
from django.utils.translation import gettext as _

from statements.models import Citation, Quote

#: Choices offered of one kind, those with the most quotes.
MOST = 50

_YEAR = re.compile(r"[1-9][0-9]{3}", re.ASCII)
_SLUG = re.compile(r"[-\w]{1,200}")
_RESOLUTION = re.compile(r"([-\w]{1,40})/([-\w]{1,80})")


@dataclass(frozen=True)
class Choice:
    value: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True)
class Facet:
    """One kind of choices: its name in the address, what it is called, its choices."""

    name: str
    label: str
    choices: list[Choice]


@dataclass
class Narrowed:
    """``quotes``: those that are left. ``years``: how many were said in which year,
    before anything was chosen."""

    quotes: QuerySet[Quote]
    years: dict[int, int]
    total: int
    chosen: dict[str, str]
    facets: list[Facet] = field(default_factory=list)


def read(query: Mapping[str, str]) -> dict[str, str]:
    """What an address asks for, by name; what cannot be meant is not asked for."""
    forms = {
        "office": _SLUG,
        "resolution": _RESOLUTION,
        "topic": _SLUG,
        "year": _YEAR,
    }
    return {
        name: query[name]
        for name, form in forms.items()
        if form.fullmatch(query.get(name, ""))
    }


def narrow(quotes: QuerySet[Quote], query: Mapping[str, str]) -> Narrowed:
    """Narrow public quotes by what an address asks for. Four or five queries."""
    chosen = read(query)
    years = _years(quotes)
    beside = {name: kept for name, kept in chosen.items() if name != "year"}
    left = _years(_kept(quotes, beside)) if beside else years
    found = Narrowed(
        _kept(quotes, chosen),
        years,
        left.get(int(chosen["year"]), 0) if "year" in chosen else sum(left.values()),
        chosen,
    )
    for name, label, rows in (
        ("office", _("Office"), _offices),
        ("resolution", _("Resolution"), _resolutions),
        ("topic", _("Topic"), _topics),
    ):
        others = {other: kept for other, kept in chosen.items() if other != name}
        _offer(found, name, label, rows(_kept(quotes, others)))
    by_year = [(str(year), str(year), left[year]) for year in sorted(left)[::-1]]
    _offer(found, "year", _("Year"), by_year[:MOST])
    return found


def _kept(quotes: QuerySet[Quote], chosen: Mapping[str, str]) -> QuerySet[Quote]:
    conditions: dict[str, Any] = {}
    if "office" in chosen:
        conditions["appointment__post__slug"] = chosen["office"]
    if "topic" in chosen:
        conditions["article__article_tags__tag__slug"] = chosen["topic"]
    if "year" in chosen:
        year = int(chosen["year"])
        conditions["said_on__range"] = (dt.date(year, 1, 1), dt.date(year, 12, 31))
    if "resolution" in chosen:
        body, _slash, slug = chosen["resolution"].partition("/")
        quotes = quotes.filter(
            Exists(
                Citation.objects.filter(
                    quote=OuterRef("pk"),
                    resolution__body__slug=body,
                    resolution__slug=slug,
                )
            )
        )
    return quotes.filter(**conditions)


def _years(quotes: QuerySet[Quote]) -> dict[int, int]:
    rows = (
        quotes.order_by()
        .annotate(year=ExtractYear("said_on"))
        .values_list("year")
        .annotate(number=Count("pk"))
    )
    return dict(rows)


def _offices(quotes: QuerySet[Quote]) -> list[tuple[str, str, int]]:
    office = "appointment__post__"
    label = _joined(F(f"{office}label"), ", ", F(f"{office}organization__name"))
    return _most(quotes.filter(appointment__isnull=False), F(f"{office}slug"), label)


def _topics(quotes: QuerySet[Quote]) -> list[tuple[str, str, int]]:
    tag = "article__article_tags__tag"
    return _most(
        quotes.filter(**{f"{tag}__isnull": False}), F(f"{tag}__slug"), F(f"{tag}__name")
    )


def _resolutions(quotes: QuerySet[Quote]) -> list[tuple[str, str, int]]:
    named = "citations__resolution__"
    return _most(
        quotes.filter(citations__isnull=False),
        _joined(F(f"{named}body__slug"), "/", F(f"{named}slug")),
        F(f"{named}symbol"),
    )


def _joined(one: F, between: str, other: F) -> Concat:
    return Concat(one, Value(between), other, output_field=TextField())


def _most(
    quotes: QuerySet[Quote], value: F | Concat, label: F | Concat
) -> list[tuple[str, str, int]]:
    """Value, label and number of quotes, the most first."""
    return list(
        quotes.order_by()
        .annotate(choice=value, called=label)
        .values_list("choice", "called")
        .annotate(number=Count("pk", distinct=True))
        .order_by("-number", "called")[:MOST]
    )


def _offer(
    found: Narrowed, name: str, label: str, rows: list[tuple[str, str, int]]
) -> None:
    """Offer choices, unless there is nothing to choose between."""
    chosen = found.chosen.get(name, "")
    if len(rows) > 1 or chosen:
        found.facets.append(
            Facet(name, label, [Choice(*row, row[0] == chosen) for row in rows])
        )
