"""Publish, and the preview of an edition."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import formats, timezone, translation

from newsroom import framing
from statements.editorial import (
    binning,
    drawing,
    hours,
    inviting,
    publishing,
    verbs,
)
from statements.models import Edition, State

from . import returning
from .forms import ScheduleForm, WithdrawForm
from .steps import Anew, Invalid, Step
from .versions import corrections, quoted_elsewhere


class Publish(Step):
    """Out, now or at a whole minute; off again; withdrawn."""

    step = "publish"
    template = "admin/statements/article/publish.html"
    actions = {
        "ask": "ask",
        "publish": "publish",
        "schedule": "publish",
        "unschedule": "unschedule",
        "withdraw": "withdraw",
        "discard_edition": "discard_edition",
        "discard": "discard",
    }

    form: ScheduleForm | None = None
    withdrawal: WithdrawForm | None = None
    #: What was filled in, where the page asks if it is to go out now.
    asked: dict[str, Any] | None = None

    def context(self) -> dict[str, Any]:
        state, edition = self.standing.state, self.edition
        rows = Edition.objects.kept().filter(article=self.article)
        ever = rows.filter(published_at__isnull=False).exists()
        if self.asked is not None:
            timed = rows.filter(published_at__isnull=False).defer("body", "text")
            return self._going_out(list(timed.order_by("published_at")), **self.asked)
        return {
            "form": self.form or ScheduleForm(),
            "withdrawal": self.withdrawal or WithdrawForm(),
            "may_publish": self.may("publish_edition") and not edition.frozen,
            "may_unreviewed": self.may("publish_unreviewed_edition")
            and edition.approved_at is None,
            "may_unschedule": self.may("publish_edition") and state == State.SCHEDULED,
            "may_withdraw": self.may("withdraw_article") and state == State.LIVE,
            "may_discard": self.may("delete_article") and not ever,
            "may_discard_edition": self.may("change_article")
            and not edition.frozen
            and rows.count() > 1,
            "refused": bool(self.problems),
            "elsewhere": quoted_elsewhere(edition, self.request.user),
            "corrections": corrections(edition),
            "clocks": _elsewhere(edition.published_at)
            if state == State.SCHEDULED
            else [],
            "clocks_now": _elsewhere(self.standing.now),
            "clearances": [] if edition.frozen else self._clearances(),
        }

    def _going_out(
        self,
        timed: list[Edition],
        *,
        at: dt.datetime | None,
        unreviewed_reason: str,
        **rest: Any,
    ) -> dict[str, Any]:
        """What publishing now does: said before it is done."""
        now = self.standing.now
        out = [each for each in timed if each.published_at <= now]
        return {
            "address": settings.SITE_URL + self.article.get_absolute_url(),
            "reason": unreviewed_reason,
            "hour": _when(at) if at else "",
            "last": out[-1] if out else None,
            "back_again": bool(out) and out[-1].state(now) == State.WITHDRAWN,
            "taken_off": timed[len(out) :],
            "elsewhere": quoted_elsewhere(self.edition, self.request.user),
            "clearances": self._clearances(),
        }

    def _clearances(self) -> list[Any]:
        """Officials who were asked, and have not said yes to this text."""
        return [
            each
            for each in inviting.links_of(self.edition, self.standing.now)
            if each.link.asks and each.waits
        ]

    def _filled(self) -> dict[str, Any]:
        self.form = ScheduleForm(self.request.POST)
        if not self.may("publish_edition"):
            raise PermissionDenied("You may not publish statements.")
        if not self.form.is_valid():
            raise Invalid
        return self.form.cleaned_data

    def ask(self) -> None:
        """Say what publishing now does, or what stands against it; nothing is done."""
        values = self._filled()
        unreviewed = values["unreviewed_reason"]
        if unreviewed and not self.may("publish_unreviewed_edition"):
            raise PermissionDenied("You may not publish what nobody has approved.")
        self.opened()
        against = [
            reason.sentence
            for reason in self.standing.reasons
            if not (unreviewed and reason.rule == "review")
        ]
        if against:
            raise verbs.NotReady(against)
        self.asked = values
        self.template = "admin/statements/article/publish_now.html"
        raise Anew

    def publish(self) -> None:
        values = self._filled()
        at = values["at"]
        if self.request.POST["action"] == "schedule" and at is None:
            self.form.add_error("at", "Choose the date and the time.")
            raise Invalid
        if self.request.POST["action"] == "publish":
            at = None
        self.opened()
        publishing.publish(
            self.edition,
            by=self.request.user,
            at=at,
            unreviewed_reason=values["unreviewed_reason"],
        )
        messages.success(
            self.request, f"It goes out on {_when(at)}." if at else "Published."
        )

    def unschedule(self) -> None:
        off = publishing.unschedule(self.edition, by=self.request.user)
        numbers = ", ".join(str(edition.number) for edition in off)
        messages.success(self.request, f"No longer scheduled: edition {numbers}.")

    def withdraw(self) -> None:
        self.withdrawal = WithdrawForm(self.request.POST)
        if not self.may("withdraw_article"):
            raise PermissionDenied("You may not withdraw statements.")
        if not self.withdrawal.is_valid():
            raise Invalid
        values = self.withdrawal.cleaned_data
        publishing.withdraw(
            self.article,
            by=self.request.user,
            reason=values["reason"],
            note=values["note"],
        )
        messages.success(
            self.request, "Withdrawn. Readers see the reason and your sentence."
        )

    def discard_edition(self) -> str:
        self.opened()
        binning.put_edition(self.edition, by=self.request.user)
        messages.success(
            self.request,
            f"Edition {self.edition.number} is in the bin, for thirty days.",
        )
        return reverse("admin:statements_article_change", args=[self.article.pk])

    def discard(self) -> str:
        self.opened()
        binning.put(self.article, by=self.request.user)
        messages.success(
            self.request, f"“{self.edition.title}” is in the bin, for thirty days."
        )
        came = returning.place(self.request, self.article.pk)
        return came.url if came else reverse("admin:statements_article_changelist")


class Preview(Step):
    """An edition as it will look, for its desk only: light, dark, on a phone."""

    step = "preview"
    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        now = timezone.now()
        context = {
            "state": self.edition.state(now),
            "back": self.url("review"),
            **framing.switch(request),
        }
        folder = "admin/statements/article"
        if context["screen"] == "phone":
            context["edition"] = self.edition
            return framing.holding(request, f"{folder}/preview_phone.html", context)
        context |= drawing.previewed(self.edition, now)
        if context["screen"] == "frame":
            with translation.override(context["speaks"]):
                return framing.framed(request, "statements/in_frame.html", context)
        return TemplateResponse(request, f"{folder}/preview.html", context)


def _when(at: dt.datetime) -> str:
    local = timezone.localtime(at)
    zone = timezone.get_current_timezone_name()
    return f"{formats.date_format(local, 'j F Y, H:i')} ({zone})"


def _elsewhere(at: dt.datetime) -> list[tuple[str, str]]:
    """What clocks show in other places at a moment; the day where it is another."""
    here = timezone.get_current_timezone_name()
    day = timezone.localtime(at).date()
    return [
        (
            place,
            formats.date_format(there, "H:i" if there.date() == day else "j F, H:i"),
        )
        for place, there in hours.elsewhere(at, here, settings.ELSEWHERE)
    ]
