"""Who is meant by a name that somebody typed: one of the catalogue, or a sentence."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError

from statements.detection import offices
from statements.detection.findings import Attribution, Organization, Person, Roster
from statements.detection.newcomers import apart, body_behind

#: A browser's list of names stays usable up to about here.
LONGEST = 2000


@dataclass(frozen=True)
class Meant:
    """Keys of the catalogue; exactly one is set."""

    person: int | None = None
    organization: int | None = None


class Names:
    """The names of a roster, to offer and to look up."""

    def __init__(self, people: Roster):
        self.roster = people
        self._counts = Counter(
            _plain(each.name) for each in (*people.persons, *people.organizations)
        )
        self._by_name: dict[str, list[Person | Organization]] = {}
        for each in (*people.persons, *people.organizations):
            for name in {_plain(name) for name in (each.name, *each.other_names)}:
                self._by_name.setdefault(name, []).append(each)
            self._by_name.setdefault(_plain(_numbered(each)), []).append(each)

    def speakers(self, on: date | None = None) -> list[tuple[str, str]]:
        """People and organisations to offer: what to write, and what stands beside.

        With a day, the office held on it; who held none then has the days of another.
        """
        return [
            (self.written(each), _beside(each, on))
            for each in (*self.roster.persons, *self.roster.organizations)
        ][:LONGEST]

    def organizations(self) -> list[tuple[str, str]]:
        return [
            (self.written(each), "") for each in self.roster.organizations[:LONGEST]
        ]

    def written(self, each: Person | Organization) -> str:
        """The name, with a number where two share it."""
        if self._counts[_plain(each.name)] > 1:
            return _numbered(each)
        return each.name

    def name_of(self, person: int | None, organization: int | None) -> str:
        """How the speaker of a quote is written in a field."""
        rows: tuple = self.roster.persons if person else self.roster.organizations
        key = person or organization
        return next((self.written(each) for each in rows if each.key == key), "")

    def find(self, written: str, *, only_organizations: bool = False) -> Meant:
        """The one that bears a name. Raises ValidationError with what to do."""
        found = [
            each
            for each in self._by_name.get(_plain(written), [])
            if isinstance(each, Organization) or not only_organizations
        ]
        if not found:
            what = "organisation" if only_organizations else "person or organisation"
            raise ValidationError(
                f"No {what} of the catalogue is called “{written}”. Choose one from "
                "the list, or enter a new one."
            )
        if len(found) > 1:
            choices = "; ".join(
                f"“{_numbered(each)}”{_comma(_beside(each))}" for each in found
            )
            raise ValidationError(
                f"{len(found)} in the catalogue are called “{written}”. Write which "
                f"one: {choices}."
            )
        (only,) = found
        if isinstance(only, Person):
            return Meant(person=only.key)
        return Meant(organization=only.key)


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()


def _numbered(each: Person | Organization) -> str:
    return f"{each.name} (no. {each.key})"


def _beside(each: Person | Organization, on: date | None = None) -> str:
    if isinstance(each, Organization):
        return "organisation"
    for fits in (offices.certain, offices.possible):
        for office in each.offices:
            if fits(office, on):
                return offices.named(office)
    return offices.held(each.offices[0]) if each.offices else ""


def _comma(words: str) -> str:
    return f", {words}" if words else ""


def newcomer(by: Attribution, text: str) -> dict[str, str]:
    """Somebody new, as the text names them."""
    office, name = apart(by.full_name)
    behind = body_behind(text, by.span.end) if name and by.span else ""
    return {
        "name": name,
        "organization": by.organization or behind,
        "office": by.office or by.title or office,
    }
