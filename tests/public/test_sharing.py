"""A page on other sites: its card, its frame, and how it is embedded."""

from __future__ import annotations

import io
import json
import re
from html import unescape
from urllib.parse import quote as quoted
from xml.etree import ElementTree

import pytest
from PIL import Image

from statements.editorial import editions, intake, quoting
from statements.models import Change, Permalink

from ..builders import review_and_publish

pytestmark = pytest.mark.django_db


def metas(page: str) -> dict[str, str]:
    found = re.findall(
        r'<meta (?:property|name)="((?:og|article|twitter):[^"]+)" content="([^"]*)"',
        page,
    )
    assert len(found) == len(dict(found))
    return {name: unescape(value) for name, value in found}


def image(client, page: str, settings) -> str:
    address = metas(client.get(page).text)["og:image"]
    assert address.startswith(settings.SITE_URL)
    return address.removeprefix(settings.SITE_URL)


def test_every_page_says_how_others_show_it(client, pages, public):
    address = public.get_absolute_url()
    for page in pages:
        text = client.get(page).text
        if page.endswith("/embed/"):
            assert metas(text) == {}
            continue
        told = metas(text)
        title = unescape(re.search(r"<title>(.*?)</title>", text, re.DOTALL)[1])
        assert told["og:title"] == title.strip().removesuffix(" · Newsroom")
        assert told["og:site_name"] == "Newsroom"
        description = re.search(r'<meta name="description" content="([^"]*)"', text)
        assert told["og:description"] == unescape(description[1]).strip()
        shared = page == address or page.startswith("/quotes/")
        assert ("og:image" in told) == shared
        assert told["twitter:card"] == ("summary_large_image" if shared else "summary")
    told = metas(client.get(address).text)
    assert told["og:type"] == "article"
    assert told["article:published_time"] == "2026-03-02"
    assert told["og:url"].endswith(address)
    assert metas(client.get("/people/nobody/").text) == {}


