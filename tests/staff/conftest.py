"""The same record as the search's."""

from __future__ import annotations

import pytest

from tests.search.conftest import say

__all__ = ["say"]


@pytest.fixture(autouse=True)
def _static_files_as_they_lie(settings):
    """Without a manifest: no test collects static files first."""
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {
            "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        },
    }
