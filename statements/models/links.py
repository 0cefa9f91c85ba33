"""Links by which somebody without an account reads one edition before it is public."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.urls import reverse

from .articles import Edition
from .moments import at as moment
from .moments import by, paired


class PreviewLink(models.Model):
    """One person's way to one edition; the token itself is kept nowhere.

    ``asks``: whether the person is asked for clearance, to approve or to object.
    """

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="links")
    name = models.CharField("who it is for", max_length=120)
    asks = models.BooleanField(default=False)
    token_sha256 = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    created_by = by(null=False)
    expires_at = models.DateTimeField()
    revoked_at = moment()
    revoked_by = by()
    opened_at = moment(help_text="When it was first opened.")

    class Meta:
        db_table = "preview_link"
        ordering = ["-pk"]
        constraints = [
            *paired("preview_link", "revoked"),
            models.CheckConstraint(
                condition=~Q(name=""), name="preview_link_is_for_somebody"
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("created_at")),
                name="preview_link_expires_after_it_was_made",
            ),
        ]

    def __str__(self) -> str:
        return f"Link for {self.name}"

    def open_at(self, now: dt.datetime) -> bool:
        """Whether it leads anywhere at a moment."""
        return self.revoked_at is None and now < self.expires_at

    @staticmethod
    def address(token: str) -> str:
        """The path that the person is sent."""
        return reverse("preview", args=[token])


class Clearance(models.Model):
    """What a named official answered: of exactly the text that bears ``digest``."""

    class Answer(models.TextChoices):
        APPROVE = "approve", "Approves"
        OBJECT = "object", "Objects"

    link = models.ForeignKey(PreviewLink, models.CASCADE, related_name="answers")
    answer = models.CharField(max_length=8, choices=Answer)
    remark = models.TextField(blank=True)
    digest = models.CharField(max_length=64, editable=False)
    at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        db_table = "clearance"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(answer="object") | ~Q(remark=""),
                name="clearance_objection_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(digest=""), name="clearance_is_of_a_text"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.link.name} {self.get_answer_display().lower()}"
