"""Queries that are written once, and sent again with other values."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import EmptyResultSet
from django.db.models import F, Value
from django.utils import timezone, translation

from statements.models import Article, Resolution
from statements.public import composed as room
from statements.public.composed import composed

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(monkeypatch) -> list[tuple[room.Composed, dict]]:
    """What composed queries were given, while pages were read."""
    calls: list[tuple[room.Composed, dict]] = []
    answer = room.Composed.__call__

    def note(self, **given):
        calls.append((self, given))
        return answer(self, **given)

    monkeypatch.setattr(room.Composed, "__call__", note)
    return calls


def test_pages_ask_what_the_orm_would_ask(client, make_public, pages, asked):
    another = make_public(3).article
    further = (
        "/statements/?before=2026-03-03.9",
        "/statements/?after=2026-03-01.1",
        "/people/ilse-okafor/?year=2026",
        "/people/ilse-okafor/?year=1986",
    )
    for path in (*pages, another.get_absolute_url(), *further):
        client.get(path)
    assert len({each.write for each, _given in asked}) >= 10
    again = [(each.sql(**given), each.write(**given)) for each, given in asked]
    for sent, written in again:
        try:
            sql, parameters = written.query.get_compiler("default").as_sql()
        except EmptyResultSet:
            assert sent is None
            continue
        assert sent == (sql, tuple(parameters))
        assert [type(one) for one in sent[1]] == [type(one) for one in parameters]


def test_a_value_stands_wherever_the_query_has_it(resolution):
    @composed
    def rows(key, symbol, symbols):
        return Resolution.objects.filter(pk=key, symbol=symbol, symbol__in=symbols)

    def found(symbols):
        return rows(key=resolution.pk, symbol=resolution.symbol, symbols=symbols)

    assert found((resolution.symbol,)) == [resolution]
    assert found(("S/RES/1", resolution.symbol)) == [resolution]
    assert found(("S/RES/1", "S/RES/3")) == []
    assert rows(key=resolution.pk + 1, symbol="S/RES/1", symbols=("S/RES/1",)) == []


def test_values_that_make_another_query_have_it_written(resolution):
    written = []

    @composed
    def rows(key, ordered):
        written.append(ordered)
        found = Resolution.objects.filter(pk=key)
        return found.order_by("symbol") if ordered else found

    for ordered in (True, False, True, False):
        assert rows(key=resolution.pk, ordered=ordered) == [resolution]
    assert written == [True, False]


def test_no_more_is_kept_than_there_is_room_for(resolution, monkeypatch):
    monkeypatch.setattr(room, "MOST", 2)
    written = []

    @composed
    def rows(key, share):
        written.append(share)
        return Resolution.objects.filter(pk=key)

    for share in (0.1, 0.2, 0.1, 0.3, 0.3):
        assert rows(key=resolution.pk, share=share) == [resolution]
    assert written == [0.1, 0.2, 0.3]


def test_a_day_is_the_day_of_the_zone_that_is_set(public):
    midnight = dt.datetime(2024, 11, 12, 23, 30, tzinfo=dt.UTC)

    @composed
    def rows(at):
        return Article.objects.annotate(at=Value(at)).filter(at__date="2024-11-12")

    with timezone.override("UTC"):
        assert rows(at=midnight) == [public]
    with timezone.override("Asia/Tokyo"):
        assert rows(at=midnight) == []
    with timezone.override("UTC"), translation.override("ar"):
        assert rows(at=midnight) == [public]


def test_nothing_is_asked_where_nothing_can_be_found(
    resolution, django_assert_num_queries
):
    @composed
    def rows(keys):
        return Resolution.objects.filter(pk__in=keys)

    with django_assert_num_queries(0):
        assert rows(keys=()) == []
        assert rows.sql(keys=()) is None
    assert rows(keys=(resolution.pk,)) == [resolution]


def test_a_value_that_is_changed_on_its_way_is_refused(resolution):
    @composed
    def rows(symbol, key):
        return Resolution.objects.filter(symbol__startswith=symbol, pk=key)

    with pytest.raises(TypeError, match="does not hand on as they are: symbol"):
        rows(symbol="S/", key=resolution.pk)


def test_what_a_query_annotates_and_joins_is_there(public, django_assert_num_queries):
    @composed
    def rows(at, key):
        found = Article.objects.published(at).filter(pk=key)
        return found.annotate(name=F("kind__name"))

    now, title = timezone.now(), public.editions.get(number=1).title
    rows(at=now, key=public.pk)
    with django_assert_num_queries(1):
        (found,) = rows(at=now, key=public.pk)
        assert found.name == found.kind.name
        assert found.live_edition.title == title
        assert found.as_of == now
