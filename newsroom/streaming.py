"""Files in blocks: the whole, the part asked for, or the news of no change."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    StreamingHttpResponse,
)
from django.utils.http import content_disposition_header, parse_etags

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


def answered(
    request: HttpRequest, asset: Any, width: int | None = None
) -> HttpResponseBase:
    """A stored file as an answer, with all its headers but how long it may be kept.

    ``asset``: file, name, content_type, sha256. With a ``width``, the smaller copy of a
    picture, or the whole of it if that was not made. Raises Http404 if its file is
    missing.
    """
    storage, etag = asset.file.storage, asset.sha256
    path = asset.file.name
    if width and storage.exists(asset.rendition(width)):
        path, etag = asset.rendition(width), f"{etag}.{width}"
    try:
        file: BinaryIO = storage.open(path, "rb")
        size = storage.size(path)
    except OSError as problem:
        log.error("The file of media %s is missing: %s", asset.pk, problem)
        raise Http404 from problem
    response = _streamed(request, file, size, f'"{etag}"')
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
    # Whatever a file contains, it runs nothing and reads nothing of the site. Sound and
    # film opened by themselves, at a time in them, are read by the browser's player:
    # as the site, or it would have no right to; still without scripts.
    plays = asset.content_type.startswith(("audio/", "video/"))
    response["Content-Security-Policy"] = (
        "default-src 'none'; media-src 'self'; sandbox allow-same-origin"
        if plays
        else "default-src 'none'; sandbox"
    )
    response["X-Content-Type-Options"] = "nosniff"
    return response


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
