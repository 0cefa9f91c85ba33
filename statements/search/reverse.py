"""A quotation -> the quotes, texts and sources in which it may stand.

What was altered, shortened or bracketed still shares most of its words with what was
said. So some words that stand close together are asked of the index, then some others,
and what answers most of these questions is worth comparing word by word. Each question
asks for several words at once, so it costs what the rarest of them costs, and each
brings a bounded number of rows, however often something was said.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchQueryField
from django.db import connections
from django.db.models import (
    FETCH_RAISE,
    BooleanField,
    F,
    Func,
    IntegerField,
    OuterRef,
    QuerySet,
    Subquery,
    TextField,
    Value,
)
from django.db.models.functions import Cast, Lower, StrIndex

from statements.models import Edition, Quote, SourceVersion, Turn
from statements.models.quotes import QuoteQuerySet

from . import judging
from .compiling import RULES, SIMPLE
from .judging import Match

#: What may be asked about, in characters, and in words at least.
LONGEST, FEWEST = 5_000, 2
#: What is shown: places where it stands, and those that are merely like it.
MOST_FOUND, MOST_NEAR = 20, 5
#: Rows that one question brings, and what is compared in the end.
MOST_A_PROBE, MOST_QUOTES, MOST_TEXTS = 100, 40, 12

#: Questions asked, and how many words each asks for: of a quote, of a whole text.
_PROBES, _QUOTE_WORDS, _TEXT_WORDS = 10, 4, 7
#: With so few telling words, quotes that have them side by side are asked for too.
_FEW = 4

_COMPILE = """
SELECT c.code, t.position - 1,
       tsvector_to_array(to_tsvector(('public.quote_' || c.code)::regconfig,
                                     public.quote_words(t.words)))
FROM unnest(%s::text[]) AS c (code),
     unnest(%s::text[]) WITH ORDINALITY AS t (words, position)
"""
_WORD = re.compile(r"\S*[^\W_]\S*")
# "[the regime]" is the editor's own; "[t]he" and "show[ed]" are words of the speaker.
_OWN = re.compile(r"(?<!\w)\[[^\[\]]*\](?!\w)")
_LEFT_OUT = re.compile(r"\.{2,}|(?:\. ){2,}\.?|…")

type Words = list[list[str]]


@dataclass(frozen=True, slots=True)
class Quotation:
    """What was pasted; ``problem`` is a sentence where nothing can be looked up."""

    text: str = ""
    problem: str = ""

    @property
    def pieces(self) -> list[str]:
        """The runs of words that must be the speaker's own, between edits."""
        kept = _OWN.sub("…", self.text) if _WORD.search(self._unedited) else self.text
        return [piece for piece in _LEFT_OUT.split(kept) if _WORD.search(piece)]

    @property
    def words(self) -> list[str]:
        return [word for piece in self.pieces for word in _WORD.findall(piece)]

    @property
    def _unedited(self) -> str:
        return _OWN.sub(" ", self.text)


def read(typed: str) -> Quotation:
    """The quotation, composed (NFC), or what to do about it."""
    if any(char in "\0\ufffd" or "\ud800" <= char <= "\udfff" for char in typed):
        return Quotation(
            problem="The quotation holds characters that got lost on the way. Paste it "
            "again."
        )
    text = unicodedata.normalize("NFC", typed.replace("\r\n", "\n")).strip()
    if len(text) > LONGEST:
        return Quotation(
            problem=f"The quotation has more than {LONGEST:,} characters. Paste the "
            "part of it that you doubt."
        )
    if not text:
        return Quotation()
    found = Quotation(text)
    # Scripts that put no blanks between words have one word a line.
    if len(found.words) < FEWEST and len(text) < 8:
        return Quotation(problem=f"Paste at least {FEWEST} words of the quotation.")
    return found


@dataclass(frozen=True, slots=True)
class Answer:
    """Where a quotation stands, best first, and what is nearly the same.

    ``common``: it has very common words alone, so nothing was looked through. ``more``
    places were found than are told.
    """

    found: tuple[Match, ...] = ()
    near: tuple[Match, ...] = ()
    more: bool = False
    common: bool = False


