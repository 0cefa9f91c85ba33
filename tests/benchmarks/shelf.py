"""A record of quotes to search in: people and statements copied, words by COPY.

Every fifth quote is not public. Rows go past the triggers, which judge what people
write; what they hold is what the verbs would have made of them.
"""

from __future__ import annotations

import datetime as dt
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db import connection
from psycopg.types.range import TimestamptzRange

from statements.models import User
from statements.models.quotes import CROCKFORD

from . import crowd

PEOPLE, ORGANIZATIONS, TOPICS, RESOLUTIONS = 2_000, 200, 400, 300
QUOTES = 6  # a statement
HIDDEN = 5  # one in so many
BEGIN, DAYS = dt.date(2001, 1, 1), 9_400

_COLUMNS = (
    'id, permalink_id, article_id, edition_id, live, text, start, "end", prefix, '
    "suffix, kind, origin, language, speaker_id, organization_id, title_as_printed, "
    "said_on, confirmed_at, confirmed_by_id, verdict, facets"
)


@dataclass
class Shelf:
    """Where the rows stand; seconds that it took to fill."""

    author: User
    article: int = 0
    edition: int = 0
    person: int = 0
    organization: int = 0
    tag: int = 0
    resolution: int = 0
    took: dict[str, float] = field(default_factory=dict)


def fill(texts: Iterator[str], count: int, **staff: User) -> Shelf:
    """Put so many quotes on record, and say how long COPY and the index took."""
    model = crowd.first(**staff)
    shelf = Shelf(staff["author"], article=model.article_id, edition=model.pk)
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        try:
            _catalogues(cursor, shelf)
            _statements(cursor, shelf, -(-count // QUOTES))
            cursor.execute("SELECT pg_get_indexdef('quote_words'::regclass)")
            (index,) = cursor.fetchone()
            # A test's own transaction may not drop one, for it has more to check.
            apart = not connection.in_atomic_block
            if apart:
                cursor.execute("DROP INDEX quote_words")
            began = time.perf_counter()
            with cursor.copy(f"COPY public.quote ({_COLUMNS}) FROM STDIN") as copy:
                for row in _rows(texts, count, shelf):
                    copy.write_row(row)
            shelf.took["COPY"] = time.perf_counter() - began
            began = time.perf_counter()
            if apart:
                cursor.execute(index)
            shelf.took["index of words"] = time.perf_counter() - began
            cursor.execute(
                "INSERT INTO permalink (id, article_id) SELECT permalink_id, article_id"
                " FROM quote ON CONFLICT DO NOTHING"
            )
            for table in ("article", "edition", "quote"):
                cursor.execute(
                    f"SELECT setval(pg_get_serial_sequence('public.{table}', 'id'),"
                    f" (SELECT max(id) FROM public.{table}))"
                )
        finally:
            cursor.execute("RESET session_replication_role")
        began = time.perf_counter()
        cursor.execute("VACUUM ANALYZE" if apart else "ANALYZE")
        shelf.took["VACUUM ANALYZE"] = time.perf_counter() - began
    return shelf


def _catalogues(cursor, shelf: Shelf) -> None:
    for table, count, changed in (
        (
            "organization",
            ORGANIZATIONS,
            {"slug": "'o-' || n", "name": "'Office ' || n"},
        ),
        ("spokesperson", PEOPLE, {"slug": "'p-' || n", "name": "'Person ' || n"}),
        ("tag", TOPICS, {"slug": "'t-' || n", "name": "'Topic ' || n"}),
        (
            "resolution",
            RESOLUTIONS,
            {"slug": "'r-' || n", "symbol": "'S/RES/' || (3000 + n)"},
        ),
    ):
        listed = {"listed_at": "now()", "listed_by_id": str(shelf.author.pk)}
        crowd.catalogue(cursor, table, count + 1, changed | listed)
        cursor.execute(f"SELECT max(id) - {count} FROM {table}")
        name = {"spokesperson": "person"}.get(table, table)
        setattr(shelf, name, cursor.fetchone()[0])


def _statements(cursor, shelf: Shelf, count: int) -> None:
    numbers = f"generate_series(1, {count}) n"
    crowd.insert(
        cursor,
        "article",
        {"id": "it.id + n", "slug": "'statement-' || n"},
        f"article it, {numbers}",
    )
    crowd.insert(
        cursor,
        "edition",
        {
            "id": "it.id + n",
            "article_id": "it.article_id + n",
            "title": "it.title || ' ' || n",
            "body": "'<p>Said.</p>'",
            "text": "'Said.'",
            "record": "'{}'",
        },
        f"edition it, {numbers}",
    )


def _rows(texts: Iterator[str], count: int, shelf: Shelf) -> Iterator[tuple]:
    chance = random.Random(2)
    now = dt.datetime.now(dt.UTC)
    live = TimestamptzRange(dt.datetime(2025, 1, 1, tzinfo=dt.UTC), None)
    past = TimestamptzRange(live.lower, dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
    empty = TimestamptzRange(empty=True)

    def one(most: int, power: float = 3) -> int:
        """A number from 1 to ``most``, the first ones far more often."""
        return 1 + int(most * chance.random() ** power)

    for number, text in zip(range(count), texts, strict=False):
        statement = 1 + number // QUOTES
        speaker, organization = one(PEOPLE), one(ORGANIZATIONS, 2)
        tags = {one(TOPICS) for _ in range(chance.randrange(5))}
        named = {one(RESOLUTIONS) for _ in range(max(0, chance.randrange(-6, 3)))}
        ordered = number if chance.random() < 0.9 else chance.randrange(count)
        state = live
        if chance.randrange(HIDDEN) == 0:
            state = chance.choice((past, empty))
        yield (
            1_000 + number,
            _permalink(number),
            shelf.article + statement,
            shelf.edition + statement,
            state,
            text,
            number,
            number + len(text),
            "",
            "",
            "direct",
            "manual",
            "en",
            shelf.person + speaker,
            shelf.organization + organization,
            "",
            BEGIN + dt.timedelta(ordered * DAYS // count),
            now,
            shelf.author.pk,
            "unchecked",
            [
                "k:direct",
                f"o:{shelf.organization + organization}",
                f"s:{shelf.person + speaker}",
                *(f"t:{shelf.tag + tag}" for tag in sorted(tags)),
                *(f"r:{shelf.resolution + one_}" for one_ in sorted(named)),
            ],
        )


def _permalink(number: int) -> str:
    digits = ""
    for _ in range(10):
        number, digit = divmod(number, 32)
        digits = CROCKFORD[digit] + digits
    return digits
