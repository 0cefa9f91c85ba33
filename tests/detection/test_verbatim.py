"""A quote against its sources: the seven verdicts."""

from __future__ import annotations

import dataclasses

import pytest

from statements import models
from statements.detection.findings import Person, Span
from statements.detection.verbatim import changed, check, turns
from statements.detection.verdicts import (
    CHECKER,
    Outcome,
    SourceText,
    Trust,
    Turn,
    Verdict,
)

from .verbatim_vectors import BRIEFING, FERRIES, LONG, SITUATIONS, SPEECH, TABLE

OKAFOR = Person(1, "Ilse Okafor", ("I. Okafor",))


def told(verdict: Verdict) -> list[str]:
    """Everything that a verdict says of one place, in short."""
    notes = []
    for op in verdict.operations:
        note = f"{op.kind} {op.printed}"
        if op.source is not None:
            note += f" = {op.said}" if op.said else ""
        if op.kind == "omission" and op.source is not None:
            note += f" ({op.words})"
        elif op.kind == "bracket" and op.source is None:
            note += " ="
        note += " +" if op.goes_on else ""
        notes.append((op.quote.start, " ".join(note.split())))
    for difference in verdict.differences:
        note = f"{difference.kind} {difference.printed}"
        note += f" = {difference.said}" if difference.said else ""
        notes.append((difference.quote.start, " ".join(note.split())))
    notes.sort(key=lambda pair: pair[0])
    return [note for _, note in notes] + [f"! {each}" for each in verdict.warnings]


@pytest.mark.parametrize(
    ("quote", "source", "expected", "notes", "why"), TABLE, ids=[r[4] for r in TABLE]
)
def test_table(quote, source, expected, notes, why):
    verdict = check(quote, [SourceText(source)])
    rank = f" {verdict.rank}" if verdict.outcome == "differs" else ""
    assert f"{verdict.outcome}{rank}" == expected, why
    if expected != "not_found":
        left_out = LONG[len("We began in the spring") : -len("We ended in the autumn.")]
        assert told(verdict) == [n.replace("LONG", left_out.strip()) for n in notes]


def test_the_table_has_forty_rows_and_every_kind_of_note():
    assert len(TABLE) >= 40
    kinds = {note.split()[0] for row in TABLE for note in row[3]}
    assert kinds == {
        "!", "aside", "bracket", "case", "changed", "emphasis", "fillers", "inserted",
        "missing", "omission", "punctuation", "sic", "style",
    }  # fmt: skip


# Whose words they are.


def briefing(text: str = BRIEFING) -> SourceText:
    return SourceText(text, key="b", turns=turns(text), title="Briefing")


SPEECHES = SourceText(SPEECH, key="s", label="Ada Brandt", title="Speech")


@pytest.mark.parametrize(
    ("quote", "outcome", "label", "notes", "why"),
    SITUATIONS,
    ids=[row[4] for row in SITUATIONS],
)
def test_whose_words(quote, outcome, label, notes, why):
    verdict = check(quote, [briefing()], speaker=OKAFOR, elsewhere=[SPEECHES])
    assert (verdict.outcome, verdict.label) == (outcome, label), why
    if outcome == "marked":
        (omission,) = verdict.operations
        said = [f"omission … = {omission.words}"]
        assert said + [f"! {each}" for each in verdict.warnings] == notes
    else:
        assert told(verdict) == [note.replace("’s.", "'s.") for note in notes]


def test_all_seven_verdicts_are_given():
    here = [briefing()]
    verdicts = [
        check(row[0], here, speaker=OKAFOR, elsewhere=[SPEECHES]).outcome
        for row in SITUATIONS
    ]
    verdicts.append(check("Nothing has changed.", []).outcome)
    earlier = check("Nothing has changed.", here)
    now = briefing(BRIEFING.replace("Nothing has", "Little has"))
    verdicts.append(check("Nothing has changed.", [now], earlier=earlier).outcome)
    assert set(verdicts) == set(Outcome)


def test_without_a_speaker_every_turn_counts():
    words = "the old pier was sold in the spring"
    assert check(words, [briefing()]).outcome is Outcome.VERBATIM
    assert check(words, [briefing()], speaker=OKAFOR).outcome is Outcome.ELSEWHERE


