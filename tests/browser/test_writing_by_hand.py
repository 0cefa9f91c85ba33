"""What a writer does by hand: links, cuts and drags, keys instead of buttons."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import expect

from statements.editorial import remarking
from statements.markup.attributes import link
from statements.models import DraftBuffer, Quote

from .. import builders
from .test_editor_journey import look, sign_in
from .test_editor_of_statements import Writer, writer  # noqa: F401  # a fixture

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

#: What is typed as an address, and where it leads; None is refused.
ADDRESSES = {
    " https://harrow.example/tides ": "https://harrow.example/tides",
    "HTTP://harrow.example": "HTTP://harrow.example",
    "www.harrow.example": "https://www.harrow.example",
    "//harrow.example/a": "https://harrow.example/a",
    "press@harrow.example": "mailto:press@harrow.example",
    "mailto:press@harrow.example": "mailto:press@harrow.example",
    "tel:+47 55": None,
    "tel:+4755": "tel:+4755",
    "/statements/": "/statements/",
    "#tides": "#tides",
    "?page=2": "?page=2",
    "": None,
    "javascript:alert(1)": None,
    "jAvAsCrIpT:alert(1)": None,
    "data:text/html,x": None,
    "ftp://harrow.example": None,
    "http:": None,
    "https://": None,
    "mailto:": None,
    "harrow.example": None,
    "two words": None,
    "java\tscript:alert(1)": None,
}

_SELECT = """([words, length]) => {
  const root = document.querySelector(".ProseMirror[contenteditable]");
  root.focus();
  const walk = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    const at = node.data.indexOf(words);
    if (at < 0) continue;
    getSelection().setBaseAndExtent(node, at, node, at + length);
    return;
  }
  throw new Error(words);
}"""


def select(writer: Writer, words: str, length: int | None = None) -> None:  # noqa: F811
    """Select words of the text; with a length of 0 put the cursor before them."""
    length = len(words) if length is None else length
    writer.page.evaluate(_SELECT, [words, length])
    writer.page.wait_for_timeout(60)


def holds(writer: Writer, part: str, count: int = 1) -> None:  # noqa: F811
    """Wait until the form's text has a part so many times."""
    words = re.escape(part)
    text = writer.page.locator("[name=body]")
    if count:
        expect(text).to_have_value(re.compile(f"(.*{words}){{{count}}}", re.DOTALL))
    expect(text).not_to_have_value(re.compile(f"(.*{words}){{{count + 1}}}", re.DOTALL))


