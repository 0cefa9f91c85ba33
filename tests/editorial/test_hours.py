"""Wall clocks: which moment they mean, and what others show at it."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from statements.editorial import hours
from statements.editorial.verbs import Unusable

ZONES = [
    "UTC",
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",
    "Asia/Tokyo",
]


def wall(*numbers: int) -> dt.datetime:
    return dt.datetime(*numbers)  # noqa: DTZ001


def test_a_common_hour_is_one_moment():
    found = hours.moment(wall(2026, 7, 1, 9), "Europe/Berlin")
    assert found.astimezone(dt.UTC) == dt.datetime(2026, 7, 1, 7, tzinfo=dt.UTC)


def test_half_an_hour_may_be_left_out_or_come_twice():
    """Lord Howe Island moves its clocks by thirty minutes."""
    with pytest.raises(Unusable, match="Choose 01:45 or 02:45"):
        hours.moment(wall(2026, 10, 4, 2, 15), "Australia/Lord_Howe")
    with pytest.raises(hours.Twice) as caught:
        hours.moment(wall(2026, 4, 5, 1, 45), "Australia/Lord_Howe")
    assert hours.shift(caught.value.first) == "UTC+11"
    assert hours.shift(caught.value.second) == "UTC+10:30"


def test_shifts_and_cities_are_written_as_people_write_them():
    there = hours.moment(wall(2026, 1, 1, 9), "America/St_Johns")
    assert hours.shift(there) == "UTC\N{MINUS SIGN}3:30"
    assert hours.city("America/New_York") == "New York"
    assert hours.city("UTC") == "UTC"


@given(
    at=st.datetimes(dt.datetime(2001, 1, 1), dt.datetime(2037, 1, 1)),  # noqa: DTZ001
    zone=st.sampled_from(ZONES),
)
def test_every_hour_is_a_moment_that_shows_it_or_is_refused(at, zone):
    at = at.replace(second=0, microsecond=0, fold=0)
    try:
        found = [hours.moment(at, zone)]
    except hours.Twice as problem:
        found = [problem.first, problem.second]
    except Unusable:
        return
    asked = [hours.moment(at, zone, second=second) for second in (False, True)]
    assert asked == (found if len(found) == 2 else found * 2)
    assert sorted(asked, key=dt.datetime.timestamp) == asked
    for moment in found:
        back = moment.astimezone(dt.UTC).astimezone(moment.tzinfo)
        assert back.replace(tzinfo=None, fold=0) == at
