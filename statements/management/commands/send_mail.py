"""Send the letters that are due."""

from __future__ import annotations

import argparse
import signal
import threading
from typing import Any

from django.core.mail import InvalidMailer, mailers
from django.core.management.base import CommandError, CommandParser
from django.db import InterfaceError, OperationalError, connection

from statements.editorial import alerting, composing, posting
from statements.management.commanding import NewsroomCommand
from statements.search import news

#: How often a sender that goes on looks, in seconds, if not told otherwise.
USUAL = 60


class Command(NewsroomCommand):
    help = (
        "Send the letters that are due, digests at the hour of each person, and what "
        "is new in searches that are kept. Have a "
        "timer run it every minute, or let it go on with --loop. Several may run at "
        "once. Ends with 1 where the mail server cannot be reached; no letter is lost "
        "then."
    )
    examples = """\
  manage.py send_mail
  manage.py send_mail --loop 60
  manage.py send_mail --failed
  manage.py send_mail --again
"""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--loop",
            nargs="?",
            type=_seconds,
            const=USUAL,
            metavar="SECONDS",
            help=f"go on, and look every so many seconds (default: {USUAL})",
        )
        parser.add_argument(
            "--failed",
            action="store_true",
            help="list what was given up, and send nothing",
        )
        parser.add_argument(
            "--again",
            action="store_true",
            help="try once more what was given up",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["failed"]:
            self._list()
            return
        if "default" not in mailers:
            raise CommandError(
                f"No mail is set up, so {posting.waiting():,} letters wait. Set "
                "EMAIL_URL and MAIL_FROM."
            )
        if options["again"]:
            self.stdout.write(f"To be tried again: {posting.again():,}.")
        if options["loop"] is None:
            self._send()
            return
        self._go_on(options["loop"])

    def _send(self, stop: threading.Event | None = None) -> None:
        try:
            stopped = stop.is_set if stop else lambda: False
            sent = posting.send_due(stopped)
            alerting.send_due(news.fresh, sent, stopped)
        except posting.Unreachable as problem:
            raise CommandError(
                f"The mail server cannot be reached ({problem}). {posting.waiting():,} "
                "letters wait; nothing is lost."
            ) from problem
        except InvalidMailer as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(
            f"Mails sent: {sent.mails:,}; letters dropped: {sent.dropped:,}, put off: "
            f"{sent.put_off:,}, given up: {sent.given_up:,}."
        )

    def _go_on(self, seconds: int) -> None:
        """Send whenever something is due, whatever fails meanwhile, until told to stop.

        The mail at hand is finished then: cut off, it might go out a second time.
        """
        stop = threading.Event()
        asked = {
            each: signal.signal(each, lambda *_: stop.set())
            for each in (signal.SIGINT, signal.SIGTERM)
        }
        try:
            while not stop.is_set():
                try:
                    self._send(stop)
                except CommandError as problem:
                    self.stderr.write(str(problem))
                except (InterfaceError, OperationalError):
                    self.stderr.write("The database cannot be reached. Trying again.")
                    connection.close()
                self.stdout.flush()
                stop.wait(seconds)
        finally:
            for each, former in asked.items():
                signal.signal(each, former)
        self.stdout.write("Stopped. What was sent is noted, the rest waits.")

    def _list(self) -> None:
        for letter in posting.failed():
            self.stdout.write(
                f"{letter.ended_at:%Y-%m-%d %H:%M}  {letter.box.user.username}  "
                f"{letter.kind}, {composing.reference(letter)}: {letter.problem}"
            )
        self.stdout.write(f"Given up: {posting.failed().count():,}.")


def _seconds(given: str) -> int:
    if not given.isdecimal() or not 1 <= int(given) <= 3600:
        raise argparse.ArgumentTypeError("give a number of seconds from 1 to 3600")
    return int(given)
