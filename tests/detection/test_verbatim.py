"""A quote against its sources: the seven verdicts."""

from __future__ import annotations

import pytest

from statements.detection.verbatim import check
from statements.detection.verdicts import SourceText, Verdict

from .verbatim_vectors import LONG, TABLE


def told(verdict: Verdict) -> list[str]:
    """Everything that a verdict says of one place, in short."""
    notes = []
    for op in verdict.operations:
        note = f"{op.kind} {op.printed}"
        if op.source is not None:
            note += f" = {op.said}" if op.said else ""
        if op.kind == "omission" and op.source is not None:
            note += f" ({op.words})"
        elif op.kind == "bracket" and op.source is None:
            note += " ="
        note += " +" if op.goes_on else ""
        notes.append((op.quote.start, " ".join(note.split())))
    for difference in verdict.differences:
        note = f"{difference.kind} {difference.printed}"
        note += f" = {difference.said}" if difference.said else ""
        notes.append((difference.quote.start, " ".join(note.split())))
    notes.sort(key=lambda pair: pair[0])
    return [note for _, note in notes] + [f"! {each}" for each in verdict.warnings]


@pytest.mark.parametrize(
    ("quote", "source", "expected", "notes", "why"), TABLE, ids=[r[4] for r in TABLE]
)
def test_table(quote, source, expected, notes, why):
    verdict = check(quote, [SourceText(source)])
    rank = f" {verdict.rank}" if verdict.outcome == "differs" else ""
    assert f"{verdict.outcome}{rank}" == expected
    if expected != "not_found":
        left_out = LONG[len("We began in the spring") : -len("We ended in the autumn.")]
        assert told(verdict) == [n.replace("LONG", left_out.strip()) for n in notes]
