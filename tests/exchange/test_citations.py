"""A quote as the manuals of style and the reference managers have it."""

from __future__ import annotations

import datetime as dt
import json
import re
from dataclasses import replace

import pytest

from statements.exchange import citations
from statements.exchange.citations import Citable

QUOTE = Citable(
    key="0A1B2C3D4E",
    words="The ferries will sail.",
    speaker="Ilse Okafor",
    family="Okafor",
    given="Ilse",
    office="Spokesperson, Ministry of Foreign Affairs",
    title="The strait is calm",
    publisher="Ministry of Foreign Affairs",
    site="The Record",
    language="en",
    said_on=dt.date(2026, 9, 2),
    dated=dt.date(2026, 9, 2),
    url="https://record.example/quotes/0A1B2C3D4E/",
)
LATER = replace(QUOTE, dated=dt.date(2026, 9, 5))
COUNCIL = replace(QUOTE, speaker="Harbour Council", family="", given="", office="")
HOSTILE = replace(
    QUOTE,
    words="50 % & more_of {it}\r\nTY  - BOOK\u2028\\end",
    title='A "title" } , author = {Nobody}',
    speaker="Anna\nvan Dijk",
    family="van Dijk",
    given="Anna\n",
)


def test_the_page_offers_four_styles():
    assert [
        make(QUOTE)
        for make in (
            citations.text,
            citations.ap,
            citations.chicago,
            citations.bluebook,
        )
    ] == [
        "“The ferries will sail.” Ilse Okafor, Spokesperson, Ministry of Foreign "
        "Affairs, 2 September 2026, in “The strait is calm”, Ministry of Foreign "
        "Affairs. https://record.example/quotes/0A1B2C3D4E/",
        "“The ferries will sail,” Ilse Okafor, Spokesperson, Ministry of Foreign "
        "Affairs, said Sept. 2, 2026.",
        "Ilse Okafor, Spokesperson, Ministry of Foreign Affairs, quoted in Ministry of "
        "Foreign Affairs, “The strait is calm,” The Record, September 2, 2026, "
        "https://record.example/quotes/0A1B2C3D4E/.",
        "Ilse Okafor, Spokesperson, Ministry of Foreign Affairs, quoted in The strait "
        "is calm, Ministry of Foreign Affairs (Sept. 2, 2026), "
        "https://record.example/quotes/0A1B2C3D4E/.",
    ]


def test_an_organisation_has_one_name_and_a_statement_without_issuer_none():
    council = replace(COUNCIL, publisher="")
    assert citations.ap(council) == (
        "“The ferries will sail,” Harbour Council, said Sept. 2, 2026."
    )
    assert citations.chicago(council).startswith(
        "Harbour Council, quoted in “The strait is calm,” The Record, September 2"
    )
    assert json.loads(citations.csl(council))[0]["author"] == [
        {"literal": "Harbour Council"}
    ]
    assert "author = {{Harbour Council}}" in citations.bibtex(council)
    assert "AU  - Harbour Council\r\n" in citations.ris(council)


def test_words_said_before_the_statement_have_their_own_day():
    assert ", said September 2, 2026, quoted in" in citations.chicago(LATER)
    assert citations.chicago(LATER).count("September 5, 2026") == 1
    assert citations.bluebook(LATER).endswith("(statement of Sept. 2, 2026).")


@pytest.mark.parametrize(
    ("words", "within"),
    [
        ("It sails", "“It sails,”"),
        ("It sails.", "“It sails,”"),
        ("Does it sail?", "“Does it sail?”"),
        ("It said “no” to us", "“It said ‘no’ to us,”"),
        ("متى تبحر؟", "“متى تبحر؟”"),
    ],
)
def test_within_the_marks_stand_a_comma_and_single_marks(words, within):
    assert citations.ap(replace(QUOTE, words=words)).startswith(f"{within} Ilse")


