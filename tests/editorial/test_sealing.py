"""Tampering by somebody who can switch the guards off is found, and is named."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction

from statements.editorial import checking, editions, recording, sealing
from statements.models import Audit, Edition, MediaAsset, Seal

from .. import builders
from . import history

pytestmark = pytest.mark.django_db

TABLES = ("article", "edition", "quote", "citation", "edition_media", "media_asset")


def run(name: str, *words: str) -> tuple[list[str], str]:
    """The lines that a command printed, and the sentence that it ended with."""
    out = StringIO()
    try:
        call_command(name, *words, stdout=out)
    except CommandError as problem:
        return out.getvalue().splitlines(), str(problem)
    return out.getvalue().splitlines(), ""


def execute(sql: str, *params: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, params or None)


@pytest.fixture
def past(db) -> history.History:
    """The history, sealed."""
    made = history.make()
    assert sealing.take() is not None
    execute("SET CONSTRAINTS ALL IMMEDIATE")
    return made


@pytest.fixture
def tampering(past) -> history.History:
    """The history, without guards and audit, as a superuser may have it."""
    for table in (*TABLES, "seal"):
        execute(f"ALTER TABLE {table} DISABLE TRIGGER ALL")
    return past


@contextmanager
def taken_back() -> Iterator[None]:
    """What is written inside is rolled back: a history serves many tries."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def where(edition: Edition) -> str:
    return f"edition {edition.number} of {edition.article.get_absolute_url()}"


def test_what_nobody_tampered_with_is_as_it_was_published(past):
    assert run("verify_record", "--files") == (
        ["3 editions, 1 seal, 1 file: all as they were published."],
        "",
    )


SEALED = "seal 1."
QUOTE = "of quote {quote} is not that of its record."

