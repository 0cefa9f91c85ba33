"""Did you mean? A question that finds nothing -> one like it that finds something."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from django.db import connections
from django.db.models import QuerySet

from statements.models import Quote

from . import quotes as answers
from . import spelling
from .naming import Filter
from .query import Query

#: Words of a question that are looked at, and questions that are tried for it. Each
#: costs two queries, and only where nothing was found.
_MOST_WORDS, _MOST_TRIED = 3, 3

# The words of a question that the vocabulary lacks, with those of it that are most like
# them, and those with two letters the other way round: short ones share few trigrams.
_ALIKE = """
SELECT w.position - 1, v.word, v.number
FROM unnest(%s::text[]) WITH ORDINALITY AS w (word, position)
CROSS JOIN LATERAL (
    (SELECT word, number FROM vocabulary
     WHERE word %% w.word AND abs(char_length(word) - char_length(w.word)) <= 2
     ORDER BY similarity(word, w.word) DESC, number DESC, word LIMIT 20)
    UNION ALL
    SELECT k.word, k.number FROM generate_series(1, char_length(w.word) - 1) AS i
    JOIN vocabulary k ON k.word = overlay(
        w.word PLACING reverse(substr(w.word, i, 2)) FROM i FOR 2)
) v
WHERE NOT EXISTS (SELECT FROM vocabulary k WHERE k.word = w.word)
ORDER BY 1
"""


def meant(
    query: Query, quotes: QuerySet[Quote], filters: tuple[Filter, ...]
) -> Query | None:
    """The same question with its misspelt words put right, if that finds anything.

    Ask only where ``query`` finds nothing among ``quotes``, the rows that the asker may
    see: whatever the vocabulary holds, a word is offered only if one of them has it.
    """
    if any(not one.choices for one in filters):
        return None
    better = _alike(_terms(query), using=quotes.db)
    lone = len(_terms(query)) == 1 and replace(query, words=(), phrases=()).empty
    wrong = [
        (word, others)
        for word, others in better.items()
        # Of another form of a word the vocabulary need not know.
        if lone or not _finds(Query(words=(word,)), quotes, ())
    ][:_MOST_WORDS]
    for number in range(_MOST_TRIED):
        changes = {word: others[min(number, len(others) - 1)] for word, others in wrong}
        if not changes or number >= max(len(others) for _word, others in wrong):
            return None
        other = _replaced(query, changes)
        if _finds(other, quotes, filters):
            return other
    return None


def _finds(query: Query, quotes: QuerySet[Quote], filters: tuple[Filter, ...]) -> bool:
    return answers.narrowed(query, quotes, filters).exists()


def _terms(query: Query) -> list[str]:
    """The words that must occur, alone or in a phrase, without case and accents."""
    texts: Iterable[str] = (*query.words, *query.phrases)
    found = [word for text in texts for word in spelling.words(text) if len(word) > 2]
    return list(dict.fromkeys(found))


def _alike(words: list[str], *, using: str) -> dict[str, list[str]]:
    """For each word that is not known, known ones with a slip or two, nearest first."""
    if not words:
        return {}
    with connections[using].cursor() as cursor:
        cursor.execute(_ALIKE, [words[: 2 * _MOST_WORDS]])
        rows = cursor.fetchall()
    found: dict[str, dict[str, tuple[int, int]]] = {}
    for position, other, number in rows:
        word = words[position]
        slips = spelling.slips(word, other)
        if slips:
            found.setdefault(word, {}).setdefault(other, (slips, -number))
    return {
        word: sorted(others, key=others.__getitem__) for word, others in found.items()
    }


def _replaced(query: Query, changes: dict[str, str]) -> Query:
    def right(text: str) -> str:
        if not any(word in changes for word in spelling.words(text)):
            return text
        return " ".join(changes.get(word, word) for word in spelling.words(text))

    return replace(
        query,
        words=tuple(map(right, query.words)),
        phrases=tuple(map(right, query.phrases)),
    )
