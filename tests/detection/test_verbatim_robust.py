"""No text makes the verbatim check fail, and what must hold holds for all of them."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from statements.detection.findings import Span
from statements.detection.locating import exact
from statements.detection.printed import Printed
from statements.detection.verbatim import check, turns
from statements.detection.verdicts import Outcome, SourceText, Turn, Verdict
from statements.detection.wording import Prepared, fold

from ..promises.hostile.shapes import TEXTS

WORDS = [
    "pier", "ferry", "strait", "harbour", "calm", "winter", "open", "sail", "repair",
    "council", "vote", "storm", "lamp", "north", "quay", "rope", "bell", "chart",
    "mast", "hull", "sand", "gull", "moor", "tide", "wharf", "keel",
]  # fmt: skip
EVERY_THIRD = sorted(TEXTS)[::3]

plain = st.lists(st.sampled_from(WORDS), min_size=6, max_size=24, unique=True)
#: Pieces of text, among them all that means something to the check.
BITS = [
    "[", "]", "[t]he", "[sic]", "...", "…", ".", "!", "“", "”", "’", "'", "(", ")",
    "(Applause.)", "(inaudible)", "[emphasis added]", "*", "_", "-", "--", "—", "\n",
    "\n\n", "\u00a0", "\u00ad", "e\u0301", "ﬁ", "İ", "ß", "U.S.", "2,254", "$", "%",
    "dollars", "uh", "I", "the", "The", "pier", "piers", "[pier]", "open", "you know",
    "MS OKAFOR:", "日本", "ไทย", "نعم", "👍", "\ud800", "\x00", "\u200f", "𝔘", "a", "b",
]  # fmt: skip
bits = st.lists(st.sampled_from(BITS), max_size=14)


@st.composite
def pairs(draw: st.DrawFn) -> tuple[str, str]:
    """A quote and a text that it shares pieces with, in order or not."""
    said = draw(bits)
    printed = draw(bits)
    low = draw(st.integers(0, 14))
    printed = printed[:3] + said[low : low + draw(st.integers(0, 9))] + printed[3:6]
    glue = draw(st.sampled_from(["", " ", " "]))
    return glue.join(printed), glue.join([*draw(bits)[:4], *said])


def holds(verdict: Verdict, quote: str, text: str) -> None:
    """Every place lies in its text, in order, and is what it says."""
    for span in verdict.spans:
        assert 0 <= span.start < span.end <= len(text)
    for first, second in pairwise(verdict.spans):
        assert first.end <= second.start
    for note in (*verdict.operations, *verdict.differences):
        assert note.quote.of(quote) == note.printed
        if note.source is not None:
            assert 0 <= note.source.start <= note.source.end <= len(text)
            assert note.said.strip() == note.source.of(text).strip() or not (
                note.source.of(text) and note.said
            )


@given(pairs())
@settings(max_examples=250, deadline=None)
def test_any_two_texts_get_a_verdict_and_always_the_same(pair):
    quote, text = pair
    verdict = check(quote, [SourceText(text)])
    holds(verdict, quote, text)
    assert check(quote, [SourceText(text)]) == verdict


@given(
    pairs(),
    st.lists(st.tuples(st.integers(-2, 40), st.integers(-2, 40)), max_size=5),
)
@settings(max_examples=100, deadline=None)
def test_any_turns_will_do(pair, given_turns):
    quote, text = pair
    spans = tuple(Turn(Span(a, b), "MS OKAFOR") for a, b in given_turns)
    holds(check(quote, [SourceText(text, turns=spans)]), quote, text)
    holds(check(quote, [SourceText(text, turns=turns(text))]), quote, text)


@given(bits, st.sampled_from(["", " "]))
@settings(max_examples=150, deadline=None)
def test_every_word_has_its_place(parts, glue):
    text = glue.join(parts)
    source = Prepared(text)
    places = [source.place(number) for number in range(len(source))]
    assert places == sorted(places)
    for number, (start, end) in enumerate(places):
        assert source.codes[number] == source.code(fold(text[start:end]))


@given(plain, st.data())
@settings(max_examples=80, deadline=None)
def test_a_text_is_a_quote_of_itself(words, data):
    low = data.draw(st.integers(0, len(words) - 2))
    high = data.draw(st.integers(low + 1, len(words)))
    text, quote = " ".join(words), " ".join(words[low:high])
    verdict = check(quote, [SourceText(text)])
    assert (verdict.outcome, verdict.operations) == (Outcome.VERBATIM, ())
    assert verdict.span is not None
    assert verdict.span.of(text) == quote


@given(plain, st.data())
@settings(max_examples=80, deadline=None)
def test_a_marked_insertion_is_marked_and_an_unmarked_one_differs(words, data):
    at = data.draw(st.integers(1, len(words) - 1))
    text = " ".join(words)
    marked = " ".join([*words[:at], "[lighthouse]", *words[at:]])
    verdict = check(marked, [SourceText(text)])
    assert verdict.outcome is Outcome.MARKED
    assert [(op.kind, op.words) for op in verdict.operations] == [("bracket", 0)]
    verdict = check(marked.replace("[", "").replace("]", ""), [SourceText(text)])
    assert [d.printed for d in verdict.differences] == ["lighthouse"]
    assert verdict.outcome is Outcome.DIFFERS


@given(plain, st.data())
@settings(max_examples=80, deadline=None)
def test_a_marked_omission_is_counted_and_an_unmarked_one_differs(words, data):
    low = data.draw(st.integers(1, len(words) - 2))
    high = data.draw(st.integers(low + 1, min(low + 3, len(words) - 1)))
    text = " ".join(words)
    quote = " ".join([*words[:low], "…", *words[high:]])
    verdict = check(quote, [SourceText(text)])
    assert (verdict.outcome, verdict.left_out) == (Outcome.MARKED, high - low)
    assert [op.said for op in verdict.operations] == [" ".join(words[low:high])]
    verdict = check(quote.replace(" …", ""), [SourceText(text)])
    assert verdict.outcome in (Outcome.DIFFERS, Outcome.NOT_FOUND)


@given(plain, st.data())
@settings(max_examples=80, deadline=None)
def test_another_word_differs_wherever_it_stands(words, data):
    at = data.draw(st.integers(0, len(words) - 1))
    quote = " ".join([*words[:at], "parliament", *words[at + 1 :]])
    verdict = check(quote, [SourceText(" ".join(words))])
    assert verdict.outcome is Outcome.DIFFERS
    assert [(d.kind, d.printed) for d in verdict.differences] in (
        [("changed", "parliament")],
        [("inserted", "parliament")],
    )


DISGUISES = {
    "curly marks": lambda text: f"“{text}”".replace("'", "’"),
    "French marks": lambda text: f"«\u00a0{text}\u00a0»",
    "no-break spaces": lambda text: text.replace(" ", "\u00a0"),
    "thin and zero-width spaces": lambda text: text.replace(" ", " \u200b\u2009"),
    "soft hyphens": lambda text: text.replace("rr", "r\u00adr").replace(
        "ou", "o\u00adu"
    ),
    "an em dash": lambda text: text.replace(" - ", "—"),
    "two hyphens": lambda text: text.replace(" - ", " -- "),
    "odd hyphens": lambda text: text.replace("-", "\u2011"),
    "ligatures": lambda text: text.replace("ffi", "ﬃ").replace("fi", "ﬁ"),
    "decomposed accents": lambda text: unicodedata.normalize("NFD", text),
    "full width": lambda text: text.replace("10", "１０"),
    "line breaks": lambda text: text.replace(" ", "\n"),
}
SAID = (
    "the first office - it's a well-known café - hurried Señor Núñez four times at 10"
)


@pytest.mark.parametrize("disguise", DISGUISES)
def test_signs_are_folded_and_never_shown(disguise):
    other = DISGUISES[disguise](SAID)
    assert other != SAID
    for quote, text in ((other, SAID), (SAID, other)):
        verdict = check(quote, [SourceText(text)])
        assert verdict.outcome is Outcome.VERBATIM
        assert verdict.operations == verdict.differences == ()


@pytest.mark.parametrize("shape", EVERY_THIRD)
def test_hostile_shapes_get_a_verdict(shape):
    text = TEXTS[shape](3_000)
    for quote in (text, text[: len(text) // 2], f"{text[:60]} … {text[-60:]}", "[a]b"):
        holds(check(quote, [SourceText(text)]), quote, text)


def test_a_word_that_stands_everywhere_is_found_at_its_first_place():
    source = SourceText("the " * 5_000)
    verdict = check("the … the [old] the", [source])
    assert (verdict.outcome, verdict.left_out) == (Outcome.MARKED, 0)
    assert exact(Printed("the"), source.prepared)[0] == [0]
