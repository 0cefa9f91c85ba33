"""Remove words by law, as the owner of the tables."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import CommandError, CommandParser

from statements.editorial import addresses, redacting
from statements.management.commanding import NewsroomCommand


class Command(NewsroomCommand):
    help = (
        "Remove a statement's words, or exact words of it, from every edition, quote, "
        "file, record and trace, for ever. Only the owner of the tables can. What "
        "remains says that words were removed by law, on which day, and to colleagues "
        "by whom and why; addresses answer as before, and the record still verifies. "
        "Backups keep the words until they expire: see docs/operators.md."
    )
    examples = """\
  manage.py redact /statements/2026/03/02/the-ferries-will-sail/ --by ada \\
      --reason "Order 12/26 of the court of Harrowmere"
  manage.py redact 17 --words "left the room" --by ada --reason "Order 12/26"
"""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "statement",
            metavar="ADDRESS_OR_ID",
            help="address of the statement, or its number in the admin's addresses",
        )
        parser.add_argument(
            "--reason", required=True, help="why; colleagues read it, readers do not"
        )
        parser.add_argument(
            "--by",
            metavar="USER",
            required=True,
            help="user name of who is recorded as doing it",
        )
        parser.add_argument(
            "--words",
            default="",
            metavar="WORDS",
            help="only these words, in any case, wherever they stand in the statement; "
            "files are then left as they are (default: everything)",
        )
        parser.add_argument("--yes", action="store_true", help="do not ask again")

    def handle(self, *args: Any, **options: Any) -> None:
        with self.sentences():
            # First, for another role may not even read the accounts.
            redacting.demand_owner()
            by = self.user(options)
            article = addresses.statement(options["statement"])
            if not options["yes"]:
                self._ask(article.pk, whole=not options["words"])
            removed = redacting.redact(
                article, by=by, reason=options["reason"], words=options["words"]
            )
        if removed is None:
            self.stdout.write(
                f"Statement {article.pk}: the words are already removed, or never "
                "stood there."
            )
            return
        self.stdout.write(
            f"Statement {article.pk}: words removed from {removed.editions} "
            f"{'edition' if removed.editions == 1 else 'editions'}, "
            f"{removed.files} {'file' if removed.files == 1 else 'files'} deleted."
        )
        for key in removed.shared:
            self.stdout.write(f"File {key} stays: it is shown elsewhere too.")
        self.stdout.write(
            "Take a seal now, and let backups that hold the words expire."
        )

    def _ask(self, key: int, *, whole: bool) -> None:
        if not sys.stdin.isatty():
            raise CommandError("Nobody is there to be asked. Give --yes to go on.")
        what = "All words" if whole else "These words"
        answer = input(
            f"{what} of statement {key} will be removed for ever. Type its number to "
            "go on: "
        )
        if answer.strip() != str(key):
            raise CommandError("Nothing was removed.")
