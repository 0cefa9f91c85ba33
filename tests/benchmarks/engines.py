"""Peers of the search, each as plain as one would build it in an afternoon.

All hold the same rows, a fifth of them not public, and the lexemes that PostgreSQL made
of the words: what is compared is how rows are found, not how words are stemmed.
"""

from __future__ import annotations

import re
import sqlite3
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import F

from statements.models import Quote

from .questions import Asked

SIZE = 20


class Row(NamedTuple):
    """A quote as the peers have it; ``tokens`` are lexemes, "_" where none was kept."""

    id: int
    day: int
    live: bool
    speaker: int
    tags: list[int]
    resolutions: list[int]
    tokens: list[str]


def plain(lexeme: str) -> str:
    """A lexeme that every tokenizer leaves whole."""
    return (
        lexeme if re.fullmatch(r"[a-z0-9]+|_", lexeme) else f"zz{lexeme.encode().hex()}"
    )


class Fts5:
    """SQLite with its full-text index, filters by plain joins."""

    name = "FTS5"

    def __init__(self, folder: Path, *, fresh: bool):
        self.db = sqlite3.connect(folder / "fts5.sqlite", check_same_thread=False)
        self.db.executescript(
            """
            PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;
            PRAGMA cache_size = -1000000; PRAGMA mmap_size = 4000000000;
            """
        )
        if fresh:
            self.db.executescript(
                """
            CREATE TABLE quote (id INTEGER PRIMARY KEY, day INT, live INT, speaker INT);
            CREATE TABLE tag (quote INT, tag INT);
            CREATE TABLE named (quote INT, resolution INT);
            CREATE VIRTUAL TABLE words USING fts5(
                text, content = '', tokenize = "unicode61 tokenchars '_'");
            """
            )

    def add(self, rows: list[Row]) -> None:
        many = self.db.executemany
        many("INSERT INTO quote VALUES (?, ?, ?, ?)", [row[:4] for row in rows])
        many("INSERT INTO tag VALUES (?, ?)", [(r.id, t) for r in rows for t in r.tags])
        named = [(row.id, each) for row in rows for each in row.resolutions]
        many("INSERT INTO named VALUES (?, ?)", named)
        texts = [(row.id, " ".join(map(plain, row.tokens))) for row in rows]
        many("INSERT INTO words (rowid, text) VALUES (?, ?)", texts)

    def close_off(self) -> None:
        self.db.commit()
        self.db.executescript(
            """
            CREATE INDEX by_day ON quote (day DESC, id DESC);
            CREATE INDEX by_speaker ON quote (speaker, day DESC, id DESC);
            CREATE INDEX by_tag ON tag (tag, quote);
            CREATE INDEX by_name ON named (resolution, quote);
            INSERT INTO words (words) VALUES ('optimize'); ANALYZE;
            """
        )

    def open(self) -> None:
        """Nothing: a file is open once it is there."""

    def newest(self, asked: Asked) -> list[int]:
        return self._found(asked, "q.day DESC, q.id DESC")

    def relevance(self, asked: Asked) -> list[int]:
        return self._found(asked, "words.rank")

    def _found(self, asked: Asked, order: str) -> list[int]:
        sql, values = "", [self._match(asked)]
        for condition, value in (
            ("q.speaker = ?", asked.speaker),
            ("q.day >= ?", asked.since),
            ("q.day <= ?", asked.until),
            ("q.id IN (SELECT quote FROM tag WHERE tag = ?)", asked.tag),
            (
                "q.id IN (SELECT quote FROM named WHERE resolution = ?)",
                asked.resolution,
            ),
        ):
            if value is not None:
                sql, values = f"{sql} AND {condition}", [*values, value]
        return [
            key
            for (key,) in self.db.execute(
                "SELECT q.id FROM words JOIN quote q ON q.id = words.rowid"
                f" WHERE words MATCH ? AND q.live{sql} ORDER BY {order} LIMIT {SIZE}",
                values,
            )
        ]

    def _match(self, asked: Asked) -> str:
        parts = [f'"{plain(word)}"' for word in asked.words]
        parts += [f'"{" ".join(map(plain, phrase))}"' for phrase in asked.phrases]
        parts += [f'"{plain(prefix)}"*' for prefix in asked.prefixes]
        out = "".join(f' NOT "{plain(word)}"' for word in asked.excluded)
        return f"({' AND '.join(parts)}){out}"


