"""Who says each quote: phenomena of statements and news, one row each."""

import pytest

from statements.detection.engine import detect

OPEN = "Ilse Okafor, the ministry’s spokeswoman, met Teodor Lindqvist. "
TABLE = [
    # (text, [(words, speaker as printed, full name)], why the row is there)
    ("“It is over,” said Ilse Okafor, the channel’s head of news.",
     [("It is over,", "Ilse Okafor", "Ilse Okafor")], "inverted, apposition after"),
    ("Spokesperson Ilse Okafor spoke. Spokesperson Okafor said “not a line moved”.",
     [("not a line moved", "Spokesperson Okafor", "Ilse Okafor")], "short form"),
    ("Teodor Lindqvist listened. “It is a test of what people think,” he said.",
     [("It is a test of what people think,", "he", "Teodor Lindqvist")], "pronoun"),
    ("Ilse Okafor praised Teodor Lindqvist. “He did well for all of us,” she said.",
     [("He did well for all of us,", "she", "Ilse Okafor")], "gender decides"),
    ("The Estmark envoy answered, “What, with a cloth and a bucket?”",
     [("What, with a cloth and a bucket?", "The Estmark envoy", "")], "a role"),
    ("“Honestly,” Ilse Okafor continued, “we may be close.”",
     [("Honestly,", "Ilse Okafor", "Ilse Okafor"),
      ("we may be close.", "Ilse Okafor", "Ilse Okafor")], "a split quote"),
    ("“We begin now,” Ilse Okafor notes. “It was different with Paul Voss in office.”",
     [("We begin now,", "Ilse Okafor", "Ilse Okafor"),
      ("It was different with Paul Voss in office.", "Ilse Okafor", "Ilse Okafor")],
     "the sentence after the tag; the name inside is nobody's"),
    ("“The harbour shock is not all,” Ilse Okafor said of Paul Voss.",
     [("The harbour shock is not all,", "Ilse Okafor", "Ilse Okafor")],
     "a name after the tag is not the speaker"),
    ("Ilse Okafor replied to Paul Voss with, “Why only now, after all this time?”",
     [("Why only now, after all this time?", "Ilse Okafor", "Ilse Okafor")],
     "the addressee is not the speaker"),
    ("Ilse Okafor, who thinks that the pact made by Paul Voss is dead, called the new "
     "one “much, much better”.",
     [("much, much better", "Ilse Okafor", "Ilse Okafor")],
     "a relative clause between"),
    ("They met Ilse Okafor, who called him “the last honest man of the strait.”",
     [("the last honest man of the strait.", "who", "Ilse Okafor")],
     "relative pronoun"),
    ("Okafor’s claim that “the corridor was always open” is new. Ilse Okafor left.",
     [("the corridor was always open", "Okafor", "Ilse Okafor")],
     "a noun of saying and its owner"),
    ("As Ilse Okafor put it, “no door is closed to those who knock.”",
     [("no door is closed to those who knock.", "Ilse Okafor", "Ilse Okafor")],
     "put it"),
    ("In the words of Ada Brandt, “a country of laws keeps its laws.”",
     [("a country of laws keeps its laws.", "Ada Brandt", "Ada Brandt")],
     "in the words of"),
    ("According to Minister Ada Brandt, “the corridor is open to all.”",
     [("the corridor is open to all.", "Minister Ada Brandt", "Ada Brandt")],
     "according to"),
    ("The strait was described as “a mirror that nobody owns” by Ada Brandt.",
     [("a mirror that nobody owns", "Ada Brandt", "Ada Brandt")], "passive"),
    ("Minister Ada Brandt: “We welcome every word of the reform.”",
     [("We welcome every word of the reform.", "Minister Ada Brandt", "Ada Brandt")],
     "a label"),
    ("Ada Brandt, Chair and Founder, Harrowmere Works: “We welcome the reform.”",
     [("We welcome the reform.", "Ada Brandt", "Ada Brandt")], "a label with commas"),
    ("Statement of Minister Ada Brandt:\n\n“We welcome every word of it.”",
     [("We welcome every word of it.", "Minister Ada Brandt", "Ada Brandt")],
     "heading"),
    ("“We stand together.”\n\n– Minister Ada Brandt, 28 May 2024",
     [("We stand together.", "Minister Ada Brandt", "Ada Brandt")],
     "a signature below"),
    ("“We stand together.” ― Ada Brandt",
     [("We stand together.", "Ada Brandt", "Ada Brandt")], "a signature beside"),
    ("Ilse Okafor said on Monday:\n\n“The corridor stays open.”",
     [("The corridor stays open.", "Ilse Okafor", "Ilse Okafor")], "a colon above"),
    ("Ilse Okafor noted that the guns were silent.\n\n“It is what we worked for.”",
     [("It is what we worked for.", "Ilse Okafor", "Ilse Okafor")],
     "a paragraph that is a quote"),
    ("Ilse Okafor spoke first:\n\n“One road.\n\n“Two roads.”",
     [("One road.\n\n“Two roads.", "Ilse Okafor", "Ilse Okafor")], "re-opened"),
    ("Ilse Okafor seemed tired: “It is a public text! Just send it,” she said.",
     [("It is a public text! Just send it,", "she", "Ilse Okafor")],
     "a colon, then the tag"),
    ("Ilse Okafor issued a statement on her will to “keep using every lawful tool we "
     "have” and to “end the shelling of the strait”.",
     [("keep using every lawful tool we have", "Ilse Okafor", "Ilse Okafor"),
      ("end the shelling of the strait", "Ilse Okafor", "Ilse Okafor")],
     "two partial quotes in one clause"),
    ("Ilse Okafor (VAL-North) on Thursday blasted the plan as “a map of yesterday”.",
     [("a map of yesterday", "Ilse Okafor", "Ilse Okafor")],
     "brackets and a day between"),
    ("Ilse Okafor welcomed the talks and said they were “long overdue”.",
     [("long overdue", "Ilse Okafor", "Ilse Okafor")], "a second verb"),
    ("Ilse Okafor attacked the plan of Paul Voss, saying it “leads nowhere at all”.",
     [("leads nowhere at all", "Ilse Okafor", "Ilse Okafor")], "a participle"),
    ("Ilse Okafor stressed that Vallorn does not support it “in any way or form”.",
     [("in any way or form", "Ilse Okafor", "Ilse Okafor")], "the outer verb governs"),
    ("“The road is long” before the vote, Ilse Okafor said.",
     [("The road is long", "Ilse Okafor", "Ilse Okafor")], "the tag at the end"),
    ("“Is it over?” Ilse Okafor asked. Nobody knew.",
     [("Is it over?", "Ilse Okafor", "Ilse Okafor")], "a question before the tag"),
    ("“Never,” a tired Okafor snapped. Ilse Okafor had come by boat.",
     [("Never,", "a tired Okafor", "Ilse Okafor")], "an adjective before the name"),
    ("HARROWMERE (VNA) — Ilse Okafor on Monday called it “a very good day”.",
     [("a very good day", "Ilse Okafor", "Ilse Okafor")], "a dateline"),
    ("Under Secretary Ada Brandt said the pact was “as good as signed”.",
     [("as good as signed", "Under Secretary Ada Brandt", "Ada Brandt")],
     "Under is no preposition here"),
    ("Secretary\u202fof State\u202fAda J.\u202fBrandt said: “We are ready to talk.”",
     [("We are ready to talk.", "Secretary\u202fof State\u202fAda J.\u202fBrandt",
       "Ada J. Brandt")], "narrow blanks"),
    ("''Free trade really helps all of us,'' Mr. Okafor said. Paul Okafor doesn't.",
     [("Free trade really helps all of us,", "Mr. Okafor", "Paul Okafor")],
     "apostrophes as marks"),
    (OPEN + "“We are told, ‘Saltby is a special case,’” Okafor said.",
     [("We are told, ‘Saltby is a special case,’", "Okafor", "Ilse Okafor")], "nested"),
    ("“I am sure of it,” he said.",
     [("I am sure of it,", "he", "")], "a pronoun that nobody explains stays unknown"),
    ("Ilse Okafor met Paul Okafor. “It is over now,” Okafor said.",
     [("It is over now,", "Okafor", "")], "two of one surname: not guessed"),
    ("“We will not close the door to talks.”\n\nHarrowmere is calm.\n\n“We will not "
     "close the door to talks,” Ilse Okafor said.",
     [("We will not close the door to talks.", "Ilse Okafor", "Ilse Okafor"),
      ("We will not close the door to talks,", "Ilse Okafor", "Ilse Okafor")],
     "a pull quote, signed once"),
    ("“We agree on every word,” Ilse Okafor and Teodor Lindqvist said.",
     [("We agree on every word,", "Teodor Lindqvist", "")],
     "two speakers: none chosen"),
    ("The following is attributable to Minister Ada Brandt:\n\n“The port is open.”",
     [("The port is open.", "Minister Ada Brandt", "Ada Brandt")], "attributable to"),
    ("“A sentence that stands alone and has no owner.”",
     [("A sentence that stands alone and has no owner.", "", "")], "nobody at all"),
]  # fmt: skip


