"""Walls of the desk: another desk's drafts are answered as what never was."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.contrib import admin
from django.urls import reverse

from statements.models import Audit, Citation, Edition, EditionMedia, MediaAsset, Quote

from .. import builders
from .conftest import Colleague, address

pytestmark = pytest.mark.django_db

STEPS = ("write", "quotes", "check", "review", "publish", "files")


@pytest.fixture
def hidden(ready, author, editor, resolution) -> Edition:
    """A draft with everything in it that another desk could stumble on."""
    builders.cite(ready, "strait", resolution, by=author)
    return ready


@pytest.mark.parametrize("step", STEPS)
def test_pages_of_another_desk_are_not_found(odile, amina, hidden, step):
    assert odile.client.get(address(hidden, step)).status_code == 404
    response = odile.client.post(address(hidden, step), {"action": "save"})
    assert response.status_code == 404
    assert amina.client.get(address(hidden, step)).status_code == 200


def test_a_statement_that_is_not_there_answers_the_same(odile, hidden):
    theirs = odile.client.get(address(hidden, "write"))
    nobodys = odile.client.get("/admin/statements/article/999999/edition/1/write/")
    assert theirs.status_code == nobodys.status_code == 404
    mine = f"/article/{hidden.article_id}/".encode()
    assert theirs.content.replace(mine, b"/article/999999/") == nobodys.content


@pytest.mark.parametrize("name", ["change", "history", "delete"])
def test_stock_pages_of_another_desk_are_not_found(odile, hidden, name):
    url = reverse(f"admin:statements_article_{name}", args=[hidden.article_id])
    assert odile.client.get(url).status_code in {403, 404}
    assert hidden.title not in odile.client.get(url).content.decode()


def test_the_preview_of_another_desk_is_not_found(odile, amina, hidden):
    url = reverse("admin:statements_article_preview", args=[hidden.article_id, 1])
    assert odile.client.get(url).status_code == 404
    assert amina.client.get(url).status_code == 200


@pytest.mark.parametrize("noun", ["article", "edition", "quote", "citation"])
def test_lists_and_rows_show_only_what_the_desk_may_see(odile, amina, hidden, noun):
    row = {
        "article": hidden.article,
        "edition": hidden,
        "quote": Quote.objects.get(),
        "citation": Citation.objects.get(),
    }[noun]
    url = reverse(f"admin:statements_{noun}_changelist")
    change = reverse(f"admin:statements_{noun}_change", args=[row.pk])
    assert change in amina.client.get(url).content.decode()
    assert change not in odile.client.get(url).content.decode()
    assert odile.client.get(change).status_code == 404
    assert amina.client.get(change, follow=True).status_code == 200


@pytest.mark.parametrize("noun", ["edition", "quote", "citation"])
def test_the_record_is_only_read(amina, administrator, hidden, noun):
    row = {
        "edition": hidden,
        "quote": Quote.objects.get(),
        "citation": Citation.objects.get(),
    }[noun]
    ada = Colleague(administrator)
    for who in (amina, ada):
        for name, args in (("add", []), ("change", [row.pk]), ("delete", [row.pk])):
            url = reverse(f"admin:statements_{noun}_{name}", args=args)
            assert who.client.post(url, {"text": "x"}).status_code == 403


def test_the_audit_is_for_those_who_see_every_desk(amina, steward, administrator):
    row = Audit.objects.first()
    url = reverse("admin:statements_audit_changelist")
    change = reverse("admin:statements_audit_change", args=[row.pk])
    assert amina.client.get(url).status_code == 403
    assert amina.client.get(change).status_code in {403, 404}
    ada = Colleague(administrator)
    assert ada.client.get(url).status_code == 200
    assert ada.client.get(change).status_code == 200


def test_a_filter_is_no_oracle(odile, hidden):
    """What a list does not offer to filter by, it refuses to filter by."""
    url = reverse("admin:statements_spokesperson_changelist")
    response = odile.client.get(url, {"quotes": Quote.objects.get().pk})
    assert response.status_code in {302, 400}
    url = reverse("admin:statements_resolution_changelist")
    response = odile.client.get(url, {"citations__printed": "strait"})
    assert response.status_code in {302, 400}


def test_a_taken_address_says_nothing_of_another_desk(odile, hidden):
    response = odile.new(title=hidden.title, slug=hidden.article.slug)
    assert response.status_code == 302
    mine = Edition.objects.exclude(pk=hidden.pk).get()
    page = odile.page(mine, "write")
    assert hidden.article.slug in page
    assert mine.article.slug != hidden.article.slug
    assert Edition.objects.count() == 2


def test_a_draft_cannot_be_moved_to_a_desk_one_is_not_of(amina, hidden, culture_desk):
    response = amina.write(hidden, desk=culture_desk.pk)
    assert "Select a valid choice." in response.content.decode()
    hidden.article.refresh_from_db()
    assert hidden.article.desk != culture_desk


def test_files_of_another_desk_are_not_offered(odile, amina, hidden, strait_desk):
    asset = MediaAsset.objects.create(
        name="pier.pdf",
        type="document",
        content_type="application/pdf",
        size=1,
        sha256="0" * 64,
        file="aa/nothing",
        desk=strait_desk,
        uploaded_by=amina.user,
    )
    mine = builders.make_draft(by=odile.user)
    change = reverse("admin:statements_mediaasset_change", args=[asset.pk])
    asked = {
        "app_label": "statements",
        "model_name": "editionmedia",
        "field_name": "asset",
        "q": "pier",
    }
    offers = reverse("admin:autocomplete")
    assert "pier.pdf" not in odile.client.get(offers, asked).content.decode()
    assert "pier.pdf" in amina.client.get(offers, asked).content.decode()
    assert '<select name="asset"' not in odile.page(mine, "files")
    assert '<select name="asset"' in amina.page(hidden, "files")
    assert odile.client.get(change).status_code == 404
    response = odile.send(mine, "files", "attach", asset=asset.key, role="main")
    assert "or is not in the library." in response.content.decode()
    assert not EditionMedia.objects.exists()


def test_one_without_a_desk_sees_no_drafts_and_is_told(hidden):
    nobody = Colleague(builders.make_user("noor", "Author"))
    page = nobody.client.get("/admin/").content.decode()
    assert "You belong to no desk yet" in page
    assert hidden.title not in page


def test_visitors_are_sent_to_sign_in(client, hidden):
    for step in STEPS:
        response = client.get(address(hidden, step))
        assert response.status_code == 302
        assert "/login/" in response.url


def test_account_holders_cannot_raise_themselves(administrator, author):
    ada = Colleague(administrator)
    url = reverse("admin:statements_user_change", args=[administrator.pk])
    ada.client.post(
        url,
        {
            "username": "ada",
            "is_active": "on",
            "is_staff": "on",
            "is_superuser": "on",
            "groups": [group.pk for group in administrator.groups.all()],
        },
    )
    administrator.refresh_from_db()
    assert not administrator.is_superuser
    root = builders.make_user("root")
    root.is_superuser = True
    root.save()
    url = reverse("admin:statements_user_change", args=[root.pk])
    assert ada.client.post(url, {"username": "gone"}).status_code == 403


def test_accounts_are_deactivated_never_deleted(administrator, author):
    ada = Colleague(administrator)
    url = reverse("admin:statements_user_delete", args=[author.pk])
    assert ada.client.post(url, {"post": "yes"}).status_code == 403
    ada.client.post(
        reverse("admin:statements_user_changelist"),
        {
            "action": "deactivate",
            "_selected_action": [author.pk, administrator.pk],
        },
    )
    author.refresh_from_db()
    administrator.refresh_from_db()
    assert not author.is_active
    assert administrator.is_active


@pytest.mark.long
def test_every_filter_that_a_list_offers_is_answered(live, administrator, client):
    """A wall against questions about hidden rows once shut out the lists' own."""
    client.force_login(administrator)
    followed = 0
    for model in admin.site._registry:
        url = reverse(
            f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist"
        )
        page = client.get(url).content.decode()
        filters = page.partition('id="changelist-filter"')[2].partition("</nav>")[0]
        for link in re.findall(r'href="(\?[^"]+)"', filters):
            followed += 1
            assert client.get(url + unescape(link)).status_code == 200, url + link
    assert followed > 20
