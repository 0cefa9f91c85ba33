"""Another system, served in a process of its own, asked for pages and timed there.

The peer is a folder with a Wagtail project of the same content: ``manage.py``, settings
``wproj.settings``, ``seed_wag.py`` and ``copy_wag.py``, which fill it. Its packages go
into an environment of their own, its rows into a database beside Newsroom's.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import psycopg
from psycopg import sql

PACKAGES = ("wagtail~=8.0", "psycopg[binary,pool]~=3.3")
DATABASE = "bench_peer"
STATEMENTS, ADDED = 20_000, 100

_SETTINGS = """
from wproj.settings import *
DATABASES["default"].update(%(database)r)
# One connection that stays, as Newsroom has: a pool costs it more.
DATABASES["default"].pop("OPTIONS", None)
DATABASES["default"]["CONN_MAX_AGE"] = 600
STORAGES["staticfiles"] = {
    "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
}
"""

#: Answers lines "article 20" with the CPU milliseconds that one page of them took.
_DRIVER = """
import random, sys, time
import django
django.setup()
from django.test import Client
from django.test.utils import get_runner
from stmt.models import ArticlePage, SpeakerPage
client, chance = Client(), random.Random(3)
articles = list(ArticlePage.objects.values_list("url_path", flat=True)[:5000])
speakers = list(SpeakerPage.objects.values_list("url_path", flat=True))
def address(path):
    return "/" + path.split("/", 2)[2]
ways = {
    "article": lambda: address(chance.choice(articles)),
    "speaker": lambda: address(chance.choice(speakers)),
    "list": lambda: "/",
}
print("ready", flush=True)
for line in sys.stdin:
    kind, count = line.split()
    paths = [ways[kind]() for _ in range(int(count))]
    began = time.process_time_ns()
    for path in paths:
        answer = client.get(path)
        assert answer.status_code == 200, (path, answer.status_code)
    print((time.process_time_ns() - began) / 1e6 / int(count), flush=True)
"""


class Peer:
    """A Wagtail project that answers how long its pages take."""

    def __init__(self, folder: Path, home: Path, database: dict[str, str]):
        self.folder, self.home = folder, home
        self.python = home / "bin" / "python"
        self.database = database

    def prepare(self) -> None:
        """Install what it needs and fill its database, unless that was done before."""
        if not self.python.exists():
            subprocess.run([sys.executable, "-m", "venv", self.home], check=True)
        subprocess.run(
            [self.python, "-m", "pip", "install", "--quiet", *PACKAGES], check=True
        )
        names = ("HOST", "PORT", "USER", "PASSWORD")
        there = {name: str(self.database.get(name, "")) for name in names}
        (self.home / "peer_settings.py").write_text(
            _SETTINGS % {"database": {**there, "NAME": DATABASE}}
        )
        if self._create():
            self._run("manage.py", "migrate", "--verbosity", "0")
            self._run("seed_wag.py", ADDED, STATEMENTS)
            self._run("copy_wag.py", ADDED, STATEMENTS)

    def start(self) -> None:
        self.process = subprocess.Popen(
            [self.python, "-c", _DRIVER],
            cwd=self.folder,
            env=self._environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        if self._line() != "ready":
            raise RuntimeError("The peer did not start; what it says stands above.")

    def takes(self, kind: str, count: int) -> float:
        """CPU milliseconds of a page of "article", "speaker" or "list"."""
        self.process.stdin.write(f"{kind} {count}\n")
        self.process.stdin.flush()
        return float(self._line())

    def stop(self) -> None:
        self.process.stdin.close()
        self.process.wait(timeout=20)

    def _line(self) -> str:
        return self.process.stdout.readline().strip()

    def _create(self) -> bool:
        with psycopg.connect(
            host=self.database["HOST"],
            port=self.database["PORT"],
            user=self.database["USER"],
            dbname="postgres",
            autocommit=True,
        ) as there:
            name = [DATABASE]
            if there.execute(
                "SELECT 1 FROM pg_database WHERE datname = %s", name
            ).fetchone():
                return False
            there.execute(
                sql.SQL("CREATE DATABASE {}").format(sql.Identifier(DATABASE))
            )
        return True

    def _run(self, *words: object) -> None:
        subprocess.run(
            [self.python, *map(str, words)],
            cwd=self.folder,
            env=self._environment(),
            check=True,
        )

    def _environment(self) -> dict[str, str]:
        return {
            **{
                name: os.environ[name]
                for name in ("PATH", "HOME")
                if name in os.environ
            },
            "DJANGO_SETTINGS_MODULE": "peer_settings",
            "PYTHONPATH": f"{self.home}{os.pathsep}{self.folder}",
            "PYTHONDONTWRITEBYTECODE": "1",
            "CONN": "persist",
        }
