"""The article the project began from, in our own words and in the real ones."""

import random
import re
from datetime import date

import pytest

from statements.detection.engine import detect
from statements.detection.findings import Office, Person, Roster

from .articles import LINDQVIST, OKAFOR, Speaker, briefing
from .shared import shared

GIVEN = {
    "she": ["Ilse", "Marta", "Zoë", "Hannah", "Grace", "Nadia", "Ruth", "Olga"],
    "he": ["Teodor", "Martin", "José", "Gordon", "Viktor", "Omar", "Paul", "Andrei"],
}
SURNAMES = [
    "Okafor", "Lindqvist", "Märtensson-Diaz", "O’Neill", "King", "Nguyen", "Brandt",
    "Zielińska", "Hall", "Ferreira", "Ashdown", "Rask", "Bell", "Castellanos", "West",
]  # fmt: skip
BODIES = [
    "Ministry of Foreign Affairs", "State Department", "U.N. Refugee Office",
    "Harrowmere City Council", "National Security Council", "Ministry of Health",
    "Border Agency", "Office of the President", "Treasury", "Coast Guard",
]  # fmt: skip
OFFICES = [
    "Spokesperson", "Spokeswoman", "Secretary", "Director", "Minister", "Ambassador",
    "Adviser", "Commissioner", "Undersecretary",
]  # fmt: skip


def structure(text, **options):
    return [
        (q.span.of(text), q.attribution.full_name, q.attribution.evidence)
        for q in detect(text, **options).quotes
    ]


def wanted(expected):
    return [(each.words, each.full, each.evidence) for each in expected]


@pytest.mark.parametrize("version", [0, 1, 2])
def test_the_briefing_gives_seven_quotes_of_two_speakers(version):
    text, expected = briefing(version=version)
    assert structure(text) == wanted(expected)


def test_the_player_line_is_dropped_and_shown():
    text, _ = briefing()
    (dropped,) = detect(text).dropped
    assert (dropped.span.start, dropped.span.end) == (0, 35)
    assert dropped.text == "Your browser doesn’t support HTML5"
    assert dropped.why == "player fallback"


def test_apostrophes_neither_open_nor_close_a_quote():
    text, _ = briefing()
    edges = {
        text[max(0, place - 4) : place + 4]
        for quote in detect(text).quotes
        for place in (quote.span.start, quote.span.end)
    }
    for word in ("Ja’far", "It’s", "That’s", "doesn’t", "Voss’s", "government’s"):
        assert not any(word[-4:] in edge and "“" not in edge for edge in edges)


def test_one_resolution_is_cited_inside_a_quote_and_once_outside():
    text, _ = briefing()
    found = detect(text)
    assert [c.symbol for c in found.citations] == ["S/RES/2222 (2015)"] * 2
    inside = [
        any(q.span.start <= c.span.start < q.span.end for q in found.quotes)
        for c in found.citations
    ]
    assert inside == [True, False]


def test_titles_split_into_body_and_office():
    text, _ = briefing()
    titles = {
        (a.full_name, a.title, a.organization, a.office)
        for a in (quote.attribution for quote in detect(text).quotes)
    }
    assert titles == {
        (
            "Teodor Lindqvist",
            "Vallorn Security Council Adviser",
            "Vallorn Security Council",
            "Adviser",
        ),
        (
            "Ilse Okafor",
            "Ministry of Foreign Affairs Spokesperson",
            "Ministry of Foreign Affairs",
            "Spokesperson",
        ),
    }


def test_with_a_roster_every_quote_is_resolved_and_sure():
    text, _ = briefing()
    roster = Roster(
        tuple(
            Person(
                key,
                who.full,
                offices=(
                    Office(
                        key * 10,
                        who.office,
                        who.body,
                        key * 100,
                        certainly=(date(2022, 1, 1), None),
                    ),
                ),
            )
            for key, who in ((1, OKAFOR), (2, LINDQVIST))
        )
    )
    for quote in detect(text, roster=roster, on=date(2024, 12, 5)).quotes:
        (candidate,) = quote.attribution.candidates
        assert candidate.name == quote.attribution.full_name
        assert candidate.office == candidate.person * 10
        assert quote.confidence >= 0.9


def cast(rng):
    """Two persons of the invented cast, told apart by surname."""
    surnames = rng.sample(SURNAMES, 2)
    people = []
    for surname in surnames:
        pronoun = rng.choice(["he", "she"])
        office = rng.choice(
            [o for o in OFFICES if pronoun == "she" or "woman" not in o]
        )
        people.append(
            Speaker(
                rng.choice(GIVEN[pronoun]), surname, rng.choice(BODIES), office, pronoun
            )
        )
    return people


@pytest.mark.parametrize("seed", range(60))
def test_other_names_offices_and_orders_give_the_same_structure(seed):
    rng = random.Random(seed)
    first, second = cast(rng)
    order = list(range(5))
    rng.shuffle(order)
    text, expected = briefing(first, second, tuple(order), version=seed % 3)
    assert structure(text) == wanted(expected)


SPANS = [
    (726, 860), (1074, 1334), (1365, 1386), (1441, 1625), (1663, 1946), (2088, 2116),
    (2166, 2325),
]  # fmt: skip
EVIDENCE = [
    "explicit", "inherited", "explicit", "inherited", "explicit", "explicit", "pronoun",
]  # fmt: skip


def test_the_real_article_is_read_as_specified():
    text = shared("seed_article.txt").read_text(encoding="utf-8")
    found = detect(text)
    assert [(q.span.start - 1, q.span.end + 1) for q in found.quotes] == SPANS
    names = [q.attribution.full_name for q in found.quotes]
    assert names == ["Sean Savett"] + ["Matthew Miller"] * 6
    assert [q.attribution.evidence for q in found.quotes] == EVIDENCE
    cited = [(c.span.start, c.span.end, c.symbol) for c in found.citations]
    assert cited == [
        (817, 821, "S/RES/2254 (2015)"),
        (927, 931, "S/RES/2254 (2015)"),
    ]
    assert [(d.span.start, d.span.end) for d in found.dropped] == [(0, 35)]


@pytest.mark.parametrize("seed", range(40))
def test_the_real_article_under_other_names_keeps_its_structure(seed):
    text = shared("seed_article.txt").read_text(encoding="utf-8")
    rng = random.Random(seed)
    first, second = cast(rng)
    changes = {
        "U.S. National Security Council Spokesperson Sean Savett": first.titled,
        "State Department Spokesperson Matthew Miller": second.titled,
        "Spokesperson Miller": second.short,
        ", he said,": f", {second.pronoun} said,",
    }
    for old, new in changes.items():
        assert old in text
        text = text.replace(old, new)
    lines = text.split("\n")
    head, body = lines[:4], lines[4:]
    # What may trade places: a paragraph together with the stand-alone quote below it.
    groups: list[list[str]] = []
    for line in body:
        if line.startswith("“") and groups:
            groups[-1].append(line)
        else:
            groups.append([line])
    rng.shuffle(groups)
    text = "\n".join(head + [line for group in groups for line in group])
    quotes = detect(text).quotes
    names = sorted(q.attribution.full_name for q in quotes)
    assert names == sorted([first.full] + [second.full] * 6)
    assert sorted(q.attribution.evidence for q in quotes) == sorted(EVIDENCE)
    printed = re.findall(r"“([^”]*)”", text)
    assert [q.span.of(text) for q in quotes] == printed
