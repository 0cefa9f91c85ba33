"""The second wall: views of what is public, in a schema of their own.

The readers' process may connect as a role that can read only the schema ``published``.
Its views bear the tables' names, so the ORM runs unchanged, and hold no row that is not
public: a gate forgotten in a page shows nothing, or fails, instead of leaking. Plain
views, neither row security nor security barriers: with those PostgreSQL no longer uses
the index of words (2.7 ms became 370 at a million quotes).

Views hold on to the columns that they name, so they are dropped before a migration that
has work to do and built again after it, column by column from the models.
"""

from __future__ import annotations

import hashlib
import re
from contextlib import suppress
from typing import Any

from django.apps import apps
from django.core.management import CommandError
from django.db import (
    IntegrityError,
    ProgrammingError,
    connections,
    models,
    transaction,
)
from django.db.migrations.recorder import MigrationRecorder

SCHEMA = "published"
ROLE = "newsroom_public"

_NOW = "statement_timestamp()"
_LIVE = f"{{}}.live @> {_NOW}"
#: Was, or is, before the public: what an address may be told to have gone.
_SEEN = f"lower({{}}.live) <= {_NOW}"
#: A range as the public may know it: an end that lies ahead is a secret.
_LIVE_SO_FAR = (
    f"CASE WHEN upper({{0}}.live) > {_NOW}"
    " THEN tstzrange(lower({0}.live), NULL) ELSE {0}.live END"
)
#: Tables whose ``live`` is shown so.
_RANGED = ("edition", "quote", "citation")
_ARTICLE_LIVE = (
    "EXISTS (SELECT FROM public.edition e WHERE e.article_id = {} AND e.live @> "
    f"{_NOW})"
)
_ARTICLE_SEEN = (
    "EXISTS (SELECT FROM public.edition e WHERE e.article_id = {} AND lower(e.live) <= "
    f"{_NOW})"
)
_PERMALINK_SEEN = (
    "EXISTS (SELECT FROM public.quote q WHERE q.permalink_id = {}"
    f" AND lower(q.live) <= {_NOW})"
)

_CORRECTED = (
    "EXISTS (SELECT FROM public.edition e LEFT JOIN public.edition b"  # noqa: S608
    f" ON b.id = e.based_on_id WHERE e.id = t.edition_id AND {_SEEN.format('e')}"
    " AND NOT EXISTS (SELECT FROM public.edition w WHERE w.article_id = e.article_id"
    f" AND w.published_at >= b.published_at AND w.withdrawn_at <= {_NOW}))"
)


def _named(table: str, condition: str) -> str:
    """Listed by hand, or named by something public.

    OFFSET 0 has PostgreSQL look for each row by itself, through an index: it would else
    gather all that is named by anything, of the whole record, to ask of a few rows.
    """
    return f"t.listed_at <= {_NOW} OR EXISTS (SELECT FROM {condition} OFFSET 0)"


_QUOTED = f"public.quote q WHERE q.live @> {_NOW} AND "
_PUBLIC = {
    "spokesperson": _named("spokesperson", f"{_QUOTED}q.speaker_id = t.id"),
    "organization": (
        _named("organization", f"{_QUOTED}q.organization_id = t.id")
        + " OR EXISTS (SELECT FROM public.article a JOIN public.edition e"
        f" ON e.article_id = a.id AND e.live @> {_NOW} WHERE a.issuer_id = t.id"
        " OFFSET 0)"
    ),
    # A listed appointment names its post, though that has no page of its own yet.
    "post": _named(
        "post",
        "public.quote q JOIN public.appointment ap ON ap.id = q.appointment_id"
        f" WHERE q.live @> {_NOW} AND ap.post_id = t.id",
    )
    + " OR EXISTS (SELECT FROM public.appointment ap WHERE ap.post_id = t.id"
    f" AND ap.listed_at <= {_NOW} OFFSET 0)",
    "appointment": _named("appointment", f"{_QUOTED}q.appointment_id = t.id"),
    "resolution": _named(
        "resolution",
        f"public.citation c WHERE c.live @> {_NOW} AND c.resolution_id = t.id",
    ),
    "tag": _named(
        "tag",
        "public.article_tag at JOIN public.edition e ON e.article_id ="
        f" at.content_object_id AND e.live @> {_NOW} WHERE at.tag_id = t.id",
    ),
    "media_asset": _named(
        "media_asset",
        "public.edition_media m JOIN public.edition e ON e.id = m.edition_id"
        f" AND e.live @> {_NOW} WHERE m.asset_id = t.id",
    ),
}

