"""Tables as XLSX: read back by what reads any archive of XML, and made as they come."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from xml.etree import ElementTree

import pytest

from statements.exchange import sheets

_NS = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
COLUMNS = (("Words", 40), ("Said on", 12))


def book(rows, columns=COLUMNS) -> zipfile.ZipFile:
    packed = b"".join(sheets.write("Quotes", columns, rows))
    return zipfile.ZipFile(io.BytesIO(packed))


def cells(archive: zipfile.ZipFile, number: int = 1) -> list[list[str]]:
    """What each cell holds: words, or the number of a day."""
    root = ElementTree.fromstring(archive.read(f"xl/worksheets/sheet{number}.xml"))  # noqa: S314
    return [
        ["".join(cell.itertext()) for cell in row.findall("m:c", _NS)]
        for row in root.iterfind(".//m:row", _NS)
    ]


def test_a_workbook_is_whole_and_holds_what_was_given():
    archive = book(
        [("“No ship” & <b>", dt.date(2026, 3, 2)), ("", dt.date(1899, 1, 1))]
    )
    assert archive.testzip() is None
    assert cells(archive) == [
        ["Words", "Said on"],
        ["“No ship” & <b>", "46083"],
        ["", "1899-01-01"],
    ]
    # Every part that another names is there.
    types = ElementTree.fromstring(archive.read("[Content_Types].xml"))  # noqa: S314
    named = {
        part.get("PartName", "").lstrip("/")
        for part in types
        if "Part" in str(part.attrib)
    }
    assert named == {name for name in archive.namelist() if "rel" not in name} - {
        "[Content_Types].xml"
    }


@pytest.mark.parametrize(
    "words", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "=HYPERLINK(1)"]
)
def test_no_cell_is_a_formula(words):
    archive = book([(words, dt.date(2026, 3, 2))])
    sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    assert cells(archive)[1][0] == words
    assert ("<f>" in sheet, sheet.count('t="inlineStr"')) == (False, 3)


def test_what_no_sheet_can_hold_is_left_out_or_cut_and_nothing_is_read_otherwise():
    long = "\N{GRINNING FACE}" * 40_000
    archive = book(
        [("a\0b\x0bc\ud800_x0041_", dt.date(2026, 3, 2)), (long, dt.date(2026, 3, 2))]
    )
    (_, (plain, _day), (cut, _same)) = cells(archive)
    assert plain == "abc_x005F_x0041_"
    assert cut == "\N{GRINNING FACE}" * 16_383 + "…"


def test_more_rows_than_a_sheet_holds_go_on_in_the_next(monkeypatch):
    monkeypatch.setattr(sheets, "ROWS", 3)
    day = dt.date(2026, 3, 2)
    for rows, expected in ((0, [1]), (2, [3]), (3, [3, 2]), (5, [3, 3, 2])):
        archive = book([(f"{number}", day) for number in range(rows)])
        found = [cells(archive, number) for number in range(1, len(expected) + 1)]
        assert [len(each) for each in found] == expected
        told = [row[0] for each in found for row in each[1:]]
        assert told == [f"{number}" for number in range(rows)]
        sheets_of = [name for name in archive.namelist() if "worksheets/" in name]
        assert len(sheets_of) == len(expected)


def test_the_first_bytes_come_before_the_last_row_is_read():
    read = []

    def rows():
        for number in range(50_000):
            read.append(number)
            yield f"words {number} {hash(str(number))}", dt.date(2026, 3, 2)

    blocks = sheets.write("Quotes", COLUMNS, rows())
    size = 0
    while size < 100_000:
        size += len(next(blocks))
    assert 0 < len(read) < 25_000
