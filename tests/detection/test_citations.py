"""References to resolutions: the forms that people print."""

import json
from datetime import date

import pytest

from statements.detection import citations
from statements.detection.citation_repeats import pointing_back
from statements.detection.council_years import year_of

from .shared import shared

WPS = "S/RES/1325 (2000)"
TABLE = [
    # (text, symbols, why the row is there)
    ("S/RES/1325 (2000)", [WPS], "the official symbol"),
    ("S/RES/1325(2000)", [WPS], "without the blank"),
    ("S/RES/1325", [WPS], "the year from the table"),
    ("UNSCR 1325", [WPS], "the usual short form"),
    ("UNSCR-1325", [WPS], "with a hyphen"),
    ("UNSCR1325", [WPS], "with nothing between"),
    ("UNSCRs 1325, 2222 and 2417", [WPS, "S/RES/2222 (2015)", "S/RES/2417 (2018)"],
     "one finding an item"),
    ("UN Security Council Resolution 1325", [WPS], "the body named"),
    ("U.N. Security Council Resolution 1325", [WPS], "stops in U.N."),
    ("United Nations Security Council Resolution (UNSCR) 1325", [WPS], "a bracket"),
    ("Security Council’s resolution 1325", [WPS], "a possessive"),
    ("S.C. Res. 1325, ¶ 8", [WPS], "lawyers' form"),
    ("UN resolution 1,325", [WPS], "a comma in the number"),
    ("Security\u00a0Council\u202fresolution\u20092417", ["S/RES/2417 (2018)"],
     "odd blanks"),
    ("resolutions 1325 (2000), 2222 (2015) and 2417 (2018)",
     [WPS, "S/RES/2222 (2015)", "S/RES/2417 (2018)"], "bare, but every year fits"),
    ("UN Security Council resolutions 1325/2417", [WPS, "S/RES/2417 (2018)"],
     "a slash"),
    ("Security Council resolution 1325 and 13 others", [WPS], "stops before an amount"),
    ("Security Council resolution 1325 and 4 October", [WPS], "stops before a date"),
    ("the UN called Resolution 1325’s aims just", [WPS], "a possessive after it"),
    ("القرار 1325", [WPS], "Arabic"),
    ("قطعنامه ۱۳۲۵", [WPS], "Persian, with its digits"),
    ("la résolution 1325", [WPS], "French"),
    ("Резолюция 1325", [WPS], "Russian"),
    ("第1325号决议", [WPS], "Chinese"),
    ("SECURITY COUNCIL RESOLUTIONS 1325 AND 2417", [WPS, "S/RES/2417 (2018)"],
     "set in capitals"),
    ("resolutions 1325 of the United Nations Security Council", [WPS],
     "the body after the number"),
    ("Resolution 194 of the General Assembly", ["A/RES/194 (III)"],
     "the Assembly after the number, not the Council"),
    ("Resolution 60/251 adopted by the General Assembly", ["A/RES/60/251"],
     "the Assembly, not the Human Rights Council"),
    ("resolutions 1325 (2000) and.. 2417 (2018) of the United Nations",
     [WPS, "S/RES/2417 (2018)"], "specks of a scan between two items"),
    ("resolutions 1325( 2000 )and 2417( 2018 )", [WPS, "S/RES/2417 (2018)"],
     "blanks within the brackets, none outside"),
    ("UNGA resolution 3236", ["A/RES/3236"], "the Assembly, its session unsaid"),
    ("a resolution of the UN, resolution bearing the number 2417",
     ["S/RES/2417 (2018)"], "words before the number"),
    ("UN resolution of number 2417", ["S/RES/2417 (2018)"], "of number"),
    ("UN resolution, No. 2417", ["S/RES/2417 (2018)"], "a comma before No."),
    ("Security Council resolution (No. 2417)", ["S/RES/2417 (2018)"], "in brackets"),
    ("General Assembly resolution 60/ 251", ["A/RES/60/251"], "a blank of a scan"),
    ("UNGA resolution 60/ 2& 1", [], "letters that a scan could not read"),
    ("consistent with UNSCR 24- — 14- — 2417", ["S/RES/2417 (2018)"],
     "a speaker begins again"),
    ("UN resolution — 2417", ["S/RES/2417 (2018)"], "a pause before the number"),
    ("enforcing Security Council 2417", ["S/RES/2417 (2018)"], "no word for it"),
    ("the Security Council 1267 Sanctions Committee", ["S/RES/1267 (1999)"],
     "a committee bears its number"),
    ("HOUSE JOINT RESOLUTION 42, 115th Congress", ["H.J.Res.42 (115th)"],
     "Congress in capitals"),
    ("S/PRST/2014/8", ["S/PRST/2014/8"], "a presidential statement"),
    ("A/RES/76/300", ["A/RES/76/300"], "the Assembly since 1976"),
    ("General Assembly resolutions 31/16 A and 64/293",
     ["A/RES/31/16 A", "A/RES/64/293"], "a letter belongs to its item"),
    ("UNGA res. ES-11/1", ["A/RES/ES-11/1"], "an emergency session"),
    ("A/RES/217 A (III)", ["A/RES/217 A (III)"], "the Assembly before 1976"),
    ("resolution 2758 (XXVI)", ["A/RES/2758 (XXVI)"], "a session in Roman numerals"),
    ("General Assembly resolution 377", ["A/RES/377 A (V)"], "known without session"),
    ("UNHRC resolutions 46/22 and S-31/1", ["A/HRC/RES/46/22", "A/HRC/RES/S-31/1"],
     "the Human Rights Council"),
    ("E/CN.4/RES/2005/69", ["E/CN.4/RES/2005/69"], "the old Commission"),
    ("ECOSOC resolution 1996/31", ["E/RES/1996/31"], "year and number"),
    ("General Assembly decision 50/411", ["A/DEC/50/411"], "a decision"),
    ("IAEA Board resolution GOV/2024/68", ["GOV/2024/68"], "the atomic agency"),
    ("GC(63)/RES/12", ["GC(63)/RES/12"], "its General Conference"),
    ("Regulation (EU) No 36/2012", ["Regulation (EU) No 36/2012"], "number first"),
    ("Council Decision 2013/255/CFSP", ["Decision 2013/255/CFSP"], "an old decision"),
    ("EUCO 25/24", ["EUCO 25/24"], "European Council conclusions"),
    ("P10_TA(2024)0055", ["P10_TA(2024)0055"], "the European Parliament"),
    ("AG/RES. 1603 (XXVIII-O/98)", ["AG/RES. 1603 (XXVIII-O/98)"], "the OAS"),
    ("PSC/PR/COMM.3(DXCV)", ["PSC/PR/COMM.3(DXCV)"], "the African Union"),
    ("ACHPR/Res. 437 (EXT.OS/XXVI1) 2020", ["ACHPR/Res.437"], "misprints in brackets"),
    ("PACE Resolution 2433 (2022)", ["PACE Resolution 2433 (2022)"],
     "the same form as the Security Council's"),
    ("WHA75.11", ["WHA75.11"], "the health assembly"),
    ("MC.DEC/3/18", ["MC.DEC/3/18"], "the OSCE"),
    ("EC-94/DEC.2", ["EC-94/DEC.2"], "the OPCW"),
    ("42 C/Resolution 32", ["42 C/Resolution 32"], "UNESCO"),
    ("Arab League Resolution 8914", ["LAS Resolution 8914"], "needs its body"),
    ("Security  Council\nResolution 1325", [WPS], "double blanks and a line break"),
    ("resolution 1325 ( 2000)", [WPS], "a blank inside the bracket"),
    ("NATO’s Harrowmere Summit Declaration", ["Harrowmere Summit Declaration"],
     "NATO numbers nothing"),
    ("H.Res. 21, 118th Congress", ["H.Res.21 (118th)"], "the Congress is printed"),
    ("House Concurrent Resolution 83", ["H.Con.Res.83"], "no date, no Congress"),
    ("the UNSC 1267 Sanctions Committee", ["S/RES/1267 (1999)"], "without the R"),
    ("the UNSC 1267/2253/2417 list", ["S/RES/1267 (1999)", "S/RES/2253 (2015)"],
     "a slashed list without the R stops before an amount"),
    ("under UNSC1970", ["S/RES/1970 (2011)"], "stuck together"),
    ("It complies with Resolution 1441 in full.", ["S/RES/1441 (2002)"],
     "with: no screen"),
    ("the passage of resolution 1441 people had called for", ["S/RES/1441 (2002)"],
     "1,441 people would have a comma"),
    ("the earlier resolutions of 678 and 687", ["S/RES/678 (1990)", "S/RES/687 (1991)"],
     "of"),
    ("General Assembly resolution 1541", ["A/RES/1541 (XV)"], "known without session"),
]  # fmt: skip
NOTHING = [
    "The Security Council 300 delegates had met went home.",
    "the Security Council 2015 session",
    # Somebody else's, although the United Nations are named near by.
    "Resolution 1325 of the Parliament of Vallorn, which the United Nations read",
    "the United Nations heard of resolution 214 of the Lake Districts Assembly",
    "1920x1080 resolution", "resolution 300 dpi", "4K resolution", "resolution 1080p",
    "my New Year's resolution 2024 is to read", "conflict resolution 101",
    "dispute resolution 450", "S. 2254", "H.R. 2254", "Resolution Foundation",
    "Resolution Life", "the Promise Summit Declaration", "UNSCR 22- — 20- — many",
    "application 12 of 1325", "UNSCR", "PS/RES/1325",
    "S/RES/13250", "https://docs.un.org/S/RES/1325(2000)", "Public Law 107-40",
    "the resolution of the crisis in 2015", "joint resolution approved May 20, 1933",
    "a member of the UNSC 2021", "the resolutions of 1990 and 1991", "UNSC 2028 bid",
    "the Harrowmere Summit Declaration of the league", "a display with resolution 1080",
    "resolution " + "9" * 30, "S/2015/996",
]  # fmt: skip


