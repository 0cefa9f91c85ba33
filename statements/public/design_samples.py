"""Rows that were never saved, for the design page: Vallorn, in every state."""

from __future__ import annotations

import datetime as dt
from itertools import count
from typing import Any, Final

from statements.markup import marks, projection
from statements.markup.marks import Mark
from statements.models import (
    Appointment,
    Article,
    Citation,
    Correction,
    Edition,
    EditionMedia,
    Kind,
    MediaAsset,
    Organization,
    OtherName,
    Portrait,
    Post,
    Quote,
    Resolution,
    ResolutionBody,
    Spokesperson,
    Tag,
    Verdict,
)

DAY: Final = dt.date(2026, 3, 2)
NOON: Final = dt.datetime(2026, 3, 2, 12, 0, tzinfo=dt.UTC)
SENTENCE: Final = "The ferries will sail on Monday, whatever the wind says."
LONG: Final = (
    "We have counted the lamps on every mole of the strait, we have asked the pilots "
    "who bring the ships in by night, and we have heard from the harbours on both "
    "shores; none of them wants a winter in which bread is late because two offices "
    "could not agree on a form, and so we shall sail first, and count the costs "
    "together when the ice has gone, in the open, with the books on the table."
)
#: A word that no line can hold.
UNBROKEN: Final = "Fährverbindungsunterbrechungsentschädigungsverordnung" * 3
ARABIC: Final = "ستبحر العبّارات يوم الاثنين مهما كانت الريح."

_keys = count(1)


def organization(name: str = "Ministry of Foreign Affairs") -> Organization:
    return Organization(pk=next(_keys), name=name, slug="ministry-of-foreign-affairs")


MINISTRY: Final = organization()
POST: Final = Post(
    pk=next(_keys), label="Spokesperson", slug="spokesperson", organization=MINISTRY
)
KIND: Final = Kind(
    slug="statement",
    name="Statement",
    disclaimer="A statement of the issuing office. It may be quoted freely.",
)
TAGS: Final = [
    Tag(pk=next(_keys), name=name, slug="ferries")
    for name in ("Ferries", "Ice and lamps", "Trade across the strait")
]


def person(name: str = "Ilse Okafor") -> Spokesperson:
    return Spokesperson(pk=next(_keys), name=name, slug="ilse-okafor")


OKAFOR: Final = person()
HALLER: Final = person("Tomas Haller")
LONG_NAME: Final = person("Maria Magdalena Theodora von und zu Harrowmere-Skerrystone")


def office(who: Spokesperson = OKAFOR, **fields: Any) -> Appointment:
    return Appointment(
        pk=next(_keys),
        person=who,
        post=POST,
        **{"starts_on": dt.date(2024, 1, 1), **fields},
    )


def former_name(**fields: Any) -> OtherName:
    return OtherName(
        organization=MINISTRY,
        name="Harbour Board",
        ends_on=dt.date(2019, 5, 31),
        ends_precision="month",
        **fields,
    )


def article(
    title: str = "The ferries will sail", summary: str = "", **fields: Any
) -> Article:
    """A statement as ``Article.objects.published()`` would bring it."""
    edition = {
        name: fields.pop(name)
        for name in ("number", "change", "change_note", "byline", "redacted_at")
        if name in fields
    }
    made = Article(
        pk=next(_keys),
        slug="the-ferries-will-sail",
        **{"dated": DAY, "kind": KIND, "issuer": MINISTRY, "language": "en", **fields},
    )
    # The annotation that published() gives.
    made.live_edition = Edition(  # type: ignore[attr-defined]
        pk=next(_keys),
        article=made,
        title=title,
        summary=summary,
        published_at=NOON,
        **{"number": 1, "change": "first", **edition},
    )
    return made


def quote(text: str = SENTENCE, **fields: Any) -> Quote:
    """A quote as ``Quote.objects.public().for_list()`` would bring it."""
    said = fields.pop("article", None) or article()
    number = next(_keys)
    return Quote(
        pk=number,
        permalink_id=f"{number:010}",
        article=said,
        edition=said.live_edition,
        text=text,
        **{
            "said_on": DAY,
            "speaker": OKAFOR,
            "appointment": office(),
            "organization": None,
            "language": "en",
            **fields,
        },
    )


