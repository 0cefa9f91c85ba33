"""What a folder holds as its reader may see it now: on the page and as a file."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import FETCH_RAISE, Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from statements.exchange import documents
from statements.exchange.documents import Paragraph, Run, Style
from statements.models import (
    Edition,
    Folder,
    FolderQuote,
    Quote,
    Resolution,
    User,
    Verdict,
)

from . import citing, exporting
from .doors import staff_page

#: Files that a folder is taken along as: for Word, and those of an answer.
FORMS = {
    "docx": "Word",
    **{ending: form.name for ending, form in exporting.FORMS.items()},
}
#: What a name of a file may not hold on one machine or another.
_UNSAFE = re.compile(r'[\\/:*?"<>|\s]+')
#: Letters of the name of a file.
_LONGEST = 60


@dataclass
class Entry:
    """One quote of a folder. ``quote`` is None where readers have it no longer.

    ``changed``: it says something else than when it was chosen, or somebody else said
    it; ``former`` is what it said, if readers may still have that.
    """

    row: FolderQuote
    quote: Quote | None
    resolutions: list[Resolution] = field(default_factory=list)
    changed: bool = False
    former: str = ""


def entries(folder: Folder) -> list[Entry]:
    """The quotes of a folder in their order, each as it stands at this moment.

    Every word comes through the gates of what is public; of the rest only the place
    and the note are told.
    """
    rows = list(
        FolderQuote.objects.filter(folder=folder)
        .order_by("position")
        .fetch_mode(FETCH_RAISE)
    )
    public = {
        quote.permalink_id: quote
        for quote in exporting.rows().filter(
            permalink__in=[row.permalink_id for row in rows]
        )
    }
    found = [_entry(row, public.get(row.permalink_id)) for row in rows]
    moved = {
        one.row.chosen_id: one
        for one in found
        if one.quote is not None and one.row.chosen_id != one.quote.pk
    }
    kept = Edition.objects.history().filter(pk=OuterRef("edition"))
    for former in (
        Quote.objects.filter(pk__in=moved)
        .annotate(told=Exists(kept))
        .only("text", "speaker_id", "organization_id")
        .fetch_mode(FETCH_RAISE)
    ):
        _compare(moved[former.pk], former)
    return found


def _entry(row: FolderQuote, quote: Quote | None) -> Entry:
    if quote is None:
        return Entry(row, None)
    named = {one.resolution_id: one.resolution for one in quote.citations.all()}
    return Entry(row, quote, list(named.values()))


def _compare(entry: Entry, former: Any) -> None:
    """Note whether it changed. What was withdrawn is compared and not repeated."""
    now = entry.quote
    assert now is not None
    said = former.words != now.words
    entry.changed = said or (former.speaker_id, former.organization_id) != (
        now.speaker_id,
        now.organization_id,
    )
    entry.former = former.words if said and former.told else ""


@staff_page("view_quote")
def export(request: HttpRequest, folder: str, form: str) -> HttpResponseBase:
    """A folder as a file: for Word with its notes, else a table of public quotes."""
    found = one_of(request, int(folder))
    if form == "docx":
        media_type = documents.MEDIA_TYPE
        made: Iterable[bytes | str] = (
            () if request.method == "HEAD" else [documents.write(document(found))]
        )
    else:
        wanted = exporting.FORMS[form]
        media_type = wanted.media_type
        if form != "xlsx":
            media_type += "; charset=utf-8"
        quotes: Iterator[Quote] = iter(
            [one.quote for one in entries(found) if one.quote is not None]
        )
        made = () if request.method == "HEAD" else wanted.make(quotes)
    response = HttpResponse(made, content_type=media_type)
    name = f"{file_name(found.name)}.{form}"
    header = content_disposition_header(as_attachment=True, filename=name)
    response["Content-Disposition"] = header or "attachment"
    return response


def one_of(request: HttpRequest, key: int) -> Folder:
    """A folder that the person sees; to all others it does not exist."""
    user = request.user
    assert isinstance(user, User)
    found = Folder.objects.of(user).filter(pk=key).select_related("owner", "desk")
    folder = found.first()
    if folder is None:
        raise Http404
    return folder


def file_name(name: str) -> str:
    """A folder's name as that of a file on any machine."""
    visible = "".join(
        letter for letter in name if not unicodedata.category(letter).startswith("C")
    )
    safe = _UNSAFE.sub(" ", visible).strip(" .")[:_LONGEST].rstrip(" .")
    return safe or "folder"


def document(folder: Folder) -> documents.Document:
    """The briefing: title, day, introduction, and the quotes by number."""
    return documents.Document(
        title=folder.name,
        creator=str(folder.owner),
        language=translation.get_language() or "en",
        made_at=timezone.now(),
        paragraphs=[
            Paragraph(Style.TITLE, [Run(folder.name)]),
            Paragraph(Style.SUBTITLE, [Run(date_format(timezone.localdate()))]),
            *_plain(Style.TEXT, folder.introduction),
            *(
                paragraph
                for entry in entries(folder)
                for paragraph in _paragraphs(entry)
            ),
        ],
    )


def _plain(style: Style, text: str) -> Iterator[Paragraph]:
    """What was typed: a line that is empty parts paragraphs."""
    for part in re.split(r"\n\s*\n", text):
        if part.strip():
            yield Paragraph(style, [Run(part.strip())])


def _paragraphs(entry: Entry) -> Iterator[Paragraph]:
    quote = entry.quote
    if quote is None:
        yield Paragraph(Style.NUMBERED, [Run(_("No longer public"))])
    else:
        left, right = quote.marks
        said = f"{left}{quote.words}{right}"
        yield Paragraph(Style.NUMBERED, [Run(citing.speaker(quote))])
        yield Paragraph(Style.QUOTE, [Run(said, quote.language)])
        about = [quote.office, date_format(quote.said_on)]
        yield Paragraph(
            Style.SOURCE,
            [
                Run(" · ".join(part for part in about if part) + " · "),
                Run(
                    quote.edition.title,
                    quote.article.language,
                    citing.statement(quote),
                ),
            ],
        )
        if entry.resolutions:
            runs = [Run(_("Resolutions:"))]
            for number, one in enumerate(entry.resolutions):
                runs.append(Run(", " if number else " "))
                runs.append(Run(one.symbol, href=citing.whole(one)))
            yield Paragraph(Style.SOURCE, runs)
        if quote.verdict != Verdict.UNCHECKED:
            verdict = f"{_('Verbatim check:')} {quote.get_verdict_display()}"
            yield Paragraph(Style.SOURCE, [Run(verdict)])
        if entry.changed:
            yield Paragraph(
                Style.SOURCE, [Run(_("It has changed since it was chosen."), bold=True)]
            )
        address = citing.address(quote)
        yield Paragraph(Style.SOURCE, [Run(address, href=address)])
    yield from _plain(Style.NOTE, entry.row.note)
