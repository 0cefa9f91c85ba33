"""Persons and bodies the caller knows, found by the forms a text prints."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from datetime import date

from . import offices
from .findings import Candidate, Office, Organization, Person, Roster
from .folding import FILLER
from .lexicon import word_set
from .names import agrees, gender_of_title

# Letters that no accent makes of another.
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"}
)
# Two ways to write one letter where the mark is missing: Müller, Mueller.
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe"})
_SUFFIXES = frozenset(["jr", "sr", "ii", "iii", "iv"])
_REMEMBERED = 1000  # offices asked for, so that a long text asks once
_MANY = 9  # holders of such an office that an editor can choose between
# "A spokesperson" may be anybody; "her spokesperson" is whose?
_INDEFINITE = word_set(
    "a an another some one two no any each every several many his her their its my our"
)


def folded(name: str) -> str:
    """A name for comparing: no case, accents, stops, marks; single blanks."""
    flat = unicodedata.normalize("NFKD", name)
    flat = flat.replace(FILLER, "")
    kept = "".join(
        c if c.isalnum() else "" if unicodedata.combining(c) or c in ".'’ʼ" else " "
        for c in flat
    )
    return " ".join(kept.casefold().translate(_LETTERS).split())


class Index:
    """A roster, by folded name, by surname and by office."""

    def __init__(self, roster: Roster):
        self._all = {person.key: person for person in roster.persons}
        self._people: dict[str, dict[int, Person]] = defaultdict(dict)
        self._turned: dict[str, dict[int, Person]] = defaultdict(dict)
        self._surnames: dict[str, dict[int, Person]] = defaultdict(dict)
        self._holders: dict[str, dict[int, Person]] = defaultdict(dict)
        self._bodies: dict[str, dict[int, Organization]] = defaultdict(dict)
        self._acronyms: dict[str, dict[int, Organization]] = defaultdict(dict)
        self._asked: dict[str, list[tuple[Person, list[Office]]]] = {}
        for person in roster.persons:
            for name in dict.fromkeys((person.name, *person.other_names)):
                for key in {folded(name), folded(_plain(name))}:
                    self._name(person, key)
            for office in person.offices:
                for title in offices.read(office.title):
                    self._holders[title.head][person.key] = person
        for body in roster.organizations:
            for name in dict.fromkeys((body.name, *body.other_names)):
                key = _body_key(name)
                if key:
                    self._bodies[key][body.key] = body
                if len(offices.acronym(name)) > 1:
                    self._acronyms[offices.acronym(name)][body.key] = body

    def __bool__(self) -> bool:
        return bool(self._all or self._bodies)

    def _name(self, person: Person, key: str) -> None:
        words = key.split()
        while len(words) > 1 and words[-1] in _SUFFIXES:
            words.pop()
        if not words:
            return
        self._people[" ".join(words)][person.key] = person
        if len(words) > 2:
            self._people[f"{words[0]} {words[-1]}"][person.key] = person
        if len(words) > 1:
            self._turned[" ".join(sorted(words))][person.key] = person
        self._surnames[words[-1]][person.key] = person

    def person(
        self, full: str, surname: str, title: str, gender: str, on: date | None
    ) -> tuple[Candidate, ...]:
        """Whom a printed name may mean, the likeliest first.

        One = resolved, several = the editor's choice. A full name is enough, in
        whatever order its words stand. A surname alone counts only together with a
        printed title that an office of the person bears out on the day.
        """
        people = self._named(full) if full else self._surnamed(surname, title, on)
        people = [p for p in people if agrees(gender, p.gender.lower())]
        if len(people) > 1 and title:
            people = _borne_out(people, title, on) or people
        ranked = sorted(people, key=lambda p: _rank(p, title, on))
        reason = "full name" if full else "surname and title"
        return tuple(_candidate(person, reason, title, on) for person in ranked)

    def _named(self, full: str) -> list[Person]:
        for written in dict.fromkeys((full, _plain(full))):
            words = [word for word in folded(written).split() if word not in _SUFFIXES]
            turned = " ".join(sorted(words))
            found = (
                self._people.get(" ".join(words))
                or (len(words) > 2 and self._people.get(f"{words[0]} {words[-1]}"))
                or (len(words) > 1 and self._turned.get(turned))
            )
            if found:
                return list(found.values())
        return []

    def _surnamed(self, surname: str, title: str, on: date | None) -> list[Person]:
        if not title:
            return []
        people: dict[int, Person] = {}
        for written in (surname, _plain(surname)):
            words = folded(written).split()
            people |= self._surnames.get(words[-1], {}) if words else {}
        return _borne_out(list(people.values()), title, on)

    def holder(
        self, printed: str, on: date | None, text: str = ""
    ) -> tuple[Candidate, ...]:
        """Who may be meant by an office alone: "the Secretary" on a day.

        "A spokesperson" is whoever it was, and "the former minister" one of many:
        neither names anybody. Of many who hold such an office only those count whose
        organization the text names.
        """
        title = " ".join(printed.split()[printed.lower().startswith("the ") :])
        held = [
            (person, fitting)
            for person, fitting in self._bearers(printed, title)
            if any(offices.possible(office, on) for office in fitting)
        ]
        if len(held) > _MANY:
            held = [pair for pair in held if any(_told(o, text) for o in pair[1])]
        if len(held) > _MANY:
            return ()
        people = [person for person, _ in held]
        if any(each.acting for each in offices.read(printed)):
            people = [p for p in people if _acting(p, title, on)] or people
        ranked = sorted(people, key=lambda p: _rank(p, title, on))
        return tuple(
            _candidate(person, "holds the office", title, on) for person in ranked
        )

    def _bearers(self, printed: str, title: str) -> list[tuple[Person, list[Office]]]:
        """Everybody who ever held an office, with it; asked once for many days."""
        if printed not in self._asked:
            if len(self._asked) > _REMEMBERED:
                self._asked.clear()
            self._asked[printed] = self._bearing(printed, title)
        return self._asked[printed]

    def _bearing(self, printed: str, title: str) -> list[tuple[Person, list[Office]]]:
        words = printed.lower().split()
        if not words or words[0] in _INDEFINITE or offices.when(printed):
            return []
        if words[0] != "the" and not printed[0].isupper():
            return []
        gender = gender_of_title(printed)
        people: dict[int, Person] = {}
        for each in offices.read(printed):
            people |= self._holders.get(each.head, {})
        found = []
        for person in people.values():
            fitting = offices.fitting(person.offices, title)
            if fitting and agrees(gender, person.gender.lower()):
                found.append((person, fitting))
        return found

    def against(
        self, candidates: tuple[Candidate, ...], title: str, on: date | None
    ) -> tuple[str, ...]:
        """What speaks against a printed title, where one person is meant."""
        if len(candidates) != 1 or candidates[0].person is None or not title:
            return ()
        person = self._all[candidates[0].person]
        sentence = offices.against(person, title, on)
        return (sentence,) if sentence else ()

    def sure_of(self, candidate: Candidate, on: date | None) -> bool:
        """Is the candidate's office, if one is known, surely of the day?"""
        return candidate.person is None or any(
            office.key == candidate.office and offices.certain(office, on)
            for office in self._all[candidate.person].offices
        )

    def body(self, name: str) -> tuple[Candidate, ...]:
        """The organizations that a printed name may mean: by name, or by acronym."""
        key = _body_key(name)
        found, why = self._bodies.get(key, {}), "name of the organization"
        if not found and " " not in key and key.upper() in name:
            found, why = self._acronyms.get(key, {}), "acronym of the organization"
        return tuple(
            Candidate(None, None, body.key, body.name, why) for body in found.values()
        )


