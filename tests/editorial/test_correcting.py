"""What publication changed in a quote is on record; where else the words stand."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction

from statements.editorial import correcting, editions, intake, publishing, quoting
from statements.models import Change, Correction, Edition, Permalink, User

from ..builders import make_draft, make_person, quote_words, review_and_publish
from .test_scenarios import in_minutes

pytestmark = pytest.mark.django_db

NOTE = "The day was left out."


def begin(live: Edition, *, by: User, change: str = Change.CORRECTION) -> Edition:
    return editions.begin(live.article, by=by, change=change)


def rewrite(edition: Edition, old: str, new: str, *, by: User) -> Edition:
    """Change words of a draft, with the note for readers, and confirm its quotes."""
    assert old in edition.body
    intake.revise(
        edition,
        by=by,
        lock_version=edition.lock_version,
        body=edition.body.replace(old, new),
        change_note=NOTE,
    )
    edition.refresh_from_db()
    quoting.confirm(edition.quotes.all(), by=by)
    edition.refresh_from_db()
    return edition


@pytest.fixture
def reworded(live, author) -> Edition:
    """A correction of the statement that is out: its quote says one word more."""
    return rewrite(begin(live, by=author), "will sail,", "will sail today,", by=author)


def told() -> list[tuple[str, str, str]]:
    return sorted(Correction.objects.values_list("what", "before", "after"))


WORDS = ("words", "The ferries will sail", "The ferries will sail today")


def test_publication_names_the_old_words_and_the_new(reworded, editor, publisher):
    assert told() == []
    review_and_publish(reworded, editor=editor, publisher=publisher)
    assert told() == [WORDS]
    (row,) = Correction.objects.all()
    assert row.edition == reworded
    assert row.permalink_id == reworded.quotes.get().permalink_id


def test_publication_names_the_old_speaker_and_the_new(
    live, author, editor, publisher, system
):
    ruiz = make_person("Mara Ruiz", by=system)
    edition = begin(live, by=author)
    quoting.reattribute(
        edition.quotes.get(), by=author, speaker=quoting.Speaker(person=ruiz)
    )
    edition.refresh_from_db()
    edition = rewrite(edition, "will sail,", "will sail today,", by=author)
    review_and_publish(edition, editor=editor, publisher=publisher)
    assert told() == [("speaker", "Ilse Okafor", "Mara Ruiz"), WORDS]


def test_a_minor_change_of_a_quote_is_on_record_too(live, author, editor, publisher):
    edition = begin(live, by=author, change=Change.MINOR)
    edition = rewrite(edition, "will sail,", "will sail today,", by=author)
    review_and_publish(edition, editor=editor, publisher=publisher)
    assert told() == [WORDS]


def test_what_leaves_a_quote_as_it_was_is_no_correction(
    live, author, editor, publisher
):
    """Words beside it, another place, and the comma that belongs to the sentence."""
    edition = rewrite(begin(live, by=author), "on Monday that", "that", by=author)
    edition = rewrite(edition, "will sail,", "will sail", by=author)
    assert edition.quotes.get().text == "The ferries will sail"
    review_and_publish(edition, editor=editor, publisher=publisher)
    assert told() == []


def test_first_editions_ask_nothing_more(ready, django_assert_num_queries):
    with django_assert_num_queries(0):
        correcting.record([ready], {ready.article_id: None})


def test_a_scheduled_correction_tells_nothing_before_its_hour(
    reworded, editor, publisher
):
    at = in_minutes(60)
    review_and_publish(reworded, editor=editor, publisher=publisher, at=at)
    assert told() == [WORDS]
    assert not Correction.objects.public().exists()
    assert Correction.objects.public(at).get().after == WORDS[2]


def test_taken_off_the_schedule_nothing_was_corrected(reworded, editor, publisher):
    at = in_minutes(60)
    review_and_publish(reworded, editor=editor, publisher=publisher, at=at)
    publishing.unschedule(reworded, by=publisher)
    assert told() == []
    publishing.publish(reworded, by=publisher)
    assert told() == [WORDS]


def test_words_that_were_withdrawn_are_not_repeated(
    reworded, author, editor, publisher
):
    review_and_publish(reworded, editor=editor, publisher=publisher)
    assert [row.before for row in Correction.objects.public()] == [WORDS[1]]
    publishing.withdraw(
        reworded.article, by=publisher, reason="legal", note="It was not said."
    )
    edition = begin(reworded, by=author)
    edition = rewrite(edition, "sail today,", "sail tomorrow,", by=author)
    review_and_publish(edition, editor=editor, publisher=publisher)
    assert len(told()) == 2
    assert not Correction.objects.public().exists()
    edition = begin(edition, by=author)
    edition = rewrite(edition, "sail tomorrow,", "sail on Friday,", by=author)
    review_and_publish(edition, editor=editor, publisher=publisher)
    (row,) = Correction.objects.public()
    assert row.after == "The ferries will sail on Friday"


def refused(sql: str, *params: object) -> str:
    with (
        pytest.raises(IntegrityError) as error,
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql, params)
    return str(error.value)


def test_the_database_keeps_what_was_corrected(reworded, live, editor, publisher):
    once = "What was corrected is told once and stays."
    late = "A correction is recorded as its edition goes out."
    insert = (
        "INSERT INTO correction (edition_id, permalink_id, what, before, after)"
        " VALUES (%s, %s, 'speaker', 'A', 'B')"
    )
    permalink = live.quotes.get().permalink_id
    assert late in refused(insert, reworded.pk, permalink)
    at = in_minutes(60)
    review_and_publish(reworded, editor=editor, publisher=publisher, at=at)
    assert once in refused("UPDATE correction SET before = 'Nothing'")
    publishing.unschedule(reworded, by=publisher)
    publishing.publish(reworded, by=publisher)
    assert once in refused("UPDATE correction SET before = 'Nothing'")
    assert once in refused("DELETE FROM correction")
    # A test is one transaction; to a later one the edition went out before.
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE edition DISABLE TRIGGER USER")
        cursor.execute(
            "UPDATE edition SET superseded_at = superseded_at - interval '1 day',"
            " published_at = published_at - interval '1 day' WHERE id = %s",
            [live.pk],
        )
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE edition ENABLE TRIGGER USER")
    assert late in refused(insert, live.pk, permalink)


# ---------- Where else the words stand ----------


def elsewhere(edition: Edition, user: User) -> list[tuple[str, int, str, bool]]:
    found = correcting.elsewhere(correcting.changes(edition), user=user)
    return [(e.edition.title, e.edition.number, e.state.value, e.ours) for e in found]


@pytest.fixture
def say(author, okafor):
    """Another statement that quotes somebody, in a sentence of its own."""

    def make(title: str, words: str, *, by: User = author, speaker=okafor) -> Edition:
        edition = make_draft(
            by=by, title=title, body=f"In the House “{words}” was heard.\n{title}."
        )
        quote_words(edition, words, by=by, speaker=speaker)
        return edition

    return make


def test_statements_with_the_same_words_of_the_same_speaker_are_listed(
    reworded, say, author, editor, publisher, ministry
):
    """Compared as the verbatim check does: case, signs and blanks do not count."""
    out = say("Out", "the [f]erries – will sail")
    review_and_publish(out, editor=editor, publisher=publisher)
    say("Draft", "The ferries will sail!")
    say("Joined", "The fer ries will sail")
    say("More", "The ferries will sail again")
    say("Another", "The ferries will sail", speaker=ministry)
    assert sorted(elsewhere(reworded, author)) == [
        ("Draft", 1, "draft", True),
        ("Out", 1, "live", True),
    ]
    (first, second) = sorted(
        correcting.elsewhere(correcting.changes(reworded), user=author),
        key=lambda each: each.edition.title,
    )
    assert first.advice == "Edition 1 is not out yet. Mend it there."
    assert second.advice == "Edition 1 is out. Begin a correction of it."


def test_a_quote_that_was_dropped_is_looked_for_too(live, say, author):
    say("Draft", "The ferries will sail")
    edition = begin(live, by=author)
    assert elsewhere(edition, author) == []
    quoting.remove(edition.quotes.get(), by=author)
    assert elsewhere(edition, author) == [("Draft", 1, "draft", True)]


def test_the_newest_edition_that_can_be_mended_is_named(
    reworded, say, author, editor, publisher
):
    out = say("Out", "The ferries will sail")
    review_and_publish(out, editor=editor, publisher=publisher)
    following = editions.begin(out.article, by=author)
    assert elsewhere(reworded, author) == [("Out", 2, "draft", True)]
    review_and_publish(following, editor=editor, publisher=publisher, at=in_minutes(60))
    assert elsewhere(reworded, author) == [("Out", 2, "scheduled", True)]


def test_of_other_desks_only_what_is_public_is_told(
    reworded, say, author, outsider, administrator, editor, publisher
):
    hidden = say("Elsewhere", "The ferries will sail", by=outsider)
    assert elsewhere(reworded, author) == []
    assert elsewhere(reworded, administrator) == [("Elsewhere", 1, "draft", True)]
    publishing.publish(
        hidden, by=User.objects.system(), unreviewed_reason="The hour is late."
    )
    assert elsewhere(reworded, author) == [("Elsewhere", 1, "live", False)]


def test_a_quote_whose_address_is_the_same_since_a_merge_is_listed(
    reworded, say, author, editor, publisher
):
    edition = say("Merged", "Ferries: yes")
    assert elsewhere(reworded, author) == []
    Permalink.objects.filter(pk=edition.quotes.get().permalink_id).update(
        merged_into=reworded.quotes.get().permalink_id
    )
    assert elsewhere(reworded, author) == [("Merged", 1, "draft", True)]


def test_looking_elsewhere_takes_as_many_queries_for_three_as_for_one(
    reworded, say, author, django_assert_num_queries
):
    say("One", "The ferries will sail")
    changed = correcting.changes(reworded)
    with django_assert_num_queries(4):
        assert len(correcting.elsewhere(changed, user=author)) == 1
    say("Two", "The ferries will sail")
    say("Three", "The ferries will sail")
    with django_assert_num_queries(4):
        assert len(correcting.elsewhere(changed, user=author)) == 3


def test_the_words_are_found_by_their_index(reworded):
    """However many quotes there are: the table is not read through."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(
            "EXPLAIN SELECT id FROM quote"
            " WHERE public.quote_key(text) = public.quote_key('The ferries')"
        )
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "quote_same_words" in plan
