"""Resolutions, who adopts them, and what they are called."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest

from statements.models import (
    Resolution,
    ResolutionAlias,
    ResolutionBody,
    ResolutionRelation,
)
from statements.search import desk

from .doors import CatalogueDoor, Choosing, Listing


@admin.register(ResolutionBody)
class ResolutionBodyAdmin(CatalogueDoor):
    list_display = ["name", "abbreviation", "slug"]
    search_fields = ["name__unaccent", "abbreviation"]
    prepopulated_fields = {"slug": ["name"]}


class Aliases(admin.StackedInline):
    model = ResolutionAlias
    fields = ["name"]
    extra = 0


class Relations(Choosing, admin.StackedInline):
    model = ResolutionRelation
    fk_name = "resolution"
    fields = ["kind", "other", "pinpoint"]
    autocomplete_fields = ["other"]
    extra = 0
    verbose_name = "relation"
    verbose_name_plural = "what it does to others"

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("other")


class ResolutionForm(forms.ModelForm):
    slug = forms.SlugField(
        required=False, help_text="The end of its address. Made from the symbol."
    )


@admin.register(Resolution)
class ResolutionAdmin(CatalogueDoor):
    form = ResolutionForm
    list_display = ["symbol", "named", "body", "adopted_on", "listed"]
    more_columns = ("adoption", "votes")
    list_filter = ["body", Listing]
    list_select_related = ["body"]
    search_fields = ["symbol", "title", "topic", "aliases__name"]
    autocomplete_fields = ["body"]
    fields = [
        "symbol",
        "body",
        "title",
        "topic",
        "adopted_on",
        "adoption",
        ("votes_for", "votes_against", "abstentions"),
        "url",
        "slug",
        "page",
    ]
    readonly_fields = ["page"]
    inlines = [Aliases, Relations]
    actions = ["show", "hide"]

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("body")

    @admin.display(description="votes")
    def votes(self, resolution: Resolution) -> str:
        if resolution.votes_for is None:
            return ""
        against, abstained = resolution.votes_against, resolution.abstentions
        return (
            f"{resolution.votes_for} for, {against or 0} against, "
            f"{abstained or 0} abstained"
        )

    def get_search_results(
        self, request: HttpRequest, queryset: Any, search_term: str
    ) -> tuple[Any, bool]:
        """By a printed form or the number alone too, as the box in the head does."""
        if self.unanswerable(request, search_term):
            return queryset.none(), False
        asked = desk.read(search_term)
        if not asked.words:
            return queryset, False
        fits = Resolution.objects.filter(desk.resolution_fits(asked))
        return queryset.filter(pk__in=fits.values("pk")), False

    @admin.display(description="title or topic")
    def named(self, resolution: Resolution) -> str:
        return resolution.title or resolution.topic


@admin.register(ResolutionAlias)
class ResolutionAliasAdmin(CatalogueDoor):
    list_display = ["name", "resolution"]
    list_select_related = ["resolution"]
    search_fields = ["name", "resolution__symbol"]
    autocomplete_fields = ["resolution"]
