"""The search box's language: a typed question -> a frozen Query, and back to a URL.

    speaker:okafor about:2417 after:2024-11 "path forward" -ferry nego*

Nothing that is typed is an error. What cannot be read is left out or searched as plain
words, and a sentence in ``Query.notes`` says so.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from django.utils.translation import gettext as _

#: Longer questions are cut; the longest pasted sentence that made sense had 240.
LONGEST = 300
#: Words, phrases and exclusions together: each is looked up in the index.
MOST_TERMS = 32
#: Names to filter by, of all kinds together: each is looked up in the catalogue.
MOST_NAMES = 8
#: A name, symbol or date typed into one control.
LONGEST_NAME = 200
#: Fewer letters before a ``*`` would fetch half of the index.
SHORTEST_PREFIX = 3

type Order = Literal["newest", "relevance"]

#: What may stand before a colon, and the field of Query that it fills.
KEYS = {
    "speaker": "speakers",
    "org": "organizations",
    "organization": "organizations",
    "organisation": "organizations",
    "about": "resolutions",
    "resolution": "resolutions",
    "topic": "tags",
    "tag": "tags",
    "office": "offices",
    "post": "offices",
    "kind": "kinds",
    "verdict": "verdicts",
    "after": "since",
    "since": "since",
    "before": "before",
    "until": "until",
}
#: The controls of the form, by the field that each fills.
CONTROLS = {
    "speakers": "speaker",
    "organizations": "organization",
    "resolutions": "resolution",
    "tags": "tag",
    "offices": "office",
    "kinds": "kind",
    "verdicts": "verdict",
}
#: How a name that found no room in its control is written in the box.
_IN_BOX = {
    "speakers": "speaker",
    "organizations": "org",
    "resolutions": "about",
    "tags": "topic",
    "offices": "office",
    "kinds": "kind",
    "verdicts": "verdict",
}

_QUOTATION_MARKS = dict.fromkeys(map(ord, "“”„‟«»″＂"), '"')
#: PostgreSQL would take what stands between them for a tag, and leave it out.
_ANGLES = dict.fromkeys(map(ord, "<>"), " ")
_TOKEN = re.compile(
    r"(?P<minus>[-−–—]*)(?:(?P<key>[^\W\d_]+):)?"
    r'(?:"(?P<phrase>[^"]*)(?P<closed>"?)|(?P<word>[^\s"]+))'
)
_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")


@dataclass(frozen=True, slots=True)
class Query:
    """A question: every part must fit, any one name of the same kind is enough.

    ``words``, ``phrases`` and ``prefixes`` (without their ``*``) must occur in a quote,
    ``excluded`` words or phrases must not. Speakers, organisations, resolutions, tags,
    offices, kinds of statements and verdicts are names as typed: slugs, names, symbols;
    ``search.naming`` finds who and what is meant. ``since`` and ``until`` are days,
    both included. ``notes`` are sentences on what could not be read; two questions are
    equal whatever their notes.
    """

    words: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    prefixes: tuple[str, ...] = ()
    speakers: tuple[str, ...] = ()
    organizations: tuple[str, ...] = ()
    resolutions: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    offices: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    verdicts: tuple[str, ...] = ()
    since: dt.date | None = None
    until: dt.date | None = None
    order: Order = "newest"
    notes: tuple[str, ...] = field(default=(), compare=False)

    @property
    def empty(self) -> bool:
        """Whether nothing at all is asked, so that every quote fits."""
        return self == Query(order=self.order)

    @property
    def wanted(self) -> tuple[str, ...]:
        """Words and phrases that must occur, as typed."""
        return (*self.words, *self.phrases, *(f"{word}*" for word in self.prefixes))

    def without(self, name: str, value: str | None = None) -> Query:
        """The same question less one filter, or less one of its names.

        ``name`` is a field of Query: ``without("speakers", "okafor")``.
        """
        left: Any = Query.__dataclass_fields__[name].default
        if value is not None:
            left = tuple(other for other in getattr(self, name) if other != value)
        return self._with(name, left)

    def instead(self, name: str, value: str, better: str) -> Query:
        """The same question with one name put in another's place."""
        names = tuple(
            better if other == value else other for other in getattr(self, name)
        )
        return self._with(name, tuple(dict.fromkeys(names)))

    def _with(self, name: str, value: Any) -> Query:
        changes: dict[str, Any] = {name: value}
        return replace(self, **changes)

    def to_text(self) -> str:
        """What the box shows: the words, and names for which no control is left."""
        parts = [
            *self.words,
            *(f'"{phrase}"' for phrase in self.phrases),
            *(f"{word}*" for word in self.prefixes),
            *(f"-{_quoted(word)}" for word in self.excluded),
        ]
        for name, key in _IN_BOX.items():
            parts += [f"{key}:{_quoted(value)}" for value in getattr(self, name)[1:]]
        return " ".join(parts)

    def to_params(self) -> dict[str, str]:
        """The parts of a URL that ask this question; ``from_params`` reads them."""
        params = {"q": self.to_text()}
        for name, control in CONTROLS.items():
            params[control] = "".join(getattr(self, name)[:1])
        params["since"] = print_since(self.since)
        params["until"] = print_until(self.until)
        params["sort"] = "" if self.order == "newest" else self.order
        return {name: value for name, value in params.items() if value}


