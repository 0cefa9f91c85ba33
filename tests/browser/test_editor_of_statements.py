"""From a pasted text to "submitted", beside the text, by keys alone; and its marks."""

from __future__ import annotations

import json
import re
import time

import pytest
from playwright.sync_api import expect

from statements.editorial import buffers
from statements.models import Edition, Quote, Spokesperson

from .. import builders
from .test_editor_journey import look, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

#: Seven quotes of three people, and three resolutions, after a line of a player.
TEXT = """\
Your browser doesn’t support HTML5
Ferries have stopped in the Strait of Harrow after a storm sank two pilot boats off \
Harrowmere, the second harbour of Vallorn, on Tuesday night.
In a statement, Harbour Council Spokesperson Bram Tollen blamed the losses on “the \
owners’ lasting refusal to carry pilots, as Resolution 2417 (2018) asks of all.”
As Foreign Ministry Spokesperson Ilse Okafor noted, resolution 2222 (2015) protects \
those who report from harbours.
“It is important that the talks be led by islanders and that they end in a timetable. \
That is what we want to see over the winter,” Okafor said.
Spokesperson Okafor said that “nothing has changed” in the policy of Vallorn toward \
the owners.
“The owners hold back boats that they promised. What we want to see is a crossing that \
people can rely on,” Okafor said.
Spokesperson Okafor underscored that “it would be helpful if the owners stopped \
holding back their boats.”
Lighthouse Board Director Anneke Ruys recalled S/RES/1325 (2000). “The lamps burn \
every night,” said Ruys. “We ask the owners to talk,” she said."""

_PASTE = """([words, kind]) => {
  const data = new DataTransfer();
  data.setData(kind, words);
  document.querySelector(".ProseMirror[contenteditable]").dispatchEvent(
    new ClipboardEvent("paste", {
      clipboardData: data, bubbles: true, cancelable: true,
    })
  );
}"""


class Writer:
    """Hands on a keyboard: each press is counted."""

    def __init__(self, page, live_server):
        self.page, self.base, self.presses = page, live_server.url, 0
        self.text = page.locator(".ProseMirror[contenteditable]")
        self.notes = page.get_by_role("listbox", name="Quotes, citations and remarks")
        self.head = page.locator("#findings-head")

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.presses += 1

    def new(self, title: str = "The ferries have stopped") -> None:
        self.page.goto(f"{self.base}/admin/statements/article/add/")
        self.page.get_by_label("Title").fill(title)
        self.page.get_by_label("Date").fill("2026-03-02")
        self.text.click()

    def open(self, edition: Edition) -> None:
        self.page.goto(
            f"{self.base}/admin/statements/article/{edition.article_id}/edition/"
            f"{edition.number}/write/"
        )
        self.text.wait_for()

    def paste(self, words: str, kind: str = "text/plain") -> None:
        self.page.evaluate(_PASTE, [words, kind])
        self.presses += 1

    def decided(self) -> dict:
        value = self.page.locator("[name=decisions]").input_value()
        return json.loads(value or "{}")

    def left(self, sentence: str) -> None:
        expect(self.head).to_have_text(sentence)


@pytest.fixture
def writer(page, live_server, editor, complaints):
    page.set_viewport_size({"width": 1280, "height": 900})
    sign_in(page, live_server, editor)
    yield Writer(page, live_server)
    # No question is left on its way when the rows go.
    page.goto("about:blank")
    time.sleep(0.3)


@pytest.fixture
def people(system):
    made = []
    for name, body, office in (
        ("Bram Tollen", "Harbour Council", "Spokesperson"),
        ("Ilse Okafor", "Foreign Ministry", "Spokesperson"),
        ("Anneke Ruys", "Lighthouse Board", "Director"),
    ):
        organization = builders.make_organization(body, by=system)
        post = builders.make_post(office, organization, by=system)
        person = builders.make_person(name, by=system)
        builders.make_appointment(person, post, starts_on="2024-01-01", by=system)
        made.append(person)
    return made


def submitted(writer: Writer) -> Edition:
    writer.press("Control+Enter")
    writer.page.get_by_text("Submitted. A colleague can review it now.").wait_for()
    edition = Edition.objects.get()
    assert edition.submitted_at is not None
    assert edition.text.startswith("Ferries have stopped")
    return edition


def decide_all(writer: Writer) -> None:
    """Take what is safe together, and one after another what is not."""
    writer.press("F2", "a")
    for _ in range(20):
        if writer.head.inner_text() == "All decided":
            return
        writer.press("Enter")
        if writer.page.locator("dialog[open]").count():
            # Somebody new, as the text names them.
            writer.press("Enter")
            writer.page.locator("dialog[open]").wait_for(state="detached")
    raise AssertionError(writer.head.inner_text())


