"""Who is meant: full name, surname, title. Refuses to guess.

The full names that a text prints are read once; a short form is resolved to the one
full name it fits. Two that fit mean that none is chosen.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict

from .given_names import gender_of, is_given
from .lexicon import (
    BODIES,
    COURTESY,
    DAYS,
    MEN_WORDS,
    NOT_PERSON,
    OPENERS,
    PARTIES,
    ROLES,
    SAYING_NOUNS,
    TITLE_PARTS,
    TITLES,
    WOMEN_WORDS,
)

_CAP = r"(?:(?:[^\W\d_a-z]\.){2,}|[^\W\d_a-z][\w’'-]*\.?)"
_LINK = (
    r"(?:(?:al|bin|ibn|el|von|van|der|den|de|del|della|di|da|dos|du|la|le|ter|ben"
    r"|of|for|the|and|to)[ \u00a0\u202f]{1,2}){0,2}"
)
_GAP = r"[ \u00a0\u202f\u2009]{1,2}"
# A run of capitalised words with small linking words inside, on one line.
_RUN = re.compile(rf"(?<![\w.@]){_CAP}(?:{_GAP}{_LINK}{_CAP}){{1,12}}")
# Given names that are places as well.
_PLACES = frozenset(
    ["virginia", "georgia", "carolina", "jordan", "sydney", "austin", "florence"]
)
# What may stand before a title and is none: Statement of Minister Ada Brandt.
_MOST = 30  # persons of one surname that are told apart
_NO_TITLE = OPENERS | SAYING_NOUNS | frozenset(["of", "by", "from", "joint"])
_SMALL_LINKS = frozenset(["of", "for", "the", "and", "to"])
_POSSESSIVE = re.compile(r"[’']s?$")
_SUFFIX = frozenset(["jr", "sr", "ii", "iii", "iv"])


def bare(word: str) -> str:
    """A name's word without possessive and stop: Okafor’s -> Okafor, but J. stays."""
    if len(word) == 2 and word[1] == ".":
        return word
    return _POSSESSIVE.sub("", word.rstrip(".,"))


def core_of(words: list[str]) -> int:
    """Where the name proper begins in "U.S. Security Council Spokesperson Ada Brandt".

    After the last title, body, party or small word; the last word always belongs to
    the name.
    """
    for index in range(len(words) - 2, -1, -1):
        low = words[index].lower()
        if (
            low in TITLES
            or low in ROLES
            or low in PARTIES
            or low in _SMALL_LINKS
            or low in OPENERS
            or low in DAYS
            or low[-2:] in ("'s", "’s")
            or (len(low) > 2 and "." in low[1:-1])
            or ((low in NOT_PERSON or low in BODIES) and not is_given(low))
        ):
            return index + 1
    return 0


