"""What the five pages of a statement share: who may, once only, what went wrong."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import cached_property
from typing import Any, ClassVar

from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.db import DataError, IntegrityError
from django.db.models import Exists, OuterRef, Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views import View

from statements.editorial import binning, intake, verbs
from statements.editorial.roster import roster
from statements.models import Article, Edition, EditionContributor, Remark, acting

from . import returning
from .keys import EVERYWHERE, Keys
from .naming import Names
from .once import Already, once, token
from .remarks import still_open
from .standing import STEPS, Standing, counted, stand

log = logging.getLogger(__name__)


class Invalid(Exception):
    """A form is not valid; the page is drawn again with it."""


class Anew(Invalid):
    """The page is drawn again with something else in its form; nothing is wrong."""


class Step(View):
    """One page of a statement. A button's ``action`` names the method that acts.

    Whatever a verb refuses is shown on the same page with all that was typed, and
    nothing is half-saved: each action is one transaction.
    """

    http_method_names = ["get", "post", "head"]
    step: ClassVar[str] = ""
    template: ClassVar[str] = ""
    actions: ClassVar[dict[str, str]] = {}
    #: The keys that work on this page and not on all.
    keys: tuple[Keys, ...] = ()
    admin: Any = None

    article: Article | None = None
    edition: Edition | None = None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.admin.has_view_permission(request):
            raise PermissionDenied("You may not read drafts.")
        self.problems: list[str] = []
        #: A form was refused; what is wrong stands beside its fields.
        self.wrong = False
        self.theirs: Edition | None = None
        if "pk" in kwargs:
            self._find(kwargs["pk"], kwargs["number"])
            if request.method == "GET":
                returning.come(request, kwargs["pk"])
            # A form that is sent is drawn again with all that was typed: what acts
            # refuses by itself.
            if self.edition.in_bin and request.method != "POST":
                return self._in_bin()
        return super().dispatch(request, *args, **kwargs)

    def rows(self) -> Any:
        """The editions among which the page's own is found."""
        return Edition.objects.with_bin()

    def _find(self, pk: int, number: int) -> None:
        self.edition = (
            self.rows()
            .filter(
                article__in=Article.objects.readable(self.request.user).values("pk"),
                article=pk,
                number=number,
            )
            .select_related(
                "article__kind",
                "article__issuer",
                "article__desk",
                "created_by",
                "submitted_by",
                "returned_by",
                "approved_by",
                "published_by",
            )
            .defer("record")
            .annotate(
                # Readers have the statement, or will at an hour that is set.
                statement_out=Exists(
                    Edition.objects.filter(
                        article=OuterRef("article"), published_at__isnull=False
                    )
                ),
                remarked=Remark.objects.told(),
                wrote=Exists(
                    EditionContributor.objects.filter(
                        edition=OuterRef("pk"), user=self.request.user.pk
                    )
                ),
            )
            .first()
        )
        if self.edition is None:
            raise Http404("No such statement.")
        self.article = self.edition.article

    def _in_bin(self) -> HttpResponse:
        """Instead of the page: that it is in the bin, and the way out."""
        binned = binning.of_edition(self.edition)
        context = {
            **self.admin.admin_site.each_context(self.request),
            "is_nav_sidebar_enabled": False,
            "opts": self.admin.opts,
            "title": self.edition.title,
            "binned": binned,
            "may": self.may(
                "change_article" if binned.edition_id else "delete_article"
            ),
        }
        return TemplateResponse(
            self.request, "admin/statements/article/binned.html", context
        )

    # ---------- answers ----------

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.draw()

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        name = self.actions.get(request.POST.get("action", ""))
        if name is None:
            raise BadRequest("The form names no action.")
        return self.perform(getattr(self, name))

    def perform(self, action: Callable[[], str | None]) -> HttpResponse:
        """Do one thing, once; draw the page again with what was refused."""
        try:
            with acting(self.request.user), once(self.request) as submission:
                submission.result = action() or self.url()
                submission.save(update_fields=["result"])
            return HttpResponseRedirect(submission.result)
        except Already as already:
            messages.info(self.request, "Already saved: this form was sent before.")
            return HttpResponseRedirect(already.result)
        except Anew:
            pass
        except Invalid:
            self.wrong = True
        except verbs.NotReady as problem:
            self.problems = problem.reasons
        except verbs.Conflict as conflict:
            self.theirs = conflict.edition
            self.problems = [str(conflict)]
        except (verbs.Unusable, verbs.Frozen) as problem:
            self.problems = [str(problem)]
        except IntegrityError as problem:
            # The database's own guards: two people acted at the same moment.
            log.warning("Refused by the database: %s", problem)
            self.problems = [
                "Somebody changed the statement at the same moment. Nothing was saved; "
                "look at it again and repeat."
            ]
        except DataError:
            # A forged form: fields that are typed in say so beside themselves.
            self.problems = ["The form holds something that cannot be stored."]
        if self.edition is not None and self.article is not None:
            self._find(self.article.pk, self.edition.number)
        return self.draw()

    def draw(self) -> HttpResponse:
        context = {
            **self.admin.admin_site.each_context(self.request),
            "is_nav_sidebar_enabled": False,
            "opts": self.admin.opts,
            "title": self.edition.title if self.edition else "New statement",
            "article": self.article,
            "edition": self.edition,
            "step": self.step,
            "token": token(),
            "problems": self.problems,
            "wrong": self.wrong or bool(self.problems),
            "theirs": self.theirs,
            "zone": timezone.get_current_timezone_name(),
            "key_groups": (*self.keys, *EVERYWHERE),
        }
        if self.edition is not None:
            context |= {
                "standing": self.standing,
                "steps": self.bar(),
                "writes": self._writes(),
                "editions": self.editions(),
                "came": returning.place(self.request, self.edition.article_id),
            }
        context |= self.context()
        return TemplateResponse(self.request, self.template, context)

    def context(self) -> dict[str, Any]:
        return {}

    def _writes(self) -> bool:
        """Whether who may approve the edition now could not once they save here."""
        edition = self.edition
        return (
            self.step in {"write", "quotes"}
            and edition.submitted_at is not None
            and edition.approved_at is None
            and not edition.frozen
            and not edition.wrote
            and self.may("approve_edition")
            and self.may("change_article")
        )

    # ---------- what a page asks ----------

    @cached_property
    def names(self) -> Names:
        return Names(roster())

    @cached_property
    def standing(self) -> Standing:
        return stand(self.edition, self.request.user, self.names.roster)

    def may(self, permission: str) -> bool:
        return self.request.user.has_perm(f"statements.{permission}")

    def url(self, step: str = "", edition: Edition | None = None) -> str:
        edition = edition or self.edition
        return reverse(
            "admin:statements_article_step",
            args=[edition.article_id, edition.number, step or self.step],
        )

    def back(self, step: str = "", edition: Edition | None = None) -> str:
        """Where one came from, when the statement is out of one's hands; or a page."""
        edition = edition or self.edition
        came = returning.place(self.request, edition.article_id)
        return came.url if came else self.url(step, edition)

    def bar(self) -> list[dict[str, Any]]:
        left = self.standing.left()
        if remarks := still_open(self.edition):
            left["review"] += f", {counted(remarks, 'remark')} open"
        labels = ("Write", "Quotes", "Check", "Review", "Publish")
        return [
            {
                "label": label,
                "left": left[step],
                "url": self.url(step),
                "current": step == self.step,
            }
            for step, label in zip(STEPS, labels, strict=True)
        ]

    def editions(self) -> list[dict[str, Any]]:
        """All editions of the statement, with where they stand."""
        rows = (
            Edition.objects.filter(article=self.article)
            .filter(Q(pk=self.edition.pk) | Q(binned=None))
            .defer("body", "text", "record")
            .order_by("number")
        )
        return [
            {
                "edition": row,
                "state": row.state(self.standing.now),
                "url": self.url("", row),
            }
            for row in rows
        ]

    def opened(self) -> Edition:
        """The edition, locked, if nobody saved it since this page was drawn."""
        version = self.request.POST.get("lock_version", "")
        if not version.isdecimal() or len(version) > 9:
            raise BadRequest("The form does not say which version it is of.")
        return intake.open_draft(self.edition, int(version))
