"""What pages tell machines in their heads: rows in, a block of linked data out.

Nothing is asked of the database here: only what the page shows is told.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from statements.exchange import linked
from statements.models import (
    Appointment,
    Article,
    Citation,
    Correction,
    Edition,
    EditionMedia,
    MediaAsset,
    Organization,
    OtherName,
    Portrait,
    Quote,
    Resolution,
    ResolutionRelation,
    Spokesperson,
    Tag,
)
from statements.models.people import Basis, Precision

#: Where a register keeps its pages on people.
_REGISTERS = {"wikidata": "https://www.wikidata.org/entity/{}"}
#: How much of a day is known: 2024, 2024-05, 2024-05-01.
_KNOWN = {Precision.YEAR: 4, Precision.MONTH: 7, Precision.DAY: 10}


def home() -> SafeString:
    """The site, and how to search it."""
    return _block(linked.website(_site(), f"{_whole(reverse('search'))}?q="))


def article(
    article: Article,
    *,
    quotes: Iterable[str],
    tags: Iterable[Tag],
    resolutions: Iterable[Resolution],
    translations: Iterable[Article],
    media: Iterable[EditionMedia],
) -> SafeString:
    """One statement. ``quotes``: the permalinks of its quotes, in their order."""
    edition = article.live_edition
    others = list(translations)
    corrected = edition.change == "correction"
    told = linked.Statement(
        **_bibliography(article, edition),
        issuer=_organization(article.issuer) if article.issuer else None,
        summary=edition.summary,
        byline=edition.byline,
        disclaimer=article.kind.disclaimer,
        correction=linked.Correction(edition.change_note, edition.published_at)
        if corrected
        else None,
        topics=[(tag.name, _whole(tag.get_absolute_url())) for tag in tags],
        resolutions=_resolutions(resolutions),
        quotes=[_whole(reverse("quote", args=[key])) for key in quotes],
        # Another translation is none of this one.
        translations=[]
        if article.translation_of_id
        else [(_whole(row.get_absolute_url()), row.language) for row in others],
        original=next(
            (
                (_whole(row.get_absolute_url()), row.language)
                for row in others
                if row.pk == article.translation_of_id
            ),
            None,
        ),
        media=[_medium(use) for use in media if use.asset.type != "document"],
    )
    return _block(
        linked.statement(_site(), told),
        linked.trail(
            [
                (settings.SITE_NAME, _whole("/")),
                (_("Statements"), _whole(reverse("archive"))),
                (edition.title, told.url),
            ]
        ),
    )


def quote(
    quote: Quote, citations: Iterable[Citation], corrections: Iterable[Correction]
) -> SafeString:
    """One quote, and who said it in which office."""
    office = quote.appointment
    organization = quote.organization if quote.speaker else None
    told = linked.Quote(
        url=_whole(quote.get_absolute_url()),
        words=quote.words,
        language=quote.language,
        said_on=quote.said_on,
        speaker=_person(quote.speaker)
        if quote.speaker
        else _organization(quote.organization),
        statement=linked.Statement(**_bibliography(quote.article, quote.edition)),
        office=_office(office)
        if office
        else linked.Office("", _organization(organization))
        if organization
        else None,
        printed=quote.title_as_printed,
        resolutions=_resolutions(each.resolution for each in citations),
        corrections=[
            linked.Correction(edition.change_note, edition.published_at)
            for edition in dict.fromkeys(each.edition for each in corrections)
        ],
    )
    return _block(linked.quote(_site(), told))


def spokesperson(
    person: Spokesperson,
    appointments: Iterable[Appointment],
    identifiers: Iterable[dict[str, str]] = (),
    portrait: Portrait | None = None,
) -> SafeString:
    """One person. ``identifiers``: scheme and identifier of each register."""
    day = person.as_of.date()
    return _block(
        linked.person(
            _person(person),
            [_office(each, day) for each in appointments],
            [
                _REGISTERS[row["scheme"].lower()].format(row["identifier"])
                for row in identifiers
                if row["scheme"].lower() in _REGISTERS
            ],
            _picture(portrait.asset, portrait.credit) if portrait else None,
        )
    )


def organization(
    organization: Organization,
    appointments: Iterable[Appointment],
    parts: Iterable[Organization] = (),
    names: Iterable[OtherName] = (),
) -> SafeString:
    """One organisation, its parts and former names, who speaks or spoke for it."""
    parent = organization.parent
    return _block(
        linked.organization(
            _organization(organization),
            _organization(parent) if parent else None,
            [(_person(each.person), _office(each)) for each in appointments],
            [_organization(part) for part in parts],
            [each.name for each in names],
        )
    )


def resolution(
    resolution: Resolution,
    does: Iterable[tuple[str, Resolution]] = (),
    *,
    ended: bool = False,
) -> SafeString:
    """One resolution. ``does``: what it does to others. ``ended``: or replaced."""
    recalled, changed = [], []
    for kind, other in does:
        recalls = kind == ResolutionRelation.Kind.RECALLS
        (recalled if recalls else changed).append(other)
    return _block(
        linked.resolution(
            _resolutions([resolution], whole=True)[0],
            changes=_resolutions(changed),
            recalls=_resolutions(recalled),
            ended=ended,
        )
    )


def _block(*nodes: linked.Node) -> SafeString:
    # Its text is escaped, so that nothing in it is read as markup.
    return mark_safe(linked.block(*nodes))  # noqa: S308


def _site() -> linked.Site:
    return linked.Site(
        settings.SITE_NAME,
        settings.SITE_URL,
        settings.SITE_LICENSE,
        settings.SITE_PUBLISHER,
    )


def _whole(path: str) -> str:
    return settings.SITE_URL + path


def _bibliography(article: Article, edition: Edition) -> dict[str, object]:
    return {
        "url": _whole(article.get_absolute_url()),
        "title": edition.title,
        "schema_type": article.kind.schema_type,
        "dated": article.dated,
        "published_at": edition.published_at,
        "language": article.language,
    }


def _person(one: Spokesperson) -> linked.Party:
    return linked.Party("Person", one.name, _whole(one.get_absolute_url()))


def _organization(one: Organization) -> linked.Party:
    return linked.Party("Organization", one.name, _whole(one.get_absolute_url()))


def _office(one: Appointment, day: dt.date | None = None) -> linked.Office:
    """A post with the days that a source states; sightings are no beginning or end."""
    stated = one.basis == Basis.STATED
    return linked.Office(
        one.post.label,
        _organization(one.post.organization),
        _day(one.starts_on, one.starts_precision) if stated else "",
        _day(one.ends_on, one.ends_precision) if stated else "",
        now=day is not None and one.certainly is not None and day in one.certainly,
    )


def _day(day: dt.date | None, precision: str) -> str:
    return day.isoformat()[: _KNOWN[Precision(precision)]] if day else ""


def _resolutions(
    rows: Iterable[Resolution], *, whole: bool = False
) -> list[linked.Resolution]:
    """``whole``: with all that is known of each, as its own page tells it."""
    return [
        linked.Resolution(
            symbol=row.symbol,
            url=_whole(row.get_absolute_url()),
            **(
                {
                    "body": row.body.name,
                    "title": row.title or "",
                    "topic": row.topic,
                    "adopted_on": row.adopted_on,
                    "official": row.url,
                }
                if whole
                else {}
            ),
        )
        for row in rows
    ]


def _picture(asset: MediaAsset, credit: str) -> linked.Medium:
    return linked.Medium(
        kind=asset.type,
        url=_whole(asset.get_absolute_url()),
        content_type=asset.content_type,
        credit=credit,
        width=asset.width,
        height=asset.height,
    )


def _medium(use: EditionMedia) -> linked.Medium:
    asset = use.asset
    return linked.Medium(
        kind=asset.type,
        url=_whole(asset.get_absolute_url()),
        content_type=asset.content_type,
        caption=use.caption,
        credit=asset.credit,
        transcript=use.transcript,
        width=asset.width,
        height=asset.height,
        duration=asset.duration,
    )
