"""The lists of spokespersons and resolutions, narrowed by what addresses ask for."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from statements.editorial import catalogue
from statements.models import Resolution, ResolutionBody, ResolutionRelation
from statements.public import catalogues

from ..builders import make_appointment, make_organization, make_person, make_post
from .test_offices import shown

pytestmark = pytest.mark.django_db


def listed(client, address: str) -> list[str]:
    """The names in the list of a page, in its order."""
    page = client.get(address).text.partition('class="catalogue"')[2]
    return re.findall(r"<li>\s*<p[^>]*><a[^>]*><bdi>([^<]*)", page)


def choices(client, address: str, name: str) -> list[tuple[str, str]]:
    """What a form offers of one kind: value and words."""
    (select,) = re.findall(
        rf'<select name="{name}">(.*?)</select>', client.get(address).text, re.S
    )
    return re.findall(r'value="([^"]+)"(?: selected)?>([^<]*)', select)


@pytest.fixture
def crowd(public, ministry, okafors_office, spokesperson_post, system) -> None:
    """Okafor speaks for the ministry, Brink did; Élan for a mission; Quill nowhere."""
    mission = make_organization("Strait Mission", by=system)
    envoy = make_post("Envoy", mission, by=system)
    hidden = make_person("Zelda Hidden", by=system)
    people = [make_person(n, by=system) for n in ("Ada Brink", "Mo Élan", "Bo Quill")]
    days = {"starts_on": dt.date(2010, 1, 1), "ends_on": dt.date(2020, 1, 1)}
    offices = [
        make_appointment(people[0], spokesperson_post, by=system, **days),
        make_appointment(people[1], envoy, starts_on=dt.date(2020, 1, 1), by=system),
        make_appointment(hidden, envoy, starts_on=dt.date(2020, 1, 1), by=system),
    ]
    catalogue.list_publicly([mission, *people, *offices], by=system)


#: In the order of their letters' numbers.
EVERYBODY = ["Ada Brink", "Ilse Okafor", "Bo Quill", "Mo Élan"]


@pytest.mark.parametrize(
    ("asked", "left"),
    [
        ("", EVERYBODY),
        ("?organization=ministry-of-foreign-affairs", ["Ada Brink", "Ilse Okafor"]),
        ("?time=present", ["Ilse Okafor", "Mo Élan"]),
        ("?time=former", ["Ada Brink"]),
        ("?organization=ministry-of-foreign-affairs&time=present", ["Ilse Okafor"]),
        ("?organization=strait-mission&time=former", []),
        ("?letter=E", ["Mo Élan"]),
        ("?letter=%C3%A9", ["Mo Élan"]),
        ("?letter=H", []),
        ("?organization=none", []),
        ("?time=tomorrow&letter=EE", EVERYBODY),
    ],
)
def test_people_are_narrowed_by_organisation_time_and_letter(
    asked, left, crowd, client, django_assert_num_queries
):
    with django_assert_num_queries(3):
        page = client.get(f"/people/{asked}").text
    assert listed(client, f"/people/{asked}") == left
    number = "1 spokesperson<" if len(left) == 1 else f"{len(left)} spokespersons<"
    assert f'role="status">{number}' in page
    assert ('content="noindex"' in page) == (left != EVERYBODY)
    if not left:
        assert "Nobody is left." in page


def test_each_choice_of_people_tells_how_many_it_leaves(crowd, client, monkeypatch):
    here = "/people/"
    both = [
        ("ministry-of-foreign-affairs", "Ministry of Foreign Affairs (2)"),
        ("strait-mission", "Strait Mission (1)"),
    ]
    assert choices(client, here, "organization") == both
    assert choices(client, here, "time") == [
        ("present", "Today (2)"),
        ("former", "Formerly (1)"),
    ]
    asked = f"{here}?time=present&letter=O"
    assert choices(client, f"{here}?time=present", "organization") == [
        ("ministry-of-foreign-affairs", "Ministry of Foreign Affairs (1)"),
        ("strait-mission", "Strait Mission (1)"),
    ]
    page = client.get(asked).text
    assert '<input type="hidden" name="letter" value="O">' in page
    assert re.findall(r'class="letters".*?</nav>', page, re.S)[0].count("<li>") == 3
    assert 'href="?time=present&amp;letter=E"' in page
    # Too many to be counted: no numbers, every letter.
    monkeypatch.setattr(catalogues, "COUNTED", 2)
    page = client.get(here).text
    assert listed(client, here) == EVERYBODY
    assert "(2)" not in page
    assert 'role="status"' not in page
    assert 'href="?letter=Z"' in page


@pytest.fixture
def adopted(public, resolution, system) -> None:
    """2417 is cited on ferries; A/RES/76/300 ends S/RES/1000; one has no day."""
    council = ResolutionBody.objects.get(slug="un-sc")
    assembly = ResolutionBody.objects.get(slug="un-ga")
    made = [
        catalogue.keep(Resolution(body=body, symbol=symbol, adopted_on=day), by=system)
        for body, symbol, day in (
            (assembly, "A/RES/76/300", dt.date(2022, 7, 28)),
            (council, "S/RES/1000 (1995)", dt.date(1995, 6, 23)),
            (council, "S/RES/9 (1946)", None),
            (council, "S/RES/1441 (2002)", dt.date(2002, 11, 8)),
        )
    ]
    catalogue.list_publicly(made[:3], by=system)
    kinds = ResolutionRelation.Kind
    for one, kind, other in (
        (made[0], kinds.ENDS, made[1]),
        (made[0], kinds.RECALLS, resolution),
        # Nobody knows that this is there.
        (made[3], kinds.REPLACES, resolution),
    ):
        ResolutionRelation.objects.create(resolution=one, kind=kind, other=other)


ALL = ["A/RES/76/300", "S/RES/2417 (2018)", "S/RES/1000 (1995)", "S/RES/9 (1946)"]


@pytest.mark.parametrize(
    ("asked", "left", "queries"),
    [
        ("", ALL, 3),
        ("?body=un-ga", ALL[:1], 3),
        ("?year=1995", ALL[2:3], 3),
        ("?state=ended", ALL[2:3], 3),
        ("?state=standing&body=un-sc", [ALL[1], ALL[3]], 3),
        ("?topic=ferries", ALL[1:2], 5),
        ("?topic=ferries&year=1995", [], 5),
        ("?topic=none", [], 2),
        ("?state=lost&year=95", ALL, 3),
    ],
)
def test_resolutions_are_narrowed_by_body_year_state_and_topic(
    asked, left, queries, adopted, client, django_assert_num_queries
):
    address = f"/resolutions/{asked}"
    with django_assert_num_queries(queries):
        page = client.get(address).text
    assert listed(client, address) == left
    number = "1 resolution<" if len(left) == 1 else f"{len(left)} resolutions<"
    assert f'role="status">{number}' in page
    if not left:
        assert "No resolution is left." in page


def test_each_choice_of_resolutions_tells_how_many_it_leaves(
    adopted, client, monkeypatch
):
    here = "/resolutions/?body=un-sc"
    assert choices(client, here, "year") == [("2018", "2018 (1)"), ("1995", "1995 (1)")]
    assert choices(client, here, "state") == [
        ("standing", "Not ended (2)"),
        ("ended", "Ended or replaced (1)"),
    ]
    assert [value for value, _ in choices(client, here, "body")] == ["un-sc", "un-ga"]
    assert "(3)" in dict(choices(client, here, "body"))["un-sc"]
    monkeypatch.setattr(catalogues, "COUNTED", 2)
    assert choices(client, here, "state")[0] == ("standing", "Not ended")
    assert listed(client, here) == ALL[1:]
    assert "3 resolutions" not in shown(client, here)


def test_a_page_of_a_narrowed_list_stays_narrowed(crowd, client, monkeypatch):
    monkeypatch.setattr("statements.public.people.MANY", 1)
    asked = "/people/?organization=ministry-of-foreign-affairs"
    assert listed(client, asked) == ["Ada Brink"]
    (onward,) = re.findall(r'rel="next" href="([^"]+)"', client.get(asked).text)
    onward = onward.replace("&amp;", "&")
    assert "organization=ministry-of-foreign-affairs" in onward
    assert listed(client, f"/people/{onward}") == ["Ilse Okafor"]
