"""Texts that would run if a page took them for markup, with a word to find them by."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

#: The longest first, so that a field gets the worst that it has room for.
_SHAPES = (
    "{word}'\"></textarea></title></style></script><script>hit({n})</script>"
    "<img src=x: onerror=hit({n})>{{{{7*7}}}}<!--",
    "{word}\" autofocus onfocus=hit({n}) x='<svg><script>hit({n})</script>&lt;b&gt;",
    "{word}</script><script>hit({n})</script><b onclick=hit({n})>",
    "{word}'\"><img src=x: onerror=hit({n})>",
    "{word}<svg onload=hit({n})>",
    "{word}<b>&lt;",
    "{word}",
)


@dataclass
class Texts:
    """Hostile texts, each made for one field and remembered by its word."""

    made: dict[str, str] = field(default_factory=dict)
    fields: dict[str, str] = field(default_factory=dict)

    def make(self, name: str, room: int) -> str:
        """The next text for a field, of at most ``room`` characters."""
        number = len(self.made)
        word = f"zq{number:03}x"
        shapes = [each.format(word=word, n=number) for each in _SHAPES]
        fitting = [each for each in shapes if len(each) <= room]
        # In turn, so that each shape stands in many places.
        text = fitting[number % 2 if len(fitting) > 4 else 0]
        self.made[word] = text
        self.fields[word] = name
        return text

    def address(self, name: str) -> str:
        """A script in place of an address."""
        number = len(self.made)
        word = f"zq{number:03}x"
        self.made[word] = f"javascript:hit({number})//{word}"
        self.fields[word] = name
        return self.made[word]


WORD = re.compile(r"zq\d{3}x")
