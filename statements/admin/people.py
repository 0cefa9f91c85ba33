"""Organisations, posts and spokespersons with their appointments."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from statements.editorial import catalogue, verbs
from statements.models import (
    Appointment,
    Identifier,
    Organization,
    OtherName,
    Post,
    Spokesperson,
    acting,
)

from .doors import CatalogueDoor, Choosing, Listing


class OrganizationNames(admin.StackedInline):
    model = OtherName
    fk_name = "organization"
    fields = [
        "name",
        "note",
        ("starts_on", "starts_precision"),
        ("ends_on", "ends_precision"),
    ]
    extra = 0
    verbose_name = "other name"
    verbose_name_plural = "other names"


class NamedForm(forms.ModelForm):
    """The address is made while saving: two people may have one name."""

    slug = forms.SlugField(required=False, help_text="Made from the name if empty.")


@admin.register(Organization)
class OrganizationAdmin(CatalogueDoor):
    form = NamedForm
    list_display = ["name", "parent", "listed"]
    list_filter = [Listing]
    list_select_related = ["parent"]
    search_fields = ["name__unaccent", "other_names__name__unaccent"]
    autocomplete_fields = ["parent"]
    fields = ["name", "parent", "slug", "page"]
    readonly_fields = ["page"]
    inlines = [OrganizationNames]
    actions = ["show", "hide"]


class PostForm(forms.ModelForm):
    slug = forms.SlugField(
        required=False, help_text="Made from the office and its organisation if empty."
    )


@admin.register(Post)
class PostAdmin(CatalogueDoor):
    form = PostForm
    list_display = ["label", "organization", "exclusive", "listed"]
    list_filter = ["exclusive", Listing]
    list_select_related = ["organization"]
    search_fields = ["label__unaccent", "organization__name__unaccent"]
    autocomplete_fields = ["organization"]
    fields = ["label", "organization", "exclusive", "slug", "page"]
    readonly_fields = ["page"]
    actions = ["show", "hide"]

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("organization")


class PersonNames(OrganizationNames):
    """How texts write a person. When a name was given up is nobody's business here."""

    fk_name = "person"
    fields = ["name", "note"]


class Appointments(Choosing, admin.StackedInline):
    model = Appointment
    fk_name = "person"
    autocomplete_fields = ["post"]
    extra = 0
    fields = [
        "post",
        ("starts_on", "starts_precision"),
        ("ends_on", "ends_precision"),
        "basis",
    ]

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("post__organization")


class Identifiers(admin.StackedInline):
    model = Identifier
    fields = ["scheme", "identifier"]
    extra = 0


class Merged(admin.SimpleListFilter):
    """Records that were merged into another are kept, and out of the way."""

    title = "merged"
    parameter_name = "merged"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("yes", "Merged into another")]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.filter(merged_into__isnull=self.value() != "yes")

    def choices(self, changelist: Any) -> Iterator[dict[str, Any]]:
        everyone, *others = super().choices(changelist)
        yield {**everyone, "display": "Not merged"}
        yield from others


class MergeForm(forms.Form):
    """Which of the chosen records stays."""

    into = forms.ModelChoiceField(
        Spokesperson.objects.none(),
        label="The record that stays",
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": "Choose the record that stays."},
    )


@admin.register(Spokesperson)
class SpokespersonAdmin(CatalogueDoor):
    form = NamedForm
    list_display = ["sort_name", "name", "offices", "gender", "listed"]
    list_display_links = ["sort_name", "name"]
    more_columns = ("also", "slug")
    list_filter = ["gender", Listing, Merged]
    search_fields = [
        "name__unaccent",
        "other_names__name__unaccent",
        "sort_name__unaccent",
    ]
    fields = ["name", "sort_name", "gender", "slug", "page"]
    readonly_fields = ["page"]
    inlines = [Appointments, PersonNames, Identifiers]
    actions = ["show", "hide", "merge"]

    def get_queryset(self, request: HttpRequest) -> Any:
        rows = super().get_queryset(request)
        if "also" in self.get_list_display(request):
            rows = rows.prefetch_related("other_names")
        return rows.prefetch_related(
            Prefetch(
                "appointments",
                Appointment.objects.select_related("post__organization"),
            )
        )

    def choices(self, request: HttpRequest) -> Any:
        return self.get_queryset(request).filter(merged_into__isnull=True)

    @admin.display(description="offices")
    def offices(self, person: Spokesperson) -> str:
        return "; ".join(str(office.post) for office in person.appointments.all()[:3])

    @admin.display(description="other names")
    def also(self, person: Spokesperson) -> str:
        return "; ".join(other.name for other in person.other_names.all())

    @admin.action(description="Merge into one person…", permissions=["change"])
    def merge(self, request: HttpRequest, queryset: Any) -> HttpResponse | None:
        """Ask which record stays, then merge the others into it."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        people = list(queryset.order_by("pk"))
        if len(people) < 2:
            messages.error(request, "Choose at least two records of one person.")
            return None
        form = MergeForm(request.POST if "into" in request.POST else None)
        if "merging" in request.POST and not form.is_bound:
            form = MergeForm({})
        form.fields["into"].queryset = queryset.order_by("pk")
        if form.is_bound and form.is_valid():
            into = form.cleaned_data["into"]
            try:
                with acting(request.user):
                    moved = sum(
                        catalogue.merge(person, into, by=request.user)
                        for person in people
                        if person != into
                    )
            except verbs.Unusable as problem:
                form.add_error("into", str(problem))
            else:
                messages.success(
                    request,
                    f"{len(people) - 1} merged into {into}; quotes moved: {moved}. "
                    "Former addresses lead there.",
                )
                return redirect("admin:statements_spokesperson_change", into.pk)
        return TemplateResponse(
            request,
            "admin/statements/spokesperson/merge.html",
            {
                **self.admin_site.each_context(request),
                "title": "Merge records of one person",
                "opts": self.opts,
                "form": form,
                "people": people,
            },
        )


@admin.register(Appointment)
class AppointmentAdmin(CatalogueDoor):
    list_display = ["person", "post", "starts_on", "ends_on", "basis", "listed"]
    list_filter = ["basis", Listing]
    list_select_related = ["person", "post__organization"]
    search_fields = [
        "person__name__unaccent",
        "post__label__unaccent",
        "post__organization__name__unaccent",
    ]
    autocomplete_fields = ["person", "post"]
    fields = [
        "person",
        "post",
        ("starts_on", "starts_precision"),
        ("ends_on", "ends_precision"),
        "basis",
    ]
    actions = ["show", "hide"]
