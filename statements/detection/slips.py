"""Slips of the keyboard: a word twice, a mark that is not closed, a gap to be filled.

* "in the the strait", and never "that that", nor "Pago Pago";
* a quotation mark whose partner is missing;
* "TK", "[name of the pier]", "lorem ipsum".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from . import marks
from .findings import Remark, Span
from .lexicon import word_set

DOUBLED, UNCLOSED, UNFILLED = "doubled", "marks", "unfilled"

#: Words that no sentence has twice, by language.
_ONCE = {
    "en": word_set(
        """
the a an and or of to for from with at by as be been is are was were will would should
could can may must have has their our his my your its this these those into between
through about against it we they he she i not but if when which who than then also
"""
    ),
    "fr": word_set(
        "le la les de des du et un une à au aux dans pour par sur est que qui"
    ),
    "es": word_set("el la los las de del y un una a al en para por con es que se"),
    "pt": word_set("o os as de do da dos das e um uma em no na para por com que"),
    "it": word_set("il la le lo gli di del della e un una in per con che si"),
    "de": word_set("und von zu mit für auf im in den dem des ein eine einer ist wird"),
}
_TWICE = re.compile(r"(?<![\w’'-])([^\W\d_]+)[ \u00a0]+(\1)(?![\w’'-])", re.IGNORECASE)
_UNFILLED = re.compile(
    r"(?<![\w-])(?:TK(?:TK)*|TBC|TBD|TBA|X{4,}|lorem ipsum)(?![\w-])"
    r"|\[(?:insert|name|date|time|place|quote|title|link|number|tk|tbc|tbd|xx+|to come"
    r"|to be (?:confirmed|added|inserted))\b[^\]\n]{0,60}\]"
    r"|\?\?\?+|_{4,}"
)
#: Around a mark, so many code points are its words.
_WORDS = 40


def remarks(text: str, language: str) -> Iterator[Remark]:
    """What slipped, rule by rule."""
    yield from _doubled(text, language)
    yield from _unfilled(text)
    yield from _unclosed(text)


def _doubled(text: str, language: str) -> Iterator[Remark]:
    once = _ONCE.get(language)
    if once is None:
        return
    for match in _TWICE.finditer(text):
        word = match[1].lower()
        # "In the The Hague district": a name that begins with the word.
        named = match[2][:1].isupper() and not match[1][:1].isupper()
        if word not in once or named:
            continue
        yield Remark(
            DOUBLED,
            Span(*match.span()),
            f"{word} {word}",
            f"“{match[0]}” stands twice in a row. Take one out.",
        )


def _unfilled(text: str) -> Iterator[Remark]:
    for match in _UNFILLED.finditer(text):
        yield Remark(
            UNFILLED,
            Span(*match.span()),
            match[0],
            f"“{match[0]}” was to be filled in. Fill it in, or take it out.",
        )


def _unclosed(text: str) -> Iterator[Remark]:
    for pair in marks.pairs(text):
        if pair.closed:
            continue
        mark = text[pair.opened : pair.opened + 1]
        end = min(pair.end, pair.opened + _WORDS)
        yield Remark(
            UNCLOSED,
            Span(pair.opened, end),
            " ".join(text[pair.start : pair.start + _WORDS].split()),
            f"The quotation mark {mark} opens here and nothing closes it. Add the"
            " closing mark where the words end.",
        )
