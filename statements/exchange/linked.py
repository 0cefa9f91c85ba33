"""Linked data for machines: what a page is about, in the words of schema.org.

Frozen values in, the text of one ``application/ld+json`` block out. Who spoke in which
office is a ``Role`` between the quotation and its creator, with the days on which it
began and ended: the only way in which schema.org can say an office as of a day.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

type Node = dict[str, Any]

#: What a kind of statement may call itself; else it is an Article, which all are.
ARTICLES = frozenset(
    {
        "Article",
        "NewsArticle",
        "AnalysisNewsArticle",
        "BackgroundNewsArticle",
        "OpinionNewsArticle",
        "ReportageNewsArticle",
        "Report",
    }
)
#: Of a list that has no bound, so many are named; the page leads to the rest.
MOST = 100
#: Longer transcripts stand on the page alone.
LONGEST_TRANSCRIPT = 2_000

#: What could end the block, or a line of it: written as JSON lets them be written.
_ESCAPES = {ord(sign): f"\\u{ord(sign):04X}" for sign in "<>&\u2028\u2029"}


@dataclass(frozen=True)
class Site:
    """The site; ``license``: under what it may be used, an address, or nothing."""

    name: str
    url: str
    license: str = ""
    #: Who answers for it, if not whom it is called after.
    publisher: str = ""


@dataclass(frozen=True)
class Party:
    """A person or an organisation, by its page."""

    kind: str  # Person or Organization
    name: str
    url: str = ""


@dataclass(frozen=True)
class Office:
    """A post of an organisation. Days as exact as they are known: 2024, 2024-05."""

    label: str
    organization: Party | None = None
    starts: str = ""
    ends: str = ""
    now: bool = False


@dataclass(frozen=True)
class Resolution:
    symbol: str
    url: str
    body: str = ""
    title: str = ""
    topic: str = ""
    adopted_on: dt.date | None = None
    official: str = ""


@dataclass(frozen=True)
class Medium:
    kind: str  # image, audio or video
    url: str
    content_type: str
    caption: str = ""
    credit: str = ""
    transcript: str = ""
    width: int | None = None
    height: int | None = None
    duration: dt.timedelta | None = None


@dataclass(frozen=True)
class Correction:
    text: str
    published_at: dt.datetime


@dataclass(frozen=True)
class Statement:
    url: str
    title: str
    schema_type: str
    dated: dt.date
    published_at: dt.datetime
    language: str
    issuer: Party | None = None
    summary: str = ""
    byline: str = ""
    disclaimer: str = ""
    correction: Correction | None = None
    topics: Sequence[tuple[str, str]] = ()
    resolutions: Sequence[Resolution] = ()
    quotes: Sequence[str] = ()
    translations: Sequence[tuple[str, str]] = ()
    original: tuple[str, str] | None = None
    media: Sequence[Medium] = ()


@dataclass(frozen=True)
class Quote:
    url: str
    words: str
    language: str
    said_on: dt.date | None
    speaker: Party
    statement: Statement
    office: Office | None = None
    printed: str = ""
    resolutions: Sequence[Resolution] = ()
    corrections: Sequence[Correction] = ()


def block(*nodes: Node) -> str:
    """The text of a script element that holds data.

    No text in it can end the element or be read as markup: ``<``, ``>`` and ``&`` are
    escaped as JSON escapes them, as are the separators that end lines in scripts.
    """
    graph = {"@context": "https://schema.org", "@graph": list(nodes)}
    return json.dumps(graph, ensure_ascii=False).translate(_ESCAPES)


def trail(steps: Iterable[tuple[str, str]]) -> Node:
    """Where a page stands: names and addresses from the first page down to it."""
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": place,
                "name": name,
                "item": {"@type": "WebPage", "@id": url},
            }
            for place, (name, url) in enumerate(steps, 1)
        ],
    }


def website(site: Site, search: str) -> Node:
    """The site itself. ``search``: its search, up to the words that are asked."""
    return _said(
        _website(site)
        | {
            "publisher": _publisher(site),
            "license": site.license,
            "potentialAction": {
                "@type": "SearchAction",
                "target": {
                    "@type": "EntryPoint",
                    "urlTemplate": f"{search}{{search_term_string}}",
                },
                "query-input": "required name=search_term_string",
            },
        }
    )


def statement(site: Site, one: Statement) -> Node:
    """An article, with its quotes, the resolutions that it cites and its correction."""
    return _said(
        {
            **_reference(one),
            "description": one.summary,
            "mainEntityOfPage": one.url,
            "dateModified": one.published_at.isoformat(),
            "author": _party(one.issuer) if one.issuer else _publisher(site),
            "creditText": one.byline,
            "publisher": _publisher(site),
            "isPartOf": _website(site),
            "license": site.license,
            "backstory": one.disclaimer,
            "keywords": [name for name, _ in one.topics],
            "about": [
                {"@type": "Thing", "name": name, "url": url} for name, url in one.topics
            ],
            "correction": _correction(one.correction) if one.correction else None,
            "citation": [_cited(each) for each in one.resolutions[:MOST]],
            "hasPart": [
                {"@type": "Quotation", "@id": url, "url": url}
                for url in one.quotes[:MOST]
            ],
            "workTranslation": [_work(*each) for each in one.translations],
            "translationOfWork": _work(*one.original) if one.original else None,
            "associatedMedia": [_medium(each) for each in one.media],
        }
    )


def quote(site: Site, one: Quote) -> Node:
    """Words, and their creator in the office of the day on which they were said."""
    speaker = _party(one.speaker)
    creator: Node = speaker
    if one.office or one.printed:
        creator = _role("creator", speaker, one.office, name_as=one.printed)
    return _said(
        {
            "@type": "Quotation",
            "@id": one.url,
            "url": one.url,
            "text": one.words,
            "inLanguage": one.language,
            "dateCreated": one.said_on.isoformat() if one.said_on else "",
            "creator": creator,
            "isPartOf": _reference(one.statement),
            "about": [_cited(each) for each in one.resolutions[:MOST]],
            "correction": [_correction(each) for each in one.corrections],
            "publisher": _publisher(site),
            "license": site.license,
        }
    )


def person(
    one: Party,
    offices: Sequence[Office],
    same_as: Sequence[str] = (),
    portrait: Medium | None = None,
) -> Node:
    """A person, what they are now and what they were, each office with its days."""
    return _said(
        {
            **_party(one),
            "mainEntityOfPage": one.url,
            "image": _medium(portrait) if portrait else None,
            "jobTitle": [office.label for office in offices if office.now],
            "hasOccupation": [
                _role(
                    "hasOccupation", {"@type": "Occupation", "name": each.label}, each
                )
                for each in offices[:MOST]
            ],
            "sameAs": list(same_as),
        }
    )


def organization(
    one: Party,
    parent: Party | None,
    members: Sequence[tuple[Party, Office]] = (),
    parts: Sequence[Party] = (),
    former_names: Sequence[str] = (),
) -> Node:
    """An organisation, what it is part of, and who speaks or spoke for it."""
    return _said(
        {
            **_party(one),
            "alternateName": list(former_names),
            "mainEntityOfPage": one.url,
            "parentOrganization": _party(parent) if parent else None,
            "subOrganization": [_party(part) for part in parts[:MOST]],
            "member": [
                _role("member", _party(who), office) for who, office in members[:MOST]
            ],
        }
    )


def resolution(
    one: Resolution,
    *,
    changes: Sequence[Resolution] = (),
    recalls: Sequence[Resolution] = (),
    ended: bool = False,
) -> Node:
    """A resolution; it has a name only where it has an official title.

    ``changes``: those that it amends, extends, replaces or ends, which schema.org has
    one word for. Nothing is said of one in force: nobody told that it is.
    """
    return _said(
        {
            **_cited(one),
            "name": one.title,
            "description": one.topic,
            "mainEntityOfPage": one.url,
            "legislationDate": one.adopted_on.isoformat() if one.adopted_on else "",
            "legislationPassedBy": {"@type": "Organization", "name": one.body}
            if one.body
            else None,
            "sameAs": one.official,
            "legislationChanges": [_cited(each) for each in changes[:MOST]],
            "citation": [_cited(each) for each in recalls[:MOST]],
            "legislationLegalForce": "https://schema.org/NotInForce" if ended else "",
        }
    )


def _said(node: Node) -> Node:
    """A node without what is not known."""
    return {name: value for name, value in node.items() if value not in ("", None, [])}


def _party(one: Party) -> Node:
    return _said({"@type": one.kind, "@id": one.url, "name": one.name, "url": one.url})


def _publisher(site: Site) -> Node:
    return {
        "@type": "Organization",
        "name": site.publisher or site.name,
        "url": f"{site.url}/",
    }


def _website(site: Site) -> Node:
    home = f"{site.url}/"
    return {"@type": "WebSite", "@id": home, "name": site.name, "url": home}


def _reference(one: Statement) -> Node:
    return {
        "@type": one.schema_type if one.schema_type in ARTICLES else "Article",
        "@id": one.url,
        "url": one.url,
        "headline": one.title,
        "datePublished": one.dated.isoformat(),
        "inLanguage": one.language,
    }


def _work(url: str, language: str) -> Node:
    return {"@type": "CreativeWork", "@id": url, "url": url, "inLanguage": language}


def _role(name: str, value: Node, office: Office | None, *, name_as: str = "") -> Node:
    """A property that holds from a day to a day: schema.org repeats its name within."""
    organization = office.organization if office else None
    return _said(
        {
            "@type": "Role",
            "roleName": name_as or (office.label if office else ""),
            "startDate": office.starts if office else "",
            "endDate": office.ends if office else "",
            name: value,
            "memberOf": _party(organization) if organization else None,
        }
    )


def _cited(one: Resolution) -> Node:
    return {
        "@type": "Legislation",
        "@id": one.url,
        "url": one.url,
        "legislationIdentifier": one.symbol,
    }


def _correction(one: Correction) -> Node:
    return _said(
        {
            "@type": "CorrectionComment",
            "text": one.text,
            "datePublished": one.published_at.isoformat(),
        }
    )


def _medium(one: Medium) -> Node:
    short = len(one.transcript) <= LONGEST_TRANSCRIPT
    return _said(
        {
            "@type": f"{one.kind.capitalize()}Object",
            "contentUrl": one.url,
            "encodingFormat": one.content_type,
            "caption": one.caption,
            "creditText": one.credit,
            "transcript": one.transcript if short else "",
            "width": one.width,
            "height": one.height,
            "duration": _duration(one.duration),
        }
    )


def _duration(length: dt.timedelta | None) -> str:
    """As ISO 8601 writes it: PT95S."""
    return f"PT{int(length.total_seconds())}S" if length else ""
