"""A colleague at the desk: a signed-in client that fills in the pages' forms."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from statements.models import Edition, Kind, User


class Colleague:
    """Opens the pages of a statement and sends their forms, as a browser would."""

    def __init__(self, user: User):
        self.user = user
        self.client = Client()
        self.client.force_login(user)

    def page(self, edition: Edition, step: str) -> str:
        response = self.client.get(address(edition, step))
        assert response.status_code == 200
        return response.content.decode()

    def send(self, edition: Edition, step: str, action: str, **fields: Any) -> Any:
        """Send a form of the page as it is drawn now; fields win over what it has."""
        page = self.page(edition, step)
        form = {
            "action": action,
            "token": hidden(page, "token"),
            "lock_version": edition_version(edition),
        }
        return self.client.post(address(edition, step), form | fields)

    def write(self, edition: Edition, **fields: Any) -> Any:
        return self.send(
            edition, "write", "save", **(filled(edition, self.user) | fields)
        )

    def new(self, **fields: Any) -> Any:
        form = {
            "action": "save",
            "token": "0" * 32,
            "title": "Pilots for the strait",
            "summary": "",
            "body": "The strait was calm.",
            "dated": "2026-03-02",
            "kind": Kind.objects.get(slug="statement").pk,
            "issuer": "",
            "language": "en",
            "desk": self.user.desks.first().pk if self.user.desks.first() else "",
            "topics": "",
            "byline": "",
            "slug": "",
        }
        return self.client.post(reverse("admin:statements_article_add"), form | fields)


def address(edition: Edition, step: str) -> str:
    return reverse(
        "admin:statements_article_step",
        args=[edition.article_id, edition.number, step],
    )


def hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    return found[1] if found else ""


def edition_version(edition: Edition) -> int:
    return Edition.objects.values_list("lock_version", flat=True).get(pk=edition.pk)


def filled(edition: Edition, user: User) -> dict[str, Any]:
    edition.refresh_from_db()
    article = edition.article
    return {
        "title": edition.title,
        "summary": edition.summary,
        "body": edition.body,
        "dated": article.dated.isoformat(),
        "kind": article.kind_id,
        "issuer": "",
        "language": article.language,
        "desk": article.desk_id or "",
        "topics": "",
        "byline": edition.byline,
        "slug": article.slug,
    }


@pytest.fixture(autouse=True)
def _static_files_as_they_lie(settings):
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {
            "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        },
    }


@pytest.fixture
def amina(author) -> Colleague:
    return Colleague(author)


@pytest.fixture
def edgar(editor) -> Colleague:
    return Colleague(editor)


@pytest.fixture
def petra(publisher) -> Colleague:
    return Colleague(publisher)


@pytest.fixture
def odile(outsider) -> Colleague:
    return Colleague(outsider)


@pytest.fixture
def stefan(steward) -> Colleague:
    return Colleague(steward)