def test_with_its_people_known_a_pasted_text_is_submitted_within_25_keys(
    writer, people, system
):
    for symbol in ("S/RES/2417 (2018)", "S/RES/2222 (2015)", "S/RES/1325 (2000)"):
        builders.make_resolution(symbol, by=system)
    writer.new()
    writer.paste(TEXT)
    writer.left("10 to decide")
    look(writer.page)
    decide_all(writer)
    edition = submitted(writer)
    assert edition.citations.count() == 3
    spoken = edition.quotes.values_list("speaker__name", flat=True)
    assert sorted(spoken) == ["Anneke Ruys"] * 2 + ["Bram Tollen"] + ["Ilse Okafor"] * 4
    assert writer.presses <= 25, writer.presses
    print("keys, people known:", writer.presses)


def test_with_an_empty_roster_it_is_submitted_within_60_keys(writer):
    writer.new()
    writer.paste(TEXT)
    writer.left("10 to decide")
    decide_all(writer)
    edition = submitted(writer)
    assert edition.citations.count() == 3
    assert edition.quotes.count() == 7
    assert sorted(Spokesperson.objects.values_list("name", flat=True)) == [
        "Anneke Ruys",
        "Bram Tollen",
        "Ilse Okafor",
    ]
    assert writer.presses <= 60, writer.presses
    print("keys, nobody known:", writer.presses)


def test_a_wrong_speaker_is_set_right_before_anything_is_safe(writer, okafor, system):
    """Accept, reject, another speaker, take back, undo; a twin is offered first."""
    twin = builders.make_person("Bram Okafor", by=system)
    builders.make_person("Anneke Ruijs", by=system)
    writer.new()
    writer.paste(
        "Ilse Okafor and Bram Okafor met in Harrowmere.\n"
        "“The ferries will sail,” said Okafor.\n"
        "“The lamps burn every night,” said Anneke Ruys.\n"
        "“The strait is calm,” said Ilse Okafor."
    )
    writer.left("3 to decide")
    page = writer.page
    # The words of an Okafor wait for somebody to say which.
    page.get_by_role("button", name="Accept all safe (1)").wait_for()
    writer.press("F2", "a")
    writer.left("2 to decide")
    (only,) = writer.decided().values()
    assert only["who"].startswith(f"{okafor.pk}.")
    writer.press("Home", "Enter")
    page.get_by_role("radio", name="Bram Okafor").check()
    writer.press("Enter")
    writer.left("1 to decide")
    # Somebody new, with whom they may be first.
    writer.press("Enter")
    offered = page.get_by_role("radio")
    assert offered.first.evaluate("each => each.parentElement.innerText").startswith(
        "Anneke Ruijs"
    )
    look(page)
    assert page.locator("dialog .errornote").is_hidden()
    writer.press("Escape")
    writer.press("x")
    writer.left("All decided")
    assert sorted(each["do"] for each in writer.decided().values()) == [
        "quote",
        "quote",
        "reject",
    ]
    # Each decision is a step of its own: undo takes back the last alone.
    writer.press("Escape", "Control+z")
    writer.left("1 to decide")
    writer.press("Control+z")
    writer.left("2 to decide")
    writer.press("Control+Shift+z", "Control+Shift+z")
    writer.left("All decided")
    writer.press("Control+s")
    page.get_by_text("Saved. Quotes: 2, rejected: 1.").wait_for()
    speakers = Quote.objects.order_by("start").values_list("speaker", flat=True)
    assert list(speakers) == [twin.pk, okafor.pk]
    # What was rejected is not found again; what stands can be given to another.
    writer.left("All decided")
    writer.press("F2", "Home", "s")
    search = page.get_by_role("combobox", name="Search the catalogue")
    # What is typed is looked up as everywhere; two fit, so Enter alone guesses none.
    search.fill("okafor")
    found = page.get_by_role("listbox", name="Search the catalogue").get_by_role(
        "option"
    )
    expect(found).to_have_count(2)
    writer.press("Enter")
    expect(page.locator("dialog .errornote")).to_have_text(
        "Several have that name: choose one with ↓."
    )
    look(page)
    search.fill("ruij")
    expect(found).to_have_count(1)
    writer.press("ArrowDown", "Enter")
    expect(page.get_by_role("radio", name="Anneke Ruijs")).to_be_checked()
    expect(search).to_be_focused()
    writer.press("Enter")
    page.get_by_text("changed here, not saved").wait_for()
    writer.press("Control+s")
    page.get_by_text("Saved. Changed: 1.").wait_for()
    assert Quote.objects.order_by("start").first().speaker.name == "Anneke Ruijs"


