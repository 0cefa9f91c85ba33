"""Text inside XML: escaped, and without the characters that XML 1.0 has not."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape

_NO_CHARACTER = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def plain(text: str) -> str:
    """The text without what no XML may hold: a form feed, a lone surrogate."""
    return _NO_CHARACTER.sub("", text)


def content(text: str) -> str:
    """The text as it stands between two tags."""
    return escape(plain(text))
