"""The mark and the accent of this site, where a deployment has its own.

They read nothing of the database, so they are no pages that live with it: caches may
have them for a day, and their addresses bear a version, which changes with them.
"""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from newsroom.look import version


@csrf_exempt
@require_safe
def mark(request: HttpRequest) -> HttpResponseBase:
    """The picture beside the name, as SITE_MARK names it."""
    if settings.SITE_MARK is None:
        raise Http404
    return _answered(
        request, settings.SITE_MARK.content, settings.SITE_MARK.content_type
    )


@csrf_exempt
@require_safe
def accent(request: HttpRequest) -> HttpResponseBase:
    """A style sheet of one token, as SITE_ACCENT says it."""
    if settings.SITE_ACCENT is None:
        raise Http404
    css = settings.SITE_ACCENT.css().encode()
    return _answered(request, css, "text/css; charset=utf-8")


def _answered(
    request: HttpRequest, content: bytes, content_type: str
) -> HttpResponseBase:
    etag = f'"{version(content)}"'
    response = HttpResponse(
        content,
        content_type=content_type,
        headers={"Cache-Control": "public, max-age=86400", "ETag": etag},
    )
    return get_conditional_response(request, etag=etag, response=response)
