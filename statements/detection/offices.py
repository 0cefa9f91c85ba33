"""Printed titles and dated offices: does the one name the other, and on which day?

* "Foreign Ministry Spokesperson" names Spokesperson, Ministry of Foreign Affairs.
* "the Secretary" names Secretary of State, and never Deputy or Press Secretary.
* "former foreign minister" and "then-Secretary" name an office of another day.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum
from functools import lru_cache

from .findings import DateRange, Office, Person
from .lexicon import COURTESY, DETERMINERS, word_set

#: Spellings and forms of one word.
SAME = {
    "spokesman": "spokesperson",
    "spokeswoman": "spokesperson",
    "chairman": "chair",
    "chairwoman": "chair",
    "chairperson": "chair",
    "congressman": "representative",
    "congresswoman": "representative",
    "america": "us",
    "usa": "us",
    "sen": "senator",
    "rep": "representative",
    "gov": "governor",
    "amb": "ambassador",
    "gen": "general",
    "dept": "department",
    "defense": "defence",
    "labor": "labour",
    "organisation": "organization",
    "center": "centre",
    "ex": "former",
    "onetime": "former",
    "late": "former",
    "incoming": "elect",
    "designate": "elect",
    "pm": "premier",
    "interim": "acting",
}
_SMALL = word_set("of for to the and a an in at on s from with")
# What two or three words are one of; read before the words are parted.
_TOGETHER = tuple(
    (re.compile(rf"\b(?:{printed})(?!\w)"), folded)
    for printed, folded in (
        (r"u\.s(?:\.a)?\.?|united states(?: of america)?", "us"),
        (r"u\.n\.?|united nations", "un"),
        (r"u\.k\.?|united kingdom", "uk"),
        (r"e\.u\.?|european union", "eu"),
        (
            r"(secretary|attorney|director|consul|governor|solicitor|inspector"
            r"|surgeon|auditor|commissioner|advocate)[- ]general",
            r"\1general",
        ),
        (r"general[- ]secretary", "secretarygeneral"),
        (r"undersecretary", "under secretary"),
        (r"prime[- ]minister", "premier"),
        (r"one-time", "former"),
    )
)
#: Offices that a calendar has: what is printed of them can be held against it.
HEADS = word_set(
    """
spokesperson secretary secretarygeneral minister premier president chancellor
ambassador representative commissioner commissionergeneral director directorgeneral
chair governor governorgeneral mayor administrator coordinator rapporteur senator
consul consulgeneral attorneygeneral solicitorgeneral inspectorgeneral auditorgeneral
speaker treasurer superintendent envoy
"""
)
#: Words that may stand for an office, too loosely to speak against another.
_LOOSE = word_set(
    """
head chief leader deputy delegate counsel general admiral king queen assistant adviser
advisor aide counselor counsellor officer member manager attorney lawyer
"""
)
#: Words before an office that make it another one.
_RANKS = word_set("deputy vice assistant associate under sub junior alternate")
_APART = {
    "secretary": word_set("press private parliamentary permanent executive first"),
    "representative": word_set("permanent"),
}
_WHEN = {"former": "former", "then": "then", "elect": "elect"}
# The business of a ministry: one that is not the office's own names another office.
_BUSINESS = word_set(
    """
foreign defence interior home justice finance treasury economy trade commerce health
education labour agriculture energy environment transport transportation culture
sports tourism science housing development fisheries ports harbours security war
veterans state
"""
)
# An ambassador is a permanent representative; a press secretary speaks for somebody.
_KINDRED = (frozenset(["ambassador", "representative", "envoy"]),)


class Fit(IntEnum):
    """How well a printed title names an office."""

    NOT = 0
    NEARLY = 1  # the office, and a word more that the catalogue does not have
    WHOLLY = 2


@dataclass(frozen=True, slots=True)
class Title:
    """One title as read: "Deputy Foreign Minister" is a minister, ranked deputy."""

    head: str
    ranks: frozenset[str]
    words: frozenset[str]
    when: str = ""  # former, then, elect
    acting: bool = False


def words_of(printed: str) -> list[str]:
    """The words of a title or a body's name, each in one form."""
    low = printed.lower().replace("’s", "").replace("'s", "")
    low = low.replace("\u00a0", " ").replace("\u202f", " ")
    for together, folded in _TOGETHER:
        low = together.sub(folded, low)
    parts = re.split(r"[\s\-–,.()]+", low)
    return [SAME.get(word, word) for word in parts if word]


@lru_cache(maxsize=4096)
def read(printed: str) -> tuple[Title, ...]:
    """The offices that a printed title names: "Minister of State and Envoy" is two."""
    found: list[Title] = []
    held: list[str] = []
    for part in re.split(r"\s+and\s+|[,/;&]+", printed):
        words = words_of(part)
        if any(word in HEADS for word in words) and held:
            found += _read(held)
            held = []
        held += words
    return (*found, *_read(held))


def _read(words: list[str]) -> list[Title]:
    words = [w for w in words if w not in COURTESY and w not in DETERMINERS]
    if not words:
        return []
    # The first office and what it says of another: the Secretary-General Spokesperson,
    # but of "Spokesperson for the Secretary-General" only the spokesperson.
    heads = HEADS | _LOOSE
    at = next((i for i, w in enumerate(words) if w in heads), None)
    if at is None:
        at = next((i for i, w in enumerate(words) if w in _SMALL and i), len(words)) - 1
    end = next((i for i in range(at, len(words)) if words[i] in _SMALL), len(words))
    at = max((i for i in range(at, end) if words[i] in heads), default=at)
    head, before = words[at], words[:at]
    ranks = _RANKS | _APART.get(head, frozenset())
    said = next((_WHEN[w] for w in words[:end] if w in _WHEN), "")
    aside = ranks | _WHEN.keys() | {"acting"}
    rest = [w for w in before if w not in aside] + words[at + 1 :]
    return [
        Title(
            head,
            frozenset(w for w in before if w in ranks),
            frozenset(rest) - _SMALL - _WHEN.keys(),
            said,
            "acting" in before,
        )
    ]


