"""A body as a flat list of block tags and runs of text, and back.

No tree and no recursion: blocks are opened and closed by Tag pieces, and what
stands inside them are Runs, texts that carry the quotes and the formatting they lie
in. Because a run knows all its marks, any set of quotes over any formatting can be
written with valid nesting: quotes outermost, then language, link, strong, em, cite,
sup or sub. The same body always gives the same HTML.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from html import escape
from typing import NamedTuple

from .tokens import Close, Open, Text, tokens

#: Elements that end the line of text before them and after them.
BLOCKS = frozenset(
    {
        "blockquote",
        "caption",
        "figcaption",
        "figure",
        "h2",
        "h3",
        "h4",
        "hr",
        "li",
        "ol",
        "p",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    }
)

#: Formatting, in the order in which it nests; a span with lang or dir is outside it.
FORMATS = ("a", "strong", "em", "cite", "sup", "sub")

_ATTRIBUTES = (
    "href",
    "cite",
    "rel",
    "start",
    "colspan",
    "rowspan",
    "scope",
    "lang",
    "dir",
)

#: A permalink: ten characters of Crockford's base 32, in capitals.
PERMALINK = re.compile(r"[0-9A-HJKMNP-TV-Z]{10}")

#: More quotes than this over the same words are nobody's reading of a text.
DEEPEST = 8


class Tag(NamedTuple):
    """The start, end or whole of a block: ``<ul>``, ``</ul>``, ``<hr>``."""

    name: str
    html: str
    step: int  # +1 opens, -1 closes, 0 is void


class Run(NamedTuple):
    """A text in one leaf block with one set of marks; "\\n" alone is a <br>.

    ``quotes`` are permalinks; ``marks`` are start tags in the order of FORMATS.
    """

    text: str
    quotes: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()


type Piece = Tag | Run


def start_tag(name: str, attributes: dict[str, str]) -> str:
    """Write a start tag with its attributes in one fixed order."""
    if not attributes:
        return f"<{name}>"
    written = [
        f' {key}="{escape(attributes[key], quote=True)}"'
        for key in _ATTRIBUTES
        if attributes.get(key)
    ]
    return f"<{name}{''.join(written)}>"


def text_html(text: str) -> str:
    """Escape a text as a browser would serialise it."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace("\u00a0", "&nbsp;")


def parse(html: str) -> list[Piece]:
    """Read a clean body; what no clean body holds is passed over."""
    pieces: list[Piece] = []
    opened: list[tuple[str, str, str]] = []  # name, permalink, start tag
    quotes: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    for token in tokens(html):
        match token:
            case Text(text):
                if "\n" in text:  # only ever between blocks: layout, not text
                    text = text.replace("\n", "")
                if text:
                    pieces.append(Run(text, quotes, marks))
                continue
            case Open("br"):
                pieces.append(Run("\n", quotes, marks))
                continue
            case Open(name, attributes) if name in BLOCKS:
                written = start_tag(name, attributes)
                pieces.append(Tag(name, written, 0 if name == "hr" else 1))
                continue
            case Close(name) if name in BLOCKS:
                pieces.append(Tag(name, f"</{name}>", -1))
                continue
            case Open(name, attributes) if name == "span" or name in FORMATS:
                quote = attributes.get("data-quote", "")
                opened.append(
                    (name, quote, "" if quote else start_tag(name, attributes))
                )
            case Close(name) if opened and opened[-1][0] == name:
                opened.pop()
            case _:
                continue
        quotes = tuple(quote for _, quote, _ in opened if quote)
        marks = tuple(mark for *_, mark in opened if mark)
    return pieces


def serialise(
    pieces: Iterable[Piece],
    open_quote: Callable[[str], str] = '<span data-quote="{}">'.format,
) -> str:
    """Write the HTML of a body, one top-level block a line.

    ``open_quote`` gives the start tag of each piece of a quote; it is closed as a
    span.
    """
    pieces = list(pieces)
    order = _nesting(pieces)
    written: list[str] = []
    opened: list[tuple[str, str]] = []  # key, end tag
    depth = 0
    for piece in pieces:
        if isinstance(piece, Tag):
            _close_to(0, opened, written)
            if depth == 0 and written:
                written.append("\n")
            written.append(piece.html)
            depth += piece.step
            continue
        quotes = piece.quotes
        if len(quotes) > 1:
            quotes = tuple(sorted(quotes, key=order.__getitem__))
        keys = (*quotes, *piece.marks)
        common = 0
        for (key, _), wanted in zip(opened, keys, strict=False):
            if key != wanted:
                break
            common += 1
        _close_to(common, opened, written)
        for index in range(common, len(keys)):
            key = keys[index]
            if index < len(quotes):
                written.append(open_quote(key))
                opened.append((key, "</span>"))
            else:
                written.append(key)
                name = key[1:].partition(" ")[0].rstrip(">")
                opened.append((key, f"</{name}>"))
        written.append("<br>" if piece.text == "\n" else text_html(piece.text))
    _close_to(0, opened, written)
    return "".join(written)


def _close_to(common: int, opened: list[tuple[str, str]], written: list[str]) -> None:
    while len(opened) > common:
        written.append(opened.pop()[1])


def _nesting(pieces: list[Piece]) -> dict[str, tuple[int, int, str]]:
    """Sort key of each quote: first begun outermost, then longest, then by name."""
    first: dict[str, int] = {}
    last: dict[str, int] = {}
    for index, piece in enumerate(pieces):
        if isinstance(piece, Run):
            for quote in piece.quotes:
                first.setdefault(quote, index)
                last[quote] = index
    return {quote: (first[quote], -last[quote], quote) for quote in first}


def placed(pieces: Iterable[Piece]) -> Iterator[tuple[int, Piece]]:
    """Each piece with the code point of the projection at which it begins.

    A block boundary between two texts counts as one "\\n"; it stands before the
    run that follows. Tags have the place of the text before them.
    """
    place = 0
    boundary = False
    for piece in pieces:
        if isinstance(piece, Tag):
            boundary = True
            yield place, piece
        else:
            if boundary and place:
                place += 1
            boundary = False
            yield place, piece
            place += len(piece.text)
