"""Keep a search under a name, share it with a desk, and choose how to hear of news."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Mapping
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from statements.models import (
    Alert,
    Desk,
    Mailbox,
    Often,
    SavedSearch,
    User,
    Wish,
    acting,
)

from . import notices, verbs
from .inviting import digest_of

#: So many searches one person keeps.
MOST = 100
#: What is published is read only when it stands for so long: the transaction that
#: publishes writes its moment down before others can see it.
SETTLED = dt.timedelta(minutes=2)
#: Who is told at once is asked for again after so long.
PAUSE = dt.timedelta(minutes=1)

_SIGNER = signing.Signer(salt="statements.alerts", sep="~")


def may_search(user: User) -> bool:
    """Whether somebody may search quotes at all: staff who hold the right now."""
    return user.is_active and user.is_staff and user.may("view_quote")


def save(
    name: str, question: Mapping[str, str], *, by: User, desk: Desk | None = None
) -> SavedSearch:
    """Keep a question under a name. Raises verbs.Unusable."""
    _demand(by)
    if not question:
        raise verbs.Unusable("Ask something first: a search without a question is all.")
    search = SavedSearch(owner=by, question=dict(question))
    with acting(by):
        if SavedSearch.objects.filter(owner=by).count() >= MOST:
            raise verbs.Unusable(
                f"You keep {MOST} searches already. Delete one that you need no longer."
            )
        _put(search, name, desk, by)
    return search


def change(search: SavedSearch, name: str, *, by: User, desk: Desk | None) -> None:
    """Give it another name, share it with a desk, or keep it to oneself again.

    Raises verbs.Unusable.
    """
    _demand_own(search, by)
    with acting(by):
        _put(search, name, desk, by)


def _put(search: SavedSearch, name: str, desk: Desk | None, by: User) -> None:
    name = " ".join(name.split())
    if not name or not name.isprintable():
        raise verbs.Unusable("Give the search a name, in letters that can be read.")
    if len(name) > 100:
        raise verbs.Unusable("The name has more than 100 letters. Shorten it.")
    if (
        desk is not None
        and desk.pk != search.desk_id
        and not Desk.objects.of(by).filter(pk=desk.pk).exists()
    ):
        raise PermissionDenied("You may share a search with desks of yours alone.")
    search.name, search.desk = name, desk
    try:
        with transaction.atomic():
            search.save()
    except IntegrityError as problem:
        raise verbs.Unusable(
            f"You have a search called “{name}” already. Choose another name."
        ) from problem


def delete(search: SavedSearch, *, by: User) -> None:
    """Forget it, and with it everybody's mails and feeds of it."""
    _demand_own(search, by)
    with acting(by):
        search.delete()


def tell(search: SavedSearch, often: str, *, by: User) -> None:
    """Choose how often one is told by mail of what is new from now on."""
    _demand_reader(search, by)
    if often not in Often.values:
        raise verbs.Unusable("Choose: at once, daily, weekly, or not at all.")
    with acting(by):
        alert = _alert(search, by)
        now = verbs.clock()
        if alert.often == Often.NEVER:
            # What nobody waited for is no news.
            alert.since = now - SETTLED
        alert.often = often
        alert.due_at = following(alert, notices.box_of(by), now)
        alert.tries, alert.problem = 0, ""
        alert.save()


def make_address(search: SavedSearch, *, by: User) -> str:
    """Make one's private feed of a search, or make it anew; the token, told once."""
    _demand_reader(search, by)
    token = secrets.token_urlsafe(32)
    with acting(by):
        alert = _alert(search, by)
        alert.token_sha256 = digest_of(token)
        alert.save(update_fields=["token_sha256"])
    return token


def revoke_address(search: SavedSearch, *, by: User) -> None:
    """End one's private feed: its address leads nowhere from now on."""
    _demand_reader(search, by)
    with acting(by):
        alert = _alert(search, by)
        alert.token_sha256 = None
        alert.save(update_fields=["token_sha256"])


def following(alert: Alert, box: Mailbox, now: dt.datetime) -> dt.datetime | None:
    """When a reader is told next: at the hour of their digest, for all but at once."""
    if alert.often == Often.NEVER:
        return None
    if alert.often == Often.ONCE:
        return now + PAUSE
    at = notices.due(box, Wish.DIGEST, now)
    place = ZoneInfo(settings.TIME_ZONE)
    while alert.often == Often.WEEKLY and at.astimezone(place).weekday() != 0:
        at = notices.due(box, Wish.DIGEST, at)
    return at


def reads(alert: Alert) -> bool:
    """Whether its reader may, at this moment, be told what the search finds."""
    search = SavedSearch.objects.of(alert.reader).filter(pk=alert.search_id)
    return may_search(alert.reader) and search.exists()


def reader_of(token: str) -> Alert | None:
    """Whose feed an address is, while that person may read it."""
    alert = (
        Alert.objects.filter(token_sha256=digest_of(token))
        .select_related("search", "reader")
        .first()
    )
    return alert if alert is not None and reads(alert) else None


def token(alert: Alert) -> str:
    """What a mail bears so that one click ends such mails, without a login."""
    return _SIGNER.sign(str(alert.pk))


def read(token: str) -> Alert | None:
    """Which mails a token ends; None for one that was never given."""
    try:
        key = _SIGNER.unsign(token)
    except signing.BadSignature:
        return None
    return Alert.objects.filter(pk=key).first()


def stop(alert: Alert) -> None:
    """End the mails of one alert; a second time it changes nothing."""
    Alert.objects.filter(pk=alert.pk).update(
        often=Often.NEVER, due_at=None, tries=0, problem=""
    )


def _alert(search: SavedSearch, by: User) -> Alert:
    """How somebody hears of a search, locked: no sender is at it meanwhile."""
    Alert.objects.bulk_create([Alert(search=search, reader=by)], ignore_conflicts=True)
    rows = Alert.objects.select_for_update(no_key=True)
    return rows.get(search=search, reader=by)


def _demand(by: User) -> None:
    verbs.demand(by, "view_quote", "You may not search quotes.")


def _demand_own(search: SavedSearch, by: User) -> None:
    _demand(by)
    if search.owner_id != by.pk:
        raise PermissionDenied("Only who saved a search may change it.")


def _demand_reader(search: SavedSearch, by: User) -> None:
    _demand(by)
    if not SavedSearch.objects.of(by).filter(pk=search.pk).exists():
        raise PermissionDenied("This search is not shared with you.")
