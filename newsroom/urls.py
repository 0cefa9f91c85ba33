"""Addresses of the site: one file a door."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    path("", include("statements.staff.urls")),
    path("", include("statements.guests.urls")),
    path("", include("statements.public.urls")),
]

handler403 = "statements.public.errors.forbidden"
handler404 = "statements.public.errors.not_found"
handler500 = "statements.public.errors.server_error"
