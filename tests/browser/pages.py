"""Every page of the desk, asked of the program itself, over a world that fills them.

A page that a colleague adds is a route of the admin: it is walked because it is there,
or the walk says that nobody told it which row to open it with.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from django.contrib import admin
from django.db import transaction
from django.urls import reverse

from statements.editorial import (
    buffers,
    catalogue,
    editions,
    folders,
    intake,
    inviting,
    notices,
    publishing,
    verbs,
)
from statements.management.demo import stage
from statements.models import (
    Article,
    Edition,
    Folder,
    Notice,
    Quote,
    Source,
    Spokesperson,
    User,
)

from .. import builders
from ..promises.routes import routes

#: Routes that answer with no page of their own, with what they are.
NO_PAGE = {
    "admin:logout": "a form's target; it leads to the page for those who left",
    "admin:autocomplete": "choices, as JSON",
    "admin:find_offers": "what the box in the head finds, as JSON",
    "staff_names": "names for the search, as JSON",
    "admin:first_day": "takes a form; it leads back to the Desk",
    "admin:list": "takes a form; it leads back to the list",
    "admin:jsi18n": "the words of Django's own scripts",
    "admin:view_on_site": "leads to a readers' page",
    "admin:statements_article_buffers": "what a script keeps, as JSON",
    "admin:statements_article_find": "what a script finds, as JSON",
    "admin:statements_article_find_new": "likewise",
    "admin:statements_article_change": "leads to the edition that is worked on",
}
#: Pages that look alike whatever became of the edition, and those that do not.
ALIKE = ("write", "quotes", "check", "files", "compare")
APART = ("review", "publish")

DARK, PHONE = "?colours=dark", "?screen=phone"


@dataclass(frozen=True)
class Page:
    """A page of the desk: a name for reports, and who opens it; "" is nobody."""

    name: str
    path: str
    who: str = "ada"


@dataclass
class World:
    """A desk in the middle of its day; the editions by what they are shown for."""

    staff: dict[str, User]
    editions: dict[str, Edition] = field(default_factory=dict)
    unsaved: int = 0
    token: str = ""
    folder: Folder | None = None
    #: The address of a quote that readers have.
    chosen: str = ""

    def step(self, name: str, step: str) -> str:
        edition = self.editions[name]
        return reverse(
            "admin:statements_article_step",
            args=[edition.article_id, edition.number, step],
        )


def make() -> World:
    """The demo's country, and beside it what only a day's work leaves behind."""
    with transaction.atomic():
        filled = stage.fill()
        amina, edgar, petra = filled.author, filled.editor, filled.publisher
        world = World(filled.staff)
        for state in ("draft", "in_review", "approved", "scheduled", "live"):
            world.editions[state] = next(
                edition
                for edition in Edition.objects.order_by("-article__dated", "pk")
                if edition.state(verbs.clock()).value == state
            )
        world.editions["withdrawn"] = Edition.objects.filter(
            withdrawn_at__isnull=False
        ).latest("pk")
        world.editions["corrected"] = Edition.objects.filter(
            number=2, published_at__isnull=False
        ).latest("pk")
        _correction(world, amina)
        _returned(world, amina, edgar)
        _unreviewed(world, amina)
        made = inviting.invite(
            world.editions["in_review"],
            by=edgar,
            name="Office of the Prime Minister",
            days=7,
            asks=True,
        )
        world.token = made.token
        draft = world.editions["draft"]
        values = {"title": draft.title, "summary": "Not saved.", "body": draft.body}
        ada = world.staff["ada"]
        buffers.keep(draft, by=ada, page="f" * 32, turn=1, values=values)
        world.unsaved = buffers.unsaved(ada).get().pk
        person = Spokesperson.objects.order_by("pk").first()
        person.slug = f"{person.slug}-formerly"
        catalogue.keep(person, by=petra)
        builders.make_person("I. Okafor", by=petra)
        Source.objects.create(title="Briefing on ice and ferries", publisher="Vallorn")
        live = Quote.objects.public().newest()
        world.chosen = live[0].permalink_id
        keys = [quote.permalink_id for quote in live[:4]]
        world.folder, _put = folders.put_in(None, "For Monday", keys, by=ada)
    return world


def _correction(world: World, by: User) -> None:
    """A draft of a second edition: a quote reworded, another gone from the text."""
    article = world.editions["live"].article
    new = editions.begin(article, by=by, change="correction")
    first, second = new.quotes.order_by("start")[:2]
    body = new.body.replace(first.text[:12], f"Now {first.text[:12]}", 1)
    # All of its words: where four letters stay, it would be a quote of four letters.
    assert body.count(second.text) == 1
    intake.revise(
        new,
        by=by,
        lock_version=new.lock_version,
        body=body.replace(second.text, ""),
        change_note="A word was missing.",
    )
    world.editions["correction"] = Edition.objects.get(pk=new.pk)


def _returned(world: World, author: User, editor: User) -> None:
    edition = builders.make_draft(
        by=author,
        title="Lamps for the outer moles",
        body=builders.BODY.replace("ferries", "pilots"),
    )
    publishing.submit(edition, by=author)
    edition.refresh_from_db()
    publishing.send_back(edition, by=editor, remark="Who counted the lamps?")
    world.editions["returned"] = Edition.objects.get(pk=edition.pk)


def _unreviewed(world: World, author: User) -> None:
    edition = builders.make_draft(
        by=author, title="No ferries tonight", body="The ferries stay in port tonight."
    )
    world.editions["unreviewed"] = publishing.publish(
        edition, by=world.staff["ada"], unreviewed_reason="The storm does not wait."
    )


def pages(world: World) -> list[Page]:
    """All pages, each once. Raises KeyError for a route that nobody can open yet."""
    draft = world.editions["draft"]
    known = {
        "pk": draft.article_id,
        "number": draft.number,
        "key": world.unsaved,
        "app_label": "statements",
    }
    found = {}
    for route in routes():
        if not route.template.startswith("/admin/") or route.name in NO_PAGE:
            continue
        if not route.name or route.name == "admin:statements_article_step":
            continue
        given = dict(known)
        if "object_id" in route.parameters or "id" in route.parameters:
            row = _row(route.name)
            given |= {"object_id": row, "id": row}
        path = reverse(
            route.name, kwargs={name: given[name] for name in route.parameters}
        )
        found[route.name.removeprefix("admin:")] = path
    for name in world.editions:
        steps = APART
        if name in ("draft", "correction", "live"):
            steps += ALIKE
        found |= {f"{step} {name}": world.step(name, step) for step in steps}
    listed = reverse("admin:statements_article_changelist")
    found |= {
        "nothing found": f"{listed}?q=nothing+of+the+kind",
        "find strait": f"{reverse('admin:find')}?q=strait",
        "staff_quotes": reverse("staff_quotes"),
        "staff_quote_check": reverse("staff_quote_check"),
        "staff_quote_check found": f"{reverse('staff_quote_check')}?quotation=all+ships"
        "+of+the+world+will+pass+the+strait",
        "staff_quotes found": f"{reverse('staff_quotes')}?q=strait",
        "staff_facets": f"{reverse('staff_facets')}?q=strait",
        "staff_searches": reverse("staff_searches"),
        "staff_searches new": f"{reverse('staff_searches')}?save=q%3Dstrait",
        "staff_folders": reverse("staff_folders"),
        "staff_folders put": f"{reverse('staff_folders')}?put={world.chosen}&back=",
        "staff_folder": world.folder.get_absolute_url(),
        "not there": "/admin/statements/article/999999/edition/1/write/",
        "no such page": "/admin/nowhere/",
    }
    walked = [Page(name, path) for name, path in found.items()]
    walked += [
        Page("login", reverse("admin:login"), ""),
        Page("guest", reverse("preview", args=[world.token]), ""),
        Page("guest dark", reverse("preview", args=[world.token]) + DARK, ""),
        Page("guest phone", reverse("preview", args=[world.token]) + PHONE, ""),
        Page("unsubscribe", reverse("unsubscribe", args=[_ends_all(world)]), ""),
        Page("not in the role", reverse("admin:statements_user_changelist"), "amina"),
        Page("index amina", reverse("admin:index"), "amina"),
        Page("index petra", reverse("admin:index"), "petra"),
        Page("in_review petra", world.step("in_review", "review"), "petra"),
        Page("approved petra", world.step("approved", "publish"), "petra"),
    ]
    return [page for page in walked if page.name != "login" or not page.who]


def _ends_all(world: World) -> str:
    return notices.token(world.staff["ada"], Notice.values)


def _row(route: str) -> int:
    """The newest row of the model that a route of the admin is of; 0 if none is."""
    label = route.removeprefix("admin:").rsplit("_", 1)[0]
    if label == "auth_user_password":
        label = "statements_user"
    if label == "statements_article":
        return Article.objects.latest("pk").pk
    for model in admin.site._registry:
        if f"{model._meta.app_label}_{model._meta.model_name}" == label:
            newest = model._default_manager.order_by("-pk").first()
            return newest.pk if newest else 0
    raise KeyError(route)
