"""Draw the public HTML of editions, once, when they are published."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import batched
from typing import Any

from django.db.models import Case, CharField, F, Min, Q, Value, When
from django.db.models.functions import Now
from django.utils.safestring import SafeString, mark_safe

from statements.markup import margin, projection
from statements.markup.render import Remarked, RowHTML
from statements.models import (
    LANGUAGES,
    Article,
    Citation,
    Correction,
    Edition,
    EditionMedia,
    Quote,
    Rendering,
    Resolution,
)
from statements.models.languages import saying, spoken

from . import correcting


def draw(editions: Sequence[int]) -> None:
    """Draw editions and keep the result. Six queries for a batch.

    A page whose rendering is missing draws it on the spot, so this never decides what
    is right, only what is fast.
    """
    if not editions:
        return
    Rendering.objects.filter(edition__in=editions).delete()
    Rendering.objects.bulk_create(
        [
            Rendering(edition_id=key, html=html, release=release)
            for key, html, release in _drawn(editions)
        ]
    )


def drawn(edition: Edition) -> SafeString:
    """The body of one edition, a draft too, as readers will see it with its notes."""
    # The body was sanitised when it was received; the margin escapes what it adds.
    return mark_safe("\n".join(row.html for row in drawn_rows(edition)))  # noqa: S308


def drawn_rows(
    edition: Edition, remarks: Sequence[Remarked] | None = None
) -> list[RowHTML]:
    """The same block by block; for the desk, with what colleagues remarked on."""
    return margin.draw_rows(
        edition.body,
        [
            quote
            for quote in edition.quotes.for_margin()
            if quote.speaker_id or quote.organization_id
        ],
        edition.citations.for_margin(),
        edition.article.language,
        remarks,
        _corrections(edition),
        # Of a draft the files are at no address that a reader could open.
        _recordings([edition.pk])[edition.pk] if edition.live else (),
        saying(edition.article.language),
    )


def _recordings(editions: Sequence[int]) -> dict[int, list[EditionMedia]]:
    """Sound and film of editions, with what was said in them; one query."""
    found: dict[int, list[EditionMedia]] = defaultdict(list)
    for use in (
        EditionMedia.objects.filter(edition__in=editions, asset__size__gt=0)
        .exclude(transcript="")
        .select_related("asset")
        .order_by("position", "pk")
    ):
        found[use.edition_id].append(use)
    return found


def _corrections(edition: Edition) -> list[Correction]:
    """What is told beside the quotes of an edition; of a draft, what will be."""
    if edition.based_on_id is None:
        return []
    if edition.frozen and edition.live:
        return list(Correction.objects.when_out([edition.pk]))
    told = Correction.objects.beside(edition.pk, Now())
    return [*correcting.foreseen(edition), *told]


def previewed(edition: Edition, at: dt.datetime) -> dict[str, Any]:
    """What a reader's page of a statement takes, as if the edition were out at ``at``.

    Of a draft every topic, file and resolution is shown: with it they go out. The
    edition bears that hour from now on, here and not in the database.
    """
    article = edition.article
    if edition.published_at is None:
        edition.published_at = at
    root = article.translation_of_id or article.pk
    return {
        "article": article,
        "edition": edition,
        "body": drawn(edition),
        "minutes": projection.minutes(edition.text, article.language),
        "section": "statements",
        "speaks": spoken(article.language),
        "tags": list(article.tags.order_by("name")),
        # The bytes of a file without a size were removed by law.
        "media": list(
            EditionMedia.objects.filter(edition=edition, asset__size__gt=0)
            .select_related("asset")
            .order_by("position", "pk")
        ),
        "translations": list(
            Article.objects.published(at)
            .filter(Q(pk=root) | Q(translation_of=root))
            .exclude(pk=article.pk)
            .order_by("language")
        ),
        "resolutions": list(
            Resolution.objects.filter(citations__edition=edition)
            .select_related("body")
            .annotate(first=Min("citations__start"))
            .order_by("first")
        ),
    }


def undrawn() -> list[int]:
    """The keys of live editions whose drawing is not kept, or is of an old release."""
    wanted = Case(
        *(
            When(article__language=code, then=Value(margin.release(saying(code))))
            for code, _name in LANGUAGES
        ),
        default=Value(margin.release(saying(""))),
        output_field=CharField(),
    )
    return list(
        Edition.objects.live()
        .annotate(wanted=wanted)
        .exclude(rendering__release=F("wanted"))
        .order_by("pk")
        .values_list("pk", flat=True)
    )


def _drawn(editions: Sequence[int]) -> Iterator[tuple[int, str, str]]:
    """Keys of editions, their HTML, and the release that it bears."""
    quotes: dict[int, list[Quote]] = defaultdict(list)
    for quote in Quote.objects.filter(edition__in=editions).for_margin():
        quotes[quote.edition_id].append(quote)
    citations: dict[int, list[Citation]] = defaultdict(list)
    for citation in Citation.objects.filter(edition__in=editions).for_margin():
        citations[citation.edition_id].append(citation)
    corrections: dict[int, list[Correction]] = defaultdict(list)
    for correction in Correction.objects.when_out(editions):
        corrections[correction.stands_in].append(correction)
    media = _recordings(editions)
    for key, body, language in Edition.objects.filter(pk__in=editions).values_list(
        "pk", "body", "article__language"
    ):
        speaks = saying(language)
        html = margin.draw(
            body,
            quotes[key],
            citations[key],
            language,
            corrections[key],
            media[key],
            speaks,
        )
        yield key, html, margin.release(speaks)


def compare(batch: int = 200) -> Iterator[tuple[int, str, str | None]]:
    """For every published edition: its key, a fresh drawing, and the one kept."""
    keys = list(
        Edition.objects.filter(published_at__isnull=False)
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    for some in batched(keys, batch):
        kept = dict(
            Rendering.objects.filter(edition__in=some).values_list("edition", "html")
        )
        for key, html, _release in _drawn(some):
            yield key, html, kept.get(key)
