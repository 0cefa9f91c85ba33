"""Three-way merging of bodies: what two people made of one text, in one text.

Blocks are aligned first, then words inside those that both changed. A change that one
made alone is taken; where both changed the same words, or words that touch, both
readings are kept as a Conflict until somebody chooses. Quote marks are no part of what
is compared: they follow the words that they stand on, whoever changed those.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Literal

from rapidfuzz.distance import Indel

from . import marks, projection
from .pieces import Piece, Run, Tag, parse, placed, serialise
from .sanitise import clean
from .wording import (
    LARGEST,
    Block,
    Token,
    aligned,
    blocks_of,
    chunks,
    exact,
    exacts,
    keys_of,
    line_of,
    text_of,
)

type Choice = Literal["mine", "theirs", "both"]
CHOICES: tuple[Choice, ...] = ("mine", "theirs", "both")

#: Pairs of blocks that are compared by likeness.
_PAIRS = 2_500
#: From this share of common characters a block is the other one, changed.
_ALIKE = 0.5


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
        return text_of(tokens)


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
    blocks = [blocks_of(html) for html in (base, mine, theirs)]
    keys = [[keys_of(block) for block in each] for each in blocks]
    segments: list[Segment] = []
    for b, m, t in chunks(*keys):
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
    left, right = blocks_of(mine), blocks_of(theirs)
    common: list[Token] = []
    for here, _, count in aligned(
        [keys_of(b) for b in left], [keys_of(b) for b in right]
    ):
        for block in left[here : here + count]:
            common += block
    return merge(serialise(token.piece for token in common), mine, theirs)


def merge_words(base: str, mine: str, theirs: str) -> str | None:
    """The same for a line of plain text; None where somebody must choose."""
    if mine in (base, theirs):
        return theirs
    if theirs == base:
        return mine
    segments = _words(*(line_of(text) for text in (base, mine, theirs)))
    if any(isinstance(segment, Conflict) for segment in segments):
        return None
    return text_of(
        token
        for segment in segments
        if isinstance(segment, Settled)
        for token in segment.tokens
    )


# ---------- blocks ----------


def _whole(html: str) -> Merged:
    reach = _extents(html)
    tokens = tuple(token for block in blocks_of(html) for token in block)
    return Merged((Settled(tokens),), frozenset(), reach)


def _region(
    base: Sequence[Block], mine: Sequence[Block], theirs: Sequence[Block]
) -> list[Segment]:
    """Merge blocks that stand between blocks which all three have."""
    flat = [
        tuple(token for block in side for token in block)
        for side in (base, mine, theirs)
    ]
    keys = [keys_of(side) for side in flat]
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
    texts = [text_of(block) for block in left], [text_of(block) for block in right]
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

    for b, m, t in chunks(keys_of(base), keys_of(mine), keys_of(theirs)):
        was, own, other = base[slice(*b)], mine[slice(*m)], theirs[slice(*t)]
        if keys_of(was) == keys_of(own) == keys_of(other):
            stable += zip(was, own, other, strict=True)
            continue
        # The blank behind the word before belongs to what follows it.
        if stable and len({exact(token) for token in stable[-1]}) > 1:
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
    for view in (exacts, keys_of):
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


def _spaced(token: Token) -> tuple[Token, ...]:
    """The last word of a reading, with a blank before the other reading."""
    run = token.piece
    if not isinstance(run, Run) or run.text[-1:].isspace():
        return ()
    return (token._replace(piece=run._replace(text=f"{run.text} ")),)


def _small(sides: Sequence[tuple[Token, ...]]) -> bool:
    base, mine, theirs = map(len, sides)
    return base * mine <= LARGEST and base * theirs <= LARGEST


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
            whole = "\0".join(repr(exacts(side)) for side in sides)
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
