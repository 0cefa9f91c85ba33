"""Whom a filter means: a slug, name or symbol as typed -> rows of the catalogue.

Only what the public may know is found here, so a filter never tells of a person or a
topic that was made for a text still under embargo.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from statements.detection import citations
from statements.models import (
    Appointment,
    Kind,
    Organization,
    Post,
    Resolution,
    Spokesperson,
    Tag,
    Verdict,
)

from . import spelling
from .likeness import Choice, nearest
from .query import Query

#: A name that fits more rows than this says nothing yet.
MOST_CHOICES = 8
#: So many of the ways to swap two digits of a number are tried.
_MOST_SWAPS = 6

#: What is told where nothing has the name, and where too much has.
_NOBODY = {
    "speakers": gettext_lazy("There is no speaker “%(typed)s”. Check the spelling."),
    "organizations": gettext_lazy(
        "There is no organisation “%(typed)s”. Check the spelling."
    ),
    "resolutions": gettext_lazy(
        "There is no resolution “%(typed)s”. Check the spelling."
    ),
    "tags": gettext_lazy("There is no topic “%(typed)s”. Check the spelling."),
    "offices": gettext_lazy("There is no office “%(typed)s”. Check the spelling."),
    "kinds": gettext_lazy(
        "There is no kind of statement “%(typed)s”. Check the spelling."
    ),
    "verdicts": gettext_lazy("There is no verdict “%(typed)s”. Check the spelling."),
}
_MANY = {
    "speakers": gettext_lazy(
        "More than %(n)d speakers fit “%(typed)s”. Write more of the name."
    ),
    "organizations": gettext_lazy(
        "More than %(n)d organisations fit “%(typed)s”. Write more of the name."
    ),
    "resolutions": gettext_lazy(
        "More than %(n)d resolutions fit “%(typed)s”. Write more of the name."
    ),
    "tags": gettext_lazy(
        "More than %(n)d topics fit “%(typed)s”. Write more of the name."
    ),
    "offices": gettext_lazy(
        "More than %(n)d offices fit “%(typed)s”. Write more of the name."
    ),
    "kinds": gettext_lazy(
        "More than %(n)d kinds of statements fit “%(typed)s”. Write more of the name."
    ),
    "verdicts": gettext_lazy(
        "More than %(n)d verdicts fit “%(typed)s”. Write more of the name."
    ),
}
#: What is told where nothing has the name, but something has one much like it.
_RATHER = {
    "speakers": gettext_lazy("No speaker “%(typed)s”; shown for %(names)s."),
    "organizations": gettext_lazy("No organisation “%(typed)s”; shown for %(names)s."),
    "resolutions": gettext_lazy("No resolution “%(typed)s”; shown for %(names)s."),
    "tags": gettext_lazy("No topic “%(typed)s”; shown for %(names)s."),
    "offices": gettext_lazy("No office “%(typed)s”; shown for %(names)s."),
    "kinds": gettext_lazy("No kind of statement “%(typed)s”; shown for %(names)s."),
}


@dataclass(frozen=True, slots=True)
class Filter:
    """One name of a Query, and who is meant: none, one, or several of that name.

    ``field`` is the field of Query; ``problem`` a sentence unless exactly one is meant.
    """

    field: str
    typed: str
    choices: tuple[Choice, ...]
    problem: str = ""

    @property
    def label(self) -> str:
        return self.choices[0].label if len(self.choices) == 1 else self.typed


def filters(query: Query) -> tuple[Filter, ...]:
    """Who is meant by each name of a question; a few queries a name at most.

    A name that nothing bears is taken for a misspelt one of what is most like it.
    """
    finders: dict[str, Callable[[str], list[Choice]]] = {
        "speakers": _speakers,
        "organizations": _organizations,
        "resolutions": _resolutions,
        "tags": _tags,
        "offices": _offices,
        "kinds": _kinds,
        "verdicts": _verdicts,
    }
    found = []
    for field, finder in finders.items():
        for typed in getattr(query, field):
            one = _filter(field, typed, finder(typed))
            if not one.choices:
                one = _guess(one)
            found.append(one)
    return tuple(found)


def _guess(one: Filter) -> Filter:
    """The same, with what is most like the name, unless that is nothing or too much."""
    choices = alike(one.field, one.typed)
    if not 0 < len(choices) <= MOST_CHOICES:
        return one
    *first, last = (choice.label for choice in choices)
    names = (
        _("%(names)s or %(last)s") % {"names": _(", ").join(first), "last": last}
        if first
        else last
    )
    problem = _RATHER[one.field] % {"typed": one.typed, "names": names}
    return replace(one, choices=tuple(choices), problem=problem)


def _filter(field: str, typed: str, found: list[Choice]) -> Filter:
    if not found:
        return Filter(field, typed, (), _NOBODY[field] % {"typed": typed})
    if len(found) == 1:
        return Filter(field, typed, tuple(found))
    if len(found) > MOST_CHOICES:
        return Filter(
            field,
            typed,
            (),
            _MANY[field] % {"n": MOST_CHOICES, "typed": typed},
        )
    *first, last = (choice.label for choice in found)
    return Filter(
        field,
        typed,
        tuple(found),
        _("“%(typed)s” may be %(names)s or %(last)s. All are shown; choose one.")
        % {"typed": typed, "names": _(", ").join(first), "last": last},
    )


def alike(field: str, typed: str) -> list[Choice]:
    """What a name means that is typed with a slip or two."""
    match field:
        case "speakers":
            people = Spokesperson.objects.public().order_by("sort_name", "pk")
            names = ("name", "other_names__name")
            return told_apart(nearest(typed, people, *names, label=_name))
        case "organizations":
            rows = Organization.objects.public().order_by("name", "pk")
            return nearest(typed, rows, "name", "other_names__name", label=_name)
        case "resolutions":
            return _resolutions_like(typed)
        case "tags":
            tags = Tag.objects.public().order_by("name", "pk")
            return nearest(typed, tags, "name", label=_name)
        case "offices":
            beside = "organization__name"
            return nearest(typed, posts(), "label", label=office, beside=beside)
        case "kinds":
            kinds = Kind.objects.public().order_by("name", "pk")
            return nearest(typed, kinds, "name", label=_name)
    return []


def _name(row: Any) -> str:
    return str(row.name)


def _symbol(resolution: Resolution) -> str:
    return str(resolution.symbol)


def _speakers(typed: str) -> list[Choice]:
    people = _narrowest(
        Spokesperson.objects.public().order_by("sort_name", "pk"),
        # Under an address that readers knew, whoever it leads to is meant.
        Q(slug=typed.casefold())
        | Q(former_addresses__path__endswith=f"/{typed.casefold()}/"),
        named(typed),
        containing(typed),
        label=_name,
    )
    return told_apart(people)


def told_apart(people: list[Choice]) -> list[Choice]:
    """The same people, namesakes with their latest office, or their address."""
    if len({person.label for person in people}) == len(people):
        return people
    offices = (
        Appointment.objects.public()
        .filter(person__in=[person.key for person in people])
        .select_related("post__organization")
    )
    held: dict[int, str] = {}
    for office in offices:  # the latest first
        held.setdefault(office.person_id, str(office.post))
    names = [person.label for person in people]
    return [
        replace(person, label=f"{person.label} ({held.get(person.key, person.slug)})")
        if names.count(person.label) > 1
        else person
        for person in people
    ]


def _organizations(typed: str) -> list[Choice]:
    return _narrowest(
        Organization.objects.public().order_by("name", "pk"),
        Q(slug=typed.casefold()),
        named(typed),
        containing(typed),
        label=_name,
    )


def _resolutions(typed: str) -> list[Choice]:
    symbol = citations.parse(typed) or typed
    return _narrowest(
        Resolution.objects.public(),
        Q(symbol__iexact=typed) | Q(symbol=symbol) | Q(aliases__name__iexact=typed),
        Q(slug=typed.casefold()),
        numbered([typed]),
        Q(title__icontains=typed),
        label=_symbol,
        slug=_symbol,
    )


def _resolutions_like(typed: str) -> list[Choice]:
    """Those whose number has two digits the other way round: 2471 may be 2417."""
    digits = re.search(r"\d{3,}", typed, re.ASCII)
    if digits is None:
        return nearest(
            typed,
            Resolution.objects.public(),
            "title",
            "aliases__name",
            label=_symbol,
            slug=_symbol,
        )
    others = spelling.swapped(digits[0])[:_MOST_SWAPS]
    alone = re.fullmatch(r"\W*\d+\W*", typed, re.ASCII) is not None
    written = [typed[: digits.start()] + n + typed[digits.end() :] for n in others]
    symbols = [citations.parse(other) or other for other in written]
    return _narrowest(
        Resolution.objects.public(),
        numbered(others)
        if alone
        else Q(symbol__in=symbols) | Q(aliases__name__in=written),
        label=_symbol,
        slug=_symbol,
    )


def numbered(numbers: Iterable[str]) -> Q:
    """Resolutions by their number alone: 2417 is that of S/RES/2417 (2018)."""
    either = Q()
    for number in numbers:
        if number.isascii() and number.isdecimal():
            either |= Q(symbol__regex=rf"(^|/)0*{number}( |$)")
    return either


def _tags(typed: str) -> list[Choice]:
    return _narrowest(
        Tag.objects.public(),
        Q(slug=typed.casefold()),
        Q(name__unaccent__iexact=typed),
        Q(name__unaccent__icontains=typed),
        label=_name,
    )


def _offices(typed: str) -> list[Choice]:
    """Posts by their label, or by words of it and of their organisation."""
    return _narrowest(
        posts(),
        Q(slug=typed.casefold()),
        Q(label__unaccent__iexact=typed),
        Q(label__unaccent__icontains=typed),
        of_office(typed),
        label=office,
    )


def of_office(typed: str) -> Q:
    """Every word occurs in a post's label or in the name of its organisation."""
    either = Q()
    for word in typed.replace(",", " ").split():
        either &= Q(label__unaccent__icontains=word) | Q(
            organization__name__unaccent__icontains=word
        )
    return either


