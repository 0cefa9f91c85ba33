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
from django.utils import timezone, translation
from django.utils.translation import gettext, gettext_noop
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from newsroom import framing
from newsroom.streaming import answered
from statements.editorial import drawing, inviting, verbs
from statements.models import Article, EditionMedia, PreviewLink

type View = Callable[..., HttpResponseBase]

#: What may stand against an answer, as the verb says it: the desk speaks English, and
#: an official the language of the site.
REFUSALS = (
    gettext_noop("Choose whether you approve or object."),
    gettext_noop("The remark is too long. Shorten it to 5,000 characters."),
    gettext_noop("Say what you object to, so that it can be changed."),
    gettext_noop("This link does not ask for an answer any more."),
    gettext_noop(
        "The text was changed while you read it. It stands below as it is now: "
        "read it again, and answer then."
    ),
    gettext_noop("The remark holds a character that none can read."),
)


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


# The address is the key, and no cookie says who answers: a form of another site could
# forge nothing without it. A browser that sends no referrer names no origin either.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@guest_page
def preview(request: HttpRequest, link: PreviewLink, token: str) -> HttpResponse:
    """The edition as readers would see it, and where it is asked for, the answer.

    Once it went out the link leads to what readers have; nothing is left to be read
    here, least of all what was withdrawn.
    """
    if inviting.ended_by_readers(link, timezone.now()):
        return _went_out(request, link)
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
            problem = gettext(str(why))
        else:
            messages.success(
                request, gettext("Thank you: your answer is with the desk.")
            )
            return HttpResponseRedirect(PreviewLink.address(token))
    edition = link.edition
    shown = framing.switch(request)
    if request.method == "GET" and shown["screen"] != "frame":
        inviting.note_opened(link)
    digest = inviting.current_digest(edition.pk)
    last = link.answers.first()
    context = {
        "link": link,
        "edition": edition,
        "answer": last,
        "void": last is not None and last.digest != digest,
        **shown,
    }
    if shown["screen"] == "phone" and request.method != "POST":
        return framing.holding(request, "guests/preview_phone.html", context)
    context |= drawing.previewed(edition, timezone.now())
    for use in context["media"]:
        use.asset.shown_at = reverse(
            "preview_media", args=[token, use.asset.key, use.asset.name]
        )
    if shown["screen"] == "frame" and request.method != "POST":
        with translation.override(context["speaks"]):
            return framing.framed(request, "statements/in_frame.html", context)
    return render(
        request,
        "guests/preview.html",
        context
        | {
            "digest": digest,
            "problem": problem,
            "remark": remark,
            "chosen": chosen,
        },
        status=409 if problem else 200,
    )


def _went_out(request: HttpRequest, link: PreviewLink) -> HttpResponse:
    article = Article.objects.published().filter(pk=link.edition.article_id).first()
    if request.method == "POST":
        # Too late, and not lost: it can still be told to who asked.
        return render(
            request,
            "guests/late.html",
            {
                "link": link,
                "article": article,
                "remark": request.POST.get("remark", ""),
            },
            status=409,
        )
    if article is not None:
        return HttpResponseRedirect(article.get_absolute_url())
    return render(request, "410.html", {"what": "statement"}, status=410)


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
    if use is None or inviting.ended_by_readers(link, timezone.now()):
        raise Http404
    return answered(request, use.asset)
