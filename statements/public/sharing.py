"""What a page looks like on other sites: its card, and how it is embedded."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils import formats, translation
from django.utils.translation import gettext as _

from statements.exchange import cards, oembed
from statements.models import Article, Quote
from statements.models.languages import spoken

#: Seconds for which others may keep how a page is embedded; its frame is asked anew.
_KEPT = 24 * 60 * 60


@dataclass(frozen=True)
class Shared:
    """A page as others show it. Addresses are paths; ``words`` are a quote's."""

    url: str
    title: str
    card: cards.Card
    published: str = ""
    modified: str = ""
    author: str = ""
    author_url: str = ""
    words: str = ""

    #: Width and height of the picture.
    size = cards.SIZE

    @property
    def image(self) -> str:
        """The picture, at an address that changes with what is on it."""
        return f"{self.url}card-{self.card.digest}.png"

    @property
    def json(self) -> str:
        return self._discovered("json")

    @property
    def xml(self) -> str:
        return self._discovered("xml")

    @property
    def snippet(self) -> str:
        """What somebody copies to show the quote on a page of theirs."""
        width = oembed.WIDTH
        return oembed.frame(
            f"{settings.SITE_URL}{self.url}embed/",
            self.title,
            width,
            oembed.height(self.words, width),
        )

    def link(self) -> dict[str, oembed.Value]:
        """A page that is only linked."""
        return self._told("link")

    def rich(self, width: int, most: int) -> dict[str, oembed.Value]:
        """A page that is shown in a frame, not wider and not taller than asked."""
        tall = min(most, oembed.height(self.words, width))
        return {
            **self._told("rich"),
            "html": oembed.frame(
                f"{settings.SITE_URL}{self.url}embed/", self.title, width, tall
            ),
            "width": width,
            "height": tall,
        }

    def _told(self, kind: str) -> dict[str, oembed.Value]:
        told: dict[str, oembed.Value] = {
            "version": "1.0",
            "type": kind,
            "title": self.title,
            "provider_name": settings.SITE_NAME,
            "provider_url": f"{settings.SITE_URL}/",
            "cache_age": _KEPT,
        }
        if self.author:
            told |= {
                "author_name": self.author,
                "author_url": settings.SITE_URL + self.author_url,
            }
        return told

    def _discovered(self, form: str) -> str:
        asked = {"url": settings.SITE_URL + self.url, "format": form}
        return f"{reverse('oembed')}?{urlencode(asked)}"


def of_quote(quote: Quote) -> Shared:
    """A quote with its speaker, organization, appointment and edition."""
    speaker = quote.speaker or quote.organization
    # Whoever asks, page, frame or picture: it is one card, with one address.
    with translation.override(spoken(quote.article.language)):
        kicker, foot = _("Quote"), _foot(quote.said_on)
    return Shared(
        url=quote.get_absolute_url(),
        title=f"{speaker.name}: “{_short(quote.words)}”",
        card=cards.Card(
            kicker=kicker,
            words=quote.words,
            quoted=True,
            name=speaker.name,
            office=quote.office,
            foot=foot,
        ),
        published=quote.said_on.isoformat(),
        modified=quote.edition.published_at.isoformat(),
        author=speaker.name,
        author_url=speaker.get_absolute_url(),
        words=quote.words,
    )


def of_article(article: Article) -> Shared:
    """A published statement."""
    edition, issuer = article.live_edition, article.issuer
    with translation.override(spoken(article.language)):
        foot = _foot(article.dated)
    return Shared(
        url=article.get_absolute_url(),
        title=edition.title,
        card=cards.Card(
            kicker=article.kind.name,
            words=edition.title,
            name=issuer.name if issuer else "",
            foot=foot,
        ),
        published=article.dated.isoformat(),
        modified=edition.published_at.isoformat(),
        author=issuer.name if issuer else "",
        author_url=issuer.get_absolute_url() if issuer else "",
    )


def _foot(day: dt.date) -> str:
    return f"{settings.SITE_NAME} · {formats.date_format(day)}"


def _short(words: str) -> str:
    if len(words) <= 100:
        return words
    return f"{words[:100].rpartition(' ')[0] or words[:100]}…"
