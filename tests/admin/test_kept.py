"""What somebody typed is not lost with their session."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from statements.models import Article

pytestmark = pytest.mark.django_db

FORM = {"action": "save", "title": "Ferries sail", "body": "The <b>strait</b> is calm."}


def test_a_session_that_ended_leaves_the_words_on_the_page(amina):
    amina.client.logout()
    response = amina.new(**FORM)
    assert response.status_code == 403
    page = response.content.decode()
    assert "Nothing was saved." in page
    assert "The &lt;b&gt;strait&lt;/b&gt; is calm." in page
    assert "Ferries sail" in page
    assert "no-store" in response["Cache-Control"]
    assert not Article.objects.exists()


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
    assert "before your last sign-in" in page
    assert "The &lt;b&gt;strait&lt;/b&gt; is calm." in page
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
