"""The twelve tasks of the handbook, by keys alone: nothing is clicked.

After each key that moves the focus, it is somewhere, drawn, and covered by nothing.
"""

from __future__ import annotations

import datetime as dt

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from django.utils import timezone
from playwright.sync_api import expect

from statements.models import Article, Edition, Quote, Spokesperson

from .. import builders
from .test_editor_journey import PASSWORD
from .test_every_page import COLOURS, RULES
from .test_phone_journey import thumb

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TEXT = """\
“The ferries will sail,” said Ilse Okafor.
“The lamps burn every night,” said Lighthouse Board Director Bram Tollen.
“The strait is calm,” she added."""

#: Where the focus is: what it is called, and whether eyes can find it.
FOCUS = """() => {
  const at = document.activeElement;
  if (!at || at === document.body) return null;
  const named = at.getAttribute("aria-labelledby");
  const name = at.labels?.[0]?.innerText || at.getAttribute("aria-label")
    || (named && document.getElementById(named.split(" ")[0])?.innerText)
    || at.innerText || at.value || "";
  const style = getComputedStyle(at);
  const box = at.getBoundingClientRect();
  const x = Math.min(Math.max(box.x + box.width / 2, 1), innerWidth - 2);
  const y = Math.min(Math.max(box.y + box.height / 2, 1), innerHeight - 2);
  const top = document.elementFromPoint(x, y);
  return {
    name: name.trim().replace(/\\s+/g, " "),
    drawn: (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2)
      || style.boxShadow !== "none",
    there: box.width > 0 && box.bottom > 0 && box.top < innerHeight
      && Boolean(top) && (at.contains(top) || top.contains(at)),
  };
}"""


class Hands:
    """Two hands on a keyboard, and eyes on the focus."""

    def __init__(self, page, live_server, settings):
        self.page, self.base = page, live_server.url
        self.cookie = settings.SESSION_COOKIE_NAME
        self.lost: list[tuple[str, str]] = []

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def type(self, words: str) -> None:
        self.page.keyboard.type(words)

    def to(self, name: str, key: str = "Tab") -> None:
        """Go on until what has the focus begins with a name."""
        passed = []
        for _ in range(150):
            self.press(key)
            at = self.page.evaluate(FOCUS)
            if at is None:
                # Past the last one the browser's own bars come; here there are none.
                continue
            if not (at["drawn"] and at["there"]):
                self.lost.append((self.page.url, str(at)))
            if at["name"].startswith(name):
                return
            passed.append(at["name"])
        raise AssertionError(f"No {name!r} among {passed}.")

    def go(self, name: str, sign: str) -> None:
        """Follow or press what is so called; ``sign`` is what then stands there."""
        self.to(name)
        self.press("Enter")
        self.page.get_by_text(sign).first.wait_for()

    def left(self, sentence: str) -> None:
        expect(self.page.locator("#findings-head")).to_have_text(sentence)

    def open(self, path: str) -> None:
        self.page.goto(self.base + path)

    def be(self, user) -> None:
        """A colleague sits down, signed in already."""
        client = Client()
        client.force_login(user)
        value = client.cookies[self.cookie].value
        self.page.context.clear_cookies()
        self.page.context.add_cookies(
            [{"name": self.cookie, "value": value, "url": self.base}]
        )
        self.open("/admin/")


@pytest.fixture
def hands(page, live_server, settings):
    page.set_viewport_size({"width": 1280, "height": 900})
    page.set_default_timeout(30_000)
    page.emulate_media(reduced_motion="reduce")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    return Hands(page, live_server, settings)


