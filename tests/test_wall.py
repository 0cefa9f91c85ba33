"""The second wall: what the public role can read, whatever a page forgets to ask."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Timer

import pytest
from django.core.management import CommandError
from django.db import ProgrammingError, connection, connections, transaction

from statements import wall
from statements.editorial import editions, intake, publishing
from statements.models import Change, Kind, Quote

from .builders import cite, make_draft, quote_words, review_and_publish
from .editorial.test_scenarios import in_minutes

pytestmark = pytest.mark.django_db

CANARY = "Zephyrine"


@contextmanager
def as_public() -> Iterator[None]:
    """Do everything inside as the public role, on this test's own connection."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL ROLE {wall.ROLE}")
            cursor.execute(f"SET LOCAL search_path = {wall.SCHEMA}, public")
        yield
        with connection.cursor() as cursor:
            cursor.execute("RESET ROLE")
            cursor.execute("RESET search_path")


def everything() -> str:
    """All rows of all views, as one text."""
    with connection.cursor() as cursor:
        rows = []
        for table in wall.ROWS:
            cursor.execute(f'SELECT t::text FROM {wall.SCHEMA}."{table}" t')
            rows += [f"{table}: {row}" for (row,) in cursor.fetchall()]
    return "\n".join(rows)


def denied(sql: str) -> bool:
    try:
        with as_public(), connection.cursor() as cursor:
            cursor.execute(sql)
    except ProgrammingError as error:
        return "permission denied" in str(error)
    return False


def test_the_public_role_reads_no_table_itself(live):
    tables = connection.introspection.table_names()
    assert [
        table
        for table in tables
        if not denied(f'SELECT 1 FROM public."{table}" LIMIT 1')
    ] == []


@pytest.mark.parametrize(
    "sql",
    [
        "INSERT INTO kind (name, slug, schema_type) VALUES ('x', 'x', '')",
        "UPDATE public.edition SET title = 'x'",
        "DELETE FROM former_address",
        "TRUNCATE public.quote",
        "CREATE TABLE public.x (id int)",
        "CREATE TABLE published.x (id int)",
        "SELECT 1 FROM account",
        "SELECT 1 FROM audit",
    ],
)
def test_the_public_role_only_reads(live, sql):
    assert denied(sql)


@pytest.fixture
def hidden_things(author, steward, okafor, ministry):
    """One draft whose every text, and whose whole catalogue, bears the canary."""
    for row in (okafor, ministry):
        row.name = f"{row.name} {CANARY}"
        row.save()
    draft = make_draft(
        by=author,
        title=f"{CANARY} title",
        summary=f"{CANARY} summary",
        slug=f"{CANARY.lower()}-slug",
        body=f"{CANARY} said “we agree with {CANARY}” on Monday.",
        tags=[f"{CANARY} topic"],
        issuer=ministry,
        kind=Kind.objects.create(name=f"{CANARY} aide-memoire", slug="canary"),
    )
    quote_words(draft, f"we agree with {CANARY}", by=author, speaker=okafor)
    return draft


def test_no_view_holds_a_word_of_a_draft(hidden_things):
    assert CANARY.lower() not in everything().lower()


def test_no_view_holds_a_word_before_its_hour_and_all_do_after(
    hidden_things, editor, publisher
):
    review_and_publish(
        hidden_things, editor=editor, publisher=publisher, at=in_minutes(60)
    )
    assert CANARY.lower() not in everything().lower()

    publishing.unschedule(hidden_things, by=publisher)
    publishing.publish(hidden_things, by=publisher)
    shown = everything()
    for where in ("title", "summary", "slug", "topic", "Okafor", "Ministry", "memoire"):
        assert CANARY.lower() in shown.lower()
        assert where in shown


def test_a_correction_to_come_is_not_told(live, author, editor, publisher):
    hour = in_minutes(60)
    before = everything()
    correction = editions.begin(live.article, by=author, change=Change.CORRECTION)
    intake.revise(
        correction,
        by=author,
        lock_version=0,
        title=f"{CANARY} title",
        change_note="A word.",
    )
    review_and_publish(correction, editor=editor, publisher=publisher, at=hour)

    assert everything() == before


def test_a_withdrawal_to_come_is_not_told(live, publisher):
    before = everything()
    publishing.withdraw(
        live.article, by=publisher, reason="error", note=CANARY, at=in_minutes(60)
    )
    assert everything() == before


def test_a_withdrawn_statement_keeps_its_reason_and_loses_its_words(live, publisher):
    publishing.withdraw(live.article, by=publisher, reason="error", note="A date.")
    shown = everything()
    assert "ferries will sail" not in shown.lower().replace("-", " ") or (
        "the-ferries-will-sail" in shown
    )
    assert "The ferries will sail," not in shown
    assert "A date." in shown


def test_who_wrote_and_approved_is_nobodys_business(live):
    with as_public(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT created_by_id, approved_by_id, published_by_id, record, name,"
            " lock_version FROM edition"
        )
        assert cursor.fetchall() == [(None, None, None, None, "", 0)]


