"""Lists are read by key: every row once, whatever is published meanwhile."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl

import pytest

from statements.models import Spokesperson
from statements.public import paging, people

from ..builders import make_person

pytestmark = pytest.mark.django_db

NAMES = ["Abel", "Berg", "Berg", "Celik. 5", "Dahl"]


def read(query: str = "", *, size: int = 2, ascending: bool = True) -> paging.Page:
    return paging.read(
        Spokesperson.objects.all(),
        dict(parse_qsl(query.lstrip("?"))),
        by="sort_name",
        size=size,
        ascending=ascending,
    )


def shown(page: paging.Page) -> list[str]:
    return [person.name for person in page.items]


@pytest.fixture
def _people(system):
    for number, name in enumerate(NAMES):
        make_person(name, slug=f"person-{number}", sort_name=name, by=system)


@pytest.mark.usefixtures("_people")
def test_a_walk_meets_every_row_once_and_back_again():
    pages = [read()]
    while pages[-1].older:
        pages.append(read(pages[-1].older))
    assert [shown(page) for page in pages] == [NAMES[:2], NAMES[2:4], NAMES[4:]]
    back = [pages[-1]]
    while back[-1].newer:
        back.append(read(back[-1].newer))
    assert [shown(page) for page in back] == [NAMES[4:], NAMES[2:4], NAMES[:2]]


@pytest.mark.usefixtures("_people")
def test_the_ends_of_a_list_have_no_neighbour():
    assert read().newer == ""
    assert read(size=5).older == ""
    assert read(size=4).older != ""


@pytest.mark.usefixtures("_people")
def test_a_row_that_comes_in_between_moves_no_page(system):
    onward = read().older
    second = shown(read(onward))
    make_person("Aaron", sort_name="Aaron", by=system)
    assert shown(read(onward)) == second


@pytest.mark.usefixtures("_people")
def test_the_way_back_from_the_top_is_the_top():
    top = read()
    above = read(f"?after={top.items[0].sort_name}.{top.items[0].pk}")
    assert shown(above) == shown(top)


@pytest.mark.usefixtures("_people")
@pytest.mark.parametrize(
    "query", ["before=Berg", "before=.", "before=%00.1", "after=x.y", "before=B.١"]
)
def test_what_cannot_be_read_asks_for_the_top(query):
    assert shown(read(query)) == NAMES[:2]


@pytest.mark.usefixtures("_people")
def test_the_rest_of_the_question_is_kept():
    assert read("?q=a b&before=nonsense").older.startswith("?q=a+b&before=Berg.")


def test_quotes_of_a_person_are_paged_by_day(client, make_public, okafor, monkeypatch):
    monkeypatch.setattr(people, "SIZE", 2)
    for number in (1, 2, 3):
        make_public(number)
    address = okafor.get_absolute_url()
    first = client.get(address).text
    assert re.findall(r"in hour (\d)", first) == ["3", "2"]
    (older,) = re.findall(r'rel="next" href="([^"]+)"', first)
    assert re.fullmatch(r"\?before=2026-03-02\.\d+", older)
    second = client.get(address + older).text
    assert re.findall(r"in hour (\d)", second) == ["1"]
    (newer,) = re.findall(r'rel="prev" href="([^"]+)"', second)
    assert client.get(address + newer).text == first
