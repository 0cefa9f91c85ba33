"""Frozen values: what detection is told about people, and what it finds in a text.

All places are spans of code points in the text given, so ``span.of(text)`` is always
the printed words. Keys of persons, offices and organizations are the caller's own:
detection hands them back and never interprets them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

# Lower bound included, upper bound excluded; None = open on that side.
type DateRange = tuple[date | None, date | None]


@dataclass(frozen=True, slots=True)
class Span:
    """A place in a text: code points from ``start`` up to, not including, ``end``."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The words that stand there."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Office:
    """A post that a person held; ``key`` is the appointment's.

    ``certainly`` and ``possibly`` are the dates on which the person surely, or at
    most, held it: a start known to the month only makes them differ.
    """

    key: int
    title: str
    organization: str
    organization_key: int
    organization_names: tuple[str, ...] = ()
    certainly: DateRange | None = None
    possibly: DateRange | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who may be quoted, with other spellings and dated offices."""

    key: int
    name: str
    other_names: tuple[str, ...] = ()
    gender: str = ""
    offices: tuple[Office, ...] = ()


@dataclass(frozen=True, slots=True)
class Organization:
    """A body that may itself be quoted: a ministry, a mission, a council."""

    key: int
    name: str
    other_names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Roster:
    """Everybody and every body that the caller knows."""

    persons: tuple[Person, ...] = ()
    organizations: tuple[Organization, ...] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """One entry of the roster that the printed speaker may be, and why."""

    person: int | None
    office: int | None
    organization: int | None
    name: str
    why: str


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who said a quote, as printed and as resolved inside the text.

    ``speaker`` is the printed form ("Spokesperson Okafor", "he"), ``span`` its place;
    ``full_name`` the person without title ("Ilse Okafor"), "" when the text does not
    say or names two; the surname of a "he" who is never named in full. ``title`` is
    the fullest printed title, ``organization`` and ``office`` its two halves.
    ``evidence`` is one of explicit, inherited, pronoun, role, label, signature, none.
    Exactly one candidate means resolved in the roster; several, the likeliest first,
    mean that the choice is the editor's. ``warnings`` say in sentences what the
    roster holds against the printed words.
    """

    speaker: str = ""
    span: Span | None = None
    full_name: str = ""
    title: str = ""
    organization: str = ""
    office: str = ""
    evidence: str = "none"
    cue: str = ""
    cue_span: Span | None = None
    candidates: tuple[Candidate, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class QuoteFinding:
    """Words between quotation marks that somebody said.

    ``kind``: direct, partial (inside a clause), block (a whole paragraph), indirect.
    A quote re-opened over several paragraphs is one finding, from its first word to
    its last; the repeated marks are inside the span. ``sort`` says in a few words what
    the confidence rests on: "tag, full name".
    """

    span: Span
    kind: str
    attribution: Attribution
    rule: str
    confidence: float
    sort: str = ""


@dataclass(frozen=True, slots=True)
class CitationFinding:
    """A reference to one resolution; the span is the item only ("1989 (2011)").

    ``symbol`` is "" when ``candidates`` are several: the editor chooses.
    """

    span: Span
    printed: str
    symbol: str
    body: str
    candidates: tuple[str, ...]
    pinpoint: str
    confidence: float
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Dropped:
    """A line that is no part of the statement; the span takes its line break too."""

    span: Span
    text: str
    why: str


@dataclass(frozen=True, slots=True)
class Remark:
    """A place that a careful sub-editor would look at, and what to do there.

    ``subject`` is what it is about, alike in every text ("OKTM"): by it a remark is
    silenced.
    """

    rule: str
    span: Span
    subject: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Findings:
    """All that was found, in the order of the text."""

    quotes: tuple[QuoteFinding, ...] = ()
    citations: tuple[CitationFinding, ...] = ()
    dropped: tuple[Dropped, ...] = ()
