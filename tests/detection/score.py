"""``make score``: how good detection is, beside the best that is published.

Our own set is always there. Three corpora annotated by hand are measured where the
shared data folder lies beside the checkout, by that folder's own scorer. The second
table says how far a confidence can be believed: what was found with it, and how much
of that was right. ``ARGS=--errors`` lists what goes wrong in our own set,
``ARGS=--quick`` leaves PolNeAR out, ``ARGS=--seen`` counts the sorts of findings from
which ``statements/detection/seen.py`` is written.
"""

from __future__ import annotations

import argparse
import gzip
import importlib.util
import json
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from statements.detection.engine import detect
from statements.detection.findings import QuoteFinding

from . import scoring
from .gold import PHENOMENA, Row, Wanted, rows
from .shared import SHARED

#: The measures: our name, the name in the shared scorer, what is printed.
MEASURES = (
    ("detection", "ov_F1", "detection F1"),
    ("joint", "joint_F1", "joint F1"),
    ("as written", "attr_acc", "speaker as written"),
    ("resolved", "attr_resolved", "speaker resolved"),
    ("when given", "attr_prec_when_given", "right when given"),
    ("share given", "", "speaker given"),
    ("ms", "", "ms an article"),
)

#: Best existing, target, stretch.
ANCHORS: dict[tuple[str, str], tuple[float | None, float | None, float | None]] = {
    ("PolNeAR", "detection"): (95.6, 97.3, 98),
    ("PolNeAR", "joint"): (81.6, 90.5, 93),
    ("PolNeAR", "as written"): (85.1, 93, 95),
    ("PolNeAR", "resolved"): (77.1, 89, 92),
    ("PolNeAR", "ms"): (0.8, 9, 6),
    ("govpress", "detection"): (79.5, 93, 96),
    ("govpress", "joint"): (51.8, 87, 92),
    ("wikinews", "detection"): (84.2, 94, 96),
    ("wikinews", "joint"): (72.1, 88, 92),
    **{
        (corpus, "when given"): (None, 95, None)
        for corpus in ("own set", "govpress", "wikinews", "PolNeAR")
    },
}

CORPORA = (
    ("govpress", "govpress.dev.jsonl"),
    ("wikinews", "wikinews.dev.jsonl"),
    ("PolNeAR", "polnear.dev.jsonl.gz"),
)
LARGE = "PolNeAR"  # needs no interval, and only verifies the confidence

#: Where a corpus says of a full name that somebody looked, it is believed.
TRUSTED = {"string", "adjudicated", "agree", "manual"}


@dataclass
class Measured:
    """A set, its figures, their intervals, and each finding with what became of it."""

    name: str
    texts: int
    quotes: int
    figures: dict[str, float]
    intervals: dict[str, tuple[float, float]] = field(default_factory=dict)
    judged: list[scoring.Judged] = field(default_factory=list)


def main(arguments: list[str] | None = None, console: Console | None = None) -> None:
    parser = argparse.ArgumentParser(prog="make score", description=__doc__)
    parser.add_argument("--errors", action="store_true", help="list them (own set)")
    parser.add_argument("--quick", action="store_true", help="leave PolNeAR out")
    parser.add_argument("--seen", action="store_true", help="count the sorts")
    chosen = parser.parse_args(arguments)
    console = console or Console()
    failing: list[tuple[Row, scoring.Score]] = []
    sets = [own(failing)]
    scorer = shared_scorer()
    for name, file in CORPORA:
        path = SHARED / "data" / "gold" / file
        if (chosen.quick or chosen.seen) and name == LARGE:
            continue
        if scorer is None or not path.is_file():
            console.print(Text(f"{name} is not here (NEWSROOM_SHARED).", "dim"))
            continue
        sets.append(corpus(name, path, scorer))
    if chosen.seen:
        judged = [one for each in sets for one in each.judged]
        for sort, (number, right) in scoring.by_sort(judged).items():
            console.print(f'    "{sort}": ({number}, {right}),', highlight=False)
        return
    console.print(as_table(sets))
    near = [each for each in sets if each.name != LARGE]
    names = ", ".join(each.name for each in near)
    judged = [one for each in near for one in each.judged]
    console.print(as_bins(f"Confidence: {names}", judged))
    for each in sets:
        if each.name == LARGE:
            console.print(as_bins(f"Confidence: {LARGE}, verified only", each.judged))
    console.print(as_phenomena(failing))
    if chosen.errors:
        for row, score in failing:
            console.print(as_errors(row, score))


