"""Search for readers: words that were said, in quotes that are public."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlencode

from django.db.models import FETCH_RAISE
from django.db.models.functions import Now
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from statements.models import Quote
from statements.search import query as questions
from statements.search import quotes as answers
from statements.search import replica, vocabulary
from statements.search.query import Query

from . import paging
from .answers import draw, page

SIZE = 20
#: Beyond, a page says "more than": to count on would cost more, the larger the record.
MOST_COUNTED = 1_000


@page
def search(request: HttpRequest) -> HttpResponse:
    """The box alone, or what the question in it finds.

    All of the box's language works here, and the controls of the staff's form too: an
    address copied from there finds what the public may read of it.
    """
    query = questions.from_params(request.GET)
    context = {
        "text": request.GET.get("q", "")[: questions.LONGEST].replace("\0", ""),
        "problem": " ".join(query.notes),
        "section": "search",
    }
    if query.empty:
        return draw(request, "statements/search.html", context)
    rows = Quote.objects.public().for_list().annotate(as_of=Now())
    found = replica.find(
        query,
        rows.fetch_mode(FETCH_RAISE),
        answers.Cursor.read(request.GET),
        SIZE,
        most=MOST_COUNTED,
    )
    response = draw(
        request,
        "statements/search.html",
        {
            **context,
            "page": paging.Page(
                found.items,
                newer=_address(query, found.newer),
                older=_address(query, found.older),
            ),
            "total": found.total,
            "more": not found.exact,
            "sorts": _sorts(query) if found.total > 1 else [],
            "problem": " ".join(found.notes),
            "meant": _meant(query, found) if not found.items else None,
        },
        at=found.items[0].as_of if found.items else None,
    )
    if found.elsewhere:
        # A replica's, as things were some seconds ago: no process keeps that.
        response.of_another_moment = True  # type: ignore[attr-defined]
    return response


def _meant(query: Query, found: answers.Page) -> dict[str, str] | None:
    """The question that was probably meant, where the one asked finds nothing."""
    better = vocabulary.meant(query, Quote.objects.public(), found.filters)
    if better is None:
        return None
    return {
        "text": " ".join(better.wanted),
        "url": f"?{urlencode(better.to_params())}",
    }


def _address(query: Query, cursor: answers.Cursor | None) -> str:
    if cursor is None:
        return ""
    return f"?{urlencode({**query.to_params(), **cursor.to_params()})}"


def _sorts(query: Query) -> list[dict[str, object]]:
    """The orders to choose from; without words there is only one."""
    if not query.wanted:
        return []
    return [
        {
            "url": f"?{urlencode(replace(query, order=order).to_params())}",
            "label": label,
            "current": query.order == order,
        }
        for order, label in (("newest", _("Newest")), ("relevance", _("Best match")))
    ]
