"""What readers were given, row by row, and what of it may still change."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import connection

#: How the rows of an edition are found: all that it says, and what hangs on it. ``e``
#: is the edition; the rows are ``t``.
OF_EDITION = {
    "edition": "t.id = e.id",
    "quote": "t.edition_id = e.id",
    "citation": "t.edition_id = e.id",
    "edition_media": "t.edition_id = e.id",
    "edition_contributor": "t.edition_id = e.id",
    "waiver": "t.edition_id = e.id",
    "rendering": "t.edition_id = e.id",
    "permalink": "t.id IN (SELECT permalink_id FROM quote WHERE edition_id = e.id)",
    "media_asset": "t.id IN (SELECT asset_id FROM edition_media"
    " WHERE edition_id = e.id)",
    "article": "t.id = e.article_id",
    "former_address": "t.article_id = e.article_id",
}

#: Tables that name one of those, and yet hold nothing that was published.
BESIDE = {
    "article_tag": "Topics belong to the statement and change at once.",
    "correction": "It is told beside a quote; tests of its own try to change it.",
    "binned": "A draft in the bin: nothing that was published can be there.",
    "draft_buffer": "What is typed and not saved: no edition has it.",
    "folder_quote": "What staff chose for a briefing: put in and taken out any time.",
    "portrait": "Of a person, who may have another any day; no edition shows it.",
    "presence": "Who has a page open.",
    "edition_base": "Words of a draft that a save replaced, kept for a merge.",
    "preview_link": "Whom a link lets read an edition: made, used and ended any time.",
    "letter": "A notice to a colleague: sent, dropped and swept at any time.",
    "taken_off": "What calendars are told of an hour that it no longer has.",
    "silence": "What of the check's findings nobody wants told again: never shown.",
    "late_approval": "Read after the fact; tests of its own try to change it.",
    "clearance": "What an official answered to it; tests of its own try to change it.",
    "remark": "What colleagues said of it; tests of its own try to change it.",
    "rejection": "What an editor does not want suggested again: never shown.",
    "verbatim_check": "What the check found is a judgement, and is made again.",
}


def key_of(table: str) -> str:
    """The column of a table's key."""
    return model_of(table)._meta.pk.column


def model_of(table: str) -> Any:
    for model in apps.get_app_config("statements").get_models():
        if model._meta.db_table == table:
            return model
    raise LookupError(table)


Row = dict[str, Any]
#: Rows by edition, table and key: the text of each as JSON.
Seen = dict[tuple[int, str, str], str]

EVERY = frozenset(OF_EDITION)

#: Tables whose rows are found by way of another's: what changes there may show here.
BY_WAY_OF = {
    "quote": {"permalink"},
    "edition_media": {"media_asset"},
    "edition": EVERY,
}


def see(editions: Iterable[int], tables: Iterable[str] = EVERY) -> Seen:
    """Every column of every row of some editions, as JSON."""
    wanted = set(tables)
    if not wanted:
        return {}
    sql = " UNION ALL ".join(
        f"SELECT e.id, '{table}', t.{key_of(table)}::text, to_jsonb(t)::text"
        f" FROM edition e JOIN {table} t ON {condition} WHERE e.id = ANY (%(keys)s)"
        for table, condition in OF_EDITION.items()
        if table in wanted
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, {"keys": list(editions)})
        return {
            (edition, table, key): row for edition, table, key, row in cursor.fetchall()
        }


def only(before: Seen, tables: Iterable[str]) -> Seen:
    """What was seen of some tables."""
    return {place: row for place, row in before.items() if place[1] in tables}


