"""Statements in the admin: their list, and the way to their five pages."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import admin
from django.contrib.admin.options import IS_POPUP_VAR
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Exists, OuterRef, Prefetch, Q, Subquery
from django.db.models.functions import Coalesce, Now
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.urls import path
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html

from statements.models import Article, Edition, Origin, Quote

from . import editor, queues, returning
from .binned import Bin
from .buffers import Buffers, Texts, Unsaved
from .bulk import Bulk, choices
from .checks import Check
from .doors import Door
from .merging import Merge
from .quotes import Quotes
from .reviewing import Review
from .stages import Preview, Publish
from .standing import counted
from .versions import Versions
from .writing import Files, Write

PAGES = {
    "write": Write,
    "quotes": Quotes,
    "check": Check,
    "review": Review,
    "publish": Publish,
    "files": Files,
    "merge": Merge,
    "compare": Versions,
}


class StageFilter(admin.SimpleListFilter):
    """Statements with an edition in a stage, now."""

    title = "stage"
    parameter_name = "stage"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [
            ("draft", "Draft"),
            ("in_review", "In review"),
            ("returned", "Returned"),
            ("approved", "Approved"),
            ("scheduled", "Scheduled"),
            ("live", "Live"),
            ("withdrawn", "Withdrawn"),
            ("unreviewed", "Published without a review"),
            ("waiting", "Imported, no quote confirmed"),
            ("to_review", "For me to review"),
            ("with_a_colleague", "Mine, with a colleague"),
            ("returned_to_me", "Returned to me"),
            ("unconfirmed", "Mine, with quotes to confirm"),
            ("correction", "Correction begun"),
            ("doubtful", "Out, and a quote differs from its source"),
        ]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        stage = self.value()
        if stage is None:
            return queryset
        if stage == "waiting":
            confirmed = Quote.objects.filter(
                article=OuterRef("pk"), confirmed_at__isnull=False
            )
            return queryset.filter(~Exists(confirmed), origin=Origin.IMPORT)
        if stage in queues.KINDS:
            # The same rows as on the first page.
            found = queues.of_kind(stage, request.user)
            return queryset.filter(Exists(found.filter(article=OuterRef("pk"))))
        undecided = Q(published_at=None, approved_at=None)
        condition = {
            "in_review": undecided & Q(submitted_at__isnull=False),
            "returned": undecided & Q(submitted_at=None, returned_at__isnull=False),
            "live": Q(live__contains=Now()),
            "withdrawn": Q(withdrawn_at__lte=Now()),
        }.get(stage)
        if condition is None:
            return queryset.none()
        editions = Edition.objects.kept().filter(condition, article=OuterRef("pk"))
        return queryset.filter(Exists(editions))


@admin.register(Article)
class ArticleAdmin(Door):
    """One form that calls the verbs; nothing here ever saves an article itself."""

    fixed = ("chosen",)
    list_display = ["dated", "title", "stages", "kind", "desk"]
    more_columns = ("issuer", "language", "topics", "quotes", "begun", "origin")
    list_display_links = ["dated", "title"]
    list_filter = [StageFilter, "kind", "desk", "language", "origin"]
    list_select_related = ["kind", "desk"]
    search_fields = ["editions__title__unaccent", "slug"]
    ordering = ["-dated", "-pk"]
    actions = None

    def get_queryset(self, request: HttpRequest) -> Any:
        kept = Edition.objects.kept()
        newest = kept.filter(article=OuterRef("pk")).order_by("-number")
        rows = Article.objects.of_desks(request.user)
        shown = self.get_list_display(request)
        if "issuer" in shown:
            rows = rows.select_related("issuer")
        if "topics" in shown:
            rows = rows.prefetch_related("tags")
        if "quotes" in shown:
            quotes = Quote.objects.filter(
                edition=OuterRef("newest"), confirmed_at__isnull=False
            )
            number = quotes.order_by().values("edition").annotate(n=Count("pk"))
            rows = rows.annotate(
                newest=Subquery(newest.values("pk")[:1]),
                confirmed=Coalesce(Subquery(number.values("n")), 0),
            )
        return rows.annotate(
            newest_title=Subquery(newest.values("title")[:1])
        ).prefetch_related(
            Prefetch(
                "editions",
                kept.select_related("created_by")
                .defer("body", "text", "record")
                .order_by("number"),
            )
        )

    def get_list_display(self, request: HttpRequest) -> list[str]:
        """Without boxes to choose by for those who could do nothing then."""
        columns = super().get_list_display(request)
        if choices(request.user) and IS_POPUP_VAR not in request.GET:
            return columns
        return [name for name in columns if name not in self.fixed]

    @admin.display(description="choose")
    def chosen(self, article: Any) -> str:
        """A box that belongs to the form above the list."""
        return format_html(
            '<input type="checkbox" name="row" value="{}" form="bulk" '
            'aria-label="Choose {}, {}">',
            article.pk,
            article.newest_title,
            article.dated.isoformat(),
        )

    def changelist_view(self, request: HttpRequest, extra_context=None) -> Any:
        return super().changelist_view(
            request, {**(extra_context or {}), "bulk_choices": choices(request.user)}
        )

    @admin.display(description="title", ordering="newest_title")
    def title(self, article: Any) -> str:
        return article.newest_title

    @admin.display(description="stage")
    def stages(self, article: Article) -> str:
        """What readers have of it, or will, and beside it the edition worked on."""
        now = timezone.now()
        editions = [(each, each.state(now)) for each in article.editions.all()]
        newest, shown = editions[-1]
        beside = ""
        if not newest.frozen:
            out = [state for each, state in editions if each.frozen]
            if out:
                beside = f" · edition {newest.number}: {shown.label.lower()}"
                shown = out[-1]
        return format_html(
            '<span class="state state-{}">{}</span>{}',
            shown.value,
            shown.label,
            beside,
        )

    @admin.display(description="topics")
    def topics(self, article: Article) -> str:
        return ", ".join(sorted(tag.name for tag in article.tags.all()))

    @admin.display(description="quotes confirmed", ordering="confirmed")
    def quotes(self, article: Any) -> str:
        return counted(article.confirmed, "quote")

    @admin.display(description="begun")
    def begun(self, article: Article) -> str:
        newest = list(article.editions.all())[-1]
        day = date_format(timezone.localtime(newest.created_at), "j M Y")
        return f"{day}, {newest.created_by}"

    def get_preserved_filters(self, request: HttpRequest) -> str:
        """The filters of a list; of one without any, that one comes from it."""
        listed = request.resolver_match and request.resolver_match.url_name
        if listed == "statements_article_changelist" and not request.GET:
            return urlencode({returning.FILTERS: "p=1"})
        return super().get_preserved_filters(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False  # the page Publish deletes, by its verb

    def get_urls(self) -> list:
        def page(view: type) -> Any:
            return self.admin_site.admin_view(view.as_view(admin=self))

        at = "<int:pk>/edition/<int:number>"
        return [
            path("add/", page(Write), name="statements_article_add"),
            path("unsaved/", page(Buffers), name="statements_article_buffers"),
            path("unsaved/texts/", page(Texts), name="statements_article_texts"),
            path("bin/", page(Bin), name="statements_article_bin"),
            path("bulk/", page(Bulk), name="statements_article_bulk"),
            path(
                "unsaved/<int:key>/", page(Unsaved), name="statements_article_unsaved"
            ),
            path(
                "find/",
                self.admin_site.admin_view(self.find),
                name="statements_article_find_new",
            ),
            path(
                f"{at}/find/",
                self.admin_site.admin_view(self.find),
                name="statements_article_find",
            ),
            path(
                f"{at}/<str:step>/",
                self.admin_site.admin_view(self.step_view),
                name="statements_article_step",
            ),
            path(
                "<int:pk>/preview/<int:number>/",
                page(Preview),
                name="statements_article_preview",
            ),
            *super().get_urls(),
        ]

    def step_view(
        self, request: HttpRequest, pk: int, number: int, step: str
    ) -> HttpResponse:
        if step not in PAGES:
            raise Http404("No such page.")
        return PAGES[step].as_view(admin=self)(request, pk=pk, number=number)

    def find(
        self, request: HttpRequest, pk: int | None = None, number: int | None = None
    ) -> HttpResponse:
        """What is in a text that somebody is writing, told to the editor's script."""
        if not self.has_view_permission(request):
            raise PermissionDenied("You may not read drafts.")
        edition = editor.asked_of(request, pk, number)
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        return editor.find(request, edition)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url="", extra_context=None
    ) -> HttpResponse:
        """Go to the newest edition: the one that is worked on, or that is out."""
        if not self.has_view_permission(request):
            raise PermissionDenied("You may not read drafts.")
        # Of a statement in the bin too: its page says so.
        newest = (
            Edition.objects.kept()
            .filter(
                article__in=Article.objects.readable(request.user).values("pk"),
                article=object_id,
            )
            .only("number", "article_id")
            .order_by("-number")
            .first()
            if object_id.isdecimal() and len(object_id) < 18
            else None
        )
        if newest is None:
            raise Http404("No such statement.")
        returning.come(request, newest.article_id)
        return redirect(
            "admin:statements_article_step", newest.article_id, newest.number, "write"
        )
