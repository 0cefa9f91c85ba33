"""Which quotes answer which question."""

from __future__ import annotations

import pytest

from statements.models import Quote
from statements.search.query import parse
from statements.search.quotes import find

pytestmark = pytest.mark.django_db


def found(text: str, **changes) -> list[str]:
    return [quote.text for quote in find(parse(text), Quote.objects.public()).items]


FERRIES = "The ferries will sail before the winter comes"
REFUSAL = "[t]he refusal of both shores is a path forward"
CAFE = "We met in a café beside Hay’at square… and talked"


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("ferry", [FERRIES]),  # stemmed as English
        ("FERRIES winter", [FERRIES]),  # all words, in any order and case
        ("ferries refusal", []),
        ('"path forward"', [REFUSAL]),
        ("“path forward”", [REFUSAL]),  # curly marks
        ("„path forward“", [REFUSAL]),
        ("«path forward»", [REFUSAL]),
        ('"forward path"', []),
        ("“the refusal”", [REFUSAL]),  # through the editor's brackets
        ("the refusal", [REFUSAL]),
        ("cafe", [CAFE]),  # through accents, either way
        ("cafés", [CAFE]),
        ("Hay'at", [CAFE]),  # either apostrophe
        ("Hay’at", [CAFE]),
        ('"square and talked"', [CAFE]),  # through an ellipsis
        ("-ferry", [REFUSAL, CAFE]),
        ("-“path forward” -café", [FERRIES]),
        ("−ferries", [REFUSAL, CAFE]),  # a real minus sign
        ("winter -ferry", []),
        ("win*", [FERRIES]),
        ("forw* -ferry", [REFUSAL]),
    ],
)
def test_words_find_quotes(say, question, expected):
    for words in (CAFE, REFUSAL, FERRIES):
        say(words)
    assert sorted(found(question)) == sorted(expected)
