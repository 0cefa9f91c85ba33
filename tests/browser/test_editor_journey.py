"""An editor's whole way in a real browser, without a script of ours."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe

from statements.models import Article, Edition

from .. import builders

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASSWORD = "the strait is calm"
MARKED = ("suggested", "speaker", "cue")
TEXT = """\
Spokesperson Ilse Okafor of the Ministry of Foreign Affairs spoke in Harrowmere.
“The ferries will sail,” said Okafor. “We recall S/RES/2417 (2018) today.”
The strait was calm."""


def sign_in(page, live_server, user) -> None:
    user.set_password(PASSWORD)
    user.save()
    page.set_default_timeout(8000)
    page.context.clear_cookies()
    page.goto(f"{live_server.url}/admin/login/")
    page.get_by_label("Username").fill(user.username)
    page.locator("#id_password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    page.wait_for_selector("#user-tools")


#: Style sheets are fetched once more for one rule alone, whether a page holds itself to
#: one way of holding the phone: test_every_page.py asks that of the same sheets.
LOOK = {"resultTypes": ["violations"], "preload": False}


def look(page) -> None:
    """No accessibility fault, nothing wider than the window."""
    found = Axe().run(page, options=LOOK).response["violations"]
    assert [(each["id"], each["nodes"][0]["html"]) for each in found] == []
    fits(page)


def fits(page) -> None:
    """Nothing is wider than the window."""
    assert page.evaluate(
        "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
    )


def shape(page, name: str, where: str = "text") -> tuple[str, ...]:
    """How a mark looks to those who see no colours."""
    return tuple(
        page.locator(f".desk-{where} mark.{name}").first.evaluate(
            "mark => { const s = getComputedStyle(mark); return ["
            "s.borderTopStyle, s.borderBottomStyle, s.textDecorationLine,"
            "s.textDecorationStyle] }"
        )
    )


@pytest.mark.parametrize("width", [1280, pytest.param(360, marks=pytest.mark.long)])
def test_paste_find_decide_review_publish(
    page, live_server, editor, publisher, resolution, complaints, width
):
    page.set_viewport_size({"width": width, "height": 900})
    # The plain form, whole by itself; test_editor_of_statements.py has the editor.
    page.route(
        "**/statements/editor/main.js",
        lambda route: route.fulfill(body="", content_type="text/javascript"),
    )
    # What hangs on the width is how wide the page is; of the rest each page is looked
    # at once, and on a phone those that fold: findings, and the way to the public.
    look_wide = look if width > 400 else fits
    sign_in(page, live_server, editor)
    look_wide(page)
    page.get_by_role("link", name="New statement").click()
    page.get_by_label("Title").fill("The ferries will sail")
    page.locator("textarea[name=body]").fill(TEXT)
    page.get_by_label("Date").fill("2026-03-02")
    look_wide(page)
    page.get_by_role("button", name="Save and find quotes").click()

    page.wait_for_selector(".finding-open")
    look(page)
    shapes = [shape(page, name) for name in MARKED]
    assert len(set(shapes)) == 3
    assert shapes == [shape(page, name, "legend") for name in MARKED]
    page.emulate_media(color_scheme="dark")
    page.reload()  # colours that change while one looks fade
    look_wide(page)
    page.emulate_media(color_scheme="light")
    page.reload()
    findings = page.locator(".finding-open")
    assert findings.count() == 3
    for finding in (findings.nth(0), findings.nth(1)):
        finding.get_by_label("Accept").check()
        finding.get_by_label("Speaker").select_option("new")
        finding.get_by_label("Name of somebody new").fill("Ilse Okafor")
        body = finding.get_by_role("combobox", name="organisation")
        body.fill("Ministry of Foreign Affairs")
        finding.get_by_label("office").fill("Spokesperson")
    findings.nth(2).get_by_label("Accept").check()
    page.get_by_role("button", name="Save decisions").click()
    page.get_by_text("Accepted: 3. Rejected: 0.").wait_for()
    look_wide(page)

    page.locator(".steps").get_by_role("link", name="Review").click()
    page.get_by_role("button", name="Submit for review").click()
    page.get_by_text("Submitted. A colleague can review it now.").wait_for()
    look_wide(page)

    edition = Edition.objects.get()
    sign_in(page, live_server, publisher)
    page.get_by_role("link", name="The ferries will sail").click()
    page.locator(".steps").get_by_role("link", name="Review").click()
    page.get_by_role("button", name="Approve this text").click()
    page.locator(".steps").get_by_role("link", name="Check").click()
    page.get_by_text("Nothing stands against publication.").wait_for()
    look_wide(page)
    page.get_by_role("link", name="Preview").click()
    page.get_by_text("Only your desk sees this page.").wait_for()
    page.go_back()
    page.get_by_role("link", name="Publish not out").click()
    page.get_by_role("button", name="Publish now").wait_for()
    look(page)
    page.get_by_role("button", name="Publish now").click()
    page.get_by_role("heading", name="Publish it now?").wait_for()
    look_wide(page)
    page.get_by_role("button", name="Yes, publish it now").click()
    page.get_by_text("Public since").wait_for()
    look_wide(page)

    page.get_by_role("link", name="Read it as readers do").click()
    assert page.get_by_role("heading", level=1).inner_text() == edition.title
    assert page.locator(".note", has_text="Ilse Okafor").count() > 0
    assert Article.objects.published().count() == 1


def test_records_are_merged_without_a_fault(
    page, live_server, steward, okafor, system, complaints
):
    builders.make_person("I. Okafor", by=system)
    sign_in(page, live_server, steward)
    page.goto(f"{live_server.url}/admin/statements/spokesperson/")
    for box in page.locator(".action-select").all():
        box.check()
    page.locator("select[name=action]").select_option("merge")
    page.locator("button[name=index], .actions button").first.click()
    page.get_by_label("Ilse Okafor").check()
    look(page)
    page.get_by_role("button", name="Merge").click()
    page.get_by_text("1 merged into Ilse Okafor").wait_for()
