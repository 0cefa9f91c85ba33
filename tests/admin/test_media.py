"""Files: known by their first bytes, stored under random names, never run."""

from __future__ import annotations

import html
import io
import re

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from statements.editorial import media, verbs
from statements.models import EditionMedia, MediaAsset

from ..public.hidden import make_asset

pytestmark = pytest.mark.django_db

HTML = b"<!doctype html><script>alert(document.cookie)</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
MP3 = b"ID3\x04\x00\x00\x00\x00\x00\x00" + b"\xff\xfb\x90\x00" * 64


def picture(
    encoding: str = "JPEG", size: tuple[int, int] = (40, 20), **options
) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "navy").save(out, encoding, **options)
    return out.getvalue()


def with_place() -> bytes:
    """A photograph that says where and by whom it was taken."""
    exif = Image.Exif()
    exif[0x013B] = "A. Photographer"
    exif[0x0112] = 6  # lies on its side
    return picture(exif=exif, comment=b"secret comment")


def upload(colleague, name: str, content: bytes, **fields):
    return colleague.client.post(
        reverse("admin:statements_mediaasset_add"),
        {
            "file": SimpleUploadedFile(name, content, "image/png"),
            "credit": "Harbour Board",
            "desk": colleague.user.desks.get().pk,
            **fields,
        },
    )


def test_a_picture_is_encoded_afresh_without_what_the_camera_wrote(amina):
    assert upload(amina, "pier.jpg", with_place()).status_code == 302
    asset = MediaAsset.objects.get()
    stored = asset.file.read()
    assert b"Photographer" not in stored
    assert b"secret comment" not in stored
    assert (asset.width, asset.height) == (20, 40)
    assert (asset.type, asset.content_type) == ("image", "image/jpeg")
    assert asset.size == len(stored)
    assert asset.uploaded_by == amina.user
    assert asset.credit == "Harbour Board"
    assert "pier" not in asset.file.name
    assert len(asset.key) == 32


def test_the_type_is_what_the_bytes_say(amina):
    upload(amina, "calm.mp3", MP3)
    asset = MediaAsset.objects.get()
    assert (asset.type, asset.content_type) == ("audio", "audio/mpeg")
    assert asset.duration is None


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("map.png", HTML, "is none that can be shown"),
        ("map.svg", SVG, "is none that can be shown"),
        ("map.html", HTML, "is none that can be shown"),
        ("map.png", picture("JPEG"), "is in truth of the type image/jpeg"),
        ("map.html", picture("PNG"), "is in truth of the type image/png"),
        ("map.png", picture("PNG")[:60], "cannot be read; it may be damaged"),
        ("map.png", b"", "The file is empty."),
    ],
)
def test_what_is_no_such_file_is_refused_and_the_rest_kept(
    amina, settings, name, content, sentence
):
    response = upload(amina, name, content)
    page = response.content.decode()
    assert response.status_code == 200
    assert sentence in page
    assert "Harbour Board" in page
    assert not MediaAsset.objects.exists()
    assert not [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()]


def test_sixty_megabytes_of_sound_are_too_many(amina):
    response = upload(amina, "calm.mp3", MP3 + b"\0" * (60 * media.MB))
    assert "has 60 MB; 50 MB are the most for audio" in response.content.decode()
    assert not MediaAsset.objects.exists()


def test_a_picture_that_would_fill_the_memory_is_refused(amina):
    bomb = picture("PNG", size=(7000, 6500))
    response = upload(amina, "sea.png", bomb)
    assert "40 million are the most" in response.content.decode()


@pytest.mark.parametrize(
    ("head", "found"),
    [
        (b"RIFF\0\0\0\0WEBPVP8 ", "image/webp"),
        (b"RIFF\0\0\0\0WAVEfmt ", "audio/wav"),
        (b"RIFF\0\0\0\0AVI LIST", ""),
        (b"\0\0\0\x20ftypM4A ", "audio/mp4"),
        (b"\0\0\0\x20ftypisom", "video/mp4"),
        (b"\xff\xfb\x90\x00", "audio/mpeg"),
        (b"\xff\xff\xff\xff", ""),
        (b"\xff\xfe<\0h\0t\0m\0l\0", ""),
        (b"OggS\0", "audio/ogg"),
        (b"%PDF-1.7", "application/pdf"),
        (b"GIF89a", ""),
        (b"MZ\x90", ""),
        (b"", ""),
    ],
)
def test_first_bytes(head, found):
    assert media.sniff(head) == found


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/pass wd.pdf", "pass-wd.pdf"),
        ("C:\\temp\\a<b>.pdf", "a-b-.pdf"),
        ("Überfahrt 3.pdf", "Überfahrt-3.pdf"),
    ],
)
def test_names_are_fit_for_an_address(author, given, kept):
    file = SimpleUploadedFile("x", b"%PDF-1.7 x")
    file._name = given
    asset = media.upload(file, by=author)
    assert asset.name == kept
    assert asset.get_absolute_url().startswith(f"/media/{asset.key}/")


def test_the_verb_asks_for_the_right(steward):
    with pytest.raises(PermissionDenied, match="may not upload"):
        media.upload(SimpleUploadedFile("a.pdf", b"%PDF-1.7"), by=steward)


