"""Noun phrases read leftwards from their last word: who stands before a verb."""

from __future__ import annotations

from .cues import SAYING, is_finite, is_verb
from .lexicon import (
    ADVERBS,
    AUXILIARIES,
    BODIES,
    CONJUNCTIONS,
    DAYS,
    DETERMINERS,
    NOT_PERSON,
    OBJECTS,
    OPENERS,
    PARTICLES,
    PREPOSITIONS,
    PRONOUNS,
    ROLES,
    SUFFIXES,
    TITLES,
    word_set,
)
from .phrases import Phrase, core, named
from .words import WORD, Token

_LONGEST = 9  # words of a noun phrase, without what hangs on it by "of"
_LEADING = word_set("al el bin ibn abu von van der den de della di du la dos da le ter")
_ALONE = word_set("two three both most some another many others few several one")
_LINKS = word_set("of for at from with in to on by behind")


def before(
    tokens: list[Token], at: int, low: int = 0, *, linked: bool = True
) -> Phrase | None:
    """The noun phrase whose last token is ``at``, reading leftwards to ``low``.

    "a spokesman for Mr. Lindqvist" read from its last word is the spokesman;
    "Okafor of the ministry" is Okafor.
    """
    if at < low:
        return None
    token = tokens[at]
    if token.low in ("himself", "herself", "itself", "themselves", "alike"):
        return before(tokens, at - 1, low, linked=linked)
    if token.kind != WORD or token.text[0] in "'’":
        return None
    if token.low in PRONOUNS:
        return Phrase(at, at, "pronoun", at, _free(tokens, at, low))
    if named(token) or (token.low in SUFFIXES and at > low):
        found = _name_before(tokens, at, low)
    else:
        found = _role_before(tokens, at, low)
    if found is None:
        return None
    return _linked(tokens, found, low) if linked else found


def _linked(tokens: list[Token], found: Phrase, low: int) -> Phrase:
    """Extend a phrase to the head it hangs on by "of", "for", …"""
    link = found.first - 1
    if link - 1 >= low and tokens[link].low in _LINKS:
        prior = tokens[link - 1]
        if (
            prior.kind == WORD
            and prior.text[0] not in "'’"
            and prior.low not in PRONOUNS
            and not is_finite(tokens, link - 1)
            and prior.low not in ADVERBS
            and not prior.low.endswith("ing")
        ):
            head = before(tokens, link - 1, low)
            if head is not None and found.last - head.first < 16:
                if head.kind == "name":
                    return head
                return Phrase(head.first, found.last, head.kind, head.core, head.free)
    return found


def _free(tokens: list[Token], first: int, low: int) -> bool:
    """Is the phrase that begins at ``first`` outside prepositions and objects?

    After a verb of saying a clause may begin: "said Okafor was ready".
    """
    if first <= low:
        return True
    prior = tokens[first - 1]
    if prior.kind != WORD:
        return True
    if prior.low in PREPOSITIONS or prior.text in ("'s", "’s"):
        return False
    if not is_finite(tokens, first - 1):
        return True
    verb = is_verb(tokens, first - 1)
    return verb is not None and verb.group == SAYING


def _name_before(tokens: list[Token], at: int, low: int) -> Phrase | None:
    first = at
    if tokens[at].low in SUFFIXES and at - 1 >= low:
        first = at - 1
        if tokens[first].text == "," and first - 1 >= low:
            first -= 1
        if not named(tokens[first]):
            return None
    end = first
    while first - 1 >= low and end - first < _LONGEST:
        prior = tokens[first - 1]
        further = tokens[first - 2] if first - 2 >= low else None
        if prior.kind != WORD:
            break
        if named(prior):
            first -= 1
        elif (further is not None and named(further) and prior.low in PARTICLES) or (
            further is not None
            and named(further)
            and (
                (prior.low in ("of", "for") and further.low in TITLES | BODIES)
                or (prior.low == "and" and further.low in NOT_PERSON)
            )
        ):
            first -= 2
        elif prior.low in _LEADING:
            first -= 1
        elif prior.low == "the" and _of_the(tokens, first, low):
            first -= 3
        elif prior.low in TITLES or prior.low in ROLES:
            first -= 1
            while first - 1 >= low and end - first < _LONGEST:
                prior = tokens[first - 1]
                if prior.kind != WORD or not (named(prior) or _modifier(tokens, first)):
                    break
                first -= 1
            break
        else:
            break
    begins = core(tokens, first, at)
    # "the late Congressman", "an angry Okafor": an adjective only after a determiner
    place = first - 1
    while place >= low and first - place < 4 and _modifier(tokens, place + 1):
        place -= 1
    if place >= low and tokens[place].low in DETERMINERS:
        first = place
    free = _free(tokens, first, low)
    return Phrase(first, at, "name", begins, free)


def _of_the(tokens: list[Token], first: int, low: int) -> bool:
    """Do "Office of the" or "Ministry for the" stand left of ``first``?"""
    return (
        first - 3 >= low
        and tokens[first - 2].low in ("of", "for")
        and tokens[first - 3].kind == WORD
        and named(tokens[first - 3])
    )


def _modifier(tokens: list[Token], first: int) -> bool:
    """May the word before ``first`` be an adjective or noun inside the phrase?"""
    prior = tokens[first - 1]
    return (
        prior.kind == WORD
        and prior.text[0] not in "'’"
        and prior.low not in PREPOSITIONS
        and prior.low not in CONJUNCTIONS
        and prior.low not in AUXILIARIES
        and prior.low not in DETERMINERS
        and prior.low not in PRONOUNS
        and prior.low not in OBJECTS
        and not is_finite(tokens, first - 1)
        and not (prior.low in ADVERBS or prior.low.endswith("ly"))
        and not (
            # "the ruling party", but "carrying signs"
            prior.low.endswith("ing")
            and not prior.upper
            and (first < 2 or tokens[first - 2].low not in DETERMINERS)
        )
    )


def _role_before(tokens: list[Token], at: int, low: int) -> Phrase | None:
    token = tokens[at]
    if token.low in _ALONE:
        the = at - 1 >= low and tokens[at - 1].low == "the"
        first = at - 1 if the else at
        return Phrase(first, at, "role", at, _free(tokens, first, low))
    if (
        token.low in PREPOSITIONS
        or token.low in CONJUNCTIONS
        or token.low in AUXILIARIES
        or token.low in OBJECTS
        or token.low in ADVERBS
        or token.low in DETERMINERS
        or token.low in DAYS
        or (token.low in OPENERS and not token.upper)
        or (is_finite(tokens, at) and token.low not in ROLES)
    ):
        return None
    if token.text.isdigit():
        return None
    first = at
    while first - 1 >= low and at - first < _LONGEST:
        prior = tokens[first - 1]
        if prior.kind != WORD:
            break
        if prior.text in ("'s", "’s"):
            owner = before(tokens, first - 2, low)
            if owner is not None and at - owner.first < 14:
                first = owner.first
            break
        if prior.low in DETERMINERS:
            first -= 1
            if first - 1 >= low and tokens[first - 1].low in ("all", "both"):
                first -= 1
            break
        if not _modifier(tokens, first):
            break
        first -= 1
    if first == at and token.upper and at > low:
        return None
    return Phrase(first, at, "role", at, _free(tokens, first, low))
