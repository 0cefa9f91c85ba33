"""The first page, and the page of those who follow topics."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from typing import Any, Final

from django.db.models import (
    FETCH_RAISE,
    BooleanField,
    Case,
    Exists,
    OuterRef,
    QuerySet,
    When,
)
from django.db.models.functions import Now
from django.http import HttpRequest, HttpResponse

from statements.models import Article, ArticleTag, Kind, Quote, QuoteKind, Tag, Verdict

from . import linking, paging
from .answers import draw, page
from .composed import composed

SIZE: Final = 20
#: The newest statements, from which all of the first page is made, and how many of
#: them stand in the list below the first.
NEWEST: Final = 36
LATEST: Final = 6
#: Statements of a kind, those that are news of a topic, and further quotes.
OF_A_KIND: Final = 3
TOPICS: Final = 6
QUOTES: Final = 4
#: The newest quotes, of which one is of note, and the code points it must have: more
#: than an exclamation, and no more than can be read at a glance.
CANDIDATES: Final = 20
TELLING: Final = range(24, 401)
#: Code points that a part of a sentence must have to stand in the list of words.
PART: Final = 64
#: Topics that one address may follow, and that are offered to be followed.
MOST: Final = 20
OFFERED: Final = 200

_SLUG = re.compile(r"[-\w]{1,100}")


@page
def home(request: HttpRequest) -> HttpResponse:
    """The newest statements: as a list, by kind and by topic; and the newest words."""
    newest = _newest()
    if not newest:
        return draw(request, "statements/home.html", {"linked": linking.home()})
    at = newest[0].as_of
    quotes = _newest_quotes(at=at)
    noted = of_note(quotes)
    return draw(
        request,
        "statements/home.html",
        {
            "linked": linking.home(),
            "lead": newest[0],
            "articles": newest[1 : LATEST + 1],
            "kinds": by_kind(newest[LATEST + 1 :]),
            "topics": _with_news(newest),
            "noted": noted,
            "quotes": [
                quote for quote in quotes if quote is not noted and in_full(quote)
            ][:QUOTES],
        },
        at=at,
    )


@composed
def _newest() -> QuerySet[Article]:
    rows = Article.objects.published().without_words()
    return rows.fetch_mode(FETCH_RAISE)[:NEWEST]


@composed
def _newest_quotes(at: dt.datetime) -> QuerySet[Quote]:
    rows = Quote.objects.public(at).for_list().newest()
    return rows.fetch_mode(FETCH_RAISE)[:CANDIDATES]


@composed
def _topics_of(articles: tuple[int, ...]) -> QuerySet[ArticleTag]:
    return (
        ArticleTag.objects.filter(content_object__in=articles)
        .select_related("tag")
        .fetch_mode(FETCH_RAISE)
    )


def of_note(quotes: Sequence[Quote]) -> Quote | None:
    """The quote that stands alone, of the newest: a rule, so that nobody chooses.

    The newest direct one that its source has word for word; else the newest direct one.
    It is neither too short to mean something alone nor too long for a glance.
    """
    telling = [
        quote
        for quote in quotes
        if quote.kind == QuoteKind.DIRECT and len(quote.words) in TELLING
    ]
    checked = [quote for quote in telling if quote.verdict == Verdict.VERBATIM]
    return next(iter(checked or telling), None)


def in_full(quote: Quote) -> bool:
    """Whether words say something without the sentence around them.

    Whole sentences do; of others, those that are long enough to be no scrap.
    """
    least = PART if quote.kind == QuoteKind.PARTIAL else TELLING.start
    return len(quote.words) >= least


def by_kind(articles: Iterable[Article]) -> list[tuple[Kind, list[Article]]]:
    """A few of each kind, the kind with the newest first."""
    kinds: dict[int, tuple[Kind, list[Article]]] = {}
    for article in articles:
        _, some = kinds.setdefault(article.kind_id, (article.kind, []))
        if len(some) < OF_A_KIND:
            some.append(article)
    return list(kinds.values())


def _with_news(newest: Sequence[Article]) -> list[tuple[list[Tag], Article]]:
    """The statements that are the newest of a topic, each with those topics."""
    place = {article.pk: number for number, article in enumerate(newest)}
    first: dict[Tag, int] = {}
    for borne in _topics_of(articles=tuple(place)):
        number = place[borne.content_object_id]
        first[borne.tag] = min(number, first.get(borne.tag, number))
    news: dict[int, list[Tag]] = {}
    for tag in sorted(first, key=lambda tag: (first[tag], tag.name)):
        news.setdefault(first[tag], []).append(tag)
    return [(tags, newest[number]) for number, tags in list(news.items())[:TOPICS]]


@page
def following(request: HttpRequest) -> HttpResponse:
    """What is new on the topics that the address names, and a form to choose them.

    A page of its own, so that the first page is one and the same for everybody and
    can be kept in caches. What somebody follows stands in the address alone.
    """
    wanted = _wanted(request.GET.getlist("topic"))
    tags = list(
        Tag.objects.counted()
        .annotate(
            as_of=Now(),
            followed=Case(
                When(slug__in=wanted, then=True),
                default=False,
                output_field=BooleanField(),
            ),
        )
        .order_by("-followed", "name", "pk")
        .fetch_mode(FETCH_RAISE)[:OFFERED]
    )
    followed = [tag for tag in tags if tag.followed]
    at = tags[0].as_of if tags else None
    context: dict[str, Any] = {
        "followed": followed,
        "topics": sorted(tags, key=lambda tag: tag.name.casefold()),
        "most": MOST,
        "section": "topics",
    }
    if followed:
        context["page"] = _news_on(followed, at, request)
    return draw(request, "statements/following.html", context, at=at)


def _wanted(slugs: Iterable[str]) -> list[str]:
    asked = dict.fromkeys(slug for slug in slugs if _SLUG.fullmatch(slug))
    return list(asked)[:MOST]


def _news_on(
    tags: Sequence[Tag], at: dt.datetime | None, request: HttpRequest
) -> paging.Page:
    bears = ArticleTag.objects.filter(content_object=OuterRef("pk"), tag__in=tags)
    rows = (
        Article.objects.published(at)
        .without_words()
        .filter(Exists(bears))
        .fetch_mode(FETCH_RAISE)
    )
    place = {
        name: request.GET[name] for name in ("before", "after") if name in request.GET
    }
    followed = {"topic": sorted(tag.slug for tag in tags)}
    return paging.read(rows, {**place, **followed}, by="dated", size=SIZE)
