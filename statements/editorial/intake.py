"""Receive a new or revised text: the one place where HTML is sanitised and stored."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from django.db.models import Exists, OuterRef
from django.db.models.functions import Lower
from django.utils.text import slugify

from statements.detection import engine
from statements.detection.findings import Dropped
from statements.markup import characters, marks, projection, sanitise
from statements.models import (
    Article,
    ArticleTag,
    Citation,
    Desk,
    Edition,
    Kind,
    Organization,
    Origin,
    Quote,
    Remark,
    Tag,
    User,
    acting,
)

from . import addresses, remarking, verbs

TITLE_LIMIT = 300
SLUG_LIMIT = 80


#: Body to store, its plain text, and the lines that were left out of it.
type Prepared = tuple[str, str, tuple[Dropped, ...]]


@dataclass(frozen=True)
class Incoming:
    """A text as it arrives. ``body`` is HTML, or plain text with a paragraph a line."""

    title: str
    body: str
    dated: dt.date
    kind: Kind
    summary: str = ""
    byline: str = ""
    slug: str = ""
    issuer: Organization | None = None
    language: str = "en"
    desk: Desk | None = None
    tags: Sequence[str] = ()
    translation_of: Article | None = None
    origin: str = Origin.DESK
    #: What ``prepare`` made of the body, where the caller has asked already.
    prepared: Prepared | None = None


@dataclass(frozen=True)
class Received:
    """What became of an incoming text, and the lines that were left out of it."""

    edition: Edition
    dropped: tuple[Dropped, ...] = ()


@dataclass
class Revised:
    """What a revision did. ``notices`` are sentences for the editor.

    ``again`` has those that ask for a confirmation, by the quote's permalink.
    """

    edition: Edition
    dropped: tuple[Dropped, ...] = ()
    notices: list[str] = field(default_factory=list)
    again: dict[str, str] = field(default_factory=dict)


def prepare(body: str) -> Prepared:
    """Body to store, its plain text, and what was dropped from it.

    Sanitises once, to a fixed point; published text is never cleaned again. Raises
    verbs.Unusable with a sentence when the text cannot be taken.
    """
    try:
        html = (
            sanitise.clean(body) if sanitise.is_html(body) else sanitise.from_text(body)
        )
    except sanitise.Unclean as problem:
        raise verbs.Unusable(str(problem)) from problem
    text = projection.to_text(html)
    if len(text) > engine.LONGEST:
        raise verbs.Unusable(
            f"The text has {len(text):,} characters; {engine.LONGEST:,} are the most. "
            "Split it."
        )
    dropped = engine.boilerplate(text)
    if dropped:
        html = projection.drop(html, [(d.span.start, d.span.end) for d in dropped])
        text = projection.to_text(html)
    if not text.strip():
        raise verbs.Unusable("The statement has no text. Paste or write it.")
    return html, text, dropped


def receive(incoming: Incoming, *, by: User) -> Received:
    """Take in one text as a first edition, a draft. Raises verbs.Unusable."""
    return receive_many([incoming], by=by)[0]


def receive_many(batch: Sequence[Incoming], *, by: User) -> list[Received]:
    """Take in texts as drafts, all or none. Raises verbs.Unusable for a bad one.

    Nine statements for a batch, whatever its size; keep batches to about 500.
    """
    verbs.demand(
        by, "add_article", "You may not enter statements. Ask a colleague who may."
    )
    prepared = []
    for incoming in batch:
        title = " ".join(incoming.title.split())
        if not title:
            raise verbs.Unusable("The statement has no title. Give it one.")
        if len(title) > TITLE_LIMIT:
            raise verbs.Unusable(
                f"The title has {len(title)} characters; {TITLE_LIMIT} are the most. "
                "Shorten it."
            )
        refuse_unprintable(title, incoming.summary, incoming.byline)
        body, text, dropped = incoming.prepared or prepare(incoming.body)
        if "data-quote" in body:
            # Of another article, copied along: nobody's here.
            body = marks.strip(body)
        prepared.append((replace(incoming, title=title), body, text, dropped))

    with acting(by):
        taken = _slugs_of_days({incoming.dated for incoming in batch})
        articles = Article.objects.bulk_create(
            [
                Article(
                    slug=_free_slug(
                        incoming.slug or incoming.title, incoming.dated, taken
                    ),
                    dated=incoming.dated,
                    kind=incoming.kind,
                    issuer=incoming.issuer,
                    language=incoming.language,
                    desk=incoming.desk,
                    translation_of=incoming.translation_of,
                    origin=incoming.origin,
                )
                for incoming, *_ in prepared
            ]
        )
        editions = Edition.objects.bulk_create(
            [
                Edition(
                    article=article,
                    number=1,
                    title=incoming.title,
                    summary=incoming.summary.strip(),
                    byline=incoming.byline.strip(),
                    body=body,
                    text=text,
                    created_by=by,
                )
                for article, (incoming, body, text, _) in zip(
                    articles, prepared, strict=True
                )
            ]
        )
        verbs.contributed(editions, by)
        _tag(
            {
                article: incoming.tags
                for article, (incoming, *_) in zip(articles, prepared, strict=True)
                if incoming.tags
            },
            by,
        )
    return [
        Received(edition, dropped)
        for edition, (*_, dropped) in zip(editions, prepared, strict=True)
    ]


def open_draft(edition: Edition, lock_version: int | None = None) -> Edition:
    """Lock the article and return its edition afresh, ready to be written in.

    Raises verbs.Frozen, verbs.InBin, or verbs.Conflict when ``lock_version`` is not the
    current one.
    Call it inside a transaction.
    """
    verbs.lock([edition.article_id])
    rows = (
        Edition.objects.with_bin()
        .annotate(remarked=Exists(Remark.objects.filter(edition=OuterRef("pk"))))
        .select_related("article__kind")
    )
    fresh = rows.get(pk=edition.pk)
    if fresh.frozen:
        raise verbs.Frozen(fresh)
    if fresh.in_bin:
        raise verbs.InBin
    if lock_version is not None and lock_version != fresh.lock_version:
        raise verbs.Conflict(fresh)
    return fresh


def revise(
    edition: Edition,
    *,
    by: User,
    lock_version: int,
    title: str | None = None,
    summary: str | None = None,
    byline: str | None = None,
    body: str | None = None,
    prepared: Prepared | None = None,
    change: str | None = None,
    change_note: str | None = None,
) -> Revised:
    """Save a draft. Quotes, citations and remarks follow their words to the new text.

    A quote keeps its address when words around it move; one whose own words changed
    must be confirmed again; one whose words are gone is detached, never lost. An
    approval is void afterwards. ``prepared`` is what ``prepare`` made of the body,
    where the caller has asked already. Raises verbs.Frozen, verbs.Conflict or
    verbs.Unusable.
    """
    verbs.demand(by, "change_article", "You may not change statements.")
    with acting(by):
        fresh = open_draft(edition, lock_version)
        revised = Revised(fresh)
        refuse_unprintable(title or "", summary or "", byline or "", change_note or "")
        if title is not None:
            if not title.strip():
                raise verbs.Unusable("The statement has no title. Give it one.")
            fresh.title = " ".join(title.split())[:TITLE_LIMIT]
        if summary is not None:
            fresh.summary = summary.strip()
        if byline is not None:
            fresh.byline = byline.strip()
        if change is not None:
            fresh.change = change
        if change_note is not None:
            fresh.change_note = change_note.strip()
        if body is not None and body.replace("\r\n", "\n") != fresh.body:
            _rewrite(fresh, prepared or prepare(body), revised)
        touch(fresh, by=by)
    return revised


def touch(edition: Edition, *, by: User) -> None:
    """Save a changed draft: its version rises, an approval falls, ``by`` is noted."""
    edition.lock_version += 1
    edition.approved_at = edition.approved_by = None
    edition.approved_digest = ""
    edition.save(
        update_fields=[
            "title",
            "summary",
            "byline",
            "body",
            "text",
            "change",
            "change_note",
            "based_on",
            "lock_version",
            "approved_at",
            "approved_by",
            "approved_digest",
        ]
    )
    verbs.contributed([edition], by)


def set_address(
    article: Article,
    *,
    by: User,
    slug: str | None = None,
    dated: dt.date | None = None,
    tags: Sequence[str] | None = None,
    **fields: object,
) -> Article:
    """Change what belongs to the article itself, at once and for all its editions.

    ``tags`` are names; ``fields`` are kind, issuer, language and desk. A changed slug
    or date leaves the former address, if the public ever saw it, leading here. What
    readers have, or will have at an hour set, only those change who publish; what was
    approved must be approved again.
    """
    verbs.demand(by, "change_article", "You may not change statements.")
    with acting(by):
        fresh = verbs.lock([article.pk])[article.pk]
        if (slug, dated, tags) != (None, None, None) or fields.keys() - {"desk"}:
            _change_for_readers(fresh, by)
        former = fresh.get_absolute_url()
        if dated is not None:
            fresh.dated = dated
        if slug is not None:
            fresh.slug = slugify(slug)[:SLUG_LIMIT] or fresh.slug
        clash = Article.objects.filter(slug=fresh.slug, dated=fresh.dated)
        if clash.exclude(pk=fresh.pk).exists() or addresses.led_elsewhere(fresh):
            taken = _slugs_of_days({fresh.dated})
            fresh.slug = _free_slug(fresh.slug, fresh.dated, taken)
        for name, value in fields.items():
            setattr(fresh, name, value)
        fresh.save()
        if tags is not None:
            ArticleTag.objects.filter(content_object=fresh).delete()
            _tag({fresh: tags}, by)
        if dated is not None:
            # A draft's quotes were said on the statement's day unless somebody says
            # otherwise; published ones are frozen with theirs.
            Quote.objects.filter(
                article=fresh, edition__published_at=None, said_on=article.dated
            ).update(said_on=dated)
            Citation.objects.filter(
                article=fresh, edition__published_at=None, said_on=article.dated
            ).update(said_on=dated)
        moved = fresh.get_absolute_url() != former
        # A path the public never saw leaves nothing, or it would tell of a draft.
        if moved and Edition.objects.filter(article=fresh).ever_live().exists():
            addresses.keep(former, fresh)
        verbs.refresh_facets_of_articles([fresh.pk])
    return fresh


def _change_for_readers(article: Article, by: User) -> None:
    """Let a statement's date, kind, issuer, topics or address change, if ``by`` may."""
    editions = Edition.objects.filter(article=article)
    if editions.filter(published_at__isnull=False).exists():
        verbs.demand(
            by,
            "publish_edition",
            "The statement is out or scheduled: ask somebody who publishes to change "
            "what belongs to it.",
        )
    editions.filter(published_at=None, approved_at__isnull=False).update(
        approved_at=None, approved_by=None, approved_digest=""
    )


