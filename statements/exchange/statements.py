"""Statements of others, one JSON object a line, as they are or packed with gzip."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import BinaryIO

from .reading import (
    MAX_ID,
    Problems,
    Record,
    kind,
    partial_date,
    refuse_utf16,
    short,
    to_json,
    too_large,
)

MAX_FILE = 64 * 1024 * 1024  # bytes, packed or not
MAX_UNPACKED = 256 * 1024 * 1024  # bytes; 1,844 real statements have 7 MB
MAX_LINES = 1_000_000  # blank ones too: 300 MB of them would take five minutes
MAX_LINE_BYTES = 8 * 1024 * 1024  # of one statement
MAX_TEXT = 1_000_000  # code points: what detection takes
MAX_URL = 2_000

_GZIP = b"\x1f\x8b"


@dataclass(frozen=True, slots=True)
class StatementRow:
    """One statement as its publisher printed it; ``text`` is plain text."""

    line: int  # in the file
    id: str
    source: str
    publisher: str
    url: str
    date: date
    title: str
    byline: str
    text: str


class Statements:
    """The statements of a file that has been read once and found good.

    Iterating reads the file again, so that no more than one text is in memory at a
    time; ``len()`` says how many there are.
    """

    def __init__(self, data: bytes, name: str, count: int) -> None:
        self._data = data
        self._name = name
        self._count = count

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[StatementRow]:
        for row in _rows(self._data, Problems(self._name)):
            if row is not None:
                yield row


def load(data: bytes, name: str) -> Statements:
    """Check a .jsonl or .jsonl.gz file from its first line to its last.

    Whether it is packed is read from its first bytes, not from its name. Raises
    ImportProblem with up to 20 problems, each with its line:
    ``statements.jsonl: line 12: title is missing. Add it.``
    """
    problems = Problems(name)
    lines: dict[str, int] = {}
    count = 0
    for row in _rows(data, problems):
        if row is None:
            continue
        count += 1
        if row.id in lines:
            problems.add(
                f"line {row.line}",
                f'id "{short(row.id)}" is already in line {lines[row.id]}. Remove one.',
            )
        lines.setdefault(row.id, row.line)
    problems.check()
    if not count:
        raise problems.stop("", "There are no statements in the file.")
    return Statements(data, name, count)


def _rows(data: bytes, problems: Problems) -> Iterator[StatementRow | None]:
    """Yield a row for each line with something on it, None where it has problems."""
    for number, raw in _lines(data, problems):
        place = f"line {number}"
        try:
            text = raw.decode("utf-8")
        except UnicodeDecodeError as error:
            problems.add(
                place,
                f"The byte 0x{raw[error.start]:02X} is not UTF-8. "
                "Save the file as UTF-8 and load it again.",
            )
            yield None
            continue
        if number == 1:
            text = text.removeprefix("\ufeff")
        if text.strip():
            yield _row(text, number, problems)


def _row(text: str, number: int, problems: Problems) -> StatementRow | None:
    place = f"line {number}"
    # A broken line must not hide those after it: what to_json raises is noted instead.
    line_problems = Problems(problems.file)
    try:
        value = to_json(text, line_problems, place)
    except ValueError:
        for problem in line_problems:
            problems.add(problem.place, problem.sentence)
        return None
    if not isinstance(value, dict):
        problems.add(place, f"This is {kind(value)}, not a statement in {{ }}.")
        return None
    before = problems.total
    record = Record(value, place, problems)
    day = _day(record)
    row = StatementRow(
        line=number,
        id=record.line("id", limit=MAX_ID, required=True),
        source=record.line("source"),
        publisher=record.line("publisher"),
        url=_url(record),
        date=day or date.min,
        title=record.line("title", required=True),
        byline=record.line("byline"),
        text=record.text("text", limit=MAX_TEXT, required=True),
    )
    return row if problems.total == before else None


def _day(record: Record) -> date | None:
    value = record.line("date", required=True)
    found = partial_date(value)
    if found is not None and found.precision == "day":
        return found.first
    if value:
        record.note(f'date "{short(value)}" is not a day. Write it as 2026-03-14.')
    return None


def _url(record: Record) -> str:
    value = record.line("url", limit=MAX_URL)
    if value and not value.lower().startswith(("https://", "http://")):
        record.note(
            f'url "{short(value)}" is not a web address. Begin it with https://.'
        )
        return ""
    return value


def _lines(data: bytes, problems: Problems) -> Iterator[tuple[int, bytes]]:
    """Yield number and bytes of each line, unpacking as it goes and no further.

    A bomb of a gigabyte of zeros is one line: it stops after MAX_LINE_BYTES.
    """
    if len(data) > MAX_FILE:
        raise problems.stop("", too_large(MAX_FILE))
    refuse_utf16(data, problems)
    stream: BinaryIO = io.BytesIO(data)
    if data.startswith(_GZIP):
        stream = gzip.GzipFile(fileobj=stream, mode="rb")  # type: ignore[assignment]
    number = unpacked = 0
    while True:
        number += 1
        try:
            raw = stream.readline(MAX_LINE_BYTES + 1)
        except (EOFError, OSError, zlib.error):
            raise problems.stop(
                f"line {number}",
                "The gzip data is broken or cut off here. Pack the file again.",
            ) from None
        if not raw:
            return
        unpacked += len(raw)
        if len(raw) > MAX_LINE_BYTES:
            raise problems.stop(
                f"line {number}",
                f"The line is longer than {MAX_LINE_BYTES // 1024**2} MB. "
                "Put one statement on a line.",
            )
        if unpacked > MAX_UNPACKED:
            raise problems.stop(f"line {number}", too_large(MAX_UNPACKED))
        if number > MAX_LINES:
            raise problems.stop(
                f"line {number}",
                f"There are more than {MAX_LINES:,} lines. "
                "Split the file and load the parts.",
            )
        yield number, raw
