"""The history of a statement and the list of corrections: in the open, no more."""

from __future__ import annotations

import datetime as dt

import pytest

from statements.editorial import editions, intake, publishing, quoting
from statements.models import Change

from ..builders import make_person, review_and_publish
from .conftest import now

pytestmark = pytest.mark.django_db


@pytest.fixture
def change(author, editor, publisher):
    """Publish a new edition of a statement, changed in words of its text or title."""

    def act(article, *, old="", new="", kind=Change.CORRECTION, at=None, **fields):
        draft = editions.begin(article, by=author, change=kind)
        body = draft.body.replace(old, new) if old else None
        intake.revise(
            draft, by=author, lock_version=draft.lock_version, body=body, **fields
        )
        draft.refresh_from_db()
        quoting.confirm(draft.quotes.filter(confirmed_at=None), by=author)
        draft.refresh_from_db()
        return review_and_publish(draft, editor=editor, publisher=publisher, at=at)

    return act


def history(article) -> str:
    return f"{article.get_absolute_url()}history/"


def test_each_edition_says_what_it_changed_the_newest_first(client, public, change):
    change(
        public,
        old="in week 2",
        new="in week 3",
        change_note="The week was wrong.",
    )
    change(public, kind=Change.MINOR, title="The ferries will sail, at last")
    text = client.get(history(public)).text
    newest, corrected, first = text.split('<li class="step"')[1:]
    assert 'id="edition-3"' in newest
    assert "the current one" in newest
    assert "Minor change" in newest
    assert "The ferries will sail, <del>part 2</del><ins>at last</ins>" in newest
    assert 'id="edition-2"' in corrected
    assert "The week was wrong." in corrected
    assert "is no weapon in week <del>2</del><ins>3</ins>. The ferries" in corrected
    assert "1 paragraph unchanged" in corrected
    assert 'id="edition-1"' in first
    assert "<del>" not in first


def test_a_statement_of_one_edition_has_a_history_of_one(client, public):
    text = client.get(history(public)).text
    assert text.count('<li class="step"') == 1
    assert history(public) not in client.get(public.get_absolute_url()).text


def test_a_corrected_statement_leads_to_its_history(client, public, change):
    change(public, title="The ferries sail", change_note="They do already.")
    page = client.get(public.get_absolute_url()).text
    assert f'<a href="{history(public)}">History</a>' in page


def test_what_goes_out_tomorrow_is_in_no_history(client, public, change):
    before = client.get(history(public)).content
    change(
        public,
        title="Zinnober",
        change_note="Zinnober.",
        at=now().replace(second=0, microsecond=0) + dt.timedelta(days=1),
    )
    assert client.get(history(public)).content == before
    assert "Zinnober" not in client.get("/corrections/").text
    assert "Zinnober" not in client.get("/feeds/corrections.atom").text


def test_a_draft_between_leaves_no_gap_in_the_numbers(
    client, public, change, author, editor
):
    draft = editions.begin(public, by=author, change=Change.MINOR)
    publishing.discard_edition(draft, by=author)
    change(public, title="The ferries sail", change_note="They do already.")
    text = client.get(history(public)).text
    assert [f'id="edition-{n}"' in text for n in (1, 2, 3)] == [True, True, False]


def test_what_was_withdrawn_is_not_repeated(
    client, public, change, withdraw, author, editor, publisher
):
    quiet = "The strait was calm."
    assert quiet in client.get(public.get_absolute_url()).text
    withdraw(public)
    gone = client.get(history(public))
    assert gone.status_code == 410
    assert quiet not in gone.text
    change(
        public,
        old=quiet,
        new="The sea rose.",
        change_note="The weather was another.",
    )
    text = client.get(history(public)).text
    assert text.count('<li class="step"') == 1
    assert quiet not in text
    assert "<del>" not in text
    assert quiet not in client.get("/corrections/").text


def test_the_history_moves_with_its_statement(client, public, system, publisher):
    before = history(public)
    intake.set_address(
        public, by=publisher, dated=dt.date(2026, 3, 9), slug="ferries-again"
    )
    response = client.get(before)
    assert response.status_code == 301
    assert response["Location"] == "/statements/2026/03/09/ferries-again/history/"
    assert client.get(response["Location"]).status_code == 200
    assert client.get("/statements/2026/03/09/never/history/").status_code == 404


def test_the_corrections_of_the_site_stand_in_one_list(
    client, make_public, change, author, system, okafor
):
    one, two = make_public(1).article, make_public(2).article
    change(
        one,
        old="in hour 1,",
        new="in hour 11,",
        change_note="The hour was wrong.",
    )
    change(two, kind=Change.MINOR, title="The ferries sail")
    text = client.get("/corrections/").text
    assert text.count('<li class="item"') == 1
    assert f'<a href="{history(one)}">' in text
    assert "The hour was wrong." in text
    assert "“We recall UNSCR 2417 in hour 1”</del>" in text
    assert "“We recall UNSCR 2417 in hour 11”</ins>" in text
    feed = client.get("/feeds/corrections.atom").text
    assert feed.count("<entry>") == 1
    assert "The hour was wrong." in feed


def test_a_speaker_who_was_corrected_is_told(
    client, public, author, editor, publisher, system
):
    lind = make_person("Agnes Lind", by=system)
    draft = editions.begin(public, by=author, change=Change.CORRECTION)
    quoting.reattribute(
        draft.quotes.get(), by=author, speaker=quoting.Speaker(person=lind)
    )
    draft.refresh_from_db()
    intake.revise(
        draft,
        by=author,
        lock_version=draft.lock_version,
        change_note="Somebody else said it.",
    )
    draft.refresh_from_db()
    review_and_publish(draft, editor=editor, publisher=publisher)
    told = "<del><bdi>Ilse Okafor</bdi></del> <ins><bdi>Agnes Lind</bdi></ins>"
    assert told in client.get(history(public)).text
    assert told in client.get("/corrections/").text


def test_without_a_correction_the_list_explains_itself(client, public):
    assert "Nothing has been corrected so far." in client.get("/corrections/").text


def test_they_ask_as_often_for_three_as_for_one(
    client, make_public, change, django_assert_num_queries
):
    articles = [make_public(number).article for number in (1, 2, 3)]
    change(articles[0], title="One", change_note="First.")
    for _ in range(2):
        with django_assert_num_queries(2):
            assert client.get("/corrections/").status_code == 200
        with django_assert_num_queries(2):
            assert client.get("/feeds/corrections.atom").status_code == 200
        with django_assert_num_queries(3):
            assert client.get(history(articles[0])).status_code == 200
        for article in articles:
            change(article, title="Two", change_note="Again.")
