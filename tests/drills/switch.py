"""The switches that a mutated program asks, one at every guard.

All mutants stand in one program: each guard asks its switch whether it is the one that
is taken away just now. So a mutant costs no new process and no new import, and the
same switches tell which test came past which guard.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from typing import Any

from django.db.models import (
    DateTimeField,
    ExpressionWrapper,
    FilteredRelation,
    Q,
    Value,
)
from django.db.models.functions import Now

#: The guard that is taken away; "" for none.
missing = ""

#: The guards that were asked since somebody emptied this.
asked: set[str] = set()


def off(point: str) -> bool:
    """Whether the guard is the one that is taken away."""
    asked.add(point)
    return point == missing


def gate(point: str, rows: Any, name: str, *args: Any, **kwargs: Any) -> Any:
    """What ``rows.<name>(…)`` gives, or all rows."""
    if off(point):
        return loose(rows, name, *args, **kwargs)
    return getattr(rows, name)(*args, **kwargs)


def loose(rows: Any, name: str, at: Any = None, **_: Any) -> Any:
    """All rows, with whatever else the gate gives, so that pages can still be drawn.

    Articles come with their first edition, whether it is live or not.
    """
    if name != "published":
        return rows.all()
    when = Now() if at is None else Value(at, DateTimeField())
    return (
        rows.annotate(
            live_edition=FilteredRelation("editions", condition=Q(editions__number=1)),
            as_of=ExpressionWrapper(when, DateTimeField()),
        )
        .filter(live_edition__isnull=False)
        .select_related("live_edition", "kind", "issuer")
        .defer("live_edition__record")
        .order_by("-dated", "-pk")
    )


class _Exempt:
    """The mark that exempts a view from Django's token, while its guard stands."""

    def __init__(self, point: str):
        self.point = point

    def __bool__(self) -> bool:
        return not off(self.point)


def decorator(point: str, decorate: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """The decorator, or none."""

    def both(view: Any) -> Any:
        guarded = decorate(view)

        @functools.wraps(guarded)
        def either(*args: Any, **kwargs: Any) -> Any:
            return (view if off(point) else guarded)(*args, **kwargs)

        if getattr(guarded, "csrf_exempt", None) is True:
            either.csrf_exempt = _Exempt(point)  # type: ignore[attr-defined]
        return either

    return both


def wrapped(point: str, guard: Callable[..., Any], view: Any, *args: Any) -> Any:
    """A view within ``guard``, as ``admin_view(view)`` gives it, or the bare view."""
    guarded = guard(view, *args)

    @functools.wraps(guarded)
    def either(*given: Any, **named: Any) -> Any:
        return (view if off(point) else guarded)(*given, **named)

    return either


class Permissions(list[str]):
    """The permissions that an action of the admin asks for, or to see the list."""

    def __init__(self, point: str, names: list[str]):
        super().__init__(names)
        self.point = point

    def __iter__(self) -> Iterator[str]:
        return iter(["view"]) if off(self.point) else super().__iter__()
