"""My notices: what a colleague is told of by mail, how, and what became of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, ClassVar

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.views import View

from statements.editorial import composing, notices, posting, verbs
from statements.models import Letter, Notice, Wish

#: How many of the last letters the page shows.
SHOWN = 20


@dataclass(frozen=True)
class Line:
    """A letter as its person sees it: what happened, to what, and where it is."""

    said: str
    what: str
    url: str
    at: dt.datetime
    became: str


class Notices(View):
    """One's own choices, and one's last letters."""

    http_method_names = ["get", "head", "post"]
    site: ClassVar[Any] = None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.has_perm("statements.view_article"):
            raise PermissionDenied("You may not read drafts.")
        response = super().dispatch(request, *args, **kwargs)
        add_never_cache_headers(response)
        return response

    def get(self, request: HttpRequest) -> HttpResponse:
        box = notices.box_of(request.user)
        chosen = {kind: str(notices.wish_of(box, kind)) for kind in Notice.values}
        return self._page(chosen, str(box.hour))

    def post(self, request: HttpRequest) -> HttpResponse:
        chosen = {kind: request.POST.get(kind, "") for kind in Notice.values}
        hour = request.POST.get("hour", "")
        known = hour.isascii() and hour.isdecimal() and len(hour) < 3
        try:
            notices.choose(
                by=request.user, wishes=chosen, hour=int(hour) if known else -1
            )
        except verbs.Unusable as why:
            return self._page(chosen, hour, problem=str(why))
        messages.success(request, "Saved. What waits to be sent follows it too.")
        return HttpResponseRedirect(reverse("admin:notices"))

    def _page(
        self, chosen: dict[str, str], hour: str, *, problem: str = ""
    ) -> HttpResponse:
        context = {
            **self.site.each_context(self.request),
            "title": "My notices",
            "address": self.request.user.email,
            "means": settings.EMAIL_URL.partition(":")[0],
            "kinds": [(kind, kind.label, chosen[kind]) for kind in Notice],
            "wishes": Wish.choices,
            "hours": [str(each) for each in range(24)],
            "hour": hour,
            "zone": timezone.get_current_timezone_name(),
            "lines": self._lines(),
            "problem": problem,
        }
        return TemplateResponse(
            self.request,
            "admin/statements/notices.html",
            context,
            status=422 if problem else 200,
        )

    def _lines(self) -> list[Line]:
        """The last letters, of what the person may still read. Two queries."""
        letters = list(
            Letter.objects.filter(box=self.request.user.pk, at__lte=verbs.clock())
            .exclude(end=Letter.End.DROPPED)
            .select_related("edition")
            .defer("edition__body", "edition__text", "edition__record")
            .order_by("-at", "-pk")[:SHOWN]
        )
        seen = posting.readable(letters, self.request.user)
        return [
            Line(
                composing.SAID[each.kind],
                composing.reference(each),
                composing.at_the_desk(each),
                each.at,
                _became(each),
            )
            for each in letters
            if each.edition_id in seen
        ]


def _became(letter: Letter) -> str:
    """What became of a letter, in a sentence's words."""
    if letter.end == Letter.End.SENT:
        return f"sent {_hour(letter.ended_at)}"
    if letter.end == Letter.End.FAILED:
        return f"not sent, given up {_hour(letter.ended_at)}: {letter.problem}"
    if letter.problem:
        return f"not sent yet: {letter.problem}; tried again {_hour(letter.due_at)}"
    return f"waits, due {_hour(letter.due_at)}"


def _hour(moment: dt.datetime | None) -> str:
    assert moment is not None
    local = timezone.localtime(moment)
    return f"{local.day} {local:%b, %H:%M}"
