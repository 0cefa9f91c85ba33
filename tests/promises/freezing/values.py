"""Other values for a column, made from what it holds and what it may hold."""

from __future__ import annotations

import datetime as dt
import itertools
import random
from collections.abc import Callable, Iterator
from typing import Any

from django.contrib.postgres.fields import ArrayField, DateTimeRangeField
from django.db import models
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import CheckConstraint, F, Q
from django.utils.timezone import now

#: Makes a value of the one that a row holds.
Make = Callable[[Any], Any]

#: Columns that belong together for a reason that no constraint of a model names: the
#: keys that point at an edition with its range, and the office with its organisation.
TOGETHER = {
    "edition": [
        ("published_at", "published_by"),
        ("published_at", "record"),
        ("published_at", "title"),
        ("published_at", "superseded_at"),
        ("superseded_at", "superseded_by"),
        ("withdrawn_at", "withdrawn_by", "withdrawn_reason", "withdrawn_note"),
        ("record", "digest"),
        ("title", "text"),
    ],
    "quote": [
        ("edition", "article", "live"),
        ("edition", "live"),
        ("appointment", "organization"),
        ("speaker", "organization", "appointment"),
        ("speaker", "appointment"),
        ("verdict", "text"),
        ("facets", "title_as_printed"),
    ],
    "citation": [("edition", "article", "live", "quote"), ("printed", "pinpoint")],
    "edition_media": [("alt", "caption"), ("asset", "transcript")],
    "media_asset": [("key", "file"), ("file", "sha256", "size"), ("credit", "name")],
    "article": [("slug", "dated"), ("kind", "slug")],
}


def made(field: models.Field) -> dict[str, Make]:
    """Named ways to another value that fits the column's type, or nearly."""
    model = field.model

    def swapped(value: Any) -> Any:
        return next((other for other in there if other != value), None)

    there = list(
        model._default_manager.order_by("-pk").values_list(field.attname, flat=True)
    )

    ways: dict[str, Make] = {"nothing": lambda value: None}
    if not field.primary_key:
        ways["that of another row"] = swapped
    if field.choices:
        for choice, _ in field.flatchoices:
            ways[f"“{choice}”"] = lambda value, choice=choice: choice
        return ways
    if isinstance(field, models.ForeignKey):
        keys = list(
            field.related_model._default_manager.order_by("pk").values_list(
                "pk", flat=True
            )
        )

        def other(keys: list[Any]) -> Make:
            return lambda value: next((key for key in keys if key != value), None)

        ways["the first other"], ways["the last other"] = other(keys), other(keys[::-1])
        return ways
    return ways | _by_type(field)


def _by_type(field: models.Field) -> dict[str, Make]:
    day, second = dt.timedelta(days=1), dt.timedelta(seconds=1)
    match field:
        case models.CharField() | models.TextField() | models.FileField():
            room = field.max_length or 10_000
            return {
                "empty": lambda value: "",
                "other words": lambda value: "otherwise"[:room],
                "other case": lambda value: str(value or "").swapcase(),
                "blanks around": lambda value: f" {value} "[:room],
                "an invisible mark": lambda value: f"{str(value)[: room - 1]}\u200b",
                "cut short": lambda value: str(value or "")[:-1],
                "something added": lambda value: f"{value}, too"[:room],
            }
        case models.DurationField():
            return {"longer": lambda value: (value or dt.timedelta()) + second}
        case models.IntegerField():
            return {
                "zero": lambda value: 0,
                "one more": lambda value: (value or 0) + 1,
                "one less": lambda value: max((value or 0) - 1, 0),
                "much": lambda value: 2**31 - 1,
            }
        case models.DateTimeField():
            return {
                "a day ago": lambda value: now() - day,
                "now": lambda value: now(),
                "in a day": lambda value: now() + day,
                "a second later": lambda value: (value or now()) + second,
                "a second earlier": lambda value: (value or now()) - second,
            }
        case models.DateField():
            return {
                "the day after": lambda value: (value or dt.date(2026, 3, 2)) + day,
                "the day before": lambda value: (value or dt.date(2026, 3, 2)) - day,
                "long ago": lambda value: dt.date(2001, 1, 1),
            }
        case models.JSONField():
            return {
                "empty": lambda value: {},
                "another title": lambda value: {**(value or {}), "title": "Otherwise"},
                "nobody": lambda value: {**(value or {}), "speakers": {}},
            }
        case ArrayField():
            return {
                "empty": lambda value: [],
                "one more": lambda value: [*(value or []), "v:verbatim"],
            }
        case DateTimeRangeField():
            return {
                "empty": lambda value: DateTimeTZRange(empty=True),
                "always": lambda value: DateTimeTZRange(None, None),
                "from now": lambda value: DateTimeTZRange(now(), None),
            }
    raise TypeError(f"No values are made for {field}: say how.")


def fields_of(model: type[models.Model]) -> list[models.Field]:
    """The columns that can be written; what the database derives cannot."""
    return [field for field in model._meta.concrete_fields if not field.generated]


#: One change: columns, each with the name of a way and the way.
Asked = tuple[tuple[models.Field, str, Make], ...]


def asked_of(model: type[models.Model]) -> Iterator[Asked]:
    """Each column by itself, then those that a rule names together."""
    fields = fields_of(model)
    for field in fields:
        for name, make in made(field).items():
            yield ((field, name, make),)
    chance = random.Random(model._meta.db_table)
    for group in _groups(model):
        chosen = [list(made(field).items()) for field in group]
        whole = list(itertools.product(*chosen))
        for ways in chance.sample(whole, min(len(whole), 14)):
            yield tuple(
                (field, name, make)
                for field, (name, make) in zip(group, ways, strict=True)
            )


def _groups(model: type[models.Model]) -> list[tuple[models.Field, ...]]:
    named = [
        tuple(sorted(_named(constraint.condition)))
        for constraint in model._meta.constraints
        if isinstance(constraint, CheckConstraint)
    ]
    named = [
        tuple(model._meta.pk.name if name == "pk" else name for name in group)
        for group in named
    ]
    named += TOGETHER.get(model._meta.db_table, [])
    names = dict.fromkeys(group for group in named if 1 < len(group) <= 4)
    return [tuple(map(model._meta.get_field, group)) for group in names]


def _named(condition: Any) -> set[str]:
    """The fields that a condition names."""
    if isinstance(condition, Q):
        return set().union(*(_named(child) for child in condition.children), set())
    if isinstance(condition, F):
        return {condition.name}
    lookup, value = condition
    found = {lookup.split("__")[0]}
    return found | _named(value) if isinstance(value, F) else found
