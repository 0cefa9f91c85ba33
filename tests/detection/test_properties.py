"""What holds for every text: places, order, sameness, and no exception."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from statements.detection.engine import detect
from statements.detection.findings import Findings, Person, Roster
from statements.detection.folding import fold
from statements.detection.marks import pairs
from statements.detection.unclosed import ended, straight

ROSTER = Roster((Person(1, "Ilse Okafor", gender="female"), Person(2, "José Almán")))
#: Pieces of texts: marks, labels, headings, verbs, names, what is broken.
BITS = [
    "“", "”", "‘", "’", '"', "''", "'", "„", "«", "»", "‹", "›", "「", "」", "â€œ",
    "â€\x9d", "â€", "Ã©", "Â\xa0", "\u00ad", "\u200b", "\ufeff", "\n", "\n\n", "\r\n",
    "\u2028", "MS OKAFOR:", "QUESTION:", "Q.", "A.", "Q:", "Ilse Okafor:", "PM:", "(",
    ")", ":", ";", ",", ".", "?", "—", "###", "Begin text:", "\x00", "\ud800",
    "The below is attributable to Spokesperson Ilse Okafor:", "Statement by the Senate",
    "Minister Ada Brandt issued the following statement:", "said", "Okafor said",
    "sagte Ilse Okafor", "a déclaré", "José Almán", "JosÃ© AlmÃ¡n", "she", "he told",
    "according to", "that", "chants of", "(referred to as", "means", "UNSCR 2417",
    "resolution 2254", "the plan", "We go now", "yes", "Embed", "By Ilse Okafor",
]  # fmt: skip
texts = st.builds(
    lambda bits, glue: glue.join(bits),
    st.lists(st.sampled_from(BITS), max_size=40),
    st.sampled_from([" ", "", "\n"]),
) | st.text(max_size=60)


def found(text: str) -> Findings:
    return detect(text, on=date(2024, 1, 1), roster=ROSTER, known={})


@given(texts)
@settings(max_examples=150, deadline=None)
def test_every_place_holds_in_the_print(text):
    end = 0
    findings = found(text)
    spans = [quote.span for quote in findings.quotes]
    for quote in findings.quotes:
        assert end <= quote.span.start < quote.span.end <= len(text)
        end = quote.span.end
        who = quote.attribution
        assert (who.speaker == "") is (who.span is None)
        if who.span is not None:
            assert who.span.of(text) == who.speaker
            assert not any(
                s.start < who.span.end and who.span.start < s.end for s in spans
            )
        if who.cue_span is not None:
            assert who.cue_span.of(text) == who.cue
        assert 0 <= quote.confidence <= 1
    for citation in findings.citations:
        assert citation.span.of(text) == citation.printed
    for line in findings.dropped:
        assert line.span.of(text).strip() == line.text


@given(texts)
@settings(max_examples=60, deadline=None)
def test_the_same_text_gives_the_same_findings(text):
    assert found(text) == found(text)


@given(texts)
@settings(max_examples=60, deadline=None)
def test_a_text_is_folded_in_its_places(text):
    assert len(fold(text)) == len(text)


@given(texts)
@settings(max_examples=100, deadline=None)
def test_pairs_of_marks_never_cross(text):
    end = 0
    for pair in straight(text, ended(text, pairs(text))):
        assert end <= pair.opened <= pair.start < pair.end <= pair.closed_at
        assert pair.closed_at <= len(text)
        end = pair.closed_at
        assert pair.pieces[0][0] == pair.start
        assert pair.pieces[-1][1] == pair.end
