"""One edition for whoever holds its link, and the answer of an official.

The address is the key, so it is told to nobody: no referrer, no cache, no robot. A
link that has ended, was revoked or never was answers as a page that is not there.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
)
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from newsroom.streaming import answered
from statements.editorial import drawing, inviting, verbs
from statements.models import EditionMedia, PreviewLink

type View = Callable[..., HttpResponseBase]


def guest_page(view: View) -> View:
    """Make a view a page of one link: ``view(request, link, token, …)``."""

    @wraps(view)
    def answer(
        request: HttpRequest, token: str, *args: object, **kwargs: object
    ) -> HttpResponseBase:
        link = inviting.find(token)
        if link is None:
            raise Http404
        response = view(request, link, token, *args, **kwargs)
        response["Cache-Control"] = "private, no-store"
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
        return response

    return answer


@require_http_methods(["GET", "HEAD", "POST"])
@guest_page
def preview(request: HttpRequest, link: PreviewLink, token: str) -> HttpResponse:
    """The edition as readers would see it, and where it is asked for, the answer."""
    problem, remark, chosen = "", "", ""
    if request.method == "POST":
        remark = request.POST.get("remark", "")
        chosen = request.POST.get("answer", "")
        try:
            if "\0" in remark:
                raise verbs.Unusable("The remark holds a character that none can read.")
            inviting.answer(
                link,
                answer=chosen,
                remark=remark,
                digest=request.POST.get("digest", ""),
            )
        except verbs.Unusable as why:
            problem = str(why)
        else:
            messages.success(request, "Thank you: your answer is with the desk.")
            return HttpResponseRedirect(PreviewLink.address(token))
    elif request.method == "GET":
        inviting.note_opened(link)
    edition, article = link.edition, link.edition.article
    digest = inviting.current_digest(edition.pk)
    last = link.answers.first()
    media = list(edition.media.select_related("asset").order_by("position"))
    for use in media:
        use.asset.shown_at = reverse(
            "preview_media", args=[token, use.asset.key, use.asset.name]
        )
    return render(
        request,
        "guests/preview.html",
        {
            "link": link,
            "article": article,
            "edition": edition,
            "body": drawing.drawn(edition),
            "tags": list(article.tags.order_by("name")),
            "media": media,
            "minutes": max(1, round(len(edition.text.split()) / 220)),
            "digest": digest,
            "answer": last,
            "void": last is not None and last.digest != digest,
            "problem": problem,
            "remark": remark,
            "chosen": chosen,
        },
        status=409 if problem else 200,
    )


@require_safe
@guest_page
def media(
    request: HttpRequest, link: PreviewLink, token: str, key: str, name: str
) -> HttpResponseBase:
    """A file of the edition that the link leads to, and of no other."""
    use = (
        EditionMedia.objects.filter(
            edition=link.edition_id, asset__key=key, asset__name=name
        )
        .select_related("asset")
        .first()
    )
    if use is None:
        raise Http404
    return answered(request, use.asset)
