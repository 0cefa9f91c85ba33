"""What must not be told: a draft of the Strait desk, with a word of its own all over.

Beside it stands a public statement of the same desk, so that every page has something
to show.
"""

from __future__ import annotations

import re

from django.conf import settings
from django.urls import resolve

from statements.models import Article
from statements.public import sharing

from ..promises.routes import routes

#: What of the draft only its desk may read; the catalogue all staff may read.
OF_THE_DESK = (
    "Zinnober treaty",
    "zinnober-treaty",
    "in short",
    "Zinnober desk",
    "Zinnober is ready",
    "Zinnober again",
    "Zinnober speaker",
    "zinnober.mp3",
    "zinnober text",
)

#: What any page of the site reads from its address, and what pages of others do.
# fmt: off
KNOWN = [
    "q", "speaker", "organization", "resolution", "tag", "topic", "since", "until",
    "sort", "before", "after", "ref", "page", "p", "o", "order", "orderby",
    "order_by", "static", "preview", "draft", "status", "state", "private", "all",
    "edition", "version", "number", "at", "as_of", "when", "date", "id", "pk",
    "key", "token", "format", "output", "fields", "expand", "include", "debug",
    "lang", "language", "desk", "live", "listed", "public", "published",
    "scheduled", "withdrawn", "number__gte", "title__startswith", "editions__title",
    "article__slug", "cb", "callback", "kind", "office", "year", "maxwidth",
    "body", "time", "letter",
]
# fmt: on


#: Headers that go with the clock, or hold a key drawn for one answer.
DRAWN = {"Cache-Control", "Content-Security-Policy", "Expires", "Last-Modified"}


def told(body: str) -> list[str]:
    """What of the draft an answer tells to somebody of another desk."""
    return [word for word in OF_THE_DESK if word.lower() in body.lower()]


def public_routes() -> set[str]:
    """The names of all patterns that are neither the desk's nor a guest's."""
    return {
        route.name
        for route in routes()
        if not route.template.startswith(
            ("/admin/", "/staff/", "/preview/", "/calendar/", "/unsubscribe/")
        )
    }


def public_pages(live, okafor, office, resolution, asset) -> list[str]:
    """An address for each of them, of something public."""
    dated = live.article.dated
    quote = live.quotes.get()
    article = Article.objects.published().get(pk=live.article_id)
    pages = [
        "/",
        "/statements/",
        f"/statements/{dated:%Y}/",
        f"/statements/{dated:%Y/%m}/",
        f"/statements/{dated:%Y/%m/%d}/",
        live.article.get_absolute_url(),
        live.quotes.get().get_absolute_url(),
        f"{quote.get_absolute_url()}embed/",
        sharing.of_quote(quote).image,
        sharing.of_article(article).image,
        f"/oembed?url={settings.SITE_URL}{quote.get_absolute_url()}",
        "/people/",
        okafor.get_absolute_url(),
        "/organizations/",
        office.post.organization.get_absolute_url(),
        office.post.get_absolute_url(),
        "/resolutions/",
        resolution.get_absolute_url(),
        f"{resolution.get_absolute_url()}quotes.csv",
        "/resolutions/S/RES/2417(2018)",
        "/topics/",
        "/topics/ferries/",
        "/search/",
        "/search/?q=sail",
        asset.get_absolute_url(),
        f"{live.article.get_absolute_url()}history/",
        "/corrections/",
        "/feeds/statements.atom",
        "/feeds/quotes.rss",
        "/feeds/corrections.rss",
        f"/feeds/people/{okafor.slug}.atom",
        "/feeds/topics/ferries.atom",
        f"/feeds{resolution.get_absolute_url().rstrip('/')}.atom",
        f"{live.quotes.get().get_absolute_url().rstrip('/')}.ris",
        "/sitemap.xml",
        "/sitemaps/lists.xml",
        f"/sitemaps/{dated:%Y-%m}.xml",
        "/sitemap-news.xml",
        "/robots.txt",
        "/following/?topic=ferries",
        "/about/",
        "/accessibility/",
        "/site/mark",
        "/site/accent.css",
        "/.well-known/security.txt",
        "/healthz",
    ]
    named = {resolve(page.partition("?")[0]).view_name for page in pages}
    missing = public_routes() - named
    assert not missing, f"Give an address of {sorted(missing)}."
    return pages


def body(response) -> str:
    """What an answer says, without the drawn keys of forms and policies."""
    whole = b"".join(response) if response.streaming else response.content
    return re.sub(
        r'name="csrfmiddlewaretoken" value="[^"]*"|nonce="[^"]*"|'
        r'name="token" value="[^"]*"',
        "",
        whole.decode(errors="replace"),
    )


def same(response) -> tuple[int, str, dict[str, str]]:
    """An answer that can be compared: not its lifetime, which goes with the clock."""
    headers = {
        name: value for name, value in response.headers.items() if name not in DRAWN
    }
    return response.status_code, body(response), headers
