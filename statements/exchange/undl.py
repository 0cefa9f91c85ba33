"""Security Council resolutions from a table of the United Nations' library.

A table names for most of them only the agenda item of the meeting ("The situation in
…"), which dozens of resolutions share. The Council gives its resolutions no titles;
the library describes newer ones as "on …". The first is kept as ``topic``, the second
as ``title``, so that no page prints an agenda item as if it were a name.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from .reading import (
    Problems,
    one_line,
    partial_date,
    short,
    text_fault,
    to_text,
)

Adoption = Literal["by vote", "unanimously", "by consensus", "without a vote", ""]

COLUMNS = (
    "symbol",
    "number",
    "year",
    "date",
    "title",
    "yes",
    "no",
    "abstain",
    "adoption",
    "meeting",
    "source",
    "note",
)
MAX_NUMBER = 99_999  # the Council was at 2,787 in July 2025
MAX_VOTES = 15  # members of the Council since 1966; eleven before
MAX_CELL = 2_000  # code points; the longest agenda so far has 769

_ADOPTIONS: dict[str, Adoption] = {
    "": "",
    "vote": "by vote",
    "adopted unanimously": "unanimously",
    "adopted by consensus": "by consensus",
    "without vote": "without a vote",
    "without a vote": "without a vote",
}
_DIGITS = re.compile(r"[0-9]+")


@dataclass(frozen=True, slots=True)
class ResolutionRow:
    """One resolution: ``symbol`` is "S/RES/1325 (2000)", votes None where not told."""

    line: int  # in the file, of its first line
    symbol: str
    number: int
    year: int
    adopted_on: date
    title: str  # what the library says it is on, or ""
    topic: str  # the agenda item of the meeting, or ""
    yes: int | None
    no: int | None
    abstain: int | None
    adoption: Adoption
    meeting: str
    source: str
    note: str  # a doubt about this row, for the reader of the page too


def load(data: bytes, name: str) -> tuple[ResolutionRow, ...]:
    """Read a CSV with the columns COLUMNS, in any order; others are left alone.

    Raises ImportProblem with up to 20 problems, each with its line:
    ``resolutions.csv: line 7: date "31 Oct 2000" is not a day. …``
    """
    problems = Problems(name)
    rows = []
    lines: dict[str, int] = {}
    for count, (line, cells) in enumerate(_cells(to_text(data, problems), problems), 1):
        if count > MAX_NUMBER:
            raise problems.stop(
                f"line {line}",
                f"There are more than {MAX_NUMBER:,} rows. Is this the right table?",
            )
        row = _Row(line, cells, problems).read()
        if row is None:
            continue
        if row.symbol in lines:
            problems.add(
                f"line {line}",
                f"{row.symbol} is already in line {lines[row.symbol]}. Remove one.",
            )
        lines.setdefault(row.symbol, line)
        rows.append(row)
    problems.check()
    if not rows:
        raise problems.stop("", "There are no resolutions below the column names.")
    return tuple(rows)


def _cells(text: str, problems: Problems) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield line and cells by column of each row that has the right number of cells."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    columns: list[str] | None = None
    line = 1
    while True:
        try:
            row = next(reader)
        except StopIteration:
            break
        except csv.Error as error:
            raise problems.stop(
                f"line {line}",
                f"The row cannot be read ({error}). "
                "Look for a quotation mark that is not closed.",
            ) from None
        start, line = line, reader.line_num + 1
        if not any(cell.strip() for cell in row):
            continue
        if columns is None:
            columns = _columns(row, start, problems)
        elif len(row) != len(columns):
            problems.add(
                f"line {start}",
                f"The row has {len(row)} cells instead of {len(columns)}. Put cells "
                "with a comma in quotation marks.",
            )
        else:
            yield start, dict(zip(columns, row, strict=True))
    if columns is None:
        raise problems.stop("", f"The file is empty. {_expected()}")


def _columns(row: list[str], line: int, problems: Problems) -> list[str]:
    """Check the column names; raises ImportProblem, as no row can be read without."""
    columns = [one_line(cell).lower() for cell in row]
    place = f"line {line}"
    if len(columns) == 1 and any(mark in columns[0] for mark in ";\t"):
        raise problems.stop(
            place,
            "The columns are not separated by commas. Save the table with commas.",
        )
    missing = [column for column in COLUMNS if column not in columns]
    if missing:
        word = "column is" if len(missing) == 1 else "columns are"
        listed = ", ".join(missing)
        raise problems.stop(place, f"The {word} missing: {listed}. {_expected()}")
    twice = sorted({c for c in columns if c in COLUMNS and columns.count(c) > 1})
    if twice:
        raise problems.stop(
            place, f"Named twice: {', '.join(twice)}. Remove one of them."
        )
    return columns


def _expected() -> str:
    return f"The first line must name the columns {', '.join(COLUMNS)}."


class _Row:
    """One row while it is read; problems are noted with its line."""

    def __init__(self, line: int, cells: dict[str, str], problems: Problems) -> None:
        self.line = line
        self.cells = cells
        self.problems = problems

    def read(self) -> ResolutionRow | None:
        """Return the row, or None after noting every reason against it."""
        before = self.problems.total
        for column in COLUMNS:
            fault = text_fault(self.cells[column], MAX_CELL)
            if fault:
                self.note(f"{column} {fault}")
        if self.problems.total > before:
            return None
        cells = {column: one_line(self.cells[column]) for column in COLUMNS}
        number = self.number("number", cells["number"], MAX_NUMBER)
        year = self.number("year", cells["year"], 9999)
        adopted_on = self.day(cells["date"])
        votes = self.votes(cells)
        adoption = cells["adoption"].lower()
        if adoption not in _ADOPTIONS:
            known = ", ".join(value for value in _ADOPTIONS if value)
            self.note(f'adoption "{short(adoption)}" is not one of: {known}.')
        if number and year:
            symbol = f"S/RES/{number} ({year})"
            if cells["symbol"] != symbol:
                self.note(
                    f'symbol "{short(cells["symbol"])}" does not fit number and year. '
                    f"Write {symbol} or correct them."
                )
            if adopted_on and adopted_on.year != year:
                self.note(
                    f"date is of {adopted_on.year}, year says {year}. Correct one."
                )
        if not cells["title"]:
            self.note("title is empty. Say what the resolution is on.")
        if self.problems.total > before or not (number and year and adopted_on):
            return None
        title, topic = _title_and_topic(cells["title"])
        yes, no, abstain = votes
        return ResolutionRow(
            line=self.line,
            symbol=cells["symbol"],
            number=number,
            year=year,
            adopted_on=adopted_on,
            title=title,
            topic=topic,
            yes=yes,
            no=no,
            abstain=abstain,
            adoption=_ADOPTIONS[adoption],
            meeting=cells["meeting"],
            source=cells["source"],
            note=cells["note"],
        )

    def note(self, sentence: str) -> None:
        self.problems.add(f"line {self.line}", sentence)

    def number(self, column: str, value: str, largest: int) -> int:
        """Return a positive whole number; 0 after noting that it is none."""
        # Compared by length first: int() refuses thousands of digits with an error.
        if not _DIGITS.fullmatch(value) or len(value) > 9:
            digits = len(value) if value.isdigit() else 0
            what = (
                f"has {digits} digits" if digits else f'"{short(value)}" is no number'
            )
            self.note(f"{column} {what}. Write a whole number up to {largest}.")
            return 0
        number = int(value)
        if not 1 <= number <= largest:
            self.note(f"{column} {number} is not from 1 to {largest}. Correct it.")
            return 0
        return number

    def day(self, value: str) -> date | None:
        """Return the day of adoption; None after noting that it is none."""
        found = partial_date(value)
        if found is None or found.precision != "day":
            self.note(f'date "{short(value)}" is not a day. Write it as 2000-10-31.')
            return None
        return found.first

    def votes(self, cells: dict[str, str]) -> tuple[int | None, int | None, int | None]:
        """Return the votes, all three or none of them."""
        words = [cells["yes"], cells["no"], cells["abstain"]]
        if not any(words):
            return None, None, None
        if not all(words):
            self.note("yes, no and abstain must all be filled in, or none of them.")
            return None, None, None
        if not all(_DIGITS.fullmatch(word) and len(word) <= 2 for word in words):
            self.note("yes, no and abstain must be whole numbers such as 15, 0 and 0.")
            return None, None, None
        yes, no, abstain = map(int, words)
        if yes + no + abstain > MAX_VOTES:
            self.note(f"There are more than {MAX_VOTES} votes. Correct them.")
        return yes, no, abstain


def _title_and_topic(words: str) -> tuple[str, str]:
    """Tell the library's description from an agenda item.

    "on extension of the mandate of …"     -> title
    "The situation in Libya (UNSMIL)"      -> topic
    """
    bare = words.strip("[]")
    return (bare, "") if bare.startswith("on ") else ("", words)
