"""The list of the first day: what one may do of it, and what of that is done."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from statements.admin.first_day import first_day
from statements.models import Preference, User

from .. import builders

pytestmark = pytest.mark.django_db

PUT = reverse("admin:first_day")


def listed(colleague) -> dict[str, bool]:
    """The lines of somebody's list, and whether each is done."""
    page = colleague.client.get("/admin/").content.decode()
    part = re.search(r'<section class="first-day".*?</section>', page, re.DOTALL)
    rows = re.findall(r"<li>(.*?)</li>", part[0]) if part else []
    return {
        re.sub(r"<.*?>", "", row).removesuffix(" done"): "done" in row for row in rows
    }


def test_each_is_told_of_what_they_may_do_and_what_is_done(amina, petra):
    assert listed(amina) == {
        "Paste the first statement": False,
        "Confirm who said a quote": False,
        "Submit it for review": False,
    }
    assert [*listed(petra)] == [
        "Enter a spokesperson with an office",
        "Enter a resolution that you cite",
        *listed(amina),
        "Approve what a colleague wrote",
        "Send the first statement out",
    ]
    builders.make_draft(by=amina.user)
    assert listed(amina)["Paste the first statement"] is True
    assert listed(petra)["Paste the first statement"] is True


def test_what_another_desk_did_is_not_told(amina, odile):
    builders.make_draft(by=amina.user)
    assert listed(odile)["Paste the first statement"] is False


def test_it_is_gone_once_all_is_done(amina, live):
    assert listed(amina) == {}
    assert first_day(amina.user) is None


def test_an_administrator_needs_a_second_person(administrator):
    def second() -> bool:
        line = "Invite a colleague who can approve what you write"
        found = first_day(administrator).lines
        return {each.label: each.done for each in found}[line]

    assert second() is False
    builders.make_user("edna", "Author")
    assert second() is False
    edna = builders.make_user("eddy", "Editor")
    assert second() is True
    User.objects.filter(pk=edna.pk).update(is_active=False)
    assert second() is False


def test_it_is_put_away_by_each_alone_and_taken_out_again(amina, edgar):
    assert amina.client.post(PUT, {"action": "hide"})["Location"] == "/admin/"
    assert listed(amina) == {}
    assert listed(edgar) != {}
    assert "First day: 3 still to do" in amina.client.get("/admin/").content.decode()
    amina.client.post(PUT, {"action": "show"})
    assert len(listed(amina)) == 3
    assert not Preference.objects.exists()
    assert amina.client.post(PUT, {}).status_code == 400


def test_it_costs_two_queries(petra, django_assert_num_queries):
    petra.user.may("add_article")
    with django_assert_num_queries(2):
        first_day(petra.user)
