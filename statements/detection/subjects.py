"""Who does a verb: its subject, over adverbs, appositions and clauses between."""

from __future__ import annotations

from dataclasses import replace

from .cues import SAYING, is_finite, is_verb, skippable
from .given_names import is_given
from .leftward import before
from .lexicon import (
    ADVERBS,
    AUXILIARIES,
    CONJUNCTIONS,
    DAYS,
    DETERMINERS,
    OPENERS,
    PREPOSITIONS,
    PRONOUNS,
    ROLES,
    TITLES,
    word_set,
)
from .phrases import Phrase, named, personal
from .rightward import after
from .words import QUOTE, WORD, Token

_REACH = 70  # how many words left of a verb its subject is looked for
_DEEPEST = 3  # how many verbs joined by "and" are followed back
_RELATIVE = word_set("who which that whom")
_TIMES = word_set(
    "week month year night morning afternoon evening weekend day days weeks months "
    "years today yesterday tonight ago earlier later am pm a.m. p.m. monday"
)
_WHICH_TIME = word_set("last this next earlier that late early the")
# With a clause behind them these open one; else they are prepositions.
_SUBORDINATE = word_set(
    "after before since until as than when while although though because if once "
    "whether where like"
)
_MODALS = word_set("to will would can cannot could may might must shall should")
_SHOWN = word_set("sign signs banner poster shirt headline plaque billboard caption")


def subject(
    tokens: list[Token], verb: int, low: int = 0, depth: int = 0
) -> Phrase | None:
    """Who does ``verb``: the phrase left of it, over adverbs, commas and clauses.

    * directly: "Ms. Okafor has also said", "Okafor on Thursday said"
    * over an apposition: "Okafor, the ministry's speaker, said"
    * over a relative clause: "Okafor, who thinks the pact is dead, called"
    * of a relative: "Okafor, who called it" is who, standing for Okafor
    * of a second verb or a participle: the subject of the first.
    """
    low = max(low, verb - _REACH)
    at = _skipped(tokens, verb - 1, low)
    if at < low:
        return None
    if depth > _DEEPEST:
        return leading(tokens, low, at)
    token = tokens[at]
    if token.low in _RELATIVE:
        return _relative(tokens, at, low)
    opened = _open_relative(tokens, at, low)
    if opened is not None:
        return _relative(tokens, opened, low)
    form = is_verb(tokens, verb)
    participle = form is not None and form.form == "ing"
    if token.kind == WORD and token.low not in CONJUNCTIONS:
        found = before(tokens, at, low)
        if found is not None and participle:
            prior = tokens[found.first - 1].low if found.first > low else ""
            if prior == "with" or (at == verb - 1 and _speaks(tokens, found)):
                return found
            return _governing(tokens, found.first, low, depth) or found
        if found is not None and (found.free or _opened(tokens, found, low)):
            return found
        if found is not None:
            outer = _outside(tokens, found, low)
            if outer is not None:
                return outer
        main = leading(tokens, low, found.first if found else at)
        return main or found
    if token.low in ("and", "but", "or", "then") and not participle:
        return _coordinated(tokens, at, low, depth) or leading(tokens, low, at)
    if participle or token.low in ("to", "before", "after"):
        return _governing(tokens, at, low, depth) or leading(tokens, low, at)
    if token.text in (",", ")", "]", "—", "–", "-") or token.kind == QUOTE:
        if at - 1 >= low and tokens[at - 1].low in ("and", "but"):
            return _coordinated(tokens, at - 1, low, depth)
        return _over_commas(tokens, at, low) or leading(tokens, low, at)
    return leading(tokens, low, at)


def _skipped(tokens: list[Token], at: int, low: int) -> int:
    """Left over auxiliaries, adverbs, "on Thursday", "last week", "(D-Texas)"."""
    while at >= low:
        token = tokens[at]
        if token.low[-2:] == "ly" and at > low and tokens[at - 1].low == "the":
            return at  # the daily wrote
        if skippable(token) or (
            token.text in ("'s", "’s") and at > low and tokens[at - 1].low in PRONOUNS
        ):
            at -= 1
        elif token.low in _TIMES or token.low in DAYS:
            at -= 1
            while at >= low and (
                tokens[at].low in _WHICH_TIME
                or tokens[at].low in DAYS
                or tokens[at].text.isdigit()
            ):
                at -= 1
            if at >= low and tokens[at].low in ("on", "in", "late", "early"):
                at -= 1
        elif token.text == ")":
            start = at
            while start >= low and tokens[start].text != "(" and at - start < 16:
                start -= 1
            if start < low or tokens[start].text != "(":
                return at
            at = start - 1
        else:
            return at
    return at


