"""What detection proposes for an edition: computed each time, never stored.

A suggestion that an editor rejected stays away; one that stands as a quote or a
citation already is not offered again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from statements.detection.citation_repeats import pointing_back
from statements.detection.engine import detect
from statements.detection.findings import (
    Attribution,
    CitationFinding,
    Dropped,
    Findings,
    QuoteFinding,
    Roster,
    Span,
)
from statements.markup import marks
from statements.models import Edition, Rejection

from .roster import known_resolutions, roster

#: Titles of courtesy: they say nothing of an office.
COURTESY = {"mr", "mrs", "ms", "miss", "mx", "dr", "sir", "dame", "lord", "lady"}

#: From here a suggestion is accepted without being looked at ("accept all safe").
SAFE = 0.9


@dataclass(frozen=True)
class QuoteSuggestion:
    """A quote to accept or reject. ``key`` stays the same while its words do."""

    key: str
    finding: QuoteFinding
    words: str
    before: str
    after: str

    @property
    def safe(self) -> bool:
        """Whether one known speaker remains and the engine is nearly always right."""
        return (
            self.finding.confidence >= SAFE
            and len(self.finding.attribution.candidates) == 1
            and not self.finding.attribution.warnings
        )


@dataclass(frozen=True)
class CitationSuggestion:
    key: str
    finding: CitationFinding
    before: str
    after: str

    @property
    def safe(self) -> bool:
        """Whether it names one known resolution and nothing speaks against it."""
        return (
            self.finding.confidence >= SAFE
            and bool(self.finding.symbol)
            and not self.finding.warnings
        )


@dataclass(frozen=True)
class Suggestions:
    quotes: tuple[QuoteSuggestion, ...] = ()
    citations: tuple[CitationSuggestion, ...] = ()

    def __len__(self) -> int:
        return len(self.quotes) + len(self.citations)

    @property
    def first(self) -> Span:
        """Where the first of them stands; there must be one."""
        spans = [each.finding.span for each in self.quotes]
        spans += [each.finding.span for each in self.citations]
        return min(spans, key=lambda span: span.start)


def suggest(edition: Edition) -> Suggestions:
    """What is open in one edition. Four queries, and the engine's time."""
    return suggest_many([edition])[edition.pk]


def suggest_many(
    editions: Iterable[Edition],
    *,
    people: Roster | None = None,
    known: Mapping[str, date | None] | None = None,
) -> dict[int, Suggestions]:
    """The same for a batch; ``people`` and ``known`` may be shared between batches.

    Each edition's article must be at hand (``select_related``).
    """
    editions = list(editions)
    people = roster() if people is None else people
    known = known_resolutions() if known is None else known
    rejected: dict[int, set[tuple[str, str]]] = {}
    for article, kind, key in Rejection.objects.filter(
        article__in={edition.article_id for edition in editions}
    ).values_list("article", "kind", "fingerprint"):
        rejected.setdefault(article, set()).add((kind, key))
    taken: dict[int, list[tuple[int, int]]] = {}
    cited: dict[int, list[tuple[int, int]]] = {}
    keys = [edition.pk for edition in editions]
    for pk, start, end in Edition.objects.filter(
        pk__in=keys, quotes__start__isnull=False
    ).values_list("pk", "quotes__start", "quotes__end"):
        taken.setdefault(pk, []).append((start or 0, end or 0))
    for pk, start, end in Edition.objects.filter(
        pk__in=keys, citations__isnull=False
    ).values_list("pk", "citations__start", "citations__end"):
        cited.setdefault(pk, []).append((start, end))
    return {
        edition.pk: _open(
            edition.text,
            detect(edition.text, on=edition.article.dated, roster=people, known=known),
            rejected.get(edition.article_id, set()),
            taken.get(edition.pk, []),
            cited.get(edition.pk, []),
        )
        for edition in editions
    }


@dataclass(frozen=True)
class Pointer:
    """ "That resolution": words to cite by, if an editor says that they mean it.

    ``occurrence``: the how-manieth of its words in the text this is, from 1.
    """

    finding: CitationFinding
    occurrence: int
    before: str
    after: str