def find(
    quotation: Quotation,
    *,
    unpublished: QuoteQuerySet | None = None,
    with_sources: bool = False,
) -> Answer:
    """Where a quotation stands in public quotes and texts, and in what else is given.

    The caller says whose ``unpublished`` quotes may be told, and whether sources may
    be. Costs a query to compile the words, and two for each sort of place; three for
    sources.
    """
    probes = compiled(quotation)
    if probes.empty:
        return Answer(common=bool(quotation.text))
    text = quotation.text
    matches: list[Match] = []
    for rows, hidden in ((Quote.objects.public(), False), (unpublished, True)):
        if rows is not None and (keys := _quotes(probes, rows)):
            listed = rows.filter(pk__in=keys).for_list().fetch_mode(FETCH_RAISE)
            matches += judging.of_quotes(text, list(listed), unpublished=hidden)
    if keys := _texts(probes):
        live = _in_order(Edition.objects.live().select_related("article"), keys)
        matches += judging.of_editions(text, live, list(matches))
    if with_sources and (keys := _sources(probes)):
        versions = _in_order(SourceVersion.objects.select_related("source"), keys)
        turns = Turn.objects.filter(version__in=keys).select_related("person")
        matches += judging.of_sources(text, versions, list(turns))
    ordered = judging.ordered(matches)
    found = [match for match in ordered if match.found]
    near = [match for match in ordered if not match.found]
    return Answer(
        tuple(found[:MOST_FOUND]),
        tuple(near[:MOST_NEAR]),
        more=len(found) > MOST_FOUND,
    )


def _in_order[Row: (Edition, SourceVersion)](
    rows: QuerySet[Row], keys: list[int]
) -> list[Row]:
    """The rows that have these keys, the likeliest first."""
    by_key = rows.fetch_mode(FETCH_RAISE).in_bulk(keys)
    return [by_key[key] for key in keys if key in by_key]


@dataclass(frozen=True, slots=True)
class Probes:
    """Some words each, all of which must occur: tsqueries for quotes, words for texts.

    ``together`` is what quotes of few telling words are looked through for.
    """

    quotes: tuple[str, ...] = ()
    texts: tuple[tuple[str, ...], ...] = ()
    together: str = ""

    @property
    def empty(self) -> bool:
        """Whether there are very common words alone."""
        return not self.quotes


def compiled(quotation: Quotation, *, using: str = "default") -> Probes:
    """What to ask of the index. One query, which reads no table."""
    words = list(dict.fromkeys(quotation.words))
    if not words:
        return Probes()
    codes = (*RULES, SIMPLE)
    by_code: dict[str, Words] = {code: [[] for _ in words] for code in codes}
    with connections[using].cursor() as cursor:
        # What comes back are lexemes of PostgreSQL's own making.
        cursor.execute(_COMPILE, [list(codes), words])
        for code, position, lexemes in cursor.fetchall():
            by_code[code][position] = lexemes
    # The language in which most of its words are too common to tell anything.
    language = max(RULES, key=lambda code: sum(not each for each in by_code[code]))
    telling = [number for number, each in enumerate(by_code[language]) if each]
    if not telling:
        return Probes()
    asked: list[list[str]] = []
    for code in codes:
        stemmed = [by_code[code][number] for number in telling if by_code[code][number]]
        for number, probe in enumerate(_probes(stemmed, _QUOTE_WORDS)):
            if number == len(asked):
                asked.append([])
            asked[number].append(" & ".join(map(_quoted, probe)))
    plain = [by_code[SIMPLE][number] for number in telling]
    return Probes(
        tuple(
            " | ".join(f"({part})" for part in dict.fromkeys(probe)) for probe in asked
        ),
        tuple(tuple(probe) for probe in _probes(plain, _TEXT_WORDS)),
        _bare(max(quotation.pieces, key=len)) if len(telling) <= _FEW else "",
    )