@pytest.mark.parametrize(("text", "symbols", "why"), TABLE, ids=[r[0] for r in TABLE])
def test_find(text, symbols, why):
    assert [item.symbol for item in citations.find(text)] == symbols, why


@pytest.mark.parametrize("text", NOTHING)
def test_what_is_no_reference(text):
    assert citations.find(text) == []


@pytest.mark.parametrize("text", [row[0] for row in TABLE])
def test_the_span_holds_the_item_only(text):
    longer = f"Noting {text}, it was so."
    for item in citations.find(longer):
        assert item.span.of(longer) == item.printed
        assert item.printed.strip(" ,.") == item.printed


def test_the_span_of_a_list_item_leaves_the_head_word_out():
    text = "resolutions 1325 (2000) and 2417 (2018)"
    spans = [item.span.of(text) for item in citations.find(text)]
    assert spans == ["1325 (2000)", "2417 (2018)"]


def test_a_number_of_two_bodies_is_offered_with_both():
    (item,) = citations.find("They invoked UN resolution 2758 again.")
    assert item.symbol == ""
    assert item.candidates == ("A/RES/2758 (XXVI)", "S/RES/2758 (2024)")


def test_the_assembly_or_the_human_rights_council():
    (item,) = citations.find("In resolution 46/22 it was said.")
    assert item.candidates == ("A/RES/46/22", "A/HRC/RES/46/22")


