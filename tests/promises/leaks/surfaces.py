"""Every request at which a secret could show, made from what the program has.

A surface belongs to a route of the resolver, an action of the admin or a command; the
test of completeness holds that each has one, or a reason in ``EXEMPT``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlencode

from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.db.models import Field, ForeignKey
from django.test import RequestFactory
from django.urls import reverse

from statements.models import Audit, FormerAddress

from .world import Cast, Known, Secret, canary, invented

PAGES, SEARCH, MEDIA, STAFF, ADMIN_LIST, ADMIN_PAGE, AUTOCOMPLETE = GROUPS = (
    "public pages",
    "search",
    "media",
    "staff",
    "admin list",
    "admin page",
    "autocomplete",
)
ADMIN = (ADMIN_LIST, ADMIN_PAGE, AUTOCOMPLETE)

#: A key that no row has, in place of the secret's.
NOBODY = 99_999_999

#: Routes that no request of the matrix asks, with the reason.
EXEMPT = {
    "admin:login": "reads no row of ours before the password is right",
    "admin:logout": "ends the session; the viewer just signed out has used it",
    "admin:password_change": "a form about the person signed in",
    "admin:password_change_done": "a sentence",
    "admin:jsi18n": "the words of Django's own scripts",
    "admin:auth_user_password_change": "a form about one account; no statement in it",
    "healthz": "one of two fixed words",
    "/admin/(?P<url>.*)": "not found, or the same address with a slash",
}
#: Models of the admin without a word of a secret: accounts and what an account holds.
PLAIN = {
    "user": "accounts; no statement in them",
    "group": "roles",
    "desk": "names of desks, which colleagues know",
    "source": "what was really said is public by its nature; statements lead to none",
    "resolutionbody": "bodies are public",
}
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
#: Actions that answer a POST with the names of the rows chosen, by model and name.
EXEMPT_ACTIONS = {
    "statements.user.deactivate": "accounts",
    "statements.source.delete_selected": "sources",
    "statements.resolutionbody.delete_selected": "bodies",
}
#: Commands that print nothing of a statement that is there, with the reason.
EXEMPT_COMMANDS = {
    "db": "starts and stops the embedded database, reads no row",
    "demo": "writes into an empty Newsroom only, and prints counts and accounts",
    "load_people": "prints counts of the file that it was given",
    "load_resolutions": "prints counts of the file that it was given",
    "load_statements": "prints counts of the file that it was given",
    "receive": "prints what it made of the text that it was given",
}


@dataclass(frozen=True)
class Surface:
    """One request. ``name`` is the same in every state and run.

    ``url`` asks with the secret's values and keys, ``twin`` the same with invented
    ones, or is "" where the request holds none; ``route`` as the resolver names it.
    """

    group: str
    name: str
    route: str
    url: str
    twin: str = ""
    method: str = "GET"
    headers: dict[str, str] = field(default_factory=dict, hash=False)
    twin_headers: dict[str, str] = field(default_factory=dict, hash=False)
    data: dict[str, Any] | None = field(default=None, hash=False)
    twin_data: dict[str, Any] | None = field(default=None, hash=False)
    #: Keys of hidden rows were asked for, not only words.
    by_key: bool = False
    #: Rows of the catalogue, which everybody with a role may read in the admin.
    catalogue: bool = False


def _page(route: str, url: str, name: str = "", **more: Any) -> Surface:
    twin = invented(url)
    return Surface(PAGES, name or url, route, url, twin if twin != url else "", **more)


def lists(known: Known) -> Iterator[Surface]:
    """Public pages that hold nothing of the secret in their address."""
    day = known.article.dated
    for route, url, name in [
        ("home", "/", ""),
        ("archive", "/statements/", ""),
        ("archive_year", f"/statements/{day:%Y}/", ""),
        ("archive_month", f"/statements/{day:%Y/%m}/", ""),
        ("archive_day", f"/statements/{day:%Y/%m/%d}/", ""),
        ("archive", "/statements/?before=2026-12-31.99999999", ""),
        ("archive", "/statements/?after=2000-01-01.1", ""),
        ("article", known.article.get_absolute_url(), "the public statement"),
        ("quote", known.quote.get_absolute_url(), "the public quote"),
        ("people", "/people/", ""),
        ("people", "/people/?before=a.1", ""),
        ("spokesperson", known.person.get_absolute_url(), ""),
        ("organizations", "/organizations/", ""),
        ("organization", known.ministry.get_absolute_url(), ""),
        ("post", known.post.get_absolute_url(), ""),
        ("resolutions", "/resolutions/", ""),
        ("resolution", known.resolution.get_absolute_url(), ""),
        ("topics", "/topics/", ""),
        ("topic", "/topics/ferries/", ""),
        ("topic", "/topics/ferries/?before=2026-12-31.99999999", ""),
    ]:
        yield _page(route, url, name)
    for method in ("HEAD",):
        for route, url in (("home", "/"), ("archive", "/statements/")):
            yield _page(route, url, f"{method} {url}", method=method)


def addresses(secret: Secret) -> Iterator[Surface]:
    """The secret's own public pages, also as somebody who guesses would write them."""
    quotes = [
        ("quote", quote.get_absolute_url(), f"/quotes/{n}/", "/quotes/0000000000/")
        for n, quote in enumerate(secret.quotes)
    ]
    quotes.append(
        (
            "quote",
            secret.quotes[0].get_absolute_url().lower(),
            "/quotes/0/ in small letters",
            "/quotes/0000000000/",
        )
    )
    for route, url, name, twin in quotes:
        yield Surface(PAGES, name, route, url, twin, by_key=True)
    rows: list[tuple[str, str, str]] = [
        ("article", secret.article.get_absolute_url(), "/statements/…/"),
        ("spokesperson", secret.person.get_absolute_url(), "/people/…/"),
        ("organization", secret.organization.get_absolute_url(), "/organizations/…/"),
        ("organization", secret.voice.get_absolute_url(), "/organizations/voice/"),
        ("post", secret.post.get_absolute_url(), "/posts/…/"),
        ("resolution", secret.resolution.get_absolute_url(), "/resolutions/…/"),
        ("resolutions", "/resolutions/?ref=UNSCR+2222", "/resolutions/?ref="),
        ("resolutions", "/resolutions/?ref=S/RES/2222+(2015)", "/resolutions/?ref=S"),
        (
            "resolutions",
            f"/resolutions/?ref={canary('resolution.alias')}+Resolution",
            "/resolutions/?ref=alias",
        ),
        ("resolution_reference", "/resolutions/S/RES/2222(2015)", "/resolutions/S…"),
    ]
    if secret.issuer is not None:
        rows.append(("organization", secret.issuer.get_absolute_url(), "/issuer/"))
        former = f"/statements/2026/03/02/{canary('former.path')}/"
        rows.append(("article", former, "a former address"))
    if secret.tag is not None:
        rows.append(("topic", secret.tag.get_absolute_url(), "/topics/…/"))
    for route, url, name in rows:
        if route == "article" and "zqb" not in url:
            continue
        yield _page(route, url, name, by_key=True)
        if "?" not in url:
            yield _page(route, url, f"HEAD {name}", method="HEAD", by_key=True)
    for noun, row in (
        # An article that readers have is no secret.
        ("article", secret.article if secret.kind else None),
        # Its list goes by the statements' keys.
        ("topic", secret.article if secret.tag is not None else None),
        ("people", secret.person),
        ("organizations", secret.organization),
    ):
        if row is not None:
            place = "2026-03-02" if noun in {"article", "topic"} else "z"
            at = {"article": "/statements/", "topic": "/topics/ferries/"}.get(
                noun, f"/{noun}/"
            )
            yield Surface(
                PAGES,
                f"{at}?before= {noun}",
                {"article": "archive"}.get(noun, noun),
                f"{at}?before={place}.{row.pk}",
                f"{at}?before={place}.{NOBODY}",
            )


