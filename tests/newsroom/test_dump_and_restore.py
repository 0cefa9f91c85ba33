"""A full database, dumped and restored into a fresh one, is the same and as guarded."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import psycopg
import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from psycopg import sql

from newsroom.database import Cluster
from statements.management.demo import stage
from statements.models import Article, Edition, Quote, User
from tests import builders

#: Tables with a column that the database derives, and the whole of their rows.
DERIVED = {
    "edition": "live, digest, previous_digest, record",
    "quote": "live, tsv, facets",
    "citation": "live",
    "appointment": "certainly, possibly",
}


@pytest.fixture
def full(transactional_db) -> None:
    """The database of the tests with the demo in it."""
    stage.fill()


def tool(name: str) -> str:
    """A program of PostgreSQL: the embedded server's, else the one in the PATH."""
    embedded = connection.settings_dict.get("EMBEDDED")
    return str(Cluster(Path(embedded)).tool(name)) if embedded else name


def run(name: str, *words: str, database: str) -> str:
    """Run a program on a database of the tests' server; what it printed."""
    them = connection.settings_dict
    done = subprocess.run(
        [tool(name), *words],
        env={
            **os.environ,
            "PGHOST": str(them["HOST"]),
            "PGPORT": str(them["PORT"]),
            "PGUSER": str(them["USER"]),
            "PGPASSWORD": str(them.get("PASSWORD") or ""),
            "PGDATABASE": database,
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture
def fresh() -> Iterator[str]:
    """The name of a new, empty database beside that of the tests."""
    name = f"{connection.settings_dict['NAME']}_restored"
    drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(
        sql.Identifier(name)
    )
    create = sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(
        sql.Identifier(name)
    )
    with psycopg.connect(
        **{**connection.get_connection_params(), "dbname": "postgres"},
        autocommit=True,
    ) as server:
        server.execute(drop)
        server.execute(create)
        yield name
        server.execute(drop)


def contents() -> dict[str, object]:
    """Rows of every table, and a fingerprint of all that the database derives."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
        )
        tables = [row[0] for row in cursor.fetchall()]
        found: dict[str, object] = {}
        for table in tables:
            cursor.execute(f'SELECT count(*) FROM public."{table}"')
            found[table] = cursor.fetchone()[0]
        for table, columns in DERIVED.items():
            cursor.execute(
                f"SELECT md5(string_agg(r::text, '|' ORDER BY id)) FROM"
                f" (SELECT id, {columns} FROM public.{table}) r"
            )
            found[f"{table} ({columns})"] = cursor.fetchone()[0]
        cursor.execute("SELECT count(*) FROM pg_trigger WHERE tgname ~ 'guard|audit'")
        found["guards"] = cursor.fetchone()[0]
    return found


@pytest.fixture
def moved():
    """Let Django's connection lead to another database, and back in the end."""
    own = connection.settings_dict["NAME"]

    def act(name: str) -> None:
        connection.close()
        connection.settings_dict["NAME"] = name

    yield act
    connection.close()
    connection.settings_dict["NAME"] = own


def test_a_full_database_survives_dump_and_restore(full, fresh, moved, tmp_path):
    before = contents()
    assert before["article"] == 30
    assert before["guards"] > 80
    file = str(tmp_path / "newsroom.dump")
    run(
        "pg_dump",
        "--format=custom",
        f"--file={file}",
        database=str(connection.settings_dict["NAME"]),
    )
    run("pg_restore", "--exit-on-error", f"--dbname={fresh}", file, database=fresh)

    moved(fresh)

    assert contents() == before
    out = StringIO()
    call_command("doctor", stdout=out)
    assert {line[-3:] for line in out.getvalue().splitlines()} == {" ok"}
    # It lives on: the guards stand, keys go on where they were, the audit writes.
    with pytest.raises(IntegrityError, match="frozen"), transaction.atomic():
        Edition.objects.live().update(title="Else")
    with (
        pytest.raises(IntegrityError, match="begins unpublished"),
        transaction.atomic(),
    ):
        Edition.objects.create(
            article=Article.objects.first(),
            number=99,
            title="Slipped in",
            body="<p>Words.</p>",
            text="Words.",
            created_by=User.objects.system(),
            published_at="2026-01-01T00:00Z",
            published_by=User.objects.system(),
        )
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE quote DISABLE TRIGGER USER")
        with pytest.raises(IntegrityError, match="quote_of_edition"):
            cursor.execute("UPDATE quote SET live = 'empty' WHERE NOT isempty(live)")
        cursor.execute("ALTER TABLE quote ENABLE TRIGGER USER")
    public = Quote.objects.public().count()
    draft = builders.make_draft(by=User.objects.get(username="amina"))
    assert draft.pk > 30
    assert Quote.objects.public().count() == public
