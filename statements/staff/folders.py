"""Folders of chosen quotes: the list of them, and the page of one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

from django.contrib import messages
from django.db.models import FETCH_RAISE, Case, Count, QuerySet, When
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseRedirect,
    QueryDict,
)
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from statements.editorial import folders as keeping
from statements.editorial import verbs
from statements.editorial.folders import INTRODUCTION, Refused, Sheet, Text
from statements.models import Desk, Folder, Quote, User

from . import briefing
from .doors import staff_page

#: So many folders the list shows; one's own, of which there are fewer, come first.
SHOWN = 300
#: So many quotes are put in at once, more than a page of the search shows.
CHOSEN = 100
#: Characters of the question that one comes from.
LONGEST = 4000

_PERMALINK = re.compile(r"[0-9A-Z]{10}")
_STEPS = {"up": -1, "down": 1}


@dataclass
class New:
    """Quotes that are to be put in a folder, and what was typed to that end."""

    quotes: Sequence[Quote]
    left_out: int = 0
    name: str = ""
    folder: str = ""
    #: The question that one comes from, perhaps an empty one; None: from elsewhere.
    back: str | None = None
    problem: str = ""


# --- All folders


@staff_page("view_quote", "POST")
def folders(request: HttpRequest) -> HttpResponse:
    """List them; begin one; put quotes into one that is there or into a new one."""
    user = cast(User, request.user)
    if request.method == "POST":
        return _act(request, user)
    new = None
    if "put" in request.GET or "back" in request.GET:
        new = _new(request.GET)
    return _list(request, user, new=new)


def _act(request: HttpRequest, user: User) -> HttpResponse:
    """Begin an empty folder, or put quotes in one; refused, what was typed stays."""
    action, name = request.POST.get("action", ""), request.POST.get("name", "")
    if action == "make":
        try:
            made = keeping.make(name, by=user)
        except verbs.Unusable as why:
            return _list(request, user, typed=name, problem=str(why))
        return HttpResponseRedirect(made.get_absolute_url())
    if action != "put":
        raise Http404
    chosen = request.POST.get("folder", "")
    folder = _folder(chosen, user) if chosen else None
    try:
        # Its place in the list is taken back if nothing can be put in.
        folder, put = keeping.put_in(folder, name, _keys(request.POST), by=user)
    except verbs.Unusable as why:
        new = _new(request.POST)
        new.name, new.folder, new.problem = name, chosen, str(why)
        return _list(request, user, new=new)
    messages.success(
        request,
        format_html(
            '{} <a href="{}">{}</a>',
            told(put, folder),
            folder.get_absolute_url(),
            _("Open the folder"),
        ),
    )
    if "back" not in request.POST:
        return HttpResponseRedirect(folder.get_absolute_url())
    back = _question(request.POST["back"])
    return HttpResponseRedirect(f"{reverse('staff_quotes')}?{back}")


def told(put: keeping.Put, folder: Folder) -> str:
    """What became of the quotes that were chosen."""
    said = [
        ngettext(
            "%(n)d quote was put in “%(folder)s”.",
            "%(n)d quotes were put in “%(folder)s”.",
            put.added,
        )
        % {"n": put.added, "folder": folder.name}
    ]
    if put.there:
        said.append(
            ngettext("%(n)d was there already.", "%(n)d were there already.", put.there)
            % {"n": put.there}
        )
    if put.hidden:
        said.append(
            ngettext(
                "%(n)d is not public and was left out.",
                "%(n)d are not public and were left out.",
                put.hidden,
            )
            % {"n": put.hidden}
        )
    return " ".join(said)


def _new(given: QueryDict) -> New:
    keys = _keys(given)
    rows = {
        quote.permalink_id: quote
        for quote in Quote.objects.public()
        .filter(permalink__in=keys)
        .for_list()
        .fetch_mode(FETCH_RAISE)
    }
    found = [rows[key] for key in keys if key in rows]
    back = _question(given["back"]) if "back" in given else None
    problem = "" if keys else _("Choose the quotes first: tick those that you want.")
    return New(found, len(keys) - len(found), back=back, problem=problem)


def _keys(given: QueryDict) -> list[str]:
    """The quotes that were ticked; what is no address of a quote is none."""
    keys = dict.fromkeys(given.getlist("put")[:CHOSEN])
    return [key for key in keys if _PERMALINK.fullmatch(key)]


def _question(asked: str) -> str:
    """A question as it stands in the address of the search, whatever was given."""
    if len(asked) > LONGEST or asked.count("&") > 50:
        return ""
    clean = asked.replace("\0", "").encode("utf-8", "ignore").decode()
    return QueryDict(clean).urlencode()


def _list(
    request: HttpRequest,
    user: User,
    *,
    new: New | None = None,
    typed: str = "",
    problem: str = "",
) -> HttpResponse:
    rows = list(_rows(user))
    return render(
        request,
        "staff/folders.html",
        {
            "own": [row for row in rows if row.owner_id == user.pk],
            "shared": [row for row in rows if row.owner_id != user.pk],
            "new": new,
            "typed": typed,
            "problem": problem,
        },
        status=422 if problem or (new and new.problem) else 200,
    )


def _rows(user: User) -> QuerySet[Folder]:
    own = Case(When(owner=user, then=0), default=1)
    return (
        Folder.objects.of(user)
        .select_related("owner", "desk")
        .annotate(held=Count("quotes"))
        .order_by(own, "name", "pk")
        .defer("introduction")[:SHOWN]
    )


def _folder(key: str, user: User) -> Folder:
    """One that the person sees; to all others it does not exist."""
    if not (key.isascii() and key.isdecimal() and len(key) < 19):
        raise Http404
    found = Folder.objects.of(user).filter(pk=key).first()
    if found is None:
        raise Http404
    return found


# --- One folder


@staff_page("view_quote", "POST")
def folder(request: HttpRequest, folder: int) -> HttpResponse:
    """Its quotes in their order: read, move, note them; rename, share, delete it."""
    user = cast(User, request.user)
    found = briefing.one_of(request, folder)
    if request.method != "POST":
        return _page(request, user, found)
    action, _colon, key = request.POST.get("action", "").partition(":")
    if action == "delete":
        return _delete(request, user, found)
    if action not in {"save", "up", "down", "out", "renew"}:
        raise Http404
    row = _number(key) if key else 0
    try:
        if "order" in request.POST:
            step = (row, _STEPS[action]) if action in _STEPS else None
            keeping.fill(found, _sheet(request.POST), by=user, step=step)
        _rename(request.POST, user, found)
    except Refused as why:
        return _page(request, user, found, refused=why)
    except verbs.Unusable as why:
        return _page(request, user, found, problem=str(why))
    place = f"#quote-{row}" if action in {*_STEPS, "renew"} else ""
    if action == "out":
        held = found.quotes.filter(pk=row).first()
        if held is not None and held.note and not request.POST.get("sure"):
            # A note is nowhere else, so it is not lost by a slip of the hand.
            return _ask(request, found, note=held.note, action=f"out:{row}")
        keeping.take_out(found, row, by=user)
        messages.success(request, _("The quote is taken out of the folder."))
    elif action == "renew":
        keeping.renew(found, row, by=user)
        messages.success(request, _("The quote is taken as it stands now."))
    else:
        messages.success(request, _("Saved."))
    return HttpResponseRedirect(found.get_absolute_url() + place)


def _rename(given: QueryDict, user: User, found: Folder) -> None:
    """Give it the name and the desk that were chosen, if they were changed here."""
    if "name" not in given:
        return
    chosen, was = (
        [given.get(f"{name}{end}", "") for name in ("name", "desk")]
        for end in ("", "-was")
    )
    if chosen != was:
        name, desk = chosen
        keeping.change(found, name, by=user, desk=_desk(desk, user, found))


def _delete(request: HttpRequest, user: User, found: Folder) -> HttpResponse:
    if not request.POST.get("sure"):
        return _ask(request, found, action="delete")
    keeping.delete(found, by=user)
    messages.success(request, _("The folder is deleted."))
    return HttpResponseRedirect(reverse("staff_folders"))


def _ask(
    request: HttpRequest, found: Folder, *, action: str, note: str = ""
) -> HttpResponse:
    """Ask back before something is gone that stands nowhere else."""
    held = found.quotes.count()
    asked = {"folder": found, "action": action, "note": note, "held": held}
    return render(request, "staff/folder_sure.html", asked)


def _sheet(given: QueryDict) -> Sheet:
    """What the page's one form says of every quote."""
    texts = {
        INTRODUCTION: Text(
            given.get("introduction", ""), given.get("introduction-was", "")
        )
    }
    places: dict[int, int] = {}
    order = [_number(key) for key in given["order"].split(",") if key]
    for row in order[: keeping.MOST_QUOTES]:
        if f"note-{row}" in given:
            was = given.get(f"note-{row}-was", "")
            texts[row] = Text(given[f"note-{row}"], was)
        place = given.get(f"place-{row}", "").strip()
        if place.isascii() and place.isdecimal() and len(place) < 6:
            places[row] = int(place)
    return Sheet(texts, order, places)


