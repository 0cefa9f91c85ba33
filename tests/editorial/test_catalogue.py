"""People, posts and resolutions: kept, renamed, merged, and never two at once."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from statements.detection.findings import Attribution
from statements.editorial import catalogue, quoting, verbs
from statements.models import (
    Appointment,
    Basis,
    FormerAddress,
    Kind,
    OtherName,
    Precision,
    Quote,
    Rendering,
    Resolution,
    ResolutionBody,
    Spokesperson,
)

from ..builders import (
    make_appointment,
    make_draft,
    make_organization,
    make_person,
    make_post,
    quote_words,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("name", "sorted_as"),
    [
        ("Ilse Okafor", "Okafor, Ilse"),
        ("Anna van der Berg", "van der Berg, Anna"),
        ("Okafor", "Okafor"),
        ("Martin Reyes Jr.", "Reyes, Martin Jr."),
    ],
)
def test_names_are_sorted_by_the_family_name(name, sorted_as):
    assert catalogue.sort_name(name) == sorted_as


@pytest.mark.parametrize(
    ("office", "certain", "possible"),
    [
        # fields, then the days on which it was certainly and possibly held
        (
            {"starts_on": "2024-03-05", "ends_on": "2024-06-30"},
            ("2024-03-05", "2024-07-01"),
            ("2024-03-05", "2024-07-01"),
        ),
        (
            {
                "starts_on": "2024-03-05",
                "starts_precision": Precision.MONTH,
                "ends_on": "2024-06-30",
                "ends_precision": Precision.MONTH,
            },
            ("2024-04-01", "2024-06-01"),
            ("2024-03-01", "2024-07-01"),
        ),
        (
            {"starts_on": "2024-03-05", "starts_precision": Precision.YEAR},
            ("2025-01-01", None),
            ("2024-01-01", None),
        ),
        (
            {
                "starts_on": "2024-03-05",
                "ends_on": "2024-06-30",
                "basis": Basis.SIGHTED,
            },
            ("2024-03-05", "2024-07-01"),
            ("2023-03-05", "2025-07-01"),
        ),
        (
            {
                "starts_on": "2024-03-05",
                "starts_precision": Precision.YEAR,
                "ends_on": "2024-06-30",
                "ends_precision": Precision.YEAR,
            },
            None,
            ("2024-01-01", "2025-01-01"),
        ),
        ({}, (None, None), (None, None)),
    ],
)
def test_an_office_is_held_as_exactly_as_is_known(
    okafor, spokesperson_post, steward, office, certain, possible
):
    fields = {
        name: dt.date.fromisoformat(value) if name.endswith("_on") else value
        for name, value in office.items()
    }
    row = make_appointment(okafor, spokesperson_post, by=steward, **fields)
    row.refresh_from_db()

    def days(found):
        if found.isempty:
            return None
        return tuple(
            day.isoformat() if day else None for day in (found.lower, found.upper)
        )

    assert days(row.certainly) == certain
    assert days(row.possibly) == possible


def test_an_exclusive_post_has_one_holder_at_a_time(ministry, okafor, steward):
    post = make_post("Minister", ministry, exclusive=True, by=steward)
    other = make_person("Teodor Lindqvist", by=steward)
    make_appointment(
        okafor,
        post,
        starts_on=dt.date(2024, 1, 1),
        ends_on=dt.date(2024, 6, 30),
        by=steward,
    )

    with pytest.raises(ValidationError, match="only one person can"):
        make_appointment(other, post, starts_on=dt.date(2024, 6, 30), by=steward)
    make_appointment(other, post, starts_on=dt.date(2024, 7, 1), by=steward)

    assert Appointment.objects.count() == 2


def test_a_post_that_becomes_exclusive_takes_its_appointments_along(
    okafors_office, steward
):
    post = okafors_office.post
    post.exclusive = True
    catalogue.keep(post, by=steward)
    okafors_office.refresh_from_db()
    assert okafors_office.exclusive is True


def test_the_office_of_a_quote_is_that_held_on_the_day(okafor, ministry, steward):
    deputy = make_post("Deputy Spokesperson", ministry, by=steward)
    chief = make_post("Spokesperson", ministry, by=steward)
    first = make_appointment(
        okafor,
        deputy,
        starts_on=dt.date(2020, 1, 1),
        ends_on=dt.date(2022, 5, 31),
        by=steward,
    )
    second = make_appointment(okafor, chief, starts_on=dt.date(2022, 6, 1), by=steward)

    assert quoting.office_on(okafor, dt.date(2021, 1, 1)) == first
    assert quoting.office_on(okafor, dt.date(2023, 1, 1)) == second
    assert quoting.office_on(okafor, dt.date(2019, 1, 1)) is None


def test_of_two_offices_the_printed_title_chooses_and_silence_does_not(
    okafor, okafors_office, steward
):
    mission = make_organization("Permanent Mission", by=steward)
    envoy = make_appointment(
        okafor,
        make_post("Envoy", mission, by=steward),
        starts_on=dt.date(2024, 1, 1),
        by=steward,
    )
    day = dt.date(2026, 3, 2)

    assert quoting.office_on(okafor, day) is None
    assert quoting.office_on(okafor, day, "Envoy") == envoy


def test_renaming_a_public_person_leaves_the_old_address_and_redraws(live, steward):
    okafor = Spokesperson.objects.get()
    was = okafor.get_absolute_url()
    okafor.name, okafor.slug = "Ilse Okafor-Brandt", "ilse-okafor-brandt"
    catalogue.keep(okafor, by=steward)

    assert list(FormerAddress.objects.values_list("path", "spokesperson")) == [
        (was, okafor.pk)
    ]
    assert "Ilse Okafor-Brandt" in Rendering.objects.get().html


def test_renaming_a_person_never_public_leaves_no_address(ready, okafor, steward):
    okafor.slug = "somebody-else"
    catalogue.keep(okafor, by=steward)
    assert list(FormerAddress.objects.all()) == []


def test_a_kind_may_get_another_slug(steward):
    kind = catalogue.keep(Kind(name="Reading", slug="reading"), by=steward)
    kind.slug = "readings"
    catalogue.keep(kind, by=steward)
    assert Kind.objects.filter(slug="readings").exists()


def test_a_body_keeps_the_slug_that_addresses_hold(resolution, steward):
    body = resolution.body
    body.slug = "council"
    with pytest.raises(ValidationError, match="printed links"):
        catalogue.keep(body, by=steward)


def test_a_resolution_of_another_body_leaves_its_old_address(resolution, steward):
    catalogue.list_publicly([resolution], by=steward)
    address = resolution.get_absolute_url()
    resolution.body = ResolutionBody.objects.get(slug="other")
    catalogue.keep(resolution, by=steward)
    assert FormerAddress.objects.get(path=address).resolution == resolution


@pytest.mark.parametrize("sign", ["\u200b", "\u202e", "\u2066", "\U000e0041", "\x00"])
def test_a_name_with_a_sign_that_nobody_sees_is_refused(sign, steward):
    with pytest.raises(ValidationError) as refused:
        make_person(f"Ilse{sign} Okafor", by=steward)
    (sentence,) = refused.value.messages
    assert sentence.endswith(".")
    assert Spokesperson.objects.count() == 0


def test_merging_moves_quotes_names_and_address(live, okafor, steward):
    into = make_person("Ilse B. Okafor", by=steward)
    was = okafor.get_absolute_url()

    moved = catalogue.merge(okafor, into, by=steward)

    assert moved == 1
    quote = Quote.objects.get()
    assert quote.speaker == into
    assert f"s:{into.pk}" in quote.facets
    assert list(Spokesperson.objects.public()) == [into]
    assert [other.name for other in OtherName.objects.filter(person=into)] == [
        "Ilse Okafor"
    ]
    assert FormerAddress.objects.get(path=was).spokesperson == into


def test_nobody_is_merged_into_themselves_or_into_a_duplicate(okafor, steward):
    into = make_person("Ilse B. Okafor", by=steward)
    with pytest.raises(verbs.Unusable, match="into itself"):
        catalogue.merge(okafor, okafor, by=steward)
    catalogue.merge(okafor, into, by=steward)
    third = make_person("I. Okafor", by=steward)
    with pytest.raises(verbs.Unusable, match="was itself merged"):
        catalogue.merge(third, okafor, by=steward)


def test_a_speaker_is_made_from_the_printed_title_once(editor):
    printed = Attribution(
        speaker="Foreign Ministry Spokesperson Ilse Okafor",
        full_name="Ilse Okafor",
        title="Foreign Ministry Spokesperson",
        organization="Foreign Ministry",
        office="Spokesperson",
        evidence="explicit",
    )
    day = dt.date(2026, 3, 2)

    one = catalogue.speaker_named(printed, on=day, by=editor)
    two = catalogue.speaker_named(printed, on=day + dt.timedelta(days=9), by=editor)

    assert one.person == two.person
    assert one.appointment == two.appointment
    assert one.appointment.basis == Basis.SIGHTED
    assert str(one.appointment.post) == "Spokesperson, Foreign Ministry"


def test_two_people_of_one_name_are_never_chosen_between(editor, steward):
    make_person("Ilse Okafor", by=steward)
    make_person("Ilse Okafor", by=steward)
    with pytest.raises(verbs.Unusable, match="2 people in the catalogue"):
        catalogue.new_speaker("Ilse Okafor", on=dt.date(2026, 3, 2), by=editor)


@pytest.mark.parametrize(
    ("symbol", "slug", "url"),
    [
        ("S/RES/2417 (2018)", "2417", "https://docs.un.org/S/RES/2417(2018)"),
        ("A/RES/76/300", "76-300", "https://docs.un.org/A/RES/76/300"),
        ("A/RES/217 A (III)", "217-a-iii", "https://docs.un.org/A/RES/217A(III)"),
        ("A/HRC/RES/S-31/1", "s-31-1", "https://docs.un.org/A/HRC/RES/S-31/1"),
        ("WHA28.40", "wha28-40", ""),
    ],
)
def test_a_resolution_has_a_short_address_and_a_canonical_link(symbol, slug, url):
    assert catalogue.resolution_slug(symbol) == slug
    assert catalogue.canonical_url(symbol) == url


def test_a_resolution_is_made_once(editor):
    one = catalogue.resolution_of("A/RES/76/300", body="un-ga", by=editor)
    two = catalogue.resolution_of("A/RES/76/300", body="un-ga", by=editor)
    assert one == two
    assert (one.body.slug, one.slug) == ("un-ga", "76-300")
    assert list(Resolution.objects.public()) == []


def test_listing_by_hand_shows_a_person_before_any_statement(okafor, steward):
    assert list(Spokesperson.objects.public()) == []
    catalogue.list_publicly([okafor], by=steward)
    assert list(Spokesperson.objects.public()) == [okafor]
    catalogue.list_publicly([okafor], by=steward, listed=False)
    assert list(Spokesperson.objects.public()) == []


def test_a_hidden_draft_shows_nobody(author, okafor):
    draft = make_draft(by=author)
    quote_words(draft, "The ferries will sail,", by=author, speaker=okafor)
    assert list(Spokesperson.objects.public()) == []
