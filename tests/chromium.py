"""A real Chromium, for the journeys and for what only a browser can judge."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import pytest

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
