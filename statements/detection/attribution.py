"""From the phrase that says a quote to the person meant, with kind and confidence."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from . import clauses, phrases
from . import roster as rosters
from .cues import is_finite, skippable
from .findings import Attribution, Candidate, QuoteFinding, Roster, Span
from .lexicon import (
    DETERMINERS,
    OBJECT_GENDER,
    PRONOUNS,
    ROLES,
    TITLES,
)
from .marks import Pair
from .names import Names, agrees, gender_of_title, split_title
from .scare import scare
from .sources import Source
from .words import QUOTE, WORD, Sentence, Token, Words


@dataclass(frozen=True, slots=True)
class Meant:
    """A printed phrase and the person it means, as far as the text tells."""

    full: str = ""
    title: str = ""
    gender: str = ""
    body: str = ""
    surname: str = ""
    either: tuple[str, ...] = ()
    sure: bool = True


_OBJECTS = frozenset(["whom", "which", "that"])


def _verb_next(tokens: list[Token], end: int) -> bool:
    """Is the name that ends here the subject of a verb?"""
    after = end + 1
    while after < len(tokens) and skippable(tokens[after]) and after < end + 4:
        after += 1
    return after < len(tokens) and (after > end + 1 or is_finite(tokens, after))


def _beside(tokens: list[Token], phrase: phrases.Phrase) -> str:
    """The title in apposition: Brandt, Permanent Representative to the Council, said.

    "" unless the words after the comma begin with an office; they end at the next
    comma, and determiners in front are left out.
    """
    at = phrase.last + 1
    if at + 1 >= len(tokens) or tokens[at].text != ",":
        return ""
    end = at + 1
    while end < len(tokens) and tokens[end].kind == WORD and end - at < 16:
        if tokens[end].low in ("who", "which", "said", "and", "told"):
            break
        end += 1
    words = [token.text for token in tokens[at + 1 : end]]
    while words and words[0].lower() in DETERMINERS:
        words = words[1:]
    official = any(w.lower() in TITLES or w.lower() in ROLES for w in words[:4])
    return " ".join(words) if official and len(words) < 13 else ""


class Attributor:
    """Turns sources into findings, in the order of the text."""

    def __init__(self, words: Words, names: Names, roster: Roster, on: date | None):
        self.words = words
        self.names = names
        self.index = rosters.Index(roster, on)
        self.places = {id(s): n for n, s in enumerate(words.sentences)}
        self.bare = {
            number
            for number, block in enumerate(words.by_block)
            if all(t.kind != WORD for s in block for t in s.tokens)
        }
        self._alone: dict[int, str] = {}
        self.spoke: dict[int, Source] = {}
        self._known: dict[int, list[tuple[int, Meant]]] = {}

    def findings(self, sources: list[Source | None]) -> list[QuoteFinding]:
        """One finding for each pair of marks that is a quote."""
        for source in sources:
            if source is not None:
                self.spoke[id(source.sentence)] = source
                self._learn(source)
        found: list[QuoteFinding] = []
        idle: set[int] = set()
        where = self._homes()
        for number, pair in enumerate(self.words.quotes):
            home = where.get(number)
            if home is None:
                continue
            sentence, at = home
            source = sources[number]
            kind = self._kind(pair, sentence, at)
            said = self.words.text[pair.start : pair.end]
            bare = scare(said, source, sentence.tokens, at)
            # “independent” or “a state”: what joins on to a mere name is one too
            joined = source is not None and source.rule == "same-sentence"
            if bare or (joined and id(sentence) in idle and len(said.split()) < 7):
                idle.add(id(sentence))
                continue
            found.append(self._finding(pair, kind, source, sentence.paragraph))
        return found

    def _learn(self, source: Source) -> None:
        """Keep the title printed with a speaker's full name, also in small letters."""
        phrase = source.phrase
        if phrase.kind == "name" and phrase.last > phrase.core:
            words = source.sentence.tokens[phrase.first : phrase.last + 1]
            size = phrase.core - phrase.first
            title = " ".join(t.text for t in words[:size])
            full = self.names.full([t.text for t in words[size:]], title)
            if len(full) == 1:
                self.names.titled(full[0], title)
                self.names.titled(full[0], _beside(source.sentence.tokens, phrase))

    def _homes(self) -> dict[int, tuple[Sentence, int]]:
        """The sentence in which each quote begins, and its token there."""
        homes: dict[int, tuple[Sentence, int]] = {}
        for sentence in self.words.sentences:
            for at, token in enumerate(sentence.tokens):
                if token.kind == QUOTE:
                    homes.setdefault(token.quote, (sentence, at))
        return homes

    def _kind(self, pair: Pair, sentence: Sentence, at: int) -> str:
        text = self.words.text
        if sentence.paragraph in self.bare:
            return "block"
        said = text[pair.start : pair.end]
        first = next((c for c in said if c.isalnum()), "A")
        if len(said.split()) < 5 or first.islower() or said.startswith("[t"):
            return "partial"
        return "direct"

    def _finding(
        self, pair: Pair, kind: str, source: Source | None, paragraph: int
    ) -> QuoteFinding:
        span = Span(pair.start, pair.end)
        if source is None:
            return QuoteFinding(span, kind, Attribution(), "none", 0.3)
        tokens = source.tokens
        place = Span(tokens[0].start, tokens[-1].end)
        printed = place.of(self.words.text)
        meant = self.meant(source.sentence, source.phrase)
        evidence = source.evidence
        kind_of = source.phrase.kind
        if evidence == "explicit" and kind_of != "name":
            evidence = "role" if kind_of == "role" else "pronoun"
        title = self.names.titles.get(meant.full) or meant.title
        organization, office = split_title(title) if title else ("", "")
        if meant.body:
            organization = meant.body
            candidates = self.index.body(meant.body)
        else:
            candidates = self._candidates(meant, title)
        cue = source.cue
        return QuoteFinding(
            span,
            kind,
            Attribution(
                speaker=printed,
                span=place,
                full_name=meant.full,
                title=title,
                organization=organization,
                office=office,
                evidence=evidence,
                cue=cue.text if cue else "",
                cue_span=Span(cue.start, cue.end) if cue else None,
                candidates=candidates,
            ),
            source.rule,
            self._confidence(source, meant, candidates, pair, paragraph),
        )

    def _candidates(self, meant: Meant, title: str) -> tuple[Candidate, ...]:
        """Roster entries for the name meant, or for each name it may mean."""
        if meant.full:
            return self.index.person(meant.full, "", title, meant.gender)
        if meant.either:
            found: dict[int | None, Candidate] = {}
            for full in meant.either:
                for one in self.index.person(full, "", "", meant.gender):
                    found.setdefault(one.person, one)
            return tuple(found.values())
        if meant.surname:
            return self.index.person("", meant.surname, meant.title, meant.gender)
        return ()

    def _confidence(
        self,
        source: Source,
        meant: Meant,
        candidates: tuple[Candidate, ...],
        pair: Pair,
        at: int,
    ) -> float:
        """How sure speaker and quote are: the rule's strength, less every doubt."""
        value = source.strength
        if not meant.full and not (meant.body and candidates):
            value = min(value, 0.85)
        if source.phrase.kind == "role":
            value = min(value, 0.8)
        if source.rule == "previous-paragraph" and not self._beside(source, at):
            value = min(value, 0.8)
        if not meant.sure:
            value = min(value, 0.7)
        if source.rule == "clause" and self._far(source, pair):
            value = min(value, 0.88)
        if len(candidates) > 1:
            value = min(value, 0.6)
        return value

    def _far(self, source: Source, pair: Pair) -> bool:
        """Do a few quoted words stand well behind the verb that governs them?"""
        text = self.words.text
        few = len(text[pair.start : pair.end].split()) < 4
        end = source.cue.end if source.cue else pair.start
        return few and len(text[end : pair.start].split()) > 2

    def _beside(self, source: Source, paragraph: int) -> bool:
        """Does the last sentence of the paragraph before say who speaks?"""
        before = paragraph - 1
        while before in self.bare:
            before -= 1
        if before < 0:
            return False
        last = self.words.by_block[before][-1]
        return last is source.sentence and source.strength >= 0.85

    def meant(self, sentence: Sentence, phrase: phrases.Phrase) -> Meant:
        """The person whom a phrase means, or the body."""
        tokens = sentence.tokens
        if phrase.kind == "name":
            core = [t.text for t in tokens[phrase.core : phrase.last + 1]]
            title = " ".join(
                t.text for t in tokens[phrase.first : phrase.core] if t.kind == WORD
            )
            full = self.names.full(core, title)
            known = len(core) == 1 and len(full) == 1
            if not known and not phrases.personal(tokens, phrase):
                words = [t.text for t in tokens[phrase.first : phrase.last + 1]]
                while words[0].lower() in DETERMINERS and len(words) > 1:
                    words = words[1:]
                return Meant(body=" ".join(words))
            gender = gender_of_title(title)
            if len(full) == 1:
                return Meant(full[0], title, gender or self.names.gender(full[0]))
            return Meant("", title, gender, surname=core[-1], either=full)
        if phrase.kind == "relative" and phrase.stands is not None:
            return self.meant(sentence, phrase.stands)
        if phrase.kind == "pronoun":
            return self._antecedent(sentence, phrase)
        return self._holder(tokens, phrase)

    def _holder(self, tokens: list[Token], phrase: phrases.Phrase) -> Meant:
        """ "The spokesperson", where the text prints that office with one name."""
        if tokens[phrase.first].low == "the" and phrase.last == phrase.first + 1:
            full = self.names.office(tokens[phrase.last].low)
            if full:
                return Meant(full, "", self.names.gender(full), sure=False)
        return Meant()

    def _antecedent(self, sentence: Sentence, phrase: phrases.Phrase) -> Meant:
        """Whom "he" or "she" means: the last speaker, or the last subject, that agrees.

        Looks back through the sentence, its paragraph, and three paragraphs more.
        """
        low = sentence.tokens[phrase.first].low
        gender = PRONOUNS.get(low) or OBJECT_GENDER.get(low, "")
        if gender not in ("male", "female"):
            return Meant()
        place = self.places[id(sentence)]
        tokens = sentence.tokens
        # Not "Voss, whom he called": the name right before a relative is the object.
        own = [
            (end, meant)
            for end, meant in self._people(sentence)
            if end < phrase.first
            and agrees(meant.gender, gender)
            and not any(t.low in _OBJECTS for t in tokens[end + 1 : end + 3])
        ]
        subjects = [meant for end, meant in own if _verb_next(tokens, end)]
        if own:
            everyone = [meant for _, meant in own]
            return self._chosen((subjects or everyone)[0], gender, everyone)
        for back in range(place - 1, max(-1, place - 12), -1):
            prior = self.words.sentences[back]
            if prior.paragraph < sentence.paragraph - 3:
                break
            source = self.spoke.get(id(prior)) or clauses.told(prior)
            if source is not None and source.phrase.kind == "name":
                meant = self.meant(source.sentence, source.phrase)
                if not meant.body and agrees(meant.gender, gender):
                    others = [m for _, m in self._people(prior)]
                    return self._chosen(meant, gender, [*others, meant])
            people = [
                m
                for _, m in self._people(prior)
                if m.gender == gender or (not m.gender and m.full in self.names.titles)
            ]
            if people:
                # Named, but not as speaking: a guess.
                return replace(self._chosen(people[0], gender, people), sure=False)
        return self._only(sentence)

    def _only(self, sentence: Sentence) -> Meant:
        """The only person that the paragraph names: a given name may mislead."""
        number = sentence.paragraph
        if number not in self._alone:
            named = {
                meant.full
                for each in self.words.by_block[number][:40]
                for _, meant in self._people(each)
            }
            self._alone[number] = named.pop() if len(named) == 1 else ""
        return Meant(self._alone[number], sure=False)

    def _chosen(self, meant: Meant, gender: str, others: list[Meant]) -> Meant:
        """A pronoun's person; unsure when another of that gender stands as near."""
        if not meant.full:
            fitting = [f for f in meant.either if self.names.gender(f) == gender]
            if len(fitting) == 1:  # "Mrs. Okafor", and "she": one of two Okafors
                return Meant(fitting[0], "", gender, sure=False)
            return replace(meant, sure=False)
        rivals = {m.full for m in others if agrees(m.gender, gender)}
        sure = len(rivals | {meant.full}) == 1
        return Meant(meant.full, "", gender, sure=sure)

    def _people(self, sentence: Sentence) -> list[tuple[int, Meant]]:
        """Persons with a full name in a sentence, outside quotes, left to right."""
        known = self._known.get(id(sentence))
        if known is not None:
            return known
        tokens = sentence.tokens
        found: list[tuple[int, Meant]] = []
        index = 0
        while index < len(tokens):
            if tokens[index].kind == WORD and phrases.named(tokens[index]):
                last = index
                while last + 1 < len(tokens) and (
                    tokens[last + 1].kind == WORD and phrases.named(tokens[last + 1])
                ):
                    last += 1
                phrase = phrases.Phrase(
                    index, last, "name", phrases.core(tokens, index, last)
                )
                meant = self.meant(sentence, phrase)
                if meant.full or len(meant.either) > 1:
                    found.append((last, meant))
                index = last
            index += 1
        self._known[id(sentence)] = found
        return found
