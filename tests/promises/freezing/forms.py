"""Forged forms: every action of every page of a statement, whatever its page draws."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from typing import Any

from django.contrib import admin
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from statements.admin.articles import PAGES
from statements.models import Edition, Kind, User

from .seen import OF_EDITION
from .tries import Trial, rows
from .world import World, in_an_hour

MP3 = b"ID3\x04\x00\x00\x00\x00\x00\x00 otherwise"


def pages() -> Iterator[tuple[str, str]]:
    """Each page of a statement, with each action that its class knows."""
    for step, page in PAGES.items():
        for action in page.actions:
            yield step, action


def filled(world: World, edition: Edition, action: str) -> dict[str, Any]:
    """What all forms of all pages could hold, with other words in each field."""
    quote = edition.quotes.order_by("start")[0].permalink_id
    asset = world.loose if action == "attach" else edition.media.get().asset
    speaker = {
        "who": "other",
        "name": world.rival.name,
        "title": "Chair",
        "said_on": "2026-03-01",
    }
    return {
        "action": action,
        "lock_version": Edition.objects.values_list("lock_version", flat=True).get(
            pk=edition.pk
        ),
        "title": "Otherwise",
        "summary": "Otherwise.",
        "byline": "Somebody else",
        "body": f"{edition.body}<p>Otherwise.</p>",
        "dated": "2026-03-03",
        "kind": Kind.objects.exclude(pk=edition.article.kind_id).order_by("pk")[0].pk,
        "issuer": "",
        "language": "fr",
        "desk": edition.article.desk_id or "",
        "topics": "",
        "slug": "otherwise",
        "change": "minor",
        "change_note": "Otherwise.",
        "quote": quote,
        "citation": edition.citations.order_by("start")[0].pk,
        **{f"{quote}-{name}": value for name, value in speaker.items()},
        **{f"manual-{name}": value for name, value in speaker.items()},
        "manual-words": "The ministry",
        "cite-words": "Spokesperson",
        "cite-reference": "S/RES/2222 (2015)",
        "rule": "alt",
        "why": "Otherwise.",
        "remark": "Otherwise.",
        "at": f"{in_an_hour():%Y-%m-%dT%H:%M}",
        "unreviewed_reason": "Otherwise.",
        "reason": "error",
        "note": "Otherwise.",
        "number": edition.number,
        "name": "Otherwise",
        "asset": asset.key,
        "role": "attachment",
        "alt": "Otherwise",
        "caption": "Otherwise",
        "transcript": "Otherwise",
        "file": SimpleUploadedFile(asset.name, MP3, "audio/mpeg"),
    }


def signed_in(user: User) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(user)
    return client


def send(trial: Trial, who: str, user: User, states: list[str]) -> None:
    """Every action of every page, to editions that are out and to drafts."""
    world, client = trial.world, signed_in(user)

    def sending(edition: Edition, step: str, action: str) -> Callable[[], Any]:
        url = reverse(
            "admin:statements_article_step",
            args=[edition.article_id, edition.number, step],
        )
        return lambda: client.post(url, filled(world, edition, action))

    for (step, action), state in itertools.product(pages(), states):
        counts = trial.takes(
            (who, step, action),
            # What is reviewed is the draft that was submitted.
            sending(world.drafts[2 if step == "review" else 0], step, action),
        )
        trial.done(
            f"{action} of the page {step} for {state}, by {who}",
            "forged form",
            step,
            sending(world.frozen[state], step, action),
            counts,
        )


def send_to_records(trial: Trial, who: str, user: User, states: list[str]) -> None:
    """The admin's own pages of the same rows: to change one, delete it, act on it."""
    world, client = trial.world, signed_in(user)
    for model in admin.site._registry:
        table = model._meta.db_table
        if table not in OF_EDITION:
            continue
        forged = {
            field.name: "1" if field.is_relation else "Otherwise"
            for field in model._meta.concrete_fields
        }
        place = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        for state in states:
            key = next(iter(rows(world.frozen[state], table)), None)
            if key is None:
                continue
            for what, url, data in (
                ("change", reverse(f"{place}_change", args=[key]), forged),
                ("delete", reverse(f"{place}_delete", args=[key]), {"post": "yes"}),
                ("add", reverse(f"{place}_add"), forged),
                *(
                    (
                        action,
                        reverse(f"{place}_changelist"),
                        {"action": action, "_selected_action": [key], "post": "yes"},
                    )
                    for action in ("delete_selected", "show", "hide", "merge")
                ),
            ):
                trial.done(
                    f"{what} of {table} for {state}, by {who}",
                    "forged form",
                    table,
                    lambda url=url, data=data: client.post(url, data),
                    False,
                )
