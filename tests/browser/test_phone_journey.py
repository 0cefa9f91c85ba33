"""A publisher with a phone: reads, returns, approves, publishes, withdraws."""

from __future__ import annotations

import pytest

from statements.editorial import publishing
from statements.models import Edition

from ..editorial.test_scenarios import in_minutes
from .test_editor_journey import look, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

#: Links in running text need no size of their own, says WCAG 2.2 (2.5.8).
SMALL = """
() => [...document.querySelectorAll(
    "a[href], button, select, summary, textarea, input:not([type=hidden])"
)].filter((each) => {
  if (!each.checkVisibility()) return false;
  const box = each.getBoundingClientRect();
  const aside = each.closest(".visually-hidden, .skip-to-content-link");
  if (!box.width || !box.height || aside) return false;
  const inline = getComputedStyle(each).display === "inline"
    && each.parentElement.textContent.trim() !== each.textContent.trim();
  const named = each.closest("label") || each.labels?.[0];
  const room = named ? named.getBoundingClientRect().height : box.height;
  return !inline && Math.max(room, box.height) < 24;
}).map((each) => each.outerHTML.slice(0, 120))
"""


def thumb(page) -> None:
    """Everything can be met with a thumb, and nothing is wider than the window."""
    assert page.evaluate(SMALL) == []
    assert page.evaluate(
        "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
    )


def test_a_publisher_works_from_a_phone(
    page, live_server, ready, author, editor, publisher, complaints
):
    publishing.submit(ready, by=author)
    page.set_viewport_size({"width": 360, "height": 740})
    sign_in(page, live_server, publisher)
    page.get_by_text("To review").wait_for()
    look(page)
    thumb(page)
    page.get_by_role("link", name="The ferries will sail").click()
    page.get_by_text("The strait was calm.").first.wait_for()
    thumb(page)

    # Nothing is returned without a word, and the text stays where it is.
    page.get_by_role("button", name="Return").click()
    page.get_by_text("Say what to change, so that the authors know.").wait_for()
    thumb(page)
    page.get_by_label("What to change").fill("Name the pier.")
    page.get_by_role("button", name="Return").click()
    page.get_by_text("Returned to its authors.").wait_for()
    thumb(page)

    ready.refresh_from_db()
    publishing.submit(ready, by=author)
    # Returning led back to the Desk, where it was opened from.
    page.reload()
    page.get_by_role("link", name="The ferries will sail").click()
    page.get_by_role("button", name="Approve this text").click()
    page.get_by_text("Approved. It can be published.").wait_for()
    for step in ("Check", "Quotes", "Write", "Publish"):
        page.locator(".steps").get_by_role("link", name=step).click()
        page.locator(f'.steps [aria-current]:has-text("{step}")').wait_for()
        thumb(page)

    hour = in_minutes(90)
    page.get_by_label("Date and time").fill(f"{hour:%Y-%m-%dT%H:%M}")
    page.get_by_role("button", name="Schedule").click()
    page.get_by_text("It goes out on").wait_for()
    thumb(page)
    page.goto(f"{live_server.url}/admin/calendar/?month={hour:%Y-%m}")
    thumb(page)
    page.emulate_media(color_scheme="dark")
    page.reload()
    look(page)
    thumb(page)
    assert not page.locator(".month-nothing").first.is_visible()
    page.get_by_role("link", name="The ferries will sail").click()
    page.get_by_role("button", name="Take it off the schedule").click()
    page.get_by_role("button", name="Publish now").click()
    page.get_by_role("heading", name="Publish it now?").wait_for()
    thumb(page)
    page.get_by_role("button", name="Yes, publish it now").click()
    page.get_by_text("Public since").wait_for()
    thumb(page)
    page.get_by_text("Withdraw the statement").click()
    thumb(page)
    page.get_by_label("Reason").select_option("error")
    page.get_by_label("A sentence for readers").fill("It named the wrong harbour.")
    page.get_by_role("button", name="Withdraw now").click()
    page.get_by_text("Withdrawn. Readers see the reason").wait_for()
    thumb(page)
    assert Edition.objects.get().withdrawn_note == "It named the wrong harbour."
    page.goto(f"{live_server.url}/admin/calendar/address/")
    page.get_by_role("button", name="Make an address").click()
    page.get_by_label("Your address").wait_for()
    look(page)
    thumb(page)
