"""What the editor of the page Write asks: what is in a text, and who has a name."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, JsonResponse, QueryDict
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from rapidfuzz import fuzz

from statements.detection import engine
from statements.detection.findings import (
    Candidate,
    Dropped,
    Organization,
    Person,
    Roster,
)
from statements.detection.newcomers import apart
from statements.editorial.roster import roster
from statements.editorial.suggesting import (
    CitationSuggestion,
    QuoteSuggestion,
    Suggestions,
    printed_title,
    suggest_unsaved,
)
from statements.markup import characters
from statements.models import Article, Edition, Resolution
from statements.search import desk

from . import lookup, remarks
from .forms import candidate_key
from .naming import Names, newcomer
from .quotes import EVIDENCE
from .standing import Standing, stand

#: How many people of a similar name are offered.
ALIKE = 6

#: From here two names are likely to be one person's.
_LIKE = 78


#: Those of whom words can be, and what is said of one that nothing else is known of.
_SPEAK = {"people": "", "organizations": "organisation"}


class _Refused(Exception):
    def __init__(self, sentence: str, status: int = 400):
        self.status = status
        super().__init__(sentence)


# ---------- the page ----------


def page_data(
    *,
    user: Any,
    edition: Edition | None,
    standing: Standing | None,
    saved: bool,
    answers: Sequence[remarks.Given] = (),
) -> dict[str, Any]:
    """All that the script is told with the page. No query of its own.

    ``saved``: the form holds the edition as it is stored, so places in its text are
    places in the form's text.
    """
    if edition is None:
        find = reverse("admin:statements_article_find_new")
    else:
        find = reverse(
            "admin:statements_article_find", args=[edition.article_id, edition.number]
        )
    quotes = standing.quotes if standing else []
    citations = standing.citations if standing and saved else []
    return {
        "find": find,
        "longest": engine.LONGEST,
        "tooLong": _too_long(),
        "people": user.has_perm("statements.add_spokesperson"),
        "resolutions": user.has_perm("statements.add_resolution"),
        "submit": user.has_perm("statements.submit_edition"),
        "remarks": remarks.told(answers, saved=saved),
        "quotes": [
            {
                "id": quote.permalink_id,
                "words": quote.text,
                "who": f"{quote.speaker_id or 0}.{quote.appointment_id or 0}"
                f".{quote.organization_id or 0}"
                if quote.speaker_id or quote.organization_id
                else None,
                "speaker": str(quote.speaker or quote.organization or ""),
                "office": str(
                    quote.appointment.post
                    if quote.appointment
                    else "" or quote.title_as_printed
                ),
                "title": quote.title_as_printed,
                "confirmed": quote.confirmed_at is not None,
                "detached": quote.start is None,
            }
            for quote in quotes
        ],
        "citations": [
            {
                "start": citation.start,
                "end": citation.end,
                "printed": citation.printed,
                "symbol": citation.resolution.symbol,
                "title": citation.resolution.title or citation.resolution.topic,
            }
            for citation in citations
        ],
    }


# ---------- the door ----------


def find(request: HttpRequest, edition: Edition | None) -> JsonResponse:
    """Answer one question of the editor about a text that is not saved, in JSON.

    A form with ``text`` and ``dated`` asks what is in the text, one with ``name`` who
    has such a name or office, one with ``check`` what Check says of what is saved. The
    caller has judged who may ask.
    """
    try:
        if "name" in request.POST:
            answer = _named(_words(request.POST["name"], 200), request.user)
        elif "check" in request.POST:
            answer = {"check": _check(edition, request.user)}
        else:
            answer = _found(request.POST, edition)
    except _Refused as refused:
        response = JsonResponse({"problem": str(refused)}, status=refused.status)
    else:
        response = JsonResponse(answer)
    add_never_cache_headers(response)
    return response


def asked_of(
    request: HttpRequest, pk: int | None, number: int | None
) -> Edition | None:
    """The edition that a question is about, if the person may write in it.

    Raises PermissionDenied, or Http404 for one of another desk.
    """
    user = request.user
    if pk is None:
        if not user.has_perm("statements.add_article"):
            raise PermissionDenied("You may not enter statements.")
        return None
    edition = (
        Edition.objects.kept()
        .filter(
            article__in=Article.objects.of_desks(user).values("pk"),
            article=pk,
            number=number,
        )
        .select_related("article")
        .defer("body", "text", "record")
        .first()
    )
    if edition is None:
        raise Http404("No such statement.")
    if not user.has_perm("statements.change_article"):
        raise PermissionDenied("You may not change statements.")
    return edition


def _too_long() -> str:
    return (
        f"The text is longer than {engine.LONGEST:,} characters, the most that are "
        "read. Split it."
    )


def _words(value: str, most: int) -> str:
    if len(value) > most:
        raise _Refused(_too_long(), 413)
    try:
        # What no database holds is asked of none.
        characters.check_source(value)
    except characters.Unclean as problem:
        raise _Refused(str(problem)) from problem
    return value


def _found(question: QueryDict, edition: Edition | None) -> dict[str, Any]:
    # A browser's form sends line ends as two characters, and places count one.
    text = _words(question.get("text", "").replace("\r\n", "\n"), engine.LONGEST)
    day = _day(question.get("dated", "")) or (
        edition.article.dated if edition else dt.date.today()
    )
    people = roster()
    try:
        found, dropped = suggest_unsaved(
            text,
            on=day,
            article=edition.article_id if edition else None,
            people=people,
        )
    except engine.TextTooLong as problem:
        raise _Refused(_too_long(), 413) from problem
    return _told(found, dropped, people, text)


def _day(written: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(written)
    except ValueError:
        return None


def _check(edition: Edition | None, user: Any) -> str:
    if edition is None:
        raise _Refused("Nothing is saved that could be checked.")
    edition.refresh_from_db(fields=["body", "text"])
    return stand(edition, user).left()["check"]


def _named(written: str, user: Any) -> dict[str, Any]:
    """Speakers of such a name or office, as the box in the head finds them."""
    asked = desk.read(written)
    if asked.problem:
        raise _Refused(asked.problem)
    sorts = [each for each in lookup.sorts_for(user) if each.name in _SPEAK]
    groups = lookup.find(asked, user, lookup.OF_A_KIND, sorts) if asked.words else []
    lookup.told_apart(groups)
    return {
        "people": [
            {
                "who": f"{hit.key}.0.0" if group.name == "people" else f"0.0.{hit.key}",
                "label": hit.label,
                "beside": hit.beside or _SPEAK[group.name],
                "why": f"no. {hit.key}" if hit.write else "",
            }
            for group in groups
            for hit in group.hits
        ]
    }


# ---------- what is told ----------


def _told(
    found: Suggestions, dropped: Iterable[Dropped], people: Roster, text: str
) -> dict[str, Any]:
    symbols = {
        symbol
        for each in found.citations
        for symbol in (each.finding.symbol, *each.finding.candidates)
        if symbol
    }
    known = (
        {row.symbol: row for row in Resolution.objects.filter(symbol__in=symbols)}
        if symbols
        else {}
    )
    names = Names(people)
    similar: dict[str, list[dict[str, str]]] = {}
    return {
        "quotes": [_quote(each, names, similar, text) for each in found.quotes],
        "citations": [_citation(each, known) for each in found.citations],
        "dropped": [
            {"start": each.span.start, "end": each.span.end, "words": each.text}
            for each in dropped
        ],
    }


def _quote(
    each: QuoteSuggestion,
    names: Names,
    similar: dict[str, list[dict[str, str]]],
    text: str,
) -> dict[str, Any]:
    finding, by = each.finding, each.finding.attribution
    name = apart(by.full_name)[1]
    if not by.candidates and name and name not in similar:
        similar[name] = alike(name, names.roster)
    return {
        "key": each.key,
        "start": finding.span.start,
        "end": finding.span.end,
        "words": each.words[:200],
        "kind": finding.kind,
        "safe": each.safe,
        "sure": round(finding.confidence * 100),
        "evidence": EVIDENCE.get(by.evidence, ""),
        "cue": by.cue,
        "speaker": by.speaker,
        "places": [
            [span.start, span.end, what]
            for span, what in ((by.span, "speaker"), (by.cue_span, "cue"))
            if span is not None
        ],
        "title": printed_title(by),
        "who": [_candidate(candidate, names) for candidate in by.candidates],
        "alike": [] if by.candidates else similar.get(name, []),
        "new": newcomer(by, text),
    }


def _candidate(candidate: Candidate, names: Names) -> dict[str, str]:
    label = names.name_of(candidate.person, candidate.organization)
    person = next(
        (each for each in names.roster.persons if each.key == candidate.person), None
    )
    return {
        "who": candidate_key(candidate),
        "label": label or candidate.name,
        "beside": beside(person, candidate.office) if person else "organisation",
        "why": candidate.why,
    }


def _citation(each: CitationSuggestion, known: dict[str, Resolution]) -> dict[str, Any]:
    finding = each.finding
    symbols = [finding.symbol] if finding.symbol else list(finding.candidates)
    row = known.get(finding.symbol)
    return {
        "key": each.key,
        "start": finding.span.start,
        "end": finding.span.end,
        "words": finding.printed,
        "symbol": finding.symbol,
        "symbols": [{"symbol": symbol, "known": symbol in known} for symbol in symbols],
        "title": (row.title or row.topic or "") if row else "",
        "pinpoint": finding.pinpoint,
        "warnings": list(finding.warnings),
        "safe": each.safe and row is not None,
        "sure": round(finding.confidence * 100),
    }


# ---------- who has such a name ----------


def alike(written: str, people: Roster) -> list[dict[str, str]]:
    """People and organisations of such a name, the likeliest first.

    "Ilse Okafor" finds Ilse Okafor, I. Okafor and Ilse Okafur; "oka" as well.
    """
    wanted = _folded(written)
    if not wanted:
        return []
    scored = []
    for each in (*people.persons, *people.organizations):
        score = max(
            _likeness(wanted, _folded(name)) for name in (each.name, *each.other_names)
        )
        if score >= _LIKE:
            scored.append((-score, each.name, each))
    scored.sort(key=lambda entry: entry[:2])
    return [_offered(each) for _, _, each in scored[:ALIKE]]


def beside(person: Person, office: int | None = None) -> str:
    """What tells a person from another of the name: the office, with its body."""
    offices = [each for each in person.offices if office is None or each.key == office]
    return f"{offices[0].title}, {offices[0].organization}" if offices else ""


def _offered(each: Person | Organization) -> dict[str, str]:
    if isinstance(each, Organization):
        return {
            "who": f"0.0.{each.key}",
            "label": each.name,
            "beside": "organisation",
            "why": "",
        }
    return {
        "who": f"{each.key}.0.0",
        "label": each.name,
        "beside": beside(each),
        "why": "",
    }


def _folded(name: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", name.casefold())
    return [
        word.strip(".,")
        for word in "".join(c for c in plain if not unicodedata.combining(c)).split()
        if word.strip(".,")
    ]


def _likeness(wanted: list[str], name: list[str]) -> float:
    if wanted == name:
        return 100
    if all(any(word.startswith(part) for word in name) for part in wanted):
        return 95
    if name and len(wanted) > 1 and len(name) > 1 and wanted[-1] == name[-1]:
        # The surname is the same, and the given names may be: "I." is Ilse.
        return 90 if wanted[0][0] == name[0][0] else 80
    return fuzz.token_sort_ratio(" ".join(wanted), " ".join(name))
