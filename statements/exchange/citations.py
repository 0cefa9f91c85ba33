"""How others cite a quote: as text, by three manuals of style, for reference managers.

A form names whom the words are of, in which office, where they stand, the day and the
lasting address. Nothing is guessed: a name is cut into family and given name where the
record has it so, and stays whole elsewhere; titles keep the letters that they have.

The sources of the forms:

* *AP Stylebook*, entries "quotation marks", "titles" and "months": words stand in the
  running text, the comma or point within the marks, the title after the name.
* *The Chicago Manual of Style*, 17th edition, 14.207 (websites) and 14.260 ("quoted
  in"), as a note.
* *The Bluebook*, 21st edition, rules 18.2 (the internet) and T12 (months).
* BibTeX ``@misc``, RIS as Reference Manager 2001 has it, CSL-JSON of the Citation Style
  Language 1.0.2.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from dataclasses import dataclass

#: Letters that mean something to TeX, and how it prints them.
_TEX = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "_": r"\_",
    "%": r"\%",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
#: AP shortens these, and only before a day; the Bluebook three more.
_AP = {1: "Jan.", 2: "Feb.", 8: "Aug.", 9: "Sept.", 10: "Oct.", 11: "Nov.", 12: "Dec."}
_BLUEBOOK = {**_AP, 3: "Mar.", 4: "Apr."}

_INNER = str.maketrans("“”", "‘’")
_ENDS = ("?", "!", "…", "؟", "。")


@dataclass(frozen=True)
class Citable:
    """A quote as the world cites it.

    ``key``: its permalink; ``speaker``: a person's name, or an organisation's;
    ``family`` and ``given``: the person's name in two parts, or empty where it is one;
    ``office``: the office on that day, or empty; ``title``: of the statement;
    ``publisher``: who issued it, or empty; ``site``: the record's name;
    ``language``: of the words, a BCP 47 tag; ``url``: of the quote.
    """

    key: str
    words: str
    speaker: str
    family: str
    given: str
    office: str
    title: str
    publisher: str
    site: str
    language: str
    said_on: dt.date
    dated: dt.date
    url: str

    @property
    def who(self) -> str:
        return f"{self.speaker}, {self.office}" if self.office else self.speaker

    @property
    def author(self) -> str:
        """Family name first where the record says which it is."""
        return f"{self.family}, {self.given}" if self.given else self.speaker


def parts_of(sort_name: str) -> tuple[str, str]:
    """Family and given name of a name that is kept for sorting, or two empty words."""
    family, comma, given = sort_name.partition(", ")
    return (family.strip(), given.strip()) if comma else ("", "")


def text(quote: Citable) -> str:
    """Words, who said them, when and where."""
    return (
        f"“{quote.words}” {quote.who}, {_day(quote.said_on)}, in “{quote.title}”, "
        f"{quote.publisher or quote.site}. {quote.url}"
    )


def ap(quote: Citable) -> str:
    """A sentence of a news report."""
    words = _inside(quote.words, ",")
    return f"“{words}” {quote.who}, said {_us(quote.said_on, _AP)}."


def chicago(quote: Citable) -> str:
    """A note."""
    said = "" if quote.said_on == quote.dated else f"said {_us(quote.said_on, {})}, "
    by = f"{quote.publisher}, " if quote.publisher else ""
    return (
        f"{quote.who}, {said}quoted in {by}“{_inside(quote.title, ',')}” "
        f"{quote.site}, {_us(quote.dated, {})}, {quote.url}."
    )


def bluebook(quote: Citable) -> str:
    """A citation of words on the internet."""
    said = (
        ""
        if quote.said_on == quote.dated
        else f" (statement of {_us(quote.said_on, _BLUEBOOK)})"
    )
    return (
        f"{quote.who}, quoted in {quote.title}, {quote.publisher or quote.site} "
        f"({_us(quote.dated, _BLUEBOOK)}), {quote.url}{said}."
    )


def bibtex(quote: Citable) -> str:
    """One entry; a name that is not cut stands in braces, so that nobody cuts it."""
    author = (
        f"{_tex(quote.family)}, {_tex(quote.given)}"
        if quote.given
        else f"{{{_tex(quote.speaker)}}}"
    )
    fields = {
        "author": author,
        "title": f"{{{_tex(quote.title)}}}",
        "howpublished": _tex(quote.publisher or quote.site),
        "year": f"{quote.said_on.year:04}",
        "month": f"{quote.said_on.month}",
        "day": f"{quote.said_on.day}",
        "date": quote.said_on.isoformat(),
        "url": quote.url,
        "langid": _tex(quote.language),
        "note": f"{_tex(quote.office)}. {_tex(quote.site)}"
        if quote.office
        else _tex(quote.site),
        "abstract": _tex(quote.words),
    }
    lines = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items())
    return f"@misc{{quote-{quote.key},\n{lines}\n}}\n"


def ris(quote: Citable) -> str:
    """One record; each tag on a line of its own, ended as the format asks."""
    tags = (
        ("TY", "ELEC"),
        ("ID", f"quote-{quote.key}"),
        ("AU", quote.author),
        ("TI", quote.title),
        ("T2", quote.site),
        ("PB", quote.publisher),
        ("PY", f"{quote.said_on.year:04}"),
        ("DA", f"{quote.said_on:%Y/%m/%d}/"),
        ("AB", quote.words),
        ("N1", quote.office),
        ("LA", quote.language),
        ("UR", quote.url),
    )
    lines = [f"{tag}  - {_line(value)}" for tag, value in tags if value]
    return "\r\n".join([*lines, "ER  - ", ""])


def csl(quote: Citable) -> str:
    """A list of one item, as JSON."""
    author = (
        {"family": quote.family, "given": quote.given}
        if quote.given
        else {"literal": quote.speaker}
    )
    day = quote.said_on
    item = {
        "id": f"quote-{quote.key}",
        "type": "webpage",
        "author": [author],
        "title": quote.title,
        "container-title": quote.site,
        "publisher": quote.publisher or quote.site,
        "issued": {"date-parts": [[day.year, day.month, day.day]]},
        "URL": quote.url,
        "language": quote.language,
        "abstract": quote.words,
    }
    if quote.office:
        item["note"] = quote.office
    return json.dumps([item], ensure_ascii=False, indent=2) + "\n"


def _day(day: dt.date) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def _us(day: dt.date, short: dict[int, str]) -> str:
    """March 2, 2026; with a month shortened where the manual has it so."""
    return f"{short.get(day.month, _MONTHS[day.month - 1])} {day.day}, {day.year}"


def _inside(words: str, mark: str) -> str:
    """Words within double marks: theirs become single, a point gives way to a comma."""
    words = words.translate(_INNER)
    if words.endswith(_ENDS):
        return words
    return words.removesuffix(".") + mark


def _tex(words: str) -> str:
    return "".join(_TEX.get(letter, letter) for letter in _line(words))


def _line(words: str) -> str:
    """In one line: what ends a line in any script would end a field."""
    return re.sub(r"[\s\x00-\x1f\x7f\x85\u2028\u2029]+", " ", words).strip()
