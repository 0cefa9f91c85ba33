"""The readers' doors: pages, search, files; and the staff's search beside it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.conf import settings

from statements.models import MediaAsset
from statements.search.query import CONTROLS

from .surface import MEDIA, NOBODY, PAGES, SEARCH, STAFF, Surface
from .words import canary, invented
from .world import Known, Secret

_OF_ARTICLE = {"article", "history", "article_card", "oembed"}
#: A picture of what nobody knows.
_CARD = "card-0000000000000000.png"


def _page(route: str, url: str, name: str = "", **more: Any) -> Surface:
    twin = invented(url)
    return Surface(PAGES, name or url, route, url, twin if twin != url else "", **more)


def _as_file(quote: Any, form: str) -> str:
    return f"{quote.get_absolute_url().rstrip('/')}.{form}"


def _feed(row: Any) -> str:
    return f"/feeds{row.get_absolute_url().rstrip('/')}.atom"


def _whole(row: Any) -> str:
    return settings.SITE_URL + row.get_absolute_url()


def lists(known: Known) -> Iterator[Surface]:
    """Public pages that hold nothing of the secret in their address."""
    day = known.article.dated
    for route, url, name in [
        ("home", "/", ""),
        ("archive", "/statements/", ""),
        ("archive_year", f"/statements/{day:%Y}/", ""),
        ("archive_month", f"/statements/{day:%Y/%m}/", ""),
        ("archive_day", f"/statements/{day:%Y/%m/%d}/", ""),
        ("archive", "/statements/?before=2026-12-31.99999999", ""),
        ("archive", "/statements/?after=2000-01-01.1", ""),
        ("article", known.article.get_absolute_url(), "the public statement"),
        ("quote", known.quote.get_absolute_url(), "the public quote"),
        ("quote_citation", _as_file(known.quote, "bib"), "the public quote as a file"),
        ("embed", f"{known.quote.get_absolute_url()}embed/", "the public frame"),
        ("oembed", f"/oembed?url={_whole(known.quote)}", "the public quote, embedded"),
        ("people", "/people/", ""),
        ("people", "/people/?before=a.1", ""),
        ("people", f"/people/?organization={known.ministry.slug}&time=former", ""),
        ("people", "/people/?letter=Z", ""),
        ("spokesperson", known.person.get_absolute_url(), ""),
        ("spokesperson", f"{known.person.get_absolute_url()}?year={day:%Y}", ""),
        ("spokesperson", f"{known.person.get_absolute_url()}?topic=ferries", ""),
        ("organizations", "/organizations/", ""),
        ("organization", known.ministry.get_absolute_url(), ""),
        ("post", known.post.get_absolute_url(), ""),
        ("resolutions", "/resolutions/", ""),
        ("resolutions", "/resolutions/?topic=ferries&state=standing", ""),
        ("resolutions", "/resolutions/?body=un-sc&year=2015", ""),
        ("resolution", known.resolution.get_absolute_url(), ""),
        ("resolution", f"{known.resolution.get_absolute_url()}?year={day:%Y}", ""),
        ("resolution_quotes", f"{known.resolution.get_absolute_url()}quotes.csv", ""),
        ("topics", "/topics/", ""),
        ("topic", "/topics/ferries/", ""),
        ("topic", "/topics/ferries/?before=2026-12-31.99999999", ""),
        ("following", "/following/", ""),
        ("following", "/following/?topic=ferries&topic=tides", ""),
        ("archive", "/statements/?kind=statement", ""),
        ("history", f"{known.article.get_absolute_url()}history/", ""),
        ("corrections", "/corrections/", ""),
        ("feed_corrections", "/feeds/corrections.atom", ""),
        ("feed", "/feeds/statements.atom", ""),
        ("feed", "/feeds/statements.rss", ""),
        ("feed_quotes", "/feeds/quotes.atom", ""),
        ("feed_spokesperson", _feed(known.person), ""),
        ("feed_topic", "/feeds/topics/ferries.atom", ""),
        ("feed_resolution", _feed(known.resolution), ""),
        ("sitemap", "/sitemap.xml", ""),
        ("sitemap_lists", "/sitemaps/lists.xml", ""),
        ("sitemap_month", f"/sitemaps/{day:%Y-%m}.xml", ""),
        ("sitemap_news", "/sitemap-news.xml", ""),
    ]:
        yield _page(route, url, name)
    for method in ("HEAD",):
        for route, url in (("home", "/"), ("archive", "/statements/")):
            yield _page(route, url, f"{method} {url}", method=method)


def addresses(secret: Secret) -> Iterator[Surface]:
    """The secret's own public pages, also as somebody who guesses would write them."""
    quotes = [
        ("quote", quote.get_absolute_url(), f"/quotes/{n}/", "/quotes/0000000000/")
        for n, quote in enumerate(secret.quotes)
    ]
    quotes.append(
        (
            "quote",
            secret.quotes[0].get_absolute_url().lower(),
            "/quotes/0/ in small letters",
            "/quotes/0000000000/",
        )
    )
    quotes.append(
        (
            "quote_citation",
            _as_file(secret.quotes[0], "json"),
            "/quotes/0.json",
            "/quotes/0000000000.json",
        )
    )
    for route, url, name, twin in quotes:
        yield Surface(PAGES, name, route, url, twin, by_key=True)
    nobody = "/quotes/0000000000/"
    for n, quote in enumerate(secret.quotes):
        own = quote.get_absolute_url()
        for route, tail in (("embed", "embed/"), ("quote_card", _CARD)):
            name = f"/quotes/{n}/{route}"
            yield Surface(PAGES, name, route, own + tail, nobody + tail, by_key=True)
        yield Surface(
            PAGES,
            f"/oembed of /quotes/{n}/",
            "oembed",
            f"/oembed?url={_whole(quote)}",
            f"/oembed?url={settings.SITE_URL}{nobody}",
            by_key=True,
        )
    rows: list[tuple[str, str, str]] = [
        ("article_card", f"{secret.article.get_absolute_url()}{_CARD}", "a card"),
        ("oembed", f"/oembed?url={_whole(secret.article)}", "/oembed of a statement"),
        ("article", secret.article.get_absolute_url(), "/statements/…/"),
        ("history", f"{secret.article.get_absolute_url()}history/", "/history/"),
        ("spokesperson", secret.person.get_absolute_url(), "/people/…/"),
        ("organization", secret.organization.get_absolute_url(), "/organizations/…/"),
        ("organization", secret.voice.get_absolute_url(), "/organizations/voice/"),
        ("post", secret.post.get_absolute_url(), "/posts/…/"),
        ("resolution", secret.resolution.get_absolute_url(), "/resolutions/…/"),
        ("resolutions", "/resolutions/?ref=UNSCR+2222", "/resolutions/?ref="),
        ("resolutions", "/resolutions/?ref=S/RES/2222+(2015)", "/resolutions/?ref=S"),
        (
            "resolutions",
            f"/resolutions/?ref={canary('resolution.alias')}+Resolution",
            "/resolutions/?ref=alias",
        ),
        ("resolution_reference", "/resolutions/S/RES/2222(2015)", "/resolutions/S…"),
        (
            "resolution_quotes",
            f"{secret.resolution.get_absolute_url()}quotes.csv",
            "/resolutions/…/quotes.csv",
        ),
        ("feed_spokesperson", _feed(secret.person), "/feeds/people/…"),
        ("feed_resolution", _feed(secret.resolution), "/feeds/resolutions/…"),
    ]
    if secret.issuer is not None:
        rows.append(("organization", secret.issuer.get_absolute_url(), "/issuer/"))
        former = f"/statements/2026/03/02/{canary('former.path')}/"
        rows.append(("article", former, "a former address"))
    if secret.tag is not None:
        rows.append(("topic", secret.tag.get_absolute_url(), "/topics/…/"))
        followed = f"/following/?topic=ferries&topic={secret.tag.slug}"
        rows.append(("following", followed, "/following/?topic="))
        rows.append(("feed_topic", _feed(secret.tag), "/feeds/topics/…"))
    for route, url, name in rows:
        if (
            route in {"article", "history", "article_card", "oembed"}
            and "zqb" not in url
        ):
            continue
        yield _page(route, url, name, by_key=True)
        if "?" not in url:
            yield _page(route, url, f"HEAD {name}", method="HEAD", by_key=True)
    for noun, row in (
        # An article that readers have is no secret.
        ("article", secret.article if secret.kind else None),
        # Its list goes by the statements' keys.
        ("topic", secret.article if secret.tag is not None else None),
        ("people", secret.person),
        ("organizations", secret.organization),
    ):
        if row is not None:
            place = "2026-03-02" if noun in {"article", "topic"} else "z"
            at = {"article": "/statements/", "topic": "/topics/ferries/"}.get(
                noun, f"/{noun}/"
            )
            yield Surface(
                PAGES,
                f"{at}?before= {noun}",
                {"article": "archive"}.get(noun, noun),
                f"{at}?before={place}.{row.pk}",
                f"{at}?before={place}.{NOBODY}",
                of_article=noun in {"article", "topic"},
            )


