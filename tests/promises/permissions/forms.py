"""What is typed into the admin's stock forms, valid for whoever may send them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from statements.models import ResolutionBody, User

from ..hostile.desk import PICTURE
from .world import PASSWORD, World

NEW_PASSWORD = "another sea with seven ferries"

#: By noun: the form of a new row (``row`` is None), or of a row with something changed.
FORMS: dict[str, Callable[[World, Any], dict[str, Any]]] = {
    "kind": lambda world, row: {
        "name": "Reading of the bill",
        "slug": "reading-of-the-bill",
        "schema_type": "NewsArticle",
        "disclaimer": "",
    },
    "desk": lambda world, row: {"name": "Lighthouse"},
    "tag": lambda world, row: {"name": "Cormorants", "slug": "cormorants"},
    "organization": lambda world, row: {"name": "Lighthouse Board", "slug": ""},
    "post": lambda world, row: {
        "label": "Lighthouse keeper",
        "organization": world.ministry.pk,
        "slug": "",
    },
    "spokesperson": lambda world, row: (
        {"name": "Zack Quay", "slug": ""} | (portrait() if row is not None else {})
    ),
    "appointment": lambda world, row: {
        "person": world.person.pk,
        "post": world.spares["post"].pk,
        "starts_on": "2025-02-01",
        "starts_precision": "day",
        "ends_on": "",
        "ends_precision": "day",
        "basis": "stated",
    },
    "source": lambda world, row: {
        "title": "Briefing of April",
        "trust": "official",
        "language": "en",
    },
    "resolutionbody": lambda world, row: {
        "name": "Lighthouse Council",
        "abbreviation": "LC",
        "slug": "lighthouse-council",
    },
    "resolution": lambda world, row: {
        "symbol": "LC/7" if row is None else row.symbol,
        "body": ResolutionBody.objects.get(slug="harbour-council").pk,
        "title": "On lamps",
        "adopted_on": "2020-01-02",
        "slug": "",
    },
    "resolutionalias": lambda world, row: {
        "name": "The lamps",
        "resolution": world.spares["resolution"].pk,
    },
    "mediaasset": lambda world, row: (
        {"credit": "Lena Marsh", "desk": row.desk_id}
        if row is not None
        else {"file": pdf(), "credit": "", "desk": world.desk.pk}
    ),
    "user": lambda world, row: (
        {
            "username": row.username,
            "first_name": "Ulf",
            "last_name": "Marsh",
            "is_active": "on",
        }
        if row is not None
        else {
            "username": "ursula",
            "usable_password": "true",
            "password1": NEW_PASSWORD,
            "password2": NEW_PASSWORD,
        }
    ),
    "group": lambda world, row: {"name": "Neighbours"},
}

#: The forms of rows that are sent as they are, for the sake of what stands beside them.
AS_IT_IS: dict[str, Callable[[Any], dict[str, Any]]] = {
    "organization": lambda row: {"name": row.name, "slug": row.slug},
    "spokesperson": lambda row: {
        "name": row.name,
        "sort_name": row.sort_name,
        "slug": row.slug,
    },
    "resolution": lambda row: {
        "symbol": row.symbol,
        "body": row.body_id,
        "adopted_on": row.adopted_on.isoformat(),
        "slug": row.slug,
    },
}

#: A row of an inline, by its noun.
INNER: dict[str, Callable[[World], dict[str, Any]]] = {
    "othername": lambda world: {
        "name": "The other one",
        "note": "",
        "starts_precision": "day",
        "ends_precision": "day",
    },
    "identifier": lambda world: {"scheme": "pier", "identifier": "7"},
    "appointment": lambda world: {
        name: value
        for name, value in FORMS["appointment"](world, None).items()
        if name != "person"
    },
    "resolutionalias": lambda world: {"name": "The lamps"},
    "resolutionrelation": lambda world: {
        "kind": "recalls",
        "other": world.stocks["own"].draft.citations.get().resolution_id,
        "pinpoint": "",
    },
}


def pdf() -> SimpleUploadedFile:
    return SimpleUploadedFile("tide.pdf", b"%PDF-1.7 tides", "application/pdf")


def portrait() -> dict[str, Any]:
    """What gives a person a portrait: whoever may change one may, and nobody else."""
    return {
        "picture": SimpleUploadedFile("zack.png", PICTURE, "image/png"),
        "picture_alt": "Zack Quay at a quay",
        "picture_credit": "Photo: Lena Marsh",
    }


def own_password(world: World, relation: str) -> dict[str, str]:
    new = {"new_password1": NEW_PASSWORD, "new_password2": NEW_PASSWORD}
    return {"old_password": PASSWORD, **new}


def password(world: World, relation: str) -> dict[str, str]:
    return {
        "usable_password": "true",
        "password1": NEW_PASSWORD,
        "password2": NEW_PASSWORD,
        "set-password": "yes",
    }


def bare(noun: str) -> str:
    """The pattern without a name that leads on to the page of a row."""
    app = "auth" if noun == "group" else User._meta.app_label
    return f"{reverse(f'admin:{app}_{noun}_changelist')}<path:object_id>/"
