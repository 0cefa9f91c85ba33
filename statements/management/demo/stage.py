"""Put the demo on stage: its content, entered through the verbs that editors use."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass, field

from django.contrib.auth.models import Group
from django.core.files.base import ContentFile

from statements.editorial import (
    catalogue,
    editions,
    intake,
    media,
    portraits,
    publishing,
    quoting,
    suggesting,
    verbs,
)
from statements.models import (
    Appointment,
    Article,
    Basis,
    Change,
    Desk,
    Edition,
    Kind,
    Organization,
    OtherName,
    Post,
    Resolution,
    ResolutionAlias,
    ResolutionBody,
    Spokesperson,
    Tag,
    User,
    acting,
)

from . import (
    BODIES,
    DESKS,
    FILES,
    KINDS,
    ORGANIZATIONS,
    PEOPLE,
    POSTS,
    RESOLUTIONS,
    STATEMENTS,
)
from .pictures import CREDIT
from .recording import SECONDS
from .shapes import DemoPicture, DemoStatement

#: Who works in the demo. The password is told to everybody, so these accounts are made
#: only on the embedded database, which nobody else can reach.
STAFF = (
    ("amina", "Amina", "Sorge", "Author"),
    ("edgar", "Edgar", "Ruiz-Holm", "Editor"),
    ("petra", "Petra", "Lind", "Publisher"),
    ("ada", "Ada", "Brekke", "Administrator"),
)
PASSWORD = "the-strait-is-calm"  # noqa: S105

_MARKS = re.compile("“([^”]*)”|«([^»]*)»")


@dataclass
class Stage:
    """The rows of the demo by slug, and who enters what."""

    staff: dict[str, User] = field(default_factory=dict)
    organizations: dict[str, Organization] = field(default_factory=dict)
    posts: dict[str, Post] = field(default_factory=dict)
    people: dict[str, Spokesperson] = field(default_factory=dict)
    resolutions: dict[str, Resolution] = field(default_factory=dict)
    articles: dict[str, Article] = field(default_factory=dict)

    @property
    def author(self) -> User:
        return self.staff["amina"]

    @property
    def editor(self) -> User:
        return self.staff["edgar"]

    @property
    def publisher(self) -> User:
        return self.staff["petra"]


def fill(progress: Callable[[int], None] = lambda done: None) -> Stage:
    """Enter everything, in one transaction. ``progress`` is told of each statement."""
    stage = Stage()
    system = User.objects.system()
    with acting(system, "demo"):
        _staff(stage)
        _catalogue(stage, system)
        for statement in STATEMENTS:
            _statement(stage, statement)
            progress(1)
    return stage


def _staff(stage: Stage) -> None:
    desks = [Desk.objects.get_or_create(name=name)[0] for name in DESKS]
    for username, first, last, role in STAFF:
        user = User.objects.create_user(
            username,
            password=PASSWORD,
            first_name=first,
            last_name=last,
            is_staff=True,
            is_superuser=role == "Administrator",
        )
        user.groups.add(Group.objects.get(name=role))
        stage.staff[username] = user
    for desk in desks:
        desk.members.set(stage.staff.values())


def _catalogue(stage: Stage, by: User) -> None:
    for kind in KINDS:
        Kind.objects.update_or_create(
            slug=kind.slug,
            defaults={
                "name": kind.name,
                "schema_type": kind.schema_type,
                "disclaimer": kind.disclaimer,
            },
        )
    for each in ORGANIZATIONS:
        organization = Organization(
            slug=each.slug,
            name=each.name,
            parent=stage.organizations[each.parent] if each.parent else None,
        )
        catalogue.keep(organization, by=by)
        OtherName.objects.bulk_create(
            OtherName(organization=organization, name=name) for name in each.other_names
        )
        OtherName.objects.bulk_create(
            OtherName(organization=organization, name=name, ends_on=last)
            for name, last in each.former_names
        )
        stage.organizations[each.slug] = organization
    for each_post in POSTS:
        post = Post(
            slug=each_post.slug,
            label=each_post.label,
            organization=stage.organizations[each_post.organization_slug],
            exclusive=each_post.exclusive,
        )
        catalogue.keep(post, by=by)
        stage.posts[each_post.slug] = post
    for each_person in PEOPLE:
        person = Spokesperson(
            slug=each_person.slug,
            name=each_person.name,
            sort_name=each_person.sort_name,
            gender=each_person.gender,
        )
        catalogue.keep(person, by=by)
        OtherName.objects.bulk_create(
            OtherName(person=person, name=name) for name in each_person.other_names
        )
        if each_person.portrait:
            portraits.show(
                person,
                by=by,
                picture=portraits.take(_drawn(each_person.portrait)),
                alt=each_person.portrait.alt,
                credit=CREDIT,
            )
        stage.people[each_person.slug] = person
        for office in each_person.offices:
            appointment = Appointment(
                person=person,
                post=stage.posts[office.post_slug],
                starts_on=office.starts,
                starts_precision=office.starts_precision,
                ends_on=office.ends,
                ends_precision=office.ends_precision,
                basis=Basis.STATED,
            )
            catalogue.keep(appointment, by=by)
    for body in BODIES:
        ResolutionBody.objects.update_or_create(
            slug=body.slug,
            defaults={"name": body.name, "abbreviation": body.abbreviation},
        )
    for each_resolution in RESOLUTIONS:
        resolution = Resolution(
            body=ResolutionBody.objects.get(slug=each_resolution.body_slug),
            slug=each_resolution.slug,
            symbol=each_resolution.symbol,
            topic=each_resolution.title,
            adopted_on=each_resolution.adopted_on,
            adoption=each_resolution.adoption,
            votes_for=each_resolution.yes,
            votes_against=each_resolution.no,
            abstentions=each_resolution.abstain,
            url=each_resolution.url,
        )
        catalogue.keep(resolution, by=by)
        ResolutionAlias.objects.bulk_create(
            ResolutionAlias(resolution=resolution, name=name)
            for name in each_resolution.aliases
        )
        stage.resolutions[each_resolution.symbol] = resolution
    # Authors choose topics and make none.
    for name in dict.fromkeys(name for each in STATEMENTS for name in each.tags):
        catalogue.keep(Tag(name=name), by=by)


def _statement(stage: Stage, statement: DemoStatement) -> None:
    edition = intake.receive(
        intake.Incoming(
            title=statement.title,
            slug=statement.slug,
            body=statement.body,
            dated=statement.dated,
            summary=statement.summary,
            kind=Kind.objects.get(slug=statement.kind),
            issuer=stage.organizations[statement.issuer],
            language=statement.language,
            desk=Desk.objects.get(name=statement.desk),
            tags=statement.tags,
            translation_of=stage.articles.get(statement.translation_of),
        ),
        by=stage.author,
    ).edition
    stage.articles[statement.key] = edition.article
    if statement.audio:
        _record(stage, edition, statement)
    if statement.picture:
        _illustrate(stage, edition, statement.picture)
    if statement.state == "draft":
        return
    confirm(stage, edition, statement)
    publishing.submit(edition, by=stage.author)
    if statement.state == "in_review":
        return
    publishing.approve(edition, by=stage.editor)
    if statement.state == "approved":
        return
    hour = None
    if statement.state == "scheduled":
        now = verbs.clock()
        hour = (now + dt.timedelta(days=3)).replace(
            hour=9, minute=0, second=0, microsecond=0
        )
    publishing.publish(edition, by=stage.publisher, at=hour)
    if statement.correction:
        _correct(stage, edition.article, statement)
    if statement.withdrawn:
        reason, note = statement.withdrawn
        publishing.withdraw(
            edition.article, by=stage.publisher, reason=reason, note=note
        )


def confirm(stage: Stage, edition: Edition, statement: DemoStatement) -> None:
    """Confirm what the content says was said, and by whom; reject the rest.

    Detection gives kind, printed title and places; the demo knows the speakers.
    """
    edition.refresh_from_db()
    standing = {quote.start for quote in edition.quotes.all()}
    open_ = suggesting.suggest(edition)
    found = {s.finding.span.start: s for s in open_.quotes}
    quotes = []
    for start, end, slug in _spoken(edition.text, statement):
        if start in standing:
            continue
        suggestion = found.pop(start, None)
        attribution = suggestion.finding.attribution if suggestion else None
        title = suggesting.printed_title(attribution) if attribution else ""
        quotes.append(
            quoting.NewQuote(
                start=start,
                end=suggestion.finding.span.end if suggestion else end,
                speaker=_speaker(stage, slug, edition, title),
                kind=suggestion.finding.kind if suggestion else "direct",
                title_as_printed=title,
            )
        )
    citations = [
        quoting.NewCitation(
            start=s.finding.span.start,
            end=s.finding.span.end,
            resolution=stage.resolutions[s.finding.symbol],
            pinpoint=s.finding.pinpoint,
        )
        for s in open_.citations
        if s.finding.symbol in stage.resolutions
    ]
    quoting.accept(edition, by=stage.author, quotes=quotes, citations=citations)
    edition.refresh_from_db()
    left = suggesting.suggest(edition)
    quoting.reject(
        edition,
        by=stage.author,
        quotes=[s.finding for s in left.quotes],
        citations=[s.finding for s in left.citations],
    )


def _spoken(text: str, statement: DemoStatement) -> list[tuple[int, int, str]]:
    """Where the quotes stand, and the slug of who said each, in the text's order."""
    expected = list(statement.speakers)
    places = []
    for match in _MARKS.finditer(text):
        start, end = match.span(1) if match.group(1) is not None else match.span(2)
        if expected and text[start:end].startswith(expected[0][0]):
            places.append((start, end, expected.pop(0)[1]))
    if expected:
        raise verbs.Unusable(
            f"The demo's statement {statement.key} does not hold “{expected[0][0]}”."
        )
    return places


