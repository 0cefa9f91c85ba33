"""The site as it is run: gunicorn, collected files, a database that holds a world."""

from __future__ import annotations

import os
import secrets
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote, urlencode

from django.conf import settings
from django.db import connection

SECONDS = 30


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def environment(address: str, media: Path, **more: str) -> dict[str, str]:
    """What the processes of the site are told, of the database that is open here."""
    there = connection.settings_dict
    who = quote(there["USER"], safe="")
    if there.get("PASSWORD"):
        who += f":{quote(there['PASSWORD'], safe='')}"
    place = urlencode({"host": there["HOST"], "port": there["PORT"]})
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return {
        **kept,
        "DATABASE_URL": f"postgresql://{who}@/{quote(there['NAME'])}?{place}",
        "SECRET_KEY": secrets.token_urlsafe(50),
        "ALLOWED_HOSTS": "127.0.0.1",
        "SITE_URL": address,
        "SECURITY_CONTACT": "mailto:security@statements.example",
        "MEDIA_ROOT": str(media),
        "NEWSROOM_VAR": str(settings.VAR),
        **more,
    }


@contextmanager
def serve(port: int, media: Path, **more: str) -> Iterator[str]:
    """Run the site until the block ends; its address. ``more``: variables of it."""
    address = f"http://127.0.0.1:{port}"
    told = environment(address, media, **more)
    words = [sys.executable, "-m", "gunicorn", "newsroom.wsgi", "--bind"]
    words += [f"127.0.0.1:{port}", "--worker-class", "gthread", "--threads", "4"]
    words += ["--workers", "2", "--log-level", "warning"]
    words += ["--no-control-socket"]
    process = subprocess.Popen(words, env=told, cwd=settings.BASE_DIR)
    try:
        wait(f"{address}/healthz", process)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=SECONDS)


def wait(address: str, process: subprocess.Popen) -> None:
    """Until an address answers; what the process says stands above if it ends."""
    limit = time.monotonic() + SECONDS
    while True:
        try:
            with urllib.request.urlopen(address):  # noqa: S310  # our own
                return
        except OSError:
            if process.poll() is not None or time.monotonic() > limit:
                raise
        time.sleep(0.1)
