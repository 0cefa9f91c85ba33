"""What ``doctor`` looks for: facts stated twice that must agree."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.db import connection

from statements.markup import marks, projection
from statements.models import Edition, MediaAsset, Quote

from . import drawing, recording, renditions, verbs


@dataclass(frozen=True)
class Check:
    """One question: ``find`` gives a line a fault, ``mend`` counts the mended."""

    sentence: str
    find: Callable[[], list[str]]
    mend: Callable[[], int] | None = None


def _rows(sql: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return [" ".join(map(str, row)) for row in cursor.fetchall()]


def _quotes_out_of_place() -> list[str]:
    return _rows(
        """
        SELECT 'quote', q.permalink_id, 'in edition', e.id FROM quote q
        JOIN edition e ON e.id = q.edition_id
        WHERE q.start IS NOT NULL
          AND substr(e.text, q.start + 1, q."end" - q.start) <> q.text
        """
    )


def _citations_out_of_place() -> list[str]:
    return _rows(
        """
        SELECT 'citation', c.id, 'in edition', e.id FROM citation c
        JOIN edition e ON e.id = c.edition_id
        WHERE left(substr(e.text, c.start + 1, c."end" - c.start), 200) <> c.printed
        """
    )


def _texts_that_differ() -> list[str]:
    faults = []
    for edition in Edition.objects.only("body", "text").iterator(200):
        if projection.to_text(edition.body) != edition.text:
            faults.append(f"edition {edition.pk}")
    return faults


def _marks_that_differ() -> list[str]:
    faults = []
    places: dict[int, set[tuple[str, int | None, int | None]]] = {}
    for edition, permalink, start, end in Quote.objects.filter(
        start__isnull=False
    ).values_list("edition", "permalink", "start", "end"):
        places.setdefault(edition, set()).add((permalink, start, end))
    for pk, body in Edition.objects.values_list("pk", "body").iterator(200):
        marked = {(m.permalink, m.start, m.end) for m in marks.read(body)}
        if marked != places.get(pk, set()):
            faults.append(f"edition {pk}")
    return faults


_WRONG_FACETS = (
    "SELECT id FROM quote WHERE facets IS DISTINCT FROM public.quote_facets(id)"
)


def _facets_that_differ() -> list[str]:
    return [f"quote row {pk}" for pk in _rows(_WRONG_FACETS)]


def _mend_facets() -> int:
    return verbs.refresh_facets(int(pk) for pk in _rows(_WRONG_FACETS))


_WRONG_COUNTS = "SELECT whose, part, number FROM public.tallies_that_differ()"


def _counts_that_differ() -> list[str]:
    return [f"count {row}" for row in _rows(_WRONG_COUNTS)]


def _count_anew() -> int:
    wrong = len(_rows(_WRONG_COUNTS))
    _rows("SELECT public.count_anew()")
    return wrong


def _seals_that_differ() -> list[str]:
    return [str(each) for found in recording.seals() for each in found]


def _stale_renderings() -> list[int]:
    """Published editions drawn otherwise than they would be drawn now."""
    stale = []
    for pk, fresh, kept in drawing.compare():
        if kept is not None and kept != fresh:
            stale.append(pk)
    return stale


def _mend_renderings() -> int:
    stale = _stale_renderings()
    drawing.draw(stale)
    return len(stale)


def _draw_undrawn() -> int:
    keys = drawing.undrawn()
    drawing.draw(keys)
    return len(keys)


def _lost_files() -> list[str]:
    root = settings.MEDIA_ROOT
    return [
        f"{name} ({path})"
        for name, path in MediaAsset.objects.filter(size__gt=0).values_list(
            "name", "file"
        )
        if not (root / path).is_file()
    ]


CHECKS = [
    Check("Every quote stands where it says.", _quotes_out_of_place),
    Check("Every citation stands where it says.", _citations_out_of_place),
    Check("Every plain text is that of its body.", _texts_that_differ),
    Check("The marks in every body are its quotes.", _marks_that_differ),
    Check("Every quote's facets are right.", _facets_that_differ, _mend_facets),
    # After the facets, by which quotes are counted.
    Check("Every count is that of its rows.", _counts_that_differ, _count_anew),
    Check(
        "Every published record has its digest.",
        lambda: _rows(recording.WRONG_DIGESTS),
    ),
    Check(
        "Every edition links to the one before it.",
        lambda: _rows(recording.WRONG_LINKS),
    ),
    Check("Every seal agrees with what is there.", _seals_that_differ),
    Check(
        "Every drawn page is what would be drawn now.",
        lambda: [f"edition {pk}" for pk in _stale_renderings()],
        _mend_renderings,
    ),
    Check(
        "Every live page is drawn.",
        lambda: [f"edition {pk}" for pk in drawing.undrawn()],
        _draw_undrawn,
    ),
    Check("Every uploaded file is there.", _lost_files),
    Check(
        "Every picture has its smaller copies.",
        lambda: [asset.name for asset in renditions.missing()],
        lambda: sum(bool(renditions.make(asset)) for asset in renditions.missing()),
    ),
]
