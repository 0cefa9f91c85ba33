"""What readers can see: one statement with a quote, a topic, a resolution, a file."""

from __future__ import annotations

import datetime as dt

import pytest
from django.conf import settings as project
from django.db import connection
from django.test.client import ClientHandler

from statements import wall
from statements.editorial import editions, publishing
from statements.models import Article, Edition

from .. import builders
from .hidden import Hidden, make_asset, make_hidden

APP, PUBLIC = "app", "public-role"

#: What the readers' process does without; tests/newsroom/test_readers_process.py
#: compares with what it really has.
STAFF_MIDDLEWARE = ("sessions", "csrf", "auth", "messages")


def pytest_configure(config):
    config.addinivalue_line(
        "markers", "staff: signs somebody in; not the readers' door"
    )


def pytest_generate_tests(metafunc):
    """Every test reads the pages twice: by the first wall alone, and through both.

    Tests marked ``staff`` sign somebody in, which the readers' process cannot.
    """
    roles = [APP]
    if not metafunc.definition.get_closest_marker("staff"):
        roles.append(PUBLIC)
    metafunc.parametrize("reads_as", roles, indirect=True, scope="function")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config, items):
    """As the public role one case of each test is enough: the time is better spent.

    The quick run reads every other test of two cases as the one role, the next as the
    other; ``make check`` reads all as both.
    """
    found: dict[str, dict[str, list[pytest.Item]]] = {}
    for item in items:
        params = getattr(getattr(item, "callspec", None), "params", {})
        if role := params.get("reads_as"):
            test = found.setdefault(item.nodeid.partition("[")[0], {})
            test.setdefault(role, []).append(item)
    dropped = [each for test in found.values() for each in test.get(PUBLIC, [])[1:]]
    if dropped:
        config.hook.pytest_deselected(items=dropped)
        items[:] = [item for item in items if item not in set(dropped)]
    twins = [test for test in found.values() if len(test) == 2]
    for number, test in enumerate(twins):
        if len(test[APP]) == 1:
            test[(APP, PUBLIC)[number % 2]][0].add_marker(pytest.mark.long)


@pytest.fixture(autouse=True)
def reads_as(request, settings, monkeypatch) -> str:
    """The role that answers the requests of the test: the app's, or the public one.

    As the public role each request is one read-only savepoint of the test's own
    connection. Its statements go past Django's cursors, so that queries count as ever.
    """
    if request.param == APP:
        return APP
    settings.ROOT_URLCONF = "newsroom.urls_public"
    settings.MIDDLEWARE = [
        name
        for name in project.MIDDLEWARE
        if not name.split(".")[2].startswith(STAFF_MIDDLEWARE)
        and not name.endswith("CsrfViewMiddleware")
    ]
    answer = ClientHandler.__call__

    def behind_the_wall(handler, environ):
        connection.ensure_connection()
        raw = connection.connection
        raw.execute("SAVEPOINT reader")
        raw.execute(f"SET LOCAL ROLE {wall.ROLE}")
        raw.execute(f"SET LOCAL search_path = {wall.SCHEMA}, public")
        raw.execute("SET LOCAL transaction_read_only = on")
        try:
            return answer(handler, environ)
        finally:
            # Takes the settings back too, and what a failure left behind.
            raw.execute("ROLLBACK TO SAVEPOINT reader")
            raw.execute("RELEASE SAVEPOINT reader")

    monkeypatch.setattr(ClientHandler, "__call__", behind_the_wall)
    return PUBLIC


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
        f"{public.get_absolute_url()}history/",
        "/corrections/",
        public.quotes.get().get_absolute_url(),
        f"{public.quotes.get().get_absolute_url()}embed/",
        "/people/",
        "/people/?time=present",
        okafor.get_absolute_url(),
        f"{okafor.get_absolute_url()}?topic=ferries&year=2026",
        "/organizations/",
        ministry.get_absolute_url(),
        spokesperson_post.get_absolute_url(),
        "/resolutions/",
        "/resolutions/?body=un-sc&state=standing&topic=ferries",
        resolution.get_absolute_url(),
        f"{resolution.get_absolute_url()}?speaker=ilse-okafor&year=2026",
        "/topics/",
        "/topics/ferries/",
        "/search/",
        "/search/?q=zinnober",
        "/search/?q=hour",
        "/following/",
        "/following/?topic=ferries&topic=zinnober",
        "/about/",
        "/accessibility/",
    ]


@pytest.fixture
def machines(public) -> list[str]:
    """What programs read of the same; pages for people are in ``pages``."""
    return [
        f"/oembed?url={project.SITE_URL}{public.quotes.get().get_absolute_url()}",
        "/feeds/statements.atom",
        "/feeds/quotes.rss",
        "/feeds/corrections.atom",
        "/feeds/people/ilse-okafor.atom",
        "/feeds/topics/ferries.rss",
        "/feeds/resolutions/un-sc/2417.atom",
        f"{public.quotes.get().get_absolute_url().rstrip('/')}.bib",
        f"{public.quotes.get().get_absolute_url().rstrip('/')}.json",
        "/resolutions/un-sc/2417/quotes.csv",
        "/sitemap.xml",
        "/sitemaps/lists.xml",
        "/sitemaps/2026-03.xml",
        "/sitemap-news.xml",
        "/robots.txt",
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