def _open_relative(tokens: list[Token], at: int, low: int) -> int | None:
    """The "who" left of a verb with no other verb between: who in the past said."""
    for index in range(at, max(low, at - 9), -1):
        token = tokens[index]
        if token.low == "who":
            return index if index > low else None
        if token.kind == QUOTE or token.low in CONJUNCTIONS:
            return None
        if token.low in PRONOUNS and index == at:
            return None
        if is_finite(tokens, index) and token.low not in ("has", "have", "had"):
            return None  # who was on the list, said: the clause is over
    return None


def _relative(tokens: list[Token], at: int, low: int) -> Phrase | None:
    """The relative pronoun at ``at``, standing for the phrase before it."""
    prior = at - 1
    comma = prior >= low and tokens[prior].text in (",", "—", "–")
    if comma or (prior >= low and tokens[prior].low in PREPOSITIONS):
        prior -= 1
    found = before(tokens, prior, low, linked=False)
    if found is None:
        found = leading(tokens, low, at)
    if tokens[at].low in ("that", "which"):
        return found  # a sign that read: the sign
    if found is None:
        return None
    return Phrase(at, at, "relative", at, True, found)


def _speaks(tokens: list[Token], found: Phrase) -> bool:
    """May the phrase before a participle be its own subject: a person, a sign?"""
    head = tokens[found.core].low
    return personal(tokens, found) or (head in ROLES and found.free) or head in _SHOWN


def _opened(tokens: list[Token], found: Phrase, low: int) -> bool:
    """Does "after", "as", … before the phrase open a clause rather than govern it?"""
    return found.first > low and tokens[found.first - 1].low in _SUBORDINATE


def _outside(tokens: list[Token], found: Phrase, low: int) -> Phrase | None:
    """Left of a governed phrase: "Okafor in a speech in Harrowmere said"."""
    at = found.first - 1
    for _ in range(3):
        if at < low or tokens[at].low not in PREPOSITIONS:
            return None
        prior = before(tokens, at - 1, low, linked=False)
        if prior is None:
            return None
        if prior.free and (prior.kind == "pronoun" or personal(tokens, prior)):
            return prior
        at = prior.first - 1
    return None


def _governing(tokens: list[Token], at: int, low: int, depth: int) -> Phrase | None:
    """The subject of the clause to which a participle or second verb belongs.

    That of the nearest verb of saying further left, else of the first finite verb.
    """
    first: int | None = None
    for index in range(at - 1, low - 1, -1):
        if tokens[index].kind != WORD or tokens[index].upper:
            continue
        verb = is_verb(tokens, index)
        if tokens[index - 1].low in _MODALS and index > low:
            continue
        if verb is not None and verb.group == SAYING and verb.form in ("past", "third"):
            return subject(tokens, index, low, depth + 1)
        if is_finite(tokens, index) and tokens[index].low not in ("to", "be", "been"):
            first = index
        if is_finite(tokens, index) and index > low:
            beside = before(tokens, index - 1, low)
            if beside is not None and _said_before(tokens, beside, low):
                continue  # "said he was outraged, arguing": who said argues
            if beside is not None and _person_there(tokens, beside, low):
                return beside
    main = leading(tokens, low, at)
    if main is not None or first is None:
        return main
    return subject(tokens, first, low, depth + 1)


def _person_there(tokens: list[Token], found: Phrase, low: int) -> bool:
    """Is it a person who stands before a verb as its subject?"""
    human = found.kind == "pronoun" or personal(tokens, found)
    return human and (found.free or _opened(tokens, found, low))


def _coordinated(tokens: list[Token], at: int, low: int, depth: int) -> Phrase | None:
    """The subject of the verb to which "and said" adds a second one."""
    for index in range(at - 1, low, -1):
        if tokens[index].low in ("that", "which", "who") and index < at - 1:
            continue
        if is_finite(tokens, index) and tokens[index].low not in AUXILIARIES:
            if skippable(tokens[index - 1]) and tokens[index - 1].low in _MODALS:
                continue
            if tokens[index + 1].low == "by" and tokens[index].low.endswith("ed"):
                continue  # "a forum sponsored by the channel and said"
            found = subject(tokens, index, low, depth + 1)
            if found is not None and _said_before(tokens, found, low):
                continue  # "said he was tired and added": who said added
            return found
    return None


def _said_before(tokens: list[Token], found: Phrase, low: int) -> bool:
    return said_before(tokens, found, low) is not None


def said_before(tokens: list[Token], found: Phrase, low: int) -> int | None:
    """The verb of saying right before the phrase, or before its "that"."""
    at = found.first - 1
    if at > low and tokens[at].low == "that":
        at -= 1
        for back in range(at, max(low, at - 5), -1):  # told reporters that he
            verb = is_verb(tokens, back)
            if verb is not None:
                at = back
                break
            if tokens[back].kind != WORD:
                break
    if at <= low or tokens[at].kind != WORD:
        return None
    verb = is_verb(tokens, at)
    if verb is None or verb.group != SAYING or verb.form == "base":
        return None
    return at


