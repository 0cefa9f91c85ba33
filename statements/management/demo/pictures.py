"""The demo's pictures, drawn here: nobody's face, and no file of anybody else."""

from __future__ import annotations

import io
import math

from PIL import Image, ImageDraw

from .shapes import DemoPicture

CREDIT = "Drawing: Newsroom demo"

#: Drawn so many times larger, and made smaller, for smooth edges.
_FINE = 2
_INK, _BLUE, _RED, _SAND = "#1a1c20", "#1d4e89", "#7a1f2b", "#e9dfca"

type Box = tuple[float, float, float, float]


class _Sheet:
    """A sheet to draw on, in the pixels that it has in the end."""

    def __init__(self, width: int, height: int, ground: str) -> None:
        self.size = (width, height)
        self._image = Image.new("RGB", (width * _FINE, height * _FINE), ground)
        self._pen = ImageDraw.Draw(self._image)

    def oval(self, box: Box, fill: str) -> None:
        self._pen.ellipse([each * _FINE for each in box], fill)

    def box(self, box: Box, fill: str, rounded: float = 0) -> None:
        at = [each * _FINE for each in box]
        self._pen.rounded_rectangle(at, rounded * _FINE, fill)

    def shape(self, points: list[tuple[float, float]], fill: str) -> None:
        self._pen.polygon([(x * _FINE, y * _FINE) for x, y in points], fill)

    def png(self) -> bytes:
        out = io.BytesIO()
        smooth = self._image.resize(self.size, Image.Resampling.LANCZOS)
        smooth.quantize(64).convert("RGB").save(out, "PNG", optimize=True)
        return out.getvalue()


def _person(ground: str, disc: str, coat: str, hair: str, *, tied: bool) -> bytes:
    """Head and shoulders before a disc, without a face."""
    sheet = _Sheet(720, 900, ground)
    sheet.oval((90, 120, 630, 660), disc)
    if tied:
        sheet.oval((300, 128, 420, 248), hair)
    else:
        sheet.box((214, 250, 506, 640), hair, 120)
    sheet.box((300, 470, 420, 680), "#d6c3a1", 50)
    sheet.oval((60, 620, 660, 1240), coat)
    sheet.shape([(268, 640), (360, 790), (452, 640), (420, 616), (300, 616)], "#fbfaf7")
    sheet.oval((300, 596, 420, 690), "#d6c3a1")
    sheet.oval((236, 200, 484, 540), hair)
    sheet.oval((252, 262, 468, 556), _SAND)
    sheet.oval((244, 204, 476, 430), hair)
    sheet.oval((260, 306, 460, 500), _SAND)
    return sheet.png()


def okafor() -> bytes:
    return _person("#dfe7ee", "#b9cbdb", _BLUE, _INK, tied=True)


def brandao() -> bytes:
    return _person("#f0e4dc", "#dcb9ad", _RED, "#5b3a29", tied=False)


def waterworks() -> bytes:
    """A water tower among houses, at the edge of a strait."""
    sheet = _Sheet(1600, 900, "#e4ecf1")
    sheet.oval((1120, 150, 1320, 350), "#f3d9a0")
    hills = [
        (x, 520 - 60 * math.sin(x / 260) - 25 * math.sin(x / 90 + 1))
        for x in range(0, 1601, 8)
    ]
    sheet.shape([*hills, (1600, 900), (0, 900)], "#b6c8c4")
    for left, top, wide, fill in (
        (60, 520, 190, "#d8c8ae"),
        (270, 480, 150, "#c9a899"),
        (760, 500, 170, "#d8c8ae"),
        (950, 540, 210, "#c9a899"),
        (1200, 515, 150, "#d8c8ae"),
    ):
        sheet.box((left, top, left + wide, 700), fill)
        roof = [(left - 14, top), (left + wide / 2, top - 80), (left + wide + 14, top)]
        sheet.shape(roof, _RED)
        for window in range(left + 28, left + wide - 40, 58):
            sheet.box((window, top + 46, window + 30, top + 92), "#fbfaf7")
    for x, slant in ((500, 40), (580, 0), (660, -40)):
        sheet.shape(
            [(x + slant, 330), (x + slant + 18, 330), (x + 18, 700), (x, 700)], _INK
        )
    sheet.box((486, 500, 692, 514), _INK)
    sheet.box((470, 190, 708, 340), _BLUE, 18)
    sheet.shape([(452, 194), (589, 96), (726, 194)], _INK)
    sheet.box((496, 236, 682, 248), "#9cc3f5")
    sheet.box((0, 690, 1600, 900), "#33618f")
    for row in range(4):
        top = 716 + 46 * row
        for left in range(-80 + 70 * (row % 2), 1600, 140):
            sheet.box((left, top, left + 84, top + 7), "#7fa6c9", 3)
    return sheet.png()


OKAFOR = DemoPicture(
    okafor,
    "ilse-okafor.png",
    alt="Drawing of a woman with dark, tied-up hair in a blue coat, without a face.",
)
BRANDAO = DemoPicture(
    brandao,
    "tamsin-brandao.png",
    alt="Drawing of a woman with long brown hair in a red coat, without a face.",
)
WATERWORKS = DemoPicture(
    waterworks,
    "waterworks.png",
    alt="Drawing of a blue water tower among houses with red roofs, by the water.",
    caption="A waterworks by the Northern Strait",
)
