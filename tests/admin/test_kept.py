"""What somebody typed is not lost with their session."""

from __future__ import annotations

import html
import re

import pytest
from django.test import Client
from django.urls import reverse

from statements.models import Article, DraftBuffer

from .conftest import address, filled

pytestmark = pytest.mark.django_db

FORM = {"action": "save", "title": "Ferries sail", "body": "The <b>strait</b> is calm."}


PASSWORD = "the strait is calm"


def carried(page: str, prefix: str = "") -> dict[str, str]:
    """What the hidden fields of a page hold."""
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page)
    return {
        name: html.unescape(value) for name, value in found if name.startswith(prefix)
    }


def test_a_session_that_ended_leaves_the_words_on_the_page(amina):
    amina.client.logout()
    response = amina.new(**FORM)
    assert response.status_code == 403
    page = response.content.decode()
    assert "You are signed out" in page
    assert "<p>The strait is calm.</p>" in page
    assert "<p>Ferries sail</p>" in page
    assert "no-store" in response["Cache-Control"]
    assert not Article.objects.exists()


def test_signed_in_on_that_page_the_form_opens_with_the_words(amina, draft):
    amina.user.set_password(PASSWORD)
    amina.user.save()
    form = filled(draft, amina.user) | FORM | {"writer": amina.user.pk}
    form |= {"lock_version": 0, "page": "a" * 32}
    amina.client.force_login(amina.user)
    amina.client.post(
        reverse("admin:statements_article_buffers"),
        {
            "user": amina.user.pk,
            "edition": draft.pk,
            "page": "a" * 32,
            "turn": 1,
            "title": "Ferries",
        },
    )
    amina.client.logout()
    response = amina.client.post(address(draft, "write"), form)
    kept = carried(response.content.decode())
    assert kept["next"] == address(draft, "write")
    # A wrong password loses nothing.
    login = reverse("admin:login")
    wrong = amina.client.post(
        login, kept | {"username": "amina", "password": "the strait is rough"}
    )
    assert wrong.status_code == 200
    page = wrong.content.decode()
    assert "What you typed is kept in this page" in page
    assert "is rough" not in page
    kept = carried(page, "kept.") | {"next": kept["next"]}
    right = amina.client.post(login, kept | {"username": "amina", "password": PASSWORD})
    # What the page kept by itself before is not offered beside it.
    buffer = DraftBuffer.objects.get()
    assert right.url == f"{address(draft, 'write')}?unsaved={buffer.pk}"
    page = amina.client.get(right.url).content.decode()
    assert 'value="Ferries sail"' in page
    assert "The &lt;b&gt;strait&lt;/b&gt; is calm." in page
    draft.refresh_from_db()
    assert draft.title != "Ferries sail"


def test_another_form_is_shown_once_more_to_be_sent(petra, live):
    petra.user.set_password(PASSWORD)
    petra.user.save()
    petra.client.logout()
    sent = {
        "action": "withdraw",
        "reason": "error",
        "note": "It is wrong.",
        "token": "b" * 32,
        "lock_version": "0",
        "writer": petra.user.pk,
    }
    page = petra.client.post(address(live, "publish"), sent).content.decode()
    back = petra.client.post(
        reverse("admin:login"),
        carried(page) | {"username": "petra", "password": PASSWORD},
    )
    assert back.status_code == 200
    page = back.content.decode()
    assert "<p>It is wrong.</p>" in page
    live.refresh_from_db()
    assert live.withdrawn_at is None
    again = carried(page.partition('<form method="post" action="/admin/statements')[2])
    assert again.items() >= {"action": "withdraw", "note": "It is wrong."}.items()
    assert petra.client.post(address(live, "publish"), again).status_code == 302
    live.refresh_from_db()
    assert live.withdrawn_at is not None


def test_the_words_of_one_are_not_put_into_the_form_of_another(amina, petra, draft):
    petra.user.set_password(PASSWORD)
    petra.user.save()
    client = Client()
    form = filled(draft, amina.user) | FORM | {"writer": amina.user.pk}
    page = client.post(address(draft, "write"), form).content.decode()
    back = client.post(
        reverse("admin:login"),
        carried(page) | {"username": "petra", "password": PASSWORD},
    ).content.decode()
    assert "Somebody else is signed in now" in back
    assert "You are Petra here" in back
    assert "Sign in as the one who wrote it" in back
    assert not DraftBuffer.objects.exists()


def test_a_path_that_leads_elsewhere_is_not_followed(amina):
    amina.user.set_password(PASSWORD)
    amina.user.save()
    back = Client().post(
        reverse("admin:login"),
        {
            "next": "//elsewhere.example/",
            "kept.note": "Words.",
            "username": "amina",
            "password": PASSWORD,
        },
    )
    assert "<p>Words.</p>" in back.content.decode()
    assert "elsewhere.example" not in back.content.decode()


def test_a_form_without_words_leads_to_the_sign_in():
    response = Client().post(
        reverse("admin:statements_article_add"), {"action": "save"}
    )
    assert response.status_code == 302
    assert "/admin/login/" in response["Location"]


def test_a_page_from_before_the_last_sign_in_keeps_the_words(author):
    client = Client(enforce_csrf_checks=True)
    client.force_login(author)
    response = client.post(
        reverse("admin:statements_article_add"),
        FORM,
        headers={"Sec-Fetch-Site": "same-origin"},
    )
    assert response.status_code == 403
    page = response.content.decode()
    assert "You have signed in again since this page was opened" in page
    assert "<p>The strait is calm.</p>" in page
    assert not Article.objects.exists()
    # Its button takes the words into the form, with the key of now.
    again = carried(page.partition('<form method="post" action="/admin/statements')[2])
    assert again["body"] == FORM["body"]
    back = client.post(
        reverse("admin:statements_article_add"),
        again | {"action": "again"},
    )
    page = client.get(back.url).content.decode()
    assert 'value="Ferries sail"' in page
    assert not Article.objects.exists()


def test_words_that_another_site_sent_are_not_shown(author):
    client = Client(enforce_csrf_checks=True)
    client.force_login(author)
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {}):
        response = client.post(
            reverse("admin:statements_article_add"), FORM, headers=headers
        )
        assert response.status_code == 403
        assert "Ferries sail" not in response.content.decode()


def test_a_password_is_never_shown_again():
    client = Client(enforce_csrf_checks=True)
    response = client.post(
        reverse("admin:login"),
        {"username": "amina", "password": "a-secret-of-hers"},
        headers={"Sec-Fetch-Site": "same-origin"},
    )
    assert response.status_code == 403
    assert "a-secret-of-hers" not in response.content.decode()
