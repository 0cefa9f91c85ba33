"""The mark and the accent of this site, where a deployment has its own."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse

from .answers import page

#: Their addresses bear a version, which changes with them.
_A_DAY = "public, max-age=86400"


@page
def mark(request: HttpRequest) -> HttpResponse:
    """The picture beside the name, as SITE_MARK names it."""
    if settings.SITE_MARK is None:
        raise Http404
    return HttpResponse(
        settings.SITE_MARK.content,
        content_type=settings.SITE_MARK.content_type,
        headers={"Cache-Control": _A_DAY},
    )


@page
def accent(request: HttpRequest) -> HttpResponse:
    """A style sheet of one token, as SITE_ACCENT says it."""
    if settings.SITE_ACCENT is None:
        raise Http404
    return HttpResponse(
        settings.SITE_ACCENT.css(),
        content_type="text/css; charset=utf-8",
        headers={"Cache-Control": _A_DAY},
    )
