"""Load and publish whole statements."""

import time
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from statements.editorial import loading
from statements.exchange import statements
from statements.management.commanding import NewsroomCommand


class Command(NewsroomCommand):
    help = (
        "Load and publish statements from a JSON-lines file: id, source, publisher, "
        "url, date, title, byline, text. Quotes become public where the speaker is "
        "known and the engine is sure; the rest waits. All or nothing; run again, it "
        "leaves alone what is known by day, title and text."
    )
    examples = """\
  manage.py load_statements archive.jsonl.gz
  manage.py load_statements archive.jsonl --by petra
"""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE.jsonl[.gz]")
        self.add_by(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        by = self.user(options)
        began = time.monotonic()
        with self.sentences(path.name):
            rows = statements.load(self.read(path, statements.MAX_FILE), path.name)
            with self.progress("Statements", len(rows)) as advance:
                loaded = loading.load_statements(
                    rows,
                    by=by,
                    reason=f"Imported from {path.name}.",
                    progress=advance,
                )
        seconds = time.monotonic() - began
        self.stdout.write(
            f"statements: {loaded.statements} published, {loaded.known} known already\n"
            f"quotes: {loaded.quotes} found, {loaded.public} public, "
            f"{loaded.waiting} waiting\n"
            f"citations: {loaded.citations} resolved, "
            f"{loaded.citations_waiting} waiting\n"
            f"seconds: {seconds:.1f}"
        )
