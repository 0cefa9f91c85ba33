"""Our own scorer: what counts as found, as the right speaker, and as an answer."""

from __future__ import annotations

import io
from collections import Counter

import pytest
from rich.console import Console

from statements.detection.findings import Attribution, QuoteFinding, Span

from . import score as command
from . import scoring
from .gold import Row, _row

TEXT = (
    "Ilse Okafor met Corin Vale. “The ferries will sail on Thursday,” she said. "
    "“Four of six,” a steward said. They sail to the “Old Lady”."
)
ROW = (
    f"x | 3 | after | a reason\n{TEXT}\n"
    "> direct | The ferries will sail on Thursday | she | Ilse Okafor\n"
    "> direct | Four of six | a steward | -\n"
    "> optional | Old Lady | - | -\n"
)


def row(text: str = ROW) -> Row:
    return _row(text)


def finding(
    words: str, speaker: str = "", full: str = "", confidence: float = 0.9, text=TEXT
) -> QuoteFinding:
    def place(part: str) -> Span:
        return Span(text.index(part), text.index(part) + len(part))

    return QuoteFinding(
        place(words),
        "direct",
        Attribution(speaker, place(speaker) if speaker else None, full),
        "rule",
        confidence,
    )


SAIL = "The ferries will sail on Thursday,"
FOUR = "Four of six,"


def count(*found: QuoteFinding, of: Row | None = None) -> dict[str, int]:
    chosen = of or row()
    return dict(+scoring.score(chosen.text, chosen.answers, found).counts)


def test_all_right():
    scored = scoring.score(
        TEXT,
        row().answers,
        [finding(SAIL, "she", "Ilse Okafor"), finding(FOUR, "a steward")],
    )
    assert scored.figures() == {
        "exact": 100,
        "detection": 100,
        "joint": 100,
        "as written": 100,
        "resolved": 100,
        "when given": 100,
        "share given": 100,
    }
    assert scored.flawless


@pytest.mark.parametrize(
    ("words", "exact", "found"),
    [
        ("“The ferries will sail on Thursday,”", 1, 1),
        ("The ferries will sail on Thursday,” she", 0, 1),
        ("The ferries will sail on Thursday,” she said. “Four", 0, 0),
        ("will sail on Thursday,", 0, 0),
    ],
)
def test_a_place_is_the_same_or_nearly(words, exact, found):
    scored = count(finding(words))
    assert (scored.get("exact", 0), scored.get("found", 0)) == (exact, found)


def test_one_finding_is_one_quote():
    assert count(finding(SAIL), finding("“" + SAIL + "”"))["given"] == 1
    twice = count(finding(SAIL), finding(SAIL + "” she"))
    assert (twice["given"], twice["found"]) == (2, 1)


def test_what_is_optional_is_neither_gain_nor_loss():
    with_it = scoring.score(TEXT, row().answers, [finding("Old Lady")])
    assert with_it.counts["ignored"] == 1
    assert [each.verdict for each in with_it.judged] == ["missed", "missed", "ignored"]


@pytest.mark.parametrize(
    ("speaker", "full", "joint", "resolved"),
    [
        ("she", "Ilse Okafor", 1, 1),
        ("she", "", 1, 0),
        ("Ilse Okafor", "", 1, 1),
        ("she", "Corin Vale", 0, 0),
        ("Corin Vale", "", 0, 0),
        ("", "", 0, 0),
        ("she", "Ilse Sundgren", 0, 0),
    ],
    ids=lambda value: str(value) or "nothing",
)
def test_a_pronoun_is_right_by_its_place_and_spoilt_by_a_wrong_name(
    speaker, full, joint, resolved
):
    scored = count(finding(SAIL, speaker, full))
    assert (scored.get("joint", 0), scored.get("resolved", 0)) == (joint, resolved)


@pytest.mark.parametrize(
    ("full", "joint", "resolved"), [("", 1, 1), ("Corin Vale", 0, 0)]
)
def test_where_nobody_can_know_the_name_only_silence_is_right(full, joint, resolved):
    scored = count(finding(FOUR, "a steward", full))
    assert (scored.get("joint", 0), scored.get("resolved", 0)) == (joint, resolved)


