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

#: Bytes of a file, and of all that is packed in it: a bomb unpacks to far more.
MOST = 20_000_000
MOST_UNPACKED = 100_000_000
MOST_PARTS = 2_000
TOO_LARGE = "The file is larger than 20 MB. Save it without its pictures."

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
    _check(data)
    pictures = 0

    def left_out(image: Any) -> list[Any]:
        nonlocal pictures
        pictures += 1
        return []

    try:
        html = mammoth.convert_to_html(
            io.BytesIO(data),
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
    html = _BACK.sub("", html)
    title = ""
    heading = _HEADING.match(html)
    if heading is not None:
        title = " ".join(unescape(_TAG.sub("", heading[1])).split())
        html = html[heading.end() :]
    return WordText(title, html, pictures)


def _check(data: bytes) -> None:
    """Raise NotWord for what is no Word file, or would fill the memory."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            listed = parts.infolist()
            if "word/document.xml" not in parts.namelist():
                raise NotWord(_NOT)
            if (
                len(listed) > MOST_PARTS
                or sum(part.file_size for part in listed) > MOST_UNPACKED
            ):
                raise NotWord(_TOO_MUCH)
            unpacked = 0
            for part in listed:
                if not part.filename.endswith((".xml", ".rels")):
                    continue
                content = _unpack(parts, part, MOST_UNPACKED - unpacked)
                unpacked += len(content)
                # Word writes none; they can make a few letters into gigabytes.
                if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
                    raise NotWord(_NOT)
    except NotWord:
        raise
    except Exception as problem:
        # Whatever a broken archive makes its reader stumble over.
        raise NotWord(_NOT) from problem


def _unpack(parts: zipfile.ZipFile, part: zipfile.ZipInfo, room: int) -> bytes:
    """One part, read no further than ``room``: what a file says of itself may lie."""
    with parts.open(part) as stream:
        content = stream.read(room + 1)
    if len(content) > room:
        raise NotWord(_TOO_MUCH)
    return content


_TOO_MUCH = "The file unpacks to more than 100 MB. Save it without its pictures."
_NOT = "This is not a Word file (.docx). Choose one, or paste the text."
