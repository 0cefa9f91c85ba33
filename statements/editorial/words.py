"""What is to be removed: one phrase wherever it stands, or every word."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from statements.markup.blanking import BLOCK, blanked

#: What stands where a text may not be empty: titles, notes, reasons.
REMOVED = "Removed by law."


@dataclass(frozen=True)
class Phrase:
    """Exact words, in any case, with any white space between them.

    ``loose`` finds them in addresses and file names too: ``left-the-room``.
    """

    words: str
    exact: re.Pattern[str] = field(init=False)
    loose: re.Pattern[str] = field(init=False)

    def __post_init__(self) -> None:
        parts = [re.escape(part) for part in self.words.split()]
        exact = re.compile(r"\s+".join(parts), re.IGNORECASE)
        plain = [re.escape(part) for part in re.findall(r"\w+", self.words)]
        loose = re.compile(r"[\W_]+".join(plain) or r"(?!)", re.IGNORECASE)
        object.__setattr__(self, "exact", exact)
        object.__setattr__(self, "loose", loose)

    def text(self, text: str, *, required: bool = False) -> str:
        return self.exact.sub(lambda found: blanked(found[0]), text)

    def address(self, text: str) -> str:
        """A slug, path or file name without the words."""
        return self.loose.sub("removed", text)

    def tells(self, value: str) -> bool:
        return bool(self.loose.search(value) or self.exact.search(value))

    def spans(self, text: str) -> list[tuple[int, int]]:
        return [found.span() for found in self.exact.finditer(text)]

    def kept(self, value: Any, fields: frozenset[str]) -> Any:
        """A value of the record or the audit: strings at any depth."""
        if isinstance(value, str):
            return self.address(value) if self.tells(value) else value
        if isinstance(value, list):
            return [self.kept(each, fields) for each in value]
        if isinstance(value, dict):
            return {key: self.kept(each, fields) for key, each in value.items()}
        return value


@dataclass(frozen=True)
class Everything:
    """Every word of a statement: nothing is left to tell how long they were."""

    words: str = ""

    def text(self, text: str, *, required: bool = False) -> str:
        return REMOVED if required and text else ""

    def address(self, text: str) -> str:
        return "removed"

    def tells(self, value: str) -> bool:
        return bool(value)

    def kept(self, value: Any, fields: frozenset[str]) -> Any:
        """What the audit keeps of a row: the fields that hold words, put out."""
        return {
            key: _out(each) if key in fields else each for key, each in value.items()
        }


type What = Phrase | Everything


def _out(value: Any) -> Any:
    if isinstance(value, list):
        return [_out(each) for each in value]
    return BLOCK if value is not None else None
