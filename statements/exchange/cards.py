"""The picture that stands beside a link: 1200 by 630 pixels, words and who said them.

Drawn with the site's own fonts, and with an Arabic one where Arabic stands in a text. A
card whose words run from right to left is turned round. A text with a sign that the
fonts do not have, as Chinese, is left out as a whole: a picture of half a sentence
would misquote. So is Arabic where the system has no FriBiDi: its letters would not be
joined.
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

from PIL import Image, ImageDraw, ImageFont, features

SIZE = WIDTH, HEIGHT = 1200, 630
#: Changes when the same card is drawn otherwise than before.
RELEASE = "2"
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
#: With Latin letters and figures in it, which the one for browsers leaves to others.
_ARABIC = Path(__file__).parent / "fonts"
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
    words = _clean(card.words)
    if words and not _face("newsreader", 64, 400, words).can(words):
        words = ""
    right = _runs_left(words or _clean(card.name))
    edge = WIDTH - 16 if right else 0
    pen.rectangle((edge, 0, edge + 15, HEIGHT), fill=_ACCENT)
    line = functools.partial(_line, pen, right)
    line(48, card.kicker, 26, 600, _ACCENT)
    face, lines = _fitted(f"“{words}”" if words and card.quoted else words)
    height = face.height
    # In the middle of its room, so that three words do not hang at the top.
    top = _TOP + 16 + max(0, (_LOWEST - _TOP - 16 - height * len(lines)) // 2)
    for number, text in enumerate(lines):
        face.write(pen, right, top + number * height, text, _INK)
    line(452, card.name, 32, 600, _INK)
    line(496, card.office, 27, 400, _QUIET)
    pen.line((_LEFT, 552, _RIGHT, 552), fill=_RULE, width=2)
    line(570, card.foot, 25, 400, _QUIET)
    file = io.BytesIO()
    few = picture.quantize(64, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    few.save(file, "PNG")
    return file.getvalue()


def _line(
    pen: ImageDraw.ImageDraw,
    right: bool,
    top: int,
    text: str,
    size: int,
    weight: int,
    colour: str,
) -> None:
    text = _clean(text)
    face = _face("public-sans", size, weight, text)
    if face.can(text):
        face.write(pen, right, top, _cut(text, face), colour)


def _runs_left(text: str) -> bool:
    """Whether a text runs from right to left: by its first letter, as browsers do."""
    for sign in text:
        if (way := unicodedata.bidirectional(sign)) in ("L", "R", "AL"):
            return way != "L"
    return False


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


def _face(family: str, size: int, weight: int, text: str) -> _Face:
    """What a text is drawn with."""
    arabic = any(unicodedata.bidirectional(sign) in ("R", "AL") for sign in text)
    return _ArabicFace(size, weight) if arabic else _Face(family, size, weight)


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
        self, pen: ImageDraw.ImageDraw, right: bool, top: float, text: str, fill: str
    ) -> None:
        """One line, at the left or the right edge."""
        left = _RIGHT - self.width(text) if right else _LEFT
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


class _ArabicFace(_Face):
    """Letters that join, and lines with words that run the one way and the other.

    A library orders such a line, and only within one font: it has Latin letters too.
    """

    def __init__(self, size: int, weight: int) -> None:
        self.size = size
        self._files = [
            ImageFont.truetype(str(_ARABIC / f"noto-naskh-arabic-{weight}.woff2"), size)
        ]

    @property
    def height(self) -> int:
        return round(self.size * 1.4)

    def can(self, text: str) -> bool:
        return _joins() and super().can(text)

    def width(self, text: str) -> float:
        return self._files[0].getlength(text)

    def write(
        self, pen: ImageDraw.ImageDraw, right: bool, top: float, text: str, fill: str
    ) -> None:
        if right:
            # Else the figures of a day would join the Latin name of a site before it.
            text = text.replace(" · ", "\u200f · \u200f")
        pen.text(
            (_RIGHT if right else _LEFT, top + self.size),
            text,
            font=self._files[0],
            fill=fill,
            anchor="rs" if right else "ls",
            # The card's, not the line's own: a site's Latin name stands before a date.
            direction="rtl" if right else "ltr",
        )


def _joins() -> bool:
    """Whether Pillow can join letters and order lines: with FriBiDi of the system."""
    return bool(features.check("raqm") and features.check("fribidi"))


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
        face = _face("newsreader", size, 400, text)
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
