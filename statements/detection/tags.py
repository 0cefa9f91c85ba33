"""What stands after a quote and says whose it is: “…,” she said."""

from __future__ import annotations

from dataclasses import replace

from . import clauses, leftward, phrases, rightward, subjects
from .cues import SAYING, VERBS, is_finite, is_verb, skippable
from .lexicon import AUXILIARIES, word_set
from .sources import DASHES, Source, source
from .words import PUNCTUATION, QUOTE, WORD, Sentence, Token, closing

_ASIDE = word_set("when while if as because after before since although though once")
_TOLD = frozenset(["past", "third"])
MODALS = word_set("would will could can should must might may")
_REACH = 60  # how far after a quote its cue may stand in the sentence
_TAG_WORDS = 40  # how far after a quote its "she said" may stand


def tag(sentence: Sentence, at: int, high: int) -> Source | None:
    """The tag after a quote: “…,” she said · “…,” said Ilse Okafor, the speaker."""
    tokens = sentence.tokens
    end = closing(tokens[at])
    first = at + 1
    if first >= high:
        return None
    marked = end in ",?!—–-…;"
    close = not marked and not _words_before(tokens, at)
    if tokens[first].text in (",", "—", "–", "…"):
        marked = True
        first += 1
    if not (marked or close) or first >= high or tokens[first].kind != WORD:
        return None
    found = _tag_from(sentence, first, min(high, first + _TAG_WORDS))
    if found is None:
        return None
    found = outermost(found, high)
    if _words_before(tokens, at) and not _said(found):
        return (
            None  # “a map of yesterday,” described the plan: no tag, the clause goes on
        )
    if marked:
        return found
    # Without a comma the tag must follow at once: “…” Okafor said.
    beside = found.rule != "tag" or found.phrase.first == first
    return replace(found, strength=0.88) if beside else None


def recalled(sentence: Sentence, at: int, low: int, high: int) -> Source | None:
    """Who tells what another said: Okafor said it “would sink,” the envoy recalled.

    The tag stands by itself: the mark closes with a comma, and it ends at a stop.
    """
    tokens = sentence.tokens
    if closing(tokens[at]) != "," or tokens[low].low in _ASIDE:
        return None  # When someone shouted “…,” Okafor laughed
    found = tag(sentence, at, high)
    if found is None or found.rule != "tag" or found.phrase.first != at + 1:
        return None
    if not phrases.human(tokens, found.phrase) or not _said(found):
        return None
    return found if _last(tokens, _place(found), len(tokens)) else None


def outermost(found: Source, high: int) -> Source:
    """Who vouches for it: “…,” Okafor said, according to a transcript."""
    tokens = found.sentence.tokens
    start = max(found.phrase.last, _place(found)) + 1
    for index in range(start, min(high - 2, start + 24)):
        if tokens[index].low == "according" and tokens[index + 1].low == "to":
            vouching = rightward.after(tokens, index + 2, high)
            if vouching is None:
                return found
            return replace(
                found,
                phrase=vouching,
                cue=tokens[index],
                rule="reported",
                strength=0.85,
            )
    return found


def _place(found: Source) -> int:
    tokens = found.sentence.tokens
    return next((i for i, t in enumerate(tokens) if t is found.cue), 0)


def _said(found: Source) -> bool:
    """Is the cue of a tag a verb of saying, or "according to"?"""
    if found.cue is None:
        return False
    verb = VERBS.get(found.cue.low)
    return verb is None or verb.group == SAYING


def _words_before(tokens: list[Token], at: int) -> bool:
    """Does a word stand between the sentence's start, or the last quote, and here?"""
    return at > 0 and tokens[at - 1].kind == WORD


def _tag_from(sentence: Sentence, first: int, high: int) -> Source | None:
    tokens = sentence.tokens
    start = first
    while start < high and skippable(tokens[start]) and not tokens[start].upper:
        start += 1
    if start >= high or tokens[start].kind != WORD:
        return None
    if tokens[start].low.endswith("ing") and not tokens[start].upper:
        return None  # “…,” echoing those who said: no tag, the clause goes on
    # said Ilse Okafor
    verb = is_verb(tokens, start)
    if verb is not None and " " in verb.base:
        return None  # "put it", "made clear": their subject stands before them
    if verb is not None and verb.form in ("past", "third", "base", "part"):
        if start + 1 < high:
            phrase = rightward.after(tokens, start + 1, high)
            if phrase is not None and verb.base != "tell":
                if _goes_on(tokens, phrase.last + 1):
                    return None  # citing “…,” said the plan could wait
                return source(sentence, phrase, "tag-inverted", tokens[start], 0.97)
        return None
    if tokens[start].low == "according" and start + 2 < high:
        phrase = rightward.after(tokens, start + 2, high)
        return source(sentence, phrase, "according-to", tokens[start], 0.93)
    if tokens[first].low in ("and", "but", "or", "which", "that", "who", "while"):
        return None
    # Okafor, who is …, said
    for index in range(start + 1, high):
        token = tokens[index]
        if token.kind == PUNCTUATION and token.text in ":;":
            return None
        if token.low in ("but", "and", "while") and tokens[index - 1].text == ",":
            return None
        verb = is_verb(tokens, index)
        if verb is not None and tokens[index - 1].text == "," and index + 1 < high:
            # “…,” since so many were decided, said Ilse Okafor
            named = rightward.after(tokens, index + 1, high)
            saying = verb.group == SAYING and verb.base != "tell"
            if saying and named is not None and named.kind == "name":
                return source(sentence, named, "trailing", token, 0.9)
        bare = verb is None and token.low[-2:] == "ed" and index < start + 5
        if bare and _last(tokens, index, high) and is_finite(tokens, index):
            phrase = subjects.subject(tokens, index, first)
            return source(sentence, phrase, "tag", token, 0.85)
        if verb is not None and verb.form in ("past", "third", "base"):
            if verb.group != SAYING and index > start + 3:
                continue
            if token.low in ("read", "reads") and index > start + 6:
                continue
            quoted = clauses.quoted_as(tokens, index, high)
            if quoted is not None:
                return source(sentence, quoted, "tag", token, 0.9)
            phrase = subjects.subject(tokens, index, first)
            if phrase is not None and phrase.free:
                return source(sentence, phrase, "tag", token, 0.97)
            return None
    return None


