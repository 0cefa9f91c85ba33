"""Addresses never die: all that was there is asked for again after everything moved."""

from __future__ import annotations

import datetime as dt
import re
from html import unescape
from urllib.parse import urljoin, urlsplit

import pytest
from django.conf import settings

from statements.editorial import catalogue, editions, intake
from statements.models import Tag

from ..builders import make_person, review_and_publish

pytestmark = [pytest.mark.django_db, pytest.mark.long]

_LED_TO = re.compile(r'(?:href|src)="([^"]+)"|<loc>([^<]+)</loc>|content="(http[^"]+)"')


def crawl(client) -> list[str]:
    """Every address of ours that answers 200, found from the first page on."""
    waiting, seen, found = ["/", "/sitemap.xml", "/feeds/quotes.rss"], set(), []
    while waiting:
        path = waiting.pop()
        # A file's address never says that it was there: only pages do.
        if path in seen or path.startswith(
            ("/static/", "/admin/", "/staff/", "/media/", "/preview/")
        ):
            continue
        seen.add(path)
        response = client.get(path)
        assert response.status_code in (200, 301), path
        if response.status_code == 301:
            waiting.append(response["Location"])
            continue
        found.append(path)
        if response.streaming or response["Content-Type"].startswith("image/"):
            continue
        for groups in _LED_TO.findall(response.text):
            url = urljoin(settings.SITE_URL + path, unescape("".join(groups)))
            parts = urlsplit(url.partition("#")[0])
            if f"{parts.scheme}://{parts.netloc}" == settings.SITE_URL:
                waiting.append(parts._replace(scheme="", netloc="").geturl())
        assert len(seen) < 2_000
    return sorted(found)


def dead(client, addresses: list[str]) -> list[str]:
    """Those that neither are there, nor lead there in one hop, nor say: gone."""
    wrong = []
    for path in addresses:
        response = client.get(path)
        hop = response.get("Location", "")
        status = response.status_code
        if status == 301:
            status = client.get(hop).status_code if hop != path else 0
        if status not in (200, 410):
            wrong.append(f"{path} → {hop} {status}")
    return wrong


def test_each_address_is_there_leads_on_in_one_hop_or_says_that_it_is_gone(
    client,
    public,
    make_public,
    okafor,
    ministry,
    spokesperson_post,
    resolution,
    system,
    author,
    editor,
    publisher,
    withdraw,
):
    make_public(3)
    before = crawl(client)
    assert len(before) > 30
    assert dead(client, before) == []
    # Renamed, all of the catalogue, twice.
    tag = Tag.objects.get(slug="ferries")
    for turn in ("one", "two"):
        for row in (okafor, ministry, spokesperson_post, resolution, tag):
            row.slug = f"{row.slug}-{turn}"
            catalogue.keep(row, by=system)
    assert dead(client, before) == []
    # Merged: one person into another, and that one into a third.
    other = make_person("Ilse B. Okafor", by=system)
    third = make_person("I. Okafor", by=system)
    catalogue.merge(okafor, other, by=system)
    between = crawl(client)
    catalogue.merge(other, third, by=system)
    assert dead(client, [*before, *between]) == []
    # A new edition, and one statement withdrawn; then all of them.
    again = editions.begin(public, by=author)
    review_and_publish(again, editor=editor, publisher=publisher)
    assert dead(client, [*before, *between]) == []
    # Dated otherwise: the day, the month and the statement lead on or are gone.
    intake.set_address(public, by=publisher, dated=dt.date(2026, 4, 9))
    assert dead(client, [*before, *between]) == []
    withdraw(public)
    assert dead(client, [*before, *between]) == []
