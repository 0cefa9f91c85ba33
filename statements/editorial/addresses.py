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

NOUN = {
    Article: "article",
    Organization: "organization",
    Post: "post",
    Resolution: "resolution",
    Spokesperson: "spokesperson",
    Tag: "tag",
}


def keep(path: str, **noun: models.Model) -> None:
    """Let ``path`` lead to a noun (``article=…``, ``spokesperson=…``) from now on.

    A path that led elsewhere before leads to the newer owner: it had it last.
    """
    (name,) = noun
    others = {field: None for field in NOUN.values() if field != name}
    FormerAddress.objects.update_or_create(path=path, defaults={**others, **noun})
