"""Promise: twice the quote or twice the source takes about twice the time."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from statements.detection.verbatim import LONGEST, check
from statements.detection.verdicts import Outcome, SourceText, Verdict

from ..promises.test_slowness import RATIO, every_other, growth

WORDS = ["pier", "ferry", "strait", "harbour", "calm", "winter", "open", "sail", "vote"]


def prose(size: int, seed: int = 1) -> str:
    """About so many characters of words that come again and again."""
    chance = random.Random(seed)
    some = [chance.choice(WORDS) + str(chance.randrange(300)) for _ in range(size // 9)]
    return " ".join(some)


def changed(size: int) -> str:
    words = prose(size).split()
    return " ".join("zebra" if n % 5 == 0 else word for n, word in enumerate(words))


#: A quote and a source of about so many characters; the dearer ones at odd places.
SHAPES: dict[str, Callable[[int], tuple[str, str]]] = {
    "every fifth word changed": lambda n: (changed(n), prose(n)),
    "emphasis": lambda n: ("*a* " * (n // 4), "a " * (n // 2)),
    "the same words in another order": lambda n: (prose(n, 1), prose(n, 2)),
    "brackets in words": lambda n: ("[t]he " * (n // 6), "the " * (n // 4)),
    "the words backwards": lambda n: (" ".join(prose(n).split()[::-1]), prose(n)),
    "sentences of one letter": lambda n: ("a. " * (n // 3), "a " * (n // 2)),
    "brackets": lambda n: ("[a] the " * (n // 8), "the " * (n // 4)),
    "brackets for words": lambda n: ("the [x] " * (n // 8), "the pier " * (n // 9)),
    "sic": lambda n: ("a [sic] " * (n // 8), "a " * (n // 2)),
    "a word that is not there": lambda n: ("the " * (n // 4) + "no", "the " * (n // 4)),
    "ellipses": lambda n: ("the ... " * (n // 8) + "zebra", "the " * (n // 4)),
    "two words, turned round": lambda n: ("a b " * (n // 4), "b a " * (n // 4)),
    "other capitals": lambda n: ("The Pier " * (n // 9), "the pier " * (n // 9)),
    "open brackets": lambda n: ("[" * n, "a " * (n // 2)),
    "stage directions": lambda n: (
        "a (Applause.) " * (n // 14),
        "a (Laughter.) " * (n // 14),
    ),
}


def compared(pair: tuple[str, str]) -> Verdict:
    quote, source = pair
    return check(quote, [SourceText(source)])


@pytest.mark.parametrize("shape", every_other(SHAPES))
def test_the_check_is_linear(shape):
    assert growth(compared, SHAPES[shape], 1_500, 40_000) <= RATIO


@pytest.mark.parametrize("there", [True, False])
def test_twice_the_source_takes_twice_the_time(there):
    """For a quote of twenty words: from the middle, or with words from nowhere."""

    def find(text: str) -> Verdict:
        words = text[len(text) // 2 :].split()[1:21]
        quote = " ".join(words if there else [*words[:3], "zebra " * 12, *words[3:8]])
        return check(quote, [SourceText(text)])

    text = prose(20_000)
    assert find(text).outcome is (Outcome.VERBATIM if there else Outcome.NOT_FOUND)
    assert growth(find, prose, 20_000) <= RATIO


def test_what_is_longer_than_any_quote_is_not_compared():
    verdict = check("a" * (LONGEST + 1), [SourceText("a")])
    assert verdict == Verdict(
        Outcome.UNCHECKED,
        warnings=("A quote of more than 100,000 characters is not compared.",),
    )