#: Whose portrait it is: somebody public, and nobody who was merged into another.
_PORTRAYED = (
    "public.spokesperson n WHERE n.id = {}.person_id AND n.merged_into_id IS NULL"
    f" AND ({re.sub(r'\bt\.', 'n.', _PUBLIC['spokesperson'])})"
)
_PUBLIC["media_asset"] += (
    " OR EXISTS (SELECT FROM public.portrait p WHERE"  # noqa: S608
    " p.asset_id = t.id AND EXISTS"
    f" (SELECT FROM {_PORTRAYED.format('p')}) OFFSET 0)"
)

#: Rows whose address says that they are gone: a live edition once named them.
_SHOWN = {
    "spokesperson": "EXISTS (SELECT FROM public.quote q WHERE q.speaker_id = t.id"
    f" AND lower(q.live) <= {_NOW} OFFSET 0)",
    "organization": "EXISTS (SELECT FROM public.quote q WHERE"
    f" q.organization_id = t.id AND lower(q.live) <= {_NOW} OFFSET 0)",
    "resolution": "EXISTS (SELECT FROM public.citation c WHERE"
    f" c.resolution_id = t.id AND lower(c.live) <= {_NOW} OFFSET 0)",
    # Of a withdrawn statement, whose reason its files tell; of no other former edition.
    "media_asset": "EXISTS (SELECT FROM public.edition_media m JOIN public.edition e"
    f" ON e.id = m.edition_id AND e.withdrawn_at <= {_NOW} WHERE m.asset_id = t.id"
    " OFFSET 0)",
}


def _seen(noun: str) -> str:
    """Public now, or shown once: all that an address may know of."""
    return " OR ".join(filter(None, [_PUBLIC[noun], _SHOWN.get(noun, "")]))


def _as_n(condition: str) -> str:
    """The same condition on a table that is called n instead of t."""
    return re.sub(r"\bt\.", "n.", condition)


_HIDDEN_LISTING = {
    "listed_at": f"CASE WHEN t.listed_at <= {_NOW} THEN t.listed_at END",
    "listed_by_id": "NULL::bigint",
}

#: Which rows of a table are public; ``t`` is the table. A table that is not here has no
#: view, and the public role cannot read it.
ROWS: dict[str, str] = {
    # So that /healthz can tell the readers' process that migrations are pending.
    "django_migrations": "true",
    # Of what readers have had: another may be made for a text that is still hidden.
    "kind": "EXISTS (SELECT FROM public.article a WHERE a.kind_id = t.id AND "
    f"{_ARTICLE_SEEN.format('a.id')} OFFSET 0)",
    "resolution_body": "true",
    "article": _ARTICLE_SEEN.format("t.id"),
    "edition": _SEEN.format("t"),
    "edition_media": "EXISTS (SELECT FROM public.edition e WHERE e.id = t.edition_id"
    f" AND (e.live @> {_NOW} OR e.withdrawn_at <= {_NOW}))",
    "portrait": f"EXISTS (SELECT FROM {_PORTRAYED.format('t')})",
    "rendering": "EXISTS (SELECT FROM public.edition e WHERE e.id = t.edition_id"
    f" AND e.live @> {_NOW})",
    "article_tag": _ARTICLE_LIVE.format("t.content_object_id"),
    "quote": _SEEN.format("t"),
    "citation": _SEEN.format("t"),
    # What was changed in a quote that readers have, once it is out; no word of what was
    # withdrawn, nor of what went before it.
    "correction": "EXISTS (SELECT FROM public.quote q WHERE q.permalink_id ="
    f" t.permalink_id AND q.live @> {_NOW}) AND {_CORRECTED}",
    # Merged ones lead on, whether or not readers saw a quote there.
    "permalink": f"t.merged_into_id IS NOT NULL OR {_PERMALINK_SEEN.format('t.id')}",
    "tally": f"t.since <= {_NOW}",
    # A word that was gathered stays hidden once no public quote holds it.
    "vocabulary": f"EXISTS (SELECT FROM public.quote q WHERE q.live @> {_NOW}"
    " AND q.tsv @@ t.asked::tsquery OFFSET 0)",
    "other_name": "",
    "identifier": "",
    "resolution_alias": "",
    "resolution_relation": "",
    "former_address": " OR ".join(
        [f"t.article_id IS NOT NULL AND {_ARTICLE_SEEN.format('t.article_id')}"]
        + [
            f"t.{noun}_id IS NOT NULL AND EXISTS (SELECT FROM public.{noun} n"
            f" WHERE n.id = t.{noun}_id AND ({_as_n(_seen(noun))}))"
            for noun in ("spokesperson", "organization", "post", "resolution", "tag")
        ]
    ),
    **{noun: _seen(noun) for noun in _PUBLIC},
}