class Naive:
    """What Django's documentation shows: SearchRank over every match."""

    name = "SearchRank"

    def _rows(self, asked: Asked) -> Any:
        parts = [*asked.words, *(f'"{" ".join(words)}"' for words in asked.phrases)]
        parts += [f"-{word}" for word in asked.excluded]
        query = SearchQuery(" ".join(parts), search_type="websearch", config="quote_en")
        if asked.prefixes:
            raw = " & ".join(f"{prefix}:*" for prefix in asked.prefixes)
            query = SearchQuery(raw, search_type="raw", config="quote_simple")
        rows = Quote.objects.public().filter(tsv=query)
        for condition, value in (
            ("speaker", asked.speaker),
            ("said_on__gte", asked.first),
            ("said_on__lte", asked.last),
            ("facets__contains", asked.tag and [f"t:{asked.tag}"]),
            ("facets__contains", asked.resolution and [f"r:{asked.resolution}"]),
        ):
            if value is not None:
                rows = rows.filter(**{condition: value})
        return rows, SearchRank(F("tsv"), query, cover_density=True)

    def newest(self, asked: Asked) -> list[int]:
        rows, _rank = self._rows(asked)
        rows = rows.order_by("-said_on", "-pk")
        return list(rows.values_list("pk", flat=True)[:SIZE])

    def relevance(self, asked: Asked) -> list[int]:
        rows, rank = self._rows(asked)
        rows = rows.annotate(rank=rank).order_by("-rank")
        return list(rows.values_list("pk", flat=True)[:SIZE])


class Tantivy:
    """A search engine in this very process, over a library in Rust."""

    name = "tantivy"

    def __init__(self, folder: Path, *, fresh: bool):
        # Of the group bench alone: nothing else may need it.
        self.t, self.folder = import_module("tantivy"), folder / "tantivy"
        self.folder.mkdir(exist_ok=True)
        build = self.t.SchemaBuilder()
        build.add_unsigned_field("at", stored=False, indexed=True, fast=True)
        build.add_unsigned_field("id", fast=True, stored=True)
        for name, kept in (("text", "position"), ("facet", "basic")):
            build.add_text_field(name, tokenizer_name="whitespace", index_option=kept)
        self.schema = build.build()
        self.index = self.t.Index(self.schema, str(self.folder))
        if fresh:
            self.writer = self.index.writer(heap_size=300_000_000, num_threads=2)

    def add(self, rows: list[Row]) -> None:
        for row in rows:
            facets = [f"s{row.speaker}", *(["live"] if row.live else [])]
            facets += [f"t{tag}" for tag in row.tags]
            facets += [f"r{each}" for each in row.resolutions]
            found = {"id": row.id, "at": row.day << 32 | row.id}
            found["text"] = " ".join(map(plain, row.tokens))
            found["facet"] = " ".join(facets)
            self.writer.add_document(self.t.Document.from_dict(found, self.schema))

    def close_off(self) -> None:
        self.writer.commit()
        self.writer.wait_merging_threads()

    def open(self) -> None:
        self.index.reload()
        self.searcher = self.index.searcher()

    def newest(self, asked: Asked) -> list[int]:
        hits = self.searcher.search(
            self._query(asked), SIZE, count=False, order_by_field="at"
        ).hits
        return [at & 0xFFFFFFFF for at, _address in hits]

    def relevance(self, asked: Asked) -> list[int]:
        hits = self.searcher.search(self._query(asked), SIZE, count=False).hits
        return [self.searcher.doc(address)["id"][0] for _score, address in hits]

    def _query(self, asked: Asked) -> Any:
        q, schema, must = self.t.Query, self.schema, self.t.Occur.Must
        facets = ["live"] + [
            f"{letter}{value}"
            for letter, value in zip(
                "str", (asked.speaker, asked.tag, asked.resolution), strict=True
            )
            if value is not None
        ]
        parts = [q.term_query(schema, "text", plain(word)) for word in asked.words]
        for phrase in asked.phrases:
            parts.append(q.phrase_query(schema, "text", [*map(plain, phrase)]))
        for prefix in asked.prefixes:
            parts.append(q.regex_query(schema, "text", f"{plain(prefix)}.*"))
        for facet in facets:
            term = q.term_query(schema, "facet", facet)
            parts.append(q.const_score_query(term, 0.0))
        if asked.since is not None or asked.until is not None:
            low, high = (asked.since or 0) << 32, ((asked.until or 2**20) + 1) << 32
            unsigned = self.t.FieldType.Unsigned
            days = q.range_query(schema, "at", unsigned, low, high, True, False)
            parts.append(q.const_score_query(days, 0.0))
        every = [(must, part) for part in parts]
        for word in asked.excluded:
            out = q.term_query(schema, "text", plain(word))
            every.append((self.t.Occur.MustNot, out))
        return q.boolean_query(every)
