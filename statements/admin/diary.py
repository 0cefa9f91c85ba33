"""The calendar of the desk: a month of what goes out and went out, and its address."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass, field
from typing import Any, ClassVar

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.cache import add_never_cache_headers
from django.views import View

from statements.editorial import calendars, verbs
from statements.models import CalendarKey, Change, Desk, Edition, State

#: What a month shows at most; more than that nobody reads on one page.
MOST = 500
_MONTH = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])\Z")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
#: As much of a day is shown in its month; the rest has a page of the day.
SHOWN = 5
#: Years in which an edition can go out: before and after, no page has a neighbour.
_YEARS = range(1900, 2200)


@dataclass(frozen=True)
class Entry:
    """An edition at its hour."""

    edition: Edition
    state: State
    url: str

    @property
    def said(self) -> str:
        """What becomes of it, in a word or two."""
        if self.state == State.LIVE:
            return "Out"
        return str(self.state.label)

    @property
    def correction(self) -> bool:
        return self.edition.change == Change.CORRECTION


@dataclass
class Day:
    """One day of the page; ``inside`` is whether it is of the month itself."""

    date: dt.date
    inside: bool
    today: bool
    entries: list[Entry] = field(default_factory=list)

    @property
    def shown(self) -> list[Entry]:
        """What stands in the month; its link would take the room of a lone one more."""
        whole = len(self.entries) <= SHOWN + 1
        return self.entries if whole else self.entries[:SHOWN]

    @property
    def more(self) -> int:
        return len(self.entries) - len(self.shown)


class Page(View):
    """A page beside the nouns, for those who read drafts."""

    site: ClassVar[Any] = None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.has_perm("statements.view_article"):
            raise PermissionDenied("You may not read drafts.")
        return super().dispatch(request, *args, **kwargs)

    def draw(self, template: str, title: str, **context: Any) -> TemplateResponse:
        return TemplateResponse(
            self.request,
            f"admin/statements/calendar/{template}.html",
            {**self.site.each_context(self.request), "title": title, **context},
        )


class Month(Page):
    """One month or one of its days, of all desks of the person or of one of them."""

    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest) -> HttpResponse:
        if "day" in request.GET:
            return self._day(_day(request.GET["day"]))
        first = _first(request.GET.get("month", ""))
        desks = _desks(request.user)
        chosen = _chosen(request.GET.get("desk", ""), desks)
        now = verbs.clock()
        days, left_out = self._days(first, chosen, now)
        before = (first - dt.timedelta(days=1)).replace(day=1)
        after = (first + dt.timedelta(days=31)).replace(day=1)
        return self.draw(
            "month",
            formats.date_format(first, "YEAR_MONTH_FORMAT"),
            month=first,
            days=days,
            weekdays=[day.date for day in days[:7]],
            empty=not any(day.entries for day in days),
            left_out=left_out,
            before=before if before.year in _YEARS else None,
            after=after if after.year in _YEARS else None,
            desks=desks if len(desks) > 1 else [],
            desk=chosen,
            zone=timezone.get_current_timezone_name(),
            now=now,
        )

    def _day(self, date: dt.date) -> HttpResponse:
        """All that goes out on one day."""
        chosen = _chosen(self.request.GET.get("desk", ""), _desks(self.request.user))
        now = verbs.clock()
        entries, left_out = self._entries(
            date, date + dt.timedelta(days=1), chosen, now
        )
        return self.draw(
            "day",
            formats.date_format(date, "l j F Y"),
            month=date.replace(day=1),
            entries=entries,
            left_out=left_out,
            desk=chosen,
            zone=timezone.get_current_timezone_name(),
            now=now,
        )

    def _entries(
        self, first: dt.date, after: dt.date, desk: Desk | None, now: dt.datetime
    ) -> tuple[list[Entry], bool]:
        """What goes out from one midnight to another, and whether there is more."""
        rows = calendars.going_out(self.request.user).filter(
            published_at__gte=_midnight(first), published_at__lt=_midnight(after)
        )
        if desk is not None:
            rows = rows.filter(article__desk=desk)
        found = list(rows[: MOST + 1])
        entries = [
            Entry(
                edition,
                edition.state(now),
                reverse(
                    "admin:statements_article_step",
                    args=[edition.article_id, edition.number, "publish"],
                ),
            )
            for edition in found[:MOST]
        ]
        return entries, len(found) > MOST

    def _days(
        self, first: dt.date, desk: Desk | None, now: dt.datetime
    ) -> tuple[list[Day], bool]:
        # Django counts from Sunday, Python from Monday.
        begins = (int(formats.get_format("FIRST_DAY_OF_WEEK")) - 1) % 7
        today = timezone.localdate(now)
        days = {
            date: Day(date, date.month == first.month, date == today)
            for week in calendar.Calendar(begins).monthdatescalendar(
                first.year, first.month
            )
            for date in week
        }
        after = (first + dt.timedelta(days=31)).replace(day=1)
        entries, left_out = self._entries(first, after, desk, now)
        for entry in entries:
            days[timezone.localdate(entry.edition.published_at)].entries.append(entry)
        return list(days.values()), left_out


def _first(given: str) -> dt.date:
    """The first day of a month like ``2026-11``; of this one, if none is given."""
    if not given:
        return timezone.localdate().replace(day=1)
    found = _MONTH.match(given)
    if found is None or int(found[1]) not in _YEARS:
        raise Http404("No such month.")
    return dt.date(int(found[1]), int(found[2]), 1)


def _day(given: str) -> dt.date:
    """A day like ``2026-11-28``."""
    if not _DAY.match(given):
        raise Http404("No such day.")
    try:
        date = dt.date.fromisoformat(given)
    except ValueError:
        raise Http404("No such day.") from None
    if date.year not in _YEARS:
        raise Http404("No such day.")
    return date


def _midnight(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time()))


def _desks(user: Any) -> list[Desk]:
    every = user.has_perm("statements.see_every_desk")
    return list(Desk.objects.all() if every else user.desks.all())


def _chosen(given: str, desks: list[Desk]) -> Desk | None:
    """The desk asked for; one that is not the person's is as if it were not there."""
    if not given:
        return None
    for desk in desks:
        if str(desk.pk) == given:
            return desk
    raise Http404("No such desk.")


class Address(Page):
    """The private address of one's own calendar: made, made anew, revoked."""

    http_method_names = ["get", "head", "post"]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().dispatch(request, *args, **kwargs)
        add_never_cache_headers(response)
        return response

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._page()

    def post(self, request: HttpRequest) -> HttpResponse:
        action = request.POST.get("action", "")
        if action == "make":
            token = calendars.make_key(by=request.user)
            path = reverse("calendar_feed", args=[token])
            # Told here: a page that it led on to would have to be handed it.
            return self._page(made=f"{settings.SITE_URL}{path}", status=201)
        if action != "revoke":
            raise BadRequest("The form names no action.")
        if calendars.revoke_key(by=request.user):
            messages.success(request, "Revoked. The address leads nowhere any more.")
        else:
            messages.info(request, "There was no address to revoke.")
        return HttpResponseRedirect(reverse("admin:calendar_address"))

    def _page(self, *, made: str = "", status: int = 200) -> HttpResponse:
        response = self.draw(
            "address",
            "Calendar in other programs",
            key=CalendarKey.objects.filter(user=self.request.user).first(),
            made=made,
        )
        response.status_code = status
        return response
