"""Which names are offered while one types."""

from __future__ import annotations

import pytest

from statements.search.query import parse
from statements.search.quotes import Quote, find
from statements.search.suggesting import Offer, offers
from tests import builders
from tests.test_wall import as_public

pytestmark = pytest.mark.django_db


@pytest.fixture
def record(say, system, resolution):
    """Quotes of three people, two of one name, and a draft of a fourth."""
    say(
        "The ferry sails, as S/RES/2417 says",
        cites={"S/RES/2417": resolution},
        tags=["Northern Strait"],
    )
    for slug in ("ben-okafor", "ben-okafor-2"):
        say(
            "It is so", speaker=builders.make_person("Ben Okafor", by=system, slug=slug)
        )
    hidden = builders.make_person("Hidden Okafor", by=system)
    say("A draft", publish=False, speaker=hidden, tags=["Secret"])


OFFERED = [
    ("speakers", "ilse", ["Ilse Okafor"]),
    ("speakers", "OKAFOR ilse", ["Ilse Okafor"]),  # in any order and case
    ("speakers", "oka", ["ben-okafor", "ben-okafor-2", "Ilse Okafor"]),
    ("speakers", "isle", ["Ilse Okafor"]),  # with a slip
    ("speakers", "hidden", []),
    ("offices", "spokes", ["Spokesperson, Ministry of Foreign Affairs"]),
    ("offices", "foreign", ["Spokesperson, Ministry of Foreign Affairs"]),
    ("organizations", "affairs", ["Ministry of Foreign Affairs"]),
    ("resolutions", "24", ["S/RES/2417 (2018)"]),
    ("resolutions", "2471", ["S/RES/2417 (2018)"]),
    ("tags", "strait", ["Northern Strait"]),
    ("tags", "secret", []),
    ("kinds", "statement", []),  # all of them stand in the form
    ("passwords", "a", []),
    ("speakers", "", []),
    ("speakers", "%", []),
    ("speakers", "\0\ud800", []),
]


def test_names_of_the_public_record_are_offered(record, subtests):
    for field, typed, values in OFFERED:
        with subtests.test(f"{field} {typed!a}"):
            assert [offer.value for offer in offers(field, typed)] == values
    with subtests.test("the public role is offered the same"), as_public():
        assert [one.value for one in offers("speakers", "ilse")] == ["Ilse Okafor"]


def test_what_is_offered_means_one_and_no_other(record):
    for field, key in (("speakers", "speaker"), ("offices", "office")):
        for offer in offers(field, "o"):
            (one,) = find(
                parse(f'{key}:"{offer.value}"'), Quote.objects.public()
            ).filters
            assert one.problem == "", offer


def test_namesakes_are_told_apart(record):
    assert offers("speakers", "ben") == [
        Offer("ben-okafor", "Ben Okafor (ben-okafor)"),
        Offer("ben-okafor-2", "Ben Okafor (ben-okafor-2)"),
    ]


def test_an_offer_costs_few_queries(record, django_assert_max_num_queries):
    with django_assert_max_num_queries(2):
        offers("speakers", "oka")
    with django_assert_max_num_queries(4):
        offers("speakers", "isle")
