"""What is typed and not saved: the script's door, and the page that shows it."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.cache import add_never_cache_headers
from django.views import View

from statements.editorial import buffers, verbs
from statements.markup import wording
from statements.models import Article, DraftBuffer, Edition, User

from . import remarks, topics
from .forms import StatementForm
from .once import token
from .queues import unsaved
from .typed import called, paragraphs, plain

#: How many unsaved texts a page lists: each is read whole.
PER_PAGE = 20
#: Names of pages that scripts make: 32 hexadecimal digits.
PAGE = frozenset("0123456789abcdef")


def is_page(given: str) -> bool:
    return len(given) == 32 and set(given) <= PAGE


def number(given: str) -> int | None:
    """A key or count as a form sends it; None for what is none."""
    return (
        int(given) if given.isascii() and given.isdigit() and len(given) < 18 else None
    )


def hour(moment: dt.datetime) -> str:
    """14:32, with the day where it is not today."""
    local = timezone.localtime(moment)
    today = local.date() == timezone.localdate()
    return formats.date_format(local, "H:i" if today else "j F Y, H:i")


class Buffers(View):
    """Where the script of the page Write sends what is typed.

    GET answers whether somebody is signed in, and with which key of forms. POST keeps
    the words that come with it, notes that the edition is open, and answers with who
    else has it open, which version is saved, and, asked ``hello``, with the unsaved
    texts that can be taken back.
    """

    http_method_names = ["get", "post"]
    admin: ClassVar[Any] = None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.admin.has_view_permission(request):
            raise PermissionDenied("You may not read drafts.")
        response = super().dispatch(request, *args, **kwargs)
        add_never_cache_headers(response)
        return response

    def get(self, request: HttpRequest) -> HttpResponse:
        return JsonResponse({"user": request.user.pk, "token": get_token(request)})

    def post(self, request: HttpRequest) -> HttpResponse:
        if request.POST.get("user") != str(request.user.pk):
            # Somebody else signed in beside the page: these words are not theirs.
            return JsonResponse({"other": True}, status=409)
        edition = _edition(request)
        page = request.POST.get("page", "")
        if not is_page(page):
            raise BadRequest("The page does not say which one it is.")
        answer: dict[str, Any] = {"kept": None, "problem": "", "others": []}
        if "bye" in request.POST:
            if edition is not None:
                buffers.leave(edition, by=request.user)
            return JsonResponse(answer)
        if "body" in request.POST or "title" in request.POST:
            answer |= self._keep(request, edition, page)
        if edition is not None:
            others = buffers.attend(edition, by=request.user)
            answer |= {
                "others": [
                    f"{_name(each.user)} has this edition open since "
                    f"{hour(each.since)}."
                    for each in others
                ],
                "version": edition.lock_version,
                "frozen": edition.frozen,
            }
        if "hello" in request.POST:
            mine = buffers.offered(edition, by=request.user, page=page)
            taken = number(request.POST.get("taken", ""))
            answer["offers"] = [_offer(each) for each in mine if each.pk != taken]
        return JsonResponse(answer)

    def _keep(
        self, request: HttpRequest, edition: Edition | None, page: str
    ) -> dict[str, Any]:
        turn = number(request.POST.get("turn", ""))
        if turn is None:
            raise BadRequest("The page does not say whose turn it is.")
        try:
            buffers.keep(
                edition,
                by=request.user,
                page=page,
                turn=turn,
                values=request.POST,
                # Where two texts are brought together, this one began there.
                lock_version=number(
                    request.POST.get("based") or request.POST.get("lock_version", "")
                ),
            )
        except buffers.Closed:
            return {"closed": True}
        except verbs.Unusable as problem:
            return {"problem": str(problem)}
        return {"kept": hour(timezone.now())}


class Unsaved(View):
    """One unsaved text, beside what is saved: to look at, or to throw away."""

    http_method_names = ["get", "post", "head"]
    admin: ClassVar[Any] = None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.admin.has_view_permission(request):
            raise PermissionDenied("You may not read drafts.")
        self.buffer = find(request.user, kwargs["key"])
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, key: int) -> HttpResponse:
        edition = self.buffer.edition
        values = self.buffer.values
        body = values.get("body", "")
        context = {
            **self.admin.admin_site.each_context(request),
            "is_nav_sidebar_enabled": False,
            "opts": self.admin.opts,
            "title": f"Text of {hour(self.buffer.saved_at)} that was never saved",
            "buffer": self.buffer,
            "edition": edition,
            "back": _write(edition),
            "fields": [
                (
                    StatementForm.base_fields[name].label or name.capitalize(),
                    _beside(was, values[name], edition),
                )
                for name, was in self._saved().items()
                if name in values and (values[name].strip() or was)
            ],
            "text": _beside(
                paragraphs(edition.text) if edition else "",
                paragraphs(plain(body)),
                edition,
            ),
            "body": body,
            "answers": remarks.unsaved(edition, values),
        }
        response = TemplateResponse(
            request, "admin/statements/article/unsaved.html", context
        )
        add_never_cache_headers(response)
        return response

    def _saved(self) -> dict[str, str]:
        """The fields that are shown, and what is saved of each."""
        edition = self.buffer.edition
        if edition is None:
            shown = ("title", "summary", "dated", "issuer", "topics", "byline")
            return dict.fromkeys(shown, "")
        tags = edition.article.tags.order_by("name").values_list("name", flat=True)
        return {
            "title": edition.title,
            "summary": edition.summary,
            "topics": topics.written(tags),
            "byline": edition.byline,
            "change_note": edition.change_note,
        }

    def post(self, request: HttpRequest, key: int) -> HttpResponse:
        edition = self.buffer.edition
        buffers.throw_away(self.buffer, by=request.user)
        if request.headers.get("Accept") == "application/json":
            return JsonResponse({"thrown": True})
        messages.success(request, "The unsaved text is thrown away.")
        if request.POST.get("back") == "texts":
            return redirect("admin:statements_article_texts")
        return redirect(_write(edition))


class Texts(View):
    """All unsaved texts of one person, each to open or to throw away."""

    http_method_names = ["get", "head"]
    admin: ClassVar[Any] = None

    def get(self, request: HttpRequest) -> HttpResponse:
        if not self.admin.has_view_permission(request):
            raise PermissionDenied("You may not read drafts.")
        rows = (
            unsaved(request.user)
            .select_related("edition")
            .defer("edition__body", "edition__text", "edition__record")
        )
        page = Paginator(rows, PER_PAGE).get_page(request.GET.get("p"))
        for row in page:
            row.called = called(row)
            row.words = len(plain(row.values.get("body", "")).split())
            row.until = row.saved_at + buffers.KEPT
        context = {
            **self.admin.admin_site.each_context(request),
            "is_nav_sidebar_enabled": False,
            "opts": self.admin.opts,
            "title": "Unsaved texts",
            "page": page,
        }
        response = TemplateResponse(
            request, "admin/statements/article/texts.html", context
        )
        add_never_cache_headers(response)
        return response


def keep(user: User, edition: Edition | None, fields: QueryDict) -> str:
    """Keep a whole form that was sent as an unsaved text; where it is gone on with."""
    page = token()
    buffers.keep(
        edition,
        by=user,
        page=page,
        turn=1,
        values=fields,
        # Where two texts were brought together, this one began there.
        lock_version=number(fields.get("based") or fields.get("lock_version", "")),
    )
    mine = DraftBuffer.objects.filter(user=user, edition=edition, closed_at=None)
    # What the same page had kept by itself is older than what it sent.
    mine.filter(page=fields.get("page", "")).delete()
    made = mine.filter(page=page).first()
    if made is None:
        # It was what is saved already.
        return _write(edition)
    if edition is not None and edition.frozen:
        return reverse("admin:statements_article_unsaved", args=[made.pk])
    return f"{_write(edition)}?unsaved={made.pk}"


def find(user: User, key: int) -> DraftBuffer:
    """An unsaved text of this person, of a statement that they may read still."""
    buffer = (
        buffers.unsaved(user)
        .filter(pk=key)
        .select_related("edition__article__kind")
        .first()
    )
    if buffer is None:
        raise Http404("No such text.")
    if buffer.edition is not None:
        seen = Article.objects.of_desks(user).values("pk")
        kept = Edition.objects.kept().filter(pk=buffer.edition_id, article__in=seen)
        if not kept.exists():
            raise Http404("No such text.")
    return buffer


def _edition(request: HttpRequest) -> Edition | None:
    """The edition that the page is of; none for a new statement."""
    given = request.POST.get("edition", "")
    if not given:
        return None
    edition = (
        # What is typed while a colleague puts it in the bin is kept all the same.
        Edition.objects.filter(
            pk=number(given) or 0,
            article__in=Article.objects.readable(request.user).values("pk"),
        )
        .select_related("article__issuer")
        .defer("record", "text")
        .first()
    )
    if edition is None:
        raise Http404("No such statement.")
    return edition


def _beside(was: str, now: str, edition: Edition | None) -> list[tuple[str, str]]:
    """What differs from what is saved; nothing is, of a new statement."""
    return wording.differences(was, now) if edition is not None else [("same", now)]


def _write(edition: Edition | None) -> str:
    if edition is None:
        return reverse("admin:statements_article_add")
    return reverse(
        "admin:statements_article_step",
        args=[edition.article_id, edition.number, "write"],
    )


def _offer(buffer: DraftBuffer) -> dict[str, str]:
    return {
        "of": hour(buffer.saved_at),
        "look": reverse("admin:statements_article_unsaved", args=[buffer.pk]),
        "take": f"{_write(buffer.edition)}?unsaved={buffer.pk}",
    }


def _name(user: User) -> str:
    return user.get_full_name() or user.get_username()
