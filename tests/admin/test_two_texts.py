"""Two people save one edition: both texts are brought together, and nothing is lost."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest

from statements.editorial import editions, intake, publishing
from statements.models import Change, DraftBuffer, Edition, EditionBase

from .. import builders
from .conftest import Colleague, address, edition_version, filled

pytestmark = pytest.mark.django_db

BODY = (
    "<p>The ferries will sail at nine on Monday.</p>"
    "<p>The strait was calm.</p>"
    "<p>Pilots are ready for the winter.</p>"
)


@pytest.fixture
def shared(author) -> Edition:
    return builders.make_draft(by=author, body=BODY, title="Ferries sail at nine")


def form_of(page: str) -> dict[str, str]:
    """What the page's form sends along, but for its choices."""
    inner = page[page.index('class="desk-form merge"') :]
    inner = inner[: inner.index("</form>")]
    fields = dict(
        re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', inner)
    )
    fields |= dict(
        re.findall(r'<textarea name="(\w+)" hidden>\n(.*?)</textarea>', inner, re.S)
    )
    return {name: html.unescape(value) for name, value in fields.items()}


def choices_of(page: str) -> list[str]:
    return list(dict.fromkeys(re.findall(r'name="(choice-[\w]+)"', page)))


def post(who: Colleague, edition: Edition, **fields: Any):
    return who.client.post(address(edition, "write"), fields)


def stale(who: Colleague, edition: Edition, was: dict, **fields: Any) -> str:
    """Save a page that was drawn before somebody else saved."""
    response = post(who, edition, action="save", token="7" * 32, **was | fields)
    assert response.status_code == 200
    return response.content.decode()


def drawn(who: Colleague, edition: Edition) -> dict:
    return filled(edition, who.user) | {"lock_version": edition_version(edition)}


def test_changes_of_different_places_are_saved_with_one_click(amina, edgar, shared):
    was = drawn(amina, shared)
    edgar.write(shared, body=BODY.replace("calm", "rough"), dated="2026-03-04")
    page = stale(amina, shared, was, body=BODY.replace("nine", "ten"), summary="Soon.")
    assert "Somebody saved this edition since you opened it." in page
    assert "there is nothing to choose" in page
    assert "Taken from theirs: Date." in page
    assert choices_of(page) == []
    shared.refresh_from_db()
    assert "ten" not in shared.text

    response = post(amina, shared, action="merge", **form_of(page))
    assert response.status_code == 302
    shared.refresh_from_db()
    assert shared.text == (
        "The ferries will sail at ten on Monday.\nThe strait was rough.\n"
        "Pilots are ready for the winter."
    )
    assert shared.summary == "Soon."
    assert shared.article.dated.isoformat() == "2026-03-04"


@pytest.mark.parametrize(
    ("choice", "text", "title"),
    [
        ("mine", "at ten on", "Ferries sail at ten"),
        ("theirs", "at eleven on", "Ferries sail at eleven"),
        ("both", "at ten eleven on", "Ferries sail at eleven"),
    ],
)
def test_words_that_both_changed_are_chosen(amina, edgar, shared, choice, text, title):
    was = drawn(amina, shared)
    edgar.write(
        shared,
        title="Ferries sail at eleven",
        body=BODY.replace("nine", "eleven").replace("calm", "rough"),
    )
    page = stale(
        amina,
        shared,
        was,
        title="Ferries sail at ten",
        body=BODY.replace("nine", "ten").replace("winter", "summer"),
    )
    assert "1 of 2: Title" in page
    assert "2 of 2: Text" in page
    names = choices_of(page)
    assert len(names) == 2

    # Without a choice nothing is saved, and all stands there still.
    again = post(amina, shared, action="merge", **form_of(page)).content.decode()
    assert "Choose for each place below what stays." in again
    assert form_of(again)["body"] == form_of(page)["body"]
    assert "ten" not in Edition.objects.get().text

    picked = dict(zip(names, [choice.replace("both", "theirs"), choice], strict=True))
    response = post(amina, shared, action="merge", **form_of(again) | picked)
    assert response.status_code == 302
    shared.refresh_from_db()
    assert text in shared.text
    assert "rough" in shared.text
    assert "summer" in shared.text
    assert shared.title == title


def test_writing_on_with_the_merged_text_saves_nothing_yet(amina, edgar, shared):
    was = drawn(amina, shared)
    edgar.write(shared, body=BODY.replace("calm", "rough"))
    page = stale(amina, shared, was, body=BODY.replace("nine", "ten"), page="a" * 32)
    page = post(amina, shared, action="resume", **form_of(page)).content.decode()
    assert "at ten on Monday" in page
    assert "was rough" in page
    assert 'data-unsaved="1"' in page
    assert f'data-page="{"a" * 32}"' in page
    assert "ten" not in Edition.objects.get().text
    found = re.search(r'name="lock_version" value="(\d+)"', page)
    assert int(found[1]) == edition_version(shared)


def test_a_third_save_meanwhile_is_brought_in_too(amina, edgar, petra, shared):
    was = drawn(amina, shared)
    edgar.write(shared, body=BODY.replace("nine", "eleven"))
    page = stale(amina, shared, was, body=BODY.replace("nine", "ten"))
    (name,) = choices_of(page)
    shared.refresh_from_db()
    petra.write(shared, body=shared.body.replace("winter", "summer"))
    page = post(
        amina, shared, action="merge", **form_of(page) | {name: "mine"}
    ).content.decode()
    # The choice was about the same words, so it stands; she only sees and saves.
    assert f'name="{name}" value="mine" checked' in page
    response = post(amina, shared, action="merge", **form_of(page) | {name: "mine"})
    assert response.status_code == 302
    shared.refresh_from_db()
    assert "at ten on" in shared.text
    assert "summer" in shared.text


