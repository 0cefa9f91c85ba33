"""Pages are kept by the process for as long as they would be drawn the same."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from statements.editorial import publishing
from statements.public import kept
from statements.public.kept import Drawn, Store

from .. import builders

PAGE = Drawn(b"x" * 40, ())


@pytest.fixture(autouse=True)
def _nothing_kept(monkeypatch):
    monkeypatch.setattr(kept, "pages", Store())


def asked(client, path: str, **headers: str):
    with CaptureQueriesContext(connection) as context:
        answer = client.get(path, headers=headers)
    return answer, len(context)


def kept_page(client, path: str, **headers: str):
    """The answer that costs one query: of a page that was drawn before.

    Other processes write to the same server, and minutes end: then it is drawn again.
    """
    for _ in range(500):
        answer, queries = asked(client, path, **headers)
        if queries == 1:
            return answer
    raise AssertionError(f"{path} is always drawn anew.")


@pytest.fixture
def outside(transactional_db, settings):
    """Outside a transaction, where a process answers."""
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {
            "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        },
    }


@pytest.mark.staff
def test_a_page_is_drawn_once_while_nothing_changes_and_anew_at_any_write(
    outside, live, client, author, publisher
):
    """One test, for emptying the tables afterwards takes most of its time."""
    path = live.article.get_absolute_url()
    first, drawn = asked(client, path)
    again = kept_page(client, path)
    assert drawn > 1
    assert (again.content, again["ETag"]) == (first.content, first["ETag"])
    assert again.headers.keys() == first.headers.keys()
    assert again["Cache-Control"].startswith("public, max-age=0, s-maxage=")

    # What is not modified is not drawn either, and a HEAD is a page without a body.
    same = kept_page(client, path, **{"If-None-Match": first["ETag"]})
    assert (same.status_code, same.content) == (304, b"")
    assert client.head(path)["ETag"] == first["ETag"]

    # A quote's frame keeps its own policy, by which others may show it.
    frame = f"{live.quotes.get().get_absolute_url()}embed/"
    framed, kept_frame = client.get(frame), client.get(frame)
    assert kept_frame.headers.keys() == framed.headers.keys()
    assert kept_frame["Content-Security-Policy"].endswith("frame-ancestors *")
    assert kept_frame["Content-Security-Policy"] == framed["Content-Security-Policy"]

    # Another address is another page.
    assert asked(client, f"{path}?x=1")[1] == drawn
    assert asked(client, "/statements/")[1] > 1

    # A write of anybody, even of what the page does not show, draws it anew.
    builders.make_draft(by=author, title="Not public")
    assert asked(client, path)[1] == drawn

    # Of a transaction that is not ended nobody sees anything.
    with transaction.atomic():
        builders.make_draft(by=author, title="Not public either")
        with ThreadPoolExecutor(1) as beside:
            assert beside.submit(elsewhere, client, path).result() == first.content

    # And what is withdrawn is gone at once.
    kept_page(client, path)
    publishing.withdraw(live.article, by=publisher, reason="error", note="A date.")
    gone, _ = asked(client, path, **{"If-None-Match": first["ETag"]})
    assert gone.status_code == 410
    assert "The ferries will sail" not in gone.text


def elsewhere(client, path: str) -> bytes:
    """A page that is kept, asked for through a connection of another thread."""
    try:
        return kept_page(client, path).content
    finally:
        connection.close()


@pytest.mark.django_db
def test_inside_a_transaction_nothing_is_kept(client, public):
    drawn = asked(client, "/statements/")[1]
    assert asked(client, "/statements/")[1] == drawn
    assert kept.pages.size == 0


def test_the_store_forgets_what_nobody_asked_for_and_takes_nothing_too_large():
    store = Store(2 * kept.BESIDE + 100)
    store.keep("a", PAGE)
    store.keep("b", PAGE)
    assert store.get("a") is PAGE
    store.keep("c", PAGE)
    assert [store.get(key) for key in "abc"] == [PAGE, None, PAGE]
    store.keep("c", Drawn(b"y" * 10, ()))
    assert store.size == 50 + 2 * kept.BESIDE
    store.keep("d", Drawn(b"z" * (kept.BESIDE + 101), ()))
    assert (store.get("d"), store.size) == (None, 50 + 2 * kept.BESIDE)
