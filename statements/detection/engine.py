"""The steps in order, nothing else."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from . import citations, speakers
from .attribution import Attributor
from .findings import Dropped, Findings, Roster, Span
from .marks import pairs
from .names import Names
from .words import Words, inside

LONGEST = 1_000_000
_NOBODY = Roster()


class TextTooLong(ValueError):
    """A text of more than ``LONGEST`` code points."""


_PLAYER = re.compile(
    r"^[^\S\n]*(?:"
    r"your browser does(?:n['’]t| not) support (?:html5|the (?:audio|video)|iframes)"
    r"[^\n]{0,80}"
    r"|the code has been copied to your clipboard\.?"
    r"|embed|share|embed share|print|no media source currently available"
    r"|the url has been copied to your clipboard\.?"
    r")[^\S\n]*$",
    re.IGNORECASE,
)


def boilerplate(text: str) -> tuple[Dropped, ...]:
    """Whole lines that a web player left in a pasted text.

    The span takes the line break with it: dropping it leaves no empty line.
    """
    dropped: list[Dropped] = []
    position = 0
    for line in text.splitlines(keepends=True):
        end = position + len(line)
        if len(line) < 200 and _PLAYER.match(line.rstrip("\r\n")):
            dropped.append(
                Dropped(Span(position, end), line.strip(), "player fallback")
            )
        position = end
    return tuple(dropped)


def detect(
    text: str,
    *,
    on: date | None = None,
    roster: Roster = _NOBODY,
    known: Mapping[str, date | None] | None = None,
) -> Findings:
    """Find the quotes of a text, who said them, and the resolutions it cites."""
    if len(text) > LONGEST:
        raise TextTooLong(
            f"The text has {len(text):,} characters; at most {LONGEST:,} are read."
        )
    dropped = boilerplate(text)
    gone = [(item.span.start, item.span.end) for item in dropped]
    quotes = [pair for pair in pairs(text) if not inside(pair.start, gone)]
    words = Words(text, quotes, gone)
    attributor = Attributor(words, Names(text), roster, on)
    found = attributor.findings(speakers.find(words))
    cited = tuple(
        item
        for item in citations.find(text, on=on, known=known)
        if not inside(item.span.start, gone)
    )
    return Findings(tuple(found), cited, dropped)
