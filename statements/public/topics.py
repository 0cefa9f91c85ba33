"""Topics, the statements that bear them, and who and what is named in these."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import FETCH_RAISE, Count, QuerySet
from django.db.models.functions import Now
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from statements.models import Article, Citation, Quote, Tag

from . import former, paging
from .answers import draw, page

SIZE = 20
MANY = 200
#: The newest statements of a topic in which people and resolutions are looked for, and
#: how many of these are named.
RECENT, NAMED = 100, 8


@page
def topics(request: HttpRequest) -> HttpResponse:
    """All topics by name."""
    rows = Tag.objects.counted()
    return draw(
        request,
        "statements/topics.html",
        {
            "page": paging.read(
                rows.fetch_mode(FETCH_RAISE),
                request.GET,
                by="name",
                size=MANY,
                ascending=True,
            ),
            "section": "topics",
        },
    )


@page
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    """One topic: its statements, newest first."""
    tag = (
        Tag.objects.public()
        .filter(slug=slug)
        .annotate(as_of=Now())
        .fetch_mode(FETCH_RAISE)
        .first()
    )
    if tag is None:
        former.nothing_here(request)
    articles = (
        Article.objects.published(tag.as_of)
        .without_words()
        .bearing(tag.pk)
        .fetch_mode(FETCH_RAISE)
    )
    return draw(
        request,
        "statements/topic.html",
        {
            "tag": tag,
            "page": paging.read(articles, request.GET, by="borne_on", size=SIZE),
            "recent": RECENT,
            **named_on(tag, tag.as_of),
            "section": "topics",
        },
        at=tag.as_of,
    )


def newest_of(tag: int, at: dt.datetime | None = None) -> QuerySet[Any, Any]:
    """The keys of the newest statements of a topic; no more are read for it."""
    return Article.objects.published(at).bearing(tag).values("pk")[:RECENT]


def named_on(tag: Tag, at: dt.datetime) -> dict[str, list[dict[str, Any]]]:
    """Who speaks in its newest statements, and which resolutions they cite.

    Those in most quotes and statements first. Two queries.
    """
    newest = newest_of(tag.pk, at)
    people = (
        Quote.objects.public(at)
        .filter(article__in=newest, speaker__isnull=False)
        .order_by()
        .values_list("speaker__slug", "speaker__name")
        .annotate(number=Count("pk"))
        .order_by("-number", "speaker__name", "speaker__slug")[:NAMED]
    )
    resolutions = (
        Citation.objects.public(at)
        .filter(article__in=newest)
        .order_by()
        .values_list("resolution__symbol", "resolution__body__slug", "resolution__slug")
        .annotate(number=Count("article", distinct=True))
        .order_by("-number", "resolution__symbol")[:NAMED]
    )
    return {
        "people": [
            {
                "url": f"{reverse('spokesperson', args=[slug])}?topic={tag.slug}#said",
                "label": name,
                "count": number,
            }
            for slug, name, number in people
        ],
        "resolutions": [
            {
                "url": reverse("resolution", args=[body, slug]),
                "label": symbol,
                "count": number,
            }
            for symbol, body, slug, number in resolutions
        ],
    }
