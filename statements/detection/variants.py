"""The same words, written otherwise; and what is said without meaning anything."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from .lexicon import word_set

_NAMED = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen "
    "fourteen fifteen sixteen seventeen eighteen nineteen"
)
_UNITS = {name: number for number, name in enumerate(_NAMED.split())}
_NAMED = "twenty thirty forty fifty sixty seventy eighty ninety"
_TENS = {name: 10 * number for number, name in enumerate(_NAMED.split(), start=2)}
_ORDINALS = {
    "first": "1st",
    "second": "2nd",
    "third": "3rd",
    "fourth": "4th",
    "fifth": "5th",
    "sixth": "6th",
    "seventh": "7th",
    "eighth": "8th",
    "ninth": "9th",
    "tenth": "10th",
}
_SAME = {
    "%": "percent",
    "&": "and",
    "§": "section",
    "ok": "okay",
    "mister": "mr",
    "doctor": "dr",
    "saint": "st",
    "versus": "vs",
    "number": "no",
    "jan": "january",
    "feb": "february",
    "aug": "august",
    "sept": "september",
    "oct": "october",
    "nov": "november",
    "dec": "december",
    "towards": "toward",
    "afterwards": "afterward",
    "forwards": "forward",
    "backwards": "backward",
    "grey": "gray",
    "cheque": "check",
    "programme": "program",
    "programmes": "programs",
    "judgement": "judgment",
    "ageing": "aging",
    "sceptical": "skeptical",
    "manoeuvre": "maneuver",
    "aluminium": "aluminum",
    "tonne": "ton",
    "tonnes": "tons",
}
# One way to spell what Britain and America spell in two.
_SPELLING: list[tuple[re.Pattern[str], str]] = [
    (re.compile(r"(?<=\w{3})is(e[sdr]?|ers|ing|ations?)$"), r"iz\1"),
    (re.compile(r"(?<=\w{3})ys(e[sdr]?|ing)$"), r"yz\1"),
    (re.compile(r"(?<=\w{2})our"), "or"),
    (re.compile(r"(?<=\w{2})tre(s?)$"), r"ter\1"),
    (re.compile(r"^(def|off|lic|pret)enc(es?)$"), r"\1ens\2"),
    (
        re.compile(
            r"^(travel|cancel|label|model|counsel|signal|level|quarrel|fuel|total)l"
            r"(ed|ing|ers?)$"
        ),
        r"\1\2",
    ),
]

#: Signs of money and the words for them.
MONEY = {
    "$": ("dollar", "dollars"),
    "€": ("euro", "euros"),
    "£": ("pound", "pounds"),
    "¥": ("yen",),
}

MONEY_WORDS = frozenset(MONEY) | {word for words in MONEY.values() for word in words}

#: Words of which every text is full, so that finding them tells little.
_LIGHT = word_set(
    "a an the of and or to in on at by for from with as is are was were be been has "
    "have had it its that this these those he she they we i you not will would"
)


def weight(folded: str) -> float:
    """What finding this word tells."""
    return 0.4 if folded in _LIGHT else 1.0


HESITATIONS = word_set("uh um er erm ah eh hm hmm mm mhm uhm em")
_PHRASES = (("you", "know"), ("i", "mean"))


def style(words: Sequence[str]) -> str:
    """Words as they would be by one style book, with nothing between them.

    >>> style(["2,254"]), style(["per", "cent"]), style(["twenty", "five"])
    ('2254', 'percent', '25')
    """
    parts: list[str] = []
    tens = 0
    for word in words:
        word = _plain(word)
        if tens and 0 < _UNITS.get(word, 0) < 10:
            parts[-1] = str(tens + _UNITS[word])
            tens = 0
            continue
        tens = _TENS.get(word, 0)
        if word in _UNITS or tens:
            parts.append(str(tens or _UNITS[word]))
        else:
            parts.append(_ORDINALS.get(word) or _SAME.get(word) or word)
    return "".join(parts)


def _plain(word: str) -> str:
    if not word.isascii():
        letters = unicodedata.normalize("NFD", word)
        word = "".join(c for c in letters if not unicodedata.combining(c))
    if "." in word and not word[:1].isdigit():
        word = word.replace(".", "")
    if word[:1].isdigit():
        word = word.replace(",", "")
        return re.sub(r"(?<=\d)\.0+$", "", word)
    for expression, put in _SPELLING:
        word = expression.sub(put, word)
    return word


def without_hesitation(words: Sequence[str], comma_after: Sequence[bool]) -> list[str]:
    """Words without "uh", "I mean", "you know" and a "well" or "like" set off."""
    kept: list[str] = []
    at = 0
    while at < len(words):
        if tuple(words[at : at + 2]) in _PHRASES:
            at += 2
        elif words[at] in HESITATIONS or (
            words[at] in ("well", "like") and comma_after[at]
        ):
            at += 1
        else:
            kept.append(words[at])
            at += 1
    return kept


def is_money(sign: str, word: str) -> bool:
    """Is this the word for that sign of money?"""
    return word in MONEY.get(sign, ())
