"""What somebody typed is shown to them again where it could not be taken.

The page carries the whole form along: whoever signs in on it goes on with it.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.urls import Resolver404, resolve, reverse
from django.utils.cache import add_never_cache_headers
from django.utils.http import url_has_allowed_host_and_scheme

from statements.editorial import buffers, verbs
from statements.models import Article, Edition

from .buffers import keep
from .typed import paragraphs, plain

#: The fields that hold words somebody wrote; never a password.
WORDS = {
    "title": "Title",
    "summary": "Summary",
    "body": "Text",
    "change_note": "What was corrected",
    "remark": "What to change",
    "said": "Remark",
    "reply": "Answer",
    "why": "Why",
    "unreviewed_reason": "Why it goes out without a second person",
    "note": "For readers",
    "alt": "Text alternative",
    "caption": "Caption",
    "transcript": "Transcript",
}


#: Before the names of fields that the sign-in carries along.
CARRIED = "kept."
#: The pages with a statement's form: name and step.
_WRITING = {
    ("admin:statements_article_add", None),
    ("admin:statements_article_step", "write"),
}


@dataclass(frozen=True)
class Sent:
    """A form as it was sent, and the page that it was sent to."""

    path: str
    fields: QueryDict

    @property
    def words(self) -> list[tuple[str, str, str]]:
        """Name, label and words of each field that was filled in, to be read."""
        answers = {name: "Answer to a remark" for name in self.fields if _answer(name)}
        return [
            (name, label, paragraphs(plain(said)) if name == "body" else said)
            for name, label in (WORDS | answers).items()
            if (said := self.fields.get(name, "")).strip()
        ]

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """All that is sent along."""
        return [
            (name, value) for name, values in self.fields.lists() for value in values
        ]

    @property
    def writes(self) -> bool:
        """Whether it is the form of a statement, which keeps unsaved words itself."""
        try:
            found = resolve(self.path)
        except Resolver404:
            return False
        return (found.view_name, found.kwargs.get("step")) in _WRITING

    def of(self, user: object) -> bool:
        """Whether this person opened the form, as far as it says."""
        return self.fields.get("writer", "") in {"", str(getattr(user, "pk", ""))}


def sent(request: HttpRequest) -> Sent:
    """What was sent, or what the sign-in carries along; never a password."""
    fields = QueryDict(mutable=True)
    carried = any(name.startswith(CARRIED) for name in request.POST)
    for name, values in request.POST.lists():
        if carried and not name.startswith(CARRIED):
            continue
        bare = name.removeprefix(CARRIED)
        if bare != "csrfmiddlewaretoken" and "password" not in bare:
            fields.setlist(bare, values)
    path = request.POST.get("next", "") if carried else request.path
    local = path.startswith("/") and url_has_allowed_host_and_scheme(path, None)
    return Sent(path if local else reverse("admin:index"), fields)


def typed(request: HttpRequest) -> bool:
    """Whether a form holds words, sent from a page: a script keeps its own."""
    return request.headers.get("Sec-Fetch-Dest") != "empty" and bool(
        sent(request).words
    )


def _answer(name: str) -> bool:
    """Whether a field is an answer to a remark, typed beside the text."""
    found = buffers.REMARK.fullmatch(name)
    return found is not None and found["what"] == "reply"


def signed_out(request: HttpRequest) -> HttpResponse:
    """The session ended before the form was sent: nothing is saved, nothing lost."""
    return _page(request, sent(request))


def refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without its key (Django's CSRF_FAILURE_VIEW).

    Mostly a page from before the last sign-in. Its words are shown only if the browser
    says that a page of this site sent them.
    """
    own = request.headers.get("Sec-Fetch-Site") == "same-origin"
    return _page(request, sent(request) if own and typed(request) else None)


def signed_in(request: HttpRequest, leads: HttpResponse) -> HttpResponse:
    """After a sign-in that carried a form along: on with it.

    A statement's words become an unsaved text of their writer, and its form opens with
    them. Any other form is shown once more, to be sent.
    """
    form = sent(request)
    if not form.words:
        return leads
    if form.writes and form.of(request.user):
        try:
            return HttpResponseRedirect(_keep(request, form))
        except (verbs.Unusable, PermissionDenied, Edition.DoesNotExist):
            pass
    return _page(request, form, status=200)


def _keep(request: HttpRequest, form: Sent) -> str:
    """Keep the words as an unsaved text; where it is taken back."""
    found = resolve(form.path).kwargs
    edition = None
    if "pk" in found:
        seen = Article.objects.readable(request.user).values("pk")
        edition = Edition.objects.get(
            article__in=seen, article=found["pk"], number=found["number"]
        )
    return keep(request.user, edition, form.fields)


def _page(request: HttpRequest, form: Sent | None, status: int = 403) -> HttpResponse:
    user = request.user
    if user.is_anonymous:
        title = "You are signed out"
    elif form is not None and not form.of(user):
        title = "Somebody else is signed in now"
    elif status == 403:
        title = "You have signed in again since this page was opened"
    else:
        title = "You are signed in again"
    context = {
        **admin.site.each_context(request),
        "is_nav_sidebar_enabled": False,
        "title": title,
        "form": form,
        "own": form is not None and user.is_authenticated and form.of(user),
        "back": form.path if form is not None else request.path,
        "login": reverse("admin:login"),
    }
    response = TemplateResponse(request, "admin/kept.html", context, status=status)
    add_never_cache_headers(response)
    return response.render()
