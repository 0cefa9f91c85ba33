"""A quote held against one place of a source: what was changed, and how.

Walks along the quote with the number that each word has in the source. Whatever lies
between two words that stand in both is a bracket, an omission or a difference.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise

from .edges import head, reach, tail
from .findings import Span
from .ledger import Comparison, Ledger
from .locating import LONGEST_BRACKET, Placing
from .printed import Bracket, Item, Omission, Printed, Sic, Word
from .variants import weight
from .verdicts import Class, Operation
from .wording import APOSTROPHES, BORDER, STAGE, Prepared

#: Words that an ellipsis may leave out before somebody should look at it.
MUCH = 60

_LOST = re.compile(r"inaudible|unintelligible|indiscernible|cross-?talk", re.IGNORECASE)
_QUIET = re.compile("[\u00ad\u200b-\u200f\u2060-\u2064\ufeff_*]")
_APOSTROPHES = str.maketrans(dict.fromkeys(APOSTROPHES, "'"))

_STOP_NOT_MADE = (
    "A full stop stands before the ellipsis, but the sentence of the source goes on."
)
_RAISED = (
    "The quote begins with a capital, but the sentence of the source has begun before."
)
_OTHER_TURN = "An ellipsis joins words of two turns, between which somebody else spoke."
_LOST_WORDS = "The source has words here that could not be heard."


def compare(quote: Printed, source: Prepared, placing: Placing) -> Comparison:
    """Hold a quote against the place at which its words were found.

    >>> placing = exact(quote, source)[0]  # “[t]he pier is open.”: The pier is open
    >>> compare(quote, source, placing).operations
    [Operation(kind='case', printed='[t]he', said='The', ...)]
    """
    return _Walk(quote, source, placing).walk()


class _Walk:
    """One pass along a quote, at one place."""

    def __init__(self, quote: Printed, source: Prepared, placing: Placing) -> None:
        self.quote, self.source, self.placing = quote, source, placing
        self.ledger = Ledger(quote, source)
        self.found = self.ledger.found
        self.pieces = self.ledger.pieces
        self.laid_on = list(quote.laid_on)

    def walk(self) -> Comparison:
        """Note everything, in the order of the quote."""
        items, found = self.quote.items, self.found
        placed = [(n, t) for n, t in enumerate(self.placing) if t is not None]
        total = sum(weight(item.folded) for item in items if isinstance(item, Word))
        if not placed:
            return found
        found.first = placed[0][1]
        head(self.ledger, placed[0][0], placed[0][1])
        for (n, t), (next_n, next_t) in pairwise(placed):
            self._word(n, t)
            self._region(n, next_n, t + 1, next_t)
        self._word(*placed[-1])
        tail(self.ledger, *placed[-1], self.placing)
        self._emphasis()
        self.ledger.money()
        self._pieces()
        found.share = found.words / total
        found.operations.sort(key=lambda op: (op.quote.start, op.quote.end))
        found.differences.sort(key=lambda d: (d.quote.start, d.source.start))
        found.warnings = list(dict.fromkeys(found.warnings))
        return found

    # Words that stand in both.

    def _word(self, number: int, token: int) -> None:
        """A word at its place: its case, and the bracket in it."""
        self.pieces[-1].append(token)
        item = self.quote.items[number]
        assert isinstance(item, Word)
        self.found.words += weight(item.folded)
        printed, said = (
            item.span.of(self.quote.text),
            self.source.printed(token, token + 1),
        )
        if item.grown:
            same = item.folded in self.source.folds(token, token + 1)
            letters = _letters(printed.replace("[", "").replace("]", ""))
            case = same and letters != _letters(said).replace("[", "").replace("]", "")
            self.ledger.operate(
                "case" if case else "bracket", item.span, token, token + 1
            )
            return
        if printed == said:
            return
        mine, theirs = _letters(printed), _letters(said)
        if mine == theirs or mine.casefold() != theirs.casefold():
            return
        if self._shouted(mine, theirs):
            self.laid_on.append(item.span)
            return
        self.ledger.operate("case", item.span, token, token + 1)
        if number == self._first_word() and mine[0].isupper() and theirs[0].islower():
            self.found.raised = True
            self.found.warnings.append(_RAISED)

    def _first_word(self) -> int:
        """The number of the first item after ellipses, if that is a word."""
        for number, item in enumerate(self.quote.items):
            if not isinstance(item, Omission):
                return number if isinstance(item, Word) else -1
        return -1

    def _shouted(self, mine: str, theirs: str) -> bool:
        """Is it in capitals here only, in a quote that is not all in capitals?"""
        letters = sum(c.isalpha() for c in mine)
        return (
            letters > 2
            and mine.isupper()
            and theirs.islower()  # NATO and Nato are two styles
            and not self.quote.capitals
        )

    def _signs(self, number: int, token: int) -> None:
        """Between two words: does a sentence end here and not there?"""
        mine, theirs = self.quote.sign(number), self.source.sign(token)
        if mine == theirs or "~" in (mine, theirs):
            return
        items = self.quote.items
        span = Span(items[number].span.start, items[number + 1].span.end)
        self.ledger.differ("changed", span, token, token + 2, Class.STYLE)

    # What lies between them.

    def _region(self, before: int, after: int, low: int, high: int) -> None:
        """Items between two placed ones, and the words ``low`` to ``high`` there."""
        between = self.quote.items[before + 1 : after]
        words = [item for item in between if isinstance(item, Word)]
        for offset, item in enumerate(between):
            if isinstance(item, Sic):
                self.ledger.sic(before + 1 + offset, self.placing)
        joints = [item for item in between if isinstance(item, (Bracket, Omission))]
        if not joints:
            if words:
                self.ledger.changed(words, low, high)
            elif low < high:
                self.ledger.missing(self.quote.items[before].span.end, low, high)
            elif not between:
                self._signs(before, low - 1)
            return
        # Words before the first mark go with the words there, words after the last too.
        first, last = between.index(joints[0]), between.index(joints[-1])
        left = [item for item in between[:first] if isinstance(item, Word)]
        right = [item for item in between[last + 1 :] if isinstance(item, Word)]
        omitted = any(isinstance(item, Omission) for item in joints)
        used = self._paired(left, low, high, omitted)
        if left:
            self.ledger.changed(left, low, low + used)
        low += used
        used = self._paired(right[::-1], high, low, omitted)
        if right:
            self.ledger.changed(right, high - used, high)
        high -= used
        for item in between[first:last]:
            if isinstance(item, Word):
                self.ledger.changed([item], low, low)
        stops = (".", "?", "!", "~")
        ends = (
            self.quote.sign(before + first) in stops,
            self.quote.sign(before + 1 + last) in stops,
        )
        self._joints(joints, low, high, ends)

    def _paired(self, words: Sequence[Word], at: int, end: int, alike: bool) -> int:
        """How many words from ``at`` towards ``end`` these words stand for."""
        step = 1 if at <= end else -1
        used = 0
        for word in words[: abs(end - at)]:
            token = at + step * used - (step < 0)
            if self.source.codes[token] == BORDER:
                break
            if alike and not self.ledger.alike(word, token):
                break
            used += 1
        return used

    def _joints(
        self, joints: Sequence[Item], low: int, high: int, ends: tuple[bool, bool]
    ) -> None:
        """Marks in a row: brackets take their words, an ellipsis the rest.

        ``ends``: whether a sentence of the quote ends before and after them.
        """
        places = [i for i, item in enumerate(joints) if isinstance(item, Omission)]
        if not places:
            brackets = [item for item in joints if isinstance(item, Bracket)]
            if not self._may_stand(low, high, ends):
                self.ledger.operate("bracket", brackets[0].span, low, low)
                self.ledger.missing(brackets[0].span.end, low, high)
            else:
                self.ledger.operate("bracket", brackets[0].span, low, high)
            for bracket in brackets[1:]:
                self.ledger.operate("bracket", bracket.span, high, high)
            return
        for item in joints[: places[0]]:
            assert isinstance(item, Bracket)
            size = min(reach(self.ledger, item, low, 1), high - low)
            self.ledger.operate("bracket", item.span, low, low + size)
            low += size
        behind: list[tuple[Bracket, int, int]] = []
        for item in reversed(joints[places[-1] + 1 :]):
            assert isinstance(item, Bracket)
            size = min(reach(self.ledger, item, high, -1), high - low)
            behind.append((item, high - size, high))
            high -= size
        for item in joints[places[0] + 1 : places[-1]]:
            if isinstance(item, Bracket):
                self.ledger.operate("bracket", item.span, low, low)
        first = joints[places[0]]
        assert isinstance(first, Omission)
        self._omitted(first, low, high)
        for bracket, start, end in reversed(behind):
            self.ledger.operate("bracket", bracket.span, start, end)
            self.pieces[-1].extend(range(start, end))

    def _may_stand(self, low: int, high: int, ends: tuple[bool, bool]) -> bool:
        """May a bracket stand for these words: few, and of one sentence?

        A sentence may end beside them only if one does in the quote.
        """
        if low == high:
            return True
        if high - low > LONGEST_BRACKET or self.source.breaks(low, high - 1):
            return False
        return (ends[0] or not self.source.breaks(low - 1, low)) and (
            ends[1] or not self.source.breaks(high - 1, high)
        )

    def _omitted(self, mark: Omission, low: int, high: int) -> None:
        left_out = self.source.codes[low:high]
        words = len(left_out) - left_out.count(BORDER)
        start = self.source.place(low - 1)[1]
        end = self.source.place(high)[0]
        said = self.source.text[start:end].strip()
        self.found.operations.append(
            Operation(
                "omission",
                mark.span,
                Span(start, end),
                mark.span.of(self.quote.text),
                said,
                words,
            )
        )
        self.found.left_out += words
        self.pieces.append([])
        warn = self.found.warnings.append
        if mark.stop and self.ledger.goes_on(low - 1):
            warn(_STOP_NOT_MADE)
        if BORDER in left_out:
            warn(_OTHER_TURN)
        if words > MUCH:
            warn(f"An ellipsis leaves out {words} words.")

    # Emphasis.

    def _emphasis(self) -> None:
        """Emphasis is allowed where it is said to be added."""
        notes = self.quote.notes
        starts = [item.span.start for item in self.quote.items]
        for span in self.laid_on:
            if notes:
                self.ledger.operate("emphasis", span, 0, 0)
                continue
            first = bisect_left(starts, span.start)
            last = bisect_left(starts, span.end)
            tokens = [t for t in self.placing[first:last] if t is not None]
            if not tokens or self._marked_there(tokens):
                continue
            self.ledger.differ(
                "changed", span, tokens[0], tokens[-1] + 1, Class.EMPHASIS
            )
        if notes and not self.laid_on:
            self.ledger.operate("emphasis", notes[0], 0, 0)

    def _marked_there(self, tokens: Sequence[int]) -> bool:
        text = self.source.text
        start, end = self.source.place(tokens[0])[0], self.source.place(tokens[-1])[1]
        return text[max(0, start - 1) : start] in ("*", "_") or text[end : end + 1] in (
            "*",
            "_",
        )

    # What is told.

    def _pieces(self) -> None:
        for tokens in self.pieces:
            if not tokens:
                continue
            start = self.source.place(min(tokens))[0]
            end = self.source.place(max(tokens))[1]
            self.found.spans.append(Span(start, end))
            for aside in STAGE.finditer(self.source.text, start, end):
                place = Span(*aside.span())
                at = Span(0, 0)
                self.found.operations.append(
                    Operation("aside", at, place, "", aside[0])
                )
                if _LOST.search(aside[0]):
                    self.found.warnings.append(_LOST_WORDS)


def _letters(word: str) -> str:
    """A word as printed, without the differences that are never shown."""
    if word.isascii():
        return word.replace("`", "'").replace("_", "").rstrip(".")
    word = unicodedata.normalize("NFKC", word.translate(_APOSTROPHES))
    return unicodedata.normalize("NFC", _QUIET.sub("", word)).rstrip(".")
