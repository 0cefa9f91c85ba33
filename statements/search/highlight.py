"""Hits as pieces of plain text, never as HTML: the template escapes and marks them."""

from __future__ import annotations

import itertools
import re
import secrets
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.db import connections

from statements.models import Quote

#: What ``public.quote_words`` takes out of a text before it is cut into words.
_TAKEN_OUT = frozenset("[]\u00ad\u200b\u200c\u200d\u2060\ufeff")

_HEADLINES = """
SELECT t.position - 1,
    CASE WHEN r.words <> '' THEN
        ts_headline(r.rules, t.words, r.words::tsquery, %s) END,
    CASE WHEN r.phrases <> '' THEN
        ts_headline(r.rules, t.words, r.phrases::tsquery, %s) END
FROM (
    SELECT position, public.quote_language(language) AS rules,
           public.quote_words(words) AS words
    FROM unnest(%s::text[], %s::text[]) WITH ORDINALITY AS u (language, words, position)
) t JOIN (
    SELECT ('public.quote_' || code)::regconfig AS rules, words, phrases
    FROM unnest(%s::text[], %s::text[], %s::text[]) AS u (code, words, phrases)
) r ON r.rules = t.rules
"""
_WORD = re.compile(r"[^\W_]+")


class Piece(NamedTuple):
    """Some words, and whether they are what was asked for."""

    text: str
    hit: bool


@dataclass(frozen=True, slots=True)
class Marker:
    """What to mark by one language's rules, as tsqueries; "" marks nothing."""

    code: str
    words: str
    phrases: str


def mark(
    quotes: Sequence[Quote],
    markers: Iterable[Marker],
    phrases: Sequence[str] = (),
    *,
    using: str = "default",
) -> None:
    """Set ``pieces`` on each quote: its whole text, with the hits marked.

    One query, for the quotes shown only; none if there is nothing to mark, and then
    ``pieces`` is empty. ``phrases`` are those of the question, as typed: PostgreSQL
    marks their words wherever they stand, and here only those standing together stay.
    """
    texts = [unicodedata.normalize("NFC", quote.words) for quote in quotes]
    markers = list(markers)
    for quote in quotes:
        quote.pieces = ()  # type: ignore[attr-defined]
    if not (quotes and markers):
        return
    # Random, so that no text can forge a mark.
    start, stop = f"<{secrets.token_hex(8)}>", f"<{secrets.token_hex(8)}>"
    options = f'HighlightAll=true, StartSel="{start}", StopSel="{stop}"'
    with connections[using].cursor() as cursor:
        cursor.execute(
            _HEADLINES,
            [
                options,
                options,
                [quote.language for quote in quotes],
                # ts_headline would drop "<what looks like a tag>".
                [text.replace("<", "‹") for text in texts],
                [marker.code for marker in markers],
                [marker.words for marker in markers],
                [marker.phrases for marker in markers],
            ],
        )
        for position, by_words, by_phrases in cursor.fetchall():
            text = texts[position]
            hits = _hits(text, by_words, start, stop)
            together = _hits(text, by_phrases, start, stop)
            for place in _together(text, together, phrases):
                hits[place] = True
            quotes[position].pieces = _pieces(text, hits)


def is_compound(word: str) -> bool:
    """Whether a word is several to PostgreSQL: Hay'at, anti-war."""
    return len(_WORD.findall(word)) > 1


def _hits(text: str, headline: str | None, start: str, stop: str) -> list[bool]:
    """For each character of a text, whether the headline has it inside a mark."""
    inside: list[bool] = []
    for piece in (headline or "").split(start):
        # Before the first mark there is no stop, and all of the piece lies outside.
        hit, stopped, rest = piece.partition(stop)
        inside += [bool(stopped)] * len(hit) + [False] * len(rest)
    hits = [False] * len(text)
    if len(inside) != sum(char not in _TAKEN_OUT for char in text):
        return hits  # no headline, or one that is not the text
    flags = iter(inside)
    for place, char in enumerate(text):
        if char not in _TAKEN_OUT:
            hits[place] = next(flags)
            if hits[place] and place and text[place - 1] == "[":
                hits[place - 1] = True
        elif place and char != "[":
            hits[place] = hits[place - 1]
    return hits


def _together(text: str, hits: list[bool], phrases: Sequence[str]) -> Iterable[int]:
    """Those places of hits where the words of a phrase stand together, in order.

    A word fits if it is the same, or a hit that begins alike ("ferries", "ferry").
    Where none fits, as in languages that bend the beginnings of words, all hits stay.
    """
    words = [
        (match.start(), match.end(), _fold(match[0])) for match in _WORD.finditer(text)
    ]
    found: set[int] = set()
    for phrase in phrases:
        wanted = [_fold(word) for word in _WORD.findall(phrase)]
        for first in range(len(words) - len(wanted) + 1):
            window = words[first : first + len(wanted)]
            if (
                window
                and all(
                    word == other or (hits[start] and _begin_alike(word, other))
                    for (start, _, word), other in zip(window, wanted, strict=True)
                )
                and any(hits[start] for start, _, _ in window)
            ):
                found.update(range(window[0][0], window[-1][1]))
    return found or (place for place, hit in enumerate(hits) if hit)


def _begin_alike(word: str, other: str) -> bool:
    shortest = min(3, len(word), len(other))
    return word[:shortest] == other[:shortest]


def _fold(word: str) -> str:
    plain = unicodedata.normalize("NFKD", word.casefold())
    return "".join(char for char in plain if not unicodedata.combining(char))


def _pieces(text: str, hits: list[bool]) -> tuple[Piece, ...]:
    pieces = []
    for hit, group in itertools.groupby(zip(text, hits, strict=True), lambda c: c[1]):
        pieces.append(Piece("".join(char for char, _ in group), hit))
    return tuple(pieces)
