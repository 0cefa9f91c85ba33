"""How an answer divides, and to which question each part leads."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace

import pytest

from statements.editorial import verbs
from statements.models import Kind, Quote
from statements.search import facets, naming
from statements.search.query import parse
from statements.search.quotes import find
from tests import builders

pytestmark = pytest.mark.django_db


@pytest.fixture
def record(say, system, resolution):
    """Three public quotes on a ferry, and a draft that would change every count."""
    lindqvist = builders.make_person("Teodora Lindqvist", by=system)
    hidden = builders.make_person("Hidden Person", by=system)
    cited = {"S/RES/2417": resolution}
    said = [
        say("The ferry sails, as S/RES/2417 says", cites=cited, tags=["Strait"]),
        say("The ferry is late", on=dt.date(2024, 5, 1), tags=["Strait"]),
        say(
            "A ferry has no borders",
            speaker=lindqvist,
            on=dt.date(2026, 7, 1),
            kind=Kind.objects.get(slug="editorial"),
        ),
    ]
    draft = say("The ferry is a draft", publish=False, speaker=hidden, tags=["Secret"])
    Quote.objects.filter(pk=said[1].pk).update(verdict="differs")
    verbs.refresh_facets(quote.pk for quote in (*said, draft))
    return SimpleNamespace(said=said)


def count(question: str) -> facets.Facets:
    query = parse(question)
    return facets.count(query, Quote.objects.public(), naming.filters(query))


def numbers(found: facets.Facets) -> dict[str, list[tuple[str, int, bool]]]:
    return {
        facet.field: [(part.label, part.count, part.chosen) for part in facet.parts]
        for facet in (*found.facets, facets.Facet("years", found.years))
    }


def test_an_answer_divides_by_all_that_one_can_ask(record):
    found = count("ferry")
    assert (found.total, found.exact) == (3, True)
    assert numbers(found) == {
        "speakers": [("Ilse Okafor", 2, False), ("Teodora Lindqvist", 1, False)],
        "organizations": [("Ministry of Foreign Affairs", 2, False)],
        "offices": [("Spokesperson, Ministry of Foreign Affairs", 2, False)],
        "resolutions": [("S/RES/2417 (2018)", 1, False)],
        "tags": [("Strait", 2, False)],
        "kinds": [("Statement", 2, False), ("Editorial", 1, False)],
        "verdicts": [
            ("Unchecked", 2, False),
            ("Differs", 1, False),
        ],
        "years": [("2026", 2, False), ("2024", 1, False)],
    }


def test_each_part_leads_to_as_many_as_it_counts(record, subtests):
    found = count("ferry")
    public = Quote.objects.public()
    for facet in (*found.facets, facets.Facet("years", found.years)):
        for part in facet.parts:
            with subtests.test(ascii(f"{facet.field}: {part.label}")):
                assert find(part.query, public).total == part.count


def test_what_is_chosen_can_be_taken_off_and_nothing_beside_it_widens(record):
    found = count("ferry speaker:okafor after:2024 until:2024")
    assert numbers(found)["speakers"] == [("Ilse Okafor", 1, True)]
    assert numbers(found)["years"] == [("2024", 1, True)]
    (okafor,) = found.facets[0].parts
    assert okafor.query == parse("ferry after:2024 until:2024")
    assert found.years[0].query == parse("ferry speaker:okafor")


def test_nothing_is_counted_where_nothing_fits(record):
    for question in ("kestrel", "speaker:kestrel", "draft", "topic:secret"):
        found = count(question)
        assert (found.total, found.facets, found.years) == (0, (), ()), question


def test_of_too_many_the_newest_of_the_record_are_counted(record, monkeypatch):
    monkeypatch.setattr(facets, "MOST_EXACT", 2)
    monkeypatch.setattr(facets, "MOST_NEWEST", 2)
    found = count("ferry")
    assert (found.total, found.exact) == (2, False)
    assert numbers(found)["years"] == [("2026", 2, False)]
    # Within the days asked for, as nothing else of the record can answer.
    monkeypatch.setattr(facets, "MOST_EXACT", 0)
    assert numbers(count("ferry until:2025"))["years"] == [("2024", 1, False)]


def test_counting_costs_as_many_queries_however_much_is_found(
    record, say, monkeypatch, django_assert_num_queries
):
    with django_assert_num_queries(3):  # compile, count, names
        count("ferry")
    for number in range(3):
        say(f"The ferry sails at {number}", on=dt.date(2020 + number, 1, 1))
    with django_assert_num_queries(3):
        count("ferry")
    monkeypatch.setattr(facets, "MOST_EXACT", 2)
    with django_assert_num_queries(5):  # and once more among the newest
        count("ferry")
