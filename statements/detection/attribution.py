"""From the phrase that says a quote to the person meant, with kind and confidence."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from . import confidence, offices
from . import roster as rosters
from .findings import Attribution, Candidate, QuoteFinding, Roster, Span
from .lexicon import COURTESY, DETERMINERS, ROLES, TITLES
from .marks import Pair
from .meaning import Meaning, Meant
from .names import Names, split_title
from .phrases import Phrase
from .rivals import Rivals
from .scare import scare
from .sources import Source
from .words import QUOTE, WORD, Sentence, Token, Words

_LONGEST = 80  # code points of a printed speaker
_PLACES = 20  # printings of a name that are asked for "former"
# What stands before a name or a title: former, the then, then-Secretary.
_PAST = re.compile(
    r"(?:(?<![\w-])(?P<past>former|ex|late|onetime|one-time|incoming)"
    r"|\bthe[ \u00a0](?P<the>then)(?=[ \u00a0])|(?<![\w-])(?P<then>then)(?=-))"
    r"[ \u00a0\u202f-](?P<office>(?<=-)[^\W\d_]+[ \u00a0\u202f])?$",
    re.IGNORECASE,
)


def _beside(tokens: list[Token], phrase: Phrase) -> str:
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


def _fresh(tokens: list[Token], at: int) -> bool:
    """Does a new clause begin between the quote before and this one: that …?"""
    at -= 1
    while at >= 0 and tokens[at].kind != QUOTE:
        if tokens[at].low == "that":
            return True
        at -= 1
    return False


def place_of(source: Source) -> Span:
    """Where the speaker stands; a long phrase gives its name or its head only."""
    tokens, phrase = source.sentence.tokens, source.phrase
    first, last = phrase.first, phrase.last
    if tokens[last].end - tokens[first].start > _LONGEST:
        first, last = (
            (phrase.core, last) if phrase.kind == "name" else (first, phrase.core)
        )
    if tokens[last].end - tokens[first].start > _LONGEST:
        first = last
    return Span(tokens[first].start, tokens[last].end)


class Attributor:
    """Turns sources into findings, in the order of the text."""

    def __init__(self, words: Words, names: Names, roster: Roster, on: date | None):
        self.words = words
        self.names = names
        self.rivals = Rivals(names)
        self.index = rosters.of(roster)
        self.on = on
        self._held: dict[str, tuple[Candidate, ...]] = {}
        self.bare = {
            number
            for number, block in enumerate(words.by_block)
            if all(t.kind != WORD for s in block for t in s.tokens)
        }
        self.meaning = Meaning(words, names, [])

    def findings(self, sources: list[Source | None]) -> list[QuoteFinding]:
        """One finding for each pair of marks that is a quote."""
        for source in sources:
            if source is not None:
                self._learn(source)
        sources = self._repeated(sources)
        self.meaning = Meaning(self.words, self.names, sources)
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
            bare = scare(said, source, sentence.tokens, at, pair.single)
            # “independent” or “a state”: what joins on to a mere name is one too
            joined = source is not None and source.rule == "same-sentence"
            joined = joined and not _fresh(sentence.tokens, at)
            if bare or (joined and id(sentence) in idle and len(said.split()) < 7):
                idle.add(id(sentence))
                continue
            found.append(self._finding(pair, kind, source, sentence.paragraph))
        return found

    def _repeated(self, sources: list[Source | None]) -> list[Source | None]:
        """Give a pull quote, printed twice and signed once, its one speaker."""
        text = self.words.text
        keys = [" ".join(text[p.start : p.end].split()) for p in self.words.quotes]
        signed: dict[str, Source] = {}
        for key, source in zip(keys, sources, strict=True):
            if source is not None and source.strength >= 0.93 and key.count(" ") > 3:
                signed.setdefault(key.rstrip(".,"), source)
        found: list[Source | None] = []
        for key, source in zip(keys, sources, strict=True):
            again = signed.get(key.rstrip(".,"))
            if again is not None and (source is None or source.strength < 0.93):
                source = replace(
                    again, rule="repeated", evidence="inherited", strength=0.9
                )
            found.append(source)
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
            return QuoteFinding(
                span, kind, Attribution(), "none", confidence.NOBODY, "nobody"
            )
        place = place_of(source)
        meant = self.meaning.meant(source.sentence, source.phrase)
        evidence = source.evidence
        kind_of = source.phrase.kind
        if evidence == "explicit" and kind_of != "name":
            evidence = "role" if kind_of == "role" else "pronoun"
        who = self.attribution(meant, place, evidence, source.cue)
        few = len(self.words.text[pair.start : pair.end].split()) < 5
        beside = self._beside(source, paragraph)
        headline = pair.single and not paragraph and len(self.words.by_block) > 1
        sort = confidence.sort(source, meant, self.rivals, few, beside, headline)
        sure = confidence.confidence(sort)
        if len(who.candidates) > 1 or len(meant.either) > 1 or who.warnings:
            sure = min(sure, confidence.UNDECIDED)
        elif not meant.full and who.candidates and not self._certain(meant, who):
            sure = min(sure, confidence.BY_OFFICE)
        return QuoteFinding(span, kind, who, source.rule, sure, sort)

    def attribution(
        self, meant: Meant, place: Span, evidence: str, cue: Token | None = None
    ) -> Attribution:
        """Who is meant by the words that stand at a place, title and candidates too."""
        title = self.names.titles.get(meant.full) or meant.title
        title = " ".join(w for w in title.split() if w.lower() not in COURTESY)
        organization, office = split_title(title) if title else ("", "")
        printed = place.of(self.words.text)
        when = self._when(meant.full, place) if self.index else ""
        checked = when + title
        if meant.body:
            organization = meant.body
            candidates = self.index.body(meant.body)
        else:
            candidates = self._candidates(meant, checked)
        if self.index and not (candidates or meant.full or meant.either):
            # a body by its acronym, an office alone, a name of one word
            candidates = (
                self.index.body(printed)
                or self._holders(printed)
                or self.index.person(meant.surname, "", "", meant.gender, self.on)
            )
        warnings: tuple[str, ...] = ()
        if meant.full:
            # "Deputy Spokesperson Okafor", whatever else the text calls her
            here = " ".join(w for w in meant.title.split() if w.lower() not in COURTESY)
            warnings = self.index.against(candidates, when + (here or title), self.on)
        name = meant.full
        if not name and not meant.either and meant.surname not in printed:
            name = meant.surname  # he is Okafor, who is never named in full
        return Attribution(
            speaker=printed,
            span=place,
            full_name=name,
            title=title,
            organization=organization,
            office=office,
            evidence=evidence,
            cue=cue.text if cue else "",
            cue_span=Span(cue.start, cue.end) if cue else None,
            candidates=candidates,
            warnings=warnings,
        )

    def _when(self, full: str, place: Span) -> str:
        """ "former " or "then " where it stands before the person or the title.

        With the office where that hangs on such a word: then-Secretary Okafor.
        """
        text = self.words.text
        for at in (place.start, *self.names.places.get(full, ())[:_PLACES]):
            found = _PAST.search(text, max(0, at - 30), at)
            if found:
                when = found["past"] or found["the"] or found["then"]
                return f"{when} {found['office'] or ''}"
        return ""

    def _holders(self, printed: str) -> tuple[Candidate, ...]:
        """Who holds an office that the text prints alone, asked once a text."""
        if printed not in self._held:
            self._held[printed] = self._holder(printed)
        return self._held[printed]

    def _holder(self, printed: str) -> tuple[Candidate, ...]:
        """Whom the text names in the office, if anybody; else whom the calendar has."""
        if not offices.alone(printed):
            return ()
        here = {
            full
            for full, title in self.names.titles.items()
            if full in self.names.places and offices.same(printed, title)
        }
        holders = self.index.holder(printed, self.on, self.words.text)
        if not here:
            return holders
        found: dict[int | None, Candidate] = {}
        for full in sorted(here):
            title = self.names.titles[full]
            for one in self.index.person(full, "", title, "", self.on):
                found.setdefault(one.person, one)
        # P. J. Brandt, whom the roster has as Peter Brandt in that office
        last = {full.split()[-1].lower() for full in here}
        return tuple(found.values()) or tuple(
            one for one in holders if one.name.split()[-1].lower() in last
        )

    def _certain(self, meant: Meant, who: Attribution) -> bool:
        """Is one who is known by surname or office surely the one of that day?"""
        (only,) = who.candidates
        if only.person is None:
            return True
        return bool(meant.surname) and self.index.sure_of(only, self.on)

    def _candidates(self, meant: Meant, title: str) -> tuple[Candidate, ...]:
        """Roster entries for the name meant, or for each name it may mean."""
        if not self.index:
            return ()
        if meant.full:
            return self.index.person(meant.full, "", title, meant.gender, self.on)
        if meant.either:
            found: dict[int | None, Candidate] = {}
            for full in meant.either:
                for one in self.index.person(full, "", "", meant.gender, self.on):
                    found.setdefault(one.person, one)
            return tuple(found.values())
        if meant.surname:
            return self.index.person("", meant.surname, title, meant.gender, self.on)
        return ()

    def _beside(self, source: Source, paragraph: int) -> bool:
        """Does the last sentence of the paragraph before say who speaks?"""
        before = paragraph - 1
        while before in self.bare:
            before -= 1
        if before < 0:
            return False
        last = self.words.by_block[before][-1]
        return last is source.sentence and source.strength >= 0.85
