"""What each person chose about the desk itself."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from .moments import by


class Preference(models.Model):
    """One choice of one person, as "columns of statements"; without a row, none is.

    ``value`` is checked where it is read: a choice outlives what it was among.
    """

    user = by(null=False)
    name = models.CharField(max_length=60)
    value = models.JSONField(editable=False)

    class Meta:
        db_table = "preference"
        constraints = [
            models.UniqueConstraint(
                fields=["user", "name"], name="preference_is_one_a_name"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="preference_has_a_name"),
        ]

    def __str__(self) -> str:
        return f"{self.name} of {self.user}"
