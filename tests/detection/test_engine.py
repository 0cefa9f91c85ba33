"""The engine as a whole: what it drops, refuses, promises for every text."""

import random
import time
from datetime import date

import pytest

from statements.detection.engine import LONGEST, TextTooLong, boilerplate, detect
from statements.detection.findings import Findings, Person, Roster

from .articles import briefing


def test_player_lines_are_dropped_with_their_line_break():
    text = (
        "Embed\nYour browser doesn’t support HTML5\nThe code has been copied to your "
        "clipboard.\nOkafor shared the news and said “we share it gladly”.\nShare\n"
    )
    dropped = boilerplate(text)
    assert [d.text for d in dropped] == [
        "Embed",
        "Your browser doesn’t support HTML5",
        "The code has been copied to your clipboard.",
        "Share",
    ]
    for each in dropped:
        assert each.span.of(text).endswith("\n")


def test_a_byline_is_dropped_and_a_headline_is_not():
    text = (
        "By Land and Sea\nBy Ilse Okafor and Paul Brandt\nOkafor spoke.\n"
        "By Monday all was quiet.\n"
    )
    dropped = boilerplate(text)
    assert [(d.text, d.why) for d in dropped] == [
        ("By Ilse Okafor and Paul Brandt", "byline")
    ]


def test_what_is_dropped_holds_no_findings():
    text = "Your browser doesn’t support “HTML5” or UNSCR 2417\nThe strait is calm."
    found = detect("Your browser doesn’t support HTML5\nThe strait is calm.")
    assert len(found.dropped) == 1
    assert detect(text).quotes == ()


def test_an_empty_text_gives_nothing():
    assert detect("") == Findings()
    assert detect(" \n\n ") == Findings()


def test_a_text_too_long_is_refused_with_a_sentence():
    with pytest.raises(TextTooLong, match=r"at most 1,000,000 are read\.$"):
        detect("a" * (LONGEST + 1))


STRANGE = [
    "\x00“a\x00b” said \x00 Okafor",
    "\ud800“\udfff” said \ud83d Okafor. UNSCR \udc00 2417",
    "“" * 3000,
    "‘“" * 2000 + "”’" * 2000,
    "he said, " * 500,
    "’" * 500,
    "“a”\n" * 500,
    "٣" * 40 + " resolution ٢٤١٧ UN",
    "resolution " + "1" * 5000,
    "said “x” " * 300,
    "Ada Brandt, " * 400 + "said “so it is, all of it”",
    "\u2028“a”\u2029\x85\x0b\x0c said",
    "…" * 500,
    "#" + "\u202e“abc”",
    "A" * 5000 + " said “it is what it is, friends”",
    "(" * 500 + "“a b c d e”" + ")" * 500,
    ", said Okafor" * 300,
]


@pytest.mark.parametrize("text", STRANGE)
def test_no_text_breaks_it_and_all_places_hold(text):
    found = detect(text, on=date(2024, 1, 1), roster=Roster((Person(1, "Ada Brandt"),)))
    end = -1
    for quote in found.quotes:
        assert 0 <= quote.span.start < quote.span.end <= len(text)
        assert quote.span.start > end
        end = quote.span.end
        who = quote.attribution
        if who.span is not None:
            assert who.span.of(text) == who.speaker
        if who.cue_span is not None:
            assert who.cue_span.of(text) == who.cue
    for citation in found.citations:
        assert citation.span.of(text) == citation.printed
    assert found == detect(
        text, on=date(2024, 1, 1), roster=Roster((Person(1, "Ada Brandt"),))
    )


