"""What is asked in bad faith, or by a broken program, gets an answer like any other."""

from __future__ import annotations

import pytest

from statements.models import Quote
from statements.search.query import LONGEST, MOST_TERMS, from_params
from statements.search.quotes import Cursor, find

from . import hostile

pytestmark = pytest.mark.django_db


def answer(params: dict[str, str]):
    """What the question finds; the process does not fall."""
    query = from_params(params)
    return query, find(query, Quote.objects.public(), Cursor.read(params), 20)


def test_hostile_questions_get_answers(say, subtests):
    quote = say("The ferries will sail before the winter comes")
    for params in hostile.params(len(hostile.KNOWN) + 20):
        with subtests.test(ascii(params)[:80]):
            answer(params)
    # A question in good faith gets its answer after them.
    assert answer({"q": "ferry"})[1].items == [quote]


def test_too_long_a_question_is_cut_and_said_so(say):
    say("The ferries will sail before the winter comes")
    query, page = answer({"q": " ".join(f"t{n}" for n in range(60_000))})
    assert len(query.words) == MOST_TERMS
    assert page.notes[:2] == (
        f"Only the first {LONGEST} characters were read. Use fewer words, or the "
        "rarest of them.",
        f"Only the first {MOST_TERMS} words were searched for. Leave some out.",
    )


@pytest.mark.long
def test_ten_thousand_hostile_questions_get_answers_from_the_page(say, client):
    say("The ferries will sail before the winter comes")
    wrong = []
    for number, params in enumerate(hostile.params(10_000)):
        # As a browser sends it; what cannot be sent at all is left out.
        sent = {
            k: v.encode("utf-8", "ignore").decode()[:4_000] for k, v in params.items()
        }
        status = client.get("/search/", sent).status_code
        if status not in (200, 400):
            wrong.append((number, status))
        answer(params)
    assert wrong == []
