"""Remove words by law: from every edition, record and trace, for ever.

What was published never changes; this is the one exception, and it is none that a page
or a person signed in can make. The guards are triggers, and only the owner of a table
may switch its triggers off: ``redact`` does so inside its transaction, so that nobody
else finds them off for a moment, and a crash leaves them on and the words untouched.
The application's role gets a refusal from the database itself.

The digests stay. An edition's digest is that of the record as it was published; what is
left of the record gets a digest of its own, so that the chain still verifies and a
later change of the rest is found as well.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, models, transaction
from django.db.models import Exists, OuterRef

from statements.markup import blanking, marks, projection
from statements.models import (
    Article,
    Citation,
    Edition,
    EditionMedia,
    MediaAsset,
    Portrait,
    Quote,
    Remark,
    Rendering,
    User,
    Waiver,
    acting,
)

from . import drawing, keepsakes, renditions, traces, verbs
from .words import Everything, Phrase, What

#: Tables whose triggers are switched off: each holds words, or guards those that do.
TABLES = (
    "article",
    "edition",
    "quote",
    "citation",
    "correction",
    "edition_media",
    "media_asset",
    "waiver",
    "silence",
    "rejection",
    "former_address",
    "verbatim_check",
    "preview_link",
    "clearance",
    "remark",
    "audit",
)
_NOT_THE_OWNER = (
    "Words are removed by the owner of the tables alone. Run this with the owner's "
    "DATABASE_URL, as migrations are; the role of this connection may not."
)
#: Starts of citations are moved out of one another's way first.
_ASIDE = 1_000_000_000


@dataclass(frozen=True)
class Removed:
    """How much was changed; ``shared`` are files that other statements show too."""

    editions: int
    files: int
    shared: list[int]


def demand_owner() -> None:
    """Raise verbs.Unusable unless the connection's role may switch the guards off."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT bool_and(pg_has_role(c.relowner, 'USAGE')) FROM pg_class c"
            " JOIN pg_namespace n ON n.oid = c.relnamespace"
            " WHERE n.nspname = 'public' AND c.relname = ANY (%s)",
            [list(TABLES)],
        )
        if not cursor.fetchone()[0]:
            raise verbs.Unusable(_NOT_THE_OWNER)


def redact(
    article: Article, *, by: User, reason: str, words: str = ""
) -> Removed | None:
    """Remove ``words`` from a statement, or all of it; None if they were gone already.

    Raises verbs.Unusable where it cannot be done. Files are deleted after the commit,
    and again by every later call, should the machine have stopped in between.
    """
    demand_owner()
    what: What = Phrase(words) if words.strip() else Everything()
    if not reason.strip():
        raise verbs.Unusable("Give the reason: readers are told that, colleagues why.")
    if isinstance(what, Phrase) and what.tells(reason):
        raise verbs.Unusable("The reason must not repeat the words. Write another.")
    with acting(by, reason), _without_guards():
        fresh = verbs.lock([article.pk])[article.pk]
        removed = _remove(fresh, what, by=by, reason=reason.strip())
        transaction.on_commit(sweep)
    return removed


@contextmanager
def _without_guards() -> Iterator[None]:
    with connection.cursor() as cursor:
        # Events that wait for the end of the transaction forbid ALTER TABLE.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in TABLES:
            cursor.execute(f"ALTER TABLE public.{table} DISABLE TRIGGER USER")
        yield
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in TABLES:
            cursor.execute(f"ALTER TABLE public.{table} ENABLE TRIGGER USER")


def _remove(article: Article, what: What, *, by: User, reason: str) -> Removed | None:
    now = verbs.clock()
    editions = list(Edition.objects.filter(article=article).order_by("pk"))
    keys = [edition.pk for edition in editions]
    files, shared = _files(article, what)
    # Read before anything is moved: the traces are found by what was there.
    trail = traces.Trail.of(article, keys, files)
    unsaved = traces.drop_unsaved(editions, what)
    unsaved |= traces.drop_silences(article, what)
    unsaved |= keepsakes.drop_searches(editions, what)
    unsaved |= keepsakes.blank_folders(article, editions, what)
    moved = traces.readdress(article, what)
    changed = [edition for edition in editions if _edition(edition, what)]
    for asset in files:
        _file(asset, what)
    if not (trail.erase(what) or changed or moved or files or unsaved):
        return None
    trail.forget()
    closed = editions if moved else changed
    for edition in closed:
        _close(edition, what, by=by, reason=reason, now=now)
    traces.note([e.pk for e in closed], by=by, reason=reason, now=now)
    Rendering.objects.filter(edition__in=keys).delete()
    drawing.draw([e.pk for e in editions if e.published_at is not None])
    gone = len(files) if isinstance(what, Everything) else 0
    return Removed(len(changed), gone, shared)