def test_a_quote_keeps_its_address_however_its_words_move(writer, ready, live_server):
    """Split, cut and pasted, copied, undone; gone, and put back."""
    page, key = writer.page, ready.quotes.get().permalink_id
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    mark = page.locator(f'.ProseMirror span[data-quote="{key}"]')

    text = page.locator("[name=body]")

    def caret(words: str, length: int = 0) -> None:
        """Put the cursor before words of the text, or select some."""
        page.evaluate(
            """([words, length]) => {
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
            }""",
            [words, length],
        )
        page.wait_for_timeout(60)

    writer.open(ready)
    before = text.input_value()
    expect(mark).to_have_text("The ferries will sail,")
    # A character of two units before it moves nothing.
    caret("Spokesperson")
    page.keyboard.insert_text("🎵 ")
    expect(mark).to_have_text("The ferries will sail,")
    # Split over two paragraphs it is one quote; undo joins it.
    caret("will sail,")
    writer.press("Enter")
    expect(mark).to_have_count(2)
    writer.press("Control+z")
    expect(mark).to_have_count(1)
    # A copy is plain words.
    caret("The ferries will sail,", 22)
    writer.press("Control+c")
    caret("The strait was calm")
    writer.press("Control+v")
    twice = re.compile("(.*The ferries will sail,){2}", re.DOTALL)
    expect(text).to_have_value(twice)
    expect(mark).to_have_count(1)
    writer.press("Control+z")
    # Cut and pasted elsewhere they keep their address.
    caret("The ferries will sail,", 22)
    writer.press("Control+x")
    expect(mark).to_have_count(0)
    page.get_by_text("detached: its words are gone from the text").wait_for()
    look(page)
    caret("The strait was calm")
    writer.press("Control+v")
    expect(mark).to_have_text("The ferries will sail,")
    # What another article's text brings along has no address here.
    writer.paste('<p>“<span data-quote="0123456789">Elsewhere</span>”</p>', "text/html")
    expect(text).to_have_value(re.compile("Elsewhere"))
    expect(text).not_to_have_value(re.compile("0123456789"))
    writer.press("Control+s")
    page.get_by_text("Saved.").wait_for()
    quote = Quote.objects.get()
    assert (quote.permalink_id, quote.text) == (key, "The ferries will sail,")
    ready.refresh_from_db()
    assert before != ready.body
    # Gone from the text, and put back where the cursor stands.
    mark.wait_for()
    caret("The ferries will sail,", 22)
    writer.press("Delete")
    page.get_by_text("detached: its words are gone from the text").wait_for()
    caret("The strait was calm")
    writer.press("F2", "Home", "p")
    expect(mark).to_have_text("The ferries will sail,")
    # Removed by hand it goes with the save.
    writer.press("Home", "Delete", "Control+s")
    page.get_by_text("Saved. Changed: 1.").wait_for()
    assert not Quote.objects.exists()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_a_phone_one_finding_stands_at_the_foot(writer, okafor, scheme):
    page = writer.page
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": 360, "height": 740})
    writer.new()
    writer.paste(TEXT)
    writer.left("10 to decide")
    writer.notes.focus()
    look(page)
    shown = page.locator(".margin-note:visible")
    expect(shown).to_have_count(1)
    first = shown.inner_text()
    page.get_by_role("button", name="Next").click()
    expect(shown).not_to_have_text(first)
    page.get_by_role("button", name="Reject").click()
    writer.left("9 to decide")


HELD = (
    "<h2>Tides</h2>\n<ul><li>High</li></ul>\n"
    '<table><caption>Of Harrow</caption><thead><tr><th scope="col">Hour</th></tr>'
    "</thead><tbody><tr><td>9</td></tr></tbody></table>\n"
    "<figure><p>A map.</p><figcaption>The strait.</figcaption></figure>\n"
    '<p>A <a href="/x">link</a>, <em>good</em>.</p>'
)


def test_nothing_is_lost_by_looking_or_by_writing_elsewhere(writer, editor):
    held = builders.make_draft(by=editor, body=HELD)
    writer.open(held)
    look(writer.page)
    # Looked at and saved, it is what it was.
    writer.press("Control+s")
    writer.page.get_by_text("Saved.").wait_for()
    held.refresh_from_db()
    assert held.body == HELD
    writer.text.locator("p").last.click()
    writer.press("Control+End", "!", "Control+s")
    writer.page.get_by_text("Saved.").wait_for()
    held.refresh_from_db()
    assert held.body == HELD.replace("good</em>.", "good</em>.!")


def test_what_the_editor_cannot_show_stays_in_the_plain_form(writer, editor):
    held = builders.make_draft(by=editor)
    buffers.keep(
        held,
        by=editor,
        page="0" * 32,
        turn=1,
        values={"title": "Tides", "body": "<dl><dt>High</dt><dd>9</dd></dl>"},
        lock_version=held.lock_version,
    )
    writer.page.goto(
        f"{writer.base}/admin/statements/article/{held.article_id}/edition/1/write/"
        f"?unsaved={buffers.unsaved(editor).get().pk}"
    )
    writer.page.get_by_text("It is edited as HTML, so that nothing is lost.").wait_for()
    assert writer.page.locator("textarea[name=body]").is_visible()
    assert writer.text.count() == 0
