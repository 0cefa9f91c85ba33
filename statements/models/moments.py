"""A moment and who made it: the pairs of fields that stand in most tables."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q


def by(related_name: str = "+", **options: Any) -> models.ForeignKey:
    """The person beside a moment. Accounts are never deleted, only deactivated."""
    options = {"null": True, "blank": True, "editable": False, **options}
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name=related_name, **options
    )


def at(**options: Any) -> models.DateTimeField:
    return models.DateTimeField(
        **{"null": True, "blank": True, "editable": False, **options}
    )


def paired(table: str, *names: str) -> list[models.CheckConstraint]:
    """Constraints that say: a moment and its person are both known, or neither."""
    return [
        models.CheckConstraint(
            condition=Q(**{f"{name}_at__isnull": True, f"{name}_by__isnull": True})
            | Q(**{f"{name}_at__isnull": False, f"{name}_by__isnull": False}),
            name=f"{table}_{name}_at_with_by",
        )
        for name in names
    ]


class Listed(models.Model):
    """A catalogue row that somebody may show to the public by hand.

    Otherwise it shows when something public names it: see ``public`` of each.
    """

    listed_at = at(help_text="Shown to the public even before a statement names it.")
    listed_by = by()

    class Meta:
        abstract = True
