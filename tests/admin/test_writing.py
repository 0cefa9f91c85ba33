"""Writing: what is taken, what is refused, and that typed text is never lost."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from statements.editorial import intake, publishing
from statements.models import (
    Article,
    Audit,
    Edition,
    Organization,
    Quote,
    Tag,
    Verdict,
)

from .. import builders
from .conftest import edition_version

pytestmark = pytest.mark.django_db


def text_of(response) -> str:
    return response.content.decode()


def test_a_pasted_text_becomes_a_draft_of_the_desk(amina, strait_desk):
    response = amina.new(body="The strait was calm.\nNobody spoke.")
    edition = Edition.objects.get()
    assert response.status_code == 302
    assert edition.body == "<p>The strait was calm.</p><p>Nobody spoke.</p>" or (
        edition.text == "The strait was calm.\nNobody spoke."
    )
    assert edition.article.desk == strait_desk
    assert edition.created_by == amina.user


def test_the_audit_knows_who_wrote(amina):
    amina.new()
    assert set(
        Audit.objects.filter(table="edition").values_list("actor", flat=True)
    ) == {amina.user.pk}


def test_save_and_find_quotes_leads_to_the_quotes(amina):
    response = amina.new(action="quotes")
    assert response.url.endswith("/edition/1/quotes/")


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"body": ""}, "Paste or write the text of the statement."),
        ({"body": "   \n "}, "The statement has no text."),
        ({"title": ""}, "Give the statement a title."),
        ({"title": "x" * 301}, "at most 300 characters"),
        ({"dated": "next Tuesday"}, "Write the date as year, month and day"),
        ({"body": "A NUL\0 here"}, "Null characters are not allowed."),
        ({"title": "A NUL\0 here"}, "Null characters are not allowed."),
        ({"issuer": "Ministry of Silence"}, "No organisation of the catalogue"),
        ({"topics": "Fish"}, "There is no topic “Fish” yet."),
        ({"desk": ""}, "Choose the desk whose members may read the draft."),
        ({"slug": "não é"}, "letters of a to z, digits and hyphens"),
        ({"body": "<script>alert(1)</script>"}, "The statement has no text."),
    ],
)
def test_what_cannot_be_used_is_refused_with_a_sentence(amina, fields, sentence):
    typed = {"summary": "Typed with care.", **fields}
    response = amina.new(**typed)
    assert response.status_code == 200
    assert sentence in text_of(response)
    assert "Typed with care." in text_of(response)
    assert not Article.objects.exists()
    assert not Edition.objects.exists()


def test_half_of_a_character_is_refused_and_the_rest_kept(amina):
    # As no browser sends it: the bytes of a lone surrogate.
    response = amina.client.post(
        reverse("admin:statements_article_add"),
        "action=save&title=Half&dated=2026-03-02&body=Broken%ED%A0%80here",
        content_type="application/x-www-form-urlencoded",
    )
    assert "characters that got lost on the way" in text_of(response)
    assert "Half" in text_of(response)
    assert not Edition.objects.exists()


def test_two_megabytes_are_refused_with_a_sentence(amina):
    response = amina.new(body="calm seas " * 210_000)
    assert response.status_code == 200
    assert 'role="alert"' in text_of(response)
    assert not Edition.objects.exists()


def test_a_text_longer_than_is_read_is_refused_with_a_sentence(amina):
    response = amina.new(body="calm seas " * 110_000)
    assert response.status_code == 200
    assert "1,000,000" in text_of(response)
    assert not Edition.objects.exists()


def test_scripts_are_left_out_of_a_text(amina):
    amina.new(body="<p>Calm.<script>alert(1)</script></p><p onclick=x()>Sea.</p>")
    edition = Edition.objects.get()
    assert "script" not in edition.body
    assert "onclick" not in edition.body
    assert edition.text == "Calm.\nSea."


def test_an_unclosed_quotation_mark_is_taken_and_nothing_invented(amina):
    amina.new(body="She said “the ferries will sail and left.\nThe strait was calm.")
    edition = Edition.objects.get()
    page = amina.page(edition, "quotes")
    assert "the ferries will sail and left" in page
    assert not edition.quotes.exists()


def test_hostile_text_is_shown_as_text(amina):
    hostile = "<img src=x onerror=alert(1)>"
    amina.new(title=hostile, summary=hostile, body="Calm.", byline=hostile)
    edition = Edition.objects.get()
    for step in ("write", "quotes", "check", "review", "publish", "files"):
        assert hostile not in amina.page(edition, step)
    assert hostile not in text_of(amina.client.get("/admin/"))
    assert hostile not in text_of(
        amina.client.get(reverse("admin:statements_article_changelist"))
    )


def test_saving_changes_the_draft(amina, draft):
    response = amina.write(draft, title="The ferries sail", summary="At nine.")
    draft.refresh_from_db()
    assert response.status_code == 302
    assert (draft.title, draft.summary) == ("The ferries sail", "At nine.")


def test_what_belongs_to_the_article_is_saved_with_it(edgar, draft, ministry):
    edgar.write(
        draft,
        issuer="ministry of foreign affairs",
        topics="Ferries, Northern Strait",
        dated="2026-03-03",
        slug="ferries",
        language="de",
    )
    article = Article.objects.get()
    assert article.issuer == ministry
    assert sorted(article.tags.names()) == ["Ferries", "Northern Strait"]
    assert article.get_absolute_url() == "/statements/2026/03/03/ferries/"
    assert article.language == "de"


def test_an_author_may_use_topics_that_there_are(amina, draft):
    Tag.objects.create(name="Ferries", slug="ferries")
    amina.write(draft, topics="ferries")
    assert list(Article.objects.get().tags.names()) == ["Ferries"]


def test_two_organisations_of_one_name_are_told_apart(amina, draft, ministry, system):
    other = builders.make_organization(ministry.name, by=system)
    response = amina.write(draft, issuer=ministry.name)
    assert f"2 in the catalogue are called “{ministry.name}”" in text_of(response)
    amina.write(draft, issuer=f"{ministry.name} (no. {other.pk})")
    assert Article.objects.get().issuer == other
    assert Organization.objects.count() == 2


def test_the_same_form_sent_twice_is_saved_once(amina):
    first = amina.new()
    second = amina.new()
    assert Edition.objects.count() == 1
    assert second.url == first.url
    assert "Already saved" in text_of(amina.client.get(second.url))


def test_a_form_that_failed_can_be_sent_again(amina):
    amina.new(title="")
    amina.new()
    amina.new(title="")
    assert Edition.objects.count() == 1


def test_words_that_vanish_are_told(amina, ready):
    response = amina.write(ready, body="The strait was calm.")
    page = text_of(amina.client.get(response.url))
    assert "are gone from the text. Their quote is detached" in page
    assert "Detached: its words are gone" in amina.page(ready, "quotes")


def test_lines_of_a_player_are_shown_as_left_out(amina):
    response = amina.new(
        body="Your browser does not support the audio element.\nThe strait was calm."
    )
    page = text_of(amina.client.get(response.url))
    assert "Left out, since it is no part of the text: Your browser" in page
    assert Edition.objects.get().text == "The strait was calm."


def test_a_live_edition_is_read_and_followed_by_a_new_one(amina, live):
    page = amina.page(live, "write")
    assert "Its words are frozen" in page
    amina.send(
        live, "write", "begin", change="correction", change_note="The hour was wrong."
    )
    new = Edition.objects.get(number=2)
    assert (new.change, new.change_note) == ("correction", "The hour was wrong.")
    assert new.based_on == live
    assert new.quotes.count() == 1


def test_a_frozen_edition_refuses_a_forged_save(amina, live):
    # The page offers no form; a stale or forged one is refused with a sentence.
    fields = {"title": "Changed", "action": "save", "token": "1" * 32}
    fields |= {"body": "x", "dated": "2026-03-02", "language": "en", "change": "minor"}
    fields |= {"kind": live.article.kind_id, "desk": live.article.desk_id}
    fields["lock_version"] = live.lock_version
    response = amina.client.post(
        reverse("admin:statements_article_step", args=[live.article_id, 1, "write"]),
        fields,
    )
    assert "its words are frozen" in text_of(response).lower()
    live.refresh_from_db()
    assert live.title == "The ferries will sail"


def test_the_page_asks_a_steady_number_of_questions(
    amina, ready, django_assert_num_queries
):
    amina.page(ready, "write")
    with django_assert_num_queries(12):
        amina.page(ready, "write")
    intake.revise(
        ready,
        by=amina.user,
        lock_version=edition_version(ready),
        body=ready.body + "<p>“So it is,” Ilse Okafor said. “And stays,” she said.</p>",
    )
    with django_assert_num_queries(12):
        amina.page(ready, "write")
    with django_assert_num_queries(24):
        amina.page(ready, "quotes")


def left_in_check(page: str) -> str:
    found = re.search(r'Check</span> <span class="step-left">([^<]*)<', page)
    assert found
    return found[1]


def judged(who, edition: Edition) -> tuple[str, str, str]:
    """What the bar says of Check on Write, by its script, and on Check itself."""
    find = reverse("admin:statements_article_find", args=[edition.article_id, 1])
    return (
        left_in_check(who.page(edition, "write")),
        who.client.post(find, {"check": "1"}).json()["check"],
        left_in_check(who.page(edition, "check")),
    )


def test_the_bar_on_write_judges_by_rows_and_its_script_by_the_text(
    amina, odile, draft
):
    # That a suggestion is open, only the text tells.
    assert judged(amina, draft) == ("1 reason against", *["2 reasons against"] * 2)
    find = reverse("admin:statements_article_find", args=[draft.article_id, 1])
    assert odile.client.post(find, {"check": "1"}).status_code == 404
    new = reverse("admin:statements_article_find_new")
    assert amina.client.post(new, {"check": "1"}).status_code == 400


def test_the_bar_on_write_knows_each_reason_that_rows_tell(amina, edgar, petra, ready):
    publishing.submit(ready, by=amina.user)
    publishing.approve(ready, by=edgar.user)
    ready.refresh_from_db()
    nothing = ("nothing against so far", *["nothing against"] * 2)
    assert judged(amina, ready) == nothing
    quote = ready.quotes.get()
    Quote.objects.filter(pk=quote.pk).update(verdict=Verdict.DIFFERS)
    assert judged(amina, ready) == ("1 reason against",) * 3
    petra.send(
        ready,
        "check",
        "waive",
        rule="verdict",
        subject=quote.permalink_id,
        why="The tape has a gap.",
    )
    assert judged(amina, ready) == nothing
    Quote.objects.filter(pk=quote.pk).update(said_on=None)
    assert judged(amina, ready) == ("1 reason against",) * 3


def test_who_reviews_is_told_that_deciding_is_writing(amina, edgar, draft):
    told = "You may still approve this edition."
    publishing.submit(draft, by=amina.user)
    for step in ("write", "quotes"):
        assert told in edgar.page(draft, step)
        assert told not in amina.page(draft, step)
    assert told not in edgar.page(draft, "review")
    edgar.write(draft, summary="In short.")
    assert told not in edgar.page(draft, "write")


def test_a_new_statement_begins_in_its_title_and_today(amina):
    page = amina.client.get(reverse("admin:statements_article_add")).text
    (title,) = re.findall(r'<input[^>]* name="title"[^>]*>', page)
    assert " autofocus" in title
    assert f'name="dated" value="{timezone.localdate().isoformat()}"' in page
