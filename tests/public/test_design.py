"""The page of all components: whole, and there for nobody but those who develop."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from django.test import override_settings
from django.urls import NoReverseMatch, reverse

from newsroom import urls
from statements.public import design

pytestmark = pytest.mark.django_db

ROOT = Path(__file__).parent.parent.parent
PARTIALS = {path.name for path in (ROOT / "templates" / "statements").glob("_*.html")}
#: What is drawn within others, or by the desk alone.
ELSEWHERE = {"_term.html": "in an office", "_switch.html": "on a preview of the desk"}

urlpatterns = [*urls.urlpatterns, *design.urlpatterns]


def test_in_public_there_is_no_design_page(client):
    with pytest.raises(NoReverseMatch):
        reverse("design")
    for address in ("/design/", "/design/not-found/"):
        assert client.get(address).status_code == 404


@override_settings(ROOT_URLCONF=__name__)
def test_every_component_is_shown_by_its_own_partial(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        page = client.get("/design/")
    assert page.status_code == 200
    shown = {state.partial for each in design.components() for state in each.states}
    assert shown | ELSEWHERE.keys() == PARTIALS, "Show it in statements.public.design."
    for state in (state for each in design.components() for state in each.states):
        for drawn in state.drawn:
            assert len(drawn.strip()) > 20, state.name
    for name in design._PAGES:
        answer = client.get(f"/design/{name}/")
        assert answer.status_code == 200, name
        assert "<h1" in answer.text or "<h2" in answer.text
    assert client.get("/design/none/").status_code == 404


@pytest.mark.long
def test_it_is_there_for_those_who_develop():
    asked = (
        "import django; django.setup(); from django.urls import reverse;"
        "print(reverse('design'))"
    )
    environment = {
        "DEBUG": "1",
        "DJANGO_SETTINGS_MODULE": "newsroom.settings",
        "PATH": "/usr/bin:/bin",
    }
    done = subprocess.run(
        [sys.executable, "-c", asked],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert done.stdout == "/design/\n"
