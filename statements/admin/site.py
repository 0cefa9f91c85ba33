"""The first page of the desk: what waits for whom."""

from __future__ import annotations

from collections.abc import Callable
from functools import update_wrapper
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import BadRequest
from django.db.models import Exists, Model, OuterRef
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path

from newsroom.sanity import NUL
from statements.models import Article, Origin, Quote

from . import failing, kept, keys
from .choosing import Choices
from .diary import Address, Month
from .first_day import Put, first_day
from .listing import Shown
from .lookup import Find, Offers
from .notices import Notices
from .queues import queues
from .signing import SignIn

#: The admin's nouns, as an editor looks for them.
SECTIONS = {
    "Statements": ["Article", "MediaAsset", "Tag", "Kind", "Desk"],
    "Who speaks": ["Spokesperson", "Post", "Organization", "Appointment"],
    "Resolutions": ["Resolution", "ResolutionBody", "ResolutionAlias", "Source"],
    "The record": ["Edition", "Quote", "Citation", "Silence", "FormerAddress", "Audit"],
    "Accounts": ["User", "Group"],
}

#: What the handbook calls them, where their rows are called otherwise.
NAMES = {
    "Article": "Statements",
    "MediaAsset": "Files",
    "ResolutionBody": "Bodies",
    "ResolutionAlias": "Other names of resolutions",
    "Appointment": "Offices held",
    "Audit": "Changes",
    "User": "Accounts",
    "Group": "Roles",
}

#: One row of these, and many, as a count tells them.
COUNTED = {
    "Article": ("statement", "statements"),
    "MediaAsset": ("file", "files"),
    "ResolutionBody": ("body", "bodies"),
    "ResolutionAlias": ("other name", "other names"),
    "Appointment": ("office held", "offices held"),
    "Audit": ("change", "changes"),
    "User": ("account", "accounts"),
    "Group": ("role", "roles"),
}


def waiting(user: Any) -> dict[str, int]:
    """Imported statements without a confirmed quote, and quotes to confirm again."""
    seen = Article.objects.of_desks(user)
    confirmed = Quote.objects.filter(article=OuterRef("pk"), confirmed_at__isnull=False)
    return {
        "imports": seen.filter(~Exists(confirmed), origin=Origin.IMPORT).count(),
        "quotes": Quote.objects.filter(
            article__in=seen.values("pk"),
            edition__published_at=None,
            edition__binned=None,
            confirmed_at=None,
        ).count(),
    }