#: What a superuser writes, and what is said of the edition then; both times with the
#: keys and names of the history filled in.
TAMPERED = {
    "title": (
        "UPDATE edition SET title = 'Sunk' WHERE id = {first}",
        "Its title is not that of its record.",
    ),
    "body": (
        "UPDATE edition SET body = body || '<p>Sunk.</p>' WHERE id = {first}",
        "Its body is not that of its record.",
    ),
    "text": (
        "UPDATE edition SET text = text || ' Sunk.' WHERE id = {first}",
        "Its text is not that of its record.",
    ),
    "summary": (
        "UPDATE edition SET summary = 'Sunk.' WHERE id = {first}",
        "Its summary is not that of its record.",
    ),
    "note": (
        "UPDATE edition SET change_note = 'Sunk.' WHERE id = {first}",
        "Its change note is not that of its record.",
    ),
    "words": (
        "UPDATE quote SET text = 'Sunk' WHERE edition_id = {first}",
        f"The text {QUOTE}",
    ),
    "place": (
        "UPDATE quote SET start = start + 1 WHERE edition_id = {first}",
        f"The start {QUOTE}",
    ),
    "speaker": (
        "UPDATE quote SET speaker_id = {other} WHERE edition_id = {first}",
        f"The speaker {QUOTE}",
    ),
    "day": (
        "UPDATE quote SET said_on = '2020-01-01' WHERE edition_id = {first}",
        f"The said on {QUOTE}",
    ),
    "printed title": (
        "UPDATE quote SET title_as_printed = 'King' WHERE edition_id = {first}",
        f"The title as printed {QUOTE}",
    ),
    "organisation": (
        "UPDATE quote SET organization_id = (SELECT min(id) FROM organization)"
        " WHERE edition_id = {first} AND organization_id <> (SELECT min(id) FROM"
        " organization)",
        "",  # that of the office when it went out: nothing was tampered with
    ),
    "quote without its speaker": (
        "UPDATE quote SET speaker_id = NULL WHERE edition_id = {first}",
        f"The speaker {QUOTE}",
    ),
    "quote removed": (
        "DELETE FROM citation WHERE quote_id = {row};"
        "DELETE FROM quote WHERE edition_id = {first}",
        "The quote {quote} of its record is missing.",
    ),
    "quote added": (
        "INSERT INTO permalink (id, article_id) VALUES ('AAAAAAAAAA', {article});"
        "INSERT INTO quote (permalink_id, article_id, edition_id, live, text, start,"
        ' "end", prefix, suffix, kind, origin, language, speaker_id, title_as_printed,'
        " said_on, confirmed_at, confirmed_by_id, verdict) SELECT 'AAAAAAAAAA',"
        ' article_id, edition_id, live, text, start, "end", prefix, suffix, kind,'
        " origin, language, speaker_id, title_as_printed, said_on, confirmed_at,"
        " confirmed_by_id, verdict FROM quote WHERE edition_id = {first}",
        "The quote AAAAAAAAAA is not in its record.",
    ),
    "citation": (
        "UPDATE citation SET printed = '1325' WHERE edition_id = {first}",
        "The printed of citation at {cited} is not that of its record.",
    ),
    "citation removed": (
        "DELETE FROM citation WHERE edition_id = {first}",
        "The citation at {cited} of its record is missing.",
    ),
    "citation added": (
        "INSERT INTO citation (article_id, edition_id, live, resolution_id, start,"
        ' "end", printed, pinpoint, said_on, origin, confirmed_at, confirmed_by_id)'
        " SELECT article_id, edition_id, live, resolution_id, 0, 3, 'Spo', '',"
        " said_on, origin, confirmed_at, confirmed_by_id FROM citation"
        " WHERE edition_id = {first}",
        "The citation at 0 is not in its record.",
    ),
    "caption": (
        "UPDATE edition_media SET caption = 'Sunk.' WHERE edition_id = {first}",
        "The caption of file {asset} is not that of its record.",
    ),
    "file taken off": (
        "DELETE FROM edition_media WHERE edition_id = {first}",
        "The file {asset} of its record is missing.",
    ),
    "file put in": (
        "INSERT INTO media_asset (key, file, name, type, content_type, size, sha256,"
        " credit, uploaded_by_id) SELECT 'k', file, name, type, content_type, size,"
        " sha256, credit, uploaded_by_id FROM media_asset;"
        "INSERT INTO edition_media (edition_id, asset_id, role, position, alt, caption,"
        " transcript) SELECT {first}, max(id), 'attachment', 9, '', '', ''"
        " FROM media_asset",
        "The file {new} is not in its record.",
    ),
    "another file": (
        "UPDATE media_asset SET sha256 = repeat('0', 64)",
        f"Its files are not those of {SEALED}",
    ),
    "record": (
        "UPDATE edition SET record = jsonb_set(record, '{{speakers}}', '{{}}')"
        " WHERE id = {first}",
        "Its digest is not that of its record.",
    ),
    "record away": (
        "UPDATE edition SET record = NULL WHERE id = {first}",
        "Its record is missing.",
    ),
    "moment": (
        "UPDATE edition SET published_at = published_at - interval '1 day'"
        " WHERE id = {first}",
        f"Its published moment is not that of {SEALED}",
    ),
    "end": (
        "UPDATE edition SET superseded_at = superseded_at - interval '1 microsecond'"
        " WHERE id = {first}",
        f"Its superseded moment is not that of {SEALED}",
    ),
    "number": (
        "UPDATE edition SET number = 7 WHERE id = {first}",
        f"Its number is not that of {SEALED}",
    ),
    # A superuser who writes the digests anew as well.
    "record and digest": (
        "UPDATE edition SET title = 'Sunk' WHERE id = {first};"
        "UPDATE edition SET record = edition_record(id) WHERE id = {first};"
        "UPDATE edition SET digest = record_digest('', record) WHERE id = {first}",
        f"Its digest is not that of {SEALED}",
    ),
    "pretended removal": (
        "UPDATE edition SET title = 'Sunk', redacted_at = now(), redacted_by_id ="
        " published_by_id WHERE id = {first};"
        "UPDATE edition SET record = edition_record(id) WHERE id = {first};"
        "UPDATE edition SET digest = record_digest('', record) WHERE id = {first}",
        f"Its digest is not that of {SEALED}",
    ),
}