def test_twelve_tasks_by_keyboard_alone(
    hands, editor, publisher, okafor, okafors_office, system
):
    builders.make_person("Anneke Ruys", by=system)
    page = hands.page
    editor.set_password(PASSWORD)
    editor.save()

    # 1. Sign in and start a statement.
    hands.open("/admin/")
    hands.type(editor.username)  # the page begins in its first field
    hands.press("Tab")
    hands.type(PASSWORD)
    hands.press("Enter")
    page.wait_for_selector("#user-tools")
    hands.go("New statement", "Made from the title if empty.")
    hands.to("Title")
    hands.type("The ferries will sail")
    hands.to("Date")
    hands.type("03022026")
    page.evaluate("words => navigator.clipboard.writeText(words)", TEXT)
    hands.to("Text")
    hands.press("Control+v")
    hands.left("3 to decide")

    # 2. Accept all that is safe.
    hands.press("F2", "a")
    hands.left("1 to decide")

    # 3. Enter a speaker whom the catalogue has not.
    hands.press("Enter")
    page.locator("dialog[open]").wait_for()
    hands.press("Enter")
    hands.left("All decided")

    # 4. Say that somebody else said it.
    hands.press("End", "s")
    page.locator("dialog[open]").wait_for()
    hands.to("Search the catalogue")
    hands.type("Ruys")
    page.get_by_role("option", name="Anneke Ruys").wait_for()
    hands.press("Enter")
    page.locator("dialog[open]").wait_for(state="detached")

    # 5. Submit it for review.
    hands.press("Control+Enter")
    page.get_by_text("Submitted. A colleague can review it now.").wait_for()
    spoken = Quote.objects.order_by("start").values_list("speaker__name", flat=True)
    assert list(spoken) == ["Ilse Okafor", "Bram Tollen", "Anneke Ruys"]
    assert Spokesperson.objects.filter(name="Bram Tollen").count() == 1

    # 6. Return it with a remark.
    hands.be(publisher)
    hands.go("The ferries will sail", "Submitted by")
    hands.to("What to change")
    hands.type("Who said that the strait is calm?")
    hands.go("Return to the authors", "Returned to its authors.")
    hands.be(editor)
    hands.go("The ferries will sail", "Who said that the strait is calm?")
    hands.go("Submit for review", "Submitted. A colleague")

    # 7. Approve it.
    hands.be(publisher)
    hands.go("The ferries will sail", "Submitted by")
    hands.go("Approve this text", "Approved. It can be published.")

    # 8. Schedule it.
    hands.go("Publish", "Nothing stands against publication.")
    hands.to("Date and time")
    hour = timezone.localtime() + dt.timedelta(days=2)
    hands.type(f"{hour:%m%d%Y}")
    hands.press("Tab")
    hands.type("0900AM")
    hands.go("Schedule", "It goes out on")
    edition = Edition.objects.get()
    assert timezone.localtime(edition.published_at).hour == 9

    # 9. Take it off the schedule, and publish it at once.
    hands.go("Take it off the schedule", "No longer scheduled")
    hands.go("Publish now", "Publish it now?")
    # The same key once more does nothing: the heading has the focus.
    hands.press("Enter")
    expect(page.locator("#sure")).to_be_focused()
    hands.go("Yes, publish it now", "Public since")

    # 10. Find who said it.
    hands.open("/admin/")
    hands.go("Search quotes", "Quote search")
    hands.to("Words")
    hands.type("lamps")
    hands.go("Search", "Bram Tollen")

    # 11. Correct it in the open.
    hands.open("/admin/")
    hands.go("Statements", "Filter")
    hands.go("2 March 2026", "Public page")
    hands.go("Write", "Its words are frozen")
    hands.to("Minor change")
    hands.press("ArrowDown")
    hands.to("What is corrected")
    hands.type("The lamps were left out.")
    hands.go("Begin a new edition", "Edition 2 begun.")
    second = Edition.objects.get(number=2)
    assert (second.change, second.change_note) == (
        "correction",
        "The lamps were left out.",
    )

    # 12. Withdraw the statement with a reason.
    hands.go("1 (live)", "Its words are frozen")
    hands.go("Publish", "Public since")
    hands.go("Withdraw the statement", "Reason")
    hands.to("Reason")
    hands.type("It con")
    hands.to("A sentence for readers")
    hands.type("It named the wrong harbour.")
    hands.go("Withdraw now", "Withdrawn. Readers see the reason")
    assert not Article.objects.published().exists()

    assert hands.lost == []


def test_many_statements_by_keyboard_on_a_narrow_screen(
    hands, author, publisher, complaints
):
    """Chosen with the count told, looked at, done and undone; no page has a fault."""
    for number in (1, 2, 3):
        builders.make_draft(by=author, title=f"Calm, part {number}")
    page, axe = hands.page, Axe()

    def whole() -> None:
        for scheme, rules in (("light", RULES), ("dark", COLOURS)):
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            assert axe.run(page, options=rules).response["violations"] == []
        thumb(page)

    page.set_viewport_size({"width": 360, "height": 740})
    hands.be(publisher)
    hands.open("/admin/statements/article/")
    hands.to("With the chosen statements")
    hands.type("Put")
    hands.to("Choose Calm, part 3")
    hands.press("Space")
    told = page.get_by_role("status").filter(has_text="chosen")
    expect(told).to_have_text("1 chosen")
    hands.to("all on this page", "Shift+Tab")
    hands.press("Space")
    expect(told).to_have_text("3 chosen")
    hands.to("Choose Calm, part 2")
    hands.press("Space")
    expect(told).to_have_text("2 chosen")
    hands.to("Look at it first", "Shift+Tab")
    hands.press("Enter")
    page.get_by_role("heading", name="These 2 would change").wait_for()
    assert Article.objects.of_desks(publisher).count() == 3
    whole()
    hands.go("Put in the bin: 2 statements", "It can be undone below.")
    assert Article.objects.of_desks(publisher).count() == 1
    whole()
    hands.go("Undo", "Undone for 2 statements: Put in the bin.")
    assert Article.objects.of_desks(publisher).count() == 3
    assert hands.lost == []
