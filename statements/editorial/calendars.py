"""What goes out and what went out: who may see it, and a private address for it.

A calendar leaves the desk: it lies in programs and with services that are not ours. So
it tells of what is hidden only that something goes out, what kind of statement it is,
and where at the desk it stands; a title is told of what readers have at that moment.
"""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Iterator
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from statements.exchange import icalendar
from statements.models import (
    Article,
    CalendarKey,
    Edition,
    Origin,
    TakenOff,
    User,
    acting,
)

from . import verbs
from .inviting import digest_of

#: What a calendar tells of the past, and how much at most.
BACK, MOST = dt.timedelta(days=92), 1000


def may_read(user: User) -> bool:
    """Whether somebody may see what goes out: staff who read drafts, while they do."""
    return user.is_active and user.is_staff and user.may("view_article")


def going_out(user: User) -> QuerySet[Edition]:
    """Editions with an hour, of the person's desks, without their texts.

    Without what was imported: it came out long ago, and elsewhere.
    """
    return (
        Edition.objects.filter(
            article__in=Article.objects.of_desks(user)
            .exclude(origin=Origin.IMPORT)
            .values("pk"),
            published_at__isnull=False,
        )
        .select_related("article__kind", "article__desk")
        .defer("body", "text", "record")
        .order_by("published_at", "pk")
    )


def make_key(*, by: User) -> str:
    """Make the person's private address, or make it anew; the token, told once."""
    if not may_read(by):
        verbs.demand(by, "view_article", "You may not read drafts.")
    token = secrets.token_urlsafe(32)
    with acting(by):
        CalendarKey.objects.update_or_create(
            user=by,
            defaults={"token_sha256": digest_of(token), "made_at": verbs.clock()},
        )
    return token


def revoke_key(*, by: User) -> bool:
    """End one's own private address; whether there was any."""
    with acting(by):
        gone, _ = CalendarKey.objects.filter(user=by).delete()
    return gone > 0


def reader_of(token: str) -> User | None:
    """Whose address it is, while that person may read what it tells."""
    key = (
        CalendarKey.objects.filter(token_sha256=digest_of(token))
        .select_related("user")
        .first()
    )
    return key.user if key is not None and may_read(key.user) else None


def feed(user: User) -> str:
    """The person's calendar, as they may see it now. Three queries and the rights'."""
    now = verbs.clock()
    readable = Edition.objects.live(now).filter(pk=OuterRef("pk"))
    rows = (
        going_out(user)
        .filter(published_at__gte=now - BACK)
        .annotate(readable=Exists(readable))
        .select_related("taken_off")
        .order_by("-published_at", "-pk")[:MOST]
    )
    off = (
        TakenOff.objects.filter(
            Q(hour__gte=now - BACK),
            edition__published_at=None,
            edition__article__in=Article.objects.of_desks(user).values("pk"),
        )
        .select_related("edition__article__kind")
        .defer("edition__body", "edition__text", "edition__record")
        .order_by("-hour", "-pk")[:MOST]
    )
    return icalendar.write(
        f"{settings.SITE_NAME}: what goes out",
        [*_timed(rows, now), *map(_cancelled, off)],
        product="-//Newsroom//Calendar//EN",
        made_at=now,
    )


def _timed(rows: QuerySet[Edition], now: dt.datetime) -> Iterator[icalendar.Event]:
    for edition in rows:
        off = getattr(edition, "taken_off", None)
        summary = str(edition.article.kind)
        url = _at_the_desk(edition)
        if getattr(edition, "readable", False) and edition.title:
            summary = f"{summary}: {edition.title}"
            url = settings.SITE_URL + edition.article.get_absolute_url()
        yield icalendar.Event(
            uid=_uid(edition),
            at=edition.published_at,
            summary=summary,
            url=url,
            sequence=2 * off.times if off else 0,
        )


def _cancelled(off: TakenOff) -> icalendar.Event:
    return icalendar.Event(
        uid=_uid(off.edition),
        at=off.hour,
        summary=f"{off.edition.article.kind} (taken off)",
        url=_at_the_desk(off.edition),
        sequence=2 * off.times - 1,
        cancelled=True,
    )


def _uid(edition: Edition) -> str:
    return f"edition-{edition.pk}@{urlsplit(settings.SITE_URL).hostname}"


def _at_the_desk(edition: Edition) -> str:
    return settings.SITE_URL + reverse(
        "admin:statements_article_step",
        args=[edition.article_id, edition.number, "publish"],
    )
