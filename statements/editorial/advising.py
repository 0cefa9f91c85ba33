"""What the check finds beside the reasons against: a careful sub-editor's questions.

Nothing here keeps a statement from going out. Each finding can be silenced with a
reason, here or always; see ``silencing``.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from statements.detection import (
    acronyms,
    citation_checks,
    offices,
    slips,
    spelling,
    weekdays,
)
from statements.detection.findings import Person, Roster, Span
from statements.markup import lookalikes
from statements.models import (
    Edition,
    Origin,
    Quote,
    Resolution,
    ResolutionBody,
    Silence,
    User,
)

from . import leading, twins
from .roster import roster
from .suggesting import Suggestions, suggest_many

#: The rules, as a list of findings names them.
RULES = {
    "suggestions": "Suggestions that nobody looked at",
    "ambiguous": "A citation that can mean several resolutions",
    "reference": "A resolution younger than the statement",
    "office": "A printed title that disagrees with the office",
    "spelling": "A name spelled unlike the catalogue",
    "weekday": "A weekday that is not that date’s",
    "acronym": "An acronym that is not explained",
    "twin": "A statement much like another",
    "mixed": "Letters of several alphabets in one word",
    "link": "A link to nothing that readers may see",
    "doubled": "A word that stands twice in a row",
    "unfilled": "Something still to be filled in",
    "marks": "A quotation mark that is not closed",
}
#: Findings of one rule that are told of one text.
MOST = 20
#: As many code points as a silence keeps of what it is about.
_SUBJECT = 200


@dataclass(frozen=True)
class Advice:
    """One thing to look at, in a sentence that says what to do.

    ``subject`` is what it is about, alike in every text; by it the finding is silenced.
    ``place`` is where the words stand in the text, ``step`` the page on which they are
    mended.
    """

    rule: str
    subject: str
    sentence: str
    place: Span | None = None
    step: str = "write"

    @property
    def label(self) -> str:
        return RULES[self.rule]

    def __str__(self) -> str:
        return self.sentence


@dataclass(frozen=True)
class Advised:
    """What is told of an edition, and what somebody silenced, with the silence."""

    told: list[Advice] = field(default_factory=list)
    silenced: list[tuple[Advice, Silence]] = field(default_factory=list)


def advise_many(
    editions: Iterable[Edition],
    *,
    by: User,
    people: Roster | None = None,
    found: Mapping[int, Suggestions] | None = None,
) -> dict[int, list[Advice]]:
    """What is to be looked at in each edition, by its key; nothing in a frozen one.

    ``by`` is who will read it: statements of other desks are compared with nothing.
    Each edition's article must be at hand (``select_related``), its text and its body.
    """
    return {
        key: each.told
        for key, each in look_many(editions, by=by, people=people, found=found).items()
    }


def look_many(
    editions: Iterable[Edition],
    *,
    by: User,
    people: Roster | None = None,
    found: Mapping[int, Suggestions] | None = None,
) -> dict[int, Advised]:
    """The same, with what was silenced.

    ``people`` and ``found`` are what the caller has already. Six queries or seven, with
    links in the texts one more for each noun that they lead to, whatever the number of
    editions; and detection, unless ``found`` is given.
    """
    editions = list(editions)
    advised = {edition.pk: Advised() for edition in editions}
    drafts = [edition for edition in editions if not edition.frozen]
    if not drafts:
        return advised
    people = roster() if people is None else people
    found = suggest_many(drafts, people=people) if found is None else found
    persons = {person.key: person for person in people.persons}
    known = _abbreviations(people)
    quotes: dict[int, list[Quote]] = defaultdict(list)
    for quote in Quote.objects.filter(
        edition__in=[edition.pk for edition in drafts], start__isnull=False
    ).order_by("start"):
        quotes[quote.edition_id].append(quote)
    adopted = _adopted(found[edition.pk] for edition in drafts)
    alike = twins.find(drafts, by=by)
    broken = leading.broken(drafts)
    silences = _Silences(drafts)
    for edition in drafts:
        rows = quotes[edition.pk]
        every = [
            *_suggested(edition, found[edition.pk], adopted),
            *_offices(rows, persons),
            *_text(edition, rows, people, known),
            *(_twin(twin) for twin in alike[edition.pk]),
            *(_link(link) for link in broken[edition.pk]),
        ]
        for advice in _first(every):
            silence = silences.of(edition, advice)
            if silence is None:
                advised[edition.pk].told.append(advice)
            else:
                advised[edition.pk].silenced.append((advice, silence))
    return advised


def _first(every: Iterable[Advice]) -> Iterator[Advice]:
    """Each subject once, in the order of the text, and not too many of a rule."""
    seen: set[tuple[str, str]] = set()
    told: dict[str, int] = defaultdict(int)
    for advice in sorted(every, key=lambda a: a.place.start if a.place else -1):
        key = (advice.rule, advice.subject)
        if key in seen or told[advice.rule] == MOST:
            continue
        seen.add(key)
        told[advice.rule] += 1
        yield advice


def _advice(
    rule: str, subject: str, sentence: str, place: Span | None, step: str = "write"
) -> Advice:
    return Advice(rule, " ".join(subject.split())[:_SUBJECT], sentence, place, step)


def _suggested(
    edition: Edition, found: Suggestions, adopted: Mapping[str, dt.date | None]
) -> Iterator[Advice]:
    """Open suggestions of imports (else they are reasons), and doubts about any."""
    on = edition.article.dated
    if edition.article.origin == Origin.IMPORT and len(found):
        count = len(found)
        yield _advice(
            "suggestions",
            "suggestions",
            f"{count} suggestion{' is' if count == 1 else 's are'} open. Accept or"
            " reject each.",
            found.first,
            "quotes",
        )
    for quote in found.quotes:
        who = quote.finding.attribution
        for warning in who.warnings:
            yield _advice(
                "office",
                f"{who.speaker}: {warning}",
                warning,
                quote.finding.span,
                "quotes",
            )
    for citation in found.citations:
        finding = citation.finding
        if not finding.symbol and len(finding.candidates) > 1:
            listed = ", ".join(finding.candidates[:4])
            yield _advice(
                "ambiguous",
                finding.printed,
                f"“{finding.printed}” can mean {len(finding.candidates)} resolutions:"
                f" {listed}. Choose one.",
                finding.span,
                "quotes",
            )
        sentence = citation_checks.younger(
            finding.symbol, finding.body, adopted.get(finding.symbol), on
        )
        if sentence:
            yield _advice(
                "reference",
                finding.symbol,
                f"{sentence} Check its number, its year and the date.",
                finding.span,
                "quotes",
            )


def _offices(
    quotes: Sequence[Quote], persons: Mapping[int, Person]
) -> Iterator[Advice]:
    """Titles beside confirmed quotes, against the offices of the day."""
    for quote in quotes:
        person = persons.get(quote.speaker_id or 0)
        if person is None or not quote.title_as_printed:
            continue
        sentence = offices.against(person, quote.title_as_printed, quote.said_on)
        if sentence:
            yield _advice(
                "office",
                f"{quote.title_as_printed} {person.name}",
                sentence,
                Span(quote.start or 0, quote.end or 0),
                "quotes",
            )


def _text(
    edition: Edition, quotes: Sequence[Quote], people: Roster, known: set[str]
) -> Iterator[Advice]:
    """What the words alone say."""
    article, text = edition.article, edition.text
    cited = {quote.speaker_id for quote in quotes if quote.speaker_id}
    for remark in (
        *weekdays.remarks(text, article.language, article.dated),
        *acronyms.remarks(text, known),
        *slips.remarks(text, article.language),
        *spelling.remarks(text, people, cited),
    ):
        yield _advice(remark.rule, remark.subject, remark.sentence, remark.span)
    for start, end, sentence in lookalikes.spotted(text):
        yield _advice("mixed", text[start:end], sentence, Span(start, end))


def _twin(twin: twins.Twin) -> Advice:
    return _advice(
        "twin",
        f"statement {twin.article}",
        f"{round(twin.shared * 100)} % of it stands in “{twin.title}” of"
        f" {offices.written(twin.dated)} as well. See that it is not entered twice.",
        None,
    )


def _link(link: leading.Broken) -> Advice:
    return _advice("link", link.path, link.sentence, Span(link.start, link.end))


def _adopted(found: Iterable[Suggestions]) -> dict[str, dt.date | None]:
    """When the resolutions were adopted that open suggestions name. One query."""
    symbols = {each.finding.symbol for some in found for each in some.citations}
    rows = Resolution.objects.filter(symbol__in=symbols - {""})
    return dict(rows.values_list("symbol", "adopted_on"))


def _abbreviations(people: Roster) -> set[str]:
    """What the catalogue calls its organisations in short, and the bodies."""
    known = set()
    for body in people.organizations:
        for name in (body.name, *body.other_names):
            known.add(offices.acronym(name).upper())
            known.update(word for word in name.split() if word.isupper())
    rows = ResolutionBody.objects.values_list("name", "abbreviation")
    for name, abbreviation in rows:
        known.add(offices.acronym(name).upper())
        known.update(abbreviation.replace(".", "").split())
    return known


class _Silences:
    """Which silence covers a finding, the narrowest first. One query."""

    def __init__(self, editions: Sequence[Edition]):
        articles = {edition.article_id for edition in editions}
        self._rows: dict[tuple[str, int | None, str, str], Silence] = {}
        rows = Silence.objects.exclude(
            scope=Silence.Scope.HERE, article__isnull=False
        ) | Silence.objects.filter(article__in=articles)
        for row in rows.select_related("by"):
            here = row.scope == Silence.Scope.HERE
            key = (row.scope, row.article_id if here else None, row.rule, row.subject)
            self._rows[key] = row

    def of(self, edition: Edition, advice: Advice) -> Silence | None:
        scopes = Silence.Scope
        for key in (
            (scopes.HERE, edition.article_id, advice.rule, advice.subject),
            (scopes.SUBJECT, None, advice.rule, advice.subject),
            (scopes.RULE, None, advice.rule, ""),
        ):
            if (row := self._rows.get(key)) is not None:
                return row
        return None
