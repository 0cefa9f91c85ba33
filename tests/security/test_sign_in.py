"""Class: a password is guessed, or the sign-in page tells who has an account."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.conf import global_settings
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.contrib.sessions.models import Session
from django.test import Client, RequestFactory

from statements.admin.signing import sender
from statements.editorial import tries
from statements.models import User

pytestmark = pytest.mark.django_db

RIGHT = "a long enough sentence"


class Cheap(PBKDF2PasswordHasher):
    """The site's hasher at a hundred-thousandth of its cost."""

    algorithm = "cheap"
    iterations = 10


@pytest.fixture(autouse=True)
def _hashes_cost_little(settings):
    settings.PASSWORD_HASHERS = [f"{__name__}.Cheap"]


@pytest.fixture
def amina(author) -> User:
    author.set_password(RIGHT)
    author.save()
    return author


def sign_in(name: str, password: str, place: str = "192.0.2.1", **more):
    return Client(REMOTE_ADDR=place).post(
        "/admin/login/", {"username": name, "password": password}, **more
    )


def seen(response) -> tuple[int, str, dict[str, str]]:
    """The answer without what was typed and without the form's own keys."""
    body = re.sub(
        r'name="csrfmiddlewaretoken" value="[^"]*"|nonce="[^"]*"',
        "",
        response.content.decode(),
    )
    for name in ("amina", "gone", "odile", "nobody-here"):
        body = body.replace(f'value="{name}"', "")
    headers = {
        name: re.sub(r"nonce-[^']*", "", value)
        for name, value in response.headers.items()
        if name not in {"Content-Length", "Expires", "Last-Modified"}
    }
    return response.status_code, body, headers


def test_it_is_not_told_who_has_an_account(amina, outsider):
    gone = User.objects.create_user("gone", password=RIGHT, is_staff=True)
    User.objects.filter(pk=gone.pk).update(is_active=False)
    outsider.set_password(RIGHT)
    outsider.is_staff = False
    outsider.save()

    answers = [
        seen(sign_in("nobody-here", RIGHT)),
        seen(sign_in("amina", "wrong")),
        seen(sign_in("gone", RIGHT)),
        seen(sign_in("odile", RIGHT)),
    ]

    assert all(answer == answers[0] for answer in answers)
    assert sign_in("amina", RIGHT).status_code == 302


def test_the_sites_own_way_of_keeping_passwords_opens_to_the_right_one_alone(
    settings, author
):
    settings.PASSWORD_HASHERS = global_settings.PASSWORD_HASHERS
    author.set_password(RIGHT)
    author.save()
    author.refresh_from_db()
    way, times, _, _ = author.password.split("$")
    assert way == "pbkdf2_sha256"
    assert int(times) >= 1_000_000
    assert sign_in("amina", "wrong").status_code == 200
    assert sign_in("amina", RIGHT).status_code == 302


def hashes(monkeypatch) -> list[str]:
    """Passwords that are hashed from now on."""
    found: list[str] = []
    real = PBKDF2PasswordHasher.encode

    def encode(self, password, *args, **more):
        found.append(password)
        return real(self, password, *args, **more)

    monkeypatch.setattr(PBKDF2PasswordHasher, "encode", encode)
    return found


@pytest.mark.parametrize("name", ["amina", "nobody-here"])
def test_each_name_costs_one_hash_whether_it_exists_or_not(amina, name, monkeypatch):
    hashed = hashes(monkeypatch)
    sign_in(name, "wrong")
    assert hashed == ["wrong"]


@pytest.mark.parametrize("name", ["amina", "nobody-here"])
def test_after_ten_failures_of_a_name_nothing_is_hashed(amina, name, monkeypatch):
    for number in range(tries.MOST):
        response = sign_in(name, "wrong", f"192.0.2.{number}")
        assert "Too many tries" not in response.content.decode()
    hashed = hashes(monkeypatch)

    response = sign_in(name.upper(), RIGHT, "198.51.100.1")
    page = response.content.decode()

    assert hashed == []
    assert response.status_code == 200
    assert re.search(r"was not looked at\. Try again after \d\d:\d\d:\d\d", page)


