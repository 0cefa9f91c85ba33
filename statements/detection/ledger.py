"""What is noted down of a quote that is held against one place of a source."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from rapidfuzz.fuzz import ratio

from .findings import Span
from .locating import Placing
from .printed import Printed, Word
from .variants import (
    HESITATIONS,
    MONEY_WORDS,
    is_money,
    style,
    weight,
    without_hesitation,
)
from .verdicts import GRAVITY, Class, Difference, Operation, Outcome
from .wording import BORDER, STAGE, Prepared

#: Signs that close something and tell nothing of the sentence.
CLOSING = "”’\"'»›“„」』 \u00a0\u202f\n\t*_)]"
#: Two words that are so alike (of 100) were one word, changed.
_ALIKE = 60
_PARTED = re.compile(r"[-‐]\s*\n\s*")
#: Edits that a reader can see.
_MARKED = frozenset(["bracket", "omission", "sic", "emphasis"])


@dataclass(slots=True)
class Comparison:
    """What was found at one place."""

    operations: list[Operation] = field(default_factory=list)
    differences: list[Difference] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    left_out: int = 0
    words: float = 0.0  # of the quote, weighed, that were found; half if only alike
    share: float = 0.0
    raised: bool = False
    first: int = 0  # the number of the first word of the place

    @property
    def rank(self) -> Class | None:
        """The gravest difference."""
        ranks = {difference.rank for difference in self.differences}
        return next((rank for rank in GRAVITY if rank in ranks), None)

    @property
    def outcome(self) -> Outcome:
        """Verbatim, with marked edits, or different."""
        if self.differences:
            return Outcome.DIFFERS
        bracketed = any(
            op.kind in _MARKED or (op.kind == "case" and "[" in op.printed)
            for op in self.operations
        )
        return Outcome.MARKED if bracketed or self.raised else Outcome.VERBATIM

    @property
    def order(self) -> tuple[int, int, float, int, int, int, int]:
        """The better of two places comes first."""
        outcomes = (Outcome.VERBATIM, Outcome.MARKED, Outcome.DIFFERS)
        rank = self.rank
        return (
            outcomes.index(self.outcome),
            0 if rank is None else len(GRAVITY) - GRAVITY.index(rank),
            -self.share,
            len(self.warnings),
            len(self.differences) + len(self.operations),
            self.left_out,
            self.first,
        )


class Ledger:
    """Notes operations and differences, and tells what kind a difference is."""

    def __init__(self, quote: Printed, source: Prepared) -> None:
        self.quote, self.source = quote, source
        self.found = Comparison()
        self.pieces: list[list[int]] = [[]]  # words of the source, piece by piece

    def operate(self, kind: str, span: Span, low: int, high: int) -> None:
        """Note an edit, and the words of the source from ``low`` on that it is for."""
        said = self.source.printed(low, high)
        place = None
        if low < high:
            place = Span(self.source.place(low)[0], self.source.place(high - 1)[1])
        self.found.operations.append(
            Operation(kind, span, place, span.of(self.quote.text), said, high - low)
        )

    def differ(self, kind: str, span: Span, low: int, high: int, rank: Class) -> None:
        """Note a difference; one of style or fillers is an operation too."""
        if low < high:
            last = min(high, len(self.source)) - 1
            place = Span(self.source.place(low)[0], self.source.place(last)[1])
        else:
            at = self.source.place(min(low, len(self.source) - 1))[0]
            place = Span(at, at)
        printed, said = span.of(self.quote.text), place.of(self.source.text)
        self.found.differences.append(
            Difference(kind, printed, said, span, place, rank)
        )
        if rank in (Class.STYLE, Class.FILLERS):
            words = len(self.source.folds(low, min(high, len(self.source))))
            self.found.operations.append(
                Operation(rank.value, span, place, printed, said, words)
            )

    def alike(self, word: Word, token: int) -> bool:
        """May one of these words have been the other: a typing error, an ending?"""
        fold = "".join(self.source.folds(token, token + 1))
        return ratio(word.folded, fold) >= _ALIKE or style([word.folded]) == style(
            [fold]
        )

    def changed(self, words: Sequence[Word], low: int, high: int) -> None:
        """Words of the quote for words of the source; either may be none."""
        span = Span(words[0].span.start, words[-1].span.end)
        mine = [word.folded for word in words]
        theirs = self.source.folds(low, high)
        if not theirs:
            rank = self._invented(mine, low)
            self.differ("inserted", span, low, low, rank)
            return
        if len(mine) == 1 and mine[0] == "".join(theirs) and self._parted(low, high):
            self.found.words += weight(mine[0])
            self.pieces[-1].extend(range(low, high))
            return
        if style(mine) == style(theirs):
            rank = Class.STYLE
        elif style(mine) == style(self._meant(low, high)):
            rank = Class.FILLERS
        elif len(words) == len(theirs) > 1 and high - low == len(theirs):
            for offset, word in enumerate(words):
                self.changed([word], low + offset, low + offset + 1)
            return
        else:
            rank = Class.WORDS
        if rank is not Class.WORDS:
            self.found.words += sum(map(weight, mine))
        elif len(words) == len(theirs) == 1 and self.alike(words[0], low):
            self.found.words += weight(mine[0]) / 2
        self.pieces[-1].extend(range(low, high))
        self.differ("changed", span, low, high, rank)

    def _parted(self, low: int, high: int) -> bool:
        """Is it one word of the source, parted by a hyphen at the end of a line?"""
        return all(
            _PARTED.fullmatch(self.source.between(token))
            for token in range(low, high - 1)
        )

    def _invented(self, mine: Sequence[str], low: int) -> Class:
        """What words are that the source has not."""
        if all(word in HESITATIONS for word in mine):
            return Class.FILLERS
        if len(mine) == 1:
            near = self.source.folds(max(0, low - 4), min(len(self.source), low + 5))
            if any(is_money(mine[0], w) or is_money(w, mine[0]) for w in near):
                self.found.words += weight(mine[0])
                return Class.STYLE
        return Class.WORDS

    def missing(self, at: int, low: int, high: int) -> None:
        """Words of the source that the quote leaves out without a mark."""
        rank = Class.WORDS
        theirs = self._meant(low, high)
        if not theirs or self._repeated(theirs, low, high):
            rank = Class.FILLERS
        self.differ("missing", Span(at, at), low, high, rank)

    def _meant(self, low: int, high: int) -> list[str]:
        """Words of the source without hesitation."""
        commas = [
            self.source.between(token).lstrip()[:1] in tuple(",.—–-")
            for token in range(low, high)
            if self.source.codes[token] != BORDER
        ]
        return without_hesitation(self.source.folds(low, high), commas)

    def _repeated(self, theirs: list[str], low: int, high: int) -> bool:
        """I – I think: the same words again, or a word that was broken off."""
        size = len(theirs)
        after = self.source.folds(high, min(high + size, len(self.source)))
        if theirs in (after, self.source.folds(max(low - size, 0), low)):
            return True
        cut = re.match(r"\s*[-–—]", self.source.between(high - 1))
        return bool(size == 1 and cut and after and after[0].startswith(theirs[0]))

    def money(self) -> None:
        """“$5” for “5 dollars” is one style, not a sign more and a word less."""
        signs = MONEY_WORDS & {d.printed.casefold() for d in self.found.differences}
        for n, d in enumerate(self.found.differences):
            if d.kind == "missing" and any(
                is_money(sign, d.said.casefold()) or is_money(d.said, sign)
                for sign in signs
            ):
                self.found.differences[n] = Difference(
                    d.kind, d.printed, d.said, d.quote, d.source, Class.STYLE
                )

    def dotted(self, token: int) -> bool:
        """Does a word end with its own full stop, as U.S. does?"""
        return self.source.printed(token, token + 1).endswith(".")

    def goes_on(self, token: int) -> bool:
        """Does the sentence of the source go on after this word?"""
        sign = self.source.sign(token)
        if sign == "~":
            between = STAGE.sub(" ", self.source.between(token)).lstrip(CLOSING)
            if between[:1] in tuple(";:—–-,"):
                return True
            if "\n" in self.source.between(token):
                return self.source.text[self.source.place(token + 1)[0]].islower()
            return (
                not self.dotted(token)
                or self.source.text[self.source.place(token + 1)[0]].islower()
            )
        return sign == ""

    def sic(self, number: int, placing: Placing) -> None:
        """[sic] vouches for the word before it."""
        span = self.quote.items[number].span
        token = placing[number - 1] if number else None
        if token is None:
            self.operate("sic", span, 0, 0)
            self.found.warnings.append(
                "[sic] says that the word before it stands so in the source. "
                "It does not."
            )
        else:
            self.operate("sic", span, token, token + 1)