@pytest.mark.parametrize(
    ("month", "ap", "bluebook"),
    [
        (1, "Jan. 9", "Jan. 9"),
        (3, "March 9", "Mar. 9"),
        (4, "April 9", "Apr. 9"),
        (5, "May 9", "May 9"),
        (7, "July 9", "July 9"),
        (12, "Dec. 9", "Dec. 9"),
    ],
)
def test_months_are_shortened_as_each_manual_has_it(month, ap, bluebook):
    quote = replace(QUOTE, said_on=dt.date(2026, month, 9))
    quote = replace(quote, dated=quote.said_on)
    assert f"said {ap}, 2026." in citations.ap(quote)
    assert f"({bluebook}, 2026)" in citations.bluebook(quote)


def bib_fields(entry: str) -> dict[str, str]:
    """The fields of one entry, read by its braces, as BibTeX reads it."""
    assert entry.startswith("@misc{")
    fields, at = {}, entry.index(",") + 1
    while found := re.compile(r"\s*(\w+) = \{").match(entry, at):
        depth, begin = 1, found.end()
        at = begin
        while depth:
            if entry[at] == "\\":
                at += 1
            else:
                depth += {"{": 1, "}": -1}.get(entry[at], 0)
            at += 1
        fields[found[1]] = entry[begin : at - 1]
        at += entry[at : at + 1] == ","
    assert entry[at:].strip() == "}"
    return fields


def test_bibtex_is_one_entry_whatever_the_words_are():
    fields = bib_fields(citations.bibtex(QUOTE))
    assert fields == {
        "author": "Okafor, Ilse",
        "title": "{The strait is calm}",
        "howpublished": "Ministry of Foreign Affairs",
        "year": "2026",
        "month": "9",
        "day": "2",
        "date": "2026-09-02",
        "url": "https://record.example/quotes/0A1B2C3D4E/",
        "langid": "en",
        "note": "Spokesperson, Ministry of Foreign Affairs. The Record",
        "abstract": "The ferries will sail.",
    }
    hostile = bib_fields(citations.bibtex(HOSTILE))
    assert hostile.keys() == fields.keys()
    assert hostile["author"] == "van Dijk, Anna"
    assert hostile["title"] == r'{A "title" \} , author = \{Nobody\}}'
    assert hostile["abstract"] == (
        r"50 \% \& more\_of \{it\} TY - BOOK \textbackslash{}end"
    )


def test_ris_is_one_record_whatever_the_words_are():
    lines = citations.ris(HOSTILE).split("\r\n")
    assert lines[0] == "TY  - ELEC"
    assert lines[-2:] == ["ER  - ", ""]
    tags = " ".join(line.removesuffix("  - ")[:2] for line in lines[:-1])
    assert tags == "TY ID AU TI T2 PB PY DA AB N1 LA UR ER"
    assert "AU  - van Dijk, Anna" in lines
    assert "AB  - 50 % & more_of {it} TY - BOOK \\end" in lines
    assert "DA  - 2026/09/02/" in lines


def test_csl_is_one_item():
    assert json.loads(citations.csl(HOSTILE)) == [
        {
            "id": "quote-0A1B2C3D4E",
            "type": "webpage",
            "author": [{"family": "van Dijk", "given": "Anna\n"}],
            "title": HOSTILE.title,
            "container-title": "The Record",
            "publisher": "Ministry of Foreign Affairs",
            "issued": {"date-parts": [[2026, 9, 2]]},
            "URL": HOSTILE.url,
            "language": "en",
            "abstract": HOSTILE.words,
            "note": HOSTILE.office,
        }
    ]


@pytest.mark.parametrize(
    ("kept", "parts"),
    [
        ("Okafor, Ilse", ("Okafor", "Ilse")),
        ("van Dijk, Anna Jr.", ("van Dijk", "Anna Jr.")),
        ("Moulay", ("", "")),
        ("", ("", "")),
    ],
)
def test_a_name_is_cut_where_the_record_cuts_it(kept, parts):
    assert citations.parts_of(kept) == parts
