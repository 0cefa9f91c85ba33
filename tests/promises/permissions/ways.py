"""Every page and action of the desk, with the rights that each of them asks for.

What there is comes from the program: the resolver, the admin's registry, its actions,
the buttons of a statement's pages. Here stands only which right each asks for; who
holds it is said by docs/permissions.md. What is here and not there, or there and not
here, fails ``test_permissions.py``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.urls import reverse

from statements.admin.articles import PAGES
from statements.editorial import folders
from statements.models import DraftBuffer, Edition, Kind, Notice, User

from . import forms, nouns, steps
from .way import GET, POST, Way
from .world import World

#: Of the program, but not in the matrix, each with the reason.
EXEMPT = {
    "admin:login": "It is for those who are not signed in; tests/security has it.",
    "admin:logout": "It ends one's own session, whoever one is.",
    "search_feed": "Whoever holds its address; tests/staff/test_searches.py has it.",
    "/admin/(?P<url>.*)": "Every other address: there is nothing there for anybody.",
}


def _pages() -> Iterator[Way]:
    """Pages of their own."""

    def plain(name: str, *args: Any) -> Callable[[World, str], str]:
        return lambda world, relation: reverse(name, args=args)

    for method in (GET, POST):
        yield Way(f"desk {method}", "admin:index", plain("admin:index"), method)
        for app, right in (("statements", "view_article"), ("auth", "view_group")):
            yield Way(
                f"app {app} {method}",
                "admin:app_list",
                plain("admin:app_list", app),
                method,
                (right,),
                hides=True,
            )
        yield Way(
            f"password changed {method}",
            "admin:password_change_done",
            plain("admin:password_change_done"),
            method,
        )
        yield Way(
            f"one's own password {method}",
            "admin:password_change",
            plain("admin:password_change"),
            method,
            data=forms.own_password if method == POST else None,
            effect="account" if method == POST else "",
        )
        yield Way(
            f"another's password {method}",
            "admin:auth_user_password_change",
            lambda world, relation: reverse(
                "admin:auth_user_password_change", args=[world.spares["user"].pk]
            ),
            method,
            ("change_user",),
            data=forms.password if method == POST else None,
            effect="account" if method == POST else "",
        )
        yield Way(
            f"keys {method}",
            "admin:keys",
            plain("admin:keys"),
            method,
            data=(lambda world, relation: {"letters": "off"})
            if method == POST
            else None,
        )
        only = "" if method == GET else "It only reads."
        yield Way(
            f"words of the calendar {method}",
            "admin:jsi18n",
            plain("admin:jsi18n"),
            method,
            closed=only,
        )
        for name in ("find", "find_offers"):
            # Everybody of the staff may ask; what is found, their rights decide.
            yield Way(
                f"{name} {method}",
                f"admin:{name}",
                plain(f"admin:{name}"),
                method,
                closed=only,
            )
        yield Way(
            f"calendar {method}",
            "admin:calendar",
            plain("admin:calendar"),
            method,
            ("view_article",),
            closed=only,
        )
        yield Way(
            f"address of the calendar {method}",
            "admin:calendar_address",
            plain("admin:calendar_address"),
            method,
            ("view_article",),
            data=_address if method == POST else None,
            effect="calendar_key" if method == POST else "",
            answer=201,
        )
        yield Way(
            f"one's own notices {method}",
            "admin:notices",
            plain("admin:notices"),
            method,
            ("view_article",),
            data=_wishes if method == POST else None,
            effect="mailbox" if method == POST else "",
        )
        yield Way(
            f"list of the first day {method}",
            "admin:first_day",
            plain("admin:first_day"),
            method,
            ("view_article",),
            data=_put if method == POST else None,
            effect="preference" if method == POST else "",
            closed="It takes a form." if method == GET else "",
        )
        yield Way(
            f"columns of a list {method}",
            "admin:list",
            plain("admin:list"),
            method,
            ("view_article",),
            data=_columns if method == POST else None,
            effect="preference" if method == POST else "",
            closed="It takes a form." if method == GET else "",
        )
        yield Way(
            f"search of quotes {method}",
            "staff_quotes",
            plain("staff_quotes"),
            method,
            ("view_quote",),
            hides=True,
            closed=only,
        )
        yield Way(
            f"saved searches {method}",
            "staff_searches",
            plain("staff_searches"),
            method,
            ("view_quote",),
            data=_kept if method == POST else None,
            effect="saved_search" if method == POST else "",
            hides=True,
        )
        yield Way(
            f"folders {method}",
            "staff_folders",
            plain("staff_folders"),
            method,
            ("view_quote",),
            data=_begun if method == POST else None,
            effect="folder" if method == POST else "",
            hides=True,
        )
        yield Way(
            f"folder {method}",
            "staff_folder",
            lambda world, relation: world.stocks[relation].folder.get_absolute_url(),
            method,
            ("view_quote",),
            data=_introduced if method == POST else None,
            effect="folder" if method == POST else "",
            hides=True,
            of_desk=True,
        )
        yield Way(
            f"folder for Word {method}",
            "staff_briefing",
            lambda world, relation: (
                f"{world.stocks[relation].folder.get_absolute_url()}briefing.docx"
            ),
            method,
            ("view_quote",),
            hides=True,
            of_desk=True,
            closed=only,
        )
        yield Way(
            f"check of a quotation {method}",
            "staff_quote_check",
            plain("staff_quote_check"),
            method,
            ("view_quote",),
            data=_quotation if method == POST else None,
            answer=200,
            hides=True,
        )
        yield Way(
            f"quotes as a file {method}",
            "staff_export",
            plain("staff_export", "csv"),
            method,
            ("view_quote",),
            hides=True,
            closed=only,
        )
        yield Way(
            f"counts of a search {method}",
            "staff_facets",
            plain("staff_facets"),
            method,
            ("view_quote",),
            hides=True,
            closed=only,
        )
        yield Way(
            f"names for a search {method}",
            "staff_names",
            plain("staff_names"),
            method,
            ("view_quote",),
            hides=True,
            closed=only,
        )


def _address(world: World, relation: str) -> dict[str, Any]:
    return {"action": "make"}


def _wishes(world: World, relation: str) -> dict[str, Any]:
    return dict.fromkeys(Notice.values, "digest") | {"hour": "9"}


def _quotation(world: World, relation: str) -> dict[str, Any]:
    return {"quotation": "The ferries will sail", "unpublished": "on"}


def _put(world: World, relation: str) -> dict[str, Any]:
    return {"action": "hide"}


def _columns(world: World, relation: str) -> dict[str, Any]:
    return {"list": "article", "action": "columns", "column": ["title", "desk"]}


def _kept(world: World, relation: str) -> dict[str, Any]:
    return {"action": "save", "name": "Ferries", "question": "q=ferry"}


def _begun(world: World, relation: str) -> dict[str, Any]:
    return {"action": "make", "name": "Ferries"}


def _introduced(world: World, relation: str) -> dict[str, Any]:
    was = folders.mark_of("")
    return {
        "action": "save",
        "order": "",
        "introduction": "For Monday.",
        "introduction-was": was,
    }


def _asked(world: World, relation: str) -> dict[str, Any]:
    """What the editor asks about a text that is not saved."""
    return {"text": "“The ferries sail,” said Ilse Okafor.", "dated": "2026-03-02"}


def _statement() -> Iterator[Way]:
    """The pages of a statement, and what each of their buttons does."""
    read = ("view_article",)

    def change(world: World, relation: str) -> str:
        pk = world.stocks[relation].draft.article_id
        return reverse("admin:statements_article_change", args=[pk])

    for method in (GET, POST):
        yield Way(
            f"article change {method}",
            "admin:statements_article_change",
            change,
            method,
            read,
            of_desk=True,
        )
        yield Way(
            f"article preview {method}",
            "admin:statements_article_preview",
            lambda world, relation: reverse(
                "admin:statements_article_preview",
                args=[world.stocks[relation].draft.article_id, 1],
            ),
            method,
            read,
            of_desk=True,
            closed="" if method == GET else "It only reads.",
        )
    yield from _unsaved(read)
    yield from _bin(read)
    yield from _bulk(read)
    for step in PAGES:
        yield Way(
            f"{step} GET",
            f"step {step}",
            lambda world, relation, step=step: steps.url(
                world.stocks[relation].draft, step
            ),
            GET,
            read,
            of_desk=True,
        )
    yield Way(
        "article add GET",
        "admin:statements_article_add",
        lambda world, relation: reverse("admin:statements_article_add"),
        GET,
        ("add_article", *read),
    )
    for method in (GET, POST):
        yield Way(
            f"find in a new text {method}",
            "admin:statements_article_find_new",
            lambda world, relation: reverse("admin:statements_article_find_new"),
            method,
            ("add_article", *read),
            data=_asked,
            closed="It answers forms." if method == GET else "",
        )
        yield Way(
            f"find in a text {method}",
            "admin:statements_article_find",
            lambda world, relation: reverse(
                "admin:statements_article_find",
                args=[world.stocks[relation].draft.article_id, 1],
            ),
            method,
            read,
            ("change_article",),
            data=_asked,
            of_desk=True,
            closed="It answers forms." if method == GET else "",
        )
    for action in ("save", "quotes", "files", "submit"):
        yield Way(
            f"article add {action}",
            "admin:statements_article_add",
            lambda world, relation: reverse("admin:statements_article_add"),
            POST,
            ("add_article", *read),
            data=lambda world, relation, action=action: (
                steps.written(world, relation) | {"action": action, "slug": ""}
            ),
            effect="article",
        )
    yield Way(
        "article add again",
        "button write.again",
        lambda world, relation: reverse("admin:statements_article_add"),
        POST,
        ("add_article", *read),
        data=lambda world, relation: (
            steps.written(world, relation) | {"action": "again"}
        ),
        effect="draft_buffer",
    )
    yield Way(
        "article add open",
        "button write.open",
        lambda world, relation: reverse("admin:statements_article_add"),
        POST,
        ("add_article", *read),
        data=lambda world, relation: (
            steps.written(world, relation)
            | {"action": "open", "replace": "1", "word": steps.word_file()}
        ),
        answer=200,
    )
    for deed in steps.DEEDS:
        yield Way(
            f"{deed.step} {deed.name}",
            f"button {deed.step}.{deed.action}",
            lambda world, relation, deed=deed: steps.url(
                getattr(world.stocks[relation], deed.on), deed.step
            ),
            POST,
            read,
            deed.rights,
            data=lambda world, relation, deed=deed: deed.form(world, relation),
            of_desk=True,
            effect=deed.effect,
            answer=deed.answer,
            soft=deed.soft,
            other_eyes=deed.other_eyes,
        )


def _bin(read: tuple[str, ...]) -> Iterator[Way]:
    """The bin, and the way out of it, of statements and of drafts."""
    door = "admin:statements_article_bin"
    yield Way("bin GET", door, lambda world, relation: reverse(door), GET, read)
    for name, right in (("statement", "delete_article"), ("draft", "change_article")):
        yield Way(
            f"bin, take out a {name}",
            door,
            lambda world, relation: reverse(door),
            POST,
            read,
            (right,),
            lambda world, relation, name=name: {
                "binned": getattr(world.stocks[relation], f"binned_{name}")
            },
            of_desk=True,
            effect="binned",
        )


def _bulk(read: tuple[str, ...]) -> Iterator[Way]:
    """Many statements at once: the page, two things to do, and undoing."""
    door = "admin:statements_article_bulk"
    yield Way("bulk GET", door, lambda world, relation: reverse(door), GET, read)

    def stamp(draft: Edition) -> str:
        return f"{draft.number}-{draft.lock_version}-draft"

    def kind(world: World, relation: str) -> dict[str, Any]:
        draft = world.stocks[relation].draft
        article = draft.article
        other = Kind.objects.exclude(pk=article.kind_id).order_by("pk").first()
        return {
            "do": "kind",
            "kind": other.pk,
            "row": f"{article.pk}:{article.kind_id}:{stamp(draft)}",
        }

    yield Way(
        "bulk, change the kind",
        door,
        lambda world, relation: reverse(door),
        POST,
        read,
        ("change_article",),
        kind,
        of_desk=True,
        effect="bulk_action",
    )
    yield Way(
        "bulk, put in the bin",
        door,
        lambda world, relation: reverse(door),
        POST,
        read,
        ("delete_article",),
        lambda world, relation: {
            "do": "bin",
            "row": f"{world.stocks[relation].draft.article_id}::"
            f"{stamp(world.stocks[relation].draft)}",
        },
        of_desk=True,
        effect="binned",
    )

    def move(do: str, state: str) -> Callable[[World, str], dict[str, Any]]:
        def data(world: World, relation: str) -> dict[str, Any]:
            stock = world.stocks[relation]
            edition = getattr(stock, _MOVED[do])
            edition.refresh_from_db(fields=["lock_version", "published_at"])
            stamp = f"{edition.number}-{edition.lock_version}-{state}"
            if edition.published_at:
                stamp += f"-{edition.published_at.timestamp()}"
            row = f"{edition.article_id}::{stamp}"
            return {"do": do, "row": row, "remark": "Shorter, please."}

        return data

    for do, state, right in (
        ("submit", "Draft", "submit_edition"),
        ("return", "In review", "approve_edition"),
        ("unschedule", "Scheduled", "publish_edition"),
    ):
        yield Way(
            f"bulk, {do}",
            door,
            lambda world, relation: reverse(door),
            POST,
            read,
            (right,),
            move(do, state),
            of_desk=True,
            effect="edition",
        )


#: What of a stock takes which step.
_MOVED = {"submit": "draft", "return": "reviewed", "unschedule": "scheduled"}


def _unsaved(read: tuple[str, ...]) -> Iterator[Way]:
    """What is typed and not saved."""
    door = "admin:statements_article_buffers"

    def typed(world: World, relation: str) -> dict[str, Any]:
        edition = world.stocks[relation].draft
        return {
            "user": world.user.pk,
            "page": "d" * 32,
            "turn": 1,
            "edition": edition.pk,
            "body": "Typed.",
        }

    yield Way("unsaved GET", door, lambda world, relation: reverse(door), GET, read)
    yield Way(
        "unsaved kept",
        door,
        lambda world, relation: reverse(door),
        POST,
        read,
        ("change_article",),
        typed,
        of_desk=True,
        effect="draft_buffer",
        answer=200,
    )
    yield Way(
        "unsaved kept of a new statement",
        door,
        lambda world, relation: reverse(door),
        POST,
        (*read, "add_article"),
        data=lambda world, relation: typed(world, relation) | {"edition": ""},
        effect="draft_buffer",
        answer=200,
    )
    texts = "admin:statements_article_texts"
    for method in (GET, POST):
        yield Way(
            f"all unsaved texts {method}",
            texts,
            lambda world, relation: reverse(texts),
            method,
            read,
            closed="" if method == GET else "It only reads.",
        )
    for method in (GET, POST):
        yield Way(
            f"unsaved text {method}",
            "admin:statements_article_unsaved",
            lambda world, relation: reverse(
                "admin:statements_article_unsaved",
                args=[
                    DraftBuffer.objects.get(
                        user=world.user, edition=world.stocks[relation].draft
                    ).pk
                ],
            ),
            method,
            read,
            of_desk=True,
            effect="draft_buffer" if method == POST else "",
        )


def ways(user: User) -> list[Way]:
    """All of them; ``user`` is somebody who may do everything."""
    return [*nouns.ways(user), *_pages(), *_statement()]
