"""Accept suggestions together: all safe ones, or all that name somebody."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from statements.detection.findings import Attribution, Candidate
from statements.models import (
    Appointment,
    Edition,
    Found,
    Organization,
    Resolution,
    Spokesperson,
    User,
    acting,
)

from . import catalogue, quoting, verbs
from .suggesting import (
    CitationSuggestion,
    QuoteSuggestion,
    Suggestions,
    printed_title,
)

type Scope = Literal["safe", "all", "none"]


@dataclass
class Outcome:
    """How many became records, and which wait for an editor, in sentences."""

    quotes: int = 0
    citations: int = 0
    waiting: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Rows:
    """The catalogue's rows behind the keys that detection hands back."""

    people: Mapping[int, Spokesperson]
    organizations: Mapping[int, Organization]
    appointments: Mapping[int, Appointment]
    resolutions: Mapping[str, Resolution]

    @classmethod
    def of(cls, suggestions: Sequence[Suggestions]) -> Rows:
        """Fetch what some suggestions may name: four queries whatever their number."""
        candidates = [
            candidate
            for each in suggestions
            for quote in each.quotes
            for candidate in quote.finding.attribution.candidates
        ]
        symbols = {
            citation.finding.symbol
            for each in suggestions
            for citation in each.citations
        }
        return cls(
            Spokesperson.objects.in_bulk({c.person for c in candidates if c.person}),
            Organization.objects.in_bulk(
                {c.organization for c in candidates if c.organization}
            ),
            Appointment.objects.select_related("post").in_bulk(
                {c.office for c in candidates if c.office}
            ),
            {r.symbol: r for r in Resolution.objects.filter(symbol__in=symbols)},
        )

    def speaker(self, candidate: Candidate) -> quoting.Speaker:
        """The rows that one candidate stands for."""
        return quoting.Speaker(
            person=self.people.get(candidate.person) if candidate.person else None,
            organization=self.organizations.get(candidate.organization)
            if candidate.organization
            else None,
            appointment=self.appointments.get(candidate.office)
            if candidate.office
            else None,
        )


def accept_suggestions(
    edition: Edition, suggestions: Suggestions, *, by: User, scope: Scope = "safe"
) -> Outcome:
    """Accept what is safe, or all that names somebody; say what waits.

    With "all", speakers and resolutions that the catalogue lacks are made; where two
    people could be meant, none is chosen, and what the calendar denies waits.
    """
    return accept_for_many([(edition, suggestions)], by=by, scope=scope)[0]


def accept_for_many(
    batch: Sequence[tuple[Edition, Suggestions]], *, by: User, scope: Scope = "safe"
) -> list[Outcome]:
    """The same for many drafts, in about fifteen statements when nothing is made."""
    outcomes = [Outcome() for _ in batch]
    rows = Rows.of([suggestions for _, suggestions in batch])
    with acting(by):
        accepted = []
        for (edition, suggestions), outcome in zip(batch, outcomes, strict=True):
            quotes = []
            for suggestion in suggestions.quotes:
                new = _new_quote(edition, suggestion, rows, outcome, by, scope)
                if new is not None:
                    quotes.append(new)
            citations = []
            for citation in suggestions.citations:
                new_citation = _new_citation(
                    edition, citation, rows, outcome, by, scope
                )
                if new_citation is not None:
                    citations.append(new_citation)
            outcome.quotes, outcome.citations = len(quotes), len(citations)
            if quotes or citations:
                accepted.append(quoting.Accepted(edition, quotes, citations))
        if accepted:
            quoting.accept_many(accepted, by=by)
    return outcomes


def _new_quote(
    edition: Edition,
    suggestion: QuoteSuggestion,
    rows: Rows,
    outcome: Outcome,
    by: User,
    scope: Scope,
) -> quoting.NewQuote | None:
    finding = suggestion.finding
    attribution = finding.attribution
    words = _shortened(suggestion.words)
    speaker: quoting.Speaker | None = None
    if (scope == "all" and not attribution.warnings) or (
        scope == "safe" and suggestion.safe
    ):
        if len(attribution.candidates) == 1:
            speaker = rows.speaker(attribution.candidates[0])
        elif scope == "all" and not attribution.candidates:
            speaker = _made(attribution, edition, by, outcome, words)
    if speaker is None:
        if not outcome.waiting or not outcome.waiting[-1].startswith(f"“{words}”"):
            outcome.waiting.append(f"“{words}” — {_who(attribution)}")
        return None
    return quoting.NewQuote(
        start=finding.span.start,
        end=finding.span.end,
        speaker=speaker,
        kind=finding.kind,
        title_as_printed=printed_title(attribution),
        origin=Found.DETECTED,
    )


def _made(
    attribution: Attribution, edition: Edition, by: User, outcome: Outcome, words: str
) -> quoting.Speaker | None:
    try:
        return catalogue.speaker_named(attribution, on=edition.article.dated, by=by)
    except verbs.Unusable as problem:
        outcome.waiting.append(f"“{words}” — {problem}")
        return None


def _new_citation(
    edition: Edition,
    suggestion: CitationSuggestion,
    rows: Rows,
    outcome: Outcome,
    by: User,
    scope: Scope,
) -> quoting.NewCitation | None:
    finding = suggestion.finding
    resolution: Resolution | None = None
    if scope == "all" or (scope == "safe" and suggestion.safe):
        resolution = rows.resolutions.get(finding.symbol)
        if resolution is None and scope == "all" and finding.symbol:
            resolution = catalogue.resolution_of(
                finding.symbol, body=finding.body, by=by
            )
    if resolution is None:
        outcome.waiting.append(
            f"{finding.printed} — {' '.join(finding.warnings) or 'to be confirmed.'}"
        )
        return None
    return quoting.NewCitation(
        start=finding.span.start,
        end=finding.span.end,
        resolution=resolution,
        pinpoint=finding.pinpoint,
        origin=Found.DETECTED,
    )


def _who(attribution: Attribution) -> str:
    if attribution.warnings:
        return " ".join(attribution.warnings)
    if len(attribution.candidates) > 1:
        names = " or ".join(candidate.name for candidate in attribution.candidates)
        return f"{names}: choose one."
    name = attribution.full_name or attribution.speaker
    return f"by {name}, to be confirmed." if name else "no speaker found."


def _shortened(words: str, limit: int = 60) -> str:
    return words if len(words) <= limit else f"{words[: limit - 1]}…"
