"""Calendars are written as RFC 5545 asks for, whatever stands in a title."""

from __future__ import annotations

import datetime as dt

from statements.exchange.icalendar import Event, write

HOUR = dt.datetime(2026, 11, 28, 10, 15, tzinfo=dt.timezone(dt.timedelta(hours=2)))


def written(**fields) -> str:
    given = {"uid": "edition-7@example.org", "at": HOUR, "summary": "Statement"}
    event = Event(**given | {"url": "https://example.org/a;b,c"} | fields)
    return write("Desk", [event], product="-//Newsroom//EN", made_at=HOUR)


def test_a_moment_is_an_event_in_utc_with_a_name_that_stays():
    assert written() == "\r\n".join(
        [
            "BEGIN:VCALENDAR",
            "VERSION:2.0",
            "PRODID:-//Newsroom//EN",
            "CALSCALE:GREGORIAN",
            "METHOD:PUBLISH",
            "NAME:Desk",
            "X-WR-CALNAME:Desk",
            "REFRESH-INTERVAL;VALUE=DURATION:PT15M",
            "X-PUBLISHED-TTL:PT15M",
            "BEGIN:VEVENT",
            "UID:edition-7@example.org",
            "DTSTAMP:20261128T081500Z",
            "DTSTART:20261128T081500Z",
            "SEQUENCE:0",
            "STATUS:CONFIRMED",
            "SUMMARY:Statement",
            "URL:https://example.org/a;b,c",
            "CLASS:PRIVATE",
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
            "END:VCALENDAR",
            "",
        ]
    )


def test_signs_that_steer_are_escaped_and_no_title_begins_a_property():
    text = written(summary="Ships; pilots, \\ and\nBEGIN:VALARM\r\n\x07tides\u2028end")
    assert (
        "SUMMARY:Ships\\; pilots\\, \\\\ and\\nBEGIN:VALARM\\ntides\\nend\r\n" in text
    )
    assert "URL:https://example.org/aSUMMARY:x\r\n" in written(
        url="https://example.org/a\r\nSUMMARY:x"
    )


def test_lines_have_at_most_75_octets_and_no_character_is_cut():
    title = "Über die Fähren der Straße — " * 9 + "⚓" * 40 + "المضيق" * 20
    text = written(summary=title)
    lines = text.encode().split(b"\r\n")
    assert max(map(len, lines)) == 75
    for line in lines:
        line.decode()
    assert f"SUMMARY:{title}\r\n" in text.replace("\r\n ", "")


def test_what_was_taken_off_says_so():
    text = written(cancelled=True, sequence=3)
    assert "SEQUENCE:3\r\nSTATUS:CANCELLED\r\n" in text
