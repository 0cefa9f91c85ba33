"""Lists of the catalogue, narrowed by what their addresses ask for.

Each choice is offered with the number of rows that it leaves beside what is chosen
otherwise. The numbers are counted from a few words of each public row, read once: of so
many rows at most, since a catalogue may be an import of all parliaments. In a longer
list the choices have no numbers.
"""

from __future__ import annotations

import datetime as dt
import re
import string
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.db.models import Exists, F, Func, OuterRef, Q, QuerySet
from django.db.models.functions import ExtractYear, Left, Now, TruncDate, Upper
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from statements.models import (
    Appointment,
    Citation,
    Resolution,
    ResolutionRelation,
    Spokesperson,
    Tag,
)

from .choosing import Choice, Facet, wanted
from .topics import newest_of

#: Rows that are counted; choices offered of one kind, those with the most rows.
COUNTED, MOST = 2_000, 100

PRESENT, FORMER = "present", "former"
STANDING, ENDED = "standing", "ended"

_SLUG = re.compile(r"[-\w]{1,200}")
_YEAR = re.compile(r"[1-9][0-9]{3}", re.ASCII)
_LETTER = re.compile(r"[^\W\d_]")


@dataclass
class Narrowed:
    """``total``: how many rows are left, None for more than are counted.

    ``kept``: what is chosen by links, which the form has to keep. ``letters``: rows for
    _letters.html.
    """

    rows: QuerySet[Any]
    chosen: dict[str, str]
    total: int | None
    found: str = ""
    facets: list[Facet] = field(default_factory=list)
    letters: list[dict[str, Any]] = field(default_factory=list)

    @property
    def kept(self) -> dict[str, str]:
        return {name: self.chosen[name] for name in ("letter",) if name in self.chosen}

    def offer(
        self, name: str, label: str, rows: Iterable[tuple[str, str, int | None]]
    ) -> None:
        """Offer choices, unless there is nothing to choose between."""
        chosen = self.chosen.get(name, "")
        choices = [Choice(*row, row[0] == chosen) for row in rows]
        if len(choices) > 1 or chosen:
            self.facets.append(Facet(name, label, choices))


@dataclass
class _Person:
    letter: str
    #: Of each organisation, whether the person has an office there today.
    offices: dict[str, bool] = field(default_factory=dict)

    def fits(self, chosen: Mapping[str, str], without: str = "") -> bool:
        organization = "" if without == "organization" else chosen.get("organization")
        time = "" if without == "time" else chosen.get("time")
        letter = "" if without == "letter" else chosen.get("letter")
        if letter and letter != self.letter:
            return False
        if organization and organization not in self.offices:
            return False
        return not time or self.time(organization or "") == time

    def time(self, organization: str = "") -> str:
        """PRESENT or FORMER, in one organisation or in any; "" for neither."""
        if organization:
            there = self.offices.get(organization)
            return "" if there is None else PRESENT if there else FORMER
        if not self.offices:
            return ""
        return PRESENT if any(self.offices.values()) else FORMER


def people(
    rows: QuerySet[Spokesperson],
    offices: QuerySet[Appointment],
    query: Mapping[str, str],
) -> Narrowed:
    """Public people by organisation, present or former, and letter. Two queries.

    ``offices``: those that are public, of organisations that are.
    """
    chosen = wanted(query, organization=_SLUG, time=_SLUG, letter=_LETTER)
    if chosen.get("time", PRESENT) not in (PRESENT, FORMER):
        del chosen["time"]
    if "letter" in chosen:
        chosen["letter"] = unicodedata.normalize("NFD", chosen["letter"])[0].upper()
    today = Q(certainly__contains=TruncDate(Now()))
    known, names, more = _people_known(rows, offices, today)
    there = [one for one in known.values() if one.fits(chosen)]
    found = Narrowed(
        _kept_people(rows, offices, today, chosen),
        chosen,
        None if more else len(there),
    )
    found.found = (
        ""
        if found.total is None
        else ngettext("%(n)s spokesperson", "%(n)s spokespersons", found.total)
        % {"n": found.total}
    )
    at: Counter[str] = Counter()
    for one in known.values():
        if one.fits(chosen, without="organization"):
            at.update(
                key
                for key in one.offices
                if chosen.get("time", one.time(key)) == one.time(key)
            )
    most = sorted(at.items(), key=lambda pair: (-pair[1], names[pair[0]]))[:MOST]
    found.offer(
        "organization",
        _("Organisation"),
        [(key, names[key], None if more else number) for key, number in most],
    )
    times = Counter(
        one.time(chosen.get("organization", ""))
        for one in known.values()
        if one.fits(chosen, without="time")
    )
    found.offer(
        "time",
        _("In office"),
        [
            (key, label, None if more else times[key])
            for key, label in ((PRESENT, _("Today")), (FORMER, _("Formerly")))
            if times[key] or chosen.get("time") == key
        ],
    )
    letters = {
        one.letter for one in known.values() if one.fits(chosen, without="letter")
    }
    if more:
        letters |= set(string.ascii_uppercase)
    found.letters = _letters(chosen, {each for each in letters if _LETTER.match(each)})
    return found


