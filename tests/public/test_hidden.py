"""What is not public shows on no page, and its addresses answer like invented ones."""

from __future__ import annotations

import re

import pytest
from django.conf import settings

from statements.editorial import catalogue, editions, intake, publishing
from statements.models import Change, FormerAddress
from statements.public import errors

from ..builders import make_appointment, make_person, review_and_publish
from .hidden import WORD

pytestmark = pytest.mark.django_db

INVENTED = [
    "/statements/2026/03/02/never-written/",
    "/quotes/0000000000/",
    "/people/nobody/",
    "/organizations/none/",
    "/posts/none/",
    "/resolutions/un-sc/9999/",
    "/topics/none/",
    "/media/00000000000000000000000000000000/none.mp3",
    "/resolutions/?ref=UNSCR+1",
    "/resolutions/S/RES/1(1946)",
]


#: Pages of other things: they show nothing of the statement even when it is public.
OTHERS = {
    "/search/",
    "/search/?q=hour",
    "/posts/spokesperson-ministry-of-foreign-affairs/",
    "/corrections/",
    "/following/",
    "/about/",
    "/accessibility/",
    "/feeds/corrections.atom",
    "/statements/2026/03/02/the-ferries-will-sail-part-2/history/",
    # Months alone, and statements that bear the day of today.
    "/sitemap.xml",
    "/sitemap-news.xml",
    "/robots.txt",
    "/organizations/ministry-of-foreign-affairs/",
}


def answer(client, address: str, **headers: str) -> tuple[int, dict[str, str], str]:
    """What a reader gets, but for the lifetime, which goes down with the clock."""
    response = client.get(address, headers=headers)
    kept = {
        name: value
        for name, value in response.headers.items()
        if name != "Cache-Control" or "s-maxage" not in value
    }
    return response.status_code, kept, response.text


def nameless(client, address: str) -> tuple[int, dict[str, str], str]:
    """The answer without the address in it, which the foot of a page prints.

    And without its words, which are offered to be searched for.
    """
    status, headers, body = answer(client, address)
    headers.pop("Content-Length", None)
    path = address.partition("?")[0]
    body = body.replace(f'value="{errors.words_of(path)}"', 'value=""')
    return status, headers, body.replace(settings.SITE_URL + path, "")


def submit(hidden, editor, publisher, tomorrow):
    publishing.submit(hidden.edition, by=publisher)


def send_back(hidden, editor, publisher, tomorrow):
    submit(hidden, editor, publisher, tomorrow)
    publishing.send_back(hidden.edition, by=editor)


def approve(hidden, editor, publisher, tomorrow):
    submit(hidden, editor, publisher, tomorrow)
    publishing.approve(hidden.edition, by=editor)


def schedule(hidden, editor, publisher, tomorrow):
    review_and_publish(hidden.edition, editor=editor, publisher=publisher, at=tomorrow)


def leave(hidden, editor, publisher, tomorrow):
    """A draft."""


STATES = [leave, submit, send_back, approve, schedule]


@pytest.mark.parametrize("bring", STATES)
def test_no_page_changes_by_what_is_hidden(
    bring, pages, machines, client, request, editor, publisher, tomorrow
):
    whole = [*pages, *machines]
    before = {page: answer(client, page) for page in whole}
    hidden = request.getfixturevalue("hidden")
    bring(hidden, editor, publisher, tomorrow)
    assert {page: answer(client, page) for page in whole} == before


@pytest.mark.parametrize("bring", STATES)
def test_a_hidden_address_answers_like_an_invented_one(
    bring, client, hidden, editor, publisher, tomorrow
):
    bring(hidden, editor, publisher, tomorrow)
    pages, files = {}, {}
    for address in [*hidden.addresses, *INVENTED]:
        kind = files if address.startswith("/media/") else pages
        kind[address] = nameless(client, address)
    for kind in (pages, files):
        (status, _, body) = next(iter(kind.values()))
        assert status == 404
        assert WORD not in body.lower()
        assert all(given == next(iter(kind.values())) for given in kind.values())


def test_all_of_it_shows_once_it_is_public(
    client, hidden, editor, publisher, pages, machines
):
    """The control: the same requests show the word as soon as they may."""
    review_and_publish(hidden.edition, editor=editor, publisher=publisher)
    for page in [*pages, *machines]:
        if page not in OTHERS and not page.startswith(("/quotes/", "/oembed")):
            assert WORD in answer(client, page)[2].lower(), page
    for address in hidden.addresses:
        assert client.get(address).status_code in (200, 301), address


def test_what_came_after_the_live_edition_is_not_shown(
    client, pages, machines, public, author, editor, publisher, tomorrow
):
    """Not as a draft, and not as a correction that goes out tomorrow."""
    whole = [*pages, *machines]
    before = {page: answer(client, page) for page in whole}
    draft = editions.begin(public, by=author, change=Change.CORRECTION)
    intake.revise(
        draft,
        by=author,
        lock_version=draft.lock_version,
        title="Zinnober",
        summary="Zinnober",
        change_note="Zinnober",
    )
    assert {page: answer(client, page) for page in whole} == before
    draft.refresh_from_db()
    review_and_publish(draft, editor=editor, publisher=publisher, at=tomorrow)
    assert {page: answer(client, page) for page in whole} == before


def test_a_withdrawn_statement_leaves_no_word_behind(
    client, hidden, editor, publisher, withdraw, pages, machines
):
    whole = [*pages, *machines]
    before = {page: answer(client, page) for page in whole}
    review_and_publish(hidden.edition, editor=editor, publisher=publisher)
    withdraw(hidden.article)
    assert {page: answer(client, page) for page in whole} == before
    for address in hidden.addresses:
        status, _, body = nameless(client, address)
        assert status in (404, 410), address
        assert not re.search(WORD, body, re.IGNORECASE), address


def test_a_former_address_of_something_hidden_tells_nothing(client, hidden, okafor):
    FormerAddress.objects.create(
        path="/statements/2026/03/02/old/", article=hidden.article
    )
    quote = hidden.edition.quotes.exclude(speaker=okafor).get()
    FormerAddress.objects.create(path="/people/old/", spokesperson=quote.speaker)
    missing = nameless(client, "/people/nobody/")
    assert nameless(client, "/statements/2026/03/02/old/") == missing
    assert nameless(client, "/people/old/") == missing


def test_a_listed_appointment_does_not_name_a_hidden_person(
    client, ministry, spokesperson_post, system, public
):
    before = answer(client, ministry.get_absolute_url())
    person = make_person("Zelda Zinnober", by=system)
    appointment = make_appointment(person, spokesperson_post, by=system)
    catalogue.list_publicly([appointment], by=system)
    assert answer(client, ministry.get_absolute_url()) == before
    catalogue.list_publicly([person], by=system)
    assert WORD in answer(client, ministry.get_absolute_url())[2].lower()
