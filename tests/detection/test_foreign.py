"""Quotes as other languages mark them and say who speaks."""

import pytest

from statements.detection.engine import detect

SAID = [
    ("German, low and high", "„Das Eis hält“, sagte Ilse Okafor am Montag.",
     "Das Eis hält", "Ilse Okafor"),
    ("German, speaker first", "Ministerin Maren Achterberg schrieb: „Wir fahren.“",
     "Wir fahren.", "Maren Achterberg"),
    ("French, a compound verb", "« Le détroit est ouvert », a déclaré Ilse Okafor.",
     "Le détroit est ouvert", "Ilse Okafor"),
    ("French, office before the name",
     "« Nous partons », explique la ministre Maren Achterberg.",
     "Nous partons", "Maren Achterberg"),
    ("Spanish", "«El puerto está cerrado», señaló Jonna Teague.",
     "El puerto está cerrado", "Jonna Teague"),
    ("Italian", "«Il porto è chiuso», ha detto Jonna Teague.",
     "Il porto è chiuso", "Jonna Teague"),
    ("Portuguese, in English marks", "“O porto está fechado”, afirmou Jonna Teague.",
     "O porto está fechado", "Jonna Teague"),
    ("Swedish, one mark for both ends", "”Isen håller”, sade Tamsin Rook.",
     "Isen håller", "Tamsin Rook"),
    ("Danish, marks turned inwards", "»Isen holder«, siger Tamsin Rook.",
     "Isen holder", "Tamsin Rook"),
    ("Polish", "„Lód trzyma”, powiedziała Tamsin Rook.",
     "Lód trzyma", "Tamsin Rook"),
    ("Russian", "«Лёд держит», — заявила Ильзе Окафор.",
     "Лёд держит", "Ильзе Окафор"),
    ("an unknown verb: the words, and nobody",
     "„Jég tart minket most“, vélte Rook Tamsin.",
     "Jég tart minket most", ""),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "words", "full"), [row[1:] for row in SAID], ids=[row[0] for row in SAID]
)
def test_a_quote_in_another_language_has_its_speaker(text, words, full):
    assert [
        (q.span.of(text), q.attribution.full_name) for q in detect(text).quotes
    ] == [(words, full)]


def test_an_english_word_is_no_foreign_verb():
    text = "“A game of chance” dice Ada Brandt threw on the table were red."
    assert [q.attribution.full_name for q in detect(text).quotes] in ([], [""])


def test_single_angle_marks_nest():
    text = "« Il a dit ‹ demain › et il est parti », raconte Lotte Brannic."
    (quote,) = detect(text).quotes
    assert quote.span.of(text) == "Il a dit ‹ demain › et il est parti"
