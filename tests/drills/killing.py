"""A worker that dies at a chosen statement, and what is left in the database.

The worker is a fork of this process with a connection of its own. It counts the
statements it sends, and the commits, and kills itself with SIGKILL before the n-th:
nothing of the program knows about it. What a save changes is told by a fingerprint of
all tables: the state before, or the complete state after, and nothing between.
"""

from __future__ import annotations

import logging
import os
import signal
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, connections, transaction

from newsroom.database import Cluster
from statements.editorial import checking

from .saves import SAVES, Cast

__all__ = ["SAVES", "Cast", "Drill"]

#: Not part of what anybody saves.
ASIDE = ("django_session", "django_migrations")

#: Seconds after which a worker that neither ends nor dies is ended.
PATIENCE = 60


class Refused(Exception):
    """A save that must go through did not: the drill itself is wrong."""


class Failpoint:
    """Counts statements and commits, and dies before the one numbered ``at``."""

    def __init__(self, at: int, *, transactions: bool = True):
        self.at, self.count, self.transactions = at, 0, transactions

    def __call__(self, execute, sql, params, many, context) -> Any:
        self.step()
        if not self.transactions:
            # Who acts is said for one transaction; here, for the connection.
            sql = sql.replace("%s, true)", "%s, false)")
            sql = sql.replace("''), true)", "''), false)")
        return execute(sql, params, many, context)

    def step(self) -> None:
        self.count += 1
        if self.count == self.at:
            os.kill(os.getpid(), signal.SIGKILL)

    def watch(self) -> None:
        """Count commits of this process too: before each, and after it."""
        commit = connection._commit

        def counted() -> None:
            self.step()
            commit()
            self.step()

        connection._commit = counted


def without_transactions() -> None:
    """Turn every ``atomic`` of this process into nothing: the control's worker."""
    transaction.Atomic.__enter__ = lambda self: None
    transaction.Atomic.__exit__ = lambda self, *problem: None
    connection.ensure_connection()
    # Django locks rows only where it believes in a transaction; the server has none.
    connection.in_atomic_block, connection.autocommit = True, False


@dataclass(frozen=True)
class Ended:
    """How a worker ended, and how many statements and commits it counted."""

    killed: bool
    count: int


def work(act: Callable[[], None], at: int = 0, *, transactions: bool = True) -> Ended:
    """Let a worker do something; ``at`` 0 lets it live. Raises Refused."""
    others = _others()
    connections.close_all()
    ours, theirs = os.pipe()
    child = os.fork()
    if child == 0:
        _be_the_worker(act, Failpoint(at, transactions=transactions), theirs)
    os.close(theirs)
    with os.fdopen(ours) as pipe:
        told = pipe.read()
    _, status = os.waitpid(child, 0)
    _wait_for_its_end(others)
    if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL:
        return Ended(killed=True, count=at)
    if status or not told.isdecimal():
        raise Refused(told or f"The worker ended with {status}.")
    return Ended(killed=False, count=int(told))


def _be_the_worker(act: Callable[[], None], failpoint: Failpoint, pipe: int) -> None:
    """Never returns: a fork must not go on with what its parent does."""
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.alarm(PATIENCE)
    # What goes wrong is told through the pipe.
    logging.disable()
    # A loop that runs beside the parent, as a browser's does, hides what was opened
    # before it; here there is no loop, and that connection would be the worker's.
    for name in connections:
        with suppress(AttributeError):
            del connections[name]
    code = 1
    try:
        if failpoint.transactions:
            failpoint.watch()
        else:
            without_transactions()
        with connection.execute_wrapper(failpoint):
            act()
        os.write(pipe, str(failpoint.count).encode())
        code = 0
    except BaseException:
        os.write(pipe, traceback.format_exc()[-4000:].encode())
    finally:
        os._exit(code)


