"""HTML to plain text; places count code points.

The rule, the same in the editor's script: the text is the text nodes in order,
literally, with their line ends (U+000A) left out; a <br> is "\\n"; and where a block
(see ``pieces.BLOCKS``) begins or ends between two texts there is one "\\n". So list
items, table cells and paragraphs of a quotation are lines like any other, the text
neither begins nor ends with "\\n", and a no-break space stays itself. White space is
not collapsed here: ``clean`` has done that.
"""

from collections.abc import Iterable
from typing import NamedTuple

from .pieces import BLOCKS, Piece, Run, parse, placed, serialise
from .sanitise import clean
from .tokens import Text, tokens

_WORDS_A_MINUTE = 220


class Block(NamedTuple):
    """A top-level block and its span of the text; a <hr> has an empty one."""

    tag: str
    start: int
    end: int


def to_text(html: str) -> str:
    """The plain text of a clean body."""
    parts: list[str] = []
    boundary = False
    for token in tokens(html):
        if isinstance(token, Text):
            text = token.text.replace("\n", "")
            if not text:
                continue
        elif token.name == "br":
            text = "\n"
        else:
            boundary = boundary or token.name in BLOCKS
            continue
        if boundary and parts:
            parts.append("\n")
        boundary = False
        parts.append(text)
    return "".join(parts)


def minutes(text: str, language: str) -> int | None:
    """Reading time; None where words are not set apart by blanks."""
    if language == "zh":
        return None
    return max(1, round(len(text.split()) / _WORDS_A_MINUTE))


def blocks(html: str) -> list[Block]:
    """The top-level blocks in order, with their spans in ``to_text(html)``."""
    return [
        Block(tag, start, end) for tag, start, end, _ in divided(placed(parse(html)))
    ]


def divided(
    pieces: Iterable[tuple[int, Piece]],
) -> list[tuple[str, int, int, list[tuple[int, Piece]]]]:
    """Top-level blocks as (tag, start, end, placed pieces)."""
    found: list[tuple[str, int, int, list[tuple[int, Piece]]]] = []
    depth = 0
    inside: list[tuple[int, Piece]] = []
    name = ""
    for place, piece in pieces:
        inside.append((place, piece))
        if isinstance(piece, Run):
            if depth:
                continue
            name = "p"  # bare text: no clean body has any
        else:
            if depth == 0:
                name = piece.name
            depth += piece.step
        if depth == 0:
            runs = [(at, each) for at, each in inside if isinstance(each, Run)]
            start = runs[0][0] if runs else place
            end = runs[-1][0] + len(runs[-1][1].text) if runs else place
            found.append((name, start, end, inside))
            inside = []
    return found


def drop(html: str, spans: Iterable[tuple[int, int]]) -> str:
    """The body without the text in these spans of its projection, clean again.

    Blocks that lose all their text go with it; a span that reaches from one block
    into the next joins nothing.
    """
    wanted = _merged(spans)
    kept: list[Piece] = []
    index = 0
    for place, piece in placed(parse(html)):
        if not isinstance(piece, Run):
            kept.append(piece)
            continue
        end = place + len(piece.text)
        while index < len(wanted) and wanted[index][1] <= place:
            index += 1
        at, here = place, index
        while here < len(wanted) and wanted[here][0] < end:
            start, stop = wanted[here]
            if start > at:
                kept.append(piece._replace(text=piece.text[at - place : start - place]))
            at = max(at, stop)
            here += 1
        if at < end:
            kept.append(piece._replace(text=piece.text[at - place :]))
    return clean(serialise(kept))


def _merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if start >= end:
            continue
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
