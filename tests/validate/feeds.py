"""What is wrong with a feed by the rules of the W3C's feed validator.

Its errors (RFC 4287, RSS 2.0) and its warnings, restated for the elements of our feeds.
An element that is not here is a fault, so that one which a feed begins to have is
looked up first. One warning is left out: two entries may bear the same ``updated``,
since the quotes of one statement go out at one moment.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from html.parser import HTMLParser
from urllib.parse import urlsplit
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

ATOM = "{http://www.w3.org/2005/Atom}"
DC = "{http://purl.org/dc/elements/1.1/}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"

#: Child elements, and how many there may be: "1" one, "?" at most one, "*" any number.
_ATOM_FEED = {
    "title": "1",
    "id": "1",
    "updated": "1",
    "author": "*",
    "link": "*",
    "subtitle": "?",
    "category": "*",
    "rights": "?",
    "icon": "?",
    "logo": "?",
    "generator": "?",
    "entry": "*",
}
_ATOM_ENTRY = {
    "title": "1",
    "id": "1",
    "updated": "1",
    "published": "?",
    "author": "*",
    "link": "*",
    "summary": "?",
    "content": "?",
    "category": "*",
    "rights": "?",
}
_RSS_CHANNEL = {
    "title": "1",
    "link": "1",
    "description": "1",
    f"{ATOM}link": "*",
    "language": "?",
    "copyright": "?",
    "lastBuildDate": "?",
    "pubDate": "?",
    "category": "*",
    "ttl": "?",
    "item": "*",
}
_RSS_ITEM = {
    "title": "1",
    "link": "1",
    "description": "?",
    "guid": "1",
    "pubDate": "?",
    "category": "*",
    f"{DC}creator": "*",
    "enclosure": "?",
}

_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
_DAYS = "Mon|Tue|Wed|Thu|Fri|Sat|Sun"
_MONTHS = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
_RFC822 = re.compile(
    rf"({_DAYS}), \d\d ({_MONTHS}) \d{{4}} \d\d:\d\d:\d\d ([+-]\d{{4}}|GMT)"
)
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_TAG = re.compile(r"tag:[a-z0-9.-]+,\d{4}(-\d\d(-\d\d)?)?:\S+")
_MARKUP = re.compile(r"<[a-z/!]|&(#\d+|[a-z]+);", re.IGNORECASE)

#: Of HTML in a feed, what the validator takes for safe, as far as ours has it.
_SAFE = {"a", "b", "bdi", "blockquote", "br", "cite", "code", "del", "em", "h2", "h3"}
_SAFE |= {"i", "ins", "li", "ol", "p", "q", "span", "strong", "sub", "sup", "ul"}
_SAFE_ATTRIBUTES = {"cite", "datetime", "dir", "href", "hreflang", "lang", "title"}


def faults(content: bytes, *, url: str, content_type: str) -> list[str]:
    """What is wrong, a line each. ``url``: where the feed was fetched."""
    try:
        root = ElementTree.fromstring(content)  # noqa: S314  # our own
    except ElementTree.ParseError as error:
        return [f"is no XML: {error}"]
    found = []
    wanted = {f"{ATOM}feed": "application/atom+xml", "rss": "application/rss+xml"}
    if content_type != f"{wanted.get(root.tag)}; charset=utf-8":
        found.append(f"comes as {content_type}")
    if root.tag == f"{ATOM}feed":
        return found + list(_atom(root, url))
    if root.tag == "rss" and root.get("version") == "2.0":
        return found + list(_rss(root, url))
    return [*found, f"begins with {root.tag}"]


def _atom(feed: Element, url: str) -> Iterator[str]:
    yield from _children(feed, _ATOM_FEED, "feed", ATOM)
    yield from _text(feed, f"{ATOM}title", "feed")
    yield from _moment(feed, f"{ATOM}updated", "feed")
    yield from _identity(feed.findtext(f"{ATOM}id"), "feed")
    yield from _atom_links(feed, "feed")
    if feed.get(LANG) and not _LANGUAGE.fullmatch(feed.get(LANG, "")):
        yield f"feed: {feed.get(LANG)!r} is no language"
    selves = [
        link.get("href")
        for link in feed.iterfind(f"{ATOM}link")
        if link.get("rel") == "self"
    ]
    if selves != [url]:
        yield f"feed: says that it is at {selves}"
    entries = feed.findall(f"{ATOM}entry")
    names = [child.tag for child in feed]
    if entries and names.index(f"{ATOM}entry") < len(names) - len(entries):
        yield "feed: tells of itself after its entries"
    if feed.find(f"{ATOM}author") is None and not entries:
        yield "feed: no author"
    yield from _people(feed, "feed")
    yield from _once(entries, f"{ATOM}id")
    for number, entry in enumerate(entries, start=1):
        place = f"entry {number}"
        yield from _children(entry, _ATOM_ENTRY, place, ATOM)
        yield from _text(entry, f"{ATOM}title", place)
        yield from _identity(entry.findtext(f"{ATOM}id"), place)
        yield from _moment(entry, f"{ATOM}updated", place)
        yield from _moment(entry, f"{ATOM}published", place)
        yield from _atom_links(entry, place)
        yield from _people(entry, place)
        if entry.find(f"{ATOM}author") is None and feed.find(f"{ATOM}author") is None:
            yield f"{place}: no author"
        told = [entry.find(f"{ATOM}{name}") for name in ("summary", "content")]
        if not any(each is not None and (each.text or "").strip() for each in told):
            yield f"{place}: tells nothing"
        for each in told:
            if each is None:
                continue
            if each.get("type", "text") == "html":
                yield from _html(each.text or "", place)
            elif _MARKUP.search(each.text or ""):
                yield f"{place}: markup in a plain text"
        for category in entry.iterfind(f"{ATOM}category"):
            if not category.get("term"):
                yield f"{place}: a category without a term"


def _rss(rss: Element, url: str) -> Iterator[str]:
    channels = list(rss)
    if [each.tag for each in channels] != ["channel"]:
        yield "rss: has not just one channel"
        return
    channel = channels[0]
    yield from _children(channel, _RSS_CHANNEL, "channel")
    yield from _text(channel, "title", "channel")
    yield from _whole(channel.findtext("link"), "channel", "link")
    yield from _date(channel, "lastBuildDate", "channel")
    yield from _date(channel, "pubDate", "channel")
    if not (channel.findtext("description") or "").strip():
        yield "channel: an empty description"
    language = channel.findtext("language")
    if language is not None and not _LANGUAGE.fullmatch(language):
        yield f"channel: {language!r} is no language"
    selves = [
        (link.get("href"), link.get("rel"))
        for link in channel.iterfind(f"{ATOM}link")
        if link.get("rel") == "self"
    ]
    if selves != [(url, "self")]:
        yield f"channel: says that it is at {selves}"
    items = channel.findall("item")
    yield from _once(items, "guid")
    for number, item in enumerate(items, start=1):
        place = f"item {number}"
        yield from _children(item, _RSS_ITEM, place)
        yield from _text(item, "title", place)
        yield from _whole(item.findtext("link"), place, "link")
        yield from _date(item, "pubDate", place)
        yield from _html(item.findtext("description") or "", place)
        guid = item.find("guid")
        if guid is not None:
            lasting = guid.get("isPermaLink", "true")
            if lasting not in {"true", "false"}:
                yield f"{place}: isPermaLink is {lasting!r}"
            elif lasting == "true":
                yield from _whole(guid.text, place, "guid")
            elif len(guid.text or "") < 9 and (guid.text or "").isdigit():
                yield f"{place}: guid {guid.text!r} is not unique enough"
        if any(not (each.text or "").strip() for each in item.iterfind("category")):
            yield f"{place}: an empty category"


def _children(
    node: Element, may: dict[str, str], place: str, space: str = ""
) -> Iterator[str]:
    counts = Counter(
        child.tag.removeprefix(space) if space else child.tag for child in node
    )
    for name in counts.keys() - may.keys():
        yield f"{place}: has {name}, which is not in these rules"
    for name, often in may.items():
        if counts[name] > 1 if often == "?" else often == "1" and counts[name] != 1:
            yield f"{place}: has {counts[name]} of {name}"


def _once(nodes: list[Element], name: str) -> Iterator[str]:
    for identity, number in Counter(node.findtext(name) for node in nodes).items():
        if number > 1:
            yield f"{identity}: stands {number} times"


def _text(node: Element, name: str, place: str) -> Iterator[str]:
    """A title is plain: the validator warns of what looks like markup in it."""
    found = node.find(name)
    if found is None:
        return
    if not (found.text or "").strip():
        yield f"{place}: an empty title"
    if found.get("type", "text") != "text" or len(found):
        yield f"{place}: a title with markup"
    elif _MARKUP.search(found.text or ""):
        yield f"{place}: {found.text!r} looks like markup"


def _whole(address: str | None, place: str, name: str) -> Iterator[str]:
    parts = urlsplit(address or "")
    if parts.scheme not in {"http", "https"} or not parts.netloc or " " in parts.path:
        yield f"{place}: {name} {address!r} is no whole address"


def _identity(given: str | None, place: str) -> Iterator[str]:
    if given and given.startswith("tag:"):
        if not _TAG.fullmatch(given):
            yield f"{place}: id {given!r} is no tag"
    else:
        yield from _whole(given, place, "id")


def _moment(node: Element, name: str, place: str) -> Iterator[str]:
    found = node.findtext(name)
    if found is None:
        return
    if not _MOMENT.fullmatch(found):
        yield f"{place}: {found!r} is no moment of RFC 3339"
    elif dt.datetime.fromisoformat(found) > _tomorrow():
        yield f"{place}: {found} is to come"


def _date(node: Element, name: str, place: str) -> Iterator[str]:
    found = node.findtext(name)
    if found is None:
        return
    if not _RFC822.fullmatch(found):
        yield f"{place}: {found!r} is no moment of RFC 822"
        return
    moment = parsedate_to_datetime(found)
    if f"{moment:%a}" != found[:3]:
        yield f"{place}: {found} is another day of the week"
    if moment > _tomorrow():
        yield f"{place}: {found} is to come"


def _tomorrow() -> dt.datetime:
    return dt.datetime.now(dt.UTC) + dt.timedelta(days=1)


def _atom_links(node: Element, place: str) -> Iterator[str]:
    links = node.findall(f"{ATOM}link")
    seen = Counter(
        (link.get("rel", "alternate"), link.get("type"), link.get("hreflang"))
        for link in links
    )
    for (rel, *_), number in seen.items():
        if number > 1:
            yield f"{place}: {number} links that are {rel}"
    if not any(link.get("rel", "alternate") == "alternate" for link in links):
        yield f"{place}: no link to a page"
    for link in links:
        yield from _whole(link.get("href"), place, "link")
        if (link.text or "").strip() or len(link):
            yield f"{place}: a link that is not empty"


def _people(node: Element, place: str) -> Iterator[str]:
    for author in node.iterfind(f"{ATOM}author"):
        names = [child.tag.removeprefix(ATOM) for child in author]
        if names.count("name") != 1 or set(names) - {"name", "uri", "email"}:
            yield f"{place}: an author with {names}"
        elif not (author.findtext(f"{ATOM}name") or "").strip():
            yield f"{place}: an author without a name"
        uri = author.find(f"{ATOM}uri")
        if uri is not None:
            yield from _whole(uri.text, place, "uri")


def _html(text: str, place: str) -> Iterator[str]:
    """Of HTML in a feed: nothing unsafe, nothing open, no address that is not whole."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    for fault in reader.found + [f"<{name}> is never closed" for name in reader.open]:
        yield f"{place}: {fault}"


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _SAFE:
            self.found.append(f"<{tag}> in a text")
        if tag != "br":
            self.open.append(tag)
        for name, value in attrs:
            if name not in _SAFE_ATTRIBUTES:
                self.found.append(f"<{tag} {name}> in a text")
            if name in {"href", "cite"}:
                self.found += _whole(value, f"<{tag} {name}>", "address")

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.found.append(f"</{tag}> closes what is not open")
