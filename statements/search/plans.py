"""The way to the first hits: plans that stay quick from a hundred quotes to millions.

PostgreSQL guesses badly where a limit meets words. It walks along the dates for a rare
word, which is a walk through all, and fetches every hit of a common one to weigh it. So
the way is chosen here:

* *the index of words*, all hits of a rare question, MATERIALIZED so that no other way
  is taken;
* *the window*, the newest some thousand rows, where a common question fills its page;
* *the hot words*, for relevance: rows in which a word weighs much bear it a second
  time, with a "+" (``public.quote_tsv``), about one in a hundred of those that have it.

Each way gives keys, and all find the same newest rows. A guess that was wrong costs one
bounded look at the window, and the index is asked after all.
"""

from __future__ import annotations

import datetime as dt
import json
import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import F, Q, QuerySet
from django.db.models.sql.datastructures import BaseTable

from statements.models import Quote

#: At a million rows: fewer hits than this are rare, and the index is asked for all of
#: them; so many of the newest rows are a window. Both grow with the root of the record,
#: and were chosen on one half of the questions of ``make bench-search``.
RARE, WINDOW = 3_000, 5_000
MILLION = 1_000_000
#: A window must hold so many pages of hits for the best of it to stand for all.
PAGES_TO_WEIGH = 3

#: What conditions on rows read of a window, and lists are ordered by.
READ = ("id", "said_on", "tsv", "language", "article_id")
#: In a smaller record, or one that nobody has counted yet, all hits are few.
SMALLEST = 6_000

#: About how many quotes are on record; -1 if nobody has counted them yet.
RECORD = "SELECT reltuples FROM pg_class WHERE oid = 'public.quote'::regclass"

#: What a list is ordered by, a day or a rank, and the key of a row.
type Place = tuple[Any, int]
type Narrow = Callable[..., QuerySet[Quote]]


_CURSOR = re.compile(
    r"(?:(?P<day>\d{4}-\d\d-\d\d)|(?P<rank>\d(?:\.\d{1,20})?(?:e-\d{1,3})?))"
    r"\.(?P<key>\d{1,18})",
    re.ASCII,
)
_WAYS: tuple[Literal["before", "after"], ...] = ("before", "after")


@dataclass(frozen=True, slots=True)
class Cursor:
    """A place in a list: the page that lies before (further down) or after a row.

    ``value`` is what orders the list, a day or a rank, and ``key`` the row's key.
    """

    way: Literal["before", "after"]
    value: dt.date | float
    key: int

    @classmethod
    def read(cls, params: Mapping[str, str]) -> Cursor | None:
        """The place that a URL names, ``?before=2026-03-02.118``; None if unreadable.

        Unreadable ones ask for the top of the list.
        """
        for way in _WAYS:
            match = _CURSOR.fullmatch(params.get(way, "")[:60])
            if match is None:
                continue
            key = int(match["key"])
            if match["rank"]:
                return cls(way, float(match["rank"]), key)
            try:
                return cls(way, dt.date.fromisoformat(match["day"]), key)
            except ValueError:  # the 30th of February
                continue
        return None

    def to_params(self) -> dict[str, str]:
        value = repr(self.value) if isinstance(self.value, float) else str(self.value)
        return {self.way: f"{value}.{self.key}"}


@dataclass(frozen=True, slots=True)
class Hits:
    """One page of places from a cursor on, and whether more lie beyond it.

    ``way`` names the plan; ``total`` is how many hits there are, if all were seen, and
    ``listed`` how many of them the list has, if that is known.
    """

    places: list[Place]
    more: bool
    way: str
    total: int | None = None
    listed: int | None = None


@dataclass(frozen=True, slots=True)
class Search:
    """A question as the plans know it.

    ``within`` holds the rows that may be seen, of the days asked for; ``narrow`` has
    all other conditions put to rows, with ``index`` or ``hot`` as what the index of
    words is asked, a tsquery; ``few`` of them need no index. ``rank`` is what rows are
    weighed by, ``size`` about how many quotes are on record, if that is known.
    """

    within: QuerySet[Quote]
    narrow: Narrow
    index: str = ""
    hot: str = ""
    rank: Any = None
    size: float | None = None

    @property
    def using(self) -> str:
        return self.within.db

    @property
    def rows(self) -> QuerySet[Quote]:
        return self.narrow(self.within, self.index, few=False)


def newest(search: Search, cursor: Cursor | None, size: int) -> Hits:
    """A page of the newest hits, below or above a place."""
    if not search.index:
        return _page(_ordered(search.rows, cursor, size), size, "dates")
    common, window = _guess(search)
    if common:
        rows = _window(search, window, cursor)
        hits = _page(_ordered(rows, cursor, size), size, "window")
        if hits.more:
            return hits
    return _listed(search, search.rows, F("said_on"), cursor, size, "index")


