"""Where quotation marks open and close: nested, re-opened over paragraphs, broken.

Everything runs paragraph by paragraph and looks at each mark once, so the time is
linear in the text whatever the text is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

# Any line break ends a paragraph of pasted text.
BREAK = re.compile(r"[\n\r\x0b\x0c\x85\u2028\u2029]+")
# In a text with hard line ends (a typescript, mail) only an empty line does.
_EMPTY_LINE = re.compile(r"(?:\r?\n[ \t\xa0]*){2,}|[\x0b\x0c\u2029]+")
_NEXT_LINE = re.compile(r"\n(?=\S)")
_MARK = re.compile(r"[\"“”„‟«»‹›「」『』＂‘’]|'{2,}|``")
# Marks that open, and marks that close, whatever stands beside them.
_PLAIN = dict.fromkeys("“„‟「『", "o") | dict.fromkeys("”」』", "c")
_AFTER_CLOSE = frozenset(".,;:!?)]}-–—'’*…>")
_BEFORE_OPEN = frozenset("([{-–—/:;,>‘'\"“*|")
_TRIM = " \t\xa0\u200b\u2002\u2003\u2007\u2009\u202f\ufeff"
# A quote that is neither closed nor re-opened may run on over this many paragraphs.
_REACH = 5


@dataclass(frozen=True, slots=True)
class Pair:
    """Words between one opening and one closing mark of the outermost level.

    ``opened`` and ``closed_at`` are the outer ends, marks included; ``pieces`` are the
    words paragraph by paragraph. ``closed`` is False when no closing mark was found
    and the quote was taken to end with its paragraph.
    """

    opened: int
    start: int
    end: int
    closed_at: int
    closed: bool
    single: bool
    pieces: tuple[tuple[int, int], ...]


def hard_wrapped(text: str) -> bool:
    """Are the lines of a text cut by width, in the middle of sentences?

    Yes when most line ends that no stop precedes go on in small letters, and there
    are enough of them to tell.
    """
    small = large = 0
    for match in _NEXT_LINE.finditer(text):
        before = match.start() - 1
        if before > 0 and text[before] == "\r":
            before -= 1
        while before > 0 and text[before] in " \t":
            before -= 1
        if before < 0 or text[before].isspace() or text[before] in ".!?:":
            continue
        if text[match.end()].islower():
            small += 1
        else:
            large += 1
    return small >= 5 and small > large


def paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """The spans between line breaks, empty ones left out."""
    position = 0
    for match in (_EMPTY_LINE if hard_wrapped(text) else BREAK).finditer(text):
        if match.start() > position:
            yield position, match.start()
        position = match.end()
    if position < len(text):
        yield position, len(text)


def _sides(text: str, low: int, high: int) -> list[tuple[int, int, str, bool]]:
    """Marks of one paragraph: (start, end, side, single).

    Side is ``o`` (opens), ``c`` (closes) or ``t`` (either: the state decides). An
    apostrophe (Hay’at, don’t, Assad’s) never appears here as a closing mark unless
    a single opening mark waits for it; ``pairs`` looks after that.
    """
    found: list[tuple[int, int, str, bool]] = []
    for match in _MARK.finditer(text, low, high):
        start, end = match.span()
        char = text[start]
        if char in _PLAIN:
            found.append((start, end, _PLAIN[char], False))
            continue
        before = text[start - 1] if start > low else " "
        after = text[end] if end < high else " "
        if char == "'":
            # ''' at a word's end is a closing ' and then the closing ''
            if end - start > 2 and not before.isspace():
                start = end - 2
                before = "'"
            elif end - start > 2:
                end = start + 2
                after = "'"
        if char == "‘":
            if before.isspace() or before in _BEFORE_OPEN or before in "“”":
                found.append((start, end, "o", True))
            continue
        if char == "’":
            inside_word = before.isalnum() and after.isalnum()
            if not inside_word and not before.isspace():
                found.append((start, end, "c", True))
            continue
        if char == "`":
            side = "o"
        else:
            opens = (before.isspace() or before in _BEFORE_OPEN) and not after.isspace()
            closes = not before.isspace() and (after.isspace() or after in _AFTER_CLOSE)
            side = "o" if opens and not closes else "c" if closes and not opens else "t"
            if (char in "«‹" and side != "c") or (char in "»›" and side == "o"):
                side = "o"  # French «…» and the German »…« alike
            elif char in "«»‹›":
                side = "o" if char in "«‹" and not closes else "c"
        found.append((start, end, side, False))
    return found


def _wrong_way(text: str, mark: tuple[int, int, str, bool], low: int) -> bool:
    """Is this closing mark printed where one opens: ” before a word?"""
    start, end, _, _ = mark
    blank = start == low or text[start - 1].isspace()
    return blank and text[end : end + 1].isalnum()


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in _TRIM:
        start += 1
    while end > start and text[end - 1] in _TRIM:
        end -= 1
    return start, end


def _single(
    text: str, marks: list[tuple[int, int, str, bool]], at: int, until: int
) -> int | None:
    """Index of the mark that closes the single opening mark ``at``.

    Of the ’ before the next opening one, the last that is not a possessive: after an
    s and before a blank (the ministers’ plan) it may be either, and is taken for a
    closing mark only when no better one follows.
    """
    doubtful = None
    for index in range(at + 1, min(len(marks), at + 40)):
        start, end, side, single = marks[index]
        if not single:
            continue
        if side == "o":
            break
        after = text[end] if end < until else " "
        if text[start - 1] in "sSzx" and after == " ":
            doubtful = index
            continue
        return index
    return doubtful


def pairs(text: str) -> list[Pair]:
    """Every outermost quotation in ``text``, in order.

    * “ ”, " ", '' '', `` '', « », „ “, 「 」 and mixtures of them open and close;
    * a second opening mark followed by a blank closes (“so“); one that has a closing
      mark of its own nests; a doubled one (““so”) counts once;
    * a paragraph that ends inside a quotation goes on in the next one when that one
      opens with a mark (re-opened) or holds the missing closing mark first;
    * ‘ ’ count only outside other marks, and an apostrophe never closes them.
    """
    found: list[Pair] = []
    blocks = list(paragraphs(text))
    sides = [_sides(text, low, high) for low, high in blocks]
    carried: tuple[int, int] | None = None  # outer and inner start of an open quote
    pieces: list[tuple[int, int]] = []
    for number, (low, high) in enumerate(blocks):
        marks = sides[number]
        current = carried
        piece = low
        first = 0
        if current is not None:
            body = low
            while body < high and text[body] in _TRIM:
                body += 1
            if marks and not marks[0][3] and marks[0][0] == body:
                first, piece = 1, marks[0][1]  # the repeated opening mark
        closes_left = sum(1 for mark in marks if mark[2] == "c" and not mark[3])
        depth = 0
        index = first
        while index < len(marks):
            start, end, side, single = marks[index]
            if single:
                if current is None and side == "o":
                    close = _single(text, marks, index, high)
                    if close is not None and not _double_between(marks, index, close):
                        a, b = _trimmed(text, end, marks[close][0])
                        if a < b:
                            shut = marks[close][1]
                            found.append(Pair(start, a, b, shut, True, True, ((a, b),)))
                        index = close
                index += 1
                continue
            if text[start] in "‹›" and current is not None and text[current[0]] != "‹":
                index += 1  # « … ‹ so › … »
                continue
            if side == "c":
                closes_left -= 1
            if current is None:
                if side != "c" or (
                    text[start] == "”" and _wrong_way(text, marks[index], low)
                ):
                    current, piece, depth = (start, end), end, 0
            elif side in "ct":
                if depth:
                    depth -= 1
                else:
                    _add(found, text, current, pieces, piece, start, end, True)
                    current, pieces = None, []
            elif end < high and not text[end].isspace() and text[end] not in ".,;:!?)":
                if start == piece:
                    current, piece = (current[0], end), end
                elif closes_left > _opens_after(marks, index) + 1:
                    depth += 1
            else:
                _add(found, text, current, pieces, piece, start, end, True)
                current, pieces = None, []
            index += 1
        carried = None
        if current is not None:
            pieces.append((piece, high))
            if _goes_on(text, blocks, sides, number):
                carried = current
            else:
                last = pieces.pop()
                _add(found, text, current, pieces, last[0], high, high, False)
                pieces = []
    return found


def _double_between(
    marks: list[tuple[int, int, str, bool]], low: int, high: int
) -> bool:
    """Does an unbalanced double mark stand between two single ones?"""
    return sum(1 for mark in marks[low + 1 : high] if not mark[3]) % 2 == 1


def _opens_after(marks: list[tuple[int, int, str, bool]], index: int) -> int:
    """How many double marks open after ``index``, as far as 40 marks on."""
    return sum(1 for m in marks[index + 1 : index + 41] if m[2] == "o" and not m[3])


def _add(
    found: list[Pair],
    text: str,
    current: tuple[int, int],
    pieces: list[tuple[int, int]],
    piece: int,
    end: int,
    closed_at: int,
    closed: bool,
) -> None:
    """Store a pair unless there is nothing between its marks."""
    spans = tuple(
        (a, b)
        for a, b in (_trimmed(text, x, y) for x, y in [*pieces, (piece, end)])
        if a < b
    )
    if spans:
        first, last = spans[0][0], spans[-1][1]
        found.append(Pair(current[0], first, last, closed_at, closed, False, spans))


def _goes_on(
    text: str,
    blocks: list[tuple[int, int]],
    sides: list[list[tuple[int, int, str, bool]]],
    number: int,
) -> bool:
    """Does a quotation left open by paragraph ``number`` go on in the next one?

    Yes when the next one opens with a mark, or when the first double mark of the next
    few paragraphs is a closing one.
    """
    for ahead in range(number + 1, min(number + 1 + _REACH, len(blocks))):
        marks = [mark for mark in sides[ahead][:40] if not mark[3]]
        if not marks:
            continue
        start, _, side, _ = marks[0]
        low = blocks[ahead][0]
        if ahead == number + 1 and not text[low:start].strip():
            return True
        return side == "c" and not _wrong_way(text, marks[0], low)
    return False