def resolution(symbol: str = "S/RES/2417 (2018)", **fields: Any) -> Resolution:
    return Resolution(
        pk=next(_keys),
        symbol=symbol,
        slug="2417",
        body=ResolutionBody(slug="un-sc", name="United Nations Security Council"),
        **{"topic": "Hunger and conflict", "adopted_on": dt.date(2018, 5, 24)} | fields,
    )


def counted(row: Any, number: int) -> Any:
    """A row with the number that a list counted for it."""
    row.count = number
    return row


def citation(within: Quote | None) -> Citation:
    said = within.article if within else article()
    made = Citation(
        pk=next(_keys),
        article=said,
        edition=said.live_edition,  # type: ignore[attr-defined]
        resolution=resolution(),
        quote=within,
        start=0,
        end=19,
        printed="resolution 2417 (2018)",
    )
    made.said_on = DAY  # type: ignore[misc]
    if within is None:
        made.before, made.words = "Hunger, says ", "resolution 2417 (2018)"
        made.after = ", is no weapon of war."
    return made


def use(type: str, **fields: Any) -> EditionMedia:
    """A file of a statement; there are no bytes, so a player says that it has none."""
    content = {"audio": "audio/mpeg", "video": "video/mp4", "image": "image/webp"}
    asset = {
        name: fields.pop(name)
        for name in ("width", "height", "duration", "credit")
        if name in fields
    }
    return EditionMedia(
        asset=MediaAsset(
            key=f"{next(_keys):032x}",
            name=f"strait.{type}",
            type=type,
            content_type=content.get(type, "application/pdf"),
            size=5_242_880,
            **asset,
        ),
        **fields,
    )


def portrait(**fields: Any) -> Portrait:
    """A portrait of Ilse Okafor, whose bytes are not there either."""
    asset = use("image", width=720, height=900).asset
    words = {"alt": "Ilse Okafor at a lectern", "credit": "Photo: Harbour office"}
    return Portrait(person=OKAFOR, asset=asset, **words | fields)


def corrections(what: str, before: str, after: str) -> list[Correction]:
    changed = article(
        change="correction", number=2, change_note="A word was missing."
    ).live_edition  # type: ignore[attr-defined]
    return [Correction(edition=changed, what=what, before=before, after=after)]


def corrected(quotes: list[Quote]) -> list[Correction]:
    """A word of the first quote and the one before the last, a speaker of the second.

    Such as ``Correction.objects.beside()`` would bring them, the newest first.
    """
    told = []
    for one, what, before, after in (
        (quotes[0], "words", quotes[0].text.replace("harbour", "port"), quotes[0].text),
        (quotes[1], "speaker", "Ilse Okafor", "Tomas Haller"),
        (quotes[-2], "words", "Fourth", quotes[-2].text),
    ):
        (made,) = corrections(what, before, after)
        made.permalink_id = one.permalink_id
        told.append(made)
    return told


def verdicts() -> list[str]:
    return list(Verdict.values)


def margin_rows(
    html: str, said: list[tuple[str, dict[str, Any]]], named: tuple[str, ...] = ()
) -> tuple[str, list[Quote], list[Citation]]:
    """A body with these words marked, and the rows that its margin is drawn from.

    The words stand in ``html`` once each, in this order.
    """
    text = projection.to_text(html)
    quotes = []
    for words, fields in said:
        start = text.index(words)
        one = quote(words, **fields)
        one.start, one.end = start, start + len(words)
        quotes.append(one)
    citations = []
    for words in named:
        start = text.index(words)
        around = [one for one in quotes if one.start <= start < one.end]
        made = citation(around[0] if around else None)
        made.start, made.end = start, start + len(words)
        citations.append(made)
    body = marks.write(
        html, [Mark(one.permalink_id, one.start, one.end) for one in quotes]
    )
    return body, quotes, citations