def posts() -> QuerySet[Post]:
    return (
        Post.objects.public()
        .filter(organization__in=Organization.objects.public().values("pk"))
        .select_related("organization")
        .order_by("label", "organization__name", "pk")
    )


def office(post: Post) -> str:
    return f"{post.label}, {post.organization.name}"


def _kinds(typed: str) -> list[Choice]:
    return _narrowest(
        Kind.objects.public().order_by("name"),
        Q(slug=typed.casefold()) | Q(name__iexact=typed),
        Q(name__icontains=typed),
        label=_name,
    )


def _verdicts(typed: str) -> list[Choice]:
    """A verdict by its code or its words, ``not found`` and ``not_found``."""
    wanted = typed.casefold().replace("_", " ").replace("-", " ")
    choices = [Choice(0, one.value, str(one.label)) for one in Verdict]

    def written(choice: Choice) -> set[str]:
        return {choice.slug.replace("_", " "), choice.label.casefold()}

    exact = [choice for choice in choices if wanted in written(choice)]
    return exact or [
        choice
        for choice in choices
        if any(words.startswith(wanted) for words in written(choice))
    ]


def named(typed: str) -> Q:
    return Q(name__unaccent__iexact=typed) | Q(
        other_names__name__unaccent__iexact=typed
    )


def containing(typed: str) -> Q:
    """Every word occurs in the name, in any order: "Okafor, Ilse" is Ilse Okafor."""
    own, other = Q(), Q()
    for word in typed.replace(",", " ").split():
        own &= Q(name__unaccent__icontains=word)
        other &= Q(other_names__name__unaccent__icontains=word)
    return own | other


def _narrowest(
    rows: QuerySet[Any],
    *readings: Q,
    label: Callable[[Any], str],
    slug: Callable[[Any], str] = lambda row: str(row.slug),
) -> list[Choice]:
    """The rows of the first reading that fits any; one more than may be chosen from."""
    for reading in readings:
        if not reading:
            continue
        # Names of the same row may fit twice, and DISTINCT would spoil the order.
        found = rows.filter(pk__in=rows.model._default_manager.filter(reading))
        if choices := [
            Choice(row.pk, slug(row), label(row)) for row in found[: MOST_CHOICES + 1]
        ]:
            return choices
    return []
