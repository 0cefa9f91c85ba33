"""What says a quote: a phrase of the text, the cue beside it, the rule that saw it."""

from __future__ import annotations

from dataclasses import dataclass

from .phrases import Phrase
from .words import WORD, Sentence, Token

DASHES = frozenset("-–—―‒~")


@dataclass(frozen=True, slots=True)
class Source:
    """The phrase that says a quote, and how it was found."""

    sentence: Sentence
    phrase: Phrase
    rule: str
    cue: Token | None
    evidence: str  # explicit, inherited, label, signature
    strength: float

    @property
    def tokens(self) -> list[Token]:
        """The words of the phrase."""
        return self.sentence.tokens[self.phrase.first : self.phrase.last + 1]


def source(
    sentence: Sentence,
    phrase: Phrase | None,
    rule: str,
    cue: Token | None,
    strength: float,
    evidence: str = "explicit",
) -> Source | None:
    if phrase is None:
        return None
    return Source(sentence, phrase, rule, cue, evidence, strength)


def bare(sentence: Sentence) -> bool:
    """Is the sentence nothing but quotes (and signs)?"""
    return not any(token.kind == WORD for token in sentence.tokens)


def quotes_only(sentences: list[Sentence]) -> bool:
    return all(bare(sentence) for sentence in sentences)
