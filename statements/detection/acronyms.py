"""Abbreviations in capitals that a text uses and never explains.

Explained is what stands in brackets or before brackets ("Ferry Pilots' Union (FPU)",
"the FPU (Ferry Pilots' Union)"), and what words of the text begin with, wherever they
stand. What every reader knows needs no word.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from .findings import Remark, Span
from .lexicon import word_set

RULE = "acronym"

#: Known to whoever reads statements: institutions, places, units, everyday words.
USUAL = word_set(
    """
UN EU US UK USA UAE USSR DRC DPRK PRC ROK GDR FRG NATO OTAN ONU OSCE OECD OCDE OPEC
ASEAN IMF FMI WTO WHO OMS ILO IAEA ICC ICJ UNICEF UNESCO UNHCR UNDP UNEP UNGA UNSC UNRWA
OCHA WFP FAO UNAIDS INTERPOL EUROPOL ICRC IFRC NGO NGOS ONG CEO CFO CTO COO CIA FBI KGB
NSA NASA ESA CERN BBC CNN NBC ABC CBS AFP PBS NPR AIDS HIV SARS MERS COVID DNA RNA GDP
GNP PIB VAT GST PDF URL HTML SMS GPS SUV ATM PIN VIP DVD CCTV LED USB WIFI FAQ RSVP TBC
TBD UTC GMT EST EDT CET CEST PST PDT CST MST AEST AEDT EUR USD GBP AUD CAD CHF JPY CNY
RUB UAH BRICS APEC AUKUS MERCOSUR GCC ECOWAS SADC IGAD COP LGBT LGBTQ LGBTQI LGBTI
LGBTQIA STEM ISIS ISIL DAESH AFRICOM PEPFAR USAID NORAD FIFA UEFA IOC OAS AMISOM BRI NPT
START SALT CPR ICU TNT AWOL RADAR SCUBA LASER JFK FDR LBJ QEII MBA PHD BSC LLB QC KC MP
MPS MEP MEPS MSP PLC LLC LTD INC AKA ETA FYI ASAP DIY OK AM PM BCE TV PR IT AI IQ CO CDC
FDA FEMA EPA MRI CT NBA WNBA NFL NHL MLB NCAA PGA ESPN IBM BMW SAP LNG LPG PPE MOU MOUS
GPA LLP LLPS IOT HTTP HTTPS WWW APP APPS SOS UFO PTSD ADHD IVF STD STDS ICBM ICBMS RAF
NAFTA CARICOM IOM OHCHR ICAO IMO UNFPA UNCTAD UNIDO UNODC COVAX UNIFIL VOA TASS SWIFT
UNSCR IPCC COPS GHG EUROSTAT MIT UCLA NYU PHDS CEOS CFOS MPAS CNBC MSNBC PLLC UPS DHL
RTX HSBC KPMG CSX PNC AIG BHP PDR NYC HVAC SPCA TSMC SMIC GMBH OAO OOO PJSC JSC NV SA
WMD WMDS DEI GOP POW POWS MIA MIAS
"""
)
#: Words that are printed in capitals to be heard, and headings of the wires.
_SHOUTED = word_set(
    """
