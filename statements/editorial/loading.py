"""Load what others have: people, resolutions and whole statements, all or nothing.

Each can be run twice: what is there already is left as it is, or brought up to date,
and nothing is made a second time.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import batched, chain, islice

from django.core.exceptions import ValidationError
from django.db import connection

from statements.exchange.popolo import PopoloFile, PopoloMembership, PopoloName
from statements.exchange.statements import StatementRow
from statements.exchange.undl import ResolutionRow
from statements.models import (
    Appointment,
    Basis,
    Edition,
    Identifier,
    Kind,
    Organization,
    Origin,
    OtherName,
    Post,
    Precision,
    Resolution,
    ResolutionBody,
    Spokesperson,
    User,
    acting,
)

from . import accepting, catalogue, intake, publishing, suggesting, verbs
from .roster import known_resolutions, roster

FIRST, BATCH = 20, 200  # statements in the first batch, and in each after it
POPOLO = "popolo"
_GENDERS = {"m": "male", "male": "male", "f": "female", "female": "female"}

type Progress = Callable[[int], None]


def _unseen(done: int) -> None:
    """Progress that nobody watches."""


@dataclass
class Loaded:
    """What a load did, by noun; ``made`` and ``known`` are counts of rows."""

    made: dict[str, int] = field(default_factory=dict)
    known: dict[str, int] = field(default_factory=dict)

    def count(self, noun: str, *, made: bool) -> None:
        counts = self.made if made else self.known
        counts[noun] = counts.get(noun, 0) + 1


def load_people(file: PopoloFile, *, by: User, progress: Progress = _unseen) -> Loaded:
    """Load persons, organisations, posts and memberships of a Popolo file.

    A person is known again by the file's id, an organisation and a post by name. People
    of one name but another id stay two people.
    """
    for model in (Spokesperson, OtherName, Identifier, Organization, Post, Appointment):
        verbs.demand_row(by, "add", model())
    loaded = Loaded()
    with acting(by, "load people"):
        organizations = _organizations(file, loaded, by)
        posts = _posts(file, organizations, loaded, by)
        people = _people(file, loaded, by, progress)
        _appointments(file, people, posts, organizations, loaded, by, progress)
    return loaded


def load_resolutions(
    rows: Sequence[ResolutionRow],
    *,
    by: User,
    body: str = "un-sc",
    progress: Progress = _unseen,
) -> Loaded:
    """Load resolutions of one body; what a row says wins over what is there."""
    verbs.demand(by, "add_resolution", "You may not add resolutions.")
    loaded = Loaded()
    with acting(by, "load resolutions"):
        owner = ResolutionBody.objects.get(slug=body)
        there = {r.symbol: r for r in Resolution.objects.filter(body=owner)}
        slugs = {r.slug for r in there.values()}
        new, changed = [], []
        for row in rows:
            facts = {
                "title": row.title or None,
                "topic": row.topic,
                "adopted_on": row.adopted_on,
                "adoption": row.adoption,
                "votes_for": row.yes,
                "votes_against": row.no,
                "abstentions": row.abstain,
                "url": catalogue.canonical_url(row.symbol),
            }
            resolution = there.get(row.symbol)
            loaded.count("resolutions", made=resolution is None)
            if resolution is None:
                slug = catalogue.resolution_slug(row.symbol)
                if slug in slugs:
                    slug = f"{slug}-{row.year}"
                slugs.add(slug)
                new.append(
                    Resolution(body=owner, symbol=row.symbol, slug=slug, **facts)
                )
            elif any(
                getattr(resolution, name) != value for name, value in facts.items()
            ):
                for name, value in facts.items():
                    setattr(resolution, name, value)
                changed.append(resolution)
            progress(1)
        Resolution.objects.bulk_create(new, batch_size=500)
        if changed:
            verbs.demand_row(by, "change", changed[0])
            Resolution.objects.bulk_update(
                changed,
                [
                    "title",
                    "topic",
                    "adopted_on",
                    "adoption",
                    "votes_for",
                    "votes_against",
                    "abstentions",
                    "url",
                ],
                batch_size=500,
            )
            for resolution in changed:
                catalogue.forget_renderings(resolution)
    return loaded


@dataclass
class StatementsLoaded:
    """What loading statements did. ``waiting`` findings are left in the queue."""

    statements: int = 0
    known: int = 0
    quotes: int = 0
    public: int = 0
    waiting: int = 0
    citations: int = 0
    citations_waiting: int = 0


def load_statements(
    rows: Iterable[StatementRow],
    *,
    by: User,
    reason: str,
    progress: Progress = _unseen,
) -> StatementsLoaded:
    """Load and publish statements; ``progress`` is told how many are done.

    The text is published. A quote becomes public only where one known speaker remains
    and the engine's confidence is 0.9 or more; the rest waits as suggestions. A
    statement of the same day, title and text is known already.
    """
    loaded = StatementsLoaded()
    kind = Kind.objects.get(slug="statement")
    issuers: dict[str, Organization] = {}
    with acting(by, reason):
        people, known = roster(), known_resolutions()
        for number, batch in enumerate(_batches(rows)):
            if number == 1:
                _take_stock()
            incoming = []
            for row in batch:
                if row.publisher and row.publisher not in issuers:
                    issuers[row.publisher] = catalogue.organization_named(
                        row.publisher, by=by
                    )
                incoming.append(
                    intake.Incoming(
                        title=_fitting(row.title),
                        body=row.text,
                        dated=row.date,
                        byline=row.byline[:200],
                        kind=kind,
                        issuer=issuers.get(row.publisher),
                        origin=Origin.IMPORT,
                        prepared=_prepared(row),
                    )
                )
            fresh = list(_unknown(incoming, loaded))
            if fresh:
                received = intake.receive_many(fresh, by=by)
                editions = [each.edition for each in received]
                suggestions = suggesting.suggest_many(
                    editions, people=people, known=known
                )
                outcomes = accepting.accept_for_many(
                    [(edition, suggestions[edition.pk]) for edition in editions], by=by
                )
                publishing.publish_many(editions, by=by, unreviewed_reason=reason)
                for edition, outcome in zip(editions, outcomes, strict=True):
                    found = suggestions[edition.pk]
                    loaded.statements += 1
                    loaded.quotes += len(found.quotes)
                    loaded.public += outcome.quotes
                    loaded.waiting += len(found.quotes) - outcome.quotes
                    loaded.citations += outcome.citations
                    loaded.citations_waiting += len(found.citations) - outcome.citations
            progress(len(batch))
    return loaded


def _batches(rows: Iterable[StatementRow]) -> Iterator[tuple[StatementRow, ...]]:
    """Rows in batches, a small one first: see ``_take_stock``."""
    rest = iter(rows)
    yield from chain(
        batched(islice(rest, FIRST), FIRST),
        batched(rest, BATCH),
    )


def _take_stock() -> None:
    """Let the planner see what the first batch brought, inside the transaction.

    It knows nothing else of rows that are not committed. After a load that failed it
    even takes the tables for empty, and one batch took five minutes.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "ANALYZE article, edition, edition_contributor, permalink, quote, citation"
        )


