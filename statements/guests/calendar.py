"""The calendar of whoever holds its private address, for the program that asks."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from statements.editorial import calendars


@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """What goes out, as the owner of the address may see it at this moment.

    An address that was made anew, was revoked or belongs to somebody who may not read
    drafts any more answers as a page that is not there.
    """
    user = calendars.reader_of(token)
    if user is None:
        raise Http404
    return HttpResponse(
        calendars.feed(user),
        content_type="text/calendar; charset=utf-8",
        headers={
            "Cache-Control": "private, no-store",
            "Content-Disposition": 'inline; filename="calendar.ics"',
            "Referrer-Policy": "no-referrer",
            "X-Robots-Tag": "noindex, nofollow, noarchive",
        },
    )
