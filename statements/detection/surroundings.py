"""What stands around a paragraph of quotes: a label, a heading, a signature."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from . import leftward, phrases, subjects
from .clauses import told
from .cues import is_finite
from .given_names import is_given
from .lexicon import (
    BODIES,
    DOCUMENTS,
    NOT_PERSON,
    ROLES,
    SAYING_NOUNS,
    TITLES,
)
from .phrases import named
from .sources import DASHES, Source, source
from .words import QUOTE, WORD, Sentence, Token


def label(sentences: list[Sentence]) -> Source | None:
    """“EPA Administrator Michael Regan: “…””: a paragraph that opens with a name."""
    if not sentences:
        return None
    sentence = sentences[0]
    tokens = sentence.tokens
    colon = next(
        (i for i, t in enumerate(tokens[:26]) if t.text == ":" or t.kind == QUOTE),
        None,
    )
    if not colon or tokens[colon].kind == QUOTE or colon + 1 >= len(tokens):
        return None
    if any(is_finite(tokens, i) for i in range(colon)):
        return None
    if tokens[colon + 1].kind != QUOTE:
        return None
    return headed(sentence, colon)


def headed(sentence: Sentence, end: int, low: int = 0) -> Source | None:
    """The person that a heading names: "Statement of Minister Ada Brandt"."""
    tokens = sentence.tokens
    for index in range(min(end, 8)):
        if tokens[index].low in ("by", "of", "from") and (
            index and tokens[index - 1].low in SAYING_NOUNS
        ):
            low = index + 1
            break
    phrase: phrases.Phrase | None = None
    while low < end:
        stop = next((i for i in range(low, end) if tokens[i].kind != WORD), end)
        part = leftward.before(tokens, stop - 1, low) if stop > low else None
        phrase = phrase or part
        # "Chair, Committee on Ports, Senator Ada Brandt:" is Brandt
        if part is not None and (
            _somebody(tokens, part) or _holder(tokens, phrase, part)
        ):
            phrase = part
            break
        low = stop + 1
    if phrase is None:
        return None
    head = tokens[phrase.core].low
    if phrase.kind == "role" and not (
        head in ROLES or head in BODIES or head in DOCUMENTS
    ):
        return None  # "Transcript as follows:" names nobody
    return source(sentence, phrase, "label", None, 0.95, "label")


def _holder(
    tokens: list[Token], office: phrases.Phrase | None, part: phrases.Phrase
) -> bool:
    """THE PRESIDENT OF THE SENATE, ADA BRANDT: two words more after an office."""
    if office is None or office is part or part.kind != "name":
        return False
    if part.last - part.first not in (1, 2) or office.core == part.core:
        return False
    held = tokens[office.first : office.last + 1]
    return any(t.low in TITLES for t in held) and not any(
        t.low in NOT_PERSON or t.low in BODIES
        for t in tokens[part.first : part.last + 1]
    )


def _somebody(tokens: list[Token], part: phrases.Phrase) -> bool:
    """Is the part of a heading a full name, by its title or its given name?"""
    if part.kind != "name" or part.core >= part.last:
        return False
    titled = part.core > part.first or is_given(tokens[part.core].text)
    return titled and phrases.personal(tokens, part)


def colon(sentences: list[Sentence]) -> Source | None:
    """A paragraph that ends with a colon introduces the next: Okafor said:"""
    if not sentences:
        return None
    sentence = sentences[-1]
    tokens = sentence.tokens
    dashed = len(tokens) > 1 and tokens[-1].text in DASHES
    if tokens[-2 if dashed else -1].text != ":":
        return _heading(sentences)
    by = _by(sentence) or _attribute(sentence)
    if by is not None:
        return by
    teller = told(sentence)
    if teller is not None:
        return replace(teller, rule="colon", evidence="inherited", strength=0.9)
    if not any(is_finite(tokens, i) for i in range(len(tokens))):
        return headed(sentence, len(tokens) - 1)
    phrase = subjects.leading(tokens, 0, len(tokens) - 1)
    return source(sentence, phrase, "colon", None, 0.6, "inherited")


def _by(sentence: Sentence) -> Source | None:
    """The following is attributable to Ada Brandt: · This note is by Ada Brandt:"""
    tokens = sentence.tokens
    end = len(tokens) - 1
    while end > 0 and tokens[end].kind != WORD:
        end -= 1
    phrase = leftward.before(tokens, end, linked=False)
    if phrase is None or phrase.first < 2 or not phrases.human(tokens, phrase):
        return None
    left = tokens[phrase.first - 1].low
    to = left == "to" and tokens[phrase.first - 2].low.startswith("attribut")
    if not (to or left in ("by", "from")):
        return None
    return source(sentence, phrase, "label", None, 0.95, "label")


def _attribute(sentence: Sentence) -> Source | None:
    """Please attribute the following to Ada Brandt, spokeswoman for the ministry:"""
    tokens = sentence.tokens
    for index, token in enumerate(tokens[:8]):
        if token.low.startswith("attribut"):
            for at in range(index + 1, min(index + 8, len(tokens) - 1)):
                if tokens[at].low == "to":
                    return headed(sentence, len(tokens) - 1, at + 1)
    return None


def about(sentence: Sentence) -> Source | None:
    """The person who is the subject of a sentence that says nothing of speaking."""
    tokens = sentence.tokens
    if any(
        here.low in ("and", "but", "while") and after.kind == WORD and named(after)
        for here, after in pairwise(tokens)
    ):
        return None  # Thorold spoke of the deficit and Imber of the debt
    teller = told(sentence)
    if teller is not None and phrases.human(tokens, teller.phrase):
        return replace(teller, rule="about", evidence="inherited", strength=0.6)
    for low in range(min(len(tokens), 4)):  # With these words Okafor opened
        phrase = subjects.leading(tokens, low, len(tokens))
        if phrase is None:
            return None
        if phrase.kind == "name" and phrases.personal(tokens, phrase):
            if tokens[phrase.first].low in ("these", "those", "this", "that"):
                phrase = replace(phrase, first=phrase.core)
            return source(sentence, phrase, "about", None, 0.6, "inherited")
        if phrase.kind == "pronoun" and tokens[phrase.first].low in ("he", "she"):
            return source(sentence, phrase, "about", None, 0.6, "inherited")
    return None


def _heading(sentences: list[Sentence]) -> Source | None:
    """A line of its own that names whose words follow: Statement of Ada Brandt."""
    tokens = sentences[0].tokens
    if len(sentences) > 1 or len(tokens) > 24:
        return None
    for index in range(min(3, len(tokens) - 2)):
        if tokens[index].low in ("statement", "remarks", "comments") and (
            tokens[index + 1].low in ("of", "by", "from")
        ):
            return headed(sentences[0], len(tokens))
    return None


def signature(sentences: list[Sentence]) -> Source | None:
    """– Minister Ada Brandt, 28 May: the line under a quote."""
    if len(sentences) != 1:
        return None
    tokens = sentences[0].tokens
    if len(tokens) > 30 or tokens[0].text not in DASHES:
        return _line(sentences[0])
    first = next((i for i, t in enumerate(tokens) if t.kind == WORD), None)
    if first is None:
        return None
    stop = next(
        (i for i in range(first, len(tokens)) if tokens[i].kind != WORD), len(tokens)
    )
    phrase = leftward.before(tokens, stop - 1, first)
    listed = stop < len(tokens) and tokens[stop].text == ":"  # – The Star: new bridge
    if phrase is None or phrase.first != first or listed:
        return None
    return source(sentences[0], phrase, "signature", None, 0.95, "signature")


def _line(sentence: Sentence) -> Source | None:
    """Ada Brandt, crane driver: a line of its own that names who said what is above."""
    tokens = sentence.tokens
    stop = next((i for i, t in enumerate(tokens) if t.kind != WORD), len(tokens))
    if not 2 <= stop <= 4 or len(tokens) > 16 or tokens[-1].text in ".:?!":
        return None
    if not (len(tokens) > stop and tokens[stop].text == ","):
        return None
    if any(t.kind == QUOTE for t in tokens) or any(
        is_finite(tokens, i) for i in range(len(tokens))
    ):
        return None
    phrase = leftward.before(tokens, stop - 1, 0)
    if phrase is None or phrase.kind != "name" or phrase.first:
        return None
    if phrase.core == phrase.last or not phrases.personal(tokens, phrase):
        return None
    return source(sentence, phrase, "signature", None, 0.9, "signature")
