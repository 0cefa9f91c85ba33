"""Slips, weekdays, acronyms and names: what is told, and what is left alone."""

from __future__ import annotations

import datetime as dt

import pytest

from statements.detection import acronyms, likeness, slips, spelling, weekdays
from statements.detection.findings import Person, Roster

DAY = dt.date(2026, 3, 2)
OKAFOR, BRANDT = Person(1, "Ilse Okafor"), Person(2, "Ada Brandt")


@pytest.mark.parametrize(
    ("language", "text", "told"),
    [
        ("en", "on Tuesday, 4 March 2026", 1),
        ("en", "on Wednesday, 4 March 2026", 0),
        ("en", "Tuesday, March 4, 2026", 1),
        ("en", "Tuesday 4 March", 1),  # in the year of the text
        ("en", "Tuesday 4 July", 0),  # of which year nobody can say
        ("en", "the 31st of April", 1),
        ("en", "29 February 2025", 1),
        ("en", "29 February 2024", 0),
        ("en", "they may 31 times", 0),  # no month
        ("fr", "le mardi 4 mars 2026", 1),
        ("fr", "le mercredi 4 mars 2026", 0),
        ("es", "el martes, 4 de marzo de 2026", 1),
        ("es", "el miércoles, 4 de marzo de 2026", 0),
        ("pt", "terça-feira, 4 de março de 2026", 1),
        ("pt", "quarta-feira, 4 de março de 2026", 0),
        ("it", "martedì 4 marzo 2026", 1),
        ("it", "mercoledì 4 marzo 2026", 0),
        ("de", "am Dienstag, den 4. März 2026", 1),
        ("de", "am Mittwoch, den 4. März 2026", 0),
        ("ru", "во вторник, 4 марта 2026", 1),
        ("ru", "в среду, 4 марта 2026", 0),
        ("uk", "у вівторок, 4 березня 2026", 1),
        ("uk", "у середу, 4 березня 2026", 0),
        ("zh", "2026年3月4日（星期二）", 1),
        ("zh", "2026年3月4日（星期三）", 0),
        ("ar", "الثلاثاء، 4 مارس 2026", 1),
        ("ar", "الأربعاء، 4 مارس 2026", 0),
        ("fa", "سه‌شنبه ۴ مارس ۲۰۲۶", 0),  # no calendar of ours
    ],
)
def test_weekdays(language, text, told):
    assert len(list(weekdays.remarks(text, language, DAY))) == told


def test_the_sentence_names_the_day_that_it_is():
    (remark,) = weekdays.remarks("on Tuesday, 4 March 2026", "en", DAY)
    assert remark.sentence == (
        "4 March 2026 is a Wednesday, and “Tuesday, 4 March 2026” says another day."
        " Correct the weekday or the date."
    )


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("The pilots of the OKTM met in Vallorn.", ["OKTM"]),
        ("The OKTM met, and the OKTM left.", ["OKTM"]),  # once
        ("The Ovelan Kelp Trade Mission met. The OKTM agreed.", []),  # initials
        ("The mission (OKTM) met in Vallorn.", []),
        ("The OKTM, the mission of the strait, met.", []),
        ("NATO and UNESCO met in Vallorn.", []),  # everybody knows
        ("THE HARBOUR IS OPEN AGAIN TODAY.", []),  # a heading
        ("Do it NOW, and now again.", []),  # a shout
        ("S/RES/2417 and A/RES/76 were read.", []),  # a symbol
        ("King Olav XIV came to Vallorn.", []),  # a number
    ],
)
def test_acronyms(text, told):
    assert [remark.subject for remark in acronyms.remarks(text)] == told


def test_acronyms_of_the_catalogue_are_known():
    assert list(acronyms.remarks("The OKTM met in Vallorn.", {"OKTM"})) == []


@pytest.mark.parametrize(
    ("language", "text", "told"),
    [
        ("en", "in the the strait", ["doubled"]),
        ("en", "The the strait is calm.", ["doubled"]),
        ("en", "They met in the The Hague district.", []),
        ("en", "He said that that was so.", []),
        ("en", "in Pago Pago harbour", []),
        ("en", "She had had enough.", []),
        ("de", "die, die den den Hafen", ["doubled"]),
        ("en", "TK at the pier", ["unfilled"]),
        ("en", "[name of the pier] opens", ["unfilled"]),
        ("en", "[sic] opens", []),
        ("en", "She said “the ferries sail.", ["marks"]),
        ("en", "She said “the ferries sail.”", []),
        ("en", "“One.\n“Two.”", []),  # re-opened, as is right
    ],
)
def test_slips(language, text, told):
    assert [remark.rule for remark in slips.remarks(text, language)] == told


@pytest.mark.parametrize(
    ("text", "others", "cited", "told"),
    [
        ("Ilse Okafour spoke.", (), (), 1),
        ("Ilse Okafor spoke.", (), (), 0),
        ("Ilse Okafur spoke.", (Person(3, "Ilse Okafur"),), (), 0),  # somebody else
        ("Ilse Okafors spoke.", (), (), 0),  # a genitive
        ("Spokesperson Okafour spoke.", (), (1,), 1),  # a surname of who is quoted
        ("Spokesperson Okafour spoke.", (), (), 0),
        ("Else Okafor spoke.", (), (), 0),  # another given name
        ("Ada Brand spoke.", (), (), 1),
    ],
)
def test_names(text, others, cited, told):
    roster = Roster(persons=(OKAFOR, BRANDT, *others))
    assert len(list(spelling.remarks(text, roster, cited))) == told


def test_texts_are_alike_by_their_runs_of_words():
    words = " ".join(f"word{n}" for n in range(100))
    half = " ".join(f"word{n}" for n in range(50)) + " other" * 50
    runs = likeness.runs
    assert likeness.shared(runs(words), runs(f"First. {words.upper()}")) == 1
    assert likeness.shared(runs(words), runs(half)) == pytest.approx(46 / 51)
    assert likeness.shared(runs(words), runs(" ".join(reversed(words.split())))) == 0
    # Too short to tell anything.
    calm = runs("The strait was calm.")
    assert likeness.shared(calm, calm) == 0
