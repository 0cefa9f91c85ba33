"""What a kept question finds anew: words that went out after some moment."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.db.models import FETCH_RAISE, Exists, OuterRef, QuerySet

from statements.models import Edition, Origin, Quote

from .query import from_params
from .quotes import find


def fresh(
    question: Mapping[str, str], since: dt.datetime, until: dt.datetime, *, most: int
) -> tuple[list[Quote], int]:
    """Quotes that went out after ``since`` and are public now; and how many there are.

    A quote that was out before and stands in a new edition is none. An archive loaded
    today is no news.
    """
    out = Edition.objects.filter(published_at__gt=since, published_at__lte=until)
    before = Quote.objects.filter(
        permalink=OuterRef("permalink"), live__startswith__lte=since
    )
    rows = (
        _public()
        .filter(~Exists(before), edition__in=out.values("pk"))
        .exclude(article__origin=Origin.IMPORT)
    )
    page = find(from_params(question), rows, size=most)
    return page.items, page.total


def newest(question: Mapping[str, str], most: int) -> list[Quote]:
    """The newest that it finds now."""
    params = {name: value for name, value in question.items() if name != "sort"}
    return find(from_params(params), _public(), size=most, most=0).items


def _public() -> QuerySet[Quote]:
    rows = Quote.objects.public().for_list()
    return rows.select_related("article__issuer").fetch_mode(FETCH_RAISE)
