"""One migrated database, made once and copied for each worker of each run.

The migrations take many seconds and give the same every time. What they gave is kept as
a database of the server, named for the files that they are made of; a run copies it and
migrates the copy, which finds nothing to do. Whoever changes one of those files gets a
new one, and the former goes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

ROOT = Path(__file__).resolve().parent.parent

#: What a migrated database is made of; what follows migrations is in it too.
SOURCES = (
    "newsroom/roles.py",
    "statements/apps.py",
    "statements/foundation.py",
    "statements/wall.py",
    "statements/migrations/*.py",
    "statements/models/*.py",
)
PACKAGES = ("django", "django-taggit", "psycopg")

#: Of the advisory lock that makers of templates take; any number that none else does.
LOCK = 20_260_302


def digest() -> str:
    """Twelve digits that are others once anything is that a migration could ask."""
    found = hashlib.sha256()
    for name in PACKAGES:
        found.update(f"{name} {version(name)}\n".encode())
    for pattern in SOURCES:
        for path in sorted(ROOT.glob(pattern)):
            found.update(f"{path.relative_to(ROOT)}\n".encode())
            found.update(path.read_bytes())
    return found.hexdigest()[:12]


def ready(connection: BaseDatabaseWrapper) -> str:
    """The name of a migrated database to copy, which is made if there is none.

    Workers that start together wait for the one that makes it.
    """
    family = f"template_of_{connection.settings_dict['NAME'][:30]}_"
    name = f"{family}{digest()}"
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        cursor.execute(
            "SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [family]
        )
        there = {former for (former,) in cursor.fetchall()}
        if name not in there:
            for former in there:
                # One that a killed run left half made, too.
                cursor.execute(f'DROP DATABASE IF EXISTS "{former}" WITH (FORCE)')
            making = f"{family}making"
            _make(connection, making)
            # Nobody's connection, a vacuum's neither, then stands in a copy's way.
            cursor.execute(f'ALTER DATABASE "{making}" ALLOW_CONNECTIONS false')
            cursor.execute(f'ALTER DATABASE "{making}" RENAME TO "{name}"')
        cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
    return name


def _make(connection: BaseDatabaseWrapper, name: str) -> None:
    real = connection.settings_dict["NAME"]
    with _named(connection.settings_dict["TEST"], name):
        connection.creation.create_test_db(verbosity=0, autoclobber=True)
        connection.creation.destroy_test_db(real, verbosity=0, keepdb=True)


@contextmanager
def _named(test: dict[str, Any], name: str) -> Iterator[None]:
    before = test["NAME"]
    test["NAME"] = name
    try:
        yield
    finally:
        test["NAME"] = before
