"""``make validate``: the readers' site, judged by the standards, as it is served.

It runs only when it is named, needs Java and a browser, and fills a database of its own
with the demo; ``CORPUS=file`` adds 300 statements of a file of them. Results are noted
in docs/validation.md.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import difflib
import gzip
import os
import re
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import xmlschema
from django.conf import settings
from django.db import connection, transaction
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from statements.models import Article, Quote

from ..browser.test_every_page import RULES
from ..browser.test_readers_pages import WAYS, faults
from . import feeds, nu, server, shacl, shapes, sitemaps, world

pytestmark = pytest.mark.django_db

#: Bytes of a page and its style sheets as they are sent, and how much may shift.
LARGEST, SHIFT = 50_000, 0.02
#: Seconds by which fonts come late where shifts are measured.
LATE = 0.2
#: A frame stands under the headings of the page around it.
FRAMED = {
    **RULES,
    "rules": {**RULES["rules"], "page-has-heading-one": {"enabled": False}},
}
PHONE, WIDE = {"width": 360, "height": 740}, {"width": 1280, "height": 800}

#: Where shapes that others wrote may be.
OTHERS = (
    Path(os.environ.get("NEWSROOM_SHARED", Path(__file__).parents[3] / "shared"))
    / "data/standards/schemaorg"
)
SNAPSHOTS = Path(__file__).parent / "snapshots"
#: Pages whose tree of names and roles was read by a person, by name of the file.
READ = {
    "home": "/",
    "statement-corrected": "/statements/2025/06/05/agreement-on-the-summer-catch/",
    "statement-with-recording": (
        "/statements/2025/01/21/briefing-ice-ferries-and-the-mail/"
    ),
    "statement-in-arabic": "/statements/2026/03/22/on-world-water-day-ar/",
    "statement-withdrawn": "/statements/2025/05/02/safety-of-correspondents/",
    "history": "/statements/2025/06/05/agreement-on-the-summer-catch/history/",
    "quote": "",  # the first of the corrected statement
    "spokesperson": "/people/ilse-okafor/",
    "organization": "/organizations/ministry-of-foreign-affairs/",
    "resolution": "/resolutions/un-sc/2286/",
    "topic": "/topics/press-freedom/",
    "search": "/search/?q=strait",
}


@pytest.fixture
def told(capsys) -> Callable[[str], None]:
    def tell(line: str) -> None:
        with capsys.disabled():
            print(line, flush=True)

    return tell


@pytest.fixture
def judge(told) -> Callable[[str, list], None]:
    """Say how many faults there are, name each on a line, and fail if there are any."""

    def tell(what: str, found: list[tuple[str, ...]]) -> None:
        told(f"\n{what}: {len(found)} faults")
        for fault in found:
            told(f"  {' | '.join(fault)}")
        assert found == []

    return tell


def test_every_template_of_readers_is_among_the_pages(site, told):
    met = {page.template for page in site.pages}
    assert world.needed() - met == set(), "Show it in tests/validate/world.py."
    assert {page.status for page in site.pages} == {200, 404, 410}
    told(
        f"\n{len(site.pages)} pages of {len(world.needed())} templates, "
        f"{len(site.corpus)} statements of a corpus"
    )


def test_the_html_checker_has_nothing_to_say(site, tmp_path, judge):
    pages = {page.path: page.html for page in site.pages}
    for path in world.TEMPLATES.glob("500*.html"):
        pages[path.name] = path.read_text()
    pages |= {path: Client().get(path).text for path in site.corpus}
    with override_settings(SITE_LANGUAGE="ar"):
        arabic = {
            f"{one.path} in Arabic": Client().get(one.path).text
            for one in site.two_of_each
        }
    assert 'dir="rtl"' in arabic["/ in Arabic"]
    pages |= arabic
    judge(f"Nu HTML checker, {len(pages)} pages", nu.faults(pages, tmp_path))


def test_the_html_checker_finds_faults(tmp_path):
    good = "<!doctype html><html lang=en><title>A</title><p>B</p>"
    pages = {"/good/": good, "/bad/": good.replace("<p>", "<p><li>")}
    assert {name for name, _ in nu.faults(pages, tmp_path)} == {"/bad/"}


def test_axe_has_nothing_to_say(site, page, judge):
    ways = [
        dataclasses.replace(way, judged=way.judged or "twice the size" in way.name)
        for way in WAYS
    ]
    judged = ", ".join(way.name for way in ways if way.judged)
    found = []
    for one in site.two_of_each:
        page.goto(site.address + one.path)
        found += _seen(page, one.path, ways)
    judge(f"axe, {len(site.two_of_each)} pages, {judged}", found)


def _seen(page, path: str, ways: list) -> list[tuple[str, ...]]:
    rules = dict.fromkeys((way.name for way in ways), FRAMED)
    return faults(page, path, None, rules if "/embed/" in path else None, ways)


def test_axe_has_nothing_to_say_to_a_site_in_arabic(site, page, judge):
    found = []
    ways = [way for way in WAYS if way.name in {"light", "320"}]
    port = server.free_port()
    with server.serve(port, site.media, SITE_LANGUAGE="ar") as address:
        for one in site.two_of_each:
            page.goto(address + one.path)
            found += _seen(page, one.path, ways)
    judge(f"axe, {len(site.two_of_each)} pages in Arabic, light and 320", found)


def test_the_trees_of_twelve_pages_are_as_they_were_read(site, page, request, told):
    page.set_viewport_size(WIDE)
    renew = request.config.getoption("--renew", default=False)
    changed = []
    for name, path in READ.items():
        page.goto(site.address + (path or _quote()))
        # Head and foot are the same everywhere: they are read once.
        part = page.locator("html" if name == "home" else "main")
        tree = _lasting(part.aria_snapshot(), site.address)
        file = SNAPSHOTS / f"{name}.yaml"
        kept = file.read_text() if file.exists() else ""
        if tree != kept:
            lines = difflib.unified_diff(
                kept.splitlines(), tree.splitlines(), "as read", "now", lineterm=""
            )
            changed.append("\n".join([f"{name} ({path})", *lines]))
            if renew:
                file.write_text(tree)
    told(f"\nTrees: {len(READ)} pages, {len(changed)} changed")
    if renew:
        told("\n\n".join(changed))
    else:
        assert changed == [], (
            "What a screen reader is told has changed. Read each difference: is every "
            "control named, every heading in its place, nothing said twice? If it is "
            "as it should be, write the trees anew with make validate ARGS=--renew "
            "and commit them.\n\n" + "\n\n".join(changed)
        )


def test_feeds_keep_the_rules(site, judge):
    found, entries = [], 0
    for path in world.feeds():
        response = Client().get(path)
        assert response.status_code == 200, path
        entries += response.content.count(b"<entry>") + response.content.count(b"<item")
        found += [
            (path, fault)
            for fault in feeds.faults(
                response.content,
                url=settings.SITE_URL + path,
                content_type=response["Content-Type"],
            )
        ]
    assert entries > 100
    judge(f"Feeds, {len(world.feeds())} with {entries} entries", found)


def test_sitemaps_keep_their_schemas(site, judge):
    schema = xmlschema.XMLSchema(sitemaps.SCHEMAS / "sitemap.xsd")
    parts = ["/sitemap.xml", "/sitemap-news.xml", *world.places("/sitemap.xml")]
    found, news = [], Client().get("/sitemap-news.xml").content
    for path in parts:
        content = Client().get(path).content
        found += [
            (path, fault)
            for fault in sitemaps.faults(content, site=site.address, schema=schema)
        ]
    assert news.count(b"<news:news>") == 1
    judge(f"Sitemaps, {len(parts)}", found)


def test_linked_data_has_the_shapes_of_its_words(site, judge):
    found, nodes = [], 0
    for path, html in _texts(site):
        for block in shapes.blocks(html):
            nodes += len(block["@graph"])
            found += [(path, fault) for fault in shapes.faults(block)]
    assert nodes > 100
    judge(f"Linked data, {nodes} things", found)


@pytest.mark.skipif(
    not (OTHERS / shacl.SHAPES).exists(),
    reason="Shapes of schema.org are not here (NEWSROOM_SHARED).",
)
def test_linked_data_has_the_shapes_that_others_wrote(site, judge):
    blocks = [block for _, html in _texts(site) for block in shapes.blocks(html)]
    wrong = {"@graph": [{"@type": "ListItem", "item": "the first page"}]}
    assert len(shacl.faults([wrong], OTHERS)) == 1
    found = [(fault,) for fault in shacl.faults(blocks, OTHERS)]
    judge(f"Linked data as triples, {len(blocks)} blocks", found)


def _texts(site) -> list[tuple[str, str]]:
    own = [(page.path, page.html) for page in site.pages if page.status == 200]
    return own + [(path, Client().get(path).text) for path in site.corpus]


def test_pages_are_small_ask_nobody_else_and_stand_still(site, browser, told, judge):
    found, rows = [], {}
    for one in site.two_of_each:
        html, css = _sent(one.html)
        asked, shifts = [], []
        for size in (PHONE, WIDE):
            requests, shift, moved = _open(browser, site.address + one.path, size)
            asked.append(requests)
            shifts.append(shift)
            if shift > SHIFT:
                found.append((one.path, f"shifts by {shift:.3f}", *moved))
        with transaction.atomic(), CaptureQueriesContext(connection) as queries:
            # Inside a transaction no page is kept: it is drawn, with all that it asks.
            Client().get(one.path)
        row = (html, css, max(map(len, asked)), len(queries), *shifts)
        rows[one.template] = tuple(
            map(max, row, rows.get(one.template, (0, 0, 0, 0, 0.0, 0.0)))
        )
        if html + css > LARGEST:
            found.append((one.path, f"{html + css:,} bytes"))
        for address, kind in {each for requests in asked for each in requests}:
            if not address.startswith(f"{site.address}/"):
                found.append((one.path, f"asks {urlsplit(address).netloc}"))
            if kind == "script":
                found.append((one.path, f"runs {address}"))
        scripts = re.findall(r"<script(?![^>]*application/ld\+json)[^>]*>", one.html)
        found += [(one.path, script) for script in scripts]
    told("\n" + _table(rows))
    judge(f"Size, requests, scripts and shifts, {len(site.two_of_each)} pages", found)


def test_a_page_that_shifts_and_asks_others_is_found_out(site, browser):
    context = browser.new_context(viewport=PHONE)
    page = context.new_page()
    page.route(
        "**/late.css",
        lambda route: route.fulfill(body="p { margin-top: 300px }"),
    )
    page.route(
        f"{site.address}/",
        lambda route: route.fulfill(
            body="<p>Ferries</p><p>Sail</p><script>setTimeout(() => { document.head."
            "insertAdjacentHTML('beforeend', '<link rel=stylesheet href=/late.css>') },"
            " 300)</script>",
            content_type="text/html",
        ),
    )
    requests, shift, moved = _measure(page, f"{site.address}/")
    context.close()
    assert f"{site.address}/late.css" in {address for address, _ in requests}
    assert shift > SHIFT
    assert "<p>Ferries</p>" in moved[0]


def _sent(html: str) -> tuple[int, int]:
    """Bytes of a page and of its style sheets, compressed as servers do by default."""
    css = 0
    for path in re.findall(r'<link rel="stylesheet" href="/static/([^"]+)"', html):
        css += len(gzip.compress((settings.STATIC_ROOT / path).read_bytes(), 6))
    assert css, "No style sheet was found in the page."
    return len(gzip.compress(html.encode(), 6)), css


def _open(
    browser, address: str, size
) -> tuple[list[tuple[str, str]], float, list[str]]:
    """What a page asks for, by how much it shifts where fonts come late, and what."""
    context = browser.new_context(viewport=size)
    page = context.new_page()

    def late(route):
        time.sleep(LATE)
        route.continue_()

    page.route("**/*.woff2", late)
    measured = _measure(page, address)
    context.close()
    return measured


def _measure(page, address: str) -> tuple[list[tuple[str, str]], float, list[str]]:
    requests: list[tuple[str, str]] = []
    page.on("request", lambda one: requests.append((one.url, one.resource_type)))
    page.goto(address)
    page.wait_for_load_state("networkidle")
    page.evaluate("document.fonts.ready")
    shifts = page.evaluate(
        """() => new Promise(done => {
            new PerformanceObserver(list => done(list.getEntries().map(one => [
                one.value,
                one.sources.map(each => each.node?.outerHTML ?? "").join(" ")
            ]))).observe({type: "layout-shift", buffered: true});
            setTimeout(() => done([]), 300);
        })"""
    )
    return requests, sum(by for by, _ in shifts), [what[:300] for _, what in shifts]


def _table(rows: dict[str, tuple]) -> str:
    lines = [
        "| template | HTML | HTML + CSS | requests | queries | CLS 360 px | 1280 px |",
        "|---|---|---|---|---|---|---|",
    ]
    for template, (html, css, asked, queries, phone, wide) in sorted(rows.items()):
        name = template.removeprefix("statements/").removesuffix(".html")
        lines.append(
            f"| {name} | {html / 1000:.1f} kB | {(html + css) / 1000:.1f} kB | {asked} "
            f"| {queries} | {phone:.3f} | {wide:.3f} |"
        )
    return "\n".join(lines)


def _quote() -> str:
    corrected = Article.objects.get(slug="agreement-on-the-summer-catch")
    return Quote.objects.public().filter(article=corrected).first().get_absolute_url()


def _lasting(tree: str, address: str) -> str:
    """A tree without what every filling of the database makes anew."""
    tree = tree.replace(address, "SITE").rstrip() + "\n"
    tree = re.sub(r"/quotes/[0-9A-Z]{10}", "/quotes/KEY", tree)
    tree = re.sub(r"#q-[0-9A-Z]{10}", "#q-KEY", tree)
    tree = re.sub(r"/media/[^/]+/", "/media/KEY/", tree)
    tree = re.sub(r"#(transcript|media)-\w+", r"#\1-KEY", tree)
    tree = re.sub(r"\b\d\d:\d\d\b", "HOUR", tree)
    today = dt.datetime.now(dt.UTC).date()
    for style in ("%d %B %Y", "%d %b %Y", "%Y/%m/%d", "%Y-%m-%d"):
        word = f"{today:{style}}"
        tree = tree.replace(word.lstrip("0"), "TODAY").replace(word, "TODAY")
    return tree
