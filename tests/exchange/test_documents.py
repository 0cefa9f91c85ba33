"""Documents as DOCX: read as XML, and by what reads the Word files of editors."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from xml.etree import ElementTree

from statements.exchange import documents, word
from statements.exchange.documents import Document, Paragraph, Run, Style

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_P = "{http://schemas.openxmlformats.org/package/2006/relationships}"
QUOTE = "https://vallorn.example/quotes/0123456789/?a=1&b=2"


def made(*paragraphs: Paragraph, title: str = "Strait") -> bytes:
    moment = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)
    return documents.write(Document(title, "Edgar", "en", moment, paragraphs))


def part(data: bytes, name: str) -> ElementTree.Element:
    archive = zipfile.ZipFile(io.BytesIO(data))
    return ElementTree.fromstring(archive.read(name))  # noqa: S314  # our own


def test_every_part_is_xml_is_declared_and_names_what_is_there():
    data = made(
        Paragraph(Style.TITLE, [Run("On the strait")]),
        Paragraph(Style.NUMBERED, [Run("Ilse Okafor")]),
        Paragraph(Style.QUOTE, [Run("“No <ferry> & no tram.”", "en")]),
        Paragraph(Style.SOURCE, [Run("at ", bold=True), Run(QUOTE, href=QUOTE)]),
        Paragraph(Style.SOURCE, [Run("the same", href=QUOTE)]),
        Paragraph(Style.NOTE, [Run("One line\nand another.")]),
    )
    archive = zipfile.ZipFile(io.BytesIO(data))
    assert archive.testzip() is None
    names = archive.namelist()
    assert names[0] == "[Content_Types].xml"
    for name in names:
        part(data, name)
    declared = {
        each.get("PartName", "").removeprefix("/")
        for each in part(data, "[Content_Types].xml")
    } - {""}
    assert declared == {name for name in names if name.endswith(".xml")} - {names[0]}
    # Every style that is used is there, and is counted, or leads on, to what is there.
    body, styles = part(data, "word/document.xml"), part(data, "word/styles.xml")
    known = {each.get(f"{_W}styleId") for each in styles.iter(f"{_W}style")}
    used = {each.get(f"{_W}val") for each in body.iter(f"{_W}pStyle")}
    assert used == {"Title", "Heading1", "Quote", "Source", "Note"}
    assert used | {"Normal", "Subtitle", "Hyperlink"} == known
    called = {
        each.get(f"{_W}styleId"): each.find(f"{_W}name").get(f"{_W}val")
        for each in styles.iter(f"{_W}style")
    }
    # The names by which Word knows a title, and a heading for its navigation.
    assert (called["Title"], called["Heading1"]) == ("Title", "heading 1")
    links = {
        each.get("Id"): (each.get("Target"), each.get("TargetMode"))
        for each in part(data, "word/_rels/document.xml.rels").iter(f"{_P}Relationship")
    }
    asked = [each.get(f"{_R}id") for each in body.iter(f"{_W}hyperlink")]
    assert [links[key] for key in asked] == [(QUOTE, "External")] * 2
    core = "".join(part(data, "docProps/core.xml").itertext())
    assert core == "StraitEdgaren2026-03-02T12:00:00Z2026-03-02T12:00:00Z"
    found = word.read(data)
    assert found.title == "On the strait"
    assert found.html == (
        "<h1>Ilse Okafor</h1>"
        "<blockquote><p>“No &lt;ferry&gt; &amp; no tram.”</p></blockquote>"
        f'<p><strong>at </strong><a href="{QUOTE.replace("&", "&amp;")}">'
        f"{QUOTE.replace('&', '&amp;')}</a></p>"
        f'<p><a href="{QUOTE.replace("&", "&amp;")}">the same</a></p>'
        "<p>One line<br />and another.</p>"
    )


def test_words_carry_their_language_and_arabic_runs_from_right_to_left():
    data = made(
        Paragraph(Style.QUOTE, [Run("«لا تبحر العبّارة»", "ar")]),
        Paragraph(Style.QUOTE, [Run("“The ferry sails.”", "en-GB")]),
        Paragraph(Style.NOTE, [Run("2026: 1, 2", "no language")]),
    )
    arabic, english, numbers = part(data, "word/document.xml").iter(f"{_W}p")

    def told(paragraph: ElementTree.Element) -> tuple[bool, bool, dict[str, str]]:
        tag = paragraph.find(f".//{_W}lang")
        return (
            paragraph.find(f"{_W}pPr/{_W}bidi") is not None,
            paragraph.find(f".//{_W}rPr/{_W}rtl") is not None,
            {} if tag is None else dict(tag.attrib),
        )

    assert told(arabic) == (True, True, {f"{_W}bidi": "ar"})
    assert told(english) == (False, False, {f"{_W}val": "en-GB"})
    assert told(numbers) == (False, False, {})


def test_what_xml_forbids_is_left_out_and_nothing_else_is():
    long = "N" * 10_000
    odd = "a\x00b\x0bc\x1fd\ud800e\ufffff\u202eg\U0001f6a2h]]>"
    data = made(
        Paragraph(Style.TITLE, [Run(long)]),
        Paragraph(Style.NOTE, [Run(odd)]),
        title=long + odd,
    )
    assert word.read(data).title == long
    note = list(part(data, "word/document.xml").iter(f"{_W}p"))[1]
    # A vertical tab ends a line, as it does where it was typed.
    assert [each.text for each in note.iter(f"{_W}t")] == [
        "ab",
        "cdef\u202eg\U0001f6a2h]]>",
    ]
    core = part(data, "docProps/core.xml")
    assert core[0].text == f"{long}abcdef\u202eg\U0001f6a2h]]>"
