"""Which phrase of the text says each quote: the steps from sentence to neighbours.

Order: the tag after a quote, the clause before it, its sentence, its paragraph, the
label or colon that introduces it, the signature below it, the paragraph before it.
Each answer carries the rule that gave it; nothing is answered twice.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from . import phrases, subjects
from .cues import SAYING, WEAK, is_finite, is_verb, skippable
from .lexicon import SAYING_NOUNS, word_set
from .phrases import Phrase
from .words import PUNCTUATION, QUOTE, WORD, Sentence, Token, Words, closing

_CLAUSE = 60  # how far from a quote its cue may stand in the sentence
_TAG_WORDS = 40  # how far after a quote its "she said" may stand
_WORDS = re.compile(r"[^\W_]+(?:[’'-][^\W_]+)*")
_DASHES = frozenset("-–—―‒~")
_ASIDE = word_set("when while if because as after since although though once")
_MODALS = word_set("to will would can could may might must shall should")


@dataclass(frozen=True, slots=True)
class Source:
    """The phrase that says a quote, and how it was found."""

    sentence: Sentence
    phrase: Phrase
    rule: str
    cue: Token | None
    evidence: str  # explicit, inherited, label, signature
    strength: float

    @property
    def tokens(self) -> list[Token]:
        """The words of the phrase."""
        return self.sentence.tokens[self.phrase.first : self.phrase.last + 1]


def find(words: Words) -> list[Source | None]:
    """One source, or None, for each of ``words.quotes``."""
    return _Reading(words).run()


class _Reading:
    """One pass over a text; ``found`` fills up as rules answer."""

    def __init__(self, words: Words):
        self.words = words
        self.found: list[Source | None] = [None] * len(words.quotes)
        self.spoken = -1  # the paragraph of the last quote with a speaker

    def run(self) -> list[Source | None]:
        for number, sentence in enumerate(self.words.sentences):
            following = (
                self.words.sentences[number + 1]
                if number + 1 < len(self.words.sentences)
                else None
            )
            self._sentence(sentence, following)
        previous: Source | None = None
        for block, sentences in enumerate(self.words.by_block):
            previous = self._block(block, sentences, previous)
        return self.found

    # Within one sentence

    def _sentence(self, sentence: Sentence, following: Sentence | None) -> None:
        tokens = sentence.tokens
        places = [i for i, token in enumerate(tokens) if token.kind == QUOTE]
        for order, at in enumerate(places):
            number = tokens[at].quote
            if self.found[number] is not None:
                continue
            low = places[order - 1] + 1 if order else 0
            high = places[order + 1] if order + 1 < len(places) else len(tokens)
            before = _clause(sentence, at, low)
            strong = before is not None and before.strength > 0.8
            owner = None if strong else _owner(sentence, at, low)
            if owner is not None and before is not None and _nearer(before, owner):
                owner = None
            source = (
                (before if strong and tokens[at - 1].text != ":" else None)
                or _tag(sentence, at, high)
                or _signed(sentence, at, high)
                or owner
                or before
                or (self._shared(sentence, places, order) if order else None)
                or _trailing(sentence, at)
                or _loose(sentence, at, low)
            )
            apart = source is None or source.rule == "sentence-subject"
            if closing(tokens[at]) == "." and self.spoken == sentence.paragraph:
                apart = False  # “…,” A said. “…” B said: “…”
            if apart and at == len(tokens) - 1 and following is not None:
                same = following.paragraph == sentence.paragraph
                if same and following.tokens[0].kind != QUOTE:
                    source = _next_tag(following) or source
            self.found[number] = source
            if source is not None and source.strength > 0.8:
                self.spoken = sentence.paragraph
        for order in range(len(places) - 2, -1, -1):
            number = tokens[places[order]].quote
            if self.found[number] is None:
                later = self.found[tokens[places[order + 1]].quote]
                if later is not None and later.sentence is sentence:
                    self.found[number] = replace(later, rule="same-sentence")

    def _shared(
        self, sentence: Sentence, places: list[int], order: int
    ) -> Source | None:
        """A later part of a sentence whose earlier quote has a speaker."""
        earlier = self.found[sentence.tokens[places[order - 1]].quote]
        if earlier is None or earlier.sentence is not sentence:
            return None
        return replace(earlier, rule="same-sentence")

    # From sentence to sentence, paragraph to paragraph

    def _block(
        self, block: int, sentences: list[Sentence], previous: Source | None
    ) -> Source | None:
        """Fill what the sentences left open; the paragraph's last speaker."""
        label = _label(sentences)
        current: Source | None = None
        waiting: list[int] = []
        for sentence in sentences:
            quotes = [t.quote for t in sentence.tokens if t.kind == QUOTE]
            bare = _bare(sentence)
            for number in quotes:
                source = self.found[number]
                if source is not None and not (
                    label is not None and source.rule == "sentence-subject"
                ):
                    current = source
                    continue
                if label is not None:
                    self.found[number] = current = label
                elif current is not None and bare:
                    self.found[number] = replace(
                        current,
                        rule="next-sentence",
                        evidence="inherited",
                        strength=min(current.strength, 0.9),
                    )
                else:
                    waiting.append(number)
            if not quotes:
                current = told(sentence) or current
        if waiting:
            self._neighbours(block, sentences, waiting, previous, current)
        return current or (previous if _quotes_only(sentences) else None) or previous

    def _neighbours(
        self,
        block: int,
        sentences: list[Sentence],
        waiting: list[int],
        previous: Source | None,
        current: Source | None,
    ) -> None:
        """Quotes that their own paragraph gives no speaker before them."""
        lonely = _quotes_only(sentences)
        signed = colon = None
        by_block = self.words.by_block
        if lonely and block + 1 < len(by_block):
            signed = _signature(by_block[block + 1])
        if block:
            colon = _colon(by_block[block - 1])
        first = sentences[0].tokens[0].quote
        for number in waiting:
            opens = lonely or number == first
            if signed is not None:
                self.found[number] = signed
            elif opens and colon is not None:
                self.found[number] = colon
            elif lonely and previous is not None:
                self.found[number] = replace(
                    previous,
                    rule="previous-paragraph",
                    evidence="inherited",
                    strength=0.9,
                )
            elif current is not None:
                self.found[number] = replace(
                    current, rule="paragraph", evidence="inherited", strength=0.6
                )