def _of(noun: str, key: str) -> str:
    condition = _as_n(_PUBLIC[noun])
    return (
        f"EXISTS (SELECT FROM public.{noun} n WHERE n.id = t.{key} AND ({condition}))"
    )


ROWS["other_name"] = f"{_of('spokesperson', 'person_id')} OR " + _of(
    "organization", "organization_id"
)
ROWS["identifier"] = _of("spokesperson", "person_id")
ROWS["resolution_alias"] = _of("resolution", "resolution_id")
ROWS["resolution_relation"] = (
    f"{_of('resolution', 'resolution_id')} AND {_of('resolution', 'other_id')}"
)


def _while_public(noun: str, **columns: str) -> dict[str, str]:
    """Columns that a row of the catalogue has while it is public, else ``columns``."""
    return {
        name: f"CASE WHEN {_PUBLIC[noun]} THEN t.{name} ELSE {empty} END"
        for name, empty in columns.items()
    }


_WORDS = {
    name: f"CASE WHEN {_ARTICLE_LIVE.format('t.article_id')} THEN t.{name} ELSE '' END"
    for name in ("title", "summary", "byline", "body", "text", "change_note")
}

#: Columns that show less than the table holds: what was planned, who did it, and the
#: words of what was withdrawn.
COLUMNS: dict[str, dict[str, str]] = {
    "article": {
        "desk_id": "NULL::bigint",
        "translation_of_id": "CASE WHEN "
        + _ARTICLE_SEEN.format("t.translation_of_id")
        + " THEN t.translation_of_id END",
    },
    "edition": {
        **_WORDS,
        "number": "(SELECT count(*)::integer FROM public.edition s WHERE s.article_id ="
        " t.article_id AND lower(s.live) <= lower(t.live))",
        "based_on_id": "NULL::bigint",
        # Which text was translated, where readers have had it.
        "translates_id": "CASE WHEN EXISTS (SELECT FROM public.edition o"
        f" WHERE o.id = t.translates_id AND {_SEEN.format('o')})"
        " THEN t.translates_id END",
        "name": "''::varchar",
        "lock_version": "0",
        "created_at": "t.published_at",
        **{
            f"{moment}_at": "NULL::timestamptz"
            for moment in ("submitted", "returned", "approved")
        },
        **{
            f"{moment}_by_id": "NULL::bigint"
            for moment in (
                "created",
                "submitted",
                "returned",
                "approved",
                "published",
                "superseded",
                "withdrawn",
                "redacted",
            )
        },
        "approved_digest": "''::varchar",
        "unreviewed_reason": "''::text",
        "redacted_reason": "''::text",
        "redacted_digest": "''::varchar",
        "record": "NULL::jsonb",
        "superseded_at": f"CASE WHEN t.superseded_at <= {_NOW}"
        " THEN t.superseded_at END",
        "withdrawn_at": f"CASE WHEN t.withdrawn_at <= {_NOW} THEN t.withdrawn_at END",
        "withdrawn_reason": f"CASE WHEN t.withdrawn_at <= {_NOW}"
        " THEN t.withdrawn_reason ELSE '' END",
        "withdrawn_note": f"CASE WHEN t.withdrawn_at <= {_NOW}"
        " THEN t.withdrawn_note ELSE '' END",
        "live": _LIVE_SO_FAR.format("t"),
    },
    "quote": {
        "text": f"CASE WHEN t.live @> {_NOW} THEN t.text ELSE '' END",
        "prefix": f"CASE WHEN t.live @> {_NOW} THEN t.prefix ELSE '' END",
        "suffix": f"CASE WHEN t.live @> {_NOW} THEN t.suffix ELSE '' END",
        "title_as_printed": f"CASE WHEN t.live @> {_NOW} THEN t.title_as_printed"
        " ELSE '' END",
        "facets": f"CASE WHEN t.live @> {_NOW} THEN t.facets ELSE '{{}}' END",
        "confirmed_by_id": "NULL::bigint",
        "live": _LIVE_SO_FAR.format("t"),
    },
    "citation": {
        "printed": f"CASE WHEN t.live @> {_NOW} THEN t.printed ELSE '' END",
        "pinpoint": f"CASE WHEN t.live @> {_NOW} THEN t.pinpoint ELSE '' END",
        "confirmed_by_id": "NULL::bigint",
        "live": _LIVE_SO_FAR.format("t"),
    },
    "edition_media": {
        name: "CASE WHEN EXISTS (SELECT FROM public.edition e WHERE"
        f" e.id = t.edition_id AND e.live @> {_NOW}) THEN t.{name} ELSE '' END"
        for name in ("role", "alt", "caption", "transcript")
    },
    "media_asset": {
        # Of a file that is gone nothing but its key is known.
        **_while_public(
            "media_asset",
            **dict.fromkeys(
                ("file", "name", "type", "content_type", "sha256", "credit"), "''"
            ),
            **dict.fromkeys(("width", "height", "duration", "uploaded_at"), "NULL"),
            size="0",
        ),
        "desk_id": "NULL::bigint",
        "uploaded_by_id": "NULL::bigint",
        **_HIDDEN_LISTING,
    },
    # How much is public and not how it came about.
    "tally": {"id": "0::bigint", "since": "timestamptz '1970-01-01 00:00:00+00'"},
    "permalink": {
        "article_id": f"CASE WHEN {_ARTICLE_SEEN.format('t.article_id')}"
        " THEN t.article_id END",
        "merged_into_id": "CASE WHEN"
        f" {_PERMALINK_SEEN.format('t.merged_into_id')}"
        " OR EXISTS (SELECT FROM public.permalink n WHERE n.id = t.merged_into_id"
        " AND n.merged_into_id IS NOT NULL) THEN t.merged_into_id END",
        "translation_of_id": "CASE WHEN"
        f" {_PERMALINK_SEEN.format('t.translation_of_id')}"
        " THEN t.translation_of_id END",
    },
    "organization": {
        "parent_id": "CASE WHEN EXISTS (SELECT FROM public.organization n WHERE"
        f" n.id = t.parent_id AND ({_as_n(_PUBLIC['organization'])}))"
        " THEN t.parent_id END",
        **_while_public("organization", name="''"),
        **_HIDDEN_LISTING,
    },
    "spokesperson": {
        **_while_public("spokesperson", name="''", sort_name="''", gender="''"),
        **_HIDDEN_LISTING,
    },
    "resolution": {
        **_while_public(
            "resolution",
            symbol="''",
            title="NULL",
            topic="''",
            adoption="''",
            url="''",
            adopted_on="NULL",
            votes_for="NULL",
            votes_against="NULL",
            abstentions="NULL",
        ),
        **_HIDDEN_LISTING,
    },
    **dict.fromkeys(("post", "appointment", "tag"), _HIDDEN_LISTING),
}


