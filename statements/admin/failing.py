"""Failing checks: what stands against one's own drafts, before anybody submits them.

Each draft is read whole and its quotes detected for that, so My desk asks for it only
where somebody wants to know: its address says ``?check=drafts``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import (
    DateTimeField,
    Max,
    OuterRef,
    Prefetch,
    QuerySet,
    Subquery,
)
from django.db.models.functions import Greatest
from django.http import HttpRequest

from statements.editorial import verbs
from statements.editorial.reasons import Reason, judge_many
from statements.models import Article, Edition, EditionBase

from .queues import Item, Queue, about, mine, way
from .standing import counted

NAME, TITLE = "failing", "Failing checks"
#: What the address of My desk carries that judges the drafts.
ASKED = {"check": "drafts"}
#: As many drafts are judged, those that were worked on last: each is read whole.
JUDGED = 20
#: What every draft fails until a colleague has read it is no failing of its own.
_STILL_TO_COME = frozenset({"review"})


def failing(user: Any) -> Queue:
    """One's own drafts that something stands against, the latest worked on first.

    Fourteen queries whatever their number, and detection of each.
    """
    drafts = _latest(user)
    judged = judge_many(
        drafts,
        before={edition.article_id: _out(edition) for edition in drafts},
        now=verbs.clock(),
    )
    items = []
    for edition in drafts:
        found = [
            reason
            for reason in judged[edition.pk].against
            if reason.rule not in _STILL_TO_COME
        ]
        if found:
            items.append(
                Item(
                    title=edition.title,
                    url=way(edition, "check", NAME),
                    about=about(edition),
                    verb="worked on",
                    since=edition.worked_on,  # type: ignore[attr-defined]
                    note=_told(found),
                )
            )
    return Queue(title=TITLE, count=len(items), items=items, name=NAME)


def asked(request: HttpRequest) -> bool:
    return all(request.GET.get(name) == value for name, value in ASKED.items())


def own_drafts(user: Any) -> QuerySet[Edition]:
    """The drafts that a person wrote in, of desks that are theirs."""
    return Edition.objects.kept().filter(
        mine(user),
        published_at=None,
        article__in=Article.objects.of_desks(user).values("pk"),
    )


def _latest(user: Any) -> list[Edition]:
    last_saved = (
        EditionBase.objects.filter(edition=OuterRef("pk"))
        .order_by()
        .values("edition")
        .annotate(last=Max("replaced_at"))
        .values("last")
    )
    out = Edition.objects.filter(published_at__lte=verbs.clock()).only(
        "pk", "number", "article_id", "published_at"
    )
    return list(
        own_drafts(user)
        .select_related("article__kind", "created_by")
        .prefetch_related(
            Prefetch("article__editions", out.order_by("-published_at"), to_attr="out")
        )
        .defer("record")
        .annotate(
            worked_on=Greatest(
                "created_at",
                "submitted_at",
                "returned_at",
                Subquery(last_saved, output_field=DateTimeField()),
            )
        )
        .order_by("-worked_on", "-pk")[:JUDGED]
    )


def _out(edition: Edition) -> Edition | None:
    """The edition that readers have of the statement now, or had last."""
    out: list[Edition] = edition.article.out  # type: ignore[attr-defined]
    return out[0] if out else None


def _told(found: Sequence[Reason]) -> str:
    first, *others = found
    if not others:
        return first.sentence
    return f"{first.sentence} And {counted(len(others), 'reason')} more."