def _bare(sentence: Sentence) -> bool:
    """Is the sentence nothing but quotes (and signs)?"""
    return not any(token.kind == WORD for token in sentence.tokens)


def _quotes_only(sentences: list[Sentence]) -> bool:
    return all(_bare(sentence) for sentence in sentences)


def _source(
    sentence: Sentence,
    phrase: Phrase | None,
    rule: str,
    cue: Token | None,
    strength: float,
    evidence: str = "explicit",
) -> Source | None:
    if phrase is None:
        return None
    return Source(sentence, phrase, rule, cue, evidence, strength)


def _tag(sentence: Sentence, at: int, high: int) -> Source | None:
    """The tag after a quote: “…,” she said · “…,” said Ilse Okafor, the speaker."""
    tokens = sentence.tokens
    end = closing(tokens[at])
    first = at + 1
    if first >= high:
        return None
    marked = end in ",?!—–-…;"
    close = not marked and not _words_before(tokens, at)
    if tokens[first].text in (",", "—", "–", "-", "…"):
        marked = True
        first += 1
    if not (marked or close) or first >= high or tokens[first].kind != WORD:
        return None
    found = _tag_from(sentence, first, min(high, first + _TAG_WORDS))
    if found is None or marked:
        return found
    # Without a comma the tag must follow at once: “…” Okafor said.
    beside = found.rule != "tag" or found.phrase.first == first
    return replace(found, strength=0.88) if beside else None


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
    # said Ilse Okafor
    verb = is_verb(tokens, start)
    if verb is not None and verb.form in ("past", "third", "base", "part"):
        if start + 1 < high:
            phrase = phrases.after(tokens, start + 1, high)
            if phrase is not None and verb.base != "tell":
                return _source(sentence, phrase, "tag-inverted", tokens[start], 0.97)
        return None
    if tokens[start].low == "according" and start + 2 < high:
        phrase = phrases.after(tokens, start + 2, high)
        return _source(sentence, phrase, "according-to", tokens[start], 0.93)
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
        if verb is None and index < start + 5 and _last(tokens, index, high):
            if token.low[-2:] == "ed" and is_finite(tokens, index):
                phrase = subjects.subject(tokens, index, first)
                return _source(sentence, phrase, "tag", token, 0.85)
        if verb is not None and verb.form in ("past", "third", "base"):
            if verb.group != SAYING and index > start + 3:
                continue
            if token.low in ("read", "reads") and index > start + 6:
                continue
            phrase = subjects.subject(tokens, index, first)
            if phrase is not None and phrase.free:
                return _source(sentence, phrase, "tag", token, 0.97)
            return None
    return None


def _last(tokens: list[Token], index: int, high: int) -> bool:
    """Does the tag end after this token?"""
    return index + 1 >= high or tokens[index + 1].text in (".", ",", ":", ";")


def _next_tag(sentence: Sentence) -> Source | None:
    """“Is it?” Okafor asked: a tag cut off by a question mark or a stop."""
    tokens = sentence.tokens
    if len(tokens) > _TAG_WORDS:
        return None
    for index, token in enumerate(tokens):
        if token.kind == QUOTE:
            break
        verb = is_verb(tokens, index)
        if verb is not None and verb.group == SAYING and verb.form != "ing":
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
            if phrase is not None and phrase.first <= 1:
                return _source(sentence, phrase, "tag-apart", token, 0.85)
            return None
    return None


