"""The two places where a page of ours stands in a frame.

A quote may stand in a frame of anybody: see ``anywhere``. The other is a preview on a
phone.

A window as narrow as a phone's is needed to see what a phone shows, since the style
sheet asks the window for its width. Every other page refuses to stand in a frame and to
hold one.
"""

from __future__ import annotations

from typing import Any, Final, Literal

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.csp import CSP
from django.views.decorators.clickjacking import (
    xframe_options_exempt,
    xframe_options_sameorigin,
)
from django.views.decorators.csp import csp_override

type Colours = Literal["", "light", "dark"]
type Screen = Literal["", "phone", "frame"]

COLOURS: Final[tuple[tuple[Colours, str], ...]] = (
    ("", "as this device is set"),
    ("light", "light"),
    ("dark", "dark"),
)
SCREENS: Final[tuple[tuple[Screen, str], ...]] = (("", "this one"), ("phone", "phone"))

#: The policy of the page that holds the frame, and of the page within it.
HOLDS: Final = {**settings.SECURE_CSP, "frame-src": [CSP.SELF]}
FRAMED: Final = {**settings.SECURE_CSP, "frame-ancestors": [CSP.SELF]}

#: The policy of a page for the frames of others: it holds words, and runs nothing.
EMBEDDED: Final = {
    "default-src": [CSP.NONE],
    "style-src": [CSP.SELF],
    "font-src": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "form-action": [CSP.NONE],
    "frame-ancestors": ["*"],
}


def colours(request: HttpRequest) -> Colours:
    """Light or dark, where the address asks for one whatever the device is set to."""
    asked = request.GET.get("colours")
    return next((name for name, _ in COLOURS if name == asked), "")


def screen(request: HttpRequest) -> Screen:
    """A phone: the page that holds the frame, or ``frame``, the one within it."""
    asked = request.GET.get("screen")
    if asked == "frame":
        return "frame"
    return next((name for name, _ in SCREENS if name == asked), "")


def switch(request: HttpRequest) -> dict[str, Any]:
    """What draws the choice of colours and screen, for templates/_switch.html."""
    hue, wide = colours(request), screen(request)
    return {
        "scheme": hue,
        "screen": wide,
        "frame": _address("frame", hue),
        "switch": (
            (
                "Colours",
                [(label, _address(wide, key), key == hue) for key, label in COLOURS],
            ),
            (
                "Screen",
                [(label, _address(key, hue), key == wide) for key, label in SCREENS],
            ),
        ),
    }


def _address(wide: Screen, hue: Colours) -> str:
    asked = [("screen", wide), ("colours", hue)]
    return "?" + "&".join(f"{name}={value}" for name, value in asked if value)


@csp_override(HOLDS)
def holding(
    request: HttpRequest, template: str, context: dict[str, Any]
) -> HttpResponse:
    """The page around the frame."""
    return render(request, template, context)


@csp_override(FRAMED)
@xframe_options_sameorigin
def framed(
    request: HttpRequest, template: str, context: dict[str, Any]
) -> HttpResponse:
    """The page in the frame: the readers' page and nothing beside it."""
    return render(request, template, context)


@csp_override(EMBEDDED)
@xframe_options_exempt
def anywhere(
    request: HttpRequest, template: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    """A page that anybody may show in a frame; it opens what it links to outside it."""
    response = render(request, template, context, status=status)
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