def _speaker(stage: Stage, slug: str, edition: Edition, title: str) -> quoting.Speaker:
    if slug in stage.organizations:
        return quoting.Speaker(organization=stage.organizations[slug])
    person = stage.people[slug]
    return quoting.Speaker(
        person=person,
        appointment=quoting.office_on(person, edition.article.dated, title),
    )


def _correct(stage: Stage, article: Article, statement: DemoStatement) -> None:
    assert statement.correction is not None
    body, note = statement.correction
    edition = editions.begin(article, by=stage.author, change=Change.CORRECTION)
    intake.revise(
        edition,
        by=stage.author,
        lock_version=edition.lock_version,
        body=body,
        change_note=note,
    )
    edition.refresh_from_db()
    quoting.confirm(edition.quotes.filter(confirmed_at=None), by=stage.author)
    confirm(stage, edition, statement)
    publishing.submit(edition, by=stage.author)
    publishing.approve(edition, by=stage.editor)
    publishing.publish(edition, by=stage.publisher)


def _record(stage: Stage, edition: Edition, statement: DemoStatement) -> None:
    path = FILES / statement.audio
    asset = media.upload(
        ContentFile(path.read_bytes(), name=path.name),
        by=stage.author,
        desk=edition.article.desk,
        credit="A synthetic voice",
    )
    asset.duration = dt.timedelta(seconds=SECONDS)
    asset.save(update_fields=["duration"])
    editions.attach(
        edition,
        asset,
        by=stage.author,
        caption="The briefing, read by a synthetic voice",
        transcript=statement.transcript,
    )


def _illustrate(stage: Stage, edition: Edition, picture: DemoPicture) -> None:
    asset = media.upload(
        _drawn(picture), by=stage.author, desk=edition.article.desk, credit=CREDIT
    )
    editions.attach(
        edition, asset, by=stage.author, alt=picture.alt, caption=picture.caption
    )


def _drawn(picture: DemoPicture) -> ContentFile:
    return ContentFile(picture.draw(), name=picture.name)
