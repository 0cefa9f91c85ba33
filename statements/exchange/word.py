"""Word files (.docx): bytes in, a title and plain HTML out.

mammoth reads styles, so headings, lists, quotations, tables, links and emphasis come
through, and looks do not. Pictures are left out and counted: here they are files of
their own. What comes out is a source like any other, to be cleaned at intake.
"""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass
from html import unescape
from typing import Any

import mammoth

#: Bytes of a file; its parts; and of those that are read, bytes and tags. A long
#: report has a tenth of these, and a bomb far more. The reader takes some ten seconds
#: for the most.
MOST = 20_000_000
MOST_PARTS = 2_000
MOST_UNPACKED = 8_000_000
MOST_TAGS = 150_000

_STYLES = """
p[style-name='Title'] => h1:fresh
p[style-name='Subtitle'] => p:fresh
p[style-name='Quote'] => blockquote > p:fresh
p[style-name='Intense Quote'] => blockquote > p:fresh
p[style-name='Heading 5'] => h4:fresh
p[style-name='Heading 6'] => h4:fresh
"""
_OLD = b"\xd0\xcf\x11\xe0"
_HEADING = re.compile(r"\s*<h1\b[^>]*>(.*?)</h1>", re.DOTALL)
_BACK = re.compile(r'\s*<a href="#(?:foot|end)note-ref-\d+">\N{UPWARDS ARROW}</a>')
#: A way to a place within the text: no text kept here has any.
_WITHIN = re.compile(r'<a href="#[^"]*"[^>]*>(.*?)</a>', re.DOTALL)
#: What is read: the text, its notes, styles and relations, whatever each is called.
_READ = re.compile(
    r"(?:\[Content_Types\]|(?:word/)?[^/]+)\.xml|(?:word/)?_rels/[^/]+\.rels"
)
_MAIN = re.compile(r"word/document[^/]*\.xml")
_ENCODING = re.compile(rb"<\?xml[^>]*?encoding\s*=\s*[\"']([^\"']*)", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")


class NotWord(ValueError):
    """The file cannot be read; the sentence says what to do instead."""


@dataclass(frozen=True)
class WordText:
    """``title`` is "" where the text does not begin with one; ``pictures`` a count."""

    title: str
    html: str
    pictures: int


def read(data: bytes) -> WordText:
    """The text of a .docx file. Raises NotWord.

    Tracked changes come as if accepted, comments are left out, footnotes follow the
    text.
    """
    if len(data) > MOST:
        raise NotWord(TOO_LARGE)
    if data.startswith(_OLD):
        raise NotWord(
            "This is an old Word file, or one with a password. Save it as .docx without"
            " a password, and open that."
        )
    parts = _checked(data)
    pictures = 0

    def left_out(image: Any) -> list[Any]:
        nonlocal pictures
        pictures += 1
        return []

    try:
        html = mammoth.convert_to_html(
            parts,
            style_map=_STYLES,
            convert_image=left_out,
            include_embedded_style_map=False,
        ).value
    except RecursionError as problem:
        raise NotWord("The file is nested too deeply. Copy its text instead.") from (
            problem
        )
    except Exception as problem:
        # Whatever a broken file makes a parser of many parts stumble over.
        raise NotWord(
            "The file is damaged: Word may mend it. Open it there, save it anew as"
            " .docx, or copy its text."
        ) from problem
    html = _WITHIN.sub(r"\1", _BACK.sub("", html))
    title = ""
    heading = _HEADING.match(html)
    if heading is not None:
        title = " ".join(unescape(_TAG.sub("", heading[1])).split())
        html = html[heading.end() :]
    return WordText(title, html, pictures)


def _checked(data: bytes) -> io.BytesIO:
    """The parts that are read, and no others, as a file of their own.

    Raises NotWord for what is no Word file, or would fill the memory. A part that was
    not looked at here is not there for the reader, whatever the relations say.
    """
    kept = io.BytesIO()
    room, tags = MOST_UNPACKED, MOST_TAGS
    seen: set[str] = set()
    try:
        with (
            zipfile.ZipFile(io.BytesIO(data)) as parts,
            zipfile.ZipFile(kept, "w") as out,
        ):
            listed = parts.infolist()
            if not any(_MAIN.fullmatch(part.filename) for part in listed):
                raise NotWord(_NOT)
            if len(listed) > MOST_PARTS:
                raise NotWord(_TOO_MUCH)
            for part in listed:
                if not _READ.fullmatch(part.filename) or part.filename in seen:
                    continue
                seen.add(part.filename)
                content = _unpack(parts, part, room)
                room -= len(content)
                tags -= content.count(b"<")
                if tags < 0:
                    raise NotWord(_TOO_MUCH)
                _plain(content)
                out.writestr(part.filename, content)
    except NotWord:
        raise
    except Exception as problem:
        # Whatever a broken archive makes its reader stumble over.
        raise NotWord(_NOT) from problem
    kept.seek(0)
    return kept


def _plain(content: bytes) -> None:
    """Raise NotWord for declared entities, and for encodings that could hide them.

    Word writes none; they can make a few letters into gigabytes.
    """
    said = _ENCODING.match(content.lstrip(b"\xef\xbb\xbf \t\r\n"))
    if (
        b"<!DOCTYPE" in content
        or b"<!ENTITY" in content
        or b"\0" in content
        or (said and said[1].lower() not in {b"utf-8", b"us-ascii", b"ascii"})
    ):
        raise NotWord(_NOT)


def _unpack(parts: zipfile.ZipFile, part: zipfile.ZipInfo, room: int) -> bytes:
    """One part, read no further than ``room``: what a file says of itself may lie."""
    with parts.open(part) as stream:
        content = stream.read(room + 1)
    if len(content) > room:
        raise NotWord(_TOO_MUCH)
    return content


TOO_LARGE = "The file is larger than 20 MB. Save it without its pictures."
_TOO_MUCH = "The file is too long to be read here. Split it, or paste its text."
_NOT = "This is not a Word file (.docx). Choose one, or paste the text."