@pytest.mark.parametrize(
    ("label", "person", "outcome", "why"),
    [
        ("MS OKAFOR", None, "verbatim", "surname"),
        ("SPOKESPERSON OKAFOR", None, "verbatim", "a title before it"),
        ("ILSE OKAFOR", None, "verbatim", "both names"),
        ("ANNA OKAFOR", None, "elsewhere", "another given name"),
        ("MR LINDQVIST", None, "elsewhere", "another surname"),
        ("", None, "verbatim", "nobody can tell"),
        ("MS OKAFOR", 2, "elsewhere", "known to be somebody else"),
        ("THE SPOKESPERSON", 1, "verbatim", "known to be her"),
    ],
)
def test_a_label_names_the_speaker(label, person, outcome, why):
    said = "The pier is open again."
    source = SourceText(said, turns=(Turn(Span(0, len(said)), label, person),))
    assert check(said, [source], speaker=OKAFOR).outcome == outcome, why
    whole = SourceText(said, label=label, person=person)
    assert check(said, [whole], speaker=OKAFOR).outcome == outcome, why


def test_a_turn_is_a_border_for_words():
    """Words of two speakers are never one quote."""
    assert check("The pier is open. Is it?", [SourceText("The pier is open. Is it?")])
    text = "MS A: The pier is open.\nMR B: Is it?"
    source = SourceText(text, turns=turns(text))
    verdict = check("The pier is open. Is it?", [source])
    assert verdict.outcome is Outcome.DIFFERS


# Where it stands.


def test_every_place_holds_what_it_says():
    quote = "“[t]he ministry’s refusal … made [us] the delays. … Then the ferry sails."
    verdict = check(quote, [SourceText(FERRIES)])
    for operation in verdict.operations:
        assert operation.quote.of(quote) == operation.printed
        if operation.source is not None and operation.said:
            assert operation.said in operation.source.of(FERRIES)
    for difference in verdict.differences:
        assert difference.quote.of(quote) == difference.printed
        assert difference.source.of(FERRIES) == difference.said
    assert [span.of(FERRIES) for span in verdict.spans] == [
        "The ministry’s refusal",
        "made the delays",
        "Then the ferries sail",
    ]


def test_of_several_places_the_best_counts():
    text = "We say that the ferries sail. The ferries sail."
    verdict = check("The ferries sail.", [SourceText(text)])
    assert (verdict.outcome, verdict.span) == (Outcome.VERBATIM, Span(30, 46))


def test_of_two_equal_places_the_first_counts():
    verdict = check("the ferries sail", [SourceText("the ferries sail, " * 9)])
    assert verdict.span == Span(0, 16)


def test_of_several_sources_the_one_that_has_the_words_counts():
    others = [SourceText("The pier is shut.", key=1), SourceText("", key=2)]
    verdict = check("The pier is open.", [*others, SourceText("The pier is open.", 3)])
    assert (verdict.outcome, verdict.source) == (Outcome.VERBATIM, 3)


# What a verdict keeps.


def test_a_verdict_keeps_what_it_was_made_of():
    source = SourceText("The pier is open.", key=7, person=1, trust=Trust.THIRD_PARTY)
    verdict = check("The pier is open.", [source])
    assert dataclasses.asdict(verdict) == {
        "outcome": "verbatim",
        "rank": None,
        "source": 7,
        "digest": source.digest,
        "trust": "third_party",
        "label": "",
        "person": 1,
        "spans": ({"start": 0, "end": 16},),
        "operations": (),
        "differences": (),
        "warnings": ("The transcript is a third party's, not official.",),
        "left_out": 0,
        "share": 1.0,
        "checker": CHECKER,
    }


@pytest.mark.parametrize(
    ("trust", "warnings"),
    [
        (Trust.OFFICIAL, ()),
        (Trust.PREPARED, ("The source is the text as prepared, not as delivered.",)),
        (Trust.THIRD_PARTY, ("The transcript is a third party's, not official.",)),
    ],
)
def test_how_far_the_source_can_be_believed_is_said(trust, warnings):
    verdict = check("open", [SourceText("It is open.", trust=trust)])
    assert (verdict.trust, verdict.warnings) == (trust, warnings)


def test_verdicts_are_spelled_as_they_are_stored():
    assert [str(each) for each in Outcome] == models.Verdict.values
    assert [str(each) for each in Trust] == models.Source.Trust.values
    longest = models.VerbatimCheck._meta.get_field("checker").max_length
    assert len(CHECKER) <= longest


