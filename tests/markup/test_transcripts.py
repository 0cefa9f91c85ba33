"""When words of a recording were said, by its transcript."""

from __future__ import annotations

import pytest

from statements.markup.transcripts import is_captions, said_at, turns

OURS = """Read by a synthetic voice.

[0:06] Ilse Okafor: Good morning. It is slow,
it is cold, and it is full.

[0:36] Question: And on Sundays?
[1:02:07] Ilse Okafor: Good night. Thank you."""

CAPTIONS = """WEBVTT - The briefing

NOTE Made by hand.

1
00:00:06.000 --> 00:00:09.500 align:start
<v Ilse Okafor>Good morning. <i>It is slow,</i>

00:10.000 --> 00:12.000
it is cold &amp; it is full.

01:02:07.250 --> 01:02:09.000
Good night.
"""


def read(transcript: str) -> list[tuple[int | None, str]]:
    return [tuple(turn) for turn in turns(transcript)]


def test_times_of_our_own_form_begin_turns():
    assert read(OURS) == [
        (None, "Read by a synthetic voice."),
        (6, "Ilse Okafor: Good morning. It is slow,\nit is cold, and it is full."),
        (36, "Question: And on Sundays?"),
        (3727, "Ilse Okafor: Good night. Thank you."),
    ]
    assert [turn.clock for turn in turns(OURS)[1:]] == ["0:06", "0:36", "1:02:07"]


def test_captions_are_read_cue_by_cue():
    wanted = [
        (6, "Ilse Okafor: Good morning. It is slow,"),
        (10, "it is cold & it is full."),
        (3727, "Good night."),
    ]
    assert read(CAPTIONS) == read(CAPTIONS.replace("\n", "\r\n")) == wanted
    assert [is_captions(one) for one in (CAPTIONS, "\ufeff" + CAPTIONS, OURS)] == [
        True,
        True,
        False,
    ]


def test_a_transcript_without_times_is_one_turn():
    assert read("Okafor: Bells.\n\nThen none.") == [
        (None, "Okafor: Bells.\n\nThen none.")
    ]
    assert read("") == []


@pytest.mark.parametrize(
    ("words", "seconds"),
    [
        ("It is slow, it is cold", 6),
        ("it is cold, and it is full.”", 6),
        ("and on Sundays", 36),
        # Over the end of a turn: where they begin.
        ("it is full question", 6),
        # Said twice, or never, or before the first time: nobody knows when.
        ("Good", None),
        ("It is warm", None),
        ("synthetic voice", None),
        ("full. nd", None),
        ("…", None),
    ],
)
def test_words_are_found_where_they_begin_if_they_are_said_once(words, seconds):
    found = said_at(words, turns(OURS))
    assert (found.seconds if found else None) == seconds


def test_words_of_a_second_cue_are_said_at_its_own_time():
    assert said_at("it is cold", turns(CAPTIONS)).seconds == 10
