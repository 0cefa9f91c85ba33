"""Put drafts in the bin, take them out, and delete what lay there for a month."""

from __future__ import annotations

from contextlib import suppress

from django.db.models import QuerySet
from django.db.models.functions import Now

from statements.models import Article, Binned, Edition, User, acting
from statements.models.binned import KEPT

from . import publishing, verbs
from .verbs import NotReady


def put(article: Article, *, by: User) -> Binned:
    """Put a statement that was never public in the bin. Raises NotReady."""
    verbs.demand(by, "delete_article", "You may not delete statements.")
    with acting(by):
        verbs.lock([article.pk])
        publishing.demand_nobody_needs(article)
        if Binned.objects.filter(article=article, edition=None).exists():
            raise NotReady(["The statement is in the bin already."])
        return Binned.objects.create(article=article, by=by)


def put_edition(edition: Edition, *, by: User) -> Binned:
    """Put one draft in the bin, of a statement that keeps another edition."""
    verbs.demand(by, "change_article", "You may not change statements.")
    with acting(by):
        verbs.lock([edition.article_id])
        fresh = Edition.objects.with_bin().select_related("article").get(pk=edition.pk)
        if fresh.frozen:
            raise NotReady(["The edition is scheduled or was published already."])
        if fresh.in_bin:
            raise NotReady(["The edition is in the bin already."])
        others = Edition.objects.kept().filter(article=fresh.article)
        if not others.exclude(pk=fresh.pk).exists():
            raise NotReady(
                ["It is the only edition. Put the statement in the bin instead."]
            )
        return Binned.objects.create(article=fresh.article, edition=fresh, by=by)


def take_out(binned: Binned, *, by: User) -> None:
    """Take a statement or a draft out of the bin: all of it is as it was."""
    if binned.edition_id is None:
        verbs.demand(by, "delete_article", "You may not take statements out.")
    else:
        verbs.demand(by, "change_article", "You may not change statements.")
    with acting(by):
        verbs.lock([binned.article_id])
        if not Binned.objects.filter(pk=binned.pk).delete()[0]:
            raise NotReady(["It is not in the bin any more."])


def of_edition(edition: Edition) -> Binned | None:
    """Why an edition is hidden: its statement's row first, or its own."""
    rows = Binned.objects.filter(article=edition.article_id).select_related("by")
    own = {row.edition_id: row for row in rows}
    return own.get(None) or own.get(edition.pk)


def lying(user: User) -> QuerySet[Binned]:
    """What lies in the bin of the statements whose drafts somebody may read."""
    return (
        Binned.objects.filter(article__in=Article.objects.readable(user).values("pk"))
        .select_related("by", "edition", "article__kind")
        .defer("edition__body", "edition__text", "edition__record")
        .order_by("-at", "-pk")
    )


def empty(*, by: User) -> int:
    """Delete what lay in the bin for thirty days; how many statements and drafts.

    Drafts come first, for a statement takes its own along.
    """
    gone = 0
    old = Binned.objects.filter(at__lt=Now() - KEPT).order_by("-edition", "pk")
    for binned in old.select_related("article", "edition"):
        # What another statement has come to need stays, and is looked at again.
        with suppress(NotReady), acting(by, "Thirty days in the bin"):
            verbs.lock([binned.article_id])
            if not Binned.objects.filter(pk=binned.pk).exists():
                # Taken out meanwhile, or gone with its statement.
                continue
            if binned.edition is None:
                publishing.discard(binned.article, by=by)
            else:
                publishing.discard_edition(binned.edition, by=by)
            gone += 1
    return gone
