"""The counts beside the staff's search: each narrows the question, or takes it back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from statements.models import Quote
from statements.search import facets as counting
from statements.search import naming
from statements.search import query as questions
from statements.search.facets import Part

from .doors import staff_page
from .links import Links

TITLES = {
    "speakers": _("Speakers"),
    "organizations": _("Organisations"),
    "offices": _("Offices"),
    "resolutions": _("Resolutions"),
    "tags": _("Topics"),
    "kinds": _("Kinds of statement"),
    "verdicts": _("Verbatim check"),
}
#: The chart, in its own units.
WIDTH, HEIGHT = 240, 48


@dataclass(frozen=True, slots=True)
class Bar:
    """A year of the chart, as the template draws it."""

    label: str
    count: int
    x: float
    y: float
    width: float
    height: float


@staff_page("view_quote")
def facets(request: HttpRequest) -> HttpResponse:
    """The counts alone, for a script to put beside the answer, or as a page."""
    query = questions.from_params(request.GET)
    links = Links.of(request.GET)
    found = counting.count(query, Quote.objects.public(), naming.filters(query))
    alone = bool(request.headers.get("HX-Request"))
    return render(
        request,
        "staff/_facets.html" if alone else "staff/facets.html",
        {
            "facets": [
                {"title": TITLES[facet.field], "rows": _rows(facet.parts, links)}
                for facet in found.facets
            ],
            "years": _rows(found.years, links),
            "bars": list(_bars(found.years)),
            "total": found.total,
            "among": 0 if found.exact else counting.MOST_NEWEST,
            "back": links.to(query),
            "alone": alone,
        },
    )


def _rows(parts: Sequence[Part], links: Links) -> list[dict[str, object]]:
    return [
        {
            "label": part.label,
            "count": part.count,
            "url": links.to(part.query),
            "current": part.chosen,
        }
        for part in parts
    ]


def _bars(years: Sequence[Part]) -> Iterator[Bar]:
    """The years in their order, with gaps where nothing was said; not of one alone."""
    counts = {int(year.label): year.count for year in years}
    if len(counts) < 2:
        return
    first, last, most = min(counts), max(counts), max(counts.values())
    step = WIDTH / (last - first + 1)
    for year in sorted(counts):
        # The fewest are to be seen too.
        height = max(1.0, round(HEIGHT * counts[year] / most, 1))
        yield Bar(
            str(year),
            counts[year],
            x=round((year - first) * step, 2),
            y=round(HEIGHT - height, 1),
            width=round(max(step - 1, step * 0.8), 2),
            height=height,
        )
