"""Why an edition may not go out yet: all reasons, for many editions at once."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence

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


def waive(
    edition: Edition, *, by: User, rule: str, reason: str, subject: str = ""
) -> Waiver:
    """Set one rule aside for one draft, with the reason on record.

    Raises verbs.Frozen: how a published edition came out is told already.
    """
    verbs.demand(by, "publish_edition", "You may not set publishing rules aside.")
    if rule not in WAIVABLE:
        raise verbs.Unusable("That rule cannot be set aside.")
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
    found: Mapping[int, Suggestions] | None = None,
) -> list[str]:
    """Every reason against, in sentences; of several editions, each names its title.

    ``before`` is the edition that readers have just before the moment, by article. Six
    queries whatever the number of editions, and detection for those from a desk, unless
    ``found`` says what it just found.
    """
    keys = [edition.pk for edition in editions]
    problems: dict[int, list[str]] = {key: [] for key in keys}
    waived = set(Waiver.objects.filter(edition__in=keys).values_list("edition", "rule"))
    _time(editions, problems, at, now)
    for edition in editions:
        _words(edition, problems[edition.pk])
        _review(edition, problems[edition.pk], unreviewed_reason)
        _basis(edition, problems[edition.pk], before[edition.article_id])
    _quotes(keys, problems, waived)
    _citations(keys, problems, waived)
    _media(keys, problems, waived)
    _suggestions(editions, problems, waived, found)
    if len(editions) == 1:
        return problems[keys[0]]
    return [
        f"{edition.title}: {problem}"
        for edition in editions
        for problem in problems[edition.pk]
    ]


def _time(
    editions: Sequence[Edition],
    problems: dict[int, list[str]],
    at: dt.datetime | None,
    now: dt.datetime,
) -> None:
    if at is None:
        return
    for edition in editions:
        if at <= now:
            problems[edition.pk].append(
                "The hour has passed. Choose a later one, or publish now."
            )
        elif at.second or at.microsecond:
            problems[edition.pk].append("Choose a whole minute.")


def _words(edition: Edition, problems: list[str]) -> None:
    if edition.published_at is not None:
        problems.append("The edition is scheduled or was published already.")
    if not edition.title.strip():
        problems.append("The statement has no title.")
    if not edition.text.strip():
        problems.append("The statement has no text.")
    if edition.change == Change.CORRECTION and not edition.change_note.strip():
        problems.append("Say in a sentence for readers what was corrected.")


def _review(edition: Edition, problems: list[str], unreviewed_reason: str) -> None:
    if edition.approved_at is None and not unreviewed_reason.strip():
        problems.append(
            "Nobody has approved it. Ask a colleague to, or publish it unreviewed with "
            "a reason."
        )


def _basis(edition: Edition, problems: list[str], before: Edition | None) -> None:
    if (before.pk if before else None) == edition.based_on_id:
        return
    if before is None:
        problems.append(
            "The edition it is based on is not out at that hour. Publish it later."
        )
    else:
        problems.append(
            f"Edition {before.number} went out since; bring its changes in."
        )


def _quotes(
    keys: list[int], problems: dict[int, list[str]], waived: set[tuple[int, str]]
) -> None:
    for quote in Quote.objects.filter(edition__in=keys).order_by("start"):
        reasons = problems[quote.edition_id]
        if quote.detached_at is not None:
            reasons.append(
                f"The words “{quote}” are gone from the text. Put them back, or remove "
                "the quote."
            )
            continue
        if quote.speaker_id is None and quote.organization_id is None:
            reasons.append(f"The quote “{quote}” has no speaker.")
        if quote.confirmed_at is None:
            reasons.append(f"The quote “{quote}” is not confirmed.")
        if quote.said_on is None:
            reasons.append(f"The quote “{quote}” has no date.")
        if quote.verdict in DOUBTFUL and (quote.edition_id, "verdict") not in waived:
            reasons.append(
                f"The quote “{quote}” does not match its source. Mend it, or waive the "
                "rule with a reason."
            )


def _citations(
    keys: list[int], problems: dict[int, list[str]], waived: set[tuple[int, str]]
) -> None:
    for citation in Citation.objects.filter(edition__in=keys).select_related(
        "resolution"
    ):
        reasons = problems[citation.edition_id]
        if citation.confirmed_at is None:
            reasons.append(f"The citation “{citation.printed}” is not confirmed.")
        adopted = citation.resolution.adopted_on
        if (
            adopted is not None
            and adopted > citation.said_on
            and (citation.edition_id, "anachronism") not in waived
        ):
            reasons.append(
                f"{citation.resolution} was adopted on {adopted:%-d %B %Y}, after the "
                "words that name it. Choose another resolution, or waive the rule with "
                "a reason."
            )


def _media(
    keys: list[int], problems: dict[int, list[str]], waived: set[tuple[int, str]]
) -> None:
    for use in EditionMedia.objects.filter(edition__in=keys).select_related("asset"):
        kind = use.asset.type
        if (
            kind == MediaAsset.Type.IMAGE
            and not use.alt.strip()
            and (use.edition_id, "alt") not in waived
        ):
            problems[use.edition_id].append(
                f"The picture {use.asset} has no text alternative. Describe it."
            )
        if (
            kind in (MediaAsset.Type.AUDIO, MediaAsset.Type.VIDEO)
            and not use.transcript.strip()
            and (use.edition_id, "transcript") not in waived
        ):
            problems[use.edition_id].append(
                f"The recording {use.asset} has no transcript. Add one, or waive the "
                "rule with a reason."
            )


def _suggestions(
    editions: Sequence[Edition],
    problems: dict[int, list[str]],
    waived: set[tuple[int, str]],
    found: Mapping[int, Suggestions] | None,
) -> None:
    """What detection found and nobody looked at; imports wait in a queue instead."""
    asked = [
        edition
        for edition in editions
        if edition.article.origin == Origin.DESK
        and (edition.pk, "suggestions") not in waived
    ]
    if not asked:
        return
    totals: dict[int, list[str]] = defaultdict(list)
    if found is None:
        found = suggest_many(asked)
    for key in (edition.pk for edition in asked):
        suggestions = found[key]
        for count, one, many in (
            (len(suggestions.quotes), "quote", "quotes"),
            (len(suggestions.citations), "citation", "citations"),
        ):
            if count:
                totals[key].append(f"{count} {one if count == 1 else many}")
    for key, parts in totals.items():
        problems[key].append(
            f"Suggestions are open: {' and '.join(parts)}. Accept or reject each."
        )
