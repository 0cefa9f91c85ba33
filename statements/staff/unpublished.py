"""Unpublished quotes of one's desks, told above the public ones to whoever asks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import FETCH_RAISE
from django.http import HttpRequest
from django.urls import reverse

from statements.models import Quote, User
from statements.search import drafts, naming
from statements.search.query import Query
from statements.search.quotes import narrowed

#: So many are told, the newest; there are few drafts at a desk.
MOST = 50


@dataclass(frozen=True, slots=True)
class Unpublished:
    """What the control shows and what came of it; ``more``: there are others."""

    asked: bool = False
    items: tuple[Quote, ...] = ()
    more: bool = False


def answer(request: HttpRequest, query: Query) -> Unpublished | None:
    """The newest that answer a question; None for whoever may not read drafts.

    The question has no word of it, so no file, feed or address of it tells them.
    Costs nothing until somebody ticks the box; then a query for the rows, one to
    compile words, and one or two a filter.
    """
    user = request.user
    if not isinstance(user, User) or not user.may(drafts.RIGHT):
        return None
    if not request.GET.get("unpublished"):
        return Unpublished()
    filters = naming.filters(query)
    if any(not one.choices for one in filters):
        return Unpublished(asked=True)
    rows = (
        narrowed(query, drafts.of(user).for_list(), filters)
        .order_by("-pk")
        .fetch_mode(FETCH_RAISE)[: MOST + 1]
    )
    found: list[Any] = list(rows)
    for quote in found:
        quote.desk_url = address(quote)
    return Unpublished(True, tuple(found[:MOST]), len(found) > MOST)


def address(quote: Quote) -> str:
    """Where the desk has the words: readers have no page of them."""
    step = reverse(
        "admin:statements_article_step",
        args=[quote.edition.article_id, quote.edition.number, "quotes"],
    )
    return f"{step}?at={quote.start}-{quote.end}#at"
