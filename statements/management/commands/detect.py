"""``manage.py detect``: quotes, speakers and resolutions of a text, for eye or machine.

Opens no connection: the text alone is read, and nobody's roster.
"""

from __future__ import annotations

import gzip
import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any, TextIO

from django.core.management.base import CommandError
from rich.console import Console
from rich.progress import track
from rich.table import Table
from rich.text import Text

from statements.detection.engine import TextTooLong, detect
from statements.detection.findings import Findings, QuoteFinding
from statements.management.commanding import NewsroomCommand

EXAMPLES = """\
  manage.py detect statement.txt
      a table: place, words, speaker, cue, evidence, confidence
  manage.py detect a.txt b.txt --json
      the findings of each file as one JSON document
  manage.py detect --jsonl articles.jsonl.gz > findings.jsonl
      one line for each {"id", "text", "date"?} of the input
  some-export | manage.py detect --jsonl - > findings.jsonl

Offsets count code points, between the quotation marks.
"""


class Command(NewsroomCommand):
    """Find the quotes of texts, who said them, and the resolutions they cite."""

    help = "Find quotes, speakers and resolutions in plain texts. Changes nothing."
    examples = EXAMPLES
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="*", metavar="FILE", help="UTF-8 text files")
        parser.add_argument("--json", action="store_true", help="print JSON, no table")
        parser.add_argument(
            "--jsonl",
            metavar="IN",
            help="read texts from a JSON-lines file (.gz too, - for standard input)",
        )
        parser.add_argument(
            "--date",
            metavar="YYYY-MM-DD",
            help="day of the statement; tells the Congress of H.Res. 21",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["jsonl"] and options["files"]:
            raise CommandError("Give either files or --jsonl, not both.")
        if options["jsonl"]:
            for line in each_line(options["jsonl"], self.stderr):
                self.stdout.write(line)
            return
        if not options["files"]:
            raise CommandError("Name at least one file, or give --jsonl IN.")
        on = None
        if options["date"]:
            on = day(options["date"])
            if on is None:
                raise CommandError(
                    f"--date {options['date']} is no date; write it as 2024-12-31."
                )
        documents = []
        for name in options["files"]:
            text = read(name)
            try:
                found = detect(text, on=on)
            except TextTooLong as error:
                raise CommandError(f"{name}: {error}") from None
            if options["json"]:
                documents.append({"file": name, **as_dict(found, text, whole=True)})
            else:
                self.stdout.write(as_table(name, text, found))
        if options["json"]:
            shown = documents[0] if len(documents) == 1 else documents
            self.stdout.write(json.dumps(shown, indent=2))


def read(name: str) -> str:
    """The text of a UTF-8 file, offsets as in the file: line breaks stay as they are.

    Raises CommandError, naming the file and, for a wrong encoding, the line.
    """
    path = Path(name)
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise CommandError(f"{name}: {error.strerror or error}.") from None
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise CommandError(
            f"{name}, line {line}: not UTF-8. Save the file as UTF-8 and try again."
        ) from None


@contextmanager
def opened(name: str) -> Iterator[TextIO]:
    """A JSON-lines file, packed or not; "-" is standard input."""
    if name == "-":
        yield sys.stdin
        return
    opening = gzip.open if name.endswith(".gz") else open
    try:
        with opening(name, "rt", encoding="utf-8") as stream:
            yield stream
    except OSError as error:
        raise CommandError(f"{name}: {error.strerror or error}.") from None


def day(written: str) -> date | None:
    """2024-12-31, also with an hour, or as mail and feeds write it; else None."""
    try:
        return date.fromisoformat(written[:10])
    except ValueError:
        pass
    try:
        return parsedate_to_datetime(written).date()
    except ValueError:
        return None


def each_line(name: str, errors: Any) -> Iterator[str]:
    """The findings of each line of a JSON-lines file, as JSON.

    Raises CommandError with file and line for what cannot be read. A date that is
    none is said on ``errors`` and left out.
    """
    shown = name != "-" and sys.stderr.isatty()
    with opened(name) as stream:
        number = 0
        try:
            lines = (
                track(stream, "Detecting", console=Console(stderr=True))
                if shown
                else stream
            )
            for number, line in enumerate(lines, start=1):
                if line.strip():
                    yield one_line(line, f"{name}, line {number}", errors)
        except UnicodeDecodeError:
            raise CommandError(f"{name}, line {number + 1}: not UTF-8.") from None
        except (OSError, EOFError) as error:
            raise CommandError(f"{name}, line {number + 1}: {error}.") from None


def one_line(line: str, where: str, errors: Any) -> str:
    """Findings for one line of input, as one line of output."""
    try:
        item = json.loads(line)
    except ValueError as error:
        raise CommandError(f"{where}: not JSON ({error}).") from None
    if not isinstance(item, dict) or not isinstance(item.get("text"), str):
        raise CommandError(f'{where}: needs an object with "id" and "text".')
    on = None
    if item.get("date"):
        on = day(str(item["date"]))
        if on is None:
            errors.write(f"{where}: {item['date']!r} is no date and is left out.")
    try:
        found = detect(item["text"], on=on)
    except TextTooLong as error:
        raise CommandError(f"{where}: {error}") from None
    return json.dumps({"id": item.get("id"), **as_dict(found, item["text"])})


def as_dict(found: Findings, text: str, whole: bool = False) -> dict[str, Any]:
    """Findings as plain values; ``whole`` adds the words and what was dropped."""
    shown: dict[str, Any] = {
        "quotes": [quote(item, text, whole) for item in found.quotes],
        "citations": [
            {
                "start": item.span.start,
                "end": item.span.end,
                "symbol": item.symbol,
                "candidates": list(item.candidates),
                **(
                    {
                        "printed": item.printed,
                        "body": item.body,
                        "pinpoint": item.pinpoint,
                        "confidence": item.confidence,
                        "warnings": list(item.warnings),
                    }
                    if whole
                    else {}
                ),
            }
            for item in found.citations
        ],
    }
    if whole:
        shown["dropped"] = [
            {"start": d.span.start, "end": d.span.end, "text": d.text, "why": d.why}
            for d in found.dropped
        ]
    return shown


def quote(item: QuoteFinding, text: str, whole: bool) -> dict[str, Any]:
    """One quote as plain values."""
    who = item.attribution
    shown: dict[str, Any] = {
        "start": item.span.start,
        "end": item.span.end,
        "kind": item.kind,
        "speaker": who.speaker,
        "speaker_start": who.span.start if who.span else None,
        "speaker_end": who.span.end if who.span else None,
        "speaker_full": who.full_name,
        "cue": who.cue,
        "evidence": who.evidence,
        "rule": item.rule,
        "confidence": round(item.confidence, 3),
        "candidates": [
            {
                "person": each.person,
                "office": each.office,
                "organization": each.organization,
                "name": each.name,
                "why": each.why,
            }
            for each in who.candidates
        ],
    }
    if whole:
        shown["words"] = item.span.of(text)
        shown["title"] = who.title
    return shown


def as_table(name: str, text: str, found: Findings) -> str:
    """The findings of one file, for reading in a terminal."""
    console = Console(width=120, record=True, file=_Nowhere(), force_terminal=False)
    table = Table(title=Text(name), show_lines=False, expand=True)
    for column, style in (("place", "dim"), ("words", ""), ("speaker", "bold")):
        table.add_column(column, style=style, overflow="fold")
    for column in ("cue", "evidence", "sure"):
        table.add_column(column, overflow="fold")
    for item in found.quotes:
        who = item.attribution
        speaker = who.speaker or "unknown"
        if who.full_name and who.full_name not in speaker:
            speaker += f" = {who.full_name}"
        table.add_row(
            f"{item.span.start}-{item.span.end}",
            Text(short(item.span.of(text))),
            Text(short(speaker)),
            Text(who.cue),
            f"{who.evidence}, {item.kind}",
            f"{item.confidence:.2f}",
        )
    console.print(table)
    if not found.quotes:
        console.print("No quotes.")
    for each in found.citations:
        meant = each.symbol or " or ".join(each.candidates)
        line = f"{each.span.start}-{each.span.end}  {short(each.printed)}  {meant}"
        console.print(Text("  ".join([line, *each.warnings])))
    for line in found.dropped:
        console.print(Text(f"Dropped ({line.why}): {short(line.text)}"))
    return console.export_text()


class _Nowhere:
    """A stream that keeps nothing: the table is exported as text."""

    encoding = "utf-8"

    def write(self, words: str) -> int:
        return len(words)

    def flush(self) -> None:
        return None

    def isatty(self) -> bool:
        return False


def short(words: str, most: int = 70) -> str:
    """Words on one line, their middle left out when they are many."""
    plain = " ".join(words.encode("utf-8", "replace").decode("utf-8").split())
    if len(plain) <= most:
        return plain
    half = (most - 3) // 2
    return f"{plain[:half]} … {plain[-half:]}"
