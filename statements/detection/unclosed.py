"""Quotes that were never closed, and quotes in single straight marks.

Both are read only where nothing else explains the marks: a quotation mark that opens
and never closes ends where a tag shows it, and ' counts as a mark only in a paragraph
that has no other.
"""

from __future__ import annotations

import re
from dataclasses import replace

from .marks import Pair, paragraphs

# “I have said it, Konrad Fell told reporters: the tag shows where the words end.
_NAME = r"[^\W\d_a-z][\w.’'-]{0,30}(?:[ \xa0\u202f][^\W\d_a-z][\w.’'-]{0,30}){0,4}"
_SAYING = (
    r"(?:said|says|told|added|adds|wrote|writes|asked|asks|replied|replies|explained"
    r"|warned|insisted|continued|argued|tweeted|announced|declared|stressed|noted)"
)
_TAG = re.compile(
    rf",[ \xa0\u202f](?:(?:{_NAME}|he|she|they)[ \xa0\u202f]{_SAYING}"
    rf"|{_SAYING}[ \xa0\u202f]{_NAME})\b"
)
_REACH = 600  # code points after the mark in which the tag must stand
_OPENING = re.compile(r"(?<![\w.,!?’”\"'])'(?=[^\W\d_a-z])")
_CLOSING = re.compile(r"(?<=[,.?!…])'(?![\w'])")
_OTHER = re.compile("[\"“”„«»‘]|''")


def ended(text: str, found: list[Pair]) -> list[Pair]:
    """The pairs, those without a closing mark cut where a tag begins."""
    return [pair if pair.closed else _cut(text, pair) for pair in found]


def _cut(text: str, pair: Pair) -> Pair:
    if len(pair.pieces) > 1 or pair.single:
        return pair
    tag = _TAG.search(text, pair.start, min(pair.end, pair.start + _REACH))
    if tag is None or "\n" in text[pair.start : tag.start()]:
        return pair
    end = tag.start() + 1
    return replace(pair, end=end, closed_at=end, pieces=((pair.start, end),))


def straight(text: str, found: list[Pair]) -> list[Pair]:
    """The pairs, with '…' of paragraphs that have no other marks.

    'The lamp is old,' Okafor said: a capital opens, a stop or comma comes before the
    mark that closes, so that neither the keepers' lamp nor '90s is one.
    """
    if _CLOSING.search(text) is None or _OPENING.search(text) is None:
        return found
    more: list[Pair] = []
    for low, high in paragraphs(text):
        if text.find("'", low, high) < 0 or _OTHER.search(text, low, high):
            continue
        place = low
        while (opens := _OPENING.search(text, place, high)) is not None:
            closes = _CLOSING.search(text, opens.end(), high)
            if closes is None:
                break
            start, end, place = opens.end(), closes.start(), closes.end()
            more.append(
                Pair(opens.start(), start, end, place, True, True, ((start, end),))
            )
    if not more:
        return found
    return sorted([*found, *more], key=lambda pair: pair.opened)
