"""What every public page answers with: how long it may be kept, and by whom.

A page lives in caches until the next whole minute, for statements go out at whole
minutes; so it is never late, and its lifetime does not tell that something is due.
"""

from __future__ import annotations

import datetime as dt
import functools
import hashlib
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponsePermanentRedirect,
)
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.cache import get_conditional_response
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from statements.models.languages import spoken

from . import kept

View = Callable[..., HttpResponseBase]


class Gone(Http404):
    """It was public and is no more; says what readers may know, never the words.

    ``what`` is "statement", "quote" or "page".
    """

    def __init__(
        self,
        what: str,
        *,
        when: dt.datetime | None = None,
        reason: str = "",
        note: str = "",
        url: str = "",
    ):
        self.context = {
            "what": what,
            "when": when,
            "reason": reason,
            "note": note,
            "url": url,
        }
        super().__init__()


class Moved(Exception):
    """It is public at another address."""

    def __init__(self, to: str):
        self.to = to
        super().__init__(to)


def page(view: View) -> View:
    """Make a view of a page: it only reads, and answers with the headers of a page."""

    # Nothing is written here, so nothing is read of what is sent: without the exemption
    # the whole of it would be taken in, to look for a token, before it is refused.
    @csrf_exempt
    @require_safe
    @functools.wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        # The address and the settings decide the language, never who asks: one page
        # for all, that caches may keep. Whatever ``speak`` does ends here too.
        with translation.override(settings.SITE_LANGUAGE):
            return _answered(functools.partial(view, request, *args, **kwargs), request)

    return answer


def _answered(draw: Callable[[], HttpResponseBase], request: HttpRequest) -> Any:
    at = kept.moment(request)
    drawn = kept.pages.get(at.key) if at else None
    if at and drawn:
        response: HttpResponseBase = drawn.answer()
        response["Cache-Control"] = _until(at.second)
        return _or_unchanged(request, response)
    try:
        response = draw()
    except Moved as moved:
        response = HttpResponsePermanentRedirect(moved.to)
    except Gone as gone:
        response = render(request, "410.html", gone.context, status=410)
    if "Cache-Control" not in response:
        response["Cache-Control"] = until_the_minute()
    if response.status_code == 200 and isinstance(response, HttpResponse):
        # Of the page itself: it cannot say more than the page does.
        etag = response.headers.get("ETag")
        if etag is None:
            etag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
            response["ETag"] = etag
        if at and not hasattr(response, "of_another_moment"):
            kept.keep(at, response)
        return _or_unchanged(request, response)
    return response


def speak(language: str) -> None:
    """Speak, to the end of this page, the language of the text that it is about."""
    translation.activate(spoken(language))


def _or_unchanged(request: HttpRequest, response: HttpResponse) -> HttpResponseBase:
    """The page, or that the asker has it; with its policy, which browsers take over."""
    found = get_conditional_response(request, etag=response["ETag"], response=response)
    if found is not response:
        for name in kept.TOLD:
            if hasattr(response, name):
                setattr(found, name, getattr(response, name))
    return found


def until_the_minute(at: dt.datetime | None = None) -> str:
    """Cache-Control for a public page that was read at a moment (default: now)."""
    return _until((at or timezone.now()).second)


def _until(second: int) -> str:
    return f"public, max-age=0, s-maxage={59 - second}"


def draw(
    request: HttpRequest,
    template: str,
    context: dict[str, Any],
    *,
    at: dt.datetime | None = None,
) -> HttpResponse:
    """Draw a page that was read at a moment of the database's clock."""
    response = render(request, template, context)
    response["Cache-Control"] = until_the_minute(at)
    return response