class Names:
    """The full names printed in one text, by surname, with titles and places."""

    def __init__(self, text: str):
        self.by_last: dict[str, list[str]] = defaultdict(list)
        self.by_first: dict[str, list[str]] = defaultdict(list)
        self._seen: set[str] = set()
        self.titles: dict[str, str] = {}
        self.genders: dict[str, str] = {}
        self.by_office: dict[str, set[str]] = defaultdict(set)
        self.places: dict[str, list[int]] = defaultdict(list)
        self._offices: dict[str, set[str]] = defaultdict(set)
        short: list[tuple[str, str]] = []
        # What a run tells, read once: the names in it, and those that open it.
        told: dict[str, tuple[list[str], list[str]]] = {}
        for match in _RUN.finditer(text):
            words = match.group()
            if words not in told:
                told[words] = self._told(words, short)
            seen, opening = told[words]
            for full in seen:
                self.places[full].append(match.start())
            for full in opening:
                # union president Greta Holloway
                left = text[max(0, match.start() - 40) : match.start()]
                self._held(full, _small_title(left))
        for title, surname in short:  # Admiral Harris, as Harry Harris is called
            known = self.by_last.get(surname.lower(), ())
            if len(known) == 1:
                self._held(known[0], title)

    def _told(
        self, words: str, short: list[tuple[str, str]]
    ) -> tuple[list[str], list[str]]:
        """The full names in a run of capitalised words, and those that open it."""
        seen: list[str] = []
        opening: list[str] = []
        for run in _at_stops(words.split()):
            full = self._run(run, seen)
            if full and (run[0] == full.split()[0] or run[0].lower() in COURTESY):
                opening.append(full)
            elif not full and len(run) < 4 and _official(run[-2]):
                short.append((" ".join(run[:-1]), bare(run[-1])))
        return seen, opening

    def _run(self, words: list[str], seen: list[str]) -> str:
        """Note the name that a run of capitalised words ends in; "" if it has none."""
        core = core_of(words)
        name = words[core:]
        title = words[:core]
        while title and title[0].lower() in OPENERS:
            title = title[1:]
        if title and COURTESY.get(title[-1].lower()):
            self.genders.setdefault(bare(name[-1]).lower(), COURTESY[title[-1].lower()])
        name = [bare(word) if len(bare(word)) > 1 else word for word in name]
        while name and name[-1].lower() in _SUFFIX:
            name.pop()
        titled = bool(title) and _official(title[-1])
        if not 2 <= len(name) <= 5 or not plausible(name, titled):
            return ""
        full = " ".join(name)
        self._see(full, name, seen)
        self.titled(full, " ".join(title))
        if len(name) == 2 and len(title) > 1 and title[-1] == "and":
            other = bare(title[-2])  # Ossian and Wilhelmine Tarn
            two = is_given(other) or (len(title) == 2 and is_given(name[0]))
            if two and other.lower() not in TITLES and other.lower() not in ROLES:
                self._see(f"{other} {name[-1]}", [other, name[-1]], seen)
        return full

    def _see(self, full: str, name: list[str], seen: list[str]) -> None:
        if full not in self._seen:
            self._seen.add(full)
            self.by_last[name[-1].lower()].append(full)
            self.by_first[name[0]].append(full)
        seen.append(full)

    def titled(self, full: str, title: str) -> None:
        """Remember a title printed with a full name; the longest is kept."""
        words = [word for word in title.split() if word.lower() not in COURTESY]
        while words and words[0].lower() in _NO_TITLE:
            words = words[1:]
        if "and" in words:
            # "Minister Ada Brandt and Premier" is two persons' titles run together
            cut = len(words) - words[::-1].index("and")
            if any(map(_official, words[:cut])) and any(map(_official, words[cut:])):
                words = words[cut:]
        if not any(map(_official, words)):
            return
        gender = gender_of_title(title)
        if gender:
            self.genders.setdefault(full, gender)
        kept = " ".join(words)
        self._held(full, kept)
        if len(kept) > len(self.titles.get(full, "")):
            self.titles[full] = kept

    def full(self, core: list[str], title: str) -> tuple[str, ...]:
        """Full names that the printed words may mean.

        One = resolved; none = the text gives no full name; several = ambiguous.
        """
        words = [bare(word) for word in core if word[0] not in "'’,"]
        words = [word for word in words if word.lower() not in _SUFFIX]
        if not words:
            return ()
        known = self.by_last.get(words[-1].lower(), [])[:_MOST]
        if len(words) > 1:
            return (" ".join(words),)
        gender = gender_of_title(title)
        fitting = [name for name in known if agrees(gender, self.gender(name))]
        given = [name for name in fitting if is_given(name.split()[0])]
        if len(fitting) > 1 and given:
            fitting = given
        if len({name.split()[0].lower() for name in fitting}) == 1:
            fitting = [min(fitting, key=len)]
        if not fitting and not COURTESY.get(title.lower()):
            fitting = self._by_first(words[0])
        return tuple(fitting)

    def _by_first(self, word: str) -> list[str]:
        """The one full name that begins so: "Ilse said", "Spokesperson Mao said"."""
        fitting = self.by_first.get(word, [])
        return fitting if len(fitting) == 1 else []

    def gender(self, name: str) -> str:
        """male, female or "": from a title, a courtesy word or the given name."""
        if not name:
            return ""
        words = name.split()
        return (
            self.genders.get(name)
            or (gender_of(words[0]) if len(words) > 1 else "")
            or (
                self.genders.get(words[-1].lower(), "")
                if len(self.by_last.get(words[-1].lower(), ())) < 2
                else ""
            )
        )

    def _held(self, full: str, title: str) -> None:
        """Remember an office for "the senator", who is then the person."""
        words = _office_words(title)
        if words:
            self.by_office[words[-1]].add(full)
            self._offices[full].add(" ".join(words))

    def office(self, title: str) -> str:
        """The one person printed with this office: "the spokesperson" -> a name."""
        words = _office_words(title)
        if not words:
            return ""
        wanted = " ".join(words)
        holders = self.by_office.get(words[-1], set())
        if len(holders) > _MOST:
            return ""
        exact = [full for full in holders if wanted in self._offices[full]]
        if len(exact) == 1:
            return exact[0]
        fitting = exact or [
            full
            for full in holders
            if any(set(words) <= set(held.split()) for held in self._offices[full])
        ]
        return fitting[0] if len(fitting) == 1 else ""

    def last(self, full: str, place: int) -> int:
        """Where a full name is printed for the last time before a place, or -1."""
        places = self.places.get(full, [])
        at = bisect_left(places, place)
        return places[at - 1] if at else -1

    def person(self, full: str) -> bool:
        """Is the name surely a person's: by a given name, a gender or a title?"""
        return (
            is_given(full.split()[0]) or full in self.titles or bool(self.gender(full))
        )


