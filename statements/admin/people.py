"""Organisations, posts and spokespersons with their appointments."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AdminTextInputWidget
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.html import format_html

from statements.editorial import catalogue, media, portraits, verbs
from statements.models import (
    Appointment,
    Identifier,
    Organization,
    OtherName,
    Portrait,
    Post,
    Spokesperson,
    acting,
)

from .doors import CatalogueDoor, Choosing, Listing, visible


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


class PersonForm(NamedForm):
    """A person, with the portrait: a picture, and the words that go with it."""

    picture = forms.FileField(
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
        help_text="JPEG, PNG or WebP, up to 20 MB. Choose it again if something else "
        "on this page was refused: browsers do not keep files.",
        error_messages={"empty": "The file is empty. Choose another."},
    )
    picture_alt = forms.CharField(
        label="Text alternative",
        max_length=Portrait._meta.get_field("alt").max_length,
        required=False,
        widget=AdminTextInputWidget,
        validators=[visible],
        help_text="What the picture shows, for readers who cannot see it: Ilse Okafor "
        "at a lectern.",
    )
    picture_credit = forms.CharField(
        label="Credit",
        max_length=Portrait._meta.get_field("credit").max_length,
        required=False,
        widget=AdminTextInputWidget,
        validators=[visible],
        help_text="Stands below the picture: Photo: Lena Marsh, Harbour Board.",
    )
    no_picture = forms.BooleanField(label="Remove the portrait", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.portrait = Portrait.objects.filter(person=self.instance.pk).first()
        if self.portrait is not None:
            self.initial["picture_alt"] = self.portrait.alt
            self.initial["picture_credit"] = self.portrait.credit

    def clean_picture(self) -> media.Taken | None:
        file = self.cleaned_data["picture"]
        if not file:
            return None
        try:
            return portraits.take(file)
        except verbs.Unusable as problem:
            raise ValidationError(str(problem)) from problem

    def clean(self) -> Any:
        values = super().clean() or self.cleaned_data
        chosen, removed = bool(self.files.get("picture")), values.get("no_picture")
        alt, credit = values.get("picture_alt"), values.get("picture_credit")
        if removed and chosen:
            self.add_error(
                "no_picture", "Untick this to show the new picture, or choose no file."
            )
        if removed or not (chosen or self.portrait or alt or credit):
            return values
        if not (chosen or self.portrait):
            self.add_error("picture", "Choose a picture, or empty the words about it.")
        lacks = portraits.missing(alt or "", credit or "")
        for name, problem in (("alt", lacks.alt), ("credit", lacks.credit)):
            if problem and f"picture_{name}" not in self.errors:
                self.add_error(f"picture_{name}", problem)
        return values


@admin.register(Spokesperson)
class SpokespersonAdmin(CatalogueDoor):
    form = PersonForm
    list_display = ["sort_name", "name", "offices", "gender", "listed"]
    list_display_links = ["sort_name", "name"]
    more_columns = ("also", "slug")
    list_filter = ["gender", Listing, Merged]
    search_fields = [
        "name__unaccent",
        "other_names__name__unaccent",
        "sort_name__unaccent",
    ]
    readonly_fields = ["page", "pictured"]
    inlines = [Appointments, PersonNames, Identifiers]
    actions = ["show", "hide", "merge"]

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        may = self.has_change_permission(request, obj)
        there = obj is not None and Portrait.objects.filter(person=obj).exists()
        words = ["picture", "picture_alt", "picture_credit"] + ["no_picture"] * there
        return [
            (None, {"fields": ["name", "sort_name", "gender", "slug", "page"]}),
            (
                "Portrait",
                {"fields": ["pictured"] * there + words * may},
            ),
        ]

    def save_related(
        self, request: HttpRequest, form: Any, formsets: Any, change: bool
    ) -> None:
        # The file comes last: of what was refused before, none would be left behind.
        super().save_related(request, form, formsets, change)
        values = form.cleaned_data
        if values["no_picture"]:
            portraits.remove(form.instance, by=request.user)
        elif values["picture"] or form.portrait is not None:
            portraits.show(
                form.instance,
                by=request.user,
                picture=values["picture"],
                alt=values["picture_alt"],
                credit=values["picture_credit"],
            )

    @admin.display(description="shown now")
    def pictured(self, person: Spokesperson) -> str:
        """The picture that is there, its credit below it."""
        there = Portrait.objects.select_related("asset").get(person=person)
        asset = there.asset
        return format_html(
            '<figure class="portrait"><img src="{}" alt="{}" width="{}" height="{}">'
            "<figcaption>{}</figcaption></figure>",
            f"{asset.get_absolute_url()}?w={asset.widths[0]}"
            if asset.widths
            else asset.get_absolute_url(),
            there.alt,
            asset.width,
            asset.height,
            there.credit,
        )

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
