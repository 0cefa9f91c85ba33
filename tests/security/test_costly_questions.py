"""Class: a question of three hundred signs keeps the database busy for a second.

Whoever is not signed in may ask for little: what one request costs has a bound that no
question can raise.
"""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from statements.editorial import catalogue
from statements.search.query import MOST_NAMES

from .. import builders

pytestmark = pytest.mark.django_db

QUESTIONS = [
    " ".join(f"org:{number}" for number in range(90)),
    " ".join(f"speaker:{number}" for number in range(90)),
    " ".join(f"topic:{number}" for number in range(90)),
    " ".join(f"about:{number}" for number in range(90)),
    " ".join(f"about:24{number:02}" for number in range(90)),
    " ".join(f"w{number}*" for number in range(99)),
    " ".join(f"ferri{number}" for number in range(90)),
    '"' * 300,
    "(" * 300,
    "a:" * 150,
    "\u0301" * 300,
]


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("sort", ["newest", "relevance"])
def test_no_question_asks_the_database_without_end(client, live, question, sort):
    with CaptureQueriesContext(connection) as asked:
        response = client.get("/search/", {"q": question, "sort": sort})
    assert response.status_code == 200
    # Four readings of a name, and two to take it for another; five for the answer, and
    # where there is none, thirteen at most to ask whether another question was meant.
    assert len(asked) <= 6 * MOST_NAMES + 5
    if not any(key in question for key in ("org:", "speaker:", "topic:", "about:")):
        assert len(asked) <= 5 + 13


def test_names_left_out_are_told(client, live):
    response = client.get("/search/", {"q": QUESTIONS[0]})
    assert "names were looked up" in response.content.decode()


def test_the_slug_of_a_record_nobody_saw_finds_nobody(client, live, okafor, system):
    secret = builders.make_person("Zelda Zinnober", by=system)
    known = builders.make_person("Ilse Okafor-Brandt", by=system)
    catalogue.list_publicly([known], by=system)
    for row in (secret, known):
        catalogue.merge(row, okafor, by=system)

    def found(slug: str) -> bool:
        page = client.get("/search/", {"q": f"speaker:{slug}"}).content.decode()
        return "There is no speaker" not in page and "No speaker" not in page

    # Her name is Okafor's other name since, and public; where she lived is not.
    assert found('"zelda zinnober"')
    assert not found("zelda-zinnober")
    assert found("ilse-okafor-brandt")
