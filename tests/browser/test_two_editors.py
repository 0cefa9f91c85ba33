"""Two editors in two browsers, in six orders: nothing of either is lost."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from statements.models import DraftBuffer, Edition

from .. import builders
from .test_drafts import open_page, until
from .test_editor_journey import look, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

BODY = "<p>The ferries sail at nine.</p><p>The strait was calm.</p><p>Nobody spoke.</p>"


@pytest.fixture
def two(page, new_context, live_server, author, editor):
    """The pages of Amina and of Edgar, each in a browser of their own."""
    pages = []
    for user in (author, editor):
        own = new_context().new_page()
        sign_in(own, live_server, user)
        pages.append(own)
    return pages


def write(page, old: str, new: str) -> None:
    """Change words of the source, as a hand would."""
    page.get_by_label("Title").focus()
    field = page.locator("textarea[name=body]").first
    field.evaluate(
        "(field, [old, now]) => { field.value = field.value.replace(old, now);"
        " field.dispatchEvent(new Event('input', {bubbles: true})); }",
        [old, new],
    )


def save(page) -> None:
    page.get_by_role("button", name="Save", exact=True).click()


def merge(page, choice: str = "") -> None:
    page.get_by_role("heading", name="Two texts in one").wait_for()
    if choice:
        page.locator(f"input[type=radio][value={choice}]").first.check()
    page.get_by_role("button", name="Save the merged text").click()
    page.get_by_text("Saved.").wait_for()


@pytest.fixture
def begin(two, live_server, author) -> Callable[[], Edition]:
    """Have both open a new draft."""

    def opened() -> Edition:
        edition = builders.make_draft(by=author, body=BODY, title="Ferries at nine")
        for page in two:
            open_page(page, live_server, edition)
        return edition

    return opened


def text(edition: Edition) -> str:
    edition.refresh_from_db()
    return edition.text


def test_two_editors_save_in_either_order(two, begin, live_server, author):
    """The orders 1 to 3 of six."""
    anna, ben = two

    # 1. Both write, Ben saves first, Anna second: different places.
    edition = begin()
    ben.get_by_text("Amina has this edition open since").wait_for()
    write(anna, "nine", "ten")
    write(ben, "calm", "rough")
    save(ben)
    ben.get_by_text("Saved.").wait_for()
    save(anna)
    anna.get_by_role("heading", name="Two texts in one").wait_for()
    look(anna)
    merge(anna)
    assert text(edition) == (
        "The ferries sail at ten.\nThe strait was rough.\nNobody spoke."
    )

    # 2. The same words: Anna chooses hers.
    edition = begin()
    write(anna, "nine", "ten")
    write(ben, "nine", "eleven")
    save(ben)
    ben.get_by_text("Saved.").wait_for()
    save(anna)
    anna.locator(".merge-choice").wait_for()
    look(anna)
    anna.set_viewport_size({"width": 360, "height": 900})
    look(anna)
    anna.set_viewport_size({"width": 1280, "height": 900})
    merge(anna, "mine")
    assert text(edition).startswith("The ferries sail at ten.")

    # 3. Anna goes before she chooses: her text is offered when she comes back.
    edition = begin()
    write(anna, "nine", "ten")
    write(ben, "nine", "eleven")
    save(ben)
    ben.get_by_text("Saved.").wait_for()
    save(anna)
    anna.locator(".merge-choice").wait_for()
    until(lambda: DraftBuffer.objects.filter(edition=edition, user=author).exists())
    open_page(anna, live_server, edition)
    anna.get_by_role("link", name="take it back").click()
    assert "at ten" in anna.locator("textarea[name=body]").first.input_value()
    save(anna)
    merge(anna, "both")
    assert text(edition).startswith("The ferries sail at ten eleven.")


@pytest.mark.long
def test_two_editors_save_while_the_other_chooses(two, begin):
    """The orders 4 to 6 of six."""
    anna, ben = two

    # 4. Ben saves twice while Anna chooses.
    edition = begin()
    write(anna, "nine", "ten")
    write(ben, "calm", "rough")
    save(ben)
    ben.get_by_text("Saved.").wait_for()
    save(anna)
    anna.get_by_role("heading", name="Two texts in one").wait_for()
    write(ben, "Nobody spoke", "Somebody spoke")
    save(ben)
    ben.get_by_text("Saved.").wait_for()
    anna.get_by_role("button", name="Save the merged text").click()
    anna.wait_for_load_state()
    anna.wait_for_function("document.body.innerText.includes('Somebody spoke')")
    merge(anna)
    assert text(edition) == (
        "The ferries sail at ten.\nThe strait was rough.\nSomebody spoke."
    )

    # 5. Anna saves, Ben saves and writes on, Anna saves in between.
    edition = begin()
    write(ben, "calm", "rough")
    write(anna, "nine", "ten")
    save(anna)
    anna.get_by_text("Saved.").wait_for()
    save(ben)
    ben.get_by_role("button", name="Write on with it").click()
    ben.get_by_role("button", name="Save", exact=True).wait_for()
    write(anna, "Nobody spoke", "Somebody spoke")
    save(anna)
    anna.get_by_text("Saved.").wait_for()
    save(ben)
    merge(ben)
    assert text(edition) == (
        "The ferries sail at ten.\nThe strait was rough.\nSomebody spoke."
    )

    # 6. Ben takes a paragraph out that Anna changes: she keeps it.
    edition = begin()
    write(ben, "<p>The strait was calm.</p>", "")
    write(anna, "calm", "rough")
    save(ben)
    ben.get_by_text("Saved.").wait_for()
    save(anna)
    merge(anna, "mine")
    assert "The strait was rough." in text(edition)
