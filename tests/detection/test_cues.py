"""Verbs of saying, and words spelled like them."""

import pytest

from statements.detection.cues import is_verb
from statements.detection.words import Words

TABLE = [
    # (text, the cues in it, why)
    ("Okafor said it.", ["said"], "the commonest"),
    ("Okafor says and adds it.", ["says", "adds"], "present"),
    ("She underscored, stressed, denied it.", ["underscored", "stressed", "denied"],
     "regular and -y"),
    ("Okafor made clear that it was so.", ["made"], "two words"),
    ("As Okafor put it, no.", ["put"], "two words"),
    ("The claims were old.", [], "a noun after an article"),
    ("His remarks and her comments.", [], "nouns after a possessive"),
    ("The United States", [], "capitalised inside a sentence"),
    ("Republican claims of success", [], "claims of"),
    ("Critics claim it is over.", ["claim"], "a plural claims"),
    ("He made a chair.", [], "made something"),
    ("the joint statement", [], "nothing"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "cues", "why"), TABLE, ids=[row[0] for row in TABLE])
def test_is_verb(text, cues, why):
    (sentence,) = Words(text, [], []).sentences
    tokens = sentence.tokens
    found = [t.text for i, t in enumerate(tokens) if is_verb(tokens, i)]
    assert found == cues, why


SENTENCES = [
    ("Mr. Okafor of the U.S. spoke. She left.", 2, "abbreviations end nothing"),
    ("He left the U.S. The ship sailed.", 2, "an abbreviation before an opener"),
    ("It cost 2.5 million. Yes.", 2, "a stop in a number"),
    ("He came at 5 p.m. on Monday.", 1, "no capital after the stop"),
]


@pytest.mark.parametrize(("text", "count", "why"), SENTENCES)
def test_sentences(text, count, why):
    assert len(Words(text, [], []).sentences) == count, why


def test_a_dateline_is_no_part_of_its_sentence():
    words = Words("HARROWMERE, June 2 (VNA) — The ministry said so.", [], [])
    assert words.sentences[0].tokens[0].text == "The"