def _tables() -> dict[str, type[models.Model]]:
    tables = apps.get_app_config("statements").get_models()
    return {
        model._meta.db_table: model for model in (*tables, MigrationRecorder.Migration)
    }


def _definition() -> list[str]:
    """The statements that make the views, column by column from the models."""
    tables = _tables()
    statements = []
    for table, rows in ROWS.items():
        shown = COLUMNS.get(table, {})
        columns = ", ".join(
            f'{shown.get(field.column, f't."{field.column}"')} AS "{field.column}"'
            for field in tables[table]._meta.concrete_fields
        )
        statements.append(
            f'CREATE VIEW {SCHEMA}."{table}" AS'  # noqa: S608
            f' SELECT {columns} FROM public."{table}" t WHERE {rows}'
        )
    return statements


def _statistics() -> list[str]:
    """What tells the planner how much of a table its view shows.

    It knows nothing of what ``live`` is made into here, and guesses one row of two
    hundred: then it reads all that is public and sorts it, for the newest twenty.
    """
    return [
        f"CREATE STATISTICS {SCHEMA}.{table}_live ON ({_LIVE_SO_FAR.format(table)}),"
        f" (lower({table}.live)) FROM public.{table}"
        for table in _RANGED
    ]


#: Whether all views stand as this mark says, and the public role may read each.
_STANDS = f"""
SELECT count(*) = %s AND bool_and(has_table_privilege(r.oid, c.oid, 'SELECT'))
   AND bool_and(has_schema_privilege(r.oid, n.oid, 'USAGE'))
  FROM pg_namespace n JOIN pg_class c ON c.relnamespace = n.oid AND c.relkind = 'v'
  JOIN pg_roles r ON r.rolname = '{ROLE}'
 WHERE n.nspname = '{SCHEMA}' AND obj_description(n.oid, 'pg_namespace') = %s
"""  # noqa: S608


