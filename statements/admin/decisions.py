"""Decisions taken beside the text: read from the form, carried out by the verbs.

The form's body carries a mark for each of them, under a key of the writer's own, so a
decision keeps to its words whatever is written around it until it is saved.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from statements.detection import citations as references
from statements.detection.findings import Span
from statements.editorial import catalogue, quoting, verbs
from statements.models import (
    Appointment,
    Edition,
    Found,
    Organization,
    Quote,
    Resolution,
    Spokesperson,
    User,
)

#: More than a text can hold: a form with more of them is none of ours.
MOST = 2000

_KEY = re.compile(r"[0-9A-HJKMNP-TV-Z]{10}")
_WHO = re.compile(r"(\d{1,12})\.(\d{1,12})\.(\d{1,12})")
_KINDS = {"direct", "partial", "block"}
_DOINGS = {"quote", "cite", "reject", "speaker", "confirm", "remove"}


@dataclass(frozen=True)
class Decision:
    """What becomes of one mark.

    ``do`` is quote, cite or reject for what was found or marked by hand, with ``key``
    a new one; speaker, confirm or remove for a quote that stands, by its permalink.
    ``who`` holds keys of the catalogue: a person, an appointment, an organisation, 0
    where there is none; without it the speaker is new, by ``name`` or ``organization``.
    ``of`` says whether a rejected finding was a quote or a citation.
    """

    key: str
    do: str
    who: tuple[int, int, int] | None = None
    name: str = ""
    organization: str = ""
    office: str = ""
    title: str = ""
    kind: str = "direct"
    symbol: str = ""
    pinpoint: str = ""
    of: str = "quote"
    found: bool = True


@dataclass
class Done:
    """How many decisions of each kind were carried out."""

    quotes: int = 0
    citations: int = 0
    rejected: int = 0
    changed: int = 0

    def sentence(self) -> str:
        parts = (
            ("quotes", self.quotes),
            ("citations", self.citations),
            ("rejected", self.rejected),
            ("changed", self.changed),
        )
        return ", ".join(f"{name}: {count}" for name, count in parts if count)


@dataclass(frozen=True)
class _Place:
    span: Span


class DecisionsField(forms.CharField):
    """A hidden field that the editor fills; empty where no script runs."""

    def __init__(self, **options: Any):
        super().__init__(
            required=False, strip=True, widget=forms.HiddenInput, **options
        )

    def clean(self, value: Any) -> list[Decision]:
        written = super().clean(value)
        if not written:
            return []
        try:
            given = json.loads(written)
            return [_read(key, each) for key, each in _listed(given)]
        except (ValueError, TypeError, AttributeError, RecursionError) as problem:
            raise ValidationError(
                "The decisions beside the text could not be read. Take them again."
            ) from problem


def _listed(given: Any) -> Iterable[tuple[str, Any]]:
    if not isinstance(given, dict) or len(given) > MOST:
        raise ValueError("no decisions")
    return given.items()


def _read(key: str, given: Mapping[str, Any]) -> Decision:
    """One decision as it was sent. Raises ValueError for what no page of ours sends."""
    if not _KEY.fullmatch(key) or given.get("do") not in _DOINGS:
        raise ValueError("no decision")
    words = {}
    for name, most in (
        ("name", 200),
        ("organization", 200),
        ("office", 200),
        ("title", 300),
        ("symbol", 120),
        ("pinpoint", 80),
    ):
        value = " ".join(str(given.get(name, "") or "").split())
        if len(value) > most:
            raise ValueError(f"{name} is too long")
        words[name] = value
    who = given.get("who")
    matched = _WHO.fullmatch(who) if isinstance(who, str) else None
    kind = given.get("kind")
    return Decision(
        key=key,
        do=given["do"],
        who=(int(matched[1]), int(matched[2]), int(matched[3])) if matched else None,
        kind=kind if kind in _KINDS else "direct",
        of="citation" if given.get("of") == "citation" else "quote",
        found=given.get("found") is not False,
        **words,
    )


def carry_out(
    edition: Edition,
    decisions: Sequence[Decision],
    places: Mapping[str, tuple[int, int]],
    *,
    by: User,
) -> Done:
    """Do what was decided about a draft that was just saved, all or nothing.

    ``places`` says where the marks of the posted body stand in the edition's text; a
    decision whose mark is gone from the text is gone with it. Call it inside the
    transaction that saved the text. Raises verbs.Unusable with a sentence.
    """
    done = Done()
    standing = _standing(edition, decisions)
    for decision in decisions:
        if decision.do == "remove" and decision.key in standing:
            quoting.remove(standing[decision.key], by=by)
            done.changed += 1
    if done.changed:
        edition.refresh_from_db(fields=["body", "lock_version"])
    marked = [each for each in decisions if each.key in places]
    refused = {
        of: [
            _Place(Span(*places[each.key]))
            for each in marked
            if each.do == "reject" and each.of == of
        ]
        for of in ("quote", "citation")
    }
    done.rejected = sum(map(len, refused.values()))
    if done.rejected:
        quoting.reject(
            edition, by=by, quotes=refused["quote"], citations=refused["citation"]
        )
    cast = Cast(decisions, edition.article.dated, by)
    quotes = [
        quoting.NewQuote(
            *places[each.key],
            cast.speaker(each),
            kind=each.kind,
            title_as_printed=each.title,
            origin=Found.DETECTED if each.found else Found.MANUAL,
        )
        for each in marked
        if each.do == "quote"
    ]
    resolutions = _resolutions(
        [each.symbol for each in marked if each.do == "cite"],
        on=edition.article.dated,
        by=by,
    )
    citations = [
        quoting.NewCitation(
            *places[each.key],
            resolutions[each.symbol],
            pinpoint=each.pinpoint,
            origin=Found.DETECTED if each.found else Found.MANUAL,
        )
        for each in marked
        if each.do == "cite"
    ]
    done.quotes, done.citations = len(quotes), len(citations)
    if quotes or citations:
        quoting.accept_many([quoting.Accepted(edition, quotes, citations)], by=by)
    for each in decisions:
        if each.do == "speaker" and each.key in standing:
            quoting.reattribute(
                standing[each.key],
                by=by,
                speaker=cast.speaker(each),
                title_as_printed=each.title,
            )
            done.changed += 1
    confirmed = [
        standing[each.key]
        for each in decisions
        if each.do == "confirm" and each.key in standing
    ]
    quoting.confirm([each for each in confirmed if each.start is not None], by=by)
    done.changed += len(confirmed)
    return done


def _standing(edition: Edition, decisions: Sequence[Decision]) -> dict[str, Quote]:
    keys = {
        each.key for each in decisions if each.do in {"speaker", "confirm", "remove"}
    }
    if not keys:
        return {}
    rows = edition.quotes.select_related("edition").filter(permalink__in=keys)
    return {quote.permalink_id: quote for quote in rows}


class Cast:
    """The rows behind the speakers that were decided for: two or three queries.

    Somebody new is made once, however often they speak.
    """

    def __init__(self, decisions: Iterable[Decision], day: dt.date, by: User):
        self.day, self.by = day, by
        known = [each.who for each in decisions if each.who is not None]
        self._people = Spokesperson.objects.filter(merged_into=None).in_bulk(
            {person for person, _, _ in known if person}
        )
        self._bodies: dict[int, Organization] = {}
        self._offices: dict[int, list[Appointment]] = {}
        if self._people:
            for office in Appointment.objects.filter(
                person__in=self._people
            ).select_related("post__organization"):
                self._offices.setdefault(office.person_id, []).append(office)
                body = office.post.organization
                self._bodies[body.pk] = body
        rest = {body for _, _, body in known if body} - self._bodies.keys()
        if rest:
            self._bodies |= Organization.objects.in_bulk(rest)
        self._made: dict[tuple[str, str, str], quoting.Speaker] = {}

    def speaker(self, decision: Decision) -> quoting.Speaker:
        """Who is meant. Raises verbs.Unusable where the catalogue has lost them."""
        if decision.who is None:
            return self._new(decision)
        key, at, body = decision.who
        person, organization = self._people.get(key), self._bodies.get(body)
        if (key and person is None) or (body and organization is None):
            raise verbs.Unusable(
                "Somebody whom you chose as a speaker is not in the catalogue any "
                "more. Choose again."
            )
        if person is None:
            return quoting.Speaker(organization=organization)
        offices = self._offices.get(key, [])
        chosen = next((office for office in offices if office.pk == at), None)
        return quoting.Speaker(
            person=person,
            organization=organization,
            appointment=chosen
            or quoting.office_on(person, self.day, decision.title, offices),
        )

    def _new(self, decision: Decision) -> quoting.Speaker:
        key = (decision.name, decision.organization, decision.office)
        if key not in self._made:
            if decision.name:
                self._made[key] = catalogue.new_speaker(
                    decision.name,
                    on=self.day,
                    by=self.by,
                    organization=decision.organization,
                    office=decision.office,
                )
            elif decision.organization:
                self._made[key] = quoting.Speaker(
                    organization=catalogue.organization_named(
                        decision.organization, by=self.by
                    )
                )
            else:
                raise verbs.Unusable(
                    "A quote beside the text has no speaker. Go to it with F2 and "
                    "choose who said it, or take it back."
                )
        return self._made[key]


def _resolutions(
    symbols: Sequence[str], *, on: dt.date, by: User
) -> dict[str, Resolution]:
    """The resolutions of some symbols; what the catalogue lacks is made, if ``by`` may.

    Only what detection reads as one resolution is made: a form can be forged.
    """
    if not symbols:
        return {}
    wanted = set(symbols)
    rows = {row.symbol: row for row in Resolution.objects.filter(symbol__in=wanted)}
    for symbol in sorted(wanted - rows.keys()):
        found = references.find(symbol, on=on)
        if len(found) != 1 or found[0].symbol != symbol:
            raise verbs.Unusable(
                f"“{symbol}” is no resolution that is known. Choose another."
            )
        if not by.may("add_resolution"):
            raise verbs.Unusable(
                f"{symbol} is not in the catalogue yet. Ask an editor to add it."
            )
        rows[symbol] = catalogue.resolution_of(symbol, body=found[0].body, by=by)
    return rows
