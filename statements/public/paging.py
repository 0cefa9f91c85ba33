"""Pages of a list, read by key: no page is slower than the first, none shifts.

A page's address names the row that it follows or precedes, ``?before=2026-03-02.118``:
the value that orders the list and the row's key. Offsets would read, and count, all
rows before; and what is published meanwhile would move every page.
"""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db.models import Q, QuerySet

from .composed import Composed, Write

_TOKEN = re.compile(r"(?P<value>.{1,200})\.(?P<key>[0-9]{1,18})", re.DOTALL)


@dataclass(frozen=True)
class Page:
    """Some rows of a list, and the addresses of its neighbours, "" if there is none.

    ``newer`` leads towards the top of the list, ``older`` towards its end.
    """

    items: list[Any]
    newer: str = ""
    older: str = ""
    alphabetical: bool = False


@dataclass(frozen=True)
class Rows:
    """The rows of a list by the function that writes its query, and by its values.

    The query of a page is then written once for all values, as ``composed`` tells.
    """

    write: Write
    given: Mapping[str, Any]


def read(
    rows: QuerySet[Any] | Rows,
    query: Mapping[str, Any],
    *,
    by: str,
    size: int,
    ascending: bool = False,
    each: Callable[[QuerySet[Any]], QuerySet[Any]] | None = None,
) -> Page:
    """The page of ``rows`` that the query of an address asks for.

    ``by`` orders the list, never NULL; ties go by key. The newest come first, or with
    ``ascending`` the first in the alphabet. What cannot be read asks for the top.
    Other parts of the query are kept in the neighbours' addresses. One query; two when
    nothing lies above the row that was named.

    ``each``: ``rows`` are those of one of several lists, each in an order that an index
    has; it makes of the first rows of one the first rows of all.
    """
    onward = _place(query.get("before", ""), rows, by)
    back = None if onward else _place(query.get("after", ""), rows, by)
    down = "" if ascending else "-"
    if back:
        up = "-" if ascending else ""
        order = (f"{up}{by}", f"{up}pk")
        found = _first(rows, by, back, not ascending, order, size + 1, each)
        if found:
            items = found[:size][::-1]
            return Page(
                items,
                newer=_address(query, "after", items[0], by)
                if len(found) > size
                else "",
                older=_address(query, "before", items[-1], by),
                alphabetical=ascending,
            )
    order = (f"{down}{by}", f"{down}pk")
    found = _first(rows, by, onward, ascending, order, size + 1, each)
    items = found[:size]
    return Page(
        items,
        newer=_address(query, "after", items[0], by) if onward and items else "",
        older=_address(query, "before", items[-1], by) if len(found) > size else "",
        alphabetical=ascending,
    )


type _Each = Callable[[QuerySet[Any]], QuerySet[Any]] | None


def _first(
    rows: QuerySet[Any] | Rows,
    by: str,
    place: tuple[Any, int] | None,
    greater: bool,
    order: tuple[str, str],
    size: int,
    each: _Each,
) -> list[Any]:
    """The first rows, in an order, of those that lie on one side of a place."""
    if isinstance(rows, QuerySet):
        if place:
            rows = _beyond(rows, by, place, greater=greater)
        return list(_cut(rows, order, size, each))
    given = dict(rows.given)
    if place:
        given |= {"row_value": place[0], "row_key": place[1]}
    return _composed(rows.write, by, greater if place else None, order, size, each)(
        **given
    )


def _cut(
    rows: QuerySet[Any], order: tuple[str, str], size: int, each: _Each
) -> QuerySet[Any]:
    found = rows.order_by(*order)[:size]
    return each(found).order_by(*order)[:size] if each else found


# As many as there are lists and ways through them, with room.
@functools.lru_cache(maxsize=200)
def _composed(
    write: Write,
    by: str,
    greater: bool | None,
    order: tuple[str, str],
    size: int,
    each: _Each,
) -> Composed:
    @functools.wraps(write)
    def page(row_value: Any = None, row_key: int = 0, **given: Any) -> QuerySet[Any]:
        rows = write(**given)
        if greater is not None:
            rows = _beyond(rows, by, (row_value, row_key), greater=greater)
        return _cut(rows, order, size, each)

    return Composed(page)


def _beyond(
    rows: QuerySet[Any], by: str, place: tuple[Any, int], *, greater: bool
) -> QuerySet[Any]:
    """The rows on one side of a place. The first condition is what an index serves."""
    value, key = place
    than = "gt" if greater else "lt"
    return rows.filter(**{f"{by}__{than}e": value}).filter(
        Q(**{f"{by}__{than}": value}) | Q(**{f"pk__{than}": key})
    )


def _place(token: str, rows: QuerySet[Any] | Rows, by: str) -> tuple[Any, int] | None:
    match = _TOKEN.fullmatch(token)
    if match is None or "\0" in token:
        return None
    if isinstance(rows, Rows):
        rows = rows.write(**rows.given)
    try:
        field: Any = rows.model._meta.get_field(by)
    except FieldDoesNotExist:
        field = rows.query.annotations[by].output_field
    try:
        token.encode()
        value = field.to_python(match["value"])
    except (ValidationError, UnicodeEncodeError):
        return None
    return value, int(match["key"])


def _address(query: Mapping[str, Any], way: str, row: Any, by: str) -> str:
    value = getattr(row, by)
    if isinstance(value, dt.date):
        value = value.isoformat()
    kept = {
        name: value for name, value in query.items() if name not in {"before", "after"}
    }
    return f"?{urlencode({**kept, way: f'{value}.{row.pk}'}, doseq=True)}"
