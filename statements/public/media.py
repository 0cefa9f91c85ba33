"""Files: streamed to whoever may have them; to others they never existed.

Those of a withdrawn statement answer as its page does: gone, and why.
"""

from __future__ import annotations

from typing import Any

from django.db.models import FETCH_RAISE
from django.db.models.functions import Now
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from newsroom.streaming import answered
from statements.markup import transcripts
from statements.models import Article, Edition, EditionMedia, MediaAsset, Portrait

from . import former
from .answers import until_the_minute


@csrf_exempt  # as in answers.page
@require_safe
def media(request: HttpRequest, key: str, name: str) -> HttpResponseBase:
    """A file of a live edition, a portrait; or one of a desk, for its members.

    The session is not read while the file is public, so that such answers can be
    kept by caches.
    """
    rows = MediaAsset.objects.filter(key=key, name=name).annotate(as_of=Now())
    asset = rows.public().fetch_mode(FETCH_RAISE).first()
    public = asset is not None
    if asset is None:
        asset = _for_staff(request, rows)
    if asset is None:
        return _gone(request, key)
    if "captions" in request.GET:
        return _captions(asset, request.GET["captions"])
    response = answered(request, asset, _width(request, asset))
    response["Cache-Control"] = (
        until_the_minute(asset.as_of) if public else "private, no-store"
    )
    return response


def _captions(asset: MediaAsset, edition: str) -> HttpResponse:
    """The transcript of a file in a live edition, where a player can show it."""
    use = (
        EditionMedia.objects.filter(
            asset=asset.pk,
            edition=int(edition) if edition.isdecimal() and len(edition) < 10 else 0,
            edition__live__contains=Now(),
        )
        .only("transcript")
        .first()
    )
    if use is None or not transcripts.is_captions(use.transcript):
        raise Http404
    response = HttpResponse(use.transcript, content_type="text/vtt; charset=utf-8")
    response["Cache-Control"] = until_the_minute()
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def _width(request: HttpRequest, asset: MediaAsset) -> int | None:
    """Which smaller copy of a picture is asked for, if there is such a one."""
    asked = request.GET.get("w", "")
    return next((width for width in asset.widths if str(width) == asked), None)


def _gone(request: HttpRequest, key: str) -> HttpResponse:
    """Why the file is no more; raises Http404 unless a withdrawn statement had it.

    Asked for by the key alone: the name may hold words of the statement.
    """
    article = (
        Edition.objects.filter(media__asset__key=key, withdrawn_at__lte=Now())
        .exclude(article__in=Article.objects.published().values("pk"))
        .order_by("-withdrawn_at", "-pk")
        .values_list("article", flat=True)
        .first()
    )
    gone = former.article_withdrawn(article=article) if article else None
    if gone is None:
        raise Http404
    response = render(request, "410.html", gone.context, status=410)
    response["Cache-Control"] = until_the_minute()
    return response


def _for_staff(request: HttpRequest, rows: Any) -> MediaAsset | None:
    """The file, if the person signed in may see it before the public does."""
    # The readers' process knows nobody.
    user: Any = getattr(request, "user", None)
    if user is None or not (user.is_authenticated and user.is_active and user.is_staff):
        return None
    if not user.has_perm("statements.view_mediaasset"):
        return None
    asset = rows.first()
    if asset is None:
        return None
    if (
        asset.uploaded_by_id == user.pk
        or user.has_perm("statements.see_every_desk")
        or (asset.desk_id and user.desks.filter(pk=asset.desk_id).exists())
    ):
        return asset
    # Records of people are no desk's, and their portraits go with them.
    if (
        user.has_perm("statements.view_spokesperson")
        and Portrait.objects.filter(asset=asset).exists()
    ):
        return asset
    return None
