"""Caches across the minute of a release, and after a withdrawal.

The clock that pages ask, the database's ``statement_timestamp()``, is moved: a function
of that name stands before PostgreSQL's own in the search path of the test. Whatever is
scheduled is so for NOON, and pages are read in each second before it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

import pytest
from django.db import connection

from statements.editorial import editions, intake, publishing
from statements.models import Change, Edition
from tests import builders
from tests.public.hidden import make_hidden

pytestmark = pytest.mark.django_db

#: Far enough ahead to be scheduled by any clock on which the tests run.
NOON = dt.datetime(2099, 3, 2, 12, 0, tzinfo=dt.UTC)
MINUTE = [NOON - dt.timedelta(seconds=left) for left in range(60, 0, -1)]
#: The first and last moments of seconds that matter.
EDGES = [
    NOON - dt.timedelta(seconds=seconds, microseconds=micros)
    for seconds, micros in [(60, 1), (60, 0), (30, 0), (2, 0), (1, 0), (0, 1)]
]
LATER = NOON + dt.timedelta(seconds=5)

type Answer = tuple[int, dict[str, str], bytes]
type Read = Callable[..., Answer]


@pytest.fixture(autouse=True)
def _plain_static_files(settings):
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {
            "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        },
    }


@pytest.fixture
def read(client, monkeypatch) -> Read:
    """Read an address at a moment: status, all headers, body."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE SCHEMA pretended")
        cursor.execute(
            "CREATE FUNCTION pretended.statement_timestamp() RETURNS timestamptz"
            " STABLE LANGUAGE sql AS"
            " $$ SELECT current_setting('pretended.now')::timestamptz $$"
        )

    def read(address: str, at: dt.datetime, **headers: str) -> Answer:
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('pretended.now', %s, true)", [str(at)])
            cursor.execute("SET LOCAL search_path = pretended, public, pg_catalog")
        # Pages without rows go by the clock of the machine.
        with monkeypatch.context() as patch:
            patch.setattr("statements.public.answers.timezone.now", lambda: at)
            response = client.get(address, headers=headers)
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL search_path = public")
        body = b"".join(response) if response.streaming else response.content
        assert not response.cookies
        return response.status_code, dict(response.headers), body

    return read


@pytest.fixture
def pages(live, okafor, ministry, resolution) -> list[str]:
    """Pages that will show what is hidden, and such as never will."""
    dated = live.article.dated
    return [
        "/",
        okafor.get_absolute_url(),
        "/statements/",
        f"/statements/{dated.year}/",
        f"/statements/{dated:%Y/%m/%d}/",
        live.article.get_absolute_url(),
        live.quotes.get().get_absolute_url(),
        "/people/",
        "/organizations/",
        "/resolutions/?topic=ferries",
        "/people/?time=present",
        "/resolutions/",
        resolution.get_absolute_url(),
        f"{resolution.get_absolute_url()}quotes.csv",
        "/topics/",
        "/following/",
        "/search/",
        "/search/?q=zinnober",
        "/search/?q=ferries",
        "/feeds/statements.atom",
        "/feeds/quotes.rss",
        "/sitemap.xml",
        "/sitemap-news.xml",
    ]


@pytest.fixture
def schedule(live, author, editor, publisher, system, okafor, resolution):
    """Make a statement that would show on every page, to go out at NOON."""

    def schedule() -> list[str]:
        hidden = make_hidden(
            by=author,
            system=system,
            beside=live.article,
            known_person=okafor,
            known_resolution=resolution,
        )
        builders.review_and_publish(
            hidden.edition, editor=editor, publisher=publisher, at=NOON
        )
        return hidden.addresses

    return schedule


def lifetime(headers: dict[str, str]) -> int:
    """Seconds for which a shared cache may keep an answer."""
    said = headers["Cache-Control"]
    if said == "no-store":
        return 0
    shared = re.fullmatch(r"public, max-age=0, s-maxage=(\d+)", said)
    assert shared, said
    return int(shared[1])


def test_the_clock_moves(read, schedule, pages):
    """The control of all that follows: at NOON every page that can shows it."""
    schedule()
    shown = [page for page in pages if b"innober" in read(page, NOON)[2]]
    dated = [page for page in pages if page.startswith("/statements/")]
    assert {"/", "/people/", "/topics/", "/search/?q=zinnober", *dated} <= set(shown)


def test_nothing_tells_of_a_release_in_any_second_before_it(read, schedule, pages):
    """Each second of the minute at one page in turn, and each page at the edges."""
    moments = [(pages[n % len(pages)], at) for n, at in enumerate(MINUTE)]
    moments += [(page, at) for page in pages for at in (EDGES[0], EDGES[-1])]
    assert {page for page, _ in moments[: len(MINUTE)]} == set(pages)
    without = [read(*moment) for moment in moments]
    schedule()
    for moment, before in zip(moments, without, strict=True):
        assert read(*moment) == before, moment


