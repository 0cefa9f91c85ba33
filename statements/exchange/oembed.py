"""oEmbed 1.0: how another site shows a page of ours, as JSON or XML."""

from __future__ import annotations

import json
from collections.abc import Mapping
from html import escape

from .xml import content, plain

#: What a frame is wide when nobody asks for less, and the least that can be read.
WIDTH, NARROWEST = 600, 220
#: Signs of a serif of 21 pixels in a pixel of width; what stands around the words.
_SIGNS, _LINE, _AROUND = 0.098, 31, 190

type Value = str | int


def height(words: str, width: int) -> int:
    """How tall a frame has to be to show the words; too tall rather than too low."""
    lines = len(words) // max(1, int((width - 48) * _SIGNS)) + 1
    return _AROUND + _LINE * min(lines, 40)


def frame(url: str, title: str, width: int, tall: int) -> str:
    """The element that shows a page of ours on a page of others."""
    return (
        f'<iframe src="{escape(url)}" width="{width}" height="{tall}"'
        f' title="{escape(plain(title))}" loading="lazy" referrerpolicy="no-referrer"'
        ' frameborder="0"></iframe>'
    )


def as_json(values: Mapping[str, Value]) -> str:
    return json.dumps(values, ensure_ascii=False)


def as_xml(values: Mapping[str, Value]) -> str:
    inner = "".join(
        f"<{name}>{content(str(value))}</{name}>" for name, value in values.items()
    )
    return (
        '<?xml version="1.0" encoding="utf-8" standalone="yes"?>\n'
        f"<oembed>{inner}</oembed>\n"
    )
