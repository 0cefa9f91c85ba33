"""Questions that nobody means well, for the search and its benchmark."""

from __future__ import annotations

import random
from collections.abc import Iterator

#: What is far too much, and what has broken searches before.
KNOWN = (
    " ".join(f"term{number}" for number in range(60_000)),
    "(" * 100_000,
    "(" * 50_000 + ")" * 50_000,
    '"' * 100_000,
    "a" * 100_000,
    "-" * 5_000,
    "* * *",
    "***",
    ":*",
    "& | ! <-> <2>",
    "a & b | !c",
    "'s:1' | 's:2'",
    "+peac",
    "+ferry -+ferry",
    "s:1",
    "\\' OR 1=1 --",
    "%s %(n)s {0}",
    "\0",
    "ferry\0winter",
    "\ud800",
    "ferry \udfff winter",
    "\ufeff\u200b\u2060",
    "\u202eferry",
    "e" + "\u0301" * 299,
    "ß İ ŉ ﷺ ﬃ",
    "和平 停火。和平",
    "السلام عليكم",
    "мир миру",
    "שלום",
    "🕊️ 👩‍👩‍👧‍👦",
    "a-" * 150,
    "a'" * 150,
    "1/2/3/4/5 10.0.0.1 x@y.example http://a/b?c=d#e",
    "speaker: org: about: topic:",
    "speaker:" + "x" * 1_000,
    "speaker:%_% org:\\ about:' topic:\"",
    "after:9999-99-99 before:0000",
    "after:0001-01-01 before:0001-01-01",
    "-".join("ferry" for _ in range(50)),
    " ".join(f"-w{number}" for number in range(40)),
    " ".join(f"abc{number}*" for number in range(40)),
    '"' + " ".join(["the"] * 60) + '"',
)
_PARTS = (
    "ferry",
    "the",
    "winter*",
    "-ferry",
    '"path forward"',
    '"unclosed phrase',
    "speaker:okafor",
    "kind:",
    "verdict:x",
    "after:2024",
    "before:2020-13",
    "(",
    ")",
    "&",
    "|",
    "!",
    "<->",
    ":*",
    "*",
    "--",
    "'",
    "\\",
    "+",
    "s:1",
    "\0",
    "\ud83d",
    "мир",
    "和平",
    "السلام",
    "é",
    "[t]he",
    "a.b.c",
    "x@y",
    "0x1F",
    "1e309",
)
_ORDERS = ("", "relevance", "nonsense")
_PLACES = (
    {},
    {"before": "2026-03-02.118"},
    {"after": "2026-03-02.118"},
    {"before": "0.0607927.7"},
    {"after": "9.9e-999.999999999999999999"},
    {"before": "2026-02-30.1"},
    {"after": "\0"},
)


def params(count: int, seed: int = 11) -> Iterator[dict[str, str]]:
    """So many questions as a form sends them: all known ones, and random ones."""
    chance = random.Random(seed)
    for number in range(count):
        if number < len(KNOWN):
            asked = KNOWN[number]
        elif chance.random() < 0.7:
            some = chance.choices(_PARTS, k=chance.randrange(1, 40))
            asked = chance.choice((" ", "")).join(some)
        else:
            asked = "".join(
                chr(chance.randrange(0x2FFF if chance.random() < 0.9 else 0x110000))
                for _ in range(chance.randrange(1, 400))
            )
        found = {"q": asked, "sort": chance.choice(_ORDERS)}
        yield found | chance.choice(_PLACES)
