"""Query -> quotes, newest or most relevant first, and how many. All SQL of search.

A quote's words were cut into lexemes by the rules of its own language, so a question is
compiled once for each set of rules, in ``_Compiled``. The index answers for any of them
at once; then each row is asked by its own language alone. Without that second step a
word excluded in English would come back through another language's stem of it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal, cast

from django.contrib.postgres.search import SearchQueryField
from django.db import connections
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
from django.utils.translation import gettext as _

from statements.models import (
    Kind,
    Organization,
    Post,
    Quote,
    Resolution,
    Spokesperson,
    Tag,
)

from . import highlight, naming
from .query import Query

#: Totals are counted up to here; beyond, one says "more than 10,000".
MOST_COUNTED = 10_000
#: Relevance is weighed among this many of the newest hits.
MOST_RANKED = 5_000

#: What the form offers is taken from this many of the newest quotes.
MOST_WEIGHED = 5_000

#: Languages with stemming rules, as ``public.quote_language`` has them; others are
#: searched word by word ("simple").
RULES = ("en", "ar", "de", "es", "fr", "it", "pt", "ru")
SIMPLE = "simple"

#: What a filter's lexeme begins with, as ``public.quote_facets`` writes it.
_FACETS = {
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

_COMPILE = """
SELECT c.code, t.position - 1,
       phraseto_tsquery(('public.quote_' || c.code)::regconfig,
                        public.quote_words(t.words))::text
FROM unnest(%s::text[]) AS c (code),
     unnest(%s::text[]) WITH ORDINALITY AS t (words, position)
