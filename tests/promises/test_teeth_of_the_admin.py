"""What noticed nothing in the admin while a guard was missing.

Found by ``make drill-mutants``, as in ``test_teeth``.
"""

from __future__ import annotations

import pytest
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse

from statements.admin.articles import PAGES
from statements.editorial import catalogue
from statements.models import Article, Kind, User

from .. import builders
from ..admin.conftest import Colleague, address
from .test_teeth import granted

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("static_files_as_they_lie"),
]


@pytest.fixture
def noor(strait_desk):
    """One who belongs to the desk and holds no role."""
    return builders.make_user("noor", desk=strait_desk)


@pytest.mark.parametrize(
    ("noun", "action"),
    [
        ("user", "deactivate"),
        ("organization", "show"),
        ("organization", "hide"),
        ("spokesperson", "merge"),
    ],
)
def test_who_only_sees_a_list_is_offered_none_of_its_actions(
    okafor, ministry, client, administrator, noun, action
):
    url = reverse(f"admin:statements_{noun}_changelist")
    client.force_login(granted("ilja", f"view_{noun}"))
    assert f'<option value="{action}">' not in client.get(url).content.decode()
    client.force_login(administrator)
    assert f'<option value="{action}">' in client.get(url).content.decode()


def test_only_superusers_deactivate_superusers(client, administrator):
    root = builders.make_user("root")
    User.objects.filter(pk=root.pk).update(is_superuser=True)
    client.force_login(administrator)
    client.post(
        reverse("admin:statements_user_changelist"),
        {"action": "deactivate", "_selected_action": [root.pk]},
    )
    root.refresh_from_db()
    assert root.is_active


@pytest.mark.parametrize(
    ("address", "holder"),
    [
        ("auth/group/", ("view_user",)),
        ("statements/permalink/", ("view_quote",)),
        ("statements/formeraddress/", ("see_every_desk",)),
        ("statements/audit/", ("view_audit", "see_every_desk")),
    ],
)
def test_lists_of_the_record_are_for_who_may_see_it(client, address, holder):
    client.force_login(granted("noor", *holder[:-1]))
    assert client.get(f"/admin/{address}").status_code == 403
    client.force_login(granted("ilja", *holder))
    assert client.get(f"/admin/{address}").status_code == 200


def test_the_index_does_not_lead_to_permalinks(client, administrator):
    client.force_login(administrator)
    page = client.get("/admin/").content.decode()
    assert "/admin/statements/quote/" in page
    assert "/admin/statements/permalink/" not in page


def test_the_desk_shows_queues_to_those_who_read_statements(client, noor, author):
    client.force_login(noor)
    assert "With a colleague" not in client.get("/admin/").content.decode()
    client.force_login(author)
    assert "With a colleague" in client.get("/admin/").content.decode()


def test_the_desk_offers_a_new_statement_to_those_who_write(client, author):
    client.force_login(builders.make_user("ilja", "Auditor"))
    assert "New statement" not in client.get("/admin/").content.decode()
    client.force_login(author)
    assert "New statement" in client.get("/admin/").content.decode()


def test_the_way_to_a_public_page_is_for_who_may_see_the_row(
    client, ministry, noor, author
):
    kind = ContentType.objects.get_for_model(type(ministry))
    url = reverse("admin:view_on_site", args=[kind.pk, ministry.pk])
    assert "/login/" in client.get(url).url
    client.force_login(noor)
    assert client.get(url).status_code == 404
    client.force_login(author)
    assert client.get(url).url == ministry.get_absolute_url()


def test_what_stands_in_the_way_of_deleting_is_not_named(
    client, ministry, spokesperson_post, steward, culture_desk
):
    url = reverse("admin:statements_organization_delete", args=[ministry.pk])
    rights = ["delete_organization", "delete_post", "delete_othername"]
    client.force_login(granted("odile", *rights, role="Editor", desk=culture_desk))
    page = client.get(url).content.decode()
    assert "Statements or other records that use it." in page
    named = str(spokesperson_post)
    assert named not in page
    client.force_login(steward)
    assert named in client.get(url).content.decode()


