"""Marks that quote nobody: titles, names, definitions, so-called things.

Suggest nothing by default: a few words in marks count as a quote only where a cue
of the sentence governs them.
"""

from __future__ import annotations

import re

from .lexicon import (
    AUXILIARIES,
    CONJUNCTIONS,
    DETERMINERS,
    PREPOSITIONS,
    word_set,
)
from .phrases import human, named
from .sources import Source
from .words import QUOTE, WORD, Token, closing

_WORDS = re.compile(r"[^\W_]+(?:[’'.&-][^\W_]+)*")
_MINOR = word_set(
    "a an the of and or for to in on at by with from is as but nor vs it be are our "
    "de la del y und"
)
_NAMING = word_set(
    """
    so-called titled entitled nicknamed named dubbed captioned headlined self-described
    known labeled labelled termed termed word phrase term nickname subtitled
    """
)
_NO_NOUN = AUXILIARIES | CONJUNCTIONS | DETERMINERS | PREPOSITIONS
_SURE = frozenset(["tag-inverted", "label", "signature", "tag-apart", "colon"])
_GUESSED = frozenset(["none", "paragraph", "sentence-subject"])
_SHOUTED = word_set(
    """
    said say says saying shouted shout shouting chanted chant chanting chants yelled
    yelling replied tweeted wrote asked answered responded added screamed cried reads
    read declared declares announced announces tweeting writing writes asks
    """
)


def title_like(words: str) -> bool:
    """Is every word that matters capitalised: "Meet the Press", "CET List"?"""
    if re.search(r"[.!?][’”\"]?\s+\S", words):
        return False
    big = [w for w in _WORDS.findall(words) if w.lower() not in _MINOR]
    return bool(big) and all(w[0].isupper() or w[0].isdigit() for w in big)


def scare(
    said: str,
    source: Source | None,
    tokens: list[Token],
    at: int,
    single: bool = False,
) -> bool:
    """Are the marks around ``said`` (token ``at`` of its sentence) no quote?"""
    words = said.split()
    rule = source.rule if source is not None else "none"
    left = tokens[at - 1] if at else None
    right = tokens[at + 1] if at + 1 < len(tokens) else None
    if len(said) < 3 or not _WORDS.search(said):
        return True
    # (“CET List”): a definition
    around = (left.text if left else "", right.text if right else "")
    if around in (("(", ")"), ("[", "]")) and len(words) < 9:
        return True
    # Ada “Addie” Brandt: a nickname
    if len(words) < 3 and _name(left) and _name(right):
        return rule != "tag"
    if rule in _SURE:
        return False
    # ‘so-called’: single marks around a word or two mark it off, and quote rarely
    if single and len(words) < 4 and not _spoken(tokens, at):
        return True
    starts = left is None or left.kind == QUOTE
    whole = starts and closing(tokens[at]) in ".?!…"
    titled = title_like(said) and not (whole and len(words) == 1)
    if titled and not (rule == "tag" and starts) and not _spoken(tokens, at):
        return len(words) > 1 or rule not in ("clause", "same-sentence")
    if left is not None and left.low in _NAMING and len(words) < 7:
        return rule in _GUESSED or left.low not in ("word", "phrase", "term")
    if source is not None and len(words) < 4 and not _spoken(tokens, at):
        # The author's own words need no marks: we are the “third neighbour”.
        if source.tokens[0].low in ("we", "i", "our", "my"):
            return True
        # Something's name for something: the law sets a “no wrong door” rule.
        person = human(source.sentence.tokens, source.phrase)
        if not person and _attributive(tokens, at):
            return True
    introduced = left is not None and left.text == ":"
    return rule in _GUESSED and len(words) < 7 and not (whole or introduced)


def _attributive(tokens: list[Token], at: int) -> bool:
    """Do the words stand as an adjective, between an article and a noun?"""
    if at + 1 >= len(tokens) or not at:
        return False
    after = tokens[at + 1]
    noun = after.kind == WORD and after.text[0] not in "'’"
    if not noun or after.low in _NO_NOUN:
        return False
    return any(token.low in DETERMINERS for token in tokens[max(0, at - 2) : at])


def _name(token: Token | None) -> bool:
    return token is not None and token.kind == WORD and named(token)


def _spoken(tokens: list[Token], at: int) -> bool:
    """Does a verb of saying stand right before: shouted, “Yes We Can”?"""
    index = at - 1
    while index >= 0 and tokens[index].text in (",", ":", "—"):
        index -= 1
    return index >= 0 and tokens[index].low in _SHOUTED
