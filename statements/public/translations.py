"""The same text in other languages, and whether the original has changed since."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import F
from django.db.models.functions import JSONObject
from django.utils.dateparse import parse_datetime

from statements.models import Article, Change, Edition

_EDITION = ("published_at", "change", "translates_id")


def shown() -> JSONObject:
    """What a page reads of another language's text; for rows of ``published()``."""
    return JSONObject(
        id="pk",
        dated="dated",
        slug="slug",
        language="language",
        edition=JSONObject(
            id="live_edition__pk",
            **{name: F(f"live_edition__{name}") for name in _EDITION},
        ),
    )


def made(row: dict[str, Any]) -> Article:
    """The article of such a row, with its live edition; never saved."""
    read = row.pop("edition")
    out = parse_datetime(read.pop("published_at"))
    text: Any = Article(**{**row, "dated": dt.date.fromisoformat(row["dated"])})
    text.live_edition = Edition(**read, published_at=out)
    found: Article = text
    return found


def original(article: Article, others: list[Article]) -> Article | None:
    """The text that the others translate, or nothing where readers do not have it.

    Each learns whether it is ``older``: whether the original has changed since.
    """
    root = article.translation_of_id or article.pk
    every: list[Any] = [article, *others]
    found = next((one for one in every if one.pk == root), None)
    for one in every:
        one.older = found is not None and _older(one.live_edition, found.live_edition)
    return found


def _older(translation: Any, original: Any) -> bool:
    """Whether a translation went out before the original that readers have.

    Or after it, and was still made of an edition before that one.
    """
    if translation.published_at < original.published_at:
        return True
    made_of = translation.translates_id
    first = translation.change == Change.FIRST
    return first and made_of is not None and made_of != original.pk
