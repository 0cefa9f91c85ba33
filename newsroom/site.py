"""What every template knows about the site."""

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, dict[str, str]]:
    """Put the site's name and address into the context as ``site``."""
    return {"site": {"name": settings.SITE_NAME, "url": settings.SITE_URL}}
