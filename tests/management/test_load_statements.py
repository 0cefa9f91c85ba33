"""``manage.py load_statements``: an archive, all or nothing, runnable twice."""

from __future__ import annotations

import gzip
import json

import pytest
from django.core.management import CommandError

from statements.editorial import suggesting
from statements.models import Article, Audit, Citation, Edition, Quote, Spokesperson

from .conftest import STRAIT, rows

pytestmark = pytest.mark.django_db

ONE = {
    "id": "mfa-1",
    "source": "releases",
    "publisher": "Ministry of Foreign Affairs",
    "url": "https://mfa.example/1",
    "date": "2026-03-02",
    "title": "On the strait",
    "byline": "Office of the Spokesperson",
    "text": STRAIT,
}
TWO = {**ONE, "id": "mfa-2", "title": "On the winter", "text": "The ice is thick."}


def lines(*statements: dict) -> bytes:
    return "".join(json.dumps(statement) + "\n" for statement in statements).encode()


@pytest.fixture
def archive(file):
    return file("archive.jsonl", lines(ONE, TWO))


def test_texts_are_public_and_quotes_where_the_speaker_is_known(
    run, archive, okafor, okafors_office, resolution
):
    out = run("load_statements", archive)

    assert out.splitlines()[:3] == [
        "statements: 2 published, 0 known already",
        "quotes: 3 found, 2 public, 1 waiting",
        "citations: 1 resolved, 0 waiting",
    ]
    assert sorted(
        Article.objects.published().values_list("slug", "issuer__name", "origin")
    ) == [
        ("on-the-strait", "Ministry of Foreign Affairs", "import"),
        ("on-the-winter", "Ministry of Foreign Affairs", "import"),
    ]
    assert {q.speaker for q in Quote.objects.public()} == {okafor}
    assert Citation.objects.get().resolution == resolution
    assert [p.name for p in Spokesperson.objects.all()] == ["Ilse Okafor"]
    waiting = suggesting.suggest(Edition.objects.get(title="On the strait"))
    assert [q.words for q in waiting.quotes] == ["Vallorn keeps its word."]


def test_why_nobody_approved_them_is_recorded(run, archive, administrator):
    run("load_statements", archive, "--by", "ada")

    reason = "Imported from archive.jsonl."
    assert set(Edition.objects.values_list("unreviewed_reason", "created_by")) == {
        (reason, administrator.pk)
    }
    assert set(
        Audit.objects.filter(table="edition").values_list("actor__username", "reason")
    ) == {("ada", reason)}


def test_the_second_run_makes_nothing_packed_or_not(run, file, archive):
    run("load_statements", archive)
    before = rows()
    out = run(
        "load_statements", file("archive.jsonl.gz", gzip.compress(lines(ONE, TWO)))
    )

    assert "statements: 0 published, 2 known already\n" in out
    assert rows() == before


def test_more_than_one_batch_is_loaded_whole(run, file):
    many = [
        {**TWO, "id": str(number), "text": f"The ice is {number} cm thick."}
        for number in range(45)
    ]
    out = run("load_statements", file("many.jsonl", lines(*many)))
    again = run("load_statements", file("many.jsonl", lines(*many, ONE)))

    assert "statements: 45 published, 0 known already\n" in out
    assert "statements: 1 published, 45 known already\n" in again
    assert Article.objects.published().count() == 46
    assert Article.objects.filter(slug="on-the-winter-45").exists()


def test_a_publisher_may_not_publish_unreviewed(run, archive, publisher):
    before = rows()
    with pytest.raises(CommandError) as caught:
        run("load_statements", archive, "--by", "petra")

    assert str(caught.value) == (
        "You may not publish what nobody has approved. Ask a colleague to."
    )
    assert rows() == before


def test_nobody_of_that_name_is_said(run, archive, unchanged):
    with pytest.raises(CommandError, match=r"^Nobody is called 'nobody' here"):
        run("load_statements", archive, "--by", "nobody")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "a.jsonl: There are no statements in the file."),
        (
            lines(ONE, {**TWO, "date": "the second of March"}),
            'a.jsonl: line 2: date "the second of March" is not a day. Write it as '
            "2026-03-14.",
        ),
        (
            lines(ONE, {**TWO, "text": ""}),
            "a.jsonl: line 2: text is missing. Add it.",
        ),
        (
            lines(ONE, {**TWO, "text": "Your browser does not support HTML5"}),
            "a.jsonl: line 2: The statement has no text. Paste or write it.",
        ),
        (
            lines(ONE, {**TWO, "text": "Ice. " * 220_000}),
            "a.jsonl: line 2: text has 1100000 characters. Shorten it to 1000000.",
        ),
        (
            lines(ONE, {**TWO, "text": "The \0 ice."}),
            "a.jsonl: line 2: text holds a NUL character. Remove it.",
        ),
        (
            lines(ONE, {**TWO, "text": "The \ud800 ice."}),
            "a.jsonl: line 2: text holds half a character (a lone surrogate). Type it "
            "again.",
        ),
        (
            lines(ONE, {**TWO, "text": "The \u202eice."}),
            "a.jsonl: line 2: There is an invisible character after “The” that turns "
            "the writing direction (U+202E, right-to-left override). Delete it there, "
            "or type these words again.",
        ),
        (
            lines(ONE) + '{"id": "é"}'.encode("latin-1"),
            "a.jsonl: line 2: The byte 0xE9 is not UTF-8. Save the file as UTF-8 and "
            "load it again.",
        ),
        (
            lines(ONE, TWO).decode().encode("utf-16"),
            "a.jsonl: line 1: The file is in UTF-16. Save it as UTF-8 and load it "
            "again.",
        ),
        (
            gzip.compress(lines(ONE, TWO), mtime=0)[:-20],
            "a.jsonl: line 2: The gzip data is broken or cut off here. Pack the file "
            "again.",
        ),
        (
            lines(ONE, ONE),
            'a.jsonl: line 2: id "mfa-1" is already in line 1. Remove one.',
        ),
    ],
    ids=[
        "empty",
        "date in words",
        "no text",
        "nothing but what a player says",
        "too long",
        "NUL",
        "lone surrogate",
        "turned direction",
        "Latin-1",
        "UTF-16",
        "cut off",
        "twice",
    ],
)
def test_a_file_that_cannot_be_used_is_refused_with_file_and_line(
    run, file, unchanged, content, sentence
):
    with pytest.raises(CommandError) as caught:
        run("load_statements", file("a.jsonl", content))

    assert str(caught.value).splitlines()[0] == sentence
