"""How a list is shown: its columns, and the filters that one had last.

Columns are kept with the account; filters only as long as one is signed in. Words that
somebody searched for are not kept at all.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from django.contrib import messages
from django.contrib.admin.utils import label_for_field
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.views import View

from statements.editorial import preferring

#: Where the session keeps the last filters, by list.
_FILTERS = "filters"
#: The longest address of a list that is kept.
_LONGEST = 300


@dataclass(frozen=True)
class Column:
    """One that a list can show; ``always``: it is what a row is called."""

    name: str
    label: str
    shown: bool
    always: bool


# ---------- columns ----------


def offered(door: Any) -> list[str]:
    """All columns that a list has, those of the first day before the others."""
    return [*door.list_display, *door.more_columns]


def called(door: Any) -> str:
    """The column that names a row, which is always there."""
    links = door.list_display_links
    return links[-1] if links else door.list_display[0]


def chosen(door: Any, request: HttpRequest) -> list[str]:
    """The columns that somebody wants of a list, of those that it has. One query."""
    kept: dict[Any, list[str]] = request.__dict__.setdefault("_columns", {})
    if door.model not in kept:
        wanted = preferring.preferred(_name(door), by=request.user)
        names = (
            [*wanted, called(door)] if isinstance(wanted, list) else door.list_display
        )
        kept[door.model] = [name for name in offered(door) if name in names]
    return kept[door.model]


def columns(door: Any, request: HttpRequest) -> list[Column]:
    shown = chosen(door, request)
    return [
        Column(
            name,
            str(label_for_field(name, door.model, door)),
            name in shown,
            name == called(door),
        )
        for name in offered(door)
    ]


def _name(door: Any) -> str:
    return f"columns {door.opts.model_name}"


# ---------- filters ----------


def remember(request: HttpRequest, changelist: Any) -> None:
    """Keep the filters and the order that a list is shown by, if there are any."""
    found = _asked(changelist)
    if not any(found.values()) or len(found["filters"]) > _LONGEST:
        return
    kept = dict(request.session.get(_FILTERS, {}))
    if kept.get(changelist.opts.model_name) != found:
        kept[changelist.opts.model_name] = found
        request.session[_FILTERS] = kept


def last(request: HttpRequest, door: Any) -> dict[str, str] | None:
    """The filters of the last time, for a list that is shown without any."""
    if request.GET:
        return None
    found = request.session.get(_FILTERS, {}).get(door.opts.model_name)
    if not found:
        return None
    order = f"o={found['order']}" if found["order"] else ""
    return {
        "asked": "&".join(filter(None, (found["filters"], order))),
        "words": "; ".join(filter(None, (found["words"], found["by"]))),
    }


def _asked(changelist: Any) -> dict[str, str]:
    """What of the address filters and orders, and the same in words."""
    given, kept, words = changelist.get_filters_params(), QueryDict(mutable=True), []
    for spec in changelist.filter_specs:
        used = [name for name in spec.expected_parameters() if name in given]
        if not used:
            continue
        for name in used:
            kept.setlist(name, given[name])
        picked = [
            str(choice["display"])
            for choice in spec.choices(changelist)
            if choice["selected"]
        ]
        words.append(f"{spec.title}: {', '.join(picked)}")
    order = [
        label_for_field(
            changelist.list_display[index], changelist.model, changelist.model_admin
        )
        for index in changelist.get_ordering_field_columns()
        # An address may name a column that the list does not have, or no more.
        if "o" in changelist.params and 0 <= index < len(changelist.list_display)
    ]
    return {
        "filters": kept.urlencode(),
        "words": "; ".join(words),
        "order": changelist.params["o"] if order else "",
        "by": f"by {', '.join(map(str, order))}" if order else "",
    }


# ---------- what a person says about a list ----------


class Shown(View):
    """Takes the columns that somebody chose for a list, or forgets its filters."""

    http_method_names = ["post"]
    site: ClassVar[Any] = None

    def post(self, request: HttpRequest) -> HttpResponse:
        door = self._door(request)
        back = reverse(f"admin:{door.opts.app_label}_{door.opts.model_name}_changelist")
        match request.POST.get("action"):
            case "columns":
                known = offered(door)
                wanted = request.POST.getlist("column")
                names = [name for name in known if name in wanted]
                preferring.prefer(_name(door), names, by=request.user)
                self._unorder(request, door)
                messages.success(request, "The list shows the columns you chose.")
            case "reset":
                preferring.forget(_name(door), by=request.user)
                self._unorder(request, door)
                messages.success(request, "The list has its first columns again.")
            case "forget":
                self._forget(request, door)
                return redirect(back)
            case _:
                raise BadRequest("The form names no action.")
        return redirect(f"{back}{self._asked(request)}")

    def _door(self, request: HttpRequest) -> Any:
        """The list that the form is of, if the person may see it."""
        wanted = request.POST.get("list", "")
        for model, door in self.site._registry.items():
            if model._meta.model_name == wanted:
                if not door.has_view_permission(request):
                    raise PermissionDenied("You may not see this list.")
                return door
        raise Http404("No such list.")

    def _forget(self, request: HttpRequest, door: Any) -> None:
        kept = dict(request.session.get(_FILTERS, {}))
        if kept.pop(door.opts.model_name, None) is not None:
            request.session[_FILTERS] = kept

    def _unorder(self, request: HttpRequest, door: Any) -> None:
        """An order is told by the place of its column, which is another one now."""
        kept = dict(request.session.get(_FILTERS, {}))
        found = kept.pop(door.opts.model_name, None)
        if found:
            if found["filters"]:
                kept[door.opts.model_name] = {**found, "order": "", "by": ""}
            request.session[_FILTERS] = kept

    def _asked(self, request: HttpRequest) -> str:
        """The question that the list was asked, without its order."""
        given = request.POST.get("asked", "")
        if len(given) > _LONGEST:
            return ""
        asked = QueryDict(given, mutable=True)
        asked.pop("o", None)
        return f"?{asked.urlencode()}" if asked else ""
