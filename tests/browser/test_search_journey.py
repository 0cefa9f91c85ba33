"""The staff's search by keys: names are offered, counts come after the answer."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from ..search.conftest import say
from .test_every_page import COLOURS, PHONE, RULES, SIDEWAYS, Walk

__all__ = ["say"]

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_whoever_searches_finds_by_keys_who_said_what(
    page, live_server, settings, say, editor, resolution, complaints, request
):
    walk = Walk(page, live_server, settings, request.config.getoption("--pictures"))
    say("The ferry sails, as S/RES/2417 says", cites={"S/RES/2417": resolution})
    say("The ferry is late")
    walk.sign_in(editor)
    page.goto(f"{live_server.url}/staff/quotes/")
    box = page.get_by_role("combobox", name="Words")
    expect(box).to_have_attribute("aria-expanded", "false")

    # After a filter's name, names are offered; the arrows walk, Enter takes one.
    box.focus()
    page.keyboard.type("ferry speaker:il")
    option = page.get_by_role("option", name="Ilse Okafor")
    expect(option).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(option).to_have_attribute("aria-selected", "true")
    expect(box).to_be_focused()
    walk.look("names offered", "light", RULES)
    page.keyboard.press("Enter")
    expect(box).to_have_value('ferry speaker:"Ilse Okafor" ')
    expect(page.get_by_role("listbox")).to_have_count(0)

    # A word is only a word, and Enter asks.
    page.keyboard.press("Enter")
    chip = page.get_by_role(
        "link", name=re.compile("Ilse Okafor.*take this filter off")
    )
    expect(chip.first).to_be_visible()
    expect(page.get_by_text("2 quotes")).to_be_visible()

    # A control offers names too; Escape leaves what was typed.
    field = page.get_by_role("combobox", name="Resolution")
    expect(field).to_have_attribute("aria-expanded", "false")
    field.focus()
    page.keyboard.type("2471")
    expect(page.get_by_role("option", name="S/RES/2417 (2018)")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_have_count(0)
    expect(field).to_have_value("2471")
    field.fill("")

    # The counts came by themselves; each is a link, and so is each year.
    counts = page.get_by_role("complementary", name="Narrow down")
    expect(counts.get_by_role("heading", name="Resolutions")).to_be_visible()
    walk.look("with counts", "light", RULES)
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    walk.look("with counts", "dark", COLOURS)
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    page.set_viewport_size(PHONE)
    walk.keep("with counts", "phone")
    assert not page.evaluate(SIDEWAYS)
    page.set_viewport_size({"width": 1280, "height": 800})
    assert walk.wrong == []
    counts.get_by_role("link", name="S/RES/2417 (2018)").press("Enter")
    expect(page.get_by_text(re.compile("^1 quote$"))).to_be_visible()
    assert "resolution=S%2FRES%2F2417" in page.url

    # "/" goes to the box, where it is a sign like others.
    page.get_by_role("heading", name="Quote search").click()
    page.keyboard.press("/")
    expect(page.get_by_role("combobox", name="Words")).to_be_focused()
    page.keyboard.press("End")
    page.keyboard.type("/")
    expect(page.get_by_role("combobox", name="Words")).to_have_value(re.compile("/$"))
