"""Transcripts and bodies given to somebody: what is a turn, and what only looks so."""

import pytest

from statements.detection.engine import detect
from statements.detection.findings import Office, Person, Roster

LAID_OUT = [
    (
        "a label on a line of its own",
        "TRANSCRIPT OF AN INTERVIEW\n\nTHOROLD:\n\nThe budget is round.\n\n"
        "QUESTION:\n\nRound like what?\n\nTHOROLD:\n\nLike a plate.\n",
        [
            ("THOROLD", "The budget is round."),
            ("QUESTION", "Round like what?"),
            ("THOROLD", "Like a plate."),
        ],
    ),
    (
        "paragraphs of one turn belong together, the end of the page does not",
        "MS. OKAFOR: The Strait is open.\n\nIt will stay open.\n\nQ    For whom?\n\n"
        "MS. OKAFOR: For ships. (Laughter.)\n\nEND 2:40 P.M.\n\nPrinted in Sandholm.",
        [
            ("MS. OKAFOR", "The Strait is open.\n\nIt will stay open."),
            ("Q", "For whom?"),
            ("MS. OKAFOR", "For ships. (Laughter.)"),
        ],
    ),
    (
        "an interpreter's note is no part of the label",
        "MINISTER KESTRIN: (Via interpreter) We agree on the ice.\n\n"
        "MODERATOR: Thank you, Minister. That was short.\n",
        [
            ("MINISTER KESTRIN", "(Via interpreter) We agree on the ice."),
            ("MODERATOR", "Thank you, Minister. That was short."),
        ],
    ),
    (
        "unnamed officials are told apart by their numbers",
        "SENIOR MINISTRY OFFICIAL ONE: We start on Monday.\n\n"
        "SENIOR MINISTRY OFFICIAL TWO: Or on Tuesday.\n",
        [
            ("SENIOR MINISTRY OFFICIAL ONE", "We start on Monday."),
            ("SENIOR MINISTRY OFFICIAL TWO", "Or on Tuesday."),
        ],
    ),
    (
        "a piece of a transcript in an article ends with its paragraph",
        "The minister went on the radio. He had slept badly.\n\n"
        * 10
        + "AMORY: The bridge holds.\nHOST: Does it?\nAMORY: It did this morning.\n\n"
        "By noon the bridge was closed.\n",
        [
            ("AMORY", "The bridge holds."),
            ("HOST", "Does it?"),
            ("AMORY", "It did this morning."),
        ],
    ),
    (
        "a speech with one label",
        "Harrowmere\n\nTHE PRESIDENT: "
        + "Thank you all for coming out in this weather tonight. " * 5,
        [
            (
                "THE PRESIDENT",
                ("Thank you all for coming out in this weather tonight. " * 5).strip(),
            )
        ],
    ),
]


@pytest.mark.parametrize(
    ("text", "wanted"), [row[1:] for row in LAID_OUT], ids=[row[0] for row in LAID_OUT]
)
def test_a_label_says_whose_the_words_are(text, wanted):
    found = detect(text).quotes
    assert [(q.attribution.speaker, q.span.of(text)) for q in found] == wanted
    assert {(q.kind, q.rule, q.attribution.evidence) for q in found} == {
        ("block", "turn", "label")
    }


NOT_LAID_OUT = [
    (
        "headings of a fact sheet",
        "Urgent Needs: The ministry will buy pumps.\n\n"
        "Medium-Term Needs: The ministry will buy more pumps.\n",
    ),
    (
        "who, what, when of an invitation",
        "WHO: Minister Pell Amory.\nWHAT: A bridge is opened.\nWHEN: Noon.\n",
    ),
    (
        "a press contact",
        "The port is open.\n\nMEDIA CONTACT: Lotte Brannic, 555 0142.\n",
    ),
    (
        "officers of a society",
        "Chair: Ada Brandt\nTreasurer: Oda Relling\nSecretary: Anton Grieve\n",
    ),
    (
        "headlines of papers",
        "HERALD: Bridge opened in rain [link]\n\nHERALD: Bridge closed [link]\n",
    ),
    ("a heading in capitals", "DELIVERING PORTS FOR SAILORS: The port is wide. " * 9),
    (
        "a correction",
        "The port is open.\n\nCORRECTION: An earlier version said it was shut.\n",
    ),
    (
        "a statement of policy is nobody's",
        "STATEMENT OF ADMINISTRATION POLICY\n\nThe bill is good. It should be law.\n",
    ),
]


@pytest.mark.parametrize(
    "text", [row[1] for row in NOT_LAID_OUT], ids=[row[0] for row in NOT_LAID_OUT]
)
def test_what_only_looks_like_a_label_says_nothing(text):
    assert detect(text).quotes == ()


WHOLE = [
    ("The following statement was issued by Spokesperson Ilse Okafor:", "Ilse Okafor"),
    ("The below is attributable to Spokesperson Ilse Okafor:", "Ilse Okafor"),
    ("Minister Maren Achterberg issued the following statement:", "Maren Achterberg"),
    ("Statement by Foreign Minister Maren Achterberg on the ice", "Maren Achterberg"),
    ("Joint statement by the Governments of Vallorn and Estmark", ""),
]  # fmt: skip


@pytest.mark.parametrize(("line", "full"), WHOLE)
def test_a_line_above_a_body_gives_all_of_it_to_one_speaker(line, full):
    body = "The Strait was open today.\n\nIt will be open tomorrow."
    text = f"Office of the Spokesperson\n\n{line}\n\n{body}\n\n###\nSandholm"
    (quote,) = detect(text).quotes
    assert (quote.span.of(text), quote.attribution.full_name) == (body, full)
    assert (quote.kind, quote.rule) == ("block", "whole")


def test_a_body_in_marks_is_left_to_its_marks():
    text = (
        "Statement by Foreign Minister Maren Achterberg\n\n"
        "“The Strait was open today.”\n\nThe minister left for Estmark."
    )
    (quote,) = detect(text).quotes
    assert quote.span.of(text) == "The Strait was open today."
    assert (quote.rule, quote.attribution.full_name) == ("label", "Maren Achterberg")


def test_an_article_under_a_heading_is_no_statement():
    text = (
        "Statement by Foreign Minister Maren Achterberg draws a crowd\n\n"
        "Hundreds came. “We have come for the soup and the ice,” said Lotte Brannic."
    )
    assert [q.span.of(text) for q in detect(text).quotes] == [
        "We have come for the soup and the ice,"
    ]


def test_the_roster_knows_who_speaks_in_a_transcript():
    okafor = Person(7, "Ilse Okafor", offices=(Office(3, "Spokesperson", "M", 1),))
    text = (
        "Briefing by Spokesperson Ilse Okafor\n\nMS OKAFOR: We sail.\n\n"
        "QUESTION: When?\n"
    )
    first, second = detect(text, roster=Roster((okafor,))).quotes
    assert [c.person for c in first.attribution.candidates] == [7]
    assert second.attribution.candidates == ()


def test_the_line_below_a_quote_names_its_speaker_without_a_dash():
    text = (
        "“The ferry has a new bell. It rings.”\nLotte Brannic, passenger\n\n"
        "“The bell is loud.”\nSandholm, 4 May"
    )
    first, second = detect(text).quotes
    assert (first.rule, first.attribution.full_name) == ("signature", "Lotte Brannic")
    assert second.rule != "signature"