def read(text):
    return [
        (q.span.of(text), q.attribution.speaker, q.attribution.full_name)
        for q in detect(text).quotes
        if q.kind != "indirect"
    ]


@pytest.mark.parametrize(
    ("text", "quotes", "why"), TABLE, ids=[row[2] for row in TABLE]
)
def test_speaker(text, quotes, why):
    assert read(text) == quotes, why


NOTHING = [
    ("The so-called “People’s Republic of Saltby” has no seat.", "so-called"),
    ("Forms give gender as “M” or “F”.", "letters"),
    ("She appeared on VTV’s “Meet the Strait.”", "a title"),
    ("The Critical Tools List (“CT List”) is closed.", "a definition in brackets"),
    ("Josaia Vore “Frank” Brandt won.", "a nickname"),
    ("The “chained index” rose in June.", "a term"),
    ("In his book “The Long Strait” Brandt writes of boats.", "a book"),
    ("Vallorn is known as the “island of doors”.", "known as"),
    ("The song “Harbour Lights” was played.", "a song"),
    ("He wore a “thing”.", "a scare quote"),
    ("He said the ‘so-called’ plan was over.", "single marks around a word"),
    ("We are proud to be the strait’s “third neighbour” today.", "the author's own"),
    ("The bill mentions the “no wrong door” rule.", "an adjective of a thing"),
]


