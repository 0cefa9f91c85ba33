"""Class: a file fills the disk or the memory, or its name writes where it likes."""

from __future__ import annotations

import pathlib
import resource

import pytest
from django.conf import settings as project
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from newsroom import uploads
from statements.editorial import media
from statements.models import MediaAsset

from ..admin.conftest import Colleague
from ..admin.test_media import MP3, picture, upload

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.7 x"


@pytest.fixture
def written(settings, tmp_path) -> pathlib.Path:
    """Where files of requests are written; each is kept for a look at it."""
    folder = tmp_path / "uploads"
    folder.mkdir()
    settings.FILE_UPLOAD_TEMP_DIR = str(folder)
    return folder


@pytest.fixture
def bytes_written(monkeypatch) -> list[int]:
    """How many bytes of files each request wrote to the disk."""
    found: list[int] = []
    real = uploads.BoundedUpload.upload_complete

    def complete(self):
        found.append(self.kept)
        return real(self)

    monkeypatch.setattr(uploads.BoundedUpload, "upload_complete", complete)
    return found


def test_the_bound_is_the_most_that_any_kind_may_have():
    assert max(media.LIMITS.values()) == project.UPLOAD_MOST
    assert project.FILE_UPLOAD_HANDLERS == ["newsroom.uploads.BoundedUpload"]


def test_no_more_than_the_bound_is_written_and_the_rest_is_kept(
    author, settings, written, bytes_written
):
    settings.UPLOAD_MOST = 60 * media.MB
    amina = Colleague(author)
    response = upload(amina, "calm.mp3", MP3 + b"\0" * (70 * media.MB))
    page = response.content.decode()
    assert "has 70 MB; 50 MB are the most for audio" in page
    assert "Harbour Board" in page
    assert bytes_written == [60 * media.MB]
    assert not MediaAsset.objects.exists()


def test_a_cut_file_is_never_stored(author, settings):
    """Whatever the bound is: a file that was cut has the size it had."""
    settings.UPLOAD_MOST = 100
    amina = Colleague(author)
    response = upload(amina, "calm.mp3", MP3)
    assert "is larger than can be taken at once" in response.content.decode()
    assert not MediaAsset.objects.exists()


def test_many_files_share_the_bound(author, settings, bytes_written):
    settings.UPLOAD_MOST = 1000
    Colleague(author).client.post(
        reverse("admin:statements_mediaasset_add"),
        {f"file{n}": SimpleUploadedFile("a.pdf", PDF * 50) for n in range(9)},
    )
    assert bytes_written == [1000]


def test_more_files_than_any_form_has_are_refused(author):
    response = Colleague(author).client.post(
        reverse("admin:statements_mediaasset_add"),
        {f"file{n}": SimpleUploadedFile("a.pdf", PDF) for n in range(11)},
    )
    assert response.status_code == 400


@pytest.mark.parametrize("path", ["/admin/login/", "/admin/", "/", "/search/"])
def test_who_is_not_signed_in_writes_nothing(db, path, bytes_written):
    client = Client(enforce_csrf_checks=True)
    client.cookies["csrf"] = "a" * 32
    client.post(path, {"file": SimpleUploadedFile("a.mp3", MP3 * 100)})
    assert not any(bytes_written)


def test_a_picture_is_measured_before_it_is_unpacked(author):
    """45 million pixels in some hundred kilobytes: unpacked, they would be 136 MB."""
    bomb = picture("PNG", (7000, 6500))
    amina = Colleague(author)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    page = upload(amina, "sea.png", bomb).content.decode()
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert "40 million are the most" in page
    assert grown < 60 * 1024  # in kilobytes


NAMES = [
    "../../../etc/cron.d/evil.pdf",
    "..\\..\\windows\\evil.pdf",
    "/etc/passwd.pdf",
    "C:\\evil.pdf",
    "....//....//evil.pdf",
    "%2e%2e%2fevil.pdf",
    "a\0b.pdf",
    "<img src=x onerror=alert(1)>.pdf",
    '"><script>alert(1)</script>.pdf',
    "evil\r\nSet-Cookie: a=b.pdf",
    "\u202efdp.exe.pdf",
    "x" * 300 + ".pdf",
    ".htaccess.pdf",
    "-rf.pdf",
    "~root.pdf",
    "con.pdf",
    "a;b|c`d$(e).pdf",
    "{{7*7}}{%include x%}.pdf",
]


@pytest.mark.parametrize("given", NAMES)
def test_a_hostile_name_writes_nowhere_else_and_is_shown_as_text(
    author, settings, tmp_path, given
):
    around = {path for path in tmp_path.rglob("*") if path.is_file()}
    file = SimpleUploadedFile("x.pdf", PDF)
    file._name = given
    asset = media.upload(file, by=author, desk=author.desks.get())

    key = asset.key
    stored = {path for path in tmp_path.rglob("*") if path.is_file()} - around
    assert stored == {settings.MEDIA_ROOT / key[:2] / key}
    assert not set(asset.name) & set("/\\<>\"'&\r\n\0\u202e;|`$(){}%")
    assert not asset.name.startswith((".", "-"))
    page = Colleague(author).client.get(
        reverse("admin:statements_mediaasset_change", args=[asset.pk])
    )
    assert escape(asset.name) in page.content.decode()
    if "<" in given:
        assert given not in page.content.decode()


@pytest.mark.parametrize("given", [n for n in NAMES if "\0" not in n])
def test_a_hostile_name_sent_by_a_form_writes_nowhere_else(author, tmp_path, given):
    file = SimpleUploadedFile("x.pdf", PDF)
    file._name = given
    around = {path for path in tmp_path.rglob("*") if path.is_file()}
    response = Colleague(author).client.post(
        reverse("admin:statements_mediaasset_add"),
        {"file": file, "credit": "", "desk": author.desks.get().pk},
    )
    assert response.status_code < 500
    stored = {path for path in tmp_path.rglob("*") if path.is_file()} - around
    kept = {asset.file.path for asset in MediaAsset.objects.all()}
    assert {str(path) for path in stored} == kept


def test_a_guess_finds_no_file(author, client):
    """Keys are of 128 bits from the system's source of randomness, so none repeats."""
    made = [
        media.upload(SimpleUploadedFile("plan.pdf", PDF), by=author) for _ in range(20)
    ]
    keys = {asset.key for asset in made}
    assert len(keys) == 20
    assert all(len(key) == 32 and int(key, 16) for key in keys)
    # Every sign takes every value somewhere: no part of a key is the same for all.
    assert all(len({key[place] for key in keys}) > 3 for place in range(32))
    asset = made[0]
    near = [f"{int(asset.key, 16) + step:032x}" for step in range(-50, 51) if step]
    guesses = [
        *(f"/media/{key}/plan.pdf" for key in near),
        *(f"/media/{n:032x}/plan.pdf" for n in range(50)),
        f"/media/{asset.sha256[:32]}/plan.pdf",
        f"/media/{asset.pk}/plan.pdf",
        "/media/plan.pdf",
        f"/media/{asset.key}/",
        f"/media/{asset.key[:2]}/{asset.key}",
        f"/static/../media/{asset.key[:2]}/{asset.key}",
    ]
    assert {client.get(guess).status_code for guess in guesses} <= {301, 404}
    assert client.get(asset.get_absolute_url()).status_code == 404
