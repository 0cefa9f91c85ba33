"""A record to search in: ``say`` publishes one quote in a statement of its own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from statements.models import Quote, Resolution
from tests import builders

type Say = Callable[..., Quote]


@pytest.fixture
def say(author, editor, publisher, okafor, okafors_office) -> Say:
    """Publish words that somebody said; Ilse Okafor, if nobody is named."""

    def say(
        words: str,
        *,
        speaker: Any = None,
        on: dt.date = dt.date(2026, 3, 2),
        cites: dict[str, Resolution] | None = None,
        publish: bool = True,
        at: dt.datetime | None = None,
        **fields: Any,
    ) -> Quote:
        edition = builders.make_draft(
            by=author,
            title=words[:60],
            body=f"She said:\n“{words}”\nThe room was calm.",
            dated=on,
            **fields,
        )
        quote = builders.quote_words(
            edition, words, by=author, speaker=speaker or okafor
        )
        for printed, resolution in (cites or {}).items():
            builders.cite(edition, printed, resolution, by=author)
        if publish:
            builders.review_and_publish(
                edition, editor=editor, publisher=publisher, at=at
            )
        quote.refresh_from_db()
        return quote

    return say