def put(row: models.Model, **values: Any) -> bool:
    """Write what differs; whether anything did."""
    differs = {
        name: value for name, value in values.items() if getattr(row, name) != value
    }
    for name, value in differs.items():
        setattr(row, name, value)
    if differs:
        type(row)._default_manager.filter(pk=row.pk).update(**differs)
    return bool(differs)


def _edition(edition: Edition, what: What) -> bool:
    """Take the words out of an edition and all that hangs on it; whether any were."""
    quotes = list(edition.quotes.defer("tsv").order_by("start", "pk"))
    citations = list(edition.citations.order_by("start"))
    rows: list[Quote | Citation] = [*quotes, *citations]
    places: Places
    if isinstance(what, Phrase):
        body, text = _some(edition, what)
        places = {row: (row.start, row.end) for row in rows}
    else:
        body, text, places = _none(rows)
    before = edition.text
    changed = put(
        edition,
        body=body,
        text=text,
        title=what.text(edition.title, required=True),
        summary=what.text(edition.summary),
        byline=what.text(edition.byline),
        name=what.text(edition.name),
        **{
            name: what.text(getattr(edition, name), required=True)
            for name in ("change_note", "unreviewed_reason", "withdrawn_note")
        },
    )
    moving = [row for row in citations if places[row] != (row.start, row.end)]
    Citation.objects.filter(pk__in=[row.pk for row in moving]).update(
        start=models.F("start") + _ASIDE, end=models.F("end") + _ASIDE
    )
    for row in rows:
        changed |= _place(row, places[row], text, what)
    for use in edition.media.all():
        changed |= put(
            use,
            alt=what.text(use.alt),
            caption=what.text(use.caption),
            transcript=what.text(use.transcript),
        )
    for told in edition.corrections.all():
        changed |= put(told, before=what.text(told.before), after=what.text(told.after))
    for waiver in Waiver.objects.filter(edition=edition):
        subject = waiver.subject and (
            what.text(waiver.subject) if isinstance(what, Phrase) else str(waiver.pk)
        )
        reason = what.text(waiver.reason, required=True)
        changed |= put(waiver, reason=reason, subject=subject)
    for remark in Remark.objects.filter(edition=edition):
        changed |= _remark(remark, before, text, what)
    return changed


def _remark(remark: Remark, before: str, text: str, what: What) -> bool:
    body = what.text(remark.body, required=True)
    if isinstance(what, Everything):
        words = what.text(remark.words, required=True)
        return put(
            remark, body=body, words=words, prefix="", suffix="", start=None, end=None
        )
    # Words that stand there yet may be a part of the phrase; so may what is around.
    around = what.text(f"{remark.prefix}{remark.words}{remark.suffix}")
    start = len(remark.prefix)
    words = around[start : start + len(remark.words)]
    prefix, suffix = around[:start], around[start + len(remark.words) :]
    here = slice(remark.start, remark.end)
    if remark.start is not None and before[here] == remark.words:
        words = text[here]
    if before != text:
        prefix = suffix = ""
    return put(remark, body=body, words=words, prefix=prefix, suffix=suffix)


def _some(edition: Edition, what: Phrase) -> tuple[str, str]:
    """Body and text with the phrase put out, every place as it was."""
    spans = what.spans(edition.text)
    body = blanking.blank(edition.body, spans, what.tells)
    text = what.text(edition.text)
    if projection.to_text(body) != text:
        raise verbs.Unusable(
            f"The text of edition {edition.number} is not that of its body. Ask "
            '"manage.py doctor" first.'
        )
    return body, text


type Places = dict[Quote | Citation, tuple[int | None, int | None]]


