"""No page of the desk has a fault: not for axe, not for the policy, not on a phone.

``make drill-desk`` walks them all, in light and dark; ``ARGS=--pictures=FOLDER`` keeps
a picture of each, for eyes. ``make test`` walks one of each sort, since the journeys
look at the others.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from django.urls import reverse

from . import pages
from .pages import Page, World

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WIDE = {"width": 1280, "height": 800}
PHONE = {"width": 360, "height": 740}
#: All that axe knows, and of WCAG 2.2 AA what it leaves out unless asked.
RULES = {
    "resultTypes": ["violations"],
    "rules": {"target-size": {"enabled": True}},
}
#: What only colours decide.
COLOURS = {
    "resultTypes": ["violations"],
    "runOnly": ["color-contrast", "link-in-text-block"],
}
SIDEWAYS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


class Walk:
    """A browser that goes from page to page and notes what is wrong with each."""

    #: What is asked of a page in the dark.
    dark = RULES

    def __init__(self, page, live_server, settings, pictures: str | None = None):
        self.page, self.address = page, live_server.url
        self.cookie = settings.SESSION_COOKIE_NAME
        self.axe = Axe()
        self.pictures = Path(pictures) if pictures else None
        self.wrong: list[tuple[str, ...]] = []
        self.heard: list[str] = []
        self.refused: set[int] = set()
        page.set_default_timeout(30_000)
        # Colours that fade while one looks are no colours yet.
        page.emulate_media(reduced_motion="reduce")
        page.on(
            "console",
            lambda said: (
                self.heard.append(said.text)
                if said.type in {"error", "warning"}
                else None
            ),
        )
        page.on("pageerror", lambda error: self.heard.append(str(error)))

    def sign_in(self, user) -> None:
        self.page.context.clear_cookies()
        if user is not None:
            client = Client()
            client.force_login(user)
            value = client.cookies[self.cookie].value
            self.page.context.add_cookies(
                [{"name": self.cookie, "value": value, "url": self.address}]
            )

    def open(self, name: str, path: str) -> None:
        self.heard.clear()
        self.page.set_viewport_size(WIDE)
        self.page.emulate_media(color_scheme="light", reduced_motion="reduce")
        status = self.page.goto(self.address + path).status
        assert status in (200, 403, 404), f"{name} answered {status}."
        if status != 200:
            # What is refused is refused by the same page everywhere.
            if status in self.refused:
                return
            self.refused.add(status)
        self.look(name, "light", RULES)
        self.page.emulate_media(color_scheme="dark", reduced_motion="reduce")
        self.look(name, "dark", self.dark)
        self.page.emulate_media(color_scheme="light", reduced_motion="reduce")
        self.page.set_viewport_size(PHONE)
        if self.page.evaluate(SIDEWAYS):
            self.wrong.append((name, "phone", "scrolls sideways"))
        self.keep(name, "phone")
        for words in self.heard:
            # The browser complains of pages that answer as they should.
            if status == 200 or f"status of {status}" not in words:
                self.wrong.append((name, "console", words))

    def look(self, name: str, scheme: str, rules: dict) -> None:
        for fault in self.axe.run(self.page, options=rules).response["violations"]:
            self.wrong.append((name, scheme, fault["id"], fault["nodes"][0]["html"]))
        self.keep(name, scheme)

    def keep(self, name: str, kind: str) -> None:
        if self.pictures:
            path = self.pictures / f"{name.replace(' ', '-')}.{kind}.png"
            self.page.screenshot(path=path, full_page=True)


def test_one_page_of_each_sort_has_no_faults(
    page, live_server, settings, administrator, live, okafor
):
    walk = Walk(page, live_server, settings)
    walk.dark = COLOURS
    walk.sign_in(None)
    walk.open("login", reverse("admin:login"))
    walk.sign_in(administrator)
    for name, *given in (
        ("index",),
        ("statements_article_changelist",),
        ("statements_article_step", live.article_id, live.number, "review"),
        ("statements_spokesperson_change", okafor.pk),
    ):
        walk.open(
            " ".join(map(str, (name, *given))), reverse(f"admin:{name}", args=given)
        )
    assert walk.wrong == []


def test_faults_are_found(page, live_server, settings, administrator):
    walk = Walk(page, live_server, settings)
    walk.sign_in(administrator)
    page.route(
        "**/admin/",
        lambda route: route.fulfill(
            body="<title>Desk</title><p style='inline-size: 90rem'><img src=data:,>",
            content_type="text/html",
            headers={"Content-Security-Policy": "default-src 'none'"},
        ),
    )
    walk.open("index", reverse("admin:index"))
    kinds = {entry[1] for entry in walk.wrong}
    assert kinds == {"light", "dark", "console"}
    assert ("index", "light", "image-alt", '<img src="data:,">') in walk.wrong


@pytest.mark.long
def test_no_page_of_the_desk_has_a_fault(page, live_server, settings, request):
    world: World = pages.make()
    pictures = request.config.getoption("--pictures", default=None)
    if pictures:
        Path(pictures).mkdir(parents=True, exist_ok=True)
    walk = Walk(page, live_server, settings, pictures)
    walk.dark = COLOURS
    every: list[Page] = pages.pages(world)
    assert len({each.name for each in every}) == len(every) > 120
    for who in dict.fromkeys(each.who for each in every):
        walk.sign_in(world.staff.get(who))
        for each in every:
            if each.who == who:
                walk.open(each.name, each.path)
    assert walk.wrong == []
