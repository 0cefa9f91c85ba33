"""Popolo files: what is read, and where what is wrong stands."""

import json
import os
from datetime import date
from pathlib import Path

import pytest

from statements.exchange.popolo import (
    PopoloIdentifier,
    PopoloName,
    PopoloOrganization,
    PopoloPerson,
    PopoloPost,
    load,
)
from statements.exchange.reading import ImportProblem, PartialDate

SHARED = Path(os.environ.get("NEWSROOM_SHARED", Path(__file__).parents[3] / "shared"))
needs_shared = pytest.mark.skipif(
    not (SHARED / "data").is_dir(), reason="the shared data folder is absent"
)


def sample() -> dict:
    return {
        "persons": [
            {
                "id": "okafor",
                "name": "Ilse Okafor",
                "sort_name": "Okafor, Ilse",
                "gender": "F",
                "other_names": [
                    {"name": "Ilse M. Okafor", "note": "full form"},
                    {"name": "Ilse Okafor", "lang": "en"},
                ],
                "identifiers": [{"scheme": "register", "identifier": 17}],
            },
            {"id": "lindqvist", "name": "Teodor  Lindqvist", "gender": "male"},
        ],
        "organizations": [
            {"id": "mfa", "name": "Ministry of Foreign Affairs"},
            {"id": "mission", "name": "Permanent Mission", "parent_id": "mfa"},
        ],
        "posts": [
            {"id": "speaker", "label": "Spokesperson", "organization_id": "mfa"},
        ],
        "memberships": [
            {
                "person_id": "okafor",
                "organization_id": "mfa",
                "post_id": "speaker",
                "start_date": "2022-09",
                "end_date": None,
                "date_basis": "observed: first and last document",
            },
            {"person_id": "lindqvist", "organization_id": "mission", "role": "member"},
        ],
    }


def read(value: object):
    return load(json.dumps(value).encode(), "people.json")


def problems_of(value: object) -> list[str]:
    with pytest.raises(ImportProblem) as caught:
        read(value)
    return str(caught.value).splitlines()


def test_people_posts_and_who_held_them():
    file = read(sample())
    assert file.persons == (
        PopoloPerson(
            id="okafor",
            name="Ilse Okafor",
            sort_name="Okafor, Ilse",
            gender="female",
            other_names=(PopoloName("Ilse M. Okafor", note="full form"),),
            identifiers=(PopoloIdentifier("register", "17"),),
        ),
        PopoloPerson(id="lindqvist", name="Teodor Lindqvist", gender="male"),
    )
    assert file.organizations[1] == PopoloOrganization(
        id="mission", name="Permanent Mission", parent_id="mfa"
    )
    assert file.posts == (PopoloPost("speaker", "Spokesperson", "mfa"),)
    held, joined = file.memberships
    assert held.starts == PartialDate(date(2022, 9, 1), "month")
    assert held.ends is None
    assert (held.basis, held.post_id) == ("sighted", "speaker")
    assert (joined.basis, joined.post_id, joined.label) == ("stated", "", "Member")


@pytest.mark.parametrize(
    ("basis", "expected"),
    [
        ("observed: first document", "sighted"),
        ("Sighted in two releases", "sighted"),
        ("official term", "stated"),
        ("not observed", "stated"),
        (None, "stated"),
    ],
)
def test_dates_of_sightings_are_told_from_stated_ones(basis, expected):
    value = sample()
    value["memberships"][0]["date_basis"] = basis
    assert read(value).memberships[0].basis == expected


def test_a_membership_takes_the_organisation_of_its_post():
    value = sample()
    del value["memberships"][0]["organization_id"]
    assert read(value).memberships[0].organization_id == "mfa"


def test_a_membership_is_dated_by_its_legislative_period():
    value = sample()
    value["events"] = [
        {"id": "term/3", "start_date": "2018-05-02", "end_date": "2022-05-01"},
        {"id": "term/4", "start_date": "2022-05-05", "end_date": "2022-05-01"},
    ]
    for term, dates in (
        ("term/3", (date(2020, 1, 7), date(2022, 5, 1))),  # joined late
        ("term/4", (date(2020, 1, 7), None)),  # its dates contradict each other
    ):
        value["memberships"][1] |= {
            "legislative_period_id": term,
            "start_date": "2020-01-07",
        }
        joined = read(value).memberships[1]
        assert joined.starts.first == dates[0]
        assert (joined.ends and joined.ends.first) == dates[1]


def test_an_end_within_the_beginning_is_in_order():
    value = sample()
    value["memberships"][0] |= {"start_date": "2021-03-14", "end_date": "2021"}
    assert read(value).memberships[0].ends.last == date(2021, 12, 31)


def test_two_people_of_one_name_stay_two_and_are_told():
    value = sample()
    value["persons"][1]["name"] = "Ilse Okafor"
    file = read(value)
    assert len(file.persons) == 2
    assert file.namesakes() == (("Ilse Okafor", ("okafor", "lindqvist")),)
    assert read(sample()).namesakes() == ()


def change(path: str, new: object):
    """Return a function that sets the value at "memberships.0.person_id"."""
    *way, last = [int(step) if step.isdigit() else step for step in path.split(".")]

    def apply(value: dict) -> None:
        for step in way:
            value = value[step]
        value[last] = new

    return apply


