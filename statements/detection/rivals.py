"""Who else "he" or "she" might be: the persons of that gender whom a text names."""

from __future__ import annotations

from bisect import bisect_left
from functools import cached_property

from .names import Names, agrees

_NEAR = 600  # code points before a pronoun in which a rival is near
_CROWD = 2  # rivals that near, so that nobody is sure
_MOST = 60  # places that are looked at


class Rivals:
    """The persons that a text names in full, with their places."""

    def __init__(self, names: Names):
        self._names = names
        self._number: dict[str, int] = {}

    @cached_property
    def _genders(self) -> dict[str, str]:
        names = self._names
        return {full: names.gender(full) for full in names.places if names.person(full)}

    @cached_property
    def _places(self) -> list[tuple[int, str]]:
        places = self._names.places
        return sorted((place, full) for full in self._genders for place in places[full])

    def alone(self, full: str, gender: str) -> bool:
        """Does the whole text name nobody else whom the pronoun could mean?"""
        if gender not in self._number:
            self._number[gender] = sum(
                agrees(each, gender) for each in self._genders.values()
            )
        own = full in self._genders and agrees(self._genders[full], gender)
        return self._number[gender] - own < 1

    def crowd(self, full: str, gender: str, place: int) -> bool:
        """Are several others of that gender named shortly before a place?"""
        stop = bisect_left(self._places, (place, ""))
        others: set[str] = set()
        for start, each in reversed(self._places[max(0, stop - _MOST) : stop]):
            if place - start > _NEAR:
                break
            if each != full and agrees(self._genders[each], gender):
                others.add(each)
        return len(others) >= _CROWD
