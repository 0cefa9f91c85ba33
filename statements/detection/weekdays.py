"""Dates that the calendar does not have, and weekdays that are not their date's.

* "Tuesday, 4 March 2026" was a Wednesday; so were "mardi 4 mars 2026" and
  "2026年3月4日（星期二）".
* "Tuesday, 4 March" is read in the year of the text, if it stands near its day.
* "31 April" never was.

Only where one reading is sure: a language's own order of words, its own names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from .findings import Remark, Span

RULE = "weekday"

#: A date without a year is read in the year that puts it so near to the text's day.
_NEAR = 45
#: Older days may be of another calendar.
_FIRST = 1924
_ENGLISH = [
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
]
# The longest month there can be; February of a year that is not known has 29 days.
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


@dataclass(frozen=True)
class _Calendar:
    """The names of one language, and the orders in which it writes a date."""

    weekdays: dict[str, int]
    months: dict[str, int]
    patterns: tuple[re.Pattern[str], ...]


def _calendar(weekdays: str, months: str, *orders: str) -> _Calendar:
    """``weekdays`` and ``months``: one a place, other spellings after a bar.

    An order says W, D, M and Y for the weekday, the day, the month and the year.
    """
    names = [
        {
            spelling.replace("_", " ").lower(): place
            for place, spellings in enumerate(listed.split())
            for spelling in spellings.split("|")
        }
        for listed in (weekdays, months)
    ]
    either = [
        "|".join(sorted(map(re.escape, each), key=len, reverse=True)) for each in names
    ]
    parts = {
        "W": rf"(?P<weekday>{either[0]})",
        "M": rf"(?P<month>{either[1]})",
        "D": r"(?P<day>\d{1,2})(?!\d)",
        "Y": r"(?P<year>\d{4})(?!\d)",
    }
    return _Calendar(
        names[0],
        names[1],
        tuple(
            re.compile(
                r"(?<!\w)" + re.sub("[WMDY]", lambda m: parts[m[0]], order),
                re.IGNORECASE,
            )
            for order in orders
        ),
    )


# A weekday may be missing: of "31 April" nobody need know it.
_CALENDARS = {
    "en": _calendar(
        "Monday|Mon|Mon. Tuesday|Tue|Tue.|Tues|Tues. Wednesday|Wed|Wed."
        " Thursday|Thu|Thu.|Thur.|Thurs|Thurs. Friday|Fri|Fri. Saturday|Sat|Sat."
        " Sunday|Sun|Sun.",
        "January|Jan|Jan. February|Feb|Feb. March|Mar|Mar. April|Apr|Apr. May"
        " June|Jun|Jun. July|Jul|Jul. August|Aug|Aug. September|Sept|Sept.|Sep|Sep."
        " October|Oct|Oct. November|Nov|Nov. December|Dec|Dec.",
        r"(?:W,?\s+(?:the\s+)?)?D(?:st|nd|rd|th)?\s+(?:of\s+)?M(?!\w)(?:,?\s+Y)?",
        r"(?:W,?\s+)?M\s+D(?:st|nd|rd|th)?(?!\w)(?:,?\s+Y)?",
    ),
    "fr": _calendar(
        "lundi mardi mercredi jeudi vendredi samedi dimanche",
        "janvier février|fevrier mars avril mai juin juillet août|aout septembre"
        " octobre novembre décembre|decembre",
        r"W\s+D(?:er)?\s+M(?!\w)(?:\s+Y)?",
    ),
    "es": _calendar(
        "lunes martes miércoles|miercoles jueves viernes sábado|sabado domingo",
        "enero febrero marzo abril mayo junio julio agosto septiembre|setiembre octubre"
        " noviembre diciembre",
        r"W,?\s+D\s+de\s+M(?!\w)(?:,?\s+del?\s+Y)?",
    ),
    "pt": _calendar(
        "segunda-feira terça-feira quarta-feira quinta-feira sexta-feira sábado"
        " domingo",
        "janeiro fevereiro março abril maio junho julho agosto setembro outubro"
        " novembro dezembro",
        r"W,?\s+D\s+de\s+M(?!\w)(?:,?\s+de\s+Y)?",
    ),
    "it": _calendar(
        "lunedì|lunedi martedì|martedi mercoledì|mercoledi giovedì|giovedi"
        " venerdì|venerdi sabato domenica",
        "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre"
        " novembre dicembre",
        r"W,?\s+D[º°]?\s+M(?!\w)(?:\s+Y)?",
    ),
    "de": _calendar(
        "Montag Dienstag Mittwoch Donnerstag Freitag Samstag|Sonnabend Sonntag",
        "Januar|Jänner Februar|Feber März April Mai Juni Juli August September Oktober"
        " November Dezember",
        r"W,?\s+(?:(?:den|dem|der)\s+)?D\.\s*M(?!\w)(?:\s+Y)?",
    ),
    "ru": _calendar(
        "понедельник вторник среда|среду четверг пятница|пятницу суббота|субботу"
        " воскресенье",
        "января февраля марта апреля мая июня июля августа сентября октября ноября"
        " декабря",
        r"W,?\s+D\s+M(?!\w)(?:\s+Y)?",
    ),
    "uk": _calendar(
        "понеділок вівторок середа|середу четвер п’ятниця|п’ятницю|п'ятниця|п'ятницю"
        " субота|суботу неділя|неділю",
        "січня лютого березня квітня травня червня липня серпня вересня жовтня"
        " листопада грудня",
        r"W,?\s+D\s+M(?!\w)(?:\s+Y)?",
    ),
    "ar": _calendar(
        "الاثنين|الإثنين الثلاثاء الأربعاء|الاربعاء الخميس الجمعة السبت الأحد|الاحد",
        "يناير|كانون_الثاني فبراير|شباط مارس|آذار أبريل|إبريل|نيسان مايو|أيار"
        " يونيو|يونيه|حزيران يوليو|يوليه|تموز أغسطس|آب سبتمبر|أيلول"
        " أكتوبر|تشرين_الأول نوفمبر|تشرين_الثاني ديسمبر|كانون_الأول",
        r"W[،,]?\s+D\s+M(?!\w)(?:\s+Y)?",
    ),
    "zh": _calendar(
        "一 二 三 四 五 六 日|天",
        "1|01 2|02 3|03 4|04 5|05 6|06 7|07 8|08 9|09 10 11 12",
        r"Y\s*年\s*M\s*月\s*D\s*日\s*[（(]?\s*(?:星期|周|礼拜)W",
    ),
}


def remarks(text: str, language: str, on: date) -> Iterator[Remark]:
    """Every date of a text that cannot be; ``on`` is the text's own day."""
    calendar = _CALENDARS.get(language)
    if calendar is None:
        return
    taken: set[int] = set()
    for pattern in calendar.patterns:
        for match in pattern.finditer(text):
            span = Span(*match.span())
            if span.start in taken or span.end - 1 in taken:
                continue
            sentence = _against(match, calendar, on)
            if sentence:
                taken.update(range(span.start, span.end))
                yield Remark(RULE, span, " ".join(match[0].split()), sentence)


