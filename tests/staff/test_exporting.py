"""An answer of the search taken along as a file: all of it, and only what is public."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import zipfile

import pytest

from statements.editorial import publishing
from statements.models import Quote
from statements.search import query, walking
from statements.staff import exporting

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client, editor):
    client.force_login(editor)
    return client


def taken(client, form: str, **params) -> bytes:
    response = client.get(f"/staff/quotes/export.{form}", params)
    assert response.status_code == 200
    assert response.streaming
    return response.getvalue()


def table(client, **params) -> list[dict[str, str]]:
    text = taken(client, "csv", **params).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_a_file_holds_what_the_page_shows_of_each_quote(
    staff, say, resolution, settings
):
    quote = say(
        "No ferry sails under resolution 2417.",
        cites={"resolution 2417": resolution},
        tags=["Strait"],
    )
    url = f"{settings.SITE_URL}{quote.get_absolute_url()}"
    statement = f"{settings.SITE_URL}{quote.article.get_absolute_url()}"
    (row,) = table(staff, q="ferry")
    assert row == {
        "Address": url,
        "Words": "No ferry sails under resolution 2417.",
        "Speaker": "Ilse Okafor",
        "Office on that day": quote.office,
        "Organisation": quote.organization.name,
        "Said on": "2026-03-02",
        "Statement": "No ferry sails under resolution 2417.",
        "Address of the statement": statement,
        "Resolutions": resolution.symbol,
        "Topics": "Strait",
        "Verbatim check": "Unchecked",
        "Language": "en",
    }
    assert json.loads(taken(staff, "jsonl", q="ferry")) == {
        "address": url,
        "words": row["Words"],
        "speaker": "Ilse Okafor",
        "office": row["Office on that day"],
        "organization": row["Organisation"],
        "said_on": "2026-03-02",
        "statement": row["Statement"],
        "statement_address": statement,
        "resolutions": [resolution.symbol],
        "topics": ["Strait"],
        "verdict": "unchecked",
        "language": "en",
    }
    sheet = zipfile.ZipFile(io.BytesIO(taken(staff, "xlsx"))).read(
        "xl/worksheets/sheet1.xml"
    )
    assert row["Words"].encode() in sheet
    # As the quote's own page gives them to whoever cites it.
    for form in ("ris", "bib"):
        own = staff.get(f"{quote.get_absolute_url().rstrip('/')}.{form}").content
        assert taken(staff, form, q="ferry") == own


def test_a_file_goes_on_to_the_last_row_by_pages(
    staff, say, monkeypatch, django_assert_max_num_queries
):
    for number in range(5):
        say(f"The ferry sails {number} times.", on=dt.date(2026, 3, 1 + number % 2))
    say("The harbour is calm.")
    monkeypatch.setattr(walking.every, "__defaults__", (2,))
    whole = [row["Words"] for row in table(staff, q="ferry", sort="relevance")]
    assert whole == [f"The ferry sails {number} times." for number in (3, 1, 4, 2, 0)]
    monkeypatch.setattr(walking.every, "__defaults__", (100,))
    with django_assert_max_num_queries(12):
        assert len(table(staff, q="ferry")) == 5


def test_only_one_page_is_held_and_what_is_withdrawn_meanwhile_is_left_out(
    say, publisher, monkeypatch
):
    for number in range(3):
        say(f"The ferry sails {number} times.", on=dt.date(2026, 3, 1 + number))
    monkeypatch.setattr(walking.every, "__defaults__", (1,))
    rows = walking.every(query.parse("ferry"), exporting.rows())
    first = next(rows)
    going = Quote.objects.get(text="The ferry sails 1 times.").article
    publishing.withdraw(going, by=publisher, reason="error", note="An error.")
    assert [first.words, *(one.words for one in rows)] == [
        "The ferry sails 2 times.",
        "The ferry sails 0 times.",
    ]


def test_hidden_quotes_are_in_no_file(staff, say):
    say("The ferry sails.")
    say("The ferry is a draft.", publish=False)
    for form in exporting.FORMS:
        assert b"draft" not in taken(staff, form, q="ferry")
    assert [row["Words"] for row in table(staff, q="ferry")] == ["The ferry sails."]


def test_a_question_that_finds_nothing_is_a_file_of_headings(staff, say):
    say("The ferry sails.")
    assert table(staff, q="tram") == []
    assert taken(staff, "ris", q="tram") == b""


def test_words_that_begin_like_a_formula_are_words(staff, say):
    say("=1+1 is what they said.")
    (row,) = table(staff)
    assert row["Words"] == "'=1+1 is what they said."


def test_a_file_is_named_by_its_day_and_kept_nowhere(staff, say):
    say("The ferry sails.")
    response = staff.get("/staff/quotes/export.xlsx")
    assert response["Content-Disposition"].startswith('attachment; filename="quotes-20')
    assert "no-store" in response["Cache-Control"]
    assert staff.head("/staff/quotes/export.csv").getvalue() == b""
    assert staff.get("/staff/quotes/export.exe").status_code == 404


def test_the_page_offers_its_answer_and_each_quote_with_its_source(staff, say):
    quote = say("The ferry sails.")
    html = staff.get("/staff/quotes/", {"q": "ferry"}).content.decode()
    for form in exporting.FORMS:
        assert f'href="/staff/quotes/export.{form}?q=ferry" download' in html
    own = staff.get(f"{quote.get_absolute_url().rstrip('/')}.txt").content.decode()
    assert f'data-copied="{own}"' in html
    assert f'href="{quote.get_absolute_url()}#cite"' in html
