"""Searches that are kept: one's own and those of one's desks, and how one is told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast
from urllib.parse import parse_qsl

from django.conf import settings
from django.contrib import messages
from django.db.models import Case, Prefetch, QuerySet, When
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from statements.editorial import searching, verbs
from statements.models import Alert, Desk, Often, SavedSearch, User
from statements.search import query as questions

from .doors import staff_page

#: So many searches the page shows; one's own, of which there are fewer, come first.
SHOWN = 300
#: A question in an address is no longer.
LONGEST = 4000


@dataclass
class Kept:
    """A search as its reader sees it; ``typed`` and ``problem`` of a refused form."""

    search: SavedSearch
    own: bool
    alert: Alert | None
    summary: str
    typed: str = ""
    problem: str = ""


@dataclass
class New:
    """A question that is to be kept, and what was typed to that end."""

    question: str
    summary: str
    name: str = ""
    desk: str = ""
    problem: str = ""


@staff_page("view_quote", "POST")
def searches(request: HttpRequest) -> HttpResponse:
    """List them; keep one; rename, share, delete it; be told of what is new."""
    user = cast(User, request.user)
    if request.method == "POST":
        return _act(request, user)
    saved = request.GET.get("save", "")[:LONGEST]
    new = New(saved, summary(_read(saved))) if saved else None
    return _page(request, user, new=new)


def _act(request: HttpRequest, user: User) -> HttpResponse:
    """Do what one button asks for; refused, everything typed stays."""
    action = request.POST.get("action", "")
    name, chosen = request.POST.get("name", ""), request.POST.get("desk", "")
    if action == "save":
        asked = request.POST.get("question", "")[:LONGEST]
        question = _read(asked)
        try:
            search = searching.save(
                name, question, by=user, desk=_desk(chosen, user, None)
            )
        except verbs.Unusable as why:
            new = New(asked, summary(question), name, chosen, str(why))
            return _page(request, user, new=new)
        messages.success(request, _("The search is kept."))
        return _back(search)
    search = _search(request.POST.get("search", ""), user)
    deeds: dict[str, Callable[[], str]] = {
        "change": lambda: _change(search, name, chosen, user),
        "delete": lambda: _delete(search, user),
        "tell": lambda: _tell(search, request.POST.get("often", ""), user),
        "address": lambda: _address(search, user),
        "revoke": lambda: _revoke(search, user),
    }
    if action not in deeds:
        raise Http404
    try:
        said = deeds[action]()
    except verbs.Unusable as why:
        return _page(request, user, wrong=(search.pk, name, str(why)))
    if action == "address":
        # Shown once, in this very answer: a redirect would have to keep it somewhere.
        return _page(request, user, made=(search, said))
    messages.success(request, said)
    return _back(None if action == "delete" else search)


def _change(search: SavedSearch, name: str, chosen: str, user: User) -> str:
    searching.change(search, name, by=user, desk=_desk(chosen, user, search))
    return _("Saved.")


def _delete(search: SavedSearch, user: User) -> str:
    searching.delete(search, by=user)
    return _("The search is deleted, and its mails and feeds have ended.")


def _tell(search: SavedSearch, often: str, user: User) -> str:
    searching.tell(search, often, by=user)
    return (
        _("Saved. You are told of what is published from now on.")
        if (often != Often.NEVER)
        else _("Saved. You get no mails of this search.")
    )


def _address(search: SavedSearch, user: User) -> str:
    token = searching.make_address(search, by=user)
    return settings.SITE_URL + reverse("search_feed", args=[token])


def _revoke(search: SavedSearch, user: User) -> str:
    searching.revoke_address(search, by=user)
    return _("The private address leads nowhere any more.")


def _back(search: SavedSearch | None) -> HttpResponse:
    place = f"#search-{search.pk}" if search else ""
    return HttpResponseRedirect(reverse("staff_searches") + place)


def _page(
    request: HttpRequest,
    user: User,
    *,
    new: New | None = None,
    wrong: tuple[int, str, str] | None = None,
    made: tuple[SavedSearch, str] | None = None,
) -> HttpResponse:
    kept = [_kept(search, user) for search in _rows(user)]
    for one in kept:
        if wrong and one.search.pk == wrong[0]:
            one.typed, one.problem = wrong[1:]
    refused = wrong or (new and new.problem)
    return render(
        request,
        "staff/searches.html",
        {
            "own": [one for one in kept if one.own],
            "shared": [one for one in kept if not one.own],
            "desks": list(Desk.objects.of(user)),
            "oftens": Often.choices,
            "new": new,
            "made": made,
            "address": user.email,
            "means": bool(settings.EMAIL_URL),
            "zone": timezone.get_current_timezone_name(),
        },
        status=422 if refused else 200,
    )


def _rows(user: User) -> QuerySet[SavedSearch]:
    own = Case(When(owner=user, then=0), default=1)
    return (
        SavedSearch.objects.of(user)
        .select_related("owner", "desk")
        .prefetch_related(
            Prefetch("alerts", Alert.objects.filter(reader=user), to_attr="own_alerts")
        )
        .order_by(own, "name", "pk")[:SHOWN]
    )


def _kept(search: Any, user: User) -> Kept:
    alert = search.own_alerts[0] if search.own_alerts else None
    own = search.owner_id == user.pk
    return Kept(search, own, alert, summary(search.question))


def summary(question: dict[str, str]) -> str:
    """A question in a line, as it could be typed into the box."""
    query = questions.from_params(question)
    parts = [query.to_text()]
    params = query.to_params()
    for name in questions.CONTROLS.values():
        if name in params:
            parts.append(f"{name}:{params[name]}")
    for name, word in (("since", _("from")), ("until", _("until"))):
        if name in params:
            parts.append(f"{word} {params[name]}")
    return " ".join(part for part in parts if part)


def _read(asked: str) -> dict[str, str]:
    """The parts of a question as an address holds it; what is none of it is left."""
    given = dict(parse_qsl(asked, max_num_fields=50)) if asked.count("&") < 50 else {}
    clean = {
        name: value.replace("\0", "").encode("utf-8", "ignore").decode()
        for name, value in given.items()
    }
    query = questions.from_params(clean)
    return {} if query.empty else query.to_params()


def _search(key: str, user: User) -> SavedSearch:
    """One that the person sees; to all others it does not exist."""
    if not (key.isascii() and key.isdecimal() and len(key) < 19):
        raise Http404
    found = SavedSearch.objects.of(user).filter(pk=key).first()
    if found is None:
        raise Http404
    return found


def _desk(key: str, user: User, search: SavedSearch | None) -> Desk | None:
    """The desk that was chosen: one of the person's, or the one that it has."""
    if not key:
        return None
    if not (key.isascii() and key.isdecimal() and len(key) < 19):
        raise Http404
    if search is not None and search.desk_id == int(key):
        return search.desk
    desk = Desk.objects.of(user).filter(pk=key).first()
    if desk is None:
        raise Http404
    return desk
