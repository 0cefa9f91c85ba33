"""Query -> quotes, newest or most relevant first, and how many. All SQL of search.

A quote's words were cut into lexemes by the rules of its own language, so a question is
compiled once for each set of rules, in ``compiling``. The index answers for any of them
at once; then each row is asked by its own language alone. Without that second step a
word excluded in English would come back through another language's stem of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.contrib.postgres.search import SearchQueryField
from django.db.models import (
    BooleanField,
    Case,
    Count,
    F,
    FloatField,
    Func,
    Model,
    Q,
    QuerySet,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast

from statements.models import (
    Kind,
    Organization,
    Post,
    Quote,
    Resolution,
    Spokesperson,
    Tag,
)

from . import compiling, highlight, naming, plans
from .compiling import RULES, SIMPLE, either, every
from .plans import Cursor as Cursor  # of whoever asks for a page
from .query import Query

#: Totals are counted up to here; beyond, one says "more than 10,000".
MOST_COUNTED = 10_000
#: What the form offers is taken from this many of the newest quotes.
MOST_WEIGHED = 5_000

#: What a filter's lexeme begins with, as ``public.quote_facets`` writes it.
LETTERS = {
    "speakers": "s",
    "organizations": "o",
    "resolutions": "r",
    "tags": "t",
    "offices": "p",
    "verdicts": "v",
}

_NAMED: dict[str, tuple[type[Model], str]] = {
    "speakers": (Spokesperson, "name"),
    "organizations": (Organization, "name"),
    "resolutions": (Resolution, "symbol"),
    "tags": (Tag, "name"),
    "offices": (Post, "label"),
}


@dataclass(frozen=True, slots=True)
class Page:
    """Some quotes of an answer, and what is to be said about it.

    Each of ``items`` carries ``pieces``, its words with the hits marked (see
    ``highlight``), or none if no words were asked for. ``older`` leads down the list
    and ``newer`` up; their ``to_params`` go into the URL beside the query's.
    ``total`` is exact, or what is counted at most if there are ``more``. ``filters``
    say whom the question means, ``notes`` are sentences on what could not be read, is
    too common, or has several meanings.
    """

    items: list[Quote]
    older: Cursor | None = None
    newer: Cursor | None = None
    total: int = 0
    exact: bool = True
    filters: tuple[naming.Filter, ...] = ()
    notes: tuple[str, ...] = ()
    #: Places of the page that the caller's rows lack, as after a withdrawal.
    missing: int = 0
    #: Whether a replica answered, as things were a few seconds ago (``replica``).
    elsewhere: bool = False


def find(
    query: Query,
    quotes: QuerySet[Quote],
    cursor: Cursor | None = None,
    size: int = 20,
    *,
    most: int | None = None,
    engine: str = "",
) -> Page:
    """Those of ``quotes`` that answer a question, one page of them.

    The caller says who may see what: ``Quote.objects.public()`` for everybody, with the
    relations that its template shows. ``most`` are counted, or MOST_COUNTED. ``engine``
    is the database that finds the keys, if another one has the rows. Costs one
    query for the keys and one for their rows, at most two more to choose the way and
    to count; with words one to compile them and one to mark hits; one or two a filter.
    """
    most = MOST_COUNTED if most is None else most
    keys = quotes.using(engine) if engine else quotes
    found = look_up(query, keys, cursor, size, most=most)
    compiled, filters = found.compiled, found.filters
    page = read(found, quotes)
    highlight.mark(page.items, compiled.markers, compiled.phrases, using=quotes.db)
    return replace(
        page,
        total=min(found.total, most),
        exact=found.total <= most,
        filters=filters,
        notes=(
            *query.notes,
            *(one.problem for one in filters if one.problem),
            *compiled.notes,
        ),
    )


def narrowed(
    query: Query, quotes: QuerySet[Quote], filters: tuple[naming.Filter, ...]
) -> QuerySet[Quote]:
    """All of ``quotes`` that answer, in no order: for counts, and whether any does.

    ``filters`` are those that ``find`` told of the question. Costs one query, which
    compiles its words, before the rows are read.
    """
    if any(not one.choices for one in filters):
        return quotes.none()
    compiled = compiling.compiled(query, using=quotes.db)
    return _search(query, quotes, compiled, filters).rows


@dataclass(frozen=True, slots=True)
class Found:
    """Where the hits stand, and from where on they were asked for."""

    hits: plans.Hits
    cursor: Cursor | None
    total: int
    compiled: compiling.Compiled
    filters: tuple[naming.Filter, ...]


def look_up(
    query: Query,
    quotes: QuerySet[Quote],
    cursor: Cursor | None = None,
    size: int = 20,
    *,
    most: int = 0,
) -> Found:
    """A question in, keys and a total out: the one face of the engine, without rows.

    Beyond ``most`` nobody counts; 0 counts nothing unless it costs nothing.
    """
    filters = naming.filters(query)
    compiled = compiling.compiled(query, using=quotes.db)
    if any(not one.choices for one in filters):
        hits = plans.Hits([], False, "nobody", total=0)
        return Found(hits, None, 0, compiled, filters)
    search = _search(query, quotes, compiled, filters)
    hits, place = _hits(search, query, cursor, size)
    total = hits.total or 0
    if hits.total is None and most:
        total = plans.counted(search, most)
    return Found(hits, place, total, compiled, filters)


def within(query: Query, quotes: QuerySet[Quote]) -> QuerySet[Quote]:
    """Those of ``quotes`` that were said on the days asked for."""
    if query.since:
        quotes = quotes.filter(said_on__gte=query.since)
    if query.until:
        quotes = quotes.filter(said_on__lte=query.until)
    return quotes


def most_named(quotes: QuerySet[Quote], most: int = 50) -> dict[str, list[str]]:
    """Names that the newest of ``quotes`` bear most often, by field of Query.

    In the alphabet's order, for a form to offer. A resolution is named by its symbol.
    Kinds are those of public statements. Two queries; the first reads at most
    MOST_WEIGHED rows.
    """
    newest = quotes.order_by("-said_on", "-pk").values("pk")[:MOST_WEIGHED]
    facets = (
        Quote.objects.filter(pk__in=newest)
        .annotate(facet=Func(F("facets"), function="unnest", output_field=TextField()))
        .values("facet")
        .annotate(times=Count("pk"))
        .order_by("-times", "facet")
        .values_list("facet", flat=True)
    )
    keys: dict[str, list[int]] = {LETTERS[field]: [] for field in _NAMED}
    for facet in facets:
        letter, _colon, key = facet.partition(":")
        if letter in keys and len(keys[letter]) < most:
            keys[letter].append(int(key))
    names: dict[str, list[str]] = {field: [] for field in (*_NAMED, "kinds")}
    rows: list[QuerySet[Any, tuple[str, str]]] = [
        model._default_manager.filter(pk__in=keys[LETTERS[field]])
        .order_by()
        .values_list(Value(field), name)
        for field, (model, name) in _NAMED.items()
    ]
    kinds = Kind.objects.public().order_by().values_list(Value("kinds"), "name")
    rows.append(kinds)
    for control, name in rows[0].union(*rows[1:]).order_by():
        names[control].append(name)
    return {
        control: sorted(found, key=str.casefold) for control, found in names.items()
    }


def _search(
    query: Query,
    quotes: QuerySet[Quote],
    compiled: compiling.Compiled,
    filters: tuple[naming.Filter, ...],
) -> plans.Search:
    """A question for the plans. Conditions on ``tsv`` come as one, for one scan."""
    facets = _facets(filters)
    index = ""
    if compiled.asked and all(compiled.asked.values()):
        index = either(compiled.asked.values())
    words = None
    if (query.wanted or query.excluded) and not (index and len(compiled.spoken) == 1):
        words = _by_language(
            compiled.spoken,
            {
                code: _matches(tsquery) if tsquery else Value(True)
                for code, tsquery in compiled.asked.items()
            },
            Value(False),
        )
    kinds = [
        one.key for each in filters if each.field == "kinds" for one in each.choices
    ]

    def narrow(rows: QuerySet[Quote], index: str, *, few: bool) -> QuerySet[Quote]:
        if index:
            rows = rows.filter(_has(index) if few else _matches(index))
        if words is not None:
            rows = rows.filter(words)
        return rows.filter(article__kind__in=kinds) if kinds else rows

    weights = {code: _rank(tsquery) for code, tsquery in compiled.wanted.items()}
    rank = _by_language(compiled.spoken, weights, Value(0.0, FloatField()))
    return plans.Search(
        within(query, quotes),
        narrow,
        index=every([index, facets]),
        hot=every([compiled.hot, facets]) if compiled.hot else "",
        rank=rank if weights else None,
        size=compiled.rows,
    )


def _hits(
    search: plans.Search, query: Query, cursor: Cursor | None, size: int
) -> tuple[plans.Hits, Cursor | None]:
    """A page of places, and from where on; above the first, it is the top."""
    ranked = query.order == "relevance" and search.rank is not None
    plan = plans.ranked if ranked else plans.newest
    if cursor is not None and isinstance(cursor.value, float) != ranked:
        cursor = None
    hits = plan(search, cursor, size)
    if cursor is not None and cursor.way == "after" and not hits.places:
        return plan(search, None, size), None
    return hits, cursor


def read(found: Found, quotes: QuerySet[Quote]) -> Page:
    """The rows of the places, as far as ``quotes`` have them; hits are not marked.

    One query.
    """
    hits, cursor = found.hits, found.cursor
    if not hits.places:
        return Page([])
    up = cursor is not None and cursor.way == "after"
    places = hits.places[::-1] if up else hits.places
    keys = [key for _value, key in places]
    rows = {quote.pk: quote for quote in quotes.order_by().filter(pk__in=keys)}
    return Page(
        [rows[key] for key in keys if key in rows],
        missing=len(keys) - len(rows),
        newer=Cursor("after", *places[0]) if (hits.more if up else cursor) else None,
        older=Cursor("before", *places[-1]) if up or hits.more else None,
    )


def _facets(filters: tuple[naming.Filter, ...]) -> str:
    """Filters as a tsquery: any name of the same kind, and all kinds.

    Facet lexemes hold a colon, so they are quoted, and are made of keys and
    verdicts only. A statement's kind is no part of its quotes, so no lexeme.
    """
    kinds: dict[str, list[str]] = {}
    for one in filters:
        if one.field in LETTERS:
            kinds.setdefault(one.field, []).extend(
                f"'{LETTERS[one.field]}:{choice.key or choice.slug}'"
                for choice in one.choices
            )
    return " & ".join(f"({' | '.join(lexemes)})" for lexemes in kinds.values())


def _tsquery(tsquery: str) -> Cast:
    return Cast(Value(tsquery), SearchQueryField())


def _matches(tsquery: str) -> Func:
    return Func(
        F("tsv"),
        _tsquery(tsquery),
        template="(%(expressions)s)",
        arg_joiner=" @@ ",
        output_field=BooleanField(),
    )


def _has(tsquery: str) -> Func:
    """The same of rows at hand: no index is asked, and nobody guesses how many fit.

    To guess, PostgreSQL unpacks what it knows of ten thousand lexemes.
    """
    has = _matches(tsquery)
    has.template = "CASE WHEN (%(expressions)s) THEN true END"
    return has


def _by_language(spoken: frozenset[str], values: Mapping[str, Any], none: Any) -> Any:
    """What holds for a row by the rules of its language, written once a distinct value.

    ``spoken`` are the rules of all languages on record; ``none`` holds for those that
    have no value.
    """
    # Languages without rules are told by what they are not, so they come last.
    codes = sorted(spoken, key=(*RULES, SIMPLE).index)
    last = values.get(codes[-1], none)
    groups: list[tuple[Any, list[str]]] = []
    for code in codes[:-1]:
        value = values.get(code, none)
        if value == last:
            continue
        for known, same in groups:
            if known == value:
                same.append(code)
                break
        else:
            groups.append((value, [code]))
    if not groups:
        return last
    whens = [When(_language_in(same), then=value) for value, same in groups]
    return Case(*whens, default=last)


def _language_in(codes: list[str]) -> Q:
    # "en" and "en-GB", but no language whose code merely begins so.
    condition = Q(language__in=codes)
    for code in codes:
        condition |= Q(language__startswith=f"{code}-")
    return condition


def _rank(tsquery: str) -> Func:
    # 1: divided by the logarithm of the length, so that long quotes do not win by it.
    # As float8, for a float4 does not survive the way through a URL.
    return Func(
        F("tsv"),
        _tsquery(tsquery),
        template="ts_rank(%(expressions)s, 1)::float8",
        output_field=FloatField(),
    )
