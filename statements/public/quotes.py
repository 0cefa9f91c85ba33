"""A quote at its own address, which is printed and so must never die."""

from __future__ import annotations

from typing import NoReturn

from django.db.models import FETCH_RAISE
from django.db.models.functions import Now
from django.http import Http404, HttpRequest, HttpResponse

from statements.models import Article, Citation, Correction, Permalink, Quote

from . import former
from .answers import Gone, Moved, draw, page

#: How Crockford's base 32 reads letters that it does not use.
_READ_AS = str.maketrans("ILO", "110")
#: Merges of merges are followed this far: a circle must not hang a page.
_MERGES = 10


@page
def quote(request: HttpRequest, key: str) -> HttpResponse:
    """Words, who said them and in which office, where and when."""
    permalink = key.upper().translate(_READ_AS)
    found = (
        Quote.objects.public()
        .filter(permalink=permalink)
        .for_list()
        .annotate(as_of=Now())
        .fetch_mode(FETCH_RAISE)
        .first()
    )
    if found is None:
        _no_longer(permalink)
    if permalink != key:
        raise Moved(found.get_absolute_url())
    citations = (
        Citation.objects.public(found.as_of)
        .filter(quote=found.pk)
        .order_by("start")
        .select_related("resolution__body")
        .fetch_mode(FETCH_RAISE)
    )
    return draw(
        request,
        "statements/quote.html",
        {
            "quote": found,
            "citations": list({c.resolution_id: c for c in citations}.values()),
            "corrections": _corrections(found),
            "section": "spokespersons",
        },
        at=found.as_of,
    )


def _corrections(quote: Quote) -> list[Correction]:
    """What editions changed in the quote, the newest first; the first has none."""
    if quote.edition.number == 1:
        return []
    return list(
        Correction.objects.public(quote.as_of)
        .filter(permalink=quote.permalink_id)
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
