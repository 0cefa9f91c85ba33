"""Failing checks on My desk, and the page of all that one never saved."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from statements.admin import failing
from statements.editorial import buffers, publishing
from statements.models import Article, DraftBuffer, Quote

from .. import builders
from .conftest import address
from .test_my_desk import desk, draft

pytestmark = pytest.mark.django_db

TEXTS = reverse("admin:statements_article_texts")


def said(colleague) -> list[str]:
    """What the list of failing checks says of each draft."""
    page = colleague.client.get("/admin/", failing.ASKED).content.decode()
    part = re.search(r"<h2>Failing checks.*?</section>", page, re.DOTALL)
    return re.findall(r" · ([^·]*?) · worked on", part[0]) if part else []


def checked(colleague) -> tuple[int, list[str]] | None:
    """The list of failing checks, where it is asked for."""
    return desk(colleague, failing.ASKED).get("Failing checks")


def test_nothing_is_judged_before_somebody_asks(amina, edgar, ready, monkeypatch):
    draft(amina, "Notice", builders.BODY)
    page = amina.client.get("/admin/").content.decode()
    assert "Failing checks" not in page
    way = re.search(r'<a href="([^"]+)">Check your 2 drafts</a>', page)
    page = amina.client.get(way[1]).content.decode()
    assert '<h2>Failing checks <span class="queue-count">1</span>' in page
    assert "Your 2 drafts were checked." in page
    monkeypatch.setattr(failing, "JUDGED", 1)
    page = amina.client.get(way[1]).content.decode()
    assert "Of your 2 drafts the 1 that you worked on last were checked." in page
    # Colleagues of the desk wrote none.
    assert "Check your" not in edgar.client.get("/admin/").content.decode()


def test_what_stands_against_ones_own_drafts_is_told_in_words(amina, edgar, ready):
    assert checked(amina) is None
    quote = ready.quotes.get()
    Quote.objects.filter(pk=quote.pk).update(
        speaker=None, organization=None, appointment=None
    )
    assert checked(amina) == (1, [ready.title])
    assert said(amina) == [f"The quote “{quote}” has no speaker. Choose who said it."]
    assert (
        address(ready, "check")
        in amina.client.get("/admin/", failing.ASKED).content.decode()
    )
    assert checked(edgar) is None
    Quote.objects.filter(pk=quote.pk).update(said_on=None)
    assert said(amina) == [
        f"The quote “{quote}” has no speaker. Choose who said it. And 1 reason more."
    ]
    publishing.submit(ready, by=amina.user)
    assert checked(amina) == (1, [ready.title])


def test_the_draft_worked_on_last_stands_first_and_not_all_are_judged(
    amina, monkeypatch
):
    monkeypatch.setattr(failing, "JUDGED", 2)
    texts = [draft(amina, f"Notice {number}", builders.BODY) for number in range(3)]
    assert checked(amina) == (2, ["Notice 2", "Notice 1"])
    amina.write(texts[0], title="Notice 0, again")
    assert checked(amina) == (2, ["Notice 0, again", "Notice 2"])
    assert said(amina)[1] == "Suggestions are open: 1 quote. Accept or reject each."


def test_nothing_fails_at_a_desk_that_one_has_left(amina):
    draft(amina, "Notice", builders.BODY)
    assert checked(amina) == (1, ["Notice"])
    amina.user.desks.clear()
    assert checked(amina) is None


def test_failing_checks_cost_the_same_for_one_and_three(
    amina, django_assert_num_queries
):
    draft(amina, "Notice", builders.BODY)
    for _ in range(2):
        with django_assert_num_queries(14):
            failing.failing(amina.user)
        draft(amina, "Another", builders.BODY)


def kept(colleague, edition, page: str, **values: str) -> DraftBuffer:
    buffers.keep(edition, by=colleague.user, page=page * 32, turn=1, values=values)
    return buffers.unsaved(colleague.user).first()


def test_all_unsaved_texts_stand_on_one_page_to_open_or_throw_away(amina, edgar):
    text = draft(amina, "Tides")
    mine = kept(amina, text, "a", body="<p>High at noon.</p>")
    new = kept(amina, None, "b", title="Fog", body="Fog since five.")
    kept(edgar, None, "c", title="Not hers")
    assert f'href="{TEXTS}">All 2' in amina.client.get("/admin/").content.decode()
    page = amina.client.get(TEXTS).content.decode()
    assert re.findall(r'<a href="([^"]*unsaved/\d+/)"><bdi>(.*?)</bdi>', page) == [
        (reverse("admin:statements_article_unsaved", args=[new.pk]), "Fog"),
        (reverse("admin:statements_article_unsaved", args=[mine.pk]), "Tides"),
    ]
    assert re.findall(r"(\d+) words? ·", page) == ["3", "3"]
    assert "A new statement · last typed" in page
    assert "Not hers" not in page
    thrown = amina.client.post(
        reverse("admin:statements_article_unsaved", args=[new.pk]),
        {"action": "throw", "back": "texts"},
    )
    assert thrown["Location"] == TEXTS
    assert DraftBuffer.objects.filter(user=amina.user).get() == mine


def test_no_unsaved_text_of_a_statement_that_one_may_no_longer_see(amina, odile):
    text = draft(amina, "Tides")
    kept(amina, text, "a", body="<p>High at noon.</p>")
    assert "Tides" in amina.client.get(TEXTS).content.decode()
    Article.objects.filter(pk=text.article_id).update(desk=odile.user.desks.get())
    page = amina.client.get(TEXTS).content.decode()
    assert "Tides" not in page
    assert "Everything that you typed is saved." in page


def test_the_page_of_unsaved_texts_costs_the_same_for_one_and_three(
    amina, django_assert_max_num_queries
):
    for number in range(3):
        kept(amina, draft(amina, f"Tides {number}"), f"{number}", body="<p>High.</p>")
        with django_assert_max_num_queries(9):
            amina.client.get(TEXTS)
