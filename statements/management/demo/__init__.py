"""What ``manage.py demo`` fills a new database with: a country that does not exist."""

from __future__ import annotations

from pathlib import Path

from statements.management.demo import (
    articles_2024,
    articles_2024_later,
    articles_2025,
    articles_2026,
)
from statements.management.demo.address import ADDRESS
from statements.management.demo.catalogue import DESKS, KINDS, TAGS
from statements.management.demo.people import ORGANIZATIONS, PEOPLE, POSTS
from statements.management.demo.resolutions import BODIES, RESOLUTIONS

FILES = Path(__file__).parent  # where the recordings lie

STATEMENTS = (
    *articles_2024.STATEMENTS,
    ADDRESS,
    *articles_2024_later.STATEMENTS,
    *articles_2025.STATEMENTS,
    *articles_2026.STATEMENTS,
)

__all__ = [
    "BODIES",
    "DESKS",
    "FILES",
    "KINDS",
    "ORGANIZATIONS",
    "PEOPLE",
    "POSTS",
    "RESOLUTIONS",
    "STATEMENTS",
    "TAGS",
]
