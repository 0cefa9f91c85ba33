"""Quote marks in a body: read, written, taken off, and moved to a changed text.

A mark is one or more ``<span data-quote="PERMALINK">``; only the permalink is
identity, and places are counted in the projection. Re-anchoring lives in ``anchors``.
"""

import unicodedata
from collections.abc import Iterable
from typing import NamedTuple

from .anchors import context, fingerprint, move
from .pieces import DEEPEST, PERMALINK, Piece, Run, parse, placed, serialise

__all__ = ["Mark", "context", "fingerprint", "move", "read", "strip", "write"]


class Mark(NamedTuple):
    """A quote in a body: its permalink and the code points it covers."""

    permalink: str
    start: int
    end: int


def read(html: str) -> list[Mark]:
    """The marks of a clean body, in the order in which they begin.

    Several spans of one permalink are one mark, from the first to the last.
    """
    first: dict[str, int] = {}
    last: dict[str, int] = {}
    for place, piece in placed(parse(html)):
        if isinstance(piece, Run):
            for quote in piece.quotes:
                first.setdefault(quote, place)
                last[quote] = place + len(piece.text)
    marks = (Mark(quote, first[quote], last[quote]) for quote in first)
    return sorted(marks, key=_order)


def write(html: str, marks: Iterable[Mark]) -> str:
    """The body with these marks and no others; its text stays as it is.

    Each mark is written piece by piece, outside strong, em and links, inside
    blocks, so that any nesting stays valid. Marks may touch, nest and overlap: the
    one that begins first is outermost, and of two that overlap the second is
    continued in a second span. A mark begins and ends at words: line ends at its
    edges are trimmed, and an edge inside a combining sequence moves behind it.

    Raises ValueError for a permalink that is none or stands twice, a place outside
    the text or without a word, and for more than eight marks over the same words.
    """
    pieces = list(placed(_bare(parse(html))))
    text = _text(pieces)
    wanted = sorted((_trimmed(mark, text) for mark in marks), key=_order)
    seen: set[str] = set()
    for mark in wanted:
        if mark.permalink in seen:
            raise ValueError(f"The permalink {mark.permalink} is given twice.")
        seen.add(mark.permalink)
    return serialise(cut(pieces, wanted))


def strip(html: str) -> str:
    """The body without any marks."""
    return serialise(_bare(parse(html)))


def cut(pieces: Iterable[tuple[int, Piece]], marks: Iterable[Mark]) -> list[Piece]:
    """Divide the runs of a body where marks begin and end, and put the marks on.

    ``marks`` are sorted; runs keep none of the quotes they had.
    """
    waiting = list(marks)
    waiting.reverse()
    active: list[Mark] = []
    divided: list[Piece] = []
    for place, piece in pieces:
        if not isinstance(piece, Run):
            divided.append(piece)
            continue
        at = place
        end = place + len(piece.text)
        while at < end:
            active = [mark for mark in active if mark.end > at]
            while waiting and waiting[-1].start <= at:
                mark = waiting.pop()
                if mark.end > at:
                    active.append(mark)
            if len(active) > DEEPEST:
                raise ValueError(
                    f"More than {DEEPEST} quotes cover the words at {at}; "
                    "take some of them off."
                )
            stop = min([end, *(mark.end for mark in active)])
            if waiting and waiting[-1].start < stop:
                stop = waiting[-1].start
            quotes = tuple(mark.permalink for mark in active)
            text = piece.text[at - place : stop - place]
            divided.append(Run(text, quotes, piece.marks))
            at = stop
    return divided


def _order(mark: Mark) -> tuple[int, int, str]:
    return mark.start, -mark.end, mark.permalink


def _bare(pieces: Iterable[Piece]) -> list[Piece]:
    return [
        piece._replace(quotes=()) if isinstance(piece, Run) and piece.quotes else piece
        for piece in pieces
    ]


def _text(pieces: list[tuple[int, Piece]]) -> str:
    parts: list[str] = []
    length = 0
    for place, piece in pieces:
        if isinstance(piece, Run):
            if place > length:
                parts.append("\n")
            parts.append(piece.text)
            length = place + len(piece.text)
    return "".join(parts)


def _trimmed(mark: Mark, text: str) -> Mark:
    """The mark with its edges at words, or ValueError."""
    permalink, start, end = mark
    if not PERMALINK.fullmatch(permalink):
        raise ValueError(f"{permalink!r} is no permalink.")
    if not 0 <= start <= end <= len(text):
        raise ValueError(f"The quote {permalink} lies outside the text.")
    while start < end and (text[start] == "\n" or unicodedata.combining(text[start])):
        start += 1
    while end < len(text) and unicodedata.combining(text[end]):
        end += 1
    while start < end and text[end - 1] == "\n":
        end -= 1
    if not text[start:end].strip():
        raise ValueError(f"The quote {permalink} covers no words.")
    return Mark(permalink, start, end)
