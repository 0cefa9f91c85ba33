"""With a roster: whom a short form or an office means on the day, what it denies."""

from __future__ import annotations

from datetime import date

import pytest

from statements.detection.engine import detect
from statements.detection.findings import Office, Organization, Person, Roster
from statements.detection.offices import read

DAY = date(2026, 3, 2)
OPEN = (None, None)


def office(key, title, body, first=None, last=None, *, known=(), seen=None):
    """An office from a day up to, not including, a day; ``seen`` widens it."""
    span = (first, last)
    return Office(key, title, body, 5, known, span, seen or span)


MFA = ("Ministry of Foreign Affairs", "MFA", "Foreign Ministry")
PORTS = ("Ministry of Ports", "MoP")
STATE = "Department of State"


def at_mfa(key, title, first=None, last=None, **more):
    return office(key, title, MFA[0], first, last, known=MFA[2:], **more)


OKAFOR = Person(
    1, "Ilse Okafor", ("Ilse Maria Sørensen",), "female",
    (at_mfa(11, "Spokesperson", date(2024, 1, 1)),),
)  # fmt: skip
BRANDT = Person(
    2, "Ada Brandt", (), "female",
    (at_mfa(21, "Foreign Minister", date(2020, 1, 1), date(2024, 1, 1)),
     office(22, "Secretary of State", STATE, date(2024, 1, 1))),
)  # fmt: skip
MILLER = Person(
    3, "Paul Miller", (), "male",
    (at_mfa(31, "Deputy Spokesperson", date(2024, 1, 1)),),
)  # fmt: skip
LINDQVIST = Person(
    4, "Teodor Lindqvist", (), "male",
    (office(41, "Secretary-General", "United Nations", date(2022, 1, 1)),),
)  # fmt: skip
KESTRIN = Person(
    5, "Aurel Kestrin", ("Kestrin",), "male",
    (at_mfa(51, "Foreign Minister", date(2024, 1, 1)),),
)  # fmt: skip
ASHE = Person(
    6, "Gudrun Ashe", (), "female",
    (at_mfa(61, "Press Secretary", date(2024, 1, 1)),),
)  # fmt: skip
BODIES = (
    Organization(5, MFA[0], MFA[2:]),
    Organization(6, STATE),
    Organization(7, "United Nations"),
    Organization(8, "Harbour Safety Authority"),
)
CAST = Roster((OKAFOR, BRANDT, MILLER, LINDQVIST, KESTRIN, ASHE), BODIES)


def asked(text, on=DAY, roster=CAST):
    (quote,) = detect(text, on=on, roster=roster).quotes
    return quote


def meant(text, on=DAY, roster=CAST):
    """Names and offices offered, the likeliest first."""
    return [
        (each.name, each.office)
        for each in asked(text, on, roster).attribution.candidates
    ]


def safe(quote):
    return quote.confidence >= 0.9 and len(quote.attribution.candidates) == 1


