"""The editors' door. Django finds this package and registers what stands here."""

from . import accounts, articles, catalogue, media, people, records, resolutions

__all__ = [
    "accounts",
    "articles",
    "catalogue",
    "media",
    "people",
    "records",
    "resolutions",
]
