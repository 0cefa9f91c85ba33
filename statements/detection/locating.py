"""Where in a source the words of a quote stand, word for word.

The runs of words between ellipses and brackets are substrings of the source's codes;
the chain of their occurrences that leaves out least is the place.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

from .printed import Bracket, Omission, Printed, Word
from .wording import BORDER, UNKNOWN, Prepared

#: Words of the source that one bracket may stand for.
LONGEST_BRACKET = 30

#: Occurrences of runs that are looked at; what has more is no place but everywhere.
_OCCURRENCES = 60_000
#: Places that are compared, and words of a quote times places.
_PLACES, _COMPARED = 40, 20_000

#: For each item of a quote the number of its word in the source, if there is one.
type Placing = list[int | None]


@dataclass(slots=True)
class _Run:
    """Words that stand together; ``first`` is the number of their first item.

    ``omitted``: an ellipsis comes before. ``bracket``: the editor's words do, or
    ``fits`` is what the one word of this run must satisfy.
    """

    codes: str
    items: list[int]
    omitted: bool = False
    bracket: bool = False
    fits: Callable[[str], bool] | None = None


def exact(
    quote: Printed, source: Prepared, turns: Collection[int] | None = None
) -> list[Placing]:
    """The places where every word stands, the closest together first.

    In ``turns`` only, if they are given. A word with a bracket in it is tried as it
    reads, then as any word with the letters outside the bracket.
    """
    for loose in (False, True):
        runs = list(_runs(quote, source, loose))
        if not runs:
            return []
        found = _chain(runs, source, turns)
        if found:
            most = max(1, min(_PLACES, _COMPARED // len(quote.items)))
            return [_spread(quote, runs, firsts) for firsts in found[:most]]
        if not any(isinstance(i, Word) and i.grown for i in quote.items):
            break
    return []


def _runs(quote: Printed, source: Prepared, loose: bool) -> Iterator[_Run]:
    run = _Run("", [])
    for number, item in enumerate(quote.items):
        if isinstance(item, Word) and not (item.grown and loose):
            run.codes += source.code(item.folded)
            run.items.append(number)
        elif isinstance(item, Word):
            if run.items:
                yield run
                run = _Run("", [])
            run.fits, run.codes = _fitting(item), UNKNOWN
            run.items.append(number)
            yield run
            run = _Run("", [])
        elif isinstance(item, (Bracket, Omission)):
            if run.items:
                yield run
                run = _Run("", [])
            run.omitted |= isinstance(item, Omission)
            run.bracket |= isinstance(item, Bracket)
    if run.items:
        yield run


def _fitting(word: Word) -> Callable[[str], bool]:
    def fits(folded: str) -> bool:
        return (
            folded.startswith(word.head)
            and folded.endswith(word.tail)
            and len(folded) >= max(len(word.head), len(word.tail))
        )

    return fits


def _occurrences(
    run: _Run, source: Prepared, turns: Collection[int] | None
) -> list[int] | None:
    """The numbers of the words where a run begins; None if they are too many."""
    if UNKNOWN in run.codes:
        return []
    found = []
    at = source.codes.find(run.codes)
    while at >= 0:
        if turns is None or source.turn(at) in turns:
            found.append(at)
            if len(found) > _OCCURRENCES:
                return None
        at = source.codes.find(run.codes, at + 1)
    return found


@dataclass(slots=True)
class _Link:
    """One occurrence of a run, and the best that can stand before it."""

    at: int
    end: int
    cost: int
    before: _Link | None


#: An ellipsis over a border costs as much as leaving out so many words.
_OTHER_TURN = 100_000


def _chain(
    runs: list[_Run], source: Prepared, turns: Collection[int] | None
) -> list[list[int]]:
    """First words of the runs, a list for every place, the closest first."""
    known: dict[str, list[int] | None] = {}
    links: list[_Link] = []
    looked = 0
    for number, run in enumerate(runs):
        if run.fits is not None:
            links = _fitted(run, links, source, turns, first=number == 0)
        else:
            if run.codes not in known:
                known[run.codes] = _occurrences(run, source, turns)
            places = known[run.codes]
            if places is None:
                return []
            looked += len(places)
            if looked > _OCCURRENCES:
                return []
            size = len(run.codes)
            if number == 0:
                links = [_Link(at, at + size, 0, None) for at in places]
            elif run.omitted:
                links = list(_after_omission(places, size, links, source))
            else:
                links = list(_after_bracket(run, places, size, links, source))
        if not links:
            return []
    links.sort(key=lambda link: (link.cost, link.at))
    found = []
    for link in links[:_PLACES]:
        chain: list[int] = []
        step: _Link | None = link
        while step is not None:
            chain.append(step.at)
            step = step.before
        found.append(chain[::-1])
    return found


def _after_omission(
    places: list[int], size: int, links: list[_Link], source: Prepared
) -> Iterator[_Link]:
    """Every occurrence and what leaves out least before it, in its own turn first."""
    links = sorted(links, key=lambda link: link.end)
    best: _Link | None = None
    here: _Link | None = None
    turn = 0  # borders passed, by which turns are told apart
    border = source.codes.find(BORDER)
    next_link = 0
    for at in places:
        while next_link < len(links) and links[next_link].end <= at:
            link = links[next_link]
            while 0 <= border < link.at:
                border = source.codes.find(BORDER, border + 1)
                turn += 1
                here = None
            if best is None or link.cost - link.end <= best.cost - best.end:
                best = link
            if here is None or link.cost - link.end <= here.cost - here.end:
                here = link
            next_link += 1
        if 0 <= border < at:
            here = None
        if here is not None:
            yield _Link(at, at + size, here.cost + at - here.end, here)
        elif best is not None:
            cost = best.cost + at - best.end + _OTHER_TURN
            yield _Link(at, at + size, cost, best)


def _after_bracket(
    run: _Run, places: list[int], size: int, links: list[_Link], source: Prepared
) -> Iterator[_Link]:
    """Every occurrence with the nearest predecessor in its sentence.

    Without a bracket between them, as after a word with a bracket in it, the two must
    touch.
    """
    longest = LONGEST_BRACKET if run.bracket else 0
    links = sorted(links, key=lambda link: link.end)
    ends = [link.end for link in links]
    for at in places:
        low = bisect_left(ends, at - longest)
        high = bisect_right(ends, at)
        for link in reversed(links[low:high]):
            gap = source.codes[link.end : at]
            if BORDER in gap or source.breaks(link.end, at - 1):
                break  # and between all that are further off
            yield _Link(at, at + size, link.cost + len(gap), link)
            break


def _fitted(
    run: _Run,
    links: list[_Link],
    source: Prepared,
    turns: Collection[int] | None,
    first: bool,
) -> list[_Link]:
    """Occurrences of a word with a bracket in it, by the letters that are its own."""
    fits = run.fits
    assert fits is not None
    if first:
        codes = {code for folded, code in source.folded() if fits(folded)}
        spots = [i for i, code in enumerate(source.codes) if code in codes]
        found = [_Link(at, at + 1, 0, None) for at in spots]
        return [x for x in found if turns is None or source.turn(x.at) in turns]
    result = []
    reach = LONGEST_BRACKET if run.bracket else 0
    for link in sorted(links, key=lambda x: (x.cost, x.at))[:_PLACES]:
        stop = min(link.end + reach + 1, len(source))
        for at in range(link.end, stop):
            if source.codes[at] == BORDER:
                break
            if fits(source.folds(at, at + 1)[0]):
                result.append(_Link(at, at + 1, link.cost + at - link.end, link))
                break
    return result


def _spread(quote: Printed, runs: list[_Run], firsts: list[int]) -> Placing:
    placing: Placing = [None] * len(quote.items)
    for run, first in zip(runs, firsts, strict=True):
        for offset, item in enumerate(run.items):
            placing[item] = first + offset
    return placing