def ranked(search: Search, cursor: Cursor | None, size: int) -> Hits:
    """A page of what fits best: of all hits if they are few, else of the likeliest.

    Where hits are many, those in which a word weighs much are weighed; if they fill no
    page, those among the newest rows; if these are few too, all.
    """
    common, window = _guess(search)
    if common:
        if search.hot:
            rows = search.narrow(search.within, search.hot, few=False)
            hits = _listed(search, rows, search.rank, cursor, size, "hot")
            if (hits.listed or 0) >= size:
                return replace(hits, total=None)
        rows = _window(search, window, None)
        hits = _listed(search, rows, search.rank, cursor, size, "window")
        if (hits.listed or 0) >= PAGES_TO_WEIGH * size:
            return replace(hits, total=None)
    return _listed(search, search.rows, search.rank, cursor, size, "index")


def counted(search: Search, most: int) -> int:
    """How many hits there are; beyond ``most``, one more than that."""
    return search.rows.order_by().values("pk")[: most + 1].count()


def _guess(search: Search) -> tuple[bool, int]:
    """Whether PostgreSQL expects many hits, and how many rows a window has.

    It goes by what it last gathered of the words. Of a phrase it knows the words alone,
    and expects too many.
    """
    size = search.size
    with connections[search.using].cursor() as cursor:
        if size is None:
            cursor.execute(RECORD)
            (size,) = cursor.fetchone()
        if size < SMALLEST:
            return False, 0
        cursor.execute(
            "EXPLAIN (FORMAT JSON) SELECT FROM quote WHERE tsv @@ %s::tsquery",
            [search.index],
        )
        (plan,) = cursor.fetchone()
    growth = math.sqrt(size / MILLION)
    if isinstance(plan, str):
        plan = json.loads(plan)
    return plan[0]["Plan"]["Plan Rows"] >= RARE * growth, int(WINDOW * growth)


class _Rows(BaseTable):
    """A query in the place of its table, so that conditions on the table read on."""

    def __init__(self, rows: QuerySet[Quote], table: str):
        super().__init__(table, table)
        self.rows = rows

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        sql, params = self.rows.query.get_compiler(connection=connection).as_sql()
        return f"({sql}) {compiler.quote_name_unless_alias(self.table_alias)}", params


def _window(search: Search, most: int, cursor: Cursor | None) -> QuerySet[Quote]:
    """Hits among the newest rows that may be seen, from a place on."""
    rows = _beyond(search.within, cursor).order_by(*_order(cursor))
    window = Quote.objects.using(search.using)
    alias = window.query.get_initial_alias()
    assert alias is not None
    window.query.alias_map[alias] = _Rows(rows.values(*READ)[:most], alias)
    return search.narrow(window, search.index, few=True)


def _order(cursor: Cursor | None) -> tuple[str, str]:
    up = cursor is not None and cursor.way == "after"
    return ("said_on", "pk") if up else ("-said_on", "-pk")


def _beyond(rows: QuerySet[Quote], cursor: Cursor | None) -> QuerySet[Quote]:
    """The rows on one side of a place. The first condition is what an index serves."""
    if cursor is None:
        return rows
    than = "lt" if cursor.way == "before" else "gt"
    return rows.filter(**{f"said_on__{than}e": cursor.value}).filter(
        Q(**{f"said_on__{than}": cursor.value}) | Q(**{f"pk__{than}": cursor.key})
    )


def _ordered(rows: QuerySet[Quote], cursor: Cursor | None, size: int) -> list[Place]:
    """The first places beyond one, by date, and one more than a page has."""
    found = _beyond(rows, cursor).order_by(*_order(cursor))
    return list(found.values_list("said_on", "pk")[: size + 1])


def _listed(
    search: Search,
    rows: QuerySet[Quote],
    by: Any,
    cursor: Cursor | None,
    size: int,
    way: str,
) -> Hits:
    """A page of all these rows, which are gathered before they are put in order."""
    gathered = rows.order_by().annotate(value=by).values_list("value", "pk")
    try:
        sql, params = gathered.query.get_compiler(search.using).as_sql()
    except EmptyResultSet:
        return Hits([], False, way, total=0, listed=0)
    up = cursor is not None and cursor.way == "after"
    order = "value, key" if up else "value DESC, key DESC"
    beyond, place = "", []
    if cursor is not None:
        beyond = f"WHERE (value, key) {'>' if up else '<'} (%s, %s)"
        place = [cursor.value, cursor.key]
    with connections[search.using].cursor() as asked:
        asked.execute(
            f"WITH hits (value, key) AS MATERIALIZED ({sql})"  # noqa: S608
            " SELECT total, value, key FROM (SELECT count(*) AS total FROM hits) all_"
            f" LEFT JOIN (SELECT * FROM hits {beyond} ORDER BY {order} LIMIT %s) page"
            f" ON true ORDER BY {order}",
            [*params, *place, size + 1],
        )
        found = asked.fetchall()
    total = found[0][0]
    places = [(value, key) for _total, value, key in found if key is not None]
    return replace(_page(places, size, way), total=total, listed=total)


def _page(places: list[Place], size: int, way: str) -> Hits:
    return Hits(places[:size], len(places) > size, way)