_SHORT_OFFICES = {
    "sen.": "senator",
    "rep.": "representative",
    "congressman": "representative",
    "congresswoman": "representative",
    "gov.": "governor",
    "gen.": "general",
    "adm.": "admiral",
    "prof.": "professor",
    "sgt.": "sergeant",
    "lt.": "lieutenant",
    "capt.": "captain",
    "det.": "detective",
}


def _office_words(title: str) -> list[str]:
    """A title in small letters without courtesy, its short forms written out."""
    words = [word.lower() for word in title.split()]
    words = [word for word in words if word not in COURTESY and word != "the"]
    return [_SHORT_OFFICES.get(word, word) for word in words]


def _small_title(left: str) -> str:
    """The office in small letters right before a name, with one word before it."""
    words = left.split()
    if words and words[-1][-1:] == ",":  # her spokeswoman, Gita Holm
        words[-1] = words[-1][:-1]
    if not words or not words[-1] or not left[-1:].isspace() or "\n" in left[-2:]:
        return ""
    if not _official(words[-1]) or words[-1][0].isupper():
        return ""
    before = words[-2] if len(words) > 1 else ""
    return (
        f"{before} {words[-1]}"
        if before.isalpha() and before[0].islower() and (before.lower() not in OPENERS)
        else words[-1]
    )


def _at_stops(words: list[str]) -> list[list[str]]:
    """Cut a run where a stop or a possessive ends a name."""
    runs: list[list[str]] = []
    current: list[str] = []
    for word in words:
        if word in ("of", "and") and _somebody(current):
            runs.append(current)  # Aurel Kestrin of Estmark, Paul Rask and Olga Rask
            current = []
            continue
        current.append(word)
        low = word.lower()
        ends = (
            word.endswith(".")
            and len(word) > 2
            and low not in TITLES
            and "." not in word[:-1]
            and low.rstrip(".") not in _SUFFIX
        )
        if ends or word.endswith(("’s", "'s", "s’", "s'")):
            runs.append(current)
            current = []
    if current:
        runs.append(current)
    return [run for run in runs if len(run) > 1]


def _somebody(words: list[str]) -> bool:
    """Do these words end in a full name, by its given name or its title?"""
    if len(words) < 2 or _official(words[-1]) or words[-1].lower() in NOT_PERSON:
        return False
    if words[-1].lower() in BODIES or words[-1].lower() in SAYING_NOUNS:
        return False
    titled = len(words) > 2 and _official(words[-3])
    if titled or is_given(words[-2]):
        return True
    return len(words) == 2 and not is_given(words[-1]) and plausible(words)


def plausible(name: list[str], titled: bool = False) -> bool:
    """May these words be a person's full name, also because a title precedes it?"""
    first, last = name[0].lower(), name[-1].lower()
    if is_given(first) and first not in _PLACES:
        return last not in DAYS  # Gordon King, Anita Hill, Edward Day
    common = last in NOT_PERSON or last in BODIES or last in TITLES
    return not (
        (common and not (titled and len(name) == 2))
        or first in TITLE_PARTS
        or first in DAYS
        or last in DAYS
        or (name[0].isupper() and len(name[0]) > 3)
    )


def agrees(one: str, other: str) -> bool:
    """Can these genders be one person's? Unknown agrees with everything."""
    return not one or not other or one == other


def gender_of_title(title: str) -> str:
    """What the words of a title tell: Mr., spokeswoman, Congressman."""
    for word in title.lower().split():
        if COURTESY.get(word):
            return COURTESY[word]
        if word in WOMEN_WORDS:
            return "female"
        if word in MEN_WORDS:
            return "male"
    return ""


_OFFICE_LINKS = frozenset(["of", "for", "to"])


def split_title(title: str) -> tuple[str, str]:
    """A printed title as (organization, office); ("", title) when it does not split.

    * "State Department Spokesperson" -> ("State Department", "Spokesperson")
    * "Spokesperson of the Ministry of Health" -> ("Ministry of Health", …)
    * "Secretary of State", "Permanent Representative" -> no organization
    """
    words = title.split()
    for index in range(1, len(words) - 1):
        if words[index].lower() in _OFFICE_LINKS and words[index - 1].lower() in TITLES:
            rest = words[index + 1 :]
            while rest and rest[0].lower() == "the":
                rest = rest[1:]
            if any(word.lower() in BODIES for word in rest):
                return " ".join(rest), " ".join(words[:index])
            return "", title
    cut = len(words)
    while cut and _official(words[cut - 1]):
        cut -= 1
    while cut > 1 and words[cut - 1].lower() in TITLE_PARTS:
        cut -= 1
    rest = words[:cut]
    while rest and rest[0].lower() in ("the", "former", "then", "acting"):
        rest = rest[1:]
    if not rest or (rest[0].lower() in TITLE_PARTS and len(rest) == 1):
        return "", title
    return " ".join(rest), " ".join(words[cut:])


def _official(word: str) -> bool:
    return word.lower() in TITLES or word.lower() in ROLES
