"""What the search box understands, and that nothing typed is an error."""

from __future__ import annotations

import datetime as dt
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from statements.search.query import (
    LONGEST,
    MOST_TERMS,
    Query,
    from_params,
    parse,
    print_since,
    print_until,
    read_period,
)


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("", Query()),
        ("ferry strait", Query(words=("ferry", "strait"))),
        ("ferry  ferry", Query(words=("ferry",))),  # the same word once
        ('"path forward"', Query(phrases=("path forward",))),
        ("“path forward”", Query(phrases=("path forward",))),
        ("„path  forward“ ferry", Query(phrases=("path forward",), words=("ferry",))),
        ("«path forward»", Query(phrases=("path forward",))),
        ("-ferry", Query(excluded=("ferry",))),
        ("–ferry", Query(excluded=("ferry",))),  # what phones make of a minus
        ("-“by ferry”", Query(excluded=("by ferry",))),
        ("well-known", Query(words=("well-known",))),
        ("a - b", Query(words=("a", "b"))),
        ("nego*", Query(prefixes=("nego",))),
        ("-nego*", Query(excluded=("nego",))),
        ("speaker:okafor", Query(speakers=("okafor",))),
        ("Speaker:okafor speaker:x", Query(speakers=("okafor", "x"))),
        ('org:"foreign ministry"', Query(organizations=("foreign ministry",))),
        ("org:“foreign ministry”", Query(organizations=("foreign ministry",))),
        ("about:S/RES/2417", Query(resolutions=("S/RES/2417",))),
        ("topic:strait", Query(tags=("strait",))),
        ("office:spokesperson", Query(offices=("spokesperson",))),
        ("post:“prime minister”", Query(offices=("prime minister",))),
        ("kind:editorial", Query(kinds=("editorial",))),
        ("verdict:differs", Query(verdicts=("differs",))),
        ("after:2024-11", Query(since=dt.date(2024, 11, 1))),
        ("before:2025", Query(until=dt.date(2024, 12, 31))),
        ("until:2024-02", Query(until=dt.date(2024, 2, 29))),
        ("http://example.org/x", Query(words=("http://example.org/x",))),
        (
            "speaker:okafor about:2417 after:2024 “table” -ferry",
            Query(
                speakers=("okafor",),
                resolutions=("2417",),
                since=dt.date(2024, 1, 1),
                phrases=("table",),
                excluded=("ferry",),
            ),
        ),
    ],
)
def test_the_box_is_read(text, query):
    assert parse(text) == query
    assert parse(text).notes == ()


@pytest.mark.parametrize(
    ("text", "query", "note"),
    [
        (
            '"path forward',
            Query(phrases=("path forward",)),
            "The quotation mark before “path forward” is not closed, so all that "
            "follows was taken as one phrase.",
        ),
        (
            "offce:spokesperson",
            Query(words=("offce:spokesperson",)),
            "There is no filter “offce:”, so it was searched as words. There are "
            "speaker:, office:, org:, about:, topic:, kind:, verdict:, after: and "
            "before:.",
        ),
        (
            "speaker: okafor",
            Query(words=("okafor",)),
            "Nothing stands after “speaker:”. Write it without blank.",
        ),
        (
            "-speaker:okafor ferry",
            Query(words=("ferry",)),
            "A minus works before words only, so “-speaker:okafor” was left out.",
        ),
        (
            "ne*",
            Query(words=("ne",)),
            "“ne*” is too short for a beginning of words: it takes 3 letters before "
            "the star.",
        ),
        (
            "after:yesterday",
            Query(),
            "“yesterday” is not a date here. Write 2024, 2024-11 or 2024-11-03.",
        ),
        (
            "before:2024-02-30",
            Query(),
            "“2024-02-30” is not a date here. Write 2024, 2024-11 or 2024-11-03.",
        ),
        (
            "after:2025 before:2024",
            Query(since=dt.date(2025, 1, 1), until=dt.date(2023, 12, 31)),
            "The first day lies after the last, so nothing can be found. Swap them.",
        ),
        ("& | ! ( <->", Query(), "Signs alone cannot be searched for. Write a word."),
        ("(" * 200, Query(), "Signs alone cannot be searched for. Write a word."),
        (
            "fer\0ry",
            Query(words=("ferry",)),
            "Characters that cannot stand in a text were left out.",
        ),
        (
            "fer\ud800ry",
            Query(words=("ferry",)),
            "Characters that cannot stand in a text were left out.",
        ),
    ],
)
def test_what_cannot_be_read_gets_a_sentence_and_a_best_effort(text, query, note):
    assert parse(text) == query
    assert parse(text).notes == (note,)


def test_a_question_of_too_many_characters_is_cut():
    query = parse("x" * LONGEST + "yz")
    assert query.words == ("x" * LONGEST,)
    assert query.notes == (
        "Only the first 300 characters were read. Use fewer words, or the rarest of "
        "them.",
    )


