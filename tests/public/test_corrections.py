"""What was corrected in a quote stands on its page, from the hour of the correction."""

from __future__ import annotations

import re

import pytest

from statements.editorial import editions, intake, quoting
from statements.models import Article, Edition

from .. import builders

pytestmark = pytest.mark.django_db


@pytest.fixture
def correct(author, editor, publisher):
    """Publish a correction in which the quote names another hour."""

    def act(article: Article, hour: str, *, note="The hour was wrong.", at=None):
        edition = editions.begin(article, by=author, change="correction")
        body = re.sub(r"in hour \w+,", f"in hour {hour},", edition.body)
        assert body != edition.body
        intake.revise(
            edition,
            by=author,
            lock_version=edition.lock_version,
            body=body,
            change_note=note,
        )
        edition.refresh_from_db()
        quoting.confirm(edition.quotes.all(), by=author)
        edition.refresh_from_db()
        return builders.review_and_publish(
            edition, editor=editor, publisher=publisher, at=at
        )

    return act


def told(client, edition: Edition) -> list[str]:
    """The notices of corrections on the quote's page, as text."""
    page = client.get(edition.quotes.get().get_absolute_url())
    assert page.status_code == 200
    found = re.findall(r'<aside class="notice".*?</aside>', page.text, re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", " ", one).split()) for one in found]


def test_old_words_and_new_stand_there_with_the_note(
    public, correct, client, django_assert_num_queries
):
    live = public.editions.get()
    assert told(client, live) == []
    second = correct(public, "seven")
    third = correct(public, "eight", note="The hour was wrong again.")
    day = f"{second.published_at:%-d %B %Y}"
    assert told(client, third) == [
        f"Corrected on {day} Words: “We recall UNSCR 2417 in hour eight” was “We recall"
        " UNSCR 2417 in hour seven” The hour was wrong again.",
        f"Corrected on {day} Words: “We recall UNSCR 2417 in hour seven” was “We recall"
        " UNSCR 2417 in hour 2” The hour was wrong.",
    ]
    address = third.quotes.get().get_absolute_url()
    with django_assert_num_queries(3):
        client.get(address)


def test_the_head_of_the_statement_leads_to_the_words_that_were_corrected(
    public, correct, withdraw, client, django_assert_num_queries
):
    address = public.get_absolute_url()
    assert 'class="notice" id="correction"' not in client.get(address).text
    correct(public, "seven")
    third = correct(public, "eight", note="The hour was wrong again.")
    with django_assert_num_queries(4):
        page = client.get(address).text
    notice = re.search(r'<aside class="notice" id="correction".*?</aside>', page, re.S)
    assert " ".join(re.sub(r"<[^>]+>", " ", notice[0]).split()).endswith(
        "The hour was wrong again. Words: “We recall UNSCR 2417 in hour eight” was “We"
        " recall UNSCR 2417 in hour seven”"
    )
    place = f"q-{third.quotes.get().permalink_id}"
    assert f'<a href="#{place}"><ins' in notice[0]
    assert f'id="{place}"' in page
    withdraw(public)
    correct(public, "nine")
    assert "in hour eight" not in client.get(address).text


def test_a_scheduled_correction_is_not_told_before_its_hour(
    public, correct, tomorrow, client
):
    live = public.editions.get()
    before = client.get(live.quotes.get().get_absolute_url()).text
    correct(public, "seven", note="Zinnober.", at=tomorrow)
    page = client.get(live.quotes.get().get_absolute_url()).text
    assert page == before
    assert "seven" not in page


def test_words_that_were_withdrawn_do_not_come_back_with_a_correction(
    public, correct, withdraw, client
):
    second = correct(public, "seven")
    assert len(told(client, second)) == 1
    withdraw(public)
    third = correct(public, "eight")
    assert told(client, third) == []
    fourth = correct(public, "nine")
    (one,) = told(client, fourth)
    assert "nine” was “We recall UNSCR 2417 in hour eight”" in one
