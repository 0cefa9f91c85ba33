"""A quotation beside words that may be its own: how it stands to them, and best first.

The verbatim check judges, with what was found in the place of a source.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple

from statements.detection.findings import Span
from statements.detection.verbatim import check
from statements.detection.verdicts import (
    Class,
    Operation,
    Outcome,
    SourceText,
    Turn,
    Verdict,
)
from statements.models import Edition, Quote, SourceVersion
from statements.models import Turn as SourceTurn

#: Characters of long texts that are read for one quotation; about a tenth of a second.
MOST_READ = 2_000_000
#: Words of a quote, at least, that are told to be a part of what was pasted.
_FEWEST = 3
#: What is shown of a text around the words found.
_AROUND = 120


class Standing(StrEnum):
    """How a quotation stands to words, the best first.

    ``part`` is the other way round: the words stand in the quotation, among others.
    """

    EXACT = "exact"
    MARKED = "marked"
    STYLE = "style"
    FILLERS = "fillers"
    PART = "part"
    ALTERED = "altered"
    NEAR = "near"


_ORDER = {standing: number for number, standing in enumerate(Standing)}
_CLASSES = {
    Class.STYLE: Standing.STYLE,
    Class.EMPHASIS: Standing.STYLE,
    Class.FILLERS: Standing.FILLERS,
}


class Piece(NamedTuple):
    """Words of the quotation, of what was said instead, or of both."""

    sign: str
    text: str


@dataclass(frozen=True, slots=True)
class Match:
    """Words that a quotation was compared with, and what came of it.

    One of ``quote``, ``edition`` and ``source`` says where they stand; ``said`` are
    the words found there, with those ``before`` and ``after``. ``pieces`` tell word
    by word what is not the same, ``edits`` what is marked or is no matter.
    """

    standing: Standing
    said: str
    share: float
    place: Span
    pieces: tuple[Piece, ...] = ()
    edits: tuple[Operation, ...] = ()
    before: str = ""
    after: str = ""
    quote: Quote | None = None
    edition: Edition | None = None
    source: SourceVersion | None = None
    turn: SourceTurn | None = None
    unpublished: bool = False

    @property
    def found(self) -> bool:
        """Whether it is this place, and not merely like it."""
        return self.standing is not Standing.NEAR

    @property
    def changes(self) -> int:
        """In how many places words differ."""
        signs = ["same", *(piece.sign for piece in self.pieces)]
        return sum(a == "same" != b for a, b in pairwise(signs))

    @property
    def on(self) -> dt.date:
        """The day on which it was said, or that of the text."""
        day = None
        if self.quote is not None:
            day = self.quote.said_on or self.quote.article.dated
        elif self.edition is not None:
            day = self.edition.article.dated
        elif self.source is not None:
            day = self.source.source.held_on
        return day or dt.date.min


def ordered(matches: Iterable[Match]) -> list[Match]:
    """The best first, and of those that are as good the newest."""
    return sorted(
        matches,
        key=lambda match: (
            _ORDER[match.standing],
            -round(match.share, 2),
            match.unpublished,
            -match.on.toordinal(),
        ),
    )


def of_quotes(
    quotation: str, quotes: Sequence[Quote], *, unpublished: bool = False
) -> list[Match]:
    """Those quotes that have the words, or nearly."""
    found = []
    pasted = SourceText(quotation)
    for quote in quotes:
        match = _match(quotation, SourceText(quote.text))
        if match is None or not match.found:
            # What was pasted may hold more than one quote, or all of a shortened one.
            match = _part(quote.text, pasted) or match
        if match is not None:
            found.append(replace(match, quote=quote, unpublished=unpublished))
    return found


def of_editions(
    quotation: str, editions: Sequence[Edition], known: Iterable[Match]
) -> list[Match]:
    """Those texts that have the words, or nearly, outside of the quotes known."""
    taken = [
        (match.quote.edition_id, match.quote.start or 0, match.quote.end or 0)
        for match in known
        if match.quote is not None
    ]
    found = []
    for edition in _as_many(editions):
        match = _match(quotation, SourceText(edition.text))
        if match is not None and not any(
            key == edition.pk and start < match.place.end and match.place.start < end
            for key, start, end in taken
        ):
            found.append(replace(match, edition=edition))
    return found


def of_sources(
    quotation: str, versions: Sequence[SourceVersion], turns: Iterable[SourceTurn]
) -> list[Match]:
    """Those sources that have the words, or nearly, and in whose turn."""
    by_version: dict[int, list[SourceTurn]] = {}
    for turn in turns:
        by_version.setdefault(turn.version_id, []).append(turn)
    found = []
    for version in _as_many(versions):
        mine = by_version.get(version.pk, [])
        said = SourceText(
            version.text,
            turns=tuple(Turn(Span(t.start, t.end), t.label) for t in mine),
        )
        match = _match(quotation, said)
        if match is not None:
            inside = (
                t
                for t in mine
                if t.start <= match.place.start and match.place.end <= t.end
            )
            found.append(replace(match, source=version, turn=next(inside, None)))
    return found


def _as_many[Row: (Edition, SourceVersion)](rows: Sequence[Row]) -> list[Row]:
    """As many texts as may be read, the first of them in any case."""
    kept: list[Row] = []
    left = MOST_READ
    for row in rows:
        if not kept or len(row.text) <= left:
            kept.append(row)
            left -= len(row.text)
    return kept


def _match(quotation: str, source: SourceText) -> Match | None:
    verdict = check(quotation, [source])
    span = verdict.span
    if span is None:
        return None
    match verdict.outcome:
        case Outcome.VERBATIM:
            standing = Standing.EXACT
        case Outcome.MARKED:
            standing = Standing.MARKED
        case Outcome.DIFFERS:
            standing = _CLASSES.get(verdict.rank or Class.WORDS, Standing.ALTERED)
        case _:
            standing = Standing.NEAR
    text = source.text
    edits = tuple(edit for edit in verdict.operations if not _printed_so(edit))
    if standing is Standing.MARKED and not edits:
        standing = Standing.EXACT
    return Match(
        standing,
        span.of(text),
        verdict.share,
        span,
        _pieces(quotation, verdict),
        edits,
        _last(text[max(0, span.start - _AROUND) : span.start], span.start > _AROUND),
        _first(text[span.end : span.end + _AROUND], len(text) > span.end + _AROUND),
    )


def _printed_so(edit: Operation) -> bool:
    """Whether what looks like an edit of the quotation is printed in that place too.

    Quotes that were published hold ellipses and brackets of their own, and capitals
    are no matter as long as no bracket tells of them.
    """
    if edit.kind == "omission":
        return not edit.words
    if edit.kind == "case":
        return "[" not in edit.printed or "[" in edit.said
    return edit.printed.strip("[] ").casefold() == edit.said.strip("[] ").casefold()


def _part(words: str, quotation: SourceText) -> Match | None:
    """Words that the quotation holds too, among others or in full."""
    # An ellipsis may stand for much, but words alone have no room in fewer.
    if len(words) > len(quotation.text) + _AROUND:
        return None
    verdict = check(words, [quotation])
    span = verdict.span
    good = verdict.outcome in (Outcome.VERBATIM, Outcome.MARKED)
    if span is None or not good or len(re.findall(r"\w+", words)) < _FEWEST:
        return None
    return Match(
        Standing.PART,
        words,
        (span.end - span.start) / len(quotation.text),
        Span(0, len(words)),
        edits=verdict.operations,
    )


def _pieces(quotation: str, verdict: Verdict) -> tuple[Piece, ...]:
    """The quotation with what was said instead, word by word.

    >>> _pieces("will sail", verdict_of("will not sail"))
    (Piece('same', 'will '), Piece('out', 'not '), Piece('same', 'sail'))
    """
    pieces: list[Piece] = []
    at = 0
    for each in sorted(verdict.differences, key=lambda d: (d.quote.start, d.quote.end)):
        if each.quote.start < at:
            continue
        pieces.append(Piece("same", quotation[at : each.quote.start]))
        put_in = each.quote.of(quotation)
        if each.said:
            # Words of the source alone bring no blank along.
            alone = not put_in and not quotation[each.quote.start :][:1].isspace()
            pieces.append(Piece("out", f"{each.said} " if alone else each.said))
        if put_in:
            pieces.append(Piece("in", put_in))
        at = each.quote.end
    pieces.append(Piece("same", quotation[at:]))
    return tuple(piece for piece in pieces if piece.text)


def _last(words: str, cut: bool) -> str:
    """The end of what stands before, from a whole word on, in its paragraph."""
    words = words.rpartition("\n")[2] if "\n" in words else words
    if cut and " " in words and len(words) == _AROUND:
        words = f"… {words.partition(' ')[2]}"
    return words


def _first(words: str, cut: bool) -> str:
    words = words.partition("\n")[0]
    if cut and " " in words and len(words) == _AROUND:
        words = f"{words.rpartition(' ')[0]} …"
    return words
