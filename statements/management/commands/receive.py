"""Receive one text, confirm what is sure, and publish it if asked."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser

from statements.editorial import (
    accepting,
    catalogue,
    intake,
    loading,
    publishing,
    suggesting,
)
from statements.exchange.reading import Problems, partial_date, to_text
from statements.management.commanding import NewsroomCommand
from statements.models import Desk, Edition, Kind, acting

UNREVIEWED = "Received from the command line, where nobody else could approve it."


class Command(NewsroomCommand):
    help = (
        "Receive a statement from a text or HTML file: its quotes, speakers and "
        "resolutions are found and, as --accept says, confirmed. All or nothing; run "
        "again with the same text, it makes nothing. With --publish and without an "
        "approval, the record says that nobody else could give one."
    )
    examples = """\
  manage.py receive strait.txt --title "On the strait" --date 2026-03-02
  manage.py receive strait.html --title "On the strait" --date 2026-03-02 \\
      --issuer "Ministry of Foreign Affairs" --accept all --publish
  manage.py receive strait.txt --title "On the strait" --date 2026-03-02 \\
      --desk "The Strait" --by amina
"""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "file", type=Path, metavar="FILE", help="UTF-8, a paragraph a line, or HTML"
        )
        parser.add_argument("--title", required=True)
        parser.add_argument("--date", required=True, help="as in 2026-03-02")
        parser.add_argument("--summary", default="", help="a sentence or two on it")
        parser.add_argument("--kind", default="statement", help="slug of a kind")
        parser.add_argument("--issuer", default="", help="name of an organisation")
        parser.add_argument(
            "--desk",
            default="",
            help="name of the desk whose members may see the draft",
        )
        parser.add_argument("--language", default="en", help="code, as in en or fr")
        parser.add_argument(
            "--accept",
            choices=["safe", "all", "none"],
            default="safe",
            help="safe: what is sure and known; all: also people and resolutions "
            "that are new; none: leave every suggestion open (default: safe)",
        )
        parser.add_argument(
            "--publish", action="store_true", help="send it out if nothing is against"
        )
        self.add_by(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        by = self.user(options)
        kind = self._kind(options["kind"])
        desk = self._desk(options["desk"])
        dated = self._date(options["date"])
        body = self._body(path)
        with self.sentences(path.name), acting(by, f"receive {path.name}"):
            incoming = intake.Incoming(
                title=options["title"],
                body=body,
                dated=dated,
                summary=options["summary"],
                kind=kind,
                desk=desk,
                language=options["language"],
                prepared=intake.prepare(body),
            )
            there = loading.known(incoming)
            if there is not None:
                self.stdout.write("known already: the same day, title and text")
                self._tell_where(there)
                return
            if options["issuer"]:
                incoming = replace(
                    incoming,
                    issuer=catalogue.organization_named(options["issuer"], by=by),
                )
            received = intake.receive(incoming, by=by)
            edition = received.edition
            outcome = accepting.accept_suggestions(
                edition, suggesting.suggest(edition), by=by, scope=options["accept"]
            )
            if options["publish"]:
                edition = publishing.publish(
                    edition, by=by, unreviewed_reason=UNREVIEWED
                )
        for line in received.dropped:
            self.stdout.write(f"left out: {line.text} ({line.why})")
        self.stdout.write(
            f"confirmed: {_number(outcome.quotes, 'quote')}, "
            f"{_number(outcome.citations, 'citation')}"
        )
        for sentence in outcome.waiting:
            self.stdout.write(f"waiting: {sentence}")
        self._tell_where(edition)

    def _tell_where(self, edition: Edition) -> None:
        if edition.published_at:
            self.stdout.write(f"published: {edition.article.get_absolute_url()}")
        else:
            self.stdout.write(
                f"draft: /admin/statements/article/{edition.article_id}/change/"
            )

    def _kind(self, slug: str) -> Kind:
        try:
            return Kind.objects.get(slug=slug)
        except Kind.DoesNotExist:
            known = ", ".join(Kind.objects.values_list("slug", flat=True))
            raise CommandError(
                f"There is no kind {slug!r}. Choose one of: {known}."
            ) from None

    def _desk(self, name: str) -> Desk | None:
        if not name:
            return None
        try:
            return Desk.objects.get(name__iexact=name)
        except Desk.DoesNotExist:
            known = ", ".join(Desk.objects.values_list("name", flat=True)) or "none yet"
            raise CommandError(
                f"There is no desk {name!r}. Choose one of: {known}."
            ) from None

    def _date(self, written: str) -> dt.date:
        found = partial_date(written)
        if found is None or found.precision != "day":
            raise CommandError(f"{written!r} is not a day. Write it as 2026-03-02.")
        return found.first

    def _body(self, path: Path) -> str:
        with self.sentences():
            return to_text(self.read(path), Problems(path.name))


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
