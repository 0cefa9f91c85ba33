"""What every page of the editors' door keeps: who acts, who may see, what is told."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import BadRequest, PermissionDenied, ValidationError
from django.db import models
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.html import format_html

from statements.editorial import catalogue, verbs
from statements.markup import characters, lookalikes
from statements.models import acting
from statements.search import desk

from . import listing
from .choosing import Chooser, ChosenField, of_request

#: Told wherever a day is typed.
WRONG_DAY = "Write the date as year, month and day: 2026-03-02."


def visible(words: str) -> None:
    """Refuse words with characters that nobody can see. Raises ValidationError."""
    try:
        characters.check_words(words)
    except characters.Unclean as problem:
        raise ValidationError(problem.reason) from problem


def remark(request: HttpRequest, label: str, words: str) -> None:
    """Tell the editor what cannot be seen in words that were saved."""
    for sentence in lookalikes.remarks(words):
        messages.warning(request, f"{label}: {sentence}")


class Choosing:
    """For pages and inlines: foreign keys are chosen by typing."""

    def formfield_for_foreignkey(
        self, db_field: Any, request: HttpRequest, **kwargs: Any
    ) -> Any:
        typed = "widget" not in kwargs and db_field.name in (
            self.get_autocomplete_fields(request)
        )
        if typed:
            kwargs["widget"] = Chooser(db_field, self.admin_site)
            kwargs["form_class"] = ChosenField
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if typed:
            door = self.admin_site.get_model_admin(db_field.remote_field.model)
            of_request(field, door, request)
        return field

    def formfield_for_dbfield(
        self, db_field: Any, request: HttpRequest, **kwargs: Any
    ) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if isinstance(field, forms.DateField):
            field.error_messages["invalid"] = WRONG_DAY
        elif type(field) in (forms.CharField, forms.SlugField, forms.URLField):
            field.validators.append(visible)
        return field


class Door(Choosing, admin.ModelAdmin):
    """An admin page whose changes the audit knows the author of.

    A sentence that the rows refuse (ValidationError while saving) is shown on the form
    again, with all that was typed.
    """

    show_full_result_count = False
    list_per_page = 50
    save_on_top = False
    #: Columns that a person may choose beside those of list_display.
    more_columns: tuple[str, ...] = ()
    #: Columns that stand first in the list whatever is chosen.
    fixed: tuple[str, ...] = ()

    def get_list_display(self, request: HttpRequest) -> list[str]:
        return [*self.fixed, *listing.chosen(self, request)]

    def choices(self, request: HttpRequest) -> Any:
        """The rows that are offered where one is chosen by typing."""
        return self.get_queryset(request)

    def unanswerable(self, request: HttpRequest, words: str) -> bool:
        """Whether nothing can be looked up by these words; a list says why."""
        problem = desk.read(words).problem
        at = request.resolver_match
        if problem and at and (at.url_name or "").endswith("_changelist"):
            messages.error(request, problem)
        return bool(problem)

    def get_search_results(
        self, request: HttpRequest, queryset: Any, search_term: str
    ) -> tuple[Any, bool]:
        """As Django does, of a question that can be answered; none of any other."""
        if self.unanswerable(request, search_term):
            return queryset.none(), False
        return super().get_search_results(request, queryset, search_term)

    def changeform_view(
        self, request: HttpRequest, object_id=None, form_url="", extra_context=None
    ) -> Any:
        arguments = (request, object_id, form_url, extra_context)
        try:
            with acting(request.user):
                return super().changeform_view(*arguments)
        except ValidationError as problem:
            # Drawn again by the same form, which refuses with this sentence.
            request.refusal = problem
        except verbs.Unusable as problem:
            request.refusal = ValidationError(str(problem))
        with acting(request.user):
            return super().changeform_view(*arguments)

    def response_post_save_change(self, request: HttpRequest, obj: Any) -> Any:
        return self._at_row(super().response_post_save_change(request, obj), obj)

    def response_post_save_add(self, request: HttpRequest, obj: Any) -> Any:
        return self._at_row(super().response_post_save_add(request, obj), obj)

    def _at_row(self, response: Any, obj: Any) -> Any:
        """Back in the list, at the row that was saved."""
        opts = self.opts
        listed = reverse(f"admin:{opts.app_label}_{opts.model_name}_changelist")
        if response["Location"].partition("?")[0] == listed:
            response["Location"] += f"#row-{obj.pk}"
        return response

    def history_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        # Django looks for the row first, and so tells which keys there are.
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        return super().history_view(request, *args, **kwargs)

    def delete_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        with acting(request.user):
            return super().delete_view(request, *args, **kwargs)

    def changelist_view(self, request: HttpRequest, extra_context=None) -> Any:
        for key in request.POST.getlist(ACTION_CHECKBOX_NAME):
            if not key.isdecimal() or len(key) > 18:
                raise BadRequest("A chosen row has no key.")
        context = {
            "columns": listing.columns(self, request),
            "last_filters": listing.last(request, self),
            **(extra_context or {}),
        }
        with acting(request.user):
            response = super().changelist_view(request, context)
        told = getattr(response, "context_data", None) or {}
        if request.method == "GET" and "cl" in told and not told["cl"].is_popup:
            listing.remember(request, told["cl"])
        return response

    def get_form(self, request: HttpRequest, obj=None, change=False, **kwargs: Any):
        form = super().get_form(request, obj, change=change, **kwargs)
        refusal = getattr(request, "refusal", None)
        if refusal is None:
            return form

        class Refused(form):
            def clean(self) -> Any:
                super().clean()
                raise ValidationError(refusal.messages)

        return Refused

    def _get_obj_does_not_exist_redirect(
        self, request: HttpRequest, opts: Any, object_id: str
    ) -> Any:
        # What another desk has is answered as what never was.
        raise Http404(f"No {opts.verbose_name} here.")

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """Only what the page offers: a filter is a question about hidden rows too."""
        offered = {
            item[0]
            if isinstance(item, tuple)
            # Filters of our own have a name in the address that is no field.
            else getattr(item, "parameter_name", item)
            for item in self.get_list_filter(request)
        }
        return any(
            lookup == name or lookup.startswith(f"{name}__") for name in offered
        ) and super().lookup_allowed(lookup, value, request)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Names of what stands in the way only to those who see every desk."""
        deleted, counts, needed, protected = super().get_deleted_objects(objs, request)
        if protected and not request.user.has_perm("statements.see_every_desk"):
            protected = ["Statements or other records that use it."]
        return deleted, counts, needed, protected


