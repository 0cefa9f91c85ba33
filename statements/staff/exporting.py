"""All quotes that answer a question, as a file: as many as there are, as they are read.

An answer is sent while it is made, a page of rows after the other, so that the first
line comes at once and no more than a page is ever held.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db.models import FETCH_RAISE, Prefetch, QuerySet
from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone

from statements.exchange import citations, sheets, tables
from statements.models import Citation, Quote
from statements.search import query as questions
from statements.search.walking import every

from . import citing
from .doors import staff_page

type Quotes = Iterator[Quote]

#: Headings of a table, and how many letters wide a sheet shows each.
COLUMNS = (
    ("Address", 38),
    ("Words", 80),
    ("Speaker", 24),
    ("Office on that day", 36),
    ("Organisation", 28),
    ("Said on", 12),
    ("Statement", 48),
    ("Address of the statement", 48),
    ("Resolutions", 24),
    ("Topics", 24),
    ("Verbatim check", 20),
    ("Language", 10),
)
#: Programs for sums read a table as UTF-8 if it begins so.
_BOM = "\ufeff"


@dataclass(frozen=True)
class Form:
    """How a file is made of quotes: its media type, and what it is called."""

    name: str
    media_type: str
    make: Callable[[Quotes], Iterator[str] | Iterator[bytes]]


def _csv(quotes: Quotes) -> Iterator[str]:
    yield _BOM
    headings = [heading for heading, _width in COLUMNS]
    yield from tables.lines(headings, (map(str, _cells(one)) for one in quotes))


def _xlsx(quotes: Quotes) -> Iterator[bytes]:
    return sheets.write("Quotes", COLUMNS, map(_cells, quotes))


def _jsonl(quotes: Quotes) -> Iterator[str]:
    for quote in quotes:
        told = {
            "address": citing.address(quote),
            "words": quote.words,
            "speaker": citing.speaker(quote),
            "office": quote.office,
            "organization": _organization(quote),
            "said_on": quote.said_on.isoformat(),
            "statement": quote.edition.title,
            "statement_address": citing.statement(quote),
            "resolutions": _resolutions(quote),
            "topics": _topics(quote),
            "verdict": quote.verdict,
            "language": quote.language,
        }
        yield json.dumps(told, ensure_ascii=False) + "\n"


def _ris(quotes: Quotes) -> Iterator[str]:
    return (citations.ris(citing.citable(one)) for one in quotes)


def _bibtex(quotes: Quotes) -> Iterator[str]:
    return (citations.bibtex(citing.citable(one)) for one in quotes)


FORMS = {
    "csv": Form("CSV", "text/csv", _csv),
    "xlsx": Form(
        "Excel",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        _xlsx,
    ),
    "jsonl": Form("JSON Lines", "application/jsonl", _jsonl),
    "ris": Form("RIS", "application/x-research-info-systems", _ris),
    "bib": Form("BibTeX", "application/x-bibtex", _bibtex),
}


@staff_page("view_quote")
def export(request: HttpRequest, form: str) -> HttpResponseBase:
    """What the question in the address finds, the newest first, to the last row."""
    wanted = FORMS[form]
    query = questions.from_params(request.GET)
    response = StreamingHttpResponse(
        () if request.method == "HEAD" else wanted.make(every(query, rows())),
        content_type=wanted.media_type
        if form == "xlsx"
        else f"{wanted.media_type}; charset=utf-8",
    )
    day = timezone.localdate()
    response["Content-Disposition"] = (
        f'attachment; filename="quotes-{day:%Y-%m-%d}.{form}"'
    )
    return response


def rows() -> QuerySet[Quote]:
    """What a row tells, and no more: quotes that everybody may read now."""
    return (
        Quote.objects.public()
        .for_list()
        .select_related("article__issuer", "article__kind")
        .prefetch_related(
            "article__tags",
            Prefetch(
                "citations",
                Citation.objects.select_related("resolution__body").order_by("start"),
            ),
        )
        .fetch_mode(FETCH_RAISE)
    )


def _cells(quote: Quote) -> list[str | dt.date]:
    return [
        citing.address(quote),
        quote.words,
        citing.speaker(quote),
        quote.office,
        _organization(quote),
        quote.said_on,
        quote.edition.title,
        citing.statement(quote),
        "; ".join(_resolutions(quote)),
        "; ".join(_topics(quote)),
        quote.get_verdict_display(),
        quote.language,
    ]


def _organization(quote: Quote) -> str:
    return quote.organization.name if quote.organization else ""


def _resolutions(quote: Quote) -> list[str]:
    return list(dict.fromkeys(one.resolution.symbol for one in quote.citations.all()))


def _topics(quote: Quote) -> list[str]:
    return sorted(tag.name for tag in quote.article.tags.all())
