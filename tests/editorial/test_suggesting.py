"""Suggestions from the catalogue's own rows: offices, their days, other names."""

from __future__ import annotations

import datetime as dt

import pytest

from statements.editorial import suggesting
from statements.editorial.accepting import accept_suggestions
from statements.models import Basis, OtherName, Precision, Quote

from .. import builders

pytestmark = pytest.mark.django_db

DAY = dt.date(2026, 3, 2)


def suggested(author, printed, day=DAY):
    """The one suggestion of a statement in which somebody says something."""
    draft = builders.make_draft(
        by=author, body=f"“We are ready to sail,” {printed} said.", dated=day
    )
    (quote,) = suggesting.suggest(draft).quotes
    return quote


def offered(author, printed, day=DAY):
    attribution = suggested(author, printed, day).finding.attribution
    return [each.name for each in attribution.candidates]


@pytest.fixture
def held(okafor, spokesperson_post, system):
    """Okafor's office with the dates of a test."""

    def hold(person=okafor, post=spokesperson_post, **dates):
        return builders.make_appointment(person, post, by=system, **dates)

    return hold


def test_the_first_and_the_last_day_are_days_in_office(author, held):
    held(starts_on=dt.date(2026, 3, 2), ends_on=dt.date(2026, 3, 4))
    found = {
        day: offered(author, "Spokesperson Okafor", dt.date(2026, 3, day))
        for day in (1, 2, 4, 5)
    }
    assert found == {1: [], 2: ["Ilse Okafor"], 4: ["Ilse Okafor"], 5: []}


def test_a_month_is_in_office_from_its_first_day_on(author, held):
    held(starts_on=dt.date(2026, 3, 1), starts_precision=Precision.MONTH)
    assert offered(author, "Spokesperson Okafor", dt.date(2026, 3, 1)) != []
    assert offered(author, "Spokesperson Okafor", dt.date(2026, 2, 28)) == []


@pytest.mark.parametrize(
    ("basis", "names", "sentences"),
    [(Basis.SIGHTED, ["Ilse Okafor"], 0), (Basis.STATED, [], 1)],
)
def test_a_sighting_does_not_deny_the_year_around_it(
    author, held, basis, names, sentences
):
    seen = dt.date(2025, 5, 1)
    held(starts_on=seen, ends_on=seen, basis=basis)
    assert offered(author, "Spokesperson Okafor") == names
    assert not suggested(author, "Spokesperson Okafor").safe
    full = suggested(author, "Spokesperson Ilse Okafor")
    assert len(full.finding.attribution.warnings) == sentences
    assert full.safe is (basis == Basis.SIGHTED)


def test_other_names_of_people_and_bodies_count(author, held, okafor, ministry):
    held(starts_on=dt.date(2024, 1, 1))
    printed = "Foreign Office Spokesperson Sørensen"
    assert offered(author, printed) == []
    OtherName.objects.create(person=okafor, name="Ilse Sorensen")
    OtherName.objects.create(organization=ministry, name="Foreign Office")
    assert offered(author, printed) == ["Ilse Okafor"]
    assert offered(author, "the Foreign Office") == ["Ministry of Foreign Affairs"]


def test_two_holders_are_both_offered_and_not_safe(
    author, held, system, spokesperson_post
):
    held(starts_on=dt.date(2024, 1, 1))
    other = builders.make_person("Paul Rask", by=system)
    held(person=other, starts_on=dt.date(2025, 1, 1))
    printed = "the spokesperson of the Ministry"
    assert offered(author, printed) == ["Ilse Okafor", "Paul Rask"]
    assert not suggested(author, printed).safe
    assert offered(author, printed, dt.date(2024, 6, 1)) == ["Ilse Okafor"]


def test_a_merged_person_is_nobody_to_choose(author, held, okafor, system):
    held(starts_on=dt.date(2024, 1, 1))
    other = builders.make_person("Ilse Okafor", by=system)
    assert len(offered(author, "Ilse Okafor")) == 2
    other.merged_into = okafor
    other.save()
    assert offered(author, "Ilse Okafor") == ["Ilse Okafor"]
    assert suggested(author, "Ilse Okafor").safe


@pytest.mark.parametrize(
    ("title", "waiting"),
    [
        ("Spokesperson", []),
        (
            "Ambassador",
            [
                "“We are ready to sail,” — Printed as “Ambassador”, but the catalogue "
                "has Ilse Okafor as Spokesperson, Ministry of Foreign Affairs on 2 "
                "March 2026."
            ],
        ),
    ],
)
def test_what_the_calendar_denies_waits_even_where_all_are_accepted(
    author, editor, held, title, waiting
):
    held(starts_on=dt.date(2024, 1, 1))
    draft = builders.make_draft(
        by=author, body=f"“We are ready to sail,” {title} Ilse Okafor said.", dated=DAY
    )
    outcome = accept_suggestions(
        draft, suggesting.suggest(draft), by=editor, scope="all"
    )
    assert outcome.waiting == waiting
    assert Quote.objects.count() == outcome.quotes == (not waiting)
