"""Delete what is kept for a while only; gather anew what the search suggests."""

from __future__ import annotations

from typing import Any

from statements.editorial import binning, buffers, posting, wording
from statements.management.commanding import NewsroomCommand
from statements.models import User


class Command(NewsroomCommand):
    help = (
        "Delete what is kept for a while only: texts that were typed and not saved, "
        "words that a save replaced, and notes that a form was sent, thirty days after "
        "they were written; pages that were saved, a day after; statements and drafts "
        "that lay in the bin for thirty days; signs that somebody has a page open, "
        "after a minute; letters thirty days after they were sent or given up, and "
        "those that nobody could be sent for ninety. Gather the words of public "
        "quotes, by which the search asks whether another word was meant. May run at "
        "any time; once a day is meant."
    )
    examples = """\
  manage.py housekeeping
"""

    def handle(self, *args: Any, **options: Any) -> None:
        gone = buffers.tidy()
        gone["drafts from the bin"] = binning.empty(by=User.objects.system())
        gone["letters"] = posting.tidy()
        told = ", ".join(f"{count:,} {name}" for name, count in gone.items())
        self.stdout.write(f"Deleted: {told}.")
        self.stdout.write(f"Gathered: {wording.gather():,} words of public quotes.")
