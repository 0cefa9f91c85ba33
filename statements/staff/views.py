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

from . import citing, exporting, unpublished
from .doors import staff_page
from .forms import QuoteSearchForm
from .links import COMFORTABLE, Links

SIZE = 20


@staff_page("view_quote")
def quotes(request: HttpRequest) -> HttpResponse:
    """Who said what, when, in which office, about which resolution, in which words."""
    query = questions.from_params(request.GET)
    links = Links.of(request.GET)
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
            "unpublished": unpublished.answer(request, query),
            "chips": _chips(query, page.filters, links),
            "notes": _notes(query, page, links),
            "meant": None if page.items else _meant(query, page, links),
            "page": {
                "items": page.items,
                "older": links.place(query, page.older),
                "newer": links.place(query, page.newer),
                # By rank, there is nothing older or newer.
                "alphabetical": query.order == "relevance",
            },
            "total": page.total,
            "total_words": number_format(page.total, force_grouping=True),
            "more": not page.exact,
            "sorts": _sorts(query, links) if page.total > 1 else [],
            "views": _views(query, links),
            "dense": not links.view,
            "counts": links.facets(query) if page.total > 1 else "",
            # As on the desk, a key of a single sign works unless it was switched off.
            "keys": request.COOKIES.get(f"letters-{request.user.pk}") != "off",
            "asked": not query.empty,
            "question": urlencode(query.to_params()),
            "forms": exporting.FORMS,
            "filtered": bool(page.filters or query.since or query.until),
        },
    )


def _meant(query: Query, page: answers.Page, links: Links) -> dict[str, str] | None:
    """The question that was probably meant, where the one asked finds nothing."""
    better = vocabulary.meant(query, Quote.objects.public(), page.filters)
    if better is None:
        return None
    return {"text": " ".join(better.wanted), "url": links.tail(better)}


def _chips(
    query: Query, filters: tuple[Filter, ...], links: Links
) -> list[dict[str, str]]:
    """The filters that are set, each with the address of the question without it."""
    chips = [
        {
            "label": one.label,
            "url": links.tail(query.without(one.field, one.typed)),
        }
        for one in filters
    ]
    for name, label in (
        ("since", _("from %s") % questions.print_since(query.since)),
        ("until", _("until %s") % questions.print_until(query.until)),
    ):
        if getattr(query, name):
            chips.append({"label": label, "url": links.tail(query.without(name))})
    return chips


def _notes(query: Query, page: answers.Page, links: Links) -> list[dict[str, object]]:
    """Sentences on the question; where a name means several, with a link to each."""
    choices = {
        one.problem: [
            {
                "label": choice.label,
                "url": links.tail(query.instead(one.field, one.typed, choice.slug)),
            }
            for choice in one.choices
        ]
        for one in page.filters
        if one.problem
    }
    return [{"text": note, "choices": choices.get(note, [])} for note in page.notes]


def _sorts(query: Query, links: Links) -> list[dict[str, object]]:
    """The orders to choose from; without words there is only one."""
    if not query.wanted:
        return []
    return [
        {
            "url": links.tail(replace(query, order=order)),
            "label": label,
            "current": query.order == order,
        }
        for order, label in (
            ("newest", _("newest first")),
            ("relevance", _("by relevance")),
        )
    ]


def _views(query: Query, links: Links) -> list[dict[str, object]]:
    return [
        {
            "url": Links(view).tail(query),
            "label": label,
            "current": view == links.view,
        }
        for view, label in (("", _("dense")), (COMFORTABLE, _("comfortable")))
    ]
