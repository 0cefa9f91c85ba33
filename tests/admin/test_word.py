"""A Word file opened as a draft: its words in the form, and nothing else changed."""

from __future__ import annotations

import html
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from statements.models import Edition

from ..exchange.documents import bold, document, paragraph

pytestmark = pytest.mark.django_db

STRAIT = document(
    paragraph("Pilots for the strait", style="Title"),
    paragraph("The strait was ", bold("calm"), ". “Ferries sail,” said Ilse Okafor."),
    paragraph("Nobody waits.", style="Quote"),
    comments={"1": "Do not print this."},
    pictures=2,
)
BODY = (
    "<p>The strait was <strong>calm</strong>. “Ferries sail,” said Ilse Okafor.</p>\n"
    "<blockquote><p>Nobody waits.</p></blockquote>"
)


def docx(data: bytes = STRAIT, name: str = "statement.docx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def shown(response, name: str) -> str:
    """What a field of the form that came back holds."""
    page = response.content.decode()
    if name == "body":
        found = re.search(r'<textarea name="body"[^>]*>\n?(.*?)</textarea>', page, re.S)
    else:
        found = re.search(rf'name="{name}" value="([^"]*)"', page)
    return html.unescape(found[1]) if found else ""


def opened(colleague, **fields):
    given = {"title": "", "body": "", "action": "open", "word": docx()}
    return colleague.new(**given | fields)


def test_a_word_file_fills_the_form_and_nothing_is_saved(amina):
    response = opened(amina)
    assert response.status_code == 200
    assert (shown(response, "title"), shown(response, "body")) == (
        "Pilots for the strait",
        BODY,
    )
    said = html.unescape(response.content.decode())
    assert "nothing is saved yet" in said
    assert "Pictures left out: 2." in said
    assert "Do not print this." not in said
    assert not Edition.objects.exists()


def test_what_the_form_then_holds_is_saved_as_any_other(amina):
    response = opened(amina)
    amina.new(title=shown(response, "title"), body=shown(response, "body"))
    edition = Edition.objects.get()
    assert (edition.title, edition.body) == ("Pilots for the strait", BODY)


def test_what_was_typed_stays(amina):
    response = opened(amina, title="A title of ours", summary="In short.")
    assert shown(response, "title") == "A title of ours"
    said = html.unescape(response.content.decode())
    assert "In short." in said
    assert "Your title stays. The file’s is “Pilots for the strait”." in said
    assert shown(response, "body") == BODY


@pytest.mark.parametrize("empty", ["", "  \n", "<p></p>", "<p><br></p>"])
def test_an_empty_text_is_not_in_the_way(amina, empty):
    assert shown(opened(amina, body=empty), "body") == BODY


def test_a_text_that_is_there_is_replaced_only_when_asked(amina):
    kept = opened(amina, body="<p>Typed for an hour.</p>")
    assert shown(kept, "body") == "<p>Typed for an hour.</p>"
    assert "There is a text already." in html.unescape(kept.content.decode())
    put = opened(amina, body="<p>Typed for an hour.</p>", replace="1")
    assert shown(put, "body") == BODY


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        (None, "Choose a Word file (.docx) first"),
        (docx(b"not a zip"), "This is not a Word file (.docx)."),
        (docx(b"\xd0\xcf\x11\xe0" + bytes(600)), "This is an old Word file"),
        (
            docx(document(paragraph("Alone", style="Title"))),
            "no text besides its title",
        ),
        (docx(bytes(20_000_001)), "The file is larger than 20 MB."),
    ],
    ids=["none", "text", "old", "empty", "large"],
)
def test_what_cannot_be_opened_is_told_and_the_form_kept(amina, file, sentence):
    response = opened(
        amina, title="A title", **{"word": file} if file else {"word": ""}
    )
    assert response.status_code == 200
    assert sentence in html.unescape(response.content.decode())
    assert shown(response, "title") == "A title"


def test_a_script_in_a_word_file_is_text(amina):
    file = docx(document(paragraph("<script>hit()</script> The strait was calm.")))
    assert shown(opened(amina, word=file), "body") == (
        "<p>&lt;script&gt;hit()&lt;/script&gt; The strait was calm.</p>"
    )


def test_a_saved_statement_opens_no_file(amina, draft):
    response = amina.send(draft, "write", "open", word=docx())
    assert response.status_code == 400
    assert 'name="word"' not in amina.page(draft, "write")


def test_the_new_page_offers_it(amina):
    page = amina.client.get(reverse("admin:statements_article_add")).content.decode()
    assert 'formenctype="multipart/form-data"' in page
    # Enter in a field presses the first button of its form.
    form = page[page.index("desk-form") :]
    assert re.findall(r'name="action" value="(\w+)"', form)[:2] == ["save", "open"]
