"""Word files open as a title and plain HTML, and hostile ones as a sentence."""

from __future__ import annotations

import io
import zipfile
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from statements.exchange import word
from statements.markup import projection, sanitise
from tests.exchange.documents import bold, document, paragraph


def test_title_headings_lists_quotations_and_emphasis_come_through():
    data = document(
        paragraph("On the reopening of the Strait", style="Title"),
        paragraph("Vallorn opens the Strait ", bold("today"), "."),
        paragraph("What was said", style="Heading1"),
        paragraph("“No ship will wait.”", style="Quote"),
        paragraph("Ferries sail from noon.", level=0),
        paragraph("From the north quay", level=1),
        table=[["Quay", "Tonnes"]],
        link=("the statement", "https://statements.example/strait"),
    )
    found = word.read(data)
    assert found.title == "On the reopening of the Strait"
    assert found.pictures == 0
    assert sanitise.clean(found.html).replace("\n", "") == (
        "<p>Vallorn opens the Strait <strong>today</strong>.</p>"
        "<h2>What was said</h2><blockquote><p>“No ship will wait.”</p></blockquote>"
        "<ul><li>Ferries sail from noon.<ul><li>From the north quay</li></ul></li></ul>"
        "<table><tbody><tr><td><p>Quay</p></td><td><p>Tonnes</p></td></tr></tbody>"
        '</table><p><a href="https://statements.example/strait"'
        ' rel="noopener">the statement</a></p>'
    )


def test_changes_are_taken_comments_left_and_notes_follow():
    data = document(
        paragraph(
            "We ",
            '<w:del w:id="1"><w:r><w:delText>shall</w:delText></w:r></w:del>',
            '<w:ins w:id="2"><w:r><w:t>will</w:t></w:r></w:ins>',
            '<w:r><w:t xml:space="preserve"> stay</w:t></w:r>',
            '<w:r><w:commentReference w:id="0"/></w:r>',
            '<w:r><w:footnoteReference w:id="7"/></w:r>',
        ),
        notes={"7": "In the harbour."},
        comments={"0": "Is this so?"},
    )
    text = projection.to_text(sanitise.clean(word.read(data).html))
    assert text == "We will stay[1]\nIn the harbour."
    # No link leads to a place that is nowhere.
    assert "<a" not in word.read(data).html


def test_a_text_without_a_title_has_none():
    found = word.read(document(paragraph("Only words.")))
    assert (found.title, found.html) == ("", "<p>Only words.</p>")


def test_pictures_are_counted_and_left_out():
    found = word.read(document(paragraph("See:"), pictures=2))
    assert found.pictures == 2
    assert "img" not in found.html


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "not a Word file"),
        (b"PK\x03\x04 and nothing", "not a Word file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "Save it as .docx"),
        (b"\0" * (word.MOST + 1), "larger than 20 MB"),
    ],
    ids=["nothing", "no archive", "an old file", "too large"],
)
def test_what_is_no_word_file_is_told(data, sentence):
    with pytest.raises(word.NotWord, match=sentence):
        word.read(data)


def archive(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return out.getvalue()


def test_a_bomb_is_not_unpacked():
    bomb = archive(word__document_xml=b" " * (word.MOST_UNPACKED + 1))
    assert len(bomb) < 200_000
    with pytest.raises(word.NotWord, match="too long to be read here"):
        word.read(bomb)


def test_a_text_of_too_many_tags_is_not_read():
    many = archive(word__document_xml=b"<w:p/>" * (word.MOST_TAGS + 1))
    with pytest.raises(word.NotWord, match="too long to be read here"):
        word.read(many)


DECLARED = '<!DOCTYPE d [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><d>&b;</d>'


@pytest.mark.parametrize(
    "part",
    [
        DECLARED.encode(),
        DECLARED.encode("utf-16"),
        b'<?xml version="1.0" encoding="cp037"?>' + DECLARED.encode("cp037"),
    ],
    ids=["plain", "in two bytes a letter", "in letters of a mainframe"],
)
def test_no_letters_are_declared_that_grow(part):
    with pytest.raises(word.NotWord, match="not a Word file"):
        word.read(archive(word__document_xml=part))


def test_a_part_that_was_not_looked_at_is_not_read():
    """The relations may name any part as the text; a picture is none."""
    data = document(paragraph("The text."))
    moved = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as parts, zipfile.ZipFile(moved, "w") as out:
        for name in parts.namelist():
            content = parts.read(name)
            if name == "_rels/.rels":
                content = content.replace(b"word/document.xml", b"word/media/a.png")
            out.writestr(name, content)
        hidden = parts.read("word/document.xml").replace(b"The text.", b"Hidden.")
        out.writestr("word/media/a.png", hidden)
    assert word.read(moved.getvalue()).html == "<p>The text.</p>"


def test_a_damaged_document_is_told():
    with pytest.raises(word.NotWord, match="damaged"):
        word.read(archive(word__document_xml=b"<w:document><w:body>"))


def test_an_address_that_runs_is_no_link_once_cleaned():
    data = document(paragraph("x"), link=("Press", "javascript:alert(1)"))
    assert "javascript" not in sanitise.clean(word.read(data).html)


@settings(max_examples=60, deadline=None)
@given(place=st.integers(0, 3_000), byte=st.integers(0, 255))
def test_a_broken_file_is_read_or_told(place, byte):
    data = bytearray(document(paragraph("The Strait of Vallorn"), table=[["a"]]))
    data[place % len(data)] = byte
    with suppress(word.NotWord):
        word.read(bytes(data))
