"""Hold what was published against its record, its chain, the seals and the files.

A superuser of the database can switch the guards off and write anything. What they
cannot do is write it so that all of these agree: the rows, the record that publication
wrote down, its digest, the digest of the next edition, the seal of that night, and the
digest of a seal that lies in somebody's drawer.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import batched
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

from statements.models import Article, Edition, MediaAsset, Seal, Spokesperson

BATCH = 200
_BLOCK = 1024 * 1024

#: What a record says beside the content: names as they were at that hour.
_NAMES = ("article", "speakers", "resolutions")
#: What tells apart the rows of an edition, by what they are.
_ROWS = {
    "quotes": ("permalink", "quote"),
    "citations": ("start", "citation at"),
    "media": ("asset", "file"),
}
_JSON = {"record", "content", "entry", "entries"}
_MOMENTS = ("published_at", "superseded_at", "withdrawn_at")


@dataclass(frozen=True)
class Difference:
    """What does not agree; names no word of the text."""

    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


def published() -> int:
    """How many editions ``editions`` looks at."""
    return Edition.objects.filter(published_at__isnull=False).count()


def editions() -> Iterator[list[Difference]]:
    """The differences of each published edition, record and chain."""
    keys = list(
        Edition.objects.filter(published_at__isnull=False)
        .order_by("article", "published_at", "pk")
        .values_list("pk", flat=True)
    )
    same = _one_person()
    former: tuple[int, str] | None = None
    for some in batched(keys, BATCH):
        offices = _offices(some)
        for row in _rows(_RECORDS, [list(some)]):
            former_digest = former[1] if former and former[0] == row["article"] else ""
            former = row["article"], row["digest"]
            yield [
                Difference(_edition(row), what)
                for what in _against(row, former_digest, same, offices)
            ]


_RECORDS = """
SELECT e.id, e.article_id AS article, e.number, a.dated, a.slug, e.record, e.digest,
    e.previous_digest, public.edition_content(e.id) AS content,
    public.record_digest(e.previous_digest, e.record) AS computed,
    e.redacted_at IS NOT NULL AS redacted, e.redacted_digest,
    public.record_digest(e.digest, e.record) AS computed_redacted,
    e.superseded_at IS NULL OR EXISTS (
        SELECT FROM edition n WHERE n.article_id = e.article_id
        AND n.published_at = e.superseded_at) AS followed,
    EXISTS (
        SELECT FROM edition n WHERE n.article_id = e.article_id
        AND n.published_at > e.published_at
        AND n.published_at < coalesce(e.withdrawn_at, 'infinity')
        AND n.published_at < coalesce(e.superseded_at, 'infinity')) AS overtaken
FROM unnest(%s::bigint[]) WITH ORDINALITY AS wanted (id, place)
JOIN edition e USING (id) JOIN article a ON a.id = e.article_id ORDER BY place
"""

#: Editions whose record does not have the digest that was kept of it.
WRONG_DIGESTS = """
SELECT 'edition', e.id FROM edition e
WHERE e.published_at IS NOT NULL
  AND e.digest <> public.record_digest(e.previous_digest, e.record)
  AND (e.redacted_at IS NULL
       OR e.redacted_digest <> public.record_digest(e.digest, e.record))
