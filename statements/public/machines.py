"""What programs ask for: sitemaps, robots.txt, security.txt."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterator

from django.conf import settings
from django.db.models import FETCH_RAISE
from django.db.models.functions import Now, TruncDate
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from statements.exchange import sitemaps
from statements.models import (
    Article,
    Edition,
    Organization,
    Post,
    Quote,
    Resolution,
    Spokesperson,
    Tag,
)

from .answers import page, until_the_minute

#: The news sitemap holds what is younger, and not more than so many.
NEWS = dt.timedelta(hours=48)
_NEWS_MOST = 1000

_LISTS = (
    "home",
    "archive",
    "people",
    "organizations",
    "resolutions",
    "topics",
    "corrections",
    "following",
    "about",
    "accessibility",
)


@page
def sitemap(request: HttpRequest) -> HttpResponse:
    """The sitemaps that there are: lists and catalogue, and one a month."""
    months = Article.objects.published().order_by().dates("dated", "month")
    names = ["lists", *(f"{month:%Y-%m}" for month in reversed(months))]
    return _xml(
        sitemaps.index(f"{settings.SITE_URL}/sitemaps/{name}.xml" for name in names)
    )


@page
def lists(request: HttpRequest) -> HttpResponse:
    """All lists, and whatever the catalogue shows."""
    found = [(_whole(reverse(name)), None) for name in _LISTS]
    for model in (Spokesperson, Organization, Post, Resolution, Tag):
        rows = model.objects.public().fetch_mode(FETCH_RAISE)
        if model is Resolution:
            rows = rows.select_related("body")
        if model is Post:
            rows = rows.filter(organization__in=Organization.objects.public())
        room = sitemaps.MOST - len(found)
        found += [(_whole(row.get_absolute_url()), None) for row in rows[:room]]
    return _xml(sitemaps.pages(found))


@page
def month(request: HttpRequest, month: dt.date) -> HttpResponse:
    """The statements of a month and their quotes; one without a statement is not found.

    A place in the text has no page: those are found through their statement.
    """
    last = calendar.monthrange(month.year, month.month)[1]
    articles = list(
        Article.objects.published()
        .filter(dated__range=(month, month.replace(day=last)))
        .order_by("dated", "pk")
        .values_list("pk", "dated", "slug", "live_edition__published_at", "as_of")[
            : sitemaps.MOST
        ]
    )
    if not articles:
        raise Http404
    at = articles[0][-1]
    quotes = (
        Quote.objects.public(at)
        .filter(article__in=[key for key, *_ in articles])
        .order_by("pk")
        .values_list("permalink", "edition__published_at")
    )

    def found() -> Iterator[tuple[str, dt.datetime]]:
        for _, day, slug, changed, _ in articles:
            yield _whole(Article(dated=day, slug=slug).get_absolute_url()), changed
        for permalink, changed in quotes[: sitemaps.MOST - len(articles)]:
            yield _whole(reverse("quote", args=[permalink])), changed

    return _xml(sitemaps.pages(found()), at)


@page
def news(request: HttpRequest) -> HttpResponse:
    """What readers saw for the first time in the last two days, the newest first."""
    rows = (
        Edition.objects.live()
        .annotate(as_of=Now())
        .filter(
            published_at__gt=Now() - NEWS,
            # An archive that was loaded today is no news.
            article__dated__gte=TruncDate(Now() - NEWS),
        )
        .annotate(first_at=Edition.objects.first_of("article"))
        .filter(first_at__gt=Now() - NEWS)
        .order_by("-published_at", "-pk")
        .values_list(
            "article__dated",
            "article__slug",
            "article__language",
            "title",
            "first_at",
            "as_of",
        )
    )
    found = list(rows[:_NEWS_MOST])
    return _xml(
        sitemaps.news(
            settings.SITE_NAME,
            (
                sitemaps.News(
                    _whole(Article(dated=dated, slug=slug).get_absolute_url()),
                    title,
                    language,
                    first_at,
                )
                for dated, slug, language, title, first_at, _ in found
            ),
        ),
        found[0][-1] if found else None,
    )


@page
def robots(request: HttpRequest) -> HttpResponse:
    """All may be read; a search is a question, and there is no end of them.

    Nor of what somebody may follow.
    """
    return _text(
        "User-agent: *\n"
        f"Disallow: {reverse('search')}?\n"
        f"Disallow: {reverse('following')}?\n"
        "\n"
        f"Sitemap: {settings.SITE_URL}{reverse('sitemap')}\n"
        f"Sitemap: {settings.SITE_URL}{reverse('sitemap_news')}\n"
    )


@page
def security(request: HttpRequest) -> HttpResponse:
    """RFC 9116: whom to tell of a hole. Not found until SECURITY_CONTACT says whom."""
    if not settings.SECURITY_CONTACT:
        raise Http404
    # Less than a year ahead, and the same all day.
    expires = timezone.now().astimezone(dt.UTC).date() + dt.timedelta(days=180)
    return _text(
        f"Contact: {settings.SECURITY_CONTACT}\n"
        f"Expires: {expires.isoformat()}T00:00:00Z\n"
        f"Preferred-Languages: {settings.LANGUAGE_CODE}\n"
        f"Canonical: {settings.SITE_URL}{reverse('security_txt')}\n"
    )


def _whole(path: str) -> str:
    return settings.SITE_URL + path


def _xml(content: str, at: dt.datetime | None = None) -> HttpResponse:
    response = HttpResponse(content, content_type="application/xml; charset=utf-8")
    response["Cache-Control"] = until_the_minute(at)
    return response


def _text(content: str) -> HttpResponse:
    return HttpResponse(content, content_type="text/plain; charset=utf-8")
