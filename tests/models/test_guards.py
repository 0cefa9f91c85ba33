"""What the database refuses, whoever asks: raw SQL and the ORM past our verbs."""

from __future__ import annotations

import datetime as dt

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction

from statements.editorial import catalogue, publishing
from statements.models import (
    Audit,
    Citation,
    Edition,
    EditionContributor,
    EditionMedia,
    MediaAsset,
    Permalink,
    Quote,
    Source,
    SourceVersion,
)

from ..builders import cite, make_draft, make_person, review_and_publish

pytestmark = pytest.mark.django_db


def refused(sql: str, *params: object) -> str:
    """Run SQL that the database must refuse; its message."""
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        run(sql, params)
    return str(error.value)


def run(sql: str, params: tuple[object, ...]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


@pytest.fixture
def asset(author) -> MediaAsset:
    return MediaAsset.objects.create(
        name="speech.mp3",
        file="aa/aa",
        type="audio",
        content_type="audio/mpeg",
        size=3,
        sha256="0" * 64,
        uploaded_by=author,
    )


@pytest.mark.parametrize(
    "change",
    [
        "title = 'Another'",
        "summary = 'Another'",
        "body = '<p>Another</p>'",
        "text = 'Another'",
        "change_note = 'Another'",
        "number = 7",
        "published_at = now() + interval '1 day'",
        "published_at = NULL, published_by_id = NULL",
        "record = '{}'",
        "digest = repeat('0', 64)",
        "withdrawn_at = now() - interval '1 day', withdrawn_reason = 'error',"
        " withdrawn_note = 'x', withdrawn_by_id = published_by_id",
    ],
)
def test_a_published_edition_is_frozen(live, change):
    refused(f"UPDATE edition SET {change} WHERE id = %s", live.pk)


def test_a_published_edition_is_not_deleted(live):
    message = refused("DELETE FROM edition WHERE id = %s", live.pk)
    assert "stays" in message


@pytest.mark.parametrize(
    "change",
    [
        "text = 'Another'",
        "start = start + 1",
        "said_on = '2020-01-01'",
        "title_as_printed = 'King'",
        "confirmed_at = NULL, confirmed_by_id = NULL",
        "kind = 'indirect'",
        "speaker_id = NULL",
        "language = 'ar'",
    ],
)
def test_a_published_quote_is_frozen(live, change):
    quote = live.quotes.get()
    refused(f"UPDATE quote SET {change} WHERE id = %s", quote.pk)


COPY = """
    INSERT INTO quote (permalink_id, article_id, edition_id, live, text, start, "end",
        prefix, suffix, kind, origin, language, speaker_id, title_as_printed, said_on,
        confirmed_at, confirmed_by_id, verdict)
    SELECT %s, article_id, edition_id, {live}, text, start, "end", '', '', kind, origin,
        language, speaker_id, '', said_on, confirmed_at, confirmed_by_id, verdict
    FROM quote WHERE id = %s
"""


@pytest.mark.parametrize("claim", ["'empty'", "live"])
def test_a_published_edition_takes_no_further_quote(live, claim):
    link = Permalink.objects.create(article=live.article)
    refused(COPY.format(live=claim), link.pk, live.quotes.get().pk)


def test_a_published_quote_is_not_deleted(live):
    refused("DELETE FROM quote WHERE id = %s", live.quotes.get().pk)


def test_a_quote_cannot_be_declared_public_by_hand(ready):
    quote = ready.quotes.get()
    message = refused(
        "UPDATE quote SET live = tstzrange(now(), NULL) WHERE id = %s", quote.pk
    )
    assert "quote_of_edition" in message


def test_verdict_appointment_and_facets_of_a_published_quote_may_change(live):
    quote = live.quotes.get()
    quote.verdict = "verbatim"
    Quote.objects.filter(pk=quote.pk).update(verdict="verbatim", appointment=None)
    with connection.cursor() as cursor:
        cursor.execute("SELECT public.refresh_facets(ARRAY[%s]::bigint[])", [quote.pk])
    quote.refresh_from_db()
    assert "v:verbatim" in quote.facets
    assert not any(facet.startswith("p:") for facet in quote.facets)


def test_a_published_quote_changes_its_speaker_only_along_a_merge(
    live, steward, okafor
):
    other = make_person("Ilse Okafor-Brandt", by=steward)
    quote = live.quotes.get()
    refused("UPDATE quote SET speaker_id = %s WHERE id = %s", other.pk, quote.pk)

    moved = catalogue.merge(okafor, other, by=steward)

    assert moved == 1
    quote.refresh_from_db()
    assert quote.speaker_id == other.pk
    Quote.objects.filter(pk=quote.pk).update(speaker=okafor)


def test_a_published_citation_is_frozen(author, editor, publisher, resolution):
    draft = make_draft(by=author, body="The text recalls resolution 2417 (2018).")
    cite(draft, "2417 (2018)", resolution, by=author)
    live = review_and_publish(draft, editor=editor, publisher=publisher)
    citation = Citation.objects.get()

    for sql in (
        "UPDATE citation SET printed = 'x' WHERE id = %s",
        "UPDATE citation SET start = 0 WHERE id = %s",
        "DELETE FROM citation WHERE id = %s",
    ):
        refused(sql, citation.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        Citation.objects.create(
            article=live.article,
            edition=live,
            resolution=resolution,
            start=0,
            end=3,
            printed="The",
            said_on=dt.date(2026, 3, 2),
        )


def test_files_of_a_published_edition_are_frozen(
    ready, asset, author, editor, publisher
):
    use = EditionMedia.objects.create(edition=ready, asset=asset, transcript="Words.")
    review_and_publish(ready, editor=editor, publisher=publisher)

    refused("UPDATE edition_media SET transcript = 'x' WHERE id = %s", use.pk)
    refused("DELETE FROM edition_media WHERE id = %s", use.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        EditionMedia.objects.create(
            edition=ready,
            asset=MediaAsset.objects.create(
                name="b",
                file="bb/bb",
                type="audio",
                content_type="audio/mpeg",
                size=3,
                sha256="1" * 64,
                uploaded_by=author,
            ),
        )


def test_an_edition_begins_unpublished(draft, author):
    with (
        pytest.raises(IntegrityError, match="begins unpublished"),
        transaction.atomic(),
    ):
        Edition.objects.create(
            article=draft.article,
            number=2,
            title="x",
            created_by=author,
            published_at=dt.datetime(2030, 1, 1, tzinfo=dt.UTC),
            published_by=author,
            unreviewed_reason="x",
        )


def test_an_unattributed_quote_cannot_go_out(ready):
    """The cascade of ``live`` runs into the CHECK of the quote."""
    Quote.objects.update(speaker=None, organization=None, appointment=None)
    message = refused(
        "UPDATE edition SET unreviewed_reason = 'x' WHERE id = %s; "
        "UPDATE edition SET published_at = clock_timestamp(),"
        " published_by_id = created_by_id, record = public.edition_record(id),"
        " digest = public.record_digest('', public.edition_record(id))"
        " WHERE id = %s",
        ready.pk,
        ready.pk,
    )
    assert "quote_public_has_speaker" in message


def test_two_editions_of_one_article_are_never_live_together(live, author):
    second = Edition.objects.create(
        article=live.article,
        number=2,
        title="x",
        created_by=author,
        unreviewed_reason="x",
    )
    message = refused(
        "UPDATE edition SET published_at = clock_timestamp(),"
        " published_by_id = created_by_id, record = public.edition_record(id),"
        " digest = public.record_digest('', public.edition_record(id))"
        " WHERE id = %s",
        second.pk,
    )
    assert "article_has_one_live_edition" in message


def test_what_was_approved_must_be_what_is_published(ready, author, editor):
    publishing.submit(ready, by=author)
    publishing.approve(ready, by=editor)
    message = refused(
        "UPDATE edition SET title = 'Swapped' WHERE id = %s;"
        "UPDATE edition SET published_at = clock_timestamp(),"
        " published_by_id = created_by_id, record = public.edition_record(id),"
        " digest = public.record_digest('', public.edition_record(id))"
        " WHERE id = %s",
        ready.pk,
        ready.pk,
    )
    assert "differs from what was approved" in message


def test_four_eyes_hold_both_ways(ready, author, editor):
    assert "they wrote in" in refused(
        "UPDATE edition SET approved_at = now(), approved_by_id = %s,"
        " approved_digest = 'x' WHERE id = %s",
        author.pk,
        ready.pk,
    )
    publishing.submit(ready, by=author)
    publishing.approve(ready, by=editor)
    with pytest.raises(IntegrityError, match="they approved"), transaction.atomic():
        EditionContributor.objects.create(edition=ready, user=editor)


def test_the_audit_is_append_only(draft):
    assert Audit.objects.exists()
    refused("UPDATE audit SET reason = 'x'")
    refused("DELETE FROM audit")


def test_a_source_version_never_changes(db):
    source = Source.objects.create(title="Briefing")
    SourceVersion.objects.create(source=source, number=1, text="Words", sha256="0" * 64)
    refused("UPDATE source_version SET text = 'Other words'")
    refused("DELETE FROM source_version")


def test_the_audit_knows_who_changed_what(draft, author):
    rows = Audit.objects.filter(table="edition", row=str(draft.pk))
    assert [(row.op, row.actor) for row in rows] == [("insert", author)]
    Edition.objects.filter(pk=draft.pk).update(title="By hand")
    last = Audit.objects.filter(table="edition").first()
    assert (last.op, last.changes) == (
        "update",
        {"title": ["The ferries will sail", "By hand"]},
    )


def test_the_audit_keeps_no_long_words(live):
    whole = " ".join(
        str(changes) for changes in Audit.objects.values_list("changes", flat=True)
    )
    assert "left the room" not in whole
    assert "ferries will sail," not in whole


def test_every_moment_has_its_person():
    """Each ``_at`` with a ``_by`` beside it is held together by a constraint."""
    unpaired = []
    for model in apps.get_app_config("statements").get_models():
        names = {field.name for field in model._meta.concrete_fields}
        constraints = {constraint.name for constraint in model._meta.constraints}
        for name in names:
            moment, by = name, f"{name.removesuffix('_at')}_by"
            if not name.endswith("_at") or by not in names:
                continue
            field = model._meta.get_field(moment)
            if not field.null and not model._meta.get_field(by).null:
                continue  # both always known
            if f"{model._meta.db_table}_{moment}_with_by" not in constraints:
                unpaired.append(f"{model.__name__}.{moment}")
    assert unpaired == []


def test_quote_words_are_found_by_a_quote_without_its_brackets(ready):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT public.quote_tsv('[t]he refusal', 'en', '{}') "
            "@@ phraseto_tsquery('public.quote_en', 'the refusal'),"
            " public.quote_tsv('Hay’at', 'en', '{}') ="
            " public.quote_tsv('Hay''at', 'en', '{}'),"
            " public.quote_tsv('naïve', 'en', '{}') ="
            " public.quote_tsv('naive', 'en', '{}')"
        )
        assert cursor.fetchone() == (True, True, True)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("It is not much,", "It is not much"),
        ("It is not much.", "It is not much."),
        ("ليس كثيرا،", "ليس كثيرا"),
        ("one, two,", "one, two"),
    ],
)
def test_a_quote_by_itself_does_not_end_in_the_comma_of_its_sentence(text, shown):
    assert Quote(text=text).words == shown
