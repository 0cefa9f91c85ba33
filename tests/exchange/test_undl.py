"""The table of Security Council resolutions, and tables that are not quite one."""

import csv
import io
import os
from datetime import date
from pathlib import Path

import pytest

from statements.exchange import undl
from statements.exchange.reading import ImportProblem
from statements.exchange.undl import COLUMNS, ResolutionRow, load

SHARED = Path(os.environ.get("NEWSROOM_SHARED", Path(__file__).parents[3] / "shared"))
TABLE = SHARED / "data" / "resolutions_unsc.csv"

WOMEN = {
    "symbol": "S/RES/1325 (2000)",
    "number": "1325",
    "year": "2000",
    "date": "2000-10-31",
    "title": "Women and peace and security",
    "yes": "15",
    "no": "0",
    "abstain": "0",
    "adoption": "vote",
    "meeting": "S/PV.4213",
    "source": "a library",
    "note": "",
}


def table(*rows: dict, columns: tuple[str, ...] = COLUMNS) -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, extrasaction="ignore", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def problems_of(data: bytes) -> list[str]:
    with pytest.raises(ImportProblem) as caught:
        load(data, "r.csv")
    return str(caught.value).splitlines()


def test_a_row_is_read_with_its_line():
    (row,) = load(table(WOMEN), "r.csv")
    assert row == ResolutionRow(
        line=2,
        symbol="S/RES/1325 (2000)",
        number=1325,
        year=2000,
        adopted_on=date(2000, 10, 31),
        title="",
        topic="Women and peace and security",
        yes=15,
        no=0,
        abstain=0,
        adoption="by vote",
        meeting="S/PV.4213",
        source="a library",
        note="",
    )


@pytest.mark.parametrize(
    ("printed", "title", "topic"),
    [
        ("The situation in the region", "", "The situation in the region"),
        ("on protection of journalists", "on protection of journalists", ""),
        ("[on protection of journalists]", "on protection of journalists", ""),
        ("Ongoing matters", "", "Ongoing matters"),  # "on" is a word of its own
    ],
)
def test_an_agenda_item_is_not_taken_for_a_title(printed, title, topic):
    (row,) = load(table(WOMEN | {"title": printed}), "r.csv")
    assert (row.title, row.topic) == (title, topic)


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("vote", "by vote"),
        ("Adopted unanimously", "unanimously"),
        ("adopted by consensus", "by consensus"),
        ("without vote", "without a vote"),
        ("without a vote", "without a vote"),
        ("", ""),
    ],
)
def test_manner_of_adoption(printed, expected):
    none = dict.fromkeys(("yes", "no", "abstain"), "")
    (row,) = load(table(WOMEN | none | {"adoption": printed}), "r.csv")
    assert row.adoption == expected
    assert row.yes is row.no is row.abstain is None


def test_columns_in_another_order_and_unknown_ones_do_not_matter():
    columns = (*reversed(COLUMNS), "us_vote")
    assert len(load(b"\xef\xbb\xbf" + table(WOMEN, columns=columns), "r.csv")) == 1