def own(failing: list[tuple[Row, scoring.Score]]) -> Measured:
    """Our own set; what is not flawless goes to ``failing``."""
    counts: list[Counter[str]] = []
    judged: list[scoring.Judged] = []
    clock = Clock()
    for row in rows():
        score = scoring.score(row.text, row.answers, clock.detect(row.text))
        counts.append(score.counts)
        judged += score.judged
        if not score.flawless:
            failing.append((row, score))
    total = sum(counts, Counter[str]())
    return Measured(
        "own set",
        len(counts),
        total["wanted"],
        {**scoring.figures(total), "ms": clock.each},
        scoring.interval(counts),
        judged,
    )


def corpus(name: str, path: Path, scorer: ModuleType) -> Measured:
    """A corpus of the shared folder, by the scorer that lies there."""
    opening = gzip.open if path.suffix == ".gz" else open
    with opening(path, "rt", encoding="utf-8") as stream:
        gold = [json.loads(line) for line in stream]
    answers: dict[str, Any] = {}
    judged: list[scoring.Judged] = []
    clock = Clock()
    for item in gold:
        found = clock.detect(item["text"])
        answers[item["id"]] = {"quotes": [as_answer(each) for each in found]}
        wanted = list(as_wanted(item["quotes"]))
        judged += scoring.score(item["text"], wanted, found, surname_only=True).judged
    rounds = 0 if name == LARGE else 1000
    total, figures, intervals, _ = scorer.evaluate(gold, answers, rounds)
    shown = {ours: 100 * figures[theirs] for ours, theirs, _ in MEASURES if theirs}
    shown["share given"] = 100 * total["a_given"] / total["a_n"]
    shown["ms"] = clock.each
    return Measured(
        name,
        len(gold),
        total["gold"],
        shown,
        {
            ours: tuple(100 * bound for bound in intervals[theirs])
            for ours, theirs, _ in MEASURES
            if theirs in intervals
        },
        judged,
    )


class Clock:
    """Detects, and counts the CPU time of it; the first text is not counted."""

    def __init__(self) -> None:
        self.spent = 0.0
        self.texts = 0
        self.warm = False

    def detect(self, text: str) -> tuple[QuoteFinding, ...]:
        if not self.warm:
            detect(text)
            self.warm = True
        began = time.process_time()
        found = detect(text).quotes
        self.spent += time.process_time() - began
        self.texts += 1
        return found

    @property
    def each(self) -> float:
        return 1000 * self.spent / self.texts


def shared_scorer() -> ModuleType | None:
    """The shared folder's scorer, read from its place; None without the folder."""
    path = SHARED / "eval" / "evaluate.py"
    spec = importlib.util.spec_from_file_location("shared_evaluate", path)
    if not path.is_file() or spec is None or spec.loader is None:
        return None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def as_answer(found: QuoteFinding) -> dict[str, Any]:
    """A finding in the shared scorer's form."""
    who = found.attribution
    return {
        "start": found.span.start,
        "end": found.span.end,
        "kind": found.kind,
        "speaker": who.speaker,
        "speaker_full": who.full_name,
        "speaker_start": who.span.start if who.span else None,
        "speaker_end": who.span.end if who.span else None,
    }


def as_wanted(quotes: Iterable[dict[str, Any]]) -> Iterator[Wanted]:
    """Answers of a corpus in our form."""
    for quote in quotes:
        kind = "optional" if quote.get("optional") else quote["kind"]
        full = quote.get("speaker_full")
        trusted = bool(full) and quote.get("full_src") in TRUSTED
        yield Wanted(
            kind,
            quote["start"],
            quote["end"],
            quote.get("speaker"),
            quote.get("speaker_start"),
            quote.get("speaker_end"),
            full if trusted else None,
            judged=trusted,
        )