def test_a_question_of_too_many_words_is_cut():
    query = parse(" ".join(f"w{number}" for number in range(MOST_TERMS + 1)))
    assert query.words == tuple(f"w{number}" for number in range(MOST_TERMS))
    assert query.notes == (
        "Only the first 32 words were searched for. Leave some out.",
    )


def test_box_and_controls_ask_the_same_question():
    assert from_params(
        {
            "q": "“path forward”",
            "speaker": "okafor",
            "organization": "foreign ministry",
            "resolution": "2417",
            "tag": "strait",
            "office": "spokesperson",
            "kind": "editorial",
            "verdict": "differs",
            "since": "2024-11",
            "until": "2024",
        }
    ) == parse(
        'speaker:okafor office:spokesperson org:"foreign ministry" about:2417 '
        "topic:strait kind:editorial after:2024-11 before:2025 verdict:differs "
        '"path forward"'
    )


def test_a_date_in_a_control_wins_over_one_in_the_box():
    query = from_params({"q": "after:2020", "since": "2024"})
    assert query.since == dt.date(2024, 1, 1)


def test_a_name_of_a_control_goes_before_those_of_the_box():
    query = from_params({"q": "speaker:b speaker:a", "speaker": "a"})
    assert query.speakers == ("a", "b")


def test_an_unknown_order_is_newest():
    assert from_params({"sort": "'; DROP TABLE quote"}) == Query()


def test_a_long_name_in_a_control_is_cut():
    query = from_params({"speaker": "x" * 60_000})
    assert query.speakers == ("x" * 200,)
    assert query.notes == ("Only the first 200 characters of a filter were read.",)


def test_a_question_knows_its_address():
    query = from_params(
        {
            "q": "ferry “path forward” -“by night” nego* speaker:b org:“their office”",
            "speaker": "a",
            "since": "2024-01",
            "until": "2024-11-03",
            "sort": "relevance",
        }
    )
    assert query.to_params() == {
        "q": 'ferry "path forward" nego* -"by night" speaker:b',
        "speaker": "a",
        "organization": "their office",
        "since": "2024",
        "until": "2024-11-03",
        "sort": "relevance",
    }


def test_one_filter_can_be_taken_off():
    query = parse("speaker:a speaker:b after:2024 ferry")
    assert query.without("speakers", "a") == parse("speaker:b after:2024 ferry")
    assert query.without("since") == parse("speaker:a speaker:b ferry")


def test_one_name_can_be_put_in_anothers_place():
    query = parse("speaker:okafor speaker:b")
    assert query.instead("speakers", "okafor", "ilse-okafor").speakers == (
        "ilse-okafor",
        "b",
    )


@given(
    st.text(
        alphabet=st.sampled_from("ab é:*-\"“” speakrog24\0(&!'\u0301\u200b"),
        max_size=60,
    )
)
def test_any_question_asks_the_same_by_its_address(text):
    query = parse(text)
    again = from_params(query.to_params())
    assert again == query


@pytest.mark.parametrize("seed", range(5))
def test_hostile_questions_are_read_quickly(seed):
    chance = random.Random(seed)
    text = "".join(chance.choice('(")-:* \0\ud800a') for _ in range(100_000))
    assert len(parse(text).to_text()) <= 2 * LONGEST


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("2024", dt.date(2024, 1, 1), dt.date(2024, 12, 31)),
        ("2024-2", dt.date(2024, 2, 1), dt.date(2024, 2, 29)),
        (" 2023-02 ", dt.date(2023, 2, 1), dt.date(2023, 2, 28)),
        ("2024-11-03", dt.date(2024, 11, 3), dt.date(2024, 11, 3)),
    ],
)
def test_a_period_is_read(written, first, last):
    assert read_period(written) == (first, last)


def test_words_between_angle_brackets_are_words():
    assert parse("sanctions <Putin> a<b").words == ("sanctions", "Putin", "a", "b")


@pytest.mark.parametrize(
    "written",
    ["", "24", "0000", "2024-13", "2023-02-29", "last spring", "3 May 2024", "9" * 400],
)
def test_what_is_no_period(written):
    assert read_period(written) is None


@pytest.mark.parametrize(
    ("day", "since", "until"),
    [
        (dt.date(2024, 1, 1), "2024", "2024-01-01"),
        (dt.date(2024, 11, 1), "2024-11", "2024-11-01"),
        (dt.date(2024, 11, 30), "2024-11-30", "2024-11"),
        (dt.date(2024, 12, 31), "2024-12-31", "2024"),
        (None, "", ""),
    ],
)
def test_days_are_written_as_shortly_as_they_can_be(day, since, until):
    assert print_since(day) == since
    assert print_until(day) == until