def test_the_numbers_of_editions_skip_nothing(live, author, editor, publisher):
    editions.begin(live.article, by=author)  # a draft that stays one
    third = editions.begin(live.article, by=author)
    review_and_publish(third, editor=editor, publisher=publisher)
    with as_public(), connection.cursor() as cursor:
        cursor.execute("SELECT number FROM edition ORDER BY number")
        assert [number for (number,) in cursor.fetchall()] == [1, 2]


def test_every_public_quote_is_read_through_the_wall(live):
    with as_public():
        assert [quote.text for quote in Quote.objects.public()] == [
            "The ferries will sail,"
        ]


def test_search_through_the_wall_uses_the_index_of_words(live):
    """Security barriers would take it away; the index is asked for on few rows."""
    with as_public(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(
            "EXPLAIN SELECT id FROM quote WHERE tsv @@ plainto_tsquery("
            "'public.quote_en', 'ferries') AND live @> now()"
        )
        plan = "\n".join(row for (row,) in cursor.fetchall())
    assert "quote_words" in plan


def test_views_are_built_again_after_a_migration(live):
    wall.drop()
    wall.build()
    assert "The ferries will sail," in everything()


def views() -> list[int]:
    """The views' own numbers, which a view built again does not keep."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.oid FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
            " WHERE n.nspname = %s ORDER BY 1",
            [wall.SCHEMA],
        )
        return [number for (number,) in cursor.fetchall()]


def test_views_that_stand_are_left_alone(db):
    before = views()
    assert len(before) == len(wall.ROWS)
    wall.build()
    assert views() == before


@pytest.mark.parametrize(
    "change",
    [
        "DROP VIEW published.kind",
        "COMMENT ON SCHEMA published IS 'otherwise'",
        "COMMENT ON SCHEMA published IS NULL",
        f"REVOKE SELECT ON published.quote FROM {wall.ROLE}",
        f"REVOKE USAGE ON SCHEMA published FROM {wall.ROLE}",
    ],
)
def test_views_that_do_not_stand_as_they_should_are_built_again(live, change):
    before = views()
    with connection.cursor() as cursor:
        cursor.execute(change)
    wall.build()
    assert not set(before) & set(views())
    assert "The ferries will sail," in everything()
    with as_public():
        assert Quote.objects.public().exists()


def test_views_are_built_again_when_their_definition_changes(live, monkeypatch):
    monkeypatch.setitem(wall.ROWS, "quote", "false")
    wall.build()
    with as_public():
        assert not Quote.objects.all().exists()


def test_two_databases_of_a_server_may_be_migrated_at_once(db, monkeypatch):
    """Roles belong to the server: the other one has made it, and not yet committed."""
    monkeypatch.setattr(wall, "ROLE", "newsroom_made_twice")
    monkeypatch.setattr(
        wall,
        "_definition",
        lambda definition=wall._definition: [
            *definition(),
            "COMMENT ON SCHEMA published IS 'new'",
        ],
    )
    with connections.create_connection("default").cursor() as other:
        other.execute("BEGIN; CREATE ROLE newsroom_made_twice NOLOGIN")
        commit = Timer(0.5, other.execute, ["COMMIT"])
        commit.start()
        try:
            wall.build()
            assert len(views()) > 20
        finally:
            commit.join()
            transaction.set_rollback(True)
            connection.connection.rollback()
            other.execute("DROP ROLE newsroom_made_twice")
            other.connection.close()


@pytest.mark.parametrize("change", [wall.build, wall.drop])
def test_the_public_role_is_told_that_it_does_not_build(live, change):
    before = views()
    with as_public(), pytest.raises(CommandError, match="which only reads"):
        change()
    assert views() == before


def test_whoever_is_named_by_nothing_public_any_more_keeps_an_address_only(
    live, author, editor, publisher, okafor, resolution
):
    third = editions.begin(live.article, by=author)
    cite(third, "strait", resolution, by=author)
    review_and_publish(third, editor=editor, publisher=publisher)
    asked = "SELECT slug, name, sort_name, gender FROM spokesperson"
    cited = "SELECT r.slug, r.symbol, c.printed FROM citation c, resolution r"
    with as_public(), connection.cursor() as cursor:
        cursor.execute(asked)
        shown = [(okafor.slug, okafor.name, okafor.sort_name, okafor.gender)]
        assert cursor.fetchall() == shown
        cursor.execute(cited)
        assert cursor.fetchall() == [(resolution.slug, resolution.symbol, "strait")]

    publishing.withdraw(live.article, by=publisher, reason="error", note="A date.")
    with as_public(), connection.cursor() as cursor:
        cursor.execute(asked)
        assert cursor.fetchall() == [(okafor.slug, "", "", "")]
        cursor.execute(cited)
        assert cursor.fetchall() == [(resolution.slug, "", "")]
