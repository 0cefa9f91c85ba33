"""Keep former addresses leading on."""

from __future__ import annotations

from django.db import models

from statements.models import (
    Article,
    FormerAddress,
    Organization,
    Post,
    Resolution,
    Spokesperson,
    Tag,
)

NOUN: dict[type[models.Model], str] = {
    Article: "article",
    Organization: "organization",
    Post: "post",
    Resolution: "resolution",
    Spokesperson: "spokesperson",
    Tag: "tag",
}


def keep(path: str, noun: models.Model) -> None:
    """Let ``path`` lead to a noun, an article or a row of the catalogue, from now on.

    A path that led elsewhere before leads to the newer owner: it had it last.
    """
    owner: dict[str, models.Model | None] = dict.fromkeys(NOUN.values())
    owner[NOUN[type(noun)]] = noun
    FormerAddress.objects.update_or_create(path=path, defaults=owner)
