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
        "All or nothing; can be run twice."
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
        with self.sentences():
            file = popolo.load(self.read(path), path.name)
            loaded = loading.load_people(file, by=self.user(options))
        nouns = {**loaded.made, **loaded.known}
        for noun in nouns:
            self.stdout.write(
                f"{noun}: {loaded.made.get(noun, 0)} new, "
                f"{loaded.known.get(noun, 0)} known already"
            )
