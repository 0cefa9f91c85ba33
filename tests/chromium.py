"""A real Chromium, for the journeys and for what only a browser can judge."""

from __future__ import annotations

import os
import shutil
import threading
import time
from collections.abc import Iterator

import pytest
from django.core.signals import request_finished, request_started

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


@pytest.fixture(scope="session")
def rows_beside_the_browser() -> Iterator[None]:
    """Playwright's loop runs in this thread; the tests' own queries wait for nobody."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        yield


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args, rows_beside_the_browser):
    """The system's Chromium where there is one, else Playwright's own."""
    if os.environ.get("NO_BROWSER") == "1":
        pytest.skip("NO_BROWSER=1: what needs a browser is left out.")
    found = os.environ.get("CHROMIUM") or next(
        (path for name in NAMES if (path := shutil.which(name))), None
    )
    arguments = {**browser_type_launch_args}
    if found:
        arguments["executable_path"] = found
    if os.geteuid() == 0:
        # Chromium refuses its sandbox to root.
        arguments["args"] = [*arguments.get("args", []), "--no-sandbox"]
    return arguments


@pytest.fixture
def static_files_as_they_lie(settings) -> None:
    """No collected files with hashes in their names are needed."""
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {
            "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        },
    }


@pytest.fixture
def server_comes_to_rest(_django_db_helper) -> Iterator[None]:
    """Between the end of the pages and the emptying of the tables.

    A page that goes sends its last words, and the server answers them when nobody
    waits: in the rows of the test that follows, or in the way of the emptying.
    """
    answering: set[int] = set()

    def begin(**_):
        answering.add(threading.get_ident())

    def end(**_):
        answering.discard(threading.get_ident())

    def busy() -> bool:
        return bool(answering & {thread.ident for thread in threading.enumerate()})

    request_started.connect(begin)
    request_finished.connect(end)
    yield
    limit, idle = time.monotonic() + 20, 0
    while idle < 3 and time.monotonic() < limit:
        time.sleep(0.02)
        idle = 0 if busy() else idle + 1
    request_started.disconnect(begin)
    request_finished.disconnect(end)
