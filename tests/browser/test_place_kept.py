"""After a form was sent one goes on where one was, or stands at what is wrong."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from statements.editorial import publishing

from .. import builders
from .test_editor_journey import look, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

CALM = "".join(f"<p>Notice {number}: the strait is calm.</p>" for number in range(40))
BODY = f"{CALM}<p>“The ferries will sail,” said Ilse Okafor.</p>{CALM}"
#: What has the focus, and whether it can be seen.
FOCUS = """() => {
  const at = document.activeElement, box = at.getBoundingClientRect();
  return [at.id || at.className, box.top < innerHeight && box.bottom > 0];
}"""


def test_one_goes_on_in_the_same_place_or_stands_at_what_is_wrong(
    page, live_server, editor, author, okafor, complaints
):
    draft = builders.make_draft(by=editor, title="Notices", body=BODY)
    at = f"{live_server.url}/admin/statements/article/{draft.article_id}/edition/1"
    sign_in(page, live_server, editor)

    # Write: the caret stays where it was, and the next word goes there.
    page.goto(f"{at}/write/")
    page.locator(".ProseMirror p", has_text="Notice 30:").first.click()
    page.keyboard.press("End")
    page.keyboard.type(" Very.")
    page.keyboard.press("Control+s")
    told = page.locator(".told-here")
    expect(told).to_have_text("Saved.")
    look(page)
    page.keyboard.type(" Indeed.")
    expect(told).to_have_count(0)
    page.keyboard.press("Control+s")
    expect(told).to_have_text("Saved.")
    draft.refresh_from_db()
    assert "Notice 30: the strait is calm. Very. Indeed.\n" in draft.text
    stored = page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])")
    assert "Indeed" not in stored

    # Quotes: the finding that was decided.
    page.goto(f"{at}/quotes/")
    page.get_by_role("button", name="Accept all safe").click()
    page.get_by_role("button", name="Remove").click()
    expect(told).to_contain_text("Removed the quote")
    expect(page.locator(".finding:focus")).to_have_count(1)
    assert page.evaluate(FOCUS)[1]
    assert page.evaluate("scrollY") > 400

    # Review: the field that was left empty, then the link that is shown once.
    publishing.submit(draft, by=author)
    page.goto(f"{at}/review/")
    page.get_by_role("button", name="Return to the authors").click()
    expect(page).to_have_title("Error: Notices | Newsroom")
    assert page.evaluate(FOCUS) == ["remark", True]
    page.get_by_text("Make a link for somebody").click()
    page.get_by_label("Who it is for").fill("Bram Tollen, Lighthouse Board")
    page.get_by_role("button", name="Make the link").click()
    page.locator(".link-made:focus").wait_for()
    assert page.evaluate(FOCUS) == ["made", True]
    look(page)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy").click()
    page.get_by_text("Copied.").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.locator(".link-made").input_value()
