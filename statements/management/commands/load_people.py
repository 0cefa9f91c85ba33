"""Load spokespersons, organisations and posts."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from statements.editorial import loading
from statements.exchange import popolo
from statements.management.commanding import NewsroomCommand


class Command(NewsroomCommand):
    help = (
        "Load persons, organisations, posts and memberships from a Popolo JSON file. "
        "All or nothing; run again, it adds what is new and leaves the rest alone."
    )
    examples = """\
  manage.py load_people people.json
  manage.py load_people people.json --by stefan
"""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE.json")
        self.add_by(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        by = self.user(options)
        with self.sentences(path.name):
            file = popolo.load(self.read(path), path.name)
            total = len(file.persons) + len(file.memberships)
            with self.progress("People and offices", total) as advance:
                loaded = loading.load_people(file, by=by, progress=advance)
        self.show_counts(loaded.made, loaded.known)
