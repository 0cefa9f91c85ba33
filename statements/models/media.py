"""Media: files under random names, and where editions and people use them."""

from __future__ import annotations

import datetime as dt
import secrets
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Now
from django.urls import reverse

from .moments import Listed, by, paired
from .quotes import Quote


def random_key() -> str:
    """128 random bits: an address that cannot be guessed from another."""
    return secrets.token_hex(16)


def stored_path(asset: MediaAsset, name: str) -> str:
    """Where a file lies below MEDIA_ROOT; nothing of its own name is in it."""
    return f"{asset.key[:2]}/{asset.key}"


class MediaAssetQuerySet(models.QuerySet["MediaAsset"]):
    def public(self, at: dt.datetime | None = None) -> Self:
        """Files listed by hand, used by a live edition, or portraits that show."""
        when = Now() if at is None else at
        used = EditionMedia.objects.filter(
            asset=OuterRef("pk"), edition__live__contains=when
        )
        shown = Portrait.objects.public(at).filter(asset=OuterRef("pk"))
        return self.filter(Q(listed_at__lte=when) | Exists(used) | Exists(shown))


class MediaAsset(Listed):
    """A file somebody uploaded: audio, video, an image, a document."""

    class Type(models.TextChoices):
        AUDIO = "audio", "Audio"
        VIDEO = "video", "Video"
        IMAGE = "image", "Image"
        DOCUMENT = "document", "Document"

    key = models.CharField(
        max_length=32, unique=True, default=random_key, editable=False
    )
    file = models.FileField(upload_to=stored_path)
    name = models.CharField("file name", max_length=200)
    type = models.CharField(max_length=8, choices=Type)
    content_type = models.CharField(max_length=100, editable=False)
    size = models.PositiveBigIntegerField(editable=False)
    sha256 = models.CharField(max_length=64, editable=False)
    width = models.PositiveIntegerField(null=True, editable=False)
    height = models.PositiveIntegerField(null=True, editable=False)
    duration = models.DurationField(null=True, blank=True)
    credit = models.CharField(max_length=200, blank=True)
    desk = models.ForeignKey(
        "Desk", models.PROTECT, related_name="media", null=True, blank=True
    )
    uploaded_at = models.DateTimeField(db_default=Now(), editable=False)
    uploaded_by = by(null=False)

    objects = MediaAssetQuerySet.as_manager()

    #: The widths of a picture's smaller copies, in pixels: a phone, the measure of the
    #: text, the same on a fine screen.
    WIDTHS = (480, 720, 1440)

    #: Where a guest gets it, whose link leads to one edition; not stored.
    shown_at = ""

    class Meta:
        db_table = "media_asset"
        ordering = ["-pk"]
        constraints = paired("media_asset", "listed")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return self.shown_at or reverse("media", args=[self.key, self.name])

    @property
    def widths(self) -> list[int]:
        """Those smaller copies that are smaller; none of what is no picture."""
        if self.type != self.Type.IMAGE or not self.width or not self.height:
            return []
        return [width for width in self.WIDTHS if width < self.width]

    @property
    def srcset(self) -> str:
        """Its addresses by width, for browsers to choose from; "" if there is one."""
        if not self.widths:
            return ""
        url = self.get_absolute_url()
        smaller = [f"{url}?w={width} {width}w" for width in self.widths]
        return ", ".join([*smaller, f"{url} {self.width}w"])

    def rendition(self, width: int) -> str:
        """Where a smaller copy lies, beside the file."""
        return f"{self.file.name}.{width}"


class EditionMedia(models.Model):
    """A file in one edition, with the words that go with it there."""

    class Role(models.TextChoices):
        MAIN = "main", "Main"
        INLINE = "inline", "In the text"
        ATTACHMENT = "attachment", "Attachment"

    edition = models.ForeignKey("Edition", models.PROTECT, related_name="media")
    asset = models.ForeignKey(MediaAsset, models.PROTECT, related_name="uses")
    role = models.CharField(max_length=10, choices=Role, default=Role.MAIN)
    position = models.PositiveIntegerField(default=0)
    alt = models.TextField("text alternative", blank=True)
    caption = models.TextField(blank=True)
    transcript = models.TextField(blank=True)

    class Meta:
        db_table = "edition_media"
        ordering = ["edition", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "asset"], name="edition_uses_a_file_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.asset} in {self.edition}"


class PortraitQuerySet(models.QuerySet["Portrait"]):
    def public(self, at: dt.datetime | None = None) -> Self:
        """Portraits of people who are public: see ``Spokesperson.objects.public``."""
        when = Now() if at is None else at
        quoted = Quote.objects.public(at).filter(speaker=OuterRef("person"))
        return self.filter(
            Q(person__listed_at__lte=when) | Exists(quoted),
            person__merged_into__isnull=True,
        )


class Portrait(models.Model):
    """The picture of a person, with the words that must stand with it.

    ``credit`` is what readers see; that of the file is the library's own.
    """

    person = models.OneToOneField(
        "Spokesperson", models.CASCADE, related_name="portrait"
    )
    asset = models.OneToOneField(MediaAsset, models.PROTECT, related_name="portrait")
    alt = models.CharField("text alternative", max_length=300)
    credit = models.CharField(max_length=200)

    objects = PortraitQuerySet.as_manager()

    class Meta:
        db_table = "portrait"
        constraints = [
            models.CheckConstraint(
                condition=Q(alt__regex=r"\S"), name="portrait_has_a_text_alternative"
            ),
            models.CheckConstraint(
                condition=Q(credit__regex=r"\S"), name="portrait_has_a_credit"
            ),
        ]

    def __str__(self) -> str:
        return f"Portrait of {self.person}"
