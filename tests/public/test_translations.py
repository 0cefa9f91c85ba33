"""A statement names its translations, and which of them the original has outgrown."""

from __future__ import annotations

import re

import pytest

from statements.editorial import editions, intake, publishing
from statements.models import Article, Edition

from .. import builders

pytestmark = pytest.mark.django_db


@pytest.fixture
def change(author, editor, publisher):
    """Publish a minor change of a statement."""

    def act(article: Article, title: str) -> Edition:
        edition = editions.begin(article, by=author, change="minor")
        intake.revise(
            edition, by=author, lock_version=edition.lock_version, title=title
        )
        edition.refresh_from_db()
        return builders.review_and_publish(edition, editor=editor, publisher=publisher)

    return act


def alternates(client, article: Article) -> list[tuple[str, str]]:
    page = client.get(article.get_absolute_url()).text
    found = re.findall(
        r'<link rel="alternate" hreflang="([^"]+)" href="http://[^/]+([^"]+)">', page
    )
    return sorted(found)


def told(client, article: Article) -> tuple[bool, int]:
    """Whether a text is told to be older, and how many of the others are."""
    page = client.get(article.get_absolute_url()).text
    return (
        '<aside class="notice" aria-label="Older than the original">' in page,
        page.count("(older than the original)"),
    )


def test_all_languages_lead_to_one_another_and_the_original_is_for_the_rest(
    client, public, make_public, withdraw
):
    assert alternates(client, public) == []
    german = make_public(9, language="de", translation_of=public).article
    french = make_public(10, language="fr", translation_of=public).article
    texts = {"en": public, "de": german, "fr": french}
    every = sorted((key, one.get_absolute_url()) for key, one in texts.items())
    for one in texts.values():
        rest = ("x-default", public.get_absolute_url())
        assert alternates(client, one) == [*every, rest]
    withdraw(public)
    every = [one for one in every if one[0] != "en"]
    assert alternates(client, german) == every


def test_a_translation_is_older_from_the_hour_in_which_the_original_changes(
    client, public, make_public, change, withdraw, django_assert_num_queries
):
    german = make_public(9, language="de", translation_of=public).article
    make_public(10, language="fr", translation_of=public)
    assert told(client, public) == told(client, german) == (False, 0)
    change(public, "Another title")
    assert told(client, public) == (False, 2)
    with django_assert_num_queries(4):
        assert told(client, german) == (True, 1)
    change(german, "Ein anderer Titel")
    assert told(client, public) == (False, 1)
    assert told(client, german) == (False, 1)
    # Nothing is older than what readers do not have.
    change(public, "A third title")
    assert told(client, german) == (True, 1)
    withdraw(public)
    assert told(client, german) == (False, 0)


def test_a_translation_of_an_edition_that_has_passed_is_older_when_it_comes_out(
    client, public, author, editor, publisher, change
):
    draft = editions.begin_translation(public, language="de", by=author)
    intake.revise(
        draft, by=author, lock_version=draft.lock_version, body="Die Fähren fahren."
    )
    change(public, "Another title")
    draft.refresh_from_db()
    builders.review_and_publish(draft, editor=editor, publisher=publisher)
    german = draft.article
    assert told(client, german) == (True, 0)
    assert told(client, public) == (False, 1)
    # Its next edition is another reading of the original.
    change(german, "Ein anderer Titel")
    assert told(client, german) == told(client, public) == (False, 0)


def test_a_change_to_come_makes_nothing_older_yet(
    client, public, make_public, author, editor, tomorrow, publisher
):
    german = make_public(9, language="de", translation_of=public).article
    edition = editions.begin(public, by=author, change="minor")
    publishing.submit(edition, by=author)
    publishing.approve(edition, by=editor)
    publishing.publish(edition, by=publisher, at=tomorrow)
    assert told(client, german) == told(client, public) == (False, 0)
