"""What stands before a quote and says whose it is: Okafor said that “…”."""

from __future__ import annotations

from . import leftward, phrases, rightward, subjects
from .cues import SAYING, VERBAL, VERBS, WEAK, is_finite, is_verb, skippable
from .lexicon import BODIES, ROLES, SAYING_NOUNS, word_set
from .phrases import Phrase
from .sources import Source, source
from .words import WORD, Sentence, Token

_REACH = 60  # how far before a quote its cue may stand in the sentence
_MOST = 8  # verbs of one sentence that are tried
_ASIDE = word_set("when while if because as after since although though once")
_QUOTED = word_set("quoted quotes quote quoting cited cites citing")
_MODALS = word_set("to will would can cannot could may might must shall should")


def clause(sentence: Sentence, at: int, low: int) -> Source | None:
    """The clause before a quote: Okafor said that “…” · called the plan “…”.

    The nearest verb of saying governs. A weak one (supports, hopes) gives way to a
    stronger one further out: Okafor stressed that Vallorn supports it “fully”.
    """
    tokens = sentence.tokens
    weak: Source | None = None
    tried = 0
    for index in range(at - 1, max(low, at - _REACH) - 1, -1):
        token = tokens[index]
        if token.kind != WORD:
            if token.text == ";":
                break
            continue
        if token.low == "according" and index + 2 < at:
            phrase = rightward.after(tokens, index + 2, at)
            return source(sentence, phrase, "according-to", token, 0.9)
        verb = is_verb(tokens, index)
        if verb is None or verb.form == "part":
            continue
        if weak is not None and verb.group != SAYING:
            continue
        if verb.form == "past" and (index == low or _passive(tokens, index, low)):
            if index + 2 < at and tokens[index + 1].low == "by":
                phrase = rightward.after(tokens, index + 2, at)
                if phrase is not None and phrases.human(tokens, phrase):
                    return source(sentence, phrase, "by", token, 0.9)
            if at + 2 < len(tokens) and tokens[at + 1].low == "by":
                phrase = rightward.after(tokens, at + 2, len(tokens))
                return source(sentence, phrase, "by", token, 0.9)
            continue
        if index > low and tokens[index - 1].text == "," and verb.group == SAYING:
            # …, explained Okafor, “…”
            named = rightward.after(tokens, index + 1, at)
            if (
                named is not None
                and verb.base != "tell"
                and named.last + 1 < at
                and (
                    tokens[named.last + 1].text == ","
                    and phrases.personal(tokens, named)
                )
            ):
                return source(sentence, named, "clause-inverted", token, 0.9)
        quoted = quoted_as(tokens, index, at)
        if quoted is not None:
            return source(sentence, quoted, "clause", token, 0.9)
        tried += 1
        if tried > _MOST:
            break
        across = verb.form == "ing" or _joined(tokens, low)
        phrase = subjects.subject(tokens, index, 0 if across else low)
        if phrase is None and low and index > low and tokens[index - 1].text == ",":
            # Okafor, author of “Ice,” who …, said that
            phrase = subjects.subject(tokens, index, 0)
        if phrase is None:
            continue
        if verb.group == WEAK or _modal(tokens, index, low):
            weak = source(sentence, phrase, "weak-clause", token, 0.7)
            continue
        outer = subjects.said_before(tokens, phrase, 0 if across else low)
        if outer is not None:
            above = subjects.subject(tokens, outer, 0 if across else low)
            if above is not None and above.free:
                phrase, token = above, tokens[outer]
        strength = 0.95 if phrase.free else 0.85
        if verb.form == "ing":
            strength = 0.8
        if _aside(tokens, phrase, index, at):
            weak = weak or source(sentence, phrase, "weak-clause", token, 0.6)
            continue
        return source(sentence, phrase, "clause", token, strength)
    return weak


def quoted_as(tokens: list[Token], verb: int, high: int) -> Phrase | None:
    """Who is quoted by another: the Herald quoted Okafor as saying that “…”."""
    base = VERBS[tokens[verb].low].base if tokens[verb].low in VERBS else ""
    if tokens[verb].low == "saying" and verb > 1 and tokens[verb - 1].low == "as":
        for index in range(verb - 2, max(-1, verb - 14), -1):
            if tokens[index].kind != WORD:
                continue
            if tokens[index].low in _QUOTED:
                return rightward.after(tokens, index + 1, verb - 1)
    if base in ("quote", "cite"):
        for index in range(verb + 2, min(verb + 12, high - 1)):
            if tokens[index].low == "as" and tokens[index + 1].low == "saying":
                return rightward.after(tokens, verb + 1, index)
    return None


def _joined(tokens: list[Token], low: int) -> bool:
    """Does the stretch after a quote go on with "and", so that its subject holds?"""
    at = low
    while at < len(tokens) and tokens[at].text in (",", "—", "–"):
        at += 1
    return at < len(tokens) and (
        tokens[at].low in ("and", "but", "or", "then") or tokens[at].low.endswith("ing")
    )


def _aside(tokens: list[Token], phrase: Phrase, verb: int, at: int) -> bool:
    """Is the verb in a side clause that a comma ends: "when he called, “…”"?"""
    return (
        phrase.first > 0
        and tokens[phrase.first - 1].low in _ASIDE
        and verb + 1 < at
        and tokens[at - 1].text == ","
        and tokens[verb + 1].kind == WORD
    )