def test_words_are_linked_by_keys_and_where_they_may_not_lead_is_said(
    writer,  # noqa: F811
    ready,
):
    page = writer.page
    writer.open(ready)
    found = page.evaluate(
        """async (typed) => {
          const { address } = await import("newsroom/links");
          return typed.map((each) => address(each));
        }""",
        list(ADDRESSES),
    )
    assert [each.get("href") for each in found] == list(ADDRESSES.values())
    # What is refused says why, and what is taken is stored as it is.
    for each in found:
        assert each.get("problem", ".").endswith(".")
        if "href" in each:
            assert link(each["href"]).lower() == each["href"].lower()
    dialog = page.locator("dialog.ask:not(#keys)")
    where = dialog.get_by_label("Address")
    select(writer, "strait")
    page.keyboard.press("Control+k")
    expect(where).to_be_focused()
    where.fill("javascript:alert(1)")
    page.keyboard.press("Enter")
    expect(dialog.get_by_role("alert")).to_contain_text("Begin with https://")
    expect(where).to_be_focused()
    look(page)
    where.fill("www.harrow.example")
    page.keyboard.press("Enter")
    expect(dialog).to_have_count(0)
    page.keyboard.insert_text("s")
    holds(writer, '<a href="https://www.harrow.example">strait</a>s')
    page.keyboard.press("Control+z")
    # The tools: one of them in the order of Tab, the arrows lead on, each says its key.
    select(writer, "strait", 0)
    page.keyboard.press("ArrowRight")
    tools = page.get_by_role("toolbar", name="Text").get_by_role("button")
    keys = tools.evaluate_all("all => all.map((each) => [each.title, each.tabIndex])")
    assert [title for title, _ in keys][:4] == [
        "Heading (Ctrl+Alt+2)",
        "Bold (Ctrl+B)",
        "Italic (Ctrl+I)",
        "Link (Ctrl+K)",
    ]
    assert [index for _, index in keys] == [0] + [-1] * (len(keys) - 1)
    page.keyboard.press("Shift+Tab")
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    tool = page.get_by_role("button", name="Link", exact=True)
    expect(tool).to_be_focused()
    expect(tool).to_have_attribute("aria-pressed", "true")
    expect(tool).to_have_attribute("aria-keyshortcuts", "Control+K")
    page.keyboard.press("End")
    expect(page.get_by_role("button", name="Mark a quote")).to_be_focused()
    page.keyboard.press("Home")
    expect(tools.first).to_be_focused()
    # Changed, and removed, from the cursor within it.
    for press, given in (("Enter", "/statements/"), ("Tab", None)):
        tool.click()
        expect(where).to_have_value(
            "https://www.harrow.example" if given else "/statements/"
        )
        if given:
            where.fill(given)
            page.keyboard.press(press)
            holds(writer, '<a href="/statements/">strait</a>')
            select(writer, "trait", 0)
        else:
            page.get_by_role("button", name="Remove the link").click()
    holds(writer, "<a", 0)
    # Where nothing is selected the words are asked for too.
    select(writer, "strait", 0)
    page.keyboard.press("Control+k")
    page.keyboard.press("Enter")
    expect(dialog.get_by_role("alert")).to_have_text(
        "Give the words that shall lead there."
    )
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    page.keyboard.press("Control+k")
    dialog.get_by_label("Words").fill("narrow ")
    where.fill("#tides")
    page.keyboard.press("Enter")
    holds(writer, '<a href="#tides">narrow</a>strait')
    page.keyboard.press("Control+s")
    page.get_by_text("Saved.").wait_for()
    ready.refresh_from_db()
    assert '<a href="#tides">narrow</a>strait' in ready.body


def test_cut_and_dragged_words_keep_one_identity_and_a_link_finds_its_words(
    writer,  # noqa: F811
    ready,
    publisher,
):
    page, key = writer.page, ready.quotes.get().permalink_id
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    mark = page.locator(f'.ProseMirror span[data-quote="{key}"]')
    words = "The ferries will sail,"
    # A link of Check selects its words.
    start = ready.text.index("strait")
    path = f"/admin/statements/article/{ready.article_id}/edition/1/write/"
    page.goto(f"{writer.base}{path}?at={start}-{start + 6}#at")
    expect(writer.text).to_be_focused()
    assert page.evaluate("String(getSelection())") == "strait"
    expect(page.locator("#at")).to_have_count(0)
    # Cut once and pasted twice, the second is plain words.
    select(writer, words)
    page.keyboard.press("Control+x")
    select(writer, "The strait was calm", 0)
    page.keyboard.press("Control+v")
    page.keyboard.press("Control+v")
    holds(writer, words, 2)
    expect(mark).to_have_text([words])
    for _ in range(3):
        page.keyboard.press("Control+z")
    expect(mark).to_have_text([words])
    holds(writer, words, 1)
    # Cut, undone and pasted: the words that came back have it, the pasted are plain.
    select(writer, words)
    page.keyboard.press("Control+x")
    page.keyboard.press("Control+z")
    expect(mark).to_have_count(1)
    select(writer, "The strait was calm", 0)
    page.keyboard.press("Control+v")
    holds(writer, words, 2)
    expect(mark).to_have_text([words])
    holds(writer, f'“<span data-quote="{key}">{words}')
    page.keyboard.press("Control+z")
    # Dragged elsewhere it goes along.
    select(writer, words)
    box = mark.bounding_box()
    page.mouse.move(box["x"] + 20, box["y"] + box["height"] / 2)
    page.mouse.down()
    target = writer.text.locator("p").last.bounding_box()
    middle = target["y"] + target["height"] / 2
    page.mouse.move(target["x"] + 60, middle, steps=4)
    page.mouse.move(target["x"] + 2, middle, steps=2)
    page.mouse.up()
    expect(mark).to_have_count(1)
    holds(writer, words, 1)
    holds(writer, f'“<span data-quote="{key}">', 0)
    expect(mark).to_have_text(words)
    page.keyboard.press("Control+s")
    page.get_by_text("Saved.").wait_for()
    quote = Quote.objects.get()
    assert (quote.permalink_id, quote.text) == (key, words)
    # An answer that is being typed is kept with the text, as it is typed.
    ready.refresh_from_db()
    row = remarking.remark(ready, start=0, end=3, body="Which?", by=publisher)
    writer.open(ready)
    page.keyboard.press("F2")
    page.keyboard.press("Home")
    while not page.locator(".is-remark[aria-selected=true]").count():
        page.keyboard.press("ArrowDown")
    page.keyboard.press("r")
    page.keyboard.type("All of th")
    for _ in range(80):
        kept = DraftBuffer.objects.filter(closed_at=None).first()
        if kept and f"remark-{row.pk}-reply" in kept.values:
            break
        page.wait_for_timeout(50)
    assert kept.values[f"remark-{row.pk}-reply"].startswith("All of")
    page.keyboard.press("Escape")
    expect(page.locator(f"[name=remark-{row.pk}-reply]")).to_have_value("")
    assert json.loads(page.locator("[name=decisions]").input_value() or "{}") == {}


