"""A second pair of eyes after the fact: what went out without one is read later."""

from django.db import models
from django.db.models.functions import Now

from .articles import Edition
from .moments import by


class LateApproval(models.Model):
    """Somebody else read an edition that was published without a review.

    The edition itself stays as it went out, its reason with it; until this row is
    there, the desk marks it.
    """

    edition = models.OneToOneField(
        Edition, models.PROTECT, related_name="late_approval"
    )
    at = models.DateTimeField(db_default=Now(), editable=False)
    by = by(null=False)

    class Meta:
        db_table = "late_approval"

    def __str__(self) -> str:
        return f"{self.by} on {self.edition}"
