"""Which phrase of a sentence says its quote: verbs, clauses, and who vouches."""

from __future__ import annotations

import pytest

from statements.detection.engine import detect

#: The text, the speakers of its quotes as printed, why.
ROWS = [
    # A second verb joins the verb of saying, not the verb of what was said.
    (
        "Ilse Okafor said she was tired of it, arguing that “nobody reads the map”.",
        ["Ilse Okafor"],
        "a participle after what was said",
    ),
    (
        "Ilse Okafor said the move was made by Gordon Bell and asked, “Whom do you"
        " trust with the port?”",
        ["Ilse Okafor"],
        "and asked: who said it asks",
    ),
    (
        "Ilse Okafor defended the plan at a forum sponsored by the channel and said it"
        " was “a plan for grown people”.",
        ["Ilse Okafor"],
        "a participle with by has no subject of its own",
    ),
    # The outermost speaker.
    (
        "Ilse Okafor said Gordon Bell had called the plan “a map of yesterday”.",
        ["Ilse Okafor"],
        "who says that the other said it",
    ),
    (
        "Ilse Okafor told reporters that Gordon Bell had called it “a map of nowhere”.",
        ["Ilse Okafor"],
        "told reporters that",
    ),
    (
        "“I ask you for one more week of this,” Gordon Bell said, according to two"
        " people in the room.",
        ["two people in the room"],
        "who vouches for it after the tag",
    ),
    # Nouns that look like verbs of saying.
    (
        "Ilse Okafor said in Monday's debate that the plan was “a map of yesterday”.",
        ["Ilse Okafor"],
        "a debate is no verb",
    ),
    (
        "Ilse Okafor said his earlier remarks were a gift: “propaganda for nobody”.",
        ["Ilse Okafor"],
        "remarks were",
    ),
    (
        "“It was a long night for us all,” Harbour press secretary Ilse Okafor said.",
        ["Harbour press secretary Ilse Okafor"],
        "a press secretary presses nobody",
    ),
    # Tags and what only looks like one.
    (
        "Ilse Okafor praised the bill as “the best of both worlds,” giving ports that"
        " said little the last word.",
        ["Ilse Okafor"],
        "a participle after the quote is no tag",
    ),
    (
        "Gordon Bell, citing “the unique magic of the sea,” said the ferry could be"
        " ready by noon.",
        ["Gordon Bell"],
        "said the ferry could: it is no inverted tag",
    ),
    (
        "“To see how many could fall is stunning,” since most were decided by a vote,"
        " said Ilse Okafor.",
        ["Ilse Okafor"],
        "an inverted tag behind a clause",
    ),
    (
        "“Is this what they want?” Ilse Okafor said, according to the Star.",
        ["the Star"],
        "who vouches for it after a tag that stands apart",
    ),
    # Relative clauses.
    (
        "Gordon Bell, who identifies as a Harbourman, told the Herald the boat was"
        " “not ready for the sea”.",
        ["Gordon Bell"],
        "the last name of a relative clause is no subject",
    ),
    (
        "The plan was read by Ilse Okafor, who, on a call on Friday, criticised it for"
        " “leading nowhere at all”.",
        ["who"],
        "words between who and its verb",
    ),
    (
        "Gordon Bell, who was on the list, told the Star, “Of the three I like the"
        " boat best.”",
        ["Gordon Bell"],
        "told has no inverted subject",
    ),
    # Who is quoted by another.
    (
        "The Herald quoted Ilse Okafor as saying that the port was “on the water”.",
        ["Ilse Okafor"],
        "quoted as saying, before the quote",
    ),
    (
        "The King was “in good spirits and bad slippers”, Gordon Bell quoted his"
        " physician as saying.",
        ["his physician"],
        "quoted as saying, after the quote",
    ),
    # Little words.
    ("“We do not understand it at all,” the two write.", ["the two"], "the two write"),
    ("“She has seen it all before,” the daily wrote.", ["the daily"], "the daily"),
    (
        "Gordon Bell teaches pilots. His first rule is old: “Turn your head before you"
        " turn the wheel.”",
        ["His"],
        "his rule, and a colon",
    ),
    # Nobody says it, but somebody is spoken of.
    (
        "“There are three ways to bend a plank.”\nGordon Bell is explaining his trade"
        " to a class of ten.",
        ["Gordon Bell"],
        "the paragraph after the quote is about its speaker",
    ),
    (
        "Ilse Okafor used the day to defend the cable.\n“It makes no sense until the"
        " last word.”",
        ["Ilse Okafor"],
        "the paragraph before the quote is about its speaker",
    ),
]


@pytest.mark.parametrize(
    ("text", "speakers"), [row[:2] for row in ROWS], ids=[row[2] for row in ROWS]
)
def test_who_says_it(text, speakers):
    assert [quote.attribution.speaker for quote in detect(text).quotes] == speakers
