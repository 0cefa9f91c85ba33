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
from statements.search.plans import MILLION, WINDOW
from statements.search.query import Order, parse
from statements.search.quotes import MOST_COUNTED, find, look_up, most_named
from tests import builders
from tests.test_wall import as_public

pytestmark = pytest.mark.django_db

ROWS = 5_000


@pytest.fixture
def thousands(author, okafor, ministry) -> None:
    """ROWS live quotes: "ferry" in all, in fifty often; "kestrel" in five."""
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
                        *["ferry"] * (3 if number % 100 == 50 else 1),
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


def plans_of(
    question: str, quotes: QuerySet[Quote] | None = None, *, order: Order = "newest"
) -> list[str]:
    """The plans, as JSON, of the queries that look for hits or count them."""
    query = replace(parse(question), order=order)
    with CaptureQueriesContext(connection) as context:
        look_up(query, Quote.objects.public() if quotes is None else quotes, most=1_000)
    plans = []
    for captured in context.captured_queries:
        sql = captured["sql"]
        if "tsv" in sql and not sql.startswith("EXPLAIN"):
            with connection.cursor() as cursor:
                cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}")
                plans.append(json.dumps(cursor.fetchone()[0]))
    return plans


def test_thousands_are_searched_by_index_and_answered_right(
    thousands, subtests, monkeypatch
):
    """One test, for the thousands take most of its time to make."""
    # So that the plans of a large record are tried.
    monkeypatch.setattr("statements.search.plans.SMALLEST", 1)
    with subtests.test("rare words and filters are found by the index of words"):
        by_the_index_of_words()
    with subtests.test("the public role reads the indexes too"):
        as_the_public_role()
    with subtests.test("of many hits the likeliest are weighed"):
        the_likeliest_are_weighed()
    with subtests.test("answers are right"):
        right_answers(monkeypatch)


#: "ferry" is in all, so what is asked beside it decides.
RARE = (
    "kestrel",
    "“kestrels”",
    "kestrel ferry -winter",
    "kestr*",
    "“ferry word1” word2",
    "speaker:ilse-okafor",
)


def by_the_index_of_words() -> None:
    for question in RARE:
        (plan,) = plans_of(question)  # which counts besides
        assert '"Index Name": "quote_words"' in plan, question
    # The newest of a common word are read along the dates until the page is full.
    page, total = plans_of("ferry")
    assert '"Index Name": "quote_new"' in page
    assert '"Node Type": "Limit"' in total


def as_the_public_role() -> None:
    """The page's own query, with all that it shows, through the views."""
    shown = Quote.objects.public().for_list().annotate(as_of=Now())
    with as_public():
        for question in RARE:
            (plan,) = plans_of(question, shown)
            assert '"Index Name": "quote_words"' in plan, question
        assert '"Index Name": "quote_new"' in plans_of("ferry", shown)[0]
        # That these are plans of the views.
        with connection.cursor() as cursor:
            cursor.execute("SELECT 'quote'::regclass = 'published.quote'::regclass")
            assert cursor.fetchone() == (True,)


def the_likeliest_are_weighed() -> None:
    """Of a common word where it weighs much, else the newest; of a rare one all."""
    public = Quote.objects.public()

    def weighed(question: str) -> tuple[str, int | None, int]:
        query = replace(parse(question), order="relevance")
        hits = look_up(query, public).hits
        thrice = public.filter(pk__in=[key for _rank, key in hits.places])
        return (
            hits.way,
            hits.listed,
            thrice.filter(text__startswith="ferry ferry ferry ").count(),
        )

    assert weighed("ferry") == ("hot", ROWS // 100, 20)
    assert weighed("ferry word1 -kestrel")[0] == "index"
    assert weighed("calm")[:2] == ("window", int(WINDOW * (ROWS / MILLION) ** 0.5))
    assert weighed("kestrel") == ("index", 5, 0)


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