def _clause(sentence: Sentence, at: int, low: int) -> Source | None:
    """The clause before a quote: Okafor said that “…” · called the plan “…”.

    The nearest verb of saying governs. A weak one (supports, hopes) gives way to a
    stronger one further out: Okafor stressed that Vallorn supports it “fully”.
    """
    tokens = sentence.tokens
    weak: Source | None = None
    for index in range(at - 1, max(low, at - _CLAUSE) - 1, -1):
        token = tokens[index]
        if token.kind != WORD:
            if token.text == ";":
                break
            continue
        if token.low == "according" and index + 2 < at:
            phrase = phrases.after(tokens, index + 2, at)
            return _source(sentence, phrase, "according-to", token, 0.9)
        verb = is_verb(tokens, index)
        if verb is None or verb.form == "part":
            continue
        if weak is not None and (verb.group != SAYING or verb.form == "ing"):
            continue
        if verb.form == "past" and (index == low or _passive(tokens, index, low)):
            if at + 2 < len(tokens) and tokens[at + 1].low == "by":
                phrase = phrases.after(tokens, at + 2, len(tokens))
                return _source(sentence, phrase, "by", token, 0.9)
            continue
        phrase = subjects.subject(tokens, index, 0 if _joined(tokens, low) else low)
        if phrase is None:
            continue
        if verb.group == WEAK or _modal(tokens, index, low):
            weak = _source(sentence, phrase, "weak-clause", token, 0.7)
            continue
        strength = 0.95 if phrase.free else 0.85
        if verb.form == "ing":
            strength = 0.8
        if _aside(tokens, phrase, index, at):
            weak = weak or _source(sentence, phrase, "weak-clause", token, 0.6)
            continue
        return _source(sentence, phrase, "clause", token, strength)
    return weak


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


