"""The stock pages of the admin: every noun of its registry, from lists to deletion."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.forms.models import _get_foreign_key, model_to_dict
from django.urls import reverse

from statements.models import User

from ..routes import actions
from . import forms
from .way import GET, POST, Way
from .world import World

#: Rows that the program writes by itself, and that nobody writes by hand.
RECORD = {"edition", "quote", "citation", "permalink", "formeraddress", "audit"}
BY_HAND = "The program writes these rows by itself."
CLOSED = {
    **{
        (noun, verb): BY_HAND for noun in RECORD for verb in ("add", "change", "delete")
    },
    **{("silence", verb): "The page Check silences." for verb in ("add", "change")},
    ("article", "delete"): "Deleted on the page Publish, by its verb.",
    ("user", "delete"): "The record names accounts; they are deactivated.",
    ("group", "delete"): "The roles are Newsroom's own.",
    ("mediaasset", "delete"): "Statements may show the file.",
}
#: Who may see rows, where it is not ``view_<noun>``.
SEEN = {
    "permalink": ("view_quote",),
    "formeraddress": ("see_every_desk",),
    "audit": ("view_audit", "see_every_desk"),
    "group": ("view_user",),
}
OF_DESK = {
    "article",
    "silence",
    "edition",
    "quote",
    "citation",
    "permalink",
    "mediaasset",
}


@cache
def nouns() -> dict[str, Any]:
    """The admin's pages by noun."""
    return {
        model._meta.model_name: door for model, door in admin.site._registry.items()
    }


def row(world: World, noun: str, relation: str) -> Any:
    if noun in OF_DESK:
        return world.stocks[relation].rows()[noun]
    return world.spares[noun]


def base(noun: str) -> str:
    return f"admin:{nouns()[noun].opts.app_label}_{noun}"


@dataclass(frozen=True)
class Inline:
    """Rows on the page of another: ``prefix`` of their forms, ``key`` to that row."""

    prefix: str
    key: str
    noun: str
    table: str

    def first(self, host: Any) -> Any:
        return getattr(host, self.prefix).earliest("pk")


def inlines(noun: str) -> Iterator[Inline]:
    door = nouns()[noun]
    for inline in door.inlines:
        key = _get_foreign_key(door.model, inline.model, inline.fk_name)
        opts = inline.model._meta
        prefix = key.remote_field.get_accessor_name(model=inline.model)
        yield Inline(prefix, key.name, opts.model_name, opts.db_table)


def _no_inlines(noun: str) -> dict[str, Any]:
    return {
        f"{inline.prefix}-{count}": 0
        for inline in inlines(noun)
        for count in ("TOTAL_FORMS", "INITIAL_FORMS")
    }


def _filled(noun: str, adding: bool) -> Callable[[World, str], dict[str, Any]]:
    """A form of a noun as a browser would send it."""

    def data(world: World, relation: str) -> dict[str, Any]:
        there = None if adding else row(world, noun, relation)
        typed = forms.FORMS[noun](world, there) if noun in forms.FORMS else {}
        return _no_inlines(noun) | typed

    return data


def _rows(noun: str) -> Iterator[Way]:
    """The stock pages of a noun: list, add, change, history, delete."""
    seen = SEEN.get(noun, (f"view_{noun}",))
    named = base(noun)
    table = nouns()[noun].model._meta.db_table
    desk = noun in OF_DESK

    def to(page: str) -> Callable[[World, str], str]:
        def url(world: World, relation: str) -> str:
            if page in ("changelist", "add"):
                return reverse(f"{named}_{page}")
            return reverse(f"{named}_{page}", args=[row(world, noun, relation).pk])

        return url

    for method in (GET, POST):
        for page in ("changelist", "history"):
            yield Way(
                f"{noun} {page} {method}",
                f"{named}_{page}",
                to(page),
                method,
                seen,
                of_desk=desk and page == "history",
            )
        for page in ("add", "change", "delete"):
            if noun == "article" and page in ("add", "change"):
                continue
            shown = page == "change" and method == GET
            closed = "" if shown else CLOSED.get((noun, page), "")
            yield Way(
                f"{noun} {page} {method}",
                f"{named}_{page}",
                to(page),
                method,
                seen if shown else (f"{page}_{noun}",),
                data={
                    "add": _filled(noun, adding=True),
                    "change": _filled(noun, adding=False),
                    "delete": lambda world, relation: {"post": "yes"},
                }[page]
                if method == POST
                else None,
                of_desk=desk and page != "add",
                effect="" if method == GET else table,
                closed=closed,
            )
    # Leads on to the page change, whose rights are asked there.
    yield Way(
        f"{noun} bare GET",
        forms.bare(noun),
        lambda world, relation: (
            reverse(f"{named}_changelist") + f"{row(world, noun, relation).pk}/"
        ),
        of_desk=False,
    )


