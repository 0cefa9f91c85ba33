"""Noun phrases: names, pronouns and roles, and whether somebody is meant."""

from __future__ import annotations

from dataclasses import dataclass

from .given_names import is_given
from .lexicon import (
    BODIES,
    DAYS,
    DOCUMENTS,
    NOT_PERSON,
    OPENERS,
    PRONOUNS,
    ROLES,
    SUFFIXES,
    TITLES,
)
from .names import core_of, plausible
from .places import PLACES
from .words import Token


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase: tokens ``first`` to ``last`` (included) of one sentence.

    ``kind``: name (a person, or a body with a name), pronoun, role (words).
    ``core`` is the first token of the name proper, after titles; for a role the head.
    ``free`` is False when a preposition or a verb governs it from the left. ``stands``
    is the phrase that a relative pronoun (kind ``relative``) refers to.
    """

    first: int
    last: int
    kind: str
    core: int
    free: bool = True
    stands: Phrase | None = None


def named(token: Token) -> bool:
    """May this word be a part of a name?"""
    return (
        (token.upper or (token.text[0] == "@" and len(token.text) > 1))
        and token.low not in DAYS
        and not (token.low in OPENERS and len(token.text) > 1)
        and token.low not in PRONOUNS
    )


def core(tokens: list[Token], first: int, last: int) -> int:
    """Where the name proper begins: after the last title word of the phrase."""
    end = last
    while end > first and tokens[end].low in SUFFIXES:
        end -= 1
    return first + core_of([token.text for token in tokens[first : end + 1]])


def personal(tokens: list[Token], phrase: Phrase) -> bool:
    """Does the phrase look like a person's name, not a place's or a body's?"""
    last = tokens[phrase.last].low
    left = tokens[phrase.core - 1].low if phrase.core > phrase.first else ""
    titled = left in TITLES or left in ROLES
    if left in ("of", "for", "and") and tokens[phrase.core - 2].low not in TITLES:
        return False  # the Union of Harbour Workers
    if left == "the" and phrase.core < phrase.last:
        return is_given(tokens[phrase.core].text)  # the Northern Alliance
    if phrase.kind == "name" and phrase.core < phrase.last:
        words = [t.text for t in tokens[phrase.core : phrase.last + 1]]
        return plausible(words, titled)
    if phrase.kind == "name" and titled:
        return True
    return (
        phrase.kind == "name"
        and "." not in last[:-1]  # N.H.
        and last not in DOCUMENTS
        and last not in PLACES
        and last not in NOT_PERSON
        and last not in BODIES
        and last not in TITLES
    )


def human(tokens: list[Token], phrase: Phrase) -> bool:
    """May the phrase be somebody rather than something?"""
    if phrase.kind == "name":
        return personal(tokens, phrase)
    if phrase.kind == "pronoun":
        return tokens[phrase.first].low != "it"
    return phrase.kind == "relative" or tokens[phrase.core].low in ROLES
