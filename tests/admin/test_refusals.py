"""A refusal has a page: which right is missing, whom to ask, and the way back."""

from __future__ import annotations

import pytest
from django.urls import reverse

from .. import builders
from .conftest import Colleague

pytestmark = pytest.mark.django_db


def words(page: str) -> str:
    """The page's own part, without what every page has around it."""
    return page.partition("<main")[2].partition("</main>")[0]


def test_a_verb_that_refuses_says_which_right_is_missing(amina, live):
    response = amina.send(live, "publish", "withdraw", reason="error", note="Wrong.")
    page = words(response.content.decode())
    assert response.status_code == 403
    assert "You may not withdraw statements." in page
    assert "Nothing was changed." in page
    assert "You work here as: Author." in page
    assert "an administrator" in page
    assert f'href="{reverse("admin:index")}"' in page
    assert response.headers["Cache-Control"] == "no-store"


def test_a_page_that_refuses_repeats_nothing_of_the_address(amina):
    url = reverse("admin:statements_audit_changelist")
    response = amina.client.get(url, {"q": "zinnober"})
    page = response.content.decode()
    assert response.status_code == 403
    assert "Your role does not include this." in words(page)
    assert "zinnober" not in page


def test_one_without_a_role_is_told_so(strait_desk):
    noor = Colleague(builders.make_user("noor", desk=strait_desk))
    page = words(
        noor.client.get(reverse("admin:statements_article_changelist")).content.decode()
    )
    assert "Your account has no role yet." in page


def test_a_superuser_is_not_sent_to_ask_for_rights(live):
    root = builders.make_user("root")
    root.is_superuser = True
    root.save()
    response = Colleague(root).client.get(reverse("admin:statements_quote_add"))
    page = words(response.content.decode())
    assert response.status_code == 403
    assert "Nobody does this by hand." in page
    assert "Ask a colleague" not in page


def test_a_statement_s_page_leads_on_only_those_who_read_drafts(amina, live):
    """A colleague of the desk without a role was led to the newest edition's number."""
    url = reverse("admin:statements_article_change", args=[live.article_id])
    noor = Colleague(builders.make_user("noor", desk=amina.user.desks.get()))
    assert noor.client.get(url).status_code == 403
    assert amina.client.get(url).status_code == 302
