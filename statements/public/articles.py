"""One statement with its margin."""

from __future__ import annotations

import datetime as dt
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import FETCH_RAISE, F, Min, Model, OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from statements.exchange import linked
from statements.markup import margin, projection
from statements.models import (
    Article,
    Change,
    Citation,
    Correction,
    Edition,
    EditionMedia,
    MediaAsset,
    Quote,
    Resolution,
    ResolutionBody,
    Spokesperson,
    Tag,
)
from statements.models.languages import saying

from . import former, linking, sharing, translations
from .answers import Moved, draw, page, speak
from .composed import composed
from .related import related

#: Corrected quotes that the head of a statement names; its history has all.
CORRECTIONS = 20


@page
def article(
    request: HttpRequest, year: int, month: int, day: int, slug: str
) -> HttpResponse:
    """One statement, its quotes and resolutions in the margin."""
    found = find(year, month, day, slug, rendering=True)
    edition = found.live_edition
    speak(found.language)
    beside, onward = _beside(found, edition)
    return draw(
        request,
        "statements/article.html",
        {
            "article": found,
            "edition": edition,
            "body": _body(found, edition, beside["media"]),
            "minutes": projection.minutes(edition.text, found.language),
            "section": "statements",
            "share": sharing.of_article(found),
            "linked": linking.article(found, quotes=beside.pop("quotes"), **beside),
            "report": _report(found),
            "corrections": _corrections(edition, found.as_of),
            **beside,
            **onward,
        },
        at=found.as_of,
    )


def find(
    year: int,
    month: int,
    day: int,
    slug: str,
    *,
    tail: str = "",
    rendering: bool = False,
) -> Article:
    """The statement at an address; raises Moved, Gone or Http404 if it is not public.

    ``tail``: what stands after the statement's own address, and moves with it.
    """
    dated = _day(year, month, day)
    for found in _at(dated=dated, slug=slug, rendering=rendering):
        return found
    gone = former.article_withdrawn(article__dated=dated, article__slug=slug)
    if gone is not None:
        raise gone
    try:
        former.nothing_at(Article(dated=dated, slug=slug).get_absolute_url())
    except Moved as moved:
        raise Moved(f"{moved.to}{tail}") from None


@composed
def _at(dated: dt.date, slug: str, rendering: bool) -> QuerySet[Article]:
    rows = Article.objects.published().filter(dated=dated, slug=slug)
    if rendering:
        rows = rows.select_related("live_edition__rendering")
    return rows.fetch_mode(FETCH_RAISE)[:1]


def _day(year: int, month: int, day: int) -> dt.date:
    try:
        return dt.date(year, month, day)
    except ValueError as problem:
        raise Http404 from problem


def _body(article: Article, edition: Edition, media: list[EditionMedia]) -> SafeString:
    """The edition as drawn when it was published, or drawn now.

    That takes two queries more, three if it is not the first edition.
    """
    at = article.as_of
    rendering = getattr(edition, "rendering", None)
    if rendering is not None and rendering.release == margin.release(
        saying(article.language)
    ):
        html = rendering.html
    else:
        html = margin.draw(
            edition.body,
            Quote.objects.public(at)
            .filter(edition=edition.pk)
            .for_margin()
            .fetch_mode(FETCH_RAISE),
            Citation.objects.public(at)
            .filter(edition=edition.pk)
            .for_margin()
            .fetch_mode(FETCH_RAISE),
            article.language,
            # A first edition follows none that it could correct.
            Correction.objects.beside(edition.pk, at).fetch_mode(FETCH_RAISE)
            if edition.change != Change.FIRST
            else (),
            media,
            saying(article.language),
        )
    # The body was sanitised when it was received; the margin escapes what it adds.
    return mark_safe(html)  # noqa: S308


def _beside(
    article: Article, edition: Edition
) -> tuple[dict[str, list[Any]], dict[str, Any]]:
    """What stands around a text and depends on the clock, in one query.

    And where it leads on to: other statements, which are no part of it.
    """
    (row,) = _around(
        at=article.as_of,
        pk=article.pk,
        edition=edition.pk,
        root=article.translation_of_id or article.pk,
        dated=article.dated,
    )
    topics, media, others, resolutions, speakers, earlier, later, quotes = row
    texts = [translations.made(row) for row in others]
    named = [
        _made(Resolution, row, body=ResolutionBody(slug=row.pop("body")))
        for row in resolutions
    ]
    beside = {
        "quotes": quotes,
        "tags": [_made(Tag, row) for row in topics],
        "media": [
            _made(EditionMedia, row, asset=_made(MediaAsset, row.pop("asset")))
            for row in media
        ],
        "translations": texts,
        "resolutions": named,
    }
    people = [_made(Spokesperson, row) for row in speakers]
    onward = {
        "original": translations.original(article, texts),
        "related": related(article, people, named, article.as_of),
        "earlier": _neighbour(earlier),
        "later": _neighbour(later),
    }
    return beside, onward


