"""The record, to read: editions, quotes, citations, addresses, the audit.

Nothing here is written by hand: the verbs of the desk do that.
"""

from __future__ import annotations

import json
from typing import Any

from django.contrib import admin
from django.db.models.functions import Now
from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.timezone import localtime

from statements.models import (
    Article,
    Audit,
    Citation,
    Correction,
    Edition,
    FormerAddress,
    Permalink,
    Quote,
    Source,
)

from .doors import Door


class Record(Door):
    """Rows to read; those of a statement only by members of its desk."""

    #: Leads to the article whose desk may see a row; None where there is none.
    of_article: str | None = "article"
    beside: tuple[str, ...] = ()
    actions = None

    def has_add_permission(self, request: HttpRequest, *args: Any) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> Any:
        # Here rather than in the list alone: the page of one row names them as well.
        rows = super().get_queryset(request)
        if self.beside:
            rows = rows.select_related(*self.beside)
        if request.user.has_perm("statements.see_every_desk"):
            return rows
        if self.of_article is None:
            return rows.none()
        seen = Article.objects.of_desks(request.user).values("pk")
        return rows.filter(**{f"{self.of_article}__in": seen})

    @admin.display(description="corrected")
    def corrected(self, row: Any) -> str:
        """What editions changed in a quote, or an edition in its quotes."""
        of = {"permalink": row.permalink_id} if hasattr(row, "permalink_id") else {}
        rows = (
            Correction.objects.filter(**(of or {"edition": row.pk}))
            .select_related("edition")
            .defer("edition__body", "edition__text", "edition__record")
            .order_by("-edition__published_at", "permalink", "-what")
        )
        return format_html_join(
            "",
            "<p>{} “<ins>{}</ins>” was “<del>{}</del>”, in edition {} of {}. {}</p>",
            (
                (
                    f"{each.get_what_display()}:",
                    each.after,
                    each.before,
                    each.edition.number,
                    date_format(localtime(each.edition.published_at), "j F Y, H:i"),
                    each.edition.change_note,
                )
                for each in rows
            ),
        )

    @admin.display(description="statement")
    def statement(self, row: Any) -> str:
        return format_html(
            '<a href="{}">{}</a>',
            reverse("admin:statements_article_change", args=[row.article_id]),
            row.article,
        )


class Stage(admin.SimpleListFilter):
    """Where editions stand now, from their moments."""

    title = "stage"
    parameter_name = "stage"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("draft", "Not published"), ("scheduled", "Scheduled"), ("live", "Out")]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        match self.value():
            case "draft":
                return queryset.filter(published_at=None)
            case "scheduled":
                return queryset.filter(published_at__gt=Now())
            case "live":
                return queryset.filter(live__contains=Now())
        return queryset


@admin.register(Edition)
class EditionAdmin(Record):
    list_display = ["title", "number", "statement", "change", "published_at"]
    list_filter = ["change", Stage]
    beside = ("article",)
    search_fields = ["title"]
    ordering = ["-pk"]
    fields = [
        "statement",
        "number",
        "title",
        "change",
        "change_note",
        "corrected",
        "text",
        ("created_at", "created_by"),
        ("submitted_at", "submitted_by"),
        ("returned_at", "returned_by"),
        ("approved_at", "approved_by"),
        ("published_at", "published_by"),
        ("superseded_at", "superseded_by"),
        ("withdrawn_at", "withdrawn_by"),
        "unreviewed_reason",
        "withdrawn_reason",
        "withdrawn_note",
        "digest",
        "previous_digest",
    ]

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).defer("record")


@admin.register(Quote)
class QuoteAdmin(Record):
    list_display = ["text", "speaker", "organization", "said_on", "kind", "statement"]
    more_columns = ("title_as_printed", "verdict", "origin")
    list_filter = ["kind", "verdict", "origin"]
    beside = ("speaker", "organization", "article")
    search_fields = ["text", "speaker__name", "permalink__id"]
    ordering = ["-said_on", "-pk"]
    fields = [
        "statement",
        "edition",
        "permalink",
        "text",
        ("start", "end"),
        "kind",
        "origin",
        "speaker",
        "organization",
        "appointment",
        "title_as_printed",
        "said_on",
        ("confirmed_at", "confirmed_by"),
        "detached_at",
        "verdict",
        "corrected",
    ]

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).defer("tsv")


@admin.register(Citation)
class CitationAdmin(Record):
    list_display = ["printed", "resolution", "said_on", "origin", "statement"]
    list_filter = ["origin"]
    beside = ("resolution", "article")
    search_fields = ["printed", "resolution__symbol"]
    ordering = ["-said_on", "-pk"]
    fields = [
        "statement",
        "edition",
        "printed",
        "resolution",
        "pinpoint",
        ("start", "end"),
        "said_on",
        "origin",
        ("confirmed_at", "confirmed_by"),
    ]


@admin.register(Permalink)
class PermalinkAdmin(Record):
    list_display = ["id", "statement", "merged_into"]
    beside = ("article",)
    search_fields = ["id"]
    ordering = ["id"]
    fields = ["id", "statement", "merged_into", "translation_of"]

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("statements.view_quote")

    def has_module_permission(self, request: HttpRequest) -> bool:
        return False


@admin.register(FormerAddress)
class FormerAddressAdmin(Record):
    """Of articles and of the catalogue; only for those who see every desk."""

    of_article = None
    list_display = ["path", "at"]
    search_fields = ["path"]
    ordering = ["-pk"]

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("statements.see_every_desk")

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)


@admin.register(Audit)
class AuditAdmin(Record):
    """Who changed what. It tells of every desk, so one must see every desk."""

    of_article = None
    list_display = ["at", "actor", "op", "table", "row", "reason"]
    list_filter = ["op"]
    beside = ("actor",)
    search_fields = ["=table", "=row", "reason"]
    fields = ["at", "actor", "op", "table", "row", "reason", "what"]

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_view_permission(request, obj) and request.user.has_perm(
            "statements.see_every_desk"
        )

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    @admin.display(description="changes")
    def what(self, row: Audit) -> str:
        return format_html(
            '<pre class="audit-changes">{}</pre>',
            json.dumps(row.changes, indent=1, ensure_ascii=False),
        )


@admin.register(Source)
class SourceAdmin(Door):
    list_display = ["title", "trust", "publisher", "held_on"]
    list_filter = ["trust"]
    search_fields = ["title", "publisher"]
