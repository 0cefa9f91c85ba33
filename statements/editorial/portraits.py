"""Portraits: a person's picture, never without its credit and its text alternative."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.files.base import File

from statements.models import MediaAsset, Portrait, Spokesperson, User, acting

from . import media, renditions, verbs

_MAY_NOT = "You may not change spokespersons."


def take(file: File) -> media.Taken:
    """Look through a picture. Raises verbs.Unusable, of whatever is none as well."""
    content_type = media.seen(file)
    if file.size and (
        content_type not in media.KINDS
        or media.KINDS[content_type][0] != MediaAsset.Type.IMAGE
    ):
        raise verbs.Unusable(
            f"The file {media.name_of(file)} is no picture that can be shown. Choose a "
            "JPEG, PNG or WebP."
        )
    return media.take(file)


@dataclass(frozen=True)
class Missing:
    """Sentences about the words that a portrait lacks, by the field of each."""

    alt: str = ""
    credit: str = ""

    def __bool__(self) -> bool:
        return bool(self.alt or self.credit)


def missing(alt: str, credit: str) -> Missing:
    """What is to be written before the portrait may be shown."""
    return Missing(
        ""
        if alt.strip()
        else "Say what the picture shows, for readers who cannot see it.",
        "" if credit.strip() else "Say who made the picture, or whose it is.",
    )


def show(
    person: Spokesperson,
    *,
    by: User,
    alt: str,
    credit: str,
    picture: media.Taken | None = None,
) -> Portrait:
    """Give a person a portrait, or the one that is there another picture or words.

    A picture that was replaced stays in the library, and no longer shows. Raises
    verbs.Unusable.
    """
    verbs.demand(by, "change_spokesperson", _MAY_NOT)
    portrait = Portrait.objects.filter(person=person).first()
    lacks = missing(alt, credit)
    if lacks:
        raise verbs.Unusable(lacks.alt or lacks.credit)
    if picture is None and portrait is None:
        raise verbs.Unusable("Choose a picture.")
    alt, credit = alt.strip(), credit.strip()
    if portrait is None:
        portrait = Portrait(person=person)
    elif picture is None and (portrait.alt, portrait.credit) == (alt, credit):
        return portrait
    portrait.alt, portrait.credit = alt, credit
    stored = media.store(picture, by=by, credit=credit) if picture else None
    if stored is not None:
        portrait.asset = stored
    try:
        with acting(by):
            portrait.save()
    except BaseException:
        if stored is not None:
            renditions.forget(stored)
            stored.file.delete(save=False)
        raise
    return portrait


def remove(person: Spokesperson, *, by: User) -> bool:
    """Take a person's portrait away; whether there was one. Its file is not shown."""
    verbs.demand(by, "change_spokesperson", _MAY_NOT)
    with acting(by):
        found, _ = Portrait.objects.filter(person=person).delete()
    return bool(found)


def merge(duplicate: Spokesperson, into: Spokesperson) -> None:
    """Of two records of one person the one that stays keeps its portrait.

    If it has none it takes the other's. Its caller is the merge, and has asked.
    """
    if not Portrait.objects.filter(person=into).exists():
        Portrait.objects.filter(person=duplicate).update(person=into)
