"""References to resolutions, by their printed forms.

Longest and most specific first: a full symbol, UNSCR and its like, a named body with
a number, "UN resolution N", a number with its year, a number in a context. Spans
never overlap, each item of a list is a finding of its own, and a form that two bodies
share is offered with both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date

from . import citation_bodies as bodies
from . import citation_forms as forms
from .citation_addresses import printed_at
from .citation_bodies import LAST_WITHOUT_A_SESSION
from .citation_checks import Draft, checked, near_misses, pinpoint
from .citation_congress import resolution_of_congress
from .citation_forms import council_symbol, number
from .citation_places import Places
from .citation_repeats import repeats
from .council_years import NEWEST, year_of
from .findings import CitationFinding


def find(
    text: str,
    *,
    on: date | None = None,
    known: Mapping[str, date | None] | None = None,
) -> list[CitationFinding]:
    """Every reference to a resolution in ``text``, in order.

    ``on``: day of the statement, tells the Congress and shows anachronisms.
    ``known``: symbol -> day of adoption (the catalogue), for the checks.
    """
    if not forms.QUICK.search(text):
        return []
    return _Search(text, on, known).run()


def parse(reference: str) -> str | None:
    """One printed form, or the address of a document, as a symbol.

    "UNSCR 2417" -> "S/RES/2417 (2018)"; None when it is none, or two bodies share it.
    """
    found = find(printed_at(reference))
    return (found[0].symbol or None) if len(found) == 1 else None


#: The day on which the Assembly made the Human Rights Council, A/RES/60/251.
RIGHTS_COUNCIL = date(2006, 3, 15)


class _Search(Places):
    """One pass over one text."""

    def __init__(
        self, text: str, on: date | None, known: Mapping[str, date | None] | None
    ):
        super().__init__(text)
        self.on = on
        self.known = known
        self.named: dict[str, str] = {}
        self.years: dict[str, str] | None = None
        self.groups = 0
        self.doubt: re.Match[str] | None = None

    def run(self) -> list[CitationFinding]:
        for match in forms.URL.finditer(self.text):
            self._take(*match.span())
        for match in forms.COUNCIL.finditer(self.text):
            if self._free(*match.span()):
                self._council(
                    match.start(), match.end(), number(match[1]), match[2], 0.98
                )
        for form in forms.FORMS:
            if form.needle not in self.text:
                continue
            for match in form.pattern.finditer(self.text):
                if form.body == "nato" and not self._atlantic(match):
                    continue
                if self._free(*match.span()):
                    self._add(
                        Draft(
                            match.start(),
                            match.end(),
                            form.symbol(match),
                            form.body,
                            form.confidence,
                        )
                    )
        for match in forms.DECISION.finditer(self.text):
            if self._free(*match.span(1)):
                symbol = f"A/DEC/{match[1]}"
                self._add(Draft(*match.span(1), symbol, "un-ga", 0.95))
        for match in forms.CONGRESS.finditer(self.text):
            if self._free(*match.span()):
                self._add(resolution_of_congress(match, self.text, self.on))
        heads = [m for m in forms.HEAD.finditer(self.text) if self._free(*m.span())]
        owners = [self._body(head) for head in heads]
        # Those that name a body first: a bare number may lean on them.
        for bare in (False, True):
            for head, body in zip(heads, owners, strict=True):
                if (body == "") is bare and body != "other":
                    self._list(head, body)
        self._repeats()
        for match in forms.CHINESE.finditer(self.text):
            if self._free(*match.span(1)) and year_of(int(match[1])):
                self._council(match.start(1), match.end(1), match[1], None, 0.6)
        for match in forms.ROMAN_ALONE.finditer(self.text):
            if self._free(*match.span()) and self._context(match.start(), match.end()):
                letter = f" {match[2]}" if match[2] else ""
                symbol = f"A/RES/{match[1]}{letter} ({match[3]})"
                self._add(Draft(*match.span(), symbol, "un-ga", 0.7))
        self.drafts.sort(key=lambda draft: draft.start)
        near_misses(self.drafts)
        return [
            checked(
                draft,
                self.printed[draft.start : draft.end],
                pinpoint(self.text, self.printed, draft),
                self.on,
                self.known,
            )
            for draft in self.drafts
        ]

    # Forms that need a look around

    def _repeats(self) -> None:
        """Numbers alone, of resolutions of the Council that were named before."""
        first: dict[str, int] = {}
        symbols: dict[str, str] = {}
        for draft in self.drafts:
            if draft.body == "un-sc" and draft.symbol and draft.confidence >= 0.5:
                named = forms.COUNCIL.match(draft.symbol)
                if named is not None:
                    place = min(draft.end, first.get(named[1], draft.end))
                    first[named[1]], symbols[named[1]] = place, draft.symbol
        for start, end, value in repeats(self.text, first, self.taken):
            self._add(Draft(start, end, symbols[value], "un-sc", 0.6))
        for match in forms.COUNCIL_BARE.finditer(self.text):
            start, end = match.span(1)
            true = year_of(int(match[1]))
            if true and self._free(start, end) and not self._amount(match[1], end):
                self._council(start, end, match[1], None, 0.6)

    def _body(self, head: re.Match[str]) -> str:
        """Whose resolution is named right before the word: a key, "" or "other"."""
        if head["unscr"]:
            return "un-sc"
        before = self.text[max(0, head.start() - 80) : head.start()]
        if bodies.NAMING.search(before):
            loud = head["word"].isupper()
            for key, pattern in bodies.CAPITALS if loud else bodies.BODIES:
                if pattern.search(before):
                    return key
        if head["word"].lower().rstrip(".") == "res":
            return "other"
        return ""

    def _owner(self, end: int) -> str:
        """Whose resolution is named right after the number: "of the Assembly"."""
        named = bodies.OWNED.match(self.text, end)
        if named is not None:
            for key, pattern in bodies.OWNERS:
                if pattern.match(self.text, named.end()):
                    return key
        return ""

    def _items(self, head: re.Match[str]) -> Iterator[re.Match[str]]:
        """The items of a list: "1267 (1999), 1989 (2011) and 2253 (2015)"."""
        plural = (head["unscr"] or head["word"])[-1] in "sSи" or bool(head["unscr"])
        item = forms.ITEM.match(self.text, head.end())
        first = True
        while item is not None:
            if not first and forms.AMOUNT.match(self.text, item.end()):
                return
            end = item.end()
            mended = self._mended(item)
            if mended is not None:
                item, end = mended, mended.end() + 1
            yield item
            gap = forms.SEP.match(self.text, end)
            if gap is None:
                return
            following = forms.ITEM.match(self.text, gap.end())
            if following is None:
                return
            if not first or not plural:
                digits = number(following["n"])
                year_like = digits.isdigit() and 1945 <= int(digits) <= 2040
                if gap.group().strip() == "," and year_like and not plural:
                    self.doubt = following
                    return
            if gap.group().strip() == "/" and len(following["n"]) < 3:
                return
            if len(following["n"]) < 2:
                return
            item = following
            first = False

    def _list(self, head: re.Match[str], body: str) -> None:
        self.doubt = None
        self.groups += 1
        group = self.groups
        first = len(self.drafts)
        items = list(self._items(head))
        if items and body in ("", "un"):
            body = self._owner(items[-1].end()) or body
        if body == "other":
            return
        for item in items:
            if self._free(*item.span()):
                self._item(head, item, body)
        for draft in self.drafts[first:]:
            draft.group = group
            if draft.start in self.mended:
                draft.warnings += (self.mended[draft.start],)
        if self.doubt is not None and len(self.drafts) > first:
            printed = self.doubt["n"]
            self.drafts[-1].warnings += (
                f"{printed}: a year, or S/RES/{printed}? Only the first is taken.",
            )

    def _item(self, head: re.Match[str], item: re.Match[str], body: str) -> None:
        start, end = item.span()
        value = number(item["n"])
        if self.text[end : end + 1] == "-" and self.text[end + 1 : end + 2].isdigit():
            self._range(item, body)
            return
        if item["roman"]:
            letter = f" {item['letter'].strip()}" if item["letter"] else ""
            key = "E/RES/" if body == "un-ecosoc" else "A/RES/"
            owner = "un-ecosoc" if body == "un-ecosoc" else "un-ga"
            symbol = f"{key}{value}{letter} ({item['roman']})"
            self._add(Draft(start, end, symbol, owner, 0.95))
            return
        if "/" in value:
            self._session(start, end, value.replace("/ ", "/"), body)
            return
        year = item["year"] or item[3]
        if body in ("", "un"):
            self._unnamed(head, item, value, year, body)
        elif body == "un-sc":
            self._council(start, end, value, year, 0.97 if head["unscr"] else 0.95)
        elif body == "un-ga":
            symbol = bodies.ASSEMBLY.get(value, "")
            if symbol:
                self._add(Draft(start, end, symbol, body, 0.9))
            elif (
                10 <= int(value) <= LAST_WITHOUT_A_SESSION
                and self.text[end : end + 1] != "/"
            ):
                draft = Draft(start, end, f"A/RES/{value}", body, 0.5)
                draft.warnings = (
                    f"Which session? As in A/RES/{value} (XXIX), add it in brackets.",
                )
                self._add(draft)
        elif body == "coe-pace":
            tail = f" ({year})" if year else ""
            self._add(Draft(start, end, f"PACE Resolution {value}{tail}", body, 0.9))
        elif body == "las":
            self._add(Draft(start, end, f"LAS Resolution {value}", body, 0.9))
        elif body == "nato-pa":
            self._add(Draft(start, end, f"NATO PA Resolution {value}", body, 0.9))
        elif body == "achpr":
            self._add(Draft(start, end, f"ACHPR/Res.{value}", body, 0.9))

    def _range(self, item: re.Match[str], body: str) -> None:
        """Resolutions 2254-2258: asked about, never expanded."""
        last = re.compile(r"-(\d{3,4})(?!\w)").match(self.text, item.end())
        if last is None or body not in ("un-sc", "un", ""):
            return
        low, high = int(number(item["n"])), int(last[1])
        if not low < high <= low + 30 or low < 100:
            return
        every = tuple(council_symbol(str(n), year_of(n)) for n in range(low, high + 1))
        draft = Draft(item.start(), last.end(), "", "un-sc", 0.4, every)
        draft.warnings = (f"A range of {len(every)} resolutions: which are meant?",)
        self._add(draft)

    def _session(self, start: int, end: int, value: str, body: str) -> None:
        """60/251, S-31/1, ES-11/1, 1996/31: session and number."""
        assembly = f"A/RES/{value}"
        rights = f"A/HRC/RES/{value}"
        if body == "un-hrc":
            symbol = rights
        elif body == "un-ga" or value.startswith("ES-"):
            symbol, body = assembly, "un-ga"
        elif body == "un-ecosoc":
            symbol = f"E/RES/{value}"
        elif body == "un-chr":
            symbol = f"E/CN.4/RES/{value}"
        elif len(value.split("/")[0]) == 4:
            if body in ("", "un"):
                both = (f"E/RES/{value}", f"E/CN.4/RES/{value}")
                self._add(Draft(start, end, "", "un", 0.4, both))
            return
        elif body in ("", "un"):
            earlier = self.named.get(value)
            if earlier:
                self._add(Draft(start, end, earlier, "", 0.9))
            elif (
                value.startswith("S-") or int(value.split("/")[0]) <= 65
            ) and not self._of_the_assembly(start):
                draft = Draft(start, end, "", "un", 0.5, (assembly, rights))
                draft.warnings = ("The Assembly or the Human Rights Council?",)
                self._add(draft)
            else:
                self._add(Draft(start, end, assembly, "un-ga", 0.8))
            return
        else:
            return
        self.named.setdefault(value, symbol)
        self._add(Draft(start, end, symbol, body, 0.95))

    def _of_the_assembly(self, start: int) -> bool:
        """Does the day or the text before say that it is the Assembly's?"""
        if self.on is not None and self.on < RIGHTS_COUNCIL:
            return True
        before = self.text[max(0, start - 300) : start]
        return "General Assembly" in before and "Human Rights Council" not in before

    def _council(
        self, start: int, end: int, value: str, year: str | None, confidence: float
    ) -> None:
        """A resolution of the Security Council, its year from print, table, or list."""
        true = year_of(int(value)) or self._listed_year(value)
        warnings: list[str] = []
        if int(value) < 1:
            return
        if not year:
            after = forms.YEAR_AFTER.match(self.text, end)
            year = after[1] if after else None
        if year and true and int(year) != int(true):
            warnings.append(f"S/RES/{value} is of {true}, not {year}.")
            confidence = min(confidence, 0.6)
        shown = true or year
        if not shown:
            warnings.append(f"No year is known for S/RES/{value}.")
            confidence = min(confidence, 0.6)
        symbol = council_symbol(value, shown)
        self.named.setdefault(value, symbol)
        self._add(Draft(start, end, symbol, "un-sc", confidence, (), tuple(warnings)))

    def _listed_year(self, value: str) -> str | None:
        """The year that the catalogue gives, for numbers newer than the table."""
        if self.known is None or int(value) < NEWEST:
            return None
        if self.years is None:
            self.years = {}
            for symbol in self.known:
                match = forms.COUNCIL.match(symbol)
                if match and match[2]:
                    self.years[match[1]] = match[2]
        return self.years.get(value)

    def _unnamed(
        self,
        head: re.Match[str],
        item: re.Match[str],
        value: str,
        year: str | None,
        body: str,
    ) -> None:
        """ "UN resolution N", "resolution N (YEAR)", "Resolution N"."""
        start, end = item.span()
        europe, nations = self._around(head.start(), end)
        if europe and body == "":
            tail = f" ({year})" if year else ""
            symbol = f"PACE Resolution {value}{tail}"
            self._add(Draft(start, end, symbol, "coe-pace", 0.85))
            return
        true = year_of(int(value)) or self._listed_year(value)
        if not year:
            after = forms.YEAR_AFTER.match(self.text, end)
            plain = forms.YEAR_PLAIN.match(self.text, end)
            if after:
                year = after[1]
            # Without "of" it may be the year of something else.
            elif plain and (plain[1] or plain[2] == str(true)):
                year = plain[2]
        if body == "un":
            if value in bodies.ASSEMBLY and not year and value not in self.named:
                both = (bodies.ASSEMBLY[value], council_symbol(value, true))
                draft = Draft(start, end, "", "un", 0.5, both)
                draft.warnings = ("The General Assembly or the Security Council?",)
                self._add(draft)
            else:
                self._council(start, end, value, year, 0.85)
            return
        if value in self.named:
            self._council(start, end, value, year, 0.93)
            return
        if year:
            if true is None or int(true) == int(year):
                self._council(start, end, value, year, 0.93 if true else 0.5)
            elif int(value) >= 100:
                both = (
                    council_symbol(value, true),
                    f"PACE Resolution {value} ({year})",
                )
                draft = Draft(start, end, "", "", 0.4, both)
                draft.warnings = (f"S/RES/{value} is of {true}, not {year}.",)
                self._add(draft)
            return
        foreign = not head["word"].isascii()
        if int(value) >= 10 and (foreign or nations):
            told = true or int(value) >= NEWEST
            if told and not self._other(head, end, value, strict=False):
                self._council(start, end, value, None, 0.6)
            return
        if (
            true
            and int(value) >= 100
            and not self._other(head, end, value, strict=True)
        ):
            self._council(start, end, value, None, self._nearness(head.start(), end))
