"""Where an edition stands: the five steps, and what is left in each."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Subquery
from django.db.models.functions import JSONObject, Now
from django.utils import formats, timezone

from statements.detection.findings import Roster
from statements.editorial import verbs
from statements.editorial.advising import Advised, look_many
from statements.editorial.reasons import Judgement, Reason, judge_many, judge_rows
from statements.editorial.suggesting import Suggestions, suggest_many
from statements.models import (
    Citation,
    Edition,
    EditionMedia,
    MediaAsset,
    Quote,
    State,
    User,
    Waiver,
)

STEPS = ("write", "quotes", "check", "review", "publish")


@dataclass(frozen=True)
class Standing:
    """All that the desk's pages ask about one edition, asked once."""

    edition: Edition
    state: State
    now: dt.datetime
    quotes: list[Quote]
    citations: list[Citation]
    suggestions: Suggestions
    contributors: list[int]
    judgement: Judgement = field(default_factory=Judgement)
    advised: Advised = field(default_factory=Advised)
    #: Whether the text was read too, or its rows alone.
    whole: bool = True

    @property
    def reasons(self) -> list[Reason]:
        return self.judgement.against

    @property
    def to_confirm(self) -> int:
        return sum(quote.confirmed_at is None for quote in self.quotes)

    def left(self) -> dict[str, str]:
        """What is left in each step, in a few words."""
        when = self.edition.published_at
        return {
            "write": counted(len(self.edition.text.split()), "word", "words"),
            "quotes": self._quotes_left(),
            "check": self._check_left(),
            "review": {
                State.DRAFT: "not submitted",
                State.IN_REVIEW: "waits for a colleague",
                State.RETURNED: "returned",
            }.get(
                self.state,
                "approved" if self.edition.approved_at else "without a review",
            ),
            "publish": {
                State.SCHEDULED: f"due {_moment(when)}",
                State.LIVE: "live",
                State.SUPERSEDED: "superseded",
                State.WITHDRAWN: "withdrawn",
            }.get(self.state, "not out"),
        }

    def _check_left(self) -> str:
        """What must be done, and what should be looked at."""
        told = len(self.advised.told)
        must = counted(len(self.reasons), "reason against", "reasons against")
        if self.reasons:
            return f"{must}, {told} to look at" if told else must
        if told:
            return f"{told} to look at"
        return "nothing against" if self.whole else "nothing against so far"

    def _quotes_left(self) -> str:
        if len(self.suggestions):
            return f"{len(self.suggestions)} to decide"
        if self.to_confirm:
            return f"{self.to_confirm} to confirm"
        if not self.quotes and not self.citations:
            return "none"
        stand = (
            (len(self.quotes), "quote"),
            (len(self.citations), "citation"),
        )
        return ", ".join(counted(number, what) for number, what in stand if number)


def beside(article: str) -> dict[str, Any]:
    """What ``glance`` needs of an edition beside its rows, to be annotated.

    ``article`` names the article in the query.
    """
    before = Edition.objects.filter(
        article=OuterRef(article), published_at__lte=Now()
    ).order_by("-published_at")
    return {
        "out_before": Subquery(
            before.values(one=JSONObject(pk="pk", number="number"))[:1]
        ),
        "waived": ArraySubquery(
            Waiver.objects.filter(edition=OuterRef("pk")).values(
                one=JSONObject(rule="rule", subject="subject")
            )
        ),
        "uses": ArraySubquery(
            EditionMedia.objects.filter(edition=OuterRef("pk")).values(
                one=JSONObject(
                    alt="alt",
                    transcript="transcript",
                    asset="asset_id",
                    type="asset__type",
                    name="asset__name",
                )
            )
        ),
    }


def glance(edition: Any, now: dt.datetime) -> Standing:
    """The same by its rows alone, in two queries: nothing is detected.

    The edition brings what ``beside`` asks for.
    """
    quotes, citations = _quotes(edition), list(edition.citations.for_margin())
    judgement = Judgement()
    if not edition.frozen:
        out = edition.out_before
        judgement = judge_rows(
            edition,
            before=Edition(**out) if out else None,
            quotes=quotes,
            citations=citations,
            uses=[
                EditionMedia(
                    alt=use["alt"],
                    transcript=use["transcript"],
                    asset=MediaAsset(
                        pk=use["asset"], type=use["type"], name=use["name"]
                    ),
                )
                for use in edition.uses
            ],
            waived=[(each["rule"], each["subject"]) for each in edition.waived],
        )
    return Standing(
        edition=edition,
        state=edition.state(now),
        now=now,
        quotes=quotes,
        citations=citations,
        suggestions=Suggestions(),
        contributors=[],
        judgement=judgement,
        whole=False,
    )


def _quotes(edition: Edition) -> list[Quote]:
    return list(
        edition.quotes.with_speaker()
        .defer("tsv", "facets")
        .order_by("start", "permalink")
    )


def stand(edition: Edition, by: User, people: Roster | None = None) -> Standing:
    """Read where an edition stands, for a reader. Two dozen queries, detection once."""
    now = verbs.clock()
    quotes = _quotes(edition)
    citations = list(edition.citations.for_margin())
    suggestions, judgement, advised = Suggestions(), Judgement(), Advised()
    if not edition.frozen:
        suggestions = suggest_many([edition], people=people)[edition.pk]
        before = (
            Edition.objects.filter(article=edition.article_id, published_at__lte=now)
            .only("pk", "number")
            .order_by("-published_at")
            .first()
        )
        found = {edition.pk: suggestions}
        judgement = judge_many(
            [edition],
            before={edition.article_id: before},
            now=now,
            found=found,
        )[edition.pk]
        advised = look_many([edition], by=by, people=people, found=found)[edition.pk]
    return Standing(
        edition=edition,
        state=edition.state(now),
        now=now,
        quotes=quotes,
        citations=citations,
        suggestions=suggestions,
        contributors=list(edition.contributors.values_list("user", flat=True)),
        judgement=judgement,
        advised=advised,
    )


def counted(number: int, one: str, many: str = "") -> str:
    """A number and its noun; ``many`` where an s does not make the plural."""
    many = many or f"{one}s"
    return f"{number} {one if number == 1 else many}"


def _moment(when: dt.datetime | None) -> str:
    return formats.date_format(timezone.localtime(when), "j M, H:i") if when else ""