def _rewrite(edition: Edition, prepared: Prepared, revised: Revised) -> None:
    """Store a new body and let quotes and citations follow their words."""
    old = edition.text
    html, text, revised.dropped = prepared
    quotes = list(edition.quotes.all())
    marked = {mark.permalink: (mark.start, mark.end) for mark in marks.read(html)}
    # The mark in the body says where a quote is now; without marks (a text pasted
    # again), its words are looked for.
    unmarked = [
        quote
        for quote in quotes
        if quote.permalink_id not in marked and quote.start is not None
    ]
    moved = marks.move([(q.start or 0, q.end or 0) for q in unmarked], old, text)
    places: dict[str, tuple[int, int] | None] = {
        quote.permalink_id: place for quote, place in zip(unmarked, moved, strict=True)
    }
    places |= {
        quote.permalink_id: marked[quote.permalink_id]
        for quote in quotes
        if quote.permalink_id in marked
    }
    changed = [
        quote
        for quote in quotes
        if _follow(quote, places.get(quote.permalink_id), text, revised)
    ]
    Quote.objects.bulk_update(
        changed,
        [
            "start",
            "end",
            "text",
            "prefix",
            "suffix",
            "detached_at",
            "confirmed_at",
            "confirmed_by",
        ],
    )
    # Marks of other articles, pasted along, are nobody's here.
    html = marks.write(
        html,
        [
            marks.Mark(quote.permalink_id, quote.start, quote.end)
            for quote in quotes
            if quote.start is not None and quote.end is not None
        ],
    )
    citations = list(edition.citations.order_by("start"))
    moved = marks.move([(c.start, c.end) for c in citations], old, text)
    # Emptied and written again: two that move could otherwise meet on the way.
    if citations:
        edition.citations.all().delete()
    kept = []
    for citation, place in zip(citations, moved, strict=True):
        if place is None:
            revised.notices.append(
                f"The text no longer names {citation.printed}; its citation is gone."
            )
            continue
        citation.pk = None
        citation.start, citation.end = place
        citation.printed = text[slice(*place)]
        kept.append(citation)
    Citation.objects.bulk_create(kept)
    if edition.remarked:  # type: ignore[attr-defined]
        revised.notices += remarking.follow(edition, old, text)
    edition.body, edition.text = html, text
    if citations:
        # Of all that stands here, only resolutions are among the facets of a quote.
        verbs.refresh_facets(quote.pk for quote in quotes)


