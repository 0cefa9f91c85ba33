"""Readers: nobody signed in, files of the style sheet as they lie in the source."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection

from statements.editorial import catalogue, publishing
from statements.models import Spokesperson


@pytest.fixture(autouse=True)
def _plain_static_files(settings):
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {
            "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        },
    }


def now() -> dt.datetime:
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        return cursor.fetchone()[0]


@pytest.fixture
def tomorrow(db) -> dt.datetime:
    """The minute, a day ahead."""
    return now().replace(second=0, microsecond=0) + dt.timedelta(days=1)


@pytest.fixture
def withdraw(publisher):
    """Withdraw a statement now."""

    def act(article, note="It named the wrong harbour."):
        return publishing.withdraw(article, by=publisher, reason="error", note=note)

    return act


@pytest.fixture
def merge(system):
    def act(duplicate: Spokesperson, into: Spokesperson) -> None:
        catalogue.merge(duplicate, into, by=system)

    return act
