"""Resolutions: who named them, when, and in which words."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.db.models import (
    FETCH_RAISE,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Value,
)
from django.db.models.functions import Coalesce, Greatest, Now, Substr
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from statements.detection import citations
from statements.exchange import tables
from statements.models import Citation, Resolution, ResolutionRelation

from . import catalogues, former, linking, paging
from .answers import Moved, draw, page, until_the_minute
from .matrix import Chosen, matrix

SIZE = 20
MANY = 100
#: Rows of a table to keep; the newest, if there are more.
MOST = 10_000
#: Relations of one resolution, and resolutions that one name may mean.
RELATED, ALIKE = 100, 20
#: Code points of a text that are read on each side of a citation in it.
AROUND = 240

#: What the table of quotes holds, by the names of its columns. Never rename, add last.
COLUMNS = (
    "said_on",
    "speaker",
    "office",
    "organization",
    "words",
    "language",
    "verdict",
    "resolution",
    "printed_as",
    "pinpoint",
    "quote_url",
    "statement",
    "statement_url",
)

_SENTENCE_ENDS = re.compile(r"[.!?…؟。][”’\"')\]]*\s+|\n")


@page
def resolutions(request: HttpRequest) -> HttpResponse:
    """All resolutions, the latest adopted first; ``?ref=UNSCR 2417`` leads to one.

    ``?body=``, ``?year=``, ``?state=standing``, ``?state=ended`` and ``?topic=`` narrow
    them down.
    """
    if "ref" in request.GET:
        return _lead_to(request, request.GET["ref"])
    rows = (
        Resolution.objects.counted()
        .select_related("body")
        # Those without a day come last.
        .annotate(adopted=Coalesce("adopted_on", Value(dt.date.min)))
        .fetch_mode(FETCH_RAISE)
    )
    narrowed = catalogues.resolutions(rows, request.GET)
    return draw(
        request,
        "statements/resolutions.html",
        {
            "narrowed": narrowed,
            "page": paging.read(narrowed.rows, request.GET, by="adopted", size=MANY),
            "section": "resolutions",
        },
    )


@page
def resolution(request: HttpRequest, body: str, slug: str) -> HttpResponse:
    """One resolution: what became of it, who said what about it, when.

    ``?speaker=``, ``?organization=`` and ``?year=`` keep the words of one voice or one
    year. One voice is read in the order in which it spoke, all else newest first.
    """
    found = _public(body, slug)
    if found is None:
        former.nothing_here(request, Resolution, body__slug=body, slug=slug)
    at, chosen = found.as_of, Chosen.read(request.GET)
    one_voice = bool(chosen.speaker or chosen.organization)
    named = paging.read(
        mentions(found.pk, at).filter(**chosen.conditions),
        request.GET,
        by="said_on",
        size=SIZE,
        ascending=one_voice,
    )
    for citation in named.items:
        if citation.quote_id is None:
            put_into_words(citation)
    if one_voice and not named.items:
        _ask_by_the_name_of_today(found, chosen)
    voice = None
    if one_voice and named.items:
        quote = named.items[0].quote
        voice = quote.speaker if chosen.speaker else quote.organization
    related = _relations(found.pk, at)
    return draw(
        request,
        "statements/resolution.html",
        {
            "resolution": found,
            "linked": linking.resolution(
                found, related.pop("does"), ended=bool(related["ended"])
            ),
            "page": named,
            "matrix": matrix(found.pk, at, chosen),
            **related,
            "chosen": chosen,
            "voice": voice,
            "csv": f"{found.get_absolute_url()}quotes.csv{chosen.address}",
            "section": "resolutions",
        },
        at=at,
    )


def _ask_by_the_name_of_today(found: Resolution, chosen: Chosen) -> None:
    """Raise Moved if the voice asked for has another address now: renamed or merged."""
    noun = "speaker" if chosen.speaker else "organization"
    route = "spokesperson" if chosen.speaker else "organization"
    slug = getattr(chosen, noun)
    try:
        former.nothing_at(reverse(route, args=[slug]))
    except Moved as moved:
        today = moved.to.rstrip("/").rpartition("/")[2]
    except Http404:
        return
    if today != slug:
        asked = replace(chosen, **{noun: today})
        raise Moved(f"{found.get_absolute_url()}{asked.address}")


@page
def quotes_csv(request: HttpRequest, body: str, slug: str) -> HttpResponse:
    """The quotes that name a resolution as a table, the newest first.

    It takes the questions that the page takes, and moves and goes with it.
    """
    found = _public(body, slug)
    if found is None:
        try:
            former.nothing_at(
                reverse("resolution", args=[body, slug]),
                Resolution,
                body__slug=body,
                slug=slug,
            )
        except Moved as moved:
            raise Moved(f"{moved.to}quotes.csv") from None
    chosen = Chosen.read(request.GET)
    rows = (
        mentions(found.pk, found.as_of)
        .filter(quote__isnull=False, **chosen.conditions)
        .newest()[:MOST]
    )
    response = HttpResponse(
        tables.write(COLUMNS, (_line(found, citation) for citation in rows)),
        content_type="text/csv; charset=utf-8; header=present",
    )
    response["Content-Disposition"] = f'attachment; filename="{body}-{slug}-quotes.csv"'
    response["Cache-Control"] = until_the_minute(found.as_of)
    return response


def _line(found: Resolution, citation: Citation) -> list[str]:
    """One quote in the order of COLUMNS."""
    quote = citation.quote
    office = quote.appointment.post if quote.appointment else None
    if office is not None:
        organization = office.organization.name
    else:
        organization = quote.organization.name if quote.organization else ""
    return [
        citation.said_on.isoformat(),
        quote.speaker.name if quote.speaker else "",
        office.label if office else quote.title_as_printed,
        organization,
        quote.words,
        quote.language,
        quote.verdict,
        found.symbol,
        citation.printed,
        citation.pinpoint,
        settings.SITE_URL + quote.get_absolute_url(),
        citation.edition.title,
        settings.SITE_URL + citation.article.get_absolute_url(),
    ]


def _public(body: str, slug: str) -> Resolution | None:
    return (
        Resolution.objects.public()
        .filter(body__slug=body, slug=slug)
        .select_related("body")
        .annotate(as_of=Now())
        .fetch_mode(FETCH_RAISE)
        .first()
    )


def _relations(key: int, at: dt.datetime) -> dict[str, Any]:
    """What it does to others and they to it, in words, and what ended it. One query.

    ``relations``: words, then the resolutions with their pinpoints, those that readers
    may know. ``ended``: the relations that end or replace this one. ``does``: kind and
    resolution of what this one does itself.
    """
    public = Resolution.objects.public(at).values("pk")
    found = (
        ResolutionRelation.objects.filter(
            Q(resolution=key, other__in=public) | Q(other=key, resolution__in=public)
        )
        .select_related("resolution__body", "other__body")
        .order_by("kind", "pk")
        .fetch_mode(FETCH_RAISE)[:RELATED]
    )
    kinds = ResolutionRelation.Kind
    words = {
        (kinds.AMENDS, True): _("Amends"),
        (kinds.AMENDS, False): _("Amended by"),
        (kinds.RECALLS, True): _("Recalls"),
        (kinds.RECALLS, False): _("Recalled by"),
        (kinds.EXTENDS, True): _("Extends"),
        (kinds.EXTENDS, False): _("Extended by"),
        (kinds.REPLACES, True): _("Replaces"),
        (kinds.REPLACES, False): _("Replaced by"),
        (kinds.ENDS, True): _("Ends"),
        (kinds.ENDS, False): _("Ended by"),
    }
    grouped: dict[str, list[dict[str, Any]]] = {}
    ended, does = [], []
    for relation in found:
        ours = relation.resolution_id == key
        other = relation.other if ours else relation.resolution
        kind = kinds(relation.kind)
        line = {"resolution": other, "pinpoint": relation.pinpoint}
        grouped.setdefault(words[kind, ours], []).append(line)
        if ours:
            does.append((kind, other))
        elif kind in {kinds.ENDS, kinds.REPLACES}:
            ended.append({**line, "replaced": kind == kinds.REPLACES})
    return {"relations": list(grouped.items()), "ended": ended, "does": does}


@page
def reference(request: HttpRequest, symbol: str) -> HttpResponse:
    """Lead from a symbol as the United Nations write it to the resolution's page."""
    return _lead_to(request, symbol.rstrip("/"))


def _lead_to(request: HttpRequest, reference: str) -> HttpResponse:
    """Raise Moved to the resolution that a printed form names, or Http404.

    A name that several bear, which nobody can guess for the reader, gives a page of
    them to choose from.
    """
    name = " ".join(reference[:200].replace("\0", " ").split())
    wanted = Q(aliases__name__iexact=name)
    symbol = citations.parse(name) or citations.parse(name.upper())
    if symbol is not None:
        wanted |= Q(symbol=symbol)
    found = list(
        Resolution.objects.public()
        .filter(wanted)
        .select_related("body")
        .distinct()
        .fetch_mode(FETCH_RAISE)[:ALIKE]
    )
    if not found:
        raise Http404
    if len(found) == 1:
        raise Moved(found[0].get_absolute_url())
    return draw(
        request,
        "statements/resolution_choices.html",
        {"reference": name, "resolutions": found, "section": "resolutions"},
    )


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
