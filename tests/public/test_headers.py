"""What every page tells browsers and caches."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test import override_settings

from statements.public import answers

pytestmark = pytest.mark.django_db


def test_no_page_knows_who_reads_it(client, author, pages, machines):
    signed_in = type(client)()
    signed_in.force_login(author)
    for page in [*pages, *machines]:
        response = signed_in.get(page)
        assert response.status_code == 200
        assert not response.cookies, page
        assert "Vary" not in response, page
        assert response.content == client.get(page).content


def test_pages_may_be_kept_until_the_next_whole_minute(client, pages, machines):
    for page in [*pages, *machines]:
        kept = client.get(page)["Cache-Control"]
        assert kept.startswith("public, max-age=0, s-maxage="), page
        assert 0 <= int(kept.rpartition("=")[2]) < 60


@pytest.mark.parametrize(
    ("second", "seconds"), [(0, "59"), (1, "58"), (58, "1"), (59, "0")]
)
def test_no_page_is_kept_beyond_the_minute_in_which_it_was_read(second, seconds):
    at = dt.datetime(2026, 3, 2, 12, 30, second, 999_999, dt.UTC)
    expected = f"public, max-age=0, s-maxage={seconds}"
    assert answers.until_the_minute(at) == expected


def test_a_page_that_has_not_changed_is_not_sent_again(
    client, pages, machines, okafor, system
):
    for page in [*pages, *machines]:
        etag = client.get(page)["ETag"]
        response = client.get(page, headers={"If-None-Match": etag})
        assert (response.status_code, response.content) == (304, b""), page
        assert "s-maxage" in response["Cache-Control"]


def test_a_changed_page_is_sent_again(client, public, make_public):
    etag = client.get("/")["ETag"]
    make_public(3)
    response = client.get("/", headers={"If-None-Match": etag})
    assert response.status_code == 200
    assert response["ETag"] != etag


def test_what_is_not_found_is_not_kept_and_what_is_gone_is_until_the_minute(
    client, public, withdraw
):
    missing = client.get("/people/nobody/")
    assert (missing.status_code, missing["Cache-Control"]) == (404, "no-store")
    assert not missing.cookies
    withdraw(public)
    gone = client.get(public.get_absolute_url())
    assert gone.status_code == 410
    assert "s-maxage" in gone["Cache-Control"]
    assert "ETag" not in gone


def test_pages_only_read(client, pages, machines):
    for page in [*pages, *machines]:
        for method in ("post", "put", "patch", "delete"):
            assert getattr(client, method)(page).status_code == 405, page
        head = client.head(page)
        assert (head.status_code, head.content) == (200, b"")


def test_no_page_carries_script_or_style_of_its_own(client, pages):
    for page in pages:
        response = client.get(page)
        # Data, which nothing runs; its form is checked in test_linking.py.
        data = '<script type="application/ld+json">'
        assert response.text.count("<script") == response.text.count(data) <= 1
        assert " style=" not in response.text
        assert "<style" not in response.text
        assert "unsafe" not in response["Content-Security-Policy"]
        assert "nonce" not in response["Content-Security-Policy"]


def test_a_failure_is_told_on_a_page_that_needs_nothing(client, public, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr("statements.public.front.draw", fail)
    client.raise_request_exception = False
    response = client.get("/")
    assert response.status_code == 500
    assert "Something went wrong on our side." in response.text
    assert response["Cache-Control"] == "no-store"


def test_the_site_says_that_it_is_well(client):
    response = client.get("/healthz")
    assert (response.status_code, response.text) == (200, "ok\n")
    assert response["Cache-Control"] == "no-store"


def test_the_site_says_when_migrations_are_pending(client):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'statements'")
    response = client.get("/healthz")
    assert (response.status_code, response.text) == (503, "migrations pending\n")


@override_settings(DEBUG=False)
@pytest.mark.parametrize(
    "address",
    [
        "/people/?before=%00.1",
        "/people/?before=a.999999999999999999999999",
        "/people/?before=%ED%A0%80.1",
        "/statements/?before=2026-99-99.1",
        "/statements/?before=2026-03-02.9999999999999999999",
        "/statements/?before=nonsense&after=2026-03-02",
        "/resolutions/?before=0000-00-00.1",
        "/topics/?after=..1",
        "/search/?q=%00",
        "/search/?q=" + "(" * 5000,
        "/search/?before=x&q=hour",
    ],
)
def test_nonsense_in_an_address_is_no_failure(client, public, address):
    assert client.get(address).status_code == 200
