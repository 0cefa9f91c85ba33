"""What somebody did to many statements at once, as keys, so that it can be undone."""

from __future__ import annotations

import datetime as dt

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from .moments import at as moment
from .moments import by

#: How long a bulk action is offered to be undone: as long as the bin keeps things.
UNDOABLE = dt.timedelta(days=30)


class BulkAction(models.Model):
    """One action on many statements. The database lets only its undoing be written."""

    class Act(models.TextChoices):
        ADD_TOPICS = "add_topics", "Add topics"
        REMOVE_TOPICS = "remove_topics", "Remove topics"
        KIND = "kind", "Change the kind"
        DESK = "desk", "Move to another desk"
        BIN = "bin", "Put in the bin"

    act = models.CharField(max_length=16, choices=Act, editable=False)
    at = models.DateTimeField(db_default=Now(), editable=False)
    by = by(null=False)
    undone_at = moment()

    class Meta:
        db_table = "bulk_action"
        ordering = ["-pk"]
        indexes = [models.Index(fields=["by", "-id"], name="bulk_action_of_user")]

    def __str__(self) -> str:
        return self.get_act_display()

    @property
    def until(self) -> dt.datetime:
        """Until when it may be undone."""
        return self.at + UNDOABLE


class BulkRow(models.Model):
    """What the action did to one statement, as keys: of topics, a kind, a desk.

    ``article`` is the statement's key and no foreign key: a draft that was deleted
    since leaves the row.
    """

    action = models.ForeignKey(
        BulkAction, models.PROTECT, related_name="rows", editable=False
    )
    article = models.BigIntegerField(editable=False)
    before = ArrayField(models.BigIntegerField(), editable=False)
    after = ArrayField(models.BigIntegerField(), editable=False)

    class Meta:
        db_table = "bulk_row"
        constraints = [
            models.UniqueConstraint(
                fields=["action", "article"], name="bulk_row_once_a_statement"
            ),
            models.CheckConstraint(
                condition=~Q(before=models.F("after")),
                name="bulk_row_changes_something",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.article}: {self.before} to {self.after}"
