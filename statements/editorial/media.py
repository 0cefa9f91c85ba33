"""Take in a file: only known kinds, told by their first bytes, under a random name."""

from __future__ import annotations

import hashlib
import io
import re
import warnings
from dataclasses import dataclass
from typing import Any, BinaryIO

from django.core.files.base import ContentFile, File
from PIL import Image, ImageOps

from statements.models import Desk, MediaAsset, User, acting

from . import renditions, verbs

MB = 1024 * 1024
#: The most that a file of each type may have, in bytes.
LIMITS = {
    MediaAsset.Type.IMAGE: 20 * MB,
    MediaAsset.Type.DOCUMENT: 50 * MB,
    MediaAsset.Type.AUDIO: 50 * MB,
    MediaAsset.Type.VIDEO: 500 * MB,
}
#: A picture of more is a trap: it would fill the memory when opened.
PIXELS = 40_000_000

#: What a file may be: content type, our type, and how its name may end.
KINDS: dict[str, tuple[MediaAsset.Type, tuple[str, ...]]] = {
    "image/jpeg": (MediaAsset.Type.IMAGE, ("jpg", "jpeg")),
    "image/png": (MediaAsset.Type.IMAGE, ("png",)),
    "image/webp": (MediaAsset.Type.IMAGE, ("webp",)),
    "audio/mpeg": (MediaAsset.Type.AUDIO, ("mp3",)),
    "audio/mp4": (MediaAsset.Type.AUDIO, ("m4a",)),
    "audio/ogg": (MediaAsset.Type.AUDIO, ("ogg", "oga", "opus")),
    "audio/wav": (MediaAsset.Type.AUDIO, ("wav",)),
    "audio/flac": (MediaAsset.Type.AUDIO, ("flac",)),
    "video/mp4": (MediaAsset.Type.VIDEO, ("mp4", "m4v")),
    "video/webm": (MediaAsset.Type.VIDEO, ("webm",)),
    "application/pdf": (MediaAsset.Type.DOCUMENT, ("pdf",)),
}
ACCEPTED = "JPEG, PNG, WebP, MP3, M4A, Ogg, WAV, FLAC, MP4, WebM and PDF"

_FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}


def sniff(head: bytes) -> str:
    """The content type that the first 32 bytes of a file show; empty if not ours."""
    for start, found in (
        (b"\xff\xd8\xff", "image/jpeg"),
        (b"\x89PNG\r\n\x1a\n", "image/png"),
        (b"%PDF-", "application/pdf"),
        (b"OggS", "audio/ogg"),
        (b"fLaC", "audio/flac"),
        (b"ID3", "audio/mpeg"),
        (b"\x1a\x45\xdf\xa3", "video/webm"),
    ):
        if head.startswith(start):
            return found
    if head[:4] == b"RIFF":
        return {b"WEBP": "image/webp", b"WAVE": "audio/wav"}.get(head[8:12], "")
    if head[4:8] == b"ftyp":
        return "audio/mp4" if head[8:12] in (b"M4A ", b"M4B ") else "video/mp4"
    # An MPEG frame: eleven set bits, a version and a layer that exist.
    if (
        head[:1] == b"\xff"
        and len(head) > 1
        and head[1] & 0xE0 == 0xE0
        and head[1] & 0x18 != 0x08
        and head[1] & 0x06 == 0x02
    ):
        return "audio/mpeg"
    return ""


@dataclass(frozen=True)
class Taken:
    """A file that was looked through and may be stored; pictures are encoded afresh."""

    name: str
    type: MediaAsset.Type
    content_type: str
    content: File
    width: int | None = None
    height: int | None = None


def upload(
    file: File, *, by: User, desk: Desk | None = None, credit: str = ""
) -> MediaAsset:
    """Store a file in the library of a desk. Raises verbs.Unusable.

    Nothing is written unless all of it was accepted; a length of sound or film is left
    unknown.
    """
    verbs.demand(by, "add_mediaasset", "You may not upload files.")
    return store(take(file), by=by, desk=desk, credit=credit)


