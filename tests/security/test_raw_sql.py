"""Class: whoever can write SQL rewrites what readers were given.

A forgotten verb, a script of an operator, an injection: the database itself refuses to
add to a published edition, to change it, or to publish what was not written down.
"""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction

from statements.editorial import editions, intake, publishing
from statements.models import Citation, Edition, Permalink, Quote

from .. import builders

pytestmark = pytest.mark.django_db


def execute(sql: str, *params: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def refused(sql: str, *params: object) -> str:
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        execute(sql, *params)
    return str(error.value)


@pytest.fixture
def following(live, author, resolution) -> Edition:
    """A draft that follows the public edition, with a quote and a citation."""
    edition = editions.begin(live.article, by=author)
    builders.cite(edition, "strait", resolution, by=author)
    return edition


def test_a_quote_of_a_draft_does_not_join_a_published_edition(live, following):
    quote = following.quotes.get()
    link = Permalink.objects.create(article=live.article)
    message = refused(
        "UPDATE quote SET permalink_id = %s, edition_id = %s,"
        " live = (SELECT live FROM edition WHERE id = %s) WHERE id = %s",
        link.pk,
        live.pk,
        live.pk,
        quote.pk,
    )
    assert "takes no further quotes" in message
    assert list(live.quotes.all()) == list(Quote.objects.public())


def test_a_citation_of_a_draft_does_not_join_a_published_edition(live, following):
    message = refused(
        "UPDATE citation SET quote_id = NULL, edition_id = %s,"
        " live = (SELECT live FROM edition WHERE id = %s) WHERE edition_id = %s",
        live.pk,
        live.pk,
        following.pk,
    )
    assert "frozen" in message
    assert not Citation.objects.public().exists()


def test_a_published_quote_does_not_leave_its_edition(live, following):
    quote = live.quotes.get()
    following.quotes.all().delete()
    refused(
        "UPDATE quote SET edition_id = %s, live = 'empty' WHERE id = %s",
        following.pk,
        quote.pk,
    )


def test_what_is_superseded_or_withdrawn_stays_frozen(
    live, following, author, editor, publisher
):
    publishing.submit(following, by=author)
    publishing.approve(following, by=editor)
    publishing.publish(following, by=publisher)
    old = live.quotes.get()
    refused("UPDATE quote SET text = 'Another' WHERE id = %s", old.pk)
    refused("DELETE FROM quote WHERE id = %s", old.pk)
    refused("UPDATE edition SET title = 'Another' WHERE id = %s", live.pk)
    for moment in ("now() + interval '1 day'", "published_at", "NULL"):
        refused(f"UPDATE edition SET superseded_at = {moment} WHERE id = %s", live.pk)


def test_an_edition_lasts_longer_than_a_moment(live, publisher):
    """Else ``live`` would be empty, and all that hangs on it would be free again."""
    for moment in ("superseded", "withdrawn"):
        refused(
            f"UPDATE edition SET {moment}_at = published_at,"
            f" {moment}_by_id = published_by_id, withdrawn_reason = 'error',"
            " withdrawn_note = 'x' WHERE id = %s",
            live.pk,
        )


@pytest.mark.parametrize(
    "change",
    [
        "approved_by_id = published_by_id",
        "approved_at = now()",
        "submitted_by_id = approved_by_id",
        "published_by_id = approved_by_id",
    ],
)
def test_who_answered_for_a_published_edition_is_frozen(live, change):
    refused(f"UPDATE edition SET {change} WHERE id = %s", live.pk)


@pytest.mark.parametrize("change", ["reason = 'legal'", "note = 'Another'"])
def test_why_a_statement_was_withdrawn_is_frozen(live, publisher, change):
    publishing.withdraw(live.article, by=publisher, reason="error", note="A number.")
    refused(f"UPDATE edition SET withdrawn_{change} WHERE id = %s", live.pk)


@pytest.mark.parametrize(
    ("record", "digest"),
    [
        ("'{}'", "public.record_digest('', '{}')"),
        (
            "jsonb_set(public.edition_record(id), '{title}', '\"Another\"')",
            "public.record_digest('', jsonb_set(public.edition_record(id),"
            " '{title}', '\"Another\"'))",
        ),
        ("public.edition_record(id)", "repeat('0', 64)"),
        ("NULL", "repeat('0', 64)"),
    ],
)
def test_the_record_says_what_is_published(ready, record, digest):
    message = refused(
        "UPDATE edition SET unreviewed_reason = 'x', published_by_id = created_by_id,"
        f" published_at = clock_timestamp(), record = {record}, digest = {digest}"
        " WHERE id = %s",
        ready.pk,
    )
    assert "frozen" in message
    execute("UPDATE edition SET unreviewed_reason = 'x' WHERE id = %s", ready.pk)
    message = refused(
        "UPDATE edition SET published_by_id = created_by_id,"
        f" published_at = clock_timestamp(), record = {record}, digest = {digest}"
        " WHERE id = %s",
        ready.pk,
    )
    assert "carries its record" in message


def test_an_edition_taken_off_keeps_nothing_of_its_hour(
    ready, author, editor, publisher, in_an_hour
):
    builders.review_and_publish(
        ready, editor=editor, publisher=publisher, at=in_an_hour
    )
    publishing.unschedule(ready, by=publisher)
    ready.refresh_from_db()
    assert ready.record is None
    assert (ready.digest, ready.previous_digest, ready.withdrawn_note) == ("", "", "")
    assert not hasattr(ready, "rendering")
    assert ready.live.isempty
    assert ready.quotes.get().live.isempty


@pytest.mark.parametrize("change", ["slug = 'another'", "dated = '2026-03-03'"])
def test_an_address_that_readers_knew_leads_on(live, author, publisher, change):
    assert "must lead on" in refused(
        f"UPDATE article SET {change} WHERE id = %s", live.article_id
    )
    with transaction.atomic():
        intake.set_address(live.article, by=publisher, slug="moved")
        execute("SELECT 1")


def test_an_address_that_nobody_knew_leaves_nothing(ready):
    execute("UPDATE article SET slug = 'another' WHERE id = %s", ready.article_id)


def test_two_editions_scheduled_for_one_minute_take_turns(
    ready, author, editor, publisher, in_an_hour
):
    """The later decision counts; the database would refuse both without a sentence."""
    builders.review_and_publish(
        ready, editor=editor, publisher=publisher, at=in_an_hour
    )
    second = editions.begin(ready.article, by=author)
    builders.review_and_publish(
        second, editor=editor, publisher=publisher, at=in_an_hour
    )
    ready.refresh_from_db()
    assert ready.published_at is None
    assert second.quotes.get().live.isempty is False
