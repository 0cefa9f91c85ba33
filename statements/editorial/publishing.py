"""Submit, approve, publish, schedule, correct and withdraw.

The clock publishes: a verb sets moments, and the database derives from them what is
live. Verbs lock the article first, so there is one order of locks.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db.models import (
    Case,
    F,
    Func,
    JSONField,
    QuerySet,
    TextField,
    Value,
    When,
)

from statements.models import (
    Article,
    Change,
    Edition,
    LateApproval,
    Notice,
    Permalink,
    Rendering,
    User,
    acting,
)

from . import correcting, drawing, notices, silencing, verbs
from .reasons import reasons_not_to_publish
from .verbs import NotReady

#: An edition whose hour is nearer than this goes out; it is too late to stop it.
TOO_LATE = dt.timedelta(seconds=5)

_NOT_WITHDRAWN: dict[str, object] = {
    "withdrawn_at": None,
    "withdrawn_by": None,
    "withdrawn_reason": "",
    "withdrawn_note": "",
}


#: Why a step cannot be taken; told of many statements at once as well.
OUT_ALREADY = "The edition is scheduled or was published already."
NOT_SUBMITTED = "The statement was not submitted for review."
NOT_SCHEDULED = "The edition is not scheduled."


def submit(edition: Edition, *, by: User) -> Edition:
    """Ask for a second pair of eyes."""
    verbs.demand(by, "submit_edition", "You may not submit statements for review.")
    with acting(by):
        fresh = _unpublished(edition)
        fresh.submitted_at, fresh.submitted_by = verbs.clock(), by
        fresh.returned_at = fresh.returned_by = None
        _save(fresh, "submitted", "returned")
        notices.tell(Notice.SUBMITTED, fresh, by=by, at=fresh.submitted_at)
    return fresh


def send_back(edition: Edition, *, by: User, remark: str = "") -> Edition:
    """Return an edition to its authors; the remark is kept in the record."""
    verbs.demand(by, "approve_edition", "You may not return statements.")
    with acting(by, remark):
        fresh = _unpublished(edition)
        if fresh.submitted_at is None:
            raise NotReady([NOT_SUBMITTED])
        asked = fresh.submitted_by_id
        fresh.returned_at, fresh.returned_by = verbs.clock(), by
        fresh.submitted_at = fresh.submitted_by = None
        fresh.approved_at = fresh.approved_by = None
        fresh.approved_digest = ""
        _save(fresh, "submitted", "returned", "approved", "approved_digest")
        notices.tell(Notice.RETURNED, fresh, by=by, at=fresh.returned_at, also=[asked])
    return fresh


def approve(edition: Edition, *, by: User) -> Edition:
    """Approve exactly what stands there now; any change afterwards voids it.

    Raises NotReady when ``by`` wrote in the edition: four eyes see more than two.
    """
    verbs.demand(by, "approve_edition", "You may not approve statements.")
    with acting(by):
        fresh = _unpublished(edition)
        if fresh.contributors.filter(user=by).exists():
            raise NotReady(
                ["You wrote in this edition, so somebody else must approve it."]
            )
        fresh.approved_at, fresh.approved_by = verbs.clock(), by
        fresh.approved_digest = Func(
            F("pk"), function="public.edition_digest", output_field=TextField()
        )
        _save(fresh, "approved", "approved_digest")
        fresh.refresh_from_db(fields=["approved_digest"])
        _tell(Notice.APPROVED, fresh, by=by, at=fresh.approved_at)
    return fresh


def approve_late(edition: Edition, *, by: User) -> LateApproval:
    """Approve what went out without a review, and take its mark off the desk.

    Raises NotReady when nothing is to be approved, or ``by`` wrote or published it.
    """
    verbs.demand(by, "approve_edition", "You may not approve statements.")
    with acting(by):
        verbs.lock([edition.article_id])
        fresh = Edition.objects.select_related("article").get(pk=edition.pk)
        out = fresh.published_at is not None and fresh.published_at <= verbs.clock()
        if (
            not out
            or fresh.approved_at is not None
            or LateApproval.objects.filter(edition=fresh).exists()
        ):
            raise NotReady(["There is nothing to approve afterwards in this edition."])
        if fresh.published_by == by or fresh.contributors.filter(user=by).exists():
            raise NotReady(
                ["You wrote or published this edition, so somebody else must read it."]
            )
        approval = LateApproval.objects.create(edition=fresh, by=by)
        _tell(Notice.APPROVED, fresh, by=by)
        return approval


def publish(
    edition: Edition,
    *,
    by: User,
    at: dt.datetime | None = None,
    unreviewed_reason: str = "",
) -> Edition:
    """Send an edition out, now or at the hour given.

    Raises NotReady with every reason at once, rather than publishing a text whose
    quotes nobody has checked.
    """
    return publish_many([edition], by=by, at=at, unreviewed_reason=unreviewed_reason)[0]


def publish_many(
    editions: Sequence[Edition],
    *,
    by: User,
    at: dt.datetime | None = None,
    unreviewed_reason: str = "",
) -> list[Edition]:
    """Publish editions of different articles at one moment, all or none.

    Reasons are collected for all before the first row is written.
    """
    verbs.demand(by, "publish_edition", "You may not publish statements.")
    if unreviewed_reason:
        verbs.demand(
            by,
            "publish_unreviewed_edition",
            "You may not publish what nobody has approved. Ask a colleague to.",
        )
    with acting(by, unreviewed_reason):
        verbs.lock(edition.article_id for edition in editions)
        fresh = _afresh(editions)
        if any(edition.in_bin for edition in fresh):
            raise verbs.InBin
        now = verbs.clock()
        moment = now if at is None else at
        _take_off_scheduled(fresh, moment, now)
        before = _live_just_before(fresh, moment)
        reasons = reasons_not_to_publish(
            fresh,
            before=before,
            at=at,
            now=now,
            unreviewed_reason=unreviewed_reason,
        )
        if reasons:
            raise NotReady(reasons)
        passed_on = _supersede(before, moment, by)
        keys = [edition.pk for edition in fresh]
        # In two steps, so that the record is drawn up once and not for its digest too.
        Edition.objects.filter(pk__in=keys).update(
            unreviewed_reason=Case(
                When(approved_at=None, then=Value(unreviewed_reason.strip())),
                default=Value(""),
            ),
            previous_digest=Case(
                *[
                    When(pk=edition.pk, then=Value(former.digest))
                    for edition in fresh
                    if (former := before[edition.article_id]) is not None
                ],
                default=Value(""),
            ),
            record=Func(
                F("pk"), function="public.edition_record", output_field=JSONField()
            ),
        )
        Edition.objects.filter(pk__in=keys).update(
            published_at=moment,
            published_by=by,
            digest=Func(
                F("previous_digest"),
                F("record"),
                function="public.record_digest",
                output_field=TextField(),
            ),
        )
        for article, withdrawal in passed_on.items():
            Edition.objects.filter(pk__in=keys, article=article).update(**withdrawal)
        correcting.record(fresh, before)
        drawing.draw(keys)
        for edition in fresh:
            if moment > now:
                _tell(Notice.SCHEDULED, edition, by=by, at=now)
            mended = edition.change == Change.CORRECTION
            kind = Notice.CORRECTED if mended else Notice.PUBLISHED
            _tell(kind, edition, by=by, at=moment)
        return _afresh(fresh)


def unschedule(edition: Edition, *, by: User) -> list[Edition]:
    """Take a scheduled edition off, and those scheduled after it; return them all.

    Raises NotReady when it goes out within five seconds: too late to be sure.
    """
    verbs.demand(by, "publish_edition", "You may not change when statements go out.")
    with acting(by):
        verbs.lock([edition.article_id])
        now = verbs.clock()
        (fresh,) = _afresh([edition])
        if fresh.published_at is None or fresh.published_at <= now:
            raise NotReady([NOT_SCHEDULED])
        return _take_off(
            Edition.objects.filter(
                article=fresh.article_id, published_at__gte=fresh.published_at
            ),
            now,
        )


def withdraw(
    article: Article,
    *,
    by: User,
    reason: str,
    note: str,
    at: dt.datetime | None = None,
) -> Edition:
    """Withdraw a statement, now or at an hour: readers see the reason and the note.

    Editions scheduled after that moment are taken off, or the clock would publish
    again. Raises NotReady.
    """
    verbs.demand(by, "withdraw_article", "You may not withdraw statements.")
    with acting(by, note):
        verbs.lock([article.pk])
        now = verbs.clock()
        moment = now if at is None else at
        problems = []
        if not reason:
            problems.append("Choose why the statement is withdrawn.")
        if not note.strip():
            problems.append("Write a sentence for readers about the withdrawal.")
        if at is not None:
            problems += _not_an_hour(at, now)
        live = Edition.objects.filter(article=article).live(moment).first()
        if live is None:
            problems.append(
                "The statement is not public then, so it cannot be withdrawn."
            )
        elif live.published_at == moment:
            # Its time would be empty: readers would have nothing to be told of.
            problems.append(
                "The statement goes out at that minute. Choose a later one, or take it "
                "off the schedule."
            )
        if problems or live is None:
            raise NotReady(problems)
        _take_off(
            Edition.objects.filter(
                article=article, published_at__gt=max(moment, live.published_at)
            ),
            now,
        )
        live.refresh_from_db()
        live.withdrawn_at, live.withdrawn_by = moment, by
        live.withdrawn_reason, live.withdrawn_note = reason, note.strip()
        live.save(
            update_fields=[
                "withdrawn_at",
                "withdrawn_by",
                "withdrawn_reason",
                "withdrawn_note",
            ]
        )
        _tell(Notice.WITHDRAWN, live, by=by, at=moment)
    return live


def demand_nobody_needs(article: Article) -> None:
    """Raise NotReady for what readers had or will have, or other statements name."""
    if Edition.objects.filter(article=article, published_at__isnull=False).exists():
        raise NotReady(
            ["The statement was scheduled or published. Withdraw it instead."]
        )
    if article.translations.exists():
        raise NotReady(["Other statements translate this one."])


def discard(article: Article, *, by: User) -> None:
    """Delete a statement that was never public, with its drafts. Raises NotReady."""
    verbs.demand(by, "delete_article", "You may not delete statements.")
    with acting(by):
        verbs.lock([article.pk])
        demand_nobody_needs(article)
        editions = Edition.objects.filter(article=article)
        silencing.keep_always(article)
        article.citations.all().delete()
        article.quotes.all().delete()
        Permalink.objects.filter(article=article).delete()
        for edition in editions:
            edition.media.all().delete()
        editions.update(based_on=None)
        editions.delete()
        article.delete()


def discard_edition(edition: Edition, *, by: User) -> None:
    """Delete a draft of an article that has other editions, in the bin or not."""
    verbs.demand(by, "change_article", "You may not change statements.")
    with acting(by):
        verbs.lock([edition.article_id])
        (fresh,) = _afresh([edition])
        if fresh.frozen:
            raise NotReady([OUT_ALREADY])
        if not Edition.objects.filter(article=fresh.article).exclude(pk=fresh.pk):
            raise NotReady(["It is the only edition. Delete the statement instead."])
        fresh.citations.all().delete()
        fresh.quotes.all().delete()
        fresh.media.all().delete()
        fresh.delete()


def _afresh(editions: Sequence[Edition]) -> list[Edition]:
    rows = (
        Edition.objects.with_bin()
        .select_related("article")
        .defer("record")
        .in_bulk([edition.pk for edition in editions])
    )
    return [rows[edition.pk] for edition in editions]


def _unpublished(edition: Edition) -> Edition:
    """The edition, locked and afresh; raises NotReady when it is out or scheduled."""
    verbs.lock([edition.article_id])
    (fresh,) = _afresh([edition])
    if fresh.frozen:
        raise NotReady(["The edition is scheduled or was published already."])
    if fresh.in_bin:
        raise verbs.InBin
    return fresh


def _tell(
    kind: Notice, edition: Edition, *, by: User, at: dt.datetime | None = None
) -> None:
    """Tell who wrote in it, and who asked for the review."""
    notices.tell(kind, edition, by=by, at=at, also=[edition.submitted_by_id])


def _save(edition: Edition, *names: str) -> None:
    fields = {field.name for field in Edition._meta.concrete_fields}
    edition.save(
        update_fields=[
            field
            for name in names
            for field in ([name] if name in fields else [f"{name}_at", f"{name}_by"])
        ]
    )


def _live_just_before(
    editions: Sequence[Edition], moment: dt.datetime
) -> dict[int, Edition | None]:
    """What readers have, or had last, just before a moment, by article."""
    before: dict[int, Edition | None] = {e.article_id: None for e in editions}
    rows = (
        Edition.objects.filter(article__in=before, published_at__lt=moment)
        .defer("record", "body", "text")
        .order_by("published_at")
    )
    for row in rows:
        before[row.article_id] = row
    return before


def _take_off_scheduled(
    editions: Sequence[Edition], moment: dt.datetime, now: dt.datetime
) -> None:
    """Take off what is scheduled for the hour of this publication, or later.

    Left there, the clock would put an older text over the newer one. It must be
    rebased on what goes out now, and scheduled again.
    """
    later = Edition.objects.filter(
        article__in=[edition.article_id for edition in editions],
        published_at__gte=moment,
    ).exclude(pk__in=[edition.pk for edition in editions])
    _take_off(later, now)


def _take_off(scheduled: QuerySet[Edition], now: dt.datetime) -> list[Edition]:
    editions = list(scheduled.order_by("-published_at"))
    for edition in editions:
        if edition.published_at <= now + TOO_LATE:
            raise NotReady(
                [
                    f"Edition {edition.number} goes out within seconds. "
                    "Try again when it is out."
                ]
            )
    keys = [edition.pk for edition in editions]
    Rendering.objects.filter(edition__in=keys).delete()
    correcting.forget(keys)
    for edition in editions:
        # One by one, the latest first: the former's end moves when its successor goes.
        Edition.objects.filter(pk=edition.pk).update(
            published_at=None,
            published_by=None,
            superseded_at=None,
            superseded_by=None,
            **_NOT_WITHDRAWN,
            record=None,  # SQL's NULL, not JSON's
            digest="",
            previous_digest="",
        )
        Edition.objects.filter(
            article=edition.article_id, superseded_at=edition.published_at
        ).update(superseded_at=None, superseded_by=None, **_withdrawal(edition))
    return editions


def _supersede(
    before: dict[int, Edition | None], moment: dt.datetime, by: User
) -> dict[int, dict[str, object]]:
    """End what is live at the moment; return the withdrawals still ahead, by article.

    A withdrawal set for later was meant for the statement, so it passes on to the
    edition that takes over.
    """
    ending = [live for live in before.values() if live and _lasts(live, moment)]
    Edition.objects.filter(pk__in=[live.pk for live in ending]).update(
        superseded_at=moment, superseded_by=by, **_NOT_WITHDRAWN
    )
    return {live.article_id: _withdrawal(live) for live in ending if live.withdrawn_at}


def _withdrawal(edition: Edition) -> dict[str, object]:
    return {
        "withdrawn_at": edition.withdrawn_at,
        "withdrawn_by": edition.withdrawn_by_id,
        "withdrawn_reason": edition.withdrawn_reason,
        "withdrawn_note": edition.withdrawn_note,
    }


def _lasts(edition: Edition, moment: dt.datetime) -> bool:
    return (edition.superseded_at is None or edition.superseded_at > moment) and (
        edition.withdrawn_at is None or edition.withdrawn_at > moment
    )


def _not_an_hour(at: dt.datetime, now: dt.datetime) -> list[str]:
    """Why a moment set for later cannot be used."""
    if at <= now:
        return ["The hour has passed. Choose a later one, or do it now."]
    if at.second or at.microsecond:
        return ["Choose a whole minute."]
    return []
