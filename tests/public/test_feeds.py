"""Feeds: what is in them, whose they are, and that each entry keeps its identity."""

from __future__ import annotations

import pytest
from django.test import override_settings

from statements.editorial import catalogue, editions, intake
from statements.models import Change

from .. import builders
from .marked import tree

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"
SITE = "http://localhost:8000"


def entries(client, address: str) -> list[dict[str, str]]:
    """Title, link, identity, summary and date of each entry of an Atom feed."""
    response = client.get(address)
    assert response.status_code == 200, address
    root = tree(response)
    return [
        {
            "title": entry.findtext(f"{ATOM}title"),
            "link": entry.find(f"{ATOM}link").get("href"),
            "id": entry.findtext(f"{ATOM}id"),
            "summary": entry.findtext(f"{ATOM}summary"),
            "published": entry.findtext(f"{ATOM}published"),
            "updated": entry.findtext(f"{ATOM}updated"),
        }
        for entry in root.iter(f"{ATOM}entry")
    ]


def titles(client, address: str) -> list[str]:
    return [entry["title"] for entry in entries(client, address)]


def test_the_newest_statements_come_first(client, make_public):
    for number in (1, 3, 2):
        make_public(number)
    assert titles(client, "/feeds/statements.atom") == [
        "The ferries will sail, part 3",
        "The ferries will sail, part 2",
        "The ferries will sail, part 1",
    ]


def test_a_quote_is_told_with_its_speaker_and_office_and_its_own_address(
    client, public
):
    [entry] = entries(client, "/feeds/quotes.atom")
    quote = public.quotes.get()
    assert entry["title"] == "Ilse Okafor: “We recall UNSCR 2417 in hour 2”"
    assert entry["link"] == entry["id"] == SITE + quote.get_absolute_url()
    assert "Ilse Okafor, Spokesperson, Ministry of Foreign Affairs" in entry["summary"]
    assert (
        f"{SITE}{public.get_absolute_url()}#q-{quote.permalink_id}"
        in (entry["summary"])
    )


def test_each_feed_holds_what_its_page_lists(client, make_public, okafor, resolution):
    make_public(1)
    make_public(2, tags=["Harbours"])
    assert titles(client, "/feeds/topics/harbours.atom") == [
        "The ferries will sail, part 2"
    ]
    assert titles(client, "/feeds/people/ilse-okafor.atom") == [
        "Ilse Okafor: “We recall UNSCR 2417 in hour 2”",
        "Ilse Okafor: “We recall UNSCR 2417 in hour 1”",
    ]
    words = entries(client, "/feeds/resolutions/un-sc/2417.atom")
    assert [entry["title"] for entry in words] == [
        "S/RES/2417 (2018): The ferries will sail, part 2",
        "Ilse Okafor: “We recall UNSCR 2417 in hour 2”",
        "S/RES/2417 (2018): The ferries will sail, part 1",
        "Ilse Okafor: “We recall UNSCR 2417 in hour 1”",
    ]
    assert (
        "Hunger, says <strong>resolution 2417 (2018)</strong>, is no weapon in week 2."
        in words[0]["summary"]
    )
    assert len({entry["id"] for entry in words}) == 4


def test_rss_says_the_same(client, public):
    atom = entries(client, "/feeds/statements.atom")
    response = client.get("/feeds/statements.rss")
    assert response["Content-Type"] == "application/rss+xml; charset=utf-8"
    channel = tree(response).find("channel")
    assert [
        (item.findtext("title"), item.findtext("link"), item.findtext("guid"))
        for item in channel.iter("item")
    ] == [(entry["title"], entry["link"], entry["id"]) for entry in atom]


def test_a_correction_is_told_and_the_entry_stays_the_same_one(
    client, public, author, editor, publisher
):
    before = entries(client, "/feeds/statements.atom")[0]
    draft = editions.begin(public, by=author, change=Change.CORRECTION)
    intake.revise(
        draft,
        by=author,
        lock_version=draft.lock_version,
        change_note="The ferry sails at nine, not at eight.",
    )
    draft.refresh_from_db()
    builders.review_and_publish(draft, editor=editor, publisher=publisher)
    [after] = entries(client, "/feeds/statements.atom")
    assert "The ferry sails at nine, not at eight." in after["summary"]
    assert (after["id"], after["published"]) == (before["id"], before["published"])
    assert after["updated"] > before["updated"]


def test_a_withdrawn_statement_leaves_the_feeds(client, public, withdraw):
    assert entries(client, "/feeds/statements.atom") != []
    withdraw(public)
    for name in ("statements", "quotes"):
        assert entries(client, f"/feeds/{name}.atom") == []
    assert client.get("/feeds/people/ilse-okafor.atom").status_code == 410
    assert client.get("/feeds/topics/ferries.atom").status_code == 404


def test_a_feed_moves_with_its_page(client, public, okafor, system):
    okafor.refresh_from_db()
    okafor.slug = "ilse-okafor-lind"
    catalogue.keep(okafor, by=system)
    response = client.get("/feeds/people/ilse-okafor.rss")
    assert response.status_code == 301
    assert response["Location"] == "/feeds/people/ilse-okafor-lind.rss"


def test_an_empty_feed_is_the_same_every_time(client):
    first = client.get("/feeds/statements.atom")
    assert first.status_code == 200
    assert client.get("/feeds/statements.atom")["ETag"] == first["ETag"]


@override_settings(SITE_NAME="The \x0c Record & \ud800 Sons")
def test_what_no_xml_may_hold_is_left_out(client, make_public):
    make_public(1, title="Rates < 3 & rising]]>")
    for form in ("atom", "rss"):
        assert tree(client.get(f"/feeds/statements.{form}")) is not None
    assert titles(client, "/feeds/statements.atom") == ["Rates < 3 & rising]]>"]


@pytest.mark.parametrize(
    ("address", "queries"),
    [
        ("/feeds/statements.atom", 2),
        ("/feeds/quotes.atom", 1),
        ("/feeds/people/ilse-okafor.atom", 2),
        ("/feeds/topics/ferries.atom", 3),
        ("/feeds/resolutions/un-sc/2417.atom", 2),
    ],
)
def test_a_feed_asks_as_often_for_three_as_for_one(
    address, queries, client, make_public, django_assert_num_queries
):
    make_public(1)
    for others in ((), (2, 3)):
        for number in others:
            make_public(number)
        with django_assert_num_queries(queries):
            assert client.get(address).status_code == 200


def test_pages_lead_to_their_feeds(client, public, okafor, resolution):
    for page, feed in (
        ("/", "/feeds/statements.atom"),
        (okafor.get_absolute_url(), "/feeds/people/ilse-okafor.atom"),
        ("/topics/ferries/", "/feeds/topics/ferries.atom"),
        (resolution.get_absolute_url(), "/feeds/resolutions/un-sc/2417.atom"),
    ):
        text = client.get(page).text
        assert f'href="{feed}"' in text, page
        assert client.get(feed).status_code == 200
