"""Fill a new Newsroom with a country that does not exist."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser
from rich.table import Table

from statements.management.commanding import NewsroomCommand
from statements.management.demo import STATEMENTS, stage
from statements.models import Article, User


class Command(NewsroomCommand):
    help = (
        "Load the demo: thirty statements of the invented country of Vallorn, its "
        "spokespersons and their changing offices, and four accounts to sign in with. "
        "Does nothing where statements exist already; refuses a database that is not "
        "the embedded one."
    )
    examples = """\
  manage.py demo
  manage.py demo --if-empty     where there are statements, say who may sign in
"""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--if-empty",
            action="store_true",
            help="load it into a new Newsroom only, and else say who may sign in",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.LOCAL:
            # Its accounts have a password that everybody can read.
            raise CommandError(
                "The demo is for the embedded database only. Unset DATABASE_URL."
            )
        if Article.objects.exists():
            if options["if_empty"]:
                self._reminder()
            else:
                self.stdout.write("There are statements already; the demo adds none.")
                self._logins()
            return
        with (
            self.sentences(),
            self.progress("Demo", len(STATEMENTS)) as advance,
        ):
            stage.fill(advance)
        self.stdout.write(
            f"The demo is loaded: {Article.objects.count()} statements, "
            f"{Article.objects.published().count()} of them public."
        )
        self._logins()

    def _reminder(self) -> None:
        """Say it in a line, for every start after the first; nothing without a demo.

        One password stands for all: each check costs a third of a second on purpose.
        """
        names = [username for username, *_ in stage.STAFF]
        user = User.objects.filter(username=names[0]).first()
        if user is not None and user.check_password(stage.PASSWORD):
            self.stdout.write(
                f"Sign in at /admin/ as {', '.join(names[:-1])} or {names[-1]}, with "
                f"the password {stage.PASSWORD}."
            )

    def _logins(self) -> None:
        """Tell who of the demo can sign in, while the password is the demo's."""
        users = {user.username: user for user in User.objects.all()}
        table = Table("user name", "password", "role", title="Sign in at /admin/ as")
        for username, _, _, role in stage.STAFF:
            user = users.get(username)
            if user is not None and user.check_password(stage.PASSWORD):
                table.add_row(username, stage.PASSWORD, role)
        if table.row_count:
            self.show(table)
