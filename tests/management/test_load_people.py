"""``manage.py load_people``: a Popolo file, all or nothing, runnable twice."""

from __future__ import annotations

import copy
import json

import pytest
from django.core.management import CommandError

from statements.models import (
    Appointment,
    Audit,
    Identifier,
    Organization,
    OtherName,
    Post,
    Spokesperson,
)
from tests import builders

from .conftest import rows

pytestmark = pytest.mark.django_db

FILE = {
    "persons": [
        {
            "id": "okafor",
            "name": "Ilse Okafor",
            "sort_name": "Okafor, Ilse",
            "gender": "female",
            "other_names": [{"name": "I. Okafor"}],
            "identifiers": [{"scheme": "register", "identifier": "V-17"}],
        },
        {"id": "lindqvist", "name": "Teodor Lindqvist", "gender": "male"},
    ],
    "organizations": [
        {"id": "vallorn", "name": "Government of Vallorn"},
        {
            "id": "mfa",
            "name": "Ministry of Foreign Affairs",
            "parent_id": "vallorn",
            "other_names": [{"name": "MFA"}],
        },
    ],
    "posts": [
        {"id": "sp", "label": "Spokesperson", "organization_id": "mfa"},
        {"id": "pr", "label": "Permanent Representative", "organization_id": "mfa"},
    ],
    "memberships": [
        {
            "person_id": "okafor",
            "post_id": "sp",
            "organization_id": "mfa",
            "start_date": "2024-01",
        },
        {
            "person_id": "lindqvist",
            "post_id": "pr",
            "organization_id": "mfa",
            "start_date": "2022-05-02",
            "end_date": "2025",
        },
    ],
}


@pytest.fixture
def people(file):
    """The file, after a change."""

    def act(change=lambda content: None):
        content = copy.deepcopy(FILE)
        change(content)
        return file("people.json", json.dumps(content))

    return act


def counts(out: str) -> dict[str, tuple[int, int]]:
    """The table that the command prints: noun to new and known already."""
    cells = [line.strip("│┃ ").split("│") for line in out.splitlines() if "│" in line]
    return {noun.strip(): (int(new), int(known)) for noun, new, known in cells}


def test_people_come_with_names_offices_and_parents(run, people):
    out = run("load_people", people())

    assert counts(out) == {
        "organisations": (2, 0),
        "posts": (2, 0),
        "people": (2, 0),
        "appointments": (2, 0),
    }
    okafor = Spokesperson.objects.get(name="Ilse Okafor")
    assert (okafor.sort_name, okafor.gender) == ("Okafor, Ilse", "female")
    assert [n.name for n in OtherName.objects.filter(person=okafor)] == ["I. Okafor"]
    assert set(
        Identifier.objects.filter(person=okafor).values_list("scheme", "identifier")
    ) == {("popolo", "okafor"), ("register", "V-17")}
    ministry = Organization.objects.get(name="Ministry of Foreign Affairs")
    assert ministry.parent.name == "Government of Vallorn"
    office = Appointment.objects.get(person__name="Teodor Lindqvist")
    assert (str(office.starts_on), office.starts_precision) == ("2022-05-02", "day")
    assert (str(office.ends_on), office.ends_precision) == ("2025-12-31", "year")


def test_the_second_run_makes_nothing(run, people):
    path = people()
    run("load_people", path)
    before = rows()
    out = run("load_people", path)

    assert {new for new, _ in counts(out).values()} == {0}
    assert rows() == before


def test_what_is_new_in_the_file_is_added(run, people):
    run("load_people", people())
    out = run(
        "load_people",
        people(
            lambda content: content["persons"].append(
                {"id": "sorge", "name": "Amina Sorge"}
            )
        ),
    )

    assert counts(out)["people"] == (1, 2)
    assert Spokesperson.objects.count() == 3


def test_two_people_of_one_name_stay_two(run, people):
    run(
        "load_people",
        people(
            lambda content: content["persons"].append(
                {"id": "okafor-2", "name": "Ilse Okafor"}
            )
        ),
    )

    assert sorted(
        Spokesperson.objects.filter(name="Ilse Okafor").values_list("slug", flat=True)
    ) == ["ilse-okafor", "ilse-okafor-2"]


def test_who_does_it_is_recorded(run, people, steward):
    run("load_people", people(), "--by", "stefan")

    assert set(
        Audit.objects.filter(table__in=["spokesperson", "appointment", "post"])
        .values_list("actor__username", "reason")
        .distinct()
    ) == {("stefan", "load people")}


def test_an_author_may_not(run, people, author):
    before = rows()
    with pytest.raises(CommandError) as caught:
        run("load_people", people(), "--by", "amina")

    assert str(caught.value) == "You may not add spokespersons."
    assert rows() == before


def test_nobody_of_that_name_is_said(run, people, unchanged):
    with pytest.raises(CommandError, match=r"^Nobody is called 'nobody' here"):
        run("load_people", people(), "--by", "nobody")


def test_an_office_that_somebody_else_holds_is_named_and_nothing_kept(
    run, people, ministry, okafor, system
):
    post = builders.make_post(
        "Permanent Representative", ministry, exclusive=True, by=system
    )
    builders.make_appointment(okafor, post, by=system)
    before = rows()
    with pytest.raises(CommandError) as caught:
        run("load_people", people())

    assert str(caught.value) == (
        "people.json: memberships[1]: Somebody else held this post on some of these "
        "days, and only one person can. Change the dates, or let the post have several."
    )
    assert rows() == before
    assert Post.objects.count() == 1


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (
            b'{"persons": [\n{"id": "a" "name": "B"}]}',
            "people.json: line 2: This is not JSON: expecting ',' delimiter at column "
            "12. Mend it and load the file again.",
        ),
        (
            json.dumps(FILE).encode("utf-16"),
            "people.json: line 1: The file is in UTF-16. Save it as UTF-8 and load it "
            "again.",
        ),
        (
            json.dumps(FILE, indent=1, ensure_ascii=False)
            .replace("Ilse", "Élise", 1)
            .encode("latin-1"),
            "people.json: line 5: The byte 0xC9 is not UTF-8. Save the file as UTF-8 "
            "and load it again.",
        ),
        (
            b'{"persons": [{"id": "a", "name": "Half \\ud800"}]}',
            "people.json: persons[0]: name holds half a character (a lone surrogate). "
            "Type it again.",
        ),
    ],
    ids=["not JSON", "UTF-16", "Latin-1", "lone surrogate"],
)
def test_a_file_that_cannot_be_read_is_refused_with_its_place(
    run, file, unchanged, content, sentence
):
    with pytest.raises(CommandError) as caught:
        run("load_people", file("people.json", content))

    assert str(caught.value).splitlines()[0] == sentence


def test_a_date_in_words_and_an_unknown_post_are_both_told(run, people, unchanged):
    def change(content):
        content["memberships"][0]["start_date"] = "last spring"
        content["memberships"][1]["post_id"] = "ambassador"

    with pytest.raises(CommandError) as caught:
        run("load_people", people(change))

    assert str(caught.value).splitlines() == [
        'people.json: memberships[0]: start_date "last spring" is not a date. Write it '
        "as 2026-03-14, 2026-03 or 2026.",
        'people.json: memberships[1]: post_id "ambassador" is not among the posts. Add '
        "the post or remove the membership.",
    ]
