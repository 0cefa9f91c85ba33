"""Where words went when a text changed, and how to know a place again."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Hashable, Iterable, Sequence
from hashlib import sha256
from itertools import accumulate

from rapidfuzz.distance import Indel

#: Below this share of common characters the words are gone, not edited. Chosen so
#: that a sentence with a third of its words replaced is still the same quote.
_THRESHOLD = 0.6

#: Aligning two sequences takes one bit for each pair of their items: 50 MB at most.
_LARGEST = 400_000_000

#: Runs of letters and digits are compared whole, everything else one by one.
_WORDS = re.compile(r"\w+|\W")
_LINES = re.compile(r"[^\n]*\n|[^\n]+")

#: Pairs of equal words, here and there, that are compared one by one.
_PAIRS = 10_000

_CONTEXT = 32
_KEY = 12  # characters by which a phrase is looked up in a text

_EDGES = " \n\u00a0\u202f“”„‟«»‹›‘’‚‛\"'"

_FOLDED = str.maketrans(
    {
        **dict.fromkeys("“”„‟«»", '"'),
        **dict.fromkeys("‘’‚‛‹›", "'"),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        **dict.fromkeys("\u00ad\u200c\u200d\u200e\u200f\u061c", ""),
    }
)

type Span = tuple[int, int]


def context(text: str, start: int, end: int, size: int = _CONTEXT) -> tuple[str, str]:
    """The code points right before and right after a span, at most ``size`` each."""
    return text[max(0, start - size) : start], text[end : end + size]


def fingerprint(text: str, start: int, end: int) -> str:
    """A stable key of a finding: 32 hexadecimal digits.

    SHA-256 of the words and of 32 code points on either side, all folded: case,
    width, white space, and the shape of quotation marks and dashes do not count.
    """
    before, after = context(text, start, end, 4 * _CONTEXT)
    parts = (
        _fold(before)[-_CONTEXT:].strip(),
        _fold(text[start:end]).strip(),
        _fold(after)[:_CONTEXT].strip(),
    )
    return sha256("\x00".join(parts).encode()).hexdigest()[:32]


def _fold(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text.translate(_FOLDED)).casefold()
    return " ".join(folded.split())


def move(spans: Iterable[Span], old: str, new: str) -> list[Span | None]:
    """Find the words of spans of an old text in a new one.

    For each span, in the order given: the same words where the alignment of both
    texts puts them; else the same words elsewhere, the only ones or those with the
    most similar surroundings; else the changed words at the aligned place, if at
    least 60 % of the characters are common; else None: the words are gone. A
    sentence quoted twice keeps each its place: among equal words the surroundings
    decide first, and no place is given away twice.
    """
    asked = list(spans)
    if old == new:
        return [*asked]
    distinct = list(dict.fromkeys(asked))
    found = dict(zip(distinct, _moved(distinct, old, new), strict=True))
    return [found[span] for span in asked]


def _moved(wanted: Sequence[Span], old: str, new: str) -> list[Span | None]:
    alignment = _Alignment(old, new)
    found: list[Span | None] = [None] * len(wanted)
    equals: dict[str, list[int]] = {}
    for index, (start, end) in enumerate(wanted):
        place = alignment.place(start, end)
        if place is not None and new[slice(*place)] == old[start:end]:
            found[index] = place
        equals.setdefault(old[start:end], []).append(index)
    repeated = [(words, them) for words, them in equals.items() if len(them) > 1]
    if not repeated and None not in found:
        return found
    phrases = _Phrases(new)
    for words, them in repeated:
        _contest(wanted, them, old, new, phrases.find(words), found)
    taken = {place for place in found if place is not None}
    for index, (start, end) in enumerate(wanted):
        if found[index] is not None:
            continue
        place = _elsewhere(old, new, start, end, phrases, taken)
        if place is None:
            place = _changed(old, new, start, end, alignment)
        if place is not None and place not in taken:
            found[index] = place
            taken.add(place)
    return found


def _contest(
    wanted: Sequence[Span],
    them: Sequence[int],
    old: str,
    new: str,
    places: Sequence[int],
    found: list[Span | None],
) -> None:
    """Give each of several spans with equal words the place that suits it best.

    Pairs are served by how far their surroundings agree, the aligned place first
    among equals. Too many pairs are left to the alignment.
    """
    if len(them) * len(places) > _PAIRS:
        return
    aligned = {place[0] for index in them if (place := found[index]) is not None}
    pairs = []
    for index in them:
        start, end = wanted[index]
        needed = 1 if end - start >= _KEY else _KEY
        for at in aligned.union(places):
            place = (at, at + end - start)
            agreement = _agreement(old, (start, end), new, place)
            here = found[index] == place
            if agreement >= needed or here:
                pairs.append((-agreement, not here, index, place))
    given: dict[int, Span] = {}
    gone: set[Span] = set()
    for _, _, index, place in sorted(pairs):
        if index not in given and place not in gone:
            given[index] = place
            gone.add(place)
    for index in them:
        found[index] = given.get(index)


def _elsewhere(
    old: str, new: str, start: int, end: int, phrases: "_Phrases", taken: set[Span]
) -> Span | None:
    """The same words at another place: the one whose surroundings agree best."""
    words = old[start:end]
    places = [
        (at, at + len(words))
        for at in phrases.find(words)
        if (at, at + len(words)) not in taken
    ]
    if not places:
        return None
    if len(places) == 1:
        # A short word stands anywhere: its surroundings must have come with it.
        lonely = len(words) < _KEY
        if not lonely or _agreement(old, (start, end), new, places[0]) >= _KEY:
            return places[0]
        return None
    before = [(_agreement(old, (start, end), new, place), place) for place in places]
    best, place = max(before, key=lambda each: (each[0], -abs(each[1][0] - start)))
    return place if best else None


def _agreement(old: str, here: Span, new: str, there: Span) -> int:
    """How many code points agree around two places, counted outwards, 32 a side.

    A side that agrees up to the edge of its line agrees in full: what stands beyond
    is another paragraph, and says little about this one.
    """
    before, after = context(old, *here)
    other_before, other_after = context(new, *there)
    return _alike(before[::-1], other_before[::-1]) + _alike(after, other_after)


def _alike(one: str, two: str) -> int:
    agreed = 0
    for left, right in zip(f"{one}\n", f"{two}\n", strict=False):
        if left != right:
            return agreed
        if left == "\n":
            return _CONTEXT
        agreed += 1
    return min(agreed, _CONTEXT)


def _changed(
    old: str, new: str, start: int, end: int, alignment: "_Alignment"
) -> Span | None:
    """The words at the aligned place, where enough of them are left."""
    place = alignment.place(start, end)
    if place is None:
        return None
    first, last = place
    words = old[start:end]
    if last - first > 3 * len(words) + _CONTEXT:
        return None  # too much for any likeness, and too long to compare
    # What was put around the words in the same edit belongs outside.
    while first < last and new[first] in _EDGES and new[first] != words[0]:
        first += 1
    while last > first and new[last - 1] in _EDGES and new[last - 1] != words[-1]:
        last -= 1
    if first == last:
        return None
    likeness = Indel.normalized_similarity(
        _fold(words), _fold(new[first:last]), score_cutoff=_THRESHOLD
    )
    return (first, last) if likeness >= _THRESHOLD else None


class _Phrases:
    """Places of phrases in a text, looked up by how they begin."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.known: dict[str, list[int]] = {}
        self.starts: dict[str, list[int]] = {}
        for match in _WORDS.finditer(text):
            at = match.start()
            self.starts.setdefault(text[at : at + _KEY], []).append(at)

    def find(self, words: str) -> list[int]:
        """Where the words stand; long ones only where a word begins."""
        if words not in self.known:
            self.known[words] = self._find(words)
        return self.known[words]

    def _find(self, words: str) -> list[int]:
        if len(words) >= _KEY:
            starts = self.starts.get(words[:_KEY], ())
            return [at for at in starts if self.text.startswith(words, at)]
        places: list[int] = []
        at = self.text.find(words) if words else -1
        while at >= 0 and len(places) < 1000:
            places.append(at)
            at = self.text.find(words, at + 1)
        return places


