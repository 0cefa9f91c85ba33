"""A confidence can be believed: sorts of findings, what is expected, what was seen."""

from __future__ import annotations

import pytest

from statements.detection import confidence
from statements.detection.engine import detect
from statements.detection.seen import SEEN


def sort_of(text):
    quote = detect(text).quotes[-1]
    return quote.sort


@pytest.mark.parametrize(
    ("text", "sort"),
    [
        ("“We sail at nine today,” said Ilse Okafor.", "tag, full name"),
        ("“We sail at nine today,” Okafor said.", "tag, name"),
        ("Ilse Okafor said, “We sail at nine today.”", "clause, full name"),
        ("“We sail at nine today,” an official said.", "tag, role"),
        ("“We sail at nine today,” the notice said.", "tag, role"),
        ("“We sail at nine today,” she said.", "tag, pronoun?"),
        # she: nobody else is named, another one is, two others are named just before
        ("Ilse Okafor left. “We sail at nine today,” she said.", "tag, pronoun"),
        (
            "Ilse Okafor left. Ada Brandt came. “We sail at nine today,” she said.",
            "tag, pronoun?",
        ),
        (
            "Minister Ada Brandt and Rosa Almán came. Ilse Okafor said she would sail. "
            "“We sail at nine today,” she said.",
            "tag, pronoun?",
        ),
        ("Ferries wait. They said there is “no boat left for us”.", "clause, thing"),
        # a verb of judging, a second verb of saying: somebody else may be quoted
        (
            "Ilse Okafor called the plan “a map of yesterday”.",
            "clause, full name, doubt",
        ),
        # the outer verb is one of saying too, and much is quoted: less is in doubt
        (
            "Ilse Okafor said the envoy told her “to sail at nine or never again”.",
            "clause, full name, nested",
        ),
        # a few words in a sentence that says something else
        (
            "Ilse Okafor called “for calm at all the ports of Vallorn” and came with "
            "“friends”.",
            "same, full name, doubt",
        ),
        ("The Ministry of Ports said it was “a map of yesterday”.", "clause, thing"),
        (
            "“We sail at nine today” is what they wrote, Ilse Okafor said.",
            "apart, full name",
        ),
        ("Ilse Okafor: “We sail at nine today.”", "label, full name"),
        # a headline shortens what was said
        (
            "Ilse Okafor: ‘We sail at nine today’\n\nThe ferries of Vallorn will run.",
            "label, full name, doubt",
        ),
    ],
)
def test_a_finding_says_what_its_confidence_rests_on(text, sort):
    assert sort_of(text) == sort


def test_every_sort_that_was_seen_can_still_be_found():
    parts = set(confidence.RISKS)
    assert [sort for sort in SEEN if not set(sort.split(", ")) <= parts] == []
    assert [sort for sort, (seen, right) in SEEN.items() if right > seen] == []


def test_what_was_seen_corrects_what_was_expected(monkeypatch):
    monkeypatch.setattr(confidence, "SEEN", {})
    expected = confidence.confidence("tag, full name")
    monkeypatch.setattr(confidence, "SEEN", {"tag, full name": (20, 10)})
    assert (expected, confidence.confidence("tag, full name")) == (0.98, 0.74)


def test_every_doubt_costs():
    names = ("clause, full name", "clause, name", "clause, thing")
    sure = [confidence.confidence(sort) for sort in names]
    assert sure == sorted(sure, reverse=True)
    assert confidence.confidence("clause, full name, doubt") < confidence.confidence(
        "clause, full name"
    )