def within(on: date | None, span: DateRange | None) -> bool | None:
    """Does a day fall in a range? None when either is unknown."""
    if on is None or span is None:
        return None
    lower, upper = span
    return (lower is None or lower <= on) and (upper is None or on < upper)


def possible(office: Office, on: date | None) -> bool:
    """May the office have been held on the day? What is not dated may."""
    return within(on, office.possibly or office.certainly) is not False


def certain(office: Office, on: date | None) -> bool:
    """Was it surely held on the day?"""
    return within(on, office.certainly) is True


@lru_cache(maxsize=4096)
def _own(office: Office) -> tuple[tuple[Title, ...], frozenset[str]]:
    """An office's title as read, and all words that may name its organization."""
    names = (office.organization, *office.organization_names)
    words = {word for name in names for word in words_of(name)}
    return read(office.title), frozenset(words | set(map(acronym, names)))


def acronym(name: str) -> str:
    """MFA for Ministry of Foreign Affairs, in small letters."""
    return "".join(word[0] for word in name.split() if word[0].isupper()).lower()


def fit(title: Title, office: Office) -> Fit:
    """How well a title, as read, names an office."""
    titles, own = _own(office)
    best = Fit.NOT
    for other in titles:
        if title.head != other.head:
            # "the spokeswoman" may be a press secretary, an envoy an ambassador
            pair = {title.head, other.head}
            kindred = any(pair <= kin for kin in _KINDRED) or (
                pair == {"spokesperson", "secretary"}
                and "press" in title.ranks | other.ranks
            )
            if kindred and not (title.ranks ^ other.ranks) & _RANKS:
                best = max(best, Fit.NEARLY)
            continue
        if title.ranks != other.ranks:
            if not (title.ranks ^ other.ranks) - frozenset(["permanent", "first"]):
                best = max(best, Fit.NEARLY)
            continue
        more = title.words - other.words - own
        if not more:
            return Fit.WHOLLY
        if not (more & _BUSINESS and (other.words | own) & _BUSINESS):
            best = max(best, Fit.NEARLY)
    return best


def more(title: str, office: Office) -> int:
    """How many words of an office's own title are not printed."""
    return min(
        (
            len(other.words - each.words) + (each.acting is not other.acting)
            for each in read(title)
            for other in _own(office)[0]
        ),
        default=0,
    )


def fitting(
    offices: tuple[Office, ...], title: str, least: Fit = Fit.WHOLLY
) -> list[Office]:
    """The offices that a printed title names, whenever they were held."""
    read_as = read(title)
    return [
        office
        for office in offices
        if any(fit(each, office) >= least for each in read_as)
    ]


def alone(printed: str) -> bool:
    """Is it an office that is printed: "the Secretary", not "the Secretary’s vow"?"""
    owned = re.split(r"[’']s?\s+", printed)[-1]
    return any(each.head in HEADS or each.head in _LOOSE for each in read(owned))


def same(one: str, other: str) -> bool:
    """Do two printed titles name one office, by its head and rank: the Secretary?"""
    ours = {(each.head, each.ranks) for each in read(one) if each.head in HEADS}
    return any((each.head, each.ranks) in ours for each in read(other))


def when(title: str) -> str:
    """What a title says of its day itself: former, then, elect, or nothing."""
    return next((each.when for each in read(title) if each.when), "")


def against(person: Person, title: str, on: date | None) -> str:
    """A sentence where a printed title disagrees with the dated offices; else "".

    Only what the roster knows for certain of a day denies a title of that day.
    """
    titles = [each for each in read(title) if each.head in HEADS]
    if on is None or not titles or not person.offices:
        return ""
    day = written(on)
    near = [o for o in person.offices if any(fit(t, o) > Fit.NOT for t in titles)]
    if said := when(title):
        still = [o for o in near if certain(o, on) and fit(titles[0], o) == Fit.WHOLLY]
        if said != "former" or not still:
            return ""
        return (
            f"Printed as “{title}”, but the catalogue still has {person.name} as "
            f"{named(still[0])} on {day}."
        )
    if any(possible(office, on) for office in near):
        return ""
    if near:
        return (
            f"Printed as “{title}”, but the catalogue has {person.name} as "
            f"{held(near[0])}, not on {day}."
        )
    now = [office for office in person.offices if certain(office, on)]
    if now:
        return (
            f"Printed as “{title}”, but the catalogue has {person.name} as "
            f"{named(now[0])} on {day}."
        )
    if any(possible(office, on) for office in person.offices):
        return ""
    return (
        f"Printed as “{title}”; the catalogue knows {person.name} only as "
        f"{held(person.offices[0])}."
    )


def named(office: Office) -> str:
    """Spokesperson, Ministry of Foreign Affairs."""
    return ", ".join(filter(None, (office.title, office.organization)))


def held(office: Office) -> str:
    """The office with its days, as surely as they are known."""
    lower, upper = office.certainly or office.possibly or (None, None)
    words = named(office)
    if lower:
        words += f" from {written(lower)}"
    if upper:
        words += f" until {written(upper - timedelta(days=1))}"
    return words


def written(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
