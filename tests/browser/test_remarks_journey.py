"""A remark goes from the reviewer to the writer and back, by keys alone."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from statements.editorial import publishing
from statements.models import Remark

from .. import builders
from .test_editor_journey import look, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

BODY = (
    "<p>Spokesperson Ilse Okafor spoke on Monday.</p>"
    "<ul><li>Two <em>pilot</em> boats wait.</li><li>The strait was calm 🌊.</li></ul>"
    "<p>The ferries sail at nine o’clock.</p>"
)


def press(page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def open_step(page, live_server, edition, step: str) -> None:
    page.goto(
        f"{live_server.url}/admin/statements/article/{edition.article_id}"
        f"/edition/{edition.number}/{step}/"
    )


def test_a_remark_on_words_is_returned_answered_and_done(
    page, live_server, author, editor, complaints
):
    draft = builders.make_draft(by=author, title="Ferries", body=BODY)
    publishing.submit(draft, by=author)

    # The reviewer chooses words by keys, across the end of an emphasis.
    page.set_viewport_size({"width": 1280, "height": 900})
    sign_in(page, live_server, editor)
    open_step(page, live_server, draft, "review")
    page.locator("#reading").focus()
    press(
        page, "ArrowDown", "ArrowDown", "ArrowRight", "ArrowRight", "Shift+ArrowRight"
    )
    assert page.locator("#remark-heard").inner_text() == "sail at"
    press(page, "ArrowUp", "ArrowRight", "Shift+ArrowRight", "Enter")
    page.keyboard.type("Three, I was told.")
    look(page)
    press(page, "Control+Enter")
    page.get_by_text("Your remark stands beside the words.").wait_for()
    remark = Remark.objects.get()
    assert (remark.words, remark.body) == ("pilot boats", "Three, I was told.")
    assert page.locator("mark.remarked").all_inner_texts() == ["pilot", " boats"]
    # And by the pointer: behind a character of two code units.
    page.locator("#reading .row-text").last.locator("p").click(click_count=3)
    page.get_by_role("button", name="Remark on these words").click()
    page.keyboard.type("At ten.")
    press(page, "Escape")
    expect(page.get_by_label("Remark", exact=True)).to_be_hidden()
    page.locator("#reading .row-text").last.locator("p").click(click_count=3)
    page.get_by_role("button", name="Remark on these words").click()
    press(page, "Control+Enter")
    page.get_by_text("Your remark stands beside the words.").wait_for()
    assert Remark.objects.latest("pk").words == "The ferries sail at nine o’clock."
    assert "2 remarks open" in page.locator(".steps").inner_text()
    page.get_by_role("button", name="Return to the authors with 2 remarks").click()
    page.get_by_text("Returned to its authors with 2 remarks.").wait_for()
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size({"width": 360, "height": 740})
    page.reload()
    look(page)

    # The writer has them beside the words, and writes before them.
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": 1280, "height": 900})
    sign_in(page, live_server, author)
    open_step(page, live_server, draft, "write")
    head = page.locator(".notes-head")
    page.get_by_text("2 remarks open", exact=True).wait_for()
    assert not page.locator("#remarks-open").is_visible()
    marked = page.locator(".ProseMirror .f-remark")
    expect(marked.first).to_have_text("pilot")
    expect(marked.nth(1)).to_have_text("boats")
    page.locator(".ProseMirror").focus()
    press(page, "Control+Home")
    page.keyboard.type("In Harrowmere, ")
    expect(marked.first).to_have_text("pilot")
    expect(marked.nth(1)).to_have_text("boats")
    press(page, "F2")
    press(page, "Home", "r")
    page.keyboard.type("Two it is.")
    look(page)
    press(page, "Control+Enter", "d")
    expect(head).to_have_text("1 remark open")
    expect(page.get_by_text("You: Two it is.")).to_be_visible()
    press(page, "Control+Enter")
    page.get_by_text("Saved. Remarks answered: 1. Remarks done: 1.").wait_for()

    remark.refresh_from_db()
    draft.refresh_from_db()
    assert draft.text[remark.start : remark.end] == "pilot boats"
    assert draft.submitted_at is not None
    assert "data-remark" not in draft.body
    assert "remarked" not in draft.body

    # The reviewer sees what became of it.
    sign_in(page, live_server, editor)
    open_step(page, live_server, draft, "review")
    page.get_by_text("Remark 1, done").click()
    page.get_by_text("Two it is.").wait_for()
    look(page)
    page.get_by_text("Answer remark 2", exact=True).click()
    page.get_by_label("Answer to remark 2").fill("Never mind.")
    page.get_by_role("button", name="Mark remark 2 done").click()
    page.get_by_text("The remark is marked done.").wait_for()
    page.get_by_role("button", name="Approve this text").click()
    page.get_by_text("Approved. It can be published.").wait_for()