def written() -> dict[str, int]:
    """How many rows of each table this transaction has written so far, by any door.

    PostgreSQL counts them where it writes them, those taken back as well, whatever the
    statement: a table whose figure stays has the rows that it had.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, pg_stat_get_xact_tuples_inserted(oid)"
            " + pg_stat_get_xact_tuples_updated(oid)"
            " + pg_stat_get_xact_tuples_deleted(oid)"
            " FROM pg_class WHERE oid = ANY (%s::regclass[])",
            [sorted(EVERY)],
        )
        return dict(cursor.fetchall())


def touched(before: dict[str, int]) -> set[str]:
    """Tables of which something was written since, and those found by way of them.

    Brings ``before`` up to date.
    """
    now = written()
    found = {table for table, count in now.items() if count != before[table]}
    before.update(now)
    return found.union(*(BY_WAY_OF.get(table, ()) for table in found))


def ask(sql: str, *params: object) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {sql}", params)
        return bool(cursor.fetchone()[0])


@dataclass(frozen=True)
class Free:
    """Why a column may change though its row is published, and when.

    ``when`` is asked with the edition's row and the row itself, both before and after;
    without it the column is free always. ``by_verbs``: several rows change at once, so
    no single statement changes it.
    """

    why: str
    when: Callable[[Row, Row, Row], bool] | None = None
    by_verbs: bool = False


def _ahead(moment: str | None) -> bool:
    return moment is None or ask("%s::timestamptz > clock_timestamp()", moment)


def _scheduled(edition: Row, before: Row, after: Row) -> bool:
    """It has not gone out; it goes out at another hour, or not."""
    return _ahead(edition["published_at"]) and (
        after["published_at"] is None
        or ask("%s::timestamptz >= transaction_timestamp()", after["published_at"])
    )


def _not_ended(edition: Row, before: Row, after: Row) -> bool:
    """It is out, or will be, and ends now or later."""
    return all(
        _ahead(before[name])
        and (
            after[name] is None
            or ask("%s::timestamptz >= transaction_timestamp()", after[name])
        )
        for name in ("superseded_at", "withdrawn_at")
    )


def _along_a_merge(edition: Row, before: Row, after: Row) -> bool:
    old, new = before["speaker_id"], after["speaker_id"]
    return ask(
        "EXISTS (SELECT FROM spokesperson s WHERE (s.id, s.merged_into_id)"
        " IN ((%s, %s), (%s, %s)))",
        *(old, new, new, old),
    )


def _of_the_speakers_office(edition: Row, before: Row, after: Row) -> bool:
    """The office is one of the speaker's, the organisation the office's or as it was.

    Without an office there may be no organisation either, but for a speaker.
    """
    office, organization = after["appointment_id"], after["organization_id"]
    if office is None:
        kept = organization == before["organization_id"]
        return kept or (organization is None and after["speaker_id"] is not None)
    return ask(
        "EXISTS (SELECT FROM appointment a JOIN post p ON p.id = a.post_id"
        " WHERE a.id = %s AND a.person_id = %s AND p.organization_id = %s)",
        *(office, after["speaker_id"], organization),
    ) or (
        organization == before["organization_id"]
        and ask(
            "%s = (SELECT person_id FROM appointment WHERE id = %s)",
            after["speaker_id"],
            office,
        )
    )


def _leads_on(edition: Row, before: Row, after: Row) -> bool:
    """Readers never had the address, or it leads to the same statement still."""
    if _ahead(edition["published_at"]):
        return True
    former = f"/statements/{before['dated'].replace('-', '/')}/{before['slug']}/"
    return ask(
        "EXISTS (SELECT FROM former_address WHERE path = %s AND article_id = %s)"
        " AND NOT EXISTS (SELECT FROM article WHERE dated = %s AND slug = %s)",
        former,
        before["id"],
        before["dated"],
        before["slug"],
    )


_DERIVED = "The database derives it from the moments."
_ENDS = "It ends: by a successor, or by a withdrawal; while that lies ahead, it moves."
_HOUR = "An hour that lies ahead is moved, or the edition is taken off."
_DRAWN = "A drawing of the words, dropped and drawn again when a name changes."
_LIBRARY = "It is about the file in the library, not of the file."
_ARTICLES = "It belongs to the statement, and changes at once for all its editions."

FREE: dict[tuple[str, str], Free] = {
    ("edition", "published_at"): Free(_HOUR, _scheduled),
    ("edition", "published_by_id"): Free(
        _HOUR,
        lambda edition, before, after: (
            before["published_at"] != after["published_at"]
            and _scheduled(edition, before, after)
        ),
    ),
    **{
        ("edition", name): Free(_ENDS, _not_ended)
        for name in (
            "superseded_at",
            "superseded_by_id",
            "withdrawn_at",
            "withdrawn_by_id",
            "withdrawn_reason",
            "withdrawn_note",
        )
    },
    ("edition", "live"): Free(_DERIVED),
    ("quote", "live"): Free(_DERIVED),
    ("citation", "live"): Free(_DERIVED),
    ("quote", "verdict"): Free("A judgement of the words; it is no part of them."),
    ("quote", "facets"): Free("What it is found by; computed from the rows."),
    ("quote", "tsv"): Free("What it is found by; the database derives it."),
    ("quote", "speaker_id"): Free(
        "Two records were one person.", _along_a_merge, by_verbs=True
    ),
    ("quote", "appointment_id"): Free(
        "The office is read from the catalogue.", _of_the_speakers_office
    ),
    ("quote", "organization_id"): Free(
        "It is that of the office.", _of_the_speakers_office
    ),
    ("permalink", "merged_into_id"): Free(
        "It leads on once no live edition has the words."
    ),
    ("permalink", "translation_of_id"): Free("It is a link between addresses."),
    ("article", "slug"): Free("It may move, and leads on.", _leads_on, by_verbs=True),
    ("article", "dated"): Free("It may move, and leads on.", _leads_on, by_verbs=True),
    **{
        ("article", name): Free(_ARTICLES)
        for name in ("kind_id", "issuer_id", "language", "desk_id", "origin")
    },
    ("article", "translation_of_id"): Free("It is a link between statements."),
    **{("rendering", name): Free(_DRAWN) for name in ("html", "card", "release")},
    ("rendering", "drawn_at"): Free(_DRAWN),
    **{
        ("media_asset", name): Free(_LIBRARY)
        for name in ("credit", "desk_id", "listed_at", "listed_by_id")
    },
    ("media_asset", "duration"): Free(
        "It is measured later.",
        lambda edition, before, after: before["duration"] is None,
    ),
}

#: Tables whose rows may go: a drawing is drawn again.
MAY_GO = {"rendering"}


@dataclass(frozen=True)
class Change:
    """One thing that is otherwise than it was published."""

    edition: int
    table: str
    column: str
    before: Any
    after: Any
    free: bool

    def __str__(self) -> str:
        return (
            f"{self.table}.{self.column} of edition {self.edition}:"
            f" {self.before!r:.80} became {self.after!r:.80}"
        )


def changes(
    before: Seen, after: Seen, tables: Iterable[str] = EVERY
) -> Iterator[Change]:
    """What differs, in the tables that were looked at ``after``.

    An edition taken off the schedule is not published any more.
    """
    places = {
        place
        for place in before.keys() | after.keys()
        if before.get(place) != after.get(place) and place[1] in tables
    }
    rows, off = {}, set()
    for edition in {edition for edition, _, _ in places}:
        place = (edition, "edition", str(edition))
        rows[edition] = json.loads(before[place])
        if place not in places or place not in after:
            continue
        now = json.loads(after[place])
        if now["published_at"] is None and _scheduled(rows[edition], now, now):
            off.add(edition)
            yield Change(edition, "edition", "published_at", "scheduled", None, True)
    for place in places:
        edition, table, _ = place
        if edition in off:
            continue
        was, now = (
            json.loads(seen[place]) if place in seen else None
            for seen in (before, after)
        )
        if was is None or now is None:
            free = table in MAY_GO or (table == "former_address" and was is None)
            what = "a row more" if was is None else "a row less"
            yield Change(edition, table, what, was, now, free)
            continue
        for column in was.keys() | now.keys():
            old, new = was.get(column), now.get(column)
            if old == new:
                continue
            rule = FREE.get((table, column))
            free = rule is not None and (
                rule.when is None or rule.when(rows[edition], was, now)
            )
            yield Change(edition, table, column, old, new, free)
