"""Remarks: on words, answered, done; they follow their words and are never lost."""

from __future__ import annotations

import re

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction

from newsroom import roles
from statements.editorial import editions, intake, publishing, remarking, verbs
from statements.models import Audit, Remark

from .. import builders

pytestmark = pytest.mark.django_db

WORDS = "The strait was calm."


@pytest.fixture
def submitted(ready, author):
    return publishing.submit(ready, by=author)


def on(edition, words: str, body: str, by) -> Remark:
    start = edition.text.index(words)
    return remarking.remark(
        edition, start=start, end=start + len(words), body=body, by=by
    )


def rewrite(edition, by, **change) -> intake.Revised:
    edition.refresh_from_db()
    ((old, new),) = change.pop("words")
    body = edition.body.replace(old, new)
    assert body != edition.body
    return intake.revise(
        edition, by=by, lock_version=edition.lock_version, body=body, **change
    )


def place(remark: Remark) -> str | None:
    """The words where a remark stands now."""
    remark.refresh_from_db()
    if remark.start is None:
        return None
    remark.edition.refresh_from_db()
    return remark.edition.text[remark.start : remark.end]


# ---------- the pages ----------


def test_a_remark_goes_to_the_writer_and_back(amina, edgar, submitted):
    block = submitted.text.index(WORDS)
    edgar.send(submitted, "review", "remark", paragraph=str(block), said="Was it?")
    edgar.send(submitted, "review", "remark", words="Monday", said="Name the day.")
    calm, monday = Remark.objects.order_by("pk")
    assert (calm.words, monday.words) == (WORDS, "Monday")
    assert "Return to the authors with 2 remarks" in edgar.page(submitted, "review")
    sent = edgar.send(submitted, "review", "return", remark="")
    assert sent.status_code == 302
    page = edgar.page(submitted, "review")
    assert "Returned to its authors with 2 remarks." in page
    assert "Returned by Edgar with 2 remarks" in page
    assert "returned, 2 remarks open" in page

    page = amina.page(submitted, "write")
    assert "Open remarks (2)" in page
    assert page.index("Name the day.") < page.index("Was it?")
    refused = amina.write(
        submitted, title="", **{f"remark-{calm.pk}-reply": "It was <all> day."}
    ).content.decode()
    assert "It was &lt;all&gt; day." in refused
    assert not Remark.objects.exclude(parent=None).exists()
    amina.write(
        submitted,
        body=submitted.body.replace("The strait", "At nine the strait"),
        **{
            f"remark-{calm.pk}-reply": "It was <all> day.",
            f"remark-{monday.pk}-done": "yes",
        },
    )
    page = amina.page(submitted, "write")
    assert "Saved. Remarks answered: 1. Remarks done: 1." in page
    assert "Open remarks (1)" in page
    assert place(calm) == "At nine the strait was calm."
    page = edgar.page(submitted, "review")
    assert "There now: “At nine the strait was calm.”" in page
    assert "It was &lt;all&gt; day." in page
    assert re.search(r"Done</span> by Amina", page)

    edgar.send(submitted, "review", "resolve", thread=calm.pk, reply="Thank you.")
    edgar.send(submitted, "review", "reopen", thread=monday.pk)
    calm.refresh_from_db()
    monday.refresh_from_db()
    assert (calm.resolved_by, monday.resolved_by) == (edgar.user, None)
    assert [each.body for each in calm.answers.order_by("pk")] == [
        "It was <all> day.",
        "Thank you.",
    ]


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"words": "the"}, "stand there more than once"),
        ({"words": "no such words"}, "do not stand there"),
        ({}, "Choose the paragraph, or write words of it."),
        ({"start": "5", "end": "9", "words": "gone"}, "Choose them again."),
        ({"start": "9", "end": "5"}, "Choose the words that the remark is about."),
        ({"words": "Monday", "said": " "}, "Write what is to be said."),
        ({"words": "Monday", "said": "x" * 5001}, "Shorten it to 5,000 characters."),
    ],
)
def test_a_refused_remark_says_why_and_keeps_what_was_typed(
    edgar, author, sent, sentence
):
    edition = builders.make_draft(by=author, body="On Monday the pier and the ferry.")
    said = {"said": "Typed at length."} | sent
    page = edgar.send(edition, "review", "remark", **said).content.decode()
    assert sentence in page
    assert said["said"].strip() in page
    assert not Remark.objects.exists()
    paragraph = {"words": "the ferry", "said": "Which?"}
    assert edgar.send(edition, "review", "remark", **paragraph).status_code == 302