RESOLVED = [
    # (who is printed, the person and the office of the day, why)
    ("Spokesperson Okafor", ("Ilse Okafor", 11), "surname and title"),
    ("spokeswoman Okafor", ("Ilse Okafor", 11), "the title in small letters"),
    ("MFA Spokesperson Okafor", ("Ilse Okafor", 11), "a ministry by its acronym"),
    ("Foreign Ministry Spokesperson Okafor", ("Ilse Okafor", 11), "its short name"),
    ("the spokesperson of the Ministry", ("Ilse Okafor", 11), "office and body"),
    ("the Foreign Ministry spokesperson", ("Ilse Okafor", 11), "body before office"),
    ("the MFA spokesperson", ("Ilse Okafor", 11), "acronym before office"),
    ("the ministry’s spokeswoman", ("Ilse Okafor", 11), "a possessive body"),
    ("the Secretary", ("Ada Brandt", 22), "an office alone: no press secretary"),
    ("the secretary", ("Ada Brandt", 22), "in small letters"),
    ("Secretary Brandt", ("Ada Brandt", 22), "half of the office’s label"),
    ("the Secretary of State", ("Ada Brandt", 22), "the whole of it"),
    ("the Secretary-General", ("Teodor Lindqvist", 41), "one office, two words"),
    ("the UN secretary general", ("Teodor Lindqvist", 41), "without the hyphen"),
    ("the foreign minister", ("Aurel Kestrin", 51), "the holder, not the former"),
    ("the Minister of Foreign Affairs", ("Aurel Kestrin", 51), "in other words"),
    ("the deputy spokesperson", ("Paul Miller", 31), "the deputy"),
    ("the press secretary", ("Gudrun Ashe", 61), "a secretary of the press"),
    ("Okafor Ilse", ("Ilse Okafor", 11), "the family name first"),
    ("Ilse Maria Sorensen", ("Ilse Okafor", 11), "another name, without its mark"),
    ("Ilse Soerensen", ("Ilse Okafor", 11), "another name, its mark written out"),
    ("Kestrin", ("Aurel Kestrin", 51), "another name that is one word"),
    ("then-Foreign Minister Ada Brandt", ("Ada Brandt", 22), "an office of its day"),
    ("then-Secretary Brandt", ("Ada Brandt", 22), "a surname with such an office"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("printed", "who", "why"), RESOLVED, ids=[row[2] for row in RESOLVED]
)
def test_whom_the_roster_resolves(printed, who, why):
    assert meant(f"“We are ready to sail,” {printed} said.") == [who], why


NOBODY = [
    ("a spokesperson for the Ministry", "whoever it was"),
    ("her spokesperson", "whose?"),
    ("the former foreign minister", "one of many"),
    ("Estmark’s foreign minister", "another country’s"),
    ("the defence minister", "another ministry’s"),
    ("the minister for ports", "another ministry’s, named behind"),
    ("Deputy Spokesperson Okafor", "she is the chief"),
    ("Spokesperson Miller", "he is the deputy"),
    ("Secretary-General Brandt", "a secretary of state is none"),
    ("Under Secretary Brandt", "nor is she an under secretary"),
    ("the Spokesperson for the Secretary-General", "not the Secretary-General"),
    ("the Assistant to the Secretary of State", "nor the assistant the Secretary"),
    ("the Secretary’s old vow", "what is a secretary’s"),
    ("Okafor", "a surname alone"),
    ("Paul Okafor", "another person of that surname"),
]


@pytest.mark.parametrize(("printed", "why"), NOBODY, ids=[row[1] for row in NOBODY])
def test_whom_the_roster_leaves_open(printed, why):
    assert meant(f"“We are ready to sail,” {printed} said.") == [], why


def test_a_body_is_known_by_its_acronym():
    quote = asked("“We are ready to sail,” the HSA said.")
    assert [c.organization for c in quote.attribution.candidates] == [8]
    assert meant("“We are ready to sail,” the HSE said.") == []


def test_an_office_alone_is_resolved_and_never_safe():
    """Another state has such an office too, and a roster does not know of it."""
    text = "“We are ready to sail,” the Secretary said."
    assert not safe(asked(text))
    assert safe(asked("“We are ready to sail,” Secretary Brandt said."))


def test_whom_the_text_names_in_an_office_goes_before_the_calendar():
    text = "Secretary of State {} spoke. “We are ready to sail,” the Secretary said."
    assert meant(text.format("Ada Brandt")) == [("Ada Brandt", 22)]
    assert meant(text.format("Olga Rask")) == []
    assert meant(text.format("A. J. Brandt")) == [("Ada Brandt", 22)]
    assert meant("Olga Rask spoke. “We are ready,” the Secretary said.") != []


HOLDERS = [
    (date(2023, 12, 31), "Ada Brandt", "the last day of the one"),
    (date(2024, 1, 1), "Aurel Kestrin", "the first day of the other"),
    (date(2020, 1, 1), "Ada Brandt", "the first day that is known"),
]


@pytest.mark.parametrize(("day", "name", "why"), HOLDERS, ids=[r[2] for r in HOLDERS])
def test_the_day_decides_who_holds_an_office(day, name, why):
    found = meant("“We are ready to sail,” the foreign minister said.", on=day)
    assert [who for who, _ in found] == [name], why


def test_before_anybody_held_an_office_nobody_is_meant():
    assert meant("“Yes, we are,” the Foreign Minister said.", date(2019, 12, 31)) == []


def test_a_surname_is_nobodys_after_the_last_day():
    text = "“We are ready to sail,” Foreign Minister Brandt said."
    assert meant(text, on=date(2023, 12, 31)) == [("Ada Brandt", 21)]
    assert meant(text, on=date(2024, 1, 1)) == []
    former = text.replace("Foreign", "former Foreign")
    assert meant(former, on=date(2024, 1, 1)) == [("Ada Brandt", 22)]


def pair(one, other):
    return Roster(
        (Person(1, "Ilse Okafor", (), "", (one,)),
         Person(2, "Paul Okafor", (), "", (other,)))
    )  # fmt: skip


TWO = [
    (
        pair(at_mfa(1, "Spokesperson"), at_mfa(2, "Spokesperson")),
        "the spokesperson",
        "one post, held by two at once",
    ),
    (
        pair(at_mfa(1, "Spokesperson"), office(2, "Spokesperson", PORTS[0])),
        "the spokesperson",
        "two ministries with a spokesperson each",
    ),
    (
        pair(at_mfa(1, "Spokesperson"), office(2, "Spokesperson", PORTS[0])),
        "Spokesperson Okafor",
        "two of one surname",
    ),
    (
        pair(at_mfa(1, "Secretary"), at_mfa(2, "Acting Secretary")),
        "the Secretary",
        "one who holds it and one who acts",
    ),
    (
        pair(
            at_mfa(1, "Secretary"),
            at_mfa(2, "Secretary", DAY, DAY, seen=(None, None)),
        ),
        "the Secretary",
        "one for certain, one who was seen in it near that day",
    ),
]


@pytest.mark.parametrize(("roster", "printed", "why"), TWO, ids=[r[2] for r in TWO])
def test_two_are_both_offered_and_none_is_chosen(roster, printed, why):
    text = f"“We are ready to sail,” {printed} said."
    assert meant(text, roster=roster) == [("Ilse Okafor", 1), ("Paul Okafor", 2)], why
    assert not safe(asked(text, roster=roster))


def test_the_likelier_of_two_comes_first():
    seen = at_mfa(1, "Secretary", DAY, DAY, seen=OPEN)
    roster = pair(seen, at_mfa(2, "Secretary"))
    found = meant("“We are ready to sail,” the Secretary said.", roster=roster)
    assert found == [("Paul Okafor", 2), ("Ilse Okafor", 1)]


def test_of_many_holders_only_those_count_whose_body_the_text_names():
    bodies = [f"Ministry of {each}" for each in "ABCDEFGHIJKL"]
    roster = Roster(
        tuple(
            Person(at, f"Olga Rask{at}", (), "", (office(at, "Spokesperson", body),))
            for at, body in enumerate(bodies, 1)
        )
    )
    text = "“We are ready to sail,” the spokesperson said. The {} was calm."
    assert meant(text.format("strait"), roster=roster) == []
    named = text.format("Ministry of C")
    assert meant(named, roster=roster) == [("Olga Rask3", 3)]
    assert not safe(asked(named, roster=roster))


def test_whose_office_is_called_as_printed_comes_first():
    roster = pair(
        at_mfa(1, "Foreign Minister of Estmark"), at_mfa(2, "Foreign Minister")
    )
    found = meant("“We are ready to sail,” the foreign minister said.", roster=roster)
    assert found == [("Paul Okafor", 2), ("Ilse Okafor", 1)]


def test_what_is_printed_tells_two_apart():
    roster = pair(at_mfa(1, "Spokesperson"), office(2, "Spokesperson", PORTS[0]))
    ports = "“We are ready to sail,” the spokesperson of the Ministry of Ports said."
    assert meant(ports, roster=roster) == [("Paul Okafor", 2)]
    acting = pair(at_mfa(1, "Secretary"), at_mfa(2, "Acting Secretary"))
    text = "“We are ready to sail,” the acting secretary said."
    assert meant(text, roster=acting) == [("Paul Okafor", 2)]


def test_an_acting_holder_is_the_holder():
    acting = Person(7, "Olga Rask", (), "", (at_mfa(71, "Acting Secretary"),))
    for printed in ("the Secretary", "the acting secretary", "Secretary Rask"):
        text = f"“We are ready to sail,” {printed} said."
        assert meant(text, roster=Roster((acting,))) == [("Olga Rask", 71)]


def test_a_sighting_does_not_deny_the_days_near_it():
    """Seen on 1 May 2025: what is possible reaches a year to both sides."""
    seen = at_mfa(
        1, "Spokesperson", date(2025, 5, 1), date(2025, 5, 2),
        seen=(date(2024, 5, 1), date(2026, 5, 2)),
    )  # fmt: skip
    roster = Roster((Person(1, "Ilse Okafor", (), "", (seen,)),))
    text = "“We are ready to sail,” Spokesperson Okafor said."
    assert meant(text, roster=roster) == [("Ilse Okafor", 1)]
    assert not safe(asked(text, roster=roster)), "known by surname, seen months ago"
    assert safe(asked(text, on=date(2025, 5, 1), roster=roster))
    assert meant(text, on=date(2026, 5, 2), roster=roster) == []
    full = text.replace("Okafor", "Ilse Okafor")
    assert asked(full, roster=roster).attribution.warnings == ()
    other = full.replace("Spokesperson", "Ambassador")
    assert asked(other, roster=roster).attribution.warnings == ()
    assert asked(full, on=date(2026, 5, 2), roster=roster).attribution.warnings != ()


AGAINST = [
    (
        "Spokesperson Ada Brandt",
        "Printed as “Spokesperson”, but the catalogue has Ada Brandt as Secretary "
        "of State, Department of State on 2 March 2026.",
    ),
    (
        "Foreign Minister Ada Brandt",
        "Printed as “Foreign Minister”, but the catalogue has Ada Brandt as Foreign "
        "Minister, Ministry of Foreign Affairs from 1 January 2020 until 31 December "
        "2023, not on 2 March 2026.",
    ),
    (
        "Spokesperson Paul Miller",
        "Printed as “Spokesperson”, but the catalogue has Paul Miller as Deputy "
        "Spokesperson, Ministry of Foreign Affairs on 2 March 2026.",
    ),
    (
        "Deputy Spokesperson Ilse Okafor",
        "Printed as “Deputy Spokesperson”, but the catalogue has Ilse Okafor as "
        "Spokesperson, Ministry of Foreign Affairs on 2 March 2026.",
    ),
    (
        "former Secretary of State Ada Brandt",
        "Printed as “former Secretary of State”, but the catalogue still has Ada "
        "Brandt as Secretary of State, Department of State on 2 March 2026.",
    ),
    (
        "Defence Minister Aurel Kestrin",
        "Printed as “Defence Minister”, but the catalogue has Aurel Kestrin as Foreign "
        "Minister, Ministry of Foreign Affairs on 2 March 2026.",
    ),
]


@pytest.mark.parametrize(
    ("printed", "sentence"), AGAINST, ids=[row[0] for row in AGAINST]
)
def test_a_title_that_disagrees_is_said_and_not_safe(printed, sentence):
    quote = asked(f"“We are ready to sail,” {printed} said.")
    assert quote.attribution.warnings == (sentence,)
    assert len(quote.attribution.candidates) == 1
    assert not safe(quote)


AGREED = [
    ("Spokesperson Ilse Okafor", "the office of the day"),
    ("Foreign Ministry Spokeswoman Ilse Okafor", "in other words"),
    ("Vallornian Foreign Minister Aurel Kestrin", "a country the roster omits"),
    ("former foreign minister Ada Brandt", "no longer, as printed"),
    ("then-Foreign Minister Ada Brandt", "then, as printed"),
    ("Acting Secretary of State Ada Brandt", "who acts, holds"),
    ("Professor Ada Brandt", "no office of a calendar"),
    ("Ms. Ada Brandt", "courtesy"),
    ("Foreign Ministry spokeswoman Gudrun Ashe", "a press secretary speaks for it"),
    ("Ada Brandt", "no title at all"),
]


@pytest.mark.parametrize(("printed", "why"), AGREED, ids=[row[1] for row in AGREED])
def test_a_title_that_agrees_is_not_spoken_against(printed, why):
    quote = asked(f"“We are ready to sail,” {printed} said.")
    assert quote.attribution.warnings == (), why
    assert safe(quote)


def test_a_title_in_apposition_is_held_to_the_day_too():
    text = "“We are ready,” said Ada Brandt, {} of the Ministry."
    assert len(asked(text.format("Spokesperson")).attribution.warnings) == 1
    assert asked(text.format("a friend")).attribution.warnings == ()


def test_the_title_printed_at_the_quote_is_held_to_the_day():
    text = (
        "Spokesperson Ilse Okafor of the Ministry of Foreign Affairs said it was "
        "“quite late by now”. “We are ready to sail,” {} Okafor said."
    )
    first, second = detect(
        text.format("Deputy Spokesperson"), on=DAY, roster=CAST
    ).quotes
    assert [c.office for c in first.attribution.candidates] == [11]
    assert first.attribution.warnings == ()
    assert second.attribution.warnings[0].startswith("Printed as “Deputy Spokesperson”")
    _, again = detect(text.format("Spokesperson"), on=DAY, roster=CAST).quotes
    assert again.attribution.warnings == ()


def test_a_person_known_only_in_another_office_of_another_time_is_not_safe():
    past = at_mfa(1, "Spokesperson", date(2020, 1, 1), date(2022, 1, 1))
    roster = Roster((Person(1, "Ilse Okafor", (), "", (past,)),))
    quote = asked("“It is ready,” Ambassador Ilse Okafor said.", roster=roster)
    assert quote.attribution.warnings == (
        "Printed as “Ambassador”; the catalogue knows Ilse Okafor only as "
        "Spokesperson, Ministry of Foreign Affairs from 1 January 2020 until 31 "
        "December 2021.",
    )
    assert not safe(quote)


def test_without_a_day_or_a_calendar_nothing_is_denied():
    text = "“We are ready to sail,” Spokesperson Ada Brandt said."
    assert asked(text, on=None).attribution.warnings == ()
    undated = Roster((Person(2, "Ada Brandt"),))
    assert asked(text, roster=undated).attribution.warnings == ()


def test_a_label_of_a_transcript_is_held_to_the_day():
    text = (
        "SPOKESPERSON ADA BRANDT: We are ready to sail today.\n\n"
        "QUESTION: When will the ferries sail?\n\n"
        "SPOKESPERSON ADA BRANDT: They sail on Sunday, as I said."
    )
    first = detect(text, on=DAY, roster=CAST).quotes[0]
    assert [c.name for c in first.attribution.candidates] == ["Ada Brandt"]
    assert len(first.attribution.warnings) == 1
    assert not safe(first)


READ = [
    ("Deputy Foreign Minister", [("minister", {"deputy"}, {"foreign"})]),
    ("Vice President and High Representative",
     [("president", {"vice"}, set()), ("representative", set(), {"high"})]),
    ("Minister for Ports and Harbours", [("minister", set(), {"ports", "harbours"})]),
    ("Spokesperson for the Secretary-General",
     [("spokesperson", set(), {"secretarygeneral"})]),
    ("Ministry of Ports Spokesperson",
     [("spokesperson", set(), {"ministry", "ports"})]),
    ("U.S. Under-Secretary of State", [("secretary", {"under"}, {"us", "state"})]),
    ("Prime Minister", [("premier", set(), set())]),
    ("Special Assistant to the President",
     [("assistant", set(), {"special", "president"})]),
    ("", []),
]  # fmt: skip


@pytest.mark.parametrize(("title", "parts"), READ, ids=[row[0] for row in READ])
def test_titles_are_read(title, parts):
    assert [(t.head, set(t.ranks), set(t.words)) for t in read(title)] == parts
