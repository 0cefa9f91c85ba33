"""A Word file opened in the form of a new statement: nothing is saved by it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest

from statements.editorial import intake, verbs
from statements.exchange import word
from statements.markup import projection, sanitise

from .merging import as_typed


def opened(request: HttpRequest) -> dict[str, Any]:
    """The fields of the form with the words of the file put in.

    What was typed stays: the file gives the title only where there is none, and takes
    the place of a text only where the box for that is ticked. Raises verbs.Unusable.
    """
    values: dict[str, Any] = as_typed(request.POST.dict())
    file = request.FILES.get("word")
    if file is None:
        raise verbs.Unusable("Choose a Word file (.docx) first, then open it.")
    if file.size > word.MOST:
        raise verbs.Unusable(word.TOO_LARGE)
    if _has_words(values.get("body", "")) and not request.POST.get("replace"):
        raise verbs.Unusable(
            "There is a text already. Tick “In place of the text that is there” to put "
            "the file's in its place, and choose the file again."
        )
    try:
        found = word.read(file.read())
    except word.NotWord as problem:
        raise verbs.Unusable(str(problem)) from problem
    if not found.html:
        raise verbs.Unusable("The file holds no text besides its title and pictures.")
    html, _, dropped = intake.prepare(found.html)
    values["body"] = html
    # They were about the text that was there.
    values["decisions"] = ""
    typed = values.get("title", "").strip()
    if found.title and not typed:
        values["title"] = found.title
    messages.info(
        request,
        "The file is opened in the form. Look it through; nothing is saved yet.",
    )
    if found.title and typed not in {"", found.title}:
        messages.info(request, f"Your title stays. The file’s is “{found.title}”.")
    if found.pictures:
        messages.warning(
            request,
            f"Pictures left out: {found.pictures}. Add them under Files, with a text "
            "alternative.",
        )
    for line in dropped:
        messages.warning(
            request, f"Left out, since it is no part of the text: {line.text}"
        )
    return values


def _has_words(body: str) -> bool:
    if not sanitise.is_html(body):
        return bool(body.strip())
    try:
        return bool(projection.to_text(sanitise.clean(body)).strip())
    except sanitise.Unclean:
        return True
