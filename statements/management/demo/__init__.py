"""What ``manage.py demo`` fills a new database with: a country that does not exist."""

from __future__ import annotations

from pathlib import Path

from . import (
    articles_2024,
    articles_2024_later,
    articles_2025,
    articles_2026,
)
from .address import ADDRESS
from .catalogue import DESKS, KINDS, TAGS
from .people import ORGANIZATIONS, PEOPLE, POSTS
from .resolutions import BODIES, RESOLUTIONS

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
