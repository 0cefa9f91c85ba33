"""Statements that were entered twice: much of one text stands in another."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import DateField, ExpressionWrapper, OuterRef, Q, Value
from django.db.models.functions import Left, Now

from statements.detection import likeness
from statements.models import Article, Edition, User

#: So much of the shorter text in the other, and they are told to be alike.
ALIKE = 0.6
#: A twin has nearly the same title, or a date so many days away and a like beginning.
_TITLE = 0.5
_AWAY = dt.timedelta(days=3)
_BEGINNING = 400
_BEGUN = 0.3
#: Texts that are compared in full, of each of the two sorts.
_COMPARED = 4


@dataclass(frozen=True)
class Twin:
    """A statement much like the one in hand, and how much of it the two share."""

    article: int
    title: str
    dated: dt.date
    shared: float


def find(editions: Sequence[Edition], *, by: User) -> dict[int, list[Twin]]:
    """The statements that each edition is much like, the likest first.

    Only such as ``by`` may read: what is public, and drafts of their desks. Two queries
    for a batch, and the texts of eight others at most for each.
    """
    found: dict[int, list[Twin]] = {edition.pk: [] for edition in editions}
    runs = {edition.pk: likeness.runs(edition.text) for edition in editions}
    asked = [key for key, each in runs.items() if each]
    if not asked:
        return found
    near = {
        pk: {*titled, *begun}
        for pk, titled, begun in Edition.objects.filter(pk__in=asked)
        .annotate(titled=ArraySubquery(_titled(by)), begun=ArraySubquery(_begun(by)))
        .values_list("pk", "titled", "begun")
    }
    others = {
        row["pk"]: (row, likeness.runs(row["text"]))
        for row in Edition.objects.filter(pk__in=set().union(*near.values())).values(
            "pk", "article", "title", "text", "article__dated"
        )
    }
    for key, keys in near.items():
        twins: dict[int, Twin] = {}
        for row, theirs in (others[other] for other in sorted(keys)):
            shared = likeness.shared(runs[key], theirs)
            if shared >= ALIKE:
                twins[row["article"]] = Twin(
                    row["article"], row["title"], row["article__dated"], shared
                )
        found[key] = sorted(twins.values(), key=lambda twin: -twin.shared)
    return found


def _seen(by: User) -> Any:
    """What may be compared: public editions, and those of the person's desks to come.

    Never another edition of the same statement.
    """
    to_come = Q(published_at=None) | Q(published_at__gt=Now())
    return Edition.objects.filter(
        Q(live__contains=Now())
        | to_come & Q(article__in=Article.objects.of_desks(by).values("pk"))
    ).exclude(article=OuterRef("article"))


def _titled(by: User) -> Any:
    return (
        _seen(by)
        .filter(title__trigram_similar=OuterRef("title"))
        .annotate(like=_like("title", OuterRef("title")))
        .filter(like__gte=_TITLE)
        .order_by("-like", "pk")
        .values("pk")[:_COMPARED]
    )


def _begun(by: User) -> Any:
    def away(days: dt.timedelta) -> Any:
        return ExpressionWrapper(
            OuterRef("article__dated") + Value(days), output_field=DateField()
        )

    return (
        _seen(by)
        .filter(article__dated__gte=away(-_AWAY), article__dated__lte=away(_AWAY))
        .annotate(
            like=_like(Left("text", _BEGINNING), Left(OuterRef("text"), _BEGINNING))
        )
        .filter(like__gte=_BEGUN)
        .order_by("-like", "pk")
        .values("pk")[:_COMPARED]
    )


def _like(one: Any, other: Any) -> Any:
    """How many runs of three letters two texts have in common, from 0 to 1."""
    return TrigramSimilarity(one, other)
