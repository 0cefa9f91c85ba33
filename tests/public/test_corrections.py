"""What was corrected in a quote stands on its page, from the hour of the correction."""

from __future__ import annotations

import re

import pytest

from statements.editorial import drawing, editions, intake, quoting
from statements.models import Article, Edition, Rendering

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


def beside(client, article: Article) -> list[str]:
    """Each kind of mark in the text, and each line of a correction in the margin."""
    page = client.get(article.get_absolute_url()).text
    page = page.partition('<div class="end-notes" hidden>')[0]
    found = re.findall(
        r'<ins class="corrected".*?</ins>|<span class="note-corrected">.*?</span>'
        r'|<span class="note-was">.*?</span>',
        page,
    )
    return [re.sub(r"<[^>]+>", "", one) for one in found]


@pytest.mark.parametrize("kept", [True, False], ids=["kept", "drawn anew"])
def test_corrected_words_are_marked_where_they_stand_and_told_in_the_margin(
    public, correct, author, editor, publisher, withdraw, client, kept
):
    def told():
        if not kept:
            Rendering.objects.all().delete()
        return beside(client, public)

    assert told() == []
    second = correct(public, "seven")
    day = f"{second.published_at:%-d %B %Y}"
    was = f"Corrected on {day}: was “We recall UNSCR 2417 in hour"
    assert told() == ["seven", "Corrected", f"{was} 2”"]
    correct(public, "eight")
    both = ["eight", "Corrected", f"{was} seven”", f"{was} 2”"]
    assert told() == both
    # What a later edition leaves as it is stays corrected.
    fourth = editions.begin(public, by=author, change="minor")
    intake.revise(
        fourth, by=author, lock_version=fourth.lock_version, title="Another title"
    )
    fourth.refresh_from_db()
    builders.review_and_publish(fourth, editor=editor, publisher=publisher)
    assert told() == both
    # Withdrawn words do not come back, nor those of editions before them.
    withdraw(public)
    correct(public, "nine")
    assert told() == []
    correct(public, "ten")
    assert told() == ["ten", "Corrected", f"{was} nine”"]
    # What was kept of each edition is what would be drawn of it now.
    kept_ones = [(now, then) for _, now, then in drawing.compare() if then]
    assert [1 for now, then in kept_ones if now != then] == []
    assert bool(kept_ones) == kept


def test_a_scheduled_correction_is_not_told_before_its_hour(
    public, correct, tomorrow, client
):
    live = public.editions.get()
    before = client.get(live.quotes.get().get_absolute_url()).text
    correct(public, "seven", note="Zinnober.", at=tomorrow)
    page = client.get(live.quotes.get().get_absolute_url()).text
    assert page == before
    assert "seven" not in page
    assert beside(client, public) == []
    draft = drawing.drawn(Edition.objects.get(number=2))
    assert "in hour 2”</del>" in draft


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
