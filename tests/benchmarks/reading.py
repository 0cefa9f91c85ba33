"""What a record holds, as the peers of the search and its questions need it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.db import connection, transaction

from statements.models import Resolution, Spokesperson, Tag

from .engines import Row

_LEXEME = re.compile(r"'((?:[^']|'')*)':([\d,A-D]+)")


def rows() -> Iterator[Row]:
    """All quotes as the peers have them."""
    with transaction.atomic(), connection.cursor() as setting:
        setting.execute(
            "DECLARE every CURSOR FOR SELECT id, said_on - date '1970-01-01',"
            " live @> now(), speaker_id, facets, tsv::text FROM quote WHERE id >= 1000"
            " ORDER BY id"
        )
        while True:
            setting.execute("FETCH 5000 FROM every")
            found = setting.fetchall()
            if not found:
                setting.execute("CLOSE every")
                return
            for key, day, live, speaker, facets, tsv in found:
                yield Row(
                    key,
                    day,
                    live,
                    speaker,
                    [int(one[2:]) for one in facets if one[0] == "t"],
                    [int(one[2:]) for one in facets if one[0] == "r"],
                    read(tsv),
                )


def read(tsv: str) -> list[str]:
    """Lexemes in their order; "_" stands where a word was too common to keep."""
    places: dict[int, str] = {}
    for lexeme, positions in _LEXEME.findall(tsv):
        for position in positions.split(","):
            places[int(position.rstrip("ABCD"))] = lexeme
    return [places.get(at, "_") for at in range(1, max(places, default=0) + 1)]


def tokens(keys: list[int]) -> list[list[str]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tsv::text FROM quote WHERE id = ANY(%s)", [keys])
        return [read(tsv) for (tsv,) in cursor.fetchall()]


def whole(often: Counter[str]) -> set[str]:
    """Lexemes of letters that are their own stems by each set of rules."""
    lexemes = [w for w in often if w.isascii() and w.isalnum() and len(w) > 2]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT w FROM unnest(%s::text[]) w WHERE to_tsvector('public.quote_en', w)"
            " = array_to_tsvector(ARRAY[w]) || ''::tsvector OR"
            " strip(to_tsvector('public.quote_en', w)) = array_to_tsvector(ARRAY[w])",
            [lexemes],
        )
        return {word for (word,) in cursor.fetchall()}


def keys(model: Any) -> list[int]:
    """The keys that quotes bear, the most frequent first."""
    return list(model.objects.order_by("pk").values_list("pk", flat=True))[1:]


def names() -> dict[tuple[str, int], str]:
    return {
        (letter, key): name
        for letter, rows in (
            ("s", Spokesperson.objects.values_list("pk", "slug")),
            ("t", Tag.objects.values_list("pk", "slug")),
            ("r", Resolution.objects.values_list("pk", "symbol")),
        )
        for key, name in rows
    }
