"""Feeds, in Atom and RSS: of all statements, of all quotes, and of what one follows.

Entries come in the order of the site's own lists, by the day that a statement bears or
that words were said: an archive loaded today is no news. What an entry is told by is
its identity, which outlives a new title, date or edition.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any, NoReturn
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import FETCH_RAISE, Min, Model
from django.db.models.functions import Now
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from statements.exchange.xml import plain
from statements.models import (
    Article,
    Citation,
    Edition,
    Quote,
    Resolution,
    Spokesperson,
    Tag,
)

from . import former
from .answers import Moved, page, until_the_minute
from .history import corrected
from .resolutions import mentions, put_into_words

SIZE = 30
#: An empty feed never changed.
_NEVER = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


class _Dated:
    """Without an entry a feed has a date of its own, so that its ETag can hold."""

    def latest_post_date(self) -> dt.datetime:
        dates = [item["updateddate"] for item in self.items]  # type: ignore[attr-defined]
        return max(dates, default=_NEVER)


class Atom(_Dated, Atom1Feed):
    """RFC 4287."""


class Rss(_Dated, Rss201rev2Feed):
    """RSS 2.0."""


_FORMATS: dict[str, type[SyndicationFeed]] = {"atom": Atom, "rss": Rss}


@page
def statements(request: HttpRequest, form: str) -> HttpResponse:
    """The newest statements."""
    articles = _articles(None)
    return _write(
        request,
        form,
        _feed(form, settings.SITE_NAME, _("Statements"), reverse("archive")),
        (_statement(article) for article in articles),
        articles[0].as_of if articles else None,
    )


@page
def quotes(request: HttpRequest, form: str) -> HttpResponse:
    """The newest words, whoever said them."""
    found = _quotes(None)
    return _write(
        request,
        form,
        _feed(
            form,
            f"{_('Quotes')} · {settings.SITE_NAME}",
            _("What was said, by whom, in which office, and when."),
            reverse("people"),
        ),
        (_quote(quote) for quote in found),
        found[0].as_of if found else None,
    )


@page
def spokesperson(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    """The newest words of one person."""
    person = (
        Spokesperson.objects.public().filter(slug=slug).annotate(as_of=Now()).first()
    )
    if person is None:
        _nothing_here("spokesperson", form, slug, model=Spokesperson, slug=slug)
    found = _quotes(person.as_of, speaker=person.pk)
    return _write(
        request,
        form,
        _feed(
            form,
            f"{person.name} · {settings.SITE_NAME}",
            _("What %(name)s said, when, and in which office.") % {"name": person.name},
            person.get_absolute_url(),
        ),
        (_quote(quote) for quote in found),
        person.as_of,
    )


@page
def topic(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    """The newest statements on one topic."""
    tag = Tag.objects.public().filter(slug=slug).annotate(as_of=Now()).first()
    if tag is None:
        _nothing_here("topic", form, slug)
    return _write(
        request,
        form,
        _feed(
            form,
            f"{tag.name} · {settings.SITE_NAME}",
            _("Statements on %(name)s.") % {"name": tag.name},
            tag.get_absolute_url(),
        ),
        (_statement(one) for one in _articles(tag.as_of, tag.pk)),
        tag.as_of,
    )


@page
def resolution(request: HttpRequest, body: str, slug: str, form: str) -> HttpResponse:
    """Who named one resolution lately, and in which words."""
    found = (
        Resolution.objects.public()
        .filter(body__slug=body, slug=slug)
        .select_related("body")
        .annotate(as_of=Now())
        .fetch_mode(FETCH_RAISE)
        .first()
    )
    if found is None:
        _nothing_here(
            "resolution", form, body, slug, model=Resolution, body__slug=body, slug=slug
        )
    return _write(
        request,
        form,
        _feed(
            form,
            f"{found.symbol} · {settings.SITE_NAME}",
            _("Who named %(symbol)s, when, and in which words.")
            % {"symbol": found.symbol},
            found.get_absolute_url(),
        ),
        (
            _mention(found, citation)
            for citation in mentions(found.pk, found.as_of).newest()[:SIZE]
        ),
        found.as_of,
    )


@page
def corrections(request: HttpRequest, form: str) -> HttpResponse:
    """What was corrected lately, with what stood there before."""
    found = list(corrected().order_by("-published_at", "-pk")[:SIZE])
    return _write(
        request,
        form,
        _feed(
            form,
            f"{_('Corrections')} · {settings.SITE_NAME}",
            _("What was corrected, and what stood there before."),
            reverse("corrections"),
        ),
        (_correction(edition) for edition in found),
        found[0].as_of if found else None,
    )


def _nothing_here(
    route: str, form: str, *parts: str, model: type[Model] | None = None, **row: Any
) -> NoReturn:
    """Raise what the page answers of which this is the feed; it moves with the page."""
    try:
        former.nothing_at(reverse(route, args=parts), model, **row)
    except Moved as moved:
        raise Moved(f"/feeds{moved.to.rstrip('/')}.{form}") from None


def _articles(at: dt.datetime | None, topic: int | None = None) -> list[Article]:
    """The newest, each with ``first_at``, when readers first saw it."""
    rows = Article.objects.published(at).without_words()
    if topic is not None:
        rows = rows.bearing(topic)
    found = list(rows.fetch_mode(FETCH_RAISE)[:SIZE])
    # Of all at once: they are neighbours in the index.
    seen = dict(
        Edition.objects.ever_live(at)
        .filter(article__in=[article.pk for article in found])
        .order_by()
        .values_list("article")
        .annotate(first=Min("published_at"))
    )
    for article in found:
        article.first_at = seen[article.pk]
    return found


def _quotes(at: dt.datetime | None, **of: Any) -> list[Quote]:
    return list(
        Quote.objects.public(at)
        .filter(**of)
        .for_list()
        .annotate(as_of=Now())
        .newest()
        .fetch_mode(FETCH_RAISE)[:SIZE]
    )


def _feed(form: str, title: str, description: str, url: str) -> SyndicationFeed:
    return _FORMATS[form](
        title=plain(title),
        link=settings.SITE_URL + url,
        description=plain(description),
        language=get_language() or settings.LANGUAGE_CODE,
        author_name=plain(settings.SITE_NAME),
    )


def _statement(article: Article) -> dict[str, Any]:
    edition = article.live_edition
    return {
        "title": edition.title,
        "link": article.get_absolute_url(),
        "description": render_to_string(
            "feeds/statement.html", {"article": article, "edition": edition}
        ),
        "unique_id": _identity(f"statement-{article.pk}"),
        "unique_id_is_permalink": False,
        "author_name": article.issuer.name if article.issuer else None,
        "categories": [article.kind.name],
        "pubdate": article.first_at,
        "updateddate": edition.published_at,
    }


def _quote(quote: Quote) -> dict[str, Any]:
    speaker = quote.speaker or quote.organization
    return {
        "title": f"{speaker.name}: “{_short(quote.words)}”",
        "link": quote.get_absolute_url(),
        "description": render_to_string(
            "feeds/quote.html", {"quote": quote, "site": {"url": settings.SITE_URL}}
        ),
        "unique_id": settings.SITE_URL + quote.get_absolute_url(),
        "unique_id_is_permalink": True,
        "author_name": speaker.name,
        "pubdate": quote.edition.published_at,
        "updateddate": quote.edition.published_at,
    }


def _mention(resolution: Resolution, citation: Citation) -> dict[str, Any]:
    if citation.quote is not None:
        citation.quote.article = citation.article
        citation.quote.edition = citation.edition
        return _quote(citation.quote)
    put_into_words(citation)
    issuer = citation.article.issuer
    return {
        "title": f"{resolution.symbol}: {citation.edition.title}",
        "link": citation.article.get_absolute_url(),
        "description": render_to_string(
            "feeds/mention.html",
            {"citation": citation, "site": {"url": settings.SITE_URL}},
        ),
        # One a place: of an edition's text, which stays as it is.
        "unique_id": _identity(
            f"resolution-{resolution.pk}-statement-{citation.article_id}"
            f"-{citation.edition.number}-{citation.start}"
        ),
        "unique_id_is_permalink": False,
        "author_name": issuer.name if issuer else None,
        "pubdate": citation.edition.published_at,
        "updateddate": citation.edition.published_at,
    }


def _correction(edition: Edition) -> dict[str, Any]:
    return {
        "title": edition.title,
        "link": reverse("history", args=edition.article.address),
        "description": render_to_string("feeds/correction.html", {"edition": edition}),
        "unique_id": _identity(f"correction-{edition.pk}"),
        "unique_id_is_permalink": False,
        "pubdate": edition.published_at,
        "updateddate": edition.published_at,
    }


def _identity(name: str) -> str:
    """RFC 4151: the same for ever, wherever the page has moved."""
    return f"tag:{urlsplit(settings.SITE_URL).hostname},2026:{name}"


def _short(words: str) -> str:
    if len(words) <= 80:
        return words
    return f"{words[:80].rpartition(' ')[0] or words[:80]}…"


def _write(
    request: HttpRequest,
    form: str,
    feed: SyndicationFeed,
    entries: Iterable[dict[str, Any]],
    at: dt.datetime | None,
) -> HttpResponse:
    feed.feed["feed_url"] = settings.SITE_URL + request.path
    for entry in entries:
        feed.add_item(
            **{
                name: plain(value) if isinstance(value, str) else value
                for name, value in entry.items()
            }
            | {"link": settings.SITE_URL + entry["link"]}
        )
    response = HttpResponse(
        feed.writeString("utf-8"),
        content_type="application/atom+xml; charset=utf-8"
        if form == "atom"
        else "application/rss+xml; charset=utf-8",
    )
    response["Cache-Control"] = until_the_minute(at)
    return response
