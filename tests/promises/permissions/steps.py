"""The buttons of a statement's pages: which right each asks for, and what it sends."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from statements.models import Edition

from ...exchange.documents import document, paragraph
from .forms import pdf
from .world import Stock, World


@dataclass(frozen=True)
class Deed:
    """One button, on an edition that stands where it can be pressed.

    ``fields``: what is sent beside the version; ``effect``: the table that changes.
    """

    step: str
    action: str
    on: str
    rights: tuple[str, ...]
    effect: str
    fields: Callable[[World, Stock], dict[str, Any]] = lambda world, stock: {}
    #: Where one button does different things by what is sent with it.
    also: str = ""
    #: The status that it is answered with.
    answer: int = 302
    soft: bool = False
    other_eyes: bool = False

    @property
    def name(self) -> str:
        return f"{self.action}, {self.also}" if self.also else self.action

    def form(self, world: World, relation: str) -> dict[str, Any]:
        stock = world.stocks[relation]
        edition: Edition = getattr(stock, self.on)
        version = Edition.objects.values_list("lock_version", flat=True)
        return {
            "action": self.action,
            "token": secrets.token_hex(16),
            "lock_version": version.get(pk=edition.pk),
            **self.fields(world, stock),
        }


def url(edition: Edition, step: str) -> str:
    return reverse(
        "admin:statements_article_step", args=[edition.article_id, edition.number, step]
    )


def written(world: World, relation: str) -> dict[str, Any]:
    """The page Write as it was drawn, with another title."""
    return _write(world, world.stocks[relation])


def _write(world: World, stock: Stock) -> dict[str, Any]:
    edition = stock.draft
    article = edition.article
    return {
        "token": secrets.token_hex(16),
        "title": "The ferries have sailed",
        "summary": "",
        "body": edition.body,
        "dated": article.dated.isoformat(),
        "kind": article.kind_id,
        "issuer": "",
        "language": article.language,
        "desk": article.desk_id,
        "topics": "Ferries",
        "byline": "",
        "slug": article.slug,
    }


def word_file() -> SimpleUploadedFile:
    return SimpleUploadedFile("strait.docx", document(paragraph("The strait.")))


def _new_topic(world: World, stock: Stock) -> dict[str, Any]:
    return _write(world, stock) | {"topics": "Ferries, Cormorants"}


def _decide(world: World, stock: Stock) -> dict[str, Any]:
    return {f"{stock.suggestion}-do": "reject"}


def _quote(world: World, stock: Stock) -> dict[str, Any]:
    return {"quote": stock.draft.quotes.get().permalink_id}


def _speaker(world: World, stock: Stock) -> dict[str, Any]:
    key = stock.draft.quotes.get().permalink_id
    return {
        "quote": key,
        f"{key}-who": "other",
        f"{key}-name": world.ministry.name,
        f"{key}-said_on": "2026-03-02",
    }


def _by_hand(**speaker: str) -> Callable[[World, Stock], dict[str, Any]]:
    def fields(world: World, stock: Stock) -> dict[str, Any]:
        said = {"words": "The strait recalls", "said_on": "2026-03-02", **speaker}
        return {f"manual-{name}": value for name, value in said.items()}

    return fields


def _cite(reference: str) -> Callable[[World, Stock], dict[str, Any]]:
    return lambda world, stock: {
        "cite-words": "resolution 2417 (2018)",
        "cite-reference": reference,
    }


def _citation(world: World, stock: Stock) -> dict[str, Any]:
    return {"citation": stock.draft.citations.get().pk}


def _file(name: str) -> Callable[[World, Stock], dict[str, Any]]:
    return lambda world, stock: {
        "asset": getattr(stock, name).key,
        "role": "main",
        "transcript": "Bells and gulls.",
    }


def _tomorrow(world: World, stock: Stock) -> dict[str, Any]:
    hour = timezone.localtime() + dt.timedelta(days=1)
    return {"at": f"{hour:%Y-%m-%dT%H:%M}"}


def _thread(stock: Stock, *, done: bool = False) -> int:
    rows = stock.draft.remarks.filter(parent=None, resolved_at__isnull=not done)
    return rows.values_list("pk", flat=True).get()


WRITE = ("change_article",)
OUT = ("publish_edition",)
JUDGE = ("approve_edition",)
UPLOAD = ("add_mediaasset", "change_article")

DEEDS = [
    Deed("write", "save", "draft", WRITE, "edition", _write),
    Deed("write", "quotes", "draft", WRITE, "edition", _write),
    Deed("write", "files", "draft", WRITE, "edition", _write),
    Deed("write", "submit", "draft", (*WRITE, "submit_edition"), "edition", _write),
    Deed(
        "write",
        "save",
        "draft",
        (*WRITE, "add_tag"),
        "tag",
        _new_topic,
        also="with a new topic",
        soft=True,
    ),
    Deed("write", "begin", "live", WRITE, "edition", lambda w, s: {"change": "minor"}),
    Deed("write", "merge", "draft", WRITE, "edition", _write),
    Deed("write", "resume", "draft", WRITE, "", _write),
    Deed("write", "again", "draft", WRITE, "draft_buffer", _write),
    Deed("merge", "bring", "behind", WRITE, "edition"),
    Deed("quotes", "decide", "draft", WRITE, "rejection", _decide),
    Deed("quotes", "safe", "draft", WRITE, "quote"),
    Deed("quotes", "confirm", "draft", WRITE, "quote", _quote),
    Deed("quotes", "confirm_all", "draft", WRITE, "quote"),
    Deed("quotes", "speaker", "draft", WRITE, "quote", _speaker),
    Deed("quotes", "remove", "draft", WRITE, "quote", _quote),
    Deed(
        "quotes",
        "quote",
        "draft",
        WRITE,
        "quote",
        _by_hand(who="other", name="Ilse Okafor"),
    ),
    Deed(
        "quotes",
        "quote",
        "draft",
        (*WRITE, "add_spokesperson"),
        "spokesperson",
        _by_hand(who="new", new_name="Zack Quay"),
        also="by somebody new",
        soft=True,
    ),
    Deed(
        "quotes",
        "quote",
        "draft",
        (*WRITE, "add_organization"),
        "organization",
        _by_hand(who="new", new_organization="Lighthouse Board"),
        also="by a new organisation",
        soft=True,
    ),
    Deed("quotes", "cite", "draft", WRITE, "citation", _cite("S/RES/2417 (2018)")),
    Deed(
        "quotes",
        "cite",
        "draft",
        (*WRITE, "add_resolution"),
        "resolution",
        _cite("S/RES/2231 (2015)"),
        also="a new resolution",
        soft=True,
    ),
    Deed("quotes", "uncite", "draft", WRITE, "citation", _citation),
    Deed(
        "check",
        "waive",
        "draft",
        OUT,
        "waiver",
        lambda w, s: {"rule": "alt", "subject": "1", "why": "Nobody can see it."},
    ),
    Deed(
        "check",
        "silence",
        "draft",
        WRITE,
        "silence",
        lambda w, s: {
            "rule": "acronym",
            "subject": "OKTM",
            "scope": "here",
            "why": "Known.",
        },
    ),
    Deed(
        "check",
        "silence",
        "draft",
        (*WRITE, "publish_edition"),
        "silence",
        lambda w, s: {
            "rule": "acronym",
            "subject": "OKTM",
            "scope": "subject",
            "why": "Known.",
        },
        also="in every statement",
    ),
    Deed(
        "check",
        "lift",
        "draft",
        WRITE,
        "silence",
        lambda w, s: {"silence": s.draft.article.silences.get().pk},
    ),
    Deed("check", "rebase", "behind", WRITE, "edition"),
    Deed("review", "submit", "draft", ("submit_edition",), "edition"),
    Deed(
        "review",
        "return",
        "reviewed",
        JUDGE,
        "edition",
        lambda w, s: {"remark": "Shorter, please."},
    ),
    Deed("review", "approve", "reviewed", JUDGE, "edition", other_eyes=True),
    Deed("review", "approve_late", "rushed", JUDGE, "late_approval", other_eyes=True),
    Deed(
        "review",
        "invite",
        "draft",
        JUDGE,
        "preview_link",
        lambda w, s: {"guest": "Ida Brandt", "days": "3"},
        answer=201,
    ),
    Deed(
        "review",
        "revoke",
        "draft",
        JUDGE,
        "preview_link",
        lambda w, s: {"link": s.draft.links.get().pk},
    ),
    Deed(
        "review",
        "remark",
        "draft",
        WRITE,
        "remark",
        lambda w, s: {"words": "The strait recalls", "said": "Who does?"},
    ),
    Deed(
        "review",
        "reply",
        "draft",
        WRITE,
        "remark",
        lambda w, s: {"thread": _thread(s), "reply": "The strait."},
    ),
    Deed(
        "review",
        "resolve",
        "draft",
        WRITE,
        "remark",
        lambda w, s: {"thread": _thread(s)},
    ),
    Deed(
        "review",
        "reopen",
        "draft",
        WRITE,
        "remark",
        lambda w, s: {"thread": _thread(s, done=True)},
    ),
    Deed(
        "write",
        "save",
        "draft",
        WRITE,
        "remark",
        lambda w, s: _write(w, s) | {f"remark-{_thread(s)}-done": "yes"},
        also="with a remark done",
    ),
    Deed("publish", "ask", "approved", OUT, ""),
    Deed("publish", "publish", "approved", OUT, "edition"),
    Deed(
        "publish",
        "publish",
        "reviewed",
        (*OUT, "publish_unreviewed_edition"),
        "edition",
        lambda w, s: {"unreviewed_reason": "The hour is late."},
        also="unreviewed",
    ),
    Deed("publish", "schedule", "approved", OUT, "edition", _tomorrow),
    Deed("publish", "unschedule", "scheduled", OUT, "edition"),
    Deed(
        "publish",
        "withdraw",
        "live",
        ("withdraw_article",),
        "edition",
        lambda w, s: {"reason": "error", "note": "It was not ours."},
    ),
    Deed("publish", "discard_edition", "behind", WRITE, "binned"),
    Deed("publish", "discard", "draft", ("delete_article",), "binned"),
    Deed(
        "files",
        "upload",
        "draft",
        UPLOAD,
        "media_asset",
        lambda w, s: {"file": pdf(), "role": "main", "caption": "Tides."},
    ),
    Deed("files", "attach", "draft", WRITE, "edition_media", _file("spare")),
    Deed("files", "words", "draft", WRITE, "edition_media", _file("attached")),
    Deed("files", "take", "draft", WRITE, "edition_media", _file("attached")),
    Deed("compare", "restore", "live", WRITE, "edition", lambda w, s: {"number": "1"}),
    Deed(
        "compare",
        "name",
        "draft",
        WRITE,
        "edition",
        lambda w, s: {"number": s.draft.number, "name": "For the council"},
    ),
]
