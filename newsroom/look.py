"""The mark and the accent of a deployment, and whether its accent can be read.

An accent is two colours, for light pages and for dark: none has 4.5 : 1 on both.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.core import checks

#: What text in the accent stands on: paper, sheet, tint and wash of site.css.
GROUNDS: Final = {
    "light": ("#fbfaf7", "#ffffff", "#f2efe7", "#efe2bf"),
    "dark": ("#14161a", "#1b1e23", "#1f2228", "#403a22"),
}
#: WCAG 2.2, success criterion 1.4.3.
READABLE: Final = 4.5
_STEPS = 50


@dataclass(frozen=True)
class Accent:
    """The colour of the brand on light and on dark pages, each as ``#rrggbb``."""

    light: str
    dark: str

    def css(self) -> str:
        """A style sheet that says so to the readers' site and to the desk."""
        light, both = self.light, f"light-dark({self.light}, {self.dark})"
        everywhere = ":root, html[data-theme]"
        return (
            f"{everywhere} {{ --accent: {light}; }}\n"
            "@supports (color: light-dark(#000, #fff)) {\n"
            f'  {everywhere}, :root:not([data-theme="light"]) {{ --accent: {both}; }}\n'
            "}\n"
        )


@dataclass(frozen=True)
class Mark:
    """The sign beside the name: a small picture, kept as it was read at the start."""

    content: bytes
    content_type: str

    @classmethod
    def read(cls, path: Path, content_type: str) -> Mark:
        return cls(path.read_bytes(), content_type)


def version(content: bytes) -> str:
    """What an address bears, so that a browser asks again when the content changed."""
    return hashlib.sha256(content).hexdigest()[:8]


def luminance(colour: str) -> float:
    """Relative luminance of ``#rrggbb``, WCAG 2.2."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The ratio of two colours, from 1 to 21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def least_contrast(colour: str, scheme: str) -> float:
    """The ratio on the ground on which a colour is hardest to read."""
    return min(contrast(colour, ground) for ground in GROUNDS[scheme])


def readable(colour: str, scheme: str) -> str:
    """The colour itself, or the nearest darker (on dark pages lighter) one to read."""
    towards = 0 if scheme == "light" else 255
    channels = [int(colour[i : i + 2], 16) for i in (1, 3, 5)]
    for step in range(_STEPS + 1):
        mixed = "#" + "".join(
            f"{round(one + (towards - one) * step / _STEPS):02x}" for one in channels
        )
        if least_contrast(mixed, scheme) >= READABLE:
            break
    return mixed


def accent_can_be_read(**_: Any) -> list[checks.CheckMessage]:
    """Refuse an accent whose words could not be read on a page of ours."""
    if settings.SITE_ACCENT is None:
        return []
    found: list[checks.CheckMessage] = []
    for scheme in GROUNDS:
        colour = getattr(settings.SITE_ACCENT, scheme)
        ratio = least_contrast(colour, scheme)
        if ratio < READABLE:
            better = "darker" if scheme == "light" else "lighter"
            found.append(
                checks.Error(
                    f"SITE_ACCENT cannot be read on {scheme} pages: {colour} has a "
                    f"contrast of {ratio:.1f} : 1, and {READABLE} : 1 is needed.",
                    hint=f"Choose a {better} colour for {scheme} pages; the nearest "
                    f"that can be read is {readable(colour, scheme)}.",
                    id="newsroom.E001",
                )
            )
    return found
