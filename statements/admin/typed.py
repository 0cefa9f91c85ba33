"""What somebody typed and never saved, as it reads."""

from __future__ import annotations

from typing import Any

from django.utils.text import Truncator

from statements.markup import projection, sanitise

#: As much of a body is read for its first words.
OPENING = 400


def plain(body: str) -> str:
    """What a body as it was typed says, for comparing; itself if it cannot be read."""
    try:
        html = (
            sanitise.clean(body) if sanitise.is_html(body) else sanitise.from_text(body)
        )
    except sanitise.Unclean:
        return body
    return projection.to_text(html)


def paragraphs(text: str) -> str:
    """A plain text with an empty line between its blocks, to be read."""
    return text.replace("\n", "\n\n")


def called(row: Any) -> str:
    """What an unsaved text is called: by its statement, its title, its first words.

    Takes a row with ``statement``, ``headed`` and ``opening`` (queues.unsaved).
    """
    if row.statement:
        return row.statement
    headed = " ".join((row.headed or "").split())
    # What is cut off within a tag is none.
    begun = (row.opening or "").rpartition("<")
    cut = begun[0] if len(row.opening or "") == OPENING and ">" not in begun[2] else ""
    first = " ".join(plain(cut or row.opening or "").split())
    return Truncator(headed or first).chars(80) or "A new statement"
