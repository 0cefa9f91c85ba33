"""Which phrase of the text says each quote: the steps from sentence to neighbours.

Order: the tag after a quote, the clause before it, its sentence, its paragraph, the
label or colon that introduces it, the signature below it, the paragraph before it.
Each answer carries the rule that gave it; nothing is answered twice.
"""

from __future__ import annotations

from dataclasses import replace

from . import clauses, foreign, surroundings, tags
from .sources import Source, bare, quotes_only
from .words import QUOTE, WORD, Sentence, Token, Words, closing


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
            before = clauses.clause(sentence, at, low)
            strong = before is not None and before.strength > 0.8
            owner = None if strong else clauses.owner(sentence, at, low)
            if (
                owner is not None
                and before is not None
                and (_nearer(before, owner) or owner.phrase.kind == "pronoun")
            ):
                owner = None
            source = (
                (tags.recalled(sentence, at, low, high) if strong else None)
                or (before if strong and _governs(before, tokens, at) else None)
                or tags.tag(sentence, at, high)
                or foreign.tag(sentence, at, high)
                or foreign.before(sentence, at, low)
                or tags.signed(sentence, at, high)
                or (None if strong else tags.trailing(sentence, at))
                or owner
                or before
                or (self._shared(sentence, places, order) if order else None)
                or clauses.loose(sentence, at, low)
            )
            apart = source is None or source.rule == "sentence-subject"
            if closing(tokens[at]) == "." and self.spoken == sentence.paragraph:
                apart = False  # “…,” A said. “…” B said: “…”
            if apart and at == len(tokens) - 1 and following is not None:
                same = following.paragraph == sentence.paragraph
                if same and following.tokens[0].kind != QUOTE:
                    source = tags.next_tag(following) or source
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
        label = surroundings.label(sentences)
        current: Source | None = None
        waiting: list[tuple[int, int]] = []
        for place, sentence in enumerate(sentences):
            quotes = [t.quote for t in sentence.tokens if t.kind == QUOTE]
            plain = bare(sentence)
            for number in quotes:
                source = self.found[number]
                if source is not None and not (
                    label is not None and source.rule == "sentence-subject"
                ):
                    current = source
                    continue
                if label is not None:
                    self.found[number] = current = label
                elif current is not None and plain:
                    self.found[number] = replace(
                        current,
                        rule="next-sentence",
                        evidence="inherited",
                        strength=min(current.strength, 0.9),
                    )
                else:
                    waiting.append((number, place))
            if not quotes:
                current = clauses.told(sentence) or current
        if waiting:
            self._neighbours(block, sentences, waiting, previous, current)
        return current or (previous if quotes_only(sentences) else None) or previous

    def _neighbours(
        self,
        block: int,
        sentences: list[Sentence],
        waiting: list[tuple[int, int]],
        previous: Source | None,
        current: Source | None,
    ) -> None:
        """Quotes that their own paragraph gives no speaker before them."""
        lonely = quotes_only(sentences)
        signed = colon = None
        by_block = self.words.by_block
        if lonely and block + 1 < len(by_block):
            signed = surroundings.signature(by_block[block + 1])
        if block:
            colon = surroundings.colon(by_block[block - 1])
        first = sentences[0].tokens[0].quote
        near = self._around(block) if lonely and previous is None else None
        for number, place in waiting:
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
            elif lonely:
                self.found[number] = near
            elif place and bare(sentences[place]):
                self.found[number] = surroundings.about(sentences[place - 1])

    def _around(self, block: int) -> Source | None:
        """The person whom the paragraph before, or else the one after, is about."""
        around = self.words.by_block
        for step in (-1, 1):
            for at in range(block + step, block + 4 * step, step):
                if 0 <= at < len(around) and not quotes_only(around[at]):
                    return surroundings.about(around[at][min(step, 0)])
        return None


def _governs(before: Source | None, tokens: list[Token], at: int) -> bool:
    """Does the cue before a quote stand so near that no tag after it can govern it?"""
    if before is None or before.cue is None or tokens[at - 1].text == ":":
        return False
    cue = before.cue
    between = [
        token for token in tokens[max(0, at - 5) : at] if token.start > cue.start
    ]
    if len(between) > 3:
        return False
    return all(t.kind == WORD for t in between[:-1]) or before.rule != "clause"


def _nearer(one: Source, other: Source) -> bool:
    """Does the cue of the first stand nearer to the quote?"""
    return (
        one.cue is not None
        and other.cue is not None
        and one.cue.start > other.cue.start
    )