def _plain(name: str) -> str:
    """A name with its umlauts written out: Müller as Mueller."""
    return unicodedata.normalize("NFC", name.lower()).translate(_UMLAUTS)


def _held(person: Person, title: str, on: date | None) -> list[Office]:
    """The offices of a person that a printed title names on the day."""
    fitting = offices.fitting(person.offices, title)
    return [office for office in fitting if offices.possible(office, on)]


def _told(office: Office, text: str) -> bool:
    """Does the text name the organization of an office?"""
    names = (office.organization, *office.organization_names)
    return any(name and name in text for name in names)


def _acting(person: Person, title: str, on: date | None) -> bool:
    return any(
        each.acting
        for office in _held(person, title, on)
        for each in offices.read(office.title)
    )


def _borne_out(people: list[Person], title: str, on: date | None) -> list[Person]:
    """Those whose offices bear a title out: of the day, or of another if it says so."""
    said = offices.when(title)
    if not said:
        return [person for person in people if _held(person, title, on)]
    return [
        person
        for person in people
        if any(
            said != "former" or not offices.certain(office, on)
            for office in offices.fitting(person.offices, title)
        )
    ]


def _rank(person: Person, title: str, on: date | None) -> tuple[int, int, str, int]:
    """The likelier person comes first: by title and day, then by the day alone.

    Of two who fit, the one whose office is called no more than what is printed:
    "the foreign minister" is sooner Foreign Minister than Foreign Minister of Estmark.
    """
    named = _held(person, title, on)
    if any(offices.certain(office, on) for office in named):
        place = 0
    elif named:
        place = 1
    elif any(offices.certain(office, on) for office in person.offices):
        place = 2
    elif any(offices.possible(office, on) for office in person.offices):
        place = 3
    else:
        place = 4
    more = min((offices.more(title, office) for office in named), default=0)
    return place, more, person.name, person.key


def _candidate(person: Person, reason: str, title: str, on: date | None) -> Candidate:
    """A person as a candidate, with the office of the day, or all that may be it."""
    held = [office for office in person.offices if offices.possible(office, on)]
    printed = [] if offices.when(title) else _held(person, title, on)
    choice = printed or held
    sure = [office for office in choice if offices.certain(office, on)]
    if len(choice) > 1 and len(sure) == 1:
        choice = sure
    office = choice[0] if len(choice) == 1 else None
    if choice:
        reason += "; " + " or ".join(dict.fromkeys(map(offices.named, choice)))
    elif person.offices:
        reason += "; no office on that day"
    return Candidate(
        person.key,
        office.key if office else None,
        office.organization_key if office else None,
        person.name,
        reason,
    )


def _body_key(name: str) -> str:
    words = [word for word in offices.words_of(name) if word not in ("the", "a", "an")]
    return folded(" ".join(words))


_last: list[tuple[Roster, Index]] = []


def of(roster: Roster) -> Index:
    """The index of a roster; that of the last one is kept, as texts come in rows."""
    for known, index in _last[:1]:
        if known is roster:
            return index
    index = Index(roster)
    _last[:] = [(roster, index)]
    return index
