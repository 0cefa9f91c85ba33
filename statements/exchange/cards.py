"""The picture that stands beside a link: 1200 by 630 pixels, words and who said them.

Drawn with the site's own fonts. A text with a sign that these do not have, as Arabic or
Chinese, is left out as a whole: a picture of half a sentence would misquote.
"""

from __future__ import annotations

import functools
import hashlib
import io
import threading
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

SIZE = WIDTH, HEIGHT = 1200, 630
#: Changes when the same card is drawn otherwise than before.
RELEASE = "1"
#: More of a text than this is never looked at.
_MOST = 450
#: Pictures kept by a process: some 30 kB each.
_KEPT = 64

_PAPER, _INK, _QUIET = "#fbfaf7", "#1a1c20", "#585b63"
_ACCENT, _RULE = "#7a1f2b", "#d9d4c8"
_LEFT, _RIGHT, _TOP = 96, 1104, 84
_LOWEST = 430
#: Of the words, in pixels; the largest at which they have room.
_SIZES = (66, 56, 48, 42)
_FONTS = Path(__file__).parents[1] / "static/statements/fonts"
#: One is drawn at a time: memory has a bound, and the fonts have one reader.
_ONE = threading.Lock()


@dataclass(frozen=True)
class Card:
    """What is on it, from the top down; any part may be empty."""

    kicker: str = ""
    words: str = ""
    quoted: bool = False
    name: str = ""
    office: str = ""
    foot: str = ""

    @property
    def digest(self) -> str:
        """The same for the same picture, known without drawing it."""
        return hashlib.sha256(f"{RELEASE} {self!r}".encode()).hexdigest()[:16]


def draw(card: Card) -> bytes:
    """The card as a PNG."""
    with _ONE:
        return _drawn(card)


