"""How many slips lie between what was typed and what may have been meant."""

from __future__ import annotations

import re
import unicodedata

_WORD = re.compile(r"[^\W_]+")


def words(text: str) -> list[str]:
    """A text's words without case and accents: "Hay’at, São" is hay, at, sao."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return _WORD.findall(
        "".join(char for char in plain if not unicodedata.combining(char))
    )


def slips(typed: str, meant: str) -> int | None:
    """Slips between a name as typed and one that is written right; None for too many.

    Every word typed must be like one of the name: okafro is like Ilse Okafor by one.
    """
    others = words(meant)
    total = 0
    for word in words(typed):
        nearest = min((distance(word, other) for other in others), default=len(word))
        if nearest > _allowed(word):
            return None
        total += nearest
    return total


def distance(one: str, other: str) -> int:
    """Letters added, left out or mistaken, and neighbours that changed places.

    The optimal string alignment distance; ``okafro`` and ``okafor`` are one apart.
    """
    before: list[int] = []
    last = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        row = [i]
        for j, facing in enumerate(other, 1):
            best = min(last[j] + 1, row[-1] + 1, last[j - 1] + (letter != facing))
            if i > 1 and j > 1 and (letter, one[i - 2]) == (other[j - 2], facing):
                best = min(best, before[j - 2] + 1)
            row.append(best)
        before, last = last, row
    return last[-1]


def swapped(number: str) -> list[str]:
    """The numbers that differ by two neighbouring digits: 2471 may be 2417."""
    found = [
        number[:i] + number[i + 1] + number[i] + number[i + 2 :]
        for i in range(len(number) - 1)
        if number[i] != number[i + 1]
    ]
    return [other for other in found if not other.startswith("0")]


def _allowed(word: str) -> int:
    """Of a short word every letter counts."""
    if len(word) < 3:
        return 0
    return 1 if len(word) < 6 else 2
