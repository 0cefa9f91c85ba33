"""Questions to the search, of sixteen kinds, drawn from the words of a record."""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from statements.search.query import Query

#: Days are counted from here.
FIRST = dt.date(1970, 1, 1)


@dataclass(frozen=True)
class Asked:
    """A question as every engine understands it: lexemes, keys and days."""

    kind: str
    words: tuple[str, ...] = ()
    phrases: tuple[tuple[str, ...], ...] = ()
    prefixes: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    speaker: int | None = None
    tag: int | None = None
    resolution: int | None = None
    since: int | None = None
    until: int | None = None

    @property
    def first(self) -> dt.date | None:
        return None if self.since is None else FIRST + dt.timedelta(self.since)

    @property
    def last(self) -> dt.date | None:
        return None if self.until is None else FIRST + dt.timedelta(self.until)

    def query(self, names: dict[tuple[str, int], str]) -> Query:
        """The same question to ours; ``names`` are those of the catalogue's keys."""

        def named(letter: str, key: int | None) -> tuple[str, ...]:
            return () if key is None else (names[letter, key],)

        return Query(
            words=self.words,
            phrases=tuple(" ".join(phrase) for phrase in self.phrases),
            prefixes=self.prefixes,
            excluded=self.excluded,
            speakers=named("s", self.speaker),
            tags=named("t", self.tag),
            resolutions=named("r", self.resolution),
            since=self.first,
            until=self.last,
        )


@dataclass
class Vocabulary:
    """What a record is made of, as far as questions need it."""

    rows: int
    #: In how many rows a lexeme is; those alone that stem to themselves.
    often: Counter[str]
    #: Runs of two or three such lexemes that stand together in some public row.
    runs: list[tuple[str, ...]]
    #: Pairs of common lexemes that stand together in no row.
    strangers: list[tuple[str, str]]
    speakers: list[int]
    tags: list[int]
    resolutions: list[int]


def ask(known: Vocabulary, seed: int = 5) -> list[Asked]:
    """Two hundred and forty questions, the same for the same record."""
    chance = random.Random(seed)
    return list(_all(known, chance))


def _all(known: Vocabulary, chance: random.Random) -> Iterator[Asked]:
    n = known.rows
    ranks = [word for word, _times in known.often.most_common()]

    def between(low: float, high: float) -> list[str]:
        return [w for w in ranks if low * n <= known.often[w] < high * n]

    rare = between(2e-6, 3e-4) or ranks[-200:]
    mid, common = between(5e-4, 5e-3), ranks[:60]
    runs = known.runs
    days = (dt.date(2001, 1, 1) - FIRST).days

    def pick(words: list, many: int = 1) -> tuple:
        return tuple(chance.sample(words, many))

    for _ in range(25):
        yield Asked("rare", pick(rare))
    for _ in range(20):
        yield Asked("mid", pick(mid))
    for _ in range(20):
        yield Asked("common", pick(common))
    for _ in range(20):
        yield Asked("two common", pick(common, 2))
    for _ in range(15):
        yield Asked("rare and common", pick(rare) + pick(common))
    for _ in range(10):
        yield Asked("three", pick(mid) + pick(common, 2))
    for _ in range(25):
        yield Asked("phrase", phrases=pick(runs))
    for _ in range(15):
        yield Asked(
            "phrase and speaker",
            phrases=pick(runs),
            speaker=chance.choice(known.speakers[:50]),
        )
    for _ in range(15):
        speaker = chance.choice(known.speakers[:200])
        yield Asked("common and speaker", pick(common), speaker=speaker)
    for _ in range(15):
        since = days + chance.randrange(8_000)
        yield Asked(
            "common and dates",
            pick(common),
            since=since,
            until=since + chance.choice((30, 365, 1_500)),
        )
    for _ in range(10):
        tag = chance.choice(known.tags[:100])
        yield Asked("common and topic", pick(common), tag=tag)
    for _ in range(5):
        resolution = chance.choice(known.resolutions[:50])
        yield Asked("common and resolution", pick(common), resolution=resolution)
    for _ in range(10):
        wanted, unwanted = pick(common, 2)
        yield Asked("exclusion", (wanted,), excluded=(unwanted,))
    for _ in range(15):
        long = [w for w in mid if len(w) >= 5 and w.isascii() and w.isalpha()]
        yield Asked("prefix", prefixes=(chance.choice(long)[:4],))
    for _ in range(15):
        word = chance.choice(mid)
        at = chance.randrange(1, len(word))
        yield Asked("misspelt", (f"{word[:at]}q{word[at:]}x",))
    for _ in range(5):
        yield Asked("strangers", phrases=pick(known.strangers or runs))
