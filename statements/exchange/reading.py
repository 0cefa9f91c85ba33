"""Bytes of a stranger's file to text, JSON and dates, or the list of what is wrong.

The other modules of this room read one format each; what they share is distrust.
A file may be ten gigabytes of zeros in ten megabytes of gzip, a list nested a hundred
thousand deep, a number of a million digits, or a name that prints backwards.
"""

from __future__ import annotations

import json
import re
import unicodedata
from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

SHOWN = 20  # problems told in full; the rest are counted
MAX_BYTES = 16 * 1024 * 1024  # of a file read whole; the largest real one has 2.4 MB
MAX_ID = 200
MAX_NAME = 200  # code points of what a person, an organisation, a post is called
MAX_LINE = 500  # code points of a title and whatever else stands on one line
FIRST_YEAR, LAST_YEAR = 1000, 2200

Precision = Literal["day", "month", "year"]

_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
# Marks that only tell a renderer the direction or where not to break. They carry no
# letter, so a name keeps its meaning without them; ZWJ and ZWNJ are letters' business.
_SILENT = dict.fromkeys([0x00AD, 0x200B, 0x200E, 0x200F, 0x061C, 0x2060, 0xFEFF])
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069\U000e0000-\U000e007f]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_KINDS = {
    type(None): "nothing (null)",
    bool: "true or false",
    int: "a number",
    float: "a number",
    str: "a text",
    list: "a list",
    dict: "an object",
}


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong in a file: which file, where in it, and what to do about it."""

    file: str
    place: str  # "line 12", "memberships[3]"; "" when it is the file as a whole
    sentence: str

    def __str__(self) -> str:
        return ": ".join(
            part for part in (self.file, self.place, self.sentence) if part
        )


class ImportProblem(ValueError):
    """A file that cannot be used, with the first problems found and how many there are.

    ``problems`` holds at most SHOWN of them in the order of the file; ``total`` counts
    all. Nothing of the file has been used when this is raised.
    """

    def __init__(self, problems: tuple[Problem, ...], total: int | None = None) -> None:
        self.problems = problems
        self.total = len(problems) if total is None else total
        lines = [str(problem) for problem in problems]
        if self.total > len(problems):
            lines.append(f"… and {self.total - len(problems)} more problems.")
        super().__init__("\n".join(lines))


class Problems:
    """What is wrong with one file, gathered while it is read to its end."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.total = 0
        self._first: list[Problem] = []

    def add(self, place: str, sentence: str) -> None:
        """Note a problem; the first SHOWN are kept in words, the others counted."""
        self.total += 1
        if len(self._first) < SHOWN:
            self._first.append(Problem(self.file, place, sentence))

    def __iter__(self) -> Iterator[Problem]:
        return iter(self._first)

    def stop(self, place: str, sentence: str) -> ImportProblem:
        """Return the error to raise when reading on makes no sense.

        It is told even where twenty others came before it: it is why the rest of the
        file was not looked at.
        """
        del self._first[SHOWN - 1 :]
        self.total += 1
        self._first.append(Problem(self.file, place, sentence))
        return ImportProblem(tuple(self._first), self.total)

    def check(self) -> None:
        """Raise ImportProblem if anything was noted."""
        if self.total:
            raise ImportProblem(tuple(self._first), self.total)


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date as exactly as somebody knows it: "2021", "2021-03" or "2021-03-14".

    ``first`` is the first day of what was written, ``last`` the last one.
    """

    first: date
    precision: Precision

    @property
    def last(self) -> date:
        if self.precision == "year":
            return self.first.replace(month=12, day=31)
        if self.precision == "month":
            days = monthrange(self.first.year, self.first.month)[1]
            return self.first.replace(day=days)
        return self.first


def from_path(path: Path, limit: int = MAX_BYTES) -> bytes:
    """Read a file of at most ``limit`` bytes; raises ImportProblem with a sentence."""
    problems = Problems(str(path))
    try:
        with path.open("rb") as file:
            data = file.read(limit + 1)
    except FileNotFoundError:
        raise problems.stop("", "There is no such file. Check the path.") from None
    except IsADirectoryError:
        raise problems.stop("", "This is a folder. Name a file in it.") from None
    except PermissionError:
        raise problems.stop("", "The file may not be read. Check its rights.") from None
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise problems.stop("", f"The file cannot be read ({reason}).") from None
    if len(data) > limit:
        raise problems.stop("", too_large(limit))
    return data


def too_large(limit: int) -> str:
    """Return the sentence about a file above the limit, in bytes."""
    return (
        f"The file is larger than {limit // 1024**2} MB. Split it and load the parts."
    )


def to_text(data: bytes, problems: Problems) -> str:
    """Decode UTF-8, with or without a byte order mark; raises ImportProblem.

    NUL is refused here, since neither a CSV nor a database can hold it.
    """
    if len(data) > MAX_BYTES:
        raise problems.stop("", too_large(MAX_BYTES))
    refuse_utf16(data, problems)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # After a byte order mark the error counts from behind it.
        shift = 3 if data.startswith(b"\xef\xbb\xbf") else 0
        start = error.start + shift
        line = data.count(b"\n", 0, start) + 1
        raise problems.stop(
            f"line {line}",
            f"The byte 0x{data[start]:02X} is not UTF-8. "
            "Save the file as UTF-8 and load it again.",
        ) from None
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise problems.stop(
            f"line {line}",
            "There is a NUL character. Remove it and load the file again.",
        )
    return text


def refuse_utf16(data: bytes, problems: Problems) -> None:
    """Raise ImportProblem for what begins with the byte order mark of UTF-16."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise problems.stop(
            "line 1", "The file is in UTF-16. Save it as UTF-8 and load it again."
        )