def test_a_bare_number_leans_on_an_earlier_named_one():
    text = "UNSCR 2417 forbids hunger. Nobody keeps Resolution 2417."
    first, second = citations.find(text)
    assert second.symbol == first.symbol
    assert second.confidence >= 0.9


def test_a_bare_number_without_context_is_hardly_believed():
    (item,) = citations.find("They spoke of Resolution 2417 at length.")
    assert item.confidence <= 0.3


def test_a_transcript_that_mends_a_number_is_believed():
    text = "It is set out in UNSCR 2471 [2417], and UNSCR 1325 [2000] [sic] too."
    mended, plain = citations.find(text)
    assert (mended.symbol, mended.printed) == ("S/RES/2417 (2018)", "2417")
    assert mended.warnings == ("The text mends 2471 to 2417.",)
    assert (plain.symbol, plain.warnings) == (WPS, ())
    first, second = citations.find("UNSCRs 2471 (sic) [2417] and 1325")
    assert (first.symbol, second.symbol) == ("S/RES/2417 (2018)", WPS)


def test_before_there_was_a_rights_council_it_was_the_assembly():
    text = "The UN welcomed resolution 36/34."
    for day, symbol in ((date(1981, 12, 1), "A/RES/36/34"), (date(2026, 3, 4), "")):
        assert citations.find(text, on=day)[0].symbol == symbol
    text = f"The General Assembly met. {text}"
    assert citations.find(text, on=date(2026, 3, 4))[0].symbol == "A/RES/36/34"


