"""Addresses of the staff's door."""

from django.urls import path

from . import views

urlpatterns = [path("staff/quotes/", views.quotes, name="staff_quotes")]