@composed
def _around(
    at: dt.datetime, pk: int, edition: int, root: int, dated: dt.date
) -> QuerySet[Any]:
    """Topics, media, translations, resolutions, speakers, the statement before and
    the one after, keys of quotes: each a list, in one row."""
    same_text = Q(pk=root) | Q(translation_of=root)
    rows = Article.objects.published(at)
    return (
        Article.objects.published(at)
        .filter(pk=pk)
        .values_list(
            ArraySubquery(
                Tag.objects.public(at)
                .filter(article_tags__content_object=OuterRef("pk"))
                .order_by("name")
                .values(row=JSONObject(name="name", slug="slug"))
            ),
            ArraySubquery(
                # The bytes of a file without a size were removed by law.
                EditionMedia.objects.filter(edition=edition, asset__size__gt=0)
                .order_by("position", "pk")
                .values(row=_media_json())
            ),
            ArraySubquery(
                Article.objects.published(at)
                .filter(same_text)
                .exclude(pk=pk)
                .order_by("language")
                .values(row=translations.shown())
            ),
            ArraySubquery(
                Resolution.objects.filter(
                    citations__edition=edition, citations__live__contains=at
                )
                .annotate(first=Min("citations__start"))
                .order_by("first")
                .values(
                    row=JSONObject(
                        id="pk", symbol="symbol", slug="slug", body="body__slug"
                    )
                )
            ),
            ArraySubquery(
                Spokesperson.objects.filter(
                    quotes__edition=edition, quotes__live__contains=at
                )
                .annotate(first=Min("quotes__start"))
                .order_by("first")
                .values(row=JSONObject(id="pk", name="name"))
            ),
            ArraySubquery(
                rows.filter(dated__lte=dated)
                .exclude(same_text)
                .exclude(dated=dated, pk__gte=pk)
                .values(row=_led_to())[:1]
            ),
            ArraySubquery(
                rows.filter(dated__gte=dated)
                .exclude(same_text)
                .exclude(dated=dated, pk__lte=pk)
                .order_by("dated", "pk")
                .values(row=_led_to())[:1]
            ),
            ArraySubquery(
                Quote.objects.public(at)
                .filter(edition=edition)
                .order_by("start")
                .values("permalink")[: linked.MOST]
            ),
        )
    )


def _corrections(edition: Edition, at: dt.datetime) -> list[Correction]:
    """What this edition corrected in quotes that it has, in the order of the text.

    Each with its ``language``. One query; none unless the edition is a correction.
    """
    if edition.change != Change.CORRECTION:
        return []
    return list(
        Correction.objects.public(at)
        .filter(edition=edition.pk, permalink__quotes__edition=edition.pk)
        .annotate(
            language=F("permalink__quotes__language"),
            place=F("permalink__quotes__start"),
        )
        .order_by("place", "what")
        .fetch_mode(FETCH_RAISE)[:CORRECTIONS]
    )


def _report(article: Article) -> str:
    """Where a reader writes of an error; a mail names the page that has it."""
    contact: str = settings.SITE_CONTACT
    if not contact:
        return f"{reverse('about')}#contact"
    if not contact.startswith("mailto:"):
        return contact
    url = f"{settings.SITE_URL}{article.get_absolute_url()}"
    about = f"{article.live_edition.title} ({url})"
    return f"{contact}{'&' if '?' in contact else '?'}subject={quote(about)}"


def _led_to() -> JSONObject:
    return JSONObject(
        dated="dated", slug="slug", language="language", title="live_edition__title"
    )


def _neighbour(rows: list[dict[str, Any]]) -> Article | None:
    """The statement before or after in the archive, with its ``title``, if any."""
    for row in rows:
        title = row.pop("title")
        found: Article = _made(Article, row)
        found.title = title
        return found
    return None


_USE = ("role", "alt", "caption", "transcript")
_ASSET = (
    "key",
    "name",
    "type",
    "content_type",
    "size",
    "width",
    "height",
    "duration",
    "credit",
)


def _media_json() -> JSONObject:
    return JSONObject(
        **{name: F(name) for name in _USE},
        asset=JSONObject(**{name: F(f"asset__{name}") for name in _ASSET}),
    )


def _made(model: type[Model], row: dict[str, Any], **related: Model) -> Any:
    """A row of a model, of the fields that a page shows; never saved."""
    return model(
        **{
            name: model._meta.get_field(name).to_python(value)
            for name, value in row.items()
        },
        **related,
    )