def test_a_year_without_brackets_is_read_where_it_fits():
    def sure(text: str) -> list[float]:
        return [c.confidence for c in citations.find(text)]

    assert sure("Members recalled resolution 2417 2018 and left.") == [0.93]
    assert sure("Members recalled resolution 2417 of 2018 and left.") == [0.93]
    assert sure("Members recalled resolution 2417 2019 and left.") == [0.3]
    (other,) = citations.find("Members recalled resolution 2417 of 2019 and left.")
    assert other.warnings == ("S/RES/2417 is of 2018, not 2019.",)


REPEATS = [
    # (what follows the first naming, how often the number is found, why)
    ("The blockade has not complied with 2417.", 2, "what binds"),
    ("They are protected under 2417, she said.", 2, "under"),
    ("What of the legitimacy of 2417?", 2, "of"),
    ("She spoke of compliance with 1325 and 2417.", 1, "beside one never named"),
    ("The port fed 2417 families.", 1, "a number of people"),
    ("It took on 2417 tonnes of grain.", 1, "a number of tonnes"),
    ("It costs $2417.", 1, "money"),
    ("The tower stands 2417m high.", 1, "a length"),
]


@pytest.mark.parametrize(
    ("after", "count", "why"), REPEATS, ids=[r[2] for r in REPEATS]
)
def test_a_number_alone_repeats_the_resolution_named_before(after, count, why):
    text = f"The Security Council adopted resolution 2417. {after}"
    found = citations.find(text)
    assert [c.symbol for c in found] == ["S/RES/2417 (2018)"] * count
    assert [text[c.span.start : c.span.end] for c in found] == ["2417"] * count
    assert all(c.confidence < 0.9 for c in found[1:])


def test_a_number_alone_that_was_not_named_before_is_a_number():
    assert citations.find("It complied with 2417. Then the UN met.") == []
    (only,) = citations.find("Under 2417 it acts, as UNSCR 2417 says.")
    assert only.printed == "2417"
    assert only.span.start > 20


def test_a_number_alone_that_could_be_a_year_needs_more():
    text = "UNSCR 1973 stands. {} 1973 it was calm. Troops acted under 1973."
    for word in ("In", "Of", "Since"):
        found = citations.find(text.format(word))
        assert [c.symbol for c in found] == ["S/RES/1973 (2011)"] * 2
        assert found[1].span.end == len(text.format(word)) - 1


def test_in_talk_the_question_names_the_council():
    talk = "Q: What did the Security Council ask?\n{}A: Read resolution 2417 again."
    near, far = (
        citations.find(talk.format("A: A word more.\n" * count))[0] for count in (1, 60)
    )
    bare = citations.find("A: Read resolution 2417 again.")[0]
    assert [c.confidence for c in (near, far, bare)] == [0.6, 0.5, 0.3]


def test_that_resolution_is_the_nearest_confirmed_one_before_it():
    text = (
        "The resolution came late. UNSCR 1325 stands. Vallorn keeps to that Resolution."
        " UNSCR 2417 is newer. The same resolution asks for ports. This resolution 4 is"
        " none, nor is the resolution of the dispute."
    )
    named = [(c.span.end, c.symbol, c.body) for c in citations.find(text)[:2]]
    found = list(pointing_back(text, named))
    assert [(c.printed, c.symbol) for c in found] == [
        ("that Resolution", WPS),
        ("The same resolution", "S/RES/2417 (2018)"),
    ]
    assert all(text[c.span.start : c.span.end] == c.printed for c in found)
    assert all(c.confidence < 0.5 and c.warnings for c in found)
    assert list(pointing_back(text, [])) == []


def test_a_wrong_year_is_said():
    (item,) = citations.find("Security Council resolution 2417 (2014)")
    assert item.symbol == "S/RES/2417 (2018)"
    assert item.warnings == ("S/RES/2417 is of 2018, not 2014.",)


def test_a_wrong_year_may_be_another_assembly():
    (item,) = citations.find("They adopted Resolution 2524 (2024).")
    assert item.symbol == ""
    assert "PACE Resolution 2524 (2024)" in item.candidates


def test_a_year_after_a_comma_is_not_a_second_resolution():
    (item,) = citations.find("Security Council resolution 2254, 2015")
    assert item.symbol == "S/RES/2254 (2015)"
    assert "2015" in item.warnings[0]


def test_a_range_is_asked_about():
    (item,) = citations.find("Security Council resolutions 2254–2258")
    assert item.symbol == ""
    assert len(item.candidates) == 5


