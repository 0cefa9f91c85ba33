"""The readers' site as it is deployed: a server of its own, as a role that only reads.

A real gunicorn is started with ``newsroom.wsgi_public`` on the database of the tests.
It signs in as a role that is a member of newsroom_public and nothing else.
"""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest
from django.conf import settings as project
from django.db import connection

from newsroom import roles
from statements.editorial import editions
from tests import builders
from tests.public.conftest import STAFF_MIDDLEWARE
from tests.public.hidden import make_asset

ROOT = Path(__file__).parent.parent.parent
ANSWERS = 30.0
"""Seconds for the server to answer its first request."""

type Ask = Callable[[str], tuple[int, bytes]]


def server(statement: str) -> None:
    """Do something that a test's transaction cannot undo, and others see at once."""
    them = connection.settings_dict
    with psycopg.connect(
        host=str(them["HOST"]),
        port=str(them["PORT"]),
        user=str(them["USER"]),
        password=str(them.get("PASSWORD") or ""),
        dbname=str(them["NAME"]),
        autocommit=True,
    ) as raw:
        raw.execute(statement)


@pytest.fixture
def environment(
    tmp_path, django_db_setup, django_db_blocker
) -> Iterator[dict[str, str]]:
    """What the readers' process knows: no DATABASE_URL, and no key."""
    with django_db_blocker.unblock():
        them = connection.settings_dict
    reader = f"reader_of_{them['NAME']}"
    server(f"DROP ROLE IF EXISTS {reader}")
    server(f"CREATE ROLE {reader} LOGIN PASSWORD 'of the tests' IN ROLE {roles.PUBLIC}")
    address = (
        f"postgresql://{reader}:of%20the%20tests@/{them['NAME']}"
        f"?host={quote(str(them['HOST']))}&port={them['PORT']}"
    )
    kept = ("PATH", "HOME", "LANG")
    yield {name: os.environ[name] for name in kept if name in os.environ} | {
        "PUBLIC_DATABASE_URL": address,
        "ALLOWED_HOSTS": "127.0.0.1",
        "NEWSROOM_VAR": str(tmp_path / "var"),
        "MEDIA_ROOT": str(tmp_path / "media"),
    }
    server(f"DROP ROLE {reader}")


def python(environment: dict[str, str], *words: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, *words],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def with_public_settings(environment: dict[str, str], code: str) -> str:
    """What some lines print in a process of the public settings."""
    done = python(
        environment | {"DJANGO_SETTINGS_MODULE": "newsroom.settings_public"},
        "-c",
        f"import django; django.setup()\n{code}",
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.fixture
def ask(environment) -> Iterator[Ask]:
    """Start the server; ask it for an address, get status and body."""
    made = python(
        environment | {"DJANGO_SETTINGS_MODULE": "newsroom.settings_public"},
        "manage.py",
        "collectstatic",
        "--no-input",
        "--verbosity=0",
    )
    assert made.returncode == 0, made.stderr
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]

    def ask(path: str) -> tuple[int, bytes]:
        try:
            response = urllib.request.urlopen(
                f"http://127.0.0.1:{port}{path}", timeout=20
            )
        except urllib.error.HTTPError as refusal:
            response = refusal
        with response:
            assert "Set-Cookie" not in response.headers
            return response.status, response.read()

    with subprocess.Popen(
        [
            *(sys.executable, "-m", "gunicorn", "newsroom.wsgi_public"),
            *("--bind", f"127.0.0.1:{port}", "--worker-class", "gthread"),
            *("--threads", "2", "--log-level", "warning", "--no-control-socket"),
        ],
        cwd=ROOT,
        env=environment,
    ) as process:
        try:
            until = time.monotonic() + ANSWERS
            while True:
                try:
                    ask("/healthz")
                    break
                except urllib.error.URLError:
                    assert process.poll() is None, "the server ended"
                    assert time.monotonic() < until, "the server does not answer"
                    time.sleep(0.1)
            yield ask
        finally:
            process.terminate()