def _over_commas(tokens: list[Token], at: int, low: int) -> Phrase | None:
    """The free phrase before one of the commas left of ``at``, names preferred."""
    found: Phrase | None = None
    commas = 0
    index = at
    while index > low and commas < 5:
        token = tokens[index]
        if token.kind == QUOTE:
            break
        if token.text in (",", "(", ")", "—", "–", "["):
            commas += 1
            opened = _who_before(tokens, index, low) if token.text == "," else None
            if opened is not None:
                index = opened  # Okafor, who is a member, said
                continue
            phrase = before(tokens, index - 1, low)
            if phrase is not None and phrase.free and not _reduced(tokens, phrase):
                left = tokens[phrase.first - 1] if phrase.first > low else None
                if left is None or left.kind != WORD or left.low in CONJUNCTIONS:
                    if phrase.kind == "pronoun":
                        return found or phrase
                    better = phrase.kind == "name" and (
                        found is None
                        or found.kind == "role"
                        or _likelier(tokens, phrase, found)
                    )
                    if better or found is None:
                        found = phrase
        index -= 1
    return found


def _who_before(tokens: list[Token], index: int, low: int) -> int | None:
    """The comma before the relative clause that the comma at ``index`` ends."""
    for at in range(index - 1, max(low, index - 20), -1):
        token = tokens[at]
        if token.kind == QUOTE or token.text in (",", "(", ")", "—", "–"):
            return None
        if token.low in ("who", "whose") and tokens[at - 1].text == ",":
            return at - 1
    return None


def leading(tokens: list[Token], low: int, high: int) -> Phrase | None:
    """The subject at the head of a clause: its first phrase outside prepositions."""
    index = low
    skipped = False
    while index < high:
        token = tokens[index]
        if token.kind == QUOTE or token.kind != WORD:
            index += 1
            continue
        word = token.low
        if (
            word in PREPOSITIONS
            or word in _SUBORDINATE
            or word in ("according", "asked")
            or (word.endswith("ing") and index + 1 < high and not named(token))
            or (word.endswith("ing") and index == low)
        ):
            comma = _comma(tokens, index, high)
            if comma >= high:
                if word in _SUBORDINATE:
                    index += 1
                    continue
                return _inside(tokens, index + 1, high)
            index = comma + 1
            skipped = True
            continue
        if (
            word in CONJUNCTIONS
            or word in ADVERBS
            or (word in OPENERS and word not in PRONOUNS and word not in DETERMINERS)
            or word.endswith("ly")
            or token.text in ("'s", "’s")
            or word in DAYS
            or word in AUXILIARIES
        ):
            index += 1
            continue
        found = after(tokens, index, high)
        if found is not None and skipped and _listed(tokens, found, high):
            index = found.last + 2
            continue
        if found is not None:
            return found if found.kind != "role" else replace(found, free=True)
        index += 1
    return None


def _reduced(tokens: list[Token], phrase: Phrase) -> bool:
    """ "prepared for the bank": a participle, no phrase of its own."""
    low = tokens[phrase.first].low
    return (
        phrase.kind == "role"
        and low.endswith(("ed", "ing"))
        and phrase.last > phrase.first
    )


def _likelier(tokens: list[Token], phrase: Phrase, found: Phrase) -> bool:
    """Is the first name more surely a person's: by a title or a given name?"""
    return _rank(tokens, phrase) > _rank(tokens, found)


def _rank(tokens: list[Token], phrase: Phrase) -> int:
    if not personal(tokens, phrase):
        return 0
    titled = phrase.core > phrase.first and tokens[phrase.core - 1].low in TITLES
    given = phrase.core < phrase.last and is_given(tokens[phrase.core].text)
    return 2 if titled or given else 1


def _listed(tokens: list[Token], found: Phrase, high: int) -> bool:
    """Is it still the opening phrase: "After a short, late meeting, the Council"?"""
    end = found.last + 1
    return (
        end + 1 < high
        and tokens[end].text == ","
        and not personal(tokens, found)
        and found.kind != "pronoun"
        and tokens[end + 1].low not in _RELATIVE
    )


def _comma(tokens: list[Token], index: int, high: int) -> int:
    """Where an opening phrase ends: its comma, over the commas of a place or date."""
    comma = index
    while comma < high and tokens[comma].text not in (",", ":", "—"):
        comma += 1
    return comma


def _inside(tokens: list[Token], low: int, high: int) -> Phrase | None:
    """The first named phrase or pronoun in a stretch that has no clause of its own."""
    for index in range(low, high):
        if tokens[index].kind != WORD:
            continue
        if tokens[index].low in PRONOUNS:
            return Phrase(index, index, "pronoun", index)
        if is_finite(tokens, index) and index > low:
            return before(tokens, index - 1, low)
    return None
