"""The steps in order, nothing else."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from itertools import accumulate

from . import citations, confidence, indirect, layouts, speakers, unclosed, wholes
from .attribution import Attributor, place_of
from .findings import (
    Attribution,
    Dropped,
    Findings,
    QuoteFinding,
    Roster,
    Span,
)
from .folding import fold, unfold
from .given_names import is_given
from .marks import Pair, pairs
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


# By Ada Brandt · By ADA BRANDT and TEODOR LINDQVIST, Harrowmere News
_BYLINE = re.compile(
    r"^By:?[ \u00a0](?:(?:and|de|la|van|von|der|al)[ \u00a0]){0,2}"
    r"[^\W\d_a-z][\w.’'-]{0,30}"
    r"(?:,?[ \u00a0](?:(?:and|de|la|van|von|der|al)[ \u00a0]){0,2}"
    r"[^\W\d_a-z][\w.’'-]{0,30}){1,7}$"
)
_BYLINES = 6  # lines at the head of a text among which a byline may stand


def boilerplate(text: str) -> tuple[Dropped, ...]:
    """Whole lines that are no part of a statement: a web player's, a byline.

    The span takes the line break with it: dropping it leaves no empty line.
    """
    dropped: list[Dropped] = []
    position = 0
    seen = 0
    for line in text.splitlines(keepends=True):
        end = position + len(line)
        words = line.strip() if len(line) < 200 else ""
        seen += bool(line.strip())
        why = ""
        if words and _PLAYER.match(words):
            why = "player fallback"
        elif words and seen <= _BYLINES and _byline(words):
            why = "byline"
        if why:
            dropped.append(Dropped(Span(position, end), words, why))
        position = end
    return tuple(dropped)


def _byline(line: str) -> bool:
    """By Ada Brandt, but not "By Land and Sea": a given name, or capitals all over."""
    if not _BYLINE.match(line):
        return False
    first = line.split()[1].strip(",.:")
    return is_given(first) or (line[3:].isupper() and len(line.split()) > 2)


def _together(
    found: list[QuoteFinding], said: list[QuoteFinding]
) -> list[QuoteFinding]:
    """Quotes and turns in order: no quote inside a turn, no speaker from inside one."""
    if not said:
        return found
    taken = [(turn.span.start, turn.span.end) for turn in said]
    kept = list(said)
    for each in found:
        span, place = each.span, each.attribution.span
        if inside(span.start, taken) or inside(span.end - 1, taken):
            continue
        after = bisect_left(taken, (span.start, 0))
        if after < len(taken) and taken[after][0] < span.end:
            continue
        if place is not None and inside(place.start, taken):
            each = QuoteFinding(
                span, each.kind, Attribution(), "none", confidence.NOBODY, "nobody"
            )
        kept.append(each)
    return sorted(kept, key=lambda each: each.span.start)


def _reported(
    words: Words, attributor: Attributor, found: list[QuoteFinding]
) -> list[QuoteFinding]:
    """The findings, and the indirect speech that stands clear of all of them."""
    taken = [(each.span.start, each.span.end) for each in found]
    named = (each.attribution.span for each in found)
    taken = sorted(taken + [(span.start, span.end) for span in named if span])
    starts = [start for start, _ in taken]
    furthest = list(accumulate((end for _, end in taken), max))
    more: list[QuoteFinding] = []
    for item in indirect.find(words):
        span, source = item.span, item.source
        before = bisect_left(starts, span.end)
        if before and furthest[before - 1] > span.start:
            continue
        place = place_of(source)
        if place.start < span.end and span.start < place.end:
            continue
        meant = attributor.meaning.meant(source.sentence, source.phrase)
        who = attributor.attribution(meant, place, "explicit", source.cue)
        sure = 0.75 if who.full_name or who.organization else 0.6
        more.append(QuoteFinding(span, "indirect", who, "indirect", sure, "indirect"))
    return sorted([*found, *more], key=lambda each: each.span.start) if more else found


def _as_printed(finding: QuoteFinding, text: str, printed: str) -> QuoteFinding:
    """A finding in a folded text, with the words as the page prints them."""
    who = finding.attribution
    who = replace(
        who,
        speaker=who.span.of(printed) if who.span else who.speaker,
        cue=who.cue_span.of(printed) if who.cue_span else who.cue,
        full_name=unfold(text, printed, who.full_name),
        title=unfold(text, printed, who.title),
        organization=unfold(text, printed, who.organization),
        office=unfold(text, printed, who.office),
    )
    return replace(finding, attribution=who)


def _turns(
    words: Words, names: Names, attributor: Attributor, quotes: list[Pair]
) -> list[QuoteFinding]:
    """Words without marks that a label or a heading gives to somebody."""
    said = layouts.turns(words.text, names)
    if not said:
        body = wholes.whole(words, quotes, attributor.meaning)
        said = [body] if body is not None else []
    found: list[QuoteFinding] = []
    for turn in said:
        who = attributor.attribution(turn.meant, turn.label, "label")
        named = bool(who.full_name) and turn.meant.sure
        sure, sort = (0.95, ", full name") if named else (0.85, "")
        if who.warnings or len(who.candidates) > 1:
            sure = confidence.UNDECIDED
        found.append(
            QuoteFinding(turn.span, "block", who, turn.rule, sure, turn.rule + sort)
        )
    return found


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
    printed, text = text, fold(text)
    gone = [(item.span.start, item.span.end) for item in dropped]
    marked = unclosed.straight(text, unclosed.ended(text, pairs(text)))
    quotes = [pair for pair in marked if not inside(pair.start, gone)]
    words = Words(text, quotes, gone)
    names = Names(text)
    attributor = Attributor(words, names, roster, on)
    said = _turns(words, names, attributor, quotes)
    found = attributor.findings(speakers.find(words))
    found = _together(found, said)
    found = _reported(words, attributor, found)
    if text is not printed:
        found = [_as_printed(each, text, printed) for each in found]
    cited = tuple(
        item
        for item in citations.find(printed, on=on, known=known)
        if not inside(item.span.start, gone)
    )
    return Findings(tuple(found), cited, dropped)
