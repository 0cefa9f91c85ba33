"""How long it takes to find the place of a quote in half a million characters.

CPU time, printed; only the growth with the source is asserted, elsewhere. Real
transcripts where the shared data folder exists, else words of our own.
"""

from __future__ import annotations

import gzip
import json

import pytest

from statements.detection.verbatim import check, turns
from statements.detection.verdicts import Outcome, SourceText

from ..detection.shared import SHARED
from ..detection.test_verbatim_slowness import prose
from .test_speed import report, side_by_side

pytestmark = pytest.mark.long

__all__ = ["report"]


def transcripts() -> str:
    """Six transcripts joined: about 600,000 characters."""
    path = SHARED / "data" / "transcripts.jsonl.gz"
    if not path.is_file():
        return prose(600_000)
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        texts = sorted((json.loads(line)["text"] for line in stream), key=len)
    return "\n\n".join(texts[-6:])


def test_finding_a_quote(report):
    text = transcripts()
    words = text.split()
    middle = len(words) // 2
    said = words[middle : middle + 20]
    exact = " ".join(said)
    other = " ".join([*said[:9], "zebra", *said[10:]])
    joined = f"{' '.join(said[:8])} … {' '.join(words[middle + 30 : middle + 42])}"
    absent = " ".join(["zebra", "quagga", *["of the and not"] * 4, "okapi", "bosun"])
    source = SourceText(text)
    parted = SourceText(text, turns=turns(text))
    assert check(exact, [source]).outcome is Outcome.VERBATIM
    assert check(other, [source]).outcome is Outcome.DIFFERS
    report(
        f"A quote of 20 words in {len(text):,} characters, against reading them",
        side_by_side(
            reading_the_source_once=lambda: SourceText(text).prepared,
            reading_it_with_its_turns=lambda: (
                SourceText(text, turns=parted.turns).prepared
            ),
            read_and_found=lambda: check(exact, [SourceText(text)]),
            word_for_word=lambda: check(exact, [source]),
            with_an_ellipsis=lambda: check(joined, [source]),
            one_word_changed=lambda: check(other, [source]),
            nowhere=lambda: check(absent, [source]),
        ),
    )
