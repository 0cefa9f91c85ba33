"""Addresses of the readers' process: the public door, and no other."""

from django.urls import include, path

urlpatterns = [path("", include("statements.public.urls"))]

handler404 = "statements.public.errors.not_found"
handler500 = "statements.public.errors.server_error"