def _modal(tokens: list[Token], index: int, low: int) -> bool:
    """Is it only wanted or possible: "would continue", "to promote", "must say"?"""
    at = index - 1
    while at >= low and skippable(tokens[at]):
        if tokens[at].low in _MODALS:
            return True
        at -= 1
    return False


def _passive(tokens: list[Token], index: int, low: int) -> bool:
    """Was it said *of* the subject: "was called", "is described as"?"""
    at = index - 1
    while at >= low and tokens[at].kind == WORD:
        word = tokens[at].low
        if word in ("was", "were", "been", "being", "be", "is", "are", "get", "got"):
            return True
        if not (word.endswith("ly") or word in ("not", "also", "once", "often")):
            return False
        at -= 1
    return False


_OWNED = (
    SAYING_NOUNS - word_set("interview interviews email emails book article")
) | word_set(
    """
    accusation accusations dictum lament
    assertion insistence suggestion contention admission description
    characterization complaint
    criticism claim argument view belief prediction recommendation refusal
    word words language inscription talk rhetoric advice
    """
)


def owner(sentence: Sentence, at: int, low: int) -> Source | None:
    """A noun of saying and whose it is: Brandt's claim that “…”, a letter from …"""
    tokens = sentence.tokens
    for index in range(at - 1, max(low, at - 10) - 1, -1):
        token = tokens[index]
        if token.kind != WORD or token.low not in _OWNED:
            continue
        if is_finite(tokens, index + 1):
            continue  # "his claim was “true”" quotes somebody else
        for place in range(index - 1, max(low, index - 5) - 1, -1):
            here = tokens[place]
            if here.low in ("his", "her", "their", "my", "our"):
                whose = Phrase(place, place, "pronoun", place)
                return source(sentence, whose, "owner", token, 0.8)
            if here.text in ("'s", "’s"):
                owned = leftward.before(tokens, place - 1, low, linked=False)
                return source(sentence, owned, "owner", token, 0.8)
            if here.kind != WORD:
                break
        links = ("of",) if token.low == "words" else ("by", "from")
        if index + 2 < at and tokens[index + 1].low in links:
            named = rightward.after(tokens, index + 2, at)
            return source(sentence, named, "owner", token, 0.8)
    return None


def loose(sentence: Sentence, at: int, low: int) -> Source | None:
    """No verb of saying before the quote: the subject of its clause, weakly."""
    tokens = sentence.tokens
    if at <= low:
        return None
    phrase = subjects.leading(tokens, low, at)
    if phrase is None:
        return None
    if tokens[at - 1].text == ":" and phrase.kind == "role":
        whose = _whose(tokens, phrase)
        if whose is not None:  # His first lesson has not changed: “…”
            return source(sentence, whose, "owner", None, 0.6)
    finite = next(
        (i for i in range(phrase.last + 1, at) if is_finite(tokens, i)),
        None,
    )
    if finite is None and tokens[at - 1].text != ":":
        return None
    return source(sentence, phrase, "sentence-subject", None, 0.5)


def _whose(tokens: list[Token], phrase: Phrase) -> Phrase | None:
    """Whose lesson, word or rule a phrase is: his, Okafor’s."""
    if tokens[phrase.core].low in ROLES or tokens[phrase.core].low in BODIES:
        return None
    if tokens[phrase.first].low in ("his", "her"):
        return Phrase(phrase.first, phrase.first, "pronoun", phrase.first)
    for index in range(phrase.first + 1, phrase.last):
        if tokens[index].text in ("'s", "’s"):
            owner = leftward.before(tokens, index - 1, phrase.first, linked=False)
            if owner is not None and phrases.personal(tokens, owner):
                return owner
    return None


def told(sentence: Sentence) -> Source | None:
    """The last one said to speak in a sentence that has no quote."""
    if "told" not in sentence.read:
        sentence.read["told"] = _told(sentence)
    found: Source | None = sentence.read["told"]
    return found


def _told(sentence: Sentence) -> Source | None:
    tokens = sentence.tokens
    other: Source | None = None
    tried = 0
    for index in range(len(tokens) - 1, -1, -1):
        token = tokens[index]
        if token.kind != WORD:
            continue
        if token.low == "according" and index + 2 < len(tokens):
            phrase = rightward.after(tokens, index + 2, len(tokens))
            if phrase is not None:
                return source(sentence, phrase, "according-to", token, 0.85)
        verb = is_verb(tokens, index) if token.low in VERBAL else None
        if (
            verb is not None
            and verb.group == SAYING
            and verb.form in ("past", "third")
            and not _passive(tokens, index, 0)
        ):
            tried += 1
            if tried > _MOST:
                break
            phrase = subjects.subject(tokens, index, 0)
            if index and tokens[index - 1].text == ",":
                named = rightward.after(tokens, index + 1, len(tokens))
                if named is not None and phrases.personal(tokens, named):
                    phrase = named  # …, noted Ada Brandt.
            if phrase is None or not phrase.free:
                continue
            found = source(sentence, phrase, "told", token, 0.85)
            if phrases.human(tokens, phrase):
                return found
            other = other or found  # "Resolution 2222 asks for talks"
    return other
