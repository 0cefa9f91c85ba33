"""Tries to sign in: ten that fail, and the eleventh is not even looked at.

Tries are rows of the session table: short-lived too, seen by all processes, and swept
by ``clearsessions``. Their keys are secret digests, so that the table names no account
or address, and nobody can send one as a session of theirs.
"""

from __future__ import annotations

import datetime as dt
import unicodedata

from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils.crypto import salted_hmac

from . import verbs

MOST = 10
WINDOW = dt.timedelta(minutes=15)


@transaction.atomic
def begin(
    account: str, address: str, *, at: dt.datetime | None = None
) -> dt.datetime | None:
    """Count a try; or, after too many, the moment from which there may be another.

    Counted before the password is looked at, so that a hundred tries at once are not
    all let through; ``succeeded`` takes it back. Whether the account exists makes no
    difference. ``address``: where the request came from, "" where that is not known.
    """
    now = verbs.clock() if at is None else at
    counted = []
    # Addresses before accounts, in every transaction: nobody waits in a circle. And
    # an address that is out of tries leaves no more rows behind.
    for key in _keys(account, address):
        row = _row(key, now)
        tries = _recent(row, now)
        if len(tries) >= MOST:
            return dt.datetime.fromtimestamp(tries[-MOST], dt.UTC) + WINDOW
        counted.append((row, tries))
    for row, tries in counted:
        _keep(row, [*tries, now.timestamp()], now)
    return None


@transaction.atomic
def succeeded(account: str, address: str, *, at: dt.datetime | None = None) -> None:
    """Forget the tries for an account, and this one of the address."""
    now = verbs.clock() if at is None else at
    *places, name = _keys(account, address)
    for key in places:
        row = _row(key, now)
        _keep(row, _recent(row, now)[:-1], now)
    Session.objects.filter(pk=name).delete()


def _keys(account: str, address: str) -> list[str]:
    name = unicodedata.normalize("NFKC", account).casefold().strip()
    kinds = [("address", address)] if address else []
    return [
        salted_hmac(
            "newsroom.tries", f"{kind}:{value}", algorithm="sha256"
        ).hexdigest()[:40]
        for kind, value in [*kinds, ("account", name)]
    ]


def _row(key: str, now: dt.datetime) -> Session:
    """The row of a key, locked."""
    fresh = Session(
        session_key=key,
        session_data=Session.objects.encode({"tries": []}),
        expire_date=now + WINDOW,
    )
    Session.objects.bulk_create([fresh], ignore_conflicts=True)
    return Session.objects.select_for_update().get(pk=key)


def _recent(row: Session, now: dt.datetime) -> list[float]:
    oldest = (now - WINDOW).timestamp()
    return [each for each in row.get_decoded().get("tries", []) if each > oldest]


def _keep(row: Session, tries: list[float], now: dt.datetime) -> None:
    row.session_data = Session.objects.encode({"tries": tries})
    row.expire_date = now + WINDOW
    row.save()