"""
#: Editions that do not link to the one before them.
WRONG_LINKS = """
SELECT 'edition', id FROM (
    SELECT id, previous_digest, lag(digest, 1, '') OVER (
        PARTITION BY article_id ORDER BY published_at) AS before
    FROM edition WHERE published_at IS NOT NULL
) chain WHERE previous_digest <> before
"""


def _against(
    row: dict[str, Any],
    former: str,
    same: Mapping[int, int],
    offices: Mapping[tuple[int, str], int],
) -> Iterator[str]:
    if row["record"] is None:
        yield "Its record is missing."
    else:
        record = {k: v for k, v in row["record"].items() if k not in _NAMES}
        yield from _contents(record, row["content"], row["id"], same, offices)
        if row["digest"] != row["computed"] and not (
            row["redacted"] and row["redacted_digest"] == row["computed_redacted"]
        ):
            yield "Its digest is not that of its record."
    if row["previous_digest"] != former:
        yield "It does not follow on the edition before it."
    if not row["followed"]:
        yield "It was superseded at a moment at which nothing followed it."
    if row["overtaken"]:
        yield "It did not end when another edition went out."


def _contents(
    record: dict[str, Any],
    content: dict[str, Any],
    edition: int,
    same: Mapping[int, int],
    offices: Mapping[tuple[int, str], int],
) -> Iterator[str]:
    """Sentences on what the rows hold otherwise than the record says."""
    for key in sorted(record.keys() | content.keys()):
        if key not in _ROWS:
            if record.get(key) != content.get(key):
                yield f"Its {key.replace('_', ' ')} is not that of its record."
            continue
        by, noun = _ROWS[key]
        was = {row[by]: row for row in record.get(key, [])}
        now = {row[by]: row for row in content.get(key, [])}
        for name in sorted(was.keys() - now.keys()):
            yield f"The {noun} {name} of its record is missing."
        for name in sorted(now.keys() - was.keys()):
            yield f"The {noun} {name} is not in its record."
        for name in sorted(was.keys() & now.keys()):
            one, other = dict(was[name]), dict(now[name])
            if key == "quotes":
                _along_merges(one, other, same, offices.get((edition, name)))
            for field in sorted(one.keys() | other.keys()):
                if one.get(field) != other.get(field):
                    what = field.replace("_", " ")
                    yield f"The {what} of {noun} {name} is not that of its record."


def _along_merges(
    one: dict[str, Any],
    other: dict[str, Any],
    same: Mapping[int, int],
    office: int | None,
) -> None:
    """Forgive in a quote what may change: a merge, and the office beside a person."""
    for quote in (one, other):
        quote["speaker"] = same.get(quote["speaker"], quote["speaker"])
    if one["speaker"] is not None and other["organization"] == office:
        other["organization"] = one["organization"]


def _one_person() -> dict[int, int]:
    """Who each merged person is, by key; a circle ends where it began."""
    into = dict(
        Spokesperson.objects.filter(merged_into__isnull=False).values_list(
            "pk", "merged_into"
        )
    )
    found: dict[int, int] = {}
    for key in into:
        seen, at = {key}, key
        while (following := into.get(at)) is not None and following not in seen:
            seen.add(following)
            at = following
        found[key] = at
    return found


def _offices(keys: Iterable[int]) -> dict[tuple[int, str], int]:
    """The organisation of the office beside each quote."""
    rows = _rows(
        "SELECT q.edition_id, q.permalink_id, p.organization_id FROM quote q"
        " JOIN appointment a ON a.id = q.appointment_id"
        " JOIN post p ON p.id = a.post_id WHERE q.edition_id = ANY (%s::bigint[])",
        [list(keys)],
    )
    return {
        (row["edition_id"], row["permalink_id"]): row["organization_id"] for row in rows
    }


def seals(kept: tuple[int, str] | None = None) -> Iterator[list[Difference]]:
    """The differences of each seal, and of what it says from what is there now.

    ``kept`` is the number and digest of a seal that somebody kept elsewhere: only that
    tells of seals that were all written anew.
    """
    former, expected = "", 1
    # One by one, for each may hold fifty thousand entries.
    for number in Seal.objects.order_by("number").values_list("number", flat=True):
        (seal,) = _rows(_SEALS, [number])
        found = []
        where = f"seal {seal['number']}"
        if seal["number"] != expected:
            found.append(
                Difference(where, f"It follows on seal {expected - 1}; some are gone.")
            )
        elif seal["previous_digest"] != former:
            found.append(Difference(where, "It does not follow on the seal before it."))
        if seal["digest"] != seal["computed"]:
            found.append(Difference(where, "Its digest is not that of its entries."))
        former, expected = seal["digest"], seal["number"] + 1
        if kept and kept[0] == seal["number"]:
            if kept[1] != seal["digest"]:
                found.append(Difference(where, "It is not the one that was kept."))
            kept = None
        found += _sealed(seal)
        yield found
    if kept:
        yield [Difference(f"seal {kept[0]}", "It was kept, and is missing.")]


_SEALS = """
SELECT number, digest, previous_digest, entries,
    public.seal_digest(number, at, previous_digest, entries) AS computed
