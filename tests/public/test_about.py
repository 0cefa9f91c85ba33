"""About, accessibility, and the pages for what is not there or no more."""

from __future__ import annotations

import html
import re

import pytest

from statements.public.errors import words_of

pytestmark = pytest.mark.django_db


def text(answer) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.text)).split())


def test_every_page_leads_to_about_and_to_accessibility(client, public):
    for address in ("/", public.get_absolute_url(), "/nothing/"):
        found = client.get(address).text
        assert 'href="/about/"' in found
        assert 'href="/accessibility/"' in found


def test_about_says_who_answers_how_quotes_are_checked_and_whom_to_write_to(
    client, settings
):
    settings.SITE_PUBLISHER = "The Vallorn Archive"
    settings.SITE_CONTACT = ""
    words = text(client.get("/about/"))
    assert "The Vallorn Archive answers for what is published here." in words
    for verdict in (
        "Matches the source",
        "Matches the source, changes marked",
        "Found in another source",
        "Differs from the source",
        "Not found in the source",
        "The source changed since it was checked",
        "Not checked against a source",
    ):
        assert verdict in words
    settings.SITE_CONTACT = "mailto:record@vallorn.example"
    page = client.get("/about/")
    assert 'href="mailto:record@vallorn.example"' in page.text
    assert "Tell us of an error, or of anything else: record@vallorn.example" in text(
        page
    )


def test_who_cannot_use_a_page_is_told_whom_to_write_to(client, settings):
    settings.ACCESSIBILITY_CONTACT = "https://vallorn.example/access/"
    page = client.get("/accessibility/")
    assert 'href="https://vallorn.example/access/"' in page.text
    assert "by what means you read: vallorn.example/access" in text(page)
    settings.ACCESSIBILITY_CONTACT = ""
    assert "No address for letters" in text(client.get("/accessibility/"))


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/statements/2026/03/02/ferries-will-sail/", "ferries will sail"),
        ("/people/ilse_okafor", "ilse okafor"),
        ("/ferries%20sail/", "ferries sail"),
        ("/topics/%D8%B9%D8%A8%D8%A7%D8%B1%D8%A7%D8%AA/", "عبارات"),
        # Days, numbers and keys are no words that were said.
        ("/statements/2026/03/", ""),
        ("/quotes/0000000000/", ""),
        ("/media/abcdef/ferries.mp3", ""),
        ("/admin/statements/article/", ""),
        # Nor is a sermon an address.
        (f"/{'repent-' * 12}now/", ""),
        ("/", ""),
    ],
)
def test_the_words_of_an_address(address, words):
    assert words_of(address) == words


def test_what_is_not_found_can_be_searched_for(client, public):
    page = client.get("/statements/2026/03/02/ferries-%22%3E%3Cb%3E-recall/")
    assert page.status_code == 404
    (value,) = re.findall(r'name="q" value="([^"]*)"', page.text)
    assert value == "ferries b recall"
    assert '<form class="search-form" action="/search/"' in page.text
    assert 'name="q" value=""' in client.get("/quotes/0000000000/").text


def test_a_withdrawn_statement_says_when_why_and_what_to_do_but_not_its_title(
    client, public, withdraw
):
    address, title = public.get_absolute_url(), public.editions.get().title
    assert title in text(client.get(address))
    withdraw(public, note="It named the wrong harbour.")
    page = client.get(address)
    words = text(page)
    assert page.status_code == 410
    assert "This statement has been withdrawn." in words
    assert "It contained an error It named the wrong harbour." in words
    assert title not in words
    assert "Its title and its words are not shown any more. This address stays" in words
    day = public.editions.get().withdrawn_at
    assert f'datetime="{day:%Y-%m-%d}' in page.text
    assert 'href="/about/#contact"' in page.text
