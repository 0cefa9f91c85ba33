"""What our commands share: the acting user, files, progress, examples in the help."""

from __future__ import annotations

import argparse
import os
import sys
import textwrap
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, cast

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management.base import (
    BaseCommand,
    CommandError,
    CommandParser,
    DjangoHelpFormatter,
)
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeRemainingColumn,
)
from rich.table import Table

from statements.editorial.verbs import NotReady, Unusable
from statements.exchange.reading import MAX_BYTES, ImportProblem, from_path
from statements.models import User

WIDTH = 79  # columns of help and tables where the terminal's are not known
STOPPED = 130  # exit code after Ctrl-C, as shells have it


class Formatter(DjangoHelpFormatter, argparse.RawDescriptionHelpFormatter):
    """Django's order of the options, and the examples as they are written."""


class NewsroomCommand(BaseCommand):
    """A command that acts as somebody, and answers trouble with a sentence.

    Exit codes: 0 done, 1 refused with a sentence, 2 wrong options, 130 after Ctrl-C.
    """

    examples = ""

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any):
        parser = super().create_parser(
            prog_name,
            subcommand,
            epilog=f"examples:\n{self.examples}",
            formatter_class=Formatter,
            **kwargs,
        )
        parser.description = textwrap.fill(self.help, WIDTH)
        return parser

    def execute(self, *args: Any, **options: Any) -> Any:
        """Run the command; Ctrl-C and a reader that left get no traceback."""
        try:
            done = super().execute(*args, **options)
            self.stdout.flush()
        except BrokenPipeError:
            # "manage.py doctor | head": what was to be done is done. Python would
            # complain once more when it closes the stream at exit.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return None
        except KeyboardInterrupt:
            self.stderr.write("Stopped. Nothing was changed.")
            raise SystemExit(STOPPED) from None
        return done

    def add_by(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--by",
            metavar="USER",
            help="user name of who is recorded as doing it (default: the system)",
        )

    def user(self, options: dict[str, Any]) -> User:
        """The person named by --by, else the system. Raises CommandError."""
        if not options["by"]:
            return User.objects.system()
        try:
            return User.objects.get(username=options["by"])
        except User.DoesNotExist:
            raise CommandError(
                f"Nobody is called {options['by']!r} here. Use a user name from the "
                "admin's list of accounts."
            ) from None

    def read(self, path: Path, limit: int = MAX_BYTES) -> bytes:
        """The bytes of a file. Raises CommandError with a sentence."""
        with self.sentences():
            return from_path(path, limit)

    @contextmanager
    def sentences(self, file: str = "") -> Iterator[None]:
        """Turn what verbs and readers raise into the command's own errors.

        ``file`` is named before what a verb says; readers name theirs themselves.
        """
        before = f"{file}: " if file else ""
        try:
            yield
        except (ImportProblem, PermissionDenied) as problem:
            raise CommandError(str(problem)) from problem
        except Unusable as problem:
            raise CommandError(f"{before}{problem}") from problem
        except ValidationError as problem:
            raise CommandError(before + " ".join(problem.messages)) from problem
        except NotReady as problem:
            raise CommandError(
                "Not published, and nothing was kept:\n"
                + "\n".join(f"  - {reason}" for reason in problem.reasons)
            ) from problem

    @contextmanager
    def progress(self, words: str, total: int | None) -> Iterator[Any]:
        """A bar on the error stream; yields a function told how many more are done."""
        with Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            console=Console(stderr=True),
            transient=True,
            disable=not self.stderr.isatty(),
        ) as bar:
            task = bar.add_task(words, total=total)
            yield lambda done: bar.advance(task, done)

    def table(self, title: str, *columns: str) -> Table:
        """A table to fill and ``show``; columns after the first hold numbers."""
        table = Table(title=title, title_justify="left", title_style="bold")
        for index, column in enumerate(columns):
            table.add_column(column, justify="right" if index else "left")
        return table

    def show(self, table: Table) -> None:
        Console(file=cast(IO[str], self.stdout), width=WIDTH).print(table)

    def show_counts(self, made: Mapping[str, int], known: Mapping[str, int]) -> None:
        """What a load made and what was there already, a line a noun."""
        table = self.table("Loaded", "", "new", "known already")
        for noun in {**made, **known}:
            table.add_row(noun, f"{made.get(noun, 0):,}", f"{known.get(noun, 0):,}")
        self.show(table)
