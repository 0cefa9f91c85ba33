"""Find what was changed behind the guards."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.db import connection, transaction

from statements.editorial import recording
from statements.management.commanding import NewsroomCommand
from statements.models import Seal

_KEPT = re.compile(r"([1-9][0-9]{0,8}):([0-9a-f]{64})(?!\S)")


class Command(NewsroomCommand):
    help = (
        "Compare every published edition with the record that was written when it went "
        "out, the records with their digests, each edition with the one before it, and "
        "all with the seals. Names each edition that differs, never its words, and "
        "ends with 1 then. With --seal, a digest kept elsewhere shows whether all "
        "seals were written anew; with --files, the stored files are read too."
    )
    examples = """\
  manage.py verify_record
  manage.py verify_record --files
  manage.py verify_record --seal "$(cat seal.txt)"
"""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--seal",
            metavar="N:DIGEST",
            help="number and digest of a seal, as manage.py seal printed them",
        )
        parser.add_argument(
            "--files", action="store_true", help="read every file that was published"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        kept = self._kept(options["seal"])
        with _at_one_moment():
            editions, wrong = recording.published(), 0
            seals = Seal.objects.count()
            wrong += self._look("Editions", editions, recording.editions())
            wrong += self._look("Seals", seals, recording.seals(kept))
            if options["files"]:
                files = recording.shown_files().count()
                wrong += self._look("Files", files, recording.files())
            for line in recording.redacted():
                self.stdout.write(line)
        if wrong:
            raise CommandError(
                f"{wrong:,} {'difference' if wrong == 1 else 'differences'} found. "
                "Somebody changed what was published, or restored half of it: compare "
                "with a backup, and keep both."
            )
        looked = f"{_count(editions, 'edition')}, {_count(seals, 'seal')}"
        if options["files"]:
            looked += f", {_count(files, 'file')}"
        self.stdout.write(f"{looked}: all as they were published.")

    def _look(
        self, words: str, total: int, found: Iterator[list[recording.Difference]]
    ) -> int:
        wrong = 0
        with self.progress(words, total) as advance:
            for differences in found:
                for difference in differences:
                    self.stdout.write(str(difference))
                wrong += len(differences)
                advance(1)
        return wrong

    def _kept(self, given: str | None) -> tuple[int, str] | None:
        if given is None:
            return None
        # The whole line may be given: what follows the digest is for people.
        match = _KEPT.match(given.strip().lower())
        if match is None:
            raise CommandError(
                "Give the seal as it was printed: its number, a colon, and 64 digits "
                "and letters."
            )
        return int(match[1]), match[2]


@contextmanager
def _at_one_moment() -> Iterator[None]:
    """What is published meanwhile is looked at next time."""
    within = connection.in_atomic_block
    with transaction.atomic():
        if not within:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
