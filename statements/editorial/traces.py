"""Where words of a statement stand beside it: addresses, audit, log, sessions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db.models import Q

from statements.markup.blanking import BLOCK
from statements.models import (
    Article,
    Audit,
    Citation,
    Clearance,
    DraftBuffer,
    Edition,
    EditionBase,
    EditionMedia,
    FormerAddress,
    MediaAsset,
    PreviewLink,
    Quote,
    Rejection,
    Remark,
    Silence,
    Submission,
    User,
    VerbatimCheck,
    Vocabulary,
    Waiver,
)
from statements.models.addresses import put_out

from .words import Everything, Phrase, What

#: The fields of each table that hold words of a statement, as the audit names them.
FIELDS: dict[str, frozenset[str]] = {
    "article": frozenset({"slug"}),
    "edition": frozenset(
        {
            "name",
            "title",
            "summary",
            "byline",
            "body",
            "text",
            "change_note",
            "unreviewed_reason",
            "withdrawn_note",
            "record",
        }
    ),
    "quote": frozenset({"text", "title_as_printed"}),
    "citation": frozenset({"printed", "pinpoint"}),
    "edition_media": frozenset({"alt", "caption", "transcript"}),
    "media_asset": frozenset({"name", "credit"}),
    "waiver": frozenset({"subject", "reason"}),
    "silence": frozenset({"subject", "reason"}),
    "rejection": frozenset({"fingerprint"}),
    "former_address": frozenset({"path"}),
    "verbatim_check": frozenset({"operations"}),
    "preview_link": frozenset({"name"}),
    "clearance": frozenset({"remark"}),
    "remark": frozenset({"words", "prefix", "suffix", "body"}),
}
#: What a row names that belongs to a statement, so that rows deleted since are found.
_OWNER = {
    "edition": "article_id",
    "quote": "article_id",
    "citation": "article_id",
    "silence": "article_id",
    "rejection": "article_id",
    "former_address": "article_id",
    "edition_media": "edition_id",
    "waiver": "edition_id",
    "verbatim_check": "quote_id",
    "preview_link": "edition_id",
    "clearance": "link_id",
    "remark": "edition_id",
}
#: Tables whose rows others name otherwise.
_TABLES = {"link": "preview_link"}


def readdress(article: Article, what: What) -> bool:
    """Take the words out of a statement's addresses; whether they were in any.

    Printed addresses lead on: of a path that spelt the words only its SHA-256 is kept.
    """
    former = article.get_absolute_url()
    whole = isinstance(what, Everything)
    if whole:
        slug = f"removed-{article.pk}"
    else:
        slug = what.address(article.slug) if what.tells(article.slug) else article.slug
    moved = False
    for row in FormerAddress.objects.filter(article=article):
        if not row.path.startswith("sha256:") and (whole or what.tells(row.path)):
            FormerAddress.objects.filter(pk=row.pk).update(path=put_out(row.path))
            moved = True
    if slug == article.slug:
        return moved
    taken = Article.objects.filter(dated=article.dated, slug=slug)
    if taken.exclude(pk=article.pk).exists():
        slug = f"{slug[:100]}-{article.pk}"
    Article.objects.filter(pk=article.pk).update(slug=slug)
    article.slug = slug
    if Edition.objects.filter(article=article).ever_live().exists():
        FormerAddress.objects.update_or_create(
            path=put_out(former), defaults={"article": article}
        )
    return True


#: A line of so many characters tells what a text was copied from.
_TELLING = 20


def drop_unsaved(editions: Collection[Edition], what: What) -> bool:
    """Delete what was typed and not saved, and what saves replaced; whether any was.

    Whole rows: they are nobody's record. A text for a new statement goes as well where
    the words stand in it, or a line of the statement that is removed.
    """
    keys = [edition.pk for edition in editions]
    new = DraftBuffer.objects.filter(edition=None)
    if isinstance(what, Phrase):
        gone = [
            rows.filter(
                pk__in=[row.pk for row in rows.only(held) if tells_in(row, held, what)]
            )
            for rows, held in (
                (DraftBuffer.objects.filter(edition__in=keys), "values"),
                (new, "values"),
                (EditionBase.objects.filter(edition__in=keys), "words"),
            )
        ]
    else:
        lines = lines_of(editions)
        copied = [
            row.pk
            for row in new.only("values")
            if any(line in value for value in row.values.values() for line in lines)
        ]
        gone = [
            DraftBuffer.objects.filter(edition__in=keys),
            new.filter(pk__in=copied),
            EditionBase.objects.filter(edition__in=keys),
        ]
    return sum(rows.delete()[0] for rows in gone) > 0


def drop_silences(article: Article, what: What) -> bool:
    """Delete what is silenced and names the words; whether anything was.

    Whole rows: a finding about words that are gone is none. One of every statement may
    name them wherever it was said; of a statement that is removed, all go that were
    said there.
    """
    if isinstance(what, Phrase):
        rows = Silence.objects.only("subject", "reason")
        told = [
            row.pk for row in rows if what.tells(row.subject) or what.tells(row.reason)
        ]
        gone = Silence.objects.filter(pk__in=told)
    else:
        gone = Silence.objects.filter(article=article)
    return gone.delete()[0] > 0


def lines_of(editions: Collection[Edition]) -> set[str]:
    """Lines of a statement by which one knows it."""
    return {
        line
        for edition in editions
        for line in (edition.title, *edition.text.split("\n"))
        if len(line) >= _TELLING
    }


def tells_in(row: Any, held: str, what: Phrase) -> bool:
    """Whether the words stand in a field of a row, at any depth."""
    values = getattr(row, held)
    return bool(what.kept(values, frozenset()) != values)


def note(editions: Collection[int], *, by: User, reason: str, now: dt.datetime) -> None:
    """Write into the audit that words were removed; the guards' audit was off."""
    Audit.objects.bulk_create(
        [
            Audit(
                actor=by,
                reason=reason,
                table="edition",
                row=str(key),
                op="redact",
                changes={"redacted_at": now.isoformat()},
            )
            for key in editions
        ]
    )