PIECES = [
    "“", "”", "‘", "’", '"', "''", "``", "«", "»", "„", "'", " ", "\n", ", ", ". ",
    "? ",
    ": ", "; ", "— ", "(", ")", "[", "]", "said", "says", "he", "she", "they", "who",
    "that", "and", "but", "Ilse", "Okafor", "Ada Brandt", "Spokesperson", "a sign",
    "Minister of Health", "the", "The ministry", "told", "according to", "by", "’s",
    "'s",
    "in the words of", "put it", "made clear", "UNSCR 2417", "resolution", "2254", "/",
    "(2015)", "-", "S/RES/", "A/RES/76/300", "¶ 8", "\x00", "\ud800", "\u202f", "\xa0",
    "was called", "Mr.", "U.S.", "of", "for", "with", "calling", "saying", "“yes”",
    "Under Secretary", "First Lady", "&", "@who", "…", "...", "1,325", "HARROWMERE",
    "Embed\n", "Statement of", "–", "Jr.", "von", "de la", "d’Arc", "H.Res. 5", "no. ",
]  # fmt: skip


@pytest.mark.parametrize("seed", range(12))
def test_pieces_thrown_together_break_nothing(seed):
    rng = random.Random(seed)
    roster = Roster((Person(1, "Ilse Okafor", gender="female"), Person(2, "")))
    for _ in range(40):
        text = "".join(
            rng.choice(PIECES) + rng.choice(["", " "])
            for _ in range(rng.randint(1, 120))
        )
        found = detect(text, on=date(2024, 1, 1), roster=roster, known={})
        for quote in found.quotes:
            who = quote.attribution
            assert 0 <= quote.span.start < quote.span.end <= len(text)
            if who.span is not None:
                assert who.span.of(text) == who.speaker
                assert 0 < len(who.speaker) <= 80
                assert not any(
                    other.span.start < who.span.end and who.span.start < other.span.end
                    for other in found.quotes
                )
        for citation in found.citations:
            assert citation.span.of(text) == citation.printed


PATTERNS = [
    "“", '"', "''", "‘", "’", "“a ", "“a\n", " ", "said ", "and said ", "Ada, ", "(",
    "“x,” he said. ", "Ada Brandt ", "said “x” ", "resolution 2254 ", "UNSCR 2254, ",
    "2254/", "the ", "who ", ", said ", "\n", "“Why?” Ada asked. ", "Ada of ", "…",
]  # fmt: skip


def seconds(text):
    """Seconds of processor time, the best of three."""
    best = float("inf")
    for _ in range(3):
        start = time.process_time()
        detect(text)
        best = min(best, time.process_time() - start)
    return best


@pytest.mark.parametrize("pattern", PATTERNS)
def test_twice_the_text_takes_at_most_two_and_a_half_times_as_long(pattern):
    half = (pattern * 8000)[:8000]
    for _ in range(3):  # a busy machine may disturb one measurement, not three
        ratio = (seconds(half * 2) + 0.002) / (seconds(half) + 0.002)
        if ratio <= 2.5:
            break
    assert ratio <= 2.5


def test_confidence_is_a_share():
    text, _ = briefing()
    found = detect(text)
    values = [q.confidence for q in found.quotes] + [
        c.confidence for c in found.citations
    ]
    assert all(0 <= value <= 1 for value in values)


def test_an_unknown_speaker_is_never_sure():
    (quote,) = detect("“A sentence that stands alone and has no owner.”").quotes
    assert quote.attribution.evidence == "none"
    assert quote.confidence < 0.5


def test_two_who_speak_together_are_both_offered():
    roster = Roster((Person(1, "Ilse Okafor"), Person(2, "Teodor Lindqvist")))
    text = "“We agree on every word,” Ilse Okafor and Teodor Lindqvist said."
    (quote,) = detect(text, roster=roster).quotes
    assert [c.person for c in quote.attribution.candidates] == [1, 2]
    assert quote.confidence < 0.9


def test_a_courtesy_word_is_no_office():
    (quote,) = detect("Ms. Okafor told them, “We have waited long enough.”").quotes
    assert (quote.attribution.title, quote.attribution.office) == ("", "")


def test_two_persons_of_the_roster_are_offered_and_none_chosen():
    roster = Roster((Person(1, "Ilse Okafor"), Person(2, "Ilse Okafor")))
    (quote,) = detect("“It is all over,” Ilse Okafor said.", roster=roster).quotes
    assert [c.person for c in quote.attribution.candidates] == [1, 2]
    assert quote.confidence < 0.9
