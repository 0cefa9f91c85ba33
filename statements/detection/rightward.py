"""Noun phrases read rightwards from their first word: who follows "said"."""

from __future__ import annotations

from .cues import VERBS, is_finite
from .lexicon import (
    ADVERBS,
    AUXILIARIES,
    BODIES,
    CONJUNCTIONS,
    DAYS,
    DETERMINERS,
    DOCUMENTS,
    NOT_PERSON,
    OBJECTS,
    OPENERS,
    PARTICLES,
    POSSESSIVES,
    PREPOSITIONS,
    PRONOUNS,
    ROLES,
    TITLES,
    word_set,
)
from .phrases import Phrase, core, named
from .places import PLACES
from .words import WORD, Token

_LONGEST = 9  # words of a noun phrase, without what hangs on it by "of"
_SOME = word_set("one some many both all none each several most two three few")
_LINKS = word_set("of for at from with in to on by behind")


def after(tokens: list[Token], at: int, high: int) -> Phrase | None:
    """The noun phrase that begins at ``at``: what follows "said" or "according to".

    A role followed by a comma and a name ("the ministry's head, Ilse Okafor,") is
    that name.
    """
    if at >= high or tokens[at].kind != WORD:
        return None
    token = tokens[at]
    if token.low in PRONOUNS:
        return Phrase(at, at, "pronoun", at)
    if token.low in ("him", "her", "them", "me", "us"):
        nominal = at + 1 < high and token.low == "her" and _noun_next(tokens, at + 1)
        if not nominal:
            return Phrase(at, at, "pronoun", at)
    last = at - 1
    index = at
    while index < high and index - at < _LONGEST + 4:
        here = tokens[index]
        if here.kind != WORD:
            break
        if _part(tokens, index, high) or (
            here.low in ("of", "for", "and")
            and index > at
            and _named_at(tokens, index + 1, high)
            and (here.low != "and" or tokens[index - 1].low in NOT_PERSON)
            and (
                tokens[index - 1].low in TITLES
                or tokens[index - 1].low in BODIES
                or tokens[index - 1].low in NOT_PERSON
                or (here.low == "of" and tokens[index - 1].upper)
            )
        ):
            last = index
        elif here.low == "of" and index == at + 1 and tokens[at].low in _SOME:
            pass
        elif here.low in DETERMINERS or (
            index == at and here.low in OPENERS and here.low not in PREPOSITIONS
        ):
            if index > at and tokens[index - 1].text not in (
                "'s",
                "’s",
                "all",
                "both",
                "of",
            ):
                break
        elif (
            here.low in PREPOSITIONS
            or here.low in CONJUNCTIONS
            or here.low in OBJECTS
            or (here.low in DAYS and not _noun_follows(tokens, index, high))
            or here.low in AUXILIARIES
            or _verbal(tokens, index, at)
            or (here.low.endswith("ing") and index > at and tokens[index - 1].upper)
            or (here.low in ADVERBS and here.low not in ("then", "first"))
            or (
                here.low not in TITLES
                and not (here.low in ROLES and _named_at(tokens, index + 1, high))
                and _person(tokens, at, index - 1)
            )
        ):
            break
        else:
            last = index
        index += 1
    if last < at:
        return None
    end = tokens[last]
    if end.text in ("'s", "’s"):
        last -= 1
        if last < at:
            return None
        end = tokens[last]
    if named(end):
        if tokens[at].low == "the" and (end.low in TITLES or end.low in ROLES):
            # the President of the Senate, Gudrun Ashe
            apposed = _apposed(tokens, Phrase(at, last, "role", last), high)
            if apposed.kind == "name":
                return apposed
        return Phrase(at, last, "name", core(tokens, at, last))
    role = Phrase(at, last, "role", last)
    return _apposed(tokens, role, high)


def _verbal(tokens: list[Token], index: int, at: int) -> bool:
    """Does a verb stand here? "retired general" may open a phrase, "came" may not."""
    low = tokens[index].low
    if index == at and low.endswith("ed") and low not in VERBS:
        return False
    return is_finite(tokens, index) and not low.endswith("s")


def _noun_follows(tokens: list[Token], index: int, high: int) -> bool:
    """ "A Wednesday editorial": is the day an adjective?"""
    if index + 1 >= high or tokens[index + 1].kind != WORD:
        return False
    low = tokens[index + 1].low
    return not (
        tokens[index + 1].upper
        or low in PREPOSITIONS
        or low in CONJUNCTIONS
        or low in ADVERBS
        or low in ("night", "morning", "afternoon", "evening")
    )


def _part(tokens: list[Token], index: int, high: int) -> bool:
    """Is this word certainly a part of a name: capitalised, 's, a particle?"""
    here = tokens[index]
    return (
        here.text in ("'s", "’s")
        or named(here)
        or (here.low in PARTICLES and _named_at(tokens, index + 1, high))
    )


def _named_at(tokens: list[Token], index: int, high: int) -> bool:
    return index < high and tokens[index].kind == WORD and named(tokens[index])


def _noun_next(tokens: list[Token], index: int) -> bool:
    low = tokens[index].low
    return low in ROLES or low in BODIES or low in DOCUMENTS or low in TITLES


def _person(tokens: list[Token], first: int, last: int) -> bool:
    """Do these tokens end in a full name (then a lower word cannot belong to it)?"""
    return (
        last > first
        and tokens[last].low not in NOT_PERSON
        and named(tokens[last])
        and named(tokens[last - 1])
        and tokens[last].low not in TITLES
        and tokens[last].low not in PLACES
    )


def _apposed(tokens: list[Token], role: Phrase, high: int) -> Phrase:
    """A role, longer by "for the ministry" or replaced by the name in apposition."""
    last = role.last
    index = last + 1
    while (
        index + 1 < high
        and tokens[index].low in _LINKS
        and tokens[index].low not in ("to", "on", "by")
        and tokens[index + 1].kind == WORD
        and tokens[index + 1].low not in DAYS
        and index - role.first < 14
    ):
        inner = after_simple(tokens, index + 1, high)
        if inner is None:
            break
        last = inner
        index = last + 1
    if (
        index + 1 < high
        and tokens[index].text == ","
        and _named_at(tokens, index + 1, high)
    ):
        end = index + 1
        while _named_at(tokens, end + 1, high):
            end += 1
        stop = tokens[end + 1] if end + 1 < len(tokens) else None
        if end > index + 1 and (stop is None or stop.kind != WORD):
            begins = core(tokens, index + 1, end)
            return Phrase(index + 1, end, "name", begins)
    return Phrase(role.first, last, "role", role.core)


def after_simple(tokens: list[Token], at: int, high: int) -> int | None:
    """Index of the last token of a plain phrase that begins at ``at``."""
    index = at
    last = None
    while index < high and index - at < _LONGEST:
        here = tokens[index]
        if here.kind != WORD:
            break
        low = here.low
        if low in DETERMINERS or low in POSSESSIVES or here.text in ("'s", "’s"):
            index += 1
            continue
        if (
            low in PREPOSITIONS
            or low in CONJUNCTIONS
            or low in AUXILIARIES
            or low in DAYS
            or low in OBJECTS
            or is_finite(tokens, index)
        ):
            break
        last = index
        index += 1
    return last
