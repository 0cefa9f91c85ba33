"""Kinds, desks and topics."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Count
from django.http import HttpRequest
from taggit.models import Tag as StockTag

from statements.models import Desk, Kind, Tag, User

from .choosing import Choosers, ChosenManyField, of_request
from .doors import CatalogueDoor, Door, Listing

# Ours below are the topics; taggit's own table is empty.
admin.site.unregister(StockTag)


@admin.register(Kind)
class KindAdmin(CatalogueDoor):
    list_display = ["name", "schema_type", "slug"]
    search_fields = ["name"]
    prepopulated_fields = {"slug": ["name"]}


@admin.register(Desk)
class DeskAdmin(Door):
    list_display = ["name", "size"]
    search_fields = ["name"]

    def formfield_for_manytomany(
        self, db_field: Any, request: HttpRequest, **kwargs: Any
    ) -> Any:
        field = super().formfield_for_manytomany(
            db_field,
            request,
            queryset=User.objects.filter(is_staff=True).order_by("username"),
            form_class=ChosenManyField,
            widget=Choosers(db_field, self.admin_site),
            help_text="They see and change its drafts. Untick whoever leaves; add "
            "others by name, with commas between.",
            **kwargs,
        )
        of_request(field, self.admin_site.get_model_admin(User), request)
        return field

    def formfield_for_dbfield(
        self, db_field: Any, request: HttpRequest, **kwargs: Any
    ) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "members":
            # An account made in a window beside would not be ticked here.
            field.widget.can_add_related = False
        return field

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).annotate(size=Count("members"))

    @admin.display(description="members", ordering="size")
    def size(self, desk: Any) -> int:
        return desk.size


@admin.register(Tag)
class TagAdmin(CatalogueDoor):
    list_display = ["name", "slug", "listed"]
    list_filter = [Listing]
    search_fields = ["name__unaccent", "slug"]
    fields = ["name", "slug", "page"]
    readonly_fields = ["page"]
    actions = ["show", "hide"]
    prepopulated_fields = {"slug": ["name"]}
