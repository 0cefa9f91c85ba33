"""Files: whole, in part, or as if there were none."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from django.core.files.base import ContentFile, File
from django.db import connection
from PIL import Image

from statements.editorial import drawing, editions, media, redacting, renditions
from statements.models import MediaAsset, Rendering

from ..builders import make_user, review_and_publish
from .hidden import make_asset

pytestmark = pytest.mark.django_db

SOUND = b"The sound of ferries."


@pytest.fixture
def sound(public) -> MediaAsset:
    """A file of a live edition."""
    return public.editions.get().media.get().asset


@pytest.fixture
def embargoed(draft, author, strait_desk) -> MediaAsset:
    """A file of a draft."""
    asset = make_asset(
        "plan.pdf", b"%PDF plan", "application/pdf", "document", by=author
    )
    asset.desk = strait_desk
    asset.save()
    editions.attach(draft, asset, by=author)
    return asset


def content(response) -> bytes:
    return b"".join(response) if response.streaming else response.content


def test_a_public_file_is_streamed_with_its_type(client, sound):
    response = client.get(sound.get_absolute_url())
    assert response.status_code == 200
    assert content(response) == SOUND
    assert response["Content-Type"] == "audio/mpeg"
    assert response["Content-Length"] == str(len(SOUND))
    assert response["Content-Disposition"] == 'inline; filename="ferries-2.mp3"'
    assert response["X-Content-Type-Options"] == "nosniff"
    policy = "default-src 'none'; media-src 'self'; sandbox allow-same-origin"
    assert response["Content-Security-Policy"] == policy
    assert response["Cache-Control"].startswith("public, max-age=0, s-maxage=")
    assert response["ETag"] == f'"{sound.sha256}"'
    assert "Vary" not in response
    assert not response.cookies


@pytest.mark.parametrize(
    ("asked", "part", "which"),
    [
        ("bytes=0-2", b"The", "bytes 0-2/21"),
        ("bytes=4-", b"sound of ferries.", "bytes 4-20/21"),
        ("bytes=4-999", b"sound of ferries.", "bytes 4-20/21"),
        ("bytes=-8", b"ferries.", "bytes 13-20/21"),
        ("bytes=-999", SOUND, "bytes 0-20/21"),
    ],
)
def test_a_part_is_answered_with_that_part(client, sound, asked, part, which):
    response = client.get(sound.get_absolute_url(), headers={"Range": asked})
    assert response.status_code == 206
    assert content(response) == part
    assert response["Content-Range"] == which
    assert response["Content-Length"] == str(len(part))


@pytest.mark.parametrize("asked", ["bytes=21-", "bytes=500-600", "bytes=-0"])
def test_a_part_outside_the_file_is_refused(client, sound, asked):
    response = client.get(sound.get_absolute_url(), headers={"Range": asked})
    assert response.status_code == 416
    assert response["Content-Range"] == "bytes */21"
    assert content(response) == b""


@pytest.mark.parametrize(
    "asked", ["bytes=5-2", "bytes=0-1,4-5", "words=0-1", "bytes=-", "bytes=٠-١", ""]
)
def test_what_cannot_be_read_as_a_part_gives_the_whole(client, sound, asked):
    response = client.get(sound.get_absolute_url(), headers={"Range": asked})
    assert (response.status_code, content(response)) == (200, SOUND)


def test_a_part_of_another_version_gives_the_whole(client, sound):
    response = client.get(
        sound.get_absolute_url(), headers={"Range": "bytes=0-2", "If-Range": '"other"'}
    )
    assert (response.status_code, content(response)) == (200, SOUND)
    response = client.get(
        sound.get_absolute_url(),
        headers={"Range": "bytes=0-2", "If-Range": f'"{sound.sha256}"'},
    )
    assert (response.status_code, content(response)) == (206, b"The")


def test_a_file_that_has_not_changed_is_not_sent_again(client, sound):
    response = client.get(
        sound.get_absolute_url(), headers={"If-None-Match": f'W/"{sound.sha256}"'}
    )
    assert (response.status_code, content(response)) == (304, b"")


def test_head_gives_the_headers_alone(client, sound):
    response = client.head(sound.get_absolute_url())
    assert response.status_code == 200
    assert response["Content-Length"] == "21"
    assert content(response) == b""


def behind_the_guard(**values: str) -> None:
    """What no upload lets in, in the row of a published file."""
    with connection.cursor() as cursor:
        # Events that wait for the end of the transaction forbid ALTER TABLE.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE media_asset DISABLE TRIGGER guard")
        MediaAsset.objects.update(**values)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE media_asset ENABLE TRIGGER guard")


@pytest.mark.parametrize(
    ("content_type", "disposition"),
    [
        ("image/png", "inline"),
        ("video/mp4", "inline"),
        ("application/pdf", "inline"),
        ("image/svg+xml", "attachment"),
        ("text/html", "attachment"),
        ("application/vnd.ms-excel", "attachment"),
    ],
)
def test_only_what_runs_nothing_opens_in_the_browser(
    client, sound, content_type, disposition
):
    behind_the_guard(content_type=content_type)
    response = client.get(sound.get_absolute_url())
    assert response["Content-Disposition"].split(";")[0] == disposition
    assert response["Content-Type"] == content_type
    policy = "default-src 'none'; sandbox"
    if content_type == "video/mp4":
        policy = "default-src 'none'; media-src 'self'; sandbox allow-same-origin"
    assert response["Content-Security-Policy"] == policy
    assert response["X-Content-Type-Options"] == "nosniff"


def test_a_type_that_is_none_becomes_bytes(client, sound):
    behind_the_guard(content_type="text/html\r\nSet-Cookie: a=b")
    response = client.get(sound.get_absolute_url())
    assert response["Content-Type"] == "application/octet-stream"


def answer(client, address, method="get", **headers):
    response = getattr(client, method)(address, headers=headers)
    kept = {
        name: value
        for name, value in response.headers.items()
        if name != "Content-Length"
    }
    return response.status_code, kept, response.content.replace(address.encode(), b"")


@pytest.mark.parametrize("method", ["get", "head"])
@pytest.mark.parametrize(
    "asking",
    [{}, {"Range": "bytes=0-3"}, {"Range": "bytes=999-"}, "etag"],
    ids=["plain", "part", "outside", "etag"],
)
def test_a_hidden_file_answers_as_if_there_were_none(
    client, embargoed, outsider, method, asking
):
    if asking == "etag":
        asking = {"If-None-Match": f'"{embargoed.sha256}"'}
    missing = f"/media/{'0' * 32}/plan.pdf"
    other_desk = type(client)()
    other_desk.force_login(outsider)
    for reader in (client, other_desk):
        given = answer(reader, embargoed.get_absolute_url(), method, **asking)
        assert given == answer(reader, missing, method, **asking)
        assert given[0] == 404


def test_a_guessed_name_of_a_public_file_is_not_found(client, sound):
    address = sound.get_absolute_url().replace("ferries-2", "ferries-3")
    assert client.get(address).status_code == 404


@pytest.mark.staff
def test_staff_of_the_desk_see_a_file_before_the_public_and_nobody_keeps_it(
    client, embargoed, author, editor, administrator
):
    for user in (author, editor, administrator):
        client.force_login(user)
        response = client.get(embargoed.get_absolute_url())
        assert response.status_code == 200
        assert content(response) == b"%PDF plan"
        assert response["Cache-Control"] == "private, no-store"
        assert response["Vary"] == "Cookie"


@pytest.mark.staff
def test_whoever_uploaded_a_file_sees_it_on_any_desk(client, outsider, strait_desk):
    asset = make_asset(by=outsider, desk=strait_desk)
    client.force_login(outsider)
    assert client.get(asset.get_absolute_url()).status_code == 200


@pytest.mark.staff
def test_who_is_not_staff_any_more_sees_nothing(client, embargoed, strait_desk):
    user = make_user("former", "Editor", desk=strait_desk)
    client.force_login(user)
    assert client.get(embargoed.get_absolute_url()).status_code == 200
    user.is_staff = False
    user.save()
    assert client.get(embargoed.get_absolute_url()).status_code == 404


def test_a_scheduled_file_is_hidden_and_a_published_one_is_not(
    client, embargoed, ready, editor, publisher, tomorrow
):
    address = embargoed.get_absolute_url()
    ready.refresh_from_db()
    review_and_publish(ready, editor=editor, publisher=publisher, at=tomorrow)
    assert client.get(address).status_code == 404
    assert MediaAsset.objects.public(tomorrow).get() == embargoed


def test_a_file_of_a_withdrawn_statement_is_gone_and_tells_why(
    client, sound, withdraw, author, editor, publisher
):
    article = sound.uses.get().edition.article
    withdraw(article)
    page = client.get(article.get_absolute_url())
    for address in (sound.get_absolute_url(), f"/media/{sound.key}/another.name"):
        response = client.get(address)
        assert response.status_code == page.status_code == 410
        assert response.text == page.text.replace(article.get_absolute_url(), address)
        assert response["Cache-Control"].startswith("public, max-age=0, s-maxage=")
        assert client.head(address).status_code == 410
    # Out again without the file, the statement has nothing to tell of it.
    edition = editions.begin(article, by=author, change="minor")
    editions.detach_media(edition.media.get(), by=author)
    edition.refresh_from_db()
    review_and_publish(edition, editor=editor, publisher=publisher)
    assert client.get(article.get_absolute_url()).status_code == 200
    assert client.get(sound.get_absolute_url()).status_code == 404


def test_a_file_that_a_later_edition_left_out_is_not_found(
    client, public, sound, author, editor, publisher
):
    edition = editions.begin(public, by=author, change="minor")
    editions.detach_media(edition.media.get(), by=author)
    edition.refresh_from_db()
    review_and_publish(edition, editor=editor, publisher=publisher)
    assert client.get(sound.get_absolute_url()).status_code == 404


def drawn_picture(width: int, height: int) -> File:
    out = io.BytesIO()
    Image.new("RGB", (width, height), "#1d4e89").save(out, "JPEG")
    return ContentFile(out.getvalue(), name="strait.jpg")


def test_a_picture_is_sent_in_the_size_that_fits(
    client, public, author, editor, publisher
):
    asset = media.upload(drawn_picture(1000, 500), by=author, credit="Harbour office")
    address = asset.get_absolute_url()
    assert client.get(f"{address}?w=480").status_code == 404
    edition = editions.begin(public, by=author, change="minor")
    editions.attach(edition, asset, by=author, alt="A blue strait")
    edition.refresh_from_db()
    review_and_publish(edition, editor=editor, publisher=publisher)
    page = client.get(public.get_absolute_url()).text
    assert (
        f'<img src="{address}" srcset="{address}?w=480 480w, {address}?w=720 720w, '
        f'{address} 1000w" sizes="(max-width: 41rem) 92vw, 38rem" alt="A blue strait" '
        'width="1000" height="500" loading="lazy" decoding="async">'
    ) in page
    assert "Harbour office" in page

    def size(query: str) -> tuple[int, int]:
        response = client.get(f"{address}{query}")
        assert response["Content-Type"] == "image/jpeg"
        tag = {"If-None-Match": response["ETag"]}
        assert client.get(f"{address}{query}", headers=tag).status_code == 304
        return Image.open(io.BytesIO(content(response))).size

    asked = ["", "?w=480", "?w=720", "?w=1440", "?w=48", "?w=", "?w=-480"]
    found = [size(query) for query in asked]
    assert found == [(1000, 500), (480, 240), (720, 360), *[(1000, 500)] * 4]
    # What was lost is made again; until then the whole picture stands for it.
    asset.file.storage.delete(asset.rendition(720))
    assert size("?w=720") == (1000, 500)
    assert [renditions.missing(), renditions.make(asset), renditions.missing()] == [
        [asset],
        1,
        [],
    ]
    assert size("?w=720") == (720, 360)


def test_a_picture_that_was_removed_by_law_leaves_no_smaller_copy(author):
    asset = media.upload(drawn_picture(1000, 500), by=author)
    folder = Path(asset.file.path).parent
    assert len(list(folder.iterdir())) == 3
    MediaAsset.objects.filter(pk=asset.pk).update(size=0)
    redacting.sweep()
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("kept", [True, False], ids=["kept", "drawn anew"])
def test_quotes_and_turns_lead_to_their_time_in_the_recording(
    client, public, sound, author, editor, publisher, kept
):
    edition = editions.begin(public, by=author, change="minor")
    editions.attach(
        edition,
        sound,
        by=author,
        transcript="[0:06] Moderator: Bells.\n[1:02:07] Okafor: We recall UNSCR 2417 in"
        " hour 2.",
    )
    edition.refresh_from_db()
    review_and_publish(edition, editor=editor, publisher=publisher)
    if not kept:
        Rendering.objects.all().delete()
    page = client.get(public.get_absolute_url()).text
    address = sound.get_absolute_url()
    assert re.findall(rf'<a [^>]*href="{address}(#t=.*?)</a>', page) == [
        '#t=6" aria-label="Listen from 0:06">0:06',
        '#t=3727" aria-label="Listen from 1:02:07">1:02:07',
        '#t=3727">Listen from 1:02:07',
    ]
    # What is kept of the former edition tells no time, as it told none.
    assert [one for one in drawing.compare() if one[2] and one[1] != one[2]] == []


def test_a_film_has_its_captions_while_they_are_public(
    client, public, author, editor, publisher, withdraw
):
    film = make_asset("pier.mp4", b"Film.", "video/mp4", "video", by=author)
    vtt = "WEBVTT\n\n00:06.000 --> 00:09.000\n<v Okafor>Bells."
    edition = editions.begin(public, by=author, change="minor")
    editions.attach(edition, film, by=author, transcript=vtt)
    address = f"{film.get_absolute_url()}?captions={edition.pk}"
    assert client.get(address).status_code == 404
    edition.refresh_from_db()
    review_and_publish(edition, editor=editor, publisher=publisher)
    track = f'<track kind="captions" src="{address}" srclang="en" label="Captions"'
    page = client.get(public.get_absolute_url()).text
    assert f"{track} default></video>" in page
    assert page.count("<track") == 1
    response = client.get(address)
    assert (response.status_code, response.text) == (200, vtt)
    assert response["Content-Type"] == "text/vtt; charset=utf-8"
    # Of a recording whose transcript is no captions, or of another edition, none.
    sound = edition.media.exclude(asset=film).get().asset
    for other in (
        f"{sound.get_absolute_url()}?captions={edition.pk}",
        f"{film.get_absolute_url()}?captions={public.editions.first().pk}",
        f"{film.get_absolute_url()}?captions=",
        f"{film.get_absolute_url()}?captions={'9' * 40}",
    ):
        assert client.get(other).status_code == 404
    withdraw(public)
    assert client.get(address).status_code == 410


def test_a_missing_file_is_not_found_and_logged(client, sound, caplog):
    sound.file.storage.delete(sound.file.name)
    assert client.get(sound.get_absolute_url()).status_code == 404
    assert f"media {sound.pk} is missing" in caplog.text


def test_a_name_in_any_script_keeps_its_address(client, sound):
    behind_the_guard(name="Fähre 50%/تصريح.mp3")
    sound.refresh_from_db()
    response = client.get(sound.get_absolute_url())
    assert response.status_code == 200
    assert "filename*=utf-8''F%C3%A4hre" in response["Content-Disposition"]
