"""Keep what is typed and not saved, and know who has an edition open.

A buffer is no edition: it is seen by its own user, has no history, stands in no record,
and goes when its page is saved. So nothing here asks for ``acting``.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping

from django.db import IntegrityError, connection, transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Now

from statements.markup import sanitise
from statements.models import (
    DraftBuffer,
    Edition,
    EditionBase,
    Presence,
    Submission,
    User,
)

from . import verbs

#: The fields of a statement's form that are kept, as they were typed.
FIELDS = (
    "title",
    "summary",
    "body",
    "dated",
    "kind",
    "issuer",
    "language",
    "desk",
    "topics",
    "byline",
    "slug",
    "change",
    "change_note",
    # About quotes and citations, taken while writing: so far on the page alone.
    "decisions",
)
#: What goes along with the text, and is no part of it: decisions beside it.
BESIDE = ("decisions",)
#: Answers to remarks, typed beside the text, and those marked done.
REMARK = re.compile(r"remark-(?P<key>[0-9]{1,17})-(?P<what>reply|done)")
#: The most characters that are kept of one page: what a body may have, and a little.
LONGEST = 2_100_000
#: The most buffers of one person for one statement; each is a page that was left.
MOST = 20
#: How long unsaved words are kept, and the words that a save replaced.
KEPT = dt.timedelta(days=30)
#: After so long without a sign somebody is gone.
SILENCE = dt.timedelta(seconds=60)


class Closed(Exception):
    """The page was saved: what comes late from it is not wanted any more."""


def keep(
    edition: Edition | None,
    *,
    by: User,
    page: str,
    turn: int,
    values: Mapping[str, str],
    lock_version: int | None = None,
) -> None:
    """Keep the words of one open page; ``edition`` is None for a new statement.

    ``page`` names the page, ``turn`` grows with each keeping: an older one that comes
    late is passed over. Raises Closed when the page was saved meanwhile, and
    verbs.Unusable when there is too much to keep.
    """
    if edition is None:
        verbs.demand(by, "add_article", "You may not enter statements.")
    else:
        verbs.demand(by, "change_article", "You may not change statements.")
    kept = {
        name: values[name].replace("\0", "")
        for name in values
        if name in FIELDS or name in BESIDE or _answers(name, values[name])
    }
    if sum(map(len, kept.values())) > LONGEST:
        raise verbs.Unusable(
            "The text is too long to be kept as it is typed. Shorten it, or save it."
        )
    own = DraftBuffer.objects.filter(user=by, edition=edition)
    row = own.filter(page=page)
    fresh = {
        "values": kept,
        "lock_version": lock_version,
        "turn": turn,
        "saved_at": Now(),
    }
    if not _differs(kept, edition):
        # Nothing is written, or nothing any more, that is not saved.
        mine = row.filter(closed_at=None, turn__lt=turn)
        if edition is None:
            mine.delete()
        else:
            # The row stays without words, so that what comes late is passed over.
            mine.update(**fresh | {"values": {}})
        return
    if row.filter(closed_at=None, turn__lt=turn).update(**fresh):
        return
    if row.filter(closed_at__isnull=False).exists():
        raise Closed
    if row.exists():
        return
    if unsaved(by).filter(edition=edition).count() >= MOST:
        raise verbs.Unusable(
            f"There are {MOST} unsaved texts of yours for this statement. Take one "
            "back, or throw some away; until then what you type is not kept."
        )
    try:
        with transaction.atomic():
            DraftBuffer.objects.create(user=by, edition=edition, page=page, **fresh)
    except IntegrityError:
        # Two of one page at the same moment: the other one made the row.
        row.filter(closed_at=None, turn__lt=turn).update(**fresh)


def close(
    edition: Edition | None, *, by: User, page: str, taken: int | None = None
) -> None:
    """Drop the words of a page that was saved, and refuse those that come late.

    ``taken`` is the buffer whose words the page had taken back. Words of other pages go
    if they are what is saved now.
    """
    own = DraftBuffer.objects.filter(user=by, edition=edition)
    if taken is not None:
        own.filter(pk=taken).exclude(page=page).delete()
    own.update_or_create(
        user=by,
        edition=edition,
        page=page,
        defaults={"values": {}, "closed_at": Now()},
    )
    if edition is not None:
        others = unsaved(by).filter(edition=edition)
        for row in others.select_related("edition__article__issuer"):
            if not _differs(row.values, row.edition):
                throw_away(row, by=by)


def throw_away(buffer: DraftBuffer, *, by: User) -> None:
    """Delete unsaved words; nobody can have them back."""
    DraftBuffer.objects.filter(pk=buffer.pk, user=by).delete()


def unsaved(by: User) -> QuerySet[DraftBuffer]:
    """The unsaved words of one person, and of nobody else, the newest first."""
    rows = DraftBuffer.objects.filter(user=by, closed_at=None).exclude(values={})
    return rows.order_by("-saved_at")


def offered(edition: Edition | None, *, by: User, page: str = "") -> list[DraftBuffer]:
    """What may be offered back for a statement: words that differ from the saved."""
    rows = unsaved(by).filter(edition=edition).exclude(page=page)
    return [row for row in rows if _differs(row.values, edition)]


def _answers(name: str, value: str) -> bool:
    """Whether a field says something to a remark."""
    return bool(value.strip() and REMARK.fullmatch(name))


def _differs(values: Mapping[str, str], edition: Edition | None) -> bool:
    if edition is None:
        return any(
            values.get(name, "").strip() for name in ("title", "summary", "body")
        )
    if any(_answers(name, value) for name, value in values.items()):
        return True
    for name in ("title", "summary", "byline", "change_note"):
        if name in values and values[name].split() != getattr(edition, name).split():
            return True
    body = values.get("body")
    if body is not None and body.replace("\r\n", "\n") != edition.body:
        try:
            given = (
                sanitise.clean(body)
                if sanitise.is_html(body)
                else (sanitise.from_text(body))
            )
        except sanitise.Unclean:
            return True
        if given != edition.body:
            return True
    article = edition.article
    belongs = {
        "dated": article.dated.isoformat(),
        "kind": str(article.kind_id),
        "language": article.language,
        "desk": str(article.desk_id or ""),
        # Left empty, the address stays; a first edition has no change to name.
        "slug": values.get("slug") and article.slug,
        "change": values.get("change") and edition.change,
        "decisions": "",
    }
    if any(name in values and values[name] != was for name, was in belongs.items()):
        return True
    issuer = article.issuer.name if article.issuer else ""
    # Another of the name is written with its number behind it.
    named = values.get("issuer", issuer).partition(" (no. ")[0]
    if named.split() != issuer.split():
        return True
    return "topics" in values and _listed(values["topics"]) != _listed(
        ", ".join(article.tags.values_list("name", flat=True))
    )


def _listed(line: str) -> list[str]:
    """The names of a line, in an order of their own; a comma in one parts it alike."""
    parts = re.sub(r'["“”]', "", line).split(",")
    return sorted(" ".join(part.split()) for part in parts if part.strip())


def attend(edition: Edition, *, by: User) -> list[Presence]:
    """Note that somebody has an edition open; return the others who have.

    Who was silent for a minute comes anew.
    """
    verbs.demand(by, "view_article", "You may not read drafts.")
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO presence (edition_id, user_id, since, seen_at)"
            " VALUES (%s, %s, now(), now()) ON CONFLICT (edition_id, user_id)"
            " DO UPDATE SET seen_at = now(), since = CASE"
            " WHEN presence.seen_at < now() - make_interval(secs => %s)"
            " THEN now() ELSE presence.since END",
            [edition.pk, by.pk, SILENCE.total_seconds()],
        )
    return list(
        Presence.objects.filter(edition=edition, seen_at__gt=Now() - SILENCE)
        .exclude(user=by)
        .select_related("user")
        .order_by("since")
    )


def leave(edition: Edition, *, by: User) -> None:
    """Somebody closed the page; another of theirs says so again within the minute."""
    Presence.objects.filter(edition=edition, user=by).delete()


def tidy() -> dict[str, int]:
    """Delete what is older than it is kept for; how many rows of each."""
    old = Now() - KEPT
    gone = {
        "unsaved texts": DraftBuffer.objects.filter(
            Q(saved_at__lt=old) | Q(closed_at__lt=Now() - dt.timedelta(days=1))
        ),
        "replaced words": EditionBase.objects.filter(replaced_at__lt=old),
        # Nobody sends a form again that was saved a month ago.
        "notes of sent forms": Submission.objects.filter(at__lt=old),
        "signs of presence": Presence.objects.filter(seen_at__lt=Now() - SILENCE),
    }
    return {name: rows.delete()[0] for name, rows in gone.items()}
