"""``manage.py redetect``: what an engine that learned something would suggest now."""

from __future__ import annotations

import json

import pytest
from django.core.management import CommandError
from django.db import connection

from statements.editorial import editions, quoting, suggesting
from statements.models import Quote
from tests import builders

pytestmark = pytest.mark.django_db

TEXT = """\
<p>Spokesperson Ilse Okafor spoke in Harrowmere. “The ferries will sail as long as there
is water,” Okafor said. “Nobody will wait for bread,” she added.</p>
<p>She recalled Security Council resolution 2417 (2018).</p>"""


@pytest.fixture
def written(author):
    """A draft whose findings nobody has looked at."""
    return builders.make_draft(by=author, title="Bread and water", body=TEXT)


def lines(told: str) -> list[dict]:
    return [json.loads(line) for line in told.splitlines()]


def state() -> str:
    """Every row of what detection could touch."""
    told = []
    with connection.cursor() as cursor:
        for table in (
            "edition",
            "quote",
            "citation",
            "rejection",
            "rendering",
            "audit",
        ):
            cursor.execute(
                f"SELECT md5(string_agg(t::text, '' ORDER BY t)) FROM {table} t"
            )
            told.append(str(cursor.fetchone()))
    return "".join(told)


def test_what_is_open_is_told_with_its_place_and_nothing_changes(written, run):
    before = state()
    found = lines(run("redetect", "--json"))
    assert state() == before
    assert [each["words"] for each in found] == [
        "The ferries will sail as long as there is water,",
        "Nobody will wait for bread,",
        "2417 (2018)",
    ]
    assert [each["words"] for each in found] == [
        written.text[each["start"] : each["end"]] for each in found
    ]
    assert [each["of"] for each in found] == ["quote", "quote", "citation"]
    assert {each["statement"] for each in found} == {written.article.get_absolute_url()}


def test_what_was_rejected_or_stands_is_not_named_again(written, author, okafor, run):
    first, second = suggesting.suggest(written).quotes
    quoting.reject(written, by=author, quotes=[first.finding])
    builders.quote_words(written, second.words, by=author, speaker=okafor)
    by_hand = Quote.objects.get()
    assert [each["of"] for each in lines(run("redetect", "--json"))] == ["citation"]
    by_hand.refresh_from_db()
    assert (by_hand.speaker, by_hand.text) == (okafor, second.words)


def test_the_newest_edition_is_read_whatever_is_out(live, author, run):
    assert lines(run("redetect", "--json")) == []
    again = editions.begin(live.article, by=author)
    again.quotes.all().delete()
    found = lines(run("redetect", "--json"))
    assert [(each["edition"], each["words"]) for each in found] == [
        (2, "The ferries will sail,")
    ]


def test_a_statement_is_named_by_its_address(written, draft, run):
    told = run("redetect", written.article.get_absolute_url())
    assert f"{written.article.get_absolute_url()} edition 1" in told
    assert draft.article.get_absolute_url() not in told
    assert "Nobody will wait for bread" in told
    assert "statements read" in told


def test_a_statement_that_is_not_there_is_told(written, run):
    with pytest.raises(CommandError, match="There is no statement"):
        run("redetect", "/statements/2026/03/02/nothing-here/")


def test_queries_do_not_grow_with_statements(author, run, django_assert_num_queries):
    for number in range(3):
        builders.make_draft(by=author, title=f"Bread {number}", body=TEXT)
    with django_assert_num_queries(8):
        run("redetect")
