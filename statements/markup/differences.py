"""What differs between two plain texts, word by word, paragraph beside paragraph."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Literal, NamedTuple

from rapidfuzz.distance import Indel

#: Pairs of words that are compared: beyond, a paragraph counts as written anew.
_LARGEST = 40_000_000
#: Pairs of paragraphs for which it is asked which became which.
_PAIRS = 2_500
#: From this share of common words on, one paragraph became the other.
_LIKENESS = 0.4

#: A figure is one word with its points and commas: 14,200 became 12,400.
_TOKENS = re.compile(r"\d+(?:[.,:]\d+)+|\w+|\s+|[^\w\s]")
_WORD = re.compile(r"\w+")

SAME: Literal["same"] = "same"
OUT: Literal["out"] = "out"
IN: Literal["in"] = "in"
type Sign = Literal["same", "out", "in"]


class Piece(NamedTuple):
    """Words that both texts have, that only the old one has, or only the new one."""

    sign: Sign
    text: str


@dataclass(frozen=True)
class Row:
    """A paragraph that changed; one side is empty where it is new, or gone."""

    pieces: tuple[Piece, ...]

    @property
    def old(self) -> list[Piece]:
        return [piece for piece in self.pieces if piece.sign != IN]

    @property
    def new(self) -> list[Piece]:
        return [piece for piece in self.pieces if piece.sign != OUT]


@dataclass(frozen=True)
class Unchanged:
    """Paragraphs in a row that both texts have."""

    paragraphs: tuple[str, ...]


def words(old: str, new: str) -> tuple[Piece, ...]:
    """Both texts in one, what was taken out before what was put in.

    >>> words("The ferry sails today.", "The ferry sailed.")
    (Piece('same', 'The ferry '), Piece('out', 'sails today'), Piece('in', 'sailed'),
     Piece('same', '.'))
    """
    if old == new:
        return (Piece(SAME, old),) if old else ()
    left, right = _TOKENS.findall(old), _TOKENS.findall(new)
    if len(left) * len(right) > _LARGEST:
        return tuple(_joined([(OUT, old), (IN, new)]))
    found: list[tuple[Sign, str]] = []
    for each in Indel.opcodes(left, right):
        if each.tag == "equal":
            found.append((SAME, "".join(left[each.src_start : each.src_end])))
            continue
        found.append((OUT, "".join(left[each.src_start : each.src_end])))
        found.append((IN, "".join(right[each.dest_start : each.dest_end])))
    return tuple(_joined(found))


def places(old: str, new: str) -> list[tuple[int, int]]:
    """Where the new text has words that the old one has not, from the left.

    What shows nothing by itself, a comma or the gap where words were taken out, is
    shown by the word before it, or by the first one.

    >>> places("The ferry sails today.", "The ferry sailed.")
    [(10, 16)]
    """
    found: list[tuple[int, int]] = []
    spots = [each.span() for each in _WORD.finditer(new)]
    ends = [end for _, end in spots]
    at = 0
    pieces = words(old, new)
    for piece, following in zip_longest(pieces, pieces[1:]):
        if piece.sign != IN:
            start = end = at
            at += len(piece.text) * (piece.sign == SAME)
            if piece.sign == SAME or (following and following.sign == IN):
                continue
        else:
            at += len(piece.text)
            start = at - len(piece.text.lstrip())
            end = max(start, at - len(piece.text) + len(piece.text.rstrip()))
        if not _WORD.search(new, start, end):
            if not spots:
                continue
            near = spots[max(0, bisect_right(ends, start) - 1)]
            start, end = near[0], max(near[1], end if end > start else 0)
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def around_change(old: str, new: str, *, most: int = 240, context: int = 60) -> str:
    """The old text; of a long one what the new one changed, with a few words around."""
    if len(old) <= most:
        return old
    pieces = words(old, new)
    first = len(pieces[0].text) if pieces[0].sign == SAME else 0
    last = len(old) - (len(pieces[-1].text) if pieces[-1].sign == SAME else 0)
    start, end = max(0, first - context), min(len(old), max(first, last) + context)
    start = old.rfind(" ", 0, start) + 1 if start else 0
    ends = old.find(" ", end)
    end = ends if ends > 0 else len(old)
    return f"{'… ' if start else ''}{old[start:end]}{' …' if end < len(old) else ''}"


def paragraphs(old: str, new: str) -> list[Row | Unchanged]:
    """Both texts in their order: runs that did not change, and rows that did."""
    left = [line for line in old.split("\n") if line]
    right = [line for line in new.split("\n") if line]
    found: list[Row | Unchanged] = []
    one = two = 0
    for first, second, count in [*_equal(left, right), (len(left), len(right), 0)]:
        found += _rows(left[one:first], right[two:second])
        if count:
            found.append(Unchanged(tuple(left[first : first + count])))
        one, two = first + count, second + count
    return found


def _equal(
    left: Sequence[Hashable], right: Sequence[Hashable]
) -> list[tuple[int, int, int]]:
    if len(left) * len(right) > _LARGEST:
        return []
    return [
        (each.src_start, each.dest_start, each.src_end - each.src_start)
        for each in Indel.opcodes(left, right)
        if each.tag == "equal"
    ]


def _rows(old: Sequence[str], new: Sequence[str]) -> Iterator[Row]:
    """Paragraphs that differ, each beside the one that it became."""
    one = two = 0
    for first, second in [*_became(old, new), (len(old), len(new))]:
        for gone in old[one:first]:
            yield Row((Piece(OUT, gone),))
        for added in new[two:second]:
            yield Row((Piece(IN, added),))
        if first < len(old) and second < len(new):
            yield Row(words(old[first], new[second]))
        one, two = first + 1, second + 1


def _became(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Which paragraph became which, in order, so that most words are common."""
    if not old or not new:
        return []
    if len(old) * len(new) > _PAIRS:
        return [(n, n) for n in range(min(len(old), len(new)))]
    left = [_TOKENS.findall(line.casefold()) for line in old]
    right = [_TOKENS.findall(line.casefold()) for line in new]
    alike = [
        [Indel.normalized_similarity(a, b, score_cutoff=_LIKENESS) for b in right]
        for a in left
    ]
    if len(old) == len(new) == 1:
        return [(0, 0)] if alike[0][0] else []
    best = [[0.0] * (len(right) + 1) for _ in range(len(left) + 1)]
    for i in range(len(left) - 1, -1, -1):
        for j in range(len(right) - 1, -1, -1):
            pair = alike[i][j] and alike[i][j] + best[i + 1][j + 1]
            best[i][j] = max(pair, best[i + 1][j], best[i][j + 1])
    found = []
    i = j = 0
    while i < len(left) and j < len(right):
        if alike[i][j] and best[i][j] == alike[i][j] + best[i + 1][j + 1]:
            found.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return found


def _joined(found: Sequence[tuple[Sign, str]]) -> Iterator[Piece]:
    """Pieces without the blanks that would tear a change of several words apart."""
    out = into = ""
    for number, (sign, text) in enumerate(found):
        if sign == OUT:
            out += text
        elif sign == IN:
            into += text
        elif text.isspace() and (out or into) and number + 1 < len(found):
            out, into = out + text, into + text
        else:
            yield from _change(out, into)
            out = into = ""
            yield Piece(SAME, text)
    yield from _change(out, into)


def _change(out: str, into: str) -> Iterator[Piece]:
    """What went and what came, without the blanks at the end that both have."""
    tail = ""
    while out and into and out[-1] == into[-1] and out[-1].isspace():
        tail, out, into = out[-1] + tail, out[:-1], into[:-1]
    if out:
        yield Piece(OUT, out)
    if into:
        yield Piece(IN, into)
    if tail:
        yield Piece(SAME, tail)
