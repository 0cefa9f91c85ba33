"""Figures on readers' pages: they count what is public, and lead to what they count."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re

import pytest

from statements.editorial import binning, catalogue, publishing
from statements.models import ResolutionAlias, ResolutionRelation
from statements.public import matrix, people
from statements.public.charts import by_year

from ..builders import (
    cite,
    make_draft,
    make_person,
    make_resolution,
    quote_words,
    review_and_publish,
)

pytestmark = pytest.mark.django_db

EARLIER = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
CELL = re.compile(r'<td class="number[^"]*"><a href="([^"]*)"[^>]*>(\d+)</a></td>')


def shown(client, address: str) -> list[str]:
    """The words on a list, all its pages."""
    found = []
    while address:
        page = client.get(address).text
        found += re.findall(r"“(We recall [^”]*)”", page)
        older = re.search(r'rel="next" href="([^"]*)"', page)
        path = address.partition("?")[0]
        address = path + older[1].replace("&amp;", "&") if older else ""
    return found


def cells(client, address: str) -> dict[str, int]:
    """Where the numbers of a matrix lead to, and the numbers."""
    page = client.get(address).text
    return {
        url.replace("&amp;", "&").partition("#")[0]: int(number)
        for url, number in CELL.findall(page)
    }


@pytest.fixture
def unseen(make_public, author, editor, publisher, okafor, resolution, tomorrow):
    """A draft, one in the bin, one for tomorrow, one withdrawn, one with no quote."""

    def draft(number: int):
        edition = make_draft(
            by=author,
            title=f"Unseen {number}",
            body=f"“We recall UNSCR 2417 unseen {number},” said Ilse Okafor.",
            dated=dt.date(2026, 3, 20 + number),
            tags=["Ferries"],
        )
        if number < 9:
            words = f"We recall UNSCR 2417 unseen {number},"
            quote_words(edition, words, by=author, speaker=okafor)
            cite(edition, "UNSCR 2417", resolution, by=author)
        return edition

    def make() -> None:
        draft(1)
        binning.put(draft(2).article, by=publisher)
        review_and_publish(draft(3), editor=editor, publisher=publisher, at=tomorrow)
        gone = review_and_publish(draft(4), editor=editor, publisher=publisher)
        publishing.withdraw(gone.article, by=publisher, reason="error", note="Wrong.")
        draft(9)

    return make


def test_each_number_of_the_matrix_counts_what_it_leads_to(
    client, make_public, resolution, ministry, unseen
):
    make_public(1, dated=dt.date(2024, 5, 6))
    for number in (2, 3):
        make_public(number)
    unseen()
    page = resolution.get_absolute_url()
    assert cells(client, page) == {
        "?speaker=ilse-okafor&year=2024": 1,
        "?speaker=ilse-okafor&year=2026": 2,
        "?speaker=ilse-okafor": 3,
    }
    for query, number in cells(client, page).items():
        assert len(shown(client, page + query)) == number
    # One voice is read in the order in which it spoke, all together newest first.
    assert shown(client, f"{page}?speaker=ilse-okafor") == [
        f"We recall UNSCR 2417 in hour {number}" for number in (1, 2, 3)
    ]
    assert shown(client, page) == [
        f"We recall UNSCR 2417 in hour {number}" for number in (3, 2, 1)
    ]


def test_the_matrix_has_headers_a_caption_and_a_region_for_keys(
    client, public, resolution
):
    page = client.get(f"{resolution.get_absolute_url()}?speaker=ilse-okafor").text
    assert "<caption>Quotes that name " in page
    assert 'role="region" aria-label="Quotes by speaker and year" tabindex="0"' in page
    assert '<th scope="col" class="number">2026</th>' in page
    assert '<th scope="row"><a href="/people/ilse-okafor/">' in page
    assert page.count('#named" aria-current="true"') == 1
    assert '<meta name="robots" content="noindex">' in page
    address = f'{resolution.get_absolute_url()}">'
    assert re.search(rf'rel="canonical" href="[^"?]*{re.escape(address)}', page)


def test_a_matrix_draws_those_who_spoke_most_and_leads_to_the_others(
    client, author, editor, publisher, system, resolution, make_public, monkeypatch
):
    monkeypatch.setattr(matrix, "SPEAKERS", 1)
    make_public(1)
    page = resolution.get_absolute_url()
    assert "To the list" not in client.get(page).text
    edition = make_draft(by=author, body="“We recall UNSCR 2417 too,” said Zoe Abel.")
    abel = make_person("Zoe Abel", by=system)
    quote_words(edition, "We recall UNSCR 2417 too,", by=author, speaker=abel)
    cite(edition, "UNSCR 2417", resolution, by=author)
    review_and_publish(edition, editor=editor, publisher=publisher)
    text = client.get(page).text
    named = re.findall(r'<th scope="row"><a href="/people/([^/]*)/"', text)
    assert named == ["ilse-okafor"]
    assert '<a href="#named">To the list</a>' in text
    assert len(shown(client, f"{page}?speaker=zoe-abel")) == 1


def test_the_table_to_keep_holds_what_the_page_lists(
    client, make_public, resolution, okafor, unseen
):
    for number in (1, 2):
        make_public(number)
    unseen()
    page = resolution.get_absolute_url()
    response = client.get(f"{page}quotes.csv")
    assert response["Content-Type"] == "text/csv; charset=utf-8; header=present"
    assert 'filename="un-sc-2417-quotes.csv"' in response["Content-Disposition"]
    rows = list(csv.DictReader(io.StringIO(response.text, newline="")))
    assert [row["words"] for row in rows] == shown(client, page)
    assert rows[0] == {
        "said_on": "2026-03-02",
        "speaker": "Ilse Okafor",
        "office": "Spokesperson",
        "organization": "Ministry of Foreign Affairs",
        "words": "We recall UNSCR 2417 in hour 2",
        "language": "en",
        "verdict": "unchecked",
        "resolution": "S/RES/2417 (2018)",
        "printed_as": "UNSCR 2417",
        "pinpoint": "",
        "quote_url": rows[0]["quote_url"],
        "statement": "The ferries will sail, part 2",
        "statement_url": rows[0]["statement_url"],
    }
    assert client.get(rows[0]["quote_url"]).status_code == 200
    again = client.get(f"{page}quotes.csv", headers={"If-None-Match": response["ETag"]})
    assert again.status_code == 304
    of_nobody = client.get(f"{page}quotes.csv?speaker=nobody").text
    assert of_nobody == response.text.partition("\r\n")[0] + "\r\n"


def test_a_formula_in_a_table_is_words(
    client, author, editor, publisher, okafor, okafors_office, resolution
):
    edition = make_draft(
        by=author,
        title="=1+1",
        body="“@SUM(UNSCR 2417),” said Ilse Okafor.",
    )
    quote_words(edition, "@SUM(UNSCR 2417),", by=author, speaker=okafor)
    cite(edition, "UNSCR 2417", resolution, by=author)
    review_and_publish(edition, editor=editor, publisher=publisher)
    table = client.get(f"{resolution.get_absolute_url()}quotes.csv").text
    (row,) = csv.DictReader(io.StringIO(table, newline=""))
    assert row["words"] == "'@SUM(UNSCR 2417)"
    assert row["statement"] == "'=1+1"


def test_the_table_moves_and_goes_with_the_page(
    client, public, resolution, system, withdraw
):
    old = f"{resolution.get_absolute_url()}quotes.csv"
    resolution.slug = "hunger"
    catalogue.keep(resolution, by=system)
    moved = client.get(old)
    assert (moved.status_code, moved["Location"]) == (
        301,
        f"{resolution.get_absolute_url()}quotes.csv",
    )
    withdraw(public)
    for address in (old, moved["Location"]):
        assert client.get(address).status_code == 410


def test_words_of_somebody_renamed_are_asked_for_by_the_name_of_today(
    client, public, resolution, okafor, system
):
    okafor.slug = "ilse-nwosu"
    catalogue.keep(okafor, by=system)
    page = resolution.get_absolute_url()
    moved = client.get(f"{page}?speaker=ilse-okafor&year=2026")
    assert moved.status_code == 301
    assert moved["Location"] == f"{page}?speaker=ilse-nwosu&year=2026"
    assert len(shown(client, moved["Location"])) == 1


def test_a_question_that_finds_nothing_says_what_to_do(client, public, resolution):
    page = resolution.get_absolute_url()
    empty = client.get(f"{page}?speaker=nobody").text
    assert "No public statement says this." in empty
    assert f'<a href="{page}#named">All who named it</a>' in empty
    # What cannot be meant asks for nothing.
    for query in ("?year=26", "?year=0000", "?speaker=%00", "?speaker=a/b"):
        assert shown(client, page + query) == shown(client, page)


def test_a_resolution_tells_what_became_of_it_once_readers_may_know(
    client, public, resolution, system
):
    later = make_resolution("S/RES/2573 (2021)", by=system)
    ResolutionRelation.objects.create(
        resolution=later, kind="replaces", other=resolution, pinpoint="paragraph 3"
    )
    page = client.get(resolution.get_absolute_url()).text
    assert "2573" not in page
    assert "replaced" not in page.lower()
    later.listed_at, later.listed_by = EARLIER, system
    catalogue.keep(later, by=system)
    page = client.get(resolution.get_absolute_url()).text
    assert "This resolution has been replaced." in page
    assert "<dt>Replaced by</dt>" in page
    assert page.count(later.get_absolute_url()) == 2
    assert page.count("paragraph 3") == 2
    other = client.get(later.get_absolute_url()).text
    assert "<dt>Replaces</dt>" in other
    assert "has been replaced" not in other


@pytest.mark.parametrize(
    "address",
    [
        "/resolutions/?ref=UNSCR+2417",
        "/resolutions/?ref=+unscr++2417+",
        "/resolutions/?ref=s/res/2417+(2018)",
        "/resolutions/S/RES/2417(2018)",
        "/resolutions/S/RES/2417%20(2018)",
        "/resolutions/s/res/2417(2018)/",
    ],
)
def test_each_way_of_writing_a_resolution_leads_to_it_in_one_hop(
    address, client, public, resolution
):
    response = client.get(address)
    assert response.status_code == 301
    assert response["Location"] == resolution.get_absolute_url()


def test_a_name_that_two_resolutions_bear_gives_a_choice_of_those_that_are_public(
    client, public, resolution, system
):
    other = make_resolution("S/RES/2573 (2021)", by=system)
    ResolutionAlias.objects.create(resolution=resolution, name="Hunger text")
    ResolutionAlias.objects.create(resolution=other, name="HUNGER TEXT")
    asked = "/resolutions/?ref=hunger+text"
    assert client.get(asked)["Location"] == resolution.get_absolute_url()
    other.listed_at, other.listed_by = EARLIER, system
    catalogue.keep(other, by=system)
    page = client.get(asked)
    assert page.status_code == 200
    assert "Which resolution?" in page.text
    for each in (resolution, other):
        assert f'href="{each.get_absolute_url()}"' in page.text


def test_the_chart_and_the_choices_count_what_they_lead_to(
    client, make_public, okafor, unseen
):
    make_public(1, dated=dt.date(2024, 5, 6))
    for number in (2, 3):
        make_public(number, tags=["Ferries", "Harbours"][: number - 1])
    unseen()
    page = okafor.get_absolute_url()
    text = client.get(page).text
    assert "From 2024 to 2026; most in 2026: 2." in text
    assert re.findall(r"<title>(\d+): (\d+)</title>", text) == [
        ("2024", "1"),
        ("2026", "2"),
    ]
    years = text.partition('<ol class="chart-years" aria-hidden="true">')[2]
    years = re.findall(r"<li>(\d*)</li>", years.partition("</ol>")[0])
    assert years == ["2024", "2025", "2026", "", "", "", ""]
    table = re.findall(r'<a href="([^"#]*)#said">(\d+)</a></td>', text)
    assert table == [("?year=2026", "2"), ("?year=2024", "1")]
    for query, number in table:
        assert len(shown(client, page + query)) == int(number)
    choices = re.findall(r'<option value="([^"]+)">([^<]*) \((\d+)\)</option>', text)
    assert choices == [
        ("ferries", "Ferries", "3"),
        ("harbours", "Harbours", "1"),
        ("2026", "2026", "2"),
        ("2024", "2024", "1"),
    ]
    for value, _label, number in choices:
        name = "year" if value.isdigit() else "topic"
        assert len(shown(client, f"{page}?{name}={value}")) == int(number)


@pytest.mark.parametrize(
    ("first", "last", "shown"),
    [
        (2025, 2026, [2025, 2026]),
        (2020, 2026, list(range(2020, 2027))),
        # The first is named in any case, and nothing close beside it.
        (2019, 2026, [2019, 2022, 2024, 2026]),
        (2013, 2026, [2013, 2016, 2018, 2020, 2022, 2024, 2026]),
        (2011, 2026, [2011, 2016, 2021, 2026]),
        (1950, 2026, [1987, 1996, 2001, 2006, 2011, 2016, 2021, 2026]),
    ],
)
def test_a_chart_names_as_many_years_as_have_room_on_a_phone(first, last, shown):
    chart = by_year({first: 1, last: 2})
    assert [year for year in chart.labels if year] == shown
    assert chart.labels[0] == chart.first
    # Each stands below its bar: as many places as the drawing is divided into.
    assert len(chart.labels) == max(len(chart.bars), 7)


def test_choices_of_several_kinds_narrow_together(
    client, make_public, okafor, resolution, spokesperson_post
):
    make_public(1, dated=dt.date(2024, 5, 6))
    make_public(2)
    page = okafor.get_absolute_url()
    asked = (
        f"{page}?office={spokesperson_post.slug}&resolution=un-sc/2417"
        "&topic=ferries&year=2024"
    )
    text = client.get(asked).text
    assert shown(client, asked) == ["We recall UNSCR 2417 in hour 1"]
    assert '<span role="status">1 quote</span>' in text
    assert '<option value="un-sc/2417" selected>S/RES/2417 (2018) (1)</option>' in text
    # The other year is offered with what it would leave.
    assert '<option value="2026">2026 (1)</option>' in text
    assert '<meta name="robots" content="noindex">' in text
    assert re.search(rf'rel="canonical" href="[^"?]*{page}">', text)
    empty = client.get(f"{page}?topic=ferries&year=1999").text
    assert "No public quote is left." in empty
    assert f'<a href="{page}#said">All quotes</a>' in empty
    for query in ("?year=99", "?topic=%00", "?resolution=2417"):
        assert len(shown(client, page + query)) == 2


def test_the_pages_of_a_list_keep_what_was_chosen(
    client, make_public, okafor, monkeypatch
):
    monkeypatch.setattr(people, "SIZE", 1)
    for number in (1, 2, 3):
        make_public(number)
    page = f"{okafor.get_absolute_url()}?topic=ferries&year=2026"
    assert len(shown(client, page)) == 3
    assert re.search(
        r'rel="next" href="\?topic=ferries&amp;year=2026&amp;before=',
        client.get(page).text,
    )


def test_a_speaker_is_headed_by_the_office_of_today(
    client, public, okafor, okafors_office, system
):
    head = '<p class="summary"><bdi>Spokesperson, Ministry of Foreign Affairs'
    page = okafor.get_absolute_url()
    assert head in client.get(page).text
    okafors_office.ends_on = dt.date(2026, 3, 31)
    catalogue.keep(okafors_office, by=system)
    text = client.get(page).text
    assert head not in text
    assert "31 March 2026" in text
