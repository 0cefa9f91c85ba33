"""Where quotation marks open and close."""

import pytest

from statements.detection.marks import pairs

TABLE = [
    # (text, words between the marks, why the row is there)
    ("She said “yes” and “no”.", ["yes", "no"], "two on one line"),
    ('She said "yes" and "no".', ["yes", "no"], "straight marks pair by context"),
    ("She said ''yes'' and ''no''.", ["yes", "no"], "two apostrophes as a mark"),
    ("She said ``yes''.", ["yes"], "a typesetter's marks"),
    ("« Bon » et «mal».", ["Bon", "mal"], "French, with and without blanks"),
    ("»Gut« und „schlecht“.", ["Gut", "schlecht"], "German, both ways"),
    ("「はい」と言った", ["はい"], "corner brackets"),
    ("The Hay’at said “it’s Assad’s, don’t”.", ["it’s Assad’s, don’t"], "apostrophes"),
    ("The ministers’ plan, “good.”", ["good."], "a plural possessive is no mark"),
    ("“He said, ‘go,’ and left.”", ["He said, ‘go,’ and left."], "nested inside"),
    ("‘The ministers’ plan is dead,’ he said.", ["The ministers’ plan is dead,"],
     "a possessive inside single marks"),
    ("the ’90s and ’tis", [], "apostrophes that open nothing"),
    ("''It ain't 'so,''' he said.", ["It ain't 'so,'"], "three apostrophes in a row"),
    ("““Radical” he said.", ["Radical"], "a doubled opening mark"),
    ("“so“ he said", ["so"], "an opening mark printed for a closing one"),
    ("“mixed\" he said", ["mixed"], "opened curly, closed straight"),
    ("said,“Look…” he", ["Look…"], "no blank before the mark"),
    ("a “b “c” d” e", ["b “c” d"], "the same marks nested"),
    ("“[T]he … end. ... yes.”", ["[T]he … end. ... yes."], "brackets and dots inside"),
    ("“One.\n“Two.\n“Three.”", ["One.\n“Two.\n“Three."], "re-opened: one quote"),
    ("“One.\nTwo.” He left.", ["One.\nTwo."], "not re-opened, closed in the next"),
    ("“One.\nShe left.", ["One."], "never closed: to the end of its paragraph"),
    ("He is 5'10\" tall, \"yes\".", ["yes"], "inches"),
    ("“” and ““ ””", [], "nothing between"),
    ("ends with “", [], "an opening mark alone"),
    ("”Hello” she said", ["Hello"], "a closing mark printed for an opening one"),
    ("\ud800 “a\x00b”", ["a\x00b"], "a lone surrogate and NUL do no harm"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words", "why"), TABLE, ids=[r[2] for r in TABLE])
def test_pairs(text, words, why):
    found = [text[pair.start : pair.end] for pair in pairs(text)]
    assert found == words, why


def test_a_reopened_quote_keeps_its_pieces_apart():
    text = "“One.\n“Two.”"
    (pair,) = pairs(text)
    assert [text[a:b] for a, b in pair.pieces] == ["One.", "Two."]
    assert (pair.opened, pair.closed_at, pair.closed) == (0, len(text), True)


def test_an_unclosed_quote_says_so():
    (pair,) = pairs("She said “and then nothing")
    assert not pair.closed
