"""Smaller copies of a picture, made once, for screens that need no more."""

from __future__ import annotations

import io
import logging

from django.core.files.base import ContentFile
from PIL import Image

from statements.models import MediaAsset

log = logging.getLogger(__name__)

_FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}


def make(asset: MediaAsset) -> int:
    """Make those of a stored picture that are missing; how many were made.

    Of a picture whose file cannot be read none is made: the whole file is sent then.
    """
    missing = [width for width in asset.widths if not _stands(asset, width)]
    if not missing or not asset.width or not asset.height:
        return 0
    encoding = _FORMATS[asset.content_type]
    try:
        with (
            asset.file.open("rb") as file,
            Image.open(file, formats=[encoding]) as opened,
        ):
            picture: Image.Image = opened
            if picture.mode == "P":
                picture = picture.convert("RGBA")
            # The widest first: each is made of the one before, in less time.
            for width in sorted(missing, reverse=True):
                height = max(1, round(asset.height * width / asset.width))
                picture = picture.resize((width, height), reducing_gap=3.0)
                out = io.BytesIO()
                picture.save(out, encoding, quality=82)
                asset.file.storage.save(
                    asset.rendition(width), ContentFile(out.getvalue())
                )
    except (OSError, ValueError) as problem:
        log.error("No smaller copies of media %s were made: %s", asset.pk, problem)
        return 0
    return len(missing)


def missing() -> list[MediaAsset]:
    """Pictures without one of their smaller copies."""
    pictures = MediaAsset.objects.filter(type=MediaAsset.Type.IMAGE, size__gt=0)
    return [
        asset
        for asset in pictures.order_by("pk")
        if any(not _stands(asset, width) for width in asset.widths)
    ]


def forget(asset: MediaAsset) -> None:
    """Delete them, with the file of which they were made."""
    for width in MediaAsset.WIDTHS:
        asset.file.storage.delete(asset.rendition(width))


def _stands(asset: MediaAsset, width: int) -> bool:
    return bool(asset.file.storage.exists(asset.rendition(width)))
