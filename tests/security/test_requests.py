"""Class: a request says who or where it is, and is believed; or writes where one reads.

Headers of proxies that nobody asked for, and methods that change things, on the
address of every public pattern.
"""

from __future__ import annotations

import pytest
from django.db import connection
from django.db.models import Max
from django.test import Client

from statements.models import Audit

from .hidden import body, same

pytestmark = pytest.mark.django_db

EVIL = "evil.example"
SPOOFED = [
    {"HTTP_X_FORWARDED_HOST": EVIL},
    {"HTTP_X_FORWARDED_SERVER": EVIL},
    {"HTTP_X_HOST": EVIL},
    {"HTTP_FORWARDED": f"for=127.0.0.1;host={EVIL};proto=https"},
    {"HTTP_X_FORWARDED_PROTO": "https"},
    {"HTTP_X_FORWARDED_PORT": "1337"},
    {"HTTP_X_FORWARDED_FOR": "127.0.0.1"},
    {"HTTP_X_REAL_IP": "127.0.0.1"},
    {"HTTP_X_ORIGINAL_URL": "/admin/"},
    {"HTTP_X_REWRITE_URL": "/admin/"},
    {"HTTP_X_FORWARDED_PREFIX": f"//{EVIL}"},
    {"HTTP_X_SCRIPT_NAME": f"//{EVIL}"},
    {"HTTP_X_HTTP_METHOD_OVERRIDE": "DELETE"},
    {"HTTP_X_FORWARDED_USER": "ada"},
    {"HTTP_REMOTE_USER": "ada"},
    {"HTTP_X_REMOTE_USER": "ada"},
    {"HTTP_AUTHORIZATION": "Basic YWRhOmFkYQ=="},
    {"HTTP_ORIGIN": f"https://{EVIL}"},
    {"HTTP_REFERER": f"https://{EVIL}/"},
    {"HTTP_USER_AGENT": f"<script>{EVIL}</script>"},
    {"HTTP_ACCEPT_LANGUAGE": f"{EVIL}"},
]


def test_no_header_of_a_stranger_changes_a_page(client, pages, administrator):
    """Each by itself where much is printed, and on every page all together."""
    together = {name: value for each in SPOOFED for name, value in each.items()}
    alone = {"/", "/admin/login/", "/staff/quotes/", pages[5]}
    wrong = []
    for page in [*pages, "/nothing/", "/admin/", "/admin/login/", "/staff/quotes/"]:
        plain = same(client.get(page))
        for spoofed in [together, *(SPOOFED if page in alone else [])]:
            answer = same(client.get(page, **spoofed))
            if answer != plain or EVIL in str(answer):
                wrong.append((page, spoofed))
    assert wrong == []


@pytest.mark.parametrize(
    "host",
    [EVIL, f"localhost:80@{EVIL}", f"localhost.{EVIL}", "localhost\t", "[::1", " "],
)
def test_another_host_is_refused_and_not_repeated(client, host):
    for page in ("/", "/admin/login/", "/nothing/", "/statements"):
        answer = client.get(page, HTTP_HOST=host)
        assert answer.status_code == 400
        assert EVIL not in body(answer)
        assert EVIL not in str(answer.headers)


def test_a_name_with_underscores_is_no_other_header(client, seen):
    """As ``X_Forwarded_Host``, which some servers take for ``X-Forwarded-Host``."""
    with_proxy = {"HTTP_X_FORWARDED_HOST": EVIL, "X_FORWARDED_HOST": EVIL}
    plain = same(client.get(seen.article.get_absolute_url()))
    assert same(client.get(seen.article.get_absolute_url(), **with_proxy)) == plain


# fmt: off
METHODS = [
    "POST", "PUT", "PATCH", "DELETE", "PROPFIND", "MKCOL", "MOVE", "LOCK",
    "CONNECT", "TRACE", "XYZ",
]
# fmt: on
BODIES = [
    (b"_method=DELETE&id=1abc&title=x", "application/x-www-form-urlencoded"),
    (b'{"id": "1abc", "title": "x"}', "application/json"),
]


def written() -> tuple:
    """What shows that something was written, whatever it was."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sum(n) FROM (SELECT (xpath('/row/c/text()', query_to_xml("
            "format('SELECT count(*) AS c FROM public.%I', tablename), false, true,"
            " '')))[1]::text::bigint AS n FROM pg_tables WHERE schemaname = 'public')"
            " AS counted"
        )
        (rows,) = cursor.fetchone()
    return rows, Audit.objects.aggregate(last=Max("pk"))["last"]


@pytest.mark.parametrize("signed_in", [False, True], ids=["anybody", "staff"])
def test_readers_pages_write_nothing_whatever_the_method(
    pages, administrator, signed_in
):
    """Nor for staff, whose session an evil page would use."""
    client = Client(enforce_csrf_checks=True)
    if signed_in:
        client.force_login(administrator)
    before, wrong = written(), []
    for page in pages:
        for method in METHODS:
            for data, kind in BODIES:
                answer = client.generic(method, page, data, kind)
                if answer.status_code not in {403, 405}:
                    wrong.append((page, method, answer.status_code))
    assert wrong == []
    assert written() == before