def test_tampering_names_the_edition_and_what_differs(tampering, subtests):
    first = tampering.first
    names = {
        "first": first.pk,
        "article": first.article_id,
        "other": tampering.other.pk,
        "quote": tampering.quote.permalink_id,
        "row": tampering.quote.pk,
        "asset": tampering.asset.pk,
        "cited": first.citations.get().start,
    }
    for case, (sql, said) in TAMPERED.items():
        with subtests.test(case), taken_back():
            execute(sql.format(**names))
            names["new"] = MediaAsset.objects.latest("pk").pk
            lines, ended = run("verify_record")
            first.refresh_from_db(fields=["number"])
            if said:
                assert f"{where(first)}: {said.format(**names)}" in lines
                assert "found. Somebody changed what was published" in ended
                assert "Sunk" not in "".join([*lines, ended])
            else:
                assert ended == ""
    assert run("verify_record")[1] == ""


def test_a_withdrawal_that_was_moved_is_told(tampering):
    execute(
        "UPDATE edition SET withdrawn_at = withdrawn_at + interval '1 day'"
        f" WHERE id = {tampering.withdrawn.pk}"
    )
    assert run("verify_record")[0] == [
        f"{where(tampering.withdrawn)}: Its withdrawn moment is not that of seal 1."
    ]


def test_a_chain_rewritten_in_itself_is_told_by_the_seal_alone(tampering):
    first, second = tampering.first, tampering.second
    execute(f"UPDATE edition SET title = 'Sunk' WHERE id = {first.pk}")
    for edition, before in (
        (first, "''"),
        (second, f"(SELECT digest FROM edition WHERE id = {first.pk})"),
    ):
        execute(
            "UPDATE edition SET record = edition_record(id),"
            f" previous_digest = {before} WHERE id = {edition.pk}"
        )
        execute(
            "UPDATE edition SET digest = record_digest(previous_digest, record)"
            f" WHERE id = {edition.pk}"
        )
    assert run("verify_record")[0] == [
        f"{where(edition)}: Its digest is not that of seal 1."
        for edition in (first, second)
    ]


def test_an_edition_cut_out_is_missed(tampering):
    for table in ("citation", "quote", "edition_media"):
        execute(f"DELETE FROM {table} WHERE edition_id = {tampering.first.pk}")
    execute(f"DELETE FROM edition WHERE id = {tampering.first.pk}")
    lines, _ = run("verify_record")
    assert lines == [
        f"{where(tampering.second)}: It does not follow on the edition before it.",
        f"{where(tampering.first)}: Seal 1 knows it, and it is missing.",
    ]


def test_a_statement_cut_out_whole_is_missed(tampering):
    gone = tampering.withdrawn
    execute(f"DELETE FROM edition WHERE id = {gone.pk}")
    execute(f"DELETE FROM article WHERE id = {gone.article_id}")
    assert run("verify_record")[0] == [
        f"edition 1 of statement {gone.article_id}, which is gone: "
        "Seal 1 knows it, and it is missing."
    ]


def test_an_end_that_nothing_followed_is_told_before_any_seal(tampering):
    execute("DELETE FROM seal")
    execute(
        "UPDATE edition SET superseded_at = superseded_at - interval '1 microsecond'"
        f" WHERE id = {tampering.first.pk}"
    )
    assert run("verify_record")[0] == [
        f"{where(tampering.first)}: It was superseded at a moment at which nothing "
        "followed it.",
    ]


@pytest.fixture
def three_seals(past) -> list[Seal]:
    """Two more statements, a seal after each."""
    for title in ("One", "Two"):
        draft = builders.make_draft(by=past.amina, title=title, body="Calm.")
        builders.review_and_publish(draft, editor=past.edgar, publisher=past.petra)
        assert sealing.take() is not None
    execute("SET CONSTRAINTS ALL IMMEDIATE")
    execute("ALTER TABLE seal DISABLE TRIGGER ALL")
    return list(Seal.objects.all())