def pointers(
    text: str, cited: Iterable[tuple[int, int, str, str]]
) -> tuple[Pointer, ...]:
    """Words that point back to the nearest resolution that somebody confirmed.

    ``cited``: start, end, symbol and body of each confirmed citation. They are offered
    and never counted as open: most of them need no citation of their own.
    """
    there = sorted(cited)
    taken = [(start, end) for start, end, _, _ in there]
    return tuple(
        Pointer(
            finding,
            text.count(finding.printed, 0, finding.span.end),
            *_around(text, finding.span),
        )
        for finding in pointing_back(
            text, [(end, symbol, body) for _, end, symbol, body in there]
        )
        if not _meets(finding.span, taken)
    )


def suggest_unsaved(
    text: str, *, on: date, article: int | None, people: Roster
) -> tuple[Suggestions, tuple[Dropped, ...]]:
    """What is open in a text that nobody saved yet, and what saving will leave out.

    All findings but those that were rejected for ``article``; what stands as a quote
    already is the writer's to know. Two queries, and the engine's time. Raises
    engine.TextTooLong.
    """
    found = detect(text, on=on, roster=people, known=known_resolutions())
    rejected = set(
        Rejection.objects.filter(article=article).values_list("kind", "fingerprint")
        if article is not None
        else ()
    )
    return _open(text, found, rejected), found.dropped


def printed_title(attribution: Attribution) -> str:
    """The title that stands before the speaker's name at this quote.

    "Spokesperson Okafor" is "Spokesperson"; where only a name or a pronoun stands, the
    fullest title that the text gives the person.
    """
    names = {word.strip(".,") for word in attribution.full_name.split()}
    before: list[str] = []
    for word in attribution.speaker.split():
        if word.strip(".,") in names:
            return _office_words(before) or _office_words(attribution.title.split())
        before.append(word)
    return _office_words(attribution.title.split())


def _office_words(words: Sequence[str]) -> str:
    """A printed title; "" where it is courtesy alone and names no office."""
    if all(word.strip(".").casefold() in COURTESY for word in words):
        return ""
    return " ".join(words)


def _open(
    text: str,
    found: Findings,
    rejected: set[tuple[str, str]],
    taken: Sequence[tuple[int, int]] = (),
    cited: Sequence[tuple[int, int]] = (),
) -> Suggestions:
    quotes = []
    for finding in found.quotes:
        span = finding.span
        key = marks.fingerprint(text, span.start, span.end)
        if _known(Rejection.Of.QUOTE, text, span, rejected) or _meets(span, taken):
            continue
        # Indirect speech has no words between marks to be exact about.
        if finding.kind == "indirect":
            continue
        quotes.append(
            QuoteSuggestion(key, finding, span.of(text), *_around(text, span))
        )
    citations = []
    for citation in found.citations:
        span = citation.span
        key = marks.fingerprint(text, span.start, span.end)
        if _known(Rejection.Of.CITATION, text, span, rejected) or _meets(span, cited):
            continue
        citations.append(CitationSuggestion(key, citation, *_around(text, span)))
    return Suggestions(tuple(quotes), tuple(citations))


def remembered(text: str, span: Span) -> tuple[str, ...]:
    """What a rejection keeps of a finding, so that it is known in a revised text.

    The words within their own paragraph, so that others may change; and where they
    stand in the text only once, the words alone, so that their own may as well.
    """
    start = text.rfind("\n", 0, span.start) + 1
    end = text.find("\n", span.end)
    line = text[start : end if end >= 0 else len(text)]
    words = span.of(text)
    keys = [marks.fingerprint(line, span.start - start, span.end - start)]
    if text.count(words) == 1:
        keys.append(marks.fingerprint(words, 0, len(words)))
    return tuple(keys)


def _known(kind: str, text: str, span: Span, rejected: set[tuple[str, str]]) -> bool:
    """Was this finding rejected? The whole surroundings are what was kept before."""
    if not rejected:
        return False
    keys = (marks.fingerprint(text, span.start, span.end), *remembered(text, span))
    return any((kind, key) in rejected for key in keys)


def _meets(span: Span, taken: Sequence[tuple[int, int]]) -> bool:
    start, end = span.start, span.end
    return any(start < stop and begin < end for begin, stop in taken)


def _around(text: str, span: Span, reach: int = 50) -> tuple[str, str]:
    """The words on the same line before and after, cut between words."""
    start, end = span.start, span.end
    before = text[max(0, start - reach) : start].rpartition("\n")[2]
    after = text[end : end + reach].partition("\n")[0]
    if len(before) == reach:
        before = f"… {before.partition(' ')[2]}"
    if len(after) == reach:
        after = f"{after.rpartition(' ')[0]} …"
    return before, after
