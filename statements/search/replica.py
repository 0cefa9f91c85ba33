"""The search on a second PostgreSQL: which one answers now, and what it may say.

A replica is asked as long as it has replayed what the primary had written MOST_BEHIND
seconds ago. It is told from places in the write-ahead log, so no clock of another
machine is believed, and a replica whose line is cut counts as behind. Where there is
none, or it is behind or gone, the primary answers, and nobody notices but the log.

What a replica finds is keys. The rows are read from the primary, through the gate that
the caller gives; if any is missing there, the whole answer is the primary's.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

from django.db import (
    DEFAULT_DB_ALIAS,
    InterfaceError,
    NotSupportedError,
    OperationalError,
    connections,
)
from django.db.models import QuerySet

from newsroom.replica import ALIAS
from statements.models import Quote

from . import quotes as answers
from .query import Query

#: Seconds that a replica may lag behind, and after which it is asked again how far.
MOST_BEHIND = 5.0
ASKED_EVERY = 1.0
#: Seconds for which a replica that failed is left alone.
REST = 10.0

log = logging.getLogger("newsroom.search")

#: A replica that is gone, that ends a query to go on replaying, or that is none.
LOST = (OperationalError, InterfaceError, NotSupportedError)

_WRITTEN = "SELECT pg_current_wal_lsn() - '0/0'::pg_lsn"
_REPLAYED = "SELECT pg_last_wal_replay_lsn() - '0/0'::pg_lsn"


def _place(alias: str, asked: str) -> int:
    try:
        with connections[alias].cursor() as cursor:
            cursor.execute(asked)
            (place,) = cursor.fetchone()
    except LOST:
        connections[alias].close()  # it may be broken: the next one begins anew
        raise
    if place is None:
        raise NotSupportedError("The database of the search is no replica.")
    return int(place)


class Watch:
    """What a process knows of its replica: how far it was, and when it failed."""

    def __init__(
        self,
        clock: Callable[[], float] = time.monotonic,
        place: Callable[[str, str], int] = _place,
    ):
        self.clock = clock
        self.place = place
        self._lock = threading.Lock()
        self._written: deque[tuple[float, int]] = deque()
        self._asked = self._rested = float("-inf")
        self._serves: bool | None = None

    def serves(self) -> bool:
        """Whether the replica may answer now; asks both servers once a second."""
        with self._lock:
            now = self.clock()
            if now < self._rested:
                return False
            if now >= self._asked + ASKED_EVERY:
                self._asked = now
                self._look(now)
            return bool(self._serves)

    def lost(self, problem: Exception) -> None:
        """It failed: leave it alone for a while."""
        with self._lock:
            self._rest(problem)

    def _look(self, now: float) -> None:
        written = self.place(DEFAULT_DB_ALIAS, _WRITTEN)
        self._written.append((now, written))
        # The latest place that is old enough stays; those before it say no more.
        while len(self._written) > 1 and self._written[1][0] <= now - MOST_BEHIND:
            self._written.popleft()
        try:
            near = self.place(ALIAS, _REPLAYED) >= self._written[0][1]
        except LOST as problem:
            self._rest(problem)
        else:
            self._tell(near, "is some seconds behind")

    def _rest(self, problem: Exception) -> None:
        self._rested = self.clock() + REST
        self._tell(False, f"does not answer ({problem})")

    def _tell(self, serves: bool, why: str) -> None:
        if serves and self._serves is False:
            log.warning("The replica of the search answers again.")
        if not serves and self._serves is not False:
            log.warning("The replica of the search %s: the primary answers.", why)
        self._serves = serves


watch = Watch()


def find(
    query: Query,
    quotes: QuerySet[Quote],
    cursor: answers.Cursor | None = None,
    size: int = 20,
    *,
    most: int | None = None,
) -> answers.Page:
    """As ``quotes.find``, from the replica where one serves.

    Then ``Page.elsewhere`` is true: such an answer is of a moment some seconds ago, and
    must not be kept. As many queries as without a replica, and once a second two more.
    """
    with _engine(quotes.db) as alias:
        if alias != quotes.db:
            page = answers.find(query, quotes, cursor, size, most=most, engine=alias)
            if not page.missing:
                return replace(page, elsewhere=True)
    return answers.find(query, quotes, cursor, size, most=most)


@contextmanager
def _engine(primary: str) -> Iterator[str]:
    """The alias to ask; a replica that fails meanwhile is told of, and no error."""
    alias = primary
    if ALIAS in connections.settings and not connections[primary].in_atomic_block:
        alias = ALIAS if watch.serves() else primary
    try:
        yield alias
    except LOST as problem:
        if alias == primary:
            raise
        connections[alias].close()
        watch.lost(problem)
