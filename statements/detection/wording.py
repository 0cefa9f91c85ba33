"""The words of a text, numbered, whatever signs it is printed with.

Quotation marks, dashes, blanks, soft hyphens, ligatures and the two ways to write an
accent are folded here, so that nothing above ever sees them as a difference. Every
word of a source becomes one character of a string: the fastest search there is for a
run of words is the search for a substring.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import pairwise

from .lexicon import word_set

# Signs that combine with the letter before them, and signs that show nothing.
_JOINED = (
    "\u00ad\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"
    "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed"
    "\u0711\u0730-\u074a\u0900-\u0903\u093a-\u094f\u0951-\u0957\u0962\u0963"
    "\u0981-\u0983\u09bc-\u09cd\u0a01-\u0a03\u0a3c-\u0a4d\u0a81-\u0a83\u0abc-\u0acd"
    "\u0b01-\u0b03\u0b3c-\u0b4d\u0bbe-\u0bcd\u0c01-\u0c03\u0c3e-\u0c4d\u0cbc-\u0ccd"
    "\u0d02\u0d03\u0d3e-\u0d4d\u200b-\u200f\u2060-\u2064\u1ab0-\u1aff\u1dc0-\u1dff"
    "\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f\ufeff"
)
_QUIET = re.compile(
    "[_\\[\\]\u00ad\u034f\u200b-\u200f\u2060-\u2064\ufe00-\ufe0f\ufeff]"
)
# Scripts that put no blanks between words: each sign counts as one.
_SOLID = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
)
_SOLID += "\uf900-\ufaff\U00020000-\U0003ffff"
APOSTROPHES = "'’‘ʼ＇‛´`′"
_SYMBOLS = "%&$+=§°€£¥₹₽₪₺₩¢\u2600-\u26ff\U0001f000-\U0001faff"

# What stenographers write of the room, which nobody said.
_STAGE = (
    r"(?:[Aa]pplause|[Ll]aughter|[Ll]aughs?|[Ll]aughing|[Cc]huckl(?:es?|ing)|[Cc]heers"
    r"|[Bb]oo(?:s|ing)|[Cc]ross-?talk|[Ii]naudible|[Uu]nintelligible|[Pp]auses?"
    r"|[Ii]ndiscernible|[Cc]oughs|[Ss]ighs|[Oo]ff-?[Mm]ike|[Oo]ff-?[Mm]ic)"
)
STAGE = re.compile(
    rf"\({_STAGE}\b[^()\[\]\n]{{0,40}}\)|\[{_STAGE}\b[^()\[\]\n]{{0,40}}\]"
)


def _words(letter: str, extra: str = "") -> re.Pattern[str]:
    return re.compile(
        r"(?:[^\W\d_]\.){2,}(?:[^\W\d_](?!\w))?"  # U.S.
        r"|\d++(?:[.,]\d++)++"  # 2,254
        rf"|(?:{letter})++(?:[{APOSTROPHES}](?:{letter})++)*+"
        rf"(?:\[[{APOSTROPHES}]?(?:{letter}){{0,20}}\](?:{letter})*+)*+"  # show[ed]
        rf"|\[(?:{letter}){{1,20}}\](?:{letter})++(?:[{APOSTROPHES}](?:{letter})++)*+"
        rf"|[{_SYMBOLS}]{extra}"
    )


_PLAIN = _words(rf"[\w{_JOINED}]")
_MIXED = _words(rf"(?![{_SOLID}])[\w{_JOINED}]", rf"|[{_SOLID}][\u0300-\u036f]*+")
_IS_SOLID = re.compile(f"[{_SOLID}]")
_TO_PLAIN_APOSTROPHE = str.maketrans(dict.fromkeys(APOSTROPHES, "'"))

#: Codes that stand for no word of a source.
UNKNOWN, BORDER = "\x00", "\x01"
_LAST_CODE = 0x10FFFE
_OVERFLOW = chr(0x10FFFF)

_CHUNK = 8_000
_CUT = re.compile(r"\s")

# Ends with a stop and yet ends no sentence.
_SHORT = word_set(
    "mr mrs ms dr prof sen sens rep reps gov gen lt col sgt maj capt adm st jr sr rev "
    "hon no nos vs inc corp co ltd messrs jan feb mar apr jun jul aug sept sep oct nov "
    "dec res art para ph fig vol pp ed dept"
)
_OTHER_SIGN = re.compile(r"[;:–—―…()\[\]\n]|--|\s-\s|\.\s?\.")
_STOPS = re.compile(r"[.?!。！？؟۔।…]")
_BLANK_LINE = re.compile(r"\n\s*\n")


def fold(word: str) -> str:
    """A word as it is compared; "" for what is none.

    >>> fold("“ﬁnal”"), fold("Cafe\u0301"), fold("[t]he"), fold("don’t")
    ('final', 'café', 'the', "don't")
    """
    if word.isascii():
        plain = word.lower()
        if not plain.isalnum():
            plain = plain.replace("[", "").replace("]", "").replace("_", "")
            plain = plain.replace("`", "'")
    else:
        word = word.translate(_TO_PLAIN_APOSTROPHE)
        word = unicodedata.normalize("NFKC", word).casefold()
        plain = _QUIET.sub("", unicodedata.normalize("NFKC", word)).strip('“”"«»')
    return plain.rstrip(".") if plain[:1] != "." else plain


def scan(text: str) -> re.Pattern[str]:
    """The expression that finds the words of this text."""
    solid = not text.isascii() and _IS_SOLID.search(text)
    return _MIXED if solid else _PLAIN


def sign(word: str, between: str) -> str:
    """How a sentence stands after a word: ".", "?", "!", "" for going on.

    "~" for what may be either: a dash, a colon, an abbreviation's stop, a line break.
    """
    between = STAGE.sub(" ", between)
    if "?" in between or "؟" in between or "？" in between:
        return "?"
    if "!" in between or "！" in between:
        return "!"
    if _OTHER_SIGN.search(between):
        stop = _STOPS.match(between.lstrip("”’\"'»"))
        return "." if stop and between.count(".") == 1 else "~"
    if _STOPS.search(between):
        low = word.casefold()
        return "~" if low in _SHORT or (len(low) == 1 and low != "i") else "."
    return "~" if word.endswith(".") else ""


class _Codes(dict[str, str]):
    """The characters that stand for what is printed between two blanks.

    Made up as the text is read: most of what a text prints it has printed before.
    """

    def __init__(self, words: re.Pattern[str]) -> None:
        self._words = words
        self.of_fold: dict[str, str] = {}

    def __missing__(self, printed: str) -> str:
        bare = printed.rstrip('.,;:?!”"')
        if bare.isascii() and bare.isalpha():
            codes = self._code(bare.lower())
        else:
            codes = "".join(self._code(fold(w)) for w in self._words.findall(printed))
        self[printed] = codes
        return codes

    def _code(self, folded: str) -> str:
        if not folded:
            return ""
        code = self.of_fold.get(folded)
        if code is None:
            number = len(self.of_fold) + 2
            if number > _LAST_CODE:
                return _OVERFLOW
            code = self.of_fold[folded] = chr(number)
        return code


class Prepared:
    """A source's words as one string of codes, and the way back to their places.

    ``codes[i]`` stands for word ``i``. A border stands between two turns, so that no
    run of words ever reaches from one into the next.
    """

    def __init__(self, text: str, turns: Sequence[tuple[int, int]] = ()):
        self.text = text
        self._words = scan(text)
        self._codes = _Codes(self._words)
        self._chunks: list[tuple[int, int, int]] = []  # start, end, turn
        self._firsts: list[int] = []  # the number of each chunk's first word
        self._known: dict[int, list[tuple[int, int]]] = {}
        parts: list[str] = []
        count = 0
        former: int | None = None
        for start, end, turn in _chunks(text, turns):
            if former is not None and turn != former:
                self._add(start, start, -1, count)
                parts.append(BORDER)
                count += 1
            former = turn
            part = "".join(map(self._codes.__getitem__, text[start:end].split()))
            if part:
                self._add(start, end, turn, count)
                parts.append(part)
                count += len(part)
        self.codes = "".join(parts)

    def _add(self, start: int, end: int, turn: int, first: int) -> None:
        self._chunks.append((start, end, turn))
        self._firsts.append(first)

    def __len__(self) -> int:
        return len(self.codes)

    @cached_property
    def counts(self) -> Counter[str]:
        """How often each word stands in the text."""
        return Counter(self.codes)

    def folded(self) -> Iterable[tuple[str, str]]:
        """The words of the text as they are compared, each with its code."""
        return self._codes.of_fold.items()

    def code(self, folded: str) -> str:
        """What stands for a folded word; ``UNKNOWN`` where the text has it not."""
        return self._codes.of_fold.get(folded, UNKNOWN)

    def place(self, number: int) -> tuple[int, int]:
        """Where a word stands; a border stands nowhere, with no length."""
        chunk = bisect_right(self._firsts, number) - 1
        places = self._known.get(chunk)
        if places is None:
            start, end, _ = self._chunks[chunk]
            places = [
                match.span()
                for match in self._words.finditer(self.text, start, end)
                if fold(match[0])
            ] or [(start, end)]
            self._known[chunk] = places
        return places[number - self._firsts[chunk]]

    def turn(self, number: int) -> int:
        """Which of the turns given a word belongs to; -1 for none."""
        return self._chunks[bisect_right(self._firsts, number) - 1][2]

    def printed(self, first: int, last: int) -> str:
        """The text from one word up to, not including, another."""
        if first >= last:
            return ""
        return self.text[self.place(first)[0] : self.place(last - 1)[1]]

    def folds(self, first: int, last: int) -> list[str]:
        """The words from one up to, not including, another, as they are compared."""
        return [
            fold(self.printed(number, number + 1))
            for number in range(first, last)
            if self.codes[number] != BORDER
        ]

    def between(self, number: int) -> str:
        """What is printed between a word and the next."""
        end = self.place(number)[1]
        if number + 1 < len(self.codes):
            return self.text[end : self.place(number + 1)[0]]
        return self.text[end : end + 200]

    def sign(self, number: int) -> str:
        """How the sentence stands after a word; see ``sign``."""
        if self.ends(number):
            return "."
        return sign(self.printed(number, number + 1), self.between(number))

    def ends(self, number: int) -> bool:
        """Is it the last word of the text, or of its turn?"""
        return number + 1 >= len(self.codes) or self.codes[number + 1] == BORDER

    def breaks(self, first: int, last: int) -> bool:
        """Does a sentence, a paragraph or a turn end after one of these words?"""
        return any(
            self.sign(number) in (".", "?", "!")
            or _BLANK_LINE.search(self.between(number)) is not None
            for number in range(max(first, 0), min(last, len(self.codes)))
        )


def _chunks(
    text: str, turns: Sequence[tuple[int, int]]
) -> Iterator[tuple[int, int, int]]:
    """Stretches to read at a time, none over the edge of a turn or inside a word."""
    heard = _spoken(text, turns)
    for start, end, turn in heard:
        at = start
        while end - at > 2 * _CHUNK:
            cut = _CUT.search(text, at + _CHUNK, end)
            if cut is None:
                break
            yield at, cut.start(), turn
            at = cut.start()
        yield at, end, turn


def _spoken(
    text: str, turns: Sequence[tuple[int, int]]
) -> Iterator[tuple[int, int, int]]:
    """The turns and what stands between them, without stage directions."""
    aside = STAGE.search(text)
    for start, end, turn in _stretches(len(text), turns):
        while aside is not None and aside.start() < end:
            if aside.start() >= start:
                yield start, aside.start(), turn
                start = min(aside.end(), end)
            aside = STAGE.search(text, max(aside.end(), start))
        if start < end:
            yield start, end, turn


def _stretches(
    length: int, turns: Iterable[tuple[int, int]]
) -> Iterator[tuple[int, int, int]]:
    """The turns and what stands between them, in order; turns that overlap are cut."""
    at = 0
    ordered = sorted((start, end, n) for n, (start, end) in enumerate(turns))
    for start, end, number in ordered:
        start, end = max(at, min(start, length)), min(end, length)
        if start >= end:
            continue
        if at < start:
            yield at, start, -1
        yield start, end, number
        at = end
    if at < length:
        yield at, length, -1


def runs(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """Numbers in order, as half-open runs: 1 2 3 7 is (1, 4) (7, 8)."""
    ordered = list(numbers)
    edges = [0]
    edges += [i + 1 for i, (a, b) in enumerate(pairwise(ordered)) if b != a + 1]
    edges.append(len(ordered))
    return [(ordered[a], ordered[b - 1] + 1) for a, b in pairwise(edges) if a < b]
