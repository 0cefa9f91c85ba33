"""Keep former addresses leading on."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection
from typing import Any

from django.db import models
from django.db.models.functions import Left
from django.urls import reverse

from statements.models import (
    Article,
    FormerAddress,
    Organization,
    Post,
    Resolution,
    Spokesperson,
    Tag,
)
from statements.models.addresses import put_out

from . import verbs

NOUN: dict[type[models.Model], str] = {
    Article: "article",
    Organization: "organization",
    Post: "post",
    Resolution: "resolution",
    Spokesperson: "spokesperson",
    Tag: "tag",
}


def statement(named: str) -> Article:
    """The statement of a key or an address, its own or a former one.

    "17", "/statements/2026/03/02/the-ferries/", "https://site/statements/…".
    Raises verbs.Unusable.
    """
    found = None
    if named.isdecimal():
        found = Article.objects.filter(pk=int(named)).first()
    elif match := re.search(r"/statements/(\d{4})/(\d\d)/(\d\d)/([^/?#]+)", named):
        year, month, day, slug = match.groups()
        path = f"/statements/{year}/{month}/{day}/{slug}/"
        found = (
            Article.objects.filter(dated=f"{year}-{month}-{day}", slug=slug).first()
            or Article.objects.filter(
                former_addresses__path__in=[path, put_out(path)]
            ).first()
        )
    if found is None:
        raise verbs.Unusable(
            f"There is no statement {named!r}. Give its number, as the admin's address "
            "has it, or its address."
        )
    return found


def led_elsewhere(noun: Any) -> bool:
    """Whether the address that a noun bears, or is to bear, led to another one.

    Somebody may have printed it: it goes on leading there.
    """
    return (
        FormerAddress.objects.filter(
            path__in=[noun.get_absolute_url(), put_out(noun.get_absolute_url())]
        )
        .exclude(**{NOUN[type(noun)]: noun.pk})
        .exists()
    )


def slugs_that_led(model: type[models.Model], beginning: str) -> set[str]:
    """Slugs of former addresses of a kind of noun that begin like that."""
    noun = NOUN.get(model)
    if noun is None:
        return set()
    paths = FormerAddress.objects.filter(
        **{f"{noun}__isnull": False}, path__contains=f"/{beginning}"
    ).values_list("path", flat=True)
    return {path.rstrip("/").rpartition("/")[2] for path in paths}


def slugs_that_led_on(days: Collection[dt.date]) -> dict[dt.date, set[str]]:
    """Slugs of the former addresses of statements, by the day in the address."""
    prefixes = {
        reverse("archive_day", args=[day.year, day.month, day.day]): day for day in days
    }
    found: dict[dt.date, set[str]] = {day: set() for day in days}
    if not prefixes:
        return found
    rows = (
        FormerAddress.objects.filter(article__isnull=False)
        .annotate(prefix=Left("path", len(next(iter(prefixes)))))
        .filter(prefix__in=prefixes)
        .values_list("prefix", "path")
    )
    for prefix, path in rows:
        found[prefixes[prefix]].add(path.removeprefix(prefix).rstrip("/"))
    return found


def keep(path: str, noun: models.Model) -> None:
    """Let ``path`` lead to a noun, an article or a row of the catalogue, from now on.

    A path that led elsewhere before leads to the newer owner: it had it last.
    """
    owner: dict[str, models.Model | None] = dict.fromkeys(NOUN.values())
    owner[NOUN[type(noun)]] = noun
    FormerAddress.objects.update_or_create(path=path, defaults=owner)