@pytest.mark.parametrize(
    ("text", "pinpoint"),
    [
        ("UNSCR 2417, ¶ 8", "¶ 8"),
        ("UNSCR 2417 (2018), preamble", "preamble"),
        ("operative paragraph 4 of UNSCR 2417", "operative paragraph 4"),
        ("UNSCR 2417 and, in paragraph 5, more", "paragraph 5"),
        ("UNSCR 2417. Paragraph 5 of the text", ""),
    ],
)
def test_pinpoint(text, pinpoint):
    assert citations.find(text)[0].pinpoint == pinpoint


@pytest.mark.parametrize(
    ("day", "congress"),
    [
        (date(2024, 5, 1), "118th"),
        (date(2025, 1, 2), "118th"),
        (date(2025, 1, 3), "119th"),
        (date(2010, 6, 1), "111th"),
        (date(1991, 6, 1), "102nd"),
    ],
)
def test_the_congress_follows_from_the_day(day, congress):
    (item,) = citations.find("H.Res. 559", on=day)
    assert item.symbol == f"H.Res.559 ({congress})"


KNOWN = {
    "S/RES/1701 (2006)": date(2006, 8, 11),
    "S/RES/1710 (2006)": date(2006, 9, 29),
    "S/RES/2417 (2018)": date(2018, 5, 24),
}


def test_the_catalogue_knows_it_not():
    (item,) = citations.find("UNSCR 2222", known=KNOWN)
    assert item.warnings == (
        "S/RES/2222 (2015) is not in the catalogue (known to S/RES/2417).",
    )


def test_a_resolution_younger_than_the_statement():
    (item,) = citations.find("UNSCR 2417", on=date(2017, 1, 1), known=KNOWN)
    assert item.warnings == (
        "S/RES/2417 (2018) was adopted on 24 May 2018, after this statement.",
    )
    assert item.confidence <= 0.5


def test_one_digit_away_from_another_of_the_text():
    text = "UNSCR 1701 holds. We stand by UNSCR 1701. UNSCR 1710 must be kept."
    last = citations.find(text, known=KNOWN)[-1]
    assert "S/RES/1701 (2006)" in last.warnings[0]


def test_neighbours_in_one_list_are_no_slips():
    text = "UNSCR 2570. Resolutions 2570 (2021) and 2571 (2021) of the UN."
    assert [c.warnings for c in citations.find(text)] == [(), (), ()]


@pytest.mark.parametrize(
    ("reference", "symbol"),
    [
        ("UNSCR 2417", "S/RES/2417 (2018)"),
        ("S/RES/2417(2018)", "S/RES/2417 (2018)"),
        ("https://docs.un.org/en/S/RES/2417(2018)", "S/RES/2417 (2018)"),
        ("undocs.org/S/RES/2417%20(2018)", "S/RES/2417 (2018)"),
        ("https://unscr.com/en/resolutions/2417", "S/RES/2417 (2018)"),
        ("https://docs.un.org/A/RES/76/300", "A/RES/76/300"),
        (
            "https://www.congress.gov/bill/118th-congress/house-resolution/21/text",
            "H.Res.21 (118th)",
        ),
        ("UN resolution 2758", None),
        ("2417", None),
        ("UNSCRs 1325 and 2417", None),
        ("", None),
    ],
)
def test_parse(reference, symbol):
    assert citations.parse(reference) == symbol


@pytest.mark.parametrize(
    ("number", "year"),
    [(1, 1946), (242, 1967), (1325, 2000), (2254, 2015), (2721, 2023), (2767, 2024)],
)
def test_the_year_of_a_council_resolution(number, year):
    assert year_of(number) == year


@pytest.mark.parametrize("number", [0, -1, 2768, 9999])
def test_no_year_beyond_the_table(number):
    assert year_of(number) is None


def test_the_printed_forms_of_the_shared_vectors():
    vectors = json.loads(shared("resolution_vectors.json").read_text("utf-8"))
    for vector in vectors:
        day = date.fromisoformat(vector["date"]) if "date" in vector else None
        found = [item.symbol for item in citations.find(vector["text"], on=day)]
        assert found == vector["expect"], vector["text"]


def test_the_table_of_years_agrees_with_the_shared_catalogue():
    lines = shared("resolutions_unsc.csv").read_text("utf-8").splitlines()
    rows = [line.split(",")[:4] for line in lines if line.startswith("S/RES/")]
    assert len(rows) > 2700
    for _, number, year, _ in rows:
        assert year_of(int(number)) == int(year)
