"""Sitemaps as sitemaps.org has them, and the news sitemap of 48 hours.

Strings are joined here: through Django's own framework 50,000 addresses take seconds.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from .xml import content

#: More addresses than this no sitemap may hold.
MOST = 50_000

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_NEWS = "http://www.google.com/schemas/sitemap-news/0.9"


@dataclass(frozen=True)
class News:
    """A statement of the last two days."""

    url: str
    title: str
    language: str
    published_at: dt.datetime


def index(urls: Iterable[str]) -> str:
    """A list of sitemaps."""
    entries = "".join(f"<sitemap><loc>{content(url)}</loc></sitemap>\n" for url in urls)
    return f'{_HEAD}<sitemapindex xmlns="{_SPACE}">\n{entries}</sitemapindex>\n'


def pages(found: Iterable[tuple[str, dt.datetime | None]]) -> str:
    """A list of pages: address, and when it last changed where that is known."""
    entries = "".join(
        f"<url><loc>{content(url)}</loc>{_changed(at)}</url>\n" for url, at in found
    )
    return f'{_HEAD}<urlset xmlns="{_SPACE}">\n{entries}</urlset>\n'


def news(publication: str, found: Iterable[News]) -> str:
    """What was published lately. ``publication``: its name, as the site bears it."""
    entries = "".join(
        f"<url><loc>{content(one.url)}</loc><news:news><news:publication>"
        f"<news:name>{content(publication)}</news:name>"
        f"<news:language>{content(one.language)}</news:language>"
        f"</news:publication><news:publication_date>{_moment(one.published_at)}"
        f"</news:publication_date><news:title>{content(one.title)}</news:title>"
        "</news:news></url>\n"
        for one in found
    )
    return (
        f'{_HEAD}<urlset xmlns="{_SPACE}" xmlns:news="{_NEWS}">\n{entries}</urlset>\n'
    )


def _changed(at: dt.datetime | None) -> str:
    return f"<lastmod>{_moment(at)}</lastmod>" if at else ""


def _moment(at: dt.datetime) -> str:
    return at.astimezone(dt.UTC).isoformat(timespec="seconds")
