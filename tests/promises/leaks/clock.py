"""The clock that pages ask, moved.

It is the database's ``statement_timestamp()``: a function of that name stands before
PostgreSQL's own in the search path of the test.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from unittest import mock

from django.db import connection

#: Far enough ahead to be scheduled by any clock on which the tests run.
NOON = dt.datetime(2099, 3, 2, 12, 0, tzinfo=dt.UTC)
SECOND = dt.timedelta(seconds=1)
BEFORE = {
    "a second before": NOON - SECOND,
    "a millisecond before": NOON - SECOND / 1000,
}
AFTER = {"at the second": NOON, "a second after": NOON + SECOND}


def prepare() -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE SCHEMA pretended")
        cursor.execute(
            "CREATE FUNCTION pretended.statement_timestamp() RETURNS timestamptz"
            " STABLE LANGUAGE sql AS"
            " $$ SELECT current_setting('pretended.now')::timestamptz $$"
        )


@contextmanager
def at(moment: dt.datetime) -> Iterator[None]:
    """It is that moment for every page that is read."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pretended.now', %s, true)", [str(moment)])
        cursor.execute("SET LOCAL search_path = pretended, public, pg_catalog")
    try:
        # Pages without rows go by the clock of the machine.
        with mock.patch("statements.public.answers.timezone.now", return_value=moment):
            yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL search_path = public")
