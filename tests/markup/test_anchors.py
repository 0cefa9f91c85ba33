"""Places found again in a changed text."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from statements.markup.marks import context, fingerprint, move

OLD = (
    "Spokesperson Okafor opened the briefing in Harrowmere.\n"
    "She said, “the ferries will sail on Monday”, and thanked the crews.\n"
    "Ambassador Lindqvist called it “a good beginning” for both shores.\n"
    "Okafor repeated: “the ferries will sail on Monday”, whatever the weather.\n"
)
FERRIES = "the ferries will sail on Monday"


def spans(text, *phrases):
    """Places of phrases; a phrase given again is its next place."""
    found = []
    at: dict[str, int] = {}
    for phrase in phrases:
        start = text.index(phrase, at.get(phrase, 0))
        at[phrase] = start + 1
        found.append((start, start + len(phrase)))
    return found


def words(places, text):
    return [None if place is None else text[slice(*place)] for place in places]


# (new text, what the three quotes are now, why)
CHANGES = [
    (OLD, [FERRIES, "a good beginning", FERRIES], "nothing changed"),
    (
        f"A line before.\n{OLD}",
        [FERRIES, "a good beginning", FERRIES],
        "a paragraph before",
    ),
    (
        OLD.replace("\n", " "),
        [FERRIES, "a good beginning", FERRIES],
        "paragraphs joined",
    ),
    (
        OLD.replace("“", '"').replace("”", '"'),
        [FERRIES, "a good beginning", FERRIES],
        "other quotation marks",
    ),
    (
        OLD.replace("will sail", "shall sail", 1),
        ["the ferries shall sail on Monday", "a good beginning", FERRIES],
        "a word mended in the first",
    ),
    (
        OLD.replace("a good beginning", "quite a good new beginning"),
        [FERRIES, "a good new beginning", FERRIES],
        "words added before and in it",
    ),
    (
        OLD.replace("“a good beginning”", "a start"),
        [FERRIES, None, FERRIES],
        "words gone",
    ),
    (
        "".join(OLD.splitlines(keepends=True)[i] for i in (0, 2, 1, 3)),
        [FERRIES, "a good beginning", FERRIES],
        "paragraphs exchanged",
    ),
    ("Something else altogether.", [None, None, None], "another text"),
    ("", [None, None, None], "no text"),
]


@pytest.mark.parametrize(
    ("new", "expected", "why"), CHANGES, ids=[why for *_, why in CHANGES]
)
def test_quotes_keep_their_words_when_a_text_changes(new, expected, why):
    moved = move(spans(OLD, FERRIES, "a good beginning", FERRIES), OLD, new)
    assert words(moved, new) == expected


@pytest.mark.parametrize(
    "new",
    [
        f"A line before.\n{OLD}",
        OLD.replace("in Harrowmere", "at the harbour").replace("weather", "wind"),
        OLD.replace("\n", "\n\n"),
        OLD.replace("She said", "The spokesperson said"),
    ],
)
def test_a_sentence_quoted_twice_keeps_each_its_place(new):
    first, second = move(spans(OLD, FERRIES, FERRIES), OLD, new)
    assert [first, second] == spans(new, FERRIES, FERRIES)


def test_of_a_sentence_quoted_twice_only_the_one_that_went_is_lost():
    lines = OLD.splitlines(keepends=True)
    twice = spans(OLD, FERRIES, FERRIES)
    without_first = "".join([lines[0], *lines[2:]])
    assert move(twice, OLD, without_first) == [None, *spans(without_first, FERRIES)]
    without_second = "".join(lines[:3])
    assert move(twice, OLD, without_second) == [*spans(without_second, FERRIES), None]


def test_moved_and_twice_follows_its_surroundings():
    lines = OLD.splitlines(keepends=True)
    new = "".join([lines[3], lines[0], lines[2], lines[1]])
    first, second = move(spans(OLD, FERRIES, FERRIES), OLD, new)
    assert new[first[0] - 11 : first[0]] == "She said, “"
    assert new[second[0] - 11 : second[0]] == "repeated: “"


def test_one_short_word_elsewhere_is_no_place():
    old = "He said “yes”.\nThen he left the room and the town."
    new = "They left the town; yes, they did."
    assert move(spans(old, "yes"), old, new) == [None]


def test_spans_keep_the_order_in_which_they_were_given():
    given_spans = spans(OLD, "a good beginning", FERRIES)
    assert move(given_spans, OLD, f"x {OLD}") == [
        (start + 2, end + 2) for start, end in given_spans
    ]


def test_the_same_span_asked_twice_has_one_answer():
    (place,) = spans(OLD, FERRIES)
    assert move([place, place], OLD, f"x {OLD}") == [(place[0] + 2, place[1] + 2)] * 2


def test_a_short_word_said_twice_is_not_found_where_nobody_says_it():
    old = "Okafor said “yes”.\nLindqvist answered “yes”.\nOthers said yes as well."
    new = "Okafor said “yes”.\nOthers said yes as well."
    assert move(spans(old, "yes", "yes"), old, new) == [*spans(new, "yes"), None]


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.sampled_from(["peace", "talks", "strait", "\n", "“", "”", "a"])),
    st.lists(st.sampled_from(["peace", "talks", "strait", "\n", "“", "”", "a"])),
    st.data(),
)
def test_a_moved_span_lies_in_the_text_and_is_alike(left, right, data):
    old, new = " ".join(left), " ".join(right)
    if not old:
        return
    start = data.draw(st.integers(0, len(old) - 1))
    end = data.draw(st.integers(start + 1, len(old)))
    (place,) = move([(start, end)], old, new)
    if place is not None:
        assert 0 <= place[0] < place[1] <= len(new)
    assert move([(start, end)], old, old) == [(start, end)]
    (shifted,) = move([(start, end)], old, f"Now: {old}")
    assert shifted is not None


def test_the_context_is_what_stands_beside_the_words():
    assert context("abcdef", 2, 4, 1) == ("b", "e")
    assert context("abcdef", 0, 6) == ("", "")
    before, after = context("x" * 50 + "yy" + "z" * 50, 50, 52)
    assert (len(before), len(after)) == (32, 32)


@pytest.mark.parametrize(
    ("other", "same", "why"),
    [
        (OLD, True, "the same"),
        (OLD.replace("“", '"').replace("”", '"'), True, "other marks"),
        (OLD.upper(), True, "other case"),
        (OLD.replace(" ", "  ").replace("\n", "\r\n\n"), True, "other white space"),
        (OLD.replace("ferries", "fer\u00adries"), True, "a soft hyphen"),
        (f"A paragraph before.\n{OLD}", True, "moved as a whole"),
        (OLD.replace("a good", "a bad"), False, "another word"),
        (OLD.replace("called it", "named it"), False, "another word beside it"),
    ],
)
def test_a_fingerprint_knows_a_finding_again(other, same, why):
    def key(text):
        match = re.search(r"a\s+\w+\s+beginning", text, re.IGNORECASE)
        return fingerprint(text, *match.span())

    assert len(key(OLD)) == 32
    assert (key(other) == key(OLD)) is same