def parse(text: str) -> Query:
    """Read what was typed into the box."""
    reading = _Reading()
    reading.read(_box(text, reading.notes))
    return reading.query()


def from_params(params: Mapping[str, str]) -> Query:
    """Read a whole form: the box ``q``, and the controls beside it.

    Controls are speaker, office, organization, resolution, tag, kind, verdict, since,
    until and sort. Their names go before those of the box; a date in a control wins
    over one in the box.
    """
    reading = _Reading()
    for name, control in CONTROLS.items():
        value = _control(params.get(control, ""), reading.notes)
        if value:
            reading.names[name].append(value)
    reading.read(_box(params.get("q", ""), reading.notes))
    for control in ("since", "until"):
        value = _control(params.get(control, ""), reading.notes)
        if value:
            reading.date(control, value)
    query = reading.query()
    if params.get("sort") == "relevance":
        return replace(query, order="relevance")
    return query


def read_period(written: str) -> tuple[dt.date, dt.date] | None:
    """First and last day of 2024, 2024-11 or 2024-11-03; None for anything else."""
    match = _DATE.fullmatch(written.strip())
    if match is None:
        return None
    year, month, day = (int(part) if part else None for part in match.groups())
    assert year is not None
    try:
        if month is None:
            return dt.date(year, 1, 1), dt.date(year, 12, 31)
        if day is None:
            last = calendar.monthrange(year, month)[1]
            return dt.date(year, month, 1), dt.date(year, month, last)
        return dt.date(year, month, day), dt.date(year, month, day)
    except ValueError:  # month 13, 30 February, year 0
        return None


def print_since(day: dt.date | None) -> str:
    """A first day, as shortly as it can be written: 2024 for 1 January 2024."""
    if day is None:
        return ""
    if day.day > 1:
        return day.isoformat()
    return day.isoformat()[: 7 if day.month > 1 else 4]


def print_until(day: dt.date | None) -> str:
    """A last day, as shortly as it can be written: 2024-11 for 30 November 2024."""
    if day is None:
        return ""
    if day.day < calendar.monthrange(day.year, day.month)[1]:
        return day.isoformat()
    return day.isoformat()[: 7 if day.month < 12 else 4]


