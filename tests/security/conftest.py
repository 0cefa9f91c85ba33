"""What attackers meet: hours ahead, and static files as they lie."""

from __future__ import annotations

import datetime as dt

import pytest

from statements.editorial import verbs


@pytest.fixture(autouse=True)
def _static_files_as_they_lie(settings):
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {
            "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        },
    }


@pytest.fixture
def in_an_hour(db) -> dt.datetime:
    """A whole minute that lies ahead."""
    now = verbs.clock().replace(second=0, microsecond=0)
    return now + dt.timedelta(hours=1)
