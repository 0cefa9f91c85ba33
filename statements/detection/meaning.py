"""Whom a printed phrase means inside its text: a name, a short form, "he", "she"."""

from __future__ import annotations

from dataclasses import dataclass, replace

from . import clauses, leftward, phrases, subjects
from .cues import is_finite, skippable
from .lexicon import (
    AUXILIARIES,
    BODIES,
    DETERMINERS,
    OBJECT_GENDER,
    PRONOUNS,
    ROLES,
    TITLE_PARTS,
    TITLES,
)
from .names import Names, agrees, gender_of_title
from .phrases import Phrase
from .sources import Source
from .words import WORD, Sentence, Token, Words

_BACK = 12  # sentences, over at most three paragraphs, that a pronoun looks back
_DEEPEST = 6  # how many pronouns are followed back to the one before
_APART = 90  # code points between two namesakes, so that the later one is meant
_OBJECTS = frozenset(["whom", "which", "that"])


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


class Meaning:
    """The persons of one text, and whom its phrases mean."""

    def __init__(self, words: Words, names: Names, sources: list[Source | None]):
        self.words = words
        self.names = names
        self._places = {id(s): n for n, s in enumerate(words.sentences)}
        self._spoke = {id(s.sentence): s for s in sources if s is not None}
        self._known: dict[int, list[tuple[int, Meant]]] = {}
        self._alone: dict[int, str] = {}
        self._pronouns: dict[int, Meant] = {}

    def meant(self, sentence: Sentence, phrase: Phrase) -> Meant:
        """The person whom a phrase means, or the body."""
        tokens = sentence.tokens
        if phrase.kind == "name":
            head = tokens[phrase.last].low
            if tokens[phrase.first].low == "the" and (head in TITLES or head in ROLES):
                held = self._holder(sentence, phrase)
                if held.full:
                    return held
            phrase, body = self._parted(tokens, phrase)
            core = [t.text for t in tokens[phrase.core : phrase.last + 1]]
            title = " ".join(
                t.text for t in tokens[phrase.first : phrase.core] if t.kind == WORD
            )
            title += body if title else ""
            full = self.names.full(core, title)
            other = self._companion(sentence, phrase)
            if other is not None:
                both = (*(other.either or (other.full,)), *full)
                return Meant(either=tuple(name for name in both if name), sure=False)
            known = len(core) == 1 and len(full) == 1
            if not known and not phrases.personal(tokens, phrase):
                words = [t.text for t in tokens[phrase.first : phrase.last + 1]]
                while words[0].lower() in DETERMINERS and len(words) > 1:
                    words = words[1:]
                return Meant(body=" ".join(words))
            gender = gender_of_title(title)
            if len(full) > 1 and title:  # Judge Marrow: the Marrow who is a judge
                holder = self.names.office(title)
                full = (holder,) if holder in full else full
            if len(full) == 1:
                return Meant(full[0], title, gender or self.names.gender(full[0]))
            return Meant("", title, gender, surname=core[-1], either=full)
        if phrase.kind == "relative" and phrase.stands is not None:
            return self.meant(sentence, phrase.stands)
        if phrase.kind == "pronoun":
            return self._pronoun(sentence, phrase, 0)
        return self._holder(sentence, phrase)

    def _parted(self, tokens: list[Token], phrase: Phrase) -> tuple[Phrase, str]:
        """The person alone of "Spokesperson Ilse Okafor of the Ministry", and the rest.

        Only where the words before the link are a full name that the text prints; the
        rest is "" unless it names a body.
        """
        for at in range(phrase.first + 2, phrase.last):
            if tokens[at].low not in ("of", "for", "from", "at"):
                continue
            begins = phrases.core(tokens, phrase.first, at - 1)
            name = " ".join(t.text for t in tokens[begins:at])
            if begins < at - 1 and name in self.names.places:
                rest = tokens[at : phrase.last + 1]
                body = any(t.low in BODIES for t in rest)
                said = " ".join(["", *(t.text for t in rest)]) if body else ""
                return replace(phrase, last=at - 1, core=begins), said
        return phrase, ""

    def _companion(self, sentence: Sentence, phrase: Phrase) -> Meant | None:
        """The first of two who speak together: "Okafor and Lindqvist said"."""
        tokens = sentence.tokens
        if phrase.first < 2 or tokens[phrase.first - 1].low != "and":
            return None
        first = leftward.before(tokens, phrase.first - 2)
        if first is None or first.kind != "name" or not first.free:
            return None
        if not phrases.personal(tokens, first):
            return None
        meant = self.meant(sentence, first)
        return None if meant.body else meant

    def _holder(self, sentence: Sentence, phrase: Phrase) -> Meant:
        """ "The spokesperson", where the text prints that office with one name."""
        tokens = sentence.tokens
        known = tokens[phrase.first].low == "the" or phrase.first == phrase.last
        if known and phrase.last < phrase.first + 5:
            words = [t.text for t in tokens[phrase.first : phrase.last + 1]]
            full = self.names.office(" ".join(words))
            if full:
                return Meant(full, "", self.names.gender(full), sure=False)
        return Meant()

    def _pronoun(self, sentence: Sentence, phrase: Phrase, depth: int) -> Meant:
        key = id(sentence.tokens[phrase.first])
        if key not in self._pronouns:
            self._pronouns[key] = self._antecedent(sentence, phrase, depth)
        return self._pronouns[key]

    def _antecedent(self, sentence: Sentence, phrase: Phrase, depth: int) -> Meant:
        """Whom "he" or "she" means: the last speaker, or the last subject, that agrees.

        Looks back through the sentence, its paragraph, and three paragraphs more. Who
        is named, but not as speaking, is a guess; a subject without a full name stops
        the search, rather than giving its words to somebody further back.
        """
        low = sentence.tokens[phrase.first].low
        gender = PRONOUNS.get(low) or OBJECT_GENDER.get(low, "")
        if gender not in ("male", "female"):
            return Meant()
        tokens = sentence.tokens
        place = tokens[phrase.first].start
        # Not "Voss, whom he called": the name right before a relative is the object.
        own = [
            (end, meant)
            for end, meant in self._people(sentence)
            if end < phrase.first
            and agrees(meant.gender, gender)
            and not any(t.low in _OBJECTS for t in tokens[end + 1 : end + 3])
        ]
        own = self._before(tokens, own, phrase.first, gender)
        if own:
            return self._chosen(self._first(tokens, own, gender), gender, own, place)
        number = self._places[id(sentence)]
        for back in range(number - 1, max(-1, number - _BACK), -1):
            prior = self.words.sentences[back]
            if prior.paragraph < sentence.paragraph - 3:
                break
            found = self._in(prior, gender, place, depth)
            if found is not None:
                return found
        return self._only(sentence)

    def _before(
        self,
        tokens: list[Token],
        own: list[tuple[int, Meant]],
        stop: int,
        gender: str,
    ) -> list[tuple[int, Meant]]:
        """Whom the own sentence offers: none where it begins with such a pronoun.

        "Asked about her vote if Okafor should run, she said": she was meant before.
        """
        if not own:
            return own
        for token in tokens[: own[0][0]]:
            low = token.low
            if token.kind == WORD and gender in (
                PRONOUNS.get(low),
                OBJECT_GENDER.get(low),
            ):
                return []
        return [
            (end, meant)
            for end, meant in own
            if not meant.full
            or self.names.person(meant.full)
            or _verb_next(tokens, end)
        ]

    def _in(self, prior: Sentence, gender: str, place: int, depth: int) -> Meant | None:
        """Whom an earlier sentence offers: its speaker, else its subject."""
        people = [
            (end, meant)
            for end, meant in self._people(prior)
            if agrees(meant.gender, gender)
        ]
        source = self._spoke.get(id(prior)) or clauses.told(prior)
        phrase = source.phrase if source is not None else None
        if phrase is not None and phrase.kind == "name":
            meant = self.meant(prior, phrase)
            if not meant.body and agrees(meant.gender, gender):
                return self._chosen(meant, gender, people, place)
        if phrase is None or phrase.kind != "pronoun":
            phrase = subjects.leading(prior.tokens, 0, len(prior.tokens)) or phrase
        if phrase is not None and phrase.kind == "pronoun":
            # He goes on as who he was, whomever his sentence names.
            low = prior.tokens[phrase.first].low
            if PRONOUNS.get(low) == gender and depth < _DEEPEST:
                known = self._pronoun(prior, phrase, depth + 1)
                if known.full or known.either:
                    return known
        if phrase is not None and phrase.kind == "role":
            head = prior.tokens[phrase.core].low
            if head in ROLES or head in TITLES:
                held = self._holder(prior, phrase)
                if held.full and agrees(held.gender, gender):
                    return held
                # "The senator met Okafor. He said": not Okafor.
                people = [p for p in people if _verb_next(prior.tokens, p[0])]
        if people:
            first = self._first(prior.tokens, people, gender)
            guess = self._chosen(first, gender, people, place)
            return replace(guess, sure=False)
        return None

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

    def _chosen(
        self, meant: Meant, gender: str, others: list[tuple[int, Meant]], place: int
    ) -> Meant:
        """A pronoun's person; unsure when another of that gender stands as near."""
        if not meant.full:
            fitting = [f for f in meant.either if agrees(self.names.gender(f), gender)]
            if len(fitting) == 1:  # "Mrs. Okafor", and "she": one of two Okafors
                return Meant(fitting[0], "", gender, sure=False)
            last = self._nearest(fitting, place)
            if last:
                return Meant(last, "", gender, sure=False)
            return replace(meant, sure=False)
        rivals = {m.full for _, m in others if m.full and self.names.person(m.full)}
        return Meant(meant.full, "", gender, sure=not rivals - {meant.full})

    def _nearest(self, full: list[str], place: int) -> str:
        """Who of several namesakes is named last in full before a place, and alone."""
        last = sorted((self.names.last(each, place), each) for each in full)
        if len(last) > 1 and last[-1][0] - last[-2][0] > _APART:
            return last[-1][1]
        return ""

    def _first(
        self, tokens: list[Token], people: list[tuple[int, Meant]], gender: str
    ) -> Meant:
        """The likeliest antecedent: surely somebody, a subject, furthest left."""

        def rank(item: tuple[int, Meant]) -> tuple[bool, bool, bool]:
            end, meant = item
            subject = _verb_next(tokens, end)
            somebody = subject or not meant.full or self.names.person(meant.full)
            return not somebody, not subject, meant.gender != gender

        return min(people, key=rank)[1]

    def _people(self, sentence: Sentence) -> list[tuple[int, Meant]]:
        """Persons named in a sentence, outside quotes, left to right.

        With the token where each name ends; those without a full name only when a
        title shows a person.
        """
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
                if _modifies(tokens, last):
                    index = last + 1
                    continue
                begins = phrases.core(tokens, index, last)
                meant = self.meant(sentence, Phrase(index, last, "name", begins))
                if meant.full or len(meant.either) > 1 or meant.title:
                    found.append((last, meant))
                index = last
            index += 1
        self._known[id(sentence)] = found
        return found


def _modifies(tokens: list[Token], last: int) -> bool:
    """ "Okafor spokesman Teodor Lindqvist", "Okafor’s aide": is another one meant?"""
    at = last + 1
    if at < len(tokens) and tokens[at].text in ("'s", "’s"):
        at += 1
    else:
        low = tokens[at].low if at < len(tokens) else ""
        if low not in ROLES and low not in TITLES and low not in TITLE_PARTS:
            return False
    while at < len(tokens) and at < last + 5 and tokens[at].kind == WORD:
        if phrases.named(tokens[at]):
            return True
        at += 1
    return False


def _verb_next(tokens: list[Token], end: int) -> bool:
    """Is the name that ends here the subject of a verb, or of "who" behind a comma?"""
    after = end + 1
    helped = False
    while after < len(tokens) and skippable(tokens[after]) and after < end + 4:
        low = tokens[after].low
        helped = helped or (low in AUXILIARIES and low != "to")
        after += 1
    if after + 1 < len(tokens) and tokens[after].text == ",":
        return tokens[after + 1].low == "who"
    return helped or (after < len(tokens) and is_finite(tokens, after))
