"""Look for what should never be false."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandError

from statements.editorial import checking
from statements.management.commanding import NewsroomCommand


class Command(NewsroomCommand):
    help = (
        "Check that places hold the words they say, marks agree with quotes, facets "
        "and renderings are right, digests link up and files are there. Changes "
        "nothing without --mend, which draws again what can be derived."
    )
    examples = """\
  manage.py doctor
  manage.py doctor --mend
"""

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument(
            "--mend",
            action="store_true",
            help="fill facets and draw pages again where they are wrong",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        faults = 0
        for check in checking.CHECKS:
            found = check.find()
            mended = 0
            if found and options["mend"] and check.mend is not None:
                mended = check.mend()
            mark = "ok" if not found else f"{len(found)} wrong"
            if mended:
                mark += f", {mended} mended"
            self.stdout.write(f"{check.sentence:<62} {mark}")
            for line in found[:10]:
                self.stdout.write(f"    {line}")
            faults += 0 if mended else len(found)
        if faults:
            raise CommandError(f"{faults} faults found.")
