"""People, organisations, posts and who held what when, from Popolo JSON.

Reads popoloproject.com's shapes as they occur in two dialects: with posts and an
extra ``date_basis``, and as EveryPolitician wrote them: memberships without posts,
dated only where they differ from the legislative period they name.
"""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass, replace
from typing import Literal

from .reading import (
    MAX_NAME,
    PartialDate,
    Problems,
    Record,
    kind,
    short,
    to_json,
    to_text,
)

Basis = Literal["stated", "sighted"]

_SIGHTED = ("observed", "sighted")
_GENDERS = {"m": "male", "male": "male", "f": "female", "female": "female"}


@dataclass(frozen=True, slots=True)
class PopoloName:
    """Another name of a person or organisation, perhaps of a language or a time."""

    name: str
    language: str = ""  # as written: "en", "zh-Hant"
    note: str = ""
    starts: PartialDate | None = None
    ends: PartialDate | None = None


@dataclass(frozen=True, slots=True)
class PopoloIdentifier:
    """What another catalogue calls the same person or organisation."""

    scheme: str
    identifier: str


@dataclass(frozen=True, slots=True)
class PopoloPerson:
    """A person; ``gender`` is "male", "female", "other" or, not told, ""."""

    id: str
    name: str
    sort_name: str = ""
    family_name: str = ""
    given_name: str = ""
    gender: str = ""
    other_names: tuple[PopoloName, ...] = ()
    identifiers: tuple[PopoloIdentifier, ...] = ()


@dataclass(frozen=True, slots=True)
class PopoloOrganization:
    """An organisation; ``parent_id`` is "" or the id of another one in the file."""

    id: str
    name: str
    classification: str = ""
    parent_id: str = ""
    other_names: tuple[PopoloName, ...] = ()
    identifiers: tuple[PopoloIdentifier, ...] = ()


@dataclass(frozen=True, slots=True)
class PopoloPost:
    """A place in an organisation that one person after another may hold."""

    id: str
    label: str
    organization_id: str


@dataclass(frozen=True, slots=True)
class PopoloMembership:
    """Who belonged where, as what, from when to when.

    ``post_id`` is "" where the file names only an organisation; ``label`` then says
    what the person was ("Member" if the file does not). Both dates are inclusive.
    ``basis`` is "sighted" where the dates are of the first and last document that
    names the person so, which proves less than a stated term.
    """

    place: str  # "memberships[3]", for messages of who uses this
    person_id: str
    organization_id: str
    post_id: str
    label: str
    starts: PartialDate | None
    ends: PartialDate | None
    basis: Basis


