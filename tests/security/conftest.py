"""What attackers meet: hours ahead, and static files as they lie."""

from __future__ import annotations

import datetime as dt

import pytest

from statements.editorial import editions, verbs

from .. import builders
from ..public.hidden import Hidden, make_asset, make_hidden
from .hidden import public_pages


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


@pytest.fixture
def seen(author, editor, publisher, okafor, okafors_office, resolution, ministry):
    """A public statement that names what readers know, with a file."""
    edition = builders.make_draft(
        by=author,
        title="The ferries will sail",
        body="“We recall UNSCR 2417; ferries sail,” said Spokesperson Ilse Okafor.",
        tags=["Ferries"],
        issuer=ministry,
    )
    words = "We recall UNSCR 2417; ferries sail,"
    builders.quote_words(edition, words, by=author, speaker=okafor)
    builders.cite(edition, "UNSCR 2417", resolution, by=author)
    editions.attach(edition, make_asset(by=author), by=author, transcript="Bells.")
    edition.refresh_from_db()
    return builders.review_and_publish(edition, editor=editor, publisher=publisher)


@pytest.fixture
def secret(seen, author, system, okafor, resolution) -> Hidden:
    """A draft of the same desk, with the word ``zinnober`` in every field."""
    return make_hidden(
        by=author,
        system=system,
        beside=seen.article,
        known_person=okafor,
        known_resolution=resolution,
    )


@pytest.fixture
def pages(seen, okafor, okafors_office, resolution) -> list[str]:
    """An address of each public pattern, of something that readers may see."""
    asset = seen.media.get().asset
    return public_pages(seen, okafor, okafors_office, resolution, asset)