def _others() -> set[int]:
    """Who else is connected to the database: a server of other tests, say."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pid FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
            " AND datname = current_database() AND backend_type = 'client backend'"
        )
        return {pid for (pid,) in cursor.fetchall()}


def _wait_for_its_end(others: set[int]) -> None:
    """Until the server has noticed that the worker is gone, and cleared up."""
    for _ in range(PATIENCE * 100):
        if _others() <= others:
            return
        time.sleep(0.01)
    raise Refused("The worker's connection does not end.")


@dataclass(frozen=True)
class State:
    """All tables at a moment: a digest of each, its rows, and the kinds of audit."""

    digests: dict[str, str]
    rows: Counter[str]

    @classmethod
    def now(cls) -> State:
        tables = [
            name for name in connection.introspection.table_names() if name not in ASIDE
        ]
        digests, rows = {}, Counter()
        whole = " UNION ALL ".join(
            f"SELECT '{table}', count(*), md5(coalesce(string_agg(md5(t::text), ''"
            f" ORDER BY md5(t::text)), '')) FROM public.\"{table}\" t"
            for table in tables
        )
        with connection.cursor() as cursor:
            cursor.execute(whole)
            for table, count, digest in cursor.fetchall():
                rows[table], digests[table] = count, digest
            cursor.execute(
                "SELECT concat_ws(' ', op, \"table\"), count(*) FROM audit GROUP BY 1"
            )
            for kind, count in cursor.fetchall():
                rows[f"audited {kind}"] = count
        return cls(digests, rows)

    def since(self, before: State) -> dict[str, int]:
        """Rows more or fewer in each table, and audited changes of each kind."""
        names = self.rows.keys() | before.rows.keys()
        changed = {name: self.rows[name] - before.rows[name] for name in names}
        return {name: change for name, change in changed.items() if change}


@dataclass
class Drill:
    """Kills, and what they left."""

    cast: Cast
    kills: int = 0
    falls: int = 0
    complete: int = 0
    lost: int = 0
    doubles: int = 0
    control_kills: int = 0
    control_halves: int = 0
    halves: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    #: What one whole save changes, by its name, and its statements and commits.
    whole: dict[str, dict[str, int]] = field(default_factory=dict)
    points: dict[str, int] = field(default_factory=dict)

    def learn(self, names: Iterable[str]) -> None:
        """Let every save go through once, and note what it changes and sends."""
        for name in names:
            save = SAVES[name](self.cast)
            before = State.now()
            self.points[name] = work(save).count
            self.whole[name] = State.now().since(before)
            if not self.whole[name]:
                raise Refused(f"{name} saved nothing.")

    def kill_workers(
        self,
        kills: int,
        advance: Callable[[], None] = lambda: None,
        names: Iterable[str] = tuple(SAVES),
    ) -> None:
        """Kill that many, spread evenly over all statements of all saves."""
        self.learn(names)
        every = [
            (name, point)
            for name, count in self.points.items()
            for point in range(1, count + 1)
        ]
        for number in range(kills):
            self.kill(*every[(2 * number + 1) * len(every) // (2 * kills)])
            advance()

    def kill(self, name: str, point: int) -> None:
        """Kill one worker, look, and send the same again, twice."""
        save = SAVES[name](self.cast)
        before = State.now()
        if not work(save, point).killed:
            raise Refused(f"{name} has no statement {point}.")
        self.kills += 1
        after = State.now()
        if after.since(before) == self.whole[name]:
            self.complete += 1
        elif after != before:
            self.halves.append(f"{name}, before statement {point}")
        for _ in range(2):
            work(save)
            if State.now().since(before) != self.whole[name]:
                self.doubles += 1

    def fell(self, cluster: Cluster) -> None:
        """Kill the whole server after a save was acknowledged, and start it."""
        save = list(SAVES.values())[self.falls % len(SAVES)](self.cast)
        work(save)
        saved = State.now()
        connections.close_all()
        note = (cluster.data / "postmaster.pid").read_text()
        os.kill(int(note.split()[0]), signal.SIGKILL)
        cluster.start()
        self.falls += 1
        if State.now() != saved:
            self.lost += 1

    def look_closely(self) -> None:
        """Ask all that ``doctor`` asks of the database."""
        for check in checking.CHECKS:
            self.faults += [f"{check.sentence} Not {line}" for line in check.find()]

    def control(self, advance: Callable[[], None] = lambda: None) -> None:
        """Kill a worker without transactions once, late in each save."""
        for name in self.points:
            save = SAVES[name](self.cast)
            before = State.now()
            middle = 2 * self.points[name] // 3
            try:
                killed = work(save, middle, transactions=False).killed
            except Refused:
                # It met a guard that only a transaction satisfies.
                killed = False
            if killed:
                self.control_kills += 1
                after = State.now()
                if after != before and after.since(before) != self.whole[name]:
                    self.control_halves += 1
            advance()

    @property
    def passed(self) -> bool:
        return self.control_halves > 0 and not (
            self.halves or self.doubles or self.lost or self.faults
        )

    def report(self) -> str:
        """A line for each figure, and one for each fault."""
        statements = sum(self.points.values())
        lines = [
            f"saves: {len(self.points)}, with {statements} places to be killed at",
            f"kills: {self.kills}, of which {self.complete} after the commit",
            f"half-saved: {len(self.halves)}",
            f"doubles: {self.doubles}",
            f"falls of the server: {self.falls}, acknowledged saves lost: {self.lost}",
            f"faults that doctor sees: {len(self.faults)}",
            f"control without transactions: {self.control_halves} half-saved"
            f" of {self.control_kills}",
            *self.halves,
            *self.faults,
        ]
        if not self.control_halves:
            lines.append("The control left nothing half-saved: the drill sees nothing.")
        return "\n".join(lines)
