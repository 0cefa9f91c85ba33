"""Class: a token of one kind is taken for one of another kind.

What is signed or digested with the site's key is so for one purpose, which its salt
names: two uses of one salt would make each a key to the other.
"""

from __future__ import annotations

import ast
from collections import Counter
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.contrib.sessions.models import Session
from django.core import signing
from django.test import Client

from statements.editorial import tries

ROOT = Path(settings.BASE_DIR)
SIGNING = {
    "salted_hmac",
    "dumps",
    "loads",
    "Signer",
    "TimestampSigner",
    "get_signed_cookie",
    "set_signed_cookie",
}
#: Modules in which ``dumps`` and ``loads`` are others'.
OTHERS = {"json", "pickle", "marshal"}


def salts(source: str) -> list[str | None]:
    """The salt of each call that signs; None where it is not written out."""
    found: list[str | None] = []
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        owner = getattr(getattr(node.func, "value", None), "id", "")
        if name not in SIGNING or owner in OTHERS:
            continue
        given = [key.value for key in node.keywords if key.arg == "salt"]
        if name == "salted_hmac":
            given = [*given, *node.args[:1]]
        salt = given[0] if given else None
        found.append(salt.value if isinstance(salt, ast.Constant) else None)
    return found


def test_every_use_of_the_sites_key_has_a_salt_of_its_own():
    found = [
        salt
        for room in ("newsroom", "statements")
        for path in sorted((ROOT / room).rglob("*.py"))
        for salt in salts(path.read_text())
    ]
    assert "newsroom.tries" in found
    assert [salt for salt, times in Counter(found).items() if times > 1] == []
    assert all(salt and not salt.startswith("django.") for salt in found)


def test_the_search_for_salts_finds_them():
    source = "signing.dumps(x)\njson.dumps(x)\nSigner(salt='a')\nsalted_hmac('b', y)"
    assert salts(source) == [None, "a", "b"]


@pytest.mark.django_db
def test_what_is_signed_for_one_purpose_opens_nothing_else(author):
    """Each kind of token is tried as a session, as a message and as a reset."""
    session = Session.objects.encode({"_auth_user_id": str(author.pk)})
    tokens = {
        "session": session,
        "reset": default_token_generator.make_token(author),
        "plain": signing.dumps({"_auth_user_id": str(author.pk)}),
        "tries": tries._keys("amina", "192.0.2.1")[0],
    }
    assert signing.loads(session, salt="django.contrib.sessions.SessionStore")
    for kind, token in tokens.items():
        with pytest.raises(signing.BadSignature):
            signing.loads(token, salt="messages")
        if kind != "plain":
            with pytest.raises(signing.BadSignature):
                signing.loads(token)
        if kind != "reset":
            assert not default_token_generator.check_token(author, token)
        for cookie in ("session", "sessionid", "csrf", "messages"):
            client = Client()
            client.cookies[cookie] = token
            assert client.get("/admin/").status_code == 302
    assert default_token_generator.check_token(author, tokens["reset"])


def test_a_name_and_an_address_that_read_alike_are_counted_apart():
    place, name = tries._keys("192.0.2.1", "192.0.2.1")
    assert place != name
