"""Pages for those who work here. Nothing of them is kept in a cache."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlencode

from django.db.models import FETCH_RAISE, Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from statements.models import Citation, Quote
from statements.search import query as questions
from statements.search import quotes as answers
from statements.search import replica, vocabulary
from statements.search.naming import Filter
from statements.search.query import Query

from . import citing, exporting
from .doors import staff_page
from .forms import QuoteSearchForm

SIZE = 20


@staff_page("view_quote")
def quotes(request: HttpRequest) -> HttpResponse:
    """Who said what, when, in which office, about which resolution, in which words."""
    query = questions.from_params(request.GET)
    public = Quote.objects.public()
    page = replica.find(
        query,
        public.for_list()
        .select_related("article__issuer")
        .prefetch_related(
            Prefetch(
                "citations",
                Citation.objects.select_related("resolution__body").order_by("start"),
            )
        )
        .fetch_mode(FETCH_RAISE),
        answers.Cursor.read(request.GET),
        SIZE,
    )
    for quote in page.items:
        named = {c.resolution_id: c.resolution for c in quote.citations.all()}
        quote.resolutions = list(named.values())
        quote.cited = citing.attributed(quote)
    offered = answers.most_named(public)
    return render(
        request,
        "staff/quotes.html",
        {
            "form": QuoteSearchForm(request.GET, offered.pop("kinds")),
            "offered": offered,
            "chips": _chips(query, page.filters),
            "notes": _notes(query, page),
            "meant": None if page.items else _meant(query, page),
            "page": {
                "items": page.items,
                "older": _address(query, page.older),
                "newer": _address(query, page.newer),
                # By rank, there is nothing older or newer.
                "alphabetical": query.order == "relevance",
            },
            "total": page.total,
            "total_words": number_format(page.total, force_grouping=True),
            "more": not page.exact,
            "sorts": _sorts(query) if page.total > 1 else [],
            "asked": not query.empty,
            "question": urlencode(query.to_params()),
            "forms": exporting.FORMS,
            "filtered": bool(page.filters or query.since or query.until),
        },
    )


def _meant(query: Query, page: answers.Page) -> dict[str, str] | None:
    """The question that was probably meant, where the one asked finds nothing."""
    better = vocabulary.meant(query, Quote.objects.public(), page.filters)
    if better is None:
        return None
    return {"text": " ".join(better.wanted), "url": _url(better.to_params())}


def _address(query: Query, cursor: answers.Cursor | None) -> str:
    """The address of a place in the answer; "" without a place."""
    return _url({**query.to_params(), **cursor.to_params()}) if cursor else ""


def _url(params: dict[str, str]) -> str:
    return f"?{urlencode(params)}"


def _chips(query: Query, filters: tuple[Filter, ...]) -> list[dict[str, str]]:
    """The filters that are set, each with the address of the question without it."""
    chips = [
        {
            "label": one.label,
            "url": _url(query.without(one.field, one.typed).to_params()),
        }
        for one in filters
    ]
    for name, label in (
        ("since", _("from %s") % questions.print_since(query.since)),
        ("until", _("until %s") % questions.print_until(query.until)),
    ):
        if getattr(query, name):
            chips.append({"label": label, "url": _url(query.without(name).to_params())})
    return chips


def _notes(query: Query, page: answers.Page) -> list[dict[str, object]]:
    """Sentences on the question; where a name means several, with a link to each."""
    choices = {
        one.problem: [
            {
                "label": choice.label,
                "url": _url(
                    query.instead(one.field, one.typed, choice.slug).to_params()
                ),
            }
            for choice in one.choices
        ]
        for one in page.filters
        if one.problem
    }
    return [{"text": note, "choices": choices.get(note, [])} for note in page.notes]


def _sorts(query: Query) -> list[dict[str, object]]:
    """The orders to choose from; without words there is only one."""
    if not query.wanted:
        return []
    return [
        {
            "url": _url(replace(query, order=order).to_params()),
            "label": label,
            "current": query.order == order,
        }
        for order, label in (
            ("newest", _("newest first")),
            ("relevance", _("by relevance")),
        )
    ]
