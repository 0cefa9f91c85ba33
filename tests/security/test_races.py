"""Class: two people act in the same instant, and each looked before the other was done.

Two real connections: one holds its transaction open, the other begins and must wait;
then the first commits. Whoever comes second sees what the first left, or is refused.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from statements.editorial import (
    catalogue,
    checking,
    editions,
    intake,
    publishing,
    verbs,
)
from statements.models import (
    Edition,
    EditionContributor,
    EditionMedia,
    MediaAsset,
    Permalink,
    Quote,
    Tag,
    Tally,
)

from .. import builders

pytestmark = pytest.mark.django_db(transaction=True)


def alone(act: Callable[[], Any]) -> Any:
    try:
        return act()
    finally:
        connection.close()


@contextmanager
def meanwhile(act: Callable[[], Any]) -> Iterator[Future[Any]]:
    """Do what is inside in a transaction; ``act`` runs into it before it commits."""
    with ThreadPoolExecutor(1) as threads:
        with transaction.atomic():
            future: Future[Any] = Future()
            yield future
            running = threads.submit(alone, act)
            wait_until_blocked(running)
        try:
            future.set_result(running.result(timeout=20))
        except Exception as problem:
            future.set_exception(problem)


def wait_until_blocked(running: Future[Any]) -> None:
    for _ in range(500):
        with connection.cursor() as cursor:
            cursor.execute("SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted)")
            (blocked,) = cursor.fetchone()
        if blocked or running.done():
            return
        time.sleep(0.01)
    raise AssertionError("Nothing waited for the other.")


@pytest.fixture
def approved(ready, author, editor) -> Edition:
    publishing.submit(ready, by=author)
    return publishing.approve(ready, by=editor)


def test_two_publications_lose_no_count_of_the_speaker_they_share(
    approved, author, editor, publisher, okafor
):
    other = builders.make_draft(by=author, body="“We sail,” said Ilse Okafor.")
    builders.quote_words(other, "We sail,", by=author, speaker=okafor)
    publishing.submit(other, by=author)
    publishing.approve(other, by=editor)
    alone_before = Quote.objects.filter(edition=approved, speaker=okafor).count()

    with meanwhile(lambda: publishing.publish(other, by=publisher)) as published:
        publishing.publish(approved, by=publisher)
    published.result()
    assert dict(Tally.objects.summed(f"s:{okafor.pk}"))[""] == alone_before + 1
    assert checking._counts_that_differ() == []


def test_a_topic_given_while_a_statement_goes_out_is_counted(approved, publisher):
    def tag() -> None:
        intake.set_address(approved.article, by=publisher, tags=["Winter"])

    with meanwhile(tag) as tagged:
        publishing.publish(approved, by=publisher)
    tagged.result()
    assert dict(Tally.objects.summed(f"t:{Tag.objects.get(name='Winter').pk}")) == {
        "": 1
    }
    assert checking._counts_that_differ() == []


def test_a_file_does_not_slip_into_a_publication(approved, author, publisher):
    asset = MediaAsset.objects.create(
        name="pier.pdf",
        type="document",
        content_type="application/pdf",
        size=1,
        sha256="0" * 64,
        file="aa/nothing",
        uploaded_by=author,
    )

    def attach() -> None:
        EditionMedia.objects.create(edition=approved, asset=asset)

    with meanwhile(attach) as attached:
        publishing.publish(approved, by=publisher)
    assert isinstance(attached.exception(), IntegrityError)
    assert not EditionMedia.objects.exists()


def test_a_writer_does_not_slip_in_beside_their_own_approval(ready, author, editor):
    publishing.submit(ready, by=author)

    def write() -> None:
        EditionContributor.objects.create(edition=ready, user=editor)

    with meanwhile(write) as written:
        publishing.approve(ready, by=editor)
    assert isinstance(written.exception(), IntegrityError)


@pytest.mark.parametrize(
    "sql",
    ["DELETE FROM quote", "UPDATE quote SET text = 'Another'"],
)
def test_what_changes_past_the_verbs_is_not_published_unseen(approved, publisher, sql):
    def publish() -> None:
        publishing.publish(approved, by=publisher)

    with meanwhile(publish) as published, connection.cursor() as cursor:
        cursor.execute(sql)
    assert isinstance(published.exception(), IntegrityError)
    assert not Quote.objects.public().exists()


def test_a_quote_that_races_a_publication_is_refused(approved, publisher, okafor):
    quote = approved.quotes.get()
    link = Permalink.objects.create(article=approved.article)

    def add() -> None:
        quote.pk, quote.permalink = None, link
        quote.save(force_insert=True)

    with meanwhile(add) as added:
        publishing.publish(approved, by=publisher)
    assert isinstance(added.exception(), IntegrityError)
    assert Quote.objects.count() == 1


def test_of_two_publishers_the_second_is_told(approved, author, editor, publisher):
    second = editions.begin(approved.article, by=author)
    publishing.submit(second, by=author)
    publishing.approve(second, by=editor)

    def publish() -> None:
        publishing.publish(second, by=publisher)

    with meanwhile(publish) as published:
        publishing.publish(approved, by=publisher)
    assert isinstance(published.exception(), verbs.NotReady)
    assert "went out since" in str(published.exception())
    assert list(Edition.objects.live()) == [approved]


def test_the_same_edition_goes_out_once(approved, publisher):
    def publish() -> None:
        publishing.publish(approved, by=publisher)

    with meanwhile(publish) as published:
        publishing.publish(approved, by=publisher)
    assert isinstance(published.exception(), verbs.NotReady)


def test_an_approval_is_not_of_what_was_saved_meanwhile(ready, author, editor):
    publishing.submit(ready, by=author)

    def save() -> None:
        intake.revise(
            ready, by=author, lock_version=ready.lock_version, title="Another"
        )

    with meanwhile(save) as saved:
        publishing.approve(ready, by=editor)
    assert saved.exception() is None
    ready.refresh_from_db()
    assert (ready.title, ready.approved_at) == ("Another", None)


def test_a_merge_and_a_publication_agree_on_the_speaker(
    approved, publisher, steward, okafor
):
    other = builders.make_person("Ilse Okafor-Brandt", by=steward)

    def publish() -> None:
        publishing.publish(approved, by=publisher)

    with meanwhile(publish) as published:
        catalogue.merge(okafor, other, by=steward)
    assert isinstance(published.exception(), IntegrityError | verbs.NotReady)
    assert not Quote.objects.public().exists()
    approved.refresh_from_db()
    assert approved.approved_at is None


def test_a_publication_and_a_merge_agree_on_the_speaker(
    approved, publisher, steward, okafor
):
    other = builders.make_person("Ilse Okafor-Brandt", by=steward)

    def merge() -> None:
        catalogue.merge(okafor, other, by=steward)

    with meanwhile(merge) as merged:
        publishing.publish(approved, by=publisher)
    assert merged.exception() is None
    assert Quote.objects.public().get().speaker == other
