"""The printed forms of symbols that name their body themselves.

Each form is a pattern with a left and a right boundary, the key of its body, and the
symbol it stands for. Apart from the grammar of "resolution N", which needs context.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

_LEFT = r"(?<![\w/.\-])"
_RIGHT = r"(?![\w/]|\.\d)"
_S = r"[ \n]{0,2}"
# One written number: 2254 or 2,254.
NUMBER = r"(?:\d{1,2},\d{3}(?!\d)|\d{1,4}(?!\d))"
ROMAN = r"(?:(?:E?S-)?[IVXLC]{1,9}|ORG-\d{2})"


def number(printed: str) -> str:
    """2,254 -> 2254: no comma, no leading zeros, digits of any script as 0-9."""
    plain = printed
    if not printed.isascii():
        plain = "".join(str(int(c)) if c.isdecimal() else c for c in printed)
    return plain.replace(",", "").lstrip("0") or "0"


def council_symbol(value: str, year: str | int | None) -> str:
    """S/RES/N (YEAR), without the year where nobody can tell it."""
    return f"S/RES/{value} ({year})" if year else f"S/RES/{value}"


@dataclass(frozen=True, slots=True)
class Form:
    """A printed form: what it looks like, whose it is, which symbol it means."""

    pattern: re.Pattern[str]
    body: str
    symbol: Callable[[re.Match[str]], str]
    confidence: float
    needle: str


def _needle(pattern: str) -> str:
    """Letters that stand in every match of a form: a quick look before the search."""
    plain = re.sub(
        r"\[[^\]]*\]|\{[^}]*\}|\\[dws.]|[?*+]", "\n", _GROUPS.sub("\n", pattern)
    )
    runs = re.findall(r"[A-Za-z][A-Za-z/]*", plain)
    return max(runs, key=len, default="")


# A bracket of choices holds no certain letters; innermost ones are enough here.
_GROUPS = re.compile(r"\((?:\?[:=!])?[^()]*\)\??")


def _form(
    pattern: str,
    body: str,
    symbol: Callable[[re.Match[str]], str],
    confidence: float = 0.98,
) -> Form:
    return Form(
        re.compile(_LEFT + pattern + _RIGHT), body, symbol, confidence, _needle(pattern)
    )


def _roman(match: re.Match[str], head: str) -> str:
    letter = f" {match[2]}" if match[2] else ""
    return f"{head}{number(match[1])}{letter} ({match[3]})"


def _session(match: re.Match[str], head: str) -> str:
    letter = f" {match[2]}" if match[2] else ""
    return f"{head}{match[1]}{letter}"


_SESSION = rf"((?:E?S-)?\d{{1,2}}/\d{{1,3}})(?:{_S}([A-Z])(?![A-Za-z]))?"

FORMS: tuple[Form, ...] = (
    # S/PRST/2014/8 (presidential statement)
    _form(r"S/PRST/(\d{4})/(\d{1,3})", "un-sc", lambda m: f"S/PRST/{m[1]}/{m[2]}"),
    # A/RES/2758 (XXVI), A/RES/217 A (III), A/RES/3201 (S-VI)
    _form(
        rf"A/RES/({NUMBER}){_S}([A-Z])?{_S}\(({ROMAN})\)",
        "un-ga",
        lambda m: _roman(m, "A/RES/"),
    ),
    # A/RES/76/300, A/RES/31/16 A, A/RES/ES-11/1
    _form(rf"A/RES/{_SESSION}", "un-ga", lambda m: _session(m, "A/RES/")),
    # A/HRC/RES/46/22, A/HRC/RES/S-31/1, A/HRC/DEC/31/115, A/HRC/PRST/…
    _form(
        r"A/HRC/(RES|DEC|PRST)/((?:OM/|S-)?\d{1,2}/\d{1,3})",
        "un-hrc",
        lambda m: f"A/HRC/{m[1]}/{m[2]}",
    ),
    # E/CN.4/RES/2005/69
    _form(
        r"E/CN\.4/RES/(\d{4})/(\d{1,3})",
        "un-chr",
        lambda m: f"E/CN.4/RES/{m[1]}/{m[2]}",
    ),
    # E/RES/1990/47; E/RES/1926 B (LVIII)
    _form(
        rf"E/RES/({NUMBER}){_S}([A-Z])?{_S}\(({ROMAN})\)",
        "un-ecosoc",
        lambda m: _roman(m, "E/RES/"),
    ),
    _form(r"E/RES/(\d{4})/(\d{1,3})", "un-ecosoc", lambda m: f"E/RES/{m[1]}/{m[2]}"),
    # GOV/2024/68; the series holds reports too, hence the lower confidence
    _form(r"GOV/(\d{4})/(\d{1,3})", "iaea-board", lambda m: f"GOV/{m[1]}/{m[2]}", 0.9),
    # GC(63)/RES/12
    _form(
        r"GC\((\d{2})\)/RES/(\d{1,3})", "iaea-gc", lambda m: f"GC({m[1]})/RES/{m[2]}"
    ),
    # Council Decision (CFSP) 2021/509, Regulation (EU) 2024/792
    _form(
        rf"(Decision|Regulation|Directive){_S}\((CFSP|EU|EU, Euratom)\){_S}"
        r"(\d{4})/(\d{1,4})",
        "eu-council",
        lambda m: f"{m[1]} ({m[2]}) {m[3]}/{m[4]}",
        0.95,
    ),
    # Regulation (EU) No 36/2012: number before year until 2014
    _form(
        rf"Regulation{_S}\((E[CU])\){_S}No\.?{_S}(\d{{1,4}})/(\d{{4}})",
        "eu-council",
        lambda m: f"Regulation ({m[1]}) No {m[2]}/{m[3]}",
        0.95,
    ),
    # Council Decision 2013/255/CFSP, Joint Action 2008/124/CFSP
    _form(
        rf"(Decision|Joint Action|Common Position){_S}(\d{{4}})/(\d{{1,4}})/CFSP",
        "eu-council",
        lambda m: f"{m[1]} {m[2]}/{m[3]}/CFSP",
        0.95,
    ),
    # EUCO 25/24
    _form(
        rf"EUCO{_S}(\d{{1,3}})/(\d{{2}})", "eu-euco", lambda m: f"EUCO {m[1]}/{m[2]}"
    ),
    # P10_TA(2024)0055
    _form(
        r"P(\d{1,2})_TA(?:-PROV)?\((\d{4})\)(\d{4})",
        "eu-ep",
        lambda m: f"P{m[1]}_TA({m[2]}){m[3]}",
    ),
    # AG/RES. 1603 (XXVIII-O/98)
    _form(
        rf"AG/RES\.?{_S}(\d{{1,4}}){_S}\(([IVXLC]{{1,9}}-[OE]/\d\d)\)",
        "oas-ga",
        lambda m: f"AG/RES. {m[1]} ({m[2]})",
    ),
    # CP/RES. 965 (1733/09)
    _form(
        rf"CP/RES\.?{_S}(\d{{1,4}}){_S}\((\d{{1,4}}/\d\d)\)",
        "oas-pc",
        lambda m: f"CP/RES. {m[1]} ({m[2]})",
    ),
    # PSC/PR/COMM.3(DXCV)
    _form(
        rf"PSC/(AHG|MIN|PR)/COMM\.?(\d{{0,3}}){_S}\(([IVXLCDM]{{1,12}})\)",
        "au-psc",
        lambda m: f"PSC/{m[1]}/COMM.{m[2]}({m[3]})",
    ),
    # Assembly/AU/Dec.751(XXXIII), EX.CL/Dec.…, CM/Res.1514 (LX)
    _form(
        rf"(Assembly/AU|EX\.CL|CM)/(Dec|Res)\.?{_S}(\d{{1,4}}){_S}\(([IVXLCDM]{{1,12}})\)",
        "au",
        lambda m: f"{m[1]}/{m[2]}.{m[3]}({m[4]})",
    ),
    # ACHPR/Res. 437 (EXT.OS/XXVI1) 2020: what the brackets hold has misprints
    _form(
        rf"ACHPR/Res\.?{_S}(\d{{1,4}})(?:{_S}\([^()\n]{{1,30}}\){_S}\d{{2,4}})?",
        "achpr",
        lambda m: f"ACHPR/Res.{m[1]}",
    ),
    # WHA28.40
    _form(r"WHA(\d{1,2})\.(\d{1,3})", "who", lambda m: f"WHA{m[1]}.{m[2]}"),
    # PC.DEC/1117, MC.DEC/3/18
    _form(
        r"(PC|MC|FSC)\.DEC/(\d{1,4}(?:/\d\d)?)",
        "osce",
        lambda m: f"{m[1]}.DEC/{m[2]}",
    ),
    # EC-94/DEC.2, C-25/DEC.9, EC-M-33/DEC.1
    _form(
        r"(EC|C)-(M-)?(\d{1,3})/DEC\.(\d{1,3})",
        "opcw",
        lambda m: f"{m[1]}-{m[2] or ''}{m[3]}/DEC.{m[4]}",
    ),
    # 42 C/Resolution 32, 220 EX/Decision 5
    _form(
        rf"(\d{{1,3}}){_S}(C|EX)/(Resolution|Decision){_S}(\d{{1,3}})",
        "unesco",
        lambda m: f"{m[1]} {m[2]}/{m[3]} {m[4]}",
    ),
    # Res. No. 1/48-POL
    _form(
        r"(?:Res\.?|Resolution)[ \n]No\.?[ \n]?(\d{1,3})/(\d{1,3})-(POL|ICHAD|LEG|E|C)",
        "oic",
        lambda m: f"Res. No. {m[1]}/{m[2]}-{m[3]}",
        0.95,
    ),
    # Vilnius Summit Communiqué, paragraph 11: NATO numbers nothing else
    _form(
        r"([A-Z]\w{2,20})[ \n]Summit[ \n](Communiqu[ée]|Declaration)",
        "nato",
        lambda m: f"{m[1]} Summit {m[2].replace('ue', 'ué').replace('uéé', 'ué')}",
        0.6,
    ),
)

# H.Res. 21, S. Con. Res. 3, H.J.Res.7 · House Concurrent Resolution 83
CONGRESS = re.compile(
    rf"(?<![\w/\-])(?<![A-Z]\.)(?:"
    rf"([HS])\.?{_S}(?:(J|Con)\.?{_S})?Res(?:\.|(?=[ \d])){_S}(?:No\.?{_S})?"
    rf"|(House|Senate|HOUSE|SENATE)[ \n]+(?:(Joint|Concurrent|JOINT|CONCURRENT)[ \n]+)?"
    rf"(?:Resolution|RESOLUTION)[ \n]+(?:N[Oo]\.?{_S})?"
    rf")(\d{{1,4}}){_RIGHT}"
)
CONGRESS_NAMED = re.compile(r"\b(\d{2,3})(?:st|nd|rd|th)[ \n]+Congress\b")

# One code point for one, so that places stay: digits, dashes, blanks.
FOLD: dict[int, str] = {
    **{0x0660 + d: str(d) for d in range(10)},
    **{0x06F0 + d: str(d) for d in range(10)},
    **{0xFF10 + d: str(d) for d in range(10)},
    **{ord(c): "-" for c in "‐‑–—−"},
    **{ord(c): " " for c in "\u00a0\u2009\u202f\u2007\u200a\t"},
    0x0D: "\n",
}
FOLDED = re.compile("[" + "".join(map(chr, FOLD)) + "]")
# One of these stands in every text that cites anything.
QUICK = re.compile(
    r"esolu|ESOLU|ésolu|езолюц|القرار|قرار|قطعنامه|决议|SCR|UNSC|[Rr]es\."
    r"|R(?:es|ES)[ \n\u00a0]?\d"
    r"|S\.C\.R|/R(?:ES|es)|GOV/|WHA\d|DEC[./]|Dec\.|/COMM|_TA|EUCO|CFSP|\(E[CU]|/PRST"
    r"|Summit|[Dd]ecision|Council[ \n\u00a0]\d{3}"
)
URL = re.compile(r"(?:https?://|www\.)[^\s<>\"]{1,2000}|[\w.-]{1,60}\.org/[^\s<>\"]+")
_DATE = (
    r"(?:\d{1,2}[ \n]+[A-Z][a-z]{2,8}\.?|[A-Z][a-z]{2,8}\.?[ \n]+\d{1,2},?)"
    r"[ \n]+((?:19|20)\d\d)"
)
ITEM = re.compile(
    rf"(?P<n>(?:(?:E?S-)?\d{{1,2}}|(?:19|20)\d\d)/ ?\d{{1,3}}"
    rf"(?:{_S}[A-Z](?!\w))?(?![\w/&])|{NUMBER})"
    rf"(?:{_S}\( ?(?P<year>(?:19|20)\d\d) ?\)"
    rf"|{_S}\({_DATE}\)"
    rf"|(?P<letter>{_S}[A-Z])?{_S}\( ?(?P<roman>{ROMAN}) ?\)"
    r"|(?!\w|%|\.\d|- ))"
)
# Specks that a scan left between two items are stepped over, if what follows is
# certainly one: it has its year or session in brackets.
_SPECKS = (
    r"(?:[.,*'’·•~]{1,3}[ \n]{0,2}"
    r"(?=\d{2,4}[ \n]{0,2}\( ?(?:(?:19|20)\d\d|[IVX]{1,7}) ?\)))?"
)
SEP = re.compile(
    r"[ \n]{0,2}(?:[,;][ \n]{0,2}(?:and|or|AND|OR|&)?|and|or|AND|OR|&|/)"
    rf"{_SPECKS}[ \n]{{0,2}}{_SPECKS}"
)
YEAR_AFTER = re.compile(rf"[ \n]{{0,2}},?[ \n]{{0,2}}(?:of|on|\()[ \n]{{0,2}}{_DATE}")
# "resolution 2513 2020", "of 2020": the year without brackets.
YEAR_PLAIN = re.compile(
    r"[ \n]{1,2}((?:of|from)[ \n])?((?:19[4-9]|20[0-4])\d)(?![\w/]|[.,:]\d|-\d)"
)
# A transcript mends what was misspoken: "UNSCR 2054 [2254]".
MENDED = re.compile(
    r"[ \n]?(?:\(sic\)[ \n]?)?\[(?:sic[;,:]?[ \n]?)?(?:UNSCR |Resolution )?"
    rf"(?={NUMBER}\])"
)
# The Council named, and a number where the word "resolution" should stand.
COUNCIL_BARE = re.compile(
    r"(?<!\w)(?:UN |U\.N\. |United Nations )?Security Council[ \n](\d{3,4})"
    r"(?![\w%/]|[.,:]\d|-\d)"
)
COMMITTEE = re.compile(r"[ \n](?:[Ss]anctions[ \n])?(?:[Cc]ommittee|[Ss]anctions)\b")
# Words after a number that show it to be an amount or a date, not a resolution.
AMOUNT = re.compile(
    r"[ \n]+(?:(?!(?:and|or|of|on|in|at|as|by|to|is|was|were|are|has|have|had|which|"
    r"that|who|also|both|all|adopted|the|a|an|with|for|from|under|call|calls|called|since|"
    r"must|should|would|will|can|may|not|remain|remains|reaffirm|demand|require|do|"
    r"does|did|but|while|when|if|before|after|during|into|through|be|been|then|"
    r"respectively|including|concerning|regarding|against|without|within|until)\b)"
    r"[a-z]+|(?:January|February|March|April|May|June|July|August|September|October|"
    r"November|December)\b)"
)
HEAD = re.compile(
    r"(?<![\w/-])(?:(?P<unscr>UNSCRs?|U\.N\.S\.C\.R\.|UNSC(?=[-#]?\d{3,4}(?!\d))"
    r"|UNSC(?=[ \n](?!19[4-9]\d|20[0-4]\d)\d{3,4}(?!\d)))[-# \n]{0,3}"
    r"|(?P<word>[Rr]esolutions?|RESOLUTIONS?|[Rr]es\.?|RES\.?|[Rr]ésolutions?"
    r"|[Rr]esoluci(?:ón|ones)|[Рр]езолюци[\w]{1,3}|القرار|قرار|قطعنامه)"
    r"(?:[ \n]*\((?:UNSCRs?|UNSC|UNGA|HRC)\))?"
    r"(?:[ \n]of(?=[ \n](?!19\d\d|20\d\d)\d{3,4}(?!\d)))?"
    r"(?:[ \n]{1,2}(?:of|(?:bearing|with|having)(?:[ \n]the)?)"
    r"(?=[ \n]{1,2}(?:[Nn]os?\.?|[Nn]umbers?)[ \n]{1,2}\d))?"
    r"[ \n]{0,2}(?:[,(]?[ \n]{0,2}(?:[Nn]os?\.?|[Nn]umbers?|#|№)[ \n]{0,2})?)"
    # A speaker breaks off and begins again: "UNSCR 22- — 2254".
    r"(?:\d{1,4}-[ \n]{1,2}-[ \n]{0,2}){0,4}(?:-[ \n]{1,2})?"
    r"(?=\d|E?S-\d)"
)
CHINESE = re.compile(r"第(\d{1,4})号决议")
COUNCIL = re.compile(
    rf"(?<![\w/.\-])S/RES/({NUMBER})(?:{_S}\(((?:19|20)\d\d)\))?(?![\w/]|\.\d)"
)
ROMAN_ALONE = re.compile(
    rf"(?<![\w/.\-])(\d{{2,4}}){_S}([A-Z])?{_S}\((XX?[IVX]{{1,5}}|XXX|E?S-[IVX]{{1,5}})\)"
)
DECISION = re.compile(
    r"(?:General Assembly|UNGA|GA|G\.A\.)(?:['’]s)?[ \n]+decision[ \n]+"
    r"(\d{1,2}/\d{3})(?![\w/])"
)
UN_CONTEXT = re.compile(
    r"(?<!\w)(?:United Nations|UN|U\.N\.|UNSC|Security Council|the Council|[Tt]his "
    r"[Cc]ouncil|Secretary-General|General Assembly|UNSCR|UNITED NATIONS"
    r"|SECURITY COUNCIL|GENERAL ASSEMBLY)(?!\w)"
)
PACE_CONTEXT = re.compile(r"\bPACE\b|Parliamentary Assembly|Council of Europe")
OTHER_CONTEXT = re.compile(
    r"(?:New Year['’]?s?|conflict|dispute|image|images|screen|display|video|pixel|"
    r"spatial|high|low|alternative|House|Senate|Joint|Concurrent|board|shareholder)"
    r"[ \n]+$",
    re.IGNORECASE,
)
MEASURE = re.compile(
    r"[ \n]?(?:dpi|ppi|px|p\b|pixels?|x[ \n]?\d|×|lines|Hz|MP|megapixels?|K\b)"
)
SCREENS = frozenset(["240", "360", "480", "720", "1080", "1440", "2160", "4320"])
PINPOINT = re.compile(
    r"(¶¶?[ \n]?\d{1,3}(?:-\d{1,3})?|para(?:graph)?s?\.?[ \n]\d{1,3}(?:-\d{1,3})?"
    r"|op(?:erative)?(?:[ \n]para(?:graph)?s?)?\.?[ \n]?\d{1,3}|OP[ \n]?\d{1,3}"
    r"|PP[ \n]?\d{1,3}|preamble|annex(?:[ \n][IVX]{1,4})?\b|Article[ \n]\d{1,3})",
)
PINPOINT_OF = re.compile(
    r"[ \n]of[ \n](?:(?:the|UN|U\.N\.|United|Nations|Security|Council|SC|UNSC"
    r"|[Rr]esolution|UNSCR|Res\.?|General|Assembly)[ \n-]?){1,6}$"
)
STOP = re.compile(r"[.!?;\n]")
