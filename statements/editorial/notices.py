"""Tell colleagues what happened to a statement, each as they wish.

Letters are written in the transaction of what they tell of: both are there, or neither.
They are sent later, by ``posting``, which asks again who may know what.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.db.models import Q, QuerySet

from statements.models import (
    Desk,
    Edition,
    EditionContributor,
    Letter,
    Mailbox,
    Notice,
    Origin,
    User,
    Wish,
)

from . import verbs

#: What somebody gets who chose nothing: at once what waits for them or cannot wait.
USUAL: dict[str, Wish] = {
    Notice.SUBMITTED: Wish.ONCE,
    Notice.RETURNED: Wish.ONCE,
    Notice.REMARK: Wish.ONCE,
    Notice.APPROVED: Wish.ONCE,
    Notice.SCHEDULED: Wish.DIGEST,
    Notice.PUBLISHED: Wish.DIGEST,
    Notice.CORRECTED: Wish.ONCE,
    Notice.WITHDRAWN: Wish.ONCE,
    Notice.ANSWERED: Wish.ONCE,
}

_SIGNER = signing.Signer(salt="statements.notices", sep="~")
#: A kind in the address that ends it. Addresses in old mails stay good: never change.
_LETTERS: dict[str, str] = {
    "s": Notice.SUBMITTED,
    "r": Notice.RETURNED,
    "m": Notice.REMARK,
    "a": Notice.APPROVED,
    "h": Notice.SCHEDULED,
    "p": Notice.PUBLISHED,
    "c": Notice.CORRECTED,
    "w": Notice.WITHDRAWN,
    "n": Notice.ANSWERED,
}


def tell(
    kind: Notice,
    edition: Edition,
    *,
    by: User,
    at: dt.datetime | None = None,
    also: Iterable[int | None] = (),
) -> None:
    """Write letters about an edition to those concerned, but not to who did it.

    ``at`` is the moment of what happened (default: now); where it lies ahead, the
    letters wait until then. ``also`` are the keys of people who are concerned though
    they wrote nothing. Call it within the transaction of the verb. One query, and two
    where anybody is told.
    """
    if edition.article.origin == Origin.IMPORT:
        # Archives are loaded by the thousand, and nobody waits for them.
        return
    people = list(
        _concerned(kind, edition, [key for key in also if key is not None])
        .exclude(pk=by.pk)
        .select_related("mailbox")
        .only("pk", "mailbox__user", "mailbox__wishes", "mailbox__hour")
        .order_by("pk")
    )
    if not people:
        return
    boxes = {each.pk: getattr(each, "mailbox", None) for each in people}
    new = [Mailbox(user_id=key) for key, box in boxes.items() if box is None]
    if new:
        Mailbox.objects.bulk_create(new, ignore_conflicts=True)
    moment = verbs.clock() if at is None else at
    letters = []
    for key, box in boxes.items():
        box = box or Mailbox(user_id=key)
        wish = wish_of(box, kind)
        if wish != Wish.NEVER:
            letters.append(
                Letter(
                    box_id=key,
                    kind=kind,
                    edition=edition,
                    at=moment,
                    due_at=due(box, wish, moment),
                )
            )
    Letter.objects.bulk_create(letters)


def _concerned(kind: Notice, edition: Edition, also: list[int]) -> QuerySet[User]:
    """Who is told: of what is submitted those who may review it, else its writers.

    Only staff with an address. Whether each may read it is asked when it is sent.
    """
    wrote = EditionContributor.objects.filter(edition=edition).values("user")
    if kind == Notice.SUBMITTED:
        # Who wrote in it cannot approve it, so nothing waits for them.
        asked = _reviewers(edition.article.desk_id) & ~Q(pk__in=wrote)
    elif kind == Notice.ANSWERED:
        asked = Q(pk__in=also)
    else:
        asked = Q(pk__in=wrote) | Q(pk__in=also)
    return User.objects.filter(asked, is_active=True, is_staff=True).exclude(email="")


def _reviewers(desk: int | None) -> Q:
    """Those of a desk who may approve; of no desk, those who see every one."""
    found = Q(pk__in=User.objects.with_perm("statements.approve_edition").values("pk"))
    if desk is None:
        every = User.objects.with_perm("statements.see_every_desk")
        return found & Q(pk__in=every.values("pk"))
    members = Desk.members.through.objects.filter(desk=desk)
    return found & Q(pk__in=members.values("user"))


def wish_of(box: Mailbox, kind: str) -> Wish:
    """How somebody wants to hear of one kind."""
    chosen = box.wishes.get(kind, "")
    return Wish(chosen) if chosen in Wish.values else USUAL[kind]


def due(box: Mailbox, wish: Wish, moment: dt.datetime) -> dt.datetime:
    """When to send what happened at a moment: then, or with the next digest.

    The hour is the site's. In the night when clocks go forward it may be left out: the
    digest is an hour later then.
    """
    if wish != Wish.DIGEST:
        return moment
    place = ZoneInfo(settings.TIME_ZONE)
    day = moment.astimezone(place).date()
    hour = dt.time(box.hour, tzinfo=place)
    if dt.datetime.combine(day, hour).astimezone(dt.UTC) <= moment:
        day += dt.timedelta(days=1)
    return dt.datetime.combine(day, hour).astimezone(dt.UTC)


def box_of(user: User) -> Mailbox:
    """The mailbox of somebody, as it is or would be."""
    return Mailbox.objects.filter(user=user).first() or Mailbox(user=user)


def choose(*, by: User, wishes: Mapping[str, str], hour: int) -> None:
    """Take down how somebody wants to be told; what waits already follows.

    Raises verbs.Unusable.
    """
    if not set(wishes) <= set(Notice.values) or not set(wishes.values()) <= set(
        Wish.values
    ):
        raise verbs.Unusable(
            "Choose for each kind: at once, in the daily digest, or not at all."
        )
    if hour not in range(24):
        raise verbs.Unusable("Choose an hour from 0 to 23.")
    with transaction.atomic():
        box = _held(by)
        box.wishes = {**box.wishes, **wishes}
        box.hour = hour
        box.save(update_fields=["wishes", "hour"])
        _follow(box)


def _held(user: User) -> Mailbox:
    """The mailbox of somebody, locked: no sender is at it meanwhile."""
    Mailbox.objects.bulk_create([Mailbox(user=user)], ignore_conflicts=True)
    return Mailbox.objects.select_for_update(no_key=True).get(user=user)


def _follow(box: Mailbox) -> None:
    """Let letters that wait follow what their person wants now."""
    now = verbs.clock()
    waiting = list(box.letters.filter(ended_at=None, tries=0))
    for letter in waiting:
        wish = wish_of(box, letter.kind)
        if wish == Wish.NEVER:
            letter.ended_at, letter.end = now, Letter.End.DROPPED
        elif wish == Wish.DIGEST:
            letter.due_at = due(box, wish, max(letter.at, now))
        else:
            letter.due_at = letter.at
    Letter.objects.bulk_update(waiting, ["due_at", "ended_at", "end"])


def token(user: User, kinds: Iterable[str]) -> str:
    """What a mail bears so that one click ends mails of its kinds, without a login.

    Signed and kept nowhere: it says whose mails, and which, and cannot be made up.
    """
    wanted = set(kinds)
    codes = "".join(code for code, kind in _LETTERS.items() if kind in wanted)
    return _SIGNER.sign(f"{user.pk}-{codes}")


def read(token: str) -> tuple[User, list[Notice]] | None:
    """Whose mails a token ends, and which; None for one that was never given."""
    try:
        key, _, codes = _SIGNER.unsign(token).partition("-")
    except signing.BadSignature:
        return None
    user = User.objects.filter(pk=key).first()
    if user is None:
        return None
    return user, [Notice(_LETTERS[code]) for code in codes if code in _LETTERS]


def stop(user: User, kinds: Iterable[Notice]) -> None:
    """End mails of these kinds to somebody; a second time it changes nothing."""
    with transaction.atomic():
        box = _held(user)
        box.wishes = {**box.wishes, **{kind.value: Wish.NEVER.value for kind in kinds}}
        box.save(update_fields=["wishes"])
        _follow(box)
