"""What stands for a resolution named before: "it complied with 2417".

Speech drops the word "resolution" once both sides know which is meant. Only a number
that the text has named as the Security Council's is taken, only after its first naming,
and only where words around it speak of something binding.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence

from .citation_forms import AMOUNT, MEASURE
from .findings import CitationFinding, Span

#: A text with more numbers than this is a table, not speech.
_MOST = 2_000
_NUMBER = re.compile(r"(?<![\w/.,$€£#+:-])\d{3,4}(?![\w%/]|[.,:]\d|-\d)")
_BINDING = (
    r"(?:compl(?:y|ied|ies|ying)|compliance|implement\w*|enforc\w*|violat\w*|breach\w*"
    r"|terms|framework|mandate|provisions|paragraphs?|spirit|letter|language|text|basis"
    r"|authority|obligations?|requirements?|accordance|conformity|line)"
)
#: What may stand right before such a number.
_LED = re.compile(
    rf"(?:\b(?:under|{_BINDING}[ \n]+(?:with|of|to|in|under|from)|{_BINDING}"
    r"|pursuant[ \n]+to|based[ \n]+on|adopt(?:ed|ing|ion[ \n]+of)?|pass(?:ed|ing)"
    r"|invok(?:ed?|ing)|cit(?:ed?|ing)|beyond|like|with|via|through|of|on)"
    r"|(?:Security[ \n]+)?Council)[ \n]+(?:the[ \n]+|both[ \n]+)?$",
    re.IGNORECASE,
)
#: The same for a number that could be a year: the words must be about a rule.
_LED_SURELY = re.compile(
    rf"(?:\b(?:under|{_BINDING}[ \n]+(?:with|of|to)|pursuant[ \n]+to)"
    r"|Security[ \n]+Council)[ \n]+$",
    re.IGNORECASE,
)
#: Words that a number of people, things or money goes with.
_THINGS = re.compile(
    r"[ \n-]{1,3}(?!committee|sanctions|regime|resolution|panel|obligations?|process"
    r"|mandate|list\b)[a-z]{3,}s\b"
)
_AND = re.compile(r"[ \n]{0,2},?[ \n]{0,2}(?:and|or|&|,)[ \n]{0,2}$")


def repeats(
    text: str, named: Mapping[str, int], taken: bytearray
) -> Iterator[tuple[int, int, str]]:
    """Places of numbers that repeat one of ``named``.

    ``named``: number -> end of its first naming. ``taken`` has a 1 where a finding
    stands. Yields start, end and the number, in order.
    """
    if not named:
        return
    last = -1
    for count, match in enumerate(_NUMBER.finditer(text)):
        value = match[0]
        if count > _MOST:
            return
        start, end = match.span()
        if value not in named or start < named[value] or taken[start]:
            continue
        if MEASURE.match(text, end) or _THINGS.match(text, end):
            continue
        before = text[max(0, start - 60) : start]
        year = 1945 <= int(value) <= 2040
        led = (_LED_SURELY if year else _LED).search(before)
        # "678 and 687": the second of a pair whose first was one.
        paired = last >= 0 and start - last < 8 and _AND.search(text[last:start])
        if not (led or paired) or (not led and AMOUNT.match(text, end)):
            continue
        last = end
        yield start, end, value


#: Words that point back to a resolution without its number.
_POINTING = re.compile(
    r"\b(?:[Tt]h(?:at|is|e(?:[ \n]+same)?)|[Tt]he[ \n]+said)[ \n]+[Rr]esolution\b"
    r"(?![ \n]{0,2}(?:[Nn]o\.?[ \n]{0,2}|number[ \n]+)?[\d(])"
    r"(?![ \n]+of[ \n]+(?:th(?:e|is|at)|our|a|any|all)[ \n]+(?:conflict|dispute|crisis"
    r"|war|matter|question|issue|problem|case|situation|claim)s?\b)"
)


def pointing_back(
    text: str, named: Sequence[tuple[int, str, str]]
) -> Iterator[CitationFinding]:
    """ "That resolution", "the same resolution", with the nearest one named before it.

    ``named``: end, symbol and body of the references that somebody confirmed, in order.
    Offered to be asked about and never taken by itself, so its confidence is low.
    """
    ends = [end for end, _, _ in named]
    for match in _POINTING.finditer(text):
        nearest = bisect_right(ends, match.start()) - 1
        if nearest < 0:
            continue
        _, symbol, body = named[nearest]
        yield CitationFinding(
            Span(*match.span()),
            match[0],
            symbol,
            body,
            (symbol,),
            "",
            0.3,
            (f"It points back to {symbol}, the nearest one before it. Is it meant?",),
        )