def _people_known(
    rows: QuerySet[Spokesperson], offices: QuerySet[Appointment], today: Q
) -> tuple[dict[int, _Person], dict[str, str], bool]:
    """Of each person letter and offices; names of organisations; whether it is not all.

    Letters have no accents: Élise stands under E.
    """
    initial = Upper(Left(Func(F("sort_name"), function="public.unaccent"), 1))
    letters = list(
        rows.order_by("sort_name", "pk").values_list("pk", initial)[: COUNTED + 1]
    )
    known = {key: _Person(letter) for key, letter in letters[:COUNTED]}
    held = list(
        offices.order_by("pk").values_list(
            "person", "post__organization__slug", "post__organization__name", today
        )[: 4 * COUNTED + 1]
    )
    names = {}
    for person, slug, name, present in held:
        if person in known:
            names[slug] = name
            terms = known[person].offices
            terms[slug] = terms.get(slug, False) or bool(present)
    return known, names, len(letters) > COUNTED or len(held) > 4 * COUNTED


def _kept_people(
    rows: QuerySet[Spokesperson],
    offices: QuerySet[Appointment],
    today: Q,
    chosen: Mapping[str, str],
) -> QuerySet[Spokesperson]:
    held = offices.filter(person=OuterRef("pk"))
    if "organization" in chosen:
        held = held.filter(post__organization__slug=chosen["organization"])
        rows = rows.filter(Exists(held))
    if "time" in chosen:
        present = Exists(held.filter(today))
        rows = rows.filter(
            present if chosen["time"] == PRESENT else Exists(held) & ~present
        )
    if "letter" in chosen:
        rows = rows.filter(sort_name__unaccent__istartswith=chosen["letter"])
    return rows


def _letters(chosen: Mapping[str, str], letters: set[str]) -> list[dict[str, Any]]:
    """A link for each letter, which keeps what else is chosen; first one for all."""
    beside = {name: kept for name, kept in chosen.items() if name != "letter"}
    if len(letters) < 2 and "letter" not in chosen:
        return []
    return [
        {
            "url": f"?{urlencode({**beside, **asked})}",
            "label": label,
            "current": chosen.get("letter", "") == asked.get("letter", ""),
        }
        for label, asked in [
            (pgettext("no filter", "All"), {}),
            *((letter, {"letter": letter}) for letter in sorted(letters)),
        ]
    ]


def resolutions(rows: QuerySet[Resolution], query: Mapping[str, str]) -> Narrowed:
    """Public resolutions by body, year, whether ended, and topic of statements.

    Two queries; two more if a topic is chosen: its newest statements name them.
    """
    chosen = wanted(query, body=_SLUG, year=_YEAR, state=_SLUG, topic=_SLUG)
    if chosen.get("state", ENDED) not in (ENDED, STANDING):
        del chosen["state"]
    kinds = ResolutionRelation.Kind
    ended = Exists(
        ResolutionRelation.objects.filter(
            other=OuterRef("pk"),
            kind__in=[kinds.ENDS, kinds.REPLACES],
            resolution__in=Resolution.objects.counted().values("pk"),
        )
    )
    if "topic" in chosen:
        rows = rows.filter(pk__in=_named_on(chosen["topic"]))
    read = list(
        rows.order_by(F("adopted_on").desc(nulls_last=True), "-pk").values_list(
            "body__slug", "body__name", ExtractYear("adopted_on"), ended
        )[: COUNTED + 1]
    )
    more = len(read) > COUNTED
    names = {body: name for body, name, _year, _ended in read}
    known = [
        {
            "body": body,
            "year": str(year or ""),
            "state": ENDED if is_ended else STANDING,
        }
        for body, _name, year, is_ended in read
    ]

    def left(without: str = "") -> list[dict[str, str]]:
        asked = {
            name: value
            for name, value in chosen.items()
            if name not in ("topic", without)
        }
        return [one for one in known if asked.items() <= one.items()]

    def counted(name: str) -> dict[str, int]:
        return Counter(one[name] for one in left(name) if one[name])

    found = Narrowed(
        _kept_resolutions(rows, ended, chosen), chosen, None if more else len(left())
    )
    found.found = (
        ""
        if found.total is None
        else ngettext("%(n)s resolution", "%(n)s resolutions", found.total)
        % {"n": found.total}
    )
    states = {STANDING: _("Not ended"), ENDED: _("Ended or replaced")}
    for name, label, rank, called in (
        ("body", _("Adopted by"), lambda pair: (-pair[1], names[pair[0]]), names),
        ("year", _("Year"), lambda pair: -int(pair[0]), {}),
        ("state", _("State"), lambda pair: -ord(pair[0][0]), states),
    ):
        numbers = sorted(counted(name).items(), key=rank)[:MOST]
        found.offer(
            name,
            label,
            [
                (value, called.get(value, value), None if more else number)
                for value, number in numbers
            ],
        )
    tags = Tag.objects.public().order_by("name").values_list("slug", "name")[:MOST]
    found.offer(
        "topic", _("Cited on the topic"), [(slug, name, None) for slug, name in tags]
    )
    return found


def _named_on(slug: str) -> list[int]:
    """The resolutions that the newest statements of a topic cite."""
    tag = Tag.objects.public().filter(slug=slug).values_list("pk", flat=True).first()
    if tag is None:
        return []
    cited = Citation.objects.public().filter(article__in=newest_of(tag))
    return list(
        cited.order_by().values_list("resolution", flat=True).distinct()[:COUNTED]
    )


def _kept_resolutions(
    rows: QuerySet[Resolution], ended: Exists, chosen: Mapping[str, str]
) -> QuerySet[Resolution]:
    if "body" in chosen:
        rows = rows.filter(body__slug=chosen["body"])
    if "year" in chosen:
        year = int(chosen["year"])
        rows = rows.filter(
            adopted_on__range=(dt.date(year, 1, 1), dt.date(year, 12, 31))
        )
    if "state" in chosen:
        rows = rows.filter(ended if chosen["state"] == ENDED else ~ended)
    return rows
