"""Who is meant: names of one text, titles, and the roster."""

from datetime import date

import pytest

from statements.detection.findings import Office, Organization, Person, Roster
from statements.detection.names import Names, core_of, split_title
from statements.detection.roster import Index, folded

TITLES = [
    ("State Department Spokesperson", ("State Department", "Spokesperson")),
    ("Ministry of Foreign Affairs Spokesperson",
     ("Ministry of Foreign Affairs", "Spokesperson")),
    ("Spokesperson of the Ministry of Health",
     ("Ministry of Health", "Spokesperson")),
    ("Permanent Representative to the United Nations",
     ("United Nations", "Permanent Representative")),
    ("White House press secretary", ("White House", "press secretary")),
    ("Secretary of State", ("", "Secretary of State")),
    ("Permanent Representative", ("", "Permanent Representative")),
    ("Spokesperson", ("", "Spokesperson")),
    ("former Minister", ("", "former Minister")),
]  # fmt: skip


@pytest.mark.parametrize(("title", "halves"), TITLES, ids=[row[0] for row in TITLES])
def test_split_title(title, halves):
    assert split_title(title) == halves


CORES = [
    ("State Department Spokesperson Ilse Okafor", "Ilse Okafor"),
    ("Secretary of State Teodor Lindqvist", "Teodor Lindqvist"),
    ("Minister of Foreign Affairs Ada Brandt", "Ada Brandt"),
    ("Democrat Ada Brandt", "Ada Brandt"),
    ("Spokesperson Gordon King", "Gordon King"),
    ("Ilse Okafor", "Ilse Okafor"),
    ("Mr. Okafor", "Okafor"),
]


@pytest.mark.parametrize(("printed", "name"), CORES, ids=[row[0] for row in CORES])
def test_where_the_name_proper_begins(printed, name):
    words = printed.split()
    assert " ".join(words[core_of(words) :]) == name


SHORT = [
    # (text, the printed short form, its title, full names, why)
    ("Ilse Okafor spoke.", ["Okafor"], "", ("Ilse Okafor",), "surname"),
    ("Ilse Okafor’s plan", ["Okafor"], "", ("Ilse Okafor",), "possessive in print"),
    ("Ilse M. Okafor and Ilse Okafor", ["Okafor"], "", ("Ilse Okafor",),
     "two spellings of one person"),
    ("Mao Ning spoke.", ["Mao"], "Spokesperson", ("Mao Ning",), "family name first"),
    ("Ilse Okafor met Paul Okafor.", ["Okafor"], "", ("Ilse Okafor", "Paul Okafor"),
     "two of one surname: none chosen"),
    ("Ilse Okafor met Paul Okafor.", ["Okafor"], "Mr.", ("Paul Okafor",),
     "the courtesy title tells them apart"),
    ("Ilse Okafor met Paul Okafor.", ["Okafor"], "Spokeswoman", ("Ilse Okafor",),
     "so does the title"),
    ("The Okafor Foundation gave.", ["Okafor"], "", (), "a foundation is nobody"),
    ("Nobody is named.", ["Okafor"], "", (), "never printed in full"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "core", "title", "full", "why"), SHORT, ids=[row[4] for row in SHORT]
)
def test_short_forms(text, core, title, full, why):
    assert Names(text).full(core, title) == full, why


OFFICE = Office(
    11, "Spokesperson", "Ministry of Foreign Affairs", 5, ("Foreign Ministry", "MFA"),
    certainly=(date(2021, 1, 1), date(2023, 1, 1)),
    possibly=(date(2020, 1, 1), date(2024, 1, 1)),
)  # fmt: skip
LATER = Office(
    12, "Permanent Representative", "United Nations", 6,
    certainly=(date(2024, 1, 1), None), possibly=(date(2024, 1, 1), None),
)  # fmt: skip
ILSE = Person(1, "Ilse Okafor", ("Ilse Maria Okafor",), "female", (OFFICE, LATER))
PAUL = Person(2, "Paul Okafor", (), "male")
TWIN = Person(3, "Ilse Okafor", (), "female")
BODY = Organization(5, "Ministry of Foreign Affairs", ("Foreign Ministry",))


def found(roster, on, full="", surname="", title="", gender=""):
    return [
        (c.person, c.office)
        for c in Index(roster).person(full, surname, title, gender, on)
    ]


def test_a_full_name_finds_its_person_and_the_office_of_the_day():
    roster = Roster((ILSE, PAUL))
    assert found(roster, date(2022, 5, 1), full="Ilse Okafor") == [(1, 11)]
    assert found(roster, date(2025, 5, 1), full="Ilse Okafor") == [(1, 12)]


def test_another_spelling_accents_and_marks_find_her_too():
    roster = Roster((Person(9, "Zoë Märtensson-Diaz"), ILSE))
    assert found(roster, None, full="Zoe Martensson Diaz") == [(9, None)]
    assert found(roster, date(2022, 5, 1), full="Ilse Maria Okafor") == [(1, 11)]


def test_two_persons_of_one_name_are_both_offered():
    assert found(Roster((ILSE, TWIN)), None, full="Ilse Okafor") == [
        (1, None),
        (3, None),
    ]


def test_the_printed_title_tells_two_of_one_name_apart():
    roster = Roster((ILSE, TWIN))
    day = date(2022, 5, 1)
    title = "Ministry of Foreign Affairs Spokesperson"
    assert found(roster, day, full="Ilse Okafor", title=title) == [(1, 11)]


def test_a_surname_alone_is_a_guess_and_finds_nobody():
    assert found(Roster((ILSE,)), date(2022, 5, 1), surname="Okafor") == []


def test_a_surname_with_the_title_of_the_day_finds_her():
    roster = Roster((ILSE, PAUL))
    day = date(2022, 5, 1)
    for title in ("Spokeswoman", "Foreign Ministry Spokesperson", "MFA spokesperson"):
        assert found(roster, day, surname="Okafor", title=title) == [(1, 11)], title
    assert found(roster, date(2019, 1, 1), surname="Okafor", title="Spokesperson") == []


def test_the_wrong_gender_finds_nobody():
    assert found(Roster((ILSE,)), None, full="Ilse Okafor", gender="male") == []


def test_an_organization_is_found_by_its_names():
    index = Index(Roster((), (BODY,)))
    for name in ("the Foreign Ministry", "Ministry of Foreign Affairs"):
        assert [c.organization for c in index.body(name)] == [5]
    assert index.body("Ministry of Health") == ()


def test_folded_names():
    assert folded("  Zoë  O’Neill-Brandt Jr. ") == "zoe oneill brandt jr"