def _none(rows: list[Quote | Citation]) -> tuple[str, str, Places]:
    """A body of one block for each quote and citation, so that each keeps a place."""
    placed = sorted(
        (row for row in rows if row.start is not None),
        key=lambda row: (row.start or 0, isinstance(row, Citation), row.pk),
    )
    text = " ".join(blanking.BLOCK * max(1, len(placed)))
    places: Places = dict.fromkeys(rows, (None, None))
    places.update({row: (2 * n, 2 * n + 1) for n, row in enumerate(placed)})
    body = marks.write(
        f"<p>{text}</p>",
        [
            marks.Mark(row.permalink_id, 2 * n, 2 * n + 1)
            for n, row in enumerate(placed)
            if isinstance(row, Quote)
        ],
    )
    return body, text, places


def _place(
    row: Quote | Citation,
    place: tuple[int | None, int | None],
    text: str,
    what: What,
) -> bool:
    start, end = place
    values: dict[str, Any] = {"start": start, "end": end}
    words = text[start:end] if start is not None else ""
    if isinstance(row, Citation):
        values |= {"printed": words[:200], "pinpoint": what.text(row.pinpoint)}
        if (row.start, row.end) != place:
            # It was moved aside, so it is written in any case.
            row.start = row.end = -1
        return put(row, **values)
    before = after = ""
    if start is None or end is None:
        words = what.text(row.text, required=True)
    elif isinstance(what, Phrase):
        before, after = marks.context(text, start, end)
    return put(
        row,
        **values,
        text=words,
        prefix=before,
        suffix=after,
        title_as_printed=what.text(row.title_as_printed),
    )


def _close(
    edition: Edition, what: What, *, by: User, reason: str, now: dt.datetime
) -> None:
    """Write the record of what is left and its digest; void a draft's approval."""
    fresh = Edition.objects.filter(pk=edition.pk)
    if edition.published_at is None:
        fresh.update(
            lock_version=models.F("lock_version") + 1,
            approved_at=None,
            approved_by=None,
            approved_digest="",
        )
        return
    record = edition.record or {}
    names = {
        key: record[key]
        for key in ("article", "speakers", "resolutions")
        if key in record
    }
    if isinstance(what, Phrase):
        names = what.kept(names, frozenset())
    slug = Article.objects.values_list("slug", flat=True).get(pk=edition.article_id)
    if isinstance(what, Everything):
        names["article"]["slug"] = slug
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE edition SET record = public.edition_content(id) || %s::jsonb,"
            " redacted_at = %s, redacted_by_id = %s, redacted_reason = %s"
            " WHERE id = %s",
            [json.dumps(names), now, by.pk, reason, edition.pk],
        )
        cursor.execute(
            "UPDATE edition SET redacted_digest = public.record_digest(digest, record)"
            " WHERE id = %s",
            [edition.pk],
        )


def _files(article: Article, what: What) -> tuple[list[MediaAsset], list[int]]:
    """Files of this statement alone that are to be changed, and keys of shared ones."""
    elsewhere = EditionMedia.objects.filter(asset=OuterRef("pk")).exclude(
        edition__article=article
    )
    portrayed = Portrait.objects.filter(asset=OuterRef("pk"))
    used = MediaAsset.objects.filter(
        pk__in=EditionMedia.objects.filter(edition__article=article).values("asset")
    ).annotate(shared=Exists(elsewhere) | Exists(portrayed))
    if isinstance(what, Phrase):
        told: list[MediaAsset] = [
            a for a in used if what.tells(a.name) or what.tells(a.credit)
        ]
        return told, []
    own: list[MediaAsset] = [a for a in used if not a.shared and a.size]
    return own, [asset.pk for asset in used if asset.shared]


def _file(asset: MediaAsset, what: What) -> None:
    if isinstance(what, Phrase):
        put(asset, name=what.address(asset.name), credit=what.text(asset.credit))
    else:
        # A size of nothing says that the bytes are to be deleted, or are.
        put(
            asset,
            name=what.address(asset.name),
            credit="",
            size=0,
            width=None,
            height=None,
            duration=None,
        )


def sweep() -> None:
    """Delete the bytes of removed files, if they are still there."""
    root = Path(settings.MEDIA_ROOT)
    for asset in MediaAsset.objects.filter(size=0).only("file"):
        (root / str(asset.file)).unlink(missing_ok=True)
        renditions.forget(asset)