def _goes_on(tokens: list[Token], index: int) -> bool:
    """Does a verb follow the phrase after "said", so that it is its subject?"""
    if index >= len(tokens) or tokens[index].kind != WORD:
        return False
    return tokens[index].low in MODALS or (
        is_finite(tokens, index) and tokens[index].low in AUXILIARIES
    )


def _last(tokens: list[Token], index: int, high: int) -> bool:
    """Does the tag end after this token?"""
    return index + 1 >= high or tokens[index + 1].text in (".", ",", ":", ";")


def next_tag(sentence: Sentence) -> Source | None:
    """“Is it?” Okafor asked: a tag cut off by a question mark or a stop."""
    tokens = sentence.tokens
    if len(tokens) > _TAG_WORDS:
        return None
    for index, token in enumerate(tokens):
        if token.kind == QUOTE:
            break
        verb = is_verb(tokens, index)
        if verb is not None and verb.group == SAYING and verb.form in _TOLD:
            follows = tokens[index + 1].low if index + 1 < len(tokens) else "."
            if follows in (
                "that",
                "the",
                "he",
                "she",
                "it",
                "they",
                ":",
                "in",
                "his",
                "her",
            ) or (index + 2 < len(tokens) and tokens[index + 2].kind == QUOTE):
                return None
            phrase = subjects.subject(tokens, index, 0)
            if phrase is None or phrase.first > 1 or tokens[0].text == "(":
                return None
            found = source(sentence, phrase, "tag-apart", token, 0.85)
            return found and outermost(found, len(tokens))
    return None


def signed(sentence: Sentence, at: int, high: int) -> Source | None:
    """“…” ― Ada Brandt: a name after a dash, and nothing more."""
    tokens = sentence.tokens
    if at + 2 > high or at + 1 >= len(tokens) or tokens[at + 1].text not in DASHES:
        return None
    stop = next(
        (i for i in range(at + 2, high) if tokens[i].kind != WORD or tokens[i].low
         in ("on", "in", "at", "via")), high,
    )  # fmt: skip
    phrase = leftward.before(tokens, stop - 1, at + 2)
    if phrase is None or phrase.kind != "name" or phrase.first != at + 2:
        return None
    # “Ministry moves house” — The Harrowmere Star: a list of sources, no statement.
    if closing(tokens[at]) not in ".?!…" and not phrases.personal(tokens, phrase):
        return None
    return source(sentence, phrase, "signature", None, 0.93, "signature")


def trailing(sentence: Sentence, at: int) -> Source | None:
    """Further on in the sentence: “…” before the vote, Okafor said."""
    tokens = sentence.tokens
    high = min(len(tokens), at + 1 + _REACH)
    parted = False
    for index in range(at + 1, high):
        token = tokens[index]
        if token.kind != WORD:
            parted = parted or token.text in (",", "—", "–")
            continue
        if token.low == "according" and index + 2 < high:
            phrase = rightward.after(tokens, index + 2, high)
            return source(sentence, phrase, "according-to", token, 0.85)
        verb = is_verb(tokens, index)
        if verb is None or verb.group != SAYING or verb.form not in ("past", "third"):
            continue
        if not parted:
            continue  # the tag is set off by a comma
        if tokens[index - 1].text == "," and index + 1 < high and verb.base != "tell":
            inverted = rightward.after(tokens, index + 1, high)
            if inverted is not None:
                return source(sentence, inverted, "trailing", token, 0.85)
        phrase = subjects.subject(tokens, index, at + 1)
        if phrase is None or not phrase.free or phrase.first <= at + 1:
            continue
        if tokens[phrase.first - 1].text in (",", "—", "–"):
            return source(sentence, phrase, "trailing", token, 0.85)
    return None
