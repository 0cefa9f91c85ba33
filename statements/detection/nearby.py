"""Where a source comes nearest to a quote that does not stand in it word for word.

Where the rarest words of the quote stand closest together, the two are compared as one
compares two sequences.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator

from rapidfuzz.distance import Indel

from .locating import Placing
from .printed import Omission, Printed, Word
from .wording import UNKNOWN, Prepared

_PIECES = 100  # that are looked for one by one
_PIECE = 1_500  # words compared at a time
_NEAR = 300  # words before and after in which a piece is looked for first
_SEEDS = 40
_SPOTS = 3_000
# What a word costs that is skipped here or there, a word found being worth 1; a long
# passage of the source costs as much as two words that only happen to stand far off.
_GAP, _PASSAGE = 0.25, 2.0


def nearest(
    quote: Printed, source: Prepared, turns: Collection[int] | None = None
) -> Placing | None:
    """The place with most of the words in order; None where nothing is alike.

    Each piece between ellipses is looked for by itself: the one that is found best,
    and from there the others, before and after it.
    """
    pieces = list(_pieces(quote, source))
    if not pieces or len(pieces) > _PIECES:
        return None
    placing: Placing = [None] * len(quote.items)
    found = [_nearest(codes, source, 0, len(source), turns) for codes, _ in pieces]
    best = max(range(len(pieces)), key=lambda n: (found[n][0], -n))
    if found[best][0] <= 0:
        return None
    _put(placing, pieces[best][1], found[best][1])
    after = found[best][1][-1][1] + 1
    for codes, items in pieces[best + 1 :]:
        for high in (after + _NEAR, len(source)):
            worth, pairs = _nearest(codes, source, after, high, turns)
            if worth >= len(codes) / 2:
                _put(placing, items, pairs)
                after = pairs[-1][1] + 1
                break
    before = found[best][1][0][1]
    for codes, items in reversed(pieces[:best]):
        for low in (max(0, before - _NEAR), 0):
            worth, pairs = _nearest(codes, source, low, before, turns)
            if worth >= len(codes) / 2:
                _put(placing, items, pairs)
                before = pairs[0][1]
                break
    return placing


def _put(placing: Placing, items: list[int], pairs: list[tuple[int, int]]) -> None:
    for mine, theirs in pairs:
        placing[items[mine]] = theirs


def _pieces(quote: Printed, source: Prepared) -> Iterator[tuple[str, list[int]]]:
    """Codes and item numbers between ellipses, at most so many at a time."""
    codes, items = "", []
    for number, item in enumerate(quote.items):
        if isinstance(item, Word):
            codes += source.code(item.folded)
            items.append(number)
        if items and (isinstance(item, Omission) or len(items) == _PIECE):
            yield codes, items
            codes, items = "", []
    if items:
        yield codes, items


def _nearest(
    codes: str, source: Prepared, low: int, high: int, turns: Collection[int] | None
) -> tuple[float, list[tuple[int, int]]]:
    """What the best place in words ``low`` to ``high`` is worth, and its pairs."""
    size = len(codes)
    width = max(8, size // 4)
    votes: Counter[int] = Counter()
    for at, mine, weight in _spots(codes, source, low, high):
        if turns is None or source.turn(at) in turns:
            votes[(at - mine) // width] += weight
    best: tuple[float, list[tuple[int, int]]] = (0.0, [])
    ranked = sorted(votes, key=lambda b: (-votes[b] - votes[b + 1] / 2, b))
    for bucket in ranked[:4]:
        slack = max(10, size // 3)
        start = max(low, bucket * width - slack)
        stop = min(high, len(source), (bucket + 1) * width + size + slack)
        start, stop = _within_turns(source, start, stop, bucket * width, turns)
        worth, pairs = _align(codes, source.codes[start:stop])
        if worth > best[0]:
            best = worth, [(mine, start + theirs) for mine, theirs in pairs]
    return best


def _within_turns(
    source: Prepared, start: int, stop: int, middle: int, turns: Collection[int] | None
) -> tuple[int, int]:
    """Cut a stretch so that it lies in the turns that count."""
    if turns is None:
        return start, stop
    while start < stop and source.turn(start) not in turns:
        start += 1
    end = start
    while end < stop and source.turn(end) in turns:
        end += 1
    return start, end


def _spots(
    codes: str, source: Prepared, low: int, high: int
) -> Iterator[tuple[int, int, int]]:
    """Where the rarest words of a piece stand: there, here, and what that tells."""
    first: dict[str, int] = {}
    for mine, code in enumerate(codes):
        if code != UNKNOWN:
            first.setdefault(code, mine)
    counts = source.counts
    left = _SPOTS
    for code in sorted(first, key=lambda c: (counts[c], first[c]))[:_SEEDS]:
        weight = max(1, 1_000 // counts[code])
        at = source.codes.find(code, low, high)
        while at >= 0:
            yield at, first[code], weight
            left -= 1
            if not left:
                return
            at = source.codes.find(code, at + 1, high)


def _align(codes: str, window: str) -> tuple[float, list[tuple[int, int]]]:
    """Pairs of words in order, without those that only happen to stand far off."""
    opcodes = Indel.opcodes(codes, window)
    blocks = [
        (op.src_start, op.dest_start, op.src_end - op.src_start)
        for op in opcodes
        if op.tag == "equal"
    ]
    if not blocks:
        return 0.0, []
    blocks = _drawn_together(blocks, codes, window)
    # The run of blocks that is worth most.
    best, worth, begin = (0.0, 0, 0), 0.0, 0
    for number, (mine, theirs, size) in enumerate(blocks):
        if number:
            former = blocks[number - 1]
            worth -= min(_GAP * (theirs - former[1] - former[2]), _PASSAGE)
            worth -= _GAP * (mine - former[0] - former[2])
        if worth < 0:
            worth, begin = 0.0, number
        worth += size
        if worth > best[0]:
            best = (worth, begin, number + 1)
    pairs = [
        (mine + i, theirs + i)
        for mine, theirs, size in blocks[best[1] : best[2]]
        for i in range(size)
    ]
    return best[0], pairs


def _drawn_together(
    blocks: list[tuple[int, int, int]], codes: str, window: str
) -> list[tuple[int, int, int]]:
    """Where the same words stand nearer to the longest block, they are meant."""
    middle = max(range(len(blocks)), key=lambda n: (blocks[n][2], -n))
    done = [blocks[middle]]
    for mine, theirs, size in reversed(blocks[:middle]):
        a, b, length = done[-1]
        if mine + size == a:
            while size and codes[a - 1] == window[b - 1]:
                a, b, length, size = a - 1, b - 1, length + 1, size - 1
            done[-1] = (a, b, length)
        if size:
            done.append((mine, theirs, size))
    done.reverse()
    for mine, theirs, size in blocks[middle + 1 :]:
        a, b, length = done[-1]
        if mine == a + length:
            while size and codes[mine] == window[b + length]:
                mine, theirs, length, size = mine + 1, theirs + 1, length + 1, size - 1
            done[-1] = (a, b, length)
        if size:
            done.append((mine, theirs, size))
    return done
