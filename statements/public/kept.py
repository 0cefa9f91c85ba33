"""Pages that a process has drawn, kept while nothing in the database has changed.

PostgreSQL tells which transactions a statement sees: two statements with one snapshot
see the same rows. So a page that was drawn under a snapshot is what would be drawn
again under it, unless the clock decides; and statements go out, and end, at whole
minutes or by a write. The key is therefore the snapshot, the minute, and all of a
request that a page reads. Any write, by anybody, makes the next request draw anew.

Inside a transaction nothing is kept: its own writes are in no snapshot. Nor on a
standby, whose snapshots do not name the transactions that go on.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language

#: Bytes that a process keeps, and the most of one page and of its address.
MOST, LARGEST, LONGEST = 24_000_000, 300_000, 500
#: What a page takes beside its bytes: its key, its headers, its place.
BESIDE = 2_000

_ASKED = """
SELECT pg_current_snapshot()::text,
       date_trunc('minute', statement_timestamp()),
       extract(second FROM statement_timestamp())::int,
       pg_is_in_recovery()
"""


@dataclass(frozen=True)
class Moment:
    """Under which key a page is kept, and the second of the database's minute."""

    key: Hashable
    second: int


#: What a page tells Django's middleware of itself, which is in no header yet.
TOLD = ("_csp_config", "xframe_options_exempt")


@dataclass(frozen=True)
class Drawn:
    """What a page answered: its bytes, and the headers that the page itself set.

    ``told``: what it told the middleware: a policy of its own, that it may be framed.
    """

    content: bytes
    headers: tuple[tuple[str, str], ...]
    told: tuple[tuple[str, Any], ...] = ()

    @property
    def size(self) -> int:
        return len(self.content) + BESIDE

    def answer(self) -> HttpResponse:
        response = HttpResponse(self.content, headers=dict(self.headers))
        for name, value in self.told:
            setattr(response, name, value)
        return response


class Store:
    """So many bytes of pages; the one that was asked for longest ago goes first."""

    def __init__(self, most: int = MOST):
        self.most, self.size = most, 0
        self._lock = threading.Lock()
        self._pages: OrderedDict[Hashable, Drawn] = OrderedDict()

    def get(self, key: Hashable) -> Drawn | None:
        with self._lock:
            found = self._pages.get(key)
            if found is not None:
                self._pages.move_to_end(key)
            return found

    def keep(self, key: Hashable, page: Drawn) -> None:
        if page.size > min(LARGEST, self.most):
            return
        with self._lock:
            former = self._pages.pop(key, None)
            self.size += page.size - (former.size if former else 0)
            self._pages[key] = page
            while self.size > self.most:
                _, gone = self._pages.popitem(last=False)
                self.size -= gone.size


pages = Store()


def moment(request: HttpRequest) -> Moment | None:
    """What the database is at now; None where no page may be kept. One query."""
    address = request.get_full_path()
    if connection.in_atomic_block or len(address) > LONGEST:
        return None
    with connection.cursor() as cursor:
        cursor.execute(_ASKED)
        snapshot, minute, second, standby = cursor.fetchone()
    if standby:
        return None
    key = (
        snapshot,
        minute,
        request.scheme,
        request.get_host(),
        address,
        settings.ROOT_URLCONF,
        get_language(),
    )
    return Moment(key, second)


def keep(at: Moment, response: HttpResponse) -> None:
    """Keep a page that was drawn, with all that it says of itself."""
    if response.cookies:
        return
    told = tuple(
        (name, getattr(response, name)) for name in TOLD if hasattr(response, name)
    )
    pages.keep(at.key, Drawn(response.content, tuple(response.items()), told))
