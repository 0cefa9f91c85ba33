"""What our commands share: the acting user, files, progress, examples in the help."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeRemainingColumn,
)

from statements.editorial.verbs import NotReady, Unusable
from statements.exchange.reading import ImportProblem, from_path
from statements.models import User


class NewsroomCommand(BaseCommand):
    """A command that acts as somebody, and answers trouble with a sentence."""

    examples = ""

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any):
        return super().create_parser(
            prog_name,
            subcommand,
            epilog=f"Examples:\n{self.examples}",
            formatter_class=argparse.RawDescriptionHelpFormatter,
            **kwargs,
        )

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

    def read(self, path: Path) -> bytes:
        """The bytes of a file. Raises CommandError with a sentence."""
        try:
            return from_path(path)
        except ImportProblem as problem:
            raise CommandError(str(problem)) from problem

    @contextmanager
    def sentences(self) -> Iterator[None]:
        """Turn what verbs and readers raise into the command's own errors."""
        try:
            yield
        except (ImportProblem, Unusable) as problem:
            raise CommandError(str(problem)) from problem
        except NotReady as problem:
            raise CommandError(
                "Not published:\n"
                + "\n".join(f"  - {reason}" for reason in problem.reasons)
            ) from problem

    @contextmanager
    def progress(self, words: str, total: int | None) -> Iterator[Any]:
        """A bar on the error stream; yields a function told how many more are done."""
        with Progress(
            TextColumn(words),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            console=Console(stderr=True),
            transient=True,
            disable=not self.stderr.isatty(),
        ) as bar:
            task = bar.add_task(words, total=total)
            yield lambda done: bar.advance(task, done)
