"""The cast as it stood, set up again: rows put back instead of made anew.

Half of what a test costs is what it makes before it begins, and most tests begin alike:
with a draft, or with a statement that is public. The first one in each worker makes it
by the verbs that editors use. What these left in the database is then read off, and
put back for every later test in one statement, past the triggers, which have judged it
once. Fixtures give copies of what they gave the first time. All moments, in rows and in
copies, move along with the clock, so a statement has always just been published.

A fixture that gives no rows, as one that gives a function, is asked anew. What is
sealed with its moments cannot be moved, so it is no scene. Tests that commit, and those
of a role that may not go past triggers, make everything themselves.
"""

from __future__ import annotations

import datetime as dt
import io
import pickle
from collections.abc import Iterator
from dataclasses import dataclass, field, is_dataclass
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.db.models import Model
from psycopg import sql

#: What tests begin with, the furthest first; what each is made of comes with it.
SCENES = (
    *("hidden", "secret", "public", "seen", "live", "ready", "draft"),
    *("make_public", "say", "okafors_office"),
)
#: Whoever asks for one of these commits, or has more than one connection.
COMMIT = {"transactional_db", "django_db_reset_sequences", "live_server"}

#: Tables, their columns that can be written with the types of these, and their keys.
COLUMNS = """
SELECT c.relname, array_agg(a.attname::text ORDER BY a.attnum),
       array_agg(format_type(a.atttypid, NULL) ORDER BY a.attnum),
       (SELECT array_agg(k.attname::text) FROM pg_index i JOIN pg_attribute k
            ON k.attrelid = c.oid AND k.attnum = ANY (i.indkey)
        WHERE i.indrelid = c.oid AND i.indisprimary)
FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'
  AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
GROUP BY c.oid ORDER BY c.relname
"""

#: How a column's values are read, if they do not stay as they were.
MOVED = {
    "timestamp with time zone": "r.{0} + current_setting('stage.shift')::interval",
    "tstzrange": (
        "CASE WHEN isempty(r.{0}) THEN r.{0} ELSE tstzrange("
        "lower(r.{0}) + current_setting('stage.shift')::interval,"
        " upper(r.{0}) + current_setting('stage.shift')::interval,"
        " CASE WHEN lower_inc(r.{0}) THEN '[' ELSE '(' END"
        " || CASE WHEN upper_inc(r.{0}) THEN ']' ELSE ')' END) END"
    ),
}


@dataclass(frozen=True)
class Scene:
    """What a fixture, and those that it is made of, left behind."""

    rows: str
    values: bytes
    files: dict[Path, bytes]
    at: dt.datetime


@dataclass
class Test:
    """A test that begins with a scene, while it is being set up."""

    #: The fixtures that the scene stands for by name, and where each is defined.
    names: tuple[str, ...]
    key: tuple[Any, ...]
    #: What these gave the first time, as copies, and what they gave this time.
    copies: dict[str, Any] = field(default_factory=dict)
    made: dict[str, Any] = field(default_factory=dict)


SEEN = pytest.StashKey[Test | None]()
KEPT: dict[tuple[Any, ...], Scene] = {}


class Copies:
    """Gives a fixture's copy, once its scene stands; answers before pytest does."""

    @pytest.hookimpl(tryfirst=True)
    def pytest_fixture_setup(
        self, fixturedef: pytest.FixtureDef[Any], request: pytest.FixtureRequest
    ) -> Any:
        test = _test(request)
        value = test.copies.get(fixturedef.argname) if test else None
        if value is not None:
            fixturedef.cached_result = (value, fixturedef.cache_key(request), None)
        return value


class Scenes:
    """Sets a test's scene up, or makes it and keeps it, before all that it asks for."""

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(
        self, fixturedef: pytest.FixtureDef[Any], request: pytest.FixtureRequest
    ) -> Iterator[Any]:
        value = yield
        test, name = _test(request), fixturedef.argname
        if test is not None and name == "db":
            if (scene := KEPT.get(test.key)) is not None:
                test.copies = _set_up(scene)
            elif since := _transaction():
                request.node._request.getfixturevalue(test.names[-1])
                KEPT[test.key] = _read_off(test, since)
        elif test is not None and name in test.names:
            test.made[name] = value
        return value


def _test(request: pytest.FixtureRequest) -> Test | None:
    """What is known of the test, if it begins with a scene and commits nothing."""
    item = request.node
    if not isinstance(item, pytest.Function):  # of a module or a session
        return None
    if SEEN not in item.stash:
        item.stash[SEEN] = _begun(item)
    return item.stash[SEEN]


