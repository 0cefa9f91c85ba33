"""Dates and durations as readers see them, no more exact than they are known."""

from __future__ import annotations

import datetime as dt

from django import template
from django.utils import formats

register = template.Library()


@register.filter
def as_known(day: dt.date | None, precision: str) -> str:
    """Print a date as exactly as it is known: ``2022``, ``May 2022``, ``3 May 2022``.

    ``precision`` is a value of ``models.people.Precision``. No date gives no words.
    """
    if day is None:
        return ""
    if precision == "year":
        return f"{day.year:04}"
    style = "YEAR_MONTH_FORMAT" if precision == "month" else "DATE_FORMAT"
    return formats.date_format(day, style)


@register.filter
def machine_date(day: dt.date | None, precision: str = "day") -> str:
    """Print a date for ``<time datetime>``: ``2022``, ``2022-05``, ``2022-05-03``."""
    if day is None:
        return ""
    return day.isoformat()[: {"year": 4, "month": 7}.get(precision, 10)]


@register.filter(expects_localtime=True)
def machine_moment(moment: dt.datetime) -> str:
    """Print a moment for ``<time datetime>``: ``2022-05-03T14:05:09+00:00``.

    To the second: HTML allows at most three digits of its parts, and ``date:"c"``
    prints the six that the database has.
    """
    return moment.isoformat(timespec="seconds")


@register.filter
def clock(duration: dt.timedelta | None) -> str:
    """Print a duration as a player does: ``5:20``, ``1:02:07``."""
    if duration is None:
        return ""
    minutes, seconds = divmod(round(duration.total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours}:{minutes:02}:{seconds:02}"
    return f"{minutes}:{seconds:02}"
