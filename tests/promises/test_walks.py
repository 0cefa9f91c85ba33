"""Random walks of all verbs by random people never break a promise."""

from __future__ import annotations

import pytest
from django.db import connection
from hypothesis import HealthCheck, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from statements.models import Edition, FormerAddress, MediaAsset

from .. import builders
from .walking import Walk
from .watching import settle

pytestmark = pytest.mark.django_db

#: The same walks every time, so that a build fails for what changed in it.
SHORT = settings(
    max_examples=12,
    stateful_step_count=50,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)

#: Parts of the long walk, each with ways of its own.
PARTS = 10

#: Verbs most of which each part of the long walk must have done, not only been refused.
ALL = {
    "accept",
    "approve",
    "attach a file",
    "begin",
    "confirm",
    "discard",
    "discard edition",
    "list",
    "merge",
    "move",
    "publish",
    "reattribute",
    "rebase",
    "receive",
    "reject",
    "remove quote",
    "rename",
    "return",
    "revise",
    "schedule",
    "submit",
    "take a file",
    "time passes",
    "unschedule",
    "waive",
    "withdraw",
}


@pytest.fixture
def walk(
    author,
    editor,
    publisher,
    outsider,
    steward,
    administrator,
    system,
    okafor,
    okafors_office,
    resolution,
):
    staff = [author, editor, publisher, outsider, steward, administrator]
    Walk.cast = {user.username: user for user in staff}
    Walk.people = [okafor, builders.make_person("Tarik Demir", by=system)]
    Walk.resolution = resolution
    builders.make_topics(["Sea"])
    Walk.asset = MediaAsset.objects.create(
        name="pier.pdf",
        type="document",
        content_type="application/pdf",
        size=1,
        sha256="0" * 64,
        file="aa/nothing",
        uploaded_by=author,
    )
    Walk.steps = 0
    Walk.done.clear()
    Walk.refused.clear()
    return Walk


def walked_so_far() -> str:
    return (
        f"\nwalks: {Walk.steps:,} steps; verbs: {Walk.done.total():,} done, "
        f"{Walk.refused.total():,} refused"
    )


def test_short_walks_keep_every_promise(walk, capsys):
    run_state_machine_as_test(walk, settings=SHORT)

    with capsys.disabled():
        print(walked_so_far())
    assert walk.steps >= 500
    assert {"publish", "schedule", "withdraw", "time passes"} <= set(walk.done)
    assert walk.refused.total() > 50


@pytest.mark.long
@pytest.mark.parametrize("part", range(PARTS))
def test_long_walks_keep_every_promise(walk, part, capsys):
    """Ten thousand steps in all; in parts, so that both cores walk."""
    other_ways = seed(part)(type("Walk", (walk,), {}))
    run_state_machine_as_test(
        other_ways, settings=settings(SHORT, max_examples=30, stateful_step_count=50)
    )

    with capsys.disabled():
        print(walked_so_far())
    assert walk.steps >= 10_000 / PARTS
    # Of so few steps some verbs, a discarded edition or so, may all be refused.
    assert len(ALL - set(walk.done)) <= 6


@pytest.fixture
def walked(walk):
    """A walk that published one statement, and moved it."""
    machine = walk()
    machine.begin_the_walk()
    machine.carry_through(0, None)
    machine.set_address("petra", 0, "calm")
    assert walk.done["publish"] == 1
    assert list(machine.watch.complaints()) == []
    yield machine
    machine.teardown()


def tamper(table: str, sql: str) -> None:
    with connection.cursor() as cursor:
        settle()
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(sql)
        settle()
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


@pytest.mark.parametrize(
    ("table", "sql", "complaint"),
    [
        ("edition", "UPDATE edition SET title = 'Other'", "The words of edition"),
        ("quote", "UPDATE quote SET text = 'Other'", "The words of edition"),
        (
            "edition",
            "UPDATE edition SET published_at = published_at + interval '1 hour'",
            "readers have []",
        ),
        (
            "edition",
            "UPDATE edition SET approved_by_id = created_by_id"
            " WHERE approved_at IS NOT NULL",
            "Somebody approved what they wrote",
        ),
        ("former_address", "DELETE FROM former_address", "Printed addresses"),
        (
            "quote",
            "WITH gone AS (DELETE FROM quote RETURNING permalink_id)"
            " DELETE FROM permalink WHERE id IN (SELECT permalink_id FROM gone)",
            "Printed permalinks lead nowhere",
        ),
        ("audit", "DELETE FROM audit", "The record became shorter."),
    ],
)
def test_a_walk_sees_a_promise_that_is_broken(walked, table, sql, complaint):
    assert Edition.objects.filter(published_at__isnull=False).count() == 1
    assert FormerAddress.objects.count() == 1

    tamper(table, sql)

    assert any(complaint in each for each in walked.watch.complaints())


def test_a_walk_may_discard_what_was_only_scheduled(walk):
    machine = walk()
    machine.begin_the_walk()
    machine.carry_through(0, 90)
    assert list(machine.watch.complaints()) == []
    machine.unschedule("petra", 0)
    machine.discard("petra", 0)

    assert walk.done["schedule"] == walk.done["discard"] == 1
    assert list(machine.watch.complaints()) == []
    machine.teardown()
