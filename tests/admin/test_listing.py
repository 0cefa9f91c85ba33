"""Lists as each person wants them: their columns, and the filters of the last time."""

from __future__ import annotations

import re

import pytest
from django.contrib import admin
from django.urls import reverse

from statements.admin import listing
from statements.models import Preference

from .. import builders

pytestmark = pytest.mark.django_db

LIST = reverse("admin:statements_article_changelist")
SHOWN = reverse("admin:list")
FIRST = ["Date", "Title", "Stage", "Kind", "Desk"]


def heads(colleague, url: str = LIST) -> list[str]:
    page = colleague.client.get(url).content.decode()
    found = re.findall(
        r'<div class="text">\s*<(?:a|span)[^>]*>(.*?)</(?:a|span)>', page, re.DOTALL
    )
    # The column of those chosen for a change of many stands first whatever else does.
    assert found[0] == "Choose"
    return found[1:]


def say(colleague, action: str, *columns: str, **fields: str):
    data = {"list": "article", "action": action, "column": columns, **fields}
    return colleague.client.post(SHOWN, data)


def test_each_chooses_the_columns_of_a_list_and_may_go_back(amina, edgar, draft):
    assert heads(amina) == FIRST
    answer = say(amina, "columns", "topics", "quotes", "title", asked="kind=1&o=2")
    # An order is told by the place of its column.
    assert answer["Location"] == f"{LIST}?kind=1"
    assert heads(amina) == ["Title", "Topics", "Quotes confirmed"]
    assert heads(edgar) == FIRST
    say(amina, "reset")
    assert heads(amina) == FIRST


def test_the_title_stays_and_columns_that_there_are_not_are_passed_over(amina, draft):
    say(amina, "columns", "desk", "body", "pk", "editions__body")
    assert heads(amina) == ["Title", "Desk"]
    Preference.objects.update(value=["gone", "language"])
    assert heads(amina) == ["Title", "Language"]
    Preference.objects.update(value={"of": "another release"})
    assert heads(amina) == FIRST


def test_every_column_that_a_list_offers_can_be_shown(
    administrator, ready, live_of_all, client, django_assert_max_num_queries
):
    client.force_login(administrator)
    asked = 0
    for model, door in admin.site._registry.items():
        name = f"columns {model._meta.model_name}"
        if not door.more_columns:
            continue
        Preference.objects.create(
            user=administrator, name=name, value=listing.offered(door)
        )
        url = reverse(
            f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist"
        )
        with django_assert_max_num_queries(26):
            page = client.get(url).content.decode()
        table = page.partition('<table id="result_list"')[2].partition("</thead>")[0]
        if not table:
            # A list without a row has no table.
            continue
        asked += 1
        first = len(door.fixed) + bool(door.actions)
        assert table.count('<th scope="col"') - first == len(listing.offered(door))
    assert asked == 4


@pytest.fixture
def live_of_all(live, system, okafor):
    builders.make_resolution(by=system)
    other = builders.make_draft(by=live.created_by, title="Tides")
    return live, other


def test_the_last_filters_are_offered_on_a_bare_list_and_can_be_forgotten(
    amina, edgar, draft
):
    amina.client.get(LIST, {"stage": "draft", "o": "-1", "q": "ferries", "p": "1"})
    page = amina.client.get(LIST).content.decode()
    assert (
        'Your last filters: <a href="?stage=draft&amp;o=-1">stage: Draft; by date</a>'
        in page
    )
    # A search is the matter of the moment; a list that is filtered offers none.
    assert "q=ferries" not in page
    assert (
        "Your last filters" not in amina.client.get(LIST, {"q": "x"}).content.decode()
    )
    assert "Your last filters" not in edgar.client.get(LIST).content.decode()
    amina.client.get(LIST, {"nothing": "known"})
    assert "stage: Draft; by date" in amina.client.get(LIST).content.decode()
    # Another set of columns would make it the order of another one.
    say(amina, "columns", "desk")
    assert ">stage: Draft</a>" in amina.client.get(LIST).content.decode()
    assert say(amina, "forget")["Location"] == LIST
    assert "Your last filters" not in amina.client.get(LIST).content.decode()


def test_a_list_is_led_back_to_and_nowhere_else(amina, draft):
    for asked in ("//evil.example", "https://evil.example/?x=1", "\r\nLocation: x"):
        answer = say(amina, "columns", "title", asked=asked)
        assert answer["Location"].startswith(f"{LIST}?")
        assert "//" not in answer["Location"]
    assert say(amina, "columns", list="nothing").status_code == 404
    assert say(amina, "columns", list="user").status_code == 403
    assert say(amina, "").status_code == 400
    assert amina.client.get(SHOWN).status_code == 405


def test_a_statement_that_is_out_says_so_though_a_draft_follows_it(amina, live):
    def stage() -> str:
        page = amina.client.get(LIST).content.decode()
        found = re.search(r'<td class="field-stages">(.*?)</td>', page)
        return re.sub(r"<[^>]*>", "", found[1])

    assert stage() == "Live"
    amina.send(live, "write", "begin", change="minor")
    assert stage() == "Live · edition 2: draft"