def build(using: str = "default") -> None:
    """Make the schema and its views anew, and let the public role read them.

    Nothing is touched if they stand already: a digest of their definition is kept as
    the schema's comment. In one transaction, so that readers see the former views until
    the new ones stand. The role is made where the connection may make roles; else
    ``manage.py db roles``, run by somebody who may, makes it and the grants.
    """
    definition, statistics = _definition(), _statistics()
    said = "\n".join([*definition, *statistics])
    digest = hashlib.sha256(said.encode()).hexdigest()
    mark = f"Made by statements/wall.py, sha256 {digest}"
    with transaction.atomic(using=using), connections[using].cursor() as cursor:
        _refuse_readers(cursor)
        cursor.execute(_STANDS, [len(definition), mark])
        if cursor.fetchone()[0]:
            return
        cursor.execute(f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE")
        cursor.execute(f"CREATE SCHEMA {SCHEMA}")
        for statement in (*definition, *statistics):
            cursor.execute(statement)
        cursor.execute(f"ANALYZE {', '.join(f'public.{one}' for one in _RANGED)}")
        cursor.execute(f"COMMENT ON SCHEMA {SCHEMA} IS '{mark}'")
        cursor.execute(
            "SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = %s), rolcreaterole"
            " OR rolsuper FROM pg_roles WHERE rolname = current_user",
            [ROLE],
        )
        there, may_make = cursor.fetchone()
        if not there and may_make:
            # Roles belong to the whole server: beside us another database of it may be
            # migrating, and make the same one.
            same = (ProgrammingError, IntegrityError)
            with suppress(*same), transaction.atomic(using=using):
                cursor.execute(f"CREATE ROLE {ROLE} NOLOGIN NOCREATEDB NOCREATEROLE")
        if there or may_make:
            # What views call lies in schema public; its tables stay closed.
            cursor.execute(f"GRANT USAGE ON SCHEMA {SCHEMA}, public TO {ROLE}")
            cursor.execute(f"GRANT SELECT ON ALL TABLES IN SCHEMA {SCHEMA} TO {ROLE}")


def drop(using: str = "default") -> None:
    """Take the views away, so that a migration may change their tables."""
    with connections[using].cursor() as cursor:
        _refuse_readers(cursor)
        cursor.execute(f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE")


def _refuse_readers(cursor: Any) -> None:
    """Raise CommandError if the connection is one of the readers' process."""
    cursor.execute("SELECT current_user = %s", [ROLE])
    if cursor.fetchone()[0]:
        raise CommandError(
            f"This connection has the role {ROLE}, which only reads. Migrate with "
            "DJANGO_SETTINGS_MODULE=newsroom.settings and the owner's DATABASE_URL."
        )
