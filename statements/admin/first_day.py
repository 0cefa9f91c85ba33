"""What to do on the first day, as long as some of it is left."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from django.contrib.auth.models import Permission
from django.core.exceptions import BadRequest, PermissionDenied
from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views import View

from statements.editorial import preferring
from statements.models import (
    Appointment,
    Article,
    Desk,
    Edition,
    Quote,
    Resolution,
    User,
)

#: The choice of somebody who does not want to see the list.
_HIDDEN = "first day hidden"

#: What is done first, the right that it asks for, and the page on which it is done.
_LINES = (
    ("members", "Make a desk with its members", "add_desk", "statements_desk_add"),
    (
        "second",
        "Invite a colleague who can approve what you write",
        "add_user",
        "statements_user_add",
    ),
    (
        "office",
        "Enter a spokesperson with an office",
        "add_spokesperson",
        "statements_spokesperson_add",
    ),
    (
        "resolution",
        "Enter a resolution that you cite",
        "add_resolution",
        "statements_resolution_add",
    ),
    ("written", "Paste the first statement", "add_article", "statements_article_add"),
    (
        "quoted",
        "Confirm who said a quote",
        "change_article",
        "statements_article_changelist",
    ),
    (
        "submitted",
        "Submit it for review",
        "submit_edition",
        "statements_article_changelist",
    ),
    (
        "approved",
        "Approve what a colleague wrote",
        "approve_edition",
        "statements_article_changelist",
    ),
    (
        "published",
        "Send the first statement out",
        "publish_edition",
        "statements_article_changelist",
    ),
)


@dataclass(frozen=True)
class Line:
    label: str
    url: str
    done: bool


@dataclass(frozen=True)
class FirstDay:
    """One person's list. ``hidden``: they put it away, and can have it back."""

    lines: list[Line]
    hidden: bool

    @property
    def left(self) -> int:
        return sum(not line.done for line in self.lines)


def first_day(user: Any) -> FirstDay | None:
    """What one may do of the first day; None once all of it is done. Two queries.

    What is done is told by the rows that the person may see.
    """
    own = [line for line in _LINES if user.may(line[2])]
    if not own:
        return None
    done = _done(user)
    lines = [
        Line(label, reverse(f"admin:{page}"), done[name])
        for name, label, _, page in own
    ]
    if all(line.done for line in lines):
        return None
    return FirstDay(lines, hidden=bool(preferring.preferred(_HIDDEN, by=user)))


def _done(user: Any) -> dict[str, bool]:
    seen = Article.objects.of_desks(user)
    editions = Edition.objects.kept().filter(article__in=seen.values("pk"))
    approving = Permission.objects.filter(
        Q(group__user=OuterRef("pk")) | Q(user=OuterRef("pk")),
        codename="approve_edition",
    )
    second = User.objects.filter(
        Q(is_superuser=True) | Exists(approving), is_active=True, is_staff=True
    ).exclude(pk=user.pk)
    asked = {
        "members": Desk.objects.filter(members__isnull=False),
        "second": second,
        "office": Appointment.objects.all(),
        "resolution": Resolution.objects.all(),
        "written": seen,
        "quoted": Quote.objects.filter(
            article__in=seen.values("pk"), confirmed_at__isnull=False
        ),
        "submitted": editions.filter(
            Q(submitted_at__isnull=False)
            | Q(returned_at__isnull=False)
            | Q(approved_at__isnull=False)
        ),
        "approved": editions.filter(approved_at__isnull=False),
        "published": editions.filter(published_at__isnull=False),
    }
    rows = User.objects.filter(pk=user.pk)
    return rows.values(**{name: Exists(found) for name, found in asked.items()}).get()


class Put(View):
    """Put the list of the first day away, or take it out again."""

    http_method_names = ["post"]
    site: ClassVar[Any] = None

    def post(self, request: HttpRequest) -> HttpResponse:
        if not request.user.has_perm("statements.view_article"):
            raise PermissionDenied("You may not read drafts.")
        match request.POST.get("action"):
            case "hide":
                preferring.prefer(_HIDDEN, True, by=request.user)
            case "show":
                preferring.forget(_HIDDEN, by=request.user)
            case _:
                raise BadRequest("The form does not say what to do with the list.")
        return redirect("admin:index")
