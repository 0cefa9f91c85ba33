"""The pages for what is not there, and for what went wrong."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Nothing is here, or nothing public: the page says the same and is not kept.

    It does not repeat the address, which may be somebody's joke.
    """
    response = render(request, "404.html", status=404)
    response["Cache-Control"] = "no-store"
    return response


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
    return HttpResponse(
        loader.get_template("500.html").render(),
        status=500,
        headers={"Cache-Control": "no-store"},
    )