def folders(known: Known, secret: Secret) -> Iterator[Surface]:
    """A folder of another desk, which holds the secret's quotes once they are public.

    Where they are so no longer, it tells that, and its owners' notes: so it differs
    from before, and is read for words alone.
    """
    whole = known.folder.get_absolute_url()
    yield Surface(STAFF, "folder", "staff_folder", whole, by_key=True)
    for form in ("docx", "csv", "bib"):
        url = f"{whole}briefing.{form}"
        yield Surface(STAFF, f"folder.{form}", "staff_briefing", url, by_key=True)
    place = "/staff/folders/"
    yield Surface(STAFF, place, "staff_folders", place, by_key=True)
    for quote in secret.quotes:
        yield Surface(
            STAFF,
            f"{place}?put= {secret.quotes.index(quote)}",
            "staff_folders",
            f"{place}?put={quote.permalink_id}",
            f"{place}?put=0000000000",
        )


def searches(secret: Secret) -> Iterator[Surface]:
    """The readers' search and the staff's: every word, every order, every filter."""
    asked: list[tuple[str, dict[str, str]]] = [
        (f"q={name}", {"q": word})
        for name, word in secret.values.items()
        if name not in {"asset.key", "asset.sha256", "portrait.key", "portrait.sha256"}
    ]
    asked += [
        (f"sort q={name}", {"q": canary(name), "sort": "relevance"})
        for name in ("quote.text", "quote.second_text")
    ]
    names = {
        "speaker": ("person.name", "person.slug", "person.other_name", "voice.name"),
        "organization": (
            "organization.name",
            "organization.slug",
            "organization.other_name",
            "voice.slug",
        ),
        "tag": ("tag.name", "tag.slug"),
        "resolution": ("resolution.slug", "resolution.alias"),
    }
    for control, fields in names.items():
        for name in fields:
            if name in secret.values:
                word = canary(name)
                asked.append((f"{control}={name}", {control: word}))
                asked.append((f"q={control}:{name}", {"q": f"{control}:{word}"}))
    asked += [
        ("speaker=whole name", {"speaker": f"Zelda {canary('person.name')}"}),
        ("resolution=2222", {"resolution": "UNSCR 2222"}),
        ("q=resolution:2222", {"q": 'resolution:"UNSCR 2222"'}),
    ]
    plain = [
        ("q=ready", {"q": "ready"}),
        ("q=holds", {"q": "holds"}),
        ("since", {"q": "ready", "since": "2026"}),
        ("until", {"q": "holds", "until": "2026"}),
        ("relevance", {"q": "ready", "sort": "relevance"}),
        ("cursor", {"q": "ready", "before": "2026-12-31.99999999"}),
        ("empty", {}),
    ]
    offered = [
        (f"{field} {name}", {"in": field, "q": canary(name)})
        for field, control in CONTROLS.items()
        for name in names.get(control, ())
        if name in secret.values
    ]
    controls = [(name, params) for name, params in asked if "q" not in params]
    for group, route, path, questions in (
        (SEARCH, "search", "/search/", asked + plain),
        (STAFF, "staff_quotes", "/staff/quotes/", asked + plain),
        (STAFF, "staff_facets", "/staff/quotes/counts/", controls + plain),
        (STAFF, "staff_names", "/staff/quotes/names/", offered),
        *(
            (STAFF, "staff_export", f"/staff/quotes/export.{form}", asked + plain)
            for form in ("csv", "bib")
        ),
    ):
        for name, params in questions:
            url = f"{path}?{urlencode(params)}" if params else path
            twin = invented(url).replace(
                secret.quotes[0].permalink_id.lower(), "0000000000"
            )
            yield Surface(
                group, f"{path}?{name}", route, url, twin if twin != url else ""
            )
    yield from _quotations(secret)


