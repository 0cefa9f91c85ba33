"""Where somebody came from to a statement, so that they come back to that place.

A place is kept by name, never as an address: a list of My desk, or the list of
statements with the filters it had. So nothing that an address says leads elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, QueryDict
from django.urls import reverse

from . import failing, queues

#: What the address of a row's page carries from a list of the admin.
FILTERS = "_changelist_filters"
#: What it carries from a list of My desk: the list's name.
FROM = "from"
_PLACES = "places"
#: As many statements have a place; the one that was opened longest ago loses it.
_MOST = 30
#: The longest filters that are kept: the way back is kept with what was saved.
_LONGEST = 250


@dataclass(frozen=True)
class Place:
    """A list that one came from, as a link back."""

    label: str
    url: str


def come(request: HttpRequest, article: int) -> None:
    """Note where a page of a statement was opened from, if its address says so."""
    if FROM in request.GET and request.GET[FROM] in _names():
        place = ["desk", request.GET[FROM]]
    elif FILTERS in request.GET:
        place = ["list", QueryDict(request.GET[FILTERS][:_LONGEST]).urlencode()]
    else:
        return
    if len(place[1]) > _LONGEST:
        return
    places = dict(request.session.get(_PLACES, {}))
    if places.get(str(article)) == place:
        return
    places.pop(str(article), None)
    places[str(article)] = place
    request.session[_PLACES] = dict(list(places.items())[-_MOST:])


def place(request: HttpRequest, article: int) -> Place | None:
    """Where it was opened from last; nothing if that is not known."""
    kind, name = request.session.get(_PLACES, {}).get(str(article), ("", ""))
    if kind == "desk" and name in _names():
        asked = f"?{urlencode(failing.ASKED)}" if name == failing.NAME else ""
        desk = reverse("admin:index")
        return Place(_names()[name], f"{desk}{asked}#queue-{name}")
    if kind == "list":
        url = reverse("admin:statements_article_changelist")
        return Place("Statements", f"{url}?{name}#row-{article}")
    return None


def _names() -> dict[str, str]:
    """The lists of My desk that lead to statements, and their titles."""
    titles = {name: kind.title for name, kind in queues.KINDS.items()}
    return titles | {failing.NAME: failing.TITLE}