def test_an_answer_that_is_refused_is_kept(edgar, submitted, editor):
    remark = on(submitted, WORDS, "Was it?", editor)
    long = {"thread": remark.pk, "reply": "y" * 5001}
    page = edgar.send(submitted, "review", "reply", **long).content.decode()
    assert "5,000 are the most" in page
    assert "y" * 5001 in page
    gone = edgar.send(submitted, "review", "reply", thread="1234567", reply="Well.")
    assert "That remark is not there any more." in gone.content.decode()


def test_the_pages_ask_no_more_for_many_remarks(
    amina, edgar, submitted, editor, django_assert_num_queries
):
    on(submitted, WORDS, "Was it?", editor)
    amina.page(submitted, "write")
    with django_assert_num_queries(12):
        amina.page(submitted, "write")
    with django_assert_num_queries(29):
        edgar.page(submitted, "review")
    for number in range(4):
        remark = on(submitted, "Monday", f"Remark {number}.", editor)
        remarking.reply(remark, body="Well.", by=editor)
    with django_assert_num_queries(12):
        amina.page(submitted, "write")
    with django_assert_num_queries(29):
        edgar.page(submitted, "review")


# ---------- the verbs ----------


def test_words_that_are_gone_are_shown_and_come_back(submitted, author, editor, edgar):
    remark = on(submitted, WORDS, "Was it?", editor)
    kept = on(submitted, "Monday", "Which?", editor)
    revised = rewrite(submitted, author, words=[(WORDS, "Nothing moved.")])
    assert revised.notices == [
        f"The words “{WORDS}” are gone from the text. The remark on them is kept."
    ]
    assert (place(remark), place(kept)) == (None, "Monday")
    page = edgar.page(submitted, "review")
    assert "Remarks whose words are gone" in page
    assert f"“{WORDS}”" in page
    assert "Was it?" in page
    rewrite(submitted, author, words=[("Nothing moved.", f"Fog. {WORDS}")])
    assert place(remark) == WORDS


def test_a_remark_voids_nothing_and_writes_nothing(submitted, editor, author):
    version = submitted.lock_version
    publishing.approve(submitted, by=editor)
    remark = on(submitted, WORDS, "Was it?", editor)
    remarking.reply(remark, body="It was.", by=author)
    submitted.refresh_from_db()
    assert submitted.approved_by == editor
    assert submitted.lock_version == version
    assert not submitted.contributors.filter(user=editor).exists()


def test_a_place_that_moved_is_found_by_its_words(submitted, editor, author):
    start = submitted.text.index(WORDS)
    rewrite(submitted, author, words=[("Spokesperson", "The spokesperson")])
    given = {"start": start, "end": start + len(WORDS), "body": "Was it?"}
    remark = remarking.remark(submitted, words=WORDS, by=editor, **given)
    assert place(remark) == WORDS


def test_what_is_open_goes_along_to_the_next_draft(submitted, editor, author):
    remark = on(submitted, WORDS, "Was it?", editor)
    remarking.reply(remark, body="It was.", by=author)
    done = on(submitted, "Monday", "Which?", editor)
    assert [remarking.resolve(done, by=author) for _ in range(2)] == [True, False]
    publishing.send_back(submitted, by=editor)
    draft = editions.begin(submitted.article, by=author)
    copy = draft.remarks.get(parent=None)
    assert (copy.words, copy.by, copy.at) == (WORDS, editor, remark.at)
    assert [each.body for each in copy.answers.all()] == ["It was."]
    assert place(copy) == WORDS
    assert submitted.remarks.count() == 3


