"""Search for readers: words that were said, in quotes that are public."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from .answers import draw, page


@page
def search(request: HttpRequest) -> HttpResponse:
    """The box alone, or what the question in it finds."""
    return draw(request, "statements/search.html", {"text": "", "section": "search"})
