"""The tags and texts of an HTML source, in order, in linear time.

The tokeniser exists because both parsers at hand can be made to crawl: html5ever
(behind nh3) walks its stack of open elements for every tag, and the standard
library's HTMLParser rescans unclosed tags. Here every character is looked at a
bounded number of times, whatever the source; nh3 then only ever sees what
``sanitise`` rebuilt from these tokens.
"""

import re
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

#: Attributes anything reads; all others are forgotten at once.
KEPT = frozenset(
    {
        "cite",
        "colspan",
        "data-quote",
        "dir",
        "href",
        "lang",
        "rel",
        "rowspan",
        "scope",
        "start",
        "style",
    }
)

#: Elements whose content is never text of a statement. A browser reads the first
#: group as raw text up to the end of the source; the second only counts when closed.
RAW = frozenset(
    {
        "iframe",
        "noembed",
        "noframes",
        "noscript",
        "plaintext",
        "script",
        "style",
        "textarea",
        "title",
        "xmp",
    }
)
SWALLOWED = frozenset(
    {
        "applet",
        "audio",
        "canvas",
        "datalist",
        "head",
        "math",
        "object",
        "select",
        "svg",
        "template",
        "video",
        "xml",
    }
)

_NAME = re.compile(r"[A-Za-z][^\s/><]*")
# Stray quotation marks, slashes and equals signs between attributes are skipped;
# an unclosed quoted value counts as none, so that the text behind it survives.
_ATTRIBUTE = re.compile(
    r"""[\s/"'=]*([^\s/>=<"'][^\s/>=<]*)"""
    r"""(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"'<][^\s><]*))?)?"""
)
_END = re.compile(r"""[\s/"'=]*>""")
_COMMENT_END = re.compile(r"--!?>")
# A reference in an address needs its semicolon: "?a=1&copy=2" is no copyright sign.
_REFERENCE = re.compile(r"&(?:#\d+;?|#[xX][0-9A-Fa-f]+;?|[A-Za-z][A-Za-z0-9]*;)")


class Text(NamedTuple):
    """A text between two tags, character references resolved."""

    text: str


class Open(NamedTuple):
    """A start tag: its name in lower case and those attributes that are kept."""

    name: str
    attributes: dict[str, str]


class Close(NamedTuple):
    """An end tag."""

    name: str


type Token = Text | Open | Close

NO_ATTRIBUTES: dict[str, str] = {}


def tokens(html: str) -> Iterator[Token]:
    """Yield the tokens of any string whatever; nothing raises.

    Comments, declarations and processing instructions vanish, and so does the
    content of scripts, styles and the like. A "<" that starts no complete tag is
    text.
    """
    size = len(html)
    text_from = position = 0  # where the current text began, and how far we are
    absent: set[str] = set()  # what is known not to come any more
    while (lower := html.find("<", position)) >= 0:
        follower = html[lower + 1 : lower + 2]
        token: Open | Close | None = None
        if follower == "/":
            end = -1 if ">" in absent else html.find(">", lower)
            if end < 0:
                absent.add(">")
                position = lower + 2
                continue
            if name := _NAME.match(html, lower + 2):
                token = Close(name[0].lower())
            after = end + 1
        elif follower in ("!", "?"):
            after = _after_declaration(html, lower)
        elif name := _NAME.match(html, lower + 1):
            attributes, after, complete = _attributes(html, name.end())
            if not complete:
                # Going on behind everything looked at keeps the time linear.
                position = after
                continue
            token = Open(name[0].lower(), attributes)
        else:
            position = lower + 1
            continue
        if lower > text_from:
            yield Text(_resolved(html[text_from:lower]))
        text_from = position = after
        if token is None:
            continue
        yield token
        if isinstance(token, Open) and token.name in _ENDS and token.name not in absent:
            after = _after_element(html, token.name, position)
            if after >= 0:
                yield Close(token.name)
                text_from = position = after
            elif token.name in RAW:
                return
            else:
                absent.add(token.name)
    if text_from < size:
        yield Text(_resolved(html[text_from:]))


def _attributes(html: str, position: int) -> tuple[dict[str, str], int, bool]:
    """Attributes from here on, where they end, and whether the tag is closed."""
    if html.startswith(">", position):
        return NO_ATTRIBUTES, position + 1, True
    found: dict[str, str] = {}
    while match := _ATTRIBUTE.match(html, position):
        name = match[1].lower()
        if name in KEPT and name not in found:
            value = match[2] or match[3] or match[4] or ""
            if "&" in value:
                value = _REFERENCE.sub(lambda each: unescape(each[0]), value)
            found[name] = value
        position = match.end()
    end = _END.match(html, position)
    if end is None:
        return found, position, False
    return found, end.end(), True


def _after_declaration(html: str, lower: int) -> int:
    """Where the comment, doctype or processing instruction at ``lower`` is over."""
    if not html.startswith("<!--", lower):
        end = html.find(">", lower)
        return len(html) if end < 0 else end + 1
    for empty in ("<!-->", "<!--->"):
        if html.startswith(empty, lower):
            return lower + len(empty)
    match = _COMMENT_END.search(html, lower + 4)
    return len(html) if match is None else match.end()


def _after_element(html: str, name: str, position: int) -> int:
    """Where the end tag of ``name`` is over; -1 if there is none."""
    match = _ENDS[name].search(html, position)
    if match is None:
        return -1
    end = html.find(">", match.start())
    return len(html) if end < 0 else end + 1


_ENDS = {
    name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE) for name in RAW | SWALLOWED
}


def _resolved(text: str) -> str:
    return unescape(text) if "&" in text else text
