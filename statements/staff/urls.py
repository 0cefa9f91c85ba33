"""Addresses of the staff's door."""

from django.urls import path, re_path

from . import (
    briefing,
    exporting,
    folders,
    narrowing,
    quote_check,
    searches,
    suggestions,
    views,
)

urlpatterns = [
    path("staff/quotes/", views.quotes, name="staff_quotes"),
    path("staff/quotes/counts/", narrowing.facets, name="staff_facets"),
    path("staff/quotes/names/", suggestions.offers, name="staff_names"),
    path("staff/searches/", searches.searches, name="staff_searches"),
    path("staff/folders/", folders.folders, name="staff_folders"),
    path("staff/folders/<int:folder>/", folders.folder, name="staff_folder"),
    re_path(
        r"^staff/folders/(?P<folder>[0-9]{1,18})/briefing\."
        rf"(?P<form>{'|'.join(briefing.FORMS)})$",
        briefing.export,
        name="staff_briefing",
    ),
    re_path(
        rf"^staff/quotes/export\.(?P<form>{'|'.join(exporting.FORMS)})$",
        exporting.export,
        name="staff_export",
    ),
    path("staff/quote-check/", quote_check.page, name="staff_quote_check"),
]
