"""Class: a policy that some answers do not carry is none for them.

Errors, refusals and static files are answers too, and those before the pages were
thought of are where a policy is forgotten.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from statements.editorial import inviting
from statements.models import PreviewLink

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
    ("/staff/quotes/counts/", 302),
    ("/staff/quotes/names/", 302),
    ("/staff/quote-check/", 302),
    ("/staff/folders/", 302),
]

#: What a preview is asked for beside the two that have to do with frames.
ASKED = ("", "?colours=dark", "?screen=nothing")
STEPS = ("write", "quotes", "check", "review", "publish", "files", "compare")


def policy_of(response) -> dict[str, str]:
    policy = response.headers.get("Content-Security-Policy", "")
    parts = (part.strip().partition(" ") for part in policy.split(";"))
    return {name: value for name, _, value in parts}


def strict(response) -> bool:
    policy = policy_of(response)
    return (
        policy.get("default-src") == "'none'"
        and "unsafe" not in str(policy)
        and policy.get("frame-ancestors") == "'none'"
        and "frame-src" not in policy
        and response.headers.get("X-Frame-Options", "DENY") == "DENY"
        and response.headers.get("X-Content-Type-Options") == "nosniff"
        and response.headers.get("Cross-Origin-Resource-Policy") == "same-origin"
    )


@pytest.mark.parametrize(("path", "status"), PAGES)
def test_every_page_carries_the_policy(client, path, status):
    response = client.get(path)
    assert response.status_code == status
    assert strict(response)


def test_one_page_alone_may_stand_in_a_frame(seen, secret, okafor, editor):
    """The preview within the frame of a phone, which only our own preview may hold."""
    desk, guest = Client(), Client()
    desk.force_login(editor)
    made = inviting.invite(secret.edition, by=editor, name="Ida", days=3, asks=True)
    at = [secret.article.pk, secret.edition.number]
    previews = (
        (desk, reverse("admin:statements_article_preview", args=at)),
        (guest, PreviewLink.address(made.token)),
    )
    public = (
        "/",
        "/statements/",
        "/search/?q=sail",
        seen.article.get_absolute_url(),
        seen.quotes.get().get_absolute_url(),
        okafor.get_absolute_url(),
    )
    others = [
        *((guest, page) for page in public),
        *((who, path + asked) for who, path in previews for asked in ASKED),
        *(
            (desk, reverse("admin:statements_article_step", args=[*at, step]))
            for step in STEPS
        ),
    ]
    for who, path in others:
        for query in ("", "screen=Frame", "x=frame"):
            mark = "&" if "?" in path else "?"
            response = who.get(f"{path}{mark}{query}" if query else path)
            assert response.status_code == 200, path
            assert strict(response), path
    # A form that comes back stands by itself, whatever its address asks for.
    refused = guest.post(previews[1][1] + "?screen=frame", {"answer": "object"})
    assert refused.status_code == 409
    assert strict(refused)
    for who, path in previews:
        whole = policy_of(who.get(path))
        inside = who.get(f"{path}?screen=frame")
        holder = who.get(f"{path}?screen=phone")
        for response in (inside, holder):
            assert response.status_code == 200
            assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert inside.headers["X-Frame-Options"] == "SAMEORIGIN"
        assert policy_of(inside) == whole | {"frame-ancestors": "'self'"}
        assert holder.headers["X-Frame-Options"] == "DENY"
        assert policy_of(holder) == whole | {"frame-src": "'self'"}
    # Who is not told of the draft is told nothing by the frame either.
    closed = guest.get(f"{previews[0][1]}?screen=frame")
    assert closed.status_code == 302
    assert strict(closed)


def test_a_quote_alone_may_stand_in_a_frame_of_others(client, pages):
    """And of it only the page that is made for that, for which there is an address."""
    framed = [page for page in pages if page.endswith("/embed/")]
    assert len(framed) == 1
    for page in pages:
        response = client.get(page)
        policy = policy_of(response)
        if page in framed:
            assert policy == {
                "default-src": "'none'",
                "style-src": "'self'",
                "font-src": "'self'",
                "base-uri": "'none'",
                "form-action": "'none'",
                "frame-ancestors": "*",
            }
            assert "X-Frame-Options" not in response
            assert not response.cookies
        else:
            # A file has a policy of its own, which holds no frame either.
            file = page.startswith("/media/")
            assert file or policy.get("frame-ancestors") == "'none'", page
            assert response.headers.get("X-Frame-Options") == "DENY", page
    missing = client.get("/quotes/0000000000/embed/")
    assert missing.status_code == 404
    assert strict(missing)


def test_no_other_module_loosens_the_policy():
    root = Path(__file__).parents[2]
    loosening = re.compile(
        r"csp_override|_csp_config|xframe_options|X-Frame-Options|X_FRAME|frame-(?:src|an)"
    )
    found = {
        str(path.relative_to(root))
        for folder in ("newsroom", "statements")
        for path in (root / folder).rglob("*.py")
        if loosening.search(path.read_text())
    }
    # A page that is kept hands on what it was given.
    assert found == {
        "newsroom/framing.py",
        "newsroom/settings.py",
        "statements/public/kept.py",
    }


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

    monkeypatch.setattr("statements.public.front.linking.home", fail)
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
