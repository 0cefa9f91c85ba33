"""Quotes: what was found in the text, and what becomes of each finding."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib import messages

from statements.editorial import quoting, verbs
from statements.editorial.accepting import Rows, accept_suggestions
from statements.editorial.suggesting import (
    CitationSuggestion,
    Pointer,
    QuoteSuggestion,
    Suggestions,
    pointers,
    printed_title,
)
from statements.markup import projection
from statements.models import Found, Quote, Resolution

from .byhand import ByHand
from .forms import (
    CitationDecisionForm,
    DecisionForm,
    ManualCitationForm,
    candidate_key,
)
from .naming import newcomer
from .places import Mark, Note, Row, pieces, sought
from .standing import counted
from .steps import Invalid

#: The form that all decisions belong to, wherever on the page they stand.
DECISIONS = "decisions"

EVIDENCE = {
    "explicit": "named beside the words",
    "inherited": "goes on from the quote before",
    "pronoun": "by a pronoun",
    "role": "by the office",
    "label": "by a heading",
    "signature": "by the signature",
    "none": "nobody named",
}


class Quotes(ByHand):
    """The text with its quotes, and a decision for each that is open."""

    step = "quotes"
    template = "admin/statements/article/quotes.html"
    actions = {
        "decide": "decide",
        "safe": "accept_safe",
        **ByHand.actions,
    }

    bound: dict[str, forms.Form] | None = None

    # ---------- the page ----------

    def context(self) -> dict[str, Any]:
        standing = self.standing
        writable = self.may("change_article") and not self.edition.frozen
        decisions = self.bound if self.bound is not None else self._decisions()
        quotes = [(quote, self._speaker_form(quote)) for quote in standing.quotes]
        return {
            "rows": self._rows(quotes, decisions),
            "detached": [pair for pair in quotes if pair[0].start is None],
            "may_write": writable,
            "speakers": self.names.speakers(self.article.dated) if writable else [],
            "quote_form": self.quote_form or self._manual_form(),
            "citation_form": self.citation_form or ManualCitationForm(prefix="cite"),
            "safe": sum(
                each.safe
                for each in (
                    *standing.suggestions.quotes,
                    *standing.suggestions.citations,
                )
            ),
            "evidence": EVIDENCE,
            "pointers": self._pointers() if writable else [],
        }

    def _pointers(self) -> list[tuple[Pointer, Resolution]]:
        """Words that point back to a citation, with the resolution it names."""
        named = {c.resolution.symbol: c.resolution for c in self.standing.citations}
        found = pointers(
            self.edition.text,
            [
                (c.start, c.end, c.resolution.symbol, c.resolution.body.slug)
                for c in self.standing.citations
                if c.confirmed_at is not None
            ],
        )
        return [(each, named[each.finding.symbol]) for each in found]

    def _rows(
        self, quotes: list[tuple[Quote, Any]], decisions: dict[str, forms.Form]
    ) -> list[Row]:
        text, numbers = self.edition.text, self._numbers()
        marks = [
            Mark(q.start, q.end, "quote") for q, _ in quotes if q.start is not None
        ]
        marks += [Mark(c.start, c.end, "cited") for c in self.standing.citations]
        marks += self._marks(numbers)
        at = sought(self.request.GET.get("at", ""), text)
        if at is not None:
            marks.append(Mark(*at, "sought"))
        notes = sorted(
            self._notes(quotes, decisions, numbers), key=lambda note: note.at
        )
        return [
            Row(
                tag=block.tag,
                pieces=pieces(text, block.start, block.end, marks),
                notes=[n for n in notes if block.start <= n.at < block.end],
                sought=at is not None and block.start <= at[0] < block.end,
            )
            for block in projection.blocks(self.edition.body)
        ]

    def _notes(
        self,
        quotes: list[tuple[Quote, Any]],
        decisions: dict[str, forms.Form],
        numbers: dict[str, int],
    ) -> Iterator[Note]:
        """What stands beside the text: all that is confirmed, and all that is open."""
        for quote, form in quotes:
            if quote.start is not None:
                yield Note(quote.start, "quote", {"quote": quote, "form": form})
        for citation in self.standing.citations:
            yield Note(citation.start, "citation", {"citation": citation})
        for each in self.standing.suggestions.quotes:
            attribution = each.finding.attribution
            yield Note(
                each.finding.span.start,
                "decision",
                {
                    "number": numbers[each.key],
                    "suggestion": each,
                    "form": decisions[each.key],
                    "evidence": EVIDENCE.get(attribution.evidence, ""),
                    "title": printed_title(attribution),
                    "candidates": self._candidates(each),
                },
            )
        for each in self.standing.suggestions.citations:
            yield Note(
                each.finding.span.start,
                "reference",
                {
                    "number": numbers[each.key],
                    "suggestion": each,
                    "form": decisions[each.key],
                    "meant": self._meant(each),
                },
            )

    def _numbers(self) -> dict[str, int]:
        """A number for each suggestion, in the order of the text."""
        found = self.standing.suggestions
        in_order = sorted(
            (*found.quotes, *found.citations), key=lambda each: each.finding.span.start
        )
        return {each.key: number for number, each in enumerate(in_order, 1)}

    def _marks(self, numbers: dict[str, int]) -> list[Mark]:
        """Where suggestions stand, and what they rest on: the speaker and the cue."""
        marks = []
        found = self.standing.suggestions
        for each in (*found.quotes, *found.citations):
            span, number = each.finding.span, numbers[each.key]
            marks.append(Mark(span.start, span.end, "suggested", number, each.key))
        for each in found.quotes:
            who, number = each.finding.attribution, numbers[each.key]
            for name, place in (("speaker", who.span), ("cue", who.cue_span)):
                if place is not None:
                    marks.append(Mark(place.start, place.end, name, number, each.key))
        return marks

    def _candidates(self, suggestion: QuoteSuggestion) -> list[tuple[str, str]]:
        """Whom the words may mean, the likeliest first, and the office of the day."""
        return [
            (
                self.names.name_of(each.person, each.organization) or each.name,
                each.why,
            )
            for each in suggestion.finding.attribution.candidates
        ]

    def _meant(
        self, suggestion: CitationSuggestion
    ) -> list[tuple[str, Resolution | None]]:
        """The resolutions a reference may mean, each with what the catalogue has."""
        return [
            (symbol, self._resolutions.get(symbol)) for symbol in _symbols(suggestion)
        ]

    @property
    def _resolutions(self) -> dict[str, Resolution]:
        if not hasattr(self, "_by_symbol"):
            symbols = {
                symbol
                for each in self.standing.suggestions.citations
                for symbol in (each.finding.symbol, *each.finding.candidates)
            }
            self._by_symbol = {
                row.symbol: row for row in Resolution.objects.filter(symbol__in=symbols)
            }
        return self._by_symbol

    def _decisions(self, data: Any = None) -> dict[str, forms.Form]:
        """A form for each suggestion, by its key."""
        made: dict[str, forms.Form] = {}
        for each in self.standing.suggestions.quotes:
            attribution = each.finding.attribution
            candidates = attribution.candidates
            new = newcomer(attribution, self.edition.text)
            who = ""
            if len(candidates) == 1:
                who = candidate_key(candidates[0])
            elif not candidates and self.may("add_spokesperson"):
                who = "new" if attribution.full_name else ""
            made[each.key] = DecisionForm(
                data,
                prefix=each.key,
                names=self.names,
                may_create=self.may("add_spokesperson"),
                candidates=candidates,
                form_id=DECISIONS,
                initial={
                    "do": "later",
                    "who": who,
                    **{f"new_{name}": words for name, words in new.items()},
                    "title": printed_title(attribution),
                    "said_on": self.article.dated,
                },
            )
        for each in self.standing.suggestions.citations:
            finding, symbols = each.finding, _symbols(each)
            made[each.key] = CitationDecisionForm(
                data,
                prefix=each.key,
                symbols=[(symbol, self._described(symbol)) for symbol in symbols],
                form_id=DECISIONS,
                initial={"do": "later", "symbol": finding.symbol},
            )
        return made

    def _described(self, symbol: str) -> str:
        known = self._resolutions.get(symbol)
        if known is None:
            return f"{symbol} (new in the catalogue)"
        adopted = f", {known.adopted_on:%-d %B %Y}" if known.adopted_on else ""
        return f"{symbol}{adopted}"

    # ---------- the actions ----------

    def decide(self) -> None:
        """Accept and reject what was decided, all or none."""
        self._demand()
        self.bound = self._decisions(self.request.POST)
        for each in self.bound.values():
            # A suggestion that came up since the page was drawn is left for later.
            each.empty_permitted = True
        edition = self.opened()
        wrong = [form for form in self.bound.values() if not form.is_valid()]
        if wrong:
            self.problems = ["Nothing was saved: look at the decisions marked below."]
            raise Invalid
        found = self.standing.suggestions
        refused = Suggestions(
            tuple(s for s in found.quotes if self._did(s, "reject")),
            tuple(s for s in found.citations if self._did(s, "reject")),
        )
        quoting.reject(
            edition,
            by=self.request.user,
            quotes=[each.finding for each in refused.quotes],
            citations=[each.finding for each in refused.citations],
        )
        rows = Rows.of([found])
        quotes = [
            self._accepted(each, rows)
            for each in found.quotes
            if self._did(each, "accept")
        ]
        citations = [
            self._cited(each) for each in found.citations if self._did(each, "accept")
        ]
        if quotes or citations:
            quoting.accept(
                edition, by=self.request.user, quotes=quotes, citations=citations
            )
        count = len(quotes) + len(citations)
        messages.success(self.request, f"Accepted: {count}. Rejected: {len(refused)}.")

    def _did(self, suggestion: Any, what: str) -> bool:
        return self.bound[suggestion.key].cleaned_data.get("do") == what

    def _accepted(self, suggestion: QuoteSuggestion, rows: Rows) -> quoting.NewQuote:
        form, finding = self.bound[suggestion.key], suggestion.finding
        values = form.cleaned_data
        day = values.get("said_on") or self.article.dated
        try:
            if "candidate" in values:
                speaker = rows.speaker(values["candidate"])
                if speaker.person is not None and speaker.appointment is None:
                    speaker = quoting.Speaker(
                        speaker.person,
                        speaker.organization,
                        quoting.office_on(speaker.person, day, values["title"]),
                    )
            else:
                speaker = self._speaker(values, day)
        except verbs.Unusable as problem:
            form.add_error("who", str(problem))
            self.problems = ["Nothing was saved: look at the decisions marked below."]
            raise Invalid from problem
        return quoting.NewQuote(
            finding.span.start,
            finding.span.end,
            speaker,
            kind=finding.kind,
            title_as_printed=values["title"],
            said_on=day,
            origin=Found.DETECTED,
        )

    def _cited(self, suggestion: CitationSuggestion) -> quoting.NewCitation:
        finding = suggestion.finding
        symbol = self.bound[suggestion.key].cleaned_data["symbol"]
        return quoting.NewCitation(
            finding.span.start,
            finding.span.end,
            self._resolution(symbol, finding.body),
            pinpoint=finding.pinpoint,
            origin=Found.DETECTED,
        )

    def accept_safe(self) -> None:
        self._demand()
        edition = self.opened()
        outcome = accept_suggestions(
            edition, self.standing.suggestions, by=self.request.user, scope="safe"
        )
        messages.success(
            self.request,
            f"Accepted: {counted(outcome.quotes, 'quote')}, "
            f"{counted(outcome.citations, 'citation')}. "
            f"To decide: {len(outcome.waiting)}.",
        )


def _symbols(suggestion: CitationSuggestion) -> list[str]:
    """The symbol of a reference, or all that it may be."""
    finding = suggestion.finding
    if finding.symbol:
        return [finding.symbol]
    return list(dict.fromkeys(finding.candidates))