def to_json(text: str, problems: Problems, place: str = "") -> object:
    """Parse JSON; raises ImportProblem for what is broken, too deep or not finite.

    ``place`` names where the text stands, as in "line 12" of a file of many JSON lines;
    left out, the line and column of the error are told.
    """
    try:
        return json.loads(text, parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        where = place or f"line {error.lineno}"
        raise problems.stop(
            where,
            f"This is not JSON: {error.msg[:1].lower()}{error.msg[1:]} "
            f"at column {error.colno}. Mend it and load the file again.",
        ) from None
    except RecursionError:
        raise problems.stop(
            place, "Lists or objects are nested too deeply. Flatten them."
        ) from None
    except ValueError as error:
        if str(error) in _CONSTANTS:
            sentence = f"{error} is not JSON. Write null or leave the value out."
        else:
            sentence = "A number has thousands of digits. Correct it."
        raise problems.stop(place, sentence) from None


_CONSTANTS = ("NaN", "Infinity", "-Infinity")


def _refuse_constant(name: str) -> object:
    raise ValueError(name)


class Record:
    """One JSON object of a file, read field by field; what is wrong is noted.

    Each method gives a usable value even after noting a problem, so that reading goes
    on and one run shows everything; the caller checks ``problems`` before using it.
    """

    def __init__(
        self, value: Mapping[str, object], place: str, problems: Problems
    ) -> None:
        self.value = value
        self.place = place
        self.problems = problems

    def note(self, sentence: str) -> None:
        """Note a problem of this object."""
        self.problems.add(self.place, sentence)

    def text(self, key: str, *, limit: int, required: bool = False) -> str:
        """Return a text as it stands; "" when it is absent or null."""
        value = self.value.get(key)
        if value is None or value == "":
            if required:
                self.note(f"{key} is missing. Add it.")
            return ""
        if not isinstance(value, str):
            self.note(f"{key} is {kind(value)}, not a text. Put it in quotation marks.")
            return ""
        fault = text_fault(value, limit)
        if fault:
            self.note(f"{key} {fault}")
            return ""
        if required and not one_line(value):
            self.note(f"{key} is blank. Fill it in.")
        return value

    def line(self, key: str, *, limit: int = MAX_LINE, required: bool = False) -> str:
        """Return a text of one line: NFC, single blanks, no silent direction marks."""
        value = self.text(key, limit=limit * 4, required=required)
        value = one_line(value)
        if len(value) > limit:
            self.note(f"{key} has {len(value)} characters. Shorten it to {limit}.")
            return ""
        if _TURNING.search(value):
            self.note(f"{key} holds characters that turn the text. Remove them.")
            return ""
        if any(unicodedata.category(letter) == "Cc" for letter in value):
            self.note(f"{key} holds a control character. Remove it.")
            return ""
        return value

    def ident(self, key: str = "id", *, required: bool = True) -> str:
        """Return an identifier; a whole number is accepted as its digits."""
        value = self.value.get(key)
        if isinstance(value, int) and not isinstance(value, bool):
            if abs(value) < 10**18:
                return str(value)
            self.note(f"{key} is too large a number. Put it in quotation marks.")
            return ""
        return self.line(key, limit=MAX_ID, required=required)

    def partial_date(self, key: str) -> PartialDate | None:
        """Return a date of a year, a month or a day; None when absent."""
        value = self.line(key)
        return self.date_of(key, value) if value else None

    def date_of(self, key: str, value: str) -> PartialDate | None:
        """Read "2021", "2021-03" or "2021-03-14"; note anything else."""
        found = partial_date(value)
        if found is None:
            self.note(
                f'{key} "{short(value)}" is not a date. '
                "Write it as 2026-03-14, 2026-03 or 2026."
            )
        return found

    def records(self, key: str) -> Iterator[Record]:
        """Iterate over the objects of a list; absent and null are an empty list."""
        value = self.value.get(key)
        if value is None:
            return
        if not isinstance(value, list):
            self.note(f"{key} is {kind(value)}, not a list. Put it in [ ].")
            return
        for index, item in enumerate(value):
            name = f"{key}[{index}]"
            place = f"{self.place}.{name}" if self.place else name
            if isinstance(item, dict):
                yield Record(item, place, self.problems)
            else:
                self.problems.add(place, f"This is {kind(item)}, not an object.")


def partial_date(value: str) -> PartialDate | None:
    """Read a date of the years 1000 to 2200; None if it is none.

    Stricter than date.fromisoformat, which also takes 20260314 and 2026-W11-6.
    """
    match = _DATE.fullmatch(value)
    if match is None:
        return None
    year, month, day = match.groups()
    if not FIRST_YEAR <= int(year) <= LAST_YEAR:
        return None
    try:
        first = date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return None
    return PartialDate(first, "day" if day else "month" if month else "year")


def text_fault(value: str, limit: int) -> str:
    """Return the end of a sentence about a text that cannot be kept, or ""."""
    if len(value) > limit:
        return f"has {len(value)} characters. Shorten it to {limit}."
    if "\0" in value:
        return "holds a NUL character. Remove it."
    if _SURROGATE.search(value):
        return "holds half a character (a lone surrogate). Type it again."
    return ""


def one_line(value: str) -> str:
    """Return a text in NFC on one line, without marks that neither show nor mean."""
    value = unicodedata.normalize("NFC", value.translate(_SILENT))
    return " ".join(value.split())


def kind(value: object) -> str:
    """Name the kind of a JSON value in words."""
    return _KINDS.get(type(value), "something else")


def short(value: str, limit: int = 40) -> str:
    """Return the beginning of a value for a message, printable and on one line."""
    value = "".join(letter if letter.isprintable() else "�" for letter in value)
    return value if len(value) <= limit else f"{value[:limit]}…"
