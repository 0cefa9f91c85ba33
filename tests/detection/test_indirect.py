"""Indirect speech with a named source: what is taken, whose it is, what is left."""

import pytest

from statements.detection.engine import detect
from statements.detection.findings import Organization, Roster

REPORTED = [
    ("a clause with that", "Ilse Okafor said on Monday that the Strait was still open.",
     "the Strait was still open", "Ilse Okafor"),
    ("without that", "Ilse Okafor said the Strait was still open.",
     "the Strait was still open", "Ilse Okafor"),
    ("told somebody that", "Pell Amory told reporters that he had lost a boot.",
     "he had lost a boot", "Pell Amory"),
    ("the tag behind", "The Strait is still open, Ilse Okafor said.",
     "The Strait is still open", "Ilse Okafor"),
    ("the tag turned round", "The Strait is still open, said Ilse Okafor.",
     "The Strait is still open", "Ilse Okafor"),
    ("according to, in front", "According to Ilse Okafor, the Strait is still open.",
     "the Strait is still open", "Ilse Okafor"),
    ("according to, behind", "The Strait is still open, according to Ilse Okafor.",
     "The Strait is still open", "Ilse Okafor"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "words", "full"),
    [row[1:] for row in REPORTED],
    ids=[row[0] for row in REPORTED],
)
def test_what_a_named_source_said_in_the_writers_words(text, words, full):
    (found,) = detect(text).quotes
    assert (found.kind, found.rule) == ("indirect", "indirect")
    assert (found.span.of(text), found.attribution.full_name) == (words, full)


def test_an_organisation_speaks_too():
    text = "The Ministry of Ports announced that the cranes would be painted."
    roster = Roster(organizations=(Organization(4, "Ministry of Ports"),))
    (found,) = detect(text, roster=roster).quotes
    assert found.span.of(text) == "the cranes would be painted"
    assert [c.organization for c in found.attribution.candidates] == [4]


LEFT = [
    ("no source with a name", "He said that the Strait was still open to all."),
    ("no clause", "Ilse Okafor said nothing of the cranes."),
    ("only an urging", "Ilse Okafor urged the ministry to paint the cranes soon."),
    ("a word or two", "Ilse Okafor said so again."),
]


@pytest.mark.parametrize("text", [row[1] for row in LEFT], ids=[row[0] for row in LEFT])
def test_what_is_no_report_of_a_named_source(text):
    assert detect(text).quotes == ()


def test_a_sentence_with_marks_is_left_to_its_marks():
    text = "Ilse Okafor said that the Strait was “open to all who float” on Monday."
    assert [q.kind for q in detect(text).quotes] == ["partial"]


def test_a_turn_holds_no_reports():
    text = "MS OKAFOR: Pell Amory said that the boats were late.\n\nQUESTION: Why?\n"
    assert [q.kind for q in detect(text).quotes] == ["block", "block"]