def test_no_source_is_no_verdict():
    assert check("The pier is open.", []) == Verdict(Outcome.UNCHECKED)
    assert check("The pier is open.", [SourceText(" \n")]) == Verdict(Outcome.UNCHECKED)


def test_no_source_but_a_document_that_has_the_words():
    verdict = check("We shall never sell the old quay.", [], elsewhere=[SPEECHES])
    assert (verdict.outcome, verdict.source) == (Outcome.UNCHECKED, "s")
    assert verdict.warnings == ("No source is given, but these words stand in Speech.",)


def test_what_is_not_found_keeps_where_it_was_looked_for():
    source = SourceText("The pier is open.", key=7)
    verdict = check("Lighthouses shine at night.", [source, SPEECHES])
    assert verdict == Verdict(
        Outcome.NOT_FOUND, source=7, digest=source.digest, trust=Trust.OFFICIAL
    )


def test_a_quote_of_marks_alone_is_not_found():
    verdict = check("“… [the pier] …”", [SourceText("The pier is open.")])
    assert verdict.outcome is Outcome.NOT_FOUND
    assert verdict.warnings == ("The quote holds no words of its own.",)


# When the source changes.


def test_a_verdict_that_no_longer_holds_is_stale():
    before = SourceText("The pier is open.", key=7)
    earlier = check("The pier is open.", [before])
    after = SourceText("The pier is closed.", key=7)
    assert changed(earlier, after)
    verdict = check("The pier is open.", [after], earlier=earlier)
    assert (verdict.outcome, verdict.digest) == (Outcome.STALE, after.digest)
    assert told(verdict) == [
        "changed open = closed",
        "! The source has changed since the check, which found: verbatim. "
        "Check the quote again.",
    ]


def test_a_verdict_that_holds_in_the_new_version_is_given_anew():
    before = SourceText("The pier is open.", key=7)
    earlier = check("The pier is open.", [before])
    after = SourceText("We say: The pier is open.", key=7)
    verdict = check("The pier is open.", [after], earlier=earlier)
    assert (verdict.outcome, verdict.digest) == (Outcome.VERBATIM, after.digest)


def test_a_verdict_that_the_new_version_mends_is_given_anew():
    before = SourceText("The pier is closed, they say.", key=7)
    earlier = check("The pier is open.", [before])
    after = SourceText("The pier is open.", key=7)
    assert (earlier.outcome, changed(earlier, after)) == (Outcome.DIFFERS, True)
    verdict = check("The pier is open.", [after], earlier=earlier)
    assert verdict.outcome is Outcome.VERBATIM


def test_an_unchanged_source_makes_nothing_stale():
    source = SourceText("The pier is open.", key=7)
    earlier = dataclasses.replace(
        check("The pier is open.", [source]), outcome=Outcome.DIFFERS
    )
    assert not changed(earlier, source)
    verdict = check("The pier is open.", [source], earlier=earlier)
    assert verdict.outcome is Outcome.VERBATIM


# Turns of a transcript.


def test_turns_begin_after_their_labels():
    assert [(t.label, t.span.of(BRIEFING).strip()[:18]) for t in turns(BRIEFING)] == [
        ("MS OKAFOR", "The pier is open. "),
        ("QUESTION", "Will the ferries s"),
        ("MS OKAFOR", "They will sail at "),
        ("MR LINDQVIST", "I must add that th"),
    ]


def test_labels_come_in_several_layouts():
    text = (
        "THE PRESIDENT:  Yes.\nQ  Is it open?\nQ: And now?\nO’BRIEN (via phone): No.\n"
        "Questions remain.\nMR. BRANDT: It is 10:30.\nMore of it."
    )
    assert [(t.label, t.span.of(text).strip()) for t in turns(text)] == [
        ("THE PRESIDENT", "Yes."),
        ("Q", "Is it open?"),
        ("Q", "And now?"),
        ("O’BRIEN", "No.\nQuestions remain."),
        ("MR. BRANDT", "It is 10:30.\nMore of it."),
    ]


def test_a_text_without_labels_has_no_turns():
    assert turns("The pier is open.\nAt 10:30 it shuts.\nNote: bring a coat.") == ()
