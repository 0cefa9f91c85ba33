"""The words of a text between its quotes, sentence by sentence.

A quote stands as one token in its sentence, so that “…,” she said, “…” is a sentence
of five tokens whatever was quoted.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import Any

from .lexicon import OPENERS, TITLES, word_set
from .marks import BREAK, Pair, paragraphs

# No sentence is longer; what is, is cut, so that every rule stays linear.
_LONGEST = 160
WORD, PUNCTUATION, QUOTE = "w", "p", "q"

_TOKEN = re.compile(
    r"(?:Under[ \u00a0\u202f]Secretary|First[ \u00a0\u202f]Lady)(?!\w)"
    r"|(?:[^\W\d_]\.){2,}"  # U.S., J.D.
    r"|[’'](?:s|d|ll|ve|re|m)(?!\w)"
    r"|@?\w+(?:[.&/-](?=\w)\w+|[’'](?!(?:s|d|ll|ve|re|m)(?!\w))(?=\w)\w+)*"
    r"|\.\.+|[^\w\s]"
)
# Ends with a stop and yet ends no sentence.
_SHORT = word_set(
    "mr mrs ms dr prof sen sens rep reps gov govs gen lt col sgt maj capt adm st jr sr "
    "rev hon no vs inc corp co ltd messrs jan feb mar apr jun jul aug sept sep oct nov "
    "dec u.s u.n u.k d.c e.u ph.d d r fla calif mass conn tenn ariz ill mich minn wis "
    "penn va pa md ga la ky okla ore colo ind kan neb nev tex wash ala ark del mo mont "
    "n.y n.j n.h n.c s.c r.i n.m w.va"
)
_STOPS = frozenset([".", "?", "!", "…", "。"])


def inside(place: int, spans: list[tuple[int, int]]) -> bool:
    """Does a place lie in one of these sorted spans?"""
    at = bisect_left(spans, (place + 1, 0)) - 1
    return at >= 0 and place < spans[at][1]


class Token:
    """A word, a punctuation mark, or a whole quote (then ``quote`` is its number)."""

    __slots__ = ("end", "kind", "low", "quote", "start", "text", "upper")

    def __init__(self, kind: str, start: int, end: int, text: str, quote: int = -1):
        self.kind = kind
        self.start = start
        self.end = end
        self.text = text
        self.low = text.lower()
        self.upper = kind == WORD and text[0].isupper()
        self.quote = quote

    def __repr__(self) -> str:
        return f"<{self.text if self.kind != QUOTE else f'Q{self.quote}'}>"


class Sentence:
    """Tokens from one stop to the next; ``paragraph`` is the number of its block.

    ``read`` keeps what a rule found in it that several steps ask for.
    """

    __slots__ = ("paragraph", "read", "tokens")

    def __init__(self, tokens: list[Token], paragraph: int):
        self.tokens = tokens
        self.paragraph = paragraph
        self.read: dict[str, Any] = {}


class Words:
    """A text as paragraphs of sentences of tokens, its quotes folded into tokens."""

    def __init__(self, text: str, quotes: list[Pair], skip: list[tuple[int, int]]):
        self.text = text
        self.quotes = quotes
        self.blocks = [
            (low, high) for low, high in paragraphs(text) if not inside(low, skip)
        ]
        self.sentences: list[Sentence] = []
        self.by_block: list[list[Sentence]] = []
        # The pieces of all quotes, outer ends included, in order.
        self._pieces: list[tuple[int, int, int]] = []
        for number, pair in enumerate(quotes):
            last = len(pair.pieces) - 1
            for place, (start, end) in enumerate(pair.pieces):
                self._pieces.append(
                    (
                        _outer(text, pair.opened, start) if place == 0 else start,
                        _outer(text, end, pair.closed_at, -1) if place == last else end,
                        number,
                    )
                )
        self._starts = [piece[0] for piece in self._pieces]
        for number, (low, high) in enumerate(self.blocks):
            made = self._sentences(_undated(self._tokens(low, high)), number)
            self.by_block.append(made)
            self.sentences.extend(made)

    def _tokens(self, low: int, high: int) -> list[Token]:
        tokens: list[Token] = []
        append = tokens.append
        position = low
        index = bisect_left(self._starts, low)
        text = self.text
        while True:
            piece = self._pieces[index] if index < len(self._pieces) else None
            stop = piece[0] if piece is not None and piece[0] < high else high
            for match in _TOKEN.finditer(text, position, stop):
                word = match[0]
                start, end = match.span()
                first = word[0]
                if first.isalnum() or first == "@" or len(word) > 1:
                    if end < stop and text[end] == ".":
                        base = word.lower()
                        if base in _SHORT or (len(word) == 1 and word.isupper()):
                            end += 1
                            word = text[start:end]
                    append(
                        Token(PUNCTUATION if first == "." else WORD, start, end, word)
                    )
                elif word == "&":
                    append(Token(WORD, start, end, word))
                elif word in "'’" and text[start - 1 : start] == "s" and tokens:
                    append(Token(WORD, start, end, "’s"))  # the ministers’ plan
                elif tokens and start < tokens[-1].end:
                    continue  # the stop already taken with an abbreviation
                else:
                    append(Token(PUNCTUATION, start, end, word))
            if piece is None or piece[0] >= high:
                return tokens
            append(
                Token(QUOTE, piece[0], piece[1], text[piece[0] : piece[1]], piece[2])
            )
            position = piece[1]
            index += 1

    def _sentences(self, tokens: list[Token], block: int) -> list[Sentence]:
        made: list[Sentence] = []
        current: list[Token] = []
        last = len(tokens) - 1
        for index, token in enumerate(tokens):
            current.append(token)
            # A plain word, the commonest token by far, breaks nothing.
            inner = token.kind == WORD and token.text[-1] != "."
            if index < last and (
                len(current) >= _LONGEST
                or (not inner and _breaks(token, tokens[index + 1]))
            ):
                made.append(Sentence(current, block))
                current = []
        if current:
            made.append(Sentence(current, block))
        return made


def _undated(tokens: list[Token]) -> list[Token]:
    """Tokens without a dateline: HARROWMERE, June 2 (VNA) — The ministry said …"""
    if len(tokens) < 4 or not tokens[0].text.isupper() or len(tokens[0].text) < 3:
        return tokens
    for index, token in enumerate(tokens[1:14], start=1):
        if token.kind == QUOTE or token.low in _STOPS or token.text == ":":
            return tokens
        if token.text in ("—", "–", "-", "―"):
            return tokens[index + 1 :] or tokens
        if token.kind == WORD and not (token.upper or token.text.isdigit()):
            return tokens
    return tokens


def _outer(text: str, low: int, high: int, side: int = 1) -> int:
    """Where a piece begins or ends with its mark, unless a line break parts them."""
    apart = BREAK.search(text, low, high) is not None
    if side < 0:
        return low if apart else high
    return high if apart else low


def closing(token: Token) -> str:
    """The last character of a quote before its closing marks: , . ? or a letter."""
    return token.text.rstrip("”\"'’»“ \u202f\xa0)」』")[-1:]


def _breaks(token: Token, after: Token) -> bool:
    """Does a sentence end between these two tokens?"""
    if token.kind == PUNCTUATION:
        if token.low in _STOPS or token.low[:2] == "..":
            if after.kind == WORD and not after.upper and after.low[0].isalpha():
                return False
            return after.kind != PUNCTUATION or after.text in "(["
        return False
    if token.kind == WORD:
        # "… of the U.S. He said": an abbreviation ends a sentence before an opener.
        return (
            token.text[-1] == "."
            and len(token.text) > 2
            and after.upper
            and after.low in OPENERS
            and token.low not in TITLES
        )
    end = closing(token)
    if end not in ".?!…":
        return False
    if after.kind == QUOTE:
        return True
    return after.upper or after.text in "([•"
