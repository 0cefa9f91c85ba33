"""One comes back to where one came from: the list, its filters, the row, the queue."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.urls import reverse

from statements.admin import returning
from statements.editorial import publishing

from .. import builders
from .conftest import address
from .test_my_desk import draft

pytestmark = pytest.mark.django_db

LIST = reverse("admin:statements_article_changelist")


def links(page: str) -> list[str]:
    """Where the links of the list's first row, or of the first queue, lead."""
    part = re.search(r'<tr id="row-.*?</tr>|<section class="queue.*?</ul>', page, re.S)
    return [unescape(each) for each in re.findall(r'href="([^"]*)"', part[0])]


def trail(colleague, edition, step: str = "write") -> list[tuple[str, str]]:
    page = colleague.page(edition, step)
    part = re.search(r'<ol class="breadcrumbs">.*?</ol>', page, re.S)
    found = re.findall(r'<a href="([^"]*)">(.*?)</a>', part[0])
    return [(unescape(url), words) for url, words in found][1:]


def test_from_a_list_one_comes_back_to_it_with_its_filters_at_the_row(amina, draft):
    asked = {"stage": "draft", "q": "sail", "o": "1"}
    page = amina.client.get(LIST, asked).content.decode()
    assert f'<tr id="row-{draft.article_id}">' in page
    amina.client.get(links(page)[0])
    back = f"{LIST}?stage=draft&q=sail&o=1#row-{draft.article_id}"
    for step in ("write", "quotes", "check", "review", "publish", "files"):
        assert trail(amina, draft, step) == [(back, "Statements")]
    # Saving stays with the text; submitting is the end of one's work on it.
    assert amina.write(draft)["Location"] == address(draft, "write")
    assert amina.send(draft, "review", "submit")["Location"] == back


def test_a_list_without_filters_is_come_back_to_as_well(amina, edgar, draft):
    amina.client.get(links(amina.client.get(LIST).content.decode())[0])
    back = f"{LIST}?p=1#row-{draft.article_id}"
    assert trail(amina, draft) == [(back, "Statements")]
    assert trail(edgar, draft) == [(LIST, "Statements")]


def test_from_a_queue_one_comes_back_to_it_once_it_is_decided(amina, edgar, petra):
    text, other = draft(amina, "Tides"), draft(amina, "Fog")
    for each in (text, other):
        publishing.submit(each, by=amina.user)
    to_review = links(edgar.client.get("/admin/").content.decode())
    assert to_review == [
        f"{address(each, 'review')}?from=to_review" for each in (text, other)
    ]
    for url in to_review:
        edgar.client.get(url)
    back = "/admin/#queue-to_review"
    assert trail(edgar, text, "review") == [(back, "To review")]
    assert 'id="queue-to_review"' in edgar.client.get("/admin/").content.decode()
    said = edgar.send(text, "review", "return", remark="Shorter, please.")
    assert said["Location"] == back
    assert edgar.send(other, "review", "approve")["Location"] == back
    publishing.submit(text, by=amina.user)
    # Whoever publishes goes on with what they approved.
    petra.client.get(to_review[0])
    answer = petra.send(text, "review", "approve")
    assert answer["Location"] == address(text, "review")


def test_no_address_leads_anywhere_but_to_ones_own_lists(amina, draft):
    page = address(draft, "write")
    for given in (
        {"from": "https://evil.example/"},
        {"from": "//evil.example"},
        {"from": "__class__"},
        {returning.FILTERS: "x" * 251 + "&" * 400},
        {returning.FILTERS: "ж" * 200},
    ):
        amina.client.get(page, given)
        assert trail(amina, draft)[0][0].startswith(LIST)
    amina.client.get(page, {returning.FILTERS: "//evil.example/?a=b"})
    back, _ = trail(amina, draft)[0]
    assert back == f"{LIST}?%2F%2Fevil.example%2F%3Fa=b#row-{draft.article_id}"


def test_places_of_the_last_statements_alone_are_kept(amina, draft, monkeypatch):
    monkeypatch.setattr(returning, "_MOST", 2)
    texts = [draft, *(builders.make_draft(by=amina.user, title=n) for n in "AB")]
    for text in texts:
        amina.client.get(address(text, "write"), {"from": "draft"})
    assert [trail(amina, text)[0][1] for text in texts] == [
        "Statements",
        "Drafts",
        "Drafts",
    ]


def test_a_record_that_is_saved_leads_back_to_its_row(petra, okafor):
    listed = reverse("admin:statements_spokesperson_changelist")
    page = petra.client.get(listed, {"q": "okafor"}).content.decode()
    change = links(page)[0]
    form = petra.client.get(change).content.decode()
    back = f"{listed}?q=okafor#row-{okafor.pk}"
    assert f'<a href="{back}">' in form
    answer = petra.client.post(
        change,
        {
            "name": okafor.name,
            "sort_name": okafor.sort_name,
            "gender": okafor.gender,
            "slug": okafor.slug,
            **{
                f"{prefix}-{end}": "0"
                for prefix in ("appointments", "other_names", "identifiers")
                for end in ("TOTAL_FORMS", "INITIAL_FORMS")
            },
        },
    )
    assert answer["Location"] == back
