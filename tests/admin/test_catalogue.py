"""The catalogue by hand: saved through its verb, refused with sentences."""

from __future__ import annotations

import datetime as dt

import pytest
from django.contrib import admin
from django.urls import reverse

from statements.models import (
    Appointment,
    Audit,
    FormerAddress,
    Organization,
    Permalink,
    Post,
    Quote,
    Resolution,
    ResolutionAlias,
    ResolutionBody,
    Spokesperson,
    Tag,
)

from .. import builders

pytestmark = pytest.mark.django_db


def text_of(response) -> str:
    return response.content.decode()


def formset(prefix: str, *rows: dict, initial: int = 0) -> dict:
    fields = {f"{prefix}-TOTAL_FORMS": len(rows), f"{prefix}-INITIAL_FORMS": initial}
    for number, row in enumerate(rows):
        fields |= {f"{prefix}-{number}-{name}": value for name, value in row.items()}
    return fields


def person_form(name: str, *offices: dict, initial: int = 0, **fields) -> dict:
    return {
        "name": name,
        "sort_name": "",
        "gender": "",
        "slug": name.lower().replace(" ", "-"),
        **formset("appointments", *offices, initial=initial),
        **formset("other_names", {"name": f"{name} Sr.", "note": ""}),
        **formset("identifiers"),
        **fields,
    }


def office(post: Post, starts: str = "2024-01-01", **fields) -> dict:
    return {
        "post": post.pk,
        "starts_on": starts,
        "starts_precision": "day",
        "ends_on": "",
        "ends_precision": "day",
        "basis": "stated",
        **fields,
    }


def test_a_person_is_entered_with_offices_and_names(stefan, spokesperson_post):
    stefan.client.post(
        reverse("admin:statements_spokesperson_add"),
        person_form("Mira Halvorsen", office(spokesperson_post)),
    )
    person = Spokesperson.objects.get()
    assert person.sort_name == "Halvorsen, Mira"
    assert person.appointments.get().post == spokesperson_post
    assert person.other_names.get().name == "Mira Halvorsen Sr."
    assert set(
        Audit.objects.filter(table__in=["spokesperson", "appointment"]).values_list(
            "actor", flat=True
        )
    ) == {stefan.user.pk}


def test_a_post_held_by_another_is_refused_and_the_typing_kept(
    stefan, okafor, system, ministry
):
    post = builders.make_post("Minister", ministry, by=system, exclusive=True)
    builders.make_appointment(okafor, post, starts_on=dt.date(2024, 1, 1), by=system)
    response = stefan.client.post(
        reverse("admin:statements_spokesperson_add"),
        person_form("Mira Halvorsen", office(post, "2025-01-01")),
    )
    assert response.status_code == 200
    assert "Somebody else held this post on some of these days" in text_of(response)
    assert "Mira Halvorsen" in text_of(response)
    assert not Spokesperson.objects.filter(name="Mira Halvorsen").exists()
    assert Appointment.objects.count() == 1


def test_a_renamed_address_leads_on_only_where_the_public_knew_it(
    stefan, live, okafor, okafors_office, system
):
    unknown = builders.make_person("Teodor Lindqvist", by=system)
    for person, slug in ((okafor, "ilse"), (unknown, "teodor")):
        offices = [
            office(row.post) | {"id": row.pk, "person": person.pk}
            for row in person.appointments.all()
        ]
        response = stefan.client.post(
            reverse("admin:statements_spokesperson_change", args=[person.pk]),
            person_form(person.name, *offices, initial=len(offices), slug=slug),
        )
        assert response.status_code == 302
    assert [row.path for row in FormerAddress.objects.all()] == ["/people/ilse-okafor/"]


def test_rows_are_shown_and_hidden_by_hand(stefan, okafor):
    url = reverse("admin:statements_spokesperson_changelist")
    data = {"action": "show", "_selected_action": [okafor.pk]}
    response = stefan.client.post(url, data, follow=True)
    okafor.refresh_from_db()
    assert okafor.listed_by == stefan.user
    assert "Shown to the public from now on: Ilse Okafor." in text_of(response)
    stefan.client.post(url, data | {"action": "hide"})
    okafor.refresh_from_db()
    assert okafor.listed_at is None


