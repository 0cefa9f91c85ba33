"""Files: streamed to whoever may have them; to others they never existed."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from django.db.models import FETCH_RAISE
from django.db.models.functions import Now
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    StreamingHttpResponse,
)
from django.utils.http import content_disposition_header, parse_etags
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from statements.models import MediaAsset

from .answers import until_the_minute

log = logging.getLogger(__name__)

#: Types that a browser shows without running anything; all others are downloads.
INLINE = re.compile(
    r"image/(?:avif|gif|jpeg|png|webp)"
    r"|audio/(?:aac|flac|mp4|mpeg|ogg|wav|webm|x-m4a|x-wav)"
    r"|video/(?:mp4|ogg|webm)"
    r"|application/pdf"
)
_TYPE = re.compile(r"[a-z]+/[a-z0-9][a-z0-9.+-]*")
_RANGE = re.compile(r"bytes=([0-9]{0,18})-([0-9]{0,18})")
_BLOCK = 64 * 1024


@csrf_exempt  # as in answers.page
@require_safe
def media(request: HttpRequest, key: str, name: str) -> HttpResponseBase:
    """A file of a live edition, or of a desk for its members.

    The session is not read while the file is public, so that such answers can be
    kept by caches.
    """
    rows = MediaAsset.objects.filter(key=key, name=name).annotate(as_of=Now())
    asset = rows.public().fetch_mode(FETCH_RAISE).first()
    public = asset is not None
    if asset is None:
        asset = _for_staff(request, rows)
    if asset is None:
        raise Http404
    try:
        file: BinaryIO = asset.file.storage.open(asset.file.name, "rb")
        size = asset.file.storage.size(asset.file.name)
    except OSError as problem:
        log.error("The file of media %s is missing: %s", asset.pk, problem)
        raise Http404 from problem
    response = _streamed(request, file, size, f'"{asset.sha256}"')
    response["Cache-Control"] = (
        until_the_minute(asset.as_of) if public else "private, no-store"
    )
    response["Accept-Ranges"] = "bytes"
    response["Content-Disposition"] = content_disposition_header(
        not INLINE.fullmatch(asset.content_type), asset.name
    )
    if response.status_code in (200, 206):
        response["Content-Type"] = (
            asset.content_type
            if _TYPE.fullmatch(asset.content_type)
            else "application/octet-stream"
        )
    # Whatever a file contains, it runs nothing and reads nothing of the site.
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
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
    return None


def _streamed(
    request: HttpRequest, file: BinaryIO, size: int, etag: str
) -> HttpResponseBase:
    """The whole file, the part asked for, or the news that it has not changed."""
    known = parse_etags(request.headers.get("If-None-Match", ""))
    response: HttpResponseBase
    if known == ["*"] or etag in (tag.removeprefix("W/") for tag in known):
        file.close()
        response = HttpResponse(status=304)
        response["ETag"] = etag
        return response
    part = _part(request, size, etag)
    if part is None:
        start, end, status = 0, size, 200
    else:
        start, end, status = *part, 206
    if start >= end and part is not None:
        file.close()
        response = HttpResponse(status=416)
        response["Content-Range"] = f"bytes */{size}"
        return response
    if request.method == "HEAD":
        file.close()
        response = HttpResponse(status=status)
    else:
        response = StreamingHttpResponse(_blocks(file, start, end), status=status)
    response["Content-Length"] = str(end - start)
    response["ETag"] = etag
    if status == 206:
        response["Content-Range"] = f"bytes {start}-{end - 1}/{size}"
    return response


def _part(request: HttpRequest, size: int, etag: str) -> tuple[int, int] | None:
    """The range asked for, as start and end; empty if it lies outside the file.

    None for the whole: nothing asked, several ranges at once, nonsense, or a part of
    another version (RFC 9110, 14.2 and 13.1.5).
    """
    match = _RANGE.fullmatch(request.headers.get("Range", ""))
    if match is None or request.headers.get("If-Range", etag) != etag:
        return None
    first, last = match.groups()
    if first:
        start, end = int(first), min(int(last) + 1 if last else size, size)
        if last and int(last) < start:
            return None
    elif last:
        start, end = max(size - int(last), 0), size if int(last) else 0
    else:
        return None
    return (start, end) if start < end else (0, 0)


def _blocks(file: BinaryIO, start: int, end: int) -> Iterator[bytes]:
    with file:
        file.seek(start)
        left = end - start
        while left > 0 and (block := file.read(min(_BLOCK, left))):
            left -= len(block)
            yield block
