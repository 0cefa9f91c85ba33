"""Run detection over what is there, and report what it would newly suggest."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import batched
from typing import Any

from django.core.management.base import CommandParser
from django.db.models import F, OuterRef, QuerySet, Subquery

from statements.editorial import addresses, roster, suggesting
from statements.management.commanding import NewsroomCommand
from statements.models import Edition

BATCH = 50


class Command(NewsroomCommand):
    help = (
        "Read the newest edition of every statement again, and report which quotes "
        "and resolutions would newly be suggested. Changes nothing: what stands "
        "already or was rejected is not named again, and what was added by hand "
        "stays as it is."
    )
    examples = """\
  manage.py redetect
      every statement: a table of counts
  manage.py redetect /statements/2026/03/02/the-ferries-will-sail/ 17 -v 2
      two statements, with the words of each suggestion
  manage.py redetect --json > suggestions.jsonl
      one line for each suggestion, for comparison before and after an upgrade
"""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "statements",
            nargs="*",
            metavar="STATEMENT",
            help="addresses or numbers of statements (default: all)",
        )
        parser.add_argument(
            "--json", action="store_true", help="print a JSON line a suggestion"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        editions = newest()
        if named := options["statements"]:
            with self.sentences():
                wanted = [addresses.statement(each).pk for each in named]
            editions = editions.filter(article__in=wanted)
        total = editions.count()
        quotes = citations = safe = touched = 0
        with self.progress("Reading", total) as done:
            for edition, found in suggestions(editions):
                done(1)
                if not len(found):
                    continue
                touched += 1
                quotes += len(found.quotes)
                citations += len(found.citations)
                safe += sum(each.safe for each in (*found.quotes, *found.citations))
                if options["json"]:
                    for line in lines(edition, found):
                        self.stdout.write(json.dumps(line, ensure_ascii=False))
                elif options["verbosity"] > 1 or options["statements"]:
                    self.tell(edition, found)
        if options["json"]:
            return
        table = self.table("Newly suggested", "", "")
        for noun, count in {
            "statements read": total,
            "of them with something new": touched,
            "quotes": quotes,
            "citations": citations,
            "quotes and citations that are safe": safe,
        }.items():
            table.add_row(noun, f"{count:,}")
        self.show(table)

    def tell(self, edition: Edition, found: suggesting.Suggestions) -> None:
        """A statement and its suggestions, a line each."""
        address = edition.article.get_absolute_url()
        self.stdout.write(f"{address} edition {edition.number}")
        for line in lines(edition, found):
            what = line.get("symbol") or line.get("speaker") or "nobody"
            self.stdout.write(
                f"    {line['of']:<8} {line['start']}–{line['end']}"
                f"  {line['confidence']:.2f}  {what}: {line['words']}"
            )


def newest() -> QuerySet[Edition]:
    """The newest edition of each statement, old statements first."""
    last = Edition.objects.filter(article=OuterRef("article")).order_by("-number")
    return (
        Edition.objects.filter(number=Subquery(last.values("number")[:1]))
        .select_related("article")
        .defer("record", "body")
        .order_by(F("article__dated"), "article")
    )


def suggestions(
    editions: QuerySet[Edition],
) -> Iterator[tuple[Edition, suggesting.Suggestions]]:
    """Each edition with what is open in it; people and resolutions are read once."""
    people, known = roster.roster(), roster.known_resolutions()
    for some in batched(editions.iterator(BATCH), BATCH):
        found = suggesting.suggest_many(some, people=people, known=known)
        for edition in some:
            yield edition, found[edition.pk]


def lines(edition: Edition, found: suggesting.Suggestions) -> Iterator[dict[str, Any]]:
    """Suggestions as plain values; offsets count code points of the edition's text."""
    where = {
        "statement": edition.article.get_absolute_url(),
        "edition": edition.number,
    }
    for each in found.quotes:
        finding = each.finding
        yield {
            **where,
            "of": "quote",
            "start": finding.span.start,
            "end": finding.span.end,
            "words": each.words,
            "speaker": finding.attribution.full_name or finding.attribution.speaker,
            "evidence": finding.attribution.evidence,
            "rule": finding.rule,
            "confidence": round(finding.confidence, 3),
            "safe": each.safe,
        }
    for each in found.citations:
        yield {
            **where,
            "of": "citation",
            "start": each.finding.span.start,
            "end": each.finding.span.end,
            "words": each.finding.printed,
            "symbol": each.finding.symbol,
            "candidates": list(each.finding.candidates),
            "confidence": round(each.finding.confidence, 3),
            "safe": each.safe,
        }
