"""What is checked once a reference is read: catalogue, dates, near misses, paragraph.

Apart from the grammar: nothing here changes which resolution is meant.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from . import citation_forms as forms
from .findings import CitationFinding, Span


@dataclass(slots=True)
class Draft:
    """A finding on its way; ``group`` numbers the list it stands in."""

    start: int
    end: int
    symbol: str
    body: str
    confidence: float
    candidates: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    group: int = -1


def near_misses(drafts: list[Draft]) -> None:
    """Warn of a number one digit away from one that the text uses more often.

    1710 for 1701 is a real slip, both of 2006. Numbers of one list are no slips.
    """
    groups: dict[str, list[int]] = defaultdict(list)
    for draft in drafts:
        if draft.body == "un-sc" and draft.symbol:
            groups[draft.symbol].append(draft.group)
    often = [symbol for symbol, uses in groups.items() if len(uses) > 1]
    if len(often) > 40:
        return
    for draft in drafts:
        uses = groups.get(draft.symbol, [])
        if len(uses) != 1:
            continue
        for other in often:
            together = draft.group >= 0 and draft.group in groups[other]
            if not together and one_off(draft.symbol, other):
                draft.warnings += (
                    f"One digit away from {other}, which this text names "
                    f"{len(groups[other])} times.",
                )


def one_off(one: str, other: str) -> bool:
    """Do two symbols' numbers differ by one digit changed, or two swapped?"""
    a, b = one.split(" ")[0], other.split(" ")[0]
    if len(a) != len(b) or a == b:
        return False
    places = [i for i, (x, y) in enumerate(zip(a, b, strict=True)) if x != y]
    if len(places) == 1:
        return True
    if len(places) != 2 or places[1] != places[0] + 1:
        return False
    i, j = places
    return a[i] == b[j] and a[j] == b[i]


def checked(
    draft: Draft,
    printed: str,
    pinpoint: str,
    on: date | None,
    known: Mapping[str, date | None] | None,
) -> CitationFinding:
    """The finding, with a warning for each thing that does not fit."""
    warnings = list(draft.warnings)
    confidence = draft.confidence
    if known is not None and draft.symbol and draft.symbol not in known:
        warnings.append(
            f"{draft.symbol} is not in the catalogue{_newest(draft, known)}."
        )
    adopted = known.get(draft.symbol) if known and draft.symbol else None
    if too_young := younger(draft.symbol, draft.body, adopted, on):
        warnings.append(too_young)
        confidence = min(confidence, 0.5)
    return CitationFinding(
        Span(draft.start, draft.end),
        printed,
        draft.symbol,
        draft.body,
        draft.candidates or ((draft.symbol,) if draft.symbol else ()),
        pinpoint,
        confidence,
        tuple(warnings),
    )


def younger(symbol: str, body: str, adopted: date | None, on: date | None) -> str:
    """A sentence where a resolution is younger than the words that name it; else "".

    Of the Security Council's the symbol tells the year.
    """
    if on is None or not symbol:
        return ""
    if adopted is not None:
        if adopted <= on:
            return ""
        day = f"{adopted.day} {adopted:%B %Y}"
        return f"{symbol} was adopted on {day}, after this statement."
    year = re.search(r"\((\d{4})\)$", symbol) if body == "un-sc" else None
    if year and int(year[1]) > on.year:
        return f"{symbol} is younger than this statement."
    return ""


def _newest(draft: Draft, known: Mapping[str, date | None]) -> str:
    """How far the catalogue goes, for a number that may just be newer."""
    if draft.body != "un-sc":
        return ""
    numbers = (re.match(r"S/RES/(\d+)", symbol) for symbol in known)
    newest = max((int(match[1]) for match in numbers if match), default=0)
    return f" (known to S/RES/{newest})" if newest else ""


def pinpoint(text: str, printed: str, draft: Draft) -> str:
    """The paragraph meant: "¶ 8" within six words after, "paragraph 8 of" before.

    ``text`` has its digits and dashes folded; the words come from ``printed``.
    """
    tail = text[draft.end : draft.end + 70]
    match = forms.PINPOINT.search(tail)
    if match:
        between = tail[: match.start()]
        if len(between.split()) <= 6 and not re.search(r"[.;!?][ \n]|\d", between):
            start = draft.end + match.start()
            return printed[start : start + len(match[0])].replace("\n", " ")
    low = max(0, draft.start - 90)
    lead = text[low : draft.start]
    found = list(forms.PINPOINT.finditer(lead))
    if found and forms.PINPOINT_OF.match(lead[found[-1].end() :]):
        start = low + found[-1].start()
        return printed[start : start + len(found[-1][0])].replace("\n", " ")
    return ""
