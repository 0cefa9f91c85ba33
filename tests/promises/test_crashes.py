"""A worker that dies between two statements leaves a save whole or undone.

``make drill-crash`` does this two hundred times; here it is tried on a few.
"""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections

from ..drills.killing import SAVES, Cast, Drill

pytestmark = [
    pytest.mark.django_db(transaction=True),
    # The watch on tests that wait for ever is a thread, and nothing of Python's.
    pytest.mark.filterwarnings("ignore:This process .* is multi-threaded"),
]


#: Saves that write much, so that there is much to break.
FEW = ["receive", "revise", "accept quotes", "publish", "supersede", "merge"]


@pytest.fixture
def drill() -> Drill:
    return Drill(Cast.hired())


def test_a_worker_killed_in_a_save_leaves_nothing_half_saved(drill, capsys):
    drill.kill_workers(9, names=FEW)
    drill.look_closely()
    drill.control()

    with capsys.disabled():
        print(f"\ncrashes: {drill.kills} kills, {drill.control_halves} in the control")
    assert drill.kills == 9
    assert drill.passed, drill.report()


def test_every_save_of_the_drill_has_a_name_of_its_own():
    assert set(FEW) <= set(SAVES)
    assert len(set(SAVES.values())) == len(SAVES)


def test_a_worker_speaks_on_no_connection_of_its_parent(drill, monkeypatch):
    """A connection that was opened before a loop began, as a browser's does.

    It outlived the worker that was killed, with a transaction that nobody ends.
    """
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

    async def kill() -> None:
        drill.kill_workers(2, names=["receive"])
        connection.close()

    def beside_a_loop() -> str:
        connection.ensure_connection()
        held = connection.connection.info.backend_pid
        asyncio.run(kill())
        with connections.create_connection("default").cursor() as cursor:
            cursor.execute("SELECT state FROM pg_stat_activity WHERE pid = %s", [held])
            (state,) = cursor.fetchone()
            cursor.connection.close()
        connection.close()
        return state

    with ThreadPoolExecutor(1) as threads:
        assert threads.submit(beside_a_loop).result() == "idle"
    assert drill.kills == 2
