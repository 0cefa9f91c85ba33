"""What somebody typed is shown to them again where it could not be taken."""

from __future__ import annotations

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.cache import add_never_cache_headers

from statements.editorial import buffers

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


def typed(request: HttpRequest) -> list[tuple[str, str, str]]:
    """Name, label and words of each field that was filled in."""
    answers = {name: "Answer to a remark" for name in request.POST if _answer(name)}
    given = (
        (name, label, request.POST.get(name, ""))
        for name, label in (WORDS | answers).items()
    )
    return [each for each in given if each[2].strip()]


def _answer(name: str) -> bool:
    """Whether a field is an answer to a remark, typed beside the text."""
    found = buffers.REMARK.fullmatch(name)
    return found is not None and found["what"] == "reply"


def signed_out(request: HttpRequest) -> HttpResponse:
    """The session ended before the form was sent: nothing is saved, nothing lost."""
    return _page(request, "You are signed out", typed(request))


def refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without its key (Django's CSRF_FAILURE_VIEW).

    Mostly a page from before the last sign-in. Its words are shown only if the browser
    says that a page of this site sent them.
    """
    own = request.headers.get("Sec-Fetch-Site") == "same-origin"
    title = "This page is from before your last sign-in"
    return _page(request, title, typed(request) if own else [])


def _page(
    request: HttpRequest, title: str, words: list[tuple[str, str, str]]
) -> HttpResponse:
    context = {
        **admin.site.each_context(request),
        "is_nav_sidebar_enabled": False,
        "title": title,
        "words": words,
    }
    response = TemplateResponse(request, "admin/kept.html", context, status=403)
    add_never_cache_headers(response)
    return response.render()