def test_no_cache_keeps_a_page_into_the_minute_of_a_release(read, schedule, pages):
    hidden = schedule()
    seconds = set()
    for page in [*pages, *hidden]:
        for at in EDGES:
            _, headers, _ = read(page, at)
            assert at + dt.timedelta(seconds=lifetime(headers)) < NOON, page
            assert "Age" not in headers
            assert "Expires" not in headers
            assert "Last-Modified" not in headers
            assert "stale" not in headers["Cache-Control"]
            seconds.add(lifetime(headers))
    assert {59, 0} <= seconds


def test_at_noon_a_page_kept_before_is_sent_anew(read, schedule, pages):
    schedule()
    for page in ("/", "/people/", "/topics/", "/search/?q=zinnober"):
        _, before, _ = read(page, MINUTE[-1])
        again, _, _ = read(page, MINUTE[-1], **{"If-None-Match": before["ETag"]})
        status, headers, body = read(page, NOON, **{"If-None-Match": before["ETag"]})
        assert (again, status) == (304, 200), page
        assert headers["ETag"] != before["ETag"]
        assert b"innober" in body


def test_what_is_not_found_is_kept_by_nobody_and_found_at_noon(read, schedule):
    for address in schedule():
        status, headers, _ = read(address, MINUTE[-1])
        if address.startswith("/resolutions/?ref="):
            continue  # a page of its own, which says that nothing bears the symbol
        assert status == 404, address
        assert headers["Cache-Control"] == "no-store"
        assert "ETag" not in headers
        assert read(address, NOON)[0] in (200, 301), address


@pytest.fixture
def correct(live, author, editor, publisher):
    """Schedule a correction of the live statement for NOON."""

    def correct() -> Edition:
        edition = editions.begin(live.article, by=author, change=Change.CORRECTION)
        intake.revise(
            edition,
            by=author,
            lock_version=edition.lock_version,
            title="Zinnober sails",
            change_note="A word.",
        )
        return builders.review_and_publish(
            edition, editor=editor, publisher=publisher, at=NOON
        )

    return correct


def test_a_correction_changes_nothing_until_noon_and_the_tag_then(
    read, live, correct, pages
):
    address = live.article.get_absolute_url()
    moments = [(address, at) for at in MINUTE]
    moments += [(page, at) for page in pages for at in (EDGES[0], EDGES[-1])]
    without = [read(*moment) for moment in moments]
    correct()
    for moment, before in zip(moments, without, strict=True):
        assert read(*moment) == before, moment
    _, before, _ = read(address, MINUTE[-1])
    status, after, body = read(address, NOON, **{"If-None-Match": before["ETag"]})
    assert status == 200
    assert after["ETag"] != before["ETag"]
    assert b"Zinnober sails" in body


def test_a_withdrawal_changes_nothing_until_noon_and_is_gone_then(
    read, live, publisher, pages
):
    article, words = live.article, live.quotes.get()
    moments = [(page, at) for page in pages for at in (EDGES[0], EDGES[-1])]
    without = [read(*moment) for moment in moments]
    publishing.withdraw(article, by=publisher, reason="error", note="No.", at=NOON)
    for moment, before in zip(moments, without, strict=True):
        assert read(*moment) == before, moment
    for address in (article.get_absolute_url(), words.get_absolute_url()):
        _, before, _ = read(address, MINUTE[-1])
        for at in (NOON, LATER):
            status, headers, body = read(
                address, at, **{"If-None-Match": before["ETag"]}
            )
            assert status == 410, address
            assert headers.get("ETag") != before["ETag"]
            assert words.text.encode() not in body
            kept = dt.timedelta(seconds=lifetime(headers))
            assert at + kept < NOON + dt.timedelta(minutes=1)
    _, before, _ = read("/", MINUTE[-1])
    status, after, _ = read("/", NOON, **{"If-None-Match": before["ETag"]})
    assert status == 200
    assert after["ETag"] != before["ETag"]


@pytest.mark.parametrize("tag", ['"{}"', 'W/"{}"', '"x", "{}"', "*"])
def test_no_question_about_a_tag_brings_back_what_was_withdrawn(
    client, live, publisher, tag
):
    address = live.article.get_absolute_url()
    known = client.get(address)["ETag"].strip('"')
    asked = {"If-None-Match": tag.format(known)}
    assert client.get(address, headers=asked).status_code == 304
    publishing.withdraw(live.article, by=publisher, reason="error", note="No.")
    answer = client.get(address, headers=asked)
    assert answer.status_code == 410
    assert "The ferries will sail" not in answer.text


def test_answers_do_not_hang_on_cookies(client, pages):
    client.cookies["session"] = "0" * 32
    for page in [*pages, "/nothing/", "/people/nobody/"]:
        answer = client.get(page)
        assert not answer.cookies, page
        assert "Cookie" not in answer.get("Vary", ""), page
