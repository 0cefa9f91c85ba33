"""Check: what must be done before it goes out, and what should be looked at."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest

from statements.detection.findings import Span
from statements.editorial import advising, editions, reasons, silencing, verbs
from statements.models import Article, Edition, Silence

from .forms import SilenceForm, WaiverForm
from .records import Record
from .steps import Invalid, Step
from .versions import quoted_elsewhere

#: The page, and the field or the heading there, that mends what has no place.
_MENDED = {
    "title": ("write", "id_title"),
    "text": ("write", "id_body"),
    "note": ("write", "id_change_note"),
    "review": ("review", ""),
    "basis": ("merge", ""),
    "alt": ("files", ""),
    "transcript": ("files", ""),
    "detached": ("quotes", "detached"),
    "twin": ("write", "id_body"),
}
#: What is asked again when a form was refused: which action, of which finding.
type _Asked = tuple[str, str, str]


class Check(Step):
    """Reasons against, which must be mended; advice, which may be silenced."""

    step = "check"
    template = "admin/statements/article/check.html"
    actions = {
        "waive": "waive",
        "silence": "silence",
        "lift": "lift",
        "rebase": "rebase",
    }

    #: A form that was refused, and what it is about.
    bound: forms.Form | None = None
    asked: _Asked | None = None

    # ---------- the page ----------

    def context(self) -> dict[str, Any]:
        standing, edition = self.standing, self.edition
        may_write = self.may("change_article") and not edition.frozen
        may_waive = self.may("publish_edition") and not edition.frozen
        return {
            "must": [
                {
                    "reason": reason,
                    "url": self._to(reason.rule, reason.place, "quotes"),
                    "form": self._form("waive", reason, number)
                    if may_waive and reason.waivable
                    else None,
                }
                for number, reason in enumerate(standing.reasons)
            ],
            "should": [
                {
                    "advice": advice,
                    "url": self._to(advice.rule, advice.place, advice.step),
                    "form": self._form("silence", advice, number)
                    if may_write
                    else None,
                }
                for number, advice in enumerate(standing.advised.told)
            ],
            "waivers": self._waivers(),
            "silences": self._silences(),
            "may_waive": may_waive,
            "may_write": may_write,
            "behind": self._behind(),
            "elsewhere": quoted_elsewhere(edition, self.request.user),
        }

    def _to(self, rule: str, place: Span | None, step: str) -> str:
        """The address at which the words stand, or what mends a reason without any."""
        if place is not None:
            return f"{self.url(step)}?at={place.start}-{place.end}#at"
        page, part = _MENDED.get(rule, ("", ""))
        if not page:
            return ""
        return f"{self.url(page)}{f'#{part}' if part else ''}"

    def _form(self, action: str, finding: Any, number: int) -> forms.Form:
        """The form of one finding; as it was sent, if it was refused."""
        if self.asked == (action, finding.rule, finding.subject) and self.bound:
            return self.bound
        initial = {"rule": finding.rule, "subject": finding.subject}
        auto_id = f"{action}-{number}-%s"
        if action == "waive":
            return WaiverForm(initial=initial, auto_id=auto_id)
        return SilenceForm(
            initial=initial, auto_id=auto_id, always=self.may(silencing.ALWAYS)
        )

    def _waivers(self) -> list[tuple[Any, str]]:
        """What was set aside, each with what would stand against it."""
        aside = {
            (reason.rule, reason.subject): reason.sentence
            for reason in self.standing.judgement.aside
        }
        return [
            (
                waiver,
                aside.get(
                    (waiver.rule, waiver.subject),
                    f"{reasons.WAIVABLE.get(waiver.rule, waiver.rule)}.",
                ),
            )
            for waiver in self.edition.waivers.select_related("by").order_by("pk")
        ]

    def _silences(self) -> list[dict[str, Any]]:
        """What is silenced: all of this statement, and else what is met here."""
        if self.edition.frozen:
            return []
        met = {
            silence.pk: (silence, advice.sentence)
            for advice, silence in self.standing.advised.silenced
        }
        here = Silence.objects.filter(article=self.article, scope=Silence.Scope.HERE)
        for silence in here.select_related("by"):
            met.setdefault(silence.pk, (silence, ""))
        return [
            {
                "silence": silence,
                "label": advising.RULES.get(silence.rule, silence.rule),
                "sentence": sentence,
                "may_lift": silencing.may(self.request.user, silence.scope),
            }
            for silence, sentence in met.values()
        ]

    def _behind(self) -> Edition | None:
        """The edition that went out since this one was begun."""
        if self.edition.frozen:
            return None
        last = editions.last_published(self.article)
        return last if last and last.pk != self.edition.based_on_id else None

    # ---------- the actions ----------

    def _read(self, action: str, form: forms.Form) -> dict[str, Any]:
        """The values of a form; Invalid draws the page with it again."""
        self.bound = form
        self.asked = (
            action,
            self.request.POST.get("rule", ""),
            self.request.POST.get("subject", ""),
        )
        if not form.is_valid():
            if not {"why", "scope"} & form.errors.keys():
                raise verbs.Unusable("The page does not say what it is about. Reload.")
            raise Invalid
        return form.cleaned_data

    def waive(self) -> None:
        if not self.may("publish_edition"):
            raise PermissionDenied("You may not set publishing rules aside.")
        values = self._read(
            "waive", WaiverForm(self.request.POST, auto_id="waive-refused-%s")
        )
        reasons.waive(
            self.opened(),
            by=self.request.user,
            rule=values["rule"],
            subject=values["subject"],
            reason=values["why"],
        )
        messages.success(self.request, "The rule is set aside for this edition.")

    def silence(self) -> None:
        """Not told any more; whoever saved meanwhile changed nothing about that."""
        if not self.may(silencing.HERE):
            raise PermissionDenied("You may not change statements.")
        silencing.demand(
            self.request.user, self.request.POST.get("scope") or Silence.Scope.HERE
        )
        values = self._read(
            "silence",
            SilenceForm(
                self.request.POST,
                always=self.may(silencing.ALWAYS),
                auto_id="silence-refused-%s",
            ),
        )
        silencing.silence(
            self.edition,
            by=self.request.user,
            rule=values["rule"],
            subject=values["subject"],
            scope=values["scope"],
            reason=values["why"],
        )
        messages.success(self.request, "Silenced. It can be lifted again below.")

    def lift(self) -> None:
        key = self.request.POST.get("silence", "")
        row = (
            Silence.objects.filter(
                Q(article=self.article) | ~Q(scope=Silence.Scope.HERE), pk=key
            ).first()
            if key.isdecimal() and len(key) < 18
            else None
        )
        if row is None:
            raise verbs.Unusable("That was lifted already.")
        silencing.lift(row, by=self.request.user)
        messages.success(self.request, "Lifted. The check tells of it again.")

    def rebase(self) -> None:
        self.opened()
        editions.rebase(self.edition, by=self.request.user)
        messages.success(
            self.request, "This edition now follows the one that went out last."
        )


@admin.register(Silence)
class SilenceAdmin(Record):
    """Everything that is silenced, in whichever statement; deleting a row lifts it.

    What holds for every statement, everybody reads; the rest only its desk.
    """

    list_display = ["what", "scope", "subject", "reason", "by", "at"]
    list_filter = ["scope", "rule"]
    beside = ("by", "article")
    search_fields = ["subject", "reason"]
    ordering = ["-pk"]
    fields = ["what", "scope", "subject", "statement", "reason", "by", "at"]

    def get_queryset(self, request: HttpRequest) -> Any:
        # Not what the other records answer: a row may be of every statement.
        rows = super(Record, self).get_queryset(request).select_related(*self.beside)
        seen = Article.objects.of_desks(request.user).values("pk")
        return rows.filter(~Q(scope=Silence.Scope.HERE) | Q(article__in=seen))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super(Record, self).has_delete_permission(request, obj)

    def delete_model(self, request: HttpRequest, obj: Silence) -> None:
        silencing.lift(obj, by=request.user)

    @admin.display(description="rule", ordering="rule")
    def what(self, row: Silence) -> str:
        return advising.RULES.get(row.rule, row.rule)

    @admin.display(description="statement")
    def statement(self, row: Silence) -> str:
        # Where it was said may be another desk's.
        if row.scope != Silence.Scope.HERE:
            return "every statement"
        return super().statement(row)
