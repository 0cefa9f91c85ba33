"""Rows of a list with their keys."""

from collections.abc import Iterable, Iterator
from typing import Any

from django import template

register = template.Library()


@register.filter
def keyed(results: Iterable[Any], rows: Iterable[Any]) -> Iterator[tuple[Any, Any]]:
    """What the admin draws of each row, with the row's key: ``results|keyed:rows``."""
    return ((row.pk, drawn) for drawn, row in zip(results, rows, strict=True))
