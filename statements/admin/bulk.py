"""Many statements at once: shown row by row, then done, then undone where one wants."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable
from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import BadRequest, PermissionDenied, ValidationError
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseRedirect,
    QueryDict,
)
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views import View

from statements.editorial import bulk, moving, verbs
from statements.editorial.moving import Move
from statements.models import BulkAction, Desk, Kind, Tag, acting

from . import topics
from .forms import Words
from .once import Already, once, token

Act = BulkAction.Act
#: What each action needs to be told, and the button that does it.
_ASKED = {Act.ADD_TOPICS: "topics", Act.REMOVE_TOPICS: "topics"} | {
    act: act.value for act in (Act.KIND, Act.DESK)
}
#: What can be undone, and what cannot.
_UNDONE = (
    "It can be undone for thirty days, where nobody changes the statement again. An "
    "approval that became void stays void."
)
_NOT_UNDONE = {
    Move.SUBMIT: "It is not undone here: who reviews it returns what came too early.",
    Move.RETURN: "It is not undone here: the authors submit again.",
    Move.UNSCHEDULE: "It is not undone here: each is scheduled again on Publish.",
}
_SAY = {"required": "Say what to change, so that the authors know."}
_LIST = "admin:statements_article_changelist"


class WishForm(forms.Form):
    """What is wanted of each statement; of the three fields, only the one that fits."""

    topics = forms.CharField(
        max_length=2000,
        help_text="Topics that there are, with commas between them.",
        widget=forms.TextInput({"list": "bulk-topics", "autocomplete": "off"}),
        error_messages={"required": "Name at least one topic."},
    )
    kind = forms.ModelChoiceField(
        Kind.objects.all(), error_messages={"required": "Choose a kind."}
    )
    desk = forms.ModelChoiceField(
        Desk.objects.none(), error_messages={"required": "Choose a desk."}
    )

    def __init__(self, act: Act, data: Any, *, by: Any) -> None:
        asked = _ASKED.get(act, "")
        given = data if asked in data else None
        super().__init__(given, prefix=None)
        for name in list(self.fields):
            if name != asked:
                del self.fields[name]
        if asked == "desk":
            self.fields["desk"].queryset = Desk.objects.of(by)
        self.act, self.asked = act, asked

    def clean_topics(self) -> list[Tag]:
        named = topics.read(self.cleaned_data["topics"])
        known = {
            tag.name.casefold(): tag
            for tag in Tag.objects.all()
            if tag.name.casefold() in {name.casefold() for name in named}
        }
        unknown = [name for name in named if name.casefold() not in known]
        if unknown:
            raise ValidationError([f"There is no topic “{name}”." for name in unknown])
        return list(known.values())

    @property
    def wish(self) -> bulk.Wish | None:
        """None until what is asked was told."""
        if not self.asked:
            return bulk.Wish(self.act)
        if not self.is_bound or not self.is_valid():
            return None
        told = self.cleaned_data[self.asked]
        rows = told if isinstance(told, list) else [told]
        return bulk.Wish(self.act, tuple(sorted(row.pk for row in rows)))


class Bulk(View):
    """GET shows what an action would do, or what was done; POST does it, or undoes it.

    ``do`` names the action, each ``row`` a statement: its key, and in the form that
    confirms what it was shown to have and how it stood, ``17:3.8:2-5-draft``. With
    ``all`` it is every statement of the list whose address ``list`` holds.
    """

    http_method_names = ["get", "post", "head"]
    admin: ClassVar[Any] = None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.admin.has_view_permission(request):
            raise PermissionDenied("You may not read drafts.")
        self.move = _move(request.POST if request.method == "POST" else request.GET)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest) -> HttpResponse:
        if "do" not in request.GET:
            return self.done()
        keys = self.keys()
        if not keys:
            messages.warning(request, "Choose at least one statement in the list.")
            return HttpResponseRedirect(self.back())
        if self.move is not None:
            return self.show_move(self.move, keys)
        return self.show(_act(request.GET), keys, request.GET)

    def post(self, request: HttpRequest) -> HttpResponse:
        if "undo" in request.POST:
            return self.undo()
        if self.move is not None:
            return self.carry_out(self.move)
        act = _act(request.POST)
        shown = dict(_shown(row) for row in request.POST.getlist("row"))
        self.there(shown)
        bulk.demand(act, by=request.user)
        form = WishForm(act, request.POST, by=request.user)
        wish = form.wish
        if wish is None:
            raise BadRequest("The form does not say what to do.")

        def carry_out() -> str:
            """Do it, and return the page that tells of it."""
            action = bulk.carry_out(shown, wish, by=request.user)
            if action is not None:
                done = _statements(len(shown))
                messages.success(
                    request, f"{action}: done to {done}. It can be undone below."
                )
            return reverse("admin:statements_article_bulk")

        def again() -> HttpResponse:
            return self.show(act, shown, request.POST, status=409)

        return self.once(carry_out, again)

    def once(
        self, carry_out: Callable[[], str], again: Callable[[], HttpResponse]
    ) -> HttpResponse:
        """Carry something out, unless this form did; what is refused is shown again.

        A form that is sent twice leads back to the list, where its rows are.
        """
        request = self.request
        try:
            with acting(request.user), once(request) as submission:
                then = carry_out()
                submission.result = self.back()
                submission.save(update_fields=["result"])
        except Already as already:
            messages.info(request, "Already done: this form was sent before.")
            return HttpResponseRedirect(already.result)
        except (bulk.Changed, verbs.Unusable, verbs.NotReady) as problem:
            messages.error(request, str(problem))
            return again()
        return HttpResponseRedirect(then)

    # ---------- pages ----------

    def show(
        self, act: Act, keys: Iterable[int], data: Any, *, status: int = 200
    ) -> HttpResponse:
        """The action, what it needs, and what it would do to each statement."""
        user = self.request.user
        form = WishForm(act, data, by=user)
        wish = form.wish
        lines: list[bulk.Line] = []
        chosen: list[Any] = []
        problem = ""
        keys = list(keys)
        if len(keys) > bulk.MOST:
            problem = (
                f"More than {bulk.MOST} statements were chosen. Narrow the list down, "
                "and do it in parts."
            )
        else:
            chosen = self.there(keys)
            bulk.demand(act, by=user)
            if wish is not None:
                lines = bulk.plan(keys, wish, by=user)
        names = _names(act, lines)
        rows = [
            {
                "line": line,
                "before": sorted(names.get(key, "") for key in line.before),
                "after": sorted(names.get(key, "") for key in line.after),
                "shown": ":".join(
                    [
                        str(line.article.pk),
                        ".".join(map(str, line.before)),
                        line.stamp,
                    ]
                ),
            }
            for line in lines
        ]
        doing = [row for row in rows if not row["line"].problem]
        return self.draw(
            {
                "title": f"{act.label}: {_statements(len(chosen) or len(keys))}",
                "act": act,
                "form": form,
                "problem": problem,
                # Five hundred keys would be too long for an address.
                "whole": "all" in data,
                "keys": [article.pk for article in chosen],
                "chosen": chosen,
                "doing": doing,
                "staying": [row for row in rows if row["line"].problem],
                "asked": data.get(form.asked, "") if form.asked else "",
                "topics": Tag.objects.order_by("name").values_list("name", flat=True)
                if form.asked == "topics"
                else [],
                "token": token(),
                "undoing": _UNDONE,
                "list": data.get("list", ""),
                "back": self.back(),
            },
            status,
        )

    def show_move(
        self, move: Move, keys: Iterable[int], *, status: int = 200, wrong: str = ""
    ) -> HttpResponse:
        """The step, and what it would do to each statement; what it says stays."""
        user = self.request.user
        keys = list(keys)
        lines: list[moving.Line] = []
        problem = ""
        if len(keys) > moving.MOST:
            moving.demand(move, by=user)
            problem = (
                f"More than {moving.MOST} statements were chosen. Narrow the list "
                "down, and do it in parts."
            )
        else:
            self.there(keys)
            lines = moving.plan(keys, move, by=user)
        rows = [
            {
                "line": line,
                "before": [line.before],
                "after": [line.after],
                "shown": f"{line.article.pk}::{line.stamp}",
            }
            for line in lines
        ]
        return self.draw(
            {
                "title": f"{move.label}: {_statements(len(keys))}",
                "act": move,
                "problem": problem,
                "doing": [row for row in rows if not row["line"].problem],
                "staying": [row for row in rows if row["line"].problem],
                "says": move == Move.RETURN,
                "remark": self.request.POST.get("remark", ""),
                "wrong": wrong,
                "token": token(),
                "undoing": _NOT_UNDONE[move],
                "list": (self.request.POST or self.request.GET).get("list", ""),
                "back": self.back(),
            },
            status,
        )

    def carry_out(self, move: Move) -> HttpResponse:
        request = self.request
        shown = {
            key: stamp for key, (_, stamp) in map(_shown, request.POST.getlist("row"))
        }
        self.there(shown)
        moving.demand(move, by=request.user)
        try:
            remark = Words(required=move == Move.RETURN, error_messages=_SAY).clean(
                request.POST.get("remark", "")
            )
        except ValidationError as problem:
            return self.show_move(move, shown, wrong=problem.messages[0])

        def carry_out() -> str:
            number = moving.carry_out(shown, move, by=request.user, remark=remark)
            messages.success(request, f"{move.label}: done to {_statements(number)}.")
            return self.back()

        def again() -> HttpResponse:
            return self.show_move(move, shown, status=409)

        return self.once(carry_out, again)

    def done(self) -> HttpResponse:
        """What somebody did to many statements in the last thirty days."""
        actions = bulk.of(self.request.user).prefetch_related("rows")
        return self.draw(
            {
                "title": "Done to many statements",
                "actions": [
                    {"action": action, "number": len(action.rows.all())}
                    for action in actions[:50]
                ],
            }
        )

    def undo(self) -> HttpResponse:
        key = self.request.POST["undo"]
        if not key.isdecimal() or len(key) > 18:
            raise BadRequest("The form does not say what to undo.")
        action = BulkAction.objects.filter(by=self.request.user, pk=key).first()
        if action is None:
            raise Http404("It is not there.")
        try:
            result = bulk.undo(action, by=self.request.user)
        except verbs.Unusable as problem:
            messages.warning(self.request, str(problem))
        else:
            messages.success(
                self.request, f"Undone for {_statements(result.done)}: {action}."
            )
            for title, why in result.left[:20]:
                named = f"“{title}”" if title else "One statement"
                messages.warning(self.request, f"{named} {why}, and was left alone.")
            if len(result.left) > 20:
                messages.warning(
                    self.request, f"{len(result.left) - 20} more were left alone."
                )
        return HttpResponseRedirect(reverse("admin:statements_article_bulk"))

    def draw(self, context: dict[str, Any], status: int = 200) -> HttpResponse:
        return TemplateResponse(
            self.request,
            "admin/statements/article/bulk.html",
            {
                **self.admin.admin_site.each_context(self.request),
                "is_nav_sidebar_enabled": False,
                "opts": self.admin.opts,
                **context,
            },
            status=status,
        )

    # ---------- what the request says ----------

    def there(self, keys: Iterable[int]) -> list[Any]:
        """The statements among them that somebody may read; none is an empty page."""
        found = bulk.chosen(keys, by=self.request.user)
        if not found:
            raise Http404("None of these statements is there.")
        return found

    def keys(self) -> list[int]:
        if "all" in self.request.GET:
            return self.listed()
        return [_shown(row)[0] for row in self.request.GET.getlist("row")]

    def listed(self) -> list[int]:
        """All statements of the list that was looked at, and one more than is done."""
        asked = copy.copy(self.request)
        asked.GET = QueryDict(self.request.GET.get("list", ""))
        try:
            rows = self.admin.get_changelist_instance(asked).queryset
        except IncorrectLookupParameters as problem:
            raise BadRequest("The list's address cannot be read.") from problem
        return list(rows.values_list("pk", flat=True)[: bulk.MOST + 1])

    def back(self) -> str:
        """The list that was looked at; never an address of somewhere else."""
        data = self.request.POST or self.request.GET
        kept = QueryDict(data.get("list", "")).urlencode()
        return f"{reverse(_LIST)}{f'?{kept}' if kept else ''}"


def choices(user: Any) -> list[tuple[str, str]]:
    """The actions that somebody may choose in the list."""
    return [
        (act.value, act.label)
        for act in Act
        if user.may("delete_article" if act == Act.BIN else "change_article")
    ] + [(move.value, move.label) for move in Move if user.may(moving.right(move))]


def _move(data: Any) -> Move | None:
    """The step of the way that the request names, if it names one."""
    return Move(data["do"]) if data.get("do") in Move.values else None


def _act(data: Any) -> Act:
    try:
        return Act(data.get("do", ""))
    except ValueError as problem:
        raise BadRequest("The form does not say what to do.") from problem


def _shown(row: str) -> tuple[int, bulk.Shown]:
    key, values, stamp = [*row.split(":", 2), "", ""][:3]
    parts = [key, *filter(None, values.split("."))]
    if not all(part.isascii() and part.isdigit() and len(part) < 19 for part in parts):
        raise BadRequest("A chosen row has no key.")
    return int(key), (tuple(int(part) for part in parts[1:]), stamp)


def _names(act: Act, lines: list[bulk.Line]) -> dict[int, str]:
    """The names of what the lines speak of; what goes in the bin has none."""
    keys = {key for line in lines for key in (*line.before, *line.after)}
    if act == Act.BIN or not keys:
        return {}
    model: Any = {Act.KIND: Kind, Act.DESK: Desk}.get(act, Tag)
    return dict(model.objects.filter(pk__in=keys).values_list("pk", "name"))


def _statements(number: int) -> str:
    return "1 statement" if number == 1 else f"{number} statements"
