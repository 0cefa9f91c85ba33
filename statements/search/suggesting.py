"""Names to choose from while one types: of speakers, offices, organisations, topics and
resolutions that are public.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Q, QuerySet, Value, When

from statements.models import Organization, Resolution, Spokesperson, Tag

from . import naming
from .likeness import Choice

#: So many are offered: more nobody reads while typing.
MOST = 8


@dataclass(frozen=True, slots=True)
class Offer:
    """A name to choose: ``value`` asks for it and nothing else, ``label`` is read."""

    value: str
    label: str


def offers(field: str, typed: str) -> list[Offer]:
    """Those of a field of Query whose name has all words typed, or is much like them.

    Names that begin so come first, then those with a word that does. One query, a
    second to tell namesakes apart, and two more if nothing fits; nothing for a field
    that is not offered.
    """
    typed = "".join(
        char
        for char in unicodedata.normalize("NFC", typed)
        if char != "\0" and not "\ud800" <= char <= "\udfff"
    )
    if field not in _FIELDS or not any(char.isalnum() for char in typed):
        return []
    rows, name, fits = _FIELDS[field](typed)
    every = rows.model._default_manager.filter(fits)
    found = list(
        rows.filter(pk__in=every.values("pk")).order_by(
            Case(
                When(**{f"{name}__unaccent__istartswith": typed}, then=Value(0)),
                When(**{f"{name}__unaccent__icontains": f" {typed}"}, then=Value(1)),
                default=Value(2),
            ),
            name,
            "pk",
        )[:MOST]
    )
    if not found:
        return _told(field, naming.alike(field, typed)[:MOST])
    label = naming.office if field == "offices" else str
    return _told(field, [Choice(row.pk, str(row.slug), label(row)) for row in found])


def _told(field: str, choices: list[Choice]) -> list[Offer]:
    """Each by its name, or by its address where namesakes bear the same."""
    if field != "speakers":
        return [Offer(choice.label, choice.label) for choice in choices]
    apart = naming.told_apart(choices)
    return [
        Offer(choice.label if choice.label == other.label else choice.slug, other.label)
        for choice, other in zip(choices, apart, strict=True)
    ]


type _Asked = tuple[QuerySet[Any], str, Q]


def _speakers(typed: str) -> _Asked:
    return Spokesperson.objects.public(), "name", naming.containing(typed)


def _organizations(typed: str) -> _Asked:
    return Organization.objects.public(), "name", naming.containing(typed)


def _offices(typed: str) -> _Asked:
    return naming.posts(), "label", naming.of_office(typed)


def _tags(typed: str) -> _Asked:
    inside = Q()
    for word in typed.split():
        inside &= Q(name__unaccent__icontains=word)
    return Tag.objects.public(), "name", inside


def _resolutions(typed: str) -> _Asked:
    symbol, title = Q(), Q()
    for word in typed.split():
        symbol &= Q(symbol__icontains=word)
        title &= Q(title__unaccent__icontains=word)
    alias = Q(aliases__name__unaccent__icontains=typed)
    return Resolution.objects.public(), "symbol", symbol | title | alias


_FIELDS = {
    "speakers": _speakers,
    "organizations": _organizations,
    "offices": _offices,
    "tags": _tags,
    "resolutions": _resolutions,
}
