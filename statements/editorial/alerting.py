"""Tell readers of saved searches what is new: one mail a transaction, as for letters.

A sender holds the row of an alert while it asks the question, as its reader may see the
answer at that moment, and sends one mail. When it dies before that is noted, the next
sender tells the same again, with the same Message-ID; nothing is left out.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Mapping
from typing import Any, Protocol
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import mailers
from django.db import transaction
from django.db.models.functions import Now
from django.template.loader import render_to_string
from django.urls import reverse

from statements.models import Alert, Often, Quote

from . import handing, notices, searching, verbs
from .composing import Mail, one_line
from .handing import Came, Unreachable
from .posting import TRIES, Sent

#: Quotes that one mail shows; of more it gives the number, and where they stand.
MOST = 50


class Ask(Protocol):
    """How a kept question is asked; ``search.news.fresh`` is how."""

    def __call__(
        self,
        question: Mapping[str, str],
        since: dt.datetime,
        until: dt.datetime,
        *,
        most: int,
    ) -> tuple[list[Quote], int]: ...


def send_due(ask: Ask, sent: Sent, stopped: Callable[[], bool] = lambda: False) -> None:
    """Tell every reader whose time it is, or until told to stop. Raises Unreachable."""
    connection = mailers.default
    try:
        while not stopped() and _tell_one(ask, connection, sent):
            pass
    finally:
        handing.close(connection)


def _tell_one(ask: Ask, connection: Any, sent: Sent) -> bool:
    """Tell the reader who waits longest and is told by nobody else; whether any did."""
    with transaction.atomic():
        alert = (
            Alert.objects.filter(due_at__lte=Now())
            .select_for_update(no_key=True, skip_locked=True, of=("self",))
            .select_related("search", "reader")
            .order_by("due_at", "pk")
            .first()
        )
        if alert is None:
            return False
        now = verbs.clock()
        until = now - searching.SETTLED
        quotes: list[Quote] = []
        if alert.reader.email and searching.reads(alert):
            quotes, total = ask(alert.search.question, alert.since, until, most=MOST)
        if not quotes:
            _done(alert, until, now)
            return True
        came = handing.hand(connection, _mail(alert, quotes, total))
        if came.what == Came.TAKEN:
            sent.mails += 1
            _done(alert, until, now)
        elif came.what == Came.REFUSED:
            sent.given_up += 1
            _done(alert, until, now, came.problem)
        elif came.what == Came.LATER:
            _again(alert, until, now, came.problem, sent)
    if came.what == Came.AWAY:
        raise Unreachable(came.problem)
    return True


def _done(
    alert: Alert, until: dt.datetime, now: dt.datetime, problem: str = ""
) -> None:
    """Go on from here, at the next hour."""
    # The clock of another server may be behind.
    alert.since = max(alert.since, until)
    alert.due_at = searching.following(alert, notices.box_of(alert.reader), now)
    alert.tries, alert.problem = 0, problem
    alert.save()


def _again(
    alert: Alert, until: dt.datetime, now: dt.datetime, problem: str, sent: Sent
) -> None:
    """Try later, each time after twice as long; at last leave it at that."""
    alert.tries += 1
    if alert.tries >= TRIES:
        sent.given_up += 1
        _done(alert, until, now, problem)
        return
    sent.put_off += 1
    alert.problem = problem
    alert.due_at = now + dt.timedelta(minutes=2 ** (alert.tries - 1))
    alert.save()


def _mail(alert: Alert, quotes: list[Quote], total: int) -> Mail:
    """The new quotes, as readers have them now, in plain text and in HTML."""
    search = alert.search
    stop = settings.SITE_URL + reverse(
        "unsubscribe_search", args=[searching.token(alert)]
    )
    number = f"{total} new quote{'' if total == 1 else 's'}"
    context = {
        "name": one_line(search.name),
        "number": number,
        "quotes": quotes,
        "more": total - len(quotes),
        "search": settings.SITE_URL + search.get_absolute_url(),
        "stop": stop,
        "choose": settings.SITE_URL + reverse("staff_searches"),
        "often": Often(alert.often).label.lower(),
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
        "language": settings.LANGUAGE_CODE,
    }
    mail = Mail(
        subject=one_line(f"[{settings.SITE_NAME}] {search.name}: {number}"),
        body=render_to_string("mail/found.txt", context),
        to=[one_line(alert.reader.email)],
        headers={
            "Message-ID": _message_id(alert),
            "Auto-Submitted": "auto-generated",
            "List-Unsubscribe": f"<{stop}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
    )
    mail.attach_alternative(render_to_string("mail/found.html", context), "text/html")
    return mail


def _message_id(alert: Alert) -> str:
    """The same for news since the same moment, so that a mail sent twice is known."""
    told = f"{alert.pk} {alert.since.isoformat()}"
    digest = hashlib.sha256(told.encode()).hexdigest()[:32]
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    return f"<search-{digest}@{host}>"
