"""A question's words -> tsqueries by the rules of each language on record.

What a person typed goes to PostgreSQL as words here, and comes back as a tsquery in its
own quoting; nothing else that was typed reaches the engine.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db import connections
from django.utils.translation import gettext as _

from . import highlight
from .query import Query

#: More words than this are too rare together to be common, or too many to combine.
MOST_HOT = 4

#: Languages with stemming rules, as ``public.quote_language`` has them; others are
#: searched word by word ("simple").
RULES = ("en", "ar", "de", "es", "fr", "it", "pt", "ru")
SIMPLE = "simple"

#: A tsquery of one lexeme, as PostgreSQL writes it: 'peac', 'hay''at'.
_LEXEME = re.compile(r"'(?:[^']|'')+'")

#: The languages of the record, by a walk from one to the next along their index; about
#: how many rows it has; and each term by the rules that may matter.
_COMPILE = """
WITH RECURSIVE spoken (language) AS (
    SELECT min(language) FROM quote
    UNION ALL
    SELECT (SELECT min(q.language) FROM quote q WHERE q.language > spoken.language)
    FROM spoken WHERE spoken.language IS NOT NULL
)
SELECT record.languages, record.rows, c.code, t.position - 1,
       phraseto_tsquery(('public.quote_' || c.code)::regconfig, t.words)::text
FROM (
    SELECT (SELECT array_agg(language) FROM spoken WHERE language IS NOT NULL)
               AS languages,
           (SELECT reltuples FROM pg_class WHERE oid = 'public.quote'::regclass)
               AS rows
    OFFSET 0
) record, unnest(%s::text[]) AS c (code), (
    SELECT position, public.quote_words(words) AS words
    FROM unnest(%s::text[]) WITH ORDINALITY AS u (words, position)
    OFFSET 0
) t
WHERE c.code = ANY(%s)
   OR EXISTS (SELECT FROM unnest(record.languages) AS l
              WHERE split_part(l, '-', 1) = c.code)
"""


@dataclass(frozen=True, slots=True)
class Compiled:
    """A question's words as tsqueries, by code of rules ("en", …, "simple").

    Only rules of languages that are on record have one. ``asked`` holds all that a row
    must match. A code is missing if no row of such a language can match, for all words
    that must occur are too common there; the value is "" if every row does. ``wanted``
    holds any of what must occur, by which rows are ranked; ``hot`` finds those in which
    one of its words weighs much; ``markers`` mark it, words apart from ``phrases``.
    ``rows`` is about how many are on record, if that was asked; ``spoken`` are the
    rules of all that are on record.
    """

    rows: float | None = None
    asked: dict[str, str] = field(default_factory=dict)
    wanted: dict[str, str] = field(default_factory=dict)
    spoken: frozenset[str] = frozenset({SIMPLE})
    hot: str = ""
    markers: tuple[highlight.Marker, ...] = ()
    phrases: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def compiled(query: Query, *, using: str) -> Compiled:
    """The words of a question, by the rules of every language that is on record."""
    # "Hay'at" and "anti-war" are looked up, and marked, as phrases are.
    phrases = [*query.phrases, *filter(highlight.is_compound, query.words)]
    plain = [word for word in query.words if not highlight.is_compound(word)]
    wanted = [*phrases, *plain, *query.prefixes]
    terms = [*wanted, *query.excluded]
    if not terms:
        return Compiled()
    codes = (*RULES, SIMPLE)
    with connections[using].cursor() as cursor:
        # What a person typed reaches PostgreSQL here and nowhere else; what comes back
        # is a tsquery in PostgreSQL's own quoting.
        cursor.execute(_COMPILE, [list(codes), terms, [RULES[0], SIMPLE]])
        found = cursor.fetchall()
    languages, rows = found[0][:2]
    by_code: dict[str, list[str]] = {code: [""] * len(terms) for code in codes}
    for _languages, _rows, code, position, tsquery in found:
        by_code[code][position] = tsquery
    common = _too_common(terms, by_code)
    unstemmed = by_code[SIMPLE]
    spoken = {language.partition("-")[0] for language in languages or ()} or {RULES[0]}
    spoken = {code if code in RULES else SIMPLE for code in spoken}
    by_code = {code: list(by_code[code]) for code in codes if code in spoken}
    words, excluded = len(phrases), len(wanted)
    for terms in by_code.values():
        for i in range(excluded - len(query.prefixes), excluded):
            # "the" is too common, "the*" is not.
            whole = terms[i] or unstemmed[i]
            terms[i] = f"{whole}:*" if whole.endswith("'") else whole
    asked: dict[str, str] = {}
    positive: dict[str, str] = {}
    markers: list[highlight.Marker] = []
    hot: list[str] = []
    for code, terms in by_code.items():
        must = every(terms[:excluded])
        without = either(terms[excluded:])
        must_not = f"!({without})" if without else ""
        if must:
            # Of words that must all occur PostgreSQL weighs how near they stand; of any
            # of them how often each does, which is nearer to BM25.
            positive[code] = either(terms[:excluded])
            often = _often([term for term in terms[:excluded] if term])
            hot.append(every([often, must_not]) if often else "")
            markers.append(
                highlight.Marker(
                    code,
                    words=either(terms[words:excluded]),
                    phrases=either(terms[:words]),
                )
            )
        if must or not wanted:
            asked[code] = every([must, must_not])
    return Compiled(
        rows,
        asked,
        positive,
        frozenset(spoken),
        either(hot) if all(hot) else "",
        tuple(markers),
        tuple(phrases),
        common,
    )


def _often(terms: list[str]) -> str:
    """What must occur, and one word of it often: then the row bears "+word" besides.

    "" if no word is a single lexeme, as phrases and beginnings are not.
    """
    if len(terms) > MOST_HOT:
        return ""
    return either(
        every(f"'+{term[1:]}" if other is term else other for other in terms)
        for term in terms
        if _LEXEME.fullmatch(term)
    )


def _joined(sign: str, tsqueries: Iterable[str]) -> str:
    return sign.join(f"({tsquery})" for tsquery in tsqueries if tsquery)


def every(tsqueries: Iterable[str]) -> str:
    return _joined(" & ", tsqueries)


def either(tsqueries: Iterable[str]) -> str:
    return _joined(" | ", dict.fromkeys(tsqueries))


def _too_common(terms: list[str], by_code: Mapping[str, list[str]]) -> tuple[str, ...]:
    """Sentences on words that the index leaves out, by the first of RULES."""
    here = by_code[RULES[0]]
    common = [term for term, found in zip(terms, here, strict=True) if not found]
    if not common:
        return ()
    if not any(here):
        return (
            _(
                "Only very common words were asked for, and those are not searched. "
                "Add a rarer one."
            ),
        )
    words = _(", ").join(f"“{term}”" for term in common)
    return (_("Too common to be searched, so left out: %(words)s.") % {"words": words},)
