"""What every template knows about the site."""

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from newsroom.look import version


def site(request: HttpRequest) -> dict[str, dict[str, str]]:
    """Put the site into the context: name, address, licence, language, and its look.

    ``mark`` and ``stylesheet`` are addresses, or "" where Newsroom's own are shown.
    """
    return {
        "site": {
            "name": settings.SITE_NAME,
            "url": settings.SITE_URL,
            "mark": mark_address(),
            "stylesheet": stylesheet_address(),
            "license": settings.SITE_LICENSE,
            "language": settings.SITE_LANGUAGE,
            "direction": _direction(settings.SITE_LANGUAGE),
        }
    }


def _direction(language: str) -> str:
    return "rtl" if language in settings.LANGUAGES_BIDI else "ltr"


def mark_address() -> str:
    mark = settings.SITE_MARK
    if mark is None:
        return ""
    return f"{reverse('site_mark')}?{version(mark.content)}"


def stylesheet_address() -> str:
    accent = settings.SITE_ACCENT
    if accent is None:
        return ""
    return f"{reverse('site_accent')}?{version(accent.css().encode())}"
