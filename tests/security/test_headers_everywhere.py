"""Class: a policy that some answers do not carry is none for them.

Errors, refusals and static files are answers too, and those before the pages were
thought of are where a policy is forgotten.
"""

from __future__ import annotations

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db

PAGES = [
    ("/", 200),
    ("/nothing/", 404),
    ("/%00", 404),
    ("/healthz", 200),
    ("/admin/", 302),
    ("/admin/login/", 200),
    ("/admin/nothing/", 302),
    ("/staff/quotes/", 302),
]


def strict(response) -> bool:
    policy = response.headers.get("Content-Security-Policy", "")
    return (
        "default-src 'none'" in policy
        and "unsafe" not in policy
        and "frame-ancestors 'none'" in policy
        and response.headers.get("X-Content-Type-Options") == "nosniff"
        and response.headers.get("Cross-Origin-Resource-Policy") == "same-origin"
    )


@pytest.mark.parametrize(("path", "status"), PAGES)
def test_every_page_carries_the_policy(client, path, status):
    response = client.get(path)
    assert response.status_code == status
    assert strict(response)


def test_refusals_carry_the_policy(client):
    host = client.get("/", headers={"host": "evil.example"})
    cookie = client.get("/", headers={"cookie": 'a="\\000"'})
    method = client.post("/", {"x": "y"})
    forged = Client(enforce_csrf_checks=True).post("/admin/login/", {"x": "y"})
    assert [r.status_code for r in (host, cookie, method, forged)] == [
        400,
        400,
        405,
        403,
    ]
    assert all(map(strict, (host, cookie, method, forged)))


def test_an_error_of_ours_carries_the_policy(client, monkeypatch):
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("on purpose")

    monkeypatch.setattr("statements.public.articles.Article.objects.published", fail)
    client.raise_request_exception = False
    response = client.get("/")
    assert response.status_code == 500
    assert strict(response)
    assert b"on purpose" not in response.content


def test_static_files_carry_the_policy(settings, tmp_path):
    (tmp_path / "mark.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    settings.STATIC_ROOT = tmp_path
    response = Client().get("/static/mark.svg")
    assert response.status_code == 200
    assert strict(response)


@pytest.mark.parametrize(
    "to", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "/\\evil"]
)
def test_signing_in_leads_nowhere_else(author, to):
    author.set_password("a long enough sentence")
    author.save()
    response = Client().post(
        f"/admin/login/?next={to}",
        {"username": "amina", "password": "a long enough sentence", "next": to},
    )
    assert response.status_code == 302
    assert response.url.startswith("/admin/")