def _probes(words: Words, size: int) -> list[list[str]]:
    """Runs of words, so that one that was altered lies outside some of them.

    >>> _probes([["a"], ["b"], ["c"]], 4)
    [['a', 'b', 'c'], ['b', 'c'], ['a', 'c'], ['a', 'b']]
    """
    number = len(words)
    if number < 3:
        runs = [words] if words else []
    elif number <= size + 1:
        runs = [words, *(words[:n] + words[n + 1 :] for n in range(number))]
        if number > 3:
            runs += [words[: number // 2], words[-(number // 2) :]]
    else:
        # The first and the last run have no word in common.
        size = min(size, number // 2)
        most = min(_PROBES, number - size + 1)
        firsts = [n * (number - size) // (most - 1) for n in range(most)]
        runs = [words[first : first + size] for first in firsts]
    return [
        list(dict.fromkeys(lexeme for one in run for lexeme in one)) for run in runs
    ]


def _bare(piece: str) -> str:
    """Words without the marks and signs around them."""
    return re.sub(r"^\W+|\W+$", "", piece)


def _quoted(lexeme: str) -> str:
    escaped = lexeme.replace("\\", "\\\\").replace("'", "''")
    return f"'{escaped}'"


def _quotes(probes: Probes, among: QuerySet[Quote]) -> list[int]:
    """Keys of those quotes that share most runs of words, the likeliest first.

    ``among`` says who may see what. One query.
    """
    rows = among.order_by()
    asked: list[QuerySet[Any]] = [rows.filter(_fits(each)) for each in probes.quotes]
    if not asked or not probes.together:
        return _likeliest(asked, MOST_QUOTES)
    place = StrIndex(
        Lower(Func(F("text"), function="public.quote_words")),
        Lower(Func(Value(probes.together), function="public.quote_words")),
    )
    together = asked[0].annotate(_place=place).filter(_place__gt=0)
    return _likeliest([together, *asked], MOST_QUOTES, first=2 * _PROBES)


def _texts(probes: Probes) -> list[int]:
    """Keys of the editions that the public reads and that share most runs of words."""
    rows = Edition.objects.live().filter(published_at__isnull=False).order_by()
    return _likeliest(
        [rows.filter(_holds(probe)) for probe in probes.texts], MOST_TEXTS
    )


def _sources(probes: Probes) -> list[int]:
    """Keys of the newest versions of sources that share most runs of words."""
    newest = (
        SourceVersion.objects.filter(source=OuterRef("source"))
        .order_by("-number")
        .values("pk")[:1]
    )
    rows = SourceVersion.objects.filter(pk=Subquery(newest)).order_by()
    return _likeliest(
        [rows.filter(_holds(probe)) for probe in probes.texts], MOST_TEXTS
    )


def _fits(tsquery: str) -> Func:
    return Func(
        F("tsv"),
        Cast(Value(tsquery), SearchQueryField()),
        template="(%(expressions)s)",
        arg_joiner=" @@ ",
        output_field=BooleanField(),
    )


def _holds(words: Iterable[str]) -> Func:
    array = ArrayField(TextField())
    return Func(
        Func(F("text"), function="public.text_words", output_field=array),
        Cast(Value(list(words), output_field=array), array),
        template="(%(expressions)s)",
        arg_joiner=" @> ",
        output_field=BooleanField(),
    )


def _likeliest(asked: Sequence[QuerySet[Any]], most: int, first: int = 1) -> list[int]:
    """Keys of what answers most questions; the first of them weighs ``first``."""
    if not asked:
        return []
    rows = [
        each.annotate(
            weight=Value(1 if number else first, output_field=IntegerField())
        ).values_list("pk", "weight")[:MOST_A_PROBE]
        for number, each in enumerate(asked)
    ]
    weights: Counter[int] = Counter()
    # A model's own order would come back over all of them.
    answers = rows[0].union(*rows[1:], all=True).order_by() if rows[1:] else rows[0]
    for key, weight in answers:
        weights[key] += weight
    # Of what fits as well, the newer.
    return sorted(weights, key=lambda key: (-weights[key], -key))[:most]
