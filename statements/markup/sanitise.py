"""The allow-list: the only place that says which HTML may be stored.

A source is read by our own tokeniser, rebuilt by ``builder`` as blocks and runs, and
then passed through nh3, whose output is what is stored, byte for byte. Both steps
are repeated until neither changes anything, so a stored body never changes again.
"""

import re
from collections import Counter
from html import escape

import nh3

from .attributes import (
    LANGUAGE,
    LINK_SCHEMES,
    SMALL_NUMBER,
    START,
    link,
    source_link,
)
from .builder import build
from .characters import Unclean, check_length, check_source, invisible
from .pieces import PERMALINK, serialise
from .tokens import Text, tokens

__all__ = ["Unclean", "clean", "from_text", "is_html", "taken_out"]

TAGS = frozenset(
    {
        "a",
        "blockquote",
        "br",
        "caption",
        "cite",
        "em",
        "figcaption",
        "figure",
        "h2",
        "h3",
        "h4",
        "hr",
        "li",
        "ol",
        "p",
        "span",
        "strong",
        "sub",
        "sup",
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

ATTRIBUTES = {
    "*": {"lang", "dir"},
    "a": {"href", "rel"},
    "blockquote": {"cite"},
    "ol": {"start"},
    "span": {"data-quote"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
}

_VALUES = {
    "colspan": SMALL_NUMBER,
    "data-quote": PERMALINK,
    "dir": re.compile(r"ltr|rtl|auto"),
    "lang": LANGUAGE,
    "rel": re.compile(r"noopener"),
    "rowspan": SMALL_NUMBER,
    "scope": re.compile(r"(?:col|row)(?:group)?"),
    "start": START,
}

#: Rounds until a body must have settled. The second only confirms the first, in
#: every trial so far.
_ROUNDS = 5

_MARKUP = re.compile(
    r"<(?:!--|!doctype\b|/?(?:a|abbr|article|b|blockquote|body|br|center|code|dd|div|dl"
    r"|dt|em|figcaption|figure|font|footer|h[1-6]|head|header|hr|html|i|iframe|img|li"
    r"|main|meta|ol|p|pre|q|script|section|small|span|strike|strong|style|sub|sup|svg"
    r"|table|tbody|td|tfoot|th|thead|title|tr|u|ul)(?:[\s/][^<>]*)?>)",
    re.IGNORECASE,
)


def _attribute(tag: str, name: str, value: str) -> str | None:
    """The second look at each attribute, inside nh3: its value, or None to drop it.

    nh3 itself looks at no address but ``href`` and ``src``; ``cite`` is judged here.
    """
    if name == "href":
        return link(value) or None
    if name == "cite":
        return source_link(value) or None
    return value if _VALUES[name].fullmatch(value) else None


_CLEANER = nh3.Cleaner(
    tags=set(TAGS),
    attributes={tag: set(names) for tag, names in ATTRIBUTES.items()},
    attribute_filter=_attribute,
    url_schemes=set(LINK_SCHEMES),
    link_rel=None,
    strip_comments=True,
)


def clean(html: str) -> str:
    """Give any HTML the form in which it may be stored.

    ``clean(clean(x)) == clean(x)``. Kept are paragraphs, headings (h1 becomes h2),
    quotations, lists, tables, figures with captions, strong, em, links, sup, sub,
    cite, and spans with ``data-quote``, ``lang`` or ``dir``. <b> and <i> become
    strong and em, <q> gets typed quotation marks, bare text and <div> become
    paragraphs, two <br> in a row begin a new one. White space is one space, never at
    the edge of a line; text nodes hold no line end, so the projection may take them
    as they are. NFC. The text of scripts, styles and embedded objects is dropped.

    Raises Unclean above 2,000,000 characters, and for NUL, lone surrogates and bidi
    overrides (see ``characters`` for what is kept, taken out and refused).
    """
    check_source(html)
    body = html
    for _ in range(_ROUNDS):
        written = serialise(build(body))
        check_length(written)
        safe = _CLEANER.clean(written)
        if safe == body:
            return safe
        body = safe
    raise Unclean(
        "The markup of this text is too tangled to be stored safely. "
        "Paste it as plain text."
    )


def from_text(text: str) -> str:
    """Turn plain text into a body: every line that is not empty is a paragraph."""
    check_source(text)
    lines = (line for line in text.splitlines() if line.strip())
    return clean("".join(f"<p>{escape(line, quote=False)}</p>" for line in lines))


def is_html(text: str) -> bool:
    """Does a pasted string carry markup? A tag that HTML knows, or a comment.

    ``a < b``, ``<press@example.org>`` and ``AT&amp;T`` are text.
    """
    return _MARKUP.search(text) is not None


def taken_out(html: str) -> Counter[str]:
    """Invisible characters that are taken out of a source, counted by name.

    Of HTML by ``clean``, of plain text by ``from_text``.
    """
    if not is_html(html):
        return invisible(html)
    found: Counter[str] = Counter()
    for token in tokens(html):
        if isinstance(token, Text):
            found += invisible(token.text)
    return found
