"""An answer to a remark, typed beside the text, is kept as the text is."""

from __future__ import annotations

import html
import re

import pytest
from django.urls import reverse

from statements.editorial import buffers, remarking
from statements.models import DraftBuffer, Edition, Remark

from .conftest import address, edition_version, filled
from .test_buffers import OTHER_PAGE, PAGE, ask, offers

pytestmark = pytest.mark.django_db


@pytest.fixture
def remarked(draft, editor) -> tuple[Edition, Remark, Remark]:
    """A draft with two remarks on its words."""
    rows = [
        remarking.remark(draft, start=start, end=start + 3, body=body, by=editor)
        for start, body in ((0, "Which?"), (8, "Sure?"))
    ]
    return draft, rows[0], rows[1]


def typed(row: Remark, words: str) -> dict[str, str]:
    return {f"remark-{row.pk}-reply": words}


def reply_in(page: str, row: Remark) -> str:
    found = re.search(
        rf'<textarea[^>]* name="remark-{row.pk}-reply"[^>]*>\n(.*?)</textarea>',
        page,
        re.S,
    )
    assert found
    return html.unescape(found[1])


def said(row: Remark) -> list[str]:
    return list(row.answers.order_by("pk").values_list("body", flat=True))


def test_an_answer_is_kept_offered_and_taken_back(amina, remarked):
    draft, first, second = remarked
    saved = {name: str(value) for name, value in filled(draft, amina.user).items()}
    # An answer that was taken out again, and what is no answer, is nothing to keep.
    ask(amina, draft, **saved, **typed(first, " "), **{"remark-x-reply": "No."})
    assert not DraftBuffer.objects.exists()
    assert offers(amina, draft) == []
    ask(
        amina,
        draft,
        turn=2,
        **saved,
        **typed(first, "The <big> ones."),
        **{f"remark-{second.pk}-done": "yes"},
    )
    (offer,) = offers(amina, draft)
    look = amina.client.get(offer["look"]).text
    assert "The &lt;big&gt; ones." in look
    assert "Marked done" in look
    assert f"“{second.words}”" in look
    page = amina.client.get(offer["take"]).text
    assert reply_in(page, first) == "The <big> ones."
    assert reply_in(page, second) == ""
    assert re.findall(r'name="remark-(\d+)-done" value="yes" checked', page) == [
        str(second.pk)
    ]
    # Saved with the text it is an answer, and offered no more.
    amina.write(
        draft,
        page=OTHER_PAGE,
        taken=DraftBuffer.objects.get().pk,
        **typed(first, "The <big> ones."),
    )
    assert said(first) == ["The <big> ones."]
    assert offers(amina, draft) == []


def test_an_answer_outlives_a_login_that_ended(amina, remarked):
    draft, first, _ = remarked
    amina.client.logout()
    response = amina.client.post(
        address(draft, "write"),
        {"action": "save", "token": "1" * 32, **filled(draft, amina.user)}
        | typed(first, "Typed to the end."),
    )
    assert "Typed to the end." in response.text
    assert said(first) == []


def test_where_two_texts_meet_no_answer_is_lost(amina, edgar, remarked):
    draft, first, second = remarked
    was = filled(draft, amina.user) | {"lock_version": edition_version(draft)}
    edgar.write(draft, summary="Of the ferries.")
    answers = typed(first, "All of\nthem.") | {f"remark-{second.pk}-done": "yes"}
    stale = amina.client.post(
        address(draft, "write"),
        {"action": "save", "token": "7" * 32, "page": PAGE}
        | was
        | {"title": "Ferries, again"}
        | answers,
    )
    page = stale.text
    assert "Two texts in one" in page
    inner = page[page.index('class="desk-form merge"') :].partition("</form>")[0]
    sent = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', inner))
    sent |= {
        name: html.unescape(value)
        for name, value in re.findall(
            r'<textarea name="([\w-]+)" hidden>\n(.*?)</textarea>', inner, re.S
        )
    }
    assert sent.items() >= answers.items()
    assert said(first) == []
    # The page that brings them together may crash too.
    ask(amina, draft, **{name: sent[name] for name in sent if name != "page"})
    kept = buffers.unsaved(amina.user).get()
    assert kept.values.items() >= answers.items()
    taken = amina.client.get(f"{address(draft, 'write')}?unsaved={kept.pk}").text
    assert reply_in(taken, first) == "All of\nthem."
    # One may write on with it, or save.
    on = amina.client.post(address(draft, "write"), sent | {"action": "resume"}).text
    assert reply_in(on, first) == "All of\nthem."
    done = amina.client.post(address(draft, "write"), sent | {"action": "merge"})
    assert done.status_code == 302
    draft.refresh_from_db()
    second.refresh_from_db()
    assert (draft.title, draft.summary) == ("Ferries, again", "Of the ferries.")
    assert said(first) == ["All of\nthem."]
    assert second.resolved_by == amina.user
    assert offers(amina, draft) == []


def test_an_answer_to_what_a_colleague_marked_done_is_saved_and_told(
    amina, editor, remarked
):
    draft, first, second = remarked
    remarking.resolve(first, by=editor)
    refused = amina.write(draft, title="", **typed(first, "Too late?")).text
    assert "Edgar marked it done while you wrote." in refused
    assert reply_in(refused, first) == "Too late?"
    amina.write(draft, **typed(first, "Too late?"))
    assert said(first) == ["Too late?"]
    assert f"remark-{first.pk}-reply" not in amina.page(draft, "write")
    assert f"remark-{second.pk}-reply" in amina.page(draft, "write")


def test_nobody_else_sees_an_answer_that_was_never_saved(amina, edgar, remarked):
    draft, first, _ = remarked
    ask(amina, draft, **typed(first, "Between us."), body=draft.body)
    look = reverse(
        "admin:statements_article_unsaved", args=[DraftBuffer.objects.get().pk]
    )
    assert "Between us." in amina.client.get(look).text
    assert edgar.client.get(look).status_code == 404
    assert "Between us." not in edgar.page(draft, "write")