def test_an_upload_is_attached_with_its_words(amina, ready):
    amina.send(
        ready,
        "files",
        "upload",
        file=SimpleUploadedFile("pier.png", picture("PNG")),
        role="main",
        alt="A pier in the fog.",
        caption="The pier.",
        transcript="",
    )
    use = EditionMedia.objects.get()
    assert (use.role, use.alt, use.caption) == (
        "main",
        "A pier in the fog.",
        "The pier.",
    )
    assert use.asset.desk == ready.article.desk
    page = amina.page(ready, "files")
    assert use.asset.get_absolute_url() in page
    amina.send(
        ready,
        "files",
        "words",
        asset=use.asset.key,
        role="inline",
        alt="Fog.",
        caption="",
        transcript="",
    )
    use.refresh_from_db()
    assert (use.role, use.alt) == ("inline", "Fog.")
    amina.send(ready, "files", "take", asset=use.asset.key)
    assert not EditionMedia.objects.exists()
    amina.send(ready, "files", "attach", asset=use.asset.key, role="attachment")
    assert EditionMedia.objects.get().role == "attachment"


CAPTIONS = "WEBVTT\n\n00:06.000 --> 00:09.000\nThe ferries will sail."


def test_captions_take_the_place_of_the_transcript(amina, ready):
    asset = make_asset("pier.mp3", by=amina.user)
    amina.send(ready, "files", "attach", asset=asset.key, role="main")

    def send(content: bytes):
        file = SimpleUploadedFile("pier.vtt", content, "text/vtt")
        words = {"role": "main", "transcript": "Typed.", "captions": file}
        return amina.send(ready, "files", "words", asset=asset.key, **words)

    send(b"\xef\xbb\xbf" + CAPTIONS.replace("\n", "\r\n").encode() + b"\n")
    assert EditionMedia.objects.get().transcript == CAPTIONS
    for content, told in (
        (b"", "The file is empty. Choose another."),
        (b"1\n00:06,000 --> 00:09,000\nSail.", "a WebVTT file begins with WEBVTT"),
        (b"WEBVTT\n\nNo times.", "a WebVTT file begins with WEBVTT"),
        (CAPTIONS.encode("utf-16"), "Save the captions as UTF-8."),
        (CAPTIONS.encode() + b" " * 1024 * 1024, "Captions have one megabyte at most."),
    ):
        page = html.unescape(send(content).text)
        assert told in page
        assert "Typed." in page
    assert EditionMedia.objects.get().transcript == CAPTIONS


def test_a_file_of_the_library_is_chosen_by_a_part_of_its_name(amina, odile, ready):
    pier = make_asset("pier-at-noon.mp3", by=amina.user)
    make_asset("pier-at-night.mp3", b"Owls.", by=amina.user)
    make_asset("quay.mp3", b"Gulls.", by=odile.user)
    page = amina.page(ready, "files")
    asked = re.search(r'<select name="asset"[^>]*data-offers="([^"]+)"', page)[1]
    asked = html.unescape(asked)
    found = amina.client.get(f"{asked}&q=noon").json()["results"]
    assert [(row["id"], row["text"]) for row in found] == [
        (str(pier.pk), "pier-at-noon.mp3")
    ]
    assert amina.client.get(f"{asked}&q=quay").json()["results"] == []

    def attach(**fields):
        return amina.send(ready, "files", "attach", role="main", **fields)

    for words, told in (
        ("pier", "Several have “pier”."),
        ("quay", "Nothing in the catalogue has “quay”."),
        ("", "Choose a file of the library."),
    ):
        page = attach(**{"asset-words": words}).content.decode()
        assert told in page
        assert "<title>Error: " in page
    assert not EditionMedia.objects.exists()
    attach(**{"asset-words": "noon"})
    assert EditionMedia.objects.get().asset == pier
    page = attach(asset=pier.pk).content.decode()
    assert "That file is attached already" in page


def test_a_refused_upload_attaches_nothing_and_keeps_the_words(amina, ready):
    response = amina.send(
        ready,
        "files",
        "upload",
        file=SimpleUploadedFile("pier.png", HTML),
        role="main",
        alt="A pier in the fog.",
    )
    page = response.content.decode()
    assert "is none that can be shown" in page
    assert "A pier in the fog." in page
    assert not MediaAsset.objects.exists()


def test_a_stored_file_never_changes_only_its_credit(amina):
    upload(amina, "pier.png", picture("PNG"))
    asset = MediaAsset.objects.get()
    before = asset.sha256
    amina.client.post(
        reverse("admin:statements_mediaasset_change", args=[asset.pk]),
        {
            "credit": "Another",
            "desk": asset.desk_id,
            "file": SimpleUploadedFile("other.png", picture("PNG", (9, 9))),
        },
    )
    asset.refresh_from_db()
    assert (asset.credit, asset.sha256) == ("Another", before)


def test_a_file_that_nothing_can_be_read_from_is_refused(author):
    with pytest.raises(verbs.Unusable, match="is empty"):
        media.upload(SimpleUploadedFile("a.pdf", b""), by=author)


def test_a_reviewer_reads_the_words_of_the_files_too(amina, edgar, ready):
    uploaded = SimpleUploadedFile("pier.jpg", picture())
    amina.send(ready, "files", "upload", file=uploaded, role="main", alt="A pier")
    amina.send(ready, "review", "submit")
    page = edgar.page(ready, "review")
    assert "pier.jpg" in page
    assert "Text alternative: A pier" in page
