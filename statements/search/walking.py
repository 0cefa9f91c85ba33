"""Every answer to a question, one page after the other, however many there are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from django.db.models import QuerySet

from statements.models import Quote

from .query import Query
from .quotes import look_up, read

#: So many rows are held at a time.
SIZE = 500


def every(query: Query, quotes: QuerySet[Quote], size: int = SIZE) -> Iterator[Quote]:
    """Those of ``quotes`` that answer, the newest first, whatever the order asked for.

    Only one page is held at a time, and each is judged at the moment when it is read:
    what is withdrawn meanwhile is left out. By keys, so that none comes twice.
    """
    newest = replace(query, order="newest")
    cursor = None
    while True:
        page = read(look_up(newest, quotes, cursor, size), quotes)
        yield from page.items
        cursor = page.older
        if cursor is None:
            return
