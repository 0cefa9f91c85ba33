"""Every noun of the editors' door, so that importing this registers them all."""

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
