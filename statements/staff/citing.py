"""A quote as others cite it, from the rows that a staff page has read."""

from __future__ import annotations

from django.conf import settings

from statements.exchange import citations
from statements.models import Article, Quote, Resolution


def citable(quote: Quote) -> citations.Citable:
    """A public quote with its speaker, office, edition and article.issuer."""
    person, issuer = quote.speaker, quote.article.issuer
    family, given = citations.parts_of(person.sort_name) if person else ("", "")
    return citations.Citable(
        key=quote.permalink_id,
        words=quote.words,
        speaker=speaker(quote),
        family=family,
        given=given,
        office=quote.office,
        title=quote.edition.title,
        publisher=issuer.name if issuer else "",
        site=settings.SITE_NAME,
        language=quote.language,
        said_on=quote.said_on,
        dated=quote.article.dated,
        url=address(quote),
    )


def speaker(quote: Quote) -> str:
    """Whose words they are: a person's, else an organisation's."""
    who = quote.speaker or quote.organization
    return who.name if who else ""


def address(quote: Quote) -> str:
    """Where it stands for ever, as it is printed."""
    return settings.SITE_URL + quote.get_absolute_url()


def statement(quote: Quote) -> str:
    """Where the statement stands that holds it, as it is printed."""
    return whole(quote.article)


def whole(row: Article | Resolution) -> str:
    """The whole address of a row, as it is printed."""
    return settings.SITE_URL + row.get_absolute_url()


def attributed(quote: Quote) -> str:
    """What is copied: words, speaker, office on that day, the day and the address."""
    return citations.text(citable(quote))
