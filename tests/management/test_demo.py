"""``manage.py demo``: an invented country, entered by the desk's own verbs."""

from __future__ import annotations

import gzip
import re
from collections import Counter
from pathlib import Path

import pytest
from django.core.management import CommandError

from statements.editorial import verbs
from statements.management.demo import PEOPLE, RESOLUTIONS, STATEMENTS, stage
from statements.models import (
    Article,
    EditionMedia,
    Portrait,
    Quote,
    Resolution,
    Spokesperson,
    State,
    User,
)

from .conftest import healthy, rows

pytestmark = pytest.mark.django_db

SHEET = Path(__file__).parents[2] / "statements/static/statements/site.css"


def test_the_demo_is_whole_and_healthy_and_comes_once(run, client):
    out = run("demo")

    assert len(STATEMENTS) == Article.objects.count() == 30
    wanted = Counter(statement.state for statement in STATEMENTS)
    public = wanted["live"] + wanted["corrected"]
    assert f"The demo is loaded: 30 statements, {public} of them public." in out
    assert Article.objects.published().count() == public
    now = verbs.clock()
    states = Counter(
        article.editions.order_by("number").last().state(now)
        for article in Article.objects.all()
    )
    assert states == {
        State.LIVE: public,
        State.WITHDRAWN: wanted["withdrawn"],
        State.SCHEDULED: wanted["scheduled"],
        State.APPROVED: wanted["approved"],
        State.IN_REVIEW: wanted["in_review"],
        State.DRAFT: wanted["draft"],
    }
    assert Article.objects.filter(editions__number=2).count() == wanted["corrected"]
    assert Spokesperson.objects.count() == len(PEOPLE)
    assert Resolution.objects.count() == len(RESOLUTIONS)
    assert Quote.objects.public().count() > 40
    assert {
        (use.asset.type, bool(use.alt), bool(use.transcript))
        for use in EditionMedia.objects.select_related("asset")
    } == {("audio", False, True), ("image", True, False)}
    assert [portrait.credit for portrait in Portrait.objects.all()] == [
        "Drawing: Newsroom demo"
    ] * 2
    assert healthy(run("doctor"))

    # The accounts of the table can sign in.
    for username, _, _, role in stage.STAFF:
        assert username in out
        assert role in out
        assert client.login(username=username, password=stage.PASSWORD)

    before = rows()
    again = run("demo")
    quiet = run("demo", "--if-empty")
    assert again.startswith("There are statements already; the demo adds none.\n")
    assert stage.PASSWORD in again
    assert quiet == (
        "Sign in at /admin/ as amina, edgar, petra or ada, with the password "
        f"{stage.PASSWORD}.\n"
    )
    assert {**rows(), "django_session": 0, "audit": 0} == {
        **before,
        "django_session": 0,
        "audit": 0,
    }


def test_it_is_refused_on_anybody_elses_database(run, settings, unchanged):
    settings.LOCAL = False

    for words in ([], ["--if-empty"]):
        with pytest.raises(CommandError) as caught:
            run("demo", *words)
        assert str(caught.value) == (
            "The demo is for the embedded database only. Unset DATABASE_URL."
        )


def test_it_does_not_mix_with_statements_that_are_there(run, live):
    before = rows()
    out = run("demo")

    assert out == "There are statements already; the demo adds none.\n"
    assert not User.objects.filter(username="ada").exists()
    assert rows() == before


@pytest.mark.long
def test_no_page_of_the_demo_weighs_more_than_50_kb_with_its_style_sheet(
    client, settings
):
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {
            "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        }
    }
    stage.fill()
    places = re.findall(r"<loc>([^<]+)</loc>", client.get("/sitemap.xml").text)
    pages = {
        place.removeprefix(settings.SITE_URL)
        for sitemap in places
        for place in re.findall(
            r"<loc>([^<]+)</loc>",
            client.get(sitemap.removeprefix(settings.SITE_URL)).text,
        )
    }
    pages |= {f"{page}history/" for page in pages if page.count("/") == 6}
    pages |= {"/search/?q=strait", "/statements/2024/", "/nothing/here/"}
    assert len(pages) > 120
    sheet = len(gzip.compress(SHEET.read_bytes()))
    weights = {
        page: sheet + len(gzip.compress(client.get(page).content)) for page in pages
    }
    assert {page: size for page, size in weights.items() if size > 50_000} == {}
