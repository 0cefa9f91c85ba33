"""The keys of the desk: the one list of them, by where they work.

Each page of a statement names its own; the dialog, the page and the handbook's table
are drawn from, or held to, what stands here. A key that is a single letter or sign can
be switched off by each person (WCAG 2.1.4), in a cookie of the desk: it is a matter of
the hands and of the machine they lie on.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.views import View

#: As long as browsers keep a cookie: 400 days.
_KEPT = 400 * 24 * 60 * 60


@dataclass(frozen=True)
class Key:
    """What one key does, or several alike; each as it is printed on keyboards."""

    names: tuple[str, ...]
    does: str

    @property
    def single(self) -> bool:
        """Whether it is a letter or a sign alone, which the switch is for."""
        return all(len(name) == 1 and name not in "↑↓←→" for name in self.names)


@dataclass(frozen=True)
class Keys:
    """The keys of one place, which is named as a heading."""

    where: str
    keys: tuple[Key, ...]


def _keys(where: str, *pairs: tuple[str, str]) -> Keys:
    return Keys(where, tuple(Key(tuple(names.split()), does) for names, does in pairs))


EVERYWHERE = (
    _keys(
        "On every page",
        ("/", "go to the box that finds"),
        ("?", "show the keys of the page"),
    ),
    _keys(
        "Where offers stand below a field",
        ("↑ ↓", "walk through them"),
        ("Enter", "take the one that is lit"),
        ("Esc", "put them away"),
    ),
)

WRITING = (
    _keys(
        "On Write",
        ("F2", "go from the text to the findings, and back"),
        ("F4", "mark the chosen words as a quote"),
        ("Ctrl+S", "save"),
        ("Ctrl+Enter", "save and submit for review"),
    ),
    _keys(
        "At the findings beside the text",
        ("↑ ↓", "go to the one before or after"),
        ("Home End", "go to the first or last"),
        ("N", "go to the next that is open"),
        ("Enter", "accept, or confirm words that changed"),
        ("X", "reject"),
        ("S", "name another speaker, or enter a new one"),
        ("A", "accept all that is safe"),
        ("U", "take back"),
        ("P", "put words that are gone back"),
        ("Delete", "remove a quote"),
        ("R", "answer the remark, or the next one"),
        ("D", "mark a remark done"),
        ("Esc", "go to the words in the text"),
    ),
    _keys(
        "In the text on Write",
        ("Ctrl+K", "make a link, change or remove it"),
        ("Ctrl+B Ctrl+I", "bold, italic"),
        ("Ctrl+Alt+2", "heading"),
        ("Ctrl+Shift+B", "quotation"),
        ("Ctrl+Shift+8 Ctrl+Shift+7", "list, numbered list"),
        ("Ctrl+Z Ctrl+Shift+Z", "undo, redo"),
    ),
)

READING = (
    _keys(
        "In the text on Review",
        ("← →", "choose the word before or after"),
        ("↑ ↓", "choose a word of the paragraph before or after"),
        ("Home End", "choose the first or last word"),
        ("Shift", "held with any of these: choose the words between"),
        ("Enter", "remark on what is chosen"),
    ),
    _keys(
        "In a remark",
        ("Ctrl+Enter", "send it"),
        ("Esc", "leave it"),
    ),
)

#: All of them, for the page that works without a script.
EVERY = (*EVERYWHERE, *WRITING, *READING)


def _cookie(request: HttpRequest) -> str:
    return f"letters-{request.user.pk}"


def letters(request: HttpRequest) -> bool:
    """Whether keys that are a single letter or sign work for whoever asks."""
    return request.COOKIES.get(_cookie(request)) != "off"


class KeysPage(View):
    """All keys of the desk, and the switch of the single ones."""

    http_method_names = ["get", "head", "post"]
    site: ClassVar[Any] = None

    def get(self, request: HttpRequest) -> HttpResponse:
        response = TemplateResponse(
            request,
            "admin/statements/keys.html",
            {**self.site.each_context(request), "title": "Keys", "every": EVERY},
        )
        add_never_cache_headers(response)
        return response

    def post(self, request: HttpRequest) -> HttpResponse:
        wanted = request.POST.get("letters", "")
        if wanted not in ("on", "off"):
            raise BadRequest("The form does not say what to switch.")
        if request.headers.get("Accept") == "application/json":
            # The dialog of another page: whoever writes there stays there.
            response = HttpResponse(status=204)
        else:
            messages.success(request, f"Single letters and signs are {wanted}.")
            response = redirect("admin:keys")
        path = reverse("admin:index")
        if wanted == "on":
            response.delete_cookie(_cookie(request), path=path, samesite="Lax")
        else:
            response.set_cookie(
                _cookie(request),
                wanted,
                max_age=_KEPT,
                path=path,
                secure=settings.SESSION_COOKIE_SECURE,
                httponly=True,
                samesite="Lax",
            )
        return response