def as_table(sets: list[Measured]) -> Table:
    table = _table("Quotes and speakers")
    table.add_column("set", style="bold", no_wrap=True)
    table.add_column("measure", no_wrap=True)
    for column in ("now", "95 %", "best existing", "target", "stretch"):
        table.add_column(column, justify="right", no_wrap=column == "95 %")
    for each in sets:
        lines = [line for line in MEASURES if line[0] in each.figures]
        labels = [each.name, f"{each.texts:,} texts", f"{each.quotes:,} quotes"]
        labels += [""] * len(lines)
        for (key, _, printed), shown in zip(lines, labels, strict=False):
            value = each.figures[key]
            anchors = ANCHORS.get((each.name, key), (None, None, None))
            bounds = each.intervals.get(key)
            table.add_row(
                shown,
                printed,
                Text(f"{value:.1f}", style=colour(key, value, anchors)),
                f"{bounds[0]:.1f}–{bounds[1]:.1f}" if bounds else "",
                *("" if anchor is None else f"{anchor:g}" for anchor in anchors),
            )
        table.add_section()
    return table


def _table(title: str) -> Table:
    """A table that fits into 80 columns."""
    return Table(
        title=title,
        title_justify="left",
        title_style="bold italic",
        box=box.SIMPLE_HEAD,
        pad_edge=False,
        collapse_padding=True,
    )


def colour(
    key: str, value: float, anchors: tuple[float | None, float | None, float | None]
) -> str:
    """Green from the target on, bold from the stretch on, red below."""
    _, target, stretch = anchors
    if target is None:
        return ""
    down = key == "ms"  # less is better

    def reached(anchor: float) -> bool:
        return value <= anchor if down else value >= anchor

    if not reached(target):
        return "red"
    return "bold green" if stretch is not None and reached(stretch) else "green"


def as_bins(title: str, judged: list[scoring.Judged]) -> Table:
    table = _table(title)
    for column in ("confidence", "findings", "share", "right", "wrong"):
        table.add_column(column, justify="right")
    bins = scoring.calibration(judged)
    total = sum(number for number, _ in bins) or 1
    for place, (number, right) in enumerate(bins):
        share = 100 * right / number if number else None
        top = place == len(bins) - 1
        style = ""
        if top and share is not None:
            style = "green" if share >= 97 and number >= 0.7 * total else "red"
        table.add_row(
            f"{place / 10:.1f}–{(place + 1) / 10:.1f}",
            str(number),
            f"{100 * number / total:.1f} %",
            "" if share is None else Text(f"{share:.1f} %", style=style),
            str(number - right or ""),
        )
    return table


def as_phenomena(failing: list[tuple[Row, scoring.Score]]) -> Table:
    """Which of our own texts are not flawless, by phenomenon."""
    table = _table("Our own texts that fail")
    for column in ("", "phenomenon", "fail", "of", "which"):
        table.add_column(
            column, justify="right" if column in ("fail", "of") else "left"
        )
    for number, name in PHENOMENA.items():
        wrong = [row.id for row, _ in failing if number in row.phenomena]
        whole = sum(number in row.phenomena for row in rows())
        if wrong:
            label = number if number.isdigit() else ""
            table.add_row(label, name, str(len(wrong)), str(whole), ", ".join(wrong))
    return table


def as_errors(row: Row, score: scoring.Score) -> Text:
    """One failing text: what was wanted, what came."""
    shown = Text(f"\n{row.id}", style="bold")
    shown.append(f"  {row.why}", style="dim")
    for each in score.judged:
        a, b = each.place
        wanted, found = each.wanted, each.found
        shown.append(f"\n  {each.verdict:<8}", style=_SHADES.get(each.verdict, ""))
        shown.append(row.text[a:b][:60].replace("\n", " "))
        if wanted:
            full = (wanted.full or "nobody") if wanted.judged else "anybody"
            shown.append(f"\n           wanted {wanted.speaker or 'nobody'} = {full}")
        if found:
            who = found.attribution
            name = f"{who.speaker or 'nobody'} = {who.full_name or 'nobody'}"
            shown.append(f"\n           found  {name}  ({found.rule}, {who.evidence},")
            shown.append(f" {found.confidence:.2f})")
    return shown


_SHADES = {"right": "green", "ignored": "dim", "speaker": "yellow"} | dict.fromkeys(
    ("missed", "surplus"), "red"
)


if __name__ == "__main__":
    main()