@pytest.mark.django_db(transaction=True)
def test_the_process_serves_what_is_public_and_nothing_else(
    ask, ready, author, editor, publisher
):
    asset = make_asset("ferries.mp3", b"The sound of ferries.", by=author)
    editions.attach(ready, asset, by=author, transcript="Bells.")
    ready.refresh_from_db()
    assert ask(asset.get_absolute_url())[0] == 404
    live = builders.review_and_publish(ready, editor=editor, publisher=publisher)
    article = live.article
    words = live.quotes.get()
    hidden = builders.make_draft(by=author, title="Zinnober", body="Zinnober.")
    secret = make_asset("zinnober.mp3", b"zinnober", by=author)

    assert ask("/healthz") == (200, b"ok\n")
    for path in ("/", article.get_absolute_url(), words.get_absolute_url()):
        status, body = ask(path)
        assert status == 200, path
        assert live.title.encode() in body, path
    assert ask(asset.get_absolute_url()) == (200, b"The sound of ferries.")
    status, body = ask("/search/?q=ferries")
    assert status == 200
    assert b"<mark>" in body
    assert ask("/search/?q=zinnober")[0] == 200
    for path in (
        hidden.article.get_absolute_url(),
        secret.get_absolute_url(),
        "/admin/",
        "/admin/login/",
        "/staff/quotes/",
        "/staff/quotes/counts/",
        "/staff/quotes/names/",
    ):
        status, body = ask(path)
        assert status == 404, path
        # The words of the address are offered to be searched for, as it has them.
        asked = {path.encode(), *re.findall(rb"[a-z0-9]+", path.encode())}
        for word in sorted(asked, key=len, reverse=True):
            body = body.replace(word, b"")
        assert b"innober" not in body


STATEMENTS = {
    "SELECT FROM public.quote": "permission denied for table quote",
    "SELECT FROM public.account": "permission denied for table account",
    "SELECT FROM django_session": "permission denied for table django_session",
    "UPDATE kind SET name = 'x'": "permission denied for view kind",
    "CREATE TEMPORARY TABLE x ()": "read-only transaction",
    "SET ROLE pg_monitor": 'permission denied to set role "pg_monitor"',
    "SELECT FROM quote": "done",
}


def test_a_statement_in_that_process_reaches_no_table(environment):
    printed = with_public_settings(
        environment,
        f"""
from django.db import DatabaseError, connection
for statement in {list(STATEMENTS)!r}:
    try:
        with connection.cursor() as cursor:
            cursor.execute(statement)
            print("done")
    except DatabaseError as error:
        print(str(error).splitlines()[0])
""",
    )
    for line, (statement, said) in zip(
        printed.splitlines(), STATEMENTS.items(), strict=True
    ):
        assert said in line, statement


def test_the_process_has_no_sessions_no_accounts_and_no_admin(environment):
    apps, middleware, address = with_public_settings(
        environment,
        """
from django.conf import settings
print(*settings.INSTALLED_APPS)
print(*settings.MIDDLEWARE)
print(settings.SECRET_KEY)
""",
    ).splitlines()
    assert "sessions" not in apps
    assert "admin" not in apps
    assert "DeskConfig" not in apps
    # What the tests of the public pages do without is what the process does without.
    assert middleware.split() == [
        name
        for name in project.MIDDLEWARE
        if not name.split(".")[2].startswith(STAFF_MIDDLEWARE)
        and not name.endswith("CsrfViewMiddleware")
    ]
    assert address != project.SECRET_KEY


def test_without_its_address_the_process_does_not_start(environment):
    del environment["PUBLIC_DATABASE_URL"]
    done = python(environment, "-c", "import newsroom.wsgi_public")
    assert done.returncode != 0
    assert "PUBLIC_DATABASE_URL is missing. Set it to" in done.stderr


def test_an_address_of_something_else_is_refused_by_its_name(environment):
    environment["PUBLIC_DATABASE_URL"] = "mysql://host/name"
    done = python(environment, "-c", "import newsroom.wsgi_public")
    assert "PUBLIC_DATABASE_URL does not begin with postgresql://" in done.stderr


def test_the_process_refuses_to_migrate(environment):
    environment["DJANGO_SETTINGS_MODULE"] = "newsroom.settings_public"
    done = python(environment, "manage.py", "migrate")
    assert done.returncode == 1
    assert "has the role newsroom_public, which only reads" in done.stderr
