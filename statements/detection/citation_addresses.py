"""Addresses under which a resolution is found, and how a Congress is counted.

docs.un.org and undocs.org carry the symbol itself; unscr.com and congress.gov the
number, from which the printed form is made that the grammar reads.
"""

from __future__ import annotations

import re
from datetime import date
from urllib.parse import unquote

_HOST = r"(?:https?://)?(?:www\.)?"
_DOCUMENTS = re.compile(_HOST + r"(?:undocs\.org|docs\.un\.org)/(?:[a-z]{2}/)?")
_COUNCIL = re.compile(_HOST + r"unscr\.com/\w{2}/resolutions/(?:doc/)?(\d{1,4})(?!\d)")
_BILL = re.compile(
    r"congress\.gov/bill/(\d{2,3})\w{2}-congress/(house|senate)-"
    r"(?:(joint|concurrent)-)?resolution/(\d{1,4})(?!\d)"
)


def printed_at(reference: str) -> str:
    """The printed form that an address stands for; anything else as it is."""
    plain = unquote(reference[:500]).strip()
    document = _DOCUMENTS.match(plain)
    if document:
        return plain[document.end() :].split("?")[0]
    record = _COUNCIL.match(plain)
    if record:
        return f"UNSCR {record[1]}"
    bill = _BILL.search(plain)
    if bill:
        kind = {"joint": "J.", "concurrent": "Con."}.get(bill[3] or "", "")
        congress = f"{ordinal(int(bill[1]))} Congress"
        return f"{bill[2][0].upper()}.{kind}Res.{bill[4]}, {congress}"
    return plain


def ordinal(value: int) -> str:
    """118 -> 118th, 101 -> 101st, 113 -> 113th."""
    if value % 100 in (11, 12, 13):
        return f"{value}th"
    ending = {1: "st", 2: "nd", 3: "rd"}.get(value % 10, "th")
    return f"{value}{ending}"


def congress_of(day: date) -> int:
    """The Congress that sits on a day: a new one on 3 January of odd years."""
    year = day.year if (day.month, day.day) >= (1, 3) else day.year - 1
    return (year - 1789) // 2 + 1
