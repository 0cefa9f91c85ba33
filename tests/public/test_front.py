"""The first page, the archive by date, and topics that are followed by address."""

from __future__ import annotations

import datetime as dt
import html
import re

import pytest

from statements.models import Kind, Quote
from statements.public import archive, front

from ..builders import make_draft, review_and_publish

pytestmark = pytest.mark.django_db


def links(page: str) -> list[str]:
    return [html.unescape(found) for found in re.findall(r'href="([^"]*)"', page)]


def part(page: str, title: str) -> str:
    """What stands under a heading, as far as the next of its kind."""
    return page.partition(f">{title}</h2>")[2].partition("<h2")[0]


def text(page: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


@pytest.fixture
def publish(author, editor, publisher):
    """Publish a short statement of a day."""

    def act(day: dt.date, title: str, **fields):
        edition = make_draft(
            by=author, title=title, body="The strait was calm.", dated=day, **fields
        )
        return review_and_publish(edition, editor=editor, publisher=publisher).article

    return act


@pytest.fixture
def editorial(db) -> Kind:
    return Kind.objects.create(
        slug="pilot-letter", name="Pilots’ letter", schema_type="Article"
    )


def test_the_first_page_has_what_is_older_by_kind(
    client, publish, editorial, monkeypatch
):
    monkeypatch.setattr(front, "LATEST", 1)
    monkeypatch.setattr(front, "OF_A_KIND", 2)
    for day in range(1, 7):
        kind = {"kind": editorial} if day in (1, 2, 3) else {}
        publish(dt.date(2026, 3, day), f"Tide {day}", **kind)
    page = client.get("/").text
    assert re.findall(r"Tide (\d)", part(page, "Latest statements")) == ["5"]
    kinds = part(page, "By kind")
    # Two of each at most, those with the newest first; none that stands above.
    assert re.findall(r"Tide (\d)", kinds) == ["4", "3", "2"]
    assert "/statements/?kind=pilot-letter" in links(kinds)
    listed = client.get("/statements/?kind=pilot-letter").text
    assert re.findall(r"Tide (\d)", listed) == ["3", "2", "1"]
    assert "3 statements · of one kind: Pilots’ letter" in text(listed).replace(
        "statements of", "statements · of"
    )
    assert "/statements/2026/?kind=pilot-letter" in links(listed)
    assert "No statement was published" not in client.get("/statements/?kind=x").text


def test_the_quote_of_note_goes_by_a_rule_that_the_page_tells(
    client, public, make_public
):
    make_public(3)
    older = Quote.objects.public().newest()[1]
    page = client.get("/").text
    assert re.findall(r"in hour (\d)", page.partition("noted-words")[2])[0] == "3"
    assert "The latest quote of whole sentences." in page
    Quote.objects.filter(pk=older.pk).update(verdict="verbatim")
    page = client.get("/").text
    assert re.findall(r"in hour (\d)", page.partition("noted-words")[2])[0] == "2"
    assert "the latest that its source has word for word" in page
    # It does not stand below once more.
    assert re.findall(r"in hour (\d)", part(page, "In their words")) == ["3"]


@pytest.mark.parametrize(
    ("kinds", "lengths", "verdicts", "chosen"),
    [
        ("dd", (50, 60), "vv", 0),
        ("dd", (50, 60), "uv", 1),
        ("dd", (50, 60), "xu", 0),
        # One word, and what nobody reads at a glance; and indirect speech.
        ("ddd", (4, 900, 60), "vvu", 2),
        ("id", (50, 60), "vu", 1),
        ("d", (4,), "v", None),
        ("", (), "", None),
    ],
)
def test_a_quote_of_note_is_direct_telling_and_checked_if_any_is(
    kinds, lengths, verdicts, chosen
):
    names = {"v": "verbatim", "u": "unchecked", "x": "differs"}
    quotes = [
        Quote(
            kind={"d": "direct", "i": "indirect"}[kind],
            text="w" * length,
            verdict=names[verdict],
        )
        for kind, length, verdict in zip(kinds, lengths, verdicts, strict=True)
    ]
    noted = front.of_note(quotes)
    assert (None if noted is None else quotes.index(noted)) == chosen


@pytest.mark.parametrize(
    ("kind", "length", "full"),
    [
        ("direct", 24, True),
        ("direct", 23, False),
        ("partial", 64, True),
        ("partial", 63, False),
    ],
)
def test_a_scrap_of_a_sentence_does_not_stand_among_the_words(kind, length, full):
    assert front.in_full(Quote(kind=kind, text="w" * length)) is full


def test_the_first_page_passes_over_scraps(client, public, make_public, monkeypatch):
    make_public(3)
    words = part(client.get("/").text, "In their words")
    assert re.findall(r"in hour (\d)", words) == ["2"]
    longer = len("We recall UNSCR 2417 in hour 2") + 1
    monkeypatch.setattr(front, "TELLING", range(longer, 401))
    assert "In their words" not in client.get("/").text


def test_topics_with_news_lead_to_their_newest_statement(client, publish):
    publish(dt.date(2026, 3, 1), "Old tide", tags=["Tides", "Moles"])
    publish(dt.date(2026, 3, 2), "New tide", tags=["Tides", "Lamps"])
    news = part(client.get("/").text, "New on topics")
    assert text(news).startswith(
        "Lamps Tides 2 Mar 2026 New tide Moles 1 Mar 2026 Old tide Follow"
    )
    assert "/following/" in links(news)


def test_an_address_holds_the_topics_that_somebody_follows(
    client, publish, monkeypatch
):
    monkeypatch.setattr(front, "SIZE", 2)
    publish(dt.date(2026, 3, 1), "On tides", tags=["Tides"])
    publish(dt.date(2026, 3, 2), "On moles", tags=["Moles"])
    publish(dt.date(2026, 3, 3), "On lamps", tags=["Lamps"])
    publish(dt.date(2026, 3, 4), "On tides and moles", tags=["Tides", "Moles"])
    page = client.get("/following/").text
    assert sorted(re.findall(r'name="topic" value="(\w+)"', page)) == [
        "lamps",
        "moles",
        "tides",
    ]
    assert "item-list" not in page
    assert "noindex" not in page
    address = "/following/?topic=moles&topic=tides&topic=never&topic=%00"
    page = client.get(address)
    assert not page.cookies
    assert 'name="robots" content="noindex"' in page.text
    titles = re.findall(r">(On [a-z ]+)</a></h3>", page.text)
    assert titles == ["On tides and moles", "On moles"]
    assert re.findall(r'value="(\w+)" checked', page.text) == ["moles", "tides"]
    (older,) = re.findall(r'rel="next" href="([^"]+)"', page.text)
    second = client.get("/following/" + html.unescape(older)).text
    assert re.findall(r">(On [a-z ]+)</a></h3>", second) == ["On tides"]
    assert "/following/?topic=tides" in links(client.get("/topics/tides/").text)


def test_a_topic_that_only_a_draft_bears_cannot_be_followed(
    client, public, author, make_public
):
    address = "/following/?topic=zinnober&topic=ferries"
    before = client.get(address).text
    make_draft(by=author, title="Zinnober", tags=["Zinnober"])
    assert client.get(address).text == before


def test_times_of_the_archive_say_how_much_they_hold_and_lead_to_the_nearest(
    client, publish
):
    for day in (
        dt.date(2024, 2, 29),
        dt.date(2026, 3, 2),
        dt.date(2026, 3, 2),
        dt.date(2026, 3, 31),
        dt.date(2026, 12, 31),
        dt.date(2027, 1, 1),
    ):
        publish(day, f"Tide of {day}")

    def told(address: str) -> tuple[str, dict[str, str], list[str]]:
        page = client.get(address).text
        near = dict(re.findall(r'rel="(prev|next)" href="([^"]+)"', page))
        counts = re.findall(r"<bdi>([^<]+)</bdi></a> <span class=\"count\">(\d+)", page)
        number = re.findall(r"(\d+) statements?<", page)[0]
        return number, near, [f"{label}: {count}" for label, count in counts]

    assert told("/statements/") == ("6", {}, ["2027: 1", "2026: 4", "2024: 1"])
    assert told("/statements/2026/") == (
        "4",
        {"prev": "/statements/2024/", "next": "/statements/2027/"},
        ["December: 1", "March: 3"],
    )
    assert told("/statements/2026/03/") == (
        "3",
        {"prev": "/statements/2024/02/", "next": "/statements/2026/12/"},
        ["31: 1", "2: 2"],
    )
    assert told("/statements/2026/03/02/") == (
        "2",
        {"prev": "/statements/2024/02/29/", "next": "/statements/2026/03/31/"},
        ["31: 1", "2: 2"],
    )
    assert told("/statements/2024/02/29/")[1] == {"next": "/statements/2026/03/02/"}
    for address in ("/statements/2025/", "/statements/2026/02/30/"):
        assert client.get(address).status_code == 404


def test_a_day_with_many_statements_is_paged_and_says_how_many(
    client, publish, monkeypatch
):
    monkeypatch.setattr(archive, "SIZE", 3)
    for number in range(7):
        publish(dt.date(2026, 3, 2), f"Tide {number}")
    address, seen = "/statements/2026/03/02/", []
    while address:
        page = client.get(address).text
        assert "7 statements<" in page
        seen.append(re.findall(r">Tide (\d)<", page))
        onward = re.findall(r'class="onward" rel="next" href="(\?[^"]+)"', page)
        address = "/statements/2026/03/02/" + html.unescape(onward[0]) if onward else ""
    assert seen == [["6", "5", "4"], ["3", "2", "1"], ["0"]]


def test_an_empty_site_explains_itself(client):
    page = text(client.get("/").text)
    assert "Nothing has been published yet." in page
    assert "Each shows who said what" in page
    assert "What this record is" in page
    assert "as soon as the first one is out" in text(client.get("/statements/").text)
