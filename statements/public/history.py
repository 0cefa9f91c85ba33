"""What became of a statement after it went out: its editions, and all corrections."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import FETCH_RAISE, Exists, OuterRef, Prefetch, QuerySet
from django.db.models.functions import Now
from django.http import HttpRequest, HttpResponse

from statements.markup import differences
from statements.markup.differences import Piece, Row, Unchanged
from statements.models import Article, Change, Correction, Edition

from . import paging
from .answers import draw, page, speak
from .articles import find

SIZE = 20
#: Steps of a history that are told word by word; of older ones date and note alone.
TOLD = 20


@dataclass
class Step:
    """One edition, and what it changed. ``number`` counts what readers had, from 1."""

    edition: Edition
    number: int
    before: Edition | None = None
    speakers: list[Correction] = field(default_factory=list)

    @cached_property
    def title(self) -> tuple[Piece, ...]:
        return self._changed("title")

    @cached_property
    def summary(self) -> tuple[Piece, ...]:
        return self._changed("summary")

    @cached_property
    def text(self) -> list[Row | Unchanged]:
        """Changed paragraphs; how many stayed between them."""
        if self.before is None:
            return []
        found = differences.paragraphs(self.before.text, self.edition.text)
        return found if any(isinstance(one, Row) for one in found) else []

    @property
    def same(self) -> bool:
        """No word differs; what does is a picture, a topic, a link."""
        told = self.title or self.summary or self.text or self.speakers
        return self.before is not None and not told

    def _changed(self, name: str) -> tuple[Piece, ...]:
        if self.before is None:
            return ()
        old, new = getattr(self.before, name), getattr(self.edition, name)
        return differences.words(old, new) if old != new else ()


@page
def history(
    request: HttpRequest, year: int, month: int, day: int, slug: str
) -> HttpResponse:
    """The editions that readers had, the newest first, each with what it changed."""
    article = find(year, month, day, slug, tail="history/")
    speak(article.language)
    at = article.as_of
    editions = list(
        Edition.objects.history(at)
        .filter(article=article.pk)
        .order_by("published_at", "pk")
        .defer("record", "body")
        .fetch_mode(FETCH_RAISE)
    )
    told: dict[int, list[Correction]] = {}
    for one in (
        Correction.objects.public(at)
        .filter(
            edition__in=[edition.pk for edition in editions],
            what=Correction.What.SPEAKER,
        )
        .order_by("pk")
        .fetch_mode(FETCH_RAISE)
    ):
        told.setdefault(one.edition_id, []).append(one)
    steps = [
        Step(edition, number, before, told.get(edition.pk, []))
        for number, (edition, before) in enumerate(
            zip(editions, [None, *editions], strict=False), 1
        )
    ]
    steps.reverse()
    return draw(
        request,
        "statements/history.html",
        {
            "article": article,
            "edition": article.live_edition,
            "steps": steps[:TOLD],
            "older": steps[TOLD:],
            "section": "statements",
        },
        at=at,
    )


@page
def corrections(request: HttpRequest) -> HttpResponse:
    """Every correction of a statement that is public, the newest first."""
    found = paging.read(corrected(), request.GET, by="published_at", size=SIZE)
    return draw(
        request,
        "statements/corrections.html",
        {"page": found, "section": "statements"},
        at=found.items[0].as_of if found.items else None,
    )


def corrected() -> QuerySet[Edition]:
    """Editions that corrected what readers had, each with ``told``, its corrections.

    Only of statements that are public now.
    """
    return (
        Edition.objects.history()
        .filter(
            Exists(Article.objects.published().filter(pk=OuterRef("article"))),
            change=Change.CORRECTION,
        )
        .select_related("article")
        .defer("record", "body", "text")
        .annotate(as_of=Now())
        .prefetch_related(
            Prefetch(
                "corrections",
                Correction.objects.public().order_by("pk").fetch_mode(FETCH_RAISE),
                to_attr="told",
            )
        )
        .fetch_mode(FETCH_RAISE)
    )
