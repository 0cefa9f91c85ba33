"""Send the letters that are due: one mail a transaction, never by two senders at once.

A sender holds the mailbox of a person while it sends one mail to them, and asks again
who may know what. When it dies after the server took the mail and before that is
noted, the mail goes out twice, with the same Message-ID: SMTP knows no better.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.mail import EmailMessage, mailers
from django.db import transaction
from django.db.models import Exists, Min, OuterRef, QuerySet, Subquery
from django.db.models.functions import Now

from statements.models import Article, Edition, Letter, Mailbox, Notice, User, Wish

from . import composing, handing, notices, verbs
from .handing import Came, Unreachable

#: A letter is tried so often: after a minute, two, four, and so on for 17 hours.
TRIES = 11
#: How long letters are kept that were sent, dropped or given up.
KEPT = dt.timedelta(days=30)
#: News that nobody could be told for so long is none.
OLD = dt.timedelta(days=90)
#: What waited for so long comes in one mail, however it was wished for.
LATE = dt.timedelta(days=1)
#: The most letters that one mail is about.
MOST = 100


@dataclass
class Sent:
    """What a run did: mails that were taken; letters dropped, put off, given up."""

    mails: int = 0
    dropped: int = 0
    put_off: int = 0
    given_up: int = 0


def send_due(stopped: Callable[[], bool] = lambda: False) -> Sent:
    """Send every letter that is due, or until told to stop. Raises Unreachable."""
    sent = Sent()
    connection = mailers.default
    try:
        while not stopped() and send_one(connection, sent):
            pass
    finally:
        handing.close(connection)
    return sent


def send_one(connection: Any, sent: Sent) -> bool:
    """Send or drop the oldest letters of one person whom nobody else is sending to.

    False when there are none. Raises Unreachable.
    """
    with transaction.atomic():
        box = _next_box()
        if box is None:
            return False
        now = verbs.clock()
        # Read after the lock: what another sender has just sent is not there any more.
        letters = list(
            _due()
            .filter(box=box)
            .select_related("edition__article__desk")
            .defer("edition__body", "edition__text", "edition__record")
            .order_by("due_at", "pk")[:MOST]
        )
        told = _may_be_told(letters, box, now)
        gone = [each for each in letters if each not in told]
        _end(gone, Letter.End.DROPPED)
        sent.dropped += len(gone)
        if not told:
            return True
        bundle, digest = _bundle(told, box, now)
        mail = composing.message(bundle, box, digest=digest)
        unreachable = _send(connection, mail, bundle, now, sent)
    if unreachable:
        raise Unreachable(unreachable)
    return True


def _due() -> QuerySet[Letter]:
    return Letter.objects.filter(ended_at=None, due_at__lte=Now())


def _next_box() -> Mailbox | None:
    """Whose letter has been due longest, locked; those that others hold are skipped."""
    waiting = _due().filter(box=OuterRef("pk"))
    oldest = waiting.order_by().values("box").annotate(first=Min("due_at"))
    return (
        Mailbox.objects.filter(Exists(waiting))
        .alias(oldest=Subquery(oldest.values("first")))
        .order_by("oldest")
        .select_for_update(no_key=True, skip_locked=True, of=("self",))
        .select_related("user")
        .first()
    )


def _bundle(
    letters: Sequence[Letter], box: Mailbox, now: dt.datetime
) -> tuple[list[Letter], bool]:
    """The letters of one mail, and whether it is a digest.

    Else it is of one thing that happened to one edition, be it by several remarks. What
    waited long, as where mail was set up later, is no heap of mails but a digest.
    """
    first = letters[0]
    if _digested(first, box, now):
        return [each for each in letters if _digested(each, box, now)], True
    same = (first.kind, first.edition_id)
    return [
        each
        for each in letters
        if (each.kind, each.edition_id) == same and not _digested(each, box, now)
    ], False


def _digested(letter: Letter, box: Mailbox, now: dt.datetime) -> bool:
    late = letter.at < now - LATE
    return late or notices.wish_of(box, letter.kind) == Wish.DIGEST


def _may_be_told(
    letters: Sequence[Letter], box: Mailbox, now: dt.datetime
) -> list[Letter]:
    """The letters that the person wants, and may have, at this very moment."""
    person = box.user
    if not (person.is_active and person.is_staff and person.email):
        return []
    seen = readable(letters, person)
    return [
        each
        for each in letters
        if each.edition_id in seen
        and notices.wish_of(box, each.kind) != Wish.NEVER
        and _still_so(each, now)
    ]


def readable(letters: Sequence[Letter], person: User) -> set[int]:
    """The editions among them that somebody may read at the desk now."""
    if not person.has_perm("statements.view_article"):
        return set()
    rows = Edition.objects.kept().filter(
        pk__in={each.edition_id for each in letters},
        article__in=Article.objects.of_desks(person).values("pk"),
    )
    return set(rows.values_list("pk", flat=True))


def _still_so(letter: Letter, now: dt.datetime) -> bool:
    """Whether it waits still, or what was set for an hour was not set otherwise."""
    edition = letter.edition
    if letter.kind == Notice.SUBMITTED:
        # Somebody may have read it, or it was taken back.
        asked = edition.submitted_at is not None and edition.approved_at is None
        return asked and edition.published_at is None
    if letter.kind in (Notice.PUBLISHED, Notice.CORRECTED):
        return bool(edition.published_at == letter.at)
    if letter.kind == Notice.SCHEDULED:
        # Once it is out, that is told.
        return edition.published_at is not None and edition.published_at > now
    if letter.kind == Notice.WITHDRAWN:
        # Set for an hour, it passes on to the edition that is live then.
        return Edition.objects.filter(
            article=edition.article_id, withdrawn_at=letter.at
        ).exists()
    return True


def _send(
    connection: Any,
    mail: EmailMessage,
    letters: Sequence[Letter],
    now: dt.datetime,
    sent: Sent,
) -> str:
    """Hand one mail over; what hinders that, where no mail would go out at all."""
    came = handing.hand(connection, mail)
    if came.what == Came.AWAY:
        # Their time stays as it is: the fault is none of theirs.
        Letter.objects.filter(pk__in=[each.pk for each in letters]).update(
            problem=came.problem
        )
        return came.problem
    if came.what == Came.REFUSED:
        _end(letters, Letter.End.FAILED, came.problem)
        sent.given_up += len(letters)
    elif came.what == Came.LATER:
        _put_off(letters, now, came.problem, sent)
    else:
        _end(letters, Letter.End.SENT)
        sent.mails += 1
    return ""


def _end(letters: Sequence[Letter], end: str, problem: str = "") -> None:
    if letters:
        Letter.objects.filter(pk__in=[each.pk for each in letters]).update(
            ended_at=Now(), end=end, problem=problem
        )


def _put_off(
    letters: Sequence[Letter], now: dt.datetime, problem: str, sent: Sent
) -> None:
    """Try again later, each time after twice as long; at last give up."""
    for letter in letters:
        letter.tries += 1
        letter.problem = problem
        letter.due_at = now + dt.timedelta(minutes=2 ** (letter.tries - 1))
        if letter.tries >= TRIES:
            letter.ended_at, letter.end = now, Letter.End.FAILED
            sent.given_up += 1
        else:
            sent.put_off += 1
    Letter.objects.bulk_update(
        letters, ["tries", "problem", "due_at", "ended_at", "end"]
    )


def waiting() -> int:
    """How many letters are not sent yet, due or not."""
    return Letter.objects.filter(ended_at=None).count()


def failed() -> QuerySet[Letter]:
    """The letters that were given up, the last first."""
    return (
        Letter.objects.filter(end=Letter.End.FAILED)
        .select_related("box__user", "edition")
        .defer("edition__body", "edition__text", "edition__record")
        .order_by("-ended_at", "-pk")
    )


def again() -> int:
    """Let what was given up be tried once more; how many letters."""
    return Letter.objects.filter(end=Letter.End.FAILED).update(
        ended_at=None, end="", tries=0, problem="", due_at=Now()
    )


def tidy() -> int:
    """Delete letters that ended long ago, and news that is none any more."""
    ended = Letter.objects.filter(ended_at__lt=Now() - KEPT)
    stale = Letter.objects.filter(ended_at=None, due_at__lt=Now() - OLD)
    return ended.delete()[0] + stale.delete()[0]
