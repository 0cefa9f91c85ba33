"""Django's own list of what a deployment must not forget, for both processes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from django.db import connection

ROOT = Path(__file__).parent.parent.parent
PRODUCTION = {
    "ALLOWED_HOSTS": "statements.example",
    "SITE_URL": "https://statements.example",
    "BEHIND_PROXY": "1",
    "EMAIL_URL": "smtp://newsroom:Zqxjkv@mail.example",
    "MAIL_FROM": "Newsroom <newsroom@statements.example>",
}
MODULES = ["newsroom.settings", "newsroom.settings_public"]


@pytest.fixture
def environment(tmp_path, django_db_setup) -> dict[str, str]:
    """A server to ask for its version, which is all that is asked of it."""
    them = connection.settings_dict
    words = {"host": them["HOST"], "port": them["PORT"]}
    address = (
        f"postgresql://{quote(them['USER'])}:{quote(them.get('PASSWORD') or '')}"
        f"@/{them['NAME']}?{urlencode(words)}"
    )
    return PRODUCTION | {
        "PATH": os.environ["PATH"],
        "NEWSROOM_VAR": str(tmp_path),
        "DATABASE_URL": address,
        "PUBLIC_DATABASE_URL": address,
        "SECRET_KEY": "".join(map(chr, range(48, 123))),
    }


def check(module: str, environment: dict[str, str]) -> subprocess.CompletedProcess:
    return subprocess.run(
        [
            *(sys.executable, "-W", "error::DeprecationWarning", "manage.py"),
            *("check", "--deploy", "--fail-level", "WARNING"),
        ],
        cwd=ROOT,
        env=environment | {"DJANGO_SETTINGS_MODULE": module},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize("module", MODULES)
def test_a_deployment_has_nothing_to_be_warned_of(module, environment):
    done = check(module, environment)
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


@pytest.mark.parametrize("module", MODULES)
def test_plain_http_is_warned_of(module, environment):
    """The check does look: it speaks of cookies only where there are any."""
    done = check(module, environment | {"SITE_URL": "http://statements.example"})
    assert done.returncode == 1
    assert "security.W008" in done.stderr
    assert ("security.W012" in done.stderr) is (module == "newsroom.settings")


def test_a_desk_without_mail_is_warned_of(environment):
    done = check("newsroom.settings", environment | {"EMAIL_URL": ""})
    assert done.returncode == 1
    assert "newsroom.W001" in done.stderr


def test_a_mail_server_needs_somebody_whom_mails_come_from(environment):
    done = check("newsroom.settings", environment | {"MAIL_FROM": ""})
    assert done.returncode == 1
    assert "MAIL_FROM is missing." in done.stderr
    assert "Zqxjkv" not in done.stderr
