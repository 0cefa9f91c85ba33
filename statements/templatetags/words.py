"""Pieces of a text, cut where words begin and end."""

from __future__ import annotations

from django import template

from statements.markup import transcripts

register = template.Library()


@register.filter
def from_a_word(piece: str) -> str:
    """The end of a text without the word that it begins in: ``nments, Mr`` → ``Mr``.

    A piece without a blank stays whole, as in Chinese.
    """
    return piece.partition(" ")[2] or piece


@register.filter
def to_a_word(piece: str) -> str:
    """The beginning of a text without the word that it ends in."""
    return piece.rpartition(" ")[0] or piece


@register.filter
def turns(transcript: str) -> list[transcripts.Turn]:
    """A transcript turn by turn, each with its time where it has one."""
    return transcripts.turns(transcript)


@register.filter
def is_captions(transcript: str) -> bool:
    """Whether a player can show it over the film."""
    return transcripts.is_captions(transcript)


@register.filter
def without_scheme(address: str) -> str:
    """An address as people read it: ``mailto:a@b.example`` → ``a@b.example``."""
    return address.partition(":")[2].removeprefix("//").rstrip("/")
