"""Texts and bodies that grow in the ways in which reading becomes slow."""

from __future__ import annotations

from collections.abc import Callable

#: A text of about so many characters, by what it is full of.
TEXTS: dict[str, Callable[[int], str]] = {
    "opening marks": lambda n: "“" * n,
    "closing marks": lambda n: "”" * n,
    "straight marks": lambda n: '"' * n,
    "marks one by one": lambda n: "“a” " * (n // 4),
    "marks never closed": lambda n: "“We say so, said he. " * (n // 21),
    "marks in marks": lambda n: "“‘" * (n // 4) + "’”" * (n // 4),
    "apostrophes": lambda n: "'a' " * (n // 4),
    "paragraphs that open again": lambda n: "“Words and words.\n" * (n // 18),
    "verbs of saying": lambda n: "said " * (n // 5),
    "speakers without words": lambda n: "she said, he said, " * (n // 19),
    "one capitalised name": lambda n: "Ilse " * (n // 5),
    "names and titles": lambda n: "Minister Ilse Okafor of the " * (n // 28),
    "names and verbs": lambda n: "Okafor said that Lindqvist said " * (n // 32),
    "initials": lambda n: "A. B. " * (n // 6),
    "pronouns": lambda n: "“We will,” he told her. " * (n // 24),
    "symbols begun": lambda n: "S/RES/" * (n // 6),
    "symbols": lambda n: "S/RES/2417 (2018), " * (n // 19),
    "resolutions listed": lambda n: "resolutions 1325, " + "2222, " * (n // 6),
    "resolutions joined": lambda n: "resolution 2417 and " * (n // 20),
    "digits": lambda n: "2" * n,
    "figures": lambda n: "2 417 " * (n // 6),
    "commas": lambda n: "a, " * (n // 3),
    "colons": lambda n: "Okafor: " * (n // 8),
    "labels": lambda n: "MS OKAFOR: Yes.\n" * (n // 16),
    "hyphens": lambda n: "a-" * (n // 2),
    "dashes": lambda n: "word – " * (n // 7),
    "brackets": lambda n: "(" * (n // 2) + ")" * (n // 2),
    "one word": lambda n: "a" * n,
    "capitals": lambda n: "A" * n,
    "spaces": lambda n: "a" + " " * n + "b",
    "line ends": lambda n: "\n" * n,
    "lines of spaces": lambda n: "   \n" * (n // 4),
    "full stops": lambda n: "." * n,
    "accents": lambda n: "e\u0301" * (n // 2),
    "Arabic": lambda n: "قال «نعم» " * (n // 10),
}

#: An HTML source of about so many characters.
SOURCES: dict[str, Callable[[int], str]] = {
    "less-than signs": lambda n: "<" * n,
    "ampersands": lambda n: "&" * n,
    "references": lambda n: "&lt;" * (n // 4),
    "tags never ended": lambda n: "<a " * (n // 3),
    "values never ended": lambda n: "<a b='" * (n // 6),
    "attributes": lambda n: f"<p {'a=b ' * (n // 4)}>x",
    "comments never ended": lambda n: "<!--" * (n // 4),
    "comments": lambda n: "<!-- -->" * (n // 8),
    "scripts never ended": lambda n: "<script>" * (n // 8),
    "drawings never ended": lambda n: "<svg>" * (n // 5),
    "boxes in boxes": lambda n: "<div>" * (n // 5) + "x",
    "bold in bold": lambda n: "<b>" * (n // 3) + "x",
    "links in links": lambda n: "<a href=/>" * (n // 10) + "x",
    "lists in lists": lambda n: "<ul><li>" * (n // 8) + "x",
    "tables in tables": lambda n: "<table><td>" * (n // 11) + "x",
    "end tags of nothing": lambda n: "<ul><td>" + "</ul></p>" * (n // 9),
    "crossed tags": lambda n: "<b><i></b></i>x" * (n // 15),
    "tags that mend themselves": lambda n: "<p><b>x" * (n // 7),
    "breaks": lambda n: "x<br>" * (n // 5),
    "spaces": lambda n: f"<p>x{' ' * n}y",
    "accents": lambda n: "x<b>\u0301</b>" * (n // 9),
    "quotation marks": lambda n: "<q>" * (n // 3) + "x",
    "marks of quotes": lambda n: (
        '<p><span data-quote="0123456789">a</span></p>' * (n // 45)
    ),
}

#: A question of about so many characters.
QUESTIONS: dict[str, Callable[[int], str]] = {
    "words": lambda n: "ab " * (n // 3),
    "one word": lambda n: "a" * n,
    "quotation marks": lambda n: '"' * n,
    "phrases": lambda n: '"a b" ' * (n // 6),
    "phrases never closed": lambda n: '"a ' * (n // 3),
    "minus signs": lambda n: "-" * n,
    "excluded words": lambda n: "-a " * (n // 3),
    "colons": lambda n: "a:" * (n // 2),
    "filters": lambda n: "org:a " * (n // 6),
    "filters without a name": lambda n: "org:" * (n // 4),
    "dates": lambda n: "after:2024 " * (n // 11),
    "digits": lambda n: "9" * n,
    "stars": lambda n: "abc* " * (n // 5),
    "brackets": lambda n: "(" * n,
    "accents": lambda n: "\u0301" * n,
    "spaces": lambda n: " " * n,
    "controls": lambda n: "\x01" * n,
    "halves of characters": lambda n: "\ud800" * n,
}
