"""Calendars as RFC 5545 has them: what happens when, for the programs of others."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

#: A line has at most 75 octets; what follows is one that begins with a space.
WIDTH = 75


@dataclass(frozen=True)
class Event:
    """One moment in a calendar.

    ``sequence`` grows with each change of the hour, so that a program which kept an
    older one takes this. ``cancelled``: it was announced, and does not happen.
    """

    uid: str
    at: dt.datetime
    summary: str
    url: str
    sequence: int = 0
    cancelled: bool = False


def write(
    name: str, events: Iterable[Event], *, product: str, made_at: dt.datetime
) -> str:
    """A calendar of that name, with all hours in UTC.

    ``product``: what made it, as ``-//Owner//Program//EN``. A program that subscribes
    is asked to come back every quarter of an hour.
    """
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:{_text(product)}",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"NAME:{_text(name)}",
        f"X-WR-CALNAME:{_text(name)}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT15M",
        "X-PUBLISHED-TTL:PT15M",
    ]
    for event in events:
        lines += [
            "BEGIN:VEVENT",
            f"UID:{_text(event.uid)}",
            f"DTSTAMP:{_hour(made_at)}",
            f"DTSTART:{_hour(event.at)}",
            f"SEQUENCE:{event.sequence}",
            f"STATUS:{'CANCELLED' if event.cancelled else 'CONFIRMED'}",
            f"SUMMARY:{_text(event.summary)}",
            # An address is no text: nothing in it is escaped.
            f"URL:{_plain(event.url)}",
            "CLASS:PRIVATE",
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line))


def _hour(moment: dt.datetime) -> str:
    """``20261128T101500Z``."""
    return f"{moment.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}"


def _plain(text: str) -> str:
    """Without signs that steer: a broken line would begin a property of its own."""
    return "".join(sign for sign in text if sign.isprintable())


def _text(text: str) -> str:
    r"""Words as a value: ``a, b; c`` is written ``a\, b\; c``, a new line ``\n``."""
    escaped = text.replace("\\", "\\\\").replace(";", r"\;").replace(",", r"\,")
    return r"\n".join(_plain(line) for line in escaped.splitlines())


def _folded(line: str) -> Iterator[str]:
    """A line cut to 75 octets a piece, and never inside a character."""
    piece, octets = "", 0
    for sign in line:
        size = len(sign.encode())
        if octets + size > WIDTH:
            yield piece
            piece, octets = " ", 1
        piece += sign
        octets += size
    yield piece