@dataclass(frozen=True)
class Trail:
    """The rows of a statement, those deleted since too, by table: keys as text."""

    article: Article
    rows: dict[str, set[str]]

    @classmethod
    def of(
        cls, article: Article, editions: list[int], files: list[MediaAsset]
    ) -> Trail:
        def keys(rows: Any) -> set[str]:
            return {str(pk) for pk in rows.values_list("pk", flat=True)}

        quotes = Quote.objects.filter(article=article)
        found = {
            "article": {str(article.pk)},
            "edition": {str(key) for key in editions},
            "quote": keys(quotes),
            "citation": keys(Citation.objects.filter(article=article)),
            "silence": keys(Silence.objects.filter(article=article)),
            "rejection": keys(Rejection.objects.filter(article=article)),
            "former_address": keys(FormerAddress.objects.filter(article=article)),
            "edition_media": keys(EditionMedia.objects.filter(edition__in=editions)),
            "waiver": keys(Waiver.objects.filter(edition__in=editions)),
            "verbatim_check": keys(VerbatimCheck.objects.filter(quote__in=quotes)),
            "media_asset": {str(asset.pk) for asset in files},
            "preview_link": keys(PreviewLink.objects.filter(edition__in=editions)),
            "clearance": keys(Clearance.objects.filter(link__edition__in=editions)),
            "remark": keys(Remark.objects.filter(edition__in=editions)),
        }
        for table, name in _OWNER.items():
            owner = name.removesuffix("_id")
            owner = _TABLES.get(owner, owner)
            rows = Audit.objects.filter(table=table, op__in=("insert", "delete"))
            if not found[owner]:
                continue
            owners = Q()
            for key in found[owner]:
                owners |= Q(**{f"changes__{name}": int(key)})
            found[table] |= set(rows.filter(owners).values_list("row", flat=True))
        return cls(article, found)

    def erase(self, what: What) -> bool:
        """Take the words out of everything that is not the statement itself."""
        changed = False
        if isinstance(what, Phrase):
            # What was silenced in every statement was said in any.
            self.rows["silence"] |= set(
                Audit.objects.filter(table="silence").values_list("row", flat=True)
            )
        for check in VerbatimCheck.objects.filter(quote__article=self.article):
            left = (
                []
                if isinstance(what, Everything)
                else what.kept(check.operations, frozenset())
            )
            if left != check.operations:
                VerbatimCheck.objects.filter(pk=check.pk).update(operations=left)
                changed = True
        changed |= self._answers(what)
        changed |= self._audit(what)
        changed |= self._log(what)
        return changed | _submissions(what)

    def _answers(self, what: What) -> bool:
        """Whom links were for, and what was answered by them."""
        changed = False
        for link in PreviewLink.objects.filter(pk__in=self.rows["preview_link"]):
            name = what.text(link.name, required=True)
            if name != link.name:
                PreviewLink.objects.filter(pk=link.pk).update(name=name)
                changed = True
        for answer in Clearance.objects.filter(pk__in=self.rows["clearance"]):
            remark = what.text(answer.remark, required=True)
            if remark != answer.remark:
                Clearance.objects.filter(pk=answer.pk).update(remark=remark)
                changed = True
        return changed

    def forget(self) -> None:
        """Drop what tells nothing by itself, but would confirm a guess or name a title.

        Digests of texts in the audit and of findings that were rejected, messages that
        wait in sessions for their reader, and the words that the search suggests: those
        of what is left are gathered at the next housekeeping.
        """
        Vocabulary.objects.all().delete()
        Rejection.objects.filter(article=self.article).delete()
        for table in ("edition", "edition_media"):
            rows = Audit.objects.filter(table=table, row__in=self.rows[table])
            for row in rows.iterator(500):
                left = _without_prints(row.changes)
                if left != row.changes:
                    Audit.objects.filter(pk=row.pk).update(changes=left)
        for held in Session.objects.iterator(500):
            data = held.get_decoded()
            if data.pop("_messages", None) is not None:
                held.session_data = Session.objects.encode(data)
                held.save(update_fields=["session_data"])

    def _audit(self, what: What) -> bool:
        changed = False
        reasons: set[tuple[dt.datetime, str]] = set()
        for table, keys in self.rows.items():
            rows = Audit.objects.filter(table=table, row__in=keys).exclude(op="redact")
            for row in rows.order_by("pk").iterator(500):
                left = what.kept(row.changes, FIELDS[table])
                if left != row.changes:
                    Audit.objects.filter(pk=row.pk).update(changes=left)
                    changed = True
                if row.reason and row.reason != _without(what, row.reason):
                    reasons.add((row.at, row.reason))
        for at, reason in reasons:
            # Rows of the same transaction, of whatever table, bear the same reason.
            Audit.objects.filter(at=at, reason=reason).exclude(op="redact").update(
                reason=_without(what, reason)
            )
        return changed or bool(reasons)

    def _log(self, what: What) -> bool:
        """The log that Django's admin keeps of forms."""
        changed = False
        for model in (Article, Edition, Quote, Citation, EditionMedia, MediaAsset):
            for row in LogEntry.objects.filter(
                content_type=ContentType.objects.get_for_model(model),
                object_id__in=self.rows[model._meta.db_table],
            ):
                left = (
                    _without(what, row.object_repr),
                    _without(what, row.change_message),
                )
                if left != (row.object_repr, row.change_message):
                    LogEntry.objects.filter(pk=row.pk).update(
                        object_repr=left[0], change_message=left[1]
                    )
                    changed = True
        return changed


def _without(what: What, sentence: str) -> str:
    if isinstance(what, Phrase):
        return what.address(what.text(sentence))
    return BLOCK if sentence else ""


def _without_prints(value: Any) -> Any:
    """What the audit kept of a row, without the digests that stand for long texts."""
    if isinstance(value, str):
        return BLOCK if value.startswith("md5:") else value
    if isinstance(value, list):
        return [_without_prints(each) for each in value]
    if isinstance(value, dict):
        return {key: _without_prints(each) for key, each in value.items()}
    return value


def _submissions(what: What) -> bool:
    """Where saved forms led: keys, not words, unless the address spelt them."""
    if not isinstance(what, Phrase):
        return False
    told = [row.pk for row in Submission.objects.all() if what.tells(row.result)]
    return bool(Submission.objects.filter(pk__in=told).update(result="/admin/"))