def _against(match: re.Match[str], calendar: _Calendar, on: date) -> str:
    day, month = int(match["day"]), calendar.months[match["month"].lower()]
    printed = " ".join(match[0].split())
    year = int(match["year"]) if match["year"] else None
    weekday = match["weekday"]
    if not 1 <= day <= 31 or (year is not None and year < _FIRST):
        return ""
    if year is None and weekday is None and match["month"][:1].islower():
        return ""
    if day > _DAYS[month]:
        return f"There is no “{printed}”. Correct the date."
    if year is None:
        near = list(_nearby(day, month, on))
        if len(near) != 1:
            return ""
        that = near[0]
    else:
        found = _day(year, month, day)
        if found is None:
            return f"There is no “{printed}”. Correct the date."
        that = found
    if weekday is None or that.weekday() == calendar.weekdays[weekday.lower()]:
        return ""
    return (
        f"{that.day} {that:%B %Y} is a {_ENGLISH[that.weekday()]}, and “{printed}” says"
        " another day. Correct the weekday or the date."
    )


def _nearby(day: int, month: int, on: date) -> Iterator[date]:
    for year in (on.year - 1, on.year, on.year + 1):
        that = _day(year, month, day)
        if that is not None and abs((that - on).days) <= _NEAR:
            yield that


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month + 1, day)
    except ValueError:
        return None