FROM seal WHERE number = %s
"""
_NOW = """
SELECT e.id, public.seal_entry(e.id, 'infinity') AS entry, a.dated, a.slug, e.number
FROM edition e JOIN article a ON a.id = e.article_id WHERE e.id = ANY (%s::bigint[])
"""


def _sealed(seal: dict[str, Any]) -> Iterator[Difference]:
    """Each entry of a seal against its edition as it is now."""
    for some in batched(seal["entries"], BATCH):
        now = {row["id"]: row for row in _rows(_NOW, [[e["edition"] for e in some]])}
        for entry in some:
            row = now.get(entry["edition"])
            if row is None:
                where = f"edition {entry['number']} of {_address(entry['article'])}"
                what = f"Seal {seal['number']} knows it, and it is missing."
                yield Difference(where, what)
                continue
            for what in _entry(entry, row["entry"]):
                yield Difference(_edition(row), f"{what} seal {seal['number']}.")


def _entry(was: dict[str, Any], now: dict[str, Any]) -> Iterator[str]:
    for key in ("article", "number", "digest"):
        if was[key] != now[key]:
            yield f"Its {key} is not that of"
    for key in _MOMENTS:
        # What lay ahead of a seal is not in it.
        if was[key] is not None and was[key] != now[key]:
            yield f"Its {key.replace('_at', ' moment')} is not that of"
    if was["files"] != now["files"]:
        yield "Its files are not those of"
    if was["redacted_at"] is not None:
        # It may have been redacted again since; never the other way.
        if now["redacted_at"] is None or now["redacted_at"] < was["redacted_at"]:
            yield "That it was redacted is not told as in"
        elif (
            now["redacted_at"] == was["redacted_at"]
            and now["redacted_digest"] != was["redacted_digest"]
        ):
            yield "What was left of it is not that of"


def files() -> Iterator[list[Difference]]:
    """The differences of each file that a published edition shows."""
    root = Path(settings.MEDIA_ROOT)
    shown = shown_files()
    for pk, path, sha256, size in shown.values_list("pk", "file", "sha256", "size"):
        where = f"file {pk}"
        try:
            digest = _digest(root / path)
        except OSError:
            # The bytes of a removed file are gone, as they should be.
            yield [] if size == 0 else [Difference(where, "It is missing.")]
            continue
        if size == 0:
            yield [Difference(where, "It was removed, and is still there.")]
        elif digest != sha256:
            yield [Difference(where, "It is not what was uploaded.")]
        else:
            yield []


def shown_files() -> Any:
    """The files of published editions."""
    used = Edition.objects.filter(published_at__isnull=False).values("media__asset")
    return MediaAsset.objects.filter(pk__in=used).order_by("pk")


def redacted() -> Iterator[str]:
    """The editions of which words were removed: no difference, but to be known."""
    rows = (
        Edition.objects.filter(redacted_at__isnull=False, published_at__isnull=False)
        .order_by("redacted_at", "pk")
        .select_related("article", "redacted_by")
        .defer("record", "body", "text")
    )
    for edition in rows:
        yield (
            f"edition {edition.number} of {edition.article.get_absolute_url()}: "
            f"Words were removed on {edition.redacted_at:%Y-%m-%d} "
            f"by {edition.redacted_by.username}."
        )


def _digest(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


def _edition(row: dict[str, Any]) -> str:
    article = Article(dated=row["dated"], slug=row["slug"])
    return f"edition {row['number']} of {article.get_absolute_url()}"


def _address(article: int) -> str:
    there = Article.objects.filter(pk=article).first()
    return there.get_absolute_url() if there else f"statement {article}, which is gone"


def _rows(sql: str, params: list[Any] | None = None) -> Iterator[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        names = [column.name for column in cursor.description]
        for row in cursor.fetchall():
            # Django leaves JSON as it comes where it does not know the column.
            yield {
                name: json.loads(value) if name in _JSON and value else value
                for name, value in zip(names, row, strict=True)
            }
