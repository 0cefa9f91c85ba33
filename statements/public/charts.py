"""A small flat chart of numbers by year, drawn as SVG by the template."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

#: Of the drawing; it scales with the page.
WIDTH, HEIGHT = 640, 96
#: Years that are drawn; the table beside has all.
MOST = 40
#: Places for bars that there are at least, and the width of a bar at most: few years
#: do not make pillars.
PLACES, WIDEST = 7, 38.4


@dataclass(frozen=True)
class Bar:
    year: int
    count: int
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Chart:
    """Bars from the first to the last year, with those between that have none.

    ``rows``: year and number of all that have any, the latest first.
    """

    bars: list[Bar]
    rows: list[tuple[int, int]]
    most: int
    in_year: int

    @property
    def first(self) -> int:
        return self.bars[0].year

    @property
    def last(self) -> int:
        return self.bars[-1].year

    @property
    def labels(self) -> list[int | None]:
        """What stands below each place for a bar: its year, or nothing.

        As many years as have room on a narrow phone: all of seven, every second of
        fourteen, else every fifth; the last one always, and the first.
        """
        places = max(len(self.bars), PLACES)
        stride = 1 if places <= PLACES else 2 if places <= 2 * PLACES else 5
        shown: list[int | None] = [None] * places
        for place in range(len(self.bars) - 1, stride - 1, -stride):
            shown[place] = self.bars[place].year
        shown[0] = self.first
        return shown


def by_year(counts: Mapping[int, int]) -> Chart | None:
    """The chart of at least two years, else None: one bar says nothing."""
    if len(counts) < 2:
        return None
    last = max(counts)
    years = range(max(min(counts), last - MOST + 1), last + 1)
    in_year, most = max(
        ((year, counts.get(year, 0)) for year in years), key=lambda pair: pair[1]
    )
    step = WIDTH / max(len(years), PLACES)
    width = min(step * 0.8, WIDEST)
    bars = []
    for place, year in enumerate(years):
        count = counts.get(year, 0)
        # What is there is seen, however little it is beside the highest.
        height = max(round(count / most * HEIGHT, 1), 2) if count else 0
        bars.append(
            Bar(
                year,
                count,
                round(place * step + (step - width) / 2, 1),
                HEIGHT - height,
                round(width, 1),
                height,
            )
        )
    return Chart(bars, sorted(counts.items(), reverse=True), most, in_year)
