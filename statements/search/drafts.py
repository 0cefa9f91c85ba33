"""Quotes that readers do not have yet, for those who may read the drafts."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Now

from statements.models import Article, Edition, Quote, User
from statements.models.quotes import QuoteQuerySet

#: Who may read drafts at all; whose, their desks say.
RIGHT = "view_edition"


def of(user: User) -> QuoteQuerySet:
    """Unpublished quotes of somebody's desks, in the newest edition of each statement.

    Without what lies in the bin, what lost its place in the text, and what readers
    have already in the same words.
    """
    if not user.may(RIGHT):
        return Quote.objects.none()
    ahead = Edition.objects.kept().filter(
        Q(published_at=None) | Q(published_at__gt=Now())
    )
    newer = ahead.filter(article=OuterRef("article"), number__gt=OuterRef("number"))
    editions = ahead.filter(
        ~Exists(newer), article__in=Article.objects.of_desks(user).values("pk")
    )
    public = Quote.objects.public().filter(
        permalink=OuterRef("permalink"), text=OuterRef("text")
    )
    return Quote.objects.filter(
        ~Exists(public), edition__in=editions.values("pk"), start__isnull=False
    )
