"""Notices of what happened to a statement: letters, and how each wants them."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q

from .articles import Edition
from .moments import at as moment


class Notice(models.TextChoices):
    """What a letter is about."""

    SUBMITTED = "submitted", "Submitted for review"
    RETURNED = "returned", "Returned to its authors"
    REMARK = "remark", "Remarked on, or a remark answered"
    APPROVED = "approved", "Approved"
    SCHEDULED = "scheduled", "Scheduled"
    PUBLISHED = "published", "Published"
    CORRECTED = "corrected", "Corrected in public"
    WITHDRAWN = "withdrawn", "Withdrawn"
    ANSWERED = "answered", "Answered by an official"


class Wish(models.TextChoices):
    """How somebody wants to hear of it."""

    ONCE = "once", "At once"
    DIGEST = "digest", "Daily digest"
    NEVER = "never", "Not at all"


class Mailbox(models.Model):
    """How one person wants to be told. What is not chosen is as usual.

    A sender holds this row while it sends to the person, so that two never do.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        primary_key=True,
        related_name="mailbox",
        editable=False,
    )
    wishes = models.JSONField(default=dict, blank=True, editable=False)
    hour = models.PositiveSmallIntegerField(
        "hour of the digest", default=8, validators=[MaxValueValidator(23)]
    )

    class Meta:
        db_table = "mailbox"
        verbose_name_plural = "mailboxes"
        constraints = [
            models.CheckConstraint(
                condition=Q(hour__lte=23), name="mailbox_hour_is_of_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"Mailbox of {self.user}"


class Letter(models.Model):
    """One notice to one person, written in the transaction of what it tells of.

    It names rows by their keys and holds no word of a statement and no address: what
    may be said, and where to, is decided when it is sent. ``at`` is the moment of what
    happened, which may lie ahead; ``due_at`` is when to send it, or to try again.
    """

    class End(models.TextChoices):
        SENT = "sent", "Sent"
        DROPPED = "dropped", "Not wanted, or not to be told, any more"
        FAILED = "failed", "Given up"

    box = models.ForeignKey(
        Mailbox, models.CASCADE, related_name="letters", editable=False
    )
    kind = models.CharField(max_length=12, choices=Notice, editable=False)
    # A draft is emptied from the bin whoever was told of it.
    edition = models.ForeignKey(
        Edition, models.CASCADE, related_name="letters", editable=False
    )
    at = models.DateTimeField(editable=False)
    due_at = models.DateTimeField(editable=False)
    tries = models.PositiveSmallIntegerField(default=0, editable=False)
    ended_at = moment()
    end = models.CharField(max_length=8, choices=End, blank=True, editable=False)
    problem = models.CharField(max_length=80, blank=True, editable=False)

    class Meta:
        db_table = "letter"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at=None, end="")
                | (Q(ended_at__isnull=False) & ~Q(end="")),
                name="letter_waits_or_has_an_end",
            ),
            models.CheckConstraint(
                condition=~Q(end="failed") | ~Q(problem=""),
                name="letter_given_up_says_why",
            ),
        ]
        indexes = [
            models.Index(
                fields=["box", "due_at"],
                condition=Q(ended_at=None),
                name="letter_waiting",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, to {self.box.user}"
