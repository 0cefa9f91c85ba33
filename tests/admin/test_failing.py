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
    page = colleague.client.get("/admin/").content.decode()
    part = re.search(r"<h2>Failing checks.*?</section>", page, re.DOTALL)
    return re.findall(r" · ([^·]*?) · worked on", part[0]) if part else []


def test_what_stands_against_ones_own_drafts_is_told_in_words(amina, edgar, ready):
    assert desk(amina) == {"Drafts": (1, [ready.title])}
    quote = ready.quotes.get()
    Quote.objects.filter(pk=quote.pk).update(
        speaker=None, organization=None, appointment=None
    )
    assert desk(amina)["Failing checks"] == (1, [ready.title])
    assert said(amina) == [f"The quote “{quote}” has no speaker."]
    assert address(ready, "check") in amina.client.get("/admin/").content.decode()
    assert "Failing checks" not in desk(edgar)
    Quote.objects.filter(pk=quote.pk).update(said_on=None)
    assert said(amina) == [f"The quote “{quote}” has no speaker. And 1 reason more."]
    publishing.submit(ready, by=amina.user)
    assert desk(amina)["Failing checks"] == (1, [ready.title])


def test_the_draft_worked_on_last_stands_first_and_not_all_are_judged(
    amina, monkeypatch
):
    monkeypatch.setattr(failing, "JUDGED", 2)
    texts = [draft(amina, f"Notice {number}", builders.BODY) for number in range(3)]
    assert desk(amina)["Failing checks"] == (2, ["Notice 2", "Notice 1"])
    amina.write(texts[0], title="Notice 0, again")
    assert desk(amina)["Failing checks"] == (2, ["Notice 0, again", "Notice 2"])
    assert said(amina)[1] == "Suggestions are open: 1 quote. Accept or reject each."


def test_nothing_fails_at_a_desk_that_one_has_left(amina):
    draft(amina, "Notice", builders.BODY)
    assert desk(amina)["Failing checks"] == (1, ["Notice"])
    amina.user.desks.clear()
    assert desk(amina) == {}


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
        (reverse("admin:statements_article_unsaved", args=[new.pk]), "A new statement"),
        (reverse("admin:statements_article_unsaved", args=[mine.pk]), "Tides"),
    ]
    assert re.findall(r"(\d+) words? ·", page) == ["3", "3"]
    assert "“Fog”" in page
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