def take(file: File) -> Taken:
    """Look through a file. Raises verbs.Unusable.

    Pictures are decoded and encoded again, which leaves behind what cameras write into
    them (place, owner) and whatever else was hidden there.
    """
    name = name_of(file)
    size = file.size or 0
    if not size:
        raise verbs.Unusable(f"The file {name} is empty. Choose another.")
    content_type = seen(file)
    if not content_type:
        raise verbs.Unusable(
            f"The file {name} is none that can be shown. Choose one of these: "
            f"{ACCEPTED}."
        )
    kind, endings = KINDS[content_type]
    if name.rpartition(".")[2].lower() not in endings:
        raise verbs.Unusable(
            f"The file {name} is in truth of the type {content_type}. Let its name end "
            f"in .{endings[0]}."
        )
    if size > LIMITS[kind]:
        raise verbs.Unusable(
            f"The file {name} has {size // MB} MB; {LIMITS[kind] // MB} MB are the "
            f"most for {MediaAsset.Type(kind).label.lower()}. Make it smaller."
        )
    # The door keeps no more of all files of a form than of the largest kind.
    if file.seek(0, io.SEEK_END) < size:
        raise verbs.Unusable(
            f"The file {name} is larger than can be taken at once. Send it alone, or "
            "make it smaller."
        )
    if kind != MediaAsset.Type.IMAGE:
        return Taken(name, kind, content_type, file)
    data, width, height = _picture(file, name, _FORMATS[content_type])
    return Taken(name, kind, content_type, ContentFile(data), width, height)


def store(
    taken: Taken, *, by: User, desk: Desk | None = None, credit: str = ""
) -> MediaAsset:
    """Write a file and its row; whoever calls has asked whether ``by`` may."""
    content = taken.content
    asset = MediaAsset(
        name=taken.name,
        type=taken.type,
        content_type=taken.content_type,
        size=content.size,
        sha256=_digest(content),
        width=taken.width,
        height=taken.height,
        credit=credit.strip()[:200],
        desk=desk,
        uploaded_by=by,
    )
    content.seek(0)
    asset.file.save(taken.name, content, save=False)
    try:
        with acting(by):
            asset.save()
    except BaseException:
        asset.file.delete(save=False)
        raise
    renditions.make(asset)
    return asset


def seen(file: File) -> str:
    """The content type that a file's first bytes show; empty if not ours."""
    file.seek(0)
    return sniff(file.read(32))


def name_of(file: File) -> str:
    """What a file is called here."""
    return _name(file.name or "")


def describe(
    asset: MediaAsset, *, by: User, credit: str, desk: Desk | None
) -> MediaAsset:
    """Change a file's credit or desk; its content never changes."""
    verbs.demand(by, "change_mediaasset", "You may not change files.")
    with acting(by):
        asset.credit, asset.desk = credit.strip()[:200], desk
        asset.save(update_fields=["credit", "desk"])
    return asset


def _name(given: str) -> str:
    """A name fit for an address and a heading: letters, digits, dots, dashes."""
    plain = given.replace("\\", "/").rpartition("/")[2]
    plain = re.sub(r"[^\w.-]+", "-", plain).strip("-._")
    stem, dot, ending = plain.rpartition(".")
    return f"{stem[:120]}{dot}{ending[:12]}" if dot else plain[:120] or "file"


def _digest(file: File) -> str:
    digest = hashlib.sha256()
    file.seek(0)
    for chunk in file.chunks():
        digest.update(chunk)
    return digest.hexdigest()


def _picture(file: File, name: str, encoding: str) -> tuple[bytes, int, int]:
    """A picture encoded afresh, with its width and height in pixels."""
    stream: Any = file.file
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            _verify(stream, encoding)
            stream.seek(0)
            with Image.open(stream, formats=[encoding]) as opened:
                if opened.width * opened.height > PIXELS:
                    raise verbs.Unusable(
                        f"The picture {name} has {opened.width} × {opened.height} "
                        f"pixels. {PIXELS // 1_000_000} million are the most."
                    )
                picture = ImageOps.exif_transpose(opened)
                if encoding == "JPEG" and picture.mode not in ("RGB", "L"):
                    picture = picture.convert("RGB")
                picture.info.clear()
                out = io.BytesIO()
                picture.save(out, encoding, quality=90)
                return out.getvalue(), picture.width, picture.height
    except verbs.Unusable:
        raise
    except (
        OSError,
        ValueError,
        SyntaxError,
        Image.DecompressionBombError,
        Image.DecompressionBombWarning,
    ) as problem:
        raise verbs.Unusable(
            f"The picture {name} cannot be read; it may be damaged. Export it again."
        ) from problem


def _verify(stream: BinaryIO, encoding: str) -> None:
    stream.seek(0)
    with Image.open(stream, formats=[encoding]) as picture:
        picture.verify()
