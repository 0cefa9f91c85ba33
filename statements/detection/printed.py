"""A printed quote, read: its words, and the marks with which editors change words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .findings import Span
from .wording import APOSTROPHES, STAGE, fold, scan, sign

_NOTE = (
    r"[\[(](?:all |the |my )?(?:emphas[ie]s|italics) (?:is |are |was )?"
    r"(?:added|mine|ours|supplied|in (?:the )?original)\.?[\])]"
)
_DOTS = r"(?:…[….]*+|\.(?:[^\S\n]?[.…]){2,})"
_INSIDE = rf"\[(?!sic\b)[{APOSTROPHES}]?[^\W\d_]{{0,20}}\]"
_LETTERS = rf"\w++(?:[{APOSTROPHES}]\w++)*+"
# [t]he, show[ed], [it]’s: a bracket and letters in one word.
_GROWN = (
    rf"(?<![\w{APOSTROPHES}]){_LETTERS}{_INSIDE}(?:\w|{_INSIDE}|[{APOSTROPHES}](?=\w))*+"
    rf"|{_INSIDE}[{APOSTROPHES}]?\w(?:\w|{_INSIDE}|[{APOSTROPHES}](?=\w))*+"
)
_MARKS = (
    rf"(?P<stage>{STAGE.pattern})"
    rf"|(?P<omission>[\[(]\s?{_DOTS}\s?[\])]|{_DOTS})"
    r"|(?P<sic>[\[(]\s?sic[.!]?\s?[\])])"
    rf"|(?P<note>{_NOTE})"
    rf"|(?P<grown>{_GROWN})"
    rf"|(?P<bracket>\[[^\[\]]{{0,400}}\](?:[{APOSTROPHES}]s?(?!\w))?)"
)
_ITEM: dict[re.Pattern[str], re.Pattern[str]] = {}

_LAID_ON = re.compile(
    r"(?<![\w*])\*{1,2}(?=\S)([^*\n]{1,200}?)(?<=\S)\*{1,2}(?![\w*])"
    r"|(?<![^\W_])_(?=\w)([^_\n]{1,200})(?<=\w)_(?![^\W_])"
)


@dataclass(frozen=True, slots=True)
class Word:
    """A word; ``head`` and ``tail`` are its own letters if it has brackets too."""

    span: Span
    folded: str
    grown: bool = False
    head: str = ""
    tail: str = ""


@dataclass(frozen=True, slots=True)
class Bracket:
    """``[the regime]``: words of the editor's."""

    span: Span
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Omission:
    """An ellipsis; ``stop`` if a full stop is printed before it."""

    span: Span
    stop: bool


@dataclass(frozen=True, slots=True)
class Sic:
    """``[sic]``, which vouches for the word before it."""

    span: Span


type Item = Word | Bracket | Omission | Sic


class Printed:
    """A quote as a list of items, in order.

    ``“[t]he people … show[ed] [great] resolv [sic]”`` is read as a grown word, a word,
    an omission, a grown word, a bracket, a word and a sic. Quotation marks, also those
    that open again with a paragraph, are no items.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.notes: list[Span] = []
        self.items: tuple[Item, ...] = tuple(self._read())
        self.laid_on = [Span(*match.span()) for match in _LAID_ON.finditer(text)]
        upper, lower = sum(map(str.isupper, text)), sum(map(str.islower, text))
        self.capitals = upper > lower  # headlines shout without meaning it

    def _read(self) -> Iterator[Item]:
        words = scan(self.text)
        if words not in _ITEM:
            _ITEM[words] = re.compile(f"{_MARKS}|(?P<word>{words.pattern})", re.I)
        former: Item | None = None
        for match in _ITEM[words].finditer(self.text):
            item = self._item(match, former)
            if item is not None:
                yield item
                former = item

    def _item(self, match: re.Match[str], former: Item | None) -> Item | None:
        span, printed = Span(*match.span()), match[0]
        match match.lastgroup:
            case "word":
                folded = fold(printed)
                return Word(span, folded) if folded else None
            case "grown":
                head = printed[: printed.index("[")]
                tail = printed[printed.rindex("]") + 1 :]
                folded = fold(printed)
                if not folded:
                    return None
                return Word(span, folded, True, _low(head), _low(tail))
            case "bracket":
                inner = printed[1 : printed.rindex("]")]
                folds = map(fold, scan(inner).findall(inner))
                return Bracket(span, tuple(word for word in folds if word))
            case "omission":
                return Omission(span, self._stops(span, former))
            case "sic":
                return Sic(span)
            case "note":
                self.notes.append(span)
        return None

    def _stops(self, span: Span, former: Item | None) -> bool:
        printed = span.of(self.text)
        if printed.count(".") + 3 * printed.count("…") > 3:
            return True
        if not isinstance(former, Word):
            return False
        between = self.text[former.span.end : span.start]
        return sign(former.span.of(self.text), between) in (".", "?", "!")

    def between(self, number: int) -> str:
        """What is printed between an item and the next."""
        end = self.items[number].span.end
        if number + 1 < len(self.items):
            return self.text[end : self.items[number + 1].span.start]
        return self.text[end:]

    def sign(self, number: int) -> str:
        """How the sentence stands after a word; see ``wording.sign``."""
        return sign(self.items[number].span.of(self.text), self.between(number))

    def emphatic(self, span: Span) -> bool:
        """Is there *emphasis* on these words?"""
        return any(e.start <= span.start and span.end <= e.end for e in self.laid_on)


def _low(letters: str) -> str:
    return fold(letters) if letters else ""
