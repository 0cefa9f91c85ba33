"""Word files of our own making, as small as Word would still open."""

from __future__ import annotations

import io
import zipfile
from html import escape

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_KIND = _R
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_NAMES = (
    f'xmlns:w="{_W}" xmlns:r="{_R}"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
)
_STYLES = {"Title": "Title", "Heading1": "heading 1", "Quote": "Quote"}
_DOT = (
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89"
)
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels"'
    ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Default Extension="png" ContentType="image/png"/></Types>'
)


def run(words: str, properties: str = "") -> str:
    return (
        f"<w:r>{properties}"
        f'<w:t xml:space="preserve">{escape(words, quote=False)}</w:t></w:r>'
    )


def bold(words: str) -> str:
    return run(words, "<w:rPr><w:b/></w:rPr>")


def paragraph(*parts: str, style: str = "", level: int | None = None) -> str:
    """A paragraph of words and ready runs; ``level`` makes it an item of a list."""
    said = f'<w:pStyle w:val="{style}"/>' if style else ""
    if level is not None:
        said += f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr>'
    inside = "".join(part if part.startswith("<w:") else run(part) for part in parts)
    return f"<w:p><w:pPr>{said}</w:pPr>{inside}</w:p>"


def document(
    *paragraphs: str,
    table: list[list[str]] | None = None,
    link: tuple[str, str] | None = None,
    notes: dict[str, str] | None = None,
    comments: dict[str, str] | None = None,
    pictures: int = 0,
) -> bytes:
    """The bytes of a .docx file."""
    body = list(paragraphs)
    relations = [("styles", "styles.xml", ""), ("numbering", "numbering.xml", "")]
    parts: dict[str, bytes] = {"[Content_Types].xml": (_HEAD + _TYPES).encode()}
    if table:
        rows = "".join(
            "<w:tr>"
            + "".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in row)
            + "</w:tr>"
            for row in table
        )
        body.append(f"<w:tbl>{rows}</w:tbl>")
    if link:
        relations.append(("hyperlink", link[1], ' TargetMode="External"'))
        at = f"rId{len(relations)}"
        body.append(f'<w:p><w:hyperlink r:id="{at}">{run(link[0])}</w:hyperlink></w:p>')
    for number in range(pictures):
        name = f"media/image{number}.png"
        relations.append(("image", name, ""))
        parts[f"word/{name}"] = _DOT
        body.append(
            "<w:p><w:r><w:drawing><wp:inline><a:graphic><a:graphicData><pic:pic>"
            f'<pic:blipFill><a:blip r:embed="rId{len(relations)}"/></pic:blipFill>'
            "</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
        )
    for kind, rows, tag in (
        ("footnotes", notes, "footnote"),
        ("comments", comments, "comment"),
    ):
        if rows:
            relations.append((kind, f"{kind}.xml", ""))
            inside = "".join(
                f'<w:{tag} w:id="{key}">{paragraph(words)}</w:{tag}>'
                for key, words in rows.items()
            )
            parts[f"word/{kind}.xml"] = (
                f"{_HEAD}<w:{kind} {_NAMES}>{inside}</w:{kind}>".encode()
            )
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/>'
        "</w:style>"
        for key, name in _STYLES.items()
    )
    parts["word/styles.xml"] = f"{_HEAD}<w:styles {_NAMES}>{styles}</w:styles>".encode()
    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:numFmt w:val="bullet"/></w:lvl>'
        for level in range(3)
    )
    parts["word/numbering.xml"] = (
        f'{_HEAD}<w:numbering {_NAMES}><w:abstractNum w:abstractNumId="0">{levels}'
        '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
        "</w:numbering>"
    ).encode()
    parts["word/document.xml"] = (
        f"{_HEAD}<w:document {_NAMES}><w:body>{''.join(body)}</w:body></w:document>"
    ).encode()
    parts["_rels/.rels"] = _relations([("officeDocument", "word/document.xml", "")])
    parts["word/_rels/document.xml.rels"] = _relations(relations)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return out.getvalue()


def _relations(rows: list[tuple[str, str, str]]) -> bytes:
    listed = "".join(
        f'<Relationship Id="rId{number}" Type="{_KIND}/{kind}"'
        f' Target="{escape(target)}"{more}/>'
        for number, (kind, target, more) in enumerate(rows, 1)
    )
    name = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'{_HEAD}<Relationships xmlns="{name}">{listed}</Relationships>'.encode()
