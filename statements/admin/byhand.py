"""Quotes and citations that stand, and those that an editor adds by hand."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q

from statements.detection import citations as references
from statements.editorial import catalogue, quoting, verbs
from statements.models import (
    Found,
    Organization,
    Quote,
    Resolution,
    Spokesperson,
)

from .doors import remark
from .forms import ManualCitationForm, ManualQuoteForm, SpeakerForm
from .places import place
from .steps import Invalid, Step


class ByHand(Step):
    """What can be done with single quotes and citations of an edition."""

    actions: ClassVar[dict[str, str]] = {
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
            for label in ("new_name", "new_organization", "new_office"):
                remark(self.request, "New in the catalogue", values[label])
            if not name:
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

    def _demand(self) -> None:
        if not self.may("change_article"):
            raise PermissionDenied("You may not change statements.")
