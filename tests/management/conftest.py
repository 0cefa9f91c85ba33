"""Commands run as from a shell, and a count of every row to see what they kept."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection

from statements.editorial import checking

#: What the file of a statement holds, a paragraph a line.
STRAIT = """\
Your browser does not support the audio element.
HARROWMERE — Ministry of Foreign Affairs Spokesperson Ilse Okafor said on Monday that \
“the ferries will sail as long as there is water under them,” and left the room.
“Nobody on either shore will wait for bread,” Okafor added. The order goes back to \
Security Council resolution 2417 (2018).
Teodor Lindqvist, Permanent Representative to the United Nations, said: “Vallorn \
keeps its word.”
"""


@pytest.fixture
def run():
    """Run a command; what it wrote on its output. Words are given as in a shell."""

    def act(name: str, *words: object, **options: object) -> str:
        out = StringIO()
        call_command(name, *map(str, words), stdout=out, stderr=out, **options)
        return out.getvalue()

    return act


@pytest.fixture
def file(tmp_path):
    """Write a file; its path. Bytes are kept as they are."""

    def act(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        if isinstance(content, str):
            content = content.encode()
        path.write_bytes(content)
        return path

    return act


@pytest.fixture
def strait(file) -> Path:
    return file("strait.txt", STRAIT)


def healthy(doctor: str) -> bool:
    """Whether the doctor asked everything and found nothing."""
    lines = doctor.splitlines()
    return len(lines) == len(checking.CHECKS) and all(
        line.endswith(" ok") for line in lines
    )


def rows() -> dict[str, int]:
    """How many rows each table has."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public'"
        )
        tables = [row[0] for row in cursor.fetchall()]
        cursor.execute(
            " UNION ALL ".join(
                f"SELECT '{table}', count(*) FROM public.{table}" for table in tables
            )
        )
        return dict(cursor.fetchall())


@pytest.fixture
def unchanged(db):
    """A check, at the end of the test, that no table has a row more or less."""
    before = rows()
    yield
    assert rows() == before
