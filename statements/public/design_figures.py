"""Charts and choices of the page of components, of made-up numbers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from statements.models import Quote, Spokesperson

from . import catalogues, paging
from . import design_samples as vallorn
from .charts import by_year
from .choosing import Choice, Facet
from .narrowing import Narrowed


def figures() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """What each is called, its partial, and what the partial is given."""
    for name, counts in (
        ("two years", {2025: 1, 2026: 2}),
        ("ten years", {2017 + year: year for year in range(10)}),
        ("thousands", {1986: 3, 2001: 412, 2025: 14_598, 2026: 900}),
    ):
        yield f"chart, {name}", "_chart.html", {"chart": by_year(counts)}
    choices = [Choice("a", vallorn.LONG, 14_598, False), Choice("b", "2417", 1, True)]
    chosen: dict[str, str]
    for name, chosen in (("nothing chosen", {}), ("one chosen", {"resolution": "b"})):
        facets = [Facet("resolution", "Resolution", choices)]
        rows = paging.Rows(Quote.objects.none, {})
        narrowed = Narrowed(rows, {}, 1, chosen, facets)
        context = {"narrowed": narrowed, "here": ""}
        yield f"choices, {name}", "_narrow.html", context
    choices_kept = [
        Choice("ministry", vallorn.LONG, 1, True),
        Choice("mission", "Permanent Mission", None, False),
    ]
    for name, found in (("counted", "1 spokesperson"), ("too many to count", "")):
        left = catalogues.Narrowed(
            Spokesperson.objects.none(), {"organization": "ministry"}, 1, found
        )
        left.facets.append(Facet("organization", "Organisation", choices_kept))
        yield f"filters, {name}", "_filters.html", {"narrowed": left, "here": "#"}
    letters = [
        {"url": "#", "label": label, "current": label == "O"}
        for label in ("All", *"ABEÅOЖ")
    ]
    yield "letters", "_letters.html", {"letters": letters}
