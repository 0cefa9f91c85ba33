"""What is wrong with a sitemap by its schema, and by what a schema cannot say."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from xml.etree import ElementTree

SCHEMAS = Path(__file__).parent / "schemas"
#: As sitemaps.org has it.
LARGEST = 50 * 1024 * 1024

_SPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def faults(content: bytes, *, site: str, schema) -> list[str]:
    """What is wrong, a line each. ``site``: where all its addresses must be."""
    found = [f"{error.path}: {error.reason}" for error in schema.iter_errors(content)]
    if len(content) > LARGEST:
        found.append(f"has {len(content):,} bytes")
    places = Counter(
        node.text
        for node in ElementTree.fromstring(content).iter(f"{_SPACE}loc")  # noqa: S314
    )
    found += [f"{place}: stands twice" for place, n in places.items() if n > 1]
    found += [
        f"{place}: is elsewhere"
        for place in places
        if not (place or "").startswith(f"{site}/")
    ]
    return found
