"""How much of a text stands in another: the same words in the same order.

A statement that was entered twice, or re-issued with a new first line, shares most of
its runs of five words; two statements on one matter share few.
"""

from __future__ import annotations

import re

#: So many words in a row are one run.
_RUN = 5
#: Texts of fewer words are alike by chance.
_FEWEST = 40
#: Of longer texts only so many words are compared.
_MOST = 4000
_WORD = re.compile(r"[^\W_]+")

type Runs = frozenset[int]


def runs(text: str) -> Runs:
    """What is compared of a text; empty for a short one."""
    words = [match[0].casefold() for match in _WORD.finditer(text)][:_MOST]
    if len(words) < _FEWEST:
        return frozenset()
    return frozenset(
        hash(tuple(words[place : place + _RUN]))
        for place in range(len(words) - _RUN + 1)
    )


def shared(one: Runs, other: Runs) -> float:
    """The part of the shorter text that stands in the other, from 0 to 1."""
    fewer = min(len(one), len(other))
    return len(one & other) / fewer if fewer else 0.0
