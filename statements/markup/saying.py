"""How the margin speaks to readers: the sentences that it adds to a text."""

from __future__ import annotations

import datetime as dt
import gettext
from typing import Protocol


class Saying(Protocol):
    """Sentences and days in one language; the English sentence is the key to each."""

    @property
    def language(self) -> str: ...

    def gettext(self, message: str, /) -> str: ...

    def ngettext(self, one: str, many: str, number: int, /) -> str: ...

    def day(self, day: dt.date, /) -> str: ...


class English(gettext.NullTranslations):
    """The sentences as they stand in the code, and days as the record prints them."""

    language = "en"

    def day(self, day: dt.date, /) -> str:
        return f"{day.day} {day:%B %Y}"


ENGLISH = English()
