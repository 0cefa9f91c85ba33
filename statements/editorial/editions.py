"""Begin, carry over and rebase editions; keep their files."""

from __future__ import annotations

from typing import Any

from django.db.models import Max

from statements.models import (
    Article,
    Change,
    Citation,
    Edition,
    EditionMedia,
    MediaAsset,
    Quote,
    User,
    acting,
)

from . import intake, remarking, verbs

QUOTE = (
    "permalink_id",
    "article_id",
    "text",
    "start",
    "end",
    "prefix",
    "suffix",
    "kind",
    "origin",
    "language",
    "speaker_id",
    "organization_id",
    "appointment_id",
    "title_as_printed",
    "said_on",
    "confirmed_at",
    "confirmed_by_id",
    "verdict",
)
CITATION = (
    "article_id",
    "resolution_id",
    "start",
    "end",
    "printed",
    "pinpoint",
    "said_on",
    "origin",
    "confirmed_at",
    "confirmed_by_id",
)
MEDIA = ("asset_id", "role", "position", "alt", "caption", "transcript")


def begin(article: Article, *, by: User, change: str = Change.MINOR) -> Edition:
    """Begin a new edition of an article from the one that readers have.

    Quotes, citations and files are carried over, and remarks that are not done; quotes
    keep their addresses. An article never published gets a second draft of its first
    edition.
    """
    verbs.demand(by, "change_article", "You may not change statements.")
    with acting(by):
        verbs.lock([article.pk])
        editions = Edition.objects.kept().filter(article=article)
        base = editions.live().first() or last_published(article)
        source = base or editions.order_by("-number")[0]
        edition = follow(source, base=base, by=by, change=change)
        remarking.carry(source, edition)
        if base is None:
            unseen(source, edition, by=by)
    return edition


def follow(source: Edition, *, base: Edition | None, by: User, change: str) -> Edition:
    """A draft with the words of ``source``, and its quotes, citations and files.

    ``base`` is what readers have, or had last: what the draft is to replace. To be
    called with the article locked.
    """
    edition = _follow_on(source, by=by)
    edition.based_on = base
    edition.change = change if base else Change.FIRST
    edition.save()
    verbs.contributed([edition], by)
    _carry_over(source, edition)
    return edition


def unseen(source: Edition, edition: Edition, *, by: User) -> None:
    """Others' words are in the draft that nobody has approved: they may not either."""
    for wrote in source.contributors.exclude(user=by).select_related("user"):
        verbs.contributed([edition], wrote.user)


def last_published(article: Article) -> Edition | None:
    """The edition that readers had last; None when they never had one."""
    return (
        Edition.objects.filter(article=article)
        .ever_live()
        .order_by("-published_at")
        .first()
    )


def begin_translation(article: Article, *, language: str, by: User) -> Edition:
    """Begin a statement in another language, linked to what readers have of this one.

    The words are the original's until somebody translates them; quotes are not carried
    over, since translated words are other words.
    """
    verbs.demand(by, "add_article", "You may not enter statements.")
    base = Edition.objects.filter(article=article).live().first()
    if base is None:
        raise verbs.Unusable("Only a published statement can be translated.")
    if language == article.language or article.translations.filter(language=language):
        raise verbs.Unusable("The statement exists in that language already.")
    with acting(by):
        received = intake.receive(
            intake.Incoming(
                title=base.title,
                summary=base.summary,
                byline=base.byline,
                body=base.text,
                dated=article.dated,
                slug=f"{article.slug}-{language}",
                kind=article.kind,
                issuer=article.issuer,
                desk=article.desk,
                language=language,
                translation_of=article,
                tags=[tag.name for tag in article.tags.all()],
            ),
            by=by,
        )
        received.edition.translates = base
        received.edition.save(update_fields=["translates"])
    return received.edition


def rebase(edition: Edition, *, by: User) -> Edition:
    """Say that the changes published since have been brought into this draft.

    The draft may then be published over the edition that is live now.
    """
    verbs.demand(by, "change_article", "You may not change statements.")
    with acting(by):
        fresh = intake.open_draft(edition)
        fresh.based_on = Edition.objects.filter(
            article=fresh.article_id
        ).live().first() or last_published(fresh.article)
        if fresh.based_on and fresh.change == Change.FIRST:
            fresh.change = Change.MINOR
        intake.touch(fresh, by=by)
    return fresh


def attach(
    edition: Edition,
    asset: MediaAsset,
    *,
    by: User,
    role: str = EditionMedia.Role.MAIN,
    alt: str = "",
    caption: str = "",
    transcript: str = "",
) -> EditionMedia:
    """Put a file into a draft, or change the words that stand with it there."""
    verbs.demand(by, "change_article", "You may not change statements.")
    with acting(by):
        fresh = intake.open_draft(edition)
        position = fresh.media.aggregate(last=Max("position"))["last"]
        use, _ = EditionMedia.objects.update_or_create(
            edition=fresh,
            asset=asset,
            defaults={
                "role": role,
                "alt": alt,
                "caption": caption,
                "transcript": transcript,
            },
            create_defaults={
                "role": role,
                "alt": alt,
                "caption": caption,
                "transcript": transcript,
                "position": 0 if position is None else position + 1,
            },
        )
        intake.touch(fresh, by=by)
    return use


def detach_media(use: EditionMedia, *, by: User) -> None:
    """Take a file out of a draft; the file itself stays in the library."""
    verbs.demand(by, "change_article", "You may not change statements.")
    with acting(by):
        fresh = intake.open_draft(use.edition)
        use.delete()
        intake.touch(fresh, by=by)


def _follow_on(source: Edition, *, by: User) -> Edition:
    number = Edition.objects.filter(article=source.article_id).aggregate(
        last=Max("number")
    )["last"]
    return Edition(
        article=source.article,
        number=number + 1,
        title=source.title,
        summary=source.summary,
        byline=source.byline,
        body=source.body,
        text=source.text,
        translates=source.translates,
        created_by=by,
    )


def _carry_over(source: Edition, edition: Edition) -> None:
    """Copy the quotes, citations and files of one edition into a new one."""
    quotes = {
        quote.pk: Quote(edition=edition, **values_of(quote, QUOTE))
        for quote in source.quotes.filter(detached_at=None).order_by("start")
    }
    Quote.objects.bulk_create(quotes.values())
    Citation.objects.bulk_create(
        [
            Citation(
                edition=edition,
                quote=quotes.get(citation.quote_id or 0),
                **values_of(citation, CITATION),
            )
            for citation in source.citations.all()
        ]
    )
    EditionMedia.objects.bulk_create(
        [
            EditionMedia(edition=edition, **values_of(use, MEDIA))
            for use in source.media.all()
        ]
    )
    verbs.refresh_facets(quote.pk for quote in quotes.values())


def values_of(row: Any, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}
