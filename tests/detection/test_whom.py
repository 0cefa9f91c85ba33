"""Whom a pronoun, an office or a short form means: one row for each phenomenon."""

from __future__ import annotations

import pytest

from statements.detection.engine import detect

#: The text, the full names of its quotes' speakers in order, why.
ROWS = [
    (
        "Ilse Okafor met Marta Brandt. She praised Olga Rask. She called the talks"
        " “quite long enough for one day”.",
        ["Ilse Okafor"],
        "she goes on as who she was, whomever the sentence between names",
    ),
    (
        "Teodor Lindqvist left at noon. Asked about his vote if Gordon Bell should"
        " run, he said: “I have not made up my mind.”",
        ["Teodor Lindqvist"],
        "the sentence begins with his, so he was meant before it",
    ),
    (
        "Okafor consultant Teodor Lindqvist read the poll on Monday. Felix Okafor had"
        " left. Okafor consultant Teodor Lindqvist spoke. “It is early,” he said.",
        ["Teodor Lindqvist"],
        "a name that only says whose consultant he is",
    ),
    (
        "Ilse Okafor crossed the South China Sea in May. “It was calm,” she said.",
        ["Ilse Okafor"],
        "a sea is nobody",
    ),
    (
        "Admiral Gordon Rask landed at noon. The admiral thanked Teodor Bell. “We were"
        " late,” he said.",
        ["Gordon Rask"],
        "the sentence between has an office for its subject",
    ),
    (
        "Ms. Okafor opened the door. “Come in, all of you,” she said.",
        ["Okafor"],
        "nobody prints her full name: the surname is what there is",
    ),
    (
        "Paul Rask opened the hearing, and four members spoke for him and for his plan"
        " to close the port at night.\nPeter Rask was next. Mr. Rask took an hour."
        " “I shall be brief,” he said.",
        ["Peter Rask"],
        "of two namesakes the one last named in full, and alone",
    ),
    (
        "Paul Rask and Peter Rask own the boat. “It floats, and that is enough,” Rask"
        " said.",
        [""],
        "of two brothers neither",
    ),
    (
        "Paul and Peter Rask own the boat. “It floats, and that is enough,” Paul said."
        " “It leaks as well,” said Peter.",
        ["Paul Rask", "Peter Rask"],
        "one surname printed for two",
    ),
    (
        "Brothers Paul and Peter Rask own the boat. “It floats, and that is enough,”"
        " Rask said.",
        [""],
        "one surname printed for two, and the surname alone",
    ),
    (
        "Senator Paul Rask and his sister, Judge Olga Rask, were heard. “The bill was"
        " mine,” Senator Rask said. “The ruling was mine,” said Judge Rask.",
        ["Paul Rask", "Olga Rask"],
        "the title decides between namesakes",
    ),
    (
        "President Paul Rask received union president Olga Bell. “We spoke of cranes,”"
        " the union president said. “We spoke of ships,” the President said.",
        ["Olga Bell", "Paul Rask"],
        "two presidents, told apart by the whole of their titles",
    ),
    (
        "Foreign Minister Aurel Kestrin of Estmark landed. “Six are enough for two"
        " pages,” Minister Kestrin said.",
        ["Aurel Kestrin"],
        "a country behind the name is no part of it",
    ),
    (
        "“We shall print it,” promised the President of the Senate, Olga Rask.",
        ["Olga Rask"],
        "the name in apposition to a long office",
    ),
    (
        "Minister Paul Rask was asked, and so was his spokeswoman, Olga Bell. “We lack"
        " hands, and beds,” the minister said. “Ask on Friday,” said the spokeswoman.",
        ["Paul Rask", "Olga Bell"],
        "an office with its holder in apposition",
    ),
    (
        "Spokesperson Ilse Okafor of the Ministry of Ports said it was “quite late by"
        " now”. “We wait,” said Envoy Aurel Kestrin of Estmark.",
        ["Ilse Okafor", "Aurel Kestrin"],
        "the body or country behind a name that says whose spokesperson she is",
    ),
    (
        "Gordon Bell, who has run the station of Lower Ness since May, was told by"
        " post. “I read it twice,” he said.",
        ["Gordon Bell"],
        "the subject before the relative clause, not the place in it",
    ),
]


@pytest.mark.parametrize(
    ("text", "names"), [row[:2] for row in ROWS], ids=[row[2] for row in ROWS]
)
def test_whose_words_they_are(text, names):
    assert [quote.attribution.full_name for quote in detect(text).quotes] == names
