"""A real Chromium, and the pages that it opens watched for complaints."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from ..chromium import (  # noqa: F401  # fixtures
    browser_type_launch_args,
    rows_beside_the_browser,
    static_files_as_they_lie,
)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--pictures", help="keep a picture of each page in this folder")


@pytest.fixture(autouse=True)
def _static_files(static_files_as_they_lie):  # noqa: F811
    """Every journey loads them."""


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
