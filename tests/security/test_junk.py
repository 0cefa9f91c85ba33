"""Class: what nobody would send, and what no database can hold, is an error of ours.

Every answer to junk is a page, a redirect or a refusal, never a 500: those wake people
up, hide real errors, and show that input got further than it should.
"""

from __future__ import annotations

import random

import pytest
from django.test import Client
from django.urls import reverse

from ..admin.conftest import Colleague

pytestmark = pytest.mark.django_db

BIG = "9" * 30
HALF = "%ED%A0%80"
KEY = "a" * 32


def answer(client: Client, path: str, **more) -> int:
    client.raise_request_exception = False
    return client.get(path, **more).status_code


@pytest.mark.parametrize(
    "path",
    [
        f"/media/{KEY}/%00",
        f"/media/{KEY}/{HALF}",
        "/resolutions/S/RES/%00",
        "/resolutions/?ref=%00",
        "/people/?after=a%00.1",
        f"/people/?before={HALF}.1",
        f"/people/?before=a.{BIG}",
        "/statements/?before=0001-01-01.999999999999999999",
        "/statements/9999/12/31/",
        "/statements/0001/01/01/x/",
        "/search/?q=%00",
        "/search/?q=a&sort=relevance&before=9e-999.999999999999999999",
        "/search/?q=before:0001",
        "/search/?" + "&".join(f"a{number}=1" for number in range(1200)),
        "/%00",
    ],
)
def test_readers_junk(client, path):
    assert answer(client, path) in {200, 301, 302, 400, 404}


@pytest.mark.parametrize(
    "cookie", ['session="aaaaaaaa\\000bbbb"', "session=aaaaa\0bbb"]
)
def test_a_cookie_with_a_nul_is_refused(client, cookie):
    for path in ("/", "/admin/", "/staff/quotes/", f"/media/{KEY}/x"):
        assert answer(client, path, headers={"cookie": cookie}) == 400


@pytest.mark.parametrize(
    "path",
    [
        f"/admin/statements/article/{BIG}/edition/1/write/",
        f"/admin/statements/article/1/edition/{BIG}/write/",
        f"/admin/statements/article/{BIG}/preview/1/",
        f"/admin/statements/article/{BIG}/change/",
        f"/admin/statements/article/{BIG}/history/",
        f"/admin/statements/article/?desk__id__exact={BIG}",
        f"/admin/statements/article/?p={BIG}&q={HALF}",
        "/admin/statements/article/?kind__id__exact=%00",
        "/admin/statements/permalink/%00/change/",
        "/admin/statements/post/add/?organization=x",
        f"/admin/statements/post/add/?organization={BIG}",
        "/admin/statements/post/add/?organization=%00",
        f"/admin/statements/appointment/add/?person={BIG}&post=-1",
        "/admin/autocomplete/?app_label=statements&model_name=quote"
        "&field_name=speaker&term=%00",
        f"/admin/statements/user/{BIG}/password/",
        f"/staff/quotes/?speaker={BIG}&since={BIG}",
        f"/staff/quotes/counts/?speaker={BIG}&since={BIG}",
        f"/staff/quotes/names/?in=speakers&q={BIG}",
    ],
)
def test_the_desks_junk(administrator, path):
    assert answer(Colleague(administrator).client, path) in {200, 302, 400, 404}


def test_forged_choices_are_refused(administrator, ready):
    ada = Colleague(administrator).client
    ada.raise_request_exception = False
    rows = reverse("admin:statements_spokesperson_changelist")
    for key in ("x", "%00", "\0", BIG):
        response = ada.post(rows, {"action": "show", "_selected_action": [key]})
        assert response.status_code == 400
    files = reverse(
        "admin:statements_article_step", args=[ready.article_id, 1, "files"]
    )
    for action in ("attach", "words", "take"):
        response = ada.post(
            files,
            {"action": action, "asset": "\0", "role": "main", "lock_version": "1"},
        )
        assert response.status_code == 200
        assert b"cannot be stored" in response.content


def test_a_page_that_only_reads_takes_nothing_in():
    """Not even to look for a token: a body could be of any size."""
    client = Client(enforce_csrf_checks=True)
    for path in ("/", "/search/", "/people/", "/healthz", f"/media/{KEY}/x"):
        response = client.post(path, b"x" * 100, content_type="multipart/form-data")
        assert response.status_code == 405


PIECES = (
    "statements people organizations posts resolutions topics search media quotes "
    "staff admin healthz S RES 2417 2024 02 30 ilse-okafor 0123456789 "
    f"{KEY} %00 {HALF} %2e%2e .. . ~ %F0%9F%98%80 %E2%80%AE {BIG} -1 x' \" %25 %5C ;"
).split()
NAMES = [
    "q",
    "speaker",
    "organization",
    "resolution",
    "tag",
    "since",
    "until",
    "sort",
    "before",
    "after",
    "ref",
    "x",
]
VALUES = (
    f"%00 {HALF} {BIG} -1 2024-02-30 0000 9999-12-31 1e-308.1 a.1 2024-01-01.9 "
    "%22 %22%22 a* -a speaker: speaker:x org:%22 about:2417 before:0001 after:9999-12 "
    "%EF%BF%BF %E2%80%8B %28%7C%26%21 '; %25 %5C the %F0%9F%98%80 relevance a:*b "
    "%D9%87%D9%84 <script> x"
).split()


def junk(seed: random.Random) -> str:
    path = "/" + "/".join(seed.choices(PIECES, k=seed.randrange(5)))
    path += seed.choice(["", "/", "/", "/"])
    asked = "&".join(
        f"{seed.choice(NAMES)}={'+'.join(seed.choices(VALUES, k=seed.randint(1, 4)))}"
        for _ in range(seed.randrange(4))
    )
    return f"{path}?{asked}" if asked else path


def test_readers_junk_by_the_hundred(client, live):
    """Seeded, so that what fails once fails again."""
    send(client, 200)


@pytest.mark.long
def test_readers_junk_by_the_ten_thousand(client, live):
    send(client, 20_000)


def send(client: Client, number: int) -> None:
    seed = random.Random(2417)
    fixed = ("/search/", "/statements/", "/people/", "/resolutions/", "/topics/")
    failed = []
    for turn in range(number):
        path = junk(seed)
        if turn % 2 and "?" in path:
            path = seed.choice(fixed) + path[path.index("?") :]
        if answer(client, path) >= 500:
            failed.append(path)
    assert failed == []