def searches(secret: Secret) -> Iterator[Surface]:
    """The readers' search and the staff's: every word, every order, every filter."""
    asked: list[tuple[str, dict[str, str]]] = [
        (f"q={name}", {"q": word})
        for name, word in secret.values.items()
        if not name.startswith(("asset.key", "asset.sha"))
    ]
    asked += [
        (f"sort q={name}", {"q": canary(name), "sort": "relevance"})
        for name in ("quote.text", "quote.second_text")
    ]
    names = {
        "speaker": ("person.name", "person.slug", "person.other_name", "voice.name"),
        "organization": (
            "organization.name",
            "organization.slug",
            "organization.other_name",
            "voice.slug",
        ),
        "tag": ("tag.name", "tag.slug"),
        "resolution": ("resolution.slug", "resolution.alias"),
    }
    for control, fields in names.items():
        for name in fields:
            if name in secret.values:
                word = canary(name)
                asked.append((f"{control}={name}", {control: word}))
                asked.append((f"q={control}:{name}", {"q": f"{control}:{word}"}))
    asked += [
        ("speaker=whole name", {"speaker": f"Zelda {canary('person.name')}"}),
        ("resolution=2222", {"resolution": "UNSCR 2222"}),
        ("q=resolution:2222", {"q": 'resolution:"UNSCR 2222"'}),
    ]
    plain = [
        ("q=ready", {"q": "ready"}),
        ("q=holds", {"q": "holds"}),
        ("since", {"q": "ready", "since": "2026"}),
        ("until", {"q": "holds", "until": "2026"}),
        ("relevance", {"q": "ready", "sort": "relevance"}),
        ("cursor", {"q": "ready", "before": "2026-12-31.99999999"}),
        ("empty", {}),
    ]
    for group, route, path in (
        (SEARCH, "search", "/search/"),
        (STAFF, "staff_quotes", "/staff/quotes/"),
    ):
        for name, params in asked + plain:
            url = f"{path}?{urlencode(params)}" if params else path
            twin = invented(url).replace(
                secret.quotes[0].permalink_id.lower(), "0000000000"
            )
            yield Surface(
                group, f"{path}?{name}", route, url, twin if twin != url else ""
            )


