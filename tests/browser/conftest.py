"""A real Chromium, and the pages that it opens watched for complaints."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from ..chromium import (  # noqa: F401  # fixtures
    browser_type_launch_args,
    rows_beside_the_browser,
    server_comes_to_rest,
    static_files_as_they_lie,
)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--pictures", help="keep a picture of each page in this folder")


@pytest.fixture(autouse=True)
def _around_every_journey(
    static_files_as_they_lie,  # noqa: F811
    server_comes_to_rest,  # noqa: F811
) -> None:
    """Its files are there, and no request of it outlives it."""


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