def _prepared(row: StatementRow) -> intake.Prepared:
    try:
        return intake.prepare(row.text)
    except verbs.Unusable as problem:
        raise verbs.Unusable(f"line {row.line}: {problem}") from problem


def known(incoming: intake.Incoming) -> Edition | None:
    """The statement of the same day and title that began with the same text."""
    intake.refuse_unprintable(incoming.title)
    _, text, _ = incoming.prepared or intake.prepare(incoming.body)
    return (
        Edition.objects.select_related("article")
        .filter(
            article__dated=incoming.dated,
            title=" ".join(incoming.title.split()),
            text=text,
            number=1,
        )
        .first()
    )


def _fitting(title: str) -> str:
    """A title that a row can hold: cut at a word, with an ellipsis."""
    if len(title) <= intake.TITLE_LIMIT:
        return title
    return f"{title[: intake.TITLE_LIMIT - 1].rsplit(' ', 1)[0]}…"


def _unknown(
    incoming: Sequence[intake.Incoming], loaded: StatementsLoaded
) -> Iterator[intake.Incoming]:
    """Leave out what was loaded before: the same day, title and text."""
    days = {each.dated for each in incoming}
    there = {
        (dated, title, text)
        for dated, title, text in Edition.objects.filter(
            article__origin=Origin.IMPORT, article__dated__in=days, number=1
        ).values_list("article__dated", "title", "text")
    }
    for each in incoming:
        _, text, _ = each.prepared or intake.prepare(each.body)
        key = (each.dated, " ".join(each.title.split()), text)
        if key in there:
            loaded.known += 1
            continue
        there.add(key)
        yield each


