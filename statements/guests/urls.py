"""Addresses of the guests' door. A token of 32 bytes is 43 letters of base64."""

from django.urls import re_path

from . import calendar, mail, searches, views

_KEY = r"(?P<token>[A-Za-z0-9_-]{43})"

urlpatterns = [
    re_path(rf"^preview/{_KEY}/$", views.preview, name="preview"),
    re_path(
        rf"^preview/{_KEY}/media/(?P<key>[0-9a-zA-Z]{{1,32}})/(?P<name>[^/]+)$",
        views.media,
        name="preview_media",
    ),
    # A signed one: a key, the kinds, and 43 letters.
    re_path(
        r"^unsubscribe/(?P<token>[0-9A-Za-z_~-]{45,90})/$",
        mail.unsubscribe,
        name="unsubscribe",
    ),
    re_path(
        r"^unsubscribe/search/(?P<token>[0-9]{1,18}~[0-9A-Za-z_-]{43})/$",
        searches.unsubscribe,
        name="unsubscribe_search",
    ),
    re_path(rf"^staff/searches/{_KEY}\.atom$", searches.feed, name="search_feed"),
    re_path(rf"^calendar/{_KEY}\.ics$", calendar.feed, name="calendar_feed"),
]