"""

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
    #: Whether a replica answered, as things were a few seconds ago (``replica``).
    elsewhere: bool = False


def find(
    query: Query,
    quotes: QuerySet[Quote],
    cursor: Cursor | None = None,
    size: int = 20,
    *,
    most: int | None = None,
) -> Page:
    """Those of ``quotes`` that answer a question, one page of them.

    The caller says who may see what: ``Quote.objects.public()`` for everybody, with the
    relations that its template shows. ``most`` are counted, or MOST_COUNTED. Costs one
    query for the page and one for the total; one more to compile words, one to mark
    hits, and one or two a filter.
    """
    filters = naming.filters(query)
    compiled = _compile(query, using=quotes.db)
    notes = (*query.notes, *(f.problem for f in filters if f.problem), *compiled.notes)
    if any(not f.choices for f in filters):
        return Page([], filters=filters, notes=notes)
    rows = _narrowed(query, quotes, compiled, filters)
    most = MOST_COUNTED if most is None else most
    total = rows.order_by().values("pk")[: most + 1].count()
    if query.order == "relevance" and compiled.wanted:
        page = _ranked(rows, quotes, compiled, cursor, size)
    else:
        page = _newest(rows, cursor, size)
    highlight.mark(page.items, compiled.markers, compiled.phrases, using=quotes.db)
    return replace(
        page,
        total=min(total, most),
        exact=total <= most,
        filters=filters,
        notes=notes,
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
    return _narrowed(query, quotes, _compile(query, using=quotes.db), filters)


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
    keys: dict[str, list[int]] = {_FACETS[field]: [] for field in _NAMED}
    for facet in facets:
        letter, _colon, key = facet.partition(":")
        if letter in keys and len(keys[letter]) < most:
            keys[letter].append(int(key))
    names: dict[str, list[str]] = {field: [] for field in (*_NAMED, "kinds")}
    rows: list[QuerySet[Any, tuple[str, str]]] = [
        model._default_manager.filter(pk__in=keys[_FACETS[field]])
        .order_by()
        .values_list(Value(field), name)
        for field, (model, name) in _NAMED.items()
    ]
    kinds = Kind.objects.public().order_by().values_list(Value("kinds"), "name")
    rows.append(kinds)
    for field, name in rows[0].union(*rows[1:]).order_by():
        names[field].append(name)
    return {field: sorted(found, key=str.casefold) for field, found in names.items()}


@dataclass(frozen=True, slots=True)
class _Compiled:
    """A question's words as tsqueries, by code of rules ("en", …, "simple").

    ``asked`` holds all that a row must match. A code is missing if no row of such a
    language can match, for all words that must occur are too common there; the value
    is "" if every row does. ``wanted`` holds what must occur, by which rows are ranked;
    ``markers`` mark it, words apart from ``phrases``.
    """

    asked: dict[str, str]
    wanted: dict[str, str]
    markers: tuple[highlight.Marker, ...] = ()
    phrases: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def _compile(query: Query, *, using: str) -> _Compiled:
    # "Hay'at" and "anti-war" are looked up, and marked, as phrases are.
    phrases = [*query.phrases, *filter(highlight.is_compound, query.words)]
    plain = [word for word in query.words if not highlight.is_compound(word)]
    wanted = [*phrases, *plain, *query.prefixes]
    terms = [*wanted, *query.excluded]
    if not terms:
        return _Compiled({}, {})
    codes = (*RULES, SIMPLE)
    with connections[using].cursor() as cursor:
        # What a person typed reaches PostgreSQL here and nowhere else; what comes back
        # is a tsquery in PostgreSQL's own quoting.
        cursor.execute(_COMPILE, [list(codes), terms])
        by_code: dict[str, list[str]] = {code: [""] * len(terms) for code in codes}
        for code, position, tsquery in cursor.fetchall():
            by_code[code][position] = tsquery
    words, excluded = len(phrases), len(wanted)
    unstemmed = list(by_code[SIMPLE])
    for found in by_code.values():
        for i in range(excluded - len(query.prefixes), excluded):
            # "the" is too common, "the*" is not.
            whole = found[i] or unstemmed[i]
            found[i] = f"{whole}:*" if whole.endswith("'") else whole
    asked: dict[str, str] = {}
    positive: dict[str, str] = {}
    markers: list[highlight.Marker] = []
    for code, found in by_code.items():
        must = _joined(" & ", found[:excluded])
        must_not = _joined(" | ", found[excluded:])
        if must:
            positive[code] = must
            markers.append(
                highlight.Marker(
                    code,
                    words=_joined(" | ", found[words:excluded]),
                    phrases=_joined(" | ", found[:words]),
                )
            )
        if must or not wanted:
            asked[code] = _joined(" & ", [must, f"!({must_not})" if must_not else ""])
    return _Compiled(
        asked, positive, tuple(markers), tuple(phrases), _too_common(terms, by_code)
    )


def _joined(sign: str, tsqueries: Iterable[str]) -> str:
    return sign.join(f"({tsquery})" for tsquery in tsqueries if tsquery)


def _too_common(terms: list[str], by_code: Mapping[str, list[str]]) -> tuple[str, ...]:
    """Sentences on words that the index leaves out, by the first of RULES."""
    here = by_code[RULES[0]]
    common = [term for term, found in zip(terms, here, strict=True) if not found]
    if not common:
        return ()
    if not any(here):
        return (
            _(
                "Only very common words were asked for, and those are not searched. "
                "Add a rarer one."
            ),
        )
    words = _(", ").join(f"“{term}”" for term in common)
    return (_("Too common to be searched, so left out: %(words)s.") % {"words": words},)


def _narrowed(
    query: Query,
    quotes: QuerySet[Quote],
    compiled: _Compiled,
    filters: tuple[naming.Filter, ...],
) -> QuerySet[Quote]:
    """The rows that answer. Conditions on ``tsv`` come as one, for one index scan."""
    facets = _facets(filters)
    if compiled.asked and all(compiled.asked.values()):
        either = " | ".join(
            f"({part})" for part in dict.fromkeys(compiled.asked.values())
        )
        index = f"({either}) & {facets}" if facets else either
    else:
        index = facets
    if index:
        quotes = quotes.filter(_matches(index))
    if query.words or query.phrases or query.prefixes or query.excluded:
        quotes = quotes.filter(
            _by_language(
                {
                    code: _matches(tsquery) if tsquery else Value(True)
                    for code, tsquery in compiled.asked.items()
                },
                Value(False),
            )
        )
    kinds = [
        one.key for each in filters if each.field == "kinds" for one in each.choices
    ]
    if kinds:
        quotes = quotes.filter(article__kind__in=kinds)
    if query.since:
        quotes = quotes.filter(said_on__gte=query.since)
    if query.until:
        quotes = quotes.filter(said_on__lte=query.until)
    return quotes


def _facets(filters: tuple[naming.Filter, ...]) -> str:
    """Filters as a tsquery: any name of the same kind, and all kinds.

    Facet lexemes hold a colon, so they are quoted, and are made of keys and
    verdicts only. A statement's kind is no part of its quotes, so no lexeme.
    """
    kinds: dict[str, list[str]] = {}
    for one in filters:
        if one.field in _FACETS:
            kinds.setdefault(one.field, []).extend(
                f"'{_FACETS[one.field]}:{choice.key or choice.slug}'"
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


def _by_language(values: Mapping[str, Any], otherwise: Any) -> Case:
    """What holds for a row by the rules of its language, written once a distinct value.

    ``otherwise`` holds for languages whose rules have no value.
    """
    everywhere = {code: values.get(code, otherwise) for code in (*RULES, SIMPLE)}
    groups: list[tuple[Any, list[str]]] = []
    for code in RULES:
        value = everywhere[code]
        if value == everywhere[SIMPLE]:
            continue
        for known, codes in groups:
            if known == value:
                codes.append(code)
                break
        else:
            groups.append((value, [code]))
    whens = [When(_language_in(codes), then=value) for value, codes in groups]
    return Case(*whens, default=everywhere[SIMPLE])


def _language_in(codes: list[str]) -> Q:
    # "en" and "en-GB", but no language whose code merely begins so.
    condition = Q(language__in=codes)
    for code in codes:
        condition |= Q(language__startswith=f"{code}-")
    return condition


def _newest(rows: QuerySet[Quote], cursor: Cursor | None, size: int) -> Page:
    if cursor is not None and not isinstance(cursor.value, dt.date):
        cursor = None
    return _keyset(rows, "said_on", cursor, size)


def _ranked(
    rows: QuerySet[Quote],
    quotes: QuerySet[Quote],
    compiled: _Compiled,
    cursor: Cursor | None,
    size: int,
) -> Page:
    """By rank among the newest hits: to weigh all those of a common word is slow."""
    if cursor is not None and not isinstance(cursor.value, float):
        cursor = None
    newest = rows.order_by("-said_on", "-pk").values("pk")[:MOST_RANKED]
    weights = {code: _rank(tsquery) for code, tsquery in compiled.wanted.items()}
    weighed = quotes.filter(pk__in=newest).annotate(
        rank=_by_language(weights, Value(0.0, FloatField()))
    )
    return _keyset(weighed, "rank", cursor, size)


def _rank(tsquery: str) -> Func:
    # 1: divided by the logarithm of the length, so that long quotes do not win by it.
    # As float8, for a float4 does not survive the way through a URL.
    return Func(
        F("tsv"),
        _tsquery(tsquery),
        template="ts_rank(%(expressions)s, 1)::float8",
        output_field=FloatField(),
    )


def _keyset(rows: QuerySet[Quote], by: str, cursor: Cursor | None, size: int) -> Page:
    """One page by key; ties go by the row's key, so no row is shown twice or lost."""
    if cursor is not None and cursor.way == "after":
        above = list(_beyond(rows, by, cursor).order_by(by, "pk")[: size + 1])
        if above:
            items = above[:size][::-1]
            return Page(
                items,
                newer=_at("after", by, items[0]) if len(above) > size else None,
                older=_at("before", by, items[-1]),
            )
        cursor = None
    if cursor is not None:
        rows = _beyond(rows, by, cursor)
    found = list(rows.order_by(f"-{by}", "-pk")[: size + 1])
    items = found[:size]
    return Page(
        items,
        newer=_at("after", by, items[0]) if cursor and items else None,
        older=_at("before", by, items[-1]) if len(found) > size else None,
    )


def _beyond(rows: QuerySet[Quote], by: str, cursor: Cursor) -> QuerySet[Quote]:
    """The rows on one side of a place. The first condition is what an index serves."""
    than = "lt" if cursor.way == "before" else "gt"
    return rows.filter(**{f"{by}__{than}e": cursor.value}).filter(
        Q(**{f"{by}__{than}": cursor.value}) | Q(**{f"pk__{than}": cursor.key})
    )


def _at(way: Literal["before", "after"], by: str, row: Model) -> Cursor:
    return Cursor(way, getattr(row, by), cast(int, row.pk))
