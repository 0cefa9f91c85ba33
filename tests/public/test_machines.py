"""Sitemaps, robots.txt and security.txt."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import override_settings

from .marked import tree

pytestmark = pytest.mark.django_db

SPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"
SITE = "http://localhost:8000"


def places(client, address: str) -> list[str]:
    """The addresses in a sitemap, without the site's own."""
    response = client.get(address)
    assert response.status_code == 200, address
    root = tree(response)
    found = [place.text for place in root.iter(f"{SPACE}loc")]
    assert all(place.startswith(f"{SITE}/") for place in found)
    return [place.removeprefix(SITE) for place in found]


def test_the_index_leads_to_every_public_page_and_to_nothing_else(
    client, make_public, pages
):
    make_public(1)
    [lists, month] = places(client, "/sitemap.xml")
    assert (lists, month) == ("/sitemaps/lists.xml", "/sitemaps/2026-03.xml")
    found = places(client, lists) + places(client, month)
    assert len(found) == len(set(found))
    assert all(client.get(place).status_code == 200 for place in found)
    archives = {"/statements/2026/", "/statements/2026/03/", "/statements/2026/03/02/"}
    listed = {
        page
        for page in pages
        if "?" not in page and not page.endswith(("/search/", "/history/", "/embed/"))
    } - archives
    assert listed <= set(found)
    others = sorted(set(found) - listed)
    assert len(others) == 2  # the second statement and its quote
    assert others[0].startswith("/quotes/")
    assert others[1] == "/statements/2026/03/01/the-ferries-will-sail-part-1/"


def test_nothing_hidden_is_in_a_sitemap(client, hidden):
    whole = [
        place
        for address in ("/sitemap.xml", "/sitemaps/lists.xml", "/sitemaps/2026-03.xml")
        for place in places(client, address)
    ]
    assert [place for place in whole if "zinnober" in place] == []
    assert not set(hidden.addresses) & set(whole)
    assert "zinnober" not in client.get("/sitemap-news.xml").text.lower()


def test_a_month_without_a_statement_has_no_sitemap(client, public):
    for month in ("2026-02", "2026-13", "0000-01", "9999-12"):
        assert client.get(f"/sitemaps/{month}.xml").status_code == 404


def test_the_news_are_what_readers_first_saw_in_two_days(client, make_public):
    today = dt.datetime.now(dt.UTC).date()
    make_public(1)  # bears a day long past
    make_public(2, dated=today, title="The strait & the sea")
    response = client.get("/sitemap-news.xml")
    [url] = tree(response).iter(f"{SPACE}url")
    assert url.findtext(f"{SPACE}loc") == (
        f"{SITE}/statements/{today:%Y/%m/%d}/the-strait-the-sea/"
    )
    news = url.find(f"{NEWS}news")
    assert news.findtext(f"{NEWS}title") == "The strait & the sea"
    assert news.findtext(f"{NEWS}publication/{NEWS}name") == "Newsroom"
    assert news.findtext(f"{NEWS}publication/{NEWS}language") == "en"
    assert news.findtext(f"{NEWS}publication_date").startswith(f"{today:%Y-}")


def test_sitemaps_ask_as_often_for_three_as_for_one(
    client, make_public, django_assert_num_queries
):
    asked = {
        "/sitemap.xml": 1,
        "/sitemaps/lists.xml": 5,
        "/sitemaps/2026-03.xml": 2,
        "/sitemap-news.xml": 1,
    }
    make_public(1)
    for others in ((), (2, 3)):
        for number in others:
            make_public(number)
        for address, queries in asked.items():
            with django_assert_num_queries(queries, info=address):
                assert client.get(address).status_code == 200


def test_robots_are_told_of_the_sitemaps_and_kept_from_searches(client):
    response = client.get("/robots.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response.text == (
        "User-agent: *\n"
        "Disallow: /search/?\n"
        "Disallow: /following/?\n"
        "\n"
        f"Sitemap: {SITE}/sitemap.xml\n"
        f"Sitemap: {SITE}/sitemap-news.xml\n"
    )


def test_a_hole_is_reported_where_the_setting_says(client):
    address = "/.well-known/security.txt"
    assert client.get(address).status_code == 404
    with override_settings(SECURITY_CONTACT="mailto:holes@statements.example"):
        lines = client.get(address).text.splitlines()
    assert lines[0] == "Contact: mailto:holes@statements.example"
    assert lines[2:] == ["Preferred-Languages: en", f"Canonical: {SITE}{address}"]
    expires = dt.datetime.fromisoformat(lines[1].removeprefix("Expires: "))
    ahead = expires - dt.datetime.now(dt.UTC)
    assert dt.timedelta(days=178) < ahead < dt.timedelta(days=181)