THE AND NOT BUT FOR ALL ANY ARE WAS HAS HAD CAN MAY OUR YOU YOUR HIS HER ITS OUT NOW NEW
ONE TWO WHY HOW YES WHAT WHEN WILL MUST THIS THAT THAN THEY THEM ONLY WITH FROM HAVE
BEEN NEVER EVERY ALWAYS WITHIN END ENDS STOP NOTE MORE FIRST LAST NEXT DAY WEEK YEAR
PRESS MEDIA EMBARGO DRAFT FINAL URGENT UPDATE BREAKING LIVE ALSO HERE THERE LATER JOINT
RELEASE SUMMARY FACT SHEET TEXT BACK ABOUT INTO OVER UNDER AFTER BEFORE BOTH EACH MOST
SOME SUCH VERY MUCH MANY SAID SAYS MAKE MADE TAKE LET GET GOT SEE SAW USE MAN MEN WAR
WAY SIR DEAR CHECK GONE DOWN JUST GOOD BEST LONG SAME REAL TRUE WRONG RIGHT GREAT THANK
THANKS PLEASE WOMEN PEOPLE LIFE HOME WORK TIME HELP NOTHING NOBODY EVERYONE AGAIN THEIR
THESE THOSE COULD WOULD SHOULD WERE BEING APPLAUSE LAUGHTER AUDIENCE SPEAKER HON DAME
LORD LADY MISS MRS PAGE JAN FEB MAR APR JUN JUL AUG SEP SEPT OCT NOV DEC MON TUE WED THU
FRI SAT SUN
"""
)
#: Capitals that stand beside an abbreviation, and shout nothing.
_PLACES = word_set("UN EU US UK UAE")

_ACRONYM = re.compile(r"(?<![\w/.&’'@#-])[^\W\d_a-zß-öø-ÿ]{3,7}(?=s?(?![\w/&@-]|\.\w))")
_ROMAN = re.compile(r"M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
# One says it as a word: a programme, an app, a shout (INFRA, HUGE), seldom to be told.
_ONSET = "(?:[BCDFGHJKLMNPRSTVWXYZ]|[BCFGP]L|[BCDFGPT]R|[CSTWP]H|QU|S[CKLMNPTW]|TW)"
_CODA = (
    "(?:[BCDFGKLMNPRSTVWXY]|CK|[LRNMPTK]S|[LRNSCPF]T|[LNR]D"
    "|[LRNSW]K|LL|SS|[SCTN]H|NG|MP)"
)
_SPOKEN = re.compile(
    rf"(?=.{{4}}){_ONSET}?[AEIOUY]{{1,2}}(?:[B-DF-HJ-NP-TV-Z]{{1,2}}[AEIOUY]{{1,2}})*"
    rf"{_CODA}?"
)
_WORD = re.compile(r"[^\W\d_]+")
_NAME = re.compile(
    r"[^\W\d_a-zß-öø-ÿ][\w’'-]*(?:(?:[ -]|, )(?:(?:of|the|and|for|on|in|to|against|with"
    r"|de|la|le|les|des|du|et|el|los|las|y|und|der|für|e|do|da|di|della) )*"
    r"[^\W\d_a-zß-öø-ÿ][\w’'-]*)+"
)
_LABEL = re.compile(r"\s*[:–—/(-]")
_INITIAL = re.compile(r"[^\W\d_]\.\s$")
# The name of something, and not an abbreviation: the PACT Act, BETA Technologies.
_NAMED = re.compile(r"[ \u00a0](?:[^\W\d_a-zß-öø-ÿ][^\W\d_A-ZÀ-Þ]|\d|vs?\. )")
_KNOWN_AS = re.compile(r"(?:known|such) as (?:the )?$")
_RUNS = 400  # names of several words that are looked at in a text


def remarks(text: str, known: Collection[str] = ()) -> Iterator[Remark]:
    """The first use of each abbreviation that nothing explains.

    ``known`` are those of the catalogue.
    """
    found: dict[str, Span] = {}
    for match in _ACRONYM.finditer(text):
        word = match[0]
        if (
            word in found
            or word in USUAL
            or word in _SHOUTED
            or word in known
            or not word.isalpha()
            or not word.isupper()
            or _ROMAN.fullmatch(word)
            or _SPOKEN.fullmatch(word)
            or _NAMED.match(text, match.end())
            or _KNOWN_AS.search(text, max(0, match.start() - 12), match.start())
        ):
            continue
        if not _shouted(text, match.start(), match.end()):
            found[word] = Span(*match.span())
    if not found:
        return
    small = {word for word in _WORD.findall(text) if word.islower()}
    told = _told(text)
    for word, span in found.items():
        if word.lower() in small or _explained(word, text, told):
            continue
        yield Remark(
            RULE,
            span,
            word,
            f"“{word}” is not explained. Write the name out where it first stands.",
        )


def _shouted(text: str, start: int, end: int) -> bool:
    """Is the line, or the word beside it, in capitals too: a heading, a label?"""
    for word in (
        _WORD.search(text[max(0, start - 25) : start][::-1]),
        _WORD.search(text[end : end + 25]),
    ):
        if word is None or len(word[0]) < 2:
            continue
        if word.start() <= 2 and word[0].isupper():
            plain = {word[0], word[0][::-1]}
            if not plain & _PLACES:
                return True
    low = text.rfind("\n", 0, start) + 1
    line = text[low : low + 200].partition("\n")[0]
    letters = sum(map(str.isalpha, line))
    # A label of a speaker, a heading of the wires; DONALD J. TRUMP.
    label = _LABEL.match(text, end) and not text[low:start].strip("-–—•* ")
    name = _INITIAL.search(text, max(0, start - 3), start)
    return bool(label or name) or sum(map(str.isupper, line)) * 2 > letters


def _told(text: str) -> str:
    """What the names of several words in a text begin with, one after another."""
    runs = []
    for number, match in enumerate(_NAME.finditer(text)):
        if number == _RUNS:
            break
        words = [part for word in match[0].split() for part in re.split("[-–]", word)]
        runs.append("".join(w[0] for w in words if w and w[0].isupper()))
        runs.append("".join(w[0] for w in words if w).upper())
    return " ".join(runs)


def _explained(word: str, text: str, told: str) -> bool:
    if word in told:
        return True
    escaped = re.escape(word)
    # (FPU), (the FPU), (“FPU”), (hereafter FPU); FPU (Ferry …); FPU, or Ferry …; and
    # FPU, the union of …
    return bool(
        re.search(
            rf"\((?:[^()\n]{{0,30}}\W)?{escaped}s?\W?[^()\n]{{0,3}}\)"
            rf"|(?<!\w){escaped}[”\"’]?s? \([^()\n]*[^\W\d_]{{3}}[^()\n]*\)"
            rf"|(?<!\w){escaped}[”\"’]?(?:,? or |, (?:the|an?) [a-z]"
            rf"|[,]? [–—-] (?:the|an?) )|\bor [“\"]?{escaped}(?!\w)",
            text,
        )
    )
