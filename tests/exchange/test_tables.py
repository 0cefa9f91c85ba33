"""Tables as CSV, as RFC 4180 has them, that no program reckons."""

from __future__ import annotations

import csv
import io

import pytest

from statements.exchange import tables


def test_a_table_is_read_back_as_it_was_written():
    rows = [["a, b", 'said "so"', "two\nlines"], ["", "é", "مرحبا"]]
    written = tables.write(["one", "two", "three"], rows)
    assert written.startswith('one,two,three\r\n"a, b","said ""so""","two\nlines"\r\n')
    read = list(csv.reader(io.StringIO(written, newline="")))
    assert read == [["one", "two", "three"], *rows]


@pytest.mark.parametrize(
    "cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =1", "＝1", "\n=1"]
)
def test_no_cell_is_a_formula(cell):
    read = list(csv.reader(io.StringIO(tables.write(["a"], [[cell]]), newline="")))
    assert read == [["a"], [f"'{cell}"]]


def test_what_only_holds_a_sign_stays_as_it_is():
    assert tables.safe("We = you") == "We = you"