def test_who_may_not_write_or_review_does_not_remark(steward, submitted, editor):
    remark = on(submitted, WORDS, "Was it?", editor)
    for verb in (
        lambda: on(submitted, "Monday", "Which?", steward),
        lambda: remarking.reply(remark, body="Well.", by=steward),
        lambda: remarking.resolve(remark, by=steward),
        lambda: remarking.reopen(remark, by=steward),
    ):
        with pytest.raises(PermissionDenied):
            verb()
    assert Remark.objects.count() == 1


def test_a_published_edition_keeps_its_remarks_as_they_are(
    submitted, author, editor, publisher, edgar, client
):
    remark = on(submitted, WORDS, "Was it?", editor)
    publishing.approve(submitted, by=editor)
    publishing.publish(submitted, by=publisher)
    for verb in (
        lambda: on(submitted, "Monday", "Which?", editor),
        lambda: remarking.reply(remark, body="Well.", by=editor),
        lambda: remarking.resolve(remark, by=editor),
    ):
        with pytest.raises(verbs.Frozen):
            verb()
    for sql in (
        "UPDATE remark SET body = 'Else'",
        "UPDATE remark SET resolved_at = now(), resolved_by_id = by_id",
        "DELETE FROM remark",
        "INSERT INTO remark (edition_id, words, prefix, suffix, body, by_id)"
        " SELECT edition_id, words, '', '', body, by_id FROM remark",
    ):
        with (
            pytest.raises(DatabaseError, match="stay as they are"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(sql)
    page = edgar.page(submitted, "review")
    assert "Was it?" in page
    assert 'value="resolve"' not in page
    public = client.get(submitted.article.get_absolute_url()).content.decode()
    assert WORDS in public
    assert "Was it?" not in public


@pytest.mark.parametrize(
    ("sql", "sentence"),
    [
        ("UPDATE remark SET body = 'Else'", "stays as it was written"),
        ("UPDATE remark SET words = 'Else'", "stays as it was written"),
        ("UPDATE remark SET by_id = by_id + 1", "stays as it was written"),
        ("UPDATE remark SET start = NULL", "remark_place_holds_a_word"),
        ('UPDATE remark SET start = "end"', "remark_place_holds_a_word"),
        ("UPDATE remark SET resolved_at = now()", "remark_resolved_at_with_by"),
        (
            "INSERT INTO remark (edition_id, parent_id, words, prefix, suffix, body,"
            " by_id) SELECT edition_id, id, '', '', '', body, by_id FROM remark"
            " WHERE parent_id IS NOT NULL",
            "an answer is to a remark",
        ),
    ],
)
def test_the_database_refuses_what_no_verb_does(draft, editor, sql, sentence):
    remark = on(draft, WORDS, "Was it?", editor)
    answer = remarking.reply(remark, body="Well.", by=editor)
    # One level deep: an answer to an answer is one to the remark.
    assert remarking.reply(answer, body="So.", by=editor).parent == remark
    sentence = re.compile(sentence, re.IGNORECASE)
    with (
        pytest.raises(DatabaseError, match=sentence),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)
    assert Audit.objects.filter(table="remark", op="insert").count() == 3


@pytest.fixture
def established(db):
    roles.establish(connection)


def test_the_role_of_readers_does_not_see_remarks(established, draft, editor):
    on(draft, WORDS, "Was it?", editor)
    sql = "SELECT count(*) FROM public.remark"
    with connection.cursor() as cursor:
        cursor.execute(sql)
        assert cursor.fetchone() == (1,)
        cursor.execute(f"SET LOCAL ROLE {roles.PUBLIC}")
        with (
            pytest.raises(DatabaseError, match="permission denied"),
            transaction.atomic(),
        ):
            cursor.execute(sql)
        cursor.execute("RESET ROLE")
