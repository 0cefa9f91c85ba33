"""Two editions of a statement side by side: every word, quote, citation and file.

Both are read as publication writes them down: what was published from its record, with
the names of that hour; a draft as the record would be now.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import F, Func, JSONField
from django.db.models.functions import Coalesce

from statements.markup import differences, marks
from statements.markup.differences import Piece, Row, Unchanged
from statements.models import (
    LANGUAGES,
    Change,
    Edition,
    EditionMedia,
    MediaAsset,
    QuoteKind,
)

type Record = dict[str, Any]


@dataclass(frozen=True)
class Fact:
    """One thing that both editions say, in words; the pieces show what differs."""

    label: str
    old: str
    new: str

    @property
    def changed(self) -> bool:
        return self.old != self.new

    @property
    def pieces(self) -> tuple[Piece, ...]:
        return differences.words(self.old, self.new)


@dataclass(frozen=True)
class Part:
    """A quote, a citation or a file: in both, or in one only.

    ``title`` is what it is known by; ``state`` is same, changed, added or gone.
    """

    title: str
    state: str
    facts: list[Fact] = field(default_factory=list)
    permalink: str = ""

    @property
    def changes(self) -> list[Fact]:
        return [fact for fact in self.facts if fact.changed]


@dataclass(frozen=True)
class Comparison:
    """What differs between an edition and a later one."""

    old: Edition
    new: Edition
    facts: list[Fact]
    text: list[Row | Unchanged]
    form: bool
    quotes: list[Part]
    citations: list[Part]
    media: list[Part]

    @property
    def changed_facts(self) -> list[Fact]:
        return [fact for fact in self.facts if fact.changed]

    @property
    def changed_text(self) -> int:
        return sum(isinstance(one, Row) for one in self.text)

    @property
    def changed_parts(self) -> int:
        parts = (*self.quotes, *self.citations, *self.media)
        return sum(part.state != "same" for part in parts)

    @property
    def same(self) -> bool:
        """Nothing at all differs."""
        return not (
            self.changed_facts or self.changed_text or self.changed_parts or self.form
        )


def compare(old: int, new: int) -> Comparison:
    """Compare two editions by their keys. Two queries."""
    rows = (
        Edition.objects.filter(pk__in=[old, new])
        .select_related("article")
        .defer("record", "text")
        .annotate(
            told=Coalesce(
                "record",
                Func(
                    F("pk"), function="public.edition_record", output_field=JSONField()
                ),
            )
        )
        .in_bulk()
    )
    one, two = rows[old].told, rows[new].told
    assets = {use["asset"] for use in (*one["media"], *two["media"])}
    names = dict(MediaAsset.objects.filter(pk__in=assets).values_list("pk", "name"))
    text = differences.paragraphs(one["text"], two["text"])
    return Comparison(
        old=rows[old],
        new=rows[new],
        facts=_facts(one, two),
        text=text,
        form=one["text"] == two["text"] and _form(one) != _form(two),
        quotes=_quotes(one, two),
        citations=_citations(one, two),
        media=_media(one, two, names),
    )


def _facts(one: Record, two: Record) -> list[Fact]:
    tongues, kinds = dict(LANGUAGES), dict(Change.choices)
    read: list[tuple[str, Callable[[Record], str]]] = [
        ("Title", lambda r: r["title"]),
        ("Summary", lambda r: r["summary"]),
        ("Byline", lambda r: r["byline"]),
        ("Change", lambda r: str(kinds.get(r["change"], r["change"]))),
        ("What was corrected", lambda r: r["change_note"]),
        ("Kind", lambda r: r["article"]["kind"] or ""),
        ("Issued by", lambda r: r["article"]["issuer"] or ""),
        ("Date", lambda r: _day(r["article"]["dated"])),
        ("End of the address", lambda r: r["article"]["slug"]),
        (
            "Language",
            lambda r: str(
                tongues.get(r["article"]["language"], r["article"]["language"])
            ),
        ),
        ("Topics", lambda r: ", ".join(r["article"]["tags"])),
    ]
    return [Fact(label, of(one), of(two)) for label, of in read]


def _quotes(one: Record, two: Record) -> list[Part]:
    """Quotes in the order of the text, matched by their addresses."""
    was = {quote["permalink"]: quote for quote in one["quotes"]}
    now = {quote["permalink"]: quote for quote in two["quotes"]}
    parts = []
    for permalink in dict.fromkeys((*was, *now)):
        old, new = was.get(permalink), now.get(permalink)
        shown: Record = new or old or {}
        facts = [
            Fact(label, of(old, one), of(new, two)) for label, of in _QUOTE.items()
        ]
        parts.append(Part(shown["text"], _state(old, new, facts), facts, permalink))
    return parts


def _of_quote(read: Callable[[Record, Record], str]) -> Callable[..., str]:
    """Read one thing of a quote, given what the record says of its speaker."""

    def of(quote: Record | None, record: Record) -> str:
        if quote is None:
            return ""
        return read(quote, record["speakers"].get(quote["permalink"]) or {})

    return of


_KINDS = dict(QuoteKind.choices)
_QUOTE: dict[str, Callable[..., str]] = {
    "Words": _of_quote(lambda quote, who: quote["text"]),
    "Speaker": _of_quote(
        lambda quote, who: who.get("name") or who.get("organization") or ""
    ),
    "Office": _of_quote(
        lambda quote, who: (
            ", ".join(filter(None, (who.get("post"), who.get("organization"))))
            if who.get("name")
            else ""
        )
    ),
    "Title as printed": _of_quote(lambda quote, who: quote["title_as_printed"]),
    "Said on": _of_quote(lambda quote, who: _day(quote["said_on"])),
    "Sort": _of_quote(lambda quote, who: str(_KINDS.get(quote["kind"], ""))),
    "State": _of_quote(
        lambda quote, who: (
            "detached"
            if quote["detached"]
            else ("confirmed" if quote["confirmed"] else "to be confirmed")
        )
    ),
}


def _citations(one: Record, two: Record) -> list[Part]:
    """Each place that names a resolution, by what it names and how it is printed."""

    def named(record: Record) -> Counter[tuple[str, str]]:
        return Counter(
            (
                record["resolutions"].get(str(each["resolution"])) or "",
                ", ".join(filter(None, (each["printed"], each["pinpoint"]))),
            )
            for each in record["citations"]
        )

    was, now = named(one), named(two)
    parts = []
    for key in dict.fromkeys((*was, *now)):
        symbol, printed = key
        both = min(was[key], now[key])
        title = f"{symbol}: “{printed}”"
        parts += [Part(title, "same")] * both
        parts += [Part(title, "gone")] * (was[key] - both)
        parts += [Part(title, "added")] * (now[key] - both)
    return parts


def _media(one: Record, two: Record, names: Mapping[int, str]) -> list[Part]:
    was = {use["asset"]: use for use in one["media"]}
    now = {use["asset"]: use for use in two["media"]}
    roles = dict(EditionMedia.Role.choices)
    parts = []
    for asset in dict.fromkeys((*was, *now)):
        old, new = was.get(asset), now.get(asset)

        def said(use: Record | None, name: str) -> str:
            return use[name] if use else ""

        facts = [
            Fact("Place", *(str(roles.get(said(u, "role"), "")) for u in (old, new))),
            Fact("Text alternative", said(old, "alt"), said(new, "alt")),
            Fact("Caption", said(old, "caption"), said(new, "caption")),
            Fact("Transcript", said(old, "transcript"), said(new, "transcript")),
        ]
        title = names.get(asset, "A file that is gone")
        parts.append(Part(title, _state(old, new, facts), facts))
    return parts


def _state(old: Record | None, new: Record | None, facts: list[Fact]) -> str:
    if old is None:
        return "added"
    if new is None:
        return "gone"
    return "changed" if any(fact.changed for fact in facts) else "same"


def _form(record: Record) -> str:
    """The body without its marks of quotes: headings, links, emphasis, lists."""
    return marks.write(record["body"], [])


def _day(day: str | None) -> str:
    return f"{dt.date.fromisoformat(day):%-d %B %Y}" if day else ""
