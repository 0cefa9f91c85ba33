"""The words of a body one by one, what is the same in two texts, and in three."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from . import projection
from .anchors import matches
from .pieces import Piece, Run, Tag, parse, placed

#: A word or a sign with the blanks behind it; a line break stands alone.
_WORDS = re.compile(r"\n|\w+(?:['’]\w+)*[^\S\n]*|[^\w\s][^\S\n]*|[^\S\n]+")
#: Pairs of items that are compared: 12 MB of bits at most.
LARGEST = 100_000_000


class Token(NamedTuple):
    """A word, a sign, a line break or a block's tag, and the quotes it stands in.

    ``key`` is what is compared: the word and its formatting, without blanks behind it.
    """

    key: Hashable
    piece: Piece
    quotes: frozenset[str] = frozenset()


type Block = tuple[Token, ...]


type Difference = tuple[Literal["same", "gone", "new"], str]


def differences(before: str, after: str) -> list[Difference]:
    """What became of a plain text, word by word: what is the same, gone, new."""
    one, two = _WORDS.findall(before), _WORDS.findall(after)
    found: list[Difference] = []

    def put(sign: Literal["same", "gone", "new"], words: list[str]) -> None:
        if words:
            found.append((sign, "".join(words)))

    at, to = 0, 0
    for here, there, count in [*aligned(one, two), (len(one), len(two), 0)]:
        put("gone", one[at:here])
        put("new", two[to:there])
        put("same", one[here : here + count])
        at, to = here + count, there + count
    return found


type Span = tuple[int, int]


def chunks(
    base: Sequence[Hashable], mine: Sequence[Hashable], theirs: Sequence[Hashable]
) -> Iterator[tuple[Span, Span, Span]]:
    """Divide three sequences into stretches that all have, and what is between."""
    one, two = (
        {
            here + n: there + n
            for here, there, count in aligned(base, side)
            for n in range(count)
        }
        for side in (mine, theirs)
    )
    at = (0, 0, 0)
    run: tuple[int, int, int] | None = None  # where the present stretch began
    ends = (len(base), len(mine), len(theirs))
    both = [(b, one[b], two[b]) for b in sorted(one.keys() & two.keys())]
    for here in [*both, ends]:
        if here != at or here == ends:
            if run is not None and run != at:
                yield (run[0], at[0]), (run[1], at[1]), (run[2], at[2])
            if here != at:
                yield (at[0], here[0]), (at[1], here[1]), (at[2], here[2])
            run = here
        elif run is None:
            run = here
        at = (here[0] + 1, here[1] + 1, here[2] + 1)


def aligned(
    one: Sequence[Hashable], two: Sequence[Hashable]
) -> list[tuple[int, int, int]]:
    if len(one) * len(two) > LARGEST:
        head = 0
        while head < min(len(one), len(two)) and one[head] == two[head]:
            head += 1
        return [(0, 0, head)] if head else []
    # Numbers stand for what is compared: hashes of tuples would be taken for equal.
    known: dict[Hashable, int] = {}
    numbers = [
        [known.setdefault(key, len(known)) for key in each] for each in (one, two)
    ]
    return matches(*numbers)


def blocks_of(html: str) -> list[Block]:
    return [
        tuple(_tokens(piece for _, piece in inside))
        for *_, inside in projection.divided(placed(parse(html)))
    ]


def _tokens(pieces: Iterable[Piece]) -> Iterator[Token]:
    waiting: list[Run] = []
    for piece in pieces:
        if isinstance(piece, Run) and (not waiting or waiting[-1].marks == piece.marks):
            waiting.append(piece)
            continue
        yield from _split(waiting)
        waiting = []
        if isinstance(piece, Tag):
            yield Token(piece.html, piece)
        else:
            waiting.append(piece)
    yield from _split(waiting)


def _split(runs: list[Run]) -> Iterator[Token]:
    """The words of runs that differ in their quotes alone."""
    ends: list[tuple[int, frozenset[str]]] = []
    length = 0
    for run in runs:
        length += len(run.text)
        ends.append((length, frozenset(run.quotes)))
    index = 0
    for found in _WORDS.finditer("".join(run.text for run in runs)):
        while ends[index][0] <= found.start():
            index += 1
        yield _token(Run(found[0], (), runs[0].marks), ends[index][1])


def _token(run: Run, quotes: frozenset[str] = frozenset()) -> Token:
    return Token((run.text.rstrip() or run.text[:1], run.marks), run, quotes)


def line_of(text: str) -> tuple[Token, ...]:
    return tuple(_token(Run(word)) for word in _WORDS.findall(text))


def keys_of(tokens: Iterable[Token]) -> tuple[Hashable, ...]:
    return tuple(token.key for token in tokens)


def exacts(tokens: Iterable[Token]) -> tuple[Piece, ...]:
    return tuple(token.piece for token in tokens)


def exact(token: Token) -> Piece:
    return token.piece


def text_of(tokens: Iterable[Token]) -> str:
    """The words, a block a line."""
    parts: list[str] = []
    boundary = False
    for token in tokens:
        if isinstance(token.piece, Tag):
            boundary = True
            continue
        if boundary and parts:
            parts.append("\n")
        boundary = False
        parts.append(token.piece.text)
    return "".join(parts)
