"""The library of files: uploaded through ``editorial.media``, read through /media/."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Q
from django.http import HttpRequest
from django.template.defaultfilters import filesizeformat
from django.utils.html import format_html

from statements.editorial import media
from statements.models import Desk, EditionMedia, MediaAsset

from .choosing import Chooser, ChosenField, of_request
from .doors import Door


def library(user: Any) -> Any:
    """The files that a person may see: of their desks, and their own."""
    rows = MediaAsset.objects.all()
    if user.has_perm("statements.see_every_desk"):
        return rows
    return rows.filter(Q(desk__in=user.desks.values("pk")) | Q(uploaded_by=user))


class LibraryForm(forms.Form):
    """A file of the library, chosen by typing a part of its name or credit."""

    asset = ChosenField(
        MediaAsset.objects.none(),
        required=False,
        label="Or one of the library",
        error_messages={
            "invalid_choice": "That file is attached already, or is not in the library."
        },
    )

    def __init__(self, *args: Any, request: HttpRequest, site: Any, taken: Any) -> None:
        super().__init__(*args)
        field = self.fields["asset"]
        field.queryset = library(request.user).exclude(pk__in=taken)
        chooser = Chooser(EditionMedia._meta.get_field("asset"), site)
        chooser.is_required, chooser.choices = False, field.choices
        field.widget = chooser
        of_request(field, site.get_model_admin(MediaAsset), request)


class UploadForm(forms.ModelForm):
    """A file to store; what it is, its first bytes say."""

    file = forms.FileField(
        help_text=f"{media.ACCEPTED}. Pictures up to 20 MB, film up to 500 MB, "
        "all else up to 50 MB.",
        error_messages={
            "required": "Choose a file.",
            "empty": "The file is empty. Choose another.",
        },
    )

    class Meta:
        model = MediaAsset
        fields = ["file", "credit", "desk"]


@admin.register(MediaAsset)
class MediaAssetAdmin(Door):
    list_display = ["name", "type", "weight", "desk", "credit", "uploaded_at"]
    more_columns = ("content_type", "uploaded_by")
    list_filter = ["type"]
    list_select_related = ["desk"]
    search_fields = ["name", "credit"]
    readonly_fields = [
        "name",
        "address",
        "type",
        "content_type",
        "weight",
        "width",
        "height",
        "sha256",
        "uploaded_at",
        "uploaded_by",
    ]

    def get_queryset(self, request: HttpRequest) -> Any:
        return library(request.user).select_related("desk", "uploaded_by")

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        if obj is None:
            return ["file", "credit", "desk"]
        return ["name", "address", "credit", "desk", *self.readonly_fields[2:]]

    def get_form(self, request: HttpRequest, obj=None, change=False, **kwargs: Any):
        if obj is None:
            kwargs["form"] = UploadForm
        return super().get_form(request, obj, change=change, **kwargs)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return {"desk": Desk.objects.of(request.user).first()}

    def formfield_for_foreignkey(
        self, db_field: Any, request: HttpRequest, **kwargs: Any
    ) -> Any:
        if db_field.name == "desk":
            kwargs["queryset"] = Desk.objects.of(request.user)
            kwargs["help_text"] = "Its members see the file before the public does."
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def save_model(
        self, request: HttpRequest, obj: Any, form: Any, change: bool
    ) -> None:
        values = form.cleaned_data
        if change:
            media.describe(
                obj, by=request.user, credit=values["credit"], desk=values["desk"]
            )
            return
        stored = media.upload(
            values["file"],
            by=request.user,
            desk=values["desk"],
            credit=values["credit"],
        )
        # The admin goes on with the row that it began.
        obj.__dict__.update(stored.__dict__)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description="size", ordering="size")
    def weight(self, asset: MediaAsset) -> str:
        return filesizeformat(asset.size)

    @admin.display(description="file")
    def address(self, asset: MediaAsset) -> str:
        return format_html('<a href="{}">Open</a>', asset.get_absolute_url())
