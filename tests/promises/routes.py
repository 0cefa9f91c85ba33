"""Every way into the program, asked of the program itself: none is listed by hand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib import admin
from django.core.management import get_commands
from django.test import RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver


@dataclass(frozen=True)
class Route:
    """A pattern of the resolver.

    ``template``: the address with its parameters, ``/people/<slug:slug>/``; ``name``:
    as ``reverse`` takes it, ``admin:statements_article_change``, or "" where it has
    none; ``parameters``: names of what the address holds.
    """

    template: str
    name: str
    parameters: tuple[str, ...]


def routes(urlconf: str | None = None) -> list[Route]:
    """All patterns of a urlconf (default: the whole site's), in its order."""
    return list(_walk(get_resolver(urlconf), "/", ""))


def _walk(resolver: URLResolver, prefix: str, namespace: str) -> Iterator[Route]:
    for entry in resolver.url_patterns:
        template = prefix + re.sub(r"^\^|\$$", "", str(entry.pattern))
        if isinstance(entry, URLResolver):
            inner = entry.namespace
            yield from _walk(
                entry, template, f"{namespace}{inner}:" if inner else namespace
            )
        elif isinstance(entry, URLPattern):
            name = f"{namespace}{entry.name}" if entry.name else ""
            found = re.findall(r"<(?:[\w.]+:)?(\w+)>|\(\?P<(\w+)>", template)
            yield Route(template, name, tuple(a or b for a, b in found))


@dataclass(frozen=True)
class Action:
    """An action that a list of the admin offers: ``statements.tag``, ``show``."""

    model: str
    name: str


def actions(user) -> list[Action]:
    """Every action of every list that the admin offers to a user."""
    request = RequestFactory().get("/admin/")
    request.user = user
    return [
        Action(model._meta.label_lower, name)
        for model, door in admin.site._registry.items()
        for name in door.get_actions(request)
    ]


def commands() -> list[str]:
    """The commands of manage.py that are the project's own."""
    return sorted(
        name
        for name, app in get_commands().items()
        if app in {"statements", "newsroom"}
    )
