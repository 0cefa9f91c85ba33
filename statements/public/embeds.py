"""What other sites ask for: the picture of a page, its frame, and how to embed it."""

from __future__ import annotations

import datetime as dt
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import Resolver404, resolve, reverse
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _

from newsroom import framing
from statements.exchange import cards, oembed

from . import articles, quotes, sharing
from .answers import Gone, Moved, page, speak, until_the_minute


@page
def quote_card(request: HttpRequest, key: str, digest: str) -> HttpResponse:
    """The picture of a quote."""
    try:
        found = quotes.find(key)
    except Moved as moved:
        raise _to_its_card(moved) from None
    return _picture(request, sharing.of_quote(found), digest, found.as_of)


@page
def article_card(
    request: HttpRequest, year: int, month: int, day: int, slug: str, digest: str
) -> HttpResponse:
    """The picture of a statement."""
    try:
        found = articles.find(year, month, day, slug)
    except Moved as moved:
        raise _to_its_card(moved) from None
    return _picture(request, sharing.of_article(found), digest, found.as_of)


def _to_its_card(moved: Moved) -> Moved:
    """Where the picture of a page that moved is: its date or title may be in it."""
    match = resolve(moved.to, urlconf="newsroom.urls_public")
    if match.url_name == "quote":
        return Moved(sharing.of_quote(quotes.find(**match.kwargs)).image)
    return Moved(sharing.of_article(articles.find(**match.kwargs)).image)


def _picture(
    request: HttpRequest, shared: sharing.Shared, digest: str, at: dt.datetime
) -> HttpResponse:
    """The card at the address of its digest; a former digest leads to it.

    The address would let it be kept for ever, but what is withdrawn has to go: it is
    kept like its page, and a digest that is still right is answered without drawing.
    """
    if digest != shared.card.digest:
        raise Moved(shared.image)
    etag = f'"{digest}"'
    unchanged = get_conditional_response(request, etag=etag)
    response = unchanged or HttpResponse(
        cards.draw(shared.card), content_type="image/png"
    )
    response["ETag"] = etag
    response["Cache-Control"] = until_the_minute(at)
    # Meant to be shown by others.
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


@page
def embedded(request: HttpRequest, key: str) -> HttpResponse:
    """A quote to stand in a frame of others, which tells when it was corrected.

    What is gone says so in the frame too, without a word of what it was.
    """
    try:
        found = quotes.find(key, tail="embed/")
    except Gone as gone:
        return framing.anywhere(
            request, "statements/embed_gone.html", gone.context, status=410
        )
    speak(found.article.language)
    response = framing.anywhere(
        request,
        "statements/embed.html",
        {"quote": found, "corrections": quotes.corrections(found)},
    )
    response["Cache-Control"] = until_the_minute(found.as_of)
    return response


@page
def answer(request: HttpRequest) -> HttpResponse:
    """oEmbed: how the page at ``url`` is embedded, within ``maxwidth`` and height."""
    form = request.GET.get("format", "json")
    if form not in {"json", "xml"}:
        return _plain(_("The format is json or xml."), 501)
    address = request.GET.get("url", "")
    if not address:
        return _plain(_("Say which page: ?url= with its address."), 400)
    values, at = _values(address, request)
    if form == "xml":
        response = HttpResponse(
            oembed.as_xml(values), content_type="text/xml; charset=utf-8"
        )
    else:
        response = HttpResponse(oembed.as_json(values), content_type="application/json")
    response["Cache-Control"] = until_the_minute(at)
    response["Access-Control-Allow-Origin"] = "*"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def _plain(sentence: str, status: int) -> HttpResponse:
    return HttpResponse(
        f"{sentence}\n", content_type="text/plain; charset=utf-8", status=status
    )


def _values(
    address: str, request: HttpRequest
) -> tuple[dict[str, oembed.Value], dt.datetime]:
    """What is told of a page of ours; raises what the page itself would."""
    ours, asked = urlsplit(settings.SITE_URL), _split(address)
    if (asked.scheme, asked.netloc) != (ours.scheme, ours.netloc):
        raise Http404
    try:
        match = resolve(asked.path, urlconf="newsroom.urls_public")
    except Resolver404 as nothing:
        raise Http404 from nothing
    wide = _number(request, "maxwidth", oembed.WIDTH)
    tall = _number(request, "maxheight", 10_000)
    try:
        if match.url_name == "quote":
            quote = quotes.find(**match.kwargs)
            shared, at = sharing.of_quote(quote), quote.as_of
            values = shared.rich(min(wide, oembed.WIDTH), tall)
        elif match.url_name == "article":
            article = articles.find(**match.kwargs)
            shared, at = sharing.of_article(article), article.as_of
            values = shared.link()
        else:
            raise Http404
    except Moved as moved:
        rest = {**request.GET.dict(), "url": settings.SITE_URL + moved.to}
        raise Moved(f"{reverse('oembed')}?{urlencode(rest)}") from None
    if not {"maxwidth", "maxheight"} & set(request.GET) or (
        wide >= cards.WIDTH and tall >= cards.HEIGHT
    ):
        values |= {
            "thumbnail_url": settings.SITE_URL + shared.image,
            "thumbnail_width": cards.WIDTH,
            "thumbnail_height": cards.HEIGHT,
        }
    return values, at


def _split(address: str) -> Any:
    try:
        return urlsplit(address)
    except ValueError as nonsense:
        raise Http404 from nonsense


def _number(request: HttpRequest, name: str, otherwise: int) -> int:
    """A number of pixels; what is none asks for nothing."""
    asked = request.GET.get(name, "")
    if asked.isascii() and asked.isdecimal() and len(asked) < 6 and int(asked):
        return int(asked)
    return otherwise
