"""Words to search: sentences of a corpus, cut and put together, or made by Zipf's law.

A corpus is JSON lines, gzipped or not, each with a "text". Its sentences are cut into
parts, and a quote is parts that lay near each other, so that words keep the company
they have in nature and no two quotes are alike. Without one, the words are no words:
their frequencies alone are those of a language.
"""

from __future__ import annotations

import gzip
import itertools
import json
import random
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

#: Half of the words of a quote, a few of its words in a hundred, and how far apart in
#: the corpus the parts of a quote may lie.
MEDIAN, SPREAD, NEAR = 29, 0.48, 40
#: Words of the generator, and how often the language's own small words come between.
VOCABULARY, SMALL = 40_000, 0.45
_SMALL = [
    "the",
    "of",
    "and",
    "to",
    "in",
    "a",
    "that",
    "is",
    "for",
    "it",
    "we",
    "with",
    "as",
    "on",
    "be",
    "this",
    "are",
    "have",
    "not",
    "by",
]
_SYLLABLES = ["".join(pair) for pair in itertools.product("bdfgklmnprstvz", "aeiou")]


def quotes(count: int, corpora: Sequence[Path] = (), seed: int = 1) -> Iterator[str]:
    """So many quotes, the same for the same seed."""
    chance = random.Random(seed)
    parts = _parts(corpora) if corpora else None
    made = None if parts else _Made(chance)
    for _ in range(count):
        length = max(5, round(MEDIAN * chance.lognormvariate(0, SPREAD)))
        words: list[str] = []
        if parts:
            place = chance.randrange(len(parts))
            while len(words) < length:
                words += parts[(place + chance.randrange(NEAR)) % len(parts)]
        else:
            assert made is not None
            words = made.sentence(length)
        yield " ".join(words[: length + 10])


def _parts(corpora: Sequence[Path]) -> list[list[str]]:
    """Parts of sentences of four to sixteen words, in the order of the corpus."""
    parts = []
    for path in corpora:
        opened = gzip.open if path.suffix == ".gz" else open
        with opened(path, "rt") as lines:
            for line in lines:
                text = re.sub(r"\b[A-Z .’']{3,}:", " ", json.loads(line)["text"])
                for sentence in re.split(r"[.?!;]\s+|\n\n", text):
                    words = sentence.split()
                    for start in range(0, len(words) - 3, 12):
                        parts.append(words[start : start + 12])
    if not parts:
        raise ValueError("The corpus has no sentences: give JSON lines with a text.")
    return parts


class _Made:
    """Words by Zipf's law; some common ones never follow upon each other."""

    def __init__(self, chance: random.Random):
        self.chance = chance
        self.words = [self._word(rank) for rank in range(VOCABULARY)]
        weights = (1 / (rank + 2.7) for rank in range(VOCABULARY))
        self.weights = list(itertools.accumulate(weights))
        #: The twelve most common: an even one is never followed by an odd one.
        self.shy = {word: rank % 2 for rank, word in enumerate(self.words[:12])}

    def _word(self, rank: int) -> str:
        word = "".join(self.chance.choices(_SYLLABLES, k=2 + (rank > 500)))
        return f"{word}{self.chance.choice('kmnprt')}{rank % 97 if rank > 5000 else ''}"

    def sentence(self, length: int) -> list[str]:
        words = self.chance.choices(self.words, cum_weights=self.weights, k=length)
        for at in range(1, length):
            if self.shy.get(words[at - 1]) == 0 and self.shy.get(words[at]) == 1:
                words[at - 1], words[at] = words[at], words[at - 1]
        return [
            self.chance.choice(_SMALL) if self.chance.random() < SMALL else word
            for word in words
        ]
