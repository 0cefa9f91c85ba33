"""``make handbook``: the pictures of the editors' handbook, taken from the desk itself.

It fills a database of its own with the demo's country, opens each page in Chromium as
the colleague who works on it, and writes ``docs/images/desk-*.png``. It is no test, and
runs only when it is named.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.test import Client
from PIL import Image

from . import pages
from .pages import World

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

IMAGES = Path(__file__).parents[2] / "docs" / "images"
#: So many colours are enough for text on paper, and make a picture small.
COLOURS = 224
LARGEST = 60_000

WIDE = {"width": 1120, "height": 720}
PHONE = {"width": 360, "height": 720}


@dataclass(frozen=True)
class Picture:
    """A picture: who sits at the desk, which page, and what is pressed before."""

    who: str
    where: Callable[[World], str]
    press: tuple[str, ...] = ()
    size: tuple[tuple[str, int], ...] = tuple(WIDE.items())


def _step(name: str, step: str) -> Callable[[World], str]:
    return lambda world: world.step(name, step)


#: By the names of their files.
PICTURES = {
    "desk-first": Picture("petra", lambda world: "/admin/"),
    "desk-write": Picture("amina", _step("draft", "write"), ("F2",)),
    "desk-quotes": Picture("amina", _step("draft", "quotes")),
    "desk-check": Picture("amina", _step("correction", "check")),
    "desk-review": Picture("petra", _step("in_review", "review")),
    "desk-publish": Picture("petra", _step("approved", "publish")),
    "desk-compare": Picture("amina", _step("corrected", "compare")),
    "desk-statements": Picture("edgar", lambda world: "/admin/statements/article/"),
    "desk-phone": Picture(
        "petra", _step("in_review", "review"), size=tuple(PHONE.items())
    ),
}


def test_take_the_pictures(page, live_server, settings):
    world = pages.make()
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    for name, picture in PICTURES.items():
        client = Client()
        client.force_login(world.staff[picture.who])
        value = client.cookies[settings.SESSION_COOKIE_NAME].value
        page.context.clear_cookies()
        page.context.add_cookies(
            [
                {
                    "name": settings.SESSION_COOKIE_NAME,
                    "value": value,
                    "url": live_server.url,
                }
            ]
        )
        page.set_viewport_size(dict(picture.size))
        assert page.goto(live_server.url + picture.where(world)).ok, name
        page.wait_for_load_state("networkidle")
        for key in picture.press:
            page.keyboard.press(key)
        small = _small(page.screenshot())
        assert len(small) <= LARGEST, f"{name} has {len(small)} bytes."
        (IMAGES / f"{name}.png").write_bytes(small)
        print(f"docs/images/{name}.png  {len(small):,} bytes")


def _small(png: bytes) -> bytes:
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    few = picture.quantize(COLOURS, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    out = io.BytesIO()
    few.save(out, "PNG", optimize=True)
    return out.getvalue()
