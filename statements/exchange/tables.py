"""Tables as CSV: RFC 4180, UTF-8, safe to open in a program for sums."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

#: A cell that begins with one of these is reckoned as a formula by the programs that
#: open such files; the wide forms are read as the narrow ones.
_FORMULA = tuple("=+-@\t\r\n|%＝＋－＠")


def safe(cell: str) -> str:
    """The cell so that no program reckons it: ``=1+1`` becomes ``'=1+1``.

    Spaces before the sign do not help the reader, so they do not hide it here.
    """
    if cell.startswith(_FORMULA) or cell.lstrip().startswith(_FORMULA):
        return f"'{cell}"
    return cell


def write(columns: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A table with one line of headings; lines end with CR LF, as the RFC says."""
    return "".join(lines(columns, rows))


def lines(columns: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    """The same line by line, so that a long table is never held as a whole."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    for row in rows:
        yield _taken(out)
        writer.writerow([safe(cell.replace("\0", "")) for cell in row])
    yield _taken(out)


def _taken(out: io.StringIO) -> str:
    """What was written since the last time."""
    line = out.getvalue()
    out.seek(0)
    out.truncate()
    return line