def media(secret: Secret) -> Iterator[Surface]:
    """The file: whole, in part, its head, and by what a guesser knows of it."""
    url = secret.asset.get_absolute_url()
    twin = invented(url.replace(secret.asset.key, "0" * 32))
    etag = f'"{secret.asset.sha256}"'
    other = f'"{"0" * 64}"'
    for name, method, headers, other_headers in [
        ("GET", "GET", {}, {}),
        ("HEAD", "HEAD", {}, {}),
        ("Range", "GET", {"Range": "bytes=0-40"}, {}),
        ("Range of the end", "GET", {"Range": "bytes=-40"}, {}),
        ("Range beyond", "GET", {"Range": "bytes=9999999-"}, {}),
        ("If-None-Match", "GET", {"If-None-Match": etag}, {"If-None-Match": other}),
        ("If-None-Match *", "GET", {"If-None-Match": "*"}, {}),
        ("HEAD If-None-Match", "HEAD", {"If-None-Match": etag}, {}),
        (
            "If-Range",
            "GET",
            {"Range": "bytes=0-40", "If-Range": etag},
            {"Range": "bytes=0-40", "If-Range": other},
        ),
        (
            "If-Modified-Since",
            "GET",
            {"If-Modified-Since": "Mon, 01 Jan 2035 00:00:00 GMT"},
            {},
        ),
        ("gzip", "GET", {"Accept-Encoding": "gzip, deflate"}, {}),
    ]:
        yield Surface(
            MEDIA,
            f"/media/ {name}",
            "media",
            url,
            twin,
            method,
            headers,
            other_headers or headers,
            by_key=True,
        )
    for name, wrong in (
        ("another name", url.rpartition("/")[0] + "/other.mp3"),
        ("key alone", url.rpartition("/")[0] + "/x"),
    ):
        yield Surface(
            MEDIA,
            f"/media/ {name}",
            "media",
            wrong,
            wrong.replace(secret.asset.key, "0" * 32),
            by_key=True,
        )


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
                    asked += [{f"{item}__exact": value} for value, _ in field_.choices][
                        :4
                    ]
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
                catalogue=_catalogue_model(model),
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


def rows(secret: Secret) -> dict[str, list[Any]]:
    """Rows of the secret by the name of their model."""
    found = {
        "article": [secret.article],
        "edition": [secret.edition],
        "quote": list(secret.edition.quotes.order_by("pk")),
        "citation": list(secret.edition.citations.order_by("pk")[:1]),
        "permalink": [quote.permalink for quote in secret.quotes[:1]],
        "mediaasset": [secret.asset],
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
    for step in ("write", "quotes", "check", "review", "publish", "files"):
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
    preview = "/admin/statements/article/{}/preview/{}/"
    yield Surface(
        ADMIN_PAGE,
        "preview",
        "admin:statements_article_preview",
        preview.format(secret.article.pk, number),
        preview.format(NOBODY, number),
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


def surfaces(
    group: str, cast: Cast, known: Known, secret: Secret, *, quick: bool = False
) -> list[Surface]:
    """The surfaces of a group, each name once.

    ``quick``: of the groups with hundreds only every third; of the admin's lists only
    those of what a desk keeps to itself.
    """
    made: Iterator[Surface]
    if group == PAGES:
        made = iter([*lists(known), *addresses(secret)])
    elif group in (SEARCH, STAFF):
        made = (one for one in searches(secret) if one.group == group)
    elif group == MEDIA:
        made = media(secret)
    elif group == ADMIN_LIST:
        made = admin_lists(secret, cast)
    elif group == ADMIN_PAGE:
        made = admin_pages(secret)
    else:
        made = autocompletes(secret)
    found = list({one.name: one for one in made}.values())
    if quick and group == ADMIN_LIST:
        found = [one for one in found if not one.catalogue]
    if quick and group in (ADMIN_LIST, STAFF, AUTOCOMPLETE):
        found = found[::3]
    return found
