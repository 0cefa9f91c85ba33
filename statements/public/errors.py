"""The pages for what is not there, and for what went wrong."""

from __future__ import annotations

import re
from urllib.parse import unquote

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader
from django.utils import translation

#: Below these an address ends in words of what it is of; in others, in keys.
_SPOKEN = {"statements", "people", "organizations", "posts", "topics", "resolutions"}
#: An address with more words is no address of ours, but somebody's joke.
_MOST_WORDS = 12
_BETWEEN = re.compile(r"[\W_]+")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Nothing is here, or nothing public: the page says the same and is not kept.

    The address is not repeated but as words to search for, in the box for them.
    """
    context = {"words": words_of(request.path)}
    with translation.override(settings.SITE_LANGUAGE):
        response = render(request, "404.html", context, status=404)
    response["Cache-Control"] = "no-store"
    return response


def words_of(path: str) -> str:
    """The words in which an address ends: ``/statements/…/ferries-sail/`` → two.

    Numbers are left out, which may be keys and days; and so is an end of many words.
    """
    parts = [part for part in unquote(path).split("/") if part]
    if not parts or (len(parts) > 1 and parts[0] not in _SPOKEN):
        return ""
    words = [word for word in _BETWEEN.split(parts[-1]) if word.isalpha()]
    return " ".join(words) if len(words) <= _MOST_WORDS else ""


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Somebody signed in asked for what no role of theirs gives.

    The page says which right is missing, as far as the refusal does, and whom to ask;
    it does not repeat the address.
    """
    user = getattr(request, "user", None)
    known = user is not None and user.is_authenticated
    names = user.groups.order_by("name").values_list("name", flat=True) if known else ()
    context = {
        "refusal": str(exception),
        "roles": ", ".join(names),
        "everything": known and user.is_superuser,
    }
    response = render(request, "403.html", context, status=403)
    response["Cache-Control"] = "no-store"
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """Something failed. Drawn without context, for that may be what failed."""
    names = [f"500.{settings.SITE_LANGUAGE}.html", "500.html"]
    drawn = loader.select_template(names).render()
    return HttpResponse(drawn, status=500, headers={"Cache-Control": "no-store"})
