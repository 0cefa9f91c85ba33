"""What a wall clock means: hours left out, hours that come twice, hours elsewhere."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from zoneinfo import ZoneInfo

from .verbs import Unusable


class Twice(Unusable):
    """The hour comes twice on that day; ``first`` and ``second`` are the moments."""

    def __init__(self, wall: dt.datetime, first: dt.datetime, second: dt.datetime):
        self.first, self.second = first, second
        super().__init__(
            f"{wall:%H:%M} comes twice on {wall:%-d %B %Y}, for the clocks go back. "
            "Choose the first or the second."
        )


def moment(wall: dt.datetime, zone: str, *, second: bool | None = None) -> dt.datetime:
    """The moment at which clocks in a zone show ``wall``, which bears no zone.

    Raises Twice where there are two and ``second`` does not say which, and Unusable
    where there is none, with the hours to either side.
    """
    place = ZoneInfo(zone)
    first = wall.replace(tzinfo=place, fold=0)
    later = wall.replace(tzinfo=place, fold=1)
    if first.utcoffset() == later.utcoffset():
        return first
    if _shown(first, place) != wall:
        # Read with either offset, a time that is left out lies beside the gap.
        before, after = sorted((_shown(first, place), _shown(later, place)))
        raise Unusable(
            f"{wall:%H:%M} does not exist on {wall:%-d %B %Y} in {zone}: the clocks go"
            f" forward then. Choose {before:%H:%M} or {after:%H:%M}."
        )
    if second is None:
        raise Twice(wall, first, later)
    return later if second else first


def _shown(moment: dt.datetime, place: ZoneInfo) -> dt.datetime:
    """What clocks show at a moment: the same again, unless it is left out."""
    return moment.astimezone(dt.UTC).astimezone(place).replace(tzinfo=None, fold=0)


def shift(moment: dt.datetime) -> str:
    """How far a moment's clock is from UTC: ``UTC+2``, ``UTC−3:30``."""
    seconds = int((moment.utcoffset() or dt.timedelta()).total_seconds())
    sign = "+" if seconds >= 0 else "\N{MINUS SIGN}"
    hours, minutes = divmod(abs(seconds) // 60, 60)
    return f"UTC{sign}{hours}" + (f":{minutes:02}" if minutes else "")


def city(zone: str) -> str:
    """A zone as people call it: ``America/New_York`` is New York."""
    return zone.rpartition("/")[2].replace("_", " ")


def elsewhere(
    at: dt.datetime, here: str, zones: Iterable[str]
) -> list[tuple[str, dt.datetime]]:
    """What clocks show in other places at a moment, where it is not the same."""
    local = at.astimezone(ZoneInfo(here))
    found = []
    for zone in zones:
        there = at.astimezone(ZoneInfo(zone))
        if zone != here and there.utcoffset() != local.utcoffset():
            found.append((city(zone), there))
    return found
