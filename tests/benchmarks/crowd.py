"""A record of any size: statements that were written once and copied by the server.

One statement goes through the verbs; its rows are copied with other addresses, dates,
speakers, topics and resolutions, past the triggers, which judge what people write. What
is left is what pages read: the rows, their indexes and the stored pages.
"""

from __future__ import annotations

import datetime as dt
import random
import re

from django.db import connection

from statements.editorial import quoting
from statements.models import Edition, User
from tests import builders

PEOPLE, ORGANIZATIONS, RESOLUTIONS, TOPICS = 300, 40, 300, 200
PARAGRAPHS, QUOTES = 10, 6

#: The first day of the record; the last one is ten years later, whatever its size.
BEGIN = dt.date(2016, 1, 1)
DAYS = 3_650
#: Statements of the last day: more than a page shows, whatever the size.
LAST_DAY = 40

_WORDS = [
    "harbour",
    "council",
    "strait",
    "ferry",
    "pilot",
    "island",
    "winter",
    "agreement",
    "delegation",
    "lamp",
    "measure",
    "report",
    "boat",
    "storm",
    "lighthouse",
    "owner",
    "crossing",
    "timetable",
    "people",
    "safety",
    "commitment",
    "village",
    "school",
    "water",
    "food",
    "mandate",
    "passage",
    "dialogue",
    "partner",
    "support",
]


def _sentence(chance: random.Random) -> str:
    return " ".join(chance.choices(_WORDS, k=17)).capitalize() + "."


def _body(chance: random.Random) -> tuple[str, list[str]]:
    quotes, paragraphs = [], []
    for number in range(PARAGRAPHS):
        words = " ".join(_sentence(chance) for _ in range(6))
        if number < QUOTES:
            quotes.append(f"{_sentence(chance)[:-1]} {number}")
            words = f"{words} “{quotes[-1]},” the speaker said."
        paragraphs.append(f"<p>{words} <strong>{_sentence(chance)}</strong></p>")
    return "".join(paragraphs), quotes


def fill(statements: int, *, editor: User, publisher: User, author: User) -> None:
    """Make a record of so many statements, of six quotes and three citations each."""
    model = first(editor=editor, publisher=publisher, author=author)
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        try:
            # An index of words is built once far sooner than row by row.
            cursor.execute("SELECT pg_get_indexdef('quote_words'::regclass)")
            (index,) = cursor.fetchone()
            cursor.execute("DROP INDEX quote_words")
            _copy(cursor, model, statements)
            cursor.execute(index)
            cursor.execute("SELECT public.count_anew()")
        finally:
            cursor.execute("RESET session_replication_role")
        cursor.execute("VACUUM ANALYZE")


def first(*, editor: User, publisher: User, author: User) -> Edition:
    chance = random.Random(1)
    issuer = builders.make_organization("Office 0", by=editor)
    post = builders.make_post("Speaker 0", issuer, by=editor)
    person = builders.make_person("Person 0", by=editor)
    builders.make_appointment(person, post, by=editor, starts_on=dt.date(2010, 1, 1))
    resolution = builders.make_resolution("S/RES/1325 (2000)", by=editor)
    body, quotes = _body(chance)
    body = body.replace(". <strong>", f". {resolution.symbol} asks it. <strong>", 3)
    draft = builders.make_draft(
        by=author,
        title="The harbour council speaks of pilots and of lamps in winter",
        summary=_sentence(chance),
        body=body,
        dated=BEGIN,
        issuer=issuer,
        tags=["Topic 0"],
    )
    for words in quotes:
        builders.quote_words(draft, words, by=author, speaker=person)
    quoting.accept(
        draft,
        by=author,
        citations=[
            quoting.NewCitation(found.start(), found.end(), resolution)
            for found in re.finditer(re.escape(resolution.symbol), draft.text)
        ],
    )
    draft.refresh_from_db()
    return builders.review_and_publish(draft, editor=editor, publisher=publisher)


def catalogue(cursor, table: str, count: int, changed: dict[str, str]) -> None:
    """Copy the newest row of a table until there are so many."""
    insert(
        cursor,
        table,
        changed,
        f"(SELECT * FROM {table} ORDER BY id DESC LIMIT 1) it, "
        f"generate_series(1, {count - 1}) n",
    )


def insert(cursor, table: str, changed: dict[str, str], source: str) -> None:
    cursor.execute(
        "SELECT column_name FROM information_schema.columns WHERE table_name = %s "
        "AND table_schema = 'public' AND is_generated = 'NEVER' "
        "AND is_identity = 'NO' ORDER BY ordinal_position",
        [table],
    )
    names = [name for (name,) in cursor.fetchall()]
    if unknown := set(changed) - {*names, "id"}:
        raise ValueError(f"{table} has no {sorted(unknown)}")
    if "id" in changed and "id" not in names:
        names.insert(0, "id")
    columns = ", ".join(f'"{name}"' for name in names)
    values = ", ".join(changed.get(name, f'it."{name}"') for name in names)
    cursor.execute(
        f"INSERT INTO public.{table} ({columns}) OVERRIDING SYSTEM VALUE "
        f"SELECT {values} FROM {source}"
    )


