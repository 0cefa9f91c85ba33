"""Statements in every state in which their words are published, and drafts beside them.

All are written alike, so that the first quote of a draft is the twin of the first quote
of what is out: what can be done to the one must be refused for the other.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from newsroom import roles
from statements.editorial import (
    drawing,
    editions,
    intake,
    publishing,
    quoting,
    reasons,
    verbs,
)
from statements.models import (
    Appointment,
    Desk,
    Edition,
    FormerAddress,
    MediaAsset,
    Organization,
    Resolution,
    Spokesperson,
    User,
)

from ... import builders
from ...public.hidden import make_asset
from ..watching import settle
from .seen import EVERY, Seen, see

BODY = (
    "“We recall UNSCR 2417; ferries sail,” said Spokesperson Ilse Okafor.\n"
    "The ministry called it “a calm hour” and named resolution 2417 (2018) again."
)


@dataclass
class World:
    """``frozen``: editions by their state; ``drafts``: three that are written alike.

    ``spare`` is scheduled, and stands for what may be done to moments that lie ahead;
    ``loose`` is a file that no edition has, ``rival`` somebody whom none quotes.
    """

    amina: User
    edgar: User
    petra: User
    okafor: Spokesperson
    office: Appointment
    ministry: Organization
    resolution: Resolution
    frozen: dict[str, Edition] = field(default_factory=dict)
    drafts: list[Edition] = field(default_factory=list)
    spare: Edition | None = None
    loose: MediaAsset | None = None
    rival: Spokesperson | None = None

    def write(self, title: str) -> Edition:
        """A draft with two quotes, two citations, a file and a rule set aside."""
        edition = builders.make_draft(
            by=self.amina,
            title=title,
            body=BODY,
            summary="All ferries sail.",
            byline="The press office",
            issuer=self.ministry,
            tags=["Ferries"],
        )
        for words, speaker in (
            ("We recall UNSCR 2417; ferries sail,", self.okafor),
            ("a calm hour", self.ministry),
        ):
            builders.quote_words(edition, words, by=self.amina, speaker=speaker)
        for printed in ("UNSCR 2417", "resolution 2417 (2018)"):
            builders.cite(edition, printed, self.resolution, by=self.amina)
        heard = {"content_type": "audio/mpeg", "type": "audio"}
        read = {"content_type": "application/pdf", "type": "document"}
        # Only what is heard has a length, and that one may not change.
        kind = heard if title in {"Pilots", "Tugs"} else read
        asset = make_asset(f"{title}.file", title.encode(), by=self.amina, **kind)
        editions.attach(edition, asset, by=self.amina, transcript="Bells.", alt="Bells")
        edition.refresh_from_db()
        self.waive(edition)
        return edition

    def waive(self, edition: Edition) -> None:
        reasons.waive(edition, by=self.petra, rule="suggestions", reason="No quote.")

    def publish(self, edition: Edition, at: dt.datetime | None = None) -> Edition:
        return builders.review_and_publish(
            edition, editor=self.edgar, publisher=self.petra, at=at
        )

    def follow(self, edition: Edition) -> Edition:
        """A correction of what is out, with another title and text."""
        following = editions.begin(edition.article, by=self.amina, change="correction")
        intake.revise(
            following,
            by=self.amina,
            lock_version=following.lock_version,
            title=f"{edition.title}, corrected",
            body=f"{following.body}<p>The fog had lifted.</p>",
            change_note="A sentence was missing.",
        )
        following.refresh_from_db()
        quoting.confirm(following.quotes.all(), by=self.amina)
        self.waive(following)
        return following

    def keys(self) -> list[int]:
        return [edition.pk for edition in self.frozen.values()]

    def state_of(self, edition: int) -> str:
        return next(state for state, row in self.frozen.items() if row.pk == edition)

    def seen(self, tables: Iterable[str] = EVERY) -> Seen:
        """All that is published, or what of it is in some tables."""
        return see(self.keys(), tables)


def in_an_hour() -> dt.datetime:
    now = verbs.clock().replace(second=0, microsecond=0)
    return now + dt.timedelta(hours=1)


def make(**cast: Any) -> World:
    """One statement in each state; drafts; and the roles of the database."""
    world = World(**cast)
    _others(world)
    settle()
    roles.establish(connection)
    first = world.publish(world.write("Ferries"))
    intake.set_address(first.article, by=world.petra, slug="ferries-sail")
    world.frozen["superseded"] = first
    world.frozen["live"] = world.publish(world.follow(first))
    gone = world.publish(world.write("Pilots"))
    intake.set_address(gone.article, by=world.petra, slug="pilots-wait")
    publishing.withdraw(
        gone.article, by=world.petra, reason="error", note="The hour was wrong."
    )
    world.frozen["withdrawn"] = gone
    world.frozen["scheduled"] = world.publish(world.write("Tugs"), at=in_an_hour())
    ending = world.publish(world.write("Buoys"))
    world.frozen["live, to be corrected"] = ending
    world.frozen["a correction to come"] = world.publish(
        world.follow(ending), at=in_an_hour()
    )
    world.drafts = [world.write(title) for title in ("Barges", "Rafts", "Canoes")]
    world.spare = world.publish(world.write("Skiffs"), at=in_an_hour())
    world.loose = make_asset("Loose.mp3", b"Loose.", by=world.amina)
    drawing.draw([draft.pk for draft in world.drafts])
    for draft in world.drafts:
        # Nobody but a test: what was never public leaves no address.
        FormerAddress.objects.create(
            path=f"/statements/2026/01/01/{draft.article.slug}/", article=draft.article
        )
    settle()
    return world


def _others(world: World) -> None:
    """Rows of the catalogue to put in place of those that are named."""
    by = User.objects.system()
    union = builders.make_organization("Union of Pilots", by=by)
    world.rival = builders.make_person("Tarik Demir", by=by)
    builders.make_appointment(
        world.rival, builders.make_post("Chair", union, by=by), by=by
    )
    # An office of hers that was over when she spoke.
    builders.make_appointment(
        world.okafor,
        builders.make_post("Envoy", union, by=by),
        starts_on=dt.date(2020, 1, 1),
        ends_on=dt.date(2022, 1, 1),
        by=by,
    )
    builders.make_resolution("S/RES/2222 (2015)", by=by)
    Desk.objects.create(name="Culture")


def as_the_app() -> None:
    """From here to the end of the test, do everything as the application's role."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {roles.APP}")


def as_the_owner() -> None:
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
