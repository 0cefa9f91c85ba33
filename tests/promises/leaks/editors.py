"""The editors' doors: lists, pages, actions and choices of the admin."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, urlencode

from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.db.models import Field, ForeignKey
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone

from statements.models import Audit, Binned, DraftBuffer, FormerAddress

from .exempt import PLAIN
from .surface import ADMIN_LIST, ADMIN_PAGE, AUTOCOMPLETE, NOBODY, Surface
from .words import OF_DESK, canary, invented
from .world import Cast, Secret

#: What somebody types into a choice of a noun.
TYPED = {
    "spokesperson": "person.name",
    "organization": "organization.name",
    "post": "post.label",
    "resolution": "resolution.title",
    "quote": "quote.text",
    "mediaasset": "asset.name",
    "kind": "kind.name",
    "tag": "tag.name",
}


def _doors() -> Iterator[tuple[Any, Any]]:
    for model, door in admin.site._registry.items():
        if model._meta.model_name not in PLAIN:
            yield model, door


def _catalogue_model(model: Any) -> bool:
    return model._meta.model_name in {
        "tag",
        "kind",
        "organization",
        "post",
        "spokesperson",
        "appointment",
        "resolution",
        "resolutionalias",
    }


def admin_lists(secret: Secret, cast: Cast) -> Iterator[Surface]:
    """Lists of the admin: bare, by each filter, in each order, for each word."""
    request = RequestFactory().get("/admin/")
    request.user = cast.ada
    yield Surface(ADMIN_LIST, "/admin/", "admin:index", "/admin/")
    yield Surface(
        ADMIN_LIST, "/admin/statements/", "admin:app_list", "/admin/statements/"
    )
    yield Surface(ADMIN_LIST, "calendar", "admin:calendar", reverse("admin:calendar"))
    busy = f"{reverse('admin:calendar')}?day={timezone.localdate():%Y-%m-%d}"
    yield Surface(ADMIN_LIST, "day of the calendar", "admin:calendar", busy)
    checked = f"{reverse('admin:index')}?check=drafts"
    yield Surface(ADMIN_LIST, "/admin/, drafts checked", "admin:index", checked)
    yield Surface(ADMIN_LIST, "notices", "admin:notices", reverse("admin:notices"))
    for model, door in _doors():
        route = f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist"
        base = reverse(route)
        noun = model._meta.model_name
        asked: list[dict[str, str]] = [{}]
        columns = len(door.get_list_display(request))
        asked += [{"o": str(number)} for number in range(1, columns + 1)]
        asked.append({"o": "-1"})
        for item in door.get_list_filter(request):
            if isinstance(item, str):
                field_ = model._meta.get_field(item)
                if isinstance(field_, ForeignKey):
                    key = getattr(
                        getattr(secret, item, None) or getattr(secret.article, item, 0),
                        "pk",
                        1,
                    )
                    asked.append({f"{item}__id__exact": str(key)})
                elif field_.choices:
                    asked += [{f"{item}__exact": value} for value, _ in field_.choices]
                else:
                    asked.append({f"{item}__exact": "1"})
            else:
                choices = item(request, {}, model, door).lookup_choices
                asked += [{item.parameter_name: value} for value, _ in choices]
        for params in asked:
            query = urlencode(params)
            shown = ", ".join(
                f"{name}={'…' if '__id__' in name else value}"
                for name, value in params.items()
            )
            yield Surface(
                ADMIN_LIST,
                f"{noun} list {shown}",
                route,
                f"{base}?{query}" if query else base,
                # By a row that is hidden itself, or by one that is not there.
                f"{base}?{next(iter(params))}={NOBODY}" if "__id__" in query else "",
                catalogue=_catalogue_model(model),
                rows=True,
            )
        if door.get_search_fields(request):
            for name in (
                "edition.title",
                "article.slug",
                "quote.text",
                "quote.permalink",
                "asset.name",
                "asset.credit",
                "person.name",
                "resolution.title",
                "silence.subject",
            ):
                if name in secret.values:
                    word = secret.values[name]
                    twin = "0000000000" if name == "quote.permalink" else invented(word)
                    yield Surface(
                        ADMIN_LIST,
                        f"{noun} list q={name}",
                        route,
                        f"{base}?q={word}",
                        f"{base}?q={twin}",
                        catalogue=_catalogue_model(model),
                    )


def finding(secret: Secret) -> Iterator[Surface]:
    """The box in the head of every page: what it finds under each word of a secret."""
    words = ("edition.title", "article.slug", "person.name", "resolution.alias")
    for route, names in (("admin:find", words), ("admin:find_offers", words[:1])):
        for name in names:
            url = f"{reverse(route)}?{urlencode({'q': canary(name)})}"
            yield Surface(
                ADMIN_LIST,
                f"{route} {name}",
                route,
                url,
                invented(url),
                # Everybody with a role reads the catalogue, and misspelt names are
                # forgiven: the page is compared by its statements, as a list is.
                catalogue=name not in OF_DESK or route == "admin:find_offers",
                rows=route == "admin:find",
            )


def rows(secret: Secret) -> dict[str, list[Any]]:
    """Rows of the secret by the name of their model."""
    found = {
        "article": [secret.article],
        "edition": [secret.edition],
        "quote": list(secret.edition.quotes.order_by("pk")),
        "citation": list(secret.edition.citations.order_by("pk")[:1]),
        "permalink": [quote.permalink for quote in secret.quotes[:1]],
        "mediaasset": [secret.asset],
        "silence": list(secret.article.silences.all()),
        "spokesperson": [secret.person],
        "organization": [secret.organization, secret.voice],
        "post": [secret.post],
        "appointment": [secret.appointment],
        "resolution": [secret.resolution],
        "resolutionalias": list(secret.resolution.aliases.all()),
    }
    found["audit"] = list(
        Audit.objects.filter(table="edition", row=str(secret.edition.pk))[:1]
    )
    found["formeraddress"] = list(
        FormerAddress.objects.filter(article=secret.article)[:1]
    )
    if secret.kind is not None:
        found["kind"] = [secret.kind]
    if secret.tag is not None:
        found["tag"] = [secret.tag]
    return found


def admin_pages(secret: Secret) -> Iterator[Surface]:
    """Pages about a row: change, history, delete, its public page, and our steps."""
    for noun, found in rows(secret).items():
        kind = ContentType.objects.get(app_label="statements", model=noun)
        model = kind.model_class()
        for number, row in enumerate(found):
            for page in ("change", "history", "delete"):
                route = f"admin:statements_{noun}_{page}"
                yield Surface(
                    ADMIN_PAGE,
                    f"{noun} {page} {number}",
                    route,
                    reverse(route, args=[row.pk]),
                    reverse(route, args=[NOBODY]),
                    by_key=True,
                    catalogue=_catalogue_model(model),
                )
            yield Surface(
                ADMIN_PAGE,
                f"{noun} shortest {number}",
                f"/admin/statements/{noun}/<path:object_id>/",
                f"/admin/statements/{noun}/{row.pk}/",
                f"/admin/statements/{noun}/{NOBODY}/",
                by_key=True,
                catalogue=_catalogue_model(model),
            )
            yield Surface(
                ADMIN_PAGE,
                f"{noun} on the site {number}",
                "admin:view_on_site",
                f"/admin/r/{kind.pk}/{row.pk}/",
                f"/admin/r/{kind.pk}/{NOBODY}/",
                by_key=True,
                catalogue=_catalogue_model(model),
            )
    number = secret.edition.number
    steps = ("write", "quotes", "check", "review", "publish", "files", "merge")
    for step in (*steps, "compare"):
        base = "/admin/statements/article/{}/edition/{}/{}/"
        yield Surface(
            ADMIN_PAGE,
            f"step {step}",
            "admin:statements_article_step",
            base.format(secret.article.pk, number, step),
            base.format(NOBODY, number, step),
            by_key=True,
        )
        yield Surface(
            ADMIN_PAGE,
            f"POST step {step}",
            "admin:statements_article_step",
            base.format(secret.article.pk, number, step),
            base.format(NOBODY, number, step),
            method="POST",
            data={"action": "save"},
            twin_data={"action": "save"},
            by_key=True,
        )
    yield Surface(
        ADMIN_PAGE,
        "POST find",
        "admin:statements_article_find",
        f"/admin/statements/article/{secret.article.pk}/edition/{number}/find/",
        f"/admin/statements/article/{NOBODY}/edition/{number}/find/",
        method="POST",
        data={"text": "Calm."},
        twin_data={"text": "Calm."},
        by_key=True,
    )
    yield Surface(
        ADMIN_PAGE,
        "POST find new",
        "admin:statements_article_find_new",
        "/admin/statements/article/find/",
        "/admin/statements/article/find/",
        method="POST",
        data={"text": "Calm."},
        twin_data={"text": "Calm."},
    )
    preview = "/admin/statements/article/{}/preview/{}/"
    for name, asked in (("preview", ""), ("preview in a frame", "?screen=frame")):
        yield Surface(
            ADMIN_PAGE,
            name,
            "admin:statements_article_preview",
            preview.format(secret.article.pk, number) + asked,
            preview.format(NOBODY, number) + asked,
            by_key=True,
        )
    there = "/admin/statements/article/bin/"
    route = "admin:statements_article_bin"
    yield Surface(ADMIN_PAGE, "bin", route, there, there)
    binned = Binned.objects.filter(article=secret.article).first()
    yield Surface(
        ADMIN_PAGE,
        "POST bin",
        route,
        there,
        there,
        method="POST",
        data={"binned": binned.pk if binned else NOBODY},
        twin_data={"binned": NOBODY},
        by_key=True,
    )
    yield from _bulk(secret)
    buffer = DraftBuffer.objects.get(edition=secret.edition)
    for method in ("GET", "POST"):
        yield Surface(
            ADMIN_PAGE,
            f"unsaved text {method}",
            "admin:statements_article_unsaved",
            f"/admin/statements/article/unsaved/{buffer.pk}/",
            f"/admin/statements/article/unsaved/{NOBODY}/",
            method=method,
            data={"action": "throw"},
            twin_data={"action": "throw"},
            by_key=True,
        )
    texts = "/admin/statements/article/unsaved/texts/"
    yield Surface(
        ADMIN_PAGE, "all unsaved texts", "admin:statements_article_texts", texts, texts
    )
    asked = {"user": buffer.user_id, "page": "a" * 32, "hello": "1"}
    yield Surface(
        ADMIN_PAGE,
        "unsaved texts",
        "admin:statements_article_buffers",
        "/admin/statements/article/unsaved/",
        "/admin/statements/article/unsaved/",
        method="POST",
        data={**asked, "edition": secret.edition.pk},
        twin_data={**asked, "edition": NOBODY},
        by_key=True,
    )
    for model, _ in _doors():
        noun = model._meta.model_name
        route = f"admin:{model._meta.app_label}_{noun}_add"
        yield Surface(ADMIN_PAGE, f"{noun} add", route, reverse(route))
    for model, door in _doors():
        if door.actions is None:
            continue
        noun = model._meta.model_name
        for row in rows(secret).get(noun, [])[:1]:
            for action in ["delete_selected", *door.actions]:
                route = f"admin:statements_{noun}_changelist"
                yield Surface(
                    ADMIN_PAGE,
                    f"{noun} action {action}",
                    f"statements.{noun}.{action}",
                    reverse(route),
                    reverse(route),
                    method="POST",
                    data={"action": action, "_selected_action": [row.pk]},
                    twin_data={"action": action, "_selected_action": [NOBODY]},
                    catalogue=_catalogue_model(model),
                    by_key=True,
                )


def _bulk(secret: Secret) -> Iterator[Surface]:
    """Many statements at once: what would change, and the change itself."""
    route, there = "admin:statements_article_bulk", "/admin/statements/article/bulk/"
    yield Surface(ADMIN_PAGE, "bulk", route, there, there)
    for do in ("kind", "bin", "submit", "return", "unschedule"):
        yield Surface(
            ADMIN_PAGE,
            f"bulk {do}",
            route,
            f"{there}?do={do}&row={secret.article.pk}",
            f"{there}?do={do}&row={NOBODY}",
            by_key=True,
        )
    yield Surface(
        ADMIN_PAGE,
        "bulk, all that a search finds",
        route,
        f"{there}?do=bin&all=1&list=q%3D{canary('edition.title')}",
        f"{there}?do=bin&all=1&list=q%3D{invented(canary('edition.title'))}",
    )
    kind = secret.article.kind_id
    yield Surface(
        ADMIN_PAGE,
        "POST bulk",
        route,
        there,
        there,
        method="POST",
        data={"do": "kind", "kind": kind, "row": f"{secret.article.pk}:{kind}"},
        twin_data={"do": "kind", "kind": kind, "row": f"{NOBODY}:{kind}"},
        by_key=True,
    )


def autocompletes(secret: Secret) -> Iterator[Surface]:
    """What each foreign key of each page of the admin offers while one types."""
    for model in admin.site._registry:
        inline = [one.model for one in admin.site._registry[model].inlines]
        for source in (model, *inline):
            for one in source._meta.get_fields():
                if not isinstance(one, Field) or not one.remote_field:
                    continue
                target = one.remote_field.model
                if not admin.site.is_registered(target):
                    continue
                for name in ("", TYPED.get(target._meta.model_name, "edition.title")):
                    params = {
                        "app_label": source._meta.app_label,
                        "model_name": source._meta.model_name,
                        "field_name": one.name,
                        "term": canary(name) if name else "",
                    }
                    url = f"/admin/autocomplete/?{urlencode(params, quote_via=quote)}"
                    twin = invented(url)
                    yield Surface(
                        AUTOCOMPLETE,
                        f"{source._meta.model_name}.{one.name} {name}",
                        "admin:autocomplete",
                        url,
                        twin if twin != url else "",
                        catalogue=_catalogue_model(target),
                    )
