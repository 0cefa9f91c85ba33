"""All statements by date: whole years, months and days, each with what it holds."""

from __future__ import annotations

import datetime as dt
import re
from calendar import monthrange
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from django.db.models import FETCH_RAISE, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import formats

from statements.models import Article, Kind

from . import counts, former, paging
from .answers import Gone, draw, page

SIZE: Final = 20
_SLUG = re.compile(r"[-\w]{1,50}")
_PARTS: Final = ("year", "month", "day")


@dataclass(frozen=True)
class Period:
    """A year, a month or a day, as its address names it; or all time, of no parts."""

    parts: tuple[int, ...]

    @property
    def level(self) -> str:
        return ("all", *_PARTS)[len(self.parts)]

    @property
    def first(self) -> dt.date:
        """Its first day (Http404: no such day)."""
        try:
            return dt.date(*(*self.parts, 1, 1, 1)[:3])
        except ValueError as problem:
            raise Http404 from problem

    @property
    def last(self) -> dt.date:
        year, month, day = (*self.parts, 12, 31)[:3] if self.parts else (9999, 12, 31)
        if self.level == "month":
            day = monthrange(year, month)[1]
        return dt.date(year, month, day)

    @property
    def url(self) -> str:
        name = "archive" if not self.parts else f"archive_{self.level}"
        return reverse(name, args=self.parts)

    @property
    def label(self) -> str:
        """``2026``, ``March 2026``, ``2 March 2026``."""
        if self.level == "year":
            return f"{self.parts[0]:04}"
        style = "YEAR_MONTH_FORMAT" if self.level == "month" else "DATE_FORMAT"
        return formats.date_format(self.first, style)

    @property
    def within(self) -> str:
        """What tells it from its neighbours: ``2026``, ``March``, ``2``."""
        if self.level == "month":
            return formats.date_format(self.first, "F")
        return str(self.parts[-1])

    def like(self, day: dt.date) -> Period:
        """The period of the same length that has a day."""
        return Period((day.year, day.month, day.day)[: len(self.parts)])


@page
def archive(
    request: HttpRequest,
    year: int | None = None,
    month: int | None = None,
    day: int | None = None,
) -> HttpResponse:
    """All statements, or those of a year, a month or a day, newest first.

    A time without a statement is not found: else there would be a page for every day
    of ten thousand years. ``?kind=`` leaves one kind.
    """
    period = Period(tuple(part for part in (year, month, day) if part is not None))
    first = period.first
    kind = request.GET.get("kind", "")
    kept = {"kind": kind} if _SLUG.fullmatch(kind) else {}
    rows = paging.Rows(
        _listed,
        {
            "kind": kept.get("kind"),
            "since": period.first if period.parts else None,
            "until": period.last if period.parts else None,
        },
    )
    query = {
        name: request.GET[name] for name in ("before", "after") if name in request.GET
    }
    found = paging.read(rows, {**query, **kept}, by="dated", size=SIZE)
    if period.parts and not found.items:
        if not kept and former.had_statements(period.first, period.last, period.url):
            raise Gone("page")
        former.nothing_here(request)
    at = found.items[0].as_of if found.items else None
    within, total = _within(at, period, kept, found)
    return draw(
        request,
        "statements/archive.html",
        {
            "page": found,
            "level": period.level,
            "period": period,
            "dated": first if period.parts else None,
            "kind": found.items[0].kind if kept and found.items else None,
            "total": total,
            "periods": within,
            "section": "statements",
            **(_beside(at, period, kept) if period.parts else {}),
        },
        at=at,
    )


def _listed(
    kind: str | None, since: dt.date | None, until: dt.date | None
) -> QuerySet[Article]:
    rows = _published(None, kind)
    if since and until:  # a range that the index of dates serves
        rows = rows.filter(dated__gte=since, dated__lte=until)
    return rows.without_words().fetch_mode(FETCH_RAISE)


def _published(at: dt.datetime | None, kind: str | None) -> QuerySet[Article]:
    rows = Article.objects.published(at)
    return rows.filter(kind__slug=kind) if kind else rows


def _address(period: Period, kept: dict[str, str]) -> str:
    return f"{period.url}?{urlencode(kept)}" if kept else period.url


def _kind(found: paging.Page, kept: dict[str, str]) -> str:
    """Whose counts are told: of all statements, or of the kind that is left."""
    if not kept:
        return "a"
    if found.items:
        return f"k:{found.items[0].kind_id}"
    key = Kind.objects.filter(slug=kept["kind"]).values_list("pk", flat=True).first()
    return f"k:{key}"


def _within(
    at: dt.datetime | None, period: Period, kept: dict[str, str], found: paging.Page
) -> tuple[list[dict[str, Any]], int]:
    """The years, the months of a year or the days of a month, each with its number.

    A day stands among those of its month. And how many the period itself has.
    """
    around = Period(period.parts[:2])
    whose = _kind(found, kept)
    if around.parts:
        whose += f":{around.first.isoformat()[: 4 if len(around.parts) == 1 else 7]}"
    rows = []
    total = 0
    for part, count in sorted(counts.numbers(whose, at).items(), reverse=True):
        number = int(part)
        one = Period((*around.parts, number))
        current = one == period
        if current or period == around:
            total += count
        rows.append(
            {
                "url": _address(one, kept),
                "label": one.within,
                "count": count,
                "current": current,
            }
        )
    return rows, total


def _beside(
    at: dt.datetime | None, period: Period, kept: dict[str, str]
) -> dict[str, dict[str, str]]:
    """The nearest periods of the same length before and after that hold anything."""
    rows = _published(at, kept.get("kind")).order_by().values_list("dated", flat=True)
    days = rows.filter(dated__lt=period.first).order_by("-dated")[:1]
    days = days.union(rows.filter(dated__gt=period.last).order_by("dated")[:1])
    found = {}
    for day in days:
        one = period.like(day)
        found["earlier" if day < period.first else "later"] = {
            "url": _address(one, kept),
            "label": one.label,
        }
    return found