def _copy(cursor, first: Edition, statements: int) -> None:
    for table, count, changed in (
        (
            "organization",
            ORGANIZATIONS,
            {"slug": "'office-' || n", "name": "'Office ' || n"},
        ),
        (
            "post",
            ORGANIZATIONS,
            {
                "slug": "'post-' || n",
                "label": "'Speaker ' || n",
                "organization_id": "it.organization_id + n",
            },
        ),
        (
            "spokesperson",
            PEOPLE,
            {"slug": "'person-' || n", "name": "'Person ' || n"},
        ),
        (
            "appointment",
            PEOPLE,
            {
                "person_id": "it.person_id + n",
                "post_id": f"it.post_id + n % {ORGANIZATIONS}",
            },
        ),
        ("tag", TOPICS, {"slug": "'topic-' || n", "name": "'Topic ' || n"}),
        (
            "resolution",
            RESOLUTIONS,
            {
                "slug": "'res-' || n",
                "symbol": "'S/RES/' || (3000 + n)",
                "adopted_on": "date '2000-01-01' + (30 * n)::int",
            },
        ),
    ):
        catalogue(cursor, table, count, changed)
    numbers = f"generate_series(1, {statements - 1}) n"
    shift = (
        f"(CASE WHEN n >= {statements - LAST_DAY} THEN {DAYS} "
        f"ELSE n::float8 * {DAYS} / {statements} END)"
    )
    ago = f"({DAYS + 1} - {shift}) * interval '1 day'"
    live = f"tstzrange(lower(it.live) - {ago}, NULL)"
    # The first speaker has a seventh of all quotes, the last one nearly none. So with
    # topics; a statement's is told by its number, for its quotes say it again.
    who = f"floor({PEOPLE} * power(random(), 3))::int"
    tag = f"floor({TOPICS} * power(n::bigint * 7919 % 10007 / 10007.0, 2))::int"
    which = f"floor({RESOLUTIONS} * power(n::bigint * 7907 % 10009 / 10009.0, 2))::int"
    inside = "(SELECT min(q.id) FROM quote q WHERE q.edition_id = c.edition_id)"
    insert(
        cursor,
        "article",
        {
            "id": "it.id + n",
            "slug": "'statement-' || n",
            "dated": f"it.dated + {shift}::int",
            "issuer_id": f"it.issuer_id + n % {ORGANIZATIONS}",
        },
        f"article it, {numbers}",
    )
    insert(
        cursor,
        "edition",
        {
            "id": "it.id + n",
            "article_id": "it.article_id + n",
            "title": "it.title || ' ' || n",
            **{
                moment: f"it.{moment} - {ago}"
                for moment in (
                    "created_at",
                    "submitted_at",
                    "approved_at",
                    "published_at",
                )
            },
        },
        f"edition it, {numbers}",
    )
    insert(
        cursor,
        "rendering",
        {"edition_id": "it.edition_id + n"},
        f"rendering it, {numbers}",
    )
    insert(
        cursor,
        "article_tag",
        {
            "content_object_id": "it.content_object_id + n",
            "tag_id": f"it.tag_id + {tag}",
            "dated": f"it.dated + {shift}::int",
        },
        f"article_tag it, {numbers}",
    )
    key = f"upper(lpad(to_hex(n * {QUOTES} + it.rank), 10, '0'))"
    insert(
        cursor,
        "permalink",
        {"id": key, "article_id": "it.article_id + n"},
        "(SELECT p.*, row_number() OVER (ORDER BY q.start) - 1 AS rank "
        f"FROM permalink p JOIN quote q ON q.permalink_id = p.id) it, {numbers}",
    )
    insert(
        cursor,
        "quote",
        {
            "id": f"it.id + {QUOTES} * n",
            "permalink_id": key,
            "article_id": "it.article_id + n",
            "edition_id": "it.edition_id + n",
            "live": live,
            "said_on": f"it.said_on + {shift}::int",
            "speaker_id": "it.speaker_id + it.who",
            "organization_id": f"it.organization_id + it.who % {ORGANIZATIONS}",
            "appointment_id": "it.appointment_id + it.who",
            "facets": "ARRAY['k:' || it.kind, "
            f"'p:' || (it.post_id + it.who % {ORGANIZATIONS}), "
            "'s:' || (it.speaker_id + it.who), "
            f"'t:' || (it.tag_id + {tag})] || CASE it.rank WHEN 0 "
            f"THEN ARRAY['r:' || (it.named + {which})] ELSE '{{}}' END",
        },
        f"(SELECT q.*, n, {who} AS who, a.post_id, t.tag_id, "
        "(SELECT min(resolution_id) FROM citation) AS named, "
        "rank() OVER (PARTITION BY n ORDER BY q.start) - 1 AS rank "
        "FROM quote q JOIN appointment a ON a.id = q.appointment_id "
        f"JOIN article_tag t ON t.content_object_id = q.article_id, {numbers}) it",
    )
    insert(
        cursor,
        "citation",
        {
            "article_id": "it.article_id + n",
            "edition_id": "it.edition_id + n",
            "live": live,
            "said_on": f"it.said_on + {shift}::int",
            # The first citation stands in the first quote.
            "quote_id": f"CASE it.place WHEN 1 THEN it.inside + {QUOTES} * n END",
            "resolution_id": f"it.resolution_id + ({which} + it.place - 1)::int "
            f"% {RESOLUTIONS}",
        },
        f"(SELECT c.*, row_number() OVER (ORDER BY c.start) AS place, {inside} "
        f"AS inside FROM citation c) it, {numbers}",
    )
    for table in ("article", "edition", "quote"):
        cursor.execute(
            f"SELECT setval(pg_get_serial_sequence('public.{table}', 'id'), "
            f"(SELECT max(id) FROM public.{table}))"
        )
