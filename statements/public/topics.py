"""Topics, and the statements that bear them."""

from __future__ import annotations

from django.db.models import FETCH_RAISE, Count, IntegerField, OuterRef, Subquery
from django.db.models.functions import Coalesce, Now
from django.http import HttpRequest, HttpResponse

from statements.models import Article, Tag

from . import former, paging
from .answers import draw, page

SIZE = 20
MANY = 200


@page
def topics(request: HttpRequest) -> HttpResponse:
    """All topics by name."""
    borne = (
        Article.objects.published()
        .filter(article_tags__tag=OuterRef("pk"))
        .order_by()
        .values("article_tags__tag")
        .annotate(number=Count("pk"))
        .values("number")
    )
    rows = Tag.objects.public().annotate(
        count=Coalesce(Subquery(borne, output_field=IntegerField()), 0)
    )
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
        .filter(article_tags__tag=tag.pk)
        .fetch_mode(FETCH_RAISE)
    )
    return draw(
        request,
        "statements/topic.html",
        {
            "tag": tag,
            "page": paging.read(articles, request.GET, by="dated", size=SIZE),
            "section": "topics",
        },
        at=tag.as_of,
    )
