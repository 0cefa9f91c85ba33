r"""Our own gold set: short texts in our own words, and what an editor wants of each.

All persons and places are invented. The files ``*.txt`` beside this one hold texts:

    ## id | phenomena | before | why it is there, in a few words
    The text, each paragraph on a line of its own, as it would be pasted.
    > direct | the words | speaker as written | full name

Phenomena are the numbers of the specification's table (``PHENOMENA``), or a word.
``before`` marks a text that was written before the rules it tests, by somebody who
had not read them; ``after`` all others. Answers follow the text:

* the kind is ``direct``, ``mixed`` (words inside somebody else's clause), ``turn``
  (words without marks: a transcript, a statement attributed as a whole),
  ``optional`` (an editor may take it or leave it: not scored) or ``nothing``
  (marked, but no quote: to suggest it is a mistake);
* the words stand once in the text, or ``words #2`` says which time is meant; of long
  ones only ``the first words >> the last words`` are given;
* the speaker is written as in the text, whole words, ``he #2`` for the second; ``-``
  where a careful reader would name nobody: abstention is wanted;
* the full name as a reader of this text alone knows it; ``-`` where nobody can know
  it (an unnamed steward, either of two men): abstention is wanted; ``*`` where the
  speaker is no single person, or is not judged.

``\xa0`` and ``\u202f`` are written as escapes, so that they can be seen.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent
KINDS = ("direct", "mixed", "turn", "optional", "nothing")

#: What the numbers stand for, in the words of the failing rows' list.
PHENOMENA = {
    "1": "long apposition after the verb",
    "2": "full name once, then a short form",
    "3": "pronoun",
    "4": "role",
    "5": "split quote",
    "6": "second sentence after the tag",
    "7": "paragraph that is a quote alone",
    "8": "quote before its speaker is named",
    "9": "re-opened in each paragraph",
    "10": "over paragraphs, not re-opened",
    "11": "heading or label",
    "12": "signature",
    "13": "colon without a verb of saying",
    "14": "pieces inside a clause",
    "15": "other cues than verbs of saying",
    "16": "relative pronoun",
    "17": "possessive",
    "18": "organisation or document",
    "19": "marked, but no quote",
    "20": "name inside the quote",
    "21": "addressee or object near the verb",
    "22": "reported third party",
    "23": "apposition or clause between name and verb",
    "24": "nested marks",
    "25": "brackets and ellipses",
    "26": "broken marks",
    "27": "typewriter marks",
    "28": "stop inside or outside",
    "29": "words between tag and verb",
    "30": "odd blanks",
    "31": "broken letters, drifting spelling",
    "32": "transcript, attributed as a whole",
    "33": "pull quote",
    "34": "foreign marks",
    "35": "bare list of statements",
    "namesake": "two of one surname",
    "abstain": "nobody can know",
    "indirect": "indirect speech beside",
}

_ESCAPE = re.compile(r"\\(?:x([0-9a-f]{2})|u([0-9a-f]{4}))")
_NTH = re.compile(r" #(\d+)$")


@dataclass(frozen=True)
class Wanted:
    """One answer: a place, and who said it."""

    kind: str
    start: int
    end: int
    speaker: str | None = None
    speaker_start: int | None = None
    speaker_end: int | None = None
    full: str | None = None
    judged: bool = True  # whether the full name is


@dataclass(frozen=True)
class Row:
    """One text with its answers."""

    id: str
    phenomena: tuple[str, ...]
    before: bool
    why: str
    text: str
    answers: tuple[Wanted, ...]

    @property
    def quotes(self) -> list[Wanted]:
        """What has to be found."""
        return [a for a in self.answers if a.kind in ("direct", "mixed", "turn")]

    @property
    def optional(self) -> list[Wanted]:
        return [a for a in self.answers if a.kind == "optional"]


@cache
def rows() -> tuple[Row, ...]:
    """All texts, in the order of the files' names and then of the files."""
    return tuple(row for path in sorted(HERE.glob("*.txt")) for row in read(path))


def read(path: Path) -> list[Row]:
    blocks = re.split(r"^## ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return [_row(block) for block in blocks[1:]]


def _row(block: str) -> Row:
    head, *lines = block.rstrip("\n").split("\n")
    name, phenomena, when, why = (part.strip() for part in head.split(" | "))
    if when not in ("before", "after"):
        raise ValueError(f"{name}: before or after, not {when}")
    text = _unescaped("\n".join(x for x in lines if not x.startswith("> "))).strip("\n")
    answers = []
    for line in lines:
        if line.startswith("> "):
            try:
                answers.append(_answer(text, _unescaped(line[2:])))
            except ValueError as error:
                raise ValueError(f"{name}: {error}") from None
    return Row(
        name, tuple(phenomena.split(",")), when == "before", why, text, tuple(answers)
    )


def _answer(text: str, line: str) -> Wanted:
    kind, words, *who = (part.strip(" ") for part in line.split(" | "))
    if kind not in KINDS:
        raise ValueError(f"no kind: {kind}")
    first, _, last = words.partition(" >> ")
    start, end = _place(text, first)
    if last:
        if last not in text[end:]:
            raise ValueError(f"not after the first words: {last}")
        end = text.index(last, end) + len(last)
    if kind == "nothing":
        return Wanted(kind, start, end)
    speaker, full = who
    if speaker == "-":
        return Wanted(kind, start, end)
    a, b = _place(text, speaker, whole=True)
    return Wanted(
        kind,
        start,
        end,
        text[a:b],
        a,
        b,
        None if full in "-*" else full,
        full != "*",
    )


def _place(text: str, words: str, *, whole: bool = False) -> tuple[int, int]:
    """Where the words stand; they stand once, or their number is given."""
    number = _NTH.search(words)
    if number:
        words = words[: number.start()]
    edge = r"\b" if whole else ""
    found = [m.span() for m in re.finditer(edge + re.escape(words) + edge, text)]
    if not found or (len(found) > 1 and not number):
        raise ValueError(f"{len(found)} times: {words}")
    nth = int(number[1]) if number else 1
    if nth > len(found):
        raise ValueError(f"only {len(found)} times: {words}")
    return found[nth - 1]


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(lambda m: chr(int(m[1] or m[2], 16)), text)
