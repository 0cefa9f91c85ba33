"""Queries whose SQL is written once by a process, and sent again with other values.

A readers' page asks a few large questions that differ in nothing but a key, a day and a
moment. The ORM takes longer to write such a question than PostgreSQL to answer it, so
what it wrote is kept, with the places of the values in it.
"""

from __future__ import annotations

import copy
import datetime as dt
import functools
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import get_language

Write = Callable[..., QuerySet[Any]]
#: A value's name, and its place if several go by the name.
Place = tuple[str, int | None]

#: Queries of one function that are kept; with more, all are written anew.
MOST = 200

#: Values that stand for others while a query is written: nothing else is like them.
_STANDS_FOR: dict[type, Callable[[int], Any]] = {
    int: lambda number: 1_987_654_300 + number,
    str: lambda number: f"\ue000{number}\ue001",
    dt.date: lambda number: dt.date(9871, 6, 5) + dt.timedelta(number),
    dt.datetime: lambda number: dt.datetime(9872, 6, 5, 4, 3, 2, number, tzinfo=dt.UTC),
}


@dataclass(frozen=True)
class _Written:
    """A query as it was written, and which values its parameters are."""

    rows: QuerySet[Any]
    compiler: Any
    sql: str
    parameters: tuple[Any, ...]
    places: tuple[tuple[int, Place, type | None], ...]

    def filled(self, given: dict[str, Any]) -> tuple[str, tuple[Any, ...]]:
        parameters = list(self.parameters)
        for at, (name, number), wrapped in self.places:
            value = given[name] if number is None else given[name][number]
            parameters[at] = wrapped(value) if wrapped else value
        return self.sql, tuple(parameters)

    def read(self, given: dict[str, Any]) -> list[Any]:
        compiler = copy.copy(self.compiler)
        compiler.connection = connections[self.rows.db]
        filled = self.filled(given)
        compiler.as_sql = lambda *args, **kwargs: filled
        rows = self.rows.all()
        rows.query.get_compiler = lambda *args, **kwargs: compiler
        return list(rows)


class Composed:
    """What writes a query, called by names; answers the rows, as a list.

    Integers, texts, days and moments may differ from call to call, alone or in a tuple
    of any length; any other value makes another query. The function must do nothing
    with them but hand them to the ORM, as values of their own.
    """

    def __init__(self, write: Write):
        functools.update_wrapper(self, write)
        self.write = write
        self._written: dict[Hashable, _Written | None] = {}

    def __call__(self, **given: Any) -> list[Any]:
        written = self._of(given)
        return written.read(given) if written else []

    def sql(self, **given: Any) -> tuple[str, tuple[Any, ...]] | None:
        """What is sent for these values; None if nothing can be found."""
        written = self._of(given)
        return written.filled(given) if written else None

    def _of(self, given: dict[str, Any]) -> _Written | None:
        shape = (
            timezone.get_current_timezone_name(),
            get_language(),
            *((name, _shape(value)) for name, value in given.items()),
        )
        try:
            return self._written[shape]
        except KeyError:
            if len(self._written) >= MOST:
                self._written.clear()
            return self._written.setdefault(shape, self._compose(given))

    def _compose(self, given: dict[str, Any]) -> _Written | None:
        stand_ins: dict[Any, Place] = {}
        rows = self.write(**{k: _stand_in(k, v, stand_ins) for k, v in given.items()})
        compiler = rows.query.get_compiler(rows.db)
        try:
            sql, parameters = compiler.as_sql()
        except EmptyResultSet:
            return None
        places = tuple(_places(parameters, stand_ins))
        missing = set(stand_ins.values()) - {place for _at, place, _type in places}
        if missing:
            names = ", ".join(sorted({name for name, _number in missing}))
            raise TypeError(
                f"{self.write.__qualname__} does not hand on as they are: {names}."
            )
        return _Written(rows, compiler, sql, tuple(parameters), places)


def composed(write: Write) -> Composed:
    """Have the query that a function writes kept, once for each shape of its values."""
    return Composed(write)


def _shape(value: Any) -> Hashable:
    if type(value) is tuple:
        return tuple(_shape(each) for each in value)
    return type(value) if type(value) in _STANDS_FOR else ("as it is", value)


def _stand_in(name: str, value: Any, stand_ins: dict[Any, Place]) -> Any:
    def one(each: Any, number: int | None) -> Any:
        make = _STANDS_FOR.get(type(each))
        if make is None:
            return each
        stand_in = make(len(stand_ins))
        stand_ins[stand_in] = name, number
        return stand_in

    if type(value) is tuple:
        return tuple(one(each, number) for number, each in enumerate(value))
    return one(value, None)


def _places(
    parameters: tuple[Any, ...], stand_ins: dict[Any, Place]
) -> Iterator[tuple[int, Place, type | None]]:
    """Where the values go; and as what, where the database's driver wraps them."""
    for at, parameter in enumerate(parameters):
        if isinstance(parameter, Hashable) and parameter in stand_ins:
            kind = type(parameter)
            yield at, stand_ins[parameter], None if kind in _STANDS_FOR else kind
