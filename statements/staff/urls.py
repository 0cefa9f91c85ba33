"""Addresses of the staff's door."""

from django.urls import path, re_path

from . import exporting, narrowing, quote_check, searches, suggestions, views

urlpatterns = [
    path("staff/quotes/", views.quotes, name="staff_quotes"),
    path("staff/quotes/counts/", narrowing.facets, name="staff_facets"),
    path("staff/quotes/names/", suggestions.offers, name="staff_names"),
    path("staff/searches/", searches.searches, name="staff_searches"),
    re_path(
        rf"^staff/quotes/export\.(?P<form>{'|'.join(exporting.FORMS)})$",
        exporting.export,
        name="staff_export",
    ),
    path("staff/quote-check/", quote_check.page, name="staff_quote_check"),
]