@functools.lru_cache(_KEPT)
def _drawn(card: Card) -> bytes:
    picture = Image.new("RGB", SIZE, _PAPER)
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, 0, 15, HEIGHT), fill=_ACCENT)
    sans = functools.partial(_Face, "public-sans")
    _line(pen, 48, card.kicker, sans(26, 600), _ACCENT)
    words = _clean(card.words)
    if words and not _Face("newsreader", 64, 400).can(words):
        words = ""
    face, lines = _fitted(f"“{words}”" if words and card.quoted else words)
    height = face.height
    # In the middle of its room, so that three words do not hang at the top.
    top = _TOP + 16 + max(0, (_LOWEST - _TOP - 16 - height * len(lines)) // 2)
    for number, line in enumerate(lines):
        face.write(pen, _LEFT, top + number * height, line, _INK)
    _line(pen, 452, card.name, sans(32, 600), _INK)
    _line(pen, 496, card.office, sans(27, 400), _QUIET)
    pen.line((_LEFT, 552, _RIGHT, 552), fill=_RULE, width=2)
    _line(pen, 570, card.foot, sans(25, 400), _QUIET)
    file = io.BytesIO()
    few = picture.quantize(64, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    few.save(file, "PNG")
    return file.getvalue()


def _line(
    pen: ImageDraw.ImageDraw, top: int, text: str, face: _Face, colour: str
) -> None:
    text = _clean(text)
    if face.can(text):
        face.write(pen, _LEFT, top, _cut(text, face), colour)


def _clean(text: str) -> str:
    """One line, composed, without signs that steer: those of direction too."""
    text = unicodedata.normalize("NFC", text[:_MOST])
    return " ".join(
        "".join(
            " " if sign.isspace() else sign
            for sign in text
            if sign.isspace() or unicodedata.category(sign) not in ("Cc", "Cf", "Cn")
        ).split()
    )


class _Face:
    """A family at a size: for each sign the first of its files that has it."""

    def __init__(self, family: str, size: int, weight: int) -> None:
        self.size = size
        self._files = [
            _font(f"{family}-{part}", size, weight) for part in ("latin", "latin-ext")
        ]

    @property
    def height(self) -> int:
        return round(self.size * 1.2)

    def can(self, text: str) -> bool:
        """Whether each sign can be drawn."""
        return all(self._of(sign) is not None for sign in text)

    def width(self, text: str) -> float:
        return sum(font.getlength(run) for font, run in self._runs(text))

    def beginning(self, text: str, room: float) -> int:
        """How many signs of a text have room, found by halves."""
        fits, beyond = 0, len(text) + 1
        while beyond - fits > 1:
            middle = (fits + beyond) // 2
            if self.width(text[:middle]) <= room:
                fits = middle
            else:
                beyond = middle
        return fits

    def write(
        self, pen: ImageDraw.ImageDraw, left: float, top: float, text: str, fill: str
    ) -> None:
        base = top + self.size
        for font, run in self._runs(text):
            pen.text((left, base), run, font=font, fill=fill, anchor="ls")
            left += font.getlength(run)

    def _of(self, sign: str) -> ImageFont.FreeTypeFont | None:
        return next((font for font in self._files if _has(font, sign)), None)

    def _runs(self, text: str) -> Iterator[tuple[ImageFont.FreeTypeFont, str]]:
        """The text in pieces of one file each."""
        held: ImageFont.FreeTypeFont | None = None
        run = ""
        for sign in text:
            font = self._of(sign) or self._files[0]
            if held is not None and font is not held:
                yield held, run
                run = ""
            held, run = font, run + sign
        if held is not None:
            yield held, run


@functools.cache
def _font(file: str, size: int, weight: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.truetype(str(_FONTS / f"{file}.woff2"), size)
    # The other axis is the optical size.
    font.set_variation_by_axes(
        [
            weight if axis["name"] == b"Weight" else min(size, axis["maximum"] or size)
            for axis in font.get_variation_axes()
        ]
    )
    return font


@functools.lru_cache(20_000)
def _has(font: ImageFont.FreeTypeFont, sign: str) -> bool:
    """Whether a font has a sign: what it lacks it draws as it draws no character."""
    if sign.isspace():
        return True
    return bytes(font.getmask(sign)) != bytes(font.getmask("\uffff"))


def _fitted(text: str) -> tuple[_Face, list[str]]:
    """The largest of four sizes at which all of it has room; else it is cut."""
    for size in _SIZES:
        face = _Face("newsreader", size, 400)
        room = (_LOWEST - _TOP - 16) // face.height
        # No need to measure what is far too long: a sign is a third of its height wide.
        if size > _SIZES[-1] and len(text) * size / 3 > room * (_RIGHT - _LEFT):
            continue
        lines = _broken(text, face)
        if len(lines) <= room:
            return face, lines
    lines = lines[:room]
    end = "…”" if text.startswith("“") else "…"
    lines[-1] = _cut(f"{lines[-1]} {'m' * 99}", face, end)
    return face, lines


def _broken(text: str, face: _Face) -> list[str]:
    """The text in lines. A word wider than a line is broken where the line ends."""
    room, space = _RIGHT - _LEFT, face.width(" ")
    lines: list[str] = []
    line, wide = "", 0.0
    for word in text.split():
        # Each word is measured once, and not again with all that stands before it.
        width = face.width(word)
        if line and wide + space + width <= room:
            line, wide = f"{line} {word}", wide + space + width
            continue
        if line:
            lines.append(line)
        while width > room:
            fits = max(1, face.beginning(word, room))
            lines.append(word[:fits])
            word = word[fits:]
            width = face.width(word)
        line, wide = word, width
    return [*lines, line] if line else lines


def _cut(text: str, face: _Face, end: str = "…") -> str:
    """As many whole words as a line has room for, and a sign for those left out."""
    room = _RIGHT - _LEFT
    if face.width(text) <= room:
        return text
    text = text[: face.beginning(text, room - face.width(end))]
    return (text.rpartition(" ")[0] or text).rstrip(" ,;:") + end
