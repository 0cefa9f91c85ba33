"""Three-way merging of bodies: what two people made of one text, in one text.

Blocks are aligned first, then words inside those that both changed. A change that one
made alone is taken; where both changed the same words, or words that touch, both
readings are kept as a Conflict until somebody chooses. Quote marks are no part of what
is compared: they follow the words that they stand on, whoever changed those.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Literal, NamedTuple

from rapidfuzz.distance import Indel

from . import marks, projection
from .anchors import matches
from .pieces import Piece, Run, Tag, parse, placed, serialise
from .sanitise import clean

type Choice = Literal["mine", "theirs", "both"]
CHOICES: tuple[Choice, ...] = ("mine", "theirs", "both")

#: A word or a sign with the blanks behind it; a line break stands alone.
_WORDS = re.compile(r"\n|\w+(?:['’]\w+)*[^\S\n]*|[^\w\s][^\S\n]*|[^\S\n]+")
#: Pairs of items that are compared: 12 MB of bits at most.
_LARGEST = 100_000_000
#: Pairs of blocks that are compared by likeness.
_PAIRS = 2_500
#: From this share of common characters a block is the other one, changed.
_ALIKE = 0.5


class Token(NamedTuple):
    """A word, a sign, a line break or a block's tag, and the quotes it stands in.

    ``key`` is what is compared: the word and its formatting, without blanks behind it.
    """

    key: Hashable
    piece: Piece
    quotes: frozenset[str] = frozenset()


type Block = tuple[Token, ...]


@dataclass(frozen=True)
class Settled:
    """Words about which nothing is to be decided."""

    tokens: tuple[Token, ...]


@dataclass(frozen=True)
class Conflict:
    """Words that both changed. ``key`` is the same as long as all three are."""

    key: str
    base: tuple[Token, ...]
    mine: tuple[Token, ...]
    theirs: tuple[Token, ...]

    def tokens(self, choice: Choice) -> tuple[Token, ...]:
        if choice == "mine":
            return self.mine
        if choice == "theirs":
            return self.theirs
        # A quote stands in one place: of two copies of its words, in the first.
        there = frozenset[str]().union(*(token.quotes for token in self.mine))
        blank: tuple[Token, ...] = ()
        if self.mine and isinstance(self.mine[-1].piece, Run) and self.theirs:
            blank = _spaced(self.mine[-1])
        return (
            *(self.mine[:-1] if blank else self.mine),
            *blank,
            *(token._replace(quotes=token.quotes - there) for token in self.theirs),
        )

    def text(self, side: Literal["base", "mine", "theirs"]) -> str:
        tokens: tuple[Token, ...] = getattr(self, side)
        return _text(tokens)


type Segment = Settled | Conflict


@dataclass(frozen=True)
class Merged:
    """The segments of a merged body, in order."""

    segments: tuple[Segment, ...]
    #: Quotes that one of both took off.
    removed: frozenset[str] = frozenset()
    #: How many code points a quote covered, on the side where it was longer.
    reach: Mapping[str, int] | None = None

    @property
    def conflicts(self) -> list[Conflict]:
        return [each for each in self.segments if isinstance(each, Conflict)]

    def html(self, choices: Mapping[str, Choice] | None = None) -> str:
        """The body, clean. Raises KeyError for a conflict without a choice."""
        choices = choices or {}
        tokens: list[Token] = []
        for segment in self.segments:
            if isinstance(segment, Settled):
                tokens += segment.tokens
            else:
                tokens += segment.tokens(choices[segment.key])
        return _written(tokens, self.removed, self.reach or {})


def merge(base: str, mine: str, theirs: str) -> Merged:
    """Merge two clean bodies that were both made from ``base``."""
    if mine in (base, theirs):
        return _whole(theirs)
    if theirs == base:
        return _whole(mine)
    blocks = [_blocks(html) for html in (base, mine, theirs)]
    keys = [[_keys(block) for block in each] for each in blocks]
    segments: list[Segment] = []
    for b, m, t in _chunks(*keys):
        sides = [
            each[slice(*span)] for each, span in zip(blocks, (b, m, t), strict=True)
        ]
        segments += _region(*sides)
    quotes = [_extents(html) for html in (base, mine, theirs)]
    removed = (quotes[0].keys() - quotes[1].keys()) | (
        quotes[0].keys() - quotes[2].keys()
    )
    reach = {
        quote: max(quotes[1].get(quote, 0), quotes[2].get(quote, 0))
        for quote in quotes[1].keys() | quotes[2].keys()
    }
    return Merged(_numbered(segments), frozenset(removed), reach)


def merge_unknown(mine: str, theirs: str) -> Merged:
    """Merge two bodies of which nobody knows what they were made from.

    What they have in common stands for it: so nothing that either has is left out
    without somebody choosing so.
    """
    left, right = _blocks(mine), _blocks(theirs)
    common: list[Token] = []
    for here, _, count in _aligned([_keys(b) for b in left], [_keys(b) for b in right]):
        for block in left[here : here + count]:
            common += block
    return merge(serialise(token.piece for token in common), mine, theirs)


def merge_words(base: str, mine: str, theirs: str) -> str | None:
    """The same for a line of plain text; None where somebody must choose."""
    if mine in (base, theirs):
        return theirs
    if theirs == base:
        return mine
    segments = _words(*(_line(text) for text in (base, mine, theirs)))
    if any(isinstance(segment, Conflict) for segment in segments):
        return None
    return _text(
        token
        for segment in segments
        if isinstance(segment, Settled)
        for token in segment.tokens
    )


type Difference = tuple[Literal["same", "gone", "new"], str]


def differences(before: str, after: str) -> list[Difference]:
    """What became of a plain text, word by word: what is the same, gone, new."""
    one, two = _WORDS.findall(before), _WORDS.findall(after)
    found: list[Difference] = []

    def put(sign: Literal["same", "gone", "new"], words: list[str]) -> None:
        if words:
            found.append((sign, "".join(words)))

    at, to = 0, 0
    for here, there, count in [*_aligned(one, two), (len(one), len(two), 0)]:
        put("gone", one[at:here])
        put("new", two[to:there])
        put("same", one[here : here + count])
        at, to = here + count, there + count
    return found


# ---------- blocks ----------


def _whole(html: str) -> Merged:
    reach = _extents(html)
    tokens = tuple(token for block in _blocks(html) for token in block)
    return Merged((Settled(tokens),), frozenset(), reach)


def _region(
    base: Sequence[Block], mine: Sequence[Block], theirs: Sequence[Block]
) -> list[Segment]:
    """Merge blocks that stand between blocks which all three have."""
    flat = [
        tuple(token for block in side for token in block)
        for side in (base, mine, theirs)
    ]
    keys = [_keys(side) for side in flat]
    segments = _words(*flat) if _small(flat) else []
    settled = [each for each in segments if isinstance(each, Settled)]
    if segments or not any(flat):
        if len(settled) == len(segments) and _well_formed(segments):
            return segments
        if len(base) == len(mine) == len(theirs) == 1 and _inside(segments):
            return segments
    if keys[1] == keys[0]:
        return [Settled(flat[2])]
    if keys[2] == keys[0]:
        return [Settled(flat[1])]
    if max(map(len, (base, mine, theirs))) > 1 and (
        cuts := _in_both(base, mine, theirs)
    ):
        parts: list[Segment] = []
        at = (0, 0, 0)
        for cut in [*cuts, (len(base), len(mine), len(theirs))]:
            gap = [
                side[a:b]
                for side, a, b in zip((base, mine, theirs), at, cut, strict=True)
            ]
            if any(gap):
                parts += _region(*gap)
            b, m, t = cut
            if b < len(base):
                parts += _region(base[b : b + 1], mine[m : m + 1], theirs[t : t + 1])
            at = (b + 1, m + 1, t + 1)
        return parts
    return [Conflict("", *flat)]


def _in_both(
    base: Sequence[Block], mine: Sequence[Block], theirs: Sequence[Block]
) -> list[tuple[int, int, int]]:
    """Blocks that are in all three, changed perhaps: their numbers in each."""
    if len(base) * len(mine) > _PAIRS or len(base) * len(theirs) > _PAIRS:
        return []
    one, two = _alike(base, mine), _alike(base, theirs)
    return [(at, one[at], two[at]) for at in sorted(one.keys() & two.keys())]


def _alike(left: Sequence[Block], right: Sequence[Block]) -> dict[int, int]:
    """Which block became which, in order, so that the likeness is greatest."""
    texts = [_text(block) for block in left], [_text(block) for block in right]
    best = [[0.0] * (len(right) + 1) for _ in range(len(left) + 1)]
    likeness: dict[tuple[int, int], float] = {}
    for i in range(len(left) - 1, -1, -1):
        for j in range(len(right) - 1, -1, -1):
            score = Indel.normalized_similarity(
                texts[0][i], texts[1][j], score_cutoff=_ALIKE
            )
            likeness[i, j] = score
            paired = score + best[i + 1][j + 1] if score else 0.0
            best[i][j] = max(paired, best[i + 1][j], best[i][j + 1])
    found: dict[int, int] = {}
    i = j = 0
    while i < len(left) and j < len(right):
        score = likeness[i, j]
        if score and best[i][j] == score + best[i + 1][j + 1]:
            found[i] = j
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return found


# ---------- words ----------


def _words(
    base: tuple[Token, ...], mine: tuple[Token, ...], theirs: tuple[Token, ...]
) -> list[Segment]:
    """Merge token by token; words that touch a change of the other are a conflict."""
    segments: list[Segment] = []
    stable: list[tuple[Token, Token, Token]] = []

    def settle(last: tuple[Token, ...] = ()) -> None:
        tokens = [_agreed(*three) for three in stable]
        stable.clear()
        if tokens or last:
            segments.append(Settled((*tokens, *last)))

    for b, m, t in _chunks(_keys(base), _keys(mine), _keys(theirs)):
        was, own, other = base[slice(*b)], mine[slice(*m)], theirs[slice(*t)]
        if _keys(was) == _keys(own) == _keys(other):
            stable += zip(was, own, other, strict=True)
            continue
        # The blank behind the word before belongs to what follows it.
        if stable and len({_exact(token) for token in stable[-1]}) > 1:
            before = stable.pop()
            was, own, other = (before[0], *was), (before[1], *own), (before[2], *other)
        taken = _taken(was, own, other)
        if taken is None:
            settle()
            segments.append(Conflict("", was, own, other))
        else:
            settle(taken)
    settle()
    return segments


def _taken(
    base: tuple[Token, ...], mine: tuple[Token, ...], theirs: tuple[Token, ...]
) -> tuple[Token, ...] | None:
    """What stands where one alone changed something; None where both did."""
    for view in (_exacts, _keys):
        if view(mine) == view(base):
            return _marked(theirs, mine, base)
        if view(theirs) == view(base) or view(mine) == view(theirs):
            return _marked(mine, theirs, base)
    return None


def _marked(
    taken: tuple[Token, ...], other: tuple[Token, ...], base: tuple[Token, ...]
) -> tuple[Token, ...]:
    """Changed words, in the quotes that the other put on the words they replace."""
    if not other:
        return taken
    new = frozenset.intersection(*(token.quotes for token in other))
    new = new.difference(*(token.quotes for token in base))
    return tuple(token._replace(quotes=token.quotes | new) for token in taken)


def _agreed(base: Token, mine: Token, theirs: Token) -> Token:
    """A word that all three have: its blanks and its quotes."""
    kept = mine if mine.piece != base.piece else theirs
    quotes = {
        quote
        for quote in mine.quotes | theirs.quotes
        if (
            quote in theirs.quotes
            if (quote in mine.quotes) == (quote in base.quotes)
            else quote in mine.quotes
        )
    }
    return kept._replace(quotes=frozenset(quotes))


type Span = tuple[int, int]


def _chunks(
    base: Sequence[Hashable], mine: Sequence[Hashable], theirs: Sequence[Hashable]
) -> Iterator[tuple[Span, Span, Span]]:
    """Divide three sequences into stretches that all have, and what is between."""
    one, two = (
        {
            here + n: there + n
            for here, there, count in _aligned(base, side)
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


def _aligned(
    one: Sequence[Hashable], two: Sequence[Hashable]
) -> list[tuple[int, int, int]]:
    if len(one) * len(two) > _LARGEST:
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


# ---------- tokens ----------


def _blocks(html: str) -> list[Block]:
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


def _line(text: str) -> tuple[Token, ...]:
    return tuple(_token(Run(word)) for word in _WORDS.findall(text))


def _keys(tokens: Iterable[Token]) -> tuple[Hashable, ...]:
    return tuple(token.key for token in tokens)


def _exacts(tokens: Iterable[Token]) -> tuple[Piece, ...]:
    return tuple(token.piece for token in tokens)


def _exact(token: Token) -> Piece:
    return token.piece


def _spaced(token: Token) -> tuple[Token, ...]:
    """The last word of a reading, with a blank before the other reading."""
    run = token.piece
    if not isinstance(run, Run) or run.text[-1:].isspace():
        return ()
    return (token._replace(piece=run._replace(text=f"{run.text} ")),)


def _text(tokens: Iterable[Token]) -> str:
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


def _small(sides: Sequence[tuple[Token, ...]]) -> bool:
    base, mine, theirs = map(len, sides)
    return base * mine <= _LARGEST and base * theirs <= _LARGEST


def _inside(segments: Sequence[Segment]) -> bool:
    """Whether whatever is chosen stays inside its block."""
    for segment in segments:
        if isinstance(segment, Conflict):
            for side in (segment.base, segment.mine, segment.theirs):
                if any(isinstance(token.piece, Tag) for token in side):
                    return False
    return _well_formed(segments)


def _well_formed(segments: Sequence[Segment]) -> bool:
    """Whether the blocks open and close as they may: the sanitiser moves none."""
    pieces = [
        token.piece
        for segment in segments
        for token in (segment.tokens if isinstance(segment, Settled) else segment.mine)
    ]
    tags = [piece.html for piece in pieces if isinstance(piece, Tag)]
    try:
        again = parse(clean(serialise(pieces)))
    except ValueError:
        return False
    return tags == [piece.html for piece in again if isinstance(piece, Tag)]


def _numbered(segments: Iterable[Segment]) -> tuple[Segment, ...]:
    """Neighbours that are settled in one; conflicts with their keys."""
    found: list[Segment] = []
    times: dict[str, int] = {}
    for segment in segments:
        if isinstance(segment, Conflict):
            sides = (segment.base, segment.mine, segment.theirs)
            whole = "\0".join(repr(_exacts(side)) for side in sides)
            key = sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()[:12]
            times[key] = times.get(key, 0) + 1
            found.append(Conflict(f"{key}{times[key]}", *sides))
        elif found and isinstance(found[-1], Settled):
            found[-1] = Settled((*found[-1].tokens, *segment.tokens))
        else:
            found.append(segment)
    return tuple(found)


# ---------- quotes ----------


def _extents(html: str) -> dict[str, int]:
    return {mark.permalink: mark.end - mark.start for mark in marks.read(html)}


def _written(
    tokens: Iterable[Token], removed: frozenset[str], reach: Mapping[str, int]
) -> str:
    """The body of these tokens, with every quote in one place."""
    pieces: list[Piece] = []
    tokens = list(tokens)
    for token, following in zip(tokens, [*tokens[1:], None], strict=True):
        run = token.piece
        if not isinstance(run, Run):
            pieces.append(run)
            continue
        quotes = token.quotes - removed
        word = run.text.rstrip(" \u00a0") or run.text
        pieces.append(run._replace(text=word, quotes=tuple(sorted(quotes))))
        if blank := run.text[len(word) :]:
            # A quote ends with its last word.
            inside = quotes & following.quotes if following else frozenset[str]()
            pieces.append(run._replace(text=blank, quotes=tuple(sorted(inside))))
    html = clean(serialise(pieces))
    text = projection.to_text(html)
    wanted = [_once(html, mark, reach) for mark in marks.read(html)]
    wanted = [mark for mark in wanted if text[mark.start : mark.end].strip()]
    while True:
        try:
            return marks.write(html, wanted)
        except ValueError:
            # More quotes over the same words than can be: the shortest goes.
            wanted.remove(min(wanted, key=lambda mark: mark.end - mark.start))


def _once(html: str, mark: marks.Mark, reach: Mapping[str, int]) -> marks.Mark:
    """A quote whose words stand twice is in the first of both places.

    Twice: between its pieces stands what is none of it, and they hold half as much
    again as it ever had. Else what stands between was put into it by the other.
    """
    covered, end = 0, mark.start
    broken: int | None = None
    for place, piece in placed(parse(html)):
        if not isinstance(piece, Run) or place < mark.start or place >= mark.end:
            continue
        if mark.permalink in piece.quotes:
            covered += len(piece.text)
            end = place + len(piece.text)
        elif broken is None:
            broken = end
    if broken is None or 2 * covered < 3 * reach.get(mark.permalink, covered):
        return mark
    return mark._replace(end=broken)
