"""In which language the site speaks to its readers about a text."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.utils import formats, translation


def spoken(language: str) -> str:
    """The language of what stands around a text in ``language``.

    The text's own, if the site's sentences are translated into it: an Arabic statement
    stands on an Arabic page. Else that of the site.
    """
    return language if language in dict(settings.LANGUAGES) else settings.SITE_LANGUAGE


@dataclass(frozen=True)
class Saying:
    """The sentences of the margin in one language: what markup.saying.Saying asks."""

    language: str

    def gettext(self, message: str) -> str:
        with translation.override(self.language):
            return translation.gettext(message)

    def ngettext(self, one: str, many: str, number: int) -> str:
        with translation.override(self.language):
            return translation.ngettext(one, many, number)

    def day(self, day: dt.date) -> str:
        with translation.override(self.language):
            return formats.date_format(day)


def saying(language: str) -> Saying:
    """How the margin of a text in ``language`` speaks."""
    return Saying(spoken(language))
