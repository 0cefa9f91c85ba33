"""How PostgreSQL answers with some thousand quotes in the record."""

from __future__ import annotations

import datetime as dt
import json
import random
from dataclasses import replace

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.db.models.functions import Now
from django.test.utils import CaptureQueriesContext

from statements.editorial import verbs
from statements.models import Edition, Permalink, Quote
from statements.search.query import parse
from statements.search.quotes import MOST_COUNTED, find, most_named
from tests import builders
from tests.test_wall import as_public

pytestmark = pytest.mark.django_db

ROWS = 5_000


@pytest.fixture
def thousands(author, okafor, ministry) -> None:
    """ROWS live quotes of seven words each: "ferry" in all, "kestrel" in five."""
    edition = builders.make_draft(by=author)
    chance = random.Random(1)
    links = Permalink.objects.bulk_create(
        [Permalink(article=edition.article) for _ in range(ROWS)]
    )
    now = verbs.clock()
    # Past the verbs and their guards: what is tried is how rows are read.
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
    Edition.objects.filter(pk=edition.pk).update(
        unreviewed_reason="A trial",
        record={},
        digest="0" * 64,
        published_at=now,
        published_by=author,
    )
    edition.refresh_from_db()
    vocabulary = [f"word{number}" for number in range(800)]
    Quote.objects.bulk_create(
        [
            Quote(
                permalink=link,
                article=edition.article,
                edition=edition,
                live=edition.live,
                text=" ".join(
                    [
                        "ferry",
                        *chance.choices(vocabulary, k=5),
                        "kestrel" if number % 1000 == 0 else "calm",
                    ]
                ),
                start=number,
                end=number + 1,
                speaker=okafor if number % 100 == 0 else None,
                organization=ministry,
                facets=[
                    "k:direct",
                    f"o:{ministry.pk}",
                    *([] if number % 100 else [f"s:{okafor.pk}"]),
                ],
                said_on=dt.date(2020, 1, 1) + dt.timedelta(days=number // 5),
                confirmed_at=now,
                confirmed_by=author,
            )
            for number, link in enumerate(links)
        ]
    )
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = origin")
        cursor.execute("ANALYZE quote")


def plan_of(question: str, number: int, quotes: QuerySet[Quote] | None = None) -> str:
    """The plan of the n-th query that a question costs, as JSON."""
    with CaptureQueriesContext(
        connection,
    ) as context:
        find(parse(question), Quote.objects.public() if quotes is None else quotes)
    sql = context.captured_queries[number]["sql"]
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}")
        return json.dumps(cursor.fetchone()[0])


def test_thousands_are_searched_by_index_and_answered_right(
    thousands, subtests, monkeypatch
):
    """One test, for the thousands take most of its time to make."""
    with subtests.test("rare words and filters are found by the index of words"):
        by_the_index_of_words()
    with subtests.test("the public role reads the indexes too"):
        as_the_public_role()
    with subtests.test("answers are right"):
        right_answers(monkeypatch)


def by_the_index_of_words() -> None:
    # The first query compiles the words, or finds the speaker.
    for question in (
        "kestrel",
        "“kestrels”",
        "kestrel ferry -winter",
        "kestr*",
        "“ferry word1” word2",
        "speaker:ilse-okafor",
    ):
        for query in (1, 2):  # the total, and the page
            assert '"Index Name": "quote_words"' in plan_of(question, query), question
    # The newest of a common word are read along the dates until the page is full.
    assert '"Index Name": "quote_new"' in plan_of("ferry", 2)


def as_the_public_role() -> None:
    """The page's own query, with all that it shows, through the views."""
    shown = Quote.objects.public().for_list().annotate(as_of=Now())
    with as_public():
        for question in (
            "kestrel",
            "“kestrels”",
            "kestrel ferry -winter",
            "kestr*",
            "speaker:ilse-okafor",
        ):
            for query in (1, 2):  # the total, and the page
                plan = plan_of(question, query, shown)
                assert '"Index Name": "quote_words"' in plan, question
        # That these are plans of the views.
        with connection.cursor() as cursor:
            cursor.execute("SELECT 'quote'::regclass = 'published.quote'::regclass")
            assert cursor.fetchone() == (True,)


def right_answers(monkeypatch) -> None:
    public = Quote.objects.public()
    page = find(parse("kestrel"), public)
    assert (len(page.items), page.total, page.exact) == (5, 5, True)
    page = find(parse("ferry"), public)
    assert (len(page.items), page.total, page.exact) == (20, ROWS, True)
    assert find(parse("ferry speaker:ilse-okafor"), public).total == ROWS // 100
    assert find(replace(parse("ferry"), order="relevance"), public).total == ROWS
    assert most_named(public)["speakers"] == ["Ilse Okafor"]
    # Beyond a bound, nobody counts.
    assert MOST_COUNTED == 10_000
    monkeypatch.setattr("statements.search.quotes.MOST_COUNTED", 100)
    page = find(parse("ferry"), public)
    assert (page.total, page.exact) == (100, False)
