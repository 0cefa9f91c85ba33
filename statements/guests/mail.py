"""End mails of some kinds by the link that stands in them, without signing in."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from statements.editorial import notices


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """A page with one button, and what it does: nothing is ended by looking at it.

    Programs of mail send the same POST by themselves (RFC 8058), without a cookie or a
    page of ours before it; so the token alone is asked for. Sent again, it changes
    nothing. It tells neither whose mails they are nor where they go.
    """
    found = notices.read(token)
    if found is None:
        raise Http404
    user, kinds = found
    done = request.method == "POST"
    if done:
        notices.stop(user, kinds)
    response = render(
        request,
        "guests/unsubscribe.html",
        {
            "kinds": [kind.label for kind in kinds],
            "choose": reverse("admin:notices"),
            "done": done,
        },
    )
    response["Cache-Control"] = "private, no-store"
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return response
