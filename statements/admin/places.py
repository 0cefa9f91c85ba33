"""Places in a text: where words stand, and a block cut at its marks."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from django.core.exceptions import ValidationError

from statements.models import Citation


@dataclass
class Row:
    """One block of the text, and what stands in its margin."""

    tag: str
    pieces: list[tuple[str, str]]
    quotes: list[Any] = field(default_factory=list)
    decisions: list[Any] = field(default_factory=list)
    citations: list[Citation] = field(default_factory=list)
    references: list[Any] = field(default_factory=list)


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
                )
            )
        occurrence = 1
    if occurrence > len(found):
        raise ValidationError(
            f"These words stand in the text {len(found)} "
            f"{'time' if len(found) == 1 else 'times'} only."
        )
    start = found[occurrence - 1]
    return start, start + len(wanted)


def pieces(
    text: str, start: int, end: int, spans: list[tuple[int, int, str]]
) -> list[tuple[str, str]]:
    """A block's text cut where marks begin and end, each with its classes."""
    near = [(a, b, name) for a, b, name in spans if a < end and b > start]
    cuts = sorted(
        {start, end} | {min(max(at, start), end) for a, b, _ in near for at in (a, b)}
    )
    return [
        (
            text[a:b],
            " ".join(sorted({name for x, y, name in near if x <= a and b <= y})),
        )
        for a, b in pairwise(cuts)
    ]
