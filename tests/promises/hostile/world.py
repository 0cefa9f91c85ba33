"""Statements, people and files in which every text is hostile, made by forms alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models
from django.test import RequestFactory
from django.urls import reverse

from statements.editorial import catalogue as verbs
from statements.markup import projection
from statements.models import Article, Desk, Edition, Spokesperson, User

from ... import builders
from .desk import Writer, catalogue, in_order
from .texts import WORD, Texts

#: Plain text to the cleaner, since no element is called so.
_ODD = "<x-y autofocus tabindex=0 onfocus=hit({n})>{word}"
_BODY = """\
Spokesperson Ilse Okafor of the Ministry spoke in Harrowmere {odd}.
“The {first} will sail,” said Okafor. “We recall S/RES/2417 (2018) and {second} today.”
“Nobody {third} waits,” she said.
The strait of HMKX and HMKY was calm {last}."""


@dataclass
class World:
    """What was made, by whom, and which words of it are kept in the database."""

    texts: Texts
    writer: Writer
    reviewer: Writer
    #: Those that went through every stage.
    whole: list[Article]
    kept: set[str]
    #: Pages of the admin for each row of the catalogue that was made.
    rows: list[str]


def make(desk: Desk) -> World:
    """Send every form that the desk and the catalogue have."""
    roles = list(Group.objects.values_list("name", flat=True))
    texts = Texts()
    writer = Writer(builders.make_user("mallory", *roles, desk=desk), texts)
    reviewer = Writer(builders.make_user("petra", *roles, desk=desk), texts)
    request = RequestFactory().get("/admin/")
    request.user = writer_user = User.objects.get(username="mallory")
    builders.make_resolution(by=writer_user)
    rows = []
    for model in in_order():
        door = admin.site._registry[model]
        base = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        if door.has_add_permission(request):
            writer.row(reverse(f"{base}_add"), model)
        row = door.get_queryset(request).order_by("-pk").first()
        if row is not None and door.has_change_permission(request, row):
            rows.append(reverse(f"{base}_change", args=[row.pk]))
            writer.row(rows[-1], model)
    for model, _ in catalogue():
        if hasattr(model, "listed_at"):
            verbs.list_publicly(model.objects.all(), by=writer_user)
    whole = [corrected(writer, reviewer).article]
    withdrawn(writer)
    draft(writer)
    return World(texts, writer, reviewer, whole, kept(texts), rows)


def body(texts: Texts) -> str:
    """A plain text with hostile words within its quotes and outside."""
    words = {}
    for name in ("odd", "first", "second", "third", "last"):
        number = len(texts.made)
        word = f"zq{number:03}x"
        texts.made[word] = _ODD.format(word=word, n=number)
        texts.fields[word] = f"write body {name}"
        words[name] = texts.made[word]
    return _BODY.format(**words)


def sound(texts: Texts) -> SimpleUploadedFile:
    """A file with a hostile name; its content is a sound's first bytes."""
    name = texts.make("files file name", 60).replace("/", "")
    return SimpleUploadedFile(f"{name}.mp3", b"ID3\x04" + b"\0" * 60)


def corrected(writer: Writer, reviewer: Writer) -> Edition:
    """Returned with a remark, approved, published, and published again corrected."""
    texts = writer.texts
    url = reverse("admin:statements_article_add")
    # Nobody is called as the issuer's field says: refused, and shown again.
    assert writer._send(url, "write", "save", {}).status_code == 200
    plain = {"issuer": "", "topics": texts.make("write topics", 80)}
    edition = writer.new(body=body(texts), **plain)
    words = edition.text.split("“")[1].split("”")[0]
    writer.step(edition, "quotes", "cite", words="S/RES/2417 (2018)")
    writer.step(
        edition,
        "quotes",
        "cite",
        words="S/RES/2417 (2018)",
        reference="S/RES/2417 (2018)",
    )
    writer.step(edition, "quotes", "quote", who="new")
    writer.step(edition, "quotes", "cite")
    writer.step(edition, "quotes", "quote", words=words, who="new")
    writer.step(edition, "quotes", "decide", do="accept", who="new", symbol="")
    writer.step(edition, "quotes", "decide", do="accept", who="new", symbol="", name="")
    writer.step(edition, "quotes", "speaker", who="other")
    known = Spokesperson.objects.order_by("-pk").first()
    writer.step(edition, "quotes", "speaker", who="other", name=known.name, new_name="")
    writer.step(edition, "files", "upload", file=sound(texts))
    # Without a transcript something stands against it, to be set aside.
    writer.step(edition, "files", "words", transcript="")
    writer.step(edition, "check", "waive", rule="suggestions", subject="")
    writer.step(edition, "check", "waive", rule="transcript", subject=sounds(edition))
    writer.step(edition, "files", "words")
    writer.step(edition, "check", "silence", rule="acronym", scope="subject")
    writer.step(edition, "check", "silence", rule="acronym", scope="here")
    writer.step(edition, "review", "submit")
    reviewer.step(edition, "review", "invite", days="3")
    # Words that do not stand in the text: refused, and shown again.
    reviewer.step(edition, "review", "remark")
    first = projection.blocks(edition.body)[0]
    reviewer.step(edition, "review", "remark", words="", paragraph=str(first.start))
    reviewer.step(edition, "review", "return")
    writer.step(edition, "review", "reply")
    writer.step(edition, "review", "submit")
    reviewer.step(edition, "review", "approve")
    reviewer.publish(edition)
    writer.step(edition, "write", "begin", change="correction")
    second = edition.article.editions.get(number=2)
    writer.step(second, "write", "save", body=second.body, change="correction", **plain)
    writer.step(second, "files", "words", transcript="")
    writer.step(second, "check", "waive", rule="suggestions", subject="")
    writer.step(second, "check", "waive", rule="transcript", subject=sounds(second))
    writer.step(second, "files", "words")
    writer.step(second, "review", "submit")
    reviewer.step(second, "review", "approve")
    reviewer.publish(second)
    assert Edition.objects.live().filter(pk=second.pk).exists()
    return Edition.objects.get(pk=second.pk)


def sounds(edition: Edition) -> str:
    """The key of the recording, by which a reason against is set aside."""
    return str(edition.media.get(asset__type="audio").asset_id)


def withdrawn(writer: Writer) -> Edition:
    """Out without a second person, with the reason, and withdrawn with a note."""
    edition = writer.new(body="The strait was calm.", issuer="", topics="")
    writer.publish(edition)
    writer.step(edition, "publish", "withdraw", reason="")
    writer.step(edition, "publish", "withdraw", reason="error")
    return Edition.objects.get(pk=edition.pk)


def draft(writer: Writer) -> Edition:
    """Left as it is, its body hostile HTML."""
    return writer.new(issuer="", topics="")


def kept(texts: Texts) -> set[str]:
    """The words that stand in a row of the database, wherever."""
    found: set[str] = set()
    for model, _ in [*catalogue(), *_others()]:
        for field in model._meta.concrete_fields:
            if isinstance(field, (models.CharField, models.TextField)):
                values = model._default_manager.values_list(field.attname, flat=True)
                for value in values:
                    found |= set(WORD.findall(value or ""))
    return found & set(texts.made)


def _others() -> list[Any]:
    """Models that have no door of their own, reached through those that do.

    Not the admin's own log: what it says of a row is shown only beside that row.
    """
    known = {model for model, _ in catalogue()}
    return [
        (each.related_model, None)
        for model in known
        for each in model._meta.related_objects
        if each.related_model not in {*known, LogEntry}
    ]
