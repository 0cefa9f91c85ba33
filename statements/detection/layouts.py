"""Words without marks that the page gives to somebody: the turns of a transcript.

A label at the head of a line says who speaks, and all that follows is said until the
next label: ``MS OKAFOR: The ferries will sail.`` What looks like a label is one only
where the text as a whole is a transcript, or holds a piece of one.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from .findings import Span
from .given_names import is_given
from .lexicon import COURTESY, PARTICLES, ROLES, TITLES, word_set
from .meaning import Meant
from .names import Names, core_of, plausible

_LABEL = re.compile(
    r"^[ \t\xa0*•>]{0,9}"
    r"([^\W\d_][\w.'’,/ \xa0\u202f-]{0,58}?)"
    r"[ \xa0]?(?:[(\[][^()\[\]\n]{0,60}[)\]][ \xa0]?)?[*]{0,2}[:;](?![^\s*])[*]{0,2}",
    re.MULTILINE,
)
# Q. Is it closed? · Q   Is it closed? — only beside labels that leave no doubt.
_LETTER = re.compile(r"^[ \t\xa0]{0,9}([QA])(?:[.:]|[ \t\xa0]{2}|\t)", re.MULTILINE)
_WORD = re.compile(r"[\w.'’/-]+")
_OPENS = tuple("“\"„«»‟「『‘‹'")
_STAGE = re.compile(r"[(\[][^()\[\]\n]{0,80}[)\]]")
_SAID = re.compile(r"\w[^\n]*?[.?!…—–-][”\"’')\]]*(?:\s|$)")
_OWN = re.compile(r"\b(?:I|we|you|my|our|your|me|us|thank|thanks)\b", re.IGNORECASE)

# Where the words of a statement or transcript are over.
END = re.compile(
    r"^[ \t\xa0*]{0,9}(?:#[ #]*|\*[ *]*|_{3,}|-{3,}|-+[ ]?30[ ]?-+"
    r"|\(?end(?:s|ed)?(?: of (?:the )?(?:statement|transcript|interview|briefing))?"
    r"(?:[ \xa0]\d[^\n]{0,30})?[.)]?"
    r"|\(?end (?:transcript|text)[.)]*"
    r"|notes? (?:to|for) (?:the )?(?:editors?|media)\b[^\n]{0,80}"
    r"|(?:media|press)[ \xa0](?:contacts?|enquiries|inquiries)\b[^\n]{0,80}"
    r"|contacts?:[^\n]{0,80}"
    r"|for (?:more|further|additional) information\b[^\n]{0,200}"
    r")[ \t\xa0]*$",
    re.MULTILINE | re.IGNORECASE,
)
_HEAD = re.compile(
    r"\b(?:transcript|briefing|press conference|news conference|interview|remarks|"
    r"hearing|debate|questions? and answers?|q ?(?:&|and) ?a|hansard|"
    r"press availability|media availability|roundtable|doorstop)\b",
    re.IGNORECASE,
)
# Those who only ask or lead: they have no name, and the text gives them none.
_ASKING = word_set(
    "question questions q reporter reporters journalist journalists moderator "
    "interviewer audience participant operator interpreter voice voices media press "
    "speaker unidentified unknown inaudible caller facilitator compere host anchor "
    "questioner attendee staff presenter"
)
_ANSWERING = word_set("a answer interviewee response reply")
_NUMBERS = word_set("one two three four five six seven eight nine ten no")
_SMALL = PARTICLES | word_set("the of for and to in y und et")
_NO_SPEAKER = word_set(
    """
    who what when where why how note notes contact contacts update correction breaking
    watch exclusive subject re from to date time place location cc bcc fact facts myth
    step photo image video source sources more related summary background example
    caption clarification previously read tags topics issue issues purpose agenda
    venue attendees participants present apologies warning tip option result results
    answer key point points item section chapter part figure table address phone tel
    telephone fax email e-mail website web url link links credit title category status
    reality claim claims rating verdict pros cons monday tuesday wednesday thursday
    friday saturday sunday total score final ps nb editor editors editor's editor’s
    """
)
_FEW = 8  # lines at the head of a text after which its first label must stand
_GAP = 3  # paragraphs that a turn inside an article may run over
_SHORT = 1_500  # code points of a turn, where most of a text is turns
_TURNS = 20_000


@dataclass(frozen=True, slots=True)
class Turn:
    """Words that a label, or a line above them, gives to somebody."""

    label: Span
    span: Span
    meant: Meant
    rule: str


@dataclass(frozen=True, slots=True)
class _Label:
    """A label as printed; ``sort`` is asks, answers, office, name or doubtful."""

    start: int
    end: int
    body: int
    words: tuple[str, ...]
    sort: str

    @property
    def key(self) -> str:
        return " ".join(self.words).casefold()

    @property
    def capital(self) -> bool:
        return all(
            word in ("Mr", "Ms", "Mrs", "Dr")
            or word.removeprefix("Mc").isupper()  # McCAUL
            or word.upper() == word
            for word in (each.rstrip(".") for each in self.words)
        )


def turns(text: str, names: Names) -> list[Turn]:
    """The turns of a transcript, in order; none where the text holds no transcript."""
    labels = _labels(text, names)
    if not labels:
        return []
    head = text[: labels[0].start]
    whole = _whole(text, head) or len(text) < _SHORT * len(labels) * (len(labels) > 9)
    if not _transcript(text, labels, whole):
        return []
    labels = _labels(text, names, sure=False)
    head = text[: labels[0].start]
    people = _People(names, labels, head)
    found: list[Turn] = []
    gap = "\n\n" if "\n\n" in text else "\n"
    longest = 0  # paragraphs of the longest turn so far
    for number, label in enumerate(labels):
        last = number + 1 == len(labels)
        stop = len(text) if last else labels[number + 1].start
        if last and number:
            stop = _paragraphs_on(text, gap, label.body, max(2 * longest, 3))
        elif len(labels) < 1_000:
            size = text.count(gap, label.body, stop)
            longest = max(longest, size)
        start, end = _body(text, label.body, stop, whole, last)
        if start < end and _WORD.search(text, start, end):
            who = people.meant(label)
            found.append(
                Turn(Span(label.start, label.end), Span(start, end), who, "turn")
            )
    return found


def _labels(text: str, names: Names, *, sure: bool = True) -> list[_Label]:
    """Lines that begin as a speaker's label does, with words behind them.

    A stranger ("Aurel Kestrin:") is one where somebody asks questions.

    ``sure`` leaves out what is a label only inside a transcript: "Q." and strangers.
    """
    found: list[_Label] = []
    seen: Counter[str] = Counter()
    sorts: dict[tuple[str, ...], str] = {}
    for match in _LABEL.finditer(text):
        words = tuple(_WORD.findall(match[1].split(",")[0]))
        if words not in sorts:
            sorts[words] = _sort(words, names)
        sort = sorts[words]
        if not sort or text.startswith(_OPENS, _skip(text, match.end())):
            continue
        label = _Label(match.start(1), match.end(1), match.end(), words, sort)
        seen[label.key] += 1
        found.append(label)
        if len(found) > _TURNS:
            break
    if not sure:
        taken = {label.start for label in found}
        for match in _LETTER.finditer(text):
            if match.start(1) not in taken:
                sort = "asks" if match[1] == "Q" else "answers"
                letter = (match[1],)
                found.append(
                    _Label(match.start(1), match.end(1), match.end(), letter, sort)
                )
        found.sort(key=lambda label: label.start)
    led = any(label.sort == "asks" for label in found)
    return [
        label
        for label in found
        if label.sort not in ("doubtful", "strange")
        or (label.sort == "doubtful" and seen[label.key] > 1)
        or (led and len(label.words) in (2, 3) and plausible(list(label.words)))
    ]


def _sort(words: tuple[str, ...], names: Names) -> str:
    """What kind of label these words may be; "" for none."""
    if not 0 < len(words) <= 8 or (len(words) > 1 and words[0] == "Q."):
        return ""
    lows = [word.lower() for word in words]
    if any(low in _NO_SPEAKER for low in lows):
        return ""
    if not all(
        word[0].isupper() or low in _SMALL or word.isdigit()
        for word, low in zip(words, lows, strict=True)
    ):
        return ""
    while lows and (lows[-1] in _NUMBERS or lows[-1].isdigit() or len(lows[-1]) < 1):
        lows.pop()
    if not lows:
        return ""
    capital = all(word.upper() == word for word in words if word.lower() not in _SMALL)
    if _asks(lows, capital):
        return "asks"
    if len(lows) == 1 and lows[0] in _ANSWERING:
        return "answers"
    core = core_of(list(words))
    name = words[core:]
    if core and len(name) < 4 and name[-1].lower() not in ROLES | TITLES:
        before = words[core - 1].lower()
        if before in COURTESY or before in TITLES:
            return "name"
    if lows[-1] in ROLES or lows[-1] in TITLES or lows == ["pm"]:
        return "office" if capital or len(lows) < 4 else ""
    if len(name) > 1 and not core:
        known = is_given(name[0]) or (capital and _printed(names, name))
        return "name" if known else "doubtful" if capital else "strange"
    if len(words) == 1 and names.by_last.get(lows[0]):
        return "name"
    return "doubtful" if capital and len(words) < 4 and len(lows[0]) > 2 else ""


def _asks(lows: list[str], capital: bool) -> bool:
    """QUESTION · Moderator · UNIDENTIFIED REPORTER · AUDIENCE MEMBER · QUESTION 2"""
    if lows[0] in _ASKING:
        return len(lows) == 1 or (len(lows) < 4 and (capital or lows[-1] in ROLES))
    return lows[-1] in _ASKING and capital and len(lows) < 5


def _printed(names: Names, name: tuple[str, ...]) -> str:
    """The full name as the text prints it elsewhere: Ada Brandt for ADA BRANDT."""
    low = " ".join(name).casefold()
    for known in names.by_last.get(name[-1].lower(), [])[:30]:
        if known.casefold() == low:
            return known
    return ""


def _transcript(text: str, labels: list[_Label], whole: bool) -> bool:
    """Do these labels make a transcript?"""
    spoken = [label for label in labels if _spoken(text, label)]
    if not spoken or 2 * len(spoken) < len(labels):
        return False
    if len(labels) == 1:
        only = labels[0]
        long = len(text[only.body :][:1_000].split()) > 30
        return only.capital and only.sort in ("name", "office") and whole and long
    if any(label.capital or label.sort == "asks" for label in labels):
        return True
    own = sum(1 for label in spoken if _OWN.search(text[label.body :][:400]))
    if 2 * own < len(spoken):
        return False  # notes on people, not their words
    keys = Counter(label.key for label in labels)
    return keys.most_common(1)[0][1] > 1 or (
        whole and all(label.sort == "name" for label in labels)
    )


def _spoken(text: str, label: _Label) -> bool:
    """Do whole sentences follow the label, not a headline or a telephone number?"""
    start = _skip(text, label.body)
    words = text[start : start + 400].split("\n\n")[0]
    words = _STAGE.sub("", words).strip()
    return _SAID.match(words) is not None or len(words) > 200


def _whole(text: str, head: str) -> bool:
    """Is all of the text a transcript, not an article that prints a piece of one?"""
    if len(re.findall(r"[^\n]*\w[^\n]*", head[:4_000])) <= _FEW:
        return True
    return len(head) < len(text) / 4 and bool(_HEAD.search(head[:600]))


def _skip(text: str, place: int) -> int:
    """The first place that is no blank: a label may stand on a line of its own."""
    end = min(len(text), place + 200)
    while place < end and (text[place].isspace() or text[place] == "*"):
        place += 1
    return place


def _body(text: str, start: int, stop: int, whole: bool, last: bool) -> tuple[int, int]:
    """The words of a turn: its paragraphs, without blanks and what closes a page."""
    start = _skip(text, start)
    over = END.search(text, start, stop)
    if over is not None:
        stop = over.start()
    if not whole:
        place = start
        for number in range(_GAP):
            place = text.find("\n", place, stop)
            if place < 0:
                break
            if last or number == _GAP - 1:
                stop = place
                break
            place = _skip(text, place)
    while stop > start and (text[stop - 1].isspace() or text[stop - 1] in "*"):
        stop -= 1
    return start, stop


def _paragraphs_on(text: str, gap: str, place: int, number: int) -> int:
    """Where the text stands so many paragraphs further on.

    The last turn has no label after it: an article may go on there.
    """
    place = _skip(text, place)
    for _ in range(number):
        end = text.find(gap, place)
        if end < 0:
            return len(text)
        place = _skip(text, end)
    return end


class _People:
    """Whom the labels of one transcript mean."""

    def __init__(self, names: Names, labels: list[_Label], head: str):
        self.names = names
        self.known: dict[str, Meant] = {}
        self.full: dict[str, set[str]] = {}
        for label in labels:
            name = label.words[core_of(list(label.words)) :]
            if label.sort == "name" and len(name) > 1:
                printed = _printed(names, name) or " ".join(name)
                self.full.setdefault(name[-1].casefold(), set()).add(printed)
        # An office or an answer is somebody's whom the head of the text names.
        self.head = Names(head[-4_000:])
        persons = {name for known in self.head.by_last.values() for name in known}
        self.guest = persons.pop() if len(persons) == 1 else ""

    def meant(self, label: _Label) -> Meant:
        """The person behind a label, as far as the text tells."""
        if label.key not in self.known:
            self.known[label.key] = self._read(label)
        return self.known[label.key]

    def _read(self, label: _Label) -> Meant:
        words = list(label.words)
        if label.sort == "asks":
            return Meant()
        if label.sort == "answers":
            return Meant(self.guest, sure=False)
        while len(words) > 1 and words[0].lower() == "the":
            words = words[1:]
        if label.sort == "office":
            full = self.head.office(words[-1])
            return Meant(full, " ".join(words), sure=False)
        core = core_of(words)
        title, name = " ".join(words[:core]), words[core:]
        if len(name) > 1:
            full = _printed(self.names, tuple(name)) or " ".join(name)
            return Meant(full, title, self.names.gender(full))
        fitting = self.names.full(name, title)
        if not fitting:
            fitting = tuple(sorted(self.full.get(name[0].casefold(), ())))
        if len(fitting) == 1:
            return Meant(fitting[0], title, self.names.gender(fitting[0]))
        return Meant("", title, surname=name[0], either=fitting)