def _inline(noun: str) -> Iterator[Way]:
    """Rows beside the row, forged into the form of one that may be changed."""
    for inline in inlines(noun):
        for verb in ("add", "change", "delete"):

            def data(
                world: World, relation: str, inline: Inline = inline, verb: str = verb
            ) -> dict[str, Any]:
                host = world.hosts[noun]
                fields = forms.INNER[inline.noun](world)
                if verb != "add":
                    fields |= {"id": inline.first(host).pk, inline.key: host.pk}
                if verb == "delete":
                    # With nothing changed: to change it may well be allowed.
                    there = model_to_dict(inline.first(host), fields=fields)
                    fields |= {name: there[name] or "" for name in there}
                    fields |= {"DELETE": "on"}
                return {
                    **forms.AS_IT_IS[noun](host),
                    **_no_inlines(noun),
                    f"{inline.prefix}-TOTAL_FORMS": 1,
                    f"{inline.prefix}-INITIAL_FORMS": 0 if verb == "add" else 1,
                    **{f"{inline.prefix}-0-{n}": value for n, value in fields.items()},
                }

            yield Way(
                f"{noun}: {verb} {inline.noun}",
                f"{base(noun)}_change",
                lambda world, relation: reverse(
                    f"{base(noun)}_change", args=[world.hosts[noun].pk]
                ),
                POST,
                (f"change_{noun}",),
                (f"{verb}_{inline.noun}",),
                data=data,
                effect=inline.table,
                soft=True,
            )


#: The right that an action on many rows asks for, where it is not ``change_<noun>``.
ACTION = {"delete_selected": "delete"}
#: Actions that somebody has thought of; another one fails until it stands here.
KNOWN_ACTIONS = {"delete_selected", "show", "hide", "merge", "deactivate"}
#: What is forged where a list offers no action.
FORGED = {"delete_selected"}


@cache
def offered(user: User) -> frozenset[tuple[str, str]]:
    """The actions of all lists that somebody who may do everything is offered."""
    return frozenset((one.model.partition(".")[2], one.name) for one in actions(user))


def _actions(user: User) -> Iterator[Way]:
    listed = offered(user)
    for noun, door in nouns().items():
        mine = {name for of, name in listed if of == noun}
        for name in sorted((mine & KNOWN_ACTIONS) | FORGED):
            known = name in mine

            def data(world: World, relation: str, noun=noun, name=name) -> dict:
                chosen = [row(world, noun, relation).pk]
                sent = {"action": name, "post": "yes", "_selected_action": chosen}
                if name == "merge":
                    into = world.hosts["spokesperson"].pk
                    chosen.append(into)
                    sent |= {"into": into, "merging": "yes"}
                return sent

            yield Way(
                f"{noun} list: {name}",
                f"action {noun}.{name}" if known else f"{base(noun)}_changelist",
                lambda world, relation, noun=noun: reverse(f"{base(noun)}_changelist"),
                POST,
                SEEN.get(noun, (f"view_{noun}",)),
                (f"{ACTION.get(name, 'change')}_{noun}",),
                data=data,
                of_desk=False,
                effect=door.model._meta.db_table,
                closed="" if known else "The list offers no such action.",
                soft=True,
            )


def _choices() -> Iterator[Way]:
    """What may be chosen by typing: a list of rows for those who may see them."""
    for noun, door in nouns().items():
        for page in (door, *door.inlines):
            for name in getattr(page, "autocomplete_fields", ()):
                opts = getattr(page, "model", door.model)._meta
                asked = opts.get_field(name).related_model._meta.model_name
                query = (
                    f"?app_label={opts.app_label}&model_name={opts.model_name}"
                    f"&field_name={name}&term="
                )
                for method in (GET, POST):
                    yield Way(
                        f"{noun} {opts.model_name}.{name} chosen {method}",
                        "admin:autocomplete",
                        lambda world, relation, query=query: (
                            reverse("admin:autocomplete") + query
                        ),
                        method,
                        SEEN.get(asked, (f"view_{asked}",)),
                        closed="" if method == GET else "It only reads.",
                    )


def _seen_on_site() -> Iterator[Way]:
    for noun, door in nouns().items():
        if not hasattr(door.model, "get_absolute_url"):
            continue
        for method in (GET, POST):
            yield Way(
                f"{noun} on the site {method}",
                "admin:view_on_site",
                lambda world, relation, noun=noun, model=door.model: reverse(
                    "admin:view_on_site",
                    args=[
                        ContentType.objects.get_for_model(model).pk,
                        row(world, noun, relation).pk,
                    ],
                ),
                method,
                SEEN.get(noun, (f"view_{noun}",)),
                of_desk=noun in OF_DESK,
                hides=True,
            )


def ways(user: User) -> Iterator[Way]:
    """All of them; ``user`` is somebody who may do everything."""
    for noun in nouns():
        yield from _rows(noun)
        yield from _inline(noun)
    yield from _actions(user)
    yield from _choices()
    yield from _seen_on_site()