@pytest.mark.parametrize(("speaker", "right"), [("", 1), ("a steward", 0)])
def test_where_nobody_is_wanted_only_nobody_is_right(speaker, right):
    nobody = row(f"x | 7 | after | a reason\n{TEXT}\n> direct | Four of six | - | -\n")
    assert count(finding(FOUR, speaker), of=nobody).get("joint", 0) == right


def test_two_of_one_surname_are_kept_apart_by_the_full_name():
    text = "Emil Keller came with Jonas Keller. “No,” Keller said."
    keller = row(
        f"x | namesake | after | a reason\n{text}\n"
        "> direct | No | Keller #3 | Emil Keller\n"
    )
    right = finding("No,", "Emil Keller", "Emil Keller", text=text)
    wrong = finding("No,", "Jonas Keller", "Jonas Keller", text=text)
    assert count(right, of=keller)["joint"] == 1
    assert count(wrong, of=keller).get("joint", 0) == 0


@pytest.mark.parametrize(
    ("speaker", "full"),
    [
        ("ferries", "Ilse Okafor"),  # inside the quote
        (TEXT[:10] + TEXT[27:], "Ilse Okafor"),  # longer than a speaker is
        ("Ilse Okafor", "Ilse Okafor met Corin Vale The ferries"),  # no name
        ("Ilse Okafor", "Ilse Margarethe Okafor"),  # not of the text
    ],
)
def test_an_answer_must_be_an_answer(speaker, full):
    words = finding(SAIL)
    place = TEXT.find(speaker)
    span = Span(place, place + len(speaker)) if place >= 0 else None
    given = QuoteFinding(
        words.span, words.kind, Attribution(speaker, span, full), words.rule, 0.9
    )
    scored = count(given)
    assert (scored["found"], scored["speaker given"]) == (1, 1)
    assert (scored.get("joint", 0), scored.get("resolved", 0)) == (0, 0)


def test_the_interval_holds_the_figure():
    counts = [
        scoring.score(TEXT, row().answers, found).counts
        for found in ([finding(SAIL, "she")], [finding(FOUR)], [])
    ]
    low, high = scoring.interval(counts, rounds=50)["detection"]
    value = scoring.figures(sum(counts, Counter()))["detection"]
    assert low < value < high
    assert scoring.interval(counts, rounds=50)["detection"] == (low, high)


def test_confidence_is_counted_in_tenths():
    found = [finding(SAIL, "she", "", 1.0), finding(FOUR, "", "", 0.35)]
    found.append(finding("Old Lady", "", "", 0.2))
    table = scoring.calibration(scoring.score(TEXT, row().answers, found).judged)
    assert table[9] == (1, 1)
    assert table[3] == (1, 0)
    assert sum(number for number, _ in table) == 2


def test_a_quote_over_paragraphs_is_one_finding_and_right_when_all_of_it_is():
    text = "“One two three four.\n\n“Five six seven eight,” Ilse Okafor said."
    answers = row(
        f"x | 9 | after | a reason\n{text}\n"
        "> direct | One >> eight | Ilse Okafor | Ilse Okafor\n"
    ).answers
    whole = finding(text[1 : text.index(",”")], "Ilse Okafor", "Ilse Okafor", text=text)
    scored = scoring.score(text, answers, [whole])
    assert (scored.counts["wanted"], scored.counts["joint"]) == (2, 2)
    assert scoring.calibration(scored.judged)[9] == (1, 1)


def test_the_command_works_without_the_shared_folder(monkeypatch, tmp_path):
    monkeypatch.setattr(command, "SHARED", tmp_path)
    printed = io.StringIO()
    console = Console(file=printed, width=120)
    command.main(["--errors"], console)
    shown = printed.getvalue()
    assert "own set" in shown
    assert shown.count("is not here") == 3
    assert "Our own texts that fail" in shown


def test_green_from_the_target_on():
    anchors = (81.6, 90.5, 93)
    assert command.colour("joint", 90.4, anchors) == "red"
    assert command.colour("joint", 90.5, anchors) == "green"
    assert command.colour("joint", 93.0, anchors) == "bold green"
    assert command.colour("ms", 9.5, (0.8, 9, 6)) == "red"
    assert command.colour("ms", 5.9, (0.8, 9, 6)) == "bold green"
    assert command.colour("joint", 50.0, (None, None, None)) == ""
