"""Places in a text: where words stand, and a block cut at its marks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError

#: How many characters are shown on each side of words that a link led to.
_AROUND = 120


class Mark(NamedTuple):
    """A place to show in the text; ``number`` and ``key`` are its finding's."""

    start: int
    end: int
    name: str
    number: int = 0
    key: str = ""


class Piece(NamedTuple):
    """Words under the same marks.

    ``says`` is for those who do not see marks: what begins here, and of which finding.
    ``notes`` are the number and key of each finding whose words end here.
    """

    text: str
    classes: str = ""
    says: str = ""
    notes: tuple[tuple[int, str], ...] = ()


@dataclass
class Note:
    """What stands beside the text at a place; its kind says how it is drawn.

    quote and citation stand already; decision and reference are to be decided.
    """

    at: int
    kind: str
    values: dict[str, Any]


#: What a mark is called where it cannot be seen; the others are read as they stand.
SAYS = {"speaker": "speaker of", "cue": "cue of"}


@dataclass
class Row:
    """One block of the text, and what stands in its margin."""

    tag: str
    pieces: list[Piece]
    notes: list[Note] = field(default_factory=list)
    #: Where a link led to, the first of its rows.
    sought: bool = False


def sought(asked: str, text: str) -> tuple[int, int] | None:
    """The place that an address asks for as ``?at=120-131``, if it is in the text."""
    start, _, end = asked.partition("-")
    # isdecimal knows digits that int does not take in such numbers.
    if not (asked.isascii() and start.isdecimal() and end.isdecimal()):
        return None
    if len(asked) > 20 or not int(start) < int(end) <= len(text):
        return None
    return int(start), int(end)


class Passage(NamedTuple):
    """Words that a link led to, in their line: for a text in a plain field."""

    before: str
    words: str
    after: str
    line: int


def passage(asked: str, text: str) -> Passage | None:
    """The same place with the words around it."""
    found = sought(asked, text)
    if found is None:
        return None
    start, end = found
    before = text[:start].rpartition("\n")[2]
    after = text[end:].partition("\n")[0]
    return Passage(
        f"…{before[-_AROUND:]}" if len(before) > _AROUND else before,
        text[start:end],
        f"{after[:_AROUND]}…" if len(after) > _AROUND else after,
        text.count("\n", 0, start) + 1,
    )


def place(text: str, words: str, occurrence: int | None) -> tuple[int, int]:
    """Where words stand in a text. Raises ValidationError unless it is one place."""
    wanted = words.replace("\r\n", "\n").strip().strip('“”„"«»').strip()
    found = []
    at = text.find(wanted) if wanted else -1
    while at >= 0:
        found.append(at)
        at = text.find(wanted, at + len(wanted))
    if not found:
        raise ValidationError(
            "These words do not stand in the text. Copy them exactly, without the "
            "quotation marks."
        )
    if occurrence is None:
        if len(found) > 1:
            raise ValidationError(
                f"These words stand in the text {len(found)} times. Say which: "
                + "; ".join(
                    f"{number}: …{text[max(0, at - 20) : at + 20]}…".replace("\n", " ")
                    for number, at in enumerate(found[:9], 1)
                ),
                code="several",
            )
        occurrence = 1
    if occurrence > len(found):
        raise ValidationError(
            f"These words stand in the text {len(found)} "
            f"{'time' if len(found) == 1 else 'times'} only."
        )
    start = found[occurrence - 1]
    return start, start + len(wanted)


def pieces(text: str, start: int, end: int, marks: Iterable[Mark]) -> list[Piece]:
    """A block's text cut where marks begin and end, each piece with its classes."""
    near = [mark for mark in marks if mark.start < end and mark.end > start]
    cuts = sorted(
        {start, end}
        | {min(max(at, start), end) for mark in near for at in (mark.start, mark.end)}
    )
    return [
        _piece(text, a, b, [m for m in near if m.start <= a and b <= m.end])
        for a, b in pairwise(cuts)
    ]


def _piece(text: str, start: int, end: int, marks: list[Mark]) -> Piece:
    said = []
    for name, words in SAYS.items():
        begun = [m for m in marks if m.name == name and m.start == start]
        numbers = sorted({mark.number for mark in begun})
        if numbers:
            said.append(f"{words} {', '.join(map(str, numbers))}")
    return Piece(
        text[start:end],
        " ".join(sorted({mark.name for mark in marks})),
        "; ".join(said).capitalize(),
        tuple(sorted({(m.number, m.key) for m in marks if m.end == end and m.number})),
    )