@pytest.mark.parametrize(("text", "why"), NOTHING, ids=[row[1] for row in NOTHING])
def test_marks_that_quote_nobody(text, why):
    assert read(text) == [], why


def test_inherited_evidence_points_to_where_the_speaker_stands():
    text = "Ilse Okafor noted that it was so.\n\n“It is what we worked for.”"
    (quote,) = detect(text).quotes
    assert quote.kind == "block"
    assert quote.attribution.evidence == "inherited"
    assert quote.attribution.span.of(text) == "Ilse Okafor"
    assert quote.attribution.cue_span.of(text) == "noted"


KINDS = [
    ("“Go.”\n\nOkafor left.", "block"),
    ("Okafor said: “We have all waited for this day.”", "direct"),
    ("Okafor said it was “a day that all had waited for”.", "partial"),
]


@pytest.mark.parametrize(("text", "kind"), KINDS)
def test_kind(text, kind):
    (quote,) = detect(text).quotes
    assert quote.kind == kind


def test_titles_in_apposition_are_kept():
    text = (
        "Teodor Lindqvist, Permanent Representative to the United Nations, stressed "
        "that “the corridor must stay open.”"
    )
    (quote,) = detect(text).quotes
    who = quote.attribution
    assert who.title == "Permanent Representative to the United Nations"
    assert (who.organization, who.office) == (
        "United Nations",
        "Permanent Representative",
    )