ANEW = (
    "UPDATE seal SET digest = seal_digest(number, at, previous_digest, entries);"
    "UPDATE seal SET previous_digest = (SELECT digest FROM seal f"
    " WHERE f.number = seal.number - 1) WHERE number = {n};"
    "UPDATE seal SET digest = seal_digest(number, at, previous_digest, entries)"
)


CHANGED = [
    (
        "UPDATE seal SET entries = entries - 0 WHERE number = 2",
        ["seal 2: Its digest is not that of its entries."],
    ),
    (
        "UPDATE seal SET at = at - interval '1 hour' WHERE number = 2",
        ["seal 2: Its digest is not that of its entries."],
    ),
    (
        "UPDATE seal SET entries = '[]' WHERE number = 2;"
        "UPDATE seal SET"
        " digest = seal_digest(number, at, previous_digest, entries)",
        ["seal 3: It does not follow on the seal before it."],
    ),
    (
        "DELETE FROM seal WHERE number = 2",
        ["seal 3: It follows on seal 1; some are gone."],
    ),
    (
        "DELETE FROM seal WHERE number = 1",
        ["seal 2: It follows on seal 0; some are gone."],
    ),
]


def test_a_seal_that_was_changed_or_removed_is_told(three_seals, subtests):
    assert run("verify_record")[1] == ""
    for sql, said in CHANGED:
        with subtests.test(sql), taken_back():
            execute(sql)
            lines, ended = run("verify_record")
            assert lines == said
            assert ended.startswith("1 difference found.")


def test_seals_written_anew_are_told_by_one_that_was_kept(three_seals):
    kept = f"3:{three_seals[2].digest}"
    assert run("verify_record", "--seal", kept)[1] == ""
    execute("UPDATE seal SET entries = '[]' WHERE number = 2")
    execute(ANEW.format(n=3))

    assert run("verify_record")[1] == ""
    assert run("verify_record", "--seal", kept)[0] == [
        "seal 3: It is not the one that was kept."
    ]
    execute("DELETE FROM seal WHERE number = 3")
    assert run("verify_record", "--seal", kept)[0] == [
        "seal 3: It was kept, and is missing."
    ]
    assert "as it was printed" in run("verify_record", "--seal", "3-abc")[1]


