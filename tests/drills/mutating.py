"""A plugin of pytest: import the program with switches, write which test asks which.

``-p tests.drills.mutating --asked FILE`` writes what every test that passed has asked:
``{node id: {"seconds": 0.1, "asked": [ids of guards]}}``. Tests that commit are left
out: broken off, they would leave their rows to whatever runs next.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.drills import mutations, switch

mutations.install()

_recorded: dict[str, dict[str, Any]] = {}
_failed: set[str] = set()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--asked", required=True, help="where to write what tests asked")


def commits(item: pytest.Item) -> bool:
    """Whether a test writes outside a transaction that is rolled back."""
    marker = item.get_closest_marker("django_db")
    fixtures = set(getattr(item, "fixturenames", ()))
    return bool(
        (marker and marker.kwargs.get("transaction"))
        or fixtures & {"transactional_db", "live_server", "page"}
    )


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    switch.asked.clear()
    began = time.monotonic()
    result = yield
    if switch.asked and not commits(item):
        _recorded[item.nodeid] = {
            "seconds": round(time.monotonic() - began, 3),
            "asked": sorted(switch.asked),
        }
    return result


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    if not report.passed:
        _failed.add(report.nodeid)


def pytest_sessionfinish(session: pytest.Session) -> None:
    passed = {name: one for name, one in _recorded.items() if name not in _failed}
    Path(session.config.getoption("--asked")).write_text(json.dumps(passed, indent=0))
