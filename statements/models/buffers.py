"""What is typed and not saved, who has an edition open, and what a save replaced."""

from __future__ import annotations

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from .articles import Edition
from .moments import at, by


class DraftBuffer(models.Model):
    """The unsaved words of one open page: seen by its own user, and no edition.

    Two windows of one person have a row each, so that neither writes over the other.
    ``values`` are the form's fields as they were typed; ``turn`` grows with each
    keeping, so that one that comes late changes nothing. A row is ``closed`` when its
    page was saved: its words are gone then, and it only refuses those who come late.
    """

    user = by(null=False)
    edition = models.ForeignKey(
        Edition, models.CASCADE, related_name="buffers", null=True, editable=False
    )
    page = models.CharField(
        max_length=32, validators=[RegexValidator(r"^[0-9a-f]{32}\Z")]
    )
    values = models.JSONField(default=dict, editable=False)
    lock_version = models.PositiveIntegerField(null=True, editable=False)
    turn = models.BigIntegerField(default=0, editable=False)
    saved_at = models.DateTimeField(db_default=Now(), editable=False)
    closed_at = at()

    class Meta:
        db_table = "draft_buffer"
        constraints = [
            models.UniqueConstraint(
                fields=["user", "edition", "page"],
                nulls_distinct=False,
                name="draft_buffer_is_one_a_page",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(values={}),
                name="draft_buffer_closed_has_no_words",
            ),
        ]

    def __str__(self) -> str:
        return f"unsaved words of {self.user}"


class Presence(models.Model):
    """Somebody has an edition open; gone after a minute of silence."""

    user = by(null=False)
    edition = models.ForeignKey(
        Edition, models.CASCADE, related_name="present", editable=False
    )
    since = models.DateTimeField(db_default=Now(), editable=False)
    seen_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        db_table = "presence"
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "user"], name="presence_is_one_a_person"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} in {self.edition}"


class EditionBase(models.Model):
    """The words that a save replaced, so that a page drawn before can be merged.

    The database writes it whenever an edition's ``lock_version`` moves on.
    """

    edition = models.ForeignKey(
        Edition, models.CASCADE, related_name="bases", editable=False
    )
    lock_version = models.PositiveIntegerField(editable=False)
    words = models.JSONField(editable=False)
    replaced_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        db_table = "edition_base"
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "lock_version"], name="edition_base_is_one_a_version"
            )
        ]

    def __str__(self) -> str:
        return f"{self.edition} before version {self.lock_version + 1}"
