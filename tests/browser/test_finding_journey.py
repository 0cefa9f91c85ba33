"""Finding by keys: the box in the head, and what is offered while one types."""

from __future__ import annotations

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from statements.models import Spokesperson, Tag

from ..admin.conftest import address
from .test_every_page import COLOURS, PHONE, RULES, SIDEWAYS, Walk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


#: Whether eyes find a line: nothing lies over it, and no box cuts it off.
SEEN = """line => {
  const box = line.getBoundingClientRect();
  const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  return line.contains(top);
}"""


def faults(walk, what: str) -> list[tuple[str, ...]]:
    """What axe has against the page as it stands open, in light and in dark."""
    walk.look(what, "light", RULES)
    walk.page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    walk.look(what, "dark", COLOURS)
    walk.page.emulate_media(color_scheme="light", reduced_motion="reduce")
    return walk.wrong


def test_whoever_looks_for_a_row_finds_it_by_keys(
    page, live_server, settings, editor, draft, okafor, okafors_office, resolution,
    administrator, strait_desk, complaints, request,
):  # fmt: skip
    walk = Walk(page, live_server, settings, request.config.getoption("--pictures"))
    walk.sign_in(editor)
    Tag.objects.create(name="Ferries, winter", slug="ferries-winter")
    page.goto(f"{live_server.url}/admin/")
    box = page.get_by_role("combobox", name="Find statements, people, resolutions")
    offers = page.get_by_role("listbox")

    # What is typed is looked up, and the arrows walk while the focus stays.
    box.focus()
    page.keyboard.type("il")
    options = offers.get_by_role("option")
    expect(options.first).to_be_visible()
    expect(box).to_have_attribute("aria-expanded", "true")
    assert offers.get_by_role("group").evaluate_all(
        "all => all.map(each => each.getAttribute('aria-label'))"
    ) == ["Statements", "Spokespersons"]
    page.keyboard.press("ArrowDown")
    lit = page.locator("[aria-selected=true]")
    expect(lit).to_contain_text(draft.title)
    expect(box).to_be_focused()
    expect(box).to_have_attribute("aria-activedescendant", lit.get_attribute("id"))
    assert faults(walk, "offers") == []
    page.set_viewport_size(PHONE)
    walk.keep("offers", "phone")
    assert not page.evaluate(SIDEWAYS)
    page.set_viewport_size({"width": 1280, "height": 800})

    # Escape puts the list away and leaves the words; Enter then asks for the page.
    page.keyboard.press("Escape")
    expect(offers).to_be_hidden()
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(box).to_have_value("il")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Statements")).to_be_visible()
    expect(box).to_have_value("il")

    # Enter on a line that is lit goes there.
    box.fill("")
    page.keyboard.type("okáf")
    expect(options).to_have_count(1)
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Ilse Okafor", exact=True)).to_be_visible()
    page.wait_for_load_state()  # its keys come with its scripts

    # "?" shows the keys; it is a sign like others where somebody types.
    dialog = page.get_by_role("dialog", name="Keys on this page")
    box = page.get_by_role("combobox", name="Find statements, people, resolutions")
    page.keyboard.press("/")
    expect(box).to_be_focused()
    page.keyboard.type("?/")
    expect(box).to_have_value("?/")
    expect(dialog).to_be_hidden()
    page.goto(f"{live_server.url}{address(draft, 'write')}")
    findings = page.get_by_role("listbox", name="Quotes, citations and remarks")
    expect(findings.get_by_role("option").first).to_be_visible()
    findings.focus()
    page.keyboard.press("?")
    expect(dialog.get_by_text("accept all that is safe")).to_be_visible()
    assert faults(walk, "keys") == []
    page.set_viewport_size(PHONE)
    assert not page.evaluate(SIDEWAYS)
    walk.keep("keys", "phone")
    page.set_viewport_size({"width": 1280, "height": 800})

    # Off, without leaving the page: neither a sign nor a letter does anything then.
    page.get_by_role("button", name="Switch them off").click()
    expect(page.get_by_role("button", name="Switch them on")).to_be_focused()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    findings.focus()
    head = page.locator("#findings-head")
    before = head.inner_text()
    page.keyboard.press("?")
    page.keyboard.press("x")
    expect(head).to_have_text(before)
    expect(dialog).to_be_hidden()
    page.reload()
    page.get_by_role("link", name="Keys", exact=True).click()
    page.get_by_role("button", name="Switch them on").click()
    expect(page.get_by_role("button", name="Switch them off")).to_be_focused()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(head).to_have_text(before)
    findings.focus()
    expect(findings).to_be_focused()
    page.keyboard.press("x")
    expect(head).not_to_have_text(before)

    # A row of the catalogue is chosen the same way, in a row that is new as well.
    page.goto(f"{live_server.url}/admin/statements/spokesperson/add/")
    page.get_by_text("Add another Appointment").click()
    post = page.get_by_role("combobox", name="Post:")
    post.focus()
    page.keyboard.type("spokes")
    expect(options).to_have_text(["Spokesperson, Ministry of Foreign Affairs"])
    assert options.evaluate(SEEN)
    assert faults(walk, "choice") == []
    page.set_viewport_size(PHONE)
    assert not page.evaluate(SIDEWAYS)
    walk.keep("choice", "phone")
    page.set_viewport_size({"width": 1280, "height": 800})
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(post).to_have_value("Spokesperson, Ministry of Foreign Affairs")
    page.get_by_role("textbox", name="Name:", exact=True).first.fill("Bram Tollen")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("was added successfully")).to_be_visible()
    tollen = Spokesperson.objects.get(name="Bram Tollen")
    assert tollen.appointments.get().post == okafors_office.post

    # Without a script a name is enough.
    context = page.context.browser.new_context(java_script_enabled=False)
    context.add_cookies(page.context.cookies())
    plain = context.new_page()
    change = reverse("admin:statements_appointment_change", args=[okafors_office.pk])
    plain.goto(f"{live_server.url}{change}")
    plain.get_by_role("textbox", name="Person by name").fill("tollen")
    plain.get_by_role("button", name="Save", exact=True).click()
    expect(plain.get_by_text("was changed successfully")).to_be_visible()
    context.close()
    okafors_office.refresh_from_db()
    assert okafors_office.person == tollen

    # Members of a desk are ticked off, and added the same way.
    walk.sign_in(administrator)
    page.goto(f"{live_server.url}/admin/statements/desk/{strait_desk.pk}/change/")
    page.get_by_role("checkbox", name="Edgar").uncheck()
    more = page.get_by_role("combobox", name="Add to members, by name")
    more.focus()
    page.keyboard.type("ad")
    expect(options).to_have_text(["Ada ada"])
    assert faults(walk, "members") == []
    page.set_viewport_size(PHONE)
    assert not page.evaluate(SIDEWAYS)
    walk.keep("members", "phone")
    page.set_viewport_size({"width": 1280, "height": 800})
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("checkbox", name="Ada")).to_be_checked()
    expect(more).to_have_value("")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("was changed successfully")).to_be_visible()
    names = strait_desk.members.order_by("username").values_list("username", flat=True)
    assert list(names) == ["ada", "amina"]
    strait_desk.members.add(editor)
    walk.sign_in(editor)

    # In a form of a statement each field offers what it takes, with accents or not.
    page.goto(f"{live_server.url}{address(draft, 'write')}")
    topics = page.get_by_role("combobox", name="Topics")
    topics.fill("Northern Strait, férr")
    topics.press("ArrowDown")
    offered = page.get_by_role("listbox", name="Topics").get_by_role("option")
    expect(offered).to_have_text(["Ferries, winter"])
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(topics).to_have_value('Northern Strait, "Ferries, winter", ')