class Listing(admin.SimpleListFilter):
    """Whether a row is shown to the public by hand."""

    title = "shown by hand"
    parameter_name = "listed"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("yes", "Yes"), ("no", "No")]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        if self.value() is None:
            return queryset
        return queryset.filter(listed_at__isnull=self.value() == "no")


class CatalogueDoor(Door):
    """Rows of the catalogue: its verbs save and delete them."""

    def save_model(
        self, request: HttpRequest, obj: models.Model, form: Any, change: bool
    ) -> None:
        catalogue.keep(obj, by=request.user)
        self._remark(request, obj)

    def delete_model(self, request: HttpRequest, obj: models.Model) -> None:
        catalogue.remove(obj, by=request.user)

    def delete_queryset(self, request: HttpRequest, queryset: models.QuerySet) -> None:
        for row in queryset:
            self.delete_model(request, row)

    def _remark(self, request: HttpRequest, row: models.Model) -> None:
        for label, words in catalogue.words_of(row):
            remark(request, label, words)

    def save_formset(
        self, request: HttpRequest, form: Any, formset: Any, change: bool
    ) -> None:
        # Changed rows come before new ones, so that an office ended here can be
        # given to another row in the same form.
        for row in formset.save(commit=False):
            catalogue.keep(row, by=request.user)
            self._remark(request, row)
        for row in formset.deleted_objects:
            catalogue.remove(row, by=request.user)
        formset.save_m2m()

    @admin.action(
        description="Show to the public before a statement names them",
        permissions=["change"],
    )
    def show(self, request: HttpRequest, queryset: Any) -> None:
        rows = list(queryset)
        catalogue.list_publicly(rows, by=request.user)
        self._tell(request, rows, "Shown to the public from now on")

    @admin.action(
        description="No longer show by hand (statements still do)",
        permissions=["change"],
    )
    def hide(self, request: HttpRequest, queryset: Any) -> None:
        rows = list(queryset)
        catalogue.list_publicly(rows, by=request.user, listed=False)
        self._tell(request, rows, "No longer shown by hand")

    def _tell(self, request: HttpRequest, rows: Iterable[Any], what: str) -> None:
        names = ", ".join(str(row) for row in rows)
        messages.success(request, f"{what}: {names}.")

    @admin.display(description="public page")
    def page(self, row: Any) -> str:
        """The address; it answers only once the row is public."""
        if row.pk is None:
            return "It gets an address when it is saved."
        return format_html('<a href="{0}">{0}</a>', row.get_absolute_url())

    @admin.display(description="shown by hand", boolean=True, ordering="listed_at")
    def listed(self, row: Any) -> bool:
        return row.listed_at is not None