def test_two_records_of_one_person_are_merged_after_a_question(
    stefan, live, okafor, system
):
    other = builders.make_person("I. Okafor", by=system)
    url = reverse("admin:statements_spokesperson_changelist")
    chosen = {"action": "merge", "_selected_action": [okafor.pk, other.pk]}
    question = stefan.client.post(url, chosen)
    assert "The record that stays" in text_of(question)
    assert Spokesperson.objects.filter(merged_into=None).count() == 2
    response = stefan.client.post(url, chosen | {"merging": "1"})
    assert "Choose the record that stays." in text_of(response)
    stefan.client.post(url, chosen | {"merging": "1", "into": other.pk})
    okafor.refresh_from_db()
    assert okafor.merged_into == other
    assert Quote.objects.get().speaker == other
    found = stefan.client.get(
        reverse("admin:autocomplete"),
        {
            "term": "Okafor",
            "app_label": "statements",
            "model_name": "appointment",
            "field_name": "person",
        },
    ).json()
    assert [row["id"] for row in found["results"]] == [str(other.pk)]


def test_those_who_only_read_do_not_merge_or_show(amina, okafor, system):
    other = builders.make_person("I. Okafor", by=system)
    url = reverse("admin:statements_spokesperson_changelist")
    for action in ("merge", "show"):
        amina.client.post(
            url,
            {
                "action": action,
                "_selected_action": [okafor.pk, other.pk],
                "merging": "1",
                "into": other.pk,
            },
        )
    okafor.refresh_from_db()
    assert okafor.merged_into is None
    assert okafor.listed_at is None


def test_a_resolution_is_entered_with_its_other_names(stefan):
    body = ResolutionBody.objects.get(slug="un-sc")
    stefan.client.post(
        reverse("admin:statements_resolution_add"),
        {
            "symbol": "S/RES/2222 (2015)",
            "body": body.pk,
            "title": "",
            "topic": "Journalists",
            "adopted_on": "2015-05-27",
            "adoption": "Unanimously",
            "votes_for": "15",
            "votes_against": "",
            "abstentions": "",
            "url": "",
            "slug": "",
            **formset("aliases", {"name": "the journalists' resolution"}),
            **formset("relations"),
        },
    )
    resolution = Resolution.objects.get()
    assert resolution.title is None
    assert resolution.slug == "2222"
    assert ResolutionAlias.objects.get().resolution == resolution


def test_an_address_that_runs_code_is_refused(stefan):
    response = stefan.client.post(
        reverse("admin:statements_resolution_add"),
        {
            "symbol": "S/RES/1 (1946)",
            "body": ResolutionBody.objects.first().pk,
            "url": "javascript:alert(1)",
            **formset("aliases"),
            **formset("relations"),
        },
    )
    assert "Enter a valid URL." in text_of(response)
    assert not Resolution.objects.exists()


@pytest.mark.parametrize(
    ("noun", "fields", "model"),
    [
        ("kind", {"name": "Notice", "slug": "notice", "schema_type": "Report"}, None),
        ("tag", {"name": "Ferries", "slug": "ferries"}, Tag),
        (
            "organization",
            {"name": "Harbour Board", "slug": "", **formset("other_names")},
            Organization,
        ),
        ("resolutionbody", {"name": "Assembly", "slug": "a", "abbreviation": ""}, None),
    ],
)
def test_simple_nouns_are_entered(stefan, noun, fields, model):
    fields = {**fields, "slug": fields["slug"] or "harbour-board"}
    response = stefan.client.post(reverse(f"admin:statements_{noun}_add"), fields)
    assert response.status_code == 302
    if model is not None:
        assert model.objects.get().name == fields["name"]


