"""A quote at its own address, which is printed and so must never die."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import NoReturn

from django.conf import settings
from django.db.models import FETCH_RAISE, QuerySet
from django.db.models.functions import Now
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy

from statements.exchange import citations
from statements.models import Article, Citation, Correction, Permalink, Quote

from . import former, linking, sharing
from .answers import Gone, Moved, draw, page, speak, until_the_minute
from .composed import composed

#: How Crockford's base 32 reads letters that it does not use.
_READ_AS = str.maketrans("ILO", "110")
#: Merges of merges are followed this far: a circle must not hang a page.
_MERGES = 10

#: What stands on the page to be copied.
STYLES = (
    (gettext_lazy("Text"), citations.text),
    ("AP", citations.ap),
    ("Chicago", citations.chicago),
    ("Bluebook", citations.bluebook),
)

#: What may be asked for, how it is made, and its media type.
FORMS: dict[str, tuple[Callable[[citations.Citable], str], str]] = {
    "txt": (citations.text, "text/plain"),
    "bib": (citations.bibtex, "application/x-bibtex"),
    "ris": (citations.ris, "application/x-research-info-systems"),
    "json": (citations.csl, "application/vnd.citationstyles.csl+json"),
}


@page
def quote(request: HttpRequest, key: str) -> HttpResponse:
    """Words, who said them and in which office, where and when."""
    found = find(key)
    speak(found.article.language)
    citable = _citable(found)
    citations = _citations(at=found.as_of, quote=found.pk)
    named = list({c.resolution_id: c for c in citations}.values())
    corrected = corrections(found)
    return draw(
        request,
        "statements/quote.html",
        {
            "quote": found,
            "citations": named,
            "corrections": corrected,
            "cited": [(name, make(citable)) for name, make in STYLES],
            "share": sharing.of_quote(found),
            "linked": linking.quote(found, named, corrected),
            "section": "spokespersons",
        },
        at=found.as_of,
    )


@page
def cite(request: HttpRequest, key: str, form: str) -> HttpResponse:
    """The quote as a file for a reference manager, or as a line of text."""
    found = find(key, tail=f".{form}")
    make, kind = FORMS[form]
    response = HttpResponse(
        make(_citable(found)), content_type=f"{kind}; charset=utf-8"
    )
    response["Content-Disposition"] = (
        f'attachment; filename="quote-{found.permalink_id}.{form}"'
    )
    response["Cache-Control"] = until_the_minute(found.as_of)
    return response


def find(key: str, *, tail: str = "") -> Quote:
    """The quote of a permalink; raises Moved, Gone or Http404 if it is not public.

    ``tail``: what stands after its address and moves with it: ``embed/``, ``.bib``.
    """
    permalink = key.upper().translate(_READ_AS)
    found: Quote | None = next(iter(_bearing(permalink=permalink)), None)
    if found is None:
        try:
            _no_longer(permalink)
        except Moved as moved:
            raise Moved(_at(moved.to, tail)) from None
    if permalink != key:
        raise Moved(_at(found.get_absolute_url(), tail))
    return found


@composed
def _bearing(permalink: str) -> QuerySet[Quote]:
    return (
        Quote.objects.public()
        .filter(permalink=permalink)
        .for_list()
        .select_related("article__issuer", "article__kind")
        .annotate(as_of=Now())
        .order_by("pk")
        .fetch_mode(FETCH_RAISE)[:1]
    )


@composed
def _citations(at: dt.datetime, quote: int) -> QuerySet[Citation]:
    return (
        Citation.objects.public(at)
        .filter(quote=quote)
        .order_by("start")
        .select_related("resolution__body")
        .fetch_mode(FETCH_RAISE)
    )


def _at(url: str, tail: str) -> str:
    return f"{url.removesuffix('/')}{tail}" if tail.startswith(".") else url + tail


def _citable(quote: Quote) -> citations.Citable:
    person = quote.speaker
    family, given = citations.parts_of(person.sort_name) if person else ("", "")
    issuer = quote.article.issuer
    return citations.Citable(
        key=quote.permalink_id,
        words=quote.words,
        speaker=(person or quote.organization).name,
        family=family,
        given=given,
        office=quote.office,
        title=quote.edition.title,
        publisher=issuer.name if issuer else "",
        site=settings.SITE_NAME,
        language=quote.language,
        said_on=quote.said_on,
        dated=quote.article.dated,
        url=f"{settings.SITE_URL}{quote.get_absolute_url()}",
    )


def corrections(quote: Quote) -> list[Correction]:
    """What editions changed in the quote, the newest first; the first has none."""
    if quote.edition.number == 1:
        return []
    return _corrections(at=quote.as_of, permalink=quote.permalink_id)


@composed
def _corrections(at: dt.datetime, permalink: str) -> QuerySet[Correction]:
    return (
        Correction.objects.public(at)
        .filter(permalink=permalink)
        .select_related("edition")
        .defer("edition__record", "edition__body", "edition__text")
        .order_by("-edition__published_at", "-what")
        .fetch_mode(FETCH_RAISE)
    )


def _no_longer(permalink: str) -> NoReturn:
    """Raise what a permalink answers that no live edition has."""
    into = _merged_into(permalink)
    if into is not None:
        public = Quote.objects.public().filter(permalink=into).first()
        if public is not None:
            raise Moved(public.get_absolute_url())
    last = (
        Quote.objects.filter(permalink=permalink, live__startswith__lte=Now())
        .select_related("edition")
        .order_by("-live__startswith")
        .first()
    )
    if last is None:
        raise Http404
    article = Article.objects.published().filter(pk=last.article_id).first()
    if article is not None:
        raise Gone("quote", when=last.live.upper, url=article.get_absolute_url())
    raise former.article_withdrawn(article=last.article_id) or Gone("quote")


def _merged_into(permalink: str) -> str | None:
    into: str | None = None
    for _ in range(_MERGES):
        following = (
            Permalink.objects.filter(pk=into or permalink)
            .values_list("merged_into", flat=True)
            .first()
        )
        if following is None:
            break
        into = following
    return into
