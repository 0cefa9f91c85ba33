"""Persons and bodies the caller knows, found by the forms a text prints."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from datetime import date

from .findings import Candidate, DateRange, Office, Organization, Person, Roster
from .folding import FILLER
from .lexicon import word_set
from .names import agrees

_SAME = {
    "spokesman": "spokesperson",
    "spokeswoman": "spokesperson",
    "chairman": "chair",
    "chairwoman": "chair",
    "chairperson": "chair",
    "congressman": "representative",
    "congresswoman": "representative",
    "u.s.": "us",
    "u.s": "us",
    "america": "us",
    "u.n.": "un",
    "u.n": "un",
    "sen.": "senator",
    "rep.": "representative",
    "gov.": "governor",
    "amb.": "ambassador",
    "gen.": "general",
    "dept.": "department",
}
_SMALL = word_set("of for to the and a an in at on s")


def folded(name: str) -> str:
    """A name for comparing: no case, accents, stops, marks; single blanks."""
    flat = unicodedata.normalize("NFKD", name)
    flat = flat.replace(FILLER, "")
    kept = "".join(
        c if c.isalnum() else "" if unicodedata.combining(c) or c in ".'’ʼ" else " "
        for c in flat
    )
    return " ".join(kept.casefold().split())


def _words(title: str) -> frozenset[str]:
    words = title.lower().replace(",", " ").replace("-", " ").split()
    same = (_SAME.get(word, word.strip(".")) for word in words)
    return frozenset(word for word in same if word and word not in _SMALL)


def _within(on: date | None, span: DateRange | None) -> bool | None:
    """Does a day fall in a range? None when either is unknown."""
    if on is None or span is None:
        return None
    lower, upper = span
    return (lower is None or lower <= on) and (upper is None or on < upper)


class Index:
    """A roster, by folded name and by surname."""

    def __init__(self, roster: Roster):
        self._people: dict[str, list[Person]] = defaultdict(list)
        self._surnames: dict[str, list[Person]] = defaultdict(list)
        self._bodies: dict[str, list[Organization]] = defaultdict(list)
        for person in roster.persons:
            for name in dict.fromkeys((person.name, *person.other_names)):
                key = folded(name)
                words = key.split()
                if not words:
                    continue
                keys = {key}
                if len(words) > 2:
                    keys.add(f"{words[0]} {words[-1]}")
                for each in sorted(keys):
                    if person not in self._people[each]:
                        self._people[each].append(person)
                if person not in self._surnames[words[-1]]:
                    self._surnames[words[-1]].append(person)
        for body in roster.organizations:
            for name in dict.fromkeys((body.name, *body.other_names)):
                key = _body_key(name)
                if key and body not in self._bodies[key]:
                    self._bodies[key].append(body)

    def person(
        self, full: str, surname: str, title: str, gender: str, on: date | None
    ) -> tuple[Candidate, ...]:
        """Whom a printed name may mean. One = resolved, several = the editor's choice.

        A full name is enough. A surname alone counts only together with a printed
        title that an office of the person bears out on the day.
        """
        if full:
            words = folded(full).split()
            people = self._people.get(" ".join(words), [])
            if not people and len(words) > 2:
                people = self._people.get(f"{words[0]} {words[-1]}", [])
        else:
            people = (
                self._surnames.get(folded(surname).split()[-1:][0], [])
                if (folded(surname))
                else []
            )
        people = [p for p in people if agrees(gender, p.gender.lower())]
        if not full:
            people = [p for p in people if title and _offices(p, title, on)]
        if len(people) > 1 and title:
            fitting = [p for p in people if _offices(p, title, on)]
            people = fitting or people
        return tuple(_candidate(person, full, title, on) for person in people)

    def body(self, name: str) -> tuple[Candidate, ...]:
        """The organizations that a printed name may mean."""
        return tuple(
            Candidate(None, None, body.key, body.name, "name of the organization")
            for body in self._bodies.get(_body_key(name), ())
        )


def _offices(person: Person, title: str, on: date | None) -> list[Office]:
    """Offices of a person that a printed title can mean on the day."""
    printed = _words(title)
    fitting: list[Office] = []
    for office in person.offices:
        if _within(on, office.possibly or office.certainly) is False:
            continue
        named = _words(office.title)
        bodies = [_words(n) for n in (office.organization, *office.organization_names)]
        own = frozenset().union(*bodies) if bodies else frozenset()
        if printed & named and printed <= (named | own | _initials(office)):
            fitting.append(office)
    return fitting


def _candidate(person: Person, full: str, title: str, on: date | None) -> Candidate:
    reason = "full name" if full else "surname and title"
    held = [
        office
        for office in person.offices
        if _within(on, office.possibly or office.certainly) is not False
    ]
    printed = _offices(person, title, on) if title else []
    offices = printed or held
    sure = [o for o in offices if _within(on, o.certainly)]
    if len(offices) > 1 and len(sure) == 1:
        offices = sure
    office = offices[0] if len(offices) == 1 else None
    if office is not None:
        reason += f"; {office.title}, {office.organization}"
    elif len(offices) > 1:
        reason += f"; {len(offices)} offices fit"
    elif person.offices:
        reason += "; no office on that day"
    return Candidate(
        person.key,
        office.key if office else None,
        office.organization_key if office else None,
        person.name,
        reason,
    )


def _initials(office: Office) -> frozenset[str]:
    """UN for United Nations, MFA for Ministry of Foreign Affairs."""
    made: set[str] = set()
    for name in (office.organization, *office.organization_names):
        letters = "".join(word[0] for word in name.split() if word[0].isupper())
        made.add(letters.lower())
    return frozenset(made)


def _body_key(name: str) -> str:
    words = [_SAME.get(w, w) for w in name.lower().split()]
    return folded(" ".join(w for w in words if w not in ("the", "a", "an")))


_last: list[tuple[Roster, Index]] = []


def of(roster: Roster) -> Index:
    """The index of a roster; that of the last one is kept, as texts come in rows."""
    for known, index in _last[:1]:
        if known is roster:
            return index
    index = Index(roster)
    _last[:] = [(roster, index)]
    return index
