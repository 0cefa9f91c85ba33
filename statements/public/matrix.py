"""Who said what about a resolution, when: a row a speaker, a column a year.

Every number counts what the list below it shows when one follows the number: each
public quote once, in the year in which it was said.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Sum, TextField, Value
from django.db.models.functions import Concat
from django.urls import reverse

from statements.models import Organization, Spokesperson, Tally

from .counts import numbers

#: Rows and columns of a matrix. All others are in the list and in the table to keep.
SPEAKERS, YEARS = 12, 12
#: Steps of the one colour that repeats what the numbers say.
HEATS = 4

_YEAR = re.compile(r"[1-9][0-9]{3}", re.ASCII)
_SLUG = re.compile(r"[-a-zA-Z0-9_]{1,160}", re.ASCII)


@dataclass(frozen=True)
class Chosen:
    """What an address asks for: one voice, one year, both, or neither.

    A slug that nobody public bears finds nothing, as if nobody bore it at all.
    """

    speaker: str = ""
    organization: str = ""
    year: int | None = None

    @classmethod
    def read(cls, query: Mapping[str, str]) -> Chosen:
        """From the query of an address; what cannot be meant is not asked for."""
        names = {
            name: query[name]
            for name in ("speaker", "organization")
            if _SLUG.fullmatch(query.get(name, ""))
        }
        if "speaker" in names:
            names.pop("organization", None)
        year = query.get("year", "")
        return cls(**names, year=int(year) if _YEAR.fullmatch(year) else None)

    def __bool__(self) -> bool:
        return bool(self.speaker or self.organization or self.year)

    @property
    def conditions(self) -> dict[str, Any]:
        """What citations are filtered by."""
        found: dict[str, Any] = {}
        if self.speaker:
            found["quote__speaker__slug"] = self.speaker
        if self.organization:
            found["quote__organization__slug"] = self.organization
            found["quote__speaker"] = None
        if self.year:
            found["said_on__range"] = (
                dt.date(self.year, 1, 1),
                dt.date(self.year, 12, 31),
            )
        return found

    @property
    def address(self) -> str:
        """The query that asks for it, "" for everything."""
        parts = {
            "speaker": self.speaker,
            "organization": self.organization,
            "year": self.year,
        }
        kept = {name: value for name, value in parts.items() if value}
        return f"?{urlencode(kept)}" if kept else ""


@dataclass(frozen=True)
class Voice:
    """Who speaks of a resolution in how many quotes; ``key`` as counts name it."""

    key: str
    count: int
    slug: str
    name: str


@dataclass(frozen=True)
class Cell:
    """A number, the list that it counts, and how deep its colour is (0: none)."""

    count: int
    url: str = ""
    heat: int = 0
    current: bool = False


@dataclass(frozen=True)
class Row:
    name: str
    url: str
    cells: list[Cell]
    total: Cell


@dataclass(frozen=True)
class Matrix:
    years: list[int]
    rows: list[Row]
    #: Whether there are more speakers, or earlier years, than are drawn.
    more: bool = False
    earlier: bool = False


def matrix(resolution: int, at: dt.datetime, chosen: Chosen) -> Matrix:
    """The matrix of a resolution, those who spoke most often first. Three queries."""
    whose = f"r:{resolution}"
    said = numbers(whose, at)
    said.pop("", None)
    # Of those who spoke as often as the last one drawn, names decide.
    most = sorted(said.values(), reverse=True)[: SPEAKERS + 1]
    voices = sorted(
        (
            Voice(voice, said[voice], slug, name)
            for voice, slug, name in _named([v for v in said if said[v] >= most[-1]])
        ),
        key=lambda voice: (-voice.count, voice.name, voice.slug),
    )
    drawn = voices[:SPEAKERS]
    if not drawn:
        return Matrix([], [])
    counts = {
        (voice.removeprefix(f"{whose} "), int(year)): count
        for voice, year, count in Tally.objects.public(at)
        .filter(whose__in=[f"{whose} {voice.key}" for voice in drawn])
        .values_list("whose", "part")
        .annotate(count=Sum("number"))
        .filter(count__gt=0)
    }
    years = sorted({year for _, year in counts})
    return Matrix(
        years[-YEARS:],
        [_row(voice, years[-YEARS:], counts, chosen) for voice in drawn],
        more=len(voices) > SPEAKERS,
        earlier=len(years) > YEARS,
    )


def _named(voices: list[str]) -> list[tuple[str, str, str]]:
    """Key, slug and name of each voice: of people, and of organisations without one."""
    keys: dict[str, list[int]] = {"s": [], "o": []}
    for voice in voices:
        letter, _colon, key = voice.partition(":")
        keys[letter].append(int(key))
    people, organizations = (
        model.objects.filter(pk__in=keys[letter])
        .order_by()
        .values_list(
            Concat(Value(f"{letter}:"), "pk", output_field=TextField()), "slug", "name"
        )
        for letter, model in (("s", Spokesperson), ("o", Organization))
    )
    return list(people.union(organizations).order_by())


def _row(
    voice: Voice,
    years: list[int],
    counts: dict[tuple[str, int], int],
    chosen: Chosen,
) -> Row:
    organization = voice.key.startswith("o")
    who = {"organization" if organization else "speaker": voice.slug}
    most = max(counts.values())

    def cell(count: int, asked: Chosen, heat: int = 0) -> Cell:
        if not count:
            return Cell(0)
        return Cell(count, f"{asked.address}#named", heat, asked == chosen)

    cells = []
    for year in years:
        count = counts.get((voice.key, year), 0)
        heat = -(-count * HEATS // most)
        cells.append(cell(count, Chosen(**who, year=year), heat))
    return Row(
        voice.name,
        reverse("organization" if organization else "spokesperson", args=[voice.slug]),
        cells,
        cell(voice.count, Chosen(**who)),
    )
