"""Broken letters, hidden blanks, marks that are missing: places hold in the print."""

import pytest

from statements.detection.engine import detect
from statements.detection.findings import Person, Roster
from statements.detection.folding import fold

PAIRS = [
    ("â€œSo it is,â€\x9d", "“  So it is,  ”"),
    ("JosÃ©", "Joséʹ"),
    ("ZoÃ« ÃŸ", "Zoëʹ ßʹ"),
    ("soft\u00adhyphen and \u00adhyphen", "softʹhyphen and  hyphen"),
    ("mark”\u200b said", "mark”  said"),
]


@pytest.mark.parametrize(("printed", "readable"), PAIRS)
def test_what_is_broken_is_read_in_its_place(printed, readable):
    assert fold(printed) == readable
    assert len(readable) == len(printed)


@pytest.mark.parametrize("sound", ["", "José", "Ärger", "”Å”", "Âge", "don’t — so"])
def test_what_is_sound_stays_as_it_is(sound):
    assert fold(sound) is sound


def test_a_speaker_with_broken_letters_is_found_and_printed_as_it_stands():
    text = "â€œThe road is old,â€\x9d said Minister JosÃ© AlmÃ¡n."
    (quote,) = detect(text, roster=Roster((Person(5, "José Almán"),))).quotes
    who = quote.attribution
    assert quote.span.of(text) == "The road is old,"
    assert (who.speaker, who.full_name) == ("Minister JosÃ© AlmÃ¡n", "JosÃ© AlmÃ¡n")
    assert who.span.of(text) == who.speaker
    assert [c.person for c in who.candidates] == [5]


def test_a_mark_that_is_not_closed_ends_at_its_tag():
    text = "“We have closed the gate, Konrad Fell told reporters. He went home."
    (quote,) = detect(text).quotes
    assert quote.span.of(text) == "We have closed the gate,"
    assert quote.attribution.full_name == "Konrad Fell"


def test_a_mark_that_is_not_closed_and_has_no_tag_takes_its_paragraph():
    text = "Konrad Fell said: “We have closed the gate, and the yard.\nHe went home."
    (quote,) = detect(text).quotes
    assert quote.span.of(text) == "We have closed the gate, and the yard."


STRAIGHT = [
    ("'The lamp is old,' Ossian Tarn said.", ["The lamp is old,"]),
    ("'The keepers' lamp is old,' Ossian Tarn said.", ["The keepers' lamp is old,"]),
    ("The '90s were wet, and the keepers' lamp, too, Ossian Tarn said.", []),
    ("Ossian Tarn said: \"Call it 'Lamp.'\"", ["Call it 'Lamp.'"]),
]


@pytest.mark.parametrize(("text", "words"), STRAIGHT)
def test_single_straight_marks_count_where_no_others_stand(text, words):
    found = [q for q in detect(text).quotes if q.kind != "indirect"]
    assert [q.span.of(text) for q in found] == words
