"""Why an edition may not go out yet: all reasons, for many editions at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from statements.detection.findings import Span
from statements.models import (
    Change,
    Citation,
    Edition,
    EditionMedia,
    MediaAsset,
    Origin,
    Quote,
    User,
    Verdict,
    Waiver,
    acting,
)

from . import intake, verbs
from .suggesting import Suggestions, suggest_many

#: Verdicts with which a quote goes out only when somebody has said why.
DOUBTFUL = (Verdict.DIFFERS, Verdict.ELSEWHERE, Verdict.NOT_FOUND)

#: Rules that a waiver with a reason may set aside, and what the rule is called.
WAIVABLE = {
    "verdict": "A quote does not match its source",
    "anachronism": "A resolution is younger than the statement",
    "suggestions": "Suggestions are still open",
    "alt": "A picture has no text alternative",
    "transcript": "A recording has no transcript",
}
#: Of these a waiver is for the whole edition; of the others, for one subject.
_WHOLE = frozenset({"suggestions"})


@dataclass(frozen=True)
class Reason:
    """One thing that stands against publication, in a sentence fit to show.

    ``subject`` is what it is about, the same while that stays: the permalink of a
    quote, the symbol of a resolution, the key of a file. ``place`` is where the words
    stand in the text, if it is about words.
    """

    rule: str
    subject: str
    sentence: str
    place: Span | None = None

    @property
    def waivable(self) -> bool:
        return self.rule in WAIVABLE

    def __str__(self) -> str:
        return self.sentence


@dataclass(frozen=True)
class Judgement:
    """What stands against an edition, and what would if nobody had set it aside."""

    against: list[Reason] = field(default_factory=list)
    aside: list[Reason] = field(default_factory=list)


def waive(
    edition: Edition, *, by: User, rule: str, reason: str, subject: str = ""
) -> Waiver:
    """Set a rule aside for one thing in one draft, with the reason on record.

    ``subject`` is that of the Reason; open suggestions are set aside as a whole.
    Raises verbs.Frozen: how a published edition came out is told already.
    """
    verbs.demand(by, "publish_edition", "You may not set publishing rules aside.")
    if rule not in WAIVABLE:
        raise verbs.Unusable("That rule cannot be set aside.")
    if bool(subject) == (rule in _WHOLE):
        raise verbs.Unusable("Say what the rule is set aside for.")
    if not reason.strip():
        raise verbs.Unusable("Say why the rule is set aside.")
    with acting(by, reason):
        fresh = intake.open_draft(edition)
        waiver, _ = Waiver.objects.update_or_create(
            edition=fresh,
            rule=rule,
            subject=subject,
            defaults={"reason": reason.strip(), "by": by},
        )
    return waiver


def reasons_not_to_publish(
    editions: Sequence[Edition],
    *,
    before: Mapping[int, Edition | None],
    at: dt.datetime | None = None,
    now: dt.datetime,
    unreviewed_reason: str = "",
) -> list[str]:
    """Every reason against, in sentences; of several editions, each names its title."""
    found = judge_many(
        editions, before=before, at=at, now=now, unreviewed_reason=unreviewed_reason
    )
    if len(editions) == 1:
        return [reason.sentence for reason in found[editions[0].pk].against]
    return [
        f"{edition.title}: {reason}"
        for edition in editions
        for reason in found[edition.pk].against
    ]


def judge_many(
    editions: Sequence[Edition],
    *,
    before: Mapping[int, Edition | None],
    at: dt.datetime | None = None,
    now: dt.datetime,
    unreviewed_reason: str = "",
    found: Mapping[int, Suggestions] | None = None,
) -> dict[int, Judgement]:
    """Every reason against each edition, by its key.

    ``before`` is the edition that readers have just before the moment, by article. Six
    queries whatever the number of editions, and detection for those from a desk, unless
    ``found`` says what it just found.
    """
    keys = [edition.pk for edition in editions]
    problems: dict[int, list[Reason]] = {key: [] for key in keys}
    _time(editions, problems, at, now)
    for edition in editions:
        problems[edition.pk] += [
            *_words(edition),
            *_review(edition, unreviewed_reason),
            *_basis(edition, before[edition.article_id]),
        ]
    _quotes(keys, problems)
    _citations(keys, problems)
    _media(keys, problems)
    waived = set(
        Waiver.objects.filter(edition__in=keys).values_list(
            "edition", "rule", "subject"
        )
    )
    _suggestions(editions, problems, waived, found)
    judged = {key: Judgement() for key in keys}
    for key, reasons in problems.items():
        for reason in reasons:
            aside = (key, reason.rule, reason.subject) in waived
            (judged[key].aside if aside else judged[key].against).append(reason)
    return judged


def judge_rows(
    edition: Edition,
    *,
    before: Edition | None,
    quotes: Iterable[Quote],
    citations: Iterable[Citation],
    uses: Iterable[EditionMedia],
    waived: Iterable[tuple[str, str]],
) -> Judgement:
    """The same of one edition by rows that are at hand; nothing is asked or detected.

    So it says nothing of suggestions that are open.
    """
    aside, judged = set(waived), Judgement()
    reasons = [
        *_words(edition),
        *_review(edition, ""),
        *_basis(edition, before),
        *(reason for quote in quotes for reason in _quote(quote)),
        *(reason for citation in citations for reason in _citation(citation)),
        *(reason for use in uses for reason in _use(use)),
    ]
    for reason in reasons:
        silent = (reason.rule, reason.subject) in aside
        (judged.aside if silent else judged.against).append(reason)
    return judged


def _time(
    editions: Sequence[Edition],
    problems: dict[int, list[Reason]],
    at: dt.datetime | None,
    now: dt.datetime,
) -> None:
    if at is None:
        return
    for edition in editions:
        if at <= now:
            problems[edition.pk].append(
                Reason(
                    "hour",
                    "",
                    "The hour has passed. Choose a later one, or publish now.",
                )
            )
        elif at.second or at.microsecond:
            problems[edition.pk].append(Reason("hour", "", "Choose a whole minute."))


def _words(edition: Edition) -> Iterator[Reason]:
    if edition.published_at is not None:
        yield Reason("out", "", "The edition is scheduled or was published already.")
    if not edition.title.strip():
        yield Reason("title", "", "The statement has no title. Give it one.")
    if not edition.text.strip():
        yield Reason("text", "", "The statement has no text. Paste or write it.")
    if edition.change == Change.CORRECTION and not edition.change_note.strip():
        yield Reason("note", "", "Say in a sentence for readers what was corrected.")


def _review(edition: Edition, unreviewed_reason: str) -> Iterator[Reason]:
    if edition.approved_at is None and not unreviewed_reason.strip():
        yield Reason(
            "review",
            "",
            "Nobody has approved it. Ask a colleague to read and approve it.",
        )


def _basis(edition: Edition, before: Edition | None) -> Iterator[Reason]:
    if (before.pk if before else None) == edition.based_on_id:
        return
    if before is None:
        yield Reason(
            "basis",
            "",
            "The edition that it follows is not out at that hour. Choose a later hour.",
        )
    else:
        yield Reason(
            "basis",
            "",
            f"Edition {before.number} went out since; bring its changes in.",
        )


def _quotes(keys: list[int], problems: dict[int, list[Reason]]) -> None:
    for quote in Quote.objects.filter(edition__in=keys).order_by("start"):
        problems[quote.edition_id] += _quote(quote)


def _quote(quote: Quote) -> Iterator[Reason]:
    key = quote.permalink_id
    if quote.detached_at is not None or quote.start is None or quote.end is None:
        yield Reason(
            "detached",
            key,
            f"The words “{quote}” are gone from the text. Put them back, or remove "
            "the quote.",
        )
        return
    place = Span(quote.start, quote.end)
    if quote.speaker_id is None and quote.organization_id is None:
        yield Reason(
            "speaker",
            key,
            f"The quote “{quote}” has no speaker. Choose who said it.",
            place,
        )
    if quote.confirmed_at is None:
        yield Reason(
            "quote",
            key,
            f"The quote “{quote}” is not confirmed. Read it again and confirm it.",
            place,
        )
    if quote.said_on is None:
        yield Reason(
            "said",
            key,
            f"The quote “{quote}” has no day on which it was said. Give it.",
            place,
        )
    if quote.verdict in DOUBTFUL:
        yield Reason(
            "verdict",
            key,
            f"The quote “{quote}” does not match its source. Mend it; or somebody who "
            "publishes sets this aside with a reason.",
            place,
        )


def _citations(keys: list[int], problems: dict[int, list[Reason]]) -> None:
    for citation in Citation.objects.filter(edition__in=keys).select_related(
        "resolution"
    ):
        problems[citation.edition_id] += _citation(citation)


def _citation(citation: Citation) -> Iterator[Reason]:
    symbol, place = citation.resolution.symbol, Span(citation.start, citation.end)
    if citation.confirmed_at is None:
        yield Reason(
            "citation",
            symbol,
            f"The citation “{citation.printed}” is not confirmed. Confirm or remove "
            "it.",
            place,
        )
    adopted = citation.resolution.adopted_on
    if adopted is not None and adopted > citation.said_on:
        yield Reason(
            "anachronism",
            symbol,
            f"{citation.resolution} was adopted on {adopted:%-d %B %Y}, after "
            "the words that name it. Choose another resolution; or somebody who "
            "publishes sets this aside with a reason.",
            place,
        )


def _media(keys: list[int], problems: dict[int, list[Reason]]) -> None:
    for use in EditionMedia.objects.filter(edition__in=keys).select_related("asset"):
        problems[use.edition_id] += _use(use)


def _use(use: EditionMedia) -> Iterator[Reason]:
    kind, key = use.asset.type, str(use.asset_id)
    if kind == MediaAsset.Type.IMAGE and not use.alt.strip():
        yield Reason(
            "alt", key, f"The picture {use.asset} has no text alternative. Describe it."
        )
    if (
        kind in (MediaAsset.Type.AUDIO, MediaAsset.Type.VIDEO)
        and not use.transcript.strip()
    ):
        yield Reason(
            "transcript",
            key,
            f"The recording {use.asset} has no transcript. Add one; or somebody who "
            "publishes sets this aside with a reason.",
        )


def _suggestions(
    editions: Sequence[Edition],
    problems: dict[int, list[Reason]],
    waived: set[tuple[int, str, str]],
    found: Mapping[int, Suggestions] | None,
) -> None:
    """What detection found and nobody looked at; imports wait in a queue instead."""
    asked = [
        edition
        for edition in editions
        if edition.article.origin == Origin.DESK
        # Not to detect what nobody asks for any more.
        and (found is not None or (edition.pk, "suggestions", "") not in waived)
    ]
    if not asked:
        return
    if found is None:
        found = suggest_many(asked)
    for key in (edition.pk for edition in asked):
        suggestions = found[key]
        parts = []
        for count, one, many in (
            (len(suggestions.quotes), "quote", "quotes"),
            (len(suggestions.citations), "citation", "citations"),
        ):
            if count:
                parts.append(f"{count} {one if count == 1 else many}")
        if parts:
            problems[key].append(
                Reason(
                    "suggestions",
                    "",
                    f"Suggestions are open: {' and '.join(parts)}. Accept or reject "
                    "each.",
                    suggestions.first,
                )
            )