def test_a_row_in_use_is_not_deleted(edgar, stefan, ready, okafor):
    url = reverse("admin:statements_spokesperson_delete", args=[okafor.pk])
    assert edgar.client.get(url).status_code == 403
    assert "Cannot delete spokesperson" in text_of(stefan.client.get(url))
    stefan.client.post(url, {"post": "yes"})
    assert Spokesperson.objects.filter(pk=okafor.pk).exists()


@pytest.mark.parametrize(
    "model",
    sorted(
        (
            model
            for model in admin.site._registry
            if model._meta.app_label == "statements"
        ),
        key=lambda model: model.__name__,
    ),
    ids=lambda model: model.__name__,
)
def test_every_list_and_its_search_open(model, live, resolution, administrator, client):
    administrator.is_superuser = True
    administrator.save()
    client.force_login(administrator)
    url = reverse(f"admin:statements_{model._meta.model_name}_changelist")
    assert client.get(url).status_code == 200
    assert client.get(url, {"q": "ferries “ % \\ 0"}).status_code == 200


@pytest.mark.parametrize(
    ("noun", "make"),
    [
        ("spokesperson", lambda n, by: builders.make_person(f"Person {n}", by=by)),
        ("organization", lambda n, by: builders.make_organization(f"O {n}", by=by)),
        (
            "resolution",
            lambda n, by: builders.make_resolution(f"S/RES/{n} (1990)", by=by),
        ),
        ("article", lambda n, by: builders.make_draft(by=by, title=f"Title {n}")),
    ],
)
def test_lists_ask_the_same_number_of_questions_for_one_and_for_many(
    stefan, system, noun, make, django_assert_max_num_queries
):
    url = reverse(f"admin:statements_{noun}_changelist")
    make(1, system)
    stefan.client.get(url)
    with django_assert_max_num_queries(14):
        stefan.client.get(url)
    for number in range(2, 12):
        make(number, system)
    with django_assert_max_num_queries(14):
        stefan.client.get(url)


def test_two_people_of_one_name_have_an_address_each(stefan, okafor):
    response = stefan.client.post(
        reverse("admin:statements_spokesperson_add"),
        person_form(okafor.name, slug=""),
    )
    assert response.status_code == 302
    first, second = Spokesperson.objects.order_by("pk")
    assert first.name == second.name
    assert first.slug != second.slug
    page = stefan.client.get(reverse("admin:statements_spokesperson_add"))
    assert "Made from the name if empty." in text_of(page)
    # Nothing fills the address in while the name is typed.
    assert "#id_slug" not in text_of(page)


def test_the_date_of_an_office_in_words_is_refused_with_a_sentence(
    stefan, spokesperson_post
):
    response = stefan.client.post(
        reverse("admin:statements_spokesperson_add"),
        person_form("Mira Halvorsen", office(spokesperson_post, "in January")),
    )
    assert "Write the date as year, month and day: 2026-03-02." in text_of(response)
    assert not Spokesperson.objects.exists()


def test_a_merged_record_is_out_of_the_way(stefan, okafor, system):
    other = builders.make_person("I. Okafor", by=system)
    url = reverse("admin:statements_spokesperson_changelist")
    chosen = {"action": "merge", "_selected_action": [okafor.pk, other.pk]}
    stefan.client.post(url, chosen | {"merging": "1", "into": okafor.pk})
    link = reverse("admin:statements_spokesperson_change", args=[other.pk])
    assert link not in text_of(stefan.client.get(url))
    assert link in text_of(stefan.client.get(url, {"merged": "yes"}))


@pytest.mark.filterwarnings(
    "error::django.core.paginator.UnorderedObjectListWarning",
)
def test_permalinks_are_listed_in_a_steady_order(administrator, draft, client):
    keys = [
        Permalink.objects.create(id=key, article=draft.article).pk
        for key in ("ZZZZZZZZZ9", "0000000001")
    ]
    client.force_login(administrator)
    response = client.get(reverse("admin:statements_permalink_changelist"))
    shown = [row.pk for row in response.context["cl"].result_list]
    assert [key for key in shown if key in keys] == sorted(keys)
