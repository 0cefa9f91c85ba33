"""Seals: one digest, kept elsewhere, over all that was ever published."""

from django.db import models


class Seal(models.Model):
    """What was public at a moment and not yet sealed; its digest holds the former one.

    ``entries`` has one for each edition that went out, ended or was redacted since it
    was last sealed: its keys, digest, moments and the SHA-256 of its files. The
    database makes them (``public.unsealed``), and takes no seal that says otherwise.
    """

    number = models.PositiveIntegerField(primary_key=True)
    at = models.DateTimeField()
    previous_digest = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64)
    entries = models.JSONField()

    class Meta:
        db_table = "seal"
        ordering = ["number"]

    def __str__(self) -> str:
        return f"Seal {self.number}"
