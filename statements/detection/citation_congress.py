"""Resolutions of the Congress of the United States, numbered anew in each."""

from __future__ import annotations

import re
from datetime import date

from . import citation_forms as forms
from .citation_addresses import congress_of, ordinal
from .citation_checks import Draft
from .citation_forms import number


def resolution_of_congress(match: re.Match[str], text: str, on: date | None) -> Draft:
    """H.Res. 21 with its Congress: named near by, or the one that sat on the day."""
    chamber = (match[1] or match[3])[0]
    kind = {"J": "J.", "Joint": "J.", "Con": "Con.", "Concurrent": "Con."}.get(
        (match[2] or match[4] or "").capitalize(), ""
    )
    symbol = f"{chamber}.{kind}Res.{number(match[5])}"
    start, end = match.span()
    named = forms.CONGRESS_NAMED.search(text, end, min(len(text), end + 60))
    named = named or forms.CONGRESS_NAMED.search(text, max(0, start - 60), start)
    body = "us-house" if chamber == "H" else "us-senate"
    warnings: tuple[str, ...] = ()
    confidence = 0.95
    if named:
        symbol += f" ({ordinal(int(named[1]))})"
    elif on:
        symbol += f" ({ordinal(congress_of(on))})"
        warnings = ("The Congress is inferred from the date of the statement.",)
        confidence = 0.9
    else:
        warnings = ("Which Congress? The statement has no date.",)
        confidence = 0.5
    return Draft(start, end, symbol, body, confidence, (), warnings)