def _organizations(
    file: PopoloFile, loaded: Loaded, by: User
) -> dict[str, Organization]:
    found: dict[str, Organization] = {}
    for each in file.organizations:
        organization = Organization.objects.filter(name=each.name).first()
        loaded.count("organisations", made=organization is None)
        if organization is None:
            organization = Organization(name=each.name)
            catalogue.keep(organization, by=by)
        found[each.id] = organization
        _other_names(each.other_names, organization=organization)
    for each in file.organizations:
        parent = found.get(each.parent_id)
        if parent is not None and found[each.id].parent_id != parent.pk:
            found[each.id].parent = parent
            catalogue.keep(found[each.id], by=by)
    return found


def _posts(
    file: PopoloFile, organizations: dict[str, Organization], loaded: Loaded, by: User
) -> dict[str, Post]:
    found: dict[str, Post] = {}
    for each in file.posts:
        organization = organizations[each.organization_id]
        found[each.id] = _post(each.label, organization, loaded, by)
    return found


def _post(label: str, organization: Organization, loaded: Loaded, by: User) -> Post:
    post = Post.objects.filter(organization=organization, label=label).first()
    loaded.count("posts", made=post is None)
    if post is None:
        post = Post(organization=organization, label=label)
        catalogue.keep(post, by=by)
    return post


def _people(
    file: PopoloFile, loaded: Loaded, by: User, progress: Progress
) -> dict[str, Spokesperson]:
    ids = {
        identifier.identifier: identifier.person
        for identifier in Identifier.objects.filter(scheme=POPOLO).select_related(
            "person"
        )
    }
    found: dict[str, Spokesperson] = {}
    for each in file.persons:
        person = ids.get(each.id)
        loaded.count("people", made=person is None)
        if person is None:
            person = Spokesperson(
                name=each.name,
                sort_name=each.sort_name,
                gender=_GENDERS.get(each.gender.casefold(), ""),
            )
            catalogue.keep(person, by=by)
            Identifier.objects.create(person=person, scheme=POPOLO, identifier=each.id)
        found[each.id] = person
        Identifier.objects.bulk_create(
            [
                Identifier(person=person, scheme=i.scheme, identifier=i.identifier)
                for i in each.identifiers
            ],
            ignore_conflicts=True,
        )
        _other_names(
            # When people gave up a name is their own affair.
            [replace(name, starts=None, ends=None) for name in each.other_names],
            person=person,
        )
        progress(1)
    return found


def _other_names(names: Iterable[PopoloName], **owner: object) -> None:
    (row,) = owner.values()
    # Of a name in several languages, or at several times, the last is kept.
    OtherName.objects.bulk_create(
        [
            OtherName(
                name=each.name,
                starts_on=each.starts.first if each.starts else None,
                starts_precision=each.starts.precision
                if each.starts
                else Precision.DAY,
                ends_on=each.ends.last if each.ends else None,
                ends_precision=each.ends.precision if each.ends else Precision.DAY,
                **owner,
            )
            for each in {each.name: each for each in names}.values()
            if each.name and each.name != row.name  # type: ignore[attr-defined]
        ],
        ignore_conflicts=True,
    )


def _appointments(
    file: PopoloFile,
    people: dict[str, Spokesperson],
    posts: dict[str, Post],
    organizations: dict[str, Organization],
    loaded: Loaded,
    by: User,
    progress: Progress,
) -> None:
    there = {
        (a.person_id, a.post_id, a.starts_on, a.ends_on)
        for a in Appointment.objects.filter(person__in=people.values())
    }
    for each in file.memberships:
        progress(1)
        post = posts.get(each.post_id)
        if post is None and each.organization_id:
            # A membership without a post is one in its own right: "Member".
            post = _post(
                each.label or "Member", organizations[each.organization_id], loaded, by
            )
        if post is None:
            continue
        appointment = _appointment(each, people[each.person_id], post)
        key = (
            appointment.person_id,
            appointment.post_id,
            appointment.starts_on,
            appointment.ends_on,
        )
        loaded.count("appointments", made=key not in there)
        if key not in there:
            there.add(key)
            try:
                catalogue.keep(appointment, by=by)
            except ValidationError as problem:
                raise verbs.Unusable(
                    f"{each.place}: {' '.join(problem.messages)}"
                ) from problem


def _appointment(
    each: PopoloMembership, person: Spokesperson, post: Post
) -> Appointment:
    starts: dt.date | None = each.starts.first if each.starts else None
    ends: dt.date | None = each.ends.last if each.ends else None
    return Appointment(
        person=person,
        post=post,
        starts_on=starts,
        starts_precision=each.starts.precision if each.starts else Precision.DAY,
        ends_on=ends,
        ends_precision=each.ends.precision if each.ends else Precision.DAY,
        basis=Basis.SIGHTED if each.basis == "sighted" else Basis.STATED,
    )
