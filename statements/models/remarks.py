"""What colleagues remark on words of a draft, and what is answered to it."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import F, OuterRef, Q
from django.db.models.functions import JSONObject, Now

from .articles import Edition
from .moments import at as moment
from .moments import by as person
from .moments import paired


class RemarkQuerySet(models.QuerySet["Remark"]):
    def told(self) -> Any:
        """The remarks of an edition as one expression: a list of dictionaries.

        To be annotated on editions, so that a page has them without a query more.
        Remarks come in the order of the text, those whose words are gone last; answers
        among them in the order in which they were given.
        """
        names = ("first_name", "last_name", "username")
        return ArraySubquery(
            self.filter(edition=OuterRef("pk"))
            .order_by(F("start").asc(nulls_last=True), "pk")
            .values(
                row=JSONObject(
                    **{
                        name: name
                        for name in (
                            "id",
                            "parent_id",
                            "start",
                            "end",
                            "words",
                            "body",
                            "at",
                            "resolved_at",
                        )
                    },
                    **{f"by_{name}": f"by__{name}" for name in names},
                    **{f"resolved_by_{name}": f"resolved_by__{name}" for name in names},
                )
            )
        )


class Remark(models.Model):
    """Words about words of a draft, or an answer to such a remark.

    ``start`` and ``end`` count code points in the edition's plain text and follow the
    words when it changes; both are empty once the words are gone. ``words`` are those
    that were remarked on, with a little of what stood around them, and stay as they
    were. An answer has no place of its own.
    """

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="remarks")
    parent = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="answers"
    )
    start = models.PositiveIntegerField(null=True, blank=True, editable=False)
    end = models.PositiveIntegerField(null=True, blank=True, editable=False)
    words = models.TextField(blank=True, editable=False)
    prefix = models.CharField(max_length=64, blank=True, editable=False)
    suffix = models.CharField(max_length=64, blank=True, editable=False)
    body = models.TextField()
    at = models.DateTimeField(db_default=Now(), editable=False)
    by = person(null=False)
    resolved_at = moment()
    resolved_by = person()

    objects = RemarkQuerySet.as_manager()

    class Meta:
        db_table = "remark"
        ordering = ["pk"]
        constraints = [
            *paired("remark", "resolved"),
            models.CheckConstraint(
                condition=Q(start=None, end=None)
                | Q(start__isnull=False, end__isnull=False, start__lt=F("end")),
                name="remark_place_holds_a_word",
            ),
            models.CheckConstraint(
                condition=(Q(parent=None) & ~Q(words=""))
                | Q(
                    parent__isnull=False,
                    words="",
                    prefix="",
                    suffix="",
                    start=None,
                    resolved_at=None,
                ),
                name="remark_is_about_words_or_answers",
            ),
            models.CheckConstraint(condition=~Q(body=""), name="remark_says_something"),
        ]

    def __str__(self) -> str:
        return f"{self.by}: {self.body[:60]}"
