"""What staff keep of a search: words with their source, itself, and a folder."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.search.conftest import say

from .test_every_page import COLOURS, Walk

__all__ = ["say"]

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_words_are_copied_a_search_is_kept_and_a_folder_put_in_order_by_keys(
    page, live_server, settings, editor, say, complaints
):
    quote, other = say("The ferry sails in winter."), say("The tug waits.")
    walk = Walk(page, live_server, settings)
    walk.dark = COLOURS
    walk.sign_in(editor)
    walk.open("found", "/staff/quotes/?q=ferry")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    copy = page.get_by_role("button", name="Copy with attribution")
    expect(copy).to_be_visible()
    copy.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Copied.")).to_be_focused()
    assert page.evaluate("navigator.clipboard.readText()") == (
        f"“The ferry sails in winter.” Ilse Okafor, {quote.office}, 2 March 2026, in "
        f"“The ferry sails in winter.”, {settings.SITE_NAME}. "
        f"{settings.SITE_URL}{quote.get_absolute_url()}"
    )
    page.get_by_role("link", name="Keep this search").press("Enter")
    page.get_by_label("Name").fill("Ferries")
    page.keyboard.press("Enter")
    expect(page.get_by_text("The search is kept.")).to_be_visible()
    page.get_by_text("Rename, share, feed, delete").press("Enter")
    page.get_by_role("button", name="Make a private feed").press("Enter")
    address = page.get_by_role("textbox", name="Private address of “Ferries”")
    expect(address).to_be_visible()
    assert address.input_value().startswith(f"{settings.SITE_URL}/staff/searches/")
    walk.open("kept", "/staff/searches/?save=q%3Dferry")
    page.get_by_role("link", name="Ferries").press("Enter")
    expect(page.locator("#id_q")).to_have_value("ferry")
    page.get_by_role("checkbox", name="Choose “The ferry sails in winter.”").press(" ")
    page.get_by_role("button", name="Put the chosen quotes in a folder").press("Enter")
    page.get_by_label("Name of a new folder").fill("Monday")
    page.keyboard.press("Enter")
    expect(page.get_by_text("1 quote was put in “Monday”.")).to_be_visible()
    walk.open("put", f"/staff/folders/?put={other.permalink_id}")
    page.get_by_label("Folder", exact=True).select_option("Monday")
    page.get_by_role("button", name="Put in").press("Enter")
    page.get_by_role("textbox", name="Note on quote 2").fill("Read this first.")
    page.get_by_role("button", name="Move up quote 2").press("Enter")
    # Who goes by keys goes on from the quote that was moved.
    moved = page.locator(".folder-quote:target")
    expect(moved.get_by_role("link", name="“The tug waits.”")).to_be_visible()
    page.keyboard.press("Tab")
    expect(moved.get_by_role("link").first).to_be_focused()
    expect(page.locator(".folder-quote").first).to_contain_text("Read this first.")
    walk.open("folder", page.url.removeprefix(walk.address).partition("#")[0])
    assert walk.wrong == []
