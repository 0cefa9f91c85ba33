"""Quotes: what was found in the text, who said it, and what becomes of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q

from statements.detection import citations as references
from statements.editorial import catalogue, quoting, verbs
from statements.editorial.accepting import Rows, accept_suggestions
from statements.editorial.suggesting import (
    CitationSuggestion,
    QuoteSuggestion,
    Suggestions,
)
from statements.markup import projection
from statements.models import (
    Citation,
    Found,
    Organization,
    Quote,
    Resolution,
    Spokesperson,
)

from .forms import (
    CitationDecisionForm,
    DecisionForm,
    ManualCitationForm,
    ManualQuoteForm,
    SpeakerForm,
    candidate_key,
)
from .steps import Invalid, Step

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


@dataclass
class Row:
    """One block of the text, and what stands in its margin."""

    tag: str
    pieces: list[tuple[str, str]]
    quotes: list[Any] = field(default_factory=list)
    decisions: list[Any] = field(default_factory=list)
    citations: list[Citation] = field(default_factory=list)
    references: list[Any] = field(default_factory=list)


class Quotes(Step):
    """The text with its quotes, and a decision for each that is open."""

    step = "quotes"
    template = "admin/statements/article/quotes.html"
    actions = {
        "decide": "decide",
        "safe": "accept_safe",
        "confirm": "confirm",
        "confirm_all": "confirm_all",
        "speaker": "change_speaker",
        "remove": "remove",
        "quote": "add_quote",
        "cite": "add_citation",
        "uncite": "remove_citation",
    }

    quote_form: ManualQuoteForm | None = None
    citation_form: ManualCitationForm | None = None
    speaker_form: SpeakerForm | None = None
    changed: str = ""
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
            "may_create": self.may("add_spokesperson"),
            "speakers": self.names.speakers() if writable else [],
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
        }

    def _rows(
        self, quotes: list[tuple[Quote, Any]], decisions: dict[str, forms.Form]
    ) -> list[Row]:
        text, found = self.edition.text, self.standing.suggestions
        spans = [(q.start, q.end, "quote") for q, _ in quotes if q.start is not None]
        spans += [(c.start, c.end, "cited") for c in self.standing.citations]
        spans += [
            (s.finding.span.start, s.finding.span.end, "suggested")
            for s in (*found.quotes, *found.citations)
        ]
        rows = []
        for block in projection.blocks(self.edition.body):
            start, end = block.start, block.end

            def here(at: int | None, start: int = start, end: int = end) -> bool:
                return at is not None and start <= at < end

            rows.append(
                Row(
                    tag=block.tag,
                    pieces=_pieces(text, start, end, spans),
                    quotes=[pair for pair in quotes if here(pair[0].start)],
                    decisions=[
                        (
                            each,
                            decisions[each.key],
                            EVIDENCE.get(each.finding.attribution.evidence, ""),
                        )
                        for each in found.quotes
                        if here(each.finding.span.start)
                    ],
                    citations=[c for c in self.standing.citations if here(c.start)],
                    references=[
                        (each, decisions[each.key], self._known(each))
                        for each in found.citations
                        if here(each.finding.span.start)
                    ],
                )
            )
        return rows

    def _known(self, suggestion: CitationSuggestion) -> Resolution | None:
        return self._resolutions.get(suggestion.finding.symbol)

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
                    "new_name": attribution.full_name,
                    "new_organization": attribution.organization,
                    "new_office": attribution.office or attribution.title,
                    "title": attribution.title,
                    "said_on": self.article.dated,
                },
            )
        for each in self.standing.suggestions.citations:
            finding = each.finding
            symbols = list(
                dict.fromkeys(filter(None, (finding.symbol, *finding.candidates)))
            )
            if finding.symbol:
                symbols = [finding.symbol]
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

    def _speaker_form(self, quote: Quote) -> SpeakerForm:
        if self.speaker_form is not None and self.changed == quote.permalink_id:
            return self.speaker_form
        return self._new_speaker_form(quote)

    def _new_speaker_form(self, quote: Quote, data: Any = None) -> SpeakerForm:
        return SpeakerForm(
            data,
            prefix=quote.permalink_id,
            names=self.names,
            may_create=self.may("add_spokesperson"),
            initial={
                "who": "other",
                "name": self.names.name_of(quote.speaker_id, quote.organization_id),
                "title": quote.title_as_printed,
                "said_on": quote.said_on,
            },
        )

    def _manual_form(self, data: Any = None) -> ManualQuoteForm:
        return ManualQuoteForm(
            data,
            prefix="manual",
            names=self.names,
            may_create=self.may("add_spokesperson"),
            initial={"who": "other", "said_on": self.article.dated},
        )

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

    def _resolution(self, symbol: str, body: str) -> Resolution:
        named = Q(symbol__iexact=symbol) | Q(aliases__name__iexact=symbol)
        row = Resolution.objects.filter(named).first()
        if row is not None:
            return row
        if not self.may("add_resolution"):
            raise verbs.Unusable(
                f"{symbol} is not in the catalogue yet. Ask an editor to add it."
            )
        return catalogue.resolution_of(symbol, body=body, by=self.request.user)

    def _speaker(self, values: dict[str, Any], day: dt.date) -> quoting.Speaker:
        """The speaker that a form names: of the catalogue, or made anew."""
        meant = values["meant"]
        if meant is None:
            name, body = values["new_name"].strip(), values["new_organization"].strip()
            if not name:
                if not self.may("add_organization"):
                    raise PermissionDenied("You may not add organisations.")
                return quoting.Speaker(
                    organization=catalogue.organization_named(
                        body, by=self.request.user
                    )
                )
            return catalogue.new_speaker(
                name,
                on=day,
                by=self.request.user,
                organization=body,
                office=values["new_office"].strip(),
            )
        if meant.person is None:
            return quoting.Speaker(
                organization=Organization.objects.get(pk=meant.organization)
            )
        person = Spokesperson.objects.get(pk=meant.person)
        return quoting.Speaker(
            person=person, appointment=quoting.office_on(person, day, values["title"])
        )

    def accept_safe(self) -> None:
        self._demand()
        edition = self.opened()
        outcome = accept_suggestions(
            edition, self.standing.suggestions, by=self.request.user, scope="safe"
        )
        messages.success(
            self.request,
            f"Accepted: {outcome.quotes} quotes, {outcome.citations} citations. "
            f"To decide: {len(outcome.waiting)}.",
        )

    def confirm(self) -> None:
        self._demand()
        quote = self._quote()
        self.opened()
        if quote.start is None:
            raise verbs.Unusable(
                "The words are gone from the text. Put them back, or remove the quote."
            )
        quoting.confirm([quote], by=self.request.user)
        messages.success(self.request, f"Confirmed: “{quote}”")

    def confirm_all(self) -> None:
        self._demand()
        edition = self.opened()
        quotes = list(
            edition.quotes.filter(
                confirmed_at=None, start__isnull=False
            ).select_related("edition")
        )
        quoting.confirm(quotes, by=self.request.user)
        messages.success(self.request, f"Quotes confirmed: {len(quotes)}.")

    def change_speaker(self) -> None:
        self._demand()
        quote = self._quote()
        self.changed = quote.permalink_id
        form = self.speaker_form = self._new_speaker_form(quote, self.request.POST)
        if not form.is_valid():
            raise Invalid
        self.opened()
        values = form.cleaned_data
        day = values["said_on"] or quote.said_on or self.article.dated
        try:
            speaker = self._speaker(values, day)
        except verbs.Unusable as problem:
            form.add_error("who", str(problem))
            raise Invalid from problem
        quoting.reattribute(
            quote,
            by=self.request.user,
            speaker=speaker,
            title_as_printed=values["title"],
            said_on=day,
        )
        messages.success(
            self.request, f"{speaker.person or speaker.organization} said: “{quote}”"
        )

    def remove(self) -> None:
        self._demand()
        quote = self._quote()
        self.opened()
        quoting.remove(quote, by=self.request.user)
        messages.success(self.request, f"Removed the quote “{quote}”")

    def add_quote(self) -> None:
        """Make a quote of words that somebody copied from the text."""
        self._demand()
        form = self.quote_form = self._manual_form(self.request.POST)
        if not form.is_valid():
            raise Invalid
        edition = self.opened()
        values = form.cleaned_data
        try:
            start, end = place(edition.text, values["words"], values["occurrence"])
        except ValidationError as problem:
            form.add_error("words", problem)
            raise Invalid from problem
        day = values["said_on"] or self.article.dated
        try:
            speaker = self._speaker(values, day)
        except verbs.Unusable as problem:
            form.add_error("who", str(problem))
            raise Invalid from problem
        quoting.accept(
            edition,
            by=self.request.user,
            quotes=[
                quoting.NewQuote(
                    start,
                    end,
                    speaker,
                    title_as_printed=values["title"],
                    said_on=day,
                    origin=Found.MANUAL,
                )
            ],
        )
        messages.success(self.request, "The quote is made and confirmed.")

    def add_citation(self) -> None:
        self._demand()
        form = self.citation_form = ManualCitationForm(self.request.POST, prefix="cite")
        if not form.is_valid():
            raise Invalid
        edition = self.opened()
        values = form.cleaned_data
        try:
            start, end = place(edition.text, values["words"], values["occurrence"])
        except ValidationError as problem:
            form.add_error("words", problem)
            raise Invalid from problem
        try:
            resolution = self._referred(values["reference"])
        except verbs.Unusable as problem:
            form.add_error("reference", str(problem))
            raise Invalid from problem
        if edition.citations.filter(start__lt=end, end__gt=start).exists():
            form.add_error("words", "These words are a citation already.")
            raise Invalid
        quoting.accept(
            edition,
            by=self.request.user,
            citations=[
                quoting.NewCitation(start, end, resolution, origin=Found.MANUAL)
            ],
        )
        messages.success(self.request, f"{resolution} is cited there.")

    def _referred(self, reference: str) -> Resolution:
        named = Q(symbol__iexact=reference) | Q(aliases__name__iexact=reference)
        row = Resolution.objects.filter(named).first()
        if row is not None:
            return row
        found = references.find(reference, on=self.article.dated)
        if len(found) == 1 and found[0].symbol:
            return self._resolution(found[0].symbol, found[0].body)
        raise verbs.Unusable(
            f"“{reference}” is no resolution that is known. Write its symbol, such as "
            "S/RES/2417 (2018)."
        )

    def remove_citation(self) -> None:
        self._demand()
        key = self.request.POST.get("citation", "")
        citation = (
            self.edition.citations.select_related("edition").filter(pk=key).first()
            if key.isdecimal() and len(key) < 18
            else None
        )
        if citation is None:
            raise verbs.Unusable("That citation is gone already.")
        self.opened()
        quoting.remove_citation(citation, by=self.request.user)
        messages.success(self.request, f"Removed the citation {citation.printed}.")

    def _quote(self) -> Quote:
        quote = (
            self.edition.quotes.select_related("edition")
            .filter(permalink=self.request.POST.get("quote", "")[:10])
            .first()
        )
        if quote is None:
            raise verbs.Unusable("That quote is gone already.")
        return quote

    def _demand(self) -> None:
        if not self.may("change_article"):
            raise PermissionDenied("You may not change statements.")


def place(text: str, words: str, occurrence: int | None) -> tuple[int, int]:
    """Where words stand in a text. Raises ValidationError unless it is one place."""
    wanted = words.replace("\r\n", "\n").strip().strip('“”„"«»').strip()
    found = []
    at = text.find(wanted) if wanted else -1
    while at >= 0:
        found.append(at)
        at = text.find(wanted, at + len(wanted))
    if not found:
        raise ValidationError(
            "These words do not stand in the text. Copy them exactly, without the "
            "quotation marks."
        )
    if occurrence is None:
        if len(found) > 1:
            raise ValidationError(
                f"These words stand in the text {len(found)} times. Say which: "
                + "; ".join(
                    f"{number}: …{text[max(0, at - 20) : at + 20]}…".replace("\n", " ")
                    for number, at in enumerate(found[:9], 1)
                )
            )
        occurrence = 1
    if occurrence > len(found):
        raise ValidationError(
            f"These words stand in the text {len(found)} "
            f"{'time' if len(found) == 1 else 'times'} only."
        )
    start = found[occurrence - 1]
    return start, start + len(wanted)


def _pieces(
    text: str, start: int, end: int, spans: list[tuple[int, int, str]]
) -> list[tuple[str, str]]:
    """A block's text cut where marks begin and end, each with its classes."""
    near = [(a, b, name) for a, b, name in spans if a < end and b > start]
    cuts = sorted(
        {start, end} | {min(max(at, start), end) for a, b, _ in near for at in (a, b)}
    )
    return [
        (
            text[a:b],
            " ".join(sorted({name for x, y, name in near if x <= a and b <= y})),
        )
        for a, b in pairwise(cuts)
    ]
