"""The links of a body: where each leads, and the words that are clicked."""

import re
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

from .pieces import Run, parse, placed

_HREF = re.compile(r'href="([^"]*)"')


class Hyperlink(NamedTuple):
    """``start`` and ``end`` are places in the projection of the body."""

    href: str
    start: int
    end: int
    words: str


def hyperlinks(html: str) -> Iterator[Hyperlink]:
    """The links in the order of the text; runs of one link are told as one."""
    if "href=" not in html:
        return
    last: Hyperlink | None = None
    for place, piece in placed(parse(html)):
        if not isinstance(piece, Run):
            continue
        anchor = next((mark for mark in piece.marks if mark.startswith("<a ")), "")
        found = _HREF.search(anchor)
        if found is None:
            continue
        href, end = unescape(found[1]), place + len(piece.text)
        if last is not None and last.href == href and last.end == place:
            last = last._replace(end=end, words=last.words + piece.text)
            continue
        if last is not None:
            yield last
        last = Hyperlink(href, place, end, piece.text)
    if last is not None:
        yield last
