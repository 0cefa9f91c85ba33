"""Marks that quote nobody: titles, names, definitions, so-called things.

Suggest nothing by default: a few words in marks count as a quote only where a cue
of the sentence governs them.
"""

from __future__ import annotations

import re

from .lexicon import (
    AUXILIARIES,
    BODIES,
    CONJUNCTIONS,
    DETERMINERS,
    DOCUMENTS,
    PREPOSITIONS,
    word_set,
)
from .phrases import human, named
from .sources import DASHES, Source
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
    if source is None and tokens[at].text[:1] in _FOREIGN and len(words) > 3:
        return False  # in marks that English does not use, verbs it does not know
    if (
        right is not None
        and right.low in _MEANS
        and len(words) < 7
        and _defined(tokens, at)
    ):
        return True
    if _titled(tokens, at, said, rule) or _listed(said, rule, tokens, at):
        return True
    if rule in _SURE:
        return False
    # ‘so-called’: single marks around a word or two mark it off, and quote rarely
    if single and len(words) < 4 and not _spoken(tokens, at):
        return True
    starts = left is None or left.kind == QUOTE
    whole = starts and closing(tokens[at]) in ".?!…"
    if left is not None and left.low in _BY_NAME and title_like(said):
        return True
    titled = title_like(said) and not (whole and len(words) == 1)
    if titled and not (rule == "tag" and starts) and not _spoken(tokens, at):
        return len(words) > 1 or rule not in ("clause", "same-sentence")
    if left is not None and left.low in _NAMING and len(words) < 7:
        return rule != "clause" or left.low in _BY_NAME
    if source is not None and len(words) < 4 and not _spoken(tokens, at):
        # The author's own words need no marks: we are the “third neighbour”.
        if source.tokens[0].low in ("we", "i", "our", "my"):
            return True
        # Something's name for something: the law sets a “no wrong door” rule.
        if _thing(source) and _attributive(tokens, at):
            return True
    introduced = left is not None and (left.text == ":" or _called(tokens, at))
    return rule in _GUESSED and len(words) < 7 and not (whole or introduced)


# What bears a title, or a name that somebody gave it.
_TITLED = word_set(
    "theme topic banner tagline heading headline resolution report paper panel event "
    "session study workshop seminar conference series subtitle symposium lecture"
)
_MEANS = frozenset(["means", "denotes", "has", "have", "shall", "refers"])
_FOREIGN = frozenset("„»«‹「『")
# Names, whoever uses them.
_BY_NAME = word_set(
    "titled entitled named nicknamed captioned headlined known subtitled"
)
# Crowds have these words, posters and parties too.
_CRIES = word_set(
    "chant chants cry cries shout shouts cheer cheers slogan slogans motto sign signs "
    "banner banners placard placards poster posters call calls whispers jeers boos"
)
_SMALL = word_set("of to a an the is was as")
# He is described, dismissed, hailed as a “…”: somebody's word for somebody.
_DESCRIBED = word_set(
    "described describing describes hailed heralded seen portrayed introduced mocked "
    "dismissed branded derided cast painted depicted characterized characterised "
    "regarded viewed denounced condemned decried derisively"
)


def _titled(tokens: list[Token], at: int, said: str, rule: str) -> bool:
    """A theme, a resolution on “…”, (referred to as the “…”): a title, a definition."""
    at -= 1
    while at >= 0 and tokens[at].low in ("the", "a", "an", "on", ",", "of"):
        at -= 1
    if at < 1:
        return False
    if tokens[at].low in ("as", "called", "hereinafter", "hereafter", "collectively"):
        signs = [t.text for t in tokens[max(0, at - 4) : at + 1] if t.text in "()"]
        return signs[-1:] == ["("]
    if tokens[at].low not in _TITLED:
        return False
    return said.rstrip()[-1:] not in ".?!" and (
        title_like(said) or (rule in _GUESSED and tokens[at + 1].low == "on")
    )


def _defined(tokens: list[Token], at: int) -> bool:
    """“Distress” has the meaning given in … · “vessel” means any craft"""
    words = [token.low for token in tokens[at + 1 : at + 5]]
    return words[:1] in (["means"], ["denotes"]) or (
        "meaning" in words or words[:2] in (["shall", "mean"], ["refers", "to"])
    )


def _listed(said: str, rule: str, tokens: list[Token], at: int) -> bool:
    """“Bridge shut” — The Herald, 2 May · “Yes to soup” (2008): a list of titles."""
    if (
        rule != "none"
        or at + 1 >= len(tokens)
        or any(t.kind == WORD for t in tokens[:at])
    ):
        return False
    if said.rstrip()[-1:] in ".,?!…":
        return False
    after = tokens[at + 1].text
    return after in DASHES or (
        after == "(" and at + 2 < len(tokens) and tokens[at + 2].text.isdigit()
    )


def _called(tokens: list[Token], at: int) -> bool:
    """Chants of “…”, described as a “…”: said, though nobody is named for it."""
    at -= 1
    while at >= 0 and tokens[at].low in (
        "of",
        "to",
        "a",
        "an",
        "the",
        "is",
        "was",
        "as",
    ):
        at -= 1
    if at < 0:
        return False
    if tokens[at].low in _CRIES:
        return True
    near = tokens[max(0, at - 5) : at + 2]
    return tokens[at + 1].low == "as" and any(t.low in _DESCRIBED for t in near)


def _thing(source: Source) -> bool:
    """Is the subject a bill, a plan, a house: nobody who speaks?"""
    phrase = source.phrase
    tokens = source.sentence.tokens
    if human(tokens, phrase) or tokens[phrase.core].low in BODIES:
        return False
    return phrase.kind != "name" or tokens[phrase.last].low in DOCUMENTS


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
