"""What readers can see: one statement with a quote, a topic, a resolution, a file."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection

from statements.editorial import editions, publishing
from statements.models import Article, Edition

from .. import builders
from .hidden import Hidden, make_asset, make_hidden


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
    """A whole minute, a day ahead."""
    return now().replace(second=0, microsecond=0) + dt.timedelta(days=1)


def make_ferries(
    *, by, speaker, resolution, title="The ferries will sail", number=1, **fields
) -> Edition:
    """A draft about ferries that names a resolution inside a quote and outside."""
    edition = builders.make_draft(
        by=by,
        title=title,
        body=(
            f"“We recall UNSCR 2417 in hour {number},” said Spokesperson Ilse Okafor.\n"
            f"The strait was calm. Hunger, says resolution 2417 (2018), is no weapon "
            f"in week {number}. The ferries sail."
        ),
        **{"tags": ["Ferries"], **fields},
    )
    builders.quote_words(
        edition, f"We recall UNSCR 2417 in hour {number},", by=by, speaker=speaker
    )
    builders.cite(edition, "UNSCR 2417", resolution, by=by)
    builders.cite(edition, "resolution 2417 (2018)", resolution, by=by)
    return edition


@pytest.fixture
def make_public(
    author, editor, publisher, okafor, okafors_office, ministry, resolution
):
    """Publish statements about ferries, each on a day of its own."""

    def make(number: int = 1, *, at: dt.datetime | None = None, **fields) -> Edition:
        edition = make_ferries(
            by=author,
            speaker=okafor,
            resolution=resolution,
            number=number,
            **{
                "title": f"The ferries will sail, part {number}",
                "dated": dt.date(2026, 3, number),
                "issuer": ministry,
                **fields,
            },
        )
        asset = make_asset(f"ferries-{number}.mp3", by=author)
        editions.attach(edition, asset, by=author, transcript="Bells.")
        edition.refresh_from_db()
        return builders.review_and_publish(
            edition, editor=editor, publisher=publisher, at=at
        )

    return make


@pytest.fixture
def public(make_public) -> Article:
    """The statement that readers can see."""
    return make_public(2).article


@pytest.fixture
def pages(public, okafor, ministry, spokesperson_post, resolution) -> list[str]:
    """Every address at which something public is shown."""
    return [
        "/",
        "/statements/",
        "/statements/2026/",
        "/statements/2026/03/",
        "/statements/2026/03/02/",
        public.get_absolute_url(),
        public.quotes.get().get_absolute_url(),
        "/people/",
        okafor.get_absolute_url(),
        "/organizations/",
        ministry.get_absolute_url(),
        spokesperson_post.get_absolute_url(),
        "/resolutions/",
        resolution.get_absolute_url(),
        "/topics/",
        "/topics/ferries/",
        "/search/",
        "/search/?q=zinnober",
        "/search/?q=hour",
    ]


@pytest.fixture
def hidden(public, author, system, okafor, resolution) -> Hidden:
    return make_hidden(
        by=author,
        system=system,
        beside=public,
        known_person=okafor,
        known_resolution=resolution,
    )


@pytest.fixture
def withdraw(publisher):
    def act(article: Article, note: str = "It named the wrong harbour.") -> None:
        publishing.withdraw(article, by=publisher, reason="error", note=note)

    return act
