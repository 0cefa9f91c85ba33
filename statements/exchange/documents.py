"""Documents as DOCX (ECMA-376, WordprocessingML), made of headings and paragraphs.

Looks come from named styles alone, so that whoever opens one finds headings in the
navigation, hears them named by a screen reader, and changes them all at once. Words
carry their language, and those written from right to left run so.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from .packing import Part, attribute, pack
from .xml import content

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACK = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

#: A tag of a language as Word reads one: fr, pt-BR, zh-Hant.
_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
#: What ends a line in any script.
_LINES = re.compile(r"\r\n|[\n\r\v\f\x85\u2028\u2029]")


class Style(StrEnum):
    """The styles of a document, by their keys; Word knows each by its own name."""

    TITLE = "Title"
    SUBTITLE = "Subtitle"
    #: Counted by Word itself: 1., 2., 3.
    NUMBERED = "Heading1"
    TEXT = "Normal"
    QUOTE = "Quote"
    SOURCE = "Source"
    NOTE = "Note"


@dataclass(frozen=True)
class Run:
    """Words in one language; ``href`` makes a link of them."""

    text: str
    language: str = ""
    href: str = ""
    bold: bool = False


@dataclass(frozen=True)
class Paragraph:
    """Runs in one style. It runs as its first strong letter does."""

    style: Style
    runs: Sequence[Run]

    @property
    def backwards(self) -> bool:
        return rightwards("".join(run.text for run in self.runs))


@dataclass(frozen=True)
class Document:
    """``language`` is that of words which say no other."""

    title: str
    creator: str
    language: str
    made_at: dt.datetime
    paragraphs: Sequence[Paragraph]


def rightwards(text: str) -> bool:
    """Whether a text is written from right to left: its first strong letter says so."""
    for letter in text:
        side = unicodedata.bidirectional(letter)
        if side in {"R", "AL"}:
            return True
        if side == "L":
            return False
    return False


def write(document: Document) -> bytes:
    """The file of a document."""
    return b"".join(pack(_parts(document)))


def _parts(document: Document) -> Iterator[Part]:
    links = list(
        dict.fromkeys(
            run.href
            for paragraph in document.paragraphs
            for run in paragraph.runs
            if run.href
        )
    )
    keys = {href: f"rId{number}" for number, href in enumerate(links, 3)}
    yield "[Content_Types].xml", [_TYPES]
    yield "_rels/.rels", [_RELATIONS]
    yield "word/document.xml", _text(document, keys)
    yield "word/_rels/document.xml.rels", [_links(keys)]
    yield "word/styles.xml", [_styles(_tag(document.language) or "en")]
    yield "word/numbering.xml", [_NUMBERING]
    yield "docProps/core.xml", [_core(document)]


def _text(document: Document, keys: dict[str, str]) -> Iterator[str]:
    yield f'{_HEAD}<w:document xmlns:w="{_MAIN}" xmlns:r="{_LINK}"><w:body>'
    for paragraph in document.paragraphs:
        yield _paragraph(paragraph, keys)
    # A4, with room to write on.
    yield (
        '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1418"'
        ' w:right="1304" w:bottom="1418" w:left="1304" w:header="708" w:footer="708"'
        ' w:gutter="0"/>'
        "</w:sectPr></w:body></w:document>"
    )


def _paragraph(paragraph: Paragraph, keys: dict[str, str]) -> str:
    bidi = "<w:bidi/>" if paragraph.backwards else ""
    return (
        f'<w:p><w:pPr><w:pStyle w:val="{paragraph.style}"/>{bidi}</w:pPr>'
        f"{''.join(_run(run, keys) for run in paragraph.runs if run.text)}</w:p>"
    )


def _run(run: Run, keys: dict[str, str]) -> str:
    rtl, tag = rightwards(run.text), _tag(run.language)
    # In the order that the schema has them.
    marks = "".join(
        (
            '<w:rStyle w:val="Hyperlink"/>' if run.href else "",
            "<w:b/><w:bCs/>" if run.bold else "",
            "<w:rtl/>" if rtl else "",
            f'<w:lang w:{"bidi" if rtl else "val"}="{tag}"/>' if tag else "",
        )
    )
    words = "<w:br/>".join(
        f'<w:t xml:space="preserve">{content(line)}</w:t>'
        for line in _LINES.split(run.text)
    )
    made = f"<w:r>{f'<w:rPr>{marks}</w:rPr>' if marks else ''}{words}</w:r>"
    if not run.href:
        return made
    return f'<w:hyperlink r:id="{keys[run.href]}" w:history="1">{made}</w:hyperlink>'


def _tag(language: str) -> str:
    return language if _TAG.fullmatch(language) else ""


def _links(keys: dict[str, str]) -> str:
    links = "".join(
        f'<Relationship Id="{key}" Type="{_LINK}/hyperlink" Target={attribute(href)}'
        ' TargetMode="External"/>'
        for href, key in keys.items()
    )
    return (
        f'{_HEAD}<Relationships xmlns="{_PACK}/relationships">'
        f'<Relationship Id="rId1" Type="{_LINK}/styles" Target="styles.xml"/>'
        f'<Relationship Id="rId2" Type="{_LINK}/numbering" Target="numbering.xml"/>'
        f"{links}</Relationships>"
    )


def _core(document: Document) -> str:
    made = f"{document.made_at.astimezone(dt.UTC):%Y-%m-%dT%H:%M:%SZ}"
    return (
        f'{_HEAD}<cp:coreProperties xmlns:cp="{_PACK}/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{content(document.title)}</dc:title>"
        f"<dc:creator>{content(document.creator)}</dc:creator>"
        f"<dc:language>{content(document.language)}</dc:language>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{made}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{made}</dcterms:modified>'
        "</cp:coreProperties>"
    )


def _styles(language: str) -> str:
    return (
        f'{_HEAD}<w:styles xmlns:w="{_MAIN}"><w:docDefaults><w:rPrDefault><w:rPr>'
        '<w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:cs="Arial"/>'
        f'<w:sz w:val="22"/><w:szCs w:val="24"/><w:lang w:val="{language}"'
        ' w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr>'
        '<w:spacing w:after="120" w:line="264" w:lineRule="auto"/></w:pPr>'
        f"</w:pPrDefault></w:docDefaults>{_LOOKS}</w:styles>"
    )


_LOOKS = "".join(
    f'<w:style w:type="paragraph"{how} w:styleId="{style}"><w:name w:val="{name}"/>'
    f"{base}<w:qFormat/><w:pPr>{place}</w:pPr><w:rPr>{letters}</w:rPr></w:style>"
    for style, name, how, base, place, letters in (
        (Style.TEXT, "Normal", ' w:default="1"', "", "", ""),
        *(
            (
                style,
                name,
                how,
                f'<w:basedOn w:val="Normal"/><w:next w:val="{following}"/>',
                place,
                letters,
            )
            for style, name, how, following, place, letters in (
                (
                    Style.TITLE,
                    "Title",
                    "",
                    Style.SUBTITLE,
                    '<w:spacing w:after="60" w:line="240" w:lineRule="auto"/>',
                    '<w:b/><w:bCs/><w:sz w:val="44"/><w:szCs w:val="44"/>',
                ),
                (
                    Style.SUBTITLE,
                    "Subtitle",
                    "",
                    Style.TEXT,
                    '<w:spacing w:after="240"/>',
                    '<w:color w:val="595959"/>',
                ),
                (
                    Style.NUMBERED,
                    "heading 1",
                    "",
                    Style.QUOTE,
                    '<w:keepNext/><w:keepLines/><w:numPr><w:numId w:val="1"/></w:numPr>'
                    '<w:spacing w:before="360" w:after="60"/>'
                    '<w:outlineLvl w:val="0"/>',
                    '<w:b/><w:bCs/><w:sz w:val="26"/><w:szCs w:val="26"/>',
                ),
                (
                    Style.QUOTE,
                    "Quote",
                    "",
                    Style.SOURCE,
                    '<w:keepNext/><w:ind w:left="567" w:right="284"/>',
                    '<w:sz w:val="24"/><w:szCs w:val="26"/>',
                ),
                (
                    Style.SOURCE,
                    "Source",
                    ' w:customStyle="1"',
                    Style.SOURCE,
                    '<w:spacing w:after="40"/><w:ind w:left="567"/>',
                    '<w:color w:val="404040"/><w:sz w:val="20"/><w:szCs w:val="20"/>',
                ),
                (
                    Style.NOTE,
                    "Note",
                    ' w:customStyle="1"',
                    Style.NOTE,
                    '<w:pBdr><w:left w:val="single" w:sz="18" w:space="8"'
                    ' w:color="808080"/></w:pBdr><w:spacing w:before="120"/>'
                    '<w:ind w:left="567"/>',
                    "",
                ),
            )
        ),
    )
) + (
    '<w:style w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/>'
    '<w:rPr><w:color w:val="0B4F8A"/><w:u w:val="single"/></w:rPr></w:style>'
)

_NUMBERING = (
    f'{_HEAD}<w:numbering xmlns:w="{_MAIN}"><w:abstractNum w:abstractNumId="0">'
    '<w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0"><w:start w:val="1"/>'
    f'<w:numFmt w:val="decimal"/><w:pStyle w:val="{Style.NUMBERED}"/>'
    '<w:lvlText w:val="%1."/><w:lvlJc w:val="left"/><w:pPr>'
    '<w:ind w:left="567" w:hanging="567"/></w:pPr></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
)
_RELATIONS = (
    f'{_HEAD}<Relationships xmlns="{_PACK}/relationships">'
    f'<Relationship Id="rId1" Type="{_LINK}/officeDocument"'
    ' Target="word/document.xml"/>'
    f'<Relationship Id="rId2" Type="{_PACK}/metadata/core-properties"'
    ' Target="docProps/core.xml"/></Relationships>'
)
_TYPES = (
    f'{_HEAD}<Types xmlns="{_PACK}/content-types"><Default Extension="rels"'
    ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_TYPE}.document.main+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{_TYPE}.styles+xml"/>'
    f'<Override PartName="/word/numbering.xml" ContentType="{_TYPE}.numbering+xml"/>'
    '<Override PartName="/docProps/core.xml" ContentType='
    '"application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
)
