"""What a saved search finds, for whoever holds its private address or a mail of it."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from statements.editorial import searching
from statements.exchange.xml import plain
from statements.models import Quote
from statements.search import news

SIZE = 30
#: To whoever holds the address alone: kept nowhere, found by nobody, told to nobody.
PRIVATE = {
    "Cache-Control": "private, no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
}
#: An empty feed never changed.
_NEVER = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


class _Feed(Atom1Feed):
    """RFC 4287; without an entry it has a date of its own."""

    def latest_post_date(self) -> dt.datetime:
        return max((item["updateddate"] for item in self.items), default=_NEVER)


@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """The newest quotes that a search finds, as readers have them at this moment.

    An address that was made anew, was revoked, or belongs to somebody who may not read
    the search any more answers as a page that is not there.
    """
    alert = searching.reader_of(token)
    if alert is None:
        raise Http404
    search = alert.search
    made = _Feed(
        title=plain(f"{search.name} · {settings.SITE_NAME}"),
        link=settings.SITE_URL + search.get_absolute_url(),
        description="",
        language=settings.LANGUAGE_CODE,
        feed_guid=f"{settings.SITE_URL}/#search-{search.pk}",
    )
    for quote in news.newest(search.question, SIZE):
        made.add_item(**_item(quote))
    return HttpResponse(
        made.writeString("utf-8"),
        content_type="application/atom+xml; charset=utf-8",
        headers=PRIVATE,
    )


def _item(quote: Quote) -> dict[str, object]:
    url = settings.SITE_URL + quote.get_absolute_url()
    who = quote.speaker or quote.organization
    words = quote.words if len(quote.words) <= 100 else f"{quote.words[:99]}…"
    site = {"url": settings.SITE_URL}
    return {
        "title": plain(f"{who.name if who else ''}: “{words}”"),
        "link": url,
        "unique_id": url,
        "author_name": plain(who.name if who else ""),
        "pubdate": quote.edition.published_at,
        "updateddate": quote.edition.published_at,
        "description": plain(
            render_to_string("feeds/quote.html", {"quote": quote, "site": site})
        ),
    }


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """A page with one button that ends the mails of one search, and what it does.

    As for other mails: the POST of a mail program needs no page before it (RFC 8058),
    and looking at it ends nothing. It tells neither whose mails they are nor what the
    search asks.
    """
    alert = searching.read(token)
    if alert is None:
        raise Http404
    done = request.method == "POST"
    if done:
        searching.stop(alert)
    context = {
        "kinds": ["New quotes that a saved search finds"],
        "choose": reverse("staff_searches"),
        "done": done,
    }
    response = render(request, "guests/unsubscribe.html", context)
    for name, value in PRIVATE.items():
        response[name] = value
    return response
