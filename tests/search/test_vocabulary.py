"""Which question is offered instead of one that finds nothing."""

from __future__ import annotations

import pytest
from django.db import connection

from statements.editorial import publishing, wording
from statements.models import Quote, Vocabulary
from statements.search import vocabulary
from statements.search.query import parse
from statements.search.quotes import find
from tests import builders
from tests.test_wall import as_public

pytestmark = pytest.mark.django_db


def meant(question: str) -> str | None:
    """The words that are offered instead of a question's, if it finds nothing."""
    query = parse(question)
    page = find(query, Quote.objects.public())
    assert page.items == []
    better = vocabulary.meant(query, Quote.objects.public(), page.filters)
    return None if better is None else better.to_text()


MEANT = [
    ("feryr", "ferry"),
    ("“the ferry sials”", '"the ferry sails"'),  # in a phrase
    ("ferry sancitons", "ferry sanctions"),  # beside a word that is right
    ("feriy sancitons", "ferry sanctions"),  # or another wrong one
    ("Straße", None),  # nothing is like it
    ("zzz", None),
    ("ferry kestrel", None),  # both are right, but nowhere together
    ("sancitons kestrel", None),
    ("kestrle", "kestrel"),
    ("sanctoin speaker:lindqvist", None),  # she never said it
    ("harbuor", None),  # was withdrawn
    ("buoyance", None),  # a draft
    ("traversée", None),  # is right: it finds what was said in French
    ("traverseé traverssée", "traverseé traversee"),
]


@pytest.fixture
def words(say, system, publisher):
    """A vocabulary; "harbour" stands in it, and was withdrawn since."""
    lindqvist = builders.make_person("Teodora Lindqvist", by=system)
    say("The ferry sails whatever the sanctions are")
    say("A kestrel has no borders", speaker=lindqvist)
    say("La traversée est longue", language="fr")
    say("Every buoyancy is a draft", publish=False)
    gone = say("The harbour is closed")
    wording.gather()
    publishing.withdraw(
        gone.article, by=publisher, reason="error", note="It was never said."
    )


def test_a_question_with_a_slip_is_offered_as_it_was_meant(words, subtests):
    assert "harbour" in Vocabulary.objects.values_list("word", flat=True)
    assert "buoyancy" not in Vocabulary.objects.values_list("word", flat=True)
    for question, better in MEANT:
        if question == "traversée":
            assert find(parse(question), Quote.objects.public()).total == 1
            continue
        with subtests.test(ascii(question)):
            assert meant(question) == better
        with subtests.test(f"{question!a} as the public role"), as_public():
            assert meant(question) == better


def test_words_that_are_public_no_more_are_hidden_at_once_and_then_gone(words):
    with as_public(), connection.cursor() as cursor:
        cursor.execute("SELECT word FROM vocabulary WHERE word IN ('harbour', 'ferry')")
        assert cursor.fetchall() == [("ferry",)]
    assert not Vocabulary.objects.public().filter(word="harbour").exists()
    assert Vocabulary.objects.public().filter(word="ferry").exists()
    wording.gather()
    assert not Vocabulary.objects.filter(word="harbour").exists()


def test_to_offer_another_question_costs_few_queries(
    words, django_assert_max_num_queries
):
    with django_assert_max_num_queries(13):
        query = parse("feris sancitons kesrtel brodersz sialing")
        assert vocabulary.meant(query, Quote.objects.public(), ()) is None
