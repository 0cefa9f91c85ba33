"""What a misspelt name may mean: the rows whose name is most like it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import F, FloatField, Func, QuerySet, Value
from django.db.models.functions import Coalesce, Greatest

from . import spelling

#: So many names that are most like a misspelt one are compared with it letter by
#: letter, for so many of its words.
_MOST_COMPARED, _MOST_WORDS = 50, 6
#: Trigrams that a name must share with what was typed, to be compared at all: one in
#: six, for a short word with two letters swapped keeps its beginning only.
_LIKE = 0.15


@dataclass(frozen=True, slots=True)
class Choice:
    """A row that a filter means, or a verdict, which has no key: then it is 0.

    ``slug`` asks for this one and no other.
    """

    key: int
    slug: str
    label: str


def nearest(
    typed: str,
    rows: QuerySet[Any],
    *fields: str,
    label: Callable[[Any], str],
    slug: Callable[[Any], str] = lambda row: str(row.slug),
    beside: str = "",
) -> list[Choice]:
    """The rows whose name is typed with the fewest slips, by any of ``fields``.

    A word may stand in ``beside`` as well. Trigrams choose the names that are compared;
    a catalogue has a few thousand, so that no index is needed.
    """
    words = spelling.words(typed)[:_MOST_WORDS]
    if not any(len(word) > 2 for word in words):
        return []
    likeness: Any = Value(0.0, FloatField())
    held = [*fields, *filter(None, [beside])]
    for word in words:
        alike = [_like(word, field) for field in held]
        likeness += Greatest(*alike) if len(alike) > 1 else alike[0]
    near = (
        rows.model._default_manager.annotate(alike=likeness)
        .filter(alike__gte=_LIKE * len(words))
        .order_by("-alike", "pk")
        .values_list("pk", *held)[:_MOST_COMPARED]
    )
    counted: dict[int, int] = {}
    for key, *names in near:
        other = f" {names.pop()}" if beside else ""
        for name in filter(None, names):
            found = spelling.slips(" ".join(words), name + other)
            if found is not None:
                counted[key] = min(found, counted.get(key, found))
    if not counted:
        return []
    # Of those with more slips none is shown, unless those with fewer are not public.
    public = [(counted[row.pk], row) for row in rows.filter(pk__in=counted)]
    fewest = min((found for found, _row in public), default=0)
    return [
        Choice(row.pk, slug(row), label(row))
        for found, row in public
        if found == fewest
    ]


def _like(word: str, field: str) -> Coalesce:
    """How much of a word's trigrams stand together in a name, from 0 to 1."""
    plain = Func(F(field), function="UNACCENT")
    return Coalesce(
        Func(Value(word), plain, function="WORD_SIMILARITY", output_field=FloatField()),
        0.0,
        output_field=FloatField(),
    )