def _follow(
    quote: Quote, place: tuple[int, int] | None, text: str, revised: Revised
) -> bool:
    """Move one quote to its new place, or detach it when its words are gone.

    Tells whether anything of it changed.
    """
    before = (quote.start, quote.end, quote.prefix, quote.suffix, quote.text)
    if place is None:
        if quote.detached_at is None:
            quote.detached_at = verbs.clock()
            revised.notices.append(
                f"The words “{quote}” are gone from the text. Their quote is detached: "
                "put them back, or remove the quote."
            )
        quote.start = quote.end = None
        return before[0] is not None
    words = text[slice(*place)]
    if words != quote.text:
        quote.confirmed_at = quote.confirmed_by = None
        sentence = f"The words of the quote “{quote}” changed. Confirm it again."
        revised.again[quote.permalink_id] = sentence
        revised.notices.append(sentence)
    quote.start, quote.end = place
    quote.text = words
    quote.prefix, quote.suffix = marks.context(text, *place)
    was_detached, quote.detached_at = quote.detached_at is not None, None
    after = (quote.start, quote.end, quote.prefix, quote.suffix, quote.text)
    return was_detached or before != after


def _tag(wanted: Mapping[Article, Sequence[str]], by: User) -> None:
    """Give articles their topics by name, making those that are new, if ``by`` may."""
    names = {
        name.strip().casefold(): name.strip()
        for tags in wanted.values()
        for name in tags
        if name.strip()
    }
    known = {
        tag.name.casefold(): tag
        for tag in Tag.objects.annotate(folded=Lower("name")).filter(
            folded__in=[name.lower() for name in names.values()]
        )
    }
    slugs = set(Tag.objects.values_list("slug", flat=True)) if names else set()
    for folded, name in names.items():
        if folded not in known:
            slug = _unused(slugify(name) or "topic", slugs)
            tag = Tag(name=name, slug=slug)
            verbs.demand_row(by, "add", tag)
            tag.save()
            known[folded] = tag
    ArticleTag.objects.bulk_create(
        [
            ArticleTag(content_object=article, tag=tag)
            for article, tags in wanted.items()
            for tag in {known[t.strip().casefold()] for t in tags if t.strip()}
        ],
        ignore_conflicts=True,
    )


def _slugs_of_days(days: Iterable[dt.date]) -> dict[dt.date, set[str]]:
    """The slugs taken on some days, former addresses included."""
    taken: dict[dt.date, set[str]] = {day: set() for day in days}
    for dated, slug in Article.objects.filter(dated__in=taken).values_list(
        "dated", "slug"
    ):
        taken[dated].add(slug)
    for day, slugs in addresses.slugs_that_led_on(taken).items():
        taken[day] |= slugs
    return taken


def _free_slug(wanted: str, day: dt.date, taken: dict[dt.date, set[str]]) -> str:
    """A slug that no other article of the day has; it is noted as taken."""
    return _unused(slugify(wanted)[:SLUG_LIMIT].strip("-") or "statement", taken[day])


def _unused(slug: str, taken: set[str]) -> str:
    number, free = 1, slug
    while free in taken:
        number += 1
        free = f"{slug}-{number}"
    taken.add(free)
    return free


def refuse_unprintable(*lines: str) -> None:
    """Refuse what PostgreSQL cannot keep and nobody can read or see."""
    for line in lines:
        try:
            characters.check_words(line)
        except characters.Unclean as problem:
            raise verbs.Unusable(problem.reason) from problem
