"""Addresses of the staff's door."""

from django.urls import path, re_path

from . import exporting, views

urlpatterns = [
    path("staff/quotes/", views.quotes, name="staff_quotes"),
    re_path(
        rf"^staff/quotes/export\.(?P<form>{'|'.join(exporting.FORMS)})$",
        exporting.export,
        name="staff_export",
    ),
]
