"""The shapes of the demo's content: plain frozen values, nothing of a database.

A slug names a thing within its own kind; people and organisations share no slug, since
a quote's speaker may be either. Everything told here is invented, Vallorn and its
people included; only the resolutions are real.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Literal

Precision = Literal["day", "month", "year"]
State = Literal[
    "live",  # published, one edition
    "corrected",  # published, then published again with ``correction``
    "withdrawn",  # published, then taken back with ``withdrawn``
    "scheduled",  # ready, to go out some days from now
    "approved",  # ready, and nobody has pressed the button
    "in_review",
    "draft",
]


@dataclass(frozen=True, slots=True)
class DemoOrganization:
    slug: str
    name: str
    parent: str = ""  # slug
    other_names: tuple[str, ...] = ()
    former_names: tuple[tuple[str, date], ...] = ()  # each with its last day


@dataclass(frozen=True, slots=True)
class DemoPost:
    slug: str
    label: str
    organization_slug: str
    exclusive: bool = False


@dataclass(frozen=True, slots=True)
class DemoOffice:
    """A person in a post. ``ends`` is the last day, None while it lasts.

    A date that is known by month or year is written as the first day of it where it
    begins and the last where it ends, so that the two are always in order.
    """

    post_slug: str
    starts: date
    starts_precision: Precision = "day"
    ends: date | None = None
    ends_precision: Precision = "day"


@dataclass(frozen=True, slots=True)
class DemoPicture:
    """A picture, drawn when it is needed: ``draw`` answers the bytes of a PNG."""

    draw: Callable[[], bytes]
    name: str
    alt: str
    caption: str = ""


@dataclass(frozen=True, slots=True)
class DemoPerson:
    slug: str
    name: str
    sort_name: str
    gender: Literal["female", "male", "other"]
    other_names: tuple[str, ...] = ()
    offices: tuple[DemoOffice, ...] = ()
    portrait: DemoPicture | None = None


@dataclass(frozen=True, slots=True)
class DemoBody:
    """Who adopts resolutions."""

    slug: str
    name: str
    abbreviation: str


@dataclass(frozen=True, slots=True)
class DemoResolution:
    """A real resolution: ``symbol``, date and votes are facts.

    ``title`` says in our own words what it is on; it is not the official title, which
    resolutions of the Security Council do not have. Votes are None without a vote.
    """

    body_slug: str
    symbol: str
    slug: str
    title: str
    adopted_on: date
    adoption: str
    yes: int | None
    no: int | None
    abstain: int | None
    url: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DemoKind:
    slug: str
    name: str
    schema_type: str  # schema.org
    disclaimer: str


@dataclass(frozen=True, slots=True)
class DemoStatement:
    """One statement, with the truth about it.

    ``body`` is plain text with a paragraph a line, or HTML. ``speakers`` names for each
    pair of quotation marks (“…” or «…»), in order, how the words between them begin and
    the slug of the person or organisation that said them; a quote that opens again in
    its next paragraph is one. ``not_quotes`` are the words between such marks that
    nobody said: titles, names. ``cites`` are the symbols of the resolutions named, in
    order, as often as they are named. All three hold for a second body as well.
    """

    key: str
    title: str
    slug: str
    dated: date
    kind: str  # slug
    issuer: str  # slug of an organisation
    desk: str  # name
    tags: tuple[str, ...]  # names
    summary: str
    body: str
    speakers: tuple[tuple[str, str], ...] = ()
    not_quotes: tuple[str, ...] = ()
    cites: tuple[str, ...] = ()
    language: str = "en"
    state: State = "live"
    translation_of: str = ""  # key
    correction: tuple[str, str] | None = None  # second body, note for readers
    withdrawn: tuple[str, str] | None = None  # reason (error, duplicate…), note
    audio: str = ""  # name of a file beside this module
    picture: DemoPicture | None = None
    transcript: str = ""  # "[0:00] Name: words", a turn a line


def prose(text: str) -> str:
    """Return text with a paragraph a line, from one folded to fit beside code."""
    paragraphs = re.split(r"\n\s*\n", text.strip())
    return "\n".join(" ".join(paragraph.split()) for paragraph in paragraphs)
