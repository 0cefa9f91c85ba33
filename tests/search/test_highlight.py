"""What is marked in the quotes that were found."""

from __future__ import annotations

import pytest

from statements.models import Quote
from statements.search.query import parse
from statements.search.quotes import find

pytestmark = pytest.mark.django_db


def marked(question: str) -> str:
    """The one quote found, with its hits in braces."""
    (quote,) = find(parse(question), Quote.objects.public()).items
    assert "".join(piece.text for piece in quote.pieces) in {"", quote.text}
    return "".join(
        f"{{{piece.text}}}" if piece.hit else piece.text for piece in quote.pieces
    )


@pytest.mark.parametrize(
    ("words", "question", "expected"),
    [
        ("No ferry, no ferries", "ferry", "No {ferry}, no {ferries}"),
        ("Ferry by night", "night -tower fer*", "{Ferry} by {night}"),
        ("We met in a café", "cafe", "We met in a {café}"),
        ("At Hay’at square", "Hay'at", "At {Hay’at} square"),
        # An editor's brackets are inside the mark with their word, and stay.
        ("[N]egotiate now [sic]", "negotiate sic", "{[N]egotiate} now {[sic]}"),
        # A phrase is marked where its words stand together, and nowhere else.
        (
            "A path forward is no forward path, nor a path",
            "“path forward”",
            "A {path forward} is no forward path, nor a path",
        ),
        (
            "The paths forward and a path",
            "“path forward”",
            "The {paths forward} and a path",
        ),
        ("A path of great peace", "“path of great peace”", "A {path of great peace}"),
        (
            "A path forward, and that path alone",
            "“path forward” alone",
            "A {path forward}, and that path {alone}",
        ),
        (
            "An anti-war march, and war",
            "“anti-war march”",
            "An {anti-war march}, and war",
        ),
        ("Wait… the ferry", "ferry", "Wait… the {ferry}"),
        ("See example.org/ferry soon", "soon", "See example.org/ferry {soon}"),
        # Nothing was asked for, so nothing is marked.
        ("The ferry sails", "-winter", ""),
        ("The ferry sails", "speaker:okafor", ""),
    ],
)
def test_hits_are_marked(say, words, question, expected):
    say(words)
    assert marked(question) == expected


def test_hits_are_found_by_the_language_of_the_quote(say):
    say("Die Fähren kommen", language="de")
    assert marked("Fähre") == "Die {Fähren} kommen"


def test_each_quote_is_marked_by_its_own_language(say):
    say("Die Fähren: ferries, sagte er", language="de")
    say("A fahre is no ferry")
    pieces = {
        quote.language: [piece.text for piece in quote.pieces if piece.hit]
        for quote in find(parse("ferries -ferryman"), Quote.objects.public()).items
    }
    assert pieces == {"de": ["ferries"], "en": ["ferry"]}


def test_a_text_is_no_html_neither_in_nor_out(say):
    quote = say("If a ferry", publish=False)
    words = "If a < b and <b>ferry</b> & <x"
    Quote.objects.filter(pk=quote.pk).update(text=words)
    (found,) = find(parse("ferry"), Quote.objects.filter(pk=quote.pk)).items
    assert [(piece.text, piece.hit) for piece in found.pieces] == [
        ("If a < b and <b>", False),
        ("ferry", True),
        ("</b> & <x", False),
    ]


def test_a_text_not_composed_is_marked_all_the_same(say):
    quote = say("A cafe in the port", publish=False)
    Quote.objects.filter(pk=quote.pk).update(text="A cafe\u0301 in the port")
    (found,) = find(parse("port"), Quote.objects.filter(pk=quote.pk)).items
    assert [(piece.text, piece.hit) for piece in found.pieces] == [
        ("A café in the ", False),
        ("port", True),
    ]
