"""A real Chromium, and the pages that it opens watched for complaints."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


@pytest.fixture(autouse=True)
def _no_browser_wanted():
    if os.environ.get("NO_BROWSER") == "1":
        pytest.skip("NO_BROWSER=1: journeys in a browser are left out.")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """The system's Chromium where there is one, else Playwright's own."""
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


@pytest.fixture(scope="session", autouse=True)
def _rows_beside_the_browser() -> Iterator[None]:
    """Playwright's loop runs in this thread; the tests' own queries wait for nobody."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        yield


@pytest.fixture(autouse=True)
def _static_files_as_they_lie(settings):
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {
            "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        },
    }


@pytest.fixture
def complaints(page) -> Iterator[list[str]]:
    """What the browser complained of, the content security policy included."""
    heard: list[str] = []
    page.on(
        "console",
        lambda message: (
            heard.append(message.text) if message.type in {"error", "warning"} else None
        ),
    )
    page.on("pageerror", lambda error: heard.append(str(error)))
    yield heard
    assert heard == []
