"""Rows of a list with their keys, and how many there are."""

from collections.abc import Iterable, Iterator
from typing import Any

from django import template

register = template.Library()


@register.filter
def keyed(results: Iterable[Any], rows: Iterable[Any]) -> Iterator[tuple[Any, Any]]:
    """What the admin draws of each row, with the row's key: ``results|keyed:rows``."""
    return ((row.pk, drawn) for drawn, row in zip(results, rows, strict=True))


@register.filter
def counted(listed: Any) -> str:
    """How many rows a list of the admin has, in the words of the desk."""
    return listed.model_admin.admin_site.counted(listed.model, listed.result_count)