class DeskSite(admin.AdminSite):
    """Django's admin; its first page is a desk."""

    login_form = SignIn
    site_title = settings.SITE_NAME
    # On the sign-in page it stands for the site's name.
    site_header = settings.SITE_NAME
    index_title = "Desk"
    index_template = "admin/statements/desk.html"
    site_url = "/"

    def index(self, request: HttpRequest, extra_context=None) -> HttpResponse:
        context: dict[str, Any] = dict(extra_context or {})
        if request.user.has_perm("statements.view_article"):
            found = queues(request.user)
            checked = failing.asked(request)
            if checked:
                # What was asked for stands first.
                found.insert(0, failing.failing(request.user))
            context |= {
                "queues": [queue for queue in found if queue.count],
                "clear": [queue.title for queue in found if not queue.count],
                "waiting": waiting(request.user),
                "own_drafts": failing.own_drafts(request.user).count(),
                "judged": failing.JUDGED,
                "checked": checked,
                "first_day": first_day(request.user),
                # Signed in again beside a page that is being written on.
                "other_tab": request.GET.get("tab") == "other",
                "may_write": request.user.has_perm("statements.add_article"),
                "deskless": not request.user.has_perm("statements.see_every_desk")
                and not request.user.desks.exists(),
            }
        return super().index(request, context)

    def login(self, request: HttpRequest, extra_context=None) -> HttpResponse:
        """The way in; a form that was sent too late comes along."""
        carried = kept.sent(request) if request.method == "POST" else None
        if carried is None or not carried.words:
            return super().login(request, extra_context)
        response = super().login(request, {**(extra_context or {}), "carried": carried})
        if response.status_code != HTTPStatus.FOUND:
            return response
        return kept.signed_in(request, response)

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        nouns = [
            (
                model._meta.label,
                NAMES.get(model.__name__)
                or str(model._meta.verbose_name_plural).capitalize(),
            )
            for model in self._registry
        ]
        return {
            **super().each_context(request),
            "nouns": nouns,
            # A page with keys of its own puts them before these.
            "key_groups": keys.EVERYWHERE,
            "letters": keys.letters(request),
        }

    def admin_view(self, view: Callable[..., Any], cacheable: bool = False) -> Any:
        """A page for staff. What no database can hold is asked of none."""

        def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            given = (value for _, values in request.GET.lists() for value in values)
            if any(NUL in value for value in given):
                raise BadRequest("The address holds a NUL.")
            return view(request, *args, **kwargs)

        guarded = super().admin_view(update_wrapper(asked, view), cacheable)

        def met(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            # Django leads to the sign-in page, and drops what was typed.
            ended = request.method == "POST" and request.user.is_anonymous
            if ended and kept.typed(request):
                return kept.signed_out(request)
            return guarded(request, *args, **kwargs)

        return update_wrapper(met, guarded)

    def get_urls(self) -> list:
        return [
            path(
                "r/<path:content_type_id>/<path:object_id>/",
                self.admin_view(self.view_on_site),
                name="view_on_site",
            ),
            path(
                "calendar/", self.admin_view(Month.as_view(site=self)), name="calendar"
            ),
            path(
                "calendar/address/",
                self.admin_view(Address.as_view(site=self)),
                name="calendar_address",
            ),
            # They answer a NUL themselves, in a sentence.
            path("find/", super().admin_view(Find.as_view(site=self)), name="find"),
            path(
                "find/offers/", super().admin_view(Offers.as_view()), name="find_offers"
            ),
            path(
                "keys/",
                self.admin_view(keys.KeysPage.as_view(site=self)),
                name="keys",
            ),
            path(
                "notices/", self.admin_view(Notices.as_view(site=self)), name="notices"
            ),
            path(
                "first-day/",
                self.admin_view(Put.as_view(site=self)),
                name="first_day",
            ),
            path("list/", self.admin_view(Shown.as_view(site=self)), name="list"),
            *super().get_urls(),
        ]

    def autocomplete_view(self, request: HttpRequest) -> HttpResponse:
        return Choices.as_view(admin_site=self)(request)

    def counted(self, model: type[Model], number: int) -> str:
        """How many rows there are, in the words of the desk."""
        meta = model._meta
        usual = str(meta.verbose_name), str(meta.verbose_name_plural)
        one, many = COUNTED.get(model.__name__, usual)
        return f"{number} {one if number == 1 else many}"

    def app_index(
        self, request: HttpRequest, app_label: str, extra_context=None
    ) -> HttpResponse:
        """All lists in their sections; Django has those of one app, by the alphabet."""
        context = {"title": "All lists", "app_list": self.get_app_list(request)}
        return super().app_index(request, app_label, context | (extra_context or {}))

    def view_on_site(
        self, request: HttpRequest, content_type_id: str, object_id: str
    ) -> HttpResponse:
        """Lead to the public page of a row that the person may see here.

        Django's own leads from any key to an address, and so tells the titles and dates
        of other desks' statements.
        """
        known = content_type_id.isdecimal() and len(content_type_id) < 9
        kind = ContentType.objects.filter(pk=content_type_id).first() if known else None
        door: Any = self._registry.get(kind.model_class()) if kind else None
        if door is None or not door.has_view_permission(request):
            raise Http404("Nothing here.")
        row = door.get_object(request, object_id)
        if row is None or not hasattr(row, "get_absolute_url"):
            raise Http404("Nothing here.")
        return HttpResponseRedirect(row.get_absolute_url())

    def get_app_list(self, request: HttpRequest, app_label=None) -> list[dict]:
        """The nouns in the sections above; what they do not name comes last."""
        apps = super().get_app_list(request, app_label)
        for app in apps:
            for model in app["models"]:
                model["name"] = NAMES.get(model["object_name"], model["name"])
        if app_label is not None:
            return apps
        models = {
            model["object_name"]: (app, model)
            for app in apps
            for model in app["models"]
        }
        sections = []
        for title, names in {**SECTIONS, "More": []}.items():
            found = [models.pop(name) for name in names if name in models]
            if title == "More":
                found = list(models.values())
            if found:
                sections.append(
                    {**found[0][0], "name": title, "models": [m for _, m in found]}
                )
        return sections