def test_an_address_has_ten_failures_whatever_names_it_tries(amina):
    for number in range(tries.MOST):
        sign_in(f"name-{number}", "wrong", "192.0.2.9")
    assert "Too many tries" in sign_in("amina", RIGHT, "192.0.2.9").content.decode()
    assert sign_in("amina", RIGHT, "198.51.100.1").status_code == 302


def test_whoever_signs_in_has_all_tries_again(amina):
    for _ in range(2):
        for number in range(tries.MOST - 1):
            sign_in("amina", "wrong", f"192.0.2.{number}")
        assert sign_in("amina", RIGHT, "198.51.100.1").status_code == 302
    for _ in range(tries.MOST + 2):
        assert sign_in("amina", RIGHT, "198.51.100.1").status_code == 302


def test_signing_in_oneself_gives_an_address_no_new_tries(amina):
    for number in range(tries.MOST):
        sign_in(f"name-{number}", "wrong", "192.0.2.9")
        if number < tries.MOST - 1:
            assert sign_in("amina", RIGHT, "192.0.2.9").status_code == 302
    assert "Too many tries" in sign_in("other", "x", "192.0.2.9").content.decode()


def test_after_a_quarter_of_an_hour_there_are_tries_again(db):
    start = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)
    minute = dt.timedelta(minutes=1)
    for number in range(tries.MOST):
        assert tries.begin("amina", "", at=start + number * minute) is None
    again = tries.begin("amina", "", at=start + 14 * minute)
    assert again == start + tries.WINDOW
    assert tries.begin("amina", "", at=again) is None
    assert tries.begin("amina", "", at=again) == again + minute


def test_refused_tries_do_not_put_off_the_end(db):
    start = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)
    for _ in range(tries.MOST):
        tries.begin("amina", "", at=start)
    for second in range(100):
        again = tries.begin("amina", "", at=start + dt.timedelta(seconds=second))
        assert again == start + tries.WINDOW


def test_what_is_kept_names_nobody_and_is_nobodys_session(amina):
    sign_in("amina", "wrong")
    rows = list(Session.objects.all())
    assert len(rows) == 2
    for row in rows:
        kept = f"{row.session_key}{row.get_decoded()}"
        assert "amina" not in kept
        assert "192.0.2" not in kept
        assert "wrong" not in kept
        client = Client()
        client.cookies["session"] = row.session_key
        assert client.get("/admin/").status_code == 302


@pytest.mark.parametrize(
    ("remote", "forwarded", "behind", "found"),
    [
        ("192.0.2.1", "203.0.113.5", False, "192.0.2.1"),
        ("127.0.0.1", "203.0.113.5", True, "203.0.113.5"),
        # Whoever asks can send the first of two; our proxy adds the last.
        ("127.0.0.1", "198.51.100.7, 203.0.113.5", True, "203.0.113.5"),
        ("127.0.0.1", "", True, "127.0.0.1"),
        ("", "203.0.113.5", True, "203.0.113.5"),
        ("", "", False, ""),
        ("127.0.0.1", "' or 1=1", True, ""),
        ("2001:db8::1", "", False, "2001:db8::/64"),
        ("2001:db8::ffff:1", "", False, "2001:db8::/64"),
        ("::ffff:192.0.2.1", "", False, "192.0.2.1"),
    ],
)
def test_where_a_request_comes_from(settings, remote, forwarded, behind, found):
    settings.BEHIND_PROXY = behind
    request = RequestFactory(REMOTE_ADDR=remote).post(
        "/", headers={"X-Forwarded-For": forwarded} if forwarded else {}
    )
    assert sender(request) == found


def test_a_forged_sender_gives_no_new_tries(amina):
    for number in range(tries.MOST):
        sign_in(
            f"name-{number}",
            "wrong",
            "192.0.2.9",
            headers={"X-Forwarded-For": f"203.0.113.{number}"},
        )
    refused = sign_in(
        "amina", RIGHT, "192.0.2.9", headers={"X-Forwarded-For": "203.0.113.99"}
    )
    assert "Too many tries" in refused.content.decode()
