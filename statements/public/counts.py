"""The counts that the database keeps, as pages read them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import QuerySet

from statements.models import Tally

from .composed import composed


def numbers(whose: str, at: dt.datetime | None) -> dict[str, int]:
    """The counts of one thing (see Tally), by part, without zeros. One query."""
    return dict(_summed(whose=whose, at=at))


@composed
def _summed(whose: str, at: dt.datetime | None) -> QuerySet[Any]:
    return Tally.objects.summed(whose, at)
