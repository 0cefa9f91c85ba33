"""How right the findings are: our own scorer, for our own set and for calibration.

Found
  Both sides are cut at line breaks; blanks, marks and points at their ends are no part
  of them. *Exact*: the same place. *Overlap*: the common part is at least 0.8 of the
  longer; one to one, the best first. What is wanted as ``optional``
  is nobody's gain or loss. Indirect speech is not scored.

Speaker, of quotes found by overlap
  *As written*: the same place in the text; or the same surname, or half of the words
  that carry meaning; or the right full name instead of a pronoun or a role. *Resolved*:
  the full name, where the set knows it; where nobody can know it, only silence is
  right, or a name that the speaker as written already holds. *Joint*: found, and the
  speaker right as written. A wrong full name beside the right place spoils both: an
  editor would be handed a wrong person. Where nobody is wanted, only nobody is right.

An answer must be an answer
  A speaker's place is at most 80 characters long and outside the quotes found; so is
  what is called the speaker. A full name has six words at most, all of the text. What
  breaks this counts as given and wrong.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from statements.detection.confidence import RISKS
from statements.detection.findings import Attribution, QuoteFinding
from statements.detection.lexicon import word_set

from .gold import Wanted

ENOUGH = 0.8
LONGEST_SPEAKER = 80
LONGEST_NAME = 6  # words

#: What is no part of the words at either end: blanks, marks, points.
_OFF = " \t\xa0\u2009\u202f\u200b\u3000\"“”„‟«»‹›「」『』`'‘’.,;:!?…-–—"
_WORD = re.compile(r"[^\W_]+")
_EMPTY = word_set(
    "a an the of and or for to in on at by with from is as who that its his her their"
    " said s mr mrs ms dr miss sir"
)
_PRONOUNS = word_set(
    "i you he she it we they him her them his their its who whom which that"
)


@dataclass
class Judged:
    """One quote wanted or finding given, and what became of it."""

    verdict: str  # right, speaker, missed, surplus, ignored
    place: tuple[int, int]
    wanted: Wanted | None = None
    found: QuoteFinding | None = None


@dataclass
class Score:
    """Counts of one text or of many; adding them up keeps them countable."""

    counts: Counter[str] = field(default_factory=Counter)
    judged: list[Judged] = field(default_factory=list)

    def figures(self) -> dict[str, float]:
        """The measures, in hundredths; those that nothing can be said of are absent."""
        return figures(self.counts)

    @property
    def flawless(self) -> bool:
        return (
            all(each.verdict in ("right", "ignored") for each in self.judged)
            and self.counts["resolved"] == self.counts["resolvable"]
        )


def score(
    text: str,
    wanted: Sequence[Wanted],
    found: Iterable[QuoteFinding],
    *,
    surname_only: bool = False,
) -> Score:
    """Compare; ``surname_only`` for sets that spell given names in their own way."""
    given = [each for each in found if each.kind != "indirect"]
    spans = [(each.span.start, each.span.end) for each in given]
    gold = _cut(text, ((a.start, a.end, a) for a in wanted if a.kind in _SCORED))
    spare = _cut(text, ((a.start, a.end, a) for a in wanted if a.kind == "optional"))
    tried = _cut(text, ((each.span.start, each.span.end, each) for each in given))
    pairs = _matched(gold, tried)
    total = Score()
    count = total.counts
    count["texts"] = 1
    count["wanted"] = len(gold)
    count["found"] = len(pairs)
    count["exact"] = len({each[:2] for each in gold} & {each[:2] for each in tried})
    for number, (start, end, answer) in enumerate(gold):
        if number not in pairs:
            total.judged.append(Judged("missed", (start, end), wanted=answer))
            continue
        finding = tried[pairs[number]][2]
        right = _judge(text, answer, finding, spans, surname_only, count)
        count["joint"] += right
        verdict = "right" if right else "speaker"
        total.judged.append(Judged(verdict, (start, end), answer, finding))
    taken = set(pairs.values())
    for number, (start, end, finding) in enumerate(tried):
        if number in taken:
            continue
        if any(2 * _common((start, end), (a, b)) >= end - start for a, b, _ in spare):
            total.judged.append(Judged("ignored", (start, end), found=finding))
            count["ignored"] += 1
        else:
            total.judged.append(Judged("surplus", (start, end), found=finding))
    count["given"] = len(tried) - count["ignored"]
    total.judged.sort(key=lambda each: each.place)
    return total


_SCORED = ("direct", "mixed", "turn")


def figures(count: Counter[str]) -> dict[str, float]:
    """Counts as the measures of the table, in hundredths."""
    shown = {
        name: _f1(count[key], count["given"], count["wanted"])
        for name, key in (
            ("exact", "exact"),
            ("detection", "found"),
            ("joint", "joint"),
        )
    }
    for name, part, whole in (
        ("as written", "named right", "attributed"),
        ("resolved", "resolved", "resolvable"),
        ("when given", "given right", "speaker given"),
        ("share given", "answered", "attributed"),
    ):
        if count[whole]:
            shown[name] = 100 * count[part] / count[whole]
    return shown


def interval(
    counts: Sequence[Counter[str]], *, rounds: int = 1000, seed: int = 7
) -> dict[str, tuple[float, float]]:
    """The 95 % interval of each measure: texts drawn again and again, with return."""
    chance = random.Random(seed)
    names = sorted({name for each in counts for name in each})
    table = [tuple(each[name] for name in names) for each in counts]
    drawn: dict[str, list[float]] = {}
    for _ in range(rounds):
        sums = map(sum, zip(*chance.choices(table, k=len(table)), strict=True))
        for name, value in figures(
            Counter(dict(zip(names, sums, strict=True)))
        ).items():
            drawn.setdefault(name, []).append(value)
    return {
        name: (
            sorted(values)[int(0.025 * len(values))],
            sorted(values)[int(0.975 * len(values))],
        )
        for name, values in drawn.items()
    }


def calibration(judged: Iterable[Judged], bins: int = 10) -> list[tuple[int, int]]:
    """For each tenth of confidence how many findings there are, and how many right.

    A finding over several paragraphs counts once, and is right when all of it is.
    What matched an optional answer is left out.
    """
    table = [(0, 0)] * bins
    for found, right in _fates(judged):
        place = min(bins - 1, int(found.confidence * bins + 1e-9))
        all_, good = table[place]
        table[place] = (all_ + 1, good + right)
    return table


def by_sort(judged: Iterable[Judged]) -> dict[str, tuple[int, int]]:
    """For each sort whose confidence is reckoned how many there are, and right."""
    table: dict[str, tuple[int, int]] = {}
    for found, right in _fates(judged):
        if found.sort and set(found.sort.split(", ")) <= set(RISKS):
            all_, good = table.get(found.sort, (0, 0))
            table[found.sort] = (all_ + 1, good + right)
    return dict(sorted(table.items()))


def _fates(judged: Iterable[Judged]) -> list[tuple[QuoteFinding, bool]]:
    fate: dict[int, tuple[QuoteFinding, bool]] = {}
    for each in judged:
        if each.found is None or each.verdict == "ignored":
            continue
        key = id(each.found)
        right = each.verdict == "right" and (key not in fate or fate[key][1])
        fate[key] = (each.found, right)
    return list(fate.values())


def _judge(
    text: str,
    wanted: Wanted,
    finding: QuoteFinding,
    spans: list[tuple[int, int]],
    surname_only: bool,
    count: Counter[str],
) -> bool:
    """Whether the speaker is right; counts what is to be counted of it."""
    who = finding.attribution
    answered = bool(who.speaker or who.full_name or who.span)
    place = (who.span.start, who.span.end) if who.span else None
    is_answer = (
        len(who.speaker) <= LONGEST_SPEAKER
        and len(who.full_name.split()) <= LONGEST_NAME
        and _words(who.full_name) <= _words(text)
        and (
            place is None
            or (
                0 < place[1] - place[0] <= LONGEST_SPEAKER
                and not any(_common(place, span) for span in spans)
            )
        )
    )
    count["speaker given"] += answered
    if wanted.speaker is None:
        right = not answered or not wanted.judged
        count["given right"] += answered and right
        return right
    resolved = is_answer and _resolved(wanted, who, surname_only)
    spoiled = wanted.judged and bool(who.full_name) and not resolved
    right = (
        is_answer
        and not spoiled
        and (
            bool(wanted.full and resolved)
            or _same_place(wanted, place)
            or _same_words(wanted, who.speaker)
        )
    )
    count["attributed"] += 1
    count["answered"] += answered
    count["named right"] += right
    count["given right"] += answered and right
    if wanted.judged:
        count["resolvable"] += 1
        count["resolved"] += resolved
    return right


def _resolved(wanted: Wanted, who: Attribution, surname_only: bool) -> bool:
    """Whether the name is that of the person; the speaker as written may hold it."""
    if wanted.full is None:
        return _words(who.full_name) <= _words(wanted.speaker or "")
    name = _words(who.full_name or who.speaker)
    if surname_only:
        return _surname(wanted.full) in name
    return _words(wanted.full) <= name


def _same_place(wanted: Wanted, place: tuple[int, int] | None) -> bool:
    if place is None or wanted.speaker_start is None or wanted.speaker_end is None:
        return False
    return _common(place, (wanted.speaker_start, wanted.speaker_end)) > 0


def _same_words(wanted: Wanted, speaker: str) -> bool:
    ours = _words(wanted.speaker or "") - _EMPTY
    theirs = _words(speaker) - _EMPTY
    if not ours or not theirs or ours & _PRONOUNS or theirs & _PRONOUNS:
        return False
    if wanted.full:
        return _surname(wanted.full) in theirs
    return 2 * len(ours & theirs) >= max(len(ours), 1) or theirs <= ours


def _words(name: str) -> set[str]:
    return {word.lower() for word in _WORD.findall(name)}


def _surname(name: str) -> str:
    words = [
        word
        for word in _WORD.findall(name.split(",")[0].lower())
        if word not in ("jr", "sr", "ii", "iii", "iv")
    ]
    return words[-1] if words else ""


def _cut[T](
    text: str, places: Iterable[tuple[int, int, T]]
) -> list[tuple[int, int, T]]:
    """Each place line by line, without blanks, marks and points at its ends."""
    cut: dict[tuple[int, int], tuple[int, int, T]] = {}
    for start, end, what in places:
        for line in re.finditer(r"[^\r\n]+", text[start:end]):
            a, b = _core(text, start + line.start(), start + line.end())
            if _WORD.search(text, a, b):
                cut.setdefault((a, b), (a, b, what))
    return sorted(cut.values(), key=lambda each: each[:2])


def _core(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in _OFF:
        start += 1
    while end > start and text[end - 1] in _OFF:
        end -= 1
    return start, end


def _common(one: tuple[int, int], other: tuple[int, int]) -> int:
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))


def _matched[T, U](
    gold: list[tuple[int, int, T]], tried: list[tuple[int, int, U]]
) -> dict[int, int]:
    """Number of the gold -> number of the finding, best overlap first."""
    near = []
    for i, (a, b, _) in enumerate(gold):
        for j, (x, y, _) in enumerate(tried):
            share = _common((a, b), (x, y)) / max(b - a, y - x)
            if share >= ENOUGH:
                near.append((-share, i, j))
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for _, i, j in sorted(near):
        if i not in pairs and j not in taken:
            pairs[i] = j
            taken.add(j)
    return pairs


def _f1(right: int, given: int, wanted: int) -> float:
    return 200 * right / (given + wanted) if given + wanted else 0.0