def test_an_author_is_told_who_may_name_a_new_speaker(
    writer,  # noqa: F811
    ready,
    author,
    publisher,
    live_server,
    system,
):
    """What is left to do is found by one key, and a dialog says what can be done."""
    page = writer.page
    builders.make_person("Anneke Ruys", by=system)
    page.context.clear_cookies()
    sign_in(page, live_server, author)
    remarking.remark(ready, start=0, end=3, body="Which?", by=publisher)
    writer.open(ready)
    # Nothing is to be decided: the keys go to the remark that is open.
    remark = page.locator(".is-remark[aria-selected=true]")
    page.keyboard.press("F2")
    expect(remark).to_have_count(1)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(remark).to_have_count(0)
    page.keyboard.press("r")
    expect(page.get_by_role("dialog", name="Answer to")).to_be_visible()
    page.keyboard.press("Escape")
    expect(remark).to_have_count(1)
    # The present speaker is offered, so that only the printed title need be mended.
    page.keyboard.press("End")
    page.keyboard.press("s")
    search = page.get_by_role("combobox", name="Search the catalogue")
    expect(search).to_be_focused()
    expect(page.get_by_role("radio", name="Ilse Okafor")).to_be_checked()
    page.keyboard.press("Escape")
    # Words that changed are to be confirmed, and one key goes there.
    select(writer, "ferries will", 0)
    page.keyboard.insert_text("new ")
    expect(writer.head).to_have_text("1 to confirm · 1 remark open")
    bar = page.locator(".steps a[href$='/quotes/'] .step-left")
    expect(bar).to_have_text("1 to confirm")
    # Somebody whom only an editor may enter.
    page.locator(".ProseMirror p").last.click()
    page.keyboard.press("Control+End")
    page.keyboard.insert_text(" “The lamps burn every night,” said Berta Lund.")
    writer.left("1 to decide · 1 to confirm · 1 remark open")
    expect(bar).to_have_text("1 to decide")
    page.keyboard.press("F2")
    page.keyboard.press("n")
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="Who said it?")
    expect(dialog).to_contain_text(
        "Berta Lund is not in the catalogue, and only editors"
    )
    expect(search).to_be_focused()
    page.keyboard.press("Enter")
    wrong = dialog.get_by_role("alert")
    expect(wrong).to_contain_text("Whoever is not in it, an editor adds")
    look(page)
    # Enter before the answer came means the one person of that name.
    page.keyboard.type("annek")
    page.keyboard.press("Enter")
    expect(dialog).to_have_count(0)
    writer.left("1 to confirm · 1 remark open")
    assert [each["label"] for each in writer.decided().values()] == ["Anneke Ruys"]