def test_a_page_older_than_what_is_kept_asks_for_every_difference(amina, edgar, shared):
    was = drawn(amina, shared)
    edgar.write(shared, body=BODY.replace("calm", "rough"))
    EditionBase.objects.all().delete()
    page = stale(amina, shared, was, body=BODY.replace("nine", "ten"))
    names = choices_of(page)
    assert names
    picked = dict.fromkeys(names, "mine")
    post(amina, shared, action="merge", **form_of(page) | picked)
    shared.refresh_from_db()
    assert "at ten on" in shared.text
    assert "calm" in shared.text


def test_quotes_keep_their_address_whoever_saved(amina, edgar, ready):
    """Edgar accepted the quote while Amina mended a word of it and one beside it."""
    quote = ready.quotes.get()
    was = drawn(amina, ready)
    edgar.write(ready, body=ready.body.replace("on Monday", "on Tuesday"))
    page = stale(
        amina,
        ready,
        was,
        body=was["body"].replace("calm", "rough").replace("left the", "left a"),
    )
    post(amina, ready, action="merge", **form_of(page))
    ready.refresh_from_db()
    for words in ("on Tuesday", "left a room", "rough"):
        assert words in ready.text
    again = ready.quotes.get()
    assert again.permalink_id == quote.permalink_id
    assert again.text == "The ferries will sail,"
    assert again.confirmed_at is not None


def test_an_unsaved_text_taken_back_later_is_merged_as_well(amina, edgar, shared):
    version = edition_version(shared)
    DraftBuffer.objects.create(
        user=amina.user,
        edition=shared,
        page="a" * 32,
        lock_version=version,
        values={"body": BODY.replace("nine", "ten")},
    )
    edgar.write(shared, body=BODY.replace("calm", "rough"))
    buffer = DraftBuffer.objects.get()
    page = amina.client.get(
        f"{address(shared, 'write')}?unsaved={buffer.pk}"
    ).content.decode()
    found = re.search(r'name="lock_version" value="(\d+)"', page)
    assert int(found[1]) == version
    fields = filled(shared, amina.user) | buffer.values | {"lock_version": version}
    page = stale(amina, shared, fields, taken=buffer.pk, page="b" * 32)
    response = post(
        amina,
        shared,
        action="merge",
        **form_of(page) | {"taken": buffer.pk, "page": "b" * 32},
    )
    assert response.status_code == 302
    shared.refresh_from_db()
    assert "at ten on" in shared.text
    assert "rough" in shared.text
    assert not DraftBuffer.objects.exclude(values={}).exists()


def test_a_text_that_cannot_be_read_is_shown_again_with_the_reason(
    amina, edgar, shared
):
    was = drawn(amina, shared)
    edgar.write(shared, body=BODY.replace("calm", "rough"))
    page = stale(amina, shared, was, body="<script>1</script>", summary="Kept.")
    assert "The statement has no text." in page
    assert "Kept." in page


# ---------- an edition that went out since ----------


@pytest.fixture
def behind(live, author, editor, publisher) -> Edition:
    """A long revision, on whose statement an urgent correction went out meanwhile."""
    long = editions.begin(live.article, by=author)
    intake.revise(
        long,
        by=author,
        lock_version=long.lock_version,
        body=long.body.replace("was calm", "was calm all day")
        + "<p>The pilots said little.</p>",
    )
    urgent = editions.begin(live.article, by=editor, change=Change.CORRECTION)
    intake.revise(
        urgent,
        by=editor,
        lock_version=urgent.lock_version,
        title="The ferries will sail tomorrow",
        body=urgent.body.replace("on Monday", "on Tuesday"),
        change_note="The day was wrong.",
    )
    urgent.refresh_from_db()
    publishing.submit(urgent, by=editor)
    publishing.approve(urgent, by=publisher)
    publishing.publish(urgent, by=publisher)
    long.refresh_from_db()
    return long


def test_a_long_revision_takes_in_an_urgent_correction_and_goes_out(
    amina, edgar, petra, behind
):
    assert "Edition 3 went out since; bring its changes in." in amina.page(
        behind, "check"
    )
    page = amina.page(behind, "merge")
    assert "Edition 3 went out since" in page
    assert "Taken from theirs: Title." in page
    assert choices_of(page) == []
    response = amina.send(behind, "merge", "bring")
    assert response.url == address(behind, "check")
    behind.refresh_from_db()
    assert behind.title == "The ferries will sail tomorrow"
    for words in ("on Tuesday", "calm all day", "The pilots said little."):
        assert words in behind.text
    assert behind.based_on.number == 3
    assert "went out since" not in amina.page(behind, "check")
    assert "nothing to bring in" in amina.page(behind, "merge")
    amina.send(behind, "review", "submit")
    edgar.send(behind, "review", "approve")
    petra.send(behind, "publish", "publish")
    behind.refresh_from_db()
    assert behind.published_at is not None


def test_places_that_both_changed_are_chosen_before_anything_is_brought_in(
    amina, behind
):
    amina.write(behind, body=behind.body.replace("on Monday", "on Sunday"))
    page = amina.page(behind, "merge")
    (name,) = choices_of(page)
    response = amina.send(behind, "merge", "bring")
    assert "Choose for each place below what stays." in response.content.decode()
    behind.refresh_from_db()
    assert behind.based_on.number == 1
    amina.send(behind, "merge", "bring", **{name: "theirs"})
    behind.refresh_from_db()
    assert "on Tuesday" in behind.text
    assert behind.based_on.number == 3
