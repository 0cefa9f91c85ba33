"""Lists of the desk: short ways to their rows, and pages that say what is so."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from statements.admin.site import SECTIONS
from statements.editorial import binning

from .. import builders
from .conftest import Colleague

pytestmark = pytest.mark.django_db

LIST = reverse("admin:statements_article_changelist")


@pytest.fixture
def ada(administrator) -> Colleague:
    return Colleague(administrator)


def opened(page: str) -> list[str]:
    """The filters that show their choices."""
    beside = page.partition('id="changelist-filter"')[2].partition("</search>")[0]
    assert beside.count("<details") == 5
    return [
        part.partition('"')[2].partition('"')[0]
        for part in beside.split("<details")[1:]
        if " open>" in part.partition("\n")[0]
    ]


def test_a_list_is_reached_before_its_filters(ada, draft):
    page = ada.client.get(LIST).content.decode()
    way, filters = 'href="#changelist-form"', 'id="changelist-filter"'
    assert page.count(way) == page.count('<form id="changelist-form"') == 1
    assert page.index(way) < page.index(filters)


def test_only_a_filter_in_which_something_is_chosen_is_open(ada, draft):
    assert opened(ada.client.get(LIST).content.decode()) == []
    page = ada.client.get(LIST, {"stage": "draft"}).content.decode()
    assert opened(page) == ["stage"]
    assert '<a href="?stage=draft" aria-current="true">Draft</a>' in page


def test_a_row_that_nobody_changed_here_says_so_and_leads_to_the_record(
    ada, okafor, steward
):
    page = reverse("admin:statements_spokesperson_history", args=[okafor.pk])
    said = "Nobody has changed this on a page of the desk yet."
    record = f'href="{reverse("admin:statements_audit_changelist")}">Every change'
    seen = ada.client.get(page).content.decode()
    assert (said in seen, record in seen) == (True, True)
    seen = Colleague(steward).client.get(page).content.decode()
    assert (said in seen, record in seen) == (True, False)


@pytest.mark.parametrize("name", ["password_change", "password_change_done"])
def test_the_head_of_ones_own_password_has_what_every_head_has(ada, name):
    def head(path: str) -> str:
        page = ada.client.get(path).content.decode()
        links = page.partition('id="user-tools"')[2].partition("<form")[0]
        assert 'id="keys-open"' in links
        return " ".join(links.split())

    assert head(reverse(f"admin:{name}")) == head("/admin/")


def test_the_bin_costs_the_same_for_one_and_many(ada, django_assert_num_queries):
    for number in range(3):
        edition = builders.make_draft(by=ada.user, title=f"Tides {number}")
        binning.put(edition.article, by=ada.user)
        with django_assert_num_queries(6):
            page = ada.client.get(reverse("admin:statements_article_bin"))
        assert page.content.decode().count('class="bin-row"') == number + 1


def test_an_empty_list_says_whether_nothing_is_there_or_nothing_fits(ada):
    assert "Nothing is here yet." in ada.client.get(LIST).content.decode()
    for asked in ({"q": "nobody"}, {"stage": "draft"}):
        page = ada.client.get(LIST, asked).content.decode()
        assert 'Nothing fits. <a href="?">Show the whole list</a>' in page
        assert "0 statements" not in page


def test_counts_and_the_page_of_all_lists_use_the_words_of_the_desk(ada, draft):
    page = ada.client.get(LIST).content.decode()
    assert re.search(r"</h2>\s*1 statement\s*</nav>", page)
    for name, words in (("kind", "kinds"), ("user", "account")):
        page = ada.client.get(reverse(f"admin:statements_{name}_changelist"))
        assert re.search(rf"</h2>\s*\d+ {words}\w?\s*</nav>", page.content.decode())
    page = ada.client.get("/admin/statements/").content.decode()
    page = page.partition("<dialog")[0]
    assert "<h1>All lists</h1>" in page
    assert "administration" not in page
    assert re.findall(r"<caption>\s*(.*?)\s*</caption>", page) == [*SECTIONS]
    assert ada.client.get("/admin/nothing/").status_code == 404
