"""Whom a filter means: a slug, name or symbol as typed -> rows of the catalogue.

Only what the public may know is found here, so a filter never tells of a person or a
topic that was made for a text still under embargo.
"""

from __future__ import annotations

from collections.abc import Callable
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

from .query import Query

#: A name that fits more rows than this says nothing yet.
MOST_CHOICES = 8

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


@dataclass(frozen=True, slots=True)
class Choice:
    """A row that a filter means, or a verdict, which has no key: then it is 0.

    ``slug`` asks for this one and no other.
    """

    key: int
    slug: str
    label: str


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
    """Who is meant by each name of a question; a few queries a name at most."""
    finders: dict[str, Callable[[str], list[Choice]]] = {
        "speakers": _speakers,
        "organizations": _organizations,
        "resolutions": _resolutions,
        "tags": _tags,
        "offices": _offices,
        "kinds": _kinds,
        "verdicts": _verdicts,
    }
    return tuple(
        _filter(field, typed, finder(typed))
        for field, finder in finders.items()
        for typed in getattr(query, field)
    )


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


def _speakers(typed: str) -> list[Choice]:
    people = _narrowest(
        Spokesperson.objects.public().order_by("sort_name", "pk"),
        # Under an address that readers knew, whoever it leads to is meant.
        Q(slug=typed.casefold())
        | Q(former_addresses__path__endswith=f"/{typed.casefold()}/"),
        named(typed),
        containing(typed),
        label=lambda person: str(person.name),
    )
    if len({person.label for person in people}) == len(people):
        return people
    return _told_apart(people)


def _told_apart(people: list[Choice]) -> list[Choice]:
    """The same people, namesakes with their latest office, or their address."""
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
        label=lambda organization: str(organization.name),
    )


def _resolutions(typed: str) -> list[Choice]:
    symbol = citations.parse(typed) or typed
    return _narrowest(
        Resolution.objects.public(),
        Q(symbol__iexact=typed) | Q(symbol=symbol) | Q(aliases__name__iexact=typed),
        Q(slug=typed.casefold()),
        Q(title__icontains=typed),
        label=lambda resolution: str(resolution.symbol),
        slug=lambda resolution: str(resolution.symbol),
    )


def _tags(typed: str) -> list[Choice]:
    return _narrowest(
        Tag.objects.public(),
        Q(slug=typed.casefold()),
        Q(name__unaccent__iexact=typed),
        Q(name__unaccent__icontains=typed),
        label=lambda tag: str(tag.name),
    )


def _offices(typed: str) -> list[Choice]:
    """Posts by their label, or by words of it and of their organisation."""
    either = Q()
    for word in typed.replace(",", " ").split():
        either &= Q(label__unaccent__icontains=word) | Q(
            organization__name__unaccent__icontains=word
        )
    return _narrowest(
        Post.objects.public()
        .filter(organization__in=Organization.objects.public().values("pk"))
        .select_related("organization")
        .order_by("label", "organization__name", "pk"),
        Q(slug=typed.casefold()),
        Q(label__unaccent__iexact=typed),
        Q(label__unaccent__icontains=typed),
        either,
        label=lambda post: f"{post.label}, {post.organization.name}",
    )


def _kinds(typed: str) -> list[Choice]:
    return _narrowest(
        Kind.objects.public().order_by("name"),
        Q(slug=typed.casefold()) | Q(name__iexact=typed),
        Q(name__icontains=typed),
        label=lambda kind: str(kind.name),
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
