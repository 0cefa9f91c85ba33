"""The parts of addresses: years of four digits, days of two, permalinks, keys."""

from __future__ import annotations

import datetime as dt


class FourDigits:
    regex = "[0-9]{4}"

    def to_python(self, value: str) -> int:
        """The number; there is no year, month or day 0 (ValueError: no such page)."""
        number = int(value)
        if not number:
            raise ValueError(value)
        return number

    def to_url(self, value: int | str) -> str:
        return f"{int(value):04}"


class TwoDigits(FourDigits):
    regex = "[0-9]{2}"

    def to_url(self, value: int | str) -> str:
        return f"{int(value):02}"


class Address:
    """A part that is read as it stands."""

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class PermalinkId(Address):
    """Ten letters and digits, in either case, as somebody may have typed them."""

    regex = "[0-9A-Za-z]{10}"


class Digest(Address):
    """The beginning of a digest of what is shown."""

    regex = "[0-9a-f]{16}"


class MediaKey(Address):
    regex = "[0-9a-f]{32}"


class FeedFormat(Address):
    """How a feed is written."""

    regex = "atom|rss"


class CitationFormat(Address):
    """How a quote is cited, as a file."""

    regex = "txt|bib|ris|json"


class MonthOfYear:
    """A month as in ``2026-03``."""

    regex = "[0-9]{4}-(?:0[1-9]|1[0-2])"

    def to_python(self, value: str) -> dt.date:
        """Its first day (ValueError: no such page)."""
        return dt.date.fromisoformat(f"{value}-01")

    def to_url(self, value: dt.date) -> str:
        return f"{value:%Y-%m}"
