"""Names that are spelled nearly, and not quite, like somebody's in the roster.

"Ilse Okafour" is probably Ilse Okafor. Never where the printed name is somebody else's,
or an ordinary other name: a sub-editor asks about a slip, not about a person.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator
from itertools import pairwise

from rapidfuzz.distance import OSA

from .findings import Person, Remark, Roster, Span
from .given_names import is_given
from .lexicon import PARTICLES, TITLES
from .roster import folded

RULE = "spelling"

_CAPITAL = re.compile(r"[^\W\d_a-zß-öø-ÿ][^\W\d_]*(?:[’'-][^\W\d_]{2,})*")
_GAP = frozenset([" ", "\u00a0", "\u202f"])
_BEFORE = re.compile(r"([^\W\d_]+)[ \u00a0]$")
_LONGEST = 4  # words of a name that are compared
_SHORTEST = 4  # letters of a word that may be a slip of another
_ALONE = 6  # letters of a surname that is told without its given name
_LONG = 8  # letters of a word that may have two slips

type Words = list[tuple[int, int, str]]


def remarks(text: str, roster: Roster, cited: Collection[int] = ()) -> Iterator[Remark]:
    """Names nearly like one of the roster; surnames alone of persons ``cited``.

    ``cited``: keys of those whom the text quotes.
    """
    words: Words = []
    for match in _CAPITAL.finditer(text):
        parts = _parts(match[0])
        if len(parts) == 1:
            words.append((*match.span(), parts[0]))
    known = _Known(roster, {word for *_, word in words})
    taken: set[int] = set()
    small = set(re.findall(r"(?<!\w)[^\W\d_]{4,}", text))
    for place in range(len(words)):
        for length in range(min(_LONGEST, len(words) - place), 1, -1):
            run = words[place : place + length]
            if not _joined(text, run):
                continue
            name = tuple(word for *_, word in run)
            if name in known.names:
                taken.update(range(place, place + length))
                break
            person = known.nearly(name)
            if person is not None and place not in taken:
                taken.update(range(place, place + length))
                yield _remark(text, run[0][0], run[-1][1], person.name)
                break
    yield from _surnames(text, words, taken, known, cited, small)


def _surnames(
    text: str,
    words: Words,
    taken: set[int],
    known: _Known,
    cited: Collection[int],
    small: set[str],
) -> Iterator[Remark]:
    """A surname that stands alone, nearly that of somebody whom the text quotes."""
    surnames = {
        _parts(person.name)[-1]: person
        for person in known.persons
        if person.key in cited and " " in person.name
    }
    seen: set[str] = set()
    for place, (start, end, word) in enumerate(words):
        if place in taken or word in seen or word in known.words:
            continue
        if len(word) < _ALONE or text[start:end].lower() in small:
            continue
        if not _alone(text, words, place):
            continue
        for surname, person in surnames.items():
            if _near(word, surname):
                seen.add(word)
                yield _remark(text, start, end, person.name)
                break


class _Known:
    """Those of a roster who share a word with a text, by all but one word of a name."""

    def __init__(self, roster: Roster, printed: set[str]):
        self.persons = roster.persons
        self.names: set[tuple[str, ...]] = set()
        #: Every word of every name, so that another's surname is no slip.
        self.words: set[str] = set()
        self._but_one: dict[tuple[str, ...], list[tuple[str, Person]]]
        self._but_one = defaultdict(list)
        for person in roster.persons:
            for name in dict.fromkeys((person.name, *person.other_names)):
                parts = _parts(name)
                self.words.update(parts)
                if len(parts) < 2 or printed.isdisjoint(parts):
                    continue
                for form in {parts, (parts[0], parts[-1])}:
                    self.names.add(form)
                    self._index(form, person)

    def _index(self, parts: tuple[str, ...], person: Person) -> None:
        if len(parts) > _LONGEST:
            return
        for place, word in enumerate(parts):
            key = (str(place), *parts[:place], "", *parts[place + 1 :])
            self._but_one[key].append((word, person))

    def nearly(self, name: tuple[str, ...]) -> Person | None:
        """The one person whose name differs from this in one word, by a slip."""
        found: dict[int, Person] = {}
        for place, word in enumerate(name):
            key = (str(place), *name[:place], "", *name[place + 1 :])
            for other, person in self._but_one.get(key, ()):
                if not _near(word, other) or word in self.words:
                    continue
                if place == 0 and is_given(word):
                    continue  # Sara Lind is not Sarah Lind
                found[person.key] = person
        return next(iter(found.values())) if len(found) == 1 else None


def _parts(name: str) -> tuple[str, ...]:
    """The words of a name, folded; of most names without the long way."""
    if name.isascii() and name.replace(" ", "").isalpha():
        return tuple(name.lower().split())
    return tuple(folded(name).split())


def _near(word: str, other: str) -> bool:
    """Is one a slip of the other: a letter or two, and not a plural or a genitive?"""
    shorter = min(len(word), len(other))
    if shorter < _SHORTEST or word == other or word.rstrip("s") == other.rstrip("s"):
        return False
    if word[0] != other[0]:
        return False
    most = 2 if shorter >= _LONG else 1
    return OSA.distance(word, other, score_cutoff=most) <= most


def _joined(text: str, run: Words) -> bool:
    return all(
        one[1] + 1 == other[0] and text[one[1]] in _GAP for one, other in pairwise(run)
    )


def _alone(text: str, words: Words, place: int) -> bool:
    """Is a word no part of a longer name: none of another before it but a title?"""
    if place + 1 < len(words) and _joined(text, words[place : place + 2]):
        return False
    start = words[place][0]
    particle = _BEFORE.search(text, max(0, start - 12), start)
    if particle and particle[1] in PARTICLES:
        return False  # de Porres
    before = words[place - 1 : place + 1] if place else []
    return not before or not _joined(text, before) or before[0][2] in TITLES


def _remark(text: str, start: int, end: int, name: str) -> Remark:
    printed = text[start:end]
    return Remark(
        RULE,
        Span(start, end),
        f"{printed} / {name}",
        f"“{printed}” is spelled unlike {name} of the catalogue. Correct it, or silence"
        " this if somebody else is meant.",
    )