def test_a_cell_over_two_lines_does_not_shift_the_lines_after_it():
    two = WOMEN | {"title": "Women\nand peace"}
    bad = WOMEN | {"symbol": "S/RES/1 (1946)"}
    assert problems_of(table(two, bad))[0].startswith("r.csv: line 4: symbol")


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"date": "31 October 2000"}, 'date "31 October 2000" is not a day. '),
        ({"date": "2000-10"}, 'date "2000-10" is not a day. Write it as 2000-10-31.'),
        ({"date": "2001-10-31"}, "date is of 2001, year says 2000. Correct one."),
        ({"number": "1" * 30}, "number has 30 digits. Write a whole number up to"),
        ({"number": "9" * 9_000}, "number has 9000 characters. Shorten it to 2000."),
        ({"number": "0"}, "number 0 is not from 1 to 99999. Correct it."),
        (
            {"number": "-1"},
            'number "-1" is no number. Write a whole number up to 99999.',
        ),
        ({"number": "١٣٢٥"}, "number has 4 digits. Write a whole number up to 99999."),
        ({"year": "MM"}, 'year "MM" is no number. '),
        ({"symbol": "S/RES/1326 (2000)"}, 'symbol "S/RES/1326 (2000)" does not fit '),
        (
            {"symbol": "S/RES/1325"},
            'symbol "S/RES/1325" does not fit number and year. ',
        ),
        ({"title": ""}, "title is empty. Say what the resolution is on."),
        ({"yes": ""}, "yes, no and abstain must all be filled in, or none of them."),
        (
            {"yes": "all"},
            "yes, no and abstain must be whole numbers such as 15, 0 and 0.",
        ),
        ({"no": "9"}, "There are more than 15 votes. Correct them."),
        ({"adoption": "by hand"}, 'adoption "by hand" is not one of: vote, adopted '),
        ({"note": "x" * 2_001}, "note has 2001 characters. Shorten it to 2000."),
    ],
)
def test_what_is_wrong_names_its_line(changed, expected):
    (line, *_) = problems_of(table(WOMEN | changed))
    assert line.startswith(f"r.csv: line 2: {expected}")


def test_a_symbol_twice_names_both_lines():
    assert problems_of(table(WOMEN, WOMEN)) == [
        "r.csv: line 3: S/RES/1325 (2000) is already in line 2. Remove one."
    ]


def test_a_table_with_more_rows_than_there_can_be_numbers_is_refused(monkeypatch):
    monkeypatch.setattr(undl, "MAX_NUMBER", 2_000)
    assert problems_of(table(*[WOMEN | {"date": "?"}] * 2_001))[19] == (
        "r.csv: line 2002: There are more than 2,000 rows. Is this the right table?"
    )


def test_twenty_of_thirty_bad_rows_are_told():
    lines = problems_of(table(*[WOMEN | {"date": "?"}] * 30))
    assert lines[0].startswith("r.csv: line 2: ")
    assert lines[19].startswith("r.csv: line 21: ")
    assert lines[20:] == ["… and 10 more problems."]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", "r.csv: The file is empty. The first line must name the columns symbol,"),
        (table(), "r.csv: There are no resolutions below the column names."),
        (
            table(WOMEN, columns=COLUMNS[:-1]),
            "r.csv: line 1: The column is missing: note. The first line must name",
        ),
        (
            table(WOMEN, columns=COLUMNS[2:]),
            "r.csv: line 1: The columns are missing: symbol, number. The first line",
        ),
        (
            table(WOMEN, columns=(*COLUMNS, "note")),
            "r.csv: line 1: Named twice: note. Remove one of them.",
        ),
        (
            table(WOMEN).replace(b",", b";"),
            "r.csv: line 1: The columns are not separated by commas.",
        ),
        (
            table(WOMEN)[:-2] + b",more\r\n",
            "r.csv: line 2: The row has 13 cells instead of 12.",
        ),
        (
            table(WOMEN)[:-2] + b'"open\r\n',
            "r.csv: line 2: The row cannot be read (",
        ),
        (
            table(WOMEN | {"title": "Résolution"}).decode().encode("latin-1"),
            "r.csv: line 2: The byte 0xE9 is not UTF-8. Save the file as UTF-8",
        ),
        (
            table(WOMEN).decode().encode("utf-16"),
            "r.csv: line 1: The file is in UTF-16. Save it as UTF-8",
        ),
        (
            table(WOMEN | {"note": "\0"}),
            "r.csv: line 2: There is a NUL character. Remove it",
        ),
    ],
)
def test_a_file_that_is_no_such_table_is_refused(data, expected):
    (line, *_) = problems_of(data)
    assert line.startswith(expected)


@pytest.mark.skipif(not TABLE.is_file(), reason="the shared data folder is absent")
def test_the_real_table_is_read_without_loss():
    rows = load(TABLE.read_bytes(), TABLE.name)
    assert [row.number for row in rows] == list(range(1, 2722))
    assert sum(bool(row.title) for row in rows) == 50
    assert all(bool(row.title) != bool(row.topic) for row in rows)
    assert {row.number for row in rows if row.note} >= {432, 2707}
