"""The bodies that adopt resolutions, by the names that prose gives them.

Before the number or after it; apart from the grammar and from forms that name their
body themselves.
"""

from __future__ import annotations

import re

# Resolutions of the General Assembly that prose names without their session.
ASSEMBLY: dict[str, str] = {
    "181": "A/RES/181 (II)",
    "194": "A/RES/194 (III)",
    "217": "A/RES/217 A (III)",
    "377": "A/RES/377 A (V)",
    "1514": "A/RES/1514 (XV)",
    "1541": "A/RES/1541 (XV)",
    "2625": "A/RES/2625 (XXV)",
    "2758": "A/RES/2758 (XXVI)",
    "3314": "A/RES/3314 (XXIX)",
    "3379": "A/RES/3379 (XXX)",
}


#: The Assembly numbered through until its thirtieth session, of 1975; a number of that
#: time is whole with its session only. Later ones are written 31/16.
LAST_WITHOUT_A_SESSION = 3541


def _spaced(words: str) -> str:
    """A pattern whose blanks match line breaks and double blanks too."""
    return words.replace(" ", r"[ \n]{1,3}").replace(r"[[ \n]{1,3}\n]", r"[ \n]")


_UN = r"(?:(?:UN|U\.N\.?|United Nations)['’]?s?[ \n]+)?"
_ABBREVIATED = r"(?:[ \n]*\([A-Z.]{2,8}\))?"
# Words by which a body is named, and the key of it; the longer name stands first.
_NAMED: tuple[tuple[str, str], ...] = (
    ("un-sc", rf"{_UN}(?:Security Council|security council)"),
    ("un-sc", r"(?:UNSC|U\.N\.S\.C\.|SC|S\.C\.)"),
    ("un-ga", rf"{_UN}(?:General Assembly|general assembly)"),
    ("un-ga", r"(?:UNGA|U\.N\.G\.A\.|GA|G\.A\.)"),
    ("un-hrc", rf"{_UN}Human Rights Council"),
    ("un-hrc", r"(?:UNHRC|HRC)"),
    ("un-chr", rf"{_UN}(?:Commission on Human Rights|CHR)"),
    ("un-ecosoc", rf"{_UN}(?:Economic and Social Council|ECOSOC)"),
    (
        "coe-pace",
        r"(?:PACE|Council of Europe|(?:Council of Europe['’]s )?"
        r"Parliamentary Assembly)",
    ),
    ("las", r"(?:Arab League|League of Arab States)"),
    ("nato-pa", r"NATO (?:PA|Parliamentary Assembly)"),
    ("who", r"(?:World Health Assembly|WHA)"),
    ("achpr", r"ACHPR"),
    ("au", r"(?:African Union|AU)(?: Assembly)?"),
    ("oas-ga", r"OAS(?: General Assembly)?"),
    ("other", r"(?:House|Senate|Joint|Concurrent|Parliament|OIC|IAEA|Board)"),
    ("un", r"(?:UN|U\.N\.?|United Nations)"),
)
#: The body named right before "resolution".
BODIES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (
        key,
        re.compile(rf"(?<![\w.]){_spaced(words)}{_ABBREVIATED}(?:['’]s)?[ \n]*$"),
    )
    for key, words in _NAMED
)
#: The same where the text is set in capitals.
CAPITALS = tuple(
    (key, re.compile(pattern.pattern, re.IGNORECASE)) for key, pattern in BODIES
)
#: "… of the", between a number and the body whose resolution it is.
OWNED = re.compile(
    r"[ \n]{0,2},?[ \n]{0,2}(?:(?:adopted|passed|approved)[ \n]+by|[Oo][Ff]|OF)[ \n]+"
    r"(?:[Tt]he[ \n]+|THE[ \n]+)?"
)
#: The body named after the number, "resolution 194 of the General Assembly"; anybody
#: else who adopts resolutions is another owner.
OWNERS: tuple[tuple[str, re.Pattern[str]], ...] = (
    *(
        (key, re.compile(rf"{_spaced(words)}(?!\w)", flags))
        for flags in (0, re.IGNORECASE)
        for key, words in _NAMED
        # Two letters in small type are words of the language.
        if not flags or key in ("un-sc", "un-ga", "un-hrc", "un-ecosoc")
        if not flags or "Council" in words or "Assembly" in words
    ),
    (
        "other",
        re.compile(
            # "The Council" and "the Assembly" alone are those of the United Nations.
            r"(?:[A-Z][\w’'-]*[ \n]){0,4}(?:Parliament|Congress|Senate|Legislature"
            r"|Bundestag|Duma|Knesset|Majlis)(?!\w)"
            r"|(?:[A-Z][\w’'-]*[ \n]){1,4}(?:Assembly|House|Council|Board|Party|Union"
            r"|Committee|Conference|League|Organi[sz]ation)(?!\w)"
            r"|House of [A-Z]|Party(?!\w)"
        ),
    ),
)

# Without one of these nothing before the word can be the name of a body.
NAMING = re.compile(r"[A-Z]|council|assembly")