def _page(
    request: HttpRequest,
    user: User,
    found: Folder,
    *,
    refused: Refused | None = None,
    problem: str = "",
) -> HttpResponse:
    if refused or problem:
        found = briefing.one_of(request, found.pk)
    entries: list[Any] = briefing.entries(found)
    given = request.POST if refused else QueryDict()
    problems = refused.texts if refused else {}
    for entry in entries:
        note, row = entry.row.note, entry.row
        entry.was = keeping.mark_of(note)
        entry.typed = _shown(given, f"note-{row.pk}", note)
        entry.problem = problems.get(row.pk, "")
        entry.theirs = row.pk in (refused.theirs if refused else ())
        entry.place = row.position
        if refused and not refused.whole:
            entry.place = given.get(f"place-{row.pk}", row.position)
    own = found.owner_id == user.pk
    named = request.POST if refused or problem else QueryDict()
    return render(
        request,
        "staff/folder.html",
        {
            "folder": found,
            "entries": entries,
            "order": ",".join(str(entry.row.pk) for entry in entries),
            "introduction": _shown(given, "introduction", found.introduction),
            "introduction_theirs": refused and INTRODUCTION in refused.theirs,
            "introduction_was": keeping.mark_of(found.introduction),
            "introduction_problem": problems.get(INTRODUCTION, ""),
            "refused": refused,
            "own": own,
            "desks": list(Desk.objects.of(user)) if own else [],
            "name": named.get("name", found.name),
            "desk": named.get("desk", str(found.desk_id or "")),
            "problem": problem,
            "forms": briefing.FORMS,
            "today": timezone.localdate(),
        },
        status=422 if refused or problem else 200,
    )


def _shown(given: QueryDict, name: str, stands: str) -> str:
    """What was typed and is not saved yet; else what stands there now."""
    typed = given.get(name, "")
    if name not in given or keeping.mark_of(keeping.clean(typed)) == given.get(
        f"{name}-was"
    ):
        return stands
    return typed


def _number(key: str) -> int:
    if not (key.isascii() and key.isdecimal() and len(key) < 19):
        raise Http404
    return int(key)


def _desk(key: str, user: User, found: Folder) -> Desk | None:
    """The desk that was chosen: one of the person's, or the one that it has."""
    if not key:
        return None
    number = _number(key)
    if found.desk_id == number:
        return found.desk
    desk = Desk.objects.of(user).filter(pk=number).first()
    if desk is None:
        raise Http404
    return desk