def _begun(item: pytest.Function) -> Test | None:
    marker = item.get_closest_marker("django_db")
    if COMMIT.intersection(item.fixturenames) or (
        marker and (marker.args or marker.kwargs)
    ):
        return None
    scene = next((name for name in SCENES if name in item.fixturenames), None)
    if scene is None:
        return None
    names = [
        name
        for name in _closure(item, scene)
        if name != "db" and "db" in _closure(item, name)
    ]
    definitions = item._fixtureinfo.name2fixturedefs
    if any(definitions[name][-1].params for name in names):
        return None
    return Test(tuple(names), tuple(definitions[name][-1].func for name in names))


def _closure(item: pytest.Function, name: str) -> list[str]:
    """The fixtures that one is made of, each after those that it asks for itself."""
    found: list[str] = []
    definitions = item._fixtureinfo.name2fixturedefs

    def walk(name: str) -> None:
        if name in definitions and name not in found:
            for each in definitions[name][-1].argnames:
                walk(each)
            if name not in found:
                found.append(name)

    walk(name)
    return found


def _transaction() -> int:
    """The number of the test's transaction; 0 if its role may not go past triggers."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT CASE WHEN rolsuper THEN pg_current_xact_id()::text::bigint ELSE 0"
            " END FROM pg_roles WHERE rolname = current_user"
        )
        return cursor.fetchone()[0]


def _read_off(test: Test, since: int) -> Scene:
    written = []
    with connection.cursor() as cursor:
        cursor.execute(COLUMNS)
        for table, columns, types, key in cursor.fetchall():
            of = sql.Identifier("public", table)
            cursor.execute(
                sql.SQL(
                    "SELECT json_agg(t)::text FROM {} t"
                    " WHERE t.xmin::text::bigint >= %s"
                ).format(of),
                [since],
            )
            (rows,) = cursor.fetchone()
            if rows is None:
                continue
            names = [sql.Identifier(column) for column in columns]
            written.append(
                sql.SQL(
                    "INSERT INTO {} ({}) OVERRIDING SYSTEM VALUE"
                    " SELECT {} FROM json_populate_recordset(NULL::{}, {}::json) r"
                    " ON CONFLICT ({}) DO UPDATE SET {};"
                ).format(
                    of,
                    sql.SQL(", ").join(names),
                    sql.SQL(", ").join(
                        sql.SQL(MOVED.get(type_, "r.{0}")).format(name)
                        for name, type_ in zip(names, types, strict=True)
                    ),
                    of,
                    sql.Literal(rows),
                    sql.SQL(", ").join(map(sql.Identifier, key)),
                    sql.SQL(", ").join(
                        sql.SQL("{0} = EXCLUDED.{0}").format(name) for name in names
                    ),
                )
            )
        cursor.execute("SELECT clock_timestamp()")
        (at,) = cursor.fetchone()
    values = {
        name: value
        for name, value in test.made.items()
        if isinstance(value, Model) or is_dataclass(value)
    }
    file = io.BytesIO()
    _Pickler(file).dump(values)
    root = Path(settings.MEDIA_ROOT)
    return Scene(
        rows=sql.SQL("\n").join(written).as_string(connection.connection),
        values=file.getvalue(),
        files={
            path.relative_to(root): path.read_bytes()
            for path in root.rglob("*")
            if path.is_file()
        },
        at=at,
    )


def _set_up(scene: Scene) -> dict[str, Any]:
    """Put the rows and the files of a scene back; copies of what its fixtures gave."""
    global _shift
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        _shift = cursor.fetchone()[0] - scene.at
        seconds = _shift.days * 86_400 + _shift.seconds
        cursor.execute(
            "SET LOCAL session_replication_role = replica;"
            f"SET LOCAL stage.shift = '{seconds}.{_shift.microseconds:06} seconds';"
            f"{scene.rows}"
            "SET LOCAL session_replication_role = origin;"
        )
    for path, content in scene.files.items():
        target = Path(settings.MEDIA_ROOT) / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    return pickle.loads(scene.values)  # noqa: S301  # our own, a moment ago


_shift = dt.timedelta()


def _moved(moment: str) -> dt.datetime:
    return dt.datetime.fromisoformat(moment) + _shift


class _Pickler(pickle.Pickler):
    """Writes moments so that they are read as they would be by now."""

    def reducer_override(self, value: Any) -> Any:
        if type(value) is dt.datetime and value.tzinfo:
            return _moved, (value.isoformat(),)
        return NotImplemented
