"""The name, the mark and the accent of a deployment."""

from __future__ import annotations

import re

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.core.management.base import SystemCheckError

from newsroom import environment, look
from newsroom.look import Accent, Mark

# The checks of Django ask the database for its version.
pytestmark = pytest.mark.django_db

GREEN = Accent("#14532d", "#86d3a0")
MARK = Mark(b"<svg xmlns='http://www.w3.org/2000/svg'/>", "image/svg+xml")


@pytest.mark.parametrize(
    ("written", "light", "dark"),
    [
        ("#14532d,#86d3a0", "#14532d", "#86d3a0"),
        (" 14532D , #86D3A0 ", "#14532d", "#86d3a0"),
        ("#7a1f2b", "#7a1f2b", "#c49ca2"),
    ],
)
def test_an_accent_is_one_colour_or_two(monkeypatch, written, light, dark):
    monkeypatch.setenv("SITE_ACCENT", written)
    accent = environment.accent("SITE_ACCENT")
    assert accent == Accent(light, dark)
    assert look.least_contrast(accent.dark, "dark") >= 4.5


@pytest.mark.parametrize(
    "nonsense", ["red", "#12345", "#1234567", "#14532d,#86d3a0,#000000", "#14532d;}"]
)
def test_an_accent_that_is_no_colour_stops_the_start(monkeypatch, nonsense):
    monkeypatch.setenv("SITE_ACCENT", nonsense)
    with pytest.raises(ImproperlyConfigured, match=r"^SITE_ACCENT is .* Write one"):
        environment.accent("SITE_ACCENT")


@pytest.fixture
def _plain_static_files(settings):
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {
            "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        }
    }


@pytest.mark.usefixtures("_plain_static_files")
def test_without_a_setting_newsroom_has_its_own_look(monkeypatch, client):
    for name in ("SITE_ACCENT", "SITE_MARK"):
        monkeypatch.delenv(name, raising=False)
    assert environment.accent("SITE_ACCENT") is None
    assert environment.mark("SITE_MARK") is None
    for address in ("/site/mark", "/site/accent.css"):
        assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    ("accent", "told"),
    [
        (Accent("#ffcc00", "#ffcc00"), "on light pages: #ffcc00 has a contrast of 1.2"),
        (Accent("#14532d", "#14532d"), "on dark pages: #14532d has a contrast of 1.2"),
    ],
)
def test_an_accent_that_cannot_be_read_is_refused_with_one_that_can(
    settings, accent, told
):
    settings.SITE_ACCENT = accent
    with pytest.raises(SystemCheckError) as problem:
        call_command("check")
    words = str(problem.value)
    assert told in words
    scheme, better = ("light", "darker") if "light" in told else ("dark", "lighter")
    assert f"Choose a {better} colour for {scheme} pages" in words
    (offered,) = re.findall(r"can be read is (#\w{6})", words)
    assert look.least_contrast(offered, scheme) >= 4.5


def test_an_accent_that_can_be_read_passes(settings):
    settings.SITE_ACCENT = GREEN
    call_command("check")


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("mark.gif", b"GIF89a", "Name a square picture"),
        ("mark.png", b"x" * 32_769, "Give a picture of at most 32768 bytes"),
        ("gone.svg", None, "cannot be read: No such file"),
    ],
)
def test_a_mark_that_is_none_stops_the_start(
    monkeypatch, tmp_path, name, content, told
):
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    monkeypatch.setenv("SITE_MARK", str(path))
    with pytest.raises(ImproperlyConfigured, match=told):
        environment.mark("SITE_MARK")


def test_a_mark_is_read_once_at_the_start(monkeypatch, tmp_path):
    path = tmp_path / "mark.SVG"
    path.write_bytes(MARK.content)
    monkeypatch.setenv("SITE_MARK", str(path))
    assert environment.mark("SITE_MARK") == MARK


@pytest.mark.usefixtures("_plain_static_files")
def test_pages_bear_the_name_the_mark_and_the_accent(client, settings):
    settings.SITE_NAME = "The Vallorn Record"
    settings.SITE_ACCENT, settings.SITE_MARK = GREEN, MARK
    page = client.get("/about/").text
    assert "<title>About · The Vallorn Record</title>" in page
    sheets = re.findall(r'rel="stylesheet" href="([^"]+)"', page)
    (own,) = [address for address in sheets if not address.startswith("/static/")]
    answer = client.get(own)
    assert answer["Content-Type"] == "text/css; charset=utf-8"
    assert "--accent: light-dark(#14532d, #86d3a0);" in answer.text
    (mark,) = set(re.findall(r'"(/site/mark[^"]*)"', page))
    answer = client.get(mark)
    assert (answer.content, answer["Content-Type"]) == (MARK.content, "image/svg+xml")
    for address in (own, mark):
        answer = client.get(address)
        assert answer["Cache-Control"] == "public, max-age=86400"
        assert "unsafe" not in answer["Content-Security-Policy"]
        again = client.get(address, headers={"If-None-Match": answer["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert client.post(address).status_code == 405
    # Of another colour, at another address.
    settings.SITE_ACCENT = Accent("#000080", "#9cc3f5")
    assert own not in client.get("/about/").text
