"""Resolutions: who named them, when, and in which words."""

from __future__ import annotations

import datetime as dt
import re

from django.db.models import (
    FETCH_RAISE,
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Coalesce, Greatest, Now, Substr
from django.http import Http404, HttpRequest, HttpResponse

from statements.detection import citations
from statements.models import Citation, Resolution

from . import former, paging
from .answers import Moved, draw, page

SIZE = 20
MANY = 100
#: Code points of a text that are read on each side of a citation in it.
AROUND = 240

_SENTENCE_ENDS = re.compile(r"[.!?…؟。][”’\"')\]]*\s+|\n")


@page
def resolutions(request: HttpRequest) -> HttpResponse:
    """All resolutions, the latest adopted first; ``?ref=UNSCR 2417`` leads to one."""
    if "ref" in request.GET:
        _lead_to(request.GET["ref"])
    named = (
        Citation.objects.public()
        .filter(resolution=OuterRef("pk"))
        .order_by()
        .values("resolution")
        .annotate(number=Count("pk"))
        .values("number")
    )
    rows = (
        Resolution.objects.public()
        .select_related("body")
        .annotate(
            # Those without a day come last.
            adopted=Coalesce("adopted_on", Value(dt.date.min)),
            count=Coalesce(Subquery(named, output_field=IntegerField()), 0),
        )
        .fetch_mode(FETCH_RAISE)
    )
    return draw(
        request,
        "statements/resolutions.html",
        {
            "page": paging.read(rows, request.GET, by="adopted", size=MANY),
            "section": "resolutions",
        },
    )


@page
def resolution(request: HttpRequest, body: str, slug: str) -> HttpResponse:
    """One resolution, and each place where a public statement names it."""
    found = (
        Resolution.objects.public()
        .filter(body__slug=body, slug=slug)
        .select_related("body")
        .annotate(as_of=Now())
        .fetch_mode(FETCH_RAISE)
        .first()
    )
    if found is None:
        former.nothing_here(request, Resolution, body__slug=body, slug=slug)
    named = paging.read(
        mentions(found.pk, found.as_of), request.GET, by="said_on", size=SIZE
    )
    for citation in named.items:
        if citation.quote_id is None:
            put_into_words(citation)
    return draw(
        request,
        "statements/resolution.html",
        {"resolution": found, "page": named, "section": "resolutions"},
        at=found.as_of,
    )


@page
def reference(request: HttpRequest, symbol: str) -> HttpResponse:
    """Lead from a symbol as the United Nations write it to the resolution's page."""
    _lead_to(symbol.rstrip("/").upper())
    raise Http404


def _lead_to(reference: str) -> None:
    """Raise Moved to the resolution that a printed form names, or Http404."""
    name = " ".join(reference[:200].replace("\0", " ").split())
    wanted = Q(aliases__name__iexact=name)
    symbol = citations.parse(name)
    if symbol is not None:
        wanted |= Q(symbol=symbol)
    found = list(
        Resolution.objects.public()
        .filter(wanted)
        .select_related("body")
        .distinct()
        .fetch_mode(FETCH_RAISE)[:2]
    )
    if len(found) != 1:
        raise Http404
    raise Moved(found[0].get_absolute_url())


def mentions(key: int, at: dt.datetime) -> QuerySet[Citation]:
    """Where public statements name a resolution: each quote once, words around it."""
    twice = Citation.objects.filter(
        quote=OuterRef("quote"),
        resolution=OuterRef("resolution"),
        start__lt=OuterRef("start"),
    )
    return (
        Citation.objects.public(at)
        .filter(~Exists(twice), resolution=key)
        .select_related(
            "article__issuer",
            "edition",
            "quote__speaker",
            "quote__organization",
            "quote__appointment__post__organization",
        )
        .defer(
            "edition__record",
            "edition__body",
            "edition__text",
            "quote__tsv",
            "quote__facets",
        )
        .annotate(cut=Greatest(F("start") - AROUND, 0))
        .annotate(
            around=Substr("edition__text", F("cut") + 1, F("end") - F("cut") + AROUND)
        )
        .fetch_mode(FETCH_RAISE)
    )


def put_into_words(citation: Citation) -> None:
    """Give a citation the words ``before`` and ``after`` it, cut at sentences."""
    start, end = citation.start - citation.cut, citation.end - citation.cut
    citation.before = sentence_before(citation.around[:start], whole=citation.cut == 0)
    citation.words = citation.around[start:end]
    citation.after = sentence_after(
        citation.around[end:], whole=len(citation.around) - end < AROUND
    )


def sentence_before(text: str, *, whole: bool) -> str:
    """The part of a sentence that ends with ``text``: "…" stands for what is cut.

    ``whole``: the text begins with ``text``, so that nothing can be cut before it.
    """
    ends = [match.end() for match in _SENTENCE_ENDS.finditer(text)]
    if ends:
        return text[ends[-1] :].lstrip()
    if whole:
        return text
    return f"…{text.partition(' ')[2] or text}"


def sentence_after(text: str, *, whole: bool) -> str:
    """The part of a sentence that begins with ``text``, in the same way."""
    match = _SENTENCE_ENDS.search(text)
    if match:
        return text[: match.end()].rstrip()
    if whole:
        return text.rstrip()
    return f"{text.rpartition(' ')[0] or text}…"