class _Reading:
    """The parts of a question while it is read, and what is said about it."""

    def __init__(self) -> None:
        self.notes: list[str] = []
        self.terms: list[tuple[str, str]] = []
        self.names: dict[str, list[str]] = {name: [] for name in CONTROLS}
        self.since: dt.date | None = None
        self.until: dt.date | None = None

    def read(self, text: str) -> None:
        position = 0
        while match := _TOKEN.search(text, position):
            position = match.end()
            # "well-known" is one word; a minus counts at the start of a word only.
            starts = match.start() == 0 or text[match.start() - 1].isspace()
            self._token(match, excluded=bool(match["minus"]) and starts)
        if text and not (self.terms or self.notes or self._filters()):
            self.notes.append(_("Signs alone cannot be searched for. Write a word."))

    def date(self, key: str, written: str) -> None:
        period = read_period(written)
        if period is None:
            self.notes.append(
                _("“%(typed)s” is not a date here. Write 2024, 2024-11 or 2024-11-03.")
                % {"typed": written}
            )
        elif key == "since":
            self.since = period[0]
        elif key == "until":
            self.until = period[1]
        elif period[0] > dt.date.min:
            self.until = period[0] - dt.timedelta(days=1)

    def query(self) -> Query:
        terms = list(dict.fromkeys(self.terms))
        if len(terms) > MOST_TERMS:
            terms = terms[:MOST_TERMS]
            self.notes.append(
                _("Only the first %(n)d words were searched for. Leave some out.")
                % {"n": MOST_TERMS}
            )
        if self.since and self.until and self.since > self.until:
            self.notes.append(
                _(
                    "The first day lies after the last, so nothing can be found. "
                    "Swap them."
                )
            )

        def of(kind: str) -> tuple[str, ...]:
            return tuple(term for other, term in terms if other == kind)

        def named(name: str) -> tuple[str, ...]:
            return tuple(dict.fromkeys(self.names[name]))

        return Query(
            words=of("word"),
            phrases=of("phrase"),
            excluded=of("excluded"),
            prefixes=of("prefix"),
            speakers=named("speakers"),
            organizations=named("organizations"),
            resolutions=named("resolutions"),
            tags=named("tags"),
            offices=named("offices"),
            kinds=named("kinds"),
            verdicts=named("verdicts"),
            since=self.since,
            until=self.until,
            notes=tuple(dict.fromkeys(self.notes)),
        )

    def _filters(self) -> bool:
        return bool(self.since or self.until or any(self.names.values()))

    def _token(self, match: re.Match[str], *, excluded: bool) -> None:
        key, phrase, word = match["key"], match["phrase"], match["word"]
        if phrase is not None and not match["closed"] and phrase.strip():
            self.notes.append(
                _(
                    "The quotation mark before “%(words)s” is not closed, so all that "
                    "follows was taken as one phrase."
                )
                % {"words": _short(phrase)}
            )
        if key and key.casefold() in KEYS:
            self._filter(key.casefold(), (phrase or word or ""), excluded=excluded)
            return
        if key and word and not word.startswith("/"):
            self.notes.append(
                _(
                    "There is no filter “%(typed)s”, so it was searched as words. "
                    "There are speaker:, office:, org:, about:, topic:, kind:, "
                    "verdict:, after: and before:."
                )
                % {"typed": f"{key}:"}
            )
        if key:
            word = f"{key}:{word}" if word else key
        elif word and word[:-1].casefold() in KEYS and word.endswith(":"):
            self._nothing_after(word)
            return
        if phrase is not None and _has_letters(phrase):
            self._term("excluded" if excluded else "phrase", phrase)
        if word and _has_letters(word):
            self._word(word, excluded=excluded)

    def _word(self, word: str, *, excluded: bool) -> None:
        stem = word.rstrip("*")
        if word.endswith("*") and stem.isalnum() and not excluded:
            if len(stem) >= SHORTEST_PREFIX:
                self._term("prefix", stem)
                return
            self.notes.append(
                _(
                    "“%(typed)s” is too short for a beginning of words: it takes "
                    "%(n)d letters before the star."
                )
                % {"typed": word, "n": SHORTEST_PREFIX}
            )
        self._term("excluded" if excluded else "word", stem)

    def _term(self, kind: str, words: str) -> None:
        self.terms.append((kind, " ".join(words.split())))

    def _filter(self, key: str, value: str, *, excluded: bool) -> None:
        value = " ".join(value.split())
        name = KEYS[key]
        if excluded:
            self.notes.append(
                _("A minus works before words only, so “%(typed)s” was left out.")
                % {"typed": f"-{key}:{value}"}
            )
        elif not value:
            self._nothing_after(f"{key}:")
        elif name in self.names:
            if value in self.names[name]:
                return
            if sum(map(len, self.names.values())) >= MOST_NAMES:
                self.notes.append(
                    _("Only the first %(n)d names were looked up. Leave some out.")
                    % {"n": MOST_NAMES}
                )
                return
            self.names[name].append(value)
        else:
            self.date(name, value)

    def _nothing_after(self, key: str) -> None:
        self.notes.append(
            _("Nothing stands after “%(typed)s”. Write it without blank.")
            % {"typed": key}
        )


def _box(text: str, notes: list[str]) -> str:
    text = _printable(text, notes)
    if len(text) > LONGEST:
        notes.append(
            _(
                "Only the first %(n)d characters were read. Use fewer words, or the "
                "rarest of them."
            )
            % {"n": LONGEST}
        )
        text = text[:LONGEST]
    return text.translate(_QUOTATION_MARKS | _ANGLES).strip()


def _control(value: str, notes: list[str]) -> str:
    value = " ".join(_printable(value, notes).split())
    if len(value) > LONGEST_NAME:
        notes.append(
            _("Only the first %(n)d characters of a filter were read.")
            % {"n": LONGEST_NAME}
        )
        value = value[:LONGEST_NAME].strip()
    return value


def _printable(text: str, notes: list[str]) -> str:
    """The text composed (NFC), without what no database can hold."""
    # Far more than is read, so that a huge text costs nothing.
    text = text[: LONGEST * 8]
    kept = "".join(
        char for char in text if char != "\0" and not "\ud800" <= char <= "\udfff"
    )
    if kept != text:
        notes.append(_("Characters that cannot stand in a text were left out."))
    return "".join(
        " " if unicodedata.category(char) == "Cc" else char
        for char in unicodedata.normalize("NFC", kept)
    )


def _has_letters(words: Iterable[str]) -> bool:
    return any(char.isalnum() for char in words)


def _quoted(value: str) -> str:
    return value if re.fullmatch(r"[^\s:*\"-][^\s:*\"]*", value) else f'"{value}"'


def _short(words: str, most: int = 40) -> str:
    words = " ".join(words.split())
    return words if len(words) <= most else f"{words[: most - 1]}…"
