"""Texts that are not what they look like; a seeded table of two hundred."""

from __future__ import annotations

import random
from dataclasses import dataclass

#: Characters that show nothing, each with the word by which it goes here.
UNSEEN = {
    "override": "\u202d\u202e",
    "embedding": "\u202a\u202b\u202c",
    "isolate": "\u2066\u2067\u2068\u2069",
    "deprecated": "\u206a\u206b\u206c\u206d\u206e\u206f",
    "zero width": "\u200b\u2060\ufeff\u180e",
    "operator": "\u2061\u2062\u2063\u2064\u2065",
    "grapheme joiner": "\u034f",
    "filler": "\u115f\u1160\u3164\uffa0\u17b4\u17b5",
    "tag": "\U000e0001\U000e0020\U000e0041\U000e0061\U000e007f\U000e0080\U000e0fff",
    "annotation": "\ufff9\ufffa\ufffb\ufff0",
    "shorthand": "\U0001bca0\U0001bca3",
    "music": "\U0001d173\U0001d17a",
    "noncharacter": "\ufdd0\ufdef\ufffe\uffff",
    "control": "\x01\x08\x0e\x1b\x7f\x80\x9f",
    "soft hyphen": "\u00ad",
    "joiner": "\u200c\u200d",
    "direction": "\u200e\u200f\u061c",
    "selector": "\ufe00\ufe0e\ufe0f\U000e0100\U000e01ef\u180b",
    "blank": "\u2800",
}
#: Letters of Latin words and what looks like them.
TWINS = {
    "Cyrillic": str.maketrans("AaBCceEHIiKMOopPSsTXxyjd", "АаВСсеЕНІіКМОорРЅѕТХхујԁ"),
    "Greek": str.maketrans("ABEHIKMNOPTXYZaovnux", "ΑΒΕΗΙΚΜΝΟΡΤΧΥΖαονηυχ"),
    "Armenian": str.maketrans("OSUoujhgq", "ՕՏՍօսյհցգ"),
    "fullwidth": {n: n + 0xFEE0 for n in range(0x41, 0x7B)},
    "bold": {
        **{n: 0x1D400 + n - 0x41 for n in range(0x41, 0x5B)},
        **{n: 0x1D41A + n - 0x61 for n in range(0x61, 0x7B)},
    },
    "small capital": str.maketrans("ilnrgb", "ɪʟɴʀɢʙ"),
    "script": str.maketrans("ag", "ɑɡ"),
    "circled": {n: 0x24D0 + n - 0x61 for n in range(0x61, 0x7B)},
}
NAMES = (
    "Ilse Okafor",
    "Teodor Lindqvist",
    "Anna Sophie Brandt",
    "Jan de Vries",
    "Ministry of Foreign Affairs",
    "Harbour Board of Harrowmere",
)


@dataclass(frozen=True)
class Trick:
    """``plain`` as it looks, ``written`` as it is; ``kind`` names what was done."""

    kind: str
    plain: str
    written: str


def tricks(count: int = 200, seed: int = 2417) -> list[Trick]:
    """So many different ones: every unseen character and every alphabet among them."""
    draw = random.Random(seed)
    found: dict[str, Trick] = {}
    each = [(kind, character) for kind, some in UNSEEN.items() for character in some]
    each += [(kind, "") for kind in TWINS for _ in range(5)]
    turn = 0
    while len(found) < count:
        kind, character = each[turn % len(each)]
        plain = draw.choice(NAMES)
        if character:
            # Within the words: at the edges a form takes white space off.
            place = draw.randrange(1, len(plain))
            written = plain[:place] + character + plain[place:]
        else:
            some = {n: other for n, other in TWINS[kind].items() if draw.random() < 0.7}
            written = plain.translate(some)
        turn += 1
        if written != plain:
            found.setdefault(written, Trick(kind, plain, written))
    return list(found.values())
