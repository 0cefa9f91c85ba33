"""How often a page asks the database: the same for one row and for three."""

from __future__ import annotations

import pytest

from statements.models import Rendering

pytestmark = pytest.mark.django_db

PAGES = [
    ("/", 3),
    ("/statements/", 2),
    ("/statements/2026/", 3),
    ("/statements/2026/03/", 3),
    ("/statements/2026/03/02/", 3),
    ("/people/", 3),
    ("/people/ilse-okafor/", 7),
    ("/people/ilse-okafor/?topic=ferries&year=2026", 8),
    ("/organizations/", 1),
    ("/organizations/ministry-of-foreign-affairs/", 8),
    ("/posts/spokesperson-ministry-of-foreign-affairs/", 3),
    ("/resolutions/", 3),
    ("/resolutions/un-sc/2417/", 6),
    ("/resolutions/un-sc/2417/?speaker=ilse-okafor&year=2026", 6),
    ("/resolutions/un-sc/2417/quotes.csv", 2),
    ("/topics/", 1),
    ("/topics/ferries/", 4),
    ("/following/", 1),
    ("/following/?topic=ferries", 2),
    ("/about/", 0),
    ("/accessibility/", 0),
]


@pytest.mark.parametrize("others", [(), (1, 3)], ids=["one", "three"])
def test_pages_ask_as_often_for_three_as_for_one(
    others, make_public, public, client, django_assert_num_queries
):
    for number in others:
        make_public(number)
    address = public.quotes.get().get_absolute_url()
    # Which statements are like it is asked, and they are read if there are any.
    statement = ("/statements/2026/03/02/the-ferries-will-sail-part-2/", 3)
    if others:
        statement = (statement[0], 4)
    for page, queries in [*PAGES, statement, (address, 2)]:
        with django_assert_num_queries(queries, info=page):
            assert client.get(page).status_code == 200


@pytest.mark.parametrize("others", [(), (1, 3)], ids=["one", "three"])
def test_a_search_takes_four_queries_and_one_more_a_filter(
    others, make_public, public, client, django_assert_num_queries
):
    """Words compiled, found and counted, read, marked."""
    for number in others:
        make_public(number)
    with django_assert_num_queries(4):
        assert "recall" in client.get("/search/?q=recall").text
    # The topic named, the record's size asked, found and counted, read.
    with django_assert_num_queries(4):
        assert "recall" in client.get("/search/?q=topic:ferries").text


def test_a_page_that_is_not_drawn_yet_takes_two_more(
    public, client, django_assert_num_queries
):
    drawn = client.get(public.get_absolute_url()).text
    Rendering.objects.all().delete()
    with django_assert_num_queries(5):
        assert client.get(public.get_absolute_url()).text == drawn


def test_a_drawing_of_an_older_release_is_not_shown(public, client):
    drawn = client.get(public.get_absolute_url()).text
    Rendering.objects.update(release="0", html="<p>As it was drawn once.</p>")
    assert client.get(public.get_absolute_url()).text == drawn


def test_a_public_file_takes_one_query(public, client, django_assert_num_queries):
    address = public.editions.get().media.get().asset.get_absolute_url()
    with django_assert_num_queries(1):
        assert client.get(address).status_code == 200
