"""Those who sign in, and the roles that they hold."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin as StockGroupAdmin
from django.contrib.auth.admin import UserAdmin as StockUserAdmin
from django.contrib.auth.models import Group
from django.http import HttpRequest

from statements.models import SYSTEM_USERNAME, User

from .doors import Door

#: What only a superuser may give: everything at once, or single permissions.
_POWERS = ("is_superuser", "user_permissions")


@admin.register(User)
class UserAdmin(Door, StockUserAdmin):
    """Accounts are never deleted: the record names them. Deactivate instead."""

    list_display = ["username", "first_name", "last_name", "is_active", "is_staff"]
    list_filter = ["is_active", "is_staff", "groups"]
    search_fields = ["username", "first_name", "last_name", "email"]
    filter_horizontal = []
    ordering = ["username"]
    add_fieldsets = [
        (
            None,
            {
                "fields": [
                    "username",
                    ("first_name", "last_name"),
                    "usable_password",
                    "password1",
                    "password2",
                    "is_staff",
                    "groups",
                ]
            },
        )
    ]

    def formfield_for_manytomany(
        self, db_field: Any, request: HttpRequest, **kwargs: Any
    ) -> Any:
        if db_field.name == "groups":
            kwargs["widget"] = forms.CheckboxSelectMultiple
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def get_queryset(self, request: HttpRequest) -> Any:
        # The system acts for commands and cannot sign in: there is nothing to edit.
        return super().get_queryset(request).exclude(username=SYSTEM_USERNAME)

    def choices(self, request: HttpRequest) -> Any:
        # Whoever cannot sign in at the desk is of no use to one.
        return super().choices(request).filter(is_staff=True, is_active=True)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj is None:
            return self.add_fieldsets
        rights: list[str] = ["is_active", "is_staff", "groups"]
        if request.user.is_superuser:
            rights += _POWERS
        return [
            (None, {"fields": ["username", "password"]}),
            ("Person", {"fields": [("first_name", "last_name"), "email"]}),
            (
                "Rights",
                {
                    "fields": rights,
                    "description": "Who leaves is set inactive: the record goes on "
                    "naming them.",
                },
            ),
        ]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        # Nobody changes the account of one who may do more than they.
        if obj is not None and obj.is_superuser and not request.user.is_superuser:
            return False
        return super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.action(description="Deactivate accounts", permissions=["change"])
    def deactivate(self, request: HttpRequest, queryset: Any) -> None:
        others = queryset.exclude(pk=request.user.pk)
        if not request.user.is_superuser:
            others = others.exclude(is_superuser=True)
        count = others.update(is_active=False)
        self.message_user(
            request, f"Accounts deactivated: {count}. They can no longer sign in."
        )

    actions = ["deactivate"]


admin.site.unregister(Group)


@admin.register(Group)
class RoleAdmin(Door, StockGroupAdmin):
    """Roles: what the six of Newsroom may do is set by Newsroom at each migration."""

    list_display = ["name"]
    filter_horizontal = []

    def formfield_for_manytomany(
        self, db_field: Any, request: HttpRequest, **kwargs: Any
    ) -> Any:
        # The two lists between which Django's script moves them have no names.
        if db_field.name == "permissions":
            kwargs["widget"] = forms.CheckboxSelectMultiple
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("statements.view_user")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
