"""Nonsense in the environment stops the start with a sentence."""

from __future__ import annotations

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
