"""A text that references are looked for in: what is taken, and what stands around.

Apart from the grammar, which asks it.
"""

from __future__ import annotations

import re

from . import citation_forms as forms
from .citation_checks import Draft


class Places:
    """One text, folded place by place, with the references found in it so far."""

    def __init__(self, text: str):
        self.printed = text
        self.text = forms.FOLDED.sub(lambda found: forms.FOLD[ord(found[0])], text)
        self.taken = bytearray(len(text))
        self.drafts: list[Draft] = []
        self.nations: bool | None = None
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
        """How sure a bare number is: in talk the question names the Council."""
        if forms.UN_CONTEXT.search(self.text, max(0, start - 600), end + 300):
            return 0.6
        if self.nations is None:
            self.nations = bool(forms.UN_CONTEXT.search(self.text))
        return 0.5 if self.nations else 0.3
