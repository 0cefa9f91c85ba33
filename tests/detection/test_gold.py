"""Our own gold set: every answer has its place, every phenomenon its texts."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from statements.detection.engine import detect
from statements.editorial.suggesting import SAFE

from . import scoring
from .gold import PHENOMENA, _row, rows

#: What is reached. Raise it when detection gets better; nothing may be given back.
FLOOR = {"detection": 99.5, "joint": 98.4, "resolved": 95.5}

#: The hard ones have five texts or more, all others three.
HARD = {"1", "3", "4", "5", "7", "11", "12", "18", "19", "20", "21", "22", "23", "32"}
HARD |= {"namesake", "abstain"}

MARK = re.compile(r"[“”„‟‘’‚‛«»‹›「」『』\"'`]|â€")


def test_the_scores_do_not_fall():
    counts: Counter[str] = Counter()
    failing = []
    for row in rows():
        score = scoring.score(row.text, row.answers, detect(row.text).quotes)
        counts += score.counts
        if not score.flawless:
            failing.append(row.id)
    reached = scoring.figures(counts)
    fallen = {
        name: reached[name] for name in FLOOR if round(reached[name], 1) < FLOOR[name]
    }
    assert fallen == {}, f"floors: {FLOOR}; failing: {', '.join(failing)}"


def test_nothing_that_would_be_accepted_unread_is_wrong():
    sure = [
        (row.id, each.verdict, row.text[each.place[0] : each.place[1]])
        for row in rows()
        for each in scoring.score(row.text, row.answers, detect(row.text).quotes).judged
        if each.found is not None and each.found.confidence >= SAFE
    ]
    assert [one for one in sure if one[1] not in ("right", "ignored")] == []
    assert len(sure) > 200


def test_every_row_is_named_once_and_says_why():
    named = Counter(row.id for row in rows())
    assert [name for name, times in named.items() if times > 1] == []
    assert [row.id for row in rows() if len(row.why) < 4] == []
    assert [row.id for row in rows() if not row.answers] == []


def test_there_are_texts_enough_and_half_of_them_older_than_the_rules():
    assert len(rows()) >= 120
    assert sum(row.before for row in rows()) * 2 >= len(rows())


@pytest.mark.parametrize("phenomenon", PHENOMENA)
def test_every_phenomenon_has_its_texts(phenomenon):
    texts = [row.id for row in rows() if phenomenon in row.phenomena]
    assert len(texts) >= (5 if phenomenon in HARD else 3), texts


def test_no_row_names_a_phenomenon_that_is_none():
    assert {name for row in rows() for name in row.phenomena} == set(PHENOMENA)


def test_marked_words_stand_next_to_a_mark():
    astray = [
        (row.id, row.text[a.start : a.end])
        for row in rows()
        for a in row.answers
        if a.kind != "turn"
        and not (
            MARK.search(row.text[max(0, a.start - 5) : a.start])
            and (
                MARK.search(row.text[a.end : a.end + 4])
                or row.id in {"broken-5", "reopened-3"}  # never closed
            )
        )
    ]
    assert astray == []


def test_no_speaker_is_taken_from_inside_a_quote():
    inside = [
        (row.id, a.speaker)
        for row in rows()
        for a in row.answers
        for other in row.answers
        if a.speaker_start is not None
        and other.kind != "nothing"
        and other.start <= a.speaker_start < other.end
    ]
    assert inside == []


def test_a_full_name_stands_in_the_text():
    strange = [
        (row.id, a.full)
        for row in rows()
        for a in row.answers
        if a.full and not set(re.findall(r"\w+", a.full)) <= _words(row.text)
    ]
    assert strange == []


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text))


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        ("direct | two | Ann | Ann", "x: 2 times: two"),
        ("direct | six | Ann | Ann", "x: 0 times: six"),
        ("direct | two #3 | Ann | Ann", "x: only 2 times: two"),
        ("direct | one | nn | Ann", "x: 0 times: nn"),
        ("said | one | Ann | Ann", "x: no kind: said"),
    ],
)
def test_an_answer_without_a_place_is_refused(answer, sentence):
    with pytest.raises(ValueError, match=re.escape(sentence)):
        _row(f"x | 3 | before | a reason\n“one two two,” Ann said.\n> {answer}\n")


def test_an_answer_is_a_place_in_the_text():
    row = _row(
        "x | 3,5 | after | a reason\n“One two,” said\\xa0Ann.\n\n“Two two.”\n"
        "> direct | Two >> two | Ann | Ann\n> nothing | One two\n"
    )
    said, nothing = row.answers
    assert row.text == "“One two,” said\xa0Ann.\n\n“Two two.”"
    assert row.text[said.start : said.end] == "Two two"
    assert (said.speaker, row.text[said.speaker_start : said.speaker_end]) == (
        "Ann",
        "Ann",
    )
    assert (nothing.kind, nothing.speaker) == ("nothing", None)
    assert (row.before, row.phenomena, row.quotes) == (False, ("3", "5"), [said])
