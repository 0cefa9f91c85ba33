"""Promise: what somebody writes into a field is text on every page that shows it."""

from __future__ import annotations

import re

import pytest
from django.conf import settings
from django.urls import reverse

from statements.admin.articles import PAGES
from statements.models import (
    Edition,
    Organization,
    Post,
    Quote,
    Resolution,
    Spokesperson,
    Tag,
)

from .hostile.crawling import Crawler, Heard
from .hostile.texts import Texts
from .hostile.world import World, make

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("static_files_as_they_lie"),
]


#: How much is looked at: pages of each kind to which links lead, beside those that are
#: named, and whether questions in an address make another kind.
FEW = (0, False)
MANY = pytest.param((1, True), marks=pytest.mark.long)

#: Ends of the names of fields for which only days and addresses of letters will do.
PLAIN = ("_on", "email", "password1", "password2")

#: What is stored otherwise than it was sent, so that it stands nowhere as it was.
CHANGED = {
    "write body": "HTML is cleaned; what is left of it, the hostile bodies try",
    "mediaasset add file name": "letters, digits and dashes are left of a name",
    "files file name": "letters, digits and dashes are left of a name",
}
#: Words of what is public that readers must have seen, or the crawl saw too little.
READ = {
    "files caption",
    "files transcript",
    "organization change name",
    "post change label",
    "publish note",
    "quotes manual-new_name",
    "resolution change title",
    "resolution change topic",
    "resolution change symbol",
    "spokesperson change name",
    "tag change name",
    "write body odd",
    "write body third",
    "write byline",
    "write change_note",
    "write summary",
    "write title",
    "write topics",
}


@pytest.fixture
def world(browser, strait_desk) -> World:
    return make(strait_desk)


@pytest.fixture
def crawler(browser, live_server):
    """Make a crawler in a window of its own, signed in as who wrote it all."""
    windows = []

    def made(much: tuple[int, bool], world: World | None = None, **context) -> Crawler:
        window = browser.new_context(**context)
        windows.append(window)
        if world is not None:
            cookie = world.writer.client.cookies[settings.SESSION_COOKIE_NAME]
            window.add_cookies(
                [{"name": cookie.key, "value": cookie.value, "url": live_server.url}]
            )
        return Crawler(window.new_page(), live_server.url, *much)

    yield made
    for window in windows:
        window.close()


#: A quotation that is looked up: it is found in quotes, texts and sources.
CHECKED = "/staff/quote-check/?quotation=The+ferries+will+sail&unpublished=on"


def starts(world: World) -> list[str]:
    """The doors, every page of every edition, and the pages of the rows made."""
    found = ["/", "/admin/", "/staff/quotes/", CHECKED, "/search/?q=will", "/nothing/"]
    found.append("/admin/statements/audit/")
    found += ["/admin/calendar/", "/admin/calendar/address/", "/admin/notices/"]
    found += [
        "/statements/",
        "/people/",
        "/organizations/",
        "/resolutions/",
        "/topics/",
    ]
    found += world.rows
    for edition in Edition.objects.select_related("article").order_by("pk"):
        found.append(edition.article.get_absolute_url())
        at = (edition.article_id, edition.number)
        steps = PAGES if edition.article in world.whole else ("write", "publish")
        found += [
            reverse("admin:statements_article_step", args=[*at, step]) for step in steps
        ]
        found.append(reverse("admin:statements_article_preview", args=at))
    for quote in Quote.objects.select_related("speaker", "appointment__post"):
        found.append(reverse("admin:statements_quote_change", args=[quote.pk]))
        found.append(quote.get_absolute_url())
    for noun in (Spokesperson, Organization, Post, Resolution, Tag):
        newest = noun.objects.order_by("-pk").first()
        found.append(newest.get_absolute_url())
    return found


def squeezed(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def shown(heard: Heard, world: World, *doors: str) -> set[str]:
    """The words of those texts that stand on a page as they were written."""
    pages = squeezed("\n".join(text for door in doors for text in heard.shown[door]))
    return {word for word, text in world.texts.made.items() if squeezed(text) in pages}


@pytest.mark.parametrize("much", [FEW, MANY], ids=["few", "many"])
def test_hostile_text_in_every_field_is_text_on_every_page(world, crawler, much):
    """Without the policy of the site, so that nothing but the pages stops it.

    And with it, where there is time for two walks: then nothing of the pages
    themselves may break it. Of those that are used most the journeys see it.
    """
    assert written_everywhere(world)
    look = crawler(much, world, bypass_csp=True)
    heard = look.crawl(starts(world))
    # What a form refuses it shows again; one of each kind of form.
    refused = world.writer.refused + world.reviewer.refused
    kinds = {re.sub(r"\d+", "", path): (path, html) for path, html in refused}
    for path, html in kinds.values():
        look.show(path, html)
    assert heard.ran == []
    assert heard.errors == []
    names = world.texts.fields
    unseen = world.kept - shown(heard, world, "admin", "public")
    assert {names[word] for word in unseen} <= set(CHANGED)
    assert {names[word] for word in shown(heard, world, "public")} >= READ
    assert len(heard.routes) > 35

    if much == FEW:
        return
    strict = crawler((1, True), world)
    heard = strict.crawl(["/", "/admin/", "/staff/quotes/", "/nothing/"])
    assert heard.broken == []
    assert heard.ran == []
    assert heard.errors == []
    assert len(heard.routes) > 100


def written_everywhere(world: World) -> bool:
    """Whether hostile text was sent in every text field that any page had."""
    writers = (world.writer, world.reviewer)
    written = {simple(name) for each in writers for name in each.written}
    met = {simple(name) for each in writers for name in each.met}
    left = {name for name in met - written if not name.endswith(PLAIN)}
    assert left == set()
    return len(met) > 60


def simple(name: str) -> str:
    """A field's name without the key of a row or a finding."""
    return re.sub(r"\b(?:[0-9a-f]{32}|[0-9A-Z]{10})-", "", name)


#: A page that takes a text for markup wherever one can stand.
CARELESS = """\
<p>{0}</p><input value="{0}"><input value='{0}'></script><textarea>{0}</textarea>
<title>{0}</title><script>const x = '{0}';</script>"""


def test_each_hostile_text_runs_where_it_is_taken_for_markup(crawler):
    """The control: the same window hears what the pages did not do."""
    look = crawler(FEW, bypass_csp=True)
    texts = Texts()
    for room in (150, 90, 70, 45, 30):
        for _ in range(2):
            text = texts.make("x", room)
            before = len(look.heard.ran)
            look.show("/nothing/", CARELESS.replace("{0}", text))
            assert len(look.heard.ran) > before, text
    look.show("/nothing/", f"<a href='{texts.address('x')}'>x</a>")
    assert "javascript" in str(look.heard.ran[-1])


def test_what_breaks_the_policy_is_heard(crawler):
    look = crawler(FEW)
    page = "<p onclick='x'>x</p><script>hit(1)</script>"
    look.show("/nothing/", page, "script-src 'self'")
    assert look.heard.broken
    assert look.heard.ran == []
