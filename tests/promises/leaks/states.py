"""Each state that a secret can have, and the verbs that bring it there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from django.db import connection

from statements.editorial import binning, editions, folders, intake, publishing
from statements.models import Binned, Change, Edition, Folder

from ... import builders
from .words import OF_ARTICLE
from .world import Cast, Secret, let_go


def now() -> dt.datetime:
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        return cursor.fetchone()[0]


def tomorrow() -> dt.datetime:
    return now().replace(second=0, microsecond=0) + dt.timedelta(days=1)


def _submit(cast: Cast, secret: Secret) -> None:
    publishing.submit(secret.edition, by=cast.petra)


def _return(cast: Cast, secret: Secret) -> None:
    _submit(cast, secret)
    publishing.send_back(secret.edition, by=cast.edgar)


def _approve(cast: Cast, secret: Secret) -> None:
    _submit(cast, secret)
    publishing.approve(secret.edition, by=cast.edgar)


def _bin(cast: Cast, secret: Secret) -> None:
    binning.put(secret.article, by=cast.petra)


def _bin_draft(cast: Cast, secret: Secret) -> None:
    binning.put_edition(secret.edition, by=cast.petra)


def schedule(cast: Cast, secret: Secret, at: dt.datetime | None = None) -> None:
    """Let it go out at a moment (default: tomorrow)."""
    _approve(cast, secret)
    publishing.publish(secret.edition, by=cast.petra, at=at or tomorrow())


def release(cast: Cast, secret: Secret) -> None:
    """Publish it now, from whatever state it is in."""
    for binned in Binned.objects.filter(article=secret.article):
        binning.take_out(binned, by=cast.petra)
    edition = Edition.objects.get(pk=secret.edition.pk)
    if edition.published_at is not None:
        publishing.unschedule(edition, by=cast.petra)
        edition.refresh_from_db()
    if edition.approved_at is None:
        if edition.submitted_at is None:
            publishing.submit(edition, by=cast.petra)
        publishing.approve(edition, by=cast.edgar)
    publishing.publish(edition, by=cast.petra)
    keys = [quote.permalink_id for quote in secret.quotes]
    for folder in Folder.objects.select_related("owner"):
        folders.put(folder, keys, by=folder.owner)


def withdraw(cast: Cast, secret: Secret, at: dt.datetime | None = None) -> None:
    """Withdraw it at a moment (default: at once)."""
    publishing.withdraw(
        secret.article, by=cast.petra, reason="error", note="It was not ours.", at=at
    )


def _supersede(cast: Cast, secret: Secret) -> None:
    edition = editions.begin(secret.article, by=cast.amina, change=Change.CORRECTION)
    for use in edition.media.all():
        editions.detach_media(use, by=cast.amina)
    edition.refresh_from_db()
    intake.revise(
        edition,
        by=cast.amina,
        lock_version=edition.lock_version,
        title="The harbour is open",
        summary="In short.",
        byline="",
        body="<p>The harbour is open.</p>",
        change_note="The words were wrong.",
    )
    let_go(edition, cast.amina)
    builders.review_and_publish(edition, editor=cast.edgar, publisher=cast.petra)


@dataclass(frozen=True)
class State:
    """How it comes to be hidden. ``after``: it was public before.

    ``newer``: the secret is a later edition of the statement that is public.
    """

    name: str
    bring: Callable[[Cast, Secret], None]
    newer: bool = False
    after: bool = False
    #: Readers have all of it: it is hidden from other desks alone.
    inside: bool = False
    #: Fields that readers have all the same.
    shown: tuple[str, ...] = ()


STATES = [
    State("draft", lambda cast, secret: None),
    State("in review", _submit),
    State("returned", _return),
    State("approved", _approve),
    State("scheduled", schedule),
    State("in the bin", _bin),
    State("live with a draft in the bin", _bin_draft, newer=True),
    State("live", lambda cast, secret: None, after=True, inside=True),
    State("live with a newer draft", lambda cast, secret: None, newer=True),
    State("live with a scheduled correction", schedule, newer=True),
    State("superseded", _supersede, after=True, shown=OF_ARTICLE),
    State("withdrawn", withdraw, after=True),
]
