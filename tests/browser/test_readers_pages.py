"""No page of the readers' site has a fault: light, dark, from right to left, narrow,
with large text, in forced colours and on paper.

``make test`` looks at the page that has every component in every state; ``make check``
at two pages of each kind in the demo. ``ARGS=--pictures=FOLDER`` keeps a picture of
each.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings as project
from django.test import Client

from statements.management.demo import stage

from .test_every_page import COLOURS, RULES, SIDEWAYS

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@dataclass(frozen=True)
class Way:
    """A way to read a page; ``judged``: whether axe looks at it so."""

    name: str
    judged: bool = False
    width: int = 1280
    colours: str = "light"
    forced: str = "none"
    media: str = "screen"
    set_up: str = ""
    undo: str = ""


#: Turned round or enlarged as the reader's own settings do.
WAYS = (
    Way("light", judged=True),
    Way("dark", judged=True, colours="dark"),
    Way("320", judged=True, width=320),
    Way(
        "right to left",
        judged=True,
        set_up="document.body.dataset.was = document.documentElement.dir;"
        "document.documentElement.dir = 'rtl'",
        undo="document.documentElement.dir = document.body.dataset.was",
    ),
    Way(
        "text of twice the size",
        set_up="document.documentElement.style.fontSize = '200%'",
        undo="document.documentElement.style.fontSize = ''",
    ),
    Way("forced colours", forced="active"),
    Way("paper", media="print"),
)


#: The page of components has of each landmark several, alike.
TWICE = {**RULES, "rules": {**RULES["rules"], "landmark-unique": {"enabled": False}}}
#: What axe is asked of the components in ``make test``.
BRIEFLY = {"light": TWICE, "dark": COLOURS}


def faults(
    page,
    name: str,
    pictures: str | None,
    rules: dict[str, dict] | None = None,
    ways: Iterable[Way] = WAYS,
) -> list[tuple[str, ...]]:
    """What is wrong with the page that is open, read in each way."""
    found: list[tuple[str, ...]] = []
    axe = Axe()
    for way in ways:
        page.set_viewport_size({"width": way.width, "height": 800})
        page.emulate_media(
            media=way.media,
            color_scheme=way.colours,
            forced_colors=way.forced,
            reduced_motion="reduce",
        )
        if way.set_up:
            page.evaluate(way.set_up)
        if way.media == "screen" and page.evaluate(SIDEWAYS):
            found.append((name, way.name, "scrolls sideways"))
        asked = rules.get(way.name) if rules is not None else RULES
        if way.judged and asked:
            for one in axe.run(page, options=asked).response["violations"]:
                found.append((name, way.name, one["id"], one["nodes"][0]["html"]))
        if pictures:
            Path(pictures).mkdir(parents=True, exist_ok=True)
            path = Path(pictures) / f"{name}.{way.name}.png".replace("/", "_")
            page.screenshot(path=path, full_page=True)
        if way.undo:
            page.evaluate(way.undo)
    return found


@pytest.fixture
def pictures(request) -> str | None:
    return request.config.getoption("--pictures", default=None)


def test_no_component_has_a_fault_in_any_state(
    page, live_server, complaints, settings, pictures
):
    settings.ROOT_URLCONF = "tests.public.test_design"
    page.goto(f"{live_server.url}/design/")
    found = faults(page, "design", pictures, BRIEFLY)
    # Its players and pictures have no files behind them.
    complaints[:] = [one for one in complaints if "status of 404" not in one]
    assert found == []


@pytest.mark.long
def test_no_component_has_a_fault_in_any_way_to_read_it(
    page, live_server, settings, pictures
):
    settings.ROOT_URLCONF = "tests.public.test_design"
    page.goto(f"{live_server.url}/design/")
    rules = {way.name: TWICE for way in WAYS}
    assert faults(page, "design", pictures, rules) == []


@pytest.mark.long
def test_no_kind_of_page_of_the_demo_has_a_fault(
    page, live_server, complaints, pictures
):
    stage.fill()
    client = Client()
    site = project.SITE_URL

    def places(address: str) -> list[str]:
        found = re.findall(r"<loc>([^<]+)</loc>", client.get(address).text)
        return [place.removeprefix(site) for place in found]

    pages = {place for part in places("/sitemap.xml") for place in places(part)}
    pages |= {f"{place}history/" for place in pages if place.count("/") == 6}
    topics = sorted(place for place in pages if place.startswith("/topics/"))
    others = {
        "/search/?q=strait",
        "/search/?q=nothing+of+the+kind",
        "/search/?q=speaker:nobody",
        "/statements/2024/",
        "/statements/2024/03/",
        f"/following/?topic={topics[-1].split('/')[2]}",
    }
    assert len(pages) > 110
    # Two of a kind: the shortest address and the longest.
    kinds: dict[tuple[str, int], list[str]] = {}
    for place in sorted(pages, key=lambda place: (len(place), place)):
        parts = place.partition("?")[0].split("/")
        kinds.setdefault((parts[1], len(parts)), []).append(place)
    chosen = sorted({each for some in kinds.values() for each in (some[0], some[-1])})
    chosen += sorted(others)
    assert len(chosen) > 25
    found = []
    for place in chosen:
        assert page.goto(live_server.url + place).status == 200, place
        found += faults(page, place, pictures)
    assert found == []