def _quotations(secret: Secret) -> Iterator[Surface]:
    """The staff's check of quotations, of every word, alone and with drafts."""
    path = "/staff/quote-check/"
    for name, word in secret.values.items():
        if invented(word) == word:
            continue  # a key or a digest, which nobody says
        for draft in ({}, {"unpublished": "on"}):
            params = {"quotation": f"{word} ready to hold", **draft}
            url = f"{path}?{urlencode(params)}"
            shown = f"{path}?{name} {len(draft)}"
            yield Surface(STAFF, shown, "staff_quote_check", url, invented(url))


def media(secret: Secret) -> Iterator[Surface]:
    """The file and the portrait, which go with the statement and with the person."""
    yield from _file(secret.asset, "", "mp3")
    yield from _file(secret.portrait.asset, "portrait, ", "png", catalogue=True)


def _file(
    asset: MediaAsset, what: str, ending: str, *, catalogue: bool = False
) -> Iterator[Surface]:
    """A file: whole, in part, its head, and by what a guesser knows of it."""
    url = asset.get_absolute_url()
    twin = invented(url.replace(asset.key, "0" * 32))
    etag = f'"{asset.sha256}"'
    other = f'"{"0" * 64}"'
    for name, method, headers, other_headers in [
        ("GET", "GET", {}, {}),
        ("HEAD", "HEAD", {}, {}),
        ("Range", "GET", {"Range": "bytes=0-40"}, {}),
        ("Range of the end", "GET", {"Range": "bytes=-40"}, {}),
        ("Range beyond", "GET", {"Range": "bytes=9999999-"}, {}),
        ("If-None-Match", "GET", {"If-None-Match": etag}, {"If-None-Match": other}),
        ("If-None-Match *", "GET", {"If-None-Match": "*"}, {}),
        ("HEAD If-None-Match", "HEAD", {"If-None-Match": etag}, {}),
        (
            "If-Range",
            "GET",
            {"Range": "bytes=0-40", "If-Range": etag},
            {"Range": "bytes=0-40", "If-Range": other},
        ),
        (
            "If-Modified-Since",
            "GET",
            {"If-Modified-Since": "Mon, 01 Jan 2035 00:00:00 GMT"},
            {},
        ),
        ("gzip", "GET", {"Accept-Encoding": "gzip, deflate"}, {}),
    ]:
        yield Surface(
            MEDIA,
            f"/media/ {what}{name}",
            "media",
            url,
            twin,
            method,
            headers,
            other_headers or headers,
            by_key=True,
            catalogue=catalogue,
        )
    for name, wrong in (
        ("another name", url.rpartition("/")[0] + f"/other.{ending}"),
        ("key alone", url.rpartition("/")[0] + "/x"),
    ):
        yield Surface(
            MEDIA,
            f"/media/ {what}{name}",
            "media",
            wrong,
            wrong.replace(asset.key, "0" * 32),
            by_key=True,
            catalogue=catalogue,
        )
