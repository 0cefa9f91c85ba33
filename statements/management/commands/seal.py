"""Seal what was published; the digest is to be kept elsewhere."""

from __future__ import annotations

from typing import Any

from statements.editorial import sealing
from statements.management.commanding import NewsroomCommand


class Command(NewsroomCommand):
    help = (
        "Seal what was published, ended or was redacted since the last seal, and print "
        "its number and digest in one line. Keep that line where whoever runs the "
        "database cannot rewrite it: verify_record asks for it. Says so if nothing is "
        "new, so it may run at any time; once a night is meant."
    )
    examples = """\
  manage.py seal
  manage.py seal | mail -s "Newsroom seal" archive@statements.example
"""

    def handle(self, *args: Any, **options: Any) -> None:
        taken = 0
        while (seal := sealing.take()) is not None:
            taken += 1
            count = len(seal.entries)
            self.stdout.write(
                f"{seal.number}:{seal.digest}  {seal.at:%Y-%m-%d %H:%M} UTC, {count:,} "
                f"{'edition' if count == 1 else 'editions'}"
            )
        if not taken:
            self.stdout.write("Nothing is new since the last seal.")
