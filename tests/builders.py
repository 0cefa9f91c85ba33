"""Plain builders: each makes one thing through the verbs that editors use."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import Group

from statements.editorial import catalogue, intake, publishing, quoting
from statements.models import (
    Appointment,
    Desk,
    Edition,
    Kind,
    Organization,
    Post,
    Quote,
    Resolution,
    ResolutionBody,
    Spokesperson,
    Tag,
    User,
)

WORDS = "The ferries will sail"
BODY = (
    f"Spokesperson Ilse Okafor said on Monday that “{WORDS},” and left the room.\n"
    "The strait was calm."
)


def make_user(username: str, *roles: str, desk: Desk | None = None) -> User:
    user = User.objects.create_user(
        username, first_name=username.capitalize(), is_staff=True
    )
    user.groups.set(Group.objects.filter(name__in=roles))
    if desk is not None:
        desk.members.add(user)
    return user


def make_person(name: str, *, by: User, **fields: Any) -> Spokesperson:
    return catalogue.keep(Spokesperson(name=name, **fields), by=by)


def make_organization(name: str, *, by: User, **fields: Any) -> Organization:
    return catalogue.keep(Organization(name=name, **fields), by=by)


def make_post(
    label: str, organization: Organization, *, by: User, **fields: Any
) -> Post:
    return catalogue.keep(Post(label=label, organization=organization, **fields), by=by)


def make_appointment(
    person: Spokesperson, post: Post, *, by: User, **fields: Any
) -> Appointment:
    return catalogue.keep(Appointment(person=person, post=post, **fields), by=by)


def make_resolution(symbol: str = "S/RES/2417 (2018)", *, by: User) -> Resolution:
    year = int(symbol[-5:-1]) if symbol.endswith(")") else 2022
    return catalogue.keep(
        Resolution(
            body=ResolutionBody.objects.get(slug="un-sc"),
            symbol=symbol,
            adopted_on=dt.date(year, 5, 24),
            topic="Hunger and conflict",
        ),
        by=by,
    )


def make_draft(
    *,
    by: User,
    title: str = "The ferries will sail",
    body: str = BODY,
    dated: dt.date = dt.date(2026, 3, 2),
    **fields: Any,
) -> Edition:
    fields.setdefault("kind", Kind.objects.get(slug="statement"))
    fields.setdefault("desk", by.desks.first())
    make_topics(fields.get("tags", []))
    return intake.receive(
        intake.Incoming(title=title, body=body, dated=dated, **fields), by=by
    ).edition


def make_topics(names: Iterable[str]) -> None:
    """The topics of these names, so that authors, who make none, can choose them."""
    for name in names:
        if not Tag.objects.filter(name__iexact=name).exists():
            catalogue.keep(Tag(name=name), by=User.objects.system())


def quote_words(
    edition: Edition, words: str, *, by: User, speaker: Any, **fields: Any
) -> Quote:
    """Confirm the place where ``words`` stand as a quote of ``speaker``."""
    start = edition.text.index(words)
    if isinstance(speaker, Spokesperson):
        speaker = quoting.Speaker(
            person=speaker,
            appointment=quoting.office_on(speaker, edition.article.dated),
        )
    elif isinstance(speaker, Organization):
        speaker = quoting.Speaker(organization=speaker)
    (quote,) = quoting.accept(
        edition,
        by=by,
        quotes=[quoting.NewQuote(start, start + len(words), speaker, **fields)],
    )
    edition.refresh_from_db()
    return quote


def cite(edition: Edition, printed: str, resolution: Resolution, *, by: User) -> None:
    start = edition.text.index(printed)
    quoting.accept(
        edition,
        by=by,
        citations=[quoting.NewCitation(start, start + len(printed), resolution)],
    )
    edition.refresh_from_db()


def review_and_publish(
    edition: Edition, *, editor: User, publisher: User, at: dt.datetime | None = None
) -> Edition:
    publishing.submit(edition, by=publisher)
    publishing.approve(edition, by=editor)
    return publishing.publish(edition, by=publisher, at=at)
