"""``manage.py doctor``: each fault, made behind the guards' back, is named."""

from __future__ import annotations

import pytest
from django.core.management import CommandError
from django.db import connection

from statements.editorial import checking, editions, intake, publishing
from statements.models import Edition, MediaAsset, Quote, Rendering
from tests import builders

from .conftest import healthy

pytestmark = pytest.mark.django_db


@pytest.fixture
def corrected(live, author, editor, publisher, resolution) -> Edition:
    """The statement with a second edition out, which cites a resolution."""
    edition = editions.begin(live.article, by=author, change="correction")
    intake.revise(
        edition,
        by=author,
        lock_version=edition.lock_version,
        body=f"{edition.body}<p>It goes back to resolution 2417.</p>",
        change_note="The resolution was left out.",
    )
    edition.refresh_from_db()
    builders.cite(edition, "2417", resolution, by=author)
    return builders.review_and_publish(edition, editor=editor, publisher=publisher)


@pytest.fixture
def force():
    """Run SQL with the guards and the audit off, as somebody with a shell could."""

    def act(table: str, statement: str, *values: object) -> None:
        with connection.cursor() as cursor:
            # Events that wait for the end of the transaction forbid ALTER TABLE.
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            cursor.execute(statement, values)
            assert cursor.rowcount == 1
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")

    return act


def faults(run) -> dict[str, list[str]]:
    """What the doctor says of a sick database; it ends with an error then."""
    found = {check.sentence: check.find() for check in checking.CHECKS}
    left = sum(map(len, found.values()))
    with pytest.raises(CommandError) as caught:
        run("doctor")
    noun = "fault" if left == 1 else "faults"
    assert str(caught.value) == f"{left} {noun} left."
    return {sentence: lines for sentence, lines in found.items() if lines}


def test_a_healthy_database_is_ok_in_every_respect(run, corrected):
    assert len(checking.CHECKS) >= 10
    assert healthy(run("doctor"))


def test_an_empty_database_is_healthy(run, db):
    assert healthy(run("doctor"))


def test_a_quote_out_of_place(run, corrected, force):
    quote = Quote.objects.get(edition=corrected)
    force("quote", "UPDATE quote SET text = 'The ships' WHERE id = %s", quote.pk)

    assert faults(run) == {
        "Every quote stands where it says.": [
            f"quote {quote.permalink_id} in edition {corrected.pk}"
        ]
    }


def test_a_citation_out_of_place(run, corrected, force):
    (citation,) = corrected.citations.all()
    force("citation", "UPDATE citation SET printed = '1325' WHERE id = %s", citation.pk)

    assert faults(run) == {
        "Every citation stands where it says.": [
            f"citation {citation.pk} in edition {corrected.pk}"
        ]
    }


def test_a_text_that_is_not_the_bodys(run, corrected, force):
    force(
        "edition", "UPDATE edition SET text = text || '!' WHERE id = %s", corrected.pk
    )

    assert faults(run) == {
        "Every plain text is that of its body.": [f"edition {corrected.pk}"]
    }


def test_a_body_without_its_marks(run, corrected, force):
    force(
        "edition",
        "UPDATE edition SET body = regexp_replace(body, '</?span[^>]*>', '', 'g')"
        " WHERE id = %s",
        corrected.pk,
    )

    found = faults(run)
    assert found["The marks in every body are its quotes."] == [
        f"edition {corrected.pk}"
    ]


def test_wrong_facets_are_named_and_mended(run, corrected, force):
    quote = Quote.objects.get(edition=corrected)
    right = quote.facets
    force("quote", "UPDATE quote SET facets = '{s:0}' WHERE id = %s", quote.pk)

    # Counts are of what facets say, so those of the office are wrong as well.
    count = f"s:{quote.speaker_id} p:{quote.appointment.post_id} 1"
    assert faults(run) == {
        "Every quote's facets are right.": [f"quote row {quote.pk}"],
        "Every count is that of its rows.": [f"count {count}"],
    }
    out = run("doctor", "--mend")
    assert "Every quote's facets are right.                1 wrong, 1 mended\n" in out
    quote.refresh_from_db()
    assert quote.facets == right
    assert healthy(run("doctor"))


def test_a_stale_drawing_is_named_and_mended(run, corrected):
    drawn = Rendering.objects.get(edition=corrected).html
    Rendering.objects.filter(edition=corrected).update(html="<p>Yesterday's page.</p>")

    assert faults(run) == {
        "Every drawn page is what would be drawn now.": [f"edition {corrected.pk}"]
    }
    assert "1 wrong, 1 mended\n" in run("doctor", "--mend")
    assert Rendering.objects.get(edition=corrected).html == drawn


def test_a_live_page_that_is_not_drawn_is_named_and_drawn(run, corrected):
    drawn = Rendering.objects.get(edition=corrected).html
    Rendering.objects.all().delete()

    assert faults(run) == {"Every live page is drawn.": [f"edition {corrected.pk}"]}
    assert "1 wrong, 1 mended\n" in run("doctor", "--mend")
    assert Rendering.objects.get(edition=corrected).html == drawn


def test_a_record_that_was_rewritten(run, corrected, force):
    force(
        "edition",
        "UPDATE edition SET record = jsonb_set(record, '{title}', '\"Else\"')"
        " WHERE id = %s",
        corrected.pk,
    )

    assert faults(run) == {
        "Every published record has its digest.": [f"edition {corrected.pk}"]
    }


def test_a_chain_that_was_cut(run, corrected, force):
    force(
        "edition",
        "UPDATE edition SET previous_digest = '',"
        " digest = public.record_digest('', record) WHERE id = %s",
        corrected.pk,
    )

    assert faults(run) == {
        "Every edition links to the one before it.": [f"edition {corrected.pk}"]
    }


def test_a_file_that_is_gone(run, corrected, author):
    MediaAsset.objects.create(
        name="harbour.jpg",
        file="ab/harbour.jpg",
        type=MediaAsset.Type.IMAGE,
        content_type="image/jpeg",
        size=3,
        sha256="0" * 64,
        uploaded_by=author,
    )

    assert faults(run) == {
        "Every uploaded file is there.": ["harbour.jpg (ab/harbour.jpg)"]
    }


def test_what_cannot_be_mended_stays_a_fault(run, corrected, force):
    force(
        "edition", "UPDATE edition SET text = text || '!' WHERE id = %s", corrected.pk
    )

    with pytest.raises(CommandError, match=r"^1 fault left"):
        run("doctor", "--mend")


def test_of_many_faults_ten_are_told_and_the_rest_counted(run, system, publisher):
    for number in range(12):
        edition = builders.make_draft(
            by=publisher, title=f"Number {number}", body="The strait was calm."
        )
        publishing.publish(edition, by=system, unreviewed_reason="It is a test.")
    Rendering.objects.update(html="<p>Yesterday's page.</p>")

    out = run("doctor", "--mend")

    assert out.count("    edition ") == 10
    assert "    … and 2 more\n" in out
    assert "12 wrong, 12 mended\n" in out
