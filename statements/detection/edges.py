"""Both ends of a quote: marks and words beyond the place, and the last sign.

What stands there has words of the source on one side only, so it is given as few of
them as make sense, and never any over the end of a sentence.
"""

from __future__ import annotations

from .findings import Span
from .ledger import CLOSING, Ledger
from .locating import Placing
from .printed import Bracket, Item, Omission, Sic, Word
from .variants import style
from .verdicts import Class, Operation
from .wording import BORDER

#: Words before and after the place that are looked at.
_EDGE = 12


def head(ledger: Ledger, number: int, token: int) -> None:
    """What the quote prints before its first word that was found."""
    at: int | None = token
    group: list[Word] = []
    for item in reversed(ledger.quote.items[:number]):
        if isinstance(item, Word):
            group.insert(0, item)
            continue
        at = _edge_words(ledger, group, at, -1)
        group = []
        at = _edge_mark(ledger, item, at, -1)
    _edge_words(ledger, group, at, -1)


def tail(ledger: Ledger, number: int, token: int, placing: Placing) -> None:
    """What it prints after the last."""
    items = ledger.quote.items
    at: int | None = token + 1
    group: list[Word] = []
    for offset, item in enumerate(items[number + 1 :]):
        if isinstance(item, Word):
            group.append(item)
            continue
        at = _edge_words(ledger, group, at, 1)
        group = []
        if isinstance(item, Sic):
            ledger.sic(number + 1 + offset, placing)
        else:
            at = _edge_mark(ledger, item, at, 1)
    _edge_words(ledger, group, at, 1)
    rest = [item for item in items[number + 1 :] if not isinstance(item, Sic)]
    if not rest:
        _terminal(ledger, number, token)


def _edge_mark(ledger: Ledger, item: Item, at: int | None, step: int) -> int | None:
    if isinstance(item, Omission):
        place = 0 if at is None else at
        ledger.operate("omission", item.span, place, place)
        return None
    if not isinstance(item, Bracket):
        return at
    size = 0 if at is None else reach(ledger, item, at, step)
    place = 0 if at is None else at
    low, high = sorted((place, place + step * size))
    ledger.operate("bracket", item.span, low, high)
    ledger.pieces[0 if step < 0 else -1].extend(range(low, high))
    return None if at is None else at + step * size


def _edge_words(
    ledger: Ledger, words: list[Word], at: int | None, step: int
) -> int | None:
    """Words beyond the place: one that is like its neighbour there was changed."""
    if not words:
        return at
    if at is not None:
        near = _near(ledger, at, step)
        for size in range(1, min(len(words) + 2, near) + 1):
            low, high = sorted((at, at + step * size))
            if style([w.folded for w in words]) == style(
                ledger.source.folds(low, high)
            ):
                ledger.changed(words, low, high)
                return at + step * size
        used = near if near == len(words) else 0  # as many as the sentence has left
        ordered = words if step > 0 else words[::-1]
        for word in ordered[used:near]:
            if not ledger.alike(word, at + step * used - (step < 0)):
                break
            used += 1
        low, high = sorted((at, at + step * used))
        mine = words[:used] if step > 0 else words[len(words) - used :]
        if mine:
            ledger.changed(mine, low, high)
            words = words[used:] if step > 0 else words[: len(words) - used]
            at += step * used
    if words:
        place = 0 if at is None else at
        ledger.changed(words, place, place)
    return at


def _near(ledger: Ledger, at: int, step: int) -> int:
    """How many words there are from here to the edge of the sentence."""
    count = 0
    while count < _EDGE:
        token = at + step * count - (step < 0)
        if not 0 <= token < len(ledger.source):
            break
        if ledger.source.codes[token] == BORDER:
            break
        # The word before the place, or the place's own last one, ends a sentence.
        if ledger.source.breaks(token if step < 0 else token - 1, token + (step < 0)):
            break
        count += 1
    return count


def reach(ledger: Ledger, bracket: Bracket, at: int, step: int) -> int:
    """How many words at the edge a bracket stands for: as few as make sense.

    To the furthest word that it shares with them, else as many as it has itself.
    """
    near = min(_near(ledger, at, step), len(bracket.words) + 3)
    low, high = sorted((at, at + step * near))
    folds = ledger.source.folds(low, high)
    if step < 0:
        folds.reverse()
    shared = [i + 1 for i, fold in enumerate(folds) if fold in bracket.words]
    return max(shared) if shared else min(near, len(bracket.words))


def _terminal(ledger: Ledger, number: int, token: int) -> None:
    """The last sign of the quote, and whether the source goes on after it."""
    rest = ledger.quote.between(number).lstrip(CLOSING)
    printed = rest[:1]
    if not printed or printed not in ".,!?;:—–-":
        return
    between = ledger.source.between(token).lstrip("”’\"'»›*_)]")
    said = between[:1] if between[:1] in tuple(".,!?;:—–-") else ""
    place = ledger.source.place(token)[1]
    at = number_end = ledger.quote.items[number].span.end
    at += ledger.quote.text[number_end:].find(printed)
    if printed == said or (printed == "." and ledger.dotted(token)):
        return
    sign = ledger.source.sign(token)
    if printed in "!?" and sign != "~" and sign != printed:
        span = Span(ledger.quote.items[number].span.start, at + 1)
        ledger.differ("changed", span, token, token + 1, Class.STYLE)
        return
    span = Span(at, at + 1)
    there = Span(place, place)
    goes_on = ledger.goes_on(token)
    ledger.found.operations.append(
        Operation("punctuation", span, there, printed, said, 0, goes_on)
    )
