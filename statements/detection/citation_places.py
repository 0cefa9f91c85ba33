"""A text that references are looked for in: what is taken, and what stands around.

Apart from the grammar, which asks it.
"""

from __future__ import annotations

import re

from . import citation_forms as forms
from .citation_checks import Draft
from .citation_forms import number
from .council_years import year_of


class Places:
    """One text, folded place by place, with the references found in it so far."""

    def __init__(self, text: str):
        self.printed = text
        self.text = forms.FOLDED.sub(lambda found: forms.FOLD[ord(found[0])], text)
        self.taken = bytearray(len(text))
        self.drafts: list[Draft] = []
        self.mended: dict[int, str] = {}
        self.nations: bool | None = None
        self.near: dict[int, float] = {}
        self.seen: dict[tuple[int, int], tuple[bool, bool]] = {}

    def _free(self, start: int, end: int) -> bool:
        return self.taken.find(1, start, end) < 0

    def _take(self, start: int, end: int) -> None:
        self.taken[start:end] = b"\x01" * (end - start)

    def _add(self, draft: Draft) -> None:
        self._take(draft.start, draft.end)
        self.drafts.append(draft)

    def _sentence(self, start: int, end: int) -> str:
        """The sentence around a place, at most 300 code points to either side.

        Of a place longer than 600 only the two ends are looked at: a list that goes on
        would be read once for each of its items.
        """
        if end - start > 600:
            ends = (start, start + 300), (end - 300, end)
            return " ".join(self._sentence(*place) for place in ends)
        floor = max(0, start - 300)
        low = self.text.rfind("\n", floor, start) + 1 or floor
        for sign in ". ", "! ", "? ":
            at = start
            while (at := self.text.rfind(sign, low, at + 1)) >= 0:
                if not self.text[max(0, at - 3) : at + 1].endswith(("U.N.", "No.")):
                    low = at + 1
                    break
        stop = forms.STOP.search(self.text, end, min(len(self.text), end + 300))
        return self.text[low : stop.start() if stop else end + 300]

    def _atlantic(self, match: re.Match[str]) -> bool:
        """Is NATO named near by? Others hold summits, too."""
        low, high = max(0, match.start() - 400), match.end() + 400
        return self.text.find("NATO", low, high) >= 0

    def _around(self, start: int, end: int) -> tuple[bool, bool]:
        """Is Europe's Assembly named around a place? Are the United Nations?

        In a long list every tenth item or so is looked at, and speaks for the rest.
        """
        far = (end - start) // 100
        key = start, end if far < 6 else -far
        if key not in self.seen:
            sentence = self._sentence(start, end)
            self.seen[key] = (
                bool(forms.PACE_CONTEXT.search(sentence)),
                bool(forms.UN_CONTEXT.search(sentence)),
            )
        return self.seen[key]

    def _context(self, start: int, end: int) -> bool:
        return bool(forms.UN_CONTEXT.search(self._sentence(start, end)))

    def _nearness(self, start: int, end: int) -> float:
        """How sure a bare number is: in talk the question names the Council.

        ``start`` is that of its list, whose first item speaks for the rest.
        """
        if start not in self.near:
            there = forms.UN_CONTEXT.search(self.text, max(0, start - 600), end + 300)
            if self.nations is None:
                self.nations = bool(forms.UN_CONTEXT.search(self.text))
            self.near[start] = 0.6 if there else 0.5 if self.nations else 0.3
        return self.near[start]

    def _mended(self, item: re.Match[str]) -> re.Match[str] | None:
        """The number that a bracket puts in place of a misspoken one."""
        opening = forms.MENDED.match(self.text, item.end())
        inner = opening and forms.ITEM.match(self.text, opening.end())
        if not inner:
            return None
        said, meant = number(item["n"]), number(inner["n"])
        # "UNSCR 2254 [2015]" adds the year.
        if said == meant or (said.isdigit() and meant == str(year_of(int(said)))):
            return None
        self.mended[inner.start()] = f"The text mends {said} to {meant}."
        return inner

    def _amount(self, value: str, end: int) -> bool:
        """Is a number with no word before it a year, or so many of something?"""
        if forms.COMMITTEE.match(self.text, end):
            return False
        return 1945 <= int(value) <= 2040 or bool(
            forms.AMOUNT.match(self.text, end) or forms.MEASURE.match(self.text, end)
        )

    def _other(self, head: re.Match[str], end: int, value: str, strict: bool) -> bool:
        """Is it another kind of resolution: a screen's, a New Year's, a dispute's?"""
        if forms.MEASURE.match(self.text, end):
            return True
        before = self.text[max(0, head.start() - 24) : head.start()]
        if forms.OTHER_CONTEXT.search(before):
            return True
        return strict and (
            value in forms.SCREENS
            or 1945 <= int(value) <= 2040
            or (len(value) < 4 and bool(forms.AMOUNT.match(self.text, end)))
        )
