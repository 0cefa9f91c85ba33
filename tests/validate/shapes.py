"""What schema.org says of the types that our pages use: which values a property takes.

Facts of its vocabulary, restated for these types alone. A type that is not here, and a
property that it does not have, is a fault: so a slip in a name is noticed.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit

#: A type and the one that it is a kind of.
PARENTS = {
    "CreativeWork": "Thing",
    "Article": "CreativeWork",
    "NewsArticle": "Article",
    "Report": "Article",
    **dict.fromkeys(
        (
            "AnalysisNewsArticle",
            "BackgroundNewsArticle",
            "OpinionNewsArticle",
            "ReportageNewsArticle",
        ),
        "NewsArticle",
    ),
    "Quotation": "CreativeWork",
    "Legislation": "CreativeWork",
    "WebSite": "CreativeWork",
    "WebPage": "CreativeWork",
    "Comment": "CreativeWork",
    "CorrectionComment": "Comment",
    "MediaObject": "CreativeWork",
    **dict.fromkeys(("AudioObject", "ImageObject", "VideoObject"), "MediaObject"),
    "Person": "Thing",
    "Organization": "Thing",
    "Role": "Thing",
    "Occupation": "Thing",
    "ItemList": "Thing",
    "BreadcrumbList": "ItemList",
    "ListItem": "Thing",
    "SearchAction": "Thing",
    "EntryPoint": "Thing",
}

#: Of each type's own properties, the values: text, url, date, number or types.
TAKES: dict[str, dict[str, set[str]]] = {
    "Thing": {
        "name": {"text"},
        "alternateName": {"text"},
        "description": {"text"},
        "url": {"url"},
        "sameAs": {"url"},
        "mainEntityOfPage": {"url", "CreativeWork"},
    },
    "CreativeWork": {
        "about": {"Thing"},
        "associatedMedia": {"MediaObject"},
        "author": {"Person", "Organization"},
        "citation": {"text", "CreativeWork"},
        "correction": {"text", "url", "CorrectionComment"},
        "creator": {"Person", "Organization"},
        "creditText": {"text"},
        "dateCreated": {"date"},
        "dateModified": {"date"},
        "datePublished": {"date"},
        "hasPart": {"CreativeWork"},
        "headline": {"text"},
        "inLanguage": {"text"},
        "isPartOf": {"url", "CreativeWork"},
        "keywords": {"text"},
        "license": {"url", "CreativeWork"},
        "publisher": {"Person", "Organization"},
        "text": {"text"},
        "translationOfWork": {"CreativeWork"},
        "workTranslation": {"CreativeWork"},
        # Of every thing; the actions are those of a site.
        "potentialAction": {"SearchAction"},
    },
    "Article": {"backstory": {"text", "CreativeWork"}},
    "Legislation": {
        "legislationDate": {"date"},
        "legislationIdentifier": {"text", "url"},
        "legislationPassedBy": {"Person", "Organization"},
        "legislationChanges": {"Legislation"},
        # A member of an enumeration, by its address.
        "legislationLegalForce": {"url"},
    },
    "MediaObject": {
        "contentUrl": {"url"},
        "duration": {"duration"},
        "encodingFormat": {"text", "url"},
        "height": {"number"},
        "width": {"number"},
        "caption": {"text"},
        "transcript": {"text"},
    },
    "Person": {
        "image": {"ImageObject"},
        "hasOccupation": {"Occupation"},
        "jobTitle": {"text"},
    },
    "Organization": {
        "member": {"Person", "Organization"},
        "parentOrganization": {"Organization"},
        "subOrganization": {"Organization"},
    },
    "Role": {
        "roleName": {"text", "url"},
        "startDate": {"date"},
        "endDate": {"date"},
        # Of the person who has the role.
        "memberOf": {"Organization"},
    },
    "ItemList": {"itemListElement": {"ListItem"}},
    "ListItem": {"item": {"Thing"}, "position": {"number", "text"}},
    "SearchAction": {"target": {"EntryPoint", "url"}, "query-input": {"text"}},
    "EntryPoint": {"urlTemplate": {"text"}},
}

#: What makes a thing of a type worth telling.
NEEDS = {
    "Article": {"headline", "datePublished", "url"},
    "Quotation": {"url"},
    "Legislation": {"legislationIdentifier", "url"},
    "Person": {"name"},
    "Organization": {"name"},
    "BreadcrumbList": {"itemListElement"},
    "ListItem": {"position", "item", "name"},
    "CorrectionComment": {"datePublished"},
    "MediaObject": {"contentUrl"},
}

_DATE = re.compile(r"\d{4}(-\d\d(-\d\d(T\d\d:\d\d:\d\d(\.\d+)?([+-]\d\d:\d\d|Z))?)?)?")
_DURATION = re.compile(r"PT\d+S")


def blocks(html: str) -> list[dict[str, Any]]:
    """The blocks of linked data in a page, as a browser finds and JSON reads them."""

    class Reader(HTMLParser):
        inside = False
        found: list[str] = []

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]):
            if tag == "script" and ("type", "application/ld+json") in attrs:
                self.inside = True
                self.found.append("")

        def handle_endtag(self, tag: str) -> None:
            self.inside = self.inside and tag != "script"

        def handle_data(self, data: str) -> None:
            if self.inside:
                self.found[-1] += data

    reader = Reader()
    reader.found = []
    reader.feed(html)
    reader.close()
    return [json.loads(text) for text in reader.found]


def faults(block: dict[str, Any]) -> list[str]:
    """What is wrong with a block, a line each; nothing if all is right."""
    if block.get("@context") != "https://schema.org":
        return ["@context: is not https://schema.org"]
    return [fault for node in block["@graph"] for fault in _node(node, "")]


def is_a(kind: str, wanted: str) -> bool:
    while kind != wanted:
        if kind not in PARENTS:
            return wanted == "Thing"
        kind = PARENTS[kind]
    return True


def _node(node: dict[str, Any], path: str, of: str = "") -> Iterator[str]:
    """``of``: the property that holds the node, which a role repeats."""
    kind = node.get("@type", "")
    place = f"{path}{kind}"
    if kind not in PARENTS and kind != "Thing":
        yield f"{place}: no type of ours"
        return
    for wanted, names in NEEDS.items():
        if is_a(kind, wanted):
            yield from (f"{place}: no {name}" for name in sorted(names - set(node)))
    for name, value in node.items():
        if name == "@id":
            if not _takes(value, "url"):
                yield f"{place}.@id: {value!r} is no address"
        elif name != "@type":
            yield from _property(kind, name, value, place, of)


def _property(kind: str, name: str, value: Any, place: str, of: str) -> Iterator[str]:
    takes = _range(kind, name)
    if kind == "Role" and name == of:
        takes = {"Thing"}
    if takes is None:
        yield f"{place}.{name}: no property of {kind}"
        return
    values = value if isinstance(value, list) else [value]
    if not values or "" in values or None in values:
        yield f"{place}.{name}: says nothing"
    for one in values:
        if isinstance(one, dict):
            inner = one.get("@type", "")
            if inner != "Role" and not any(is_a(inner, each) for each in takes):
                yield f"{place}.{name}: takes no {inner}"
            if inner == "Role" and name not in one:
                yield f"{place}.{name}: a role that does not repeat it"
            yield from _node(one, f"{place}.{name}.", of=name)
        elif not any(_takes(one, each) for each in takes):
            yield f"{place}.{name}: {one!r} is none of {sorted(takes)}"


def _range(kind: str, name: str) -> set[str] | None:
    while True:
        if name in TAKES.get(kind, {}):
            return TAKES[kind][name]
        if kind == "Thing":
            return None
        kind = PARENTS[kind]


def _takes(value: Any, what: str) -> bool:
    if what == "number":
        return isinstance(value, int) and not isinstance(value, bool)
    if not isinstance(value, str):
        return False
    if what == "text":
        return True
    if what == "url":
        parts = urlsplit(value)
        return parts.scheme in {"http", "https"} and bool(parts.netloc)
    if what == "date":
        if not _DATE.fullmatch(value):
            return False
        full = value if len(value) > 7 else f"{value}-01-01"[:10]
        try:
            dt.datetime.fromisoformat(full)
        except ValueError:
            return False
        return True
    return what == "duration" and bool(_DURATION.fullmatch(value))
