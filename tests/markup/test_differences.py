"""Two texts beside each other: which words went and came, what became of what."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from statements.markup.differences import (
    Row,
    Unchanged,
    around_change,
    paragraphs,
    places,
    words,
)


def marked(old: str, new: str) -> str:
    """As a proof would have it: [-out-] and {+in+}."""
    signs = {"same": "{}", "out": "[-{}-]", "in": "{{+{}+}}"}
    return "".join(signs[piece.sign].format(piece.text) for piece in words(old, new))


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("The strait is calm.", "The strait is calm.", "The strait is calm."),
        ("It is calm.", "It was calm.", "It [-is-]{+was+} calm."),
        ("The sea.", "The grey sea.", "The {+grey +}sea."),
        ("The grey sea.", "The sea.", "The [-grey -]sea."),
        # Several words in a row are one change, not as many as there are blanks.
        (
            "The ferries sail today, all.",
            "The ferries wait for pilots, all.",
            "The ferries [-sail today-]{+wait for pilots+}, all.",
        ),
        ("Calm.", "Calm!", "Calm[-.-]{+!+}"),
        # A figure is one word.
        (
            "14,200 tonnes, 2.5 m.",
            "12,400 tonnes, 3.5 m.",
            "[-14,200-]{+12,400+} tonnes, [-2.5-]{+3.5+} m.",
        ),
        ("In 2025, 3 came.", "In 2026, 3 came.", "In [-2025-]{+2026+}, 3 came."),
        ("", "New.", "{+New.+}"),
        ("Old.", "", "[-Old.-]"),
        ("", "", ""),
        ("Паром идёт.", "Паром стоит.", "Паром [-идёт-]{+стоит+}."),
    ],
)
def test_words_that_went_stand_before_those_that_came(old, new, told):
    assert marked(old, new) == told


def shape(old: str, new: str) -> list[object]:
    return [
        len(one.paragraphs)
        if isinstance(one, Unchanged)
        else ("".join(p.text for p in one.old), "".join(p.text for p in one.new))
        for one in paragraphs(old, new)
    ]


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("The ferry sails today.", "The ferry sailed.", ["sailed"]),
        ("The sea.", "The grey sea.", ["grey"]),
        ("One, two, three.", "One, 2, three, 4.", ["2", ", 4"]),
        # A gap is shown by the word before it, or by the first one.
        ("The cold grey sea.", "The cold sea.", ["cold"]),
        ("Oh, the sea.", "the sea.", ["the"]),
        # So is a comma, which is easily overlooked.
        ("We go home.", "We go, home.", ["go,"]),
        ("", "All of it.", ["All of it."]),
        ("Why?", "…", []),
    ],
)
def test_what_was_changed_is_shown_in_the_new_text(old, new, shown):
    assert [new[start:end] for start, end in places(old, new)] == shown


def test_of_a_long_text_only_what_was_around_the_change_is_told():
    before, after = "Sand and foam. " * 9, "Foam and sand. " * 9
    former = f"{before}It was cold.{after}"
    assert around_change(former, f"{before}It was warm.{after}") == (
        "… and foam. Sand and foam. Sand and foam. Sand and foam. It was cold.Foam and"
        " sand. Foam and sand. Foam and sand. Foam and sand. …"
    )
    assert around_change("It was cold.", "It was warm.") == "It was cold."


def test_paragraphs_stand_beside_what_they_became():
    old = "One stays.\nThe ferries will sail today.\nPilots rest here.\nTwo.\nThree."
    new = "One stays.\nA bell was heard.\nThe ferries will sail tomorrow.\nTwo.\nThree."
    assert shape(old, new) == [
        1,
        ("", "A bell was heard."),
        ("The ferries will sail today.", "The ferries will sail tomorrow."),
        ("Pilots rest here.", ""),
        2,
    ]


def test_a_paragraph_written_anew_is_one_that_went_and_one_that_came():
    assert shape("Ferries sail.", "Nobody else was asked at all.") == [
        ("Ferries sail.", ""),
        ("", "Nobody else was asked at all."),
    ]


def test_a_long_text_is_compared_within_a_moment():
    """Two thousand paragraphs, each with another word."""
    old = "\n".join(f"Ferry {n} sails at {n} from the pier." for n in range(2000))
    rows = paragraphs(old, old.replace("sails", "sailed"))
    assert len(rows) == 2000
    assert all(isinstance(row, Row) and len(row.pieces) == 4 for row in rows)


TEXTS = st.text(alphabet="ab .,\n", max_size=60)


@given(TEXTS, TEXTS)
def test_both_texts_can_be_read_from_the_comparison(old, new):
    pieces = words(old, new)
    assert "".join(p.text for p in pieces if p.sign != "in") == old
    assert "".join(p.text for p in pieces if p.sign != "out") == new
    left, right = [], []
    for one in paragraphs(old, new):
        if isinstance(one, Unchanged):
            left += one.paragraphs
            right += one.paragraphs
            continue
        left += ["".join(p.text for p in one.old)] if one.old else []
        right += ["".join(p.text for p in one.new)] if one.new else []
    assert left == [line for line in old.split("\n") if line]
    assert right == [line for line in new.split("\n") if line]


@given(TEXTS, TEXTS)
def test_what_is_shown_lies_in_the_new_text_in_its_order(old, new):
    ends = 0
    for start, end in places(old, new):
        assert ends <= start < end <= len(new)
        ends = end