def test_a_card_is_a_picture_at_the_address_of_what_is_on_it(
    client, public, settings, django_assert_max_num_queries
):
    for page in (public.get_absolute_url(), public.quotes.get().get_absolute_url()):
        address = image(client, page, settings)
        with django_assert_max_num_queries(1):
            response = client.get(address)
        assert (response.status_code, response["Content-Type"]) == (200, "image/png")
        assert Image.open(io.BytesIO(response.content)).size == (1200, 630)
        assert len(response.content) < 60_000
        assert response["ETag"].strip('"') in address
        assert "s-maxage" in response["Cache-Control"]
        again = client.get(address, headers={"If-None-Match": response["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        former = re.sub("card-.{16}", f"card-{'0' * 16}", address)
        moved = client.get(former)
        assert (moved.status_code, moved["Location"]) == (301, address)


def test_a_card_goes_with_its_page(client, public, settings, withdraw, hidden):
    addresses = [
        image(client, page, settings)
        for page in (public.get_absolute_url(), public.quotes.get().get_absolute_url())
    ]
    secret = hidden.edition.quotes.first().get_absolute_url()
    for page in (secret, hidden.edition.article.get_absolute_url()):
        assert client.get(f"{page}card-{'0' * 16}.png").status_code == 404
    withdraw(public)
    for address in addresses:
        response = client.get(address)
        assert response.status_code == 410
        assert "hour 2" not in response.text


def correct(article, *, author, editor, publisher) -> None:
    draft = editions.begin(article, by=author, change=Change.CORRECTION)
    intake.revise(
        draft,
        by=author,
        lock_version=draft.lock_version,
        body=draft.body.replace("in hour 2", "in hour 3"),
        change_note="It was the third hour.",
    )
    draft.refresh_from_db()
    quoting.confirm(draft.quotes.all(), by=author)
    draft.refresh_from_db()
    review_and_publish(draft, editor=editor, publisher=publisher)


def test_a_quote_in_a_frame_tells_its_correction_and_its_end(
    client, public, author, editor, publisher, withdraw, django_assert_num_queries
):
    address = f"{public.quotes.get().get_absolute_url()}embed/"
    with django_assert_num_queries(1):
        page = client.get(address)
    assert page.status_code == 200
    assert "“We recall UNSCR 2417 in hour 2”" in page.text
    assert "<bdi>Spokesperson, Ministry of Foreign Affairs</bdi>" in page.text
    assert "Corrected on" not in page.text
    assert not page.cookies
    assert "<script" not in page.text
    links = re.findall(r"<a [^>]+>", page.text)
    assert len(links) == 3
    assert all('target="_blank" rel="noopener"' in link for link in links)
    assert page["Content-Security-Policy"] == (
        "default-src 'none'; style-src 'self'; font-src 'self'; base-uri 'none';"
        " form-action 'none'; frame-ancestors *"
    )
    assert "X-Frame-Options" not in page
    # A browser that has the page takes over the policy of what says so.
    same = client.get(address, headers={"If-None-Match": page["ETag"]})
    assert same.status_code == 304
    assert same["Content-Security-Policy"] == page["Content-Security-Policy"]
    assert "X-Frame-Options" not in same
    correct(public, author=author, editor=editor, publisher=publisher)
    with django_assert_num_queries(2):
        page = client.get(address)
    assert "in hour 3" in page.text
    assert "Corrected on" in page.text
    withdraw(public)
    gone = client.get(address)
    assert gone.status_code == 410
    assert "This statement has been withdrawn." in gone.text
    assert "It named the wrong harbour." in gone.text
    assert "in hour" not in gone.text
    assert "Okafor" not in gone.text
    assert gone["Content-Security-Policy"].endswith("frame-ancestors *")


def test_a_frame_of_a_hidden_quote_is_not_found_and_a_merged_one_leads_on(
    client, public, hidden
):
    secret = hidden.edition.quotes.first().get_absolute_url()
    for address in (f"{secret}embed/", "/quotes/0000000000/embed/"):
        response = client.get(address)
        assert response.status_code == 404
        assert response["Content-Security-Policy"].endswith("frame-ancestors 'none'")
    quote = public.quotes.get()
    merged = Permalink.objects.create(article=public, merged_into=quote.permalink)
    moved = client.get(f"{merged.get_absolute_url()}embed/")
    assert moved["Location"] == f"{quote.get_absolute_url()}embed/"
    # In one hop, to the picture as it is now.
    moved = client.get(f"{merged.get_absolute_url()}card-{'0' * 16}.png")
    assert client.get(moved["Location"])["Content-Type"] == "image/png"


def ask(client, settings, path: str, **more):
    query = "&".join(f"{name}={value}" for name, value in more.items())
    return client.get(f"/oembed?url={quoted(settings.SITE_URL + path)}&{query}")


def test_a_quote_tells_how_it_is_embedded(client, public, settings):
    path = public.quotes.get().get_absolute_url()
    page = client.get(path).text
    discovered = unescape(
        re.search(r'type="application/json\+oembed" href="([^"]+)"', page)[1]
    )
    response = client.get(discovered.removeprefix(settings.SITE_URL))
    told = json.loads(response.content)
    html, thumbnail = told.pop("html"), told.pop("thumbnail_url")
    assert html in unescape(page)
    assert f'src="{settings.SITE_URL}{path}embed/"' in html
    assert thumbnail == settings.SITE_URL + image(client, path, settings)
    assert told == {
        "version": "1.0",
        "type": "rich",
        "title": "Ilse Okafor: “We recall UNSCR 2417 in hour 2”",
        "author_name": "Ilse Okafor",
        "author_url": f"{settings.SITE_URL}/people/ilse-okafor/",
        "provider_name": "Newsroom",
        "provider_url": f"{settings.SITE_URL}/",
        "cache_age": 86400,
        "width": 600,
        "height": 221,
        "thumbnail_width": 1200,
        "thumbnail_height": 630,
    }
    assert response["Access-Control-Allow-Origin"] == "*"
    small = ask(client, settings, path, maxwidth=320, maxheight=150).json()
    assert (small["width"], small["height"]) == (320, 150)
    assert "thumbnail_url" not in small
    assert 'width="320" height="150"' in small["html"]
    odd = ask(client, settings, path, maxwidth="-1", maxheight="x").json()
    assert odd["width"] == 600
    written = ask(client, settings, path, format="xml").content
    xml = ElementTree.fromstring(written)  # noqa: S314  # our own
    assert xml.tag == "oembed"
    assert {each.tag for each in xml} == {*told, "html", "thumbnail_url"}
    assert xml.findtext("html") == html


def test_a_statement_is_linked(client, public, settings):
    told = ask(client, settings, public.get_absolute_url()).json()
    assert (told["type"], told["title"]) == ("link", "The ferries will sail, part 2")
    assert "html" not in told


def test_what_is_no_page_to_embed_is_answered_as_the_standard_says(
    client, public, settings, withdraw, hidden
):
    path = public.quotes.get().get_absolute_url()
    for wrong in ("/", "/people/", "/admin/", "/nothing", "/quotes/0000000000/"):
        assert ask(client, settings, wrong).status_code == 404
    for quote in hidden.edition.quotes.all():
        assert ask(client, settings, quote.get_absolute_url()).status_code == 404
    for url in ("https://evil.example" + path, path, "http://[", "\\\\x"):
        assert client.get("/oembed", {"url": url}).status_code == 404
    assert client.get("/oembed").status_code == 400
    assert ask(client, settings, path, format="yaml").status_code == 501
    moved = ask(client, settings, path.lower().replace("quotes", "quotes"))
    if path != path.lower():
        assert moved.status_code == 301
        assert client.get(moved["Location"]).status_code == 200
    withdraw(public)
    assert ask(client, settings, path).status_code == 410
