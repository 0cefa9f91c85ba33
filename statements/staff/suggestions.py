"""What the staff's search offers while one types a name, as JSON."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse

from statements.search import query as questions
from statements.search import suggesting

from .doors import staff_page


@staff_page("view_quote")
def offers(request: HttpRequest) -> HttpResponse:
    """Names that fit ``q``, of speakers or what else ``in`` says; nothing of others."""
    typed = " ".join(request.GET.get("q", "").replace("\0", " ").split())
    found = suggesting.offers(
        request.GET.get("in", ""), typed[: questions.LONGEST_NAME]
    )
    return JsonResponse(
        {"results": [{"id": one.value, "text": one.label} for one in found]}
    )
