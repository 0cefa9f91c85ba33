"""Tags: the only module that knows taggit, so that leaving it stays cheap."""

from __future__ import annotations

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Now
from django.urls import reverse
from taggit.models import ItemBase, TagBase

from .moments import Listed, paired
from .tallies import Tally


class TagQuerySet(models.QuerySet["Tag"]):
    def public(self, at: dt.datetime | None = None) -> Self:
        """Tags listed by hand, or borne by an article that is public."""
        when = Now() if at is None else at
        borne = ArticleTag.objects.filter(
            tag=OuterRef("pk"), content_object__editions__live__contains=when
        )
        return self.filter(Q(listed_at__lte=when) | Exists(borne))

    def counted(self, at: dt.datetime | None = None) -> Self:
        """The same, each with ``count``, its public statements, by the kept counts."""
        return self.annotate(count=Tally.objects.of("t", at)).filter(
            Q(listed_at__lte=Now() if at is None else at) | Q(count__gt=0)
        )


class Tag(Listed, TagBase):
    """A topic."""

    objects = TagQuerySet.as_manager()

    class Meta:
        db_table = "tag"
        ordering = ["name"]
        verbose_name = "topic"
        constraints = paired("tag", "listed")

    def get_absolute_url(self) -> str:
        return reverse("topic", args=[self.slug])


class ArticleTag(ItemBase):
    """A topic of an article, with a foreign key that the database knows."""

    content_object = models.ForeignKey(
        "Article", models.CASCADE, related_name="article_tags"
    )
    tag = models.ForeignKey(
        Tag,
        models.PROTECT,
        related_name="article_tags",
        db_index=False,  # article_tag_new serves
    )
    #: The article's, kept equal by the database: in this order a topic is read.
    dated = models.DateField(editable=False)

    class Meta:
        db_table = "article_tag"
        constraints = [
            models.UniqueConstraint(
                fields=["content_object", "tag"], name="article_bears_a_tag_once"
            )
        ]
        indexes = [
            models.Index(
                F("tag"),
                F("dated").desc(),
                F("content_object").desc(),
                name="article_tag_new",
            )
        ]

    def __str__(self) -> str:
        return f"{self.tag} on {self.content_object}"
