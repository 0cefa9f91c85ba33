"""Load resolutions."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from statements.editorial import loading
from statements.exchange import undl
from statements.management.commanding import NewsroomCommand


class Command(NewsroomCommand):
    help = (
        "Load resolutions of the Security Council from a CSV file with the columns "
        f"{', '.join(undl.COLUMNS)}. All or nothing; run again, it brings up to date "
        "what changed and makes nothing twice."
    )
    examples = """\
  manage.py load_resolutions resolutions.csv
  manage.py load_resolutions resolutions.csv --by stefan
"""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE.csv")
        self.add_by(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        by = self.user(options)
        with self.sentences(path.name):
            rows = undl.load(self.read(path), path.name)
            with self.progress("Resolutions", len(rows)) as advance:
                loaded = loading.load_resolutions(rows, by=by, progress=advance)
        self.show_counts(loaded.made, loaded.known)
        for row in rows:
            if row.note:
                self.stdout.write(f"note on {row.symbol}: {row.note}")
