"""Dates, durations and pieces of text as templates print them."""

import datetime as dt

import pytest

from statements.templatetags.dates import as_known, clock, machine_date, machine_moment
from statements.templatetags.words import from_a_word, to_a_word

MAY = dt.date(2022, 5, 3)


@pytest.mark.parametrize(
    ("day", "precision", "words", "machine"),
    [
        (MAY, "day", "3 May 2022", "2022-05-03"),
        (MAY, "month", "May 2022", "2022-05"),
        (MAY, "year", "2022", "2022"),
        (dt.date(987, 1, 1), "year", "0987", "0987"),
        (None, "day", "", ""),
    ],
)
def test_a_date_is_no_more_exact_than_it_is_known(day, precision, words, machine):
    assert as_known(day, precision) == words
    assert machine_date(day, precision) == machine


def test_a_moment_for_machines_has_no_more_digits_than_html_allows():
    moment = dt.datetime(2022, 5, 3, 14, 5, 9, 123_456, tzinfo=dt.UTC)
    assert machine_moment(moment) == "2022-05-03T14:05:09+00:00"


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "0:00"),
        (59.6, "1:00"),
        (320, "5:20"),
        (3727, "1:02:07"),
        (90000, "25:00:00"),
    ],
)
def test_a_duration_reads_as_on_a_player(seconds, words):
    assert clock(dt.timedelta(seconds=seconds)) == words


def test_a_file_of_unknown_length_has_no_duration():
    assert clock(None) == ""


@pytest.mark.parametrize(
    ("piece", "from_word", "to_word"),
    [
        ("nments, Mr. Keating", "Mr. Keating", "nments, Mr."),
        ("word", "word", "word"),
        ("没有任何改变", "没有任何改变", "没有任何改变"),
        ("", "", ""),
    ],
)
def test_pieces_of_a_text_are_cut_at_words(piece, from_word, to_word):
    assert from_a_word(piece) == from_word
    assert to_a_word(piece) == to_word
