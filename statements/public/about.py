"""What the record is, and whom it serves: pages without a row of the database."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from statements.models import Verdict

from .answers import draw, page


@page
def about(request: HttpRequest) -> HttpResponse:
    """What is published here, how it is checked and corrected, whom to write to."""
    return draw(
        request,
        "statements/about.html",
        {
            "publisher": settings.SITE_PUBLISHER,
            "contact": settings.SITE_CONTACT,
            "verdicts": sorted(Verdict.values, key=Verdict.UNCHECKED.__eq__),
        },
    )


@page
def accessibility(request: HttpRequest) -> HttpResponse:
    """How accessible the pages are: what was tried, and whom to tell of faults."""
    return draw(
        request,
        "statements/accessibility.html",
        {
            "publisher": settings.SITE_PUBLISHER,
            "contact": settings.ACCESSIBILITY_CONTACT,
        },
    )
