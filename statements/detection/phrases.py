"""Noun phrases beside a verb: who may be its subject, without a parser."""

from __future__ import annotations

from dataclasses import dataclass

from .cues import SAYING, VERBS, is_finite, is_verb
from .given_names import is_given
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
    PLACES,
    POSSESSIVES,
    PREPOSITIONS,
    PRONOUNS,
    ROLES,
    SUFFIXES,
    TITLES,
    word_set,
)
from .names import core_of, plausible
from .words import WORD, Token

_LONGEST = 9  # words of a noun phrase, without what hangs on it by "of"
_LEADING = word_set("al el bin ibn abu von van der den de della di du la dos da le ter")
_SOME = word_set("one some many both all none each several most two three few")
_ALONE = word_set("two three both most some another many others few several one")
_LINKS = word_set("of for at from with in to on by behind")


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


def core(tokens: list[Token], first: int, last: int) -> int:
    """Where the name proper begins: after the last title word of the phrase."""
    end = last
    while end > first and tokens[end].low in SUFFIXES:
        end -= 1
    return first + core_of([token.text for token in tokens[first : end + 1]])


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
            or (here.low not in TITLES and _person(tokens, at, index - 1))
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
