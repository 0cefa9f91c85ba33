"""What a named source said in the writer's words: Okafor said that the Strait is open.

Only whole clauses, with a name beside a verb of saying, in sentences without marks.
Such a finding tells who said what; no words of it are anybody's own.
"""

from __future__ import annotations

from dataclasses import dataclass

from .clauses import told
from .cues import VERBS, is_finite
from .findings import Span
from .lexicon import word_set
from .phrases import Phrase
from .sources import Source
from .words import QUOTE, WORD, Sentence, Token, Words

_FEWEST = 4  # words of a clause that says something
_OPENS = word_set(
    "the a an this these those he she it they we there his her its their our all no "
    "both some many more most two three"
)
# Verbs that take a clause without "that": not "urged the rest of the party to".
_CLAUSAL = word_set(
    "say claim announce note add insist warn argue admit acknowledge concede reveal "
    "predict confirm agree maintain contend suggest explain report assert declare"
)
_FAR = 9  # words between the verb and its "that"


@dataclass(frozen=True, slots=True)
class Reported:
    """A clause and the phrase that says it."""

    span: Span
    source: Source
    paragraph: int


def find(words: Words) -> list[Reported]:
    """The reported clauses of a text, in order, at most one a sentence."""
    found: list[Reported] = []
    for sentence in words.sentences:
        tokens = sentence.tokens
        if len(tokens) < _FEWEST + 2 or any(t.kind == QUOTE for t in tokens):
            continue
        said = told(sentence)
        if said is None or said.cue is None or said.phrase.kind != "name":
            continue
        place = _clause(sentence, said)
        if place is None:
            continue
        low, high = place
        inside = tokens[low:high]
        if sum(token.kind == WORD for token in inside) < _FEWEST:
            continue
        if not any(is_finite(tokens, index) for index in range(low, high)):
            continue
        span = Span(inside[0].start, inside[-1].end)
        found.append(Reported(span, said, sentence.paragraph))
    return found


def _clause(sentence: Sentence, said: Source) -> tuple[int, int] | None:
    """The tokens that are reported: after the verb, or before the tag."""
    tokens, phrase, cue = sentence.tokens, said.phrase, said.cue
    verb = next((i for i, token in enumerate(tokens) if token is cue), 0)
    end = len(tokens)
    if end and tokens[-1].kind != WORD:
        end -= 1
    if said.rule == "according-to":
        return _according(tokens, phrase, verb, end)
    if phrase.first > verb:  # …, said Okafor
        return (0, verb - 1) if verb and tokens[verb - 1].text == "," else None
    that = next(
        (
            i
            for i in range(verb + 1, min(verb + _FAR, end))
            if tokens[i].low == "that" and i + 1 < end
        ),
        None,
    )
    if that is not None:
        return that + 1, end
    after = tokens[verb + 1] if verb + 1 < end else None
    if after is None or after.text in (",", "—"):
        first = phrase.first - 1
        tag = first > 0 and tokens[first].text in (",", "—")
        return (0, first) if tag else None
    known = VERBS.get(tokens[verb].low)
    if known is None or known.base not in _CLAUSAL:
        return None
    opens = after.low in _OPENS or after.upper
    return (verb + 1, end) if opens else None


def _according(
    tokens: list[Token], phrase: Phrase, cue: int, end: int
) -> tuple[int, int] | None:
    """According to Okafor, the Strait is open · The Strait is open, according to …"""
    if cue > 1:
        stop = cue - 1 if tokens[cue - 1].text == "," else cue
        return 0, stop
    comma = next(
        (i for i in range(phrase.last + 1, end) if tokens[i].text == ","), None
    )
    return None if comma is None else (comma + 1, end)
