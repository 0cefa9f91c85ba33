"""The embedded PostgreSQL from the command line, and the roles of any database."""

import argparse
import os
import signal
import subprocess
from pathlib import Path
from typing import IO, Any, cast

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import (
    BaseCommand,
    CommandError,
    CommandParser,
    DjangoHelpFormatter,
)
from django.db import Error, connection, transaction
from rich.console import Console
from rich.table import Table

from newsroom import roles
from newsroom.database import Cluster
from newsroom.places import ClusterError

EXAMPLES = """examples:
  manage.py db start                      start the embedded server, if none runs
  manage.py db start --migrate            the same, and bring the tables up to date
  manage.py db status                     where it lies, since when it runs
  manage.py db shell                      psql, with the right parameters
  manage.py db shell -- -c "select 1"     what follows -- goes to psql
  manage.py db roles                      create the three roles, show their rights
  manage.py db stop                       stop it; the data stays
"""

NOT_OURS = (
    "DATABASE_URL names a server that Newsroom did not start, so it is not ours to {}. "
    "Use the tools of that server, or unset DATABASE_URL."
)


class Formatter(DjangoHelpFormatter, argparse.RawDescriptionHelpFormatter):
    """Django's order of the options, and the examples as they are written."""


class Command(BaseCommand):
    help = "Start, stop, look at and open the database; set up its roles."
    requires_system_checks: list[str] = []

    def create_parser(
        self, prog_name: str, subcommand: str, **kwargs: Any
    ) -> CommandParser:
        return super().create_parser(
            prog_name,
            subcommand,
            epilog=EXAMPLES,
            formatter_class=Formatter,
            **kwargs,
        )

    def add_arguments(self, parser: CommandParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
        start = actions.add_parser("start", help="start the embedded server")
        start.add_argument(
            "--migrate", action="store_true", help="and bring its tables up to date"
        )
        actions.add_parser("stop", help="stop the embedded server; the data stays")
        actions.add_parser("status", help="say whether it runs, and where it lies")
        shell = actions.add_parser("shell", help="open psql on the database")
        shell.add_argument("arguments", nargs="*", help="after --: arguments for psql")
        actions.add_parser("roles", help="create or mend the three roles, show them")

    def handle(self, *args: Any, action: str, **options: Any) -> None:
        try:
            getattr(self, action)(**options)
        except ClusterError as error:
            raise CommandError(str(error)) from error

    def cluster(self, verb: str) -> Cluster:
        """The embedded server, or a sentence on why there is none."""
        var = connection.settings_dict.get("EMBEDDED")
        if not var:
            raise CommandError(NOT_OURS.format(verb))
        return Cluster(Path(var))

    def start(self, *, migrate: bool, **options: Any) -> None:
        cluster = self.cluster("start")
        started = cluster.start(say=self.stdout.write)
        words = "PostgreSQL has started" if started else "PostgreSQL runs already"
        self.stdout.write(f"{words}; its data is in {cluster.data}.")
        if migrate:
            call_command("migrate", verbosity=0)

    def stop(self, **options: Any) -> None:
        if self.cluster("stop").stop():
            self.stdout.write("PostgreSQL has stopped. The data stays.")
        else:
            self.stdout.write("PostgreSQL was not running.")

    def status(self, **options: Any) -> None:
        facts = self.cluster("look into").status()
        width = max(map(len, facts)) + 2
        for name, value in facts.items():
            self.stdout.write(f"{name:<{width}}{value}")

    def shell(self, *, arguments: list[str], **options: Any) -> None:
        embedded = connection.settings_dict.get("EMBEDDED")
        cluster = Cluster(Path(embedded or settings.VAR))
        if embedded:
            cluster.start(say=self.stderr.write)
        words, extra = connection.client.settings_to_cmd_args_env(
            connection.settings_dict, arguments
        )
        environment = os.environ | (extra or {})
        demoted = {}
        if cluster.home != cluster.var:
            # The programs lie where the server's user could replace them.
            demoted = cluster.demoted
            environment["PSQL_HISTORY"] = os.devnull
        # Ctrl-C cancels a query in psql and must not end the parent.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        done = subprocess.run(
            [str(cluster.tool("psql")), *words[1:]],
            env=environment,
            check=False,
            **demoted,
        )
        if done.returncode:
            raise SystemExit(done.returncode)

    def roles(self, **options: Any) -> None:
        try:
            with transaction.atomic():
                roles.establish(connection)
                found = roles.rights(connection)
        except Error as error:
            if getattr(error.__cause__, "sqlstate", None) != "42501":
                raise
            reason = str(error).splitlines()[0].rstrip(".")
            raise CommandError(
                f"The role {connection.settings_dict['USER']} may not do this: "
                f"{reason}. Run it as the owner of the database and its tables, with "
                "the right CREATEROLE."
            ) from error
        table = Table(
            "role", "public: rows", "TRUNCATE", "triggers", "DDL", "published"
        )
        for role in found:
            rows = [k.lower() for k in roles.PRIVILEGES[:4] if role.tables[k]]
            table.add_row(
                role.role,
                ", ".join(rows) or "no",
                _yes(role.tables["TRUNCATE"]),
                _yes(role.tables["TRIGGER"]),
                _yes(role.creates),
                f"reads {role.published}" if role.published else "no",
            )
        Console(file=cast(IO[str], self.stdout)).print(table)


def _yes(value: object) -> str:
    return "yes" if value else "no"
