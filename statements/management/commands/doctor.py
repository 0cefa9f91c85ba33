"""Look for what should never be false."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.db import transaction

from statements.editorial import checking
from statements.management.commanding import NewsroomCommand

SHOWN = 10  # faults of a kind told one by one


class Command(NewsroomCommand):
    help = (
        "Check that places hold the words they say, marks agree with quotes, facets "
        "and renderings are right, digests link up and files are there. Changes "
        "nothing without --mend, which writes again what can be derived. Ends with 1 "
        "where anything is wrong."
    )
    examples = """\
  manage.py doctor
  manage.py doctor --mend
"""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--mend",
            action="store_true",
            help="fill facets and draw pages again where they are wrong",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        faults = 0
        with transaction.atomic():
            for check in checking.CHECKS:
                faults += self._look(check, mend=options["mend"])
        if faults:
            raise CommandError(f"{faults} {'fault' if faults == 1 else 'faults'} left.")

    def _look(self, check: checking.Check, *, mend: bool) -> int:
        """Say what one check finds; the number of faults that remain."""
        found = left = check.find()
        mark = f"{len(found)} wrong" if found else "ok"
        if found and mend and check.mend is not None:
            check.mend()
            # Asked again rather than believed.
            left = check.find()
            mark += f", {len(found) - len(left)} mended"
        self.stdout.write(f"{check.sentence:<46} {mark}")
        for line in found[:SHOWN]:
            self.stdout.write(f"    {line}")
        if len(found) > SHOWN:
            self.stdout.write(f"    … and {len(found) - SHOWN} more")
        return len(left)
