"""A site that is filled once and read by every check of it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.db import connection
from django.test import override_settings

from ..chromium import browser_type_launch_args, rows_beside_the_browser  # noqa: F401
from . import server, world


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--renew", action="store_true", help="write the snapshots of pages anew"
    )


@dataclass(frozen=True)
class Site:
    """Where it answers, its pages, and the statements of the corpus."""

    address: str
    pages: list[world.Page]
    corpus: list[str]
    media: Path

    @property
    def two_of_each(self) -> list[world.Page]:
        return world.two_of_each(self.pages)


@pytest.fixture(scope="module")
def site(
    django_db_setup,
    django_db_blocker,
    tmp_path_factory,
    rows_beside_the_browser,  # noqa: F811
) -> Iterator[Site]:
    """Filled and served; ``CORPUS=file`` adds statements of a file of them."""
    named = os.environ.get("CORPUS")
    corpus = Path(named).resolve() if named else None
    if corpus is not None and not corpus.exists():
        pytest.fail(f"CORPUS names {named}, and there is no such file.")
    folder = tmp_path_factory.mktemp("site")
    media, port = folder / "media", server.free_port()
    as_served = override_settings(
        MEDIA_ROOT=media,
        SITE_URL=f"http://127.0.0.1:{port}",
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
    )
    with django_db_blocker.unblock(), as_served:
        assert connection.settings_dict["NAME"].startswith("test_")
        loaded = world.fill(corpus, folder)
        with server.serve(port, media) as address:
            yield Site(address, world.walk(loaded), loaded, media)
        with connection.cursor() as cursor:
            # Beside a browser a test has a connection of its own, which nobody closes.
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        connection.close()