def test_a_file_that_was_replaced_or_lost_is_told(tampering, tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path
    file = tmp_path / tampering.asset.file.name
    key = tampering.asset.pk
    assert run("verify_record", "--files")[0] == [f"file {key}: It is missing."]
    file.parent.mkdir(parents=True)
    file.write_bytes(history.PDF.replace(b"tides", b"mines"))
    assert run("verify_record", "--files")[0] == [
        f"file {key}: It is not what was uploaded."
    ]
    file.write_bytes(history.PDF)
    assert run("verify_record", "--files")[1] == ""


def test_the_doctor_asks_the_same(tampering):
    execute(
        f"UPDATE edition SET digest = repeat('0', 64) WHERE id = {tampering.first.pk}"
    )
    found = {check.sentence: check.find() for check in checking.CHECKS}
    assert found["Every published record has its digest."] == [
        f"edition {tampering.first.pk}"
    ]
    assert found["Every edition links to the one before it."] == [
        f"edition {tampering.second.pk}"
    ]
    assert found["Every seal agrees with what is there."] == [
        f"{where(tampering.first)}: Its digest is not that of seal 1."
    ]


# Taking seals.


def test_a_seal_is_taken_once(past):
    with transaction.atomic():
        seal = Seal.objects.get()
        assert seal.previous_digest == ""
        assert [entry["edition"] for entry in seal.entries] == sorted(
            [past.first.pk, past.second.pk, past.withdrawn.pk]
        )
        assert run("seal") == (["Nothing is new since the last seal."], "")

        draft = builders.make_draft(by=past.amina, title="One", body="Calm.")
        builders.review_and_publish(draft, editor=past.edgar, publisher=past.petra)
        lines, _ = run("seal")
        last = Seal.objects.get(number=2)
        assert last.previous_digest == seal.digest
        assert lines == [
            f"2:{last.digest}  {last.at:%Y-%m-%d %H:%M} UTC, 1 edition",
        ]
        transaction.set_rollback(True)


def test_what_ended_since_is_sealed_again_and_what_lies_ahead_is_not(past):
    with transaction.atomic():
        hour = dt.datetime.now(dt.UTC).replace(second=0, microsecond=0)
        hour += dt.timedelta(hours=1)
        second = past.second
        ahead = editions.begin(second.article, by=past.amina)
        builders.review_and_publish(
            ahead, editor=past.edgar, publisher=past.petra, at=hour
        )
        assert sealing.take() is None

        now = editions.begin(second.article, by=past.amina)
        now = builders.review_and_publish(now, editor=past.edgar, publisher=past.petra)
        seal = sealing.take()
        ends = {entry["edition"]: entry["superseded_at"] for entry in seal.entries}
        assert set(ends) == {second.pk, now.pk}
        assert ends[second.pk] is not None
        assert ends[now.pk] is None
        assert run("verify_record")[1] == ""
        transaction.set_rollback(True)


#: Number, former digest, moment and entries of a seal, and why it is refused.
FORGED = [
    ("3", "f.digest", "clock_timestamp()", "u", "follows"),
    ("2", "''", "clock_timestamp()", "u", "follows"),
    ("2", "f.digest", "f.at - interval '1 hour'", "u", "follows"),
    ("2", "f.digest", "now() + interval '1 hour'", "u", "follows"),
    ("2", "f.digest", "clock_timestamp()", "'[]'::jsonb", "not yet sealed"),
    ("2", "f.digest", "clock_timestamp()", "u || u", "not yet sealed"),
]


def test_the_database_takes_no_seal_that_says_otherwise(past):
    draft = builders.make_draft(by=past.amina, title="One", body="Calm.")
    builders.review_and_publish(draft, editor=past.edgar, publisher=past.petra)
    for number, previous, at, entries, said in FORGED:
        with pytest.raises(IntegrityError, match=said), transaction.atomic():
            execute(
                "INSERT INTO seal (number, at, previous_digest, digest, entries)"
                " SELECT number, at, previous,"
                " seal_digest(number, at, previous, entries), entries FROM ("
                f" SELECT {number} AS number, {at} AS at, {previous} AS previous,"
                f" {entries} AS entries FROM seal f, unsealed(clock_timestamp()) u) x"
            )
    with pytest.raises(IntegrityError, match="digest"), transaction.atomic():
        execute(
            "INSERT INTO seal SELECT 2, clock_timestamp(), digest, digest,"
            " unsealed(clock_timestamp()) FROM seal"
        )
    assert sealing.take() is not None


def test_a_seal_stays(past):
    for sql in ("UPDATE seal SET at = now()", "DELETE FROM seal"):
        with pytest.raises(IntegrityError, match="stay"), transaction.atomic():
            execute(sql)


def test_a_published_file_is_frozen_but_not_its_credit(past):
    for name in ("file", "name", "sha256", "key"):
        with pytest.raises(IntegrityError, match="frozen"), transaction.atomic():
            execute(f"UPDATE media_asset SET {name} = 'x' WHERE id = {past.asset.pk}")
    assert MediaAsset.objects.get().credit == "The harbour master"


@pytest.mark.parametrize(
    "change",
    [
        "redacted_at = now(), redacted_by_id = published_by_id",
        "redacted_reason = 'By order.'",
        "redacted_digest = digest",
    ],
)
def test_nobody_pretends_that_words_were_removed(live, change):
    sql = f"UPDATE edition SET {change} WHERE id = {live.pk}"
    with pytest.raises(IntegrityError, match="removed by"), transaction.atomic():
        execute(sql)


def test_reading_the_record_writes_nothing(past):
    before = Audit.objects.count()
    assert sum(map(len, recording.editions())) == 0
    assert Audit.objects.count() == before