def _nearer(one: Source, other: Source) -> bool:
    """Does the cue of the first stand nearer to the quote?"""
    return (
        one.cue is not None
        and other.cue is not None
        and one.cue.start > other.cue.start
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


def _signed(sentence: Sentence, at: int, high: int) -> Source | None:
    """“…” ― Ada Brandt: a name after a dash, and nothing more."""
    tokens = sentence.tokens
    if at + 2 > high or at + 1 >= len(tokens) or tokens[at + 1].text not in _DASHES:
        return None
    stop = next(
        (i for i in range(at + 2, high) if tokens[i].kind != WORD or tokens[i].low
         in ("on", "in", "at", "via")), high,
    )  # fmt: skip
    phrase = phrases.before(tokens, stop - 1, at + 2)
    if phrase is None or phrase.kind != "name" or phrase.first != at + 2:
        return None
    # “Ministry moves house” — The Harrowmere Star: a list of sources, no statement.
    if closing(tokens[at]) not in ".?!…" and not phrases.personal(tokens, phrase):
        return None
    return _source(sentence, phrase, "signature", None, 0.93, "signature")


_OWNED = SAYING_NOUNS | word_set(
    """
    assertion insistence suggestion contention admission description characterization
    criticism claim argument view belief prediction recommendation refusal complaint
    word words language inscription talk rhetoric proposal plan idea advice summary account
    """
)


def _owner(sentence: Sentence, at: int, low: int) -> Source | None:
    """A noun of saying and whose it is: Brandt's claim that “…”, a letter from …"""
    tokens = sentence.tokens
    for index in range(at - 1, max(low, at - 10) - 1, -1):
        token = tokens[index]
        if token.kind != WORD or token.low not in _OWNED:
            continue
        for place in range(index - 1, max(low, index - 5) - 1, -1):
            here = tokens[place]
            if here.low in ("his", "her", "their", "my", "our"):
                phrase = Phrase(place, place, "pronoun", place)
                return _source(sentence, phrase, "owner", token, 0.8)
            if here.text in ("'s", "’s"):
                owned = phrases.before(tokens, place - 1, low, linked=False)
                return _source(sentence, owned, "owner", token, 0.8)
            if here.kind != WORD:
                break
        links = ("of",) if token.low == "words" else ("by", "from")
        if index + 2 < at and tokens[index + 1].low in links:
            phrase = phrases.after(tokens, index + 2, at)
            return _source(sentence, phrase, "owner", token, 0.8)
    return None


def _trailing(sentence: Sentence, at: int) -> Source | None:
    """Further on in the sentence: “…” before the vote, Okafor said."""
    tokens = sentence.tokens
    high = min(len(tokens), at + 1 + _CLAUSE)
    for index in range(at + 1, high):
        token = tokens[index]
        if token.kind != WORD:
            continue
        if token.low == "according" and index + 2 < high:
            phrase = phrases.after(tokens, index + 2, high)
            return _source(sentence, phrase, "according-to", token, 0.85)
        verb = is_verb(tokens, index)
        if verb is None or verb.group != SAYING or verb.form not in ("past", "third"):
            continue
        if tokens[index - 1].text == "," and index + 1 < high and verb.base != "tell":
            inverted = phrases.after(tokens, index + 1, high)
            if inverted is not None:
                return _source(sentence, inverted, "trailing", token, 0.85)
        phrase = subjects.subject(tokens, index, at + 1)
        if phrase is None or not phrase.free or phrase.first <= at + 1:
            continue
        if tokens[phrase.first - 1].text in (",", "—", "–"):
            return _source(sentence, phrase, "trailing", token, 0.85)
    return None


def _loose(sentence: Sentence, at: int, low: int) -> Source | None:
    """No verb of saying before the quote: the subject of its clause, weakly."""
    tokens = sentence.tokens
    if at <= low:
        return None
    phrase = subjects.leading(tokens, low, at)
    if phrase is None:
        return None
    finite = next(
        (i for i in range(phrase.last + 1, at) if is_finite(tokens, i)),
        None,
    )
    if finite is None and tokens[at - 1].text != ":":
        return None
    return _source(sentence, phrase, "sentence-subject", None, 0.5)


def told(sentence: Sentence) -> Source | None:
    """The last one said to speak in a sentence that has no quote."""
    tokens = sentence.tokens
    for index in range(len(tokens) - 1, -1, -1):
        token = tokens[index]
        if token.kind != WORD:
            continue
        if token.low == "according" and index + 2 < len(tokens):
            phrase = phrases.after(tokens, index + 2, len(tokens))
            if phrase is not None:
                return _source(sentence, phrase, "according-to", token, 0.85)
        verb = is_verb(tokens, index)
        if (
            verb is not None
            and verb.group == SAYING
            and verb.form in ("past", "third")
            and not _passive(tokens, index, 0)
        ):
            phrase = subjects.subject(tokens, index, 0)
            if phrase is not None and phrase.free:
                return _source(sentence, phrase, "told", token, 0.85)
    return None


def _label(sentences: list[Sentence]) -> Source | None:
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
    return _headed(sentence, colon)


def _headed(sentence: Sentence, end: int) -> Source | None:
    """The person that a heading names: "Statement of Minister Ada Brandt"."""
    tokens = sentence.tokens
    low = 0
    for index in range(min(end, 8)):
        if tokens[index].low in ("by", "of", "from") and (
            index and tokens[index - 1].low in SAYING_NOUNS
        ):
            low = index + 1
            break
    stop = next((i for i in range(low, end) if tokens[i].kind != WORD), end)
    phrase = phrases.before(tokens, stop - 1, low) if stop > low else None
    if phrase is None:
        return None
    return _source(sentence, phrase, "label", None, 0.95, "label")


def _colon(sentences: list[Sentence]) -> Source | None:
    """A paragraph that ends with a colon introduces the next: Okafor said:"""
    if not sentences:
        return None
    sentence = sentences[-1]
    tokens = sentence.tokens
    if tokens[-1].text != ":":
        return _heading(sentences)
    teller = told(sentence)
    if teller is not None:
        return replace(teller, rule="colon", evidence="inherited", strength=0.9)
    if not any(is_finite(tokens, i) for i in range(len(tokens))):
        return _headed(sentence, len(tokens) - 1)
    phrase = subjects.leading(tokens, 0, len(tokens) - 1)
    return _source(sentence, phrase, "colon", None, 0.6, "inherited")


def _heading(sentences: list[Sentence]) -> Source | None:
    """A line of its own that names whose words follow: Statement of Ada Brandt."""
    tokens = sentences[0].tokens
    if len(sentences) > 1 or len(tokens) > 24:
        return None
    for index in range(min(3, len(tokens) - 2)):
        if tokens[index].low in ("statement", "remarks", "comments") and (
            tokens[index + 1].low in ("of", "by", "from")
        ):
            return _headed(sentences[0], len(tokens))
    return None


def _signature(sentences: list[Sentence]) -> Source | None:
    """– Minister Ada Brandt, 28 May: the line under a quote."""
    if len(sentences) != 1:
        return None
    tokens = sentences[0].tokens
    if len(tokens) > 30 or tokens[0].text not in _DASHES:
        return None
    first = next((i for i, t in enumerate(tokens) if t.kind == WORD), None)
    if first is None:
        return None
    stop = next(
        (i for i in range(first, len(tokens)) if tokens[i].kind != WORD), len(tokens)
    )
    phrase = phrases.before(tokens, stop - 1, first)
    if phrase is None or phrase.first != first:
        return None
    return _source(sentences[0], phrase, "signature", None, 0.95, "signature")