class _Alignment:
    """Which stretches of an old text stand unchanged, in order, in a new one."""

    def __init__(self, old: str, new: str) -> None:
        head = _common(old, new)
        tail = _common(old[head:][::-1], new[head:][::-1])
        equal: list[tuple[int, int, int]] = []  # old place, new place, length
        if head:
            equal.append((0, 0, head))
        self._compare(
            old[head : len(old) - tail], new[head : len(new) - tail], head, head, equal
        )
        if tail:
            equal.append((len(old) - tail, len(new) - tail, tail))
        self.equal = equal
        self.begins = [here for here, _, _ in equal]
        self.size = len(new)

    def _compare(
        self,
        old: str,
        new: str,
        here: int,
        there: int,
        equal: list[tuple[int, int, int]],
        patterns: tuple[re.Pattern[str], ...] = (_LINES, _WORDS),
    ) -> None:
        """Align by lines, and what differs between equal lines by words."""
        if not old or not new or not patterns:
            return
        finer = patterns[1:]
        left = patterns[0].findall(old)
        right = patterns[0].findall(new)
        if len(left) * len(right) > _LARGEST:
            if finer:
                self._compare(old, new, here, there, equal, finer)
            else:
                self._line_by_line(old, new, here, there, equal)
            return
        left_at = [0, *accumulate(map(len, left))]
        right_at = [0, *accumulate(map(len, right))]
        one = two = 0
        for first, second, count in [
            *matches(left, right),
            (len(left), len(right), 0),
        ]:
            self._compare(
                old[left_at[one] : left_at[first]],
                new[right_at[two] : right_at[second]],
                here + left_at[one],
                there + right_at[two],
                equal,
                finer,
            )
            one, two = first + count, second + count
            if count:
                length = left_at[one] - left_at[first]
                equal.append((here + left_at[first], there + right_at[second], length))

    def _line_by_line(
        self,
        old: str,
        new: str,
        here: int,
        there: int,
        equal: list[tuple[int, int, int]],
    ) -> None:
        """Align what is too long as a whole, where the number of lines is the same.

        So it is when one word was replaced everywhere.
        """
        left, right = _LINES.findall(old), _LINES.findall(new)
        if len(left) != len(right) or len(left) == 1:
            return
        for one, two in zip(left, right, strict=True):
            self._compare(one, two, here, there, equal, (_WORDS,))
            here += len(one)
            there += len(two)

    def place(self, start: int, end: int) -> Span | None:
        """Where the span's first and last characters are, or where they were."""
        if start >= end:
            return None
        first = self._at(start, after=False)
        last = self._at(end - 1, after=True)
        return (first, last) if first < last else None

    def _at(self, place: int, *, after: bool) -> int:
        """The new place of an old character, or of its end if ``after``.

        A character that is gone gives the edge of what replaced it.
        """
        index = bisect_right(self.begins, place) - 1
        if index >= 0:
            here, there, length = self.equal[index]
            if place < here + length:
                return there + place - here + after
            if not after:
                return there + length
        elif not after:
            return 0
        if index + 1 < len(self.equal):
            return self.equal[index + 1][1]
        return self.size


def _common(one: str, two: str) -> int:
    """The length of the common beginning, by halving."""
    low, high = 0, min(len(one), len(two))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == two[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def matches(
    left: Sequence[Hashable], right: Sequence[Hashable]
) -> list[tuple[int, int, int]]:
    return [
        (each.src_start, each.dest_start, each.src_end - each.src_start)
        for each in Indel.opcodes(left, right)
        if each.tag == "equal"
    ]