def test_pages_for_staff_are_not_there_for_others(client, author):
    User.objects.filter(pk=author.pk).update(is_staff=False)
    client.force_login(author)
    assert client.get("/staff/quotes/").status_code == 404
    User.objects.filter(pk=author.pk).update(is_staff=True)
    assert client.get("/staff/quotes/").status_code == 200


def test_a_history_is_refused_alike_whether_there_is_a_row_or_none(
    client, ministry, noor, author
):
    name = "admin:statements_organization_history"
    there, not_there = (reverse(name, args=[key]) for key in (ministry.pk, 999999))
    client.force_login(noor)
    assert client.get(there).status_code == client.get(not_there).status_code == 403
    client.force_login(author)
    assert client.get(there).status_code == 200


def test_the_account_of_the_system_is_not_edited(client, administrator, system):
    client.force_login(administrator)
    page = client.get(reverse("admin:statements_user_changelist")).text
    addresses = [
        reverse("admin:statements_user_change", args=[row.pk])
        for row in (administrator, system)
    ]
    assert [address in page for address in addresses] == [True, False]
    assert client.get(addresses[1]).status_code == 404


def test_who_was_merged_is_not_offered_by_typing(client, administrator, okafor, system):
    twin = builders.make_person("Ilse Okafor-Berg", by=system)
    client.force_login(administrator)
    question = {
        "term": "Okafor",
        "app_label": "statements",
        "model_name": "appointment",
        "field_name": "person",
    }

    def found() -> set[str]:
        answer = client.get(reverse("admin:autocomplete"), question)
        return {row["text"] for row in answer.json()["results"]}

    assert found() == {"Ilse Okafor", "Ilse Okafor-Berg"}
    catalogue.merge(twin, okafor, by=administrator)
    assert found() == {"Ilse Okafor"}


def test_a_new_statement_is_for_those_who_write(client, author):
    url = reverse("admin:statements_article_add")
    client.force_login(builders.make_user("ilja", "Auditor"))
    assert client.get(url).status_code == 403
    client.force_login(author)
    assert client.get(url).status_code == 200


def test_a_new_statement_of_one_desk_has_a_desk(client, author, administrator):
    form = {
        "action": "save",
        "token": "0" * 32,
        "title": "Pilots",
        "body": "The strait was calm.",
        "dated": "2026-03-02",
        "kind": Kind.objects.get(slug="statement").pk,
        "language": "en",
        "desk": "",
    }
    url = reverse("admin:statements_article_add")
    client.force_login(author)
    assert "Choose the desk" in client.post(url, form).text
    assert not Article.objects.exists()
    client.force_login(administrator)
    assert client.post(url, form).status_code == 302


def test_an_author_is_told_whom_to_ask_for_a_resolution_or_a_topic(draft, author):
    """On the page, with all that was typed: the verbs would only refuse."""
    amina = Colleague(author)
    words = {"cite-words": "The ferries", "cite-reference": "S/RES/2573 (2021)"}
    page = amina.send(draft, "quotes", "cite", **words).text
    assert "is not in the catalogue yet. Ask an editor to add it." in page
    page = amina.write(draft, topics="Pilotage", byline="By the desk").text
    assert "There is no topic “Pilotage” yet." in page
    assert "By the desk" in page


def test_a_stranger_is_asked_to_sign_in_at_each_page_of_a_statement(
    client, draft, author
):
    assert set(PAGES) >= {"write", "quotes", "check", "review", "publish"}
    for step in PAGES:
        url = address(draft, step)
        client.logout()
        assert client.get(url).url == f"{reverse('admin:login')}?next={url}"
        client.force_login(author)
        assert client.get(url)["Cache-Control"].count("no-store") == 1