@pytest.mark.parametrize(
    ("path", "new", "expected"),
    [
        (
            "memberships.0.person_id",
            "x",
            (
                'memberships[0]: person_id "x" is not among the persons. '
                "Add the person or remove the membership."
            ),
        ),
        (
            "memberships.0.post_id",
            "x",
            (
                'memberships[0]: post_id "x" is not among the posts. '
                "Add the post or remove the membership."
            ),
        ),
        (
            "memberships.0.organization_id",
            "mission",
            (
                'memberships[0]: The post belongs to "mfa", the membership to '
                '"mission". Make them the same.'
            ),
        ),
        (
            "memberships.1.organization_id",
            "x",
            (
                'memberships[1]: organization_id "x" is not among the organizations. '
                "Add the organization or remove the membership."
            ),
        ),
        (
            "memberships.1.organization_id",
            None,
            (
                "memberships[1]: There is neither organization_id nor post_id. "
                "Add one of them."
            ),
        ),
        (
            "memberships.0.start_date",
            "last spring",
            (
                'memberships[0]: start_date "last spring" is not a date. '
                "Write it as 2026-03-14, 2026-03 or 2026."
            ),
        ),
        (
            "memberships.0.end_date",
            "2021-01",
            (
                "memberships[0]: It ends (2021-01-01) before it starts (2022-09-01). "
                "Correct a date."
            ),
        ),
        (
            "memberships.0",
            ["okafor"],
            "memberships[0]: This is a list, not an object.",
        ),
        ("memberships", {}, "memberships is an object, not a list. Put it in [ ]."),
        (
            "persons.1.id",
            "okafor",
            (
                'persons[1]: id "okafor" is already that of persons[0]. '
                "Give one of them another id."
            ),
        ),
        ("persons.1.name", "", "persons[1]: name is missing. Add it."),
        ("persons.1.name", " \u200b", "persons[1]: name is blank. Fill it in."),
        (
            "persons.1.name",
            ["T"],
            "persons[1]: name is a list, not a text. Put it in quotation marks.",
        ),
        (
            "persons.1.name",
            True,
            "persons[1]: name is true or false, not a text. Put it in quotation marks.",
        ),
        (
            "persons.1.name",
            "Teo\0dor",
            "persons[1]: name holds a NUL character. Remove it.",
        ),
        (
            "persons.1.name",
            "Teodor \ud800",
            (
                "persons[1]: name holds half a character (a lone surrogate). "
                "Type it again."
            ),
        ),
        (
            "persons.1.name",
            "Teodor \u202etsivqdniL",
            "persons[1]: name holds characters that turn the text. Remove them.",
        ),
        (
            "persons.1.name",
            "Teodor\x1b[31m",
            "persons[1]: name holds a control character. Remove it.",
        ),
        (
            "persons.1.name",
            "T" * 201,
            "persons[1]: name has 201 characters. Shorten it to 200.",
        ),
        (
            "persons.1.id",
            10**30,
            "persons[1]: id is too large a number. Put it in quotation marks.",
        ),
        (
            "persons.0.other_names.0",
            "Ilse",
            "persons[0].other_names[0]: This is a text, not an object.",
        ),
        (
            "organizations.0.parent_id",
            "mission",
            'organizations[0]: Its parents lead back to "mfa". Remove one parent_id.',
        ),
        (
            "organizations.1.parent_id",
            "x",
            (
                'organizations[1]: parent_id "x" is not among the organizations. '
                "Add the organization or remove the parent."
            ),
        ),
        (
            "posts.0.organization_id",
            "x",
            (
                'posts[0]: organization_id "x" is not among the organizations. '
                "Add the organization or remove the post."
            ),
        ),
        (
            "posts.0.label",
            None,
            "posts[0]: label is missing. Say what the post is called.",
        ),
    ],
)
def test_what_is_wrong_names_its_place(path, new, expected):
    value = sample()
    change(path, new)(value)
    assert f"people.json: {expected}" in problems_of(value)


def test_all_problems_are_told_at_once():
    value = sample()
    value["persons"][0]["name"] = None
    value["memberships"][0]["person_id"] = "x"
    value["memberships"][1]["start_date"] = 2020
    assert [line.split(": ")[1] for line in problems_of(value)] == [
        "persons[0]",
        "memberships[0]",
        "memberships[1]",
    ]


@pytest.mark.parametrize("value", [None, 3, "text", [], {}, {"statements": []}])
def test_another_kind_of_file_is_refused(value):
    (line,) = problems_of(value)
    assert line.startswith("people.json: The")


def test_a_long_chain_of_parents_is_followed_quickly():
    chain = [{"id": 0, "name": "o"}]
    chain += [{"id": n, "name": "o", "parent_id": n - 1} for n in range(1, 20_000)]
    assert len(read({"organizations": chain[::-1]}).organizations) == 20_000


@needs_shared
@pytest.mark.parametrize(
    ("file", "persons", "posts", "memberships", "sighted"),
    [
        ("people.json", 135, 17, 194, 40),
        ("standards/popolo_real/Niue_Assembly-ep-popolo-v1.0.json", 20, 0, 20, 0),
        ("standards/popolo_real/Tuvalu_Parliament-ep-popolo-v1.0.json", 27, 0, 50, 0),
        (
            "standards/popolo_real/United_States_of_America_Senate-ep-popolo-v1.0.json",
            310,
            0,
            1843,
            0,
        ),
    ],
)
def test_real_files_are_read_without_loss(file, persons, posts, memberships, sighted):
    path = SHARED / "data" / file
    found = load(path.read_bytes(), path.name)
    assert len(found.persons) == persons
    assert len(found.posts) == posts
    assert len(found.memberships) == memberships
    assert sum(m.basis == "sighted" for m in found.memberships) == sighted
