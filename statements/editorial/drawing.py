"""Draw the public HTML of editions, once, when they are published."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from statements.markup import margin
from statements.models import Citation, Edition, Quote, Rendering

#: Rises when the drawing itself changes: renderings of an older release are redrawn.
RELEASE = "1"


def draw(editions: Sequence[int]) -> None:
    """Draw editions and keep the result. Three queries for a batch.

    A page whose rendering is missing draws it on the spot, so this never decides what
    is right, only what is fast.
    """
    quotes: dict[int, list[Quote]] = defaultdict(list)
    for quote in Quote.objects.filter(edition__in=editions).for_margin():
        quotes[quote.edition_id].append(quote)
    citations: dict[int, list[Citation]] = defaultdict(list)
    for citation in Citation.objects.filter(edition__in=editions).for_margin():
        citations[citation.edition_id].append(citation)
    Rendering.objects.filter(edition__in=editions).delete()
    Rendering.objects.bulk_create(
        [
            Rendering(
                edition_id=key,
                html=margin.draw(body, quotes[key], citations[key]),
                release=RELEASE,
            )
            for key, body in Edition.objects.filter(pk__in=editions).values_list(
                "pk", "body"
            )
        ]
    )
