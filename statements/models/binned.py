"""The bin for drafts: what was never public is kept a while before it is deleted."""

import datetime as dt

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from .articles import Article, Edition
from .moments import by

#: How long the bin keeps what is put there.
KEPT = dt.timedelta(days=30)


class Binned(models.Model):
    """A statement in the bin, or, where ``edition`` is named, one draft of it.

    Taken out, the row is gone and all is as it was. The database refuses to submit,
    approve or publish what is here, and to put here what readers had or will have.
    """

    article = models.ForeignKey(
        Article, models.CASCADE, related_name="binned", editable=False
    )
    edition = models.OneToOneField(
        Edition, models.CASCADE, related_name="binned", null=True, editable=False
    )
    at = models.DateTimeField(db_default=Now(), editable=False)
    by = by(null=False)

    class Meta:
        db_table = "binned"
        constraints = [
            models.UniqueConstraint(
                fields=["article"],
                condition=Q(edition=None),
                name="binned_statement_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.edition or self.article} in the bin"

    @property
    def until(self) -> dt.datetime:
        """When it may be deleted."""
        return self.at + KEPT