@dataclass(frozen=True, slots=True)
class PopoloFile:
    """All that one file holds; every id named in it is also in it."""

    persons: tuple[PopoloPerson, ...]
    organizations: tuple[PopoloOrganization, ...]
    posts: tuple[PopoloPost, ...]
    memberships: tuple[PopoloMembership, ...]

    def namesakes(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Names that several persons share, with their ids: to be shown, not merged."""
        ids: dict[str, list[str]] = {}
        for person in self.persons:
            ids.setdefault(person.name, []).append(person.id)
        return tuple((name, tuple(who)) for name, who in ids.items() if len(who) > 1)


def load(data: bytes, name: str) -> PopoloFile:
    """Read a Popolo file; ``name`` is what messages call it.

    Raises ImportProblem with up to 20 problems, each naming its place:
    ``people.json: memberships[3]: person_id "x" is not among the persons. …``
    """
    problems = Problems(name)
    value = to_json(to_text(data, problems), problems)
    if not isinstance(value, dict):
        raise problems.stop(
            "",
            f"The file holds {kind(value)}. It must hold an object with persons, "
            "organizations, posts and memberships.",
        )
    if not any(key in value for key in ("persons", "organizations", "memberships")):
        raise problems.stop(
            "", "There are no persons, organizations or memberships. Is this Popolo?"
        )
    file = Record(value, "", problems)
    persons = _unique((_person(r), r) for r in file.records("persons"))
    organizations = _unique(
        (_organization(r), r) for r in file.records("organizations")
    )
    for organization, record in organizations.values():
        _known(
            record, "parent_id", organization.parent_id, organizations, _ORGANIZATION
        )
    _refuse_circles(organizations)
    posts = _unique((_post(r), r) for r in file.records("posts"))
    for post, record in posts.values():
        _known(record, "organization_id", post.organization_id, organizations, _POST)
    terms = _terms(file)
    memberships = []
    for record in file.records("memberships"):
        membership = _membership(record, terms)
        if membership.post_id in posts and not membership.organization_id:
            post = posts[membership.post_id][0]
            membership = replace(membership, organization_id=post.organization_id)
        _check_membership(membership, record, persons, organizations, posts)
        memberships.append(membership)
    problems.check()
    return PopoloFile(
        persons=tuple(person for person, _ in persons.values()),
        organizations=tuple(organization for organization, _ in organizations.values()),
        posts=tuple(post for post, _ in posts.values()),
        memberships=tuple(memberships),
    )


_PERSON = ("persons", "Add the person or remove the membership.")
_ORGANIZATION = ("organizations", "Add the organization or remove the parent.")
_POST = ("organizations", "Add the organization or remove the post.")
_MEMBER = ("organizations", "Add the organization or remove the membership.")
_HELD = ("posts", "Add the post or remove the membership.")

type _Indexed[T] = dict[str, tuple[T, Record]]
type _Term = tuple[PartialDate | None, PartialDate | None]


def _unique[T: (PopoloPerson, PopoloOrganization, PopoloPost)](
    pairs: Iterable[tuple[T, Record]],
) -> _Indexed[T]:
    """Return the values by id; an id used twice is noted at its second place."""
    found: _Indexed[T] = {}
    for value, record in pairs:
        if not value.id:
            continue  # noted where it was read
        if value.id in found:
            first = found[value.id][1].place
            record.note(
                f'id "{short(value.id)}" is already that of {first}. '
                "Give one of them another id."
            )
        else:
            found[value.id] = (value, record)
    return found


def _known(
    record: Record,
    key: str,
    ident: str,
    among: Container[str],
    words: tuple[str, str],
) -> None:
    """Note an id that the file refers to and does not hold."""
    if ident and ident not in among:
        listed, advice = words
        record.note(f'{key} "{short(ident)}" is not among the {listed}. {advice}')


def _refuse_circles(organizations: _Indexed[PopoloOrganization]) -> None:
    """Note organisations that are above themselves."""
    sound: set[str] = set()
    for ident, (_, record) in organizations.items():
        path: set[str] = set()
        while ident in organizations and ident not in sound:
            if ident in path:
                record.note(
                    f'Its parents lead back to "{short(ident)}". Remove one parent_id.'
                )
                break
            path.add(ident)
            ident = organizations[ident][0].parent_id
        sound.update(path)


def _person(record: Record) -> PopoloPerson:
    gender = record.line("gender").lower()
    return PopoloPerson(
        id=record.ident(),
        name=record.line("name", limit=MAX_NAME, required=True),
        sort_name=record.line("sort_name", limit=MAX_NAME),
        family_name=record.line("family_name"),
        given_name=record.line("given_name"),
        gender=_GENDERS.get(gender, "other") if gender else "",
        other_names=_other_names(record),
        identifiers=_identifiers(record),
    )


def _organization(record: Record) -> PopoloOrganization:
    return PopoloOrganization(
        id=record.ident(),
        name=record.line("name", limit=MAX_NAME, required=True),
        classification=record.line("classification"),
        parent_id=record.ident("parent_id", required=False),
        other_names=_other_names(record),
        identifiers=_identifiers(record),
    )


def _post(record: Record) -> PopoloPost:
    label = record.line("label", limit=MAX_NAME) or record.line("role", limit=MAX_NAME)
    if not label:
        record.note("label is missing. Say what the post is called.")
    return PopoloPost(
        id=record.ident(),
        label=label,
        organization_id=record.ident("organization_id"),
    )


def _other_names(record: Record) -> tuple[PopoloName, ...]:
    """Return the other names, each once a language, without the name itself."""
    own = record.value.get("name")
    names: dict[tuple[str, str], PopoloName] = {}
    for item in record.records("other_names"):
        name = PopoloName(
            name=item.line("name", limit=MAX_NAME, required=True),
            language=item.line("lang"),
            note=item.line("note"),
            starts=item.partial_date("start_date"),
            ends=item.partial_date("end_date"),
        )
        _in_order(item, name.starts, name.ends)
        if name.name and name.name != own:
            names.setdefault((name.name, name.language), name)
    return tuple(names.values())


def _identifiers(record: Record) -> tuple[PopoloIdentifier, ...]:
    return tuple(
        PopoloIdentifier(item.line("scheme"), item.ident("identifier"))
        for item in record.records("identifiers")
    )


def _terms(file: Record) -> dict[str, _Term]:
    """Return the legislative periods by id.

    A period that ends before it starts says nothing (the Senate's 98th Congress in
    EveryPolitician is one): memberships of it stay undated.
    """
    terms: dict[str, _Term] = {}
    for record in file.records("events"):
        starts = record.partial_date("start_date")
        ends = record.partial_date("end_date")
        if starts and ends and ends.last < starts.first:
            starts = ends = None
        terms[record.ident()] = (starts, ends)
    return terms


def _membership(record: Record, terms: dict[str, _Term]) -> PopoloMembership:
    starts = record.partial_date("start_date")
    ends = record.partial_date("end_date")
    term = record.ident("legislative_period_id", required=False)
    if term in terms:
        starts = starts or terms[term][0]
        ends = ends or terms[term][1]
    _in_order(record, starts, ends)
    basis = record.line("date_basis").lower()
    label = (
        record.line("label", limit=MAX_NAME) or record.line("role", limit=MAX_NAME)
    ) or "Member"
    return PopoloMembership(
        place=record.place,
        person_id=record.ident("person_id"),
        organization_id=record.ident("organization_id", required=False),
        post_id=record.ident("post_id", required=False),
        label=label[:1].upper() + label[1:],
        starts=starts,
        ends=ends,
        basis="sighted" if basis.startswith(_SIGHTED) else "stated",
    )


def _check_membership(
    membership: PopoloMembership,
    record: Record,
    persons: _Indexed[PopoloPerson],
    organizations: _Indexed[PopoloOrganization],
    posts: _Indexed[PopoloPost],
) -> None:
    """Note what a membership names and the file does not hold, or contradicts."""
    _known(record, "person_id", membership.person_id, persons, _PERSON)
    _known(
        record, "organization_id", membership.organization_id, organizations, _MEMBER
    )
    _known(record, "post_id", membership.post_id, posts, _HELD)
    if not (membership.organization_id or membership.post_id):
        record.note("There is neither organization_id nor post_id. Add one of them.")
    if membership.post_id in posts:
        owner = posts[membership.post_id][0].organization_id
        if membership.organization_id != owner:
            record.note(
                f'The post belongs to "{short(owner)}", the membership to '
                f'"{short(membership.organization_id)}". Make them the same.'
            )


def _in_order(
    record: Record, starts: PartialDate | None, ends: PartialDate | None
) -> None:
    """Note an end before the beginning; "2021" to "2021-03" is in order."""
    if starts and ends and ends.last < starts.first:
        record.note(
            f"It ends ({ends.first}) before it starts ({starts.first}). Correct a date."
        )
