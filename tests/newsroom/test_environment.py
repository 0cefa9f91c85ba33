"""Nonsense in the environment stops the start with a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from newsroom import environment


def test_zones_are_read_and_unknown_ones_refused(monkeypatch):
    monkeypatch.setenv("ELSEWHERE", "UTC, Europe/Oslo")
    assert environment.zones("ELSEWHERE", "") == ["UTC", "Europe/Oslo"]
    monkeypatch.delenv("ELSEWHERE")
    assert environment.zones("ELSEWHERE", "Asia/Tokyo") == ["Asia/Tokyo"]
    for nonsense in ("Atlantis/Port", "../UTC", "utc plus one"):
        monkeypatch.setenv("ELSEWHERE", f"UTC,{nonsense}")
        with pytest.raises(ImproperlyConfigured, match="is no time zone"):
            environment.zones("ELSEWHERE", "")


def test_a_contact_is_an_address_or_nothing(monkeypatch):
    monkeypatch.delenv("SECURITY_CONTACT", raising=False)
    assert environment.contact("SECURITY_CONTACT") == ""
    for address in ("mailto:holes@statements.example", "https://statements.example/"):
        monkeypatch.setenv("SECURITY_CONTACT", f" {address} ")
        assert environment.contact("SECURITY_CONTACT") == address
    for nonsense in ("holes@statements.example", "mailto:a@b.example\nExpires: 1"):
        monkeypatch.setenv("SECURITY_CONTACT", nonsense)
        with pytest.raises(ImproperlyConfigured, match="Write one address"):
            environment.contact("SECURITY_CONTACT")


def test_a_licence_is_an_https_address_or_nothing(monkeypatch):
    monkeypatch.delenv("SITE_LICENSE", raising=False)
    assert environment.page("SITE_LICENSE") == ""
    monkeypatch.setenv("SITE_LICENSE", " https://statements.example/licence/ ")
    assert environment.page("SITE_LICENSE") == "https://statements.example/licence/"
    for nonsense in ("CC0", "http://statements.example/", "https://a.example/ b"):
        monkeypatch.setenv("SITE_LICENSE", nonsense)
        with pytest.raises(ImproperlyConfigured, match="Write one address"):
            environment.page("SITE_LICENSE")


def smtp(url: str) -> dict[str, object]:
    return environment.mailers(url, Path("mail"))["default"]["OPTIONS"]


def test_a_mail_server_is_spoken_to_by_tls_unless_it_is_here():
    assert smtp("smtp://news%40room:p%2Fw@mail.example:2525") == {
        "host": "mail.example",
        "port": 2525,
        "username": "news@room",
        "password": "p/w",
        "use_ssl": False,
        "use_tls": True,
        "timeout": environment.MAIL_TIMEOUT,
    }
    told = [
        (url, options["use_ssl"], options["use_tls"], "port" in options)
        for url in (
            "smtps://mail.example",
            "smtp://localhost",
            "smtps://localhost:465",
            "smtp://[::1]:25",
            "smtp://mail.example?tls=0",
        )
        if (options := smtp(url))
    ]
    assert told == [
        ("smtps://mail.example", True, False, False),
        ("smtp://localhost", False, False, False),
        ("smtps://localhost:465", True, False, True),
        ("smtp://[::1]:25", False, False, True),
        ("smtp://mail.example?tls=0", False, False, False),
    ]


def test_mails_may_be_written_instead():
    assert environment.mailers("", Path("mail")) == {}
    assert environment.mailers("console:", Path("mail"))["default"] == {
        "BACKEND": "django.core.mail.backends.console.EmailBackend"
    }
    assert smtp("file:") == {"file_path": "mail"}
    assert smtp("file:///srv/mail%20box") == {"file_path": "/srv/mail box"}


@pytest.mark.parametrize(
    "nonsense",
    [
        "mail.example",
        "http://n:Zqxjkv@mail.example",
        "smtp://",
        "smtp://n:Zqxjkv@mail.example:many",
        "smtp://n:Zqxjkv@mail.example?starttls=no",
        "smtp://n:Zqxjkv@mail.example?tls=0",
        "smtp://n:Zq/xjkv@mail.example",
    ],
)
def test_a_mail_server_that_is_none_is_refused_without_its_password(nonsense):
    with pytest.raises(ImproperlyConfigured, match=r"^EMAIL_URL ") as problem:
        environment.mailers(nonsense, Path("mail"))
    assert "xjkv" not in str(problem.value)


def test_who_mails_come_from_is_an_address(monkeypatch):
    monkeypatch.delenv("MAIL_FROM", raising=False)
    assert environment.sender("MAIL_FROM", "a@b.example") == "a@b.example"
    for good in ("news@statements.example", "Newsroom <news@statements.example>"):
        monkeypatch.setenv("MAIL_FROM", good)
        assert environment.sender("MAIL_FROM", "") == good
    for wrong in ("Newsroom", "a@b.example, c@d.example", "N <a@b>\nBcc: c@d.example"):
        monkeypatch.setenv("MAIL_FROM", wrong)
        with pytest.raises(ImproperlyConfigured, match=r"^MAIL_FROM is "):
            environment.sender("MAIL_FROM", "")


def test_one_of_a_few_values_is_read_and_another_refused(monkeypatch):
    monkeypatch.delenv("SITE_LANGUAGE", raising=False)
    assert environment.one_of("SITE_LANGUAGE", ["en", "ar"]) == "en"
    monkeypatch.setenv("SITE_LANGUAGE", " ar ")
    assert environment.one_of("SITE_LANGUAGE", ["en", "ar"]) == "ar"
    monkeypatch.setenv("SITE_LANGUAGE", "Arabic")
    with pytest.raises(ImproperlyConfigured) as refused:
        environment.one_of("SITE_LANGUAGE", ["en", "ar"])
    assert str(refused.value) == "SITE_LANGUAGE is 'Arabic'. Write one of: en, ar."
