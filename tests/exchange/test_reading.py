"""What every format is read through: text, JSON, dates, and the list of problems."""

from datetime import date

import pytest

from statements.exchange.reading import (
    SHOWN,
    ImportProblem,
    PartialDate,
    Problems,
    from_path,
    one_line,
    partial_date,
    short,
    to_json,
    to_text,
)


def said(call, *arguments) -> str:
    with pytest.raises(ImportProblem) as caught:
        call(*arguments)
    return str(caught.value)


@pytest.mark.parametrize(
    ("written", "first", "last", "precision"),
    [
        ("2021", date(2021, 1, 1), date(2021, 12, 31), "year"),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29), "month"),  # a leap year
        ("2021-03-14", date(2021, 3, 14), date(2021, 3, 14), "day"),
        ("1000", date(1000, 1, 1), date(1000, 12, 31), "year"),
    ],
)
def test_a_date_is_as_exact_as_it_was_written(written, first, last, precision):
    found = partial_date(written)
    assert found == PartialDate(first, precision)
    assert found.last == last


@pytest.mark.parametrize(
    "written",
    [
        "20210314",  # fromisoformat takes it
        "2021-W11-7",  # and this
        "2021-02-30",
        "2021-13",
        "0999",
        "9999",
        "14 March 2021",
        "2021-3-14",
        "２０２１",  # digits, but full-width
        "2021-03-14\n",
        "",
    ],
)
def test_what_is_no_date_is_none(written):
    assert partial_date(written) is None


def test_the_first_twenty_problems_are_told_and_all_counted():
    problems = Problems("a.csv")
    for line in range(1, 51):
        problems.add(f"line {line}", "It is wrong. Correct it.")
    with pytest.raises(ImportProblem) as caught:
        problems.check()
    error = caught.value
    assert len(error.problems) == SHOWN
    assert error.total == 50
    lines = str(error).splitlines()
    assert lines[0] == "a.csv: line 1: It is wrong. Correct it."
    assert lines[-1] == "… and 30 more problems."


def test_what_stopped_the_reading_is_always_told():
    problems = Problems("a.csv")
    for line in range(1, 51):
        problems.add(f"line {line}", "It is wrong. Correct it.")
    error = problems.stop("line 51", "The file is cut off here.")
    assert len(error.problems) == SHOWN
    assert error.total == 51
    assert str(error.problems[-1]) == "a.csv: line 51: The file is cut off here."


def test_no_problem_raises_nothing():
    assert Problems("a.csv").check() is None


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"a\nb\nc\xe9", "f: line 3: The byte 0xE9 is not UTF-8."),
        (b"\xef\xbb\xbfa\n\xe9", "f: line 2: The byte 0xE9 is not UTF-8."),
        ("é".encode("utf-16"), "f: line 1: The file is in UTF-16."),
        (b"a\n\x00", "f: line 2: There is a NUL character."),
        (b"\xed\xa0\x80", "f: line 1: The byte 0xED is not UTF-8."),  # a surrogate
    ],
)
def test_bytes_that_are_no_text_name_their_line(data, sentence):
    assert said(to_text, data, Problems("f")).startswith(sentence)


def test_a_byte_order_mark_is_no_letter():
    assert to_text(b"\xef\xbb\xbfsymbol", Problems("f")) == "symbol"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{", "f: line 1: This is not JSON: expecting property name"),
        ('{\n"a": 1\n"b"}', "f: line 3: This is not JSON: expecting ',' delimiter"),
        ("[" * 100_000, "f: Lists or objects are nested too deeply."),
        ('{"a":' * 100_000, "f: Lists or objects are nested too deeply."),
        ("[" + "9" * 5_000 + "]", "f: A number has thousands of digits."),
        ("[NaN]", "f: NaN is not JSON."),
        ("[-Infinity]", "f: -Infinity is not JSON."),
    ],
)
def test_json_that_cannot_be_read_says_why(text, words):
    assert said(to_json, text, Problems("f")).startswith(words)


def test_a_name_stands_on_one_line_in_composed_letters():
    assert one_line(" Ilse\u00a0\n Oka\u200bfor\u200e ") == "Ilse Okafor"
    assert one_line("e\u0301") == "\u00e9"
    assert one_line("می\u200cخواهم") == "می\u200cخواهم"  # the non-joiner spells


def test_what_is_printed_of_a_value_is_printable_and_short():
    assert short("a\x1b[31m\u202eb") == "a�[31m�b"
    assert len(short("x" * 999)) == 41


def test_a_path_that_cannot_be_read_gets_a_sentence(tmp_path):
    assert "There is no such file." in said(from_path, tmp_path / "none.csv")
    assert "This is a folder." in said(from_path, tmp_path)
    file = tmp_path / "a.csv"
    file.write_bytes(b"12345")
    assert from_path(file, limit=5) == b"12345"
    assert "larger than 0 MB" in said(from_path, file, 4)
