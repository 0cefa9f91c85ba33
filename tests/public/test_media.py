"""Files: whole, in part, or as if there were none."""

from __future__ import annotations

import pytest
from django.db import connection

from statements.editorial import editions
from statements.models import MediaAsset

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
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
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
    assert "sandbox" in response["Content-Security-Policy"]
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


def test_a_file_of_a_withdrawn_statement_is_hidden_again(client, sound, withdraw):
    use = sound.uses.get()
    withdraw(use.edition.article)
    assert client.get(sound.get_absolute_url()).status_code == 404


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
