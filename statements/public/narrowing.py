"""The words of one spokesperson, narrowed by office, resolution, topic and year.

Each choice is offered with the number of quotes that it leaves beside what is chosen
otherwise, so no number leads to another number of quotes. The database keeps these
numbers while one thing is chosen at most. For more, quotes are counted, if they are not
too many; else the choices have no number, and some may leave nothing.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.contrib.postgres.search import SearchQueryField
from django.db.models import (
    FETCH_RAISE,
    BooleanField,
    Count,
    F,
    Func,
    QuerySet,
    TextField,
    Value,
)
from django.db.models.functions import Cast, Concat, ExtractYear
from django.utils.translation import gettext as _

from statements.models import Post, Quote, Resolution, Tag

from . import counts, paging
from .choosing import Choice, Facet, wanted
from .composed import composed

#: Choices offered of one kind, those with the most quotes.
MOST = 50
#: Quotes that are counted at most, where no number of them is kept.
MOST_COUNTED = 1_000

_YEAR = re.compile(r"[1-9][0-9]{3}", re.ASCII)
_SLUG = re.compile(r"[-\w]{1,200}")
_RESOLUTION = re.compile(r"([-\w]{1,40})/([-\w]{1,80})")


@dataclass
class Narrowed:
    """``rows``: the quotes that are left, ``total`` of them, or ``more`` than that.
    ``years``: how many were said in which year, before anything was chosen."""

    rows: paging.Rows
    years: dict[int, int]
    total: int
    chosen: dict[str, str]
    facets: list[Facet] = field(default_factory=list)
    more: bool = False


def narrow(speaker: int, query: Mapping[str, str], at: dt.datetime | None) -> Narrowed:
    """Narrow a speaker's public quotes by what an address asks for.

    Four queries; one more if something is chosen.
    """
    whole = counts.numbers(f"s:{speaker}", at)
    offered = _named(whole)
    chosen = wanted(
        query, office=_SLUG, resolution=_RESOLUTION, topic=_SLUG, year=_YEAR
    )
    parts = {name: _part(offered[name], value) for name, value in chosen.items()}
    beside = {
        name: _bearing(part for other, part in parts.items() if other != name)
        for name in offered
    }
    bearing = _bearing(parts.values())
    numbers = _count(speaker, at, whole, [bearing, *beside.values()])
    total = whole.get("", 0)
    if bearing is None:
        total = 0
    elif len(bearing) == 1:
        total = whole[bearing[0]]
    elif bearing:
        total = (numbers[bearing] or {"": MOST_COUNTED}).get("", 0)
    found = Narrowed(
        paging.Rows(_listed, {"at": at, **_asked(speaker, whole, bearing)}),
        {int(value): whole[part] for part, (value, _name) in offered["year"].items()},
        total,
        chosen,
        more=len(parts) > 1 and numbers[bearing] is None,
    )
    for name, label in (
        ("office", _("Office")),
        ("resolution", _("Resolution")),
        ("topic", _("Topic")),
        ("year", _("Year")),
    ):
        told = numbers[beside[name]]
        left = _left(name, offered[name], whole if told is None else told)
        # Unless there is nothing to choose between.
        if len(left) > 1 or name in chosen:
            choices = [
                Choice(
                    value,
                    called,
                    None if told is None else told[part],
                    value == chosen.get(name),
                )
                for part, (value, called) in left
            ]
            found.facets.append(Facet(name, label, choices))
    return found


#: The choices of one kind: part of a count, value in an address, name.
type _Choices = dict[str, tuple[str, str]]


def _named(whole: Mapping[str, int]) -> dict[str, _Choices]:
    """What there is to choose, by kind. Three queries; none for what there is not."""
    keys: dict[str, list[int]] = {"p": [], "r": [], "t": [], "y": []}
    for part in whole:
        letter, _colon, key = part.partition(":")
        if letter in keys:
            keys[letter].append(int(key))
    return {
        "office": _by_part("p", _posts(keys=_few_lengths(keys["p"]))),
        "resolution": _by_part("r", _resolutions(keys=_few_lengths(keys["r"]))),
        "topic": _by_part("t", _topics(keys=_few_lengths(keys["t"]))),
        "year": {f"y:{key}": (str(key), str(key)) for key in sorted(keys["y"])[::-1]},
    }


def _few_lengths(keys: list[int]) -> tuple[int, ...]:
    """The keys, the last one repeated up to a power of two.

    A query is written for each number of keys, and every speaker has another.
    """
    room = 1 << (len(keys) - 1).bit_length() if keys else 0
    return (*keys, *keys[-1:] * (room - len(keys)))


@composed
def _posts(keys: tuple[int, ...]) -> QuerySet[Any]:
    label = _joined(F("label"), ", ", F("organization__name"))
    return Post.objects.filter(pk__in=keys).values_list("pk", "slug", label)


@composed
def _resolutions(keys: tuple[int, ...]) -> QuerySet[Any]:
    slug = _joined(F("body__slug"), "/", F("slug"))
    return Resolution.objects.filter(pk__in=keys).values_list("pk", slug, "symbol")


@composed
def _topics(keys: tuple[int, ...]) -> QuerySet[Any]:
    return Tag.objects.filter(pk__in=keys).values_list("pk", "slug", "name")


def _by_part(letter: str, rows: Iterable[tuple[int, str, str]]) -> _Choices:
    return {f"{letter}:{key}": (value, called) for key, value, called in rows}


def _left(
    name: str, offered: _Choices, numbers: Mapping[str, int]
) -> list[tuple[str, tuple[str, str]]]:
    """The choices that leave something, most quotes first; years the latest first."""
    left = [(part, named) for part, named in offered.items() if part in numbers]
    if name != "year":
        left.sort(key=lambda one: (-numbers[one[0]], one[1][1]))
    return left[:MOST]


def _part(offered: _Choices, value: str) -> str | None:
    for part, (known, _called) in offered.items():
        if known == value:
            return part
    return None


def _bearing(parts: Iterable[str | None]) -> tuple[str, ...] | None:
    """The parts in their order, or None if one of them is nothing that is there."""
    known = list(parts)
    bearing = [part for part in known if part is not None]
    return tuple(sorted(bearing)) if len(bearing) == len(known) else None


def _asked(
    speaker: int, whole: Mapping[str, int], bearing: tuple[str, ...] | None
) -> dict[str, Any]:
    """What ``_quotes`` takes to find a speaker's quotes that bear all of these parts.

    A year is its days. Where few quotes bear a part, all may be fetched, by the index
    of words, which has the keys of facets too. Else the newest are soon met in the
    order of the speaker's quotes, and facets are looked at there.
    """
    parts = bearing or ()
    facets = [part for part in parts if not part.startswith("y:")]
    few = bool(facets) and min(whole[part] for part in facets) <= MOST_COUNTED
    year = next((int(part[2:]) for part in parts if part.startswith("y:")), None)
    return {
        "speaker": speaker,
        "words": " & ".join(f"'{part}'" for part in (f"s:{speaker}", *facets))
        if few
        else None,
        "facets": " ".join(facets) if facets and not few else None,
        "since": dt.date(year, 1, 1) if year else None,
        "until": dt.date(year, 12, 31) if year else None,
        "none": bearing is None,
    }


def _quotes(
    at: dt.datetime | None,
    speaker: int,
    words: str | None,
    facets: str | None,
    since: dt.date | None,
    until: dt.date | None,
    none: bool,
) -> QuerySet[Quote]:
    rows = Quote.objects.public(at).filter(speaker=speaker)
    if none:
        return rows.none()
    if since and until:
        rows = rows.filter(said_on__range=(since, until))
    if words:
        rows = rows.filter(_where("tsv", "@@", Cast(Value(words), SearchQueryField())))
    if facets:
        borne = Func(Value(facets), Value(" "), function="string_to_array")
        rows = rows.filter(_where("facets", "@>", borne))
    return rows


def _where(field: str, sign: str, value: Func) -> Func:
    return Func(
        F(field),
        value,
        template="(%(expressions)s)",
        arg_joiner=f" {sign} ",
        output_field=BooleanField(),
    )


def _listed(**asked: Any) -> QuerySet[Quote]:
    return _quotes(**asked).for_list().fetch_mode(FETCH_RAISE)


def _count(
    speaker: int,
    at: dt.datetime | None,
    whole: dict[str, int],
    wanted: Iterable[tuple[str, ...] | None],
) -> dict[tuple[str, ...] | None, dict[str, int] | None]:
    """How many quotes bear each part beside those that are wanted; "" for all of them.

    None where there are more than MOST_COUNTED. One query, or none.
    """
    numbers: dict[tuple[str, ...] | None, dict[str, int] | None]
    numbers = {(): whole, None: {}}
    asked: dict[tuple[str, ...], dict[str, int]] = {}
    for bearing in wanted:
        if bearing is None or bearing in numbers:
            continue
        if len(bearing) == 1 and whole[bearing[0]] > MOST_COUNTED:
            numbers[bearing] = None
        else:
            numbers[bearing] = asked[bearing] = {}
    year = Concat(Value("y:"), ExtractYear("said_on"), output_field=TextField())
    with_year = Func(F("facets"), year, function="array_append")
    parts = Func(with_year, Value("", TextField()), function="array_append")
    rows = [
        Quote.objects.filter(
            pk__in=_quotes(at, **_asked(speaker, whole, bearing))
            .newest()
            .values("pk")[: MOST_COUNTED + 1]
        )
        .order_by()
        .annotate(
            of=Value(place),
            part=Func(parts, function="unnest", output_field=TextField()),
        )
        .values("of", "part")
        .annotate(number=Count("pk"))
        .values_list("of", "part", "number")
        for place, bearing in enumerate(asked)
    ]
    if rows:
        counted = list(asked.values())
        for place, part, number in rows[0].union(*rows[1:], all=True).order_by():
            counted[place][part] = number
    for bearing, found in asked.items():
        if found.get("", 0) > MOST_COUNTED:
            numbers[bearing] = None
    return numbers


def _joined(one: F, between: str, other: F) -> Concat:
    return Concat(one, Value(between), other, output_field=TextField())
