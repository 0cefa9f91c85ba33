"""Accept, reject, reattribute and remove quotes and citations of a draft."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from statements.detection.findings import Span
from statements.markup import marks
from statements.models import (
    Appointment,
    Citation,
    Edition,
    Found,
    Organization,
    Permalink,
    Quote,
    QuoteKind,
    Rejection,
    Resolution,
    Spokesperson,
    User,
    acting,
)

from . import intake, verbs
from .suggesting import remembered


@dataclass(frozen=True)
class Speaker:
    """Who said words: a person, in an office if known, or an organisation."""

    person: Spokesperson | None = None
    organization: Organization | None = None
    appointment: Appointment | None = None

    def __post_init__(self) -> None:
        if self.person is None and self.organization is None:
            raise verbs.Unusable("Nobody is named. Choose a person or an organisation.")


@dataclass(frozen=True)
class NewQuote:
    """A quote to make: its place between the marks, and who said it."""

    start: int
    end: int
    speaker: Speaker
    kind: str = QuoteKind.DIRECT
    title_as_printed: str = ""
    said_on: dt.date | None = None
    origin: str = Found.DETECTED


@dataclass(frozen=True)
class NewCitation:
    """A citation to make: its place, and the resolution that it names."""

    start: int
    end: int
    resolution: Resolution
    pinpoint: str = ""
    said_on: dt.date | None = None
    origin: str = Found.DETECTED


class Placed(Protocol):
    """Whatever has a place in a text: a finding of detection, or one that is kept."""

    @property
    def span(self) -> Span: ...


@dataclass(frozen=True)
class Accepted:
    """What to make in one edition."""

    edition: Edition
    quotes: Sequence[NewQuote] = ()
    citations: Sequence[NewCitation] = ()


def accept(
    edition: Edition,
    *,
    by: User,
    quotes: Sequence[NewQuote] = (),
    citations: Sequence[NewCitation] = (),
) -> list[Quote]:
    """Make confirmed quotes and citations in a draft; the body gets their marks.

    Raises verbs.Frozen, and verbs.Unusable for a place outside the text or one that
    meets another quote.
    """
    with acting(by):
        fresh = intake.open_draft(edition)
        return accept_many([Accepted(fresh, quotes, citations)], by=by)


def accept_many(batch: Sequence[Accepted], *, by: User) -> list[Quote]:
    """The same for many drafts, all or none, in about ten statements.

    Quotes are found by their place, so nothing is made twice. A citation inside a
    quote is linked to it: that is how one knows who named a resolution.
    """
    verbs.demand(by, "change_article", "You may not confirm quotes.")
    with acting(by):
        verbs.lock(accepted.edition.article_id for accepted in batch)
        keys = [accepted.edition.pk for accepted in batch]
        standing: dict[int, list[Quote]] = {key: [] for key in keys}
        for quote in Quote.objects.filter(edition__in=keys, start__isnull=False):
            standing[quote.edition_id].append(quote)
        made: list[Quote] = []
        links: list[Permalink] = []
        now = verbs.clock()
        for accepted in batch:
            if accepted.edition.frozen:
                raise verbs.Frozen(accepted.edition)
            for new in accepted.quotes:
                quote = _quote(accepted.edition, new, standing, by, now)
                standing[accepted.edition.pk].append(quote)
                made.append(quote)
                links.append(quote.permalink)
        Permalink.objects.bulk_create(links)
        Quote.objects.bulk_create(made)
        citations = [
            _citation(accepted.edition, new, standing, by, now)
            for accepted in batch
            for new in accepted.citations
        ]
        Citation.objects.bulk_create(citations)
        for accepted in batch:
            accepted.edition.lock_version += 1
            accepted.edition.approved_at = accepted.edition.approved_by = None
            accepted.edition.approved_digest = ""
            accepted.edition.body = marks.write(
                accepted.edition.body, _marks(standing[accepted.edition.pk])
            )
        Edition.objects.bulk_update(
            [accepted.edition for accepted in batch],
            ["body", "lock_version", "approved_at", "approved_by", "approved_digest"],
            batch_size=500,
        )
        verbs.contributed((accepted.edition for accepted in batch), by)
        verbs.refresh_facets(
            [quote.pk for quote in made]
            + [citation.quote_id for citation in citations if citation.quote_id]
        )
    return made


def confirm(quotes: Iterable[Quote], *, by: User) -> None:
    """Confirm quotes of one draft whose words or speaker changed."""
    verbs.demand(by, "change_article", "You may not confirm quotes.")
    quotes = list(quotes)
    if not quotes:
        return
    with acting(by):
        edition = intake.open_draft(quotes[0].edition)
        edition.quotes.filter(pk__in=[q.pk for q in quotes]).update(
            confirmed_at=verbs.clock(), confirmed_by=by
        )
        intake.touch(edition, by=by)


def reattribute(
    quote: Quote,
    *,
    by: User,
    speaker: Speaker,
    title_as_printed: str | None = None,
    said_on: dt.date | None = None,
) -> None:
    """Say that somebody else spoke, or in another office, in a draft."""
    verbs.demand(by, "change_article", "You may not change quotes.")
    with acting(by):
        edition = intake.open_draft(quote.edition)
        if said_on is not None:
            quote.said_on = said_on
        _set_speaker(quote, speaker)
        if title_as_printed is not None:
            quote.title_as_printed = title_as_printed
        quote.confirmed_at, quote.confirmed_by = verbs.clock(), by
        quote.save(
            update_fields=[
                "speaker",
                "organization",
                "appointment",
                "title_as_printed",
                "said_on",
                "confirmed_at",
                "confirmed_by",
            ]
        )
        verbs.refresh_facets([quote.pk])
        intake.touch(edition, by=by)


def reject(
    edition: Edition,
    *,
    by: User,
    quotes: Iterable[Placed] = (),
    citations: Iterable[Placed] = (),
) -> None:
    """Remember that these findings are none; they are not suggested again."""
    verbs.demand(by, "change_article", "You may not reject suggestions.")
    with acting(by):
        fresh = intake.open_draft(edition)
        Rejection.objects.bulk_create(
            [
                Rejection(
                    article=fresh.article,
                    kind=kind,
                    fingerprint=fingerprint,
                    by=by,
                )
                for kind, places in (
                    (Rejection.Of.QUOTE, quotes),
                    (Rejection.Of.CITATION, citations),
                )
                for finding in places
                for fingerprint in remembered(fresh.text, finding.span)
            ],
            ignore_conflicts=True,
        )


def remove(quote: Quote, *, by: User) -> None:
    """Take a quote out of a draft. Its permalink stays: it may have been printed."""
    verbs.demand(by, "change_article", "You may not remove quotes.")
    with acting(by):
        edition = intake.open_draft(quote.edition)
        inside = Citation.objects.filter(quote=quote)
        inside.update(quote=None)
        quote.delete()
        edition.body = marks.write(
            edition.body, _marks(edition.quotes.filter(start__isnull=False))
        )
        intake.touch(edition, by=by)


def remove_citation(citation: Citation, *, by: User) -> None:
    """Take a citation out of a draft."""
    verbs.demand(by, "change_article", "You may not remove citations.")
    with acting(by):
        edition = intake.open_draft(citation.edition)
        quote = citation.quote_id
        citation.delete()
        verbs.refresh_facets([quote] if quote else [])
        intake.touch(edition, by=by)


def office_on(
    person: Spokesperson,
    day: dt.date,
    title: str = "",
    offices: Sequence[Appointment] | None = None,
) -> Appointment | None:
    """The one office that a person can have spoken in on a day; None if unsure.

    Of several possible ones, those held for certain go first, then those whose label
    or organisation the printed title names. ``offices`` spares the query.
    """
    if offices is None:
        offices = list(
            person.appointments.possibly_on(day).select_related("post__organization")
        )
    possible = [office for office in offices if _within(day, office.possibly)]
    certain = [office for office in possible if _within(day, office.certainly)]
    for choice in (certain, possible):
        if len(choice) == 1:
            return choice[0]
        named = [office for office in choice if _names(title, office)]
        if len(named) == 1:
            return named[0]
    return None


def _within(day: dt.date, days: object) -> bool:
    return days is not None and day in days  # type: ignore[operator]


def _names(title: str, office: Appointment) -> bool:
    folded = title.casefold()
    return bool(folded) and (
        office.post.label.casefold() in folded
        or office.post.organization.name.casefold() in folded
    )


def _set_speaker(quote: Quote, speaker: Speaker) -> None:
    quote.speaker = speaker.person
    quote.appointment = speaker.appointment
    quote.organization = speaker.organization
    if speaker.appointment is not None:
        quote.organization_id = speaker.appointment.post.organization_id


def _quote(
    edition: Edition,
    new: NewQuote,
    standing: dict[int, list[Quote]],
    by: User,
    now: dt.datetime,
) -> Quote:
    text = edition.text
    if not 0 <= new.start < new.end <= len(text):
        raise verbs.Unusable("The quote lies outside the text. Find quotes again.")
    for other in standing[edition.pk]:
        if new.start < (other.end or 0) and (other.start or 0) < new.end:
            raise verbs.Unusable(
                f"These words meet the quote “{other}”. Remove that one first."
            )
    prefix, suffix = marks.context(text, new.start, new.end)
    quote = Quote(
        permalink=Permalink(article=edition.article),
        article=edition.article,
        edition=edition,
        text=text[new.start : new.end],
        start=new.start,
        end=new.end,
        prefix=prefix,
        suffix=suffix,
        kind=new.kind,
        origin=new.origin,
        language=edition.article.language,
        title_as_printed=new.title_as_printed[:300],
        said_on=new.said_on or edition.article.dated,
        confirmed_at=now,
        confirmed_by=by,
    )
    _set_speaker(quote, new.speaker)
    return quote


def _citation(
    edition: Edition,
    new: NewCitation,
    standing: dict[int, list[Quote]],
    by: User,
    now: dt.datetime,
) -> Citation:
    if not 0 <= new.start < new.end <= len(edition.text):
        raise verbs.Unusable("The citation lies outside the text. Find quotes again.")
    inside = next(
        (
            quote
            for quote in standing[edition.pk]
            if (quote.start or 0) <= new.start and new.end <= (quote.end or 0)
        ),
        None,
    )
    return Citation(
        article=edition.article,
        edition=edition,
        quote=inside,
        resolution=new.resolution,
        start=new.start,
        end=new.end,
        printed=edition.text[new.start : new.end][:200],
        pinpoint=new.pinpoint[:80],
        said_on=new.said_on
        or (inside.said_on if inside else None)
        or edition.article.dated,
        origin=new.origin,
        confirmed_at=now,
        confirmed_by=by,
    )


def _marks(quotes: Iterable[Quote]) -> list[marks.Mark]:
    return sorted(
        (
            marks.Mark(quote.permalink_id, quote.start, quote.end)
            for quote in quotes
            if quote.start is not None and quote.end is not None
        ),
        key=lambda mark: mark.start,
    )
