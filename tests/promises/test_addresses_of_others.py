"""Promise: no address that somebody gives runs a script or leads where none should."""

from __future__ import annotations

import random
import re
from html import escape, unescape
from urllib.parse import urlsplit

import pytest
from django.apps import apps
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import models
from django.forms import URLField
from django.test import RequestFactory
from django.urls import reverse

from statements.markup.attributes import link, source_link
from statements.markup.render import CitationNote, render
from statements.markup.sanitise import ATTRIBUTES, clean
from statements.models import Resolution, Source

from ..admin.conftest import Colleague
from .hostile.addresses import GOOD, SCHEMES, as_references, mangled

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("static_files_as_they_lie"),
]

BAD = mangled()
SAFE = {"http", "https", "mailto", "tel"}
#: Attributes of a stored body that hold an address, by the element that has them.
IN_BODY = {("a", "href"), ("blockquote", "cite")}
#: What a browser leaves out of an address before it looks at the scheme.
_LEFT_OUT = re.compile("[\t\n\r]|^[\x00-\x20]+|[\x00-\x20]+$")


def scheme_of(address: str) -> str:
    """The scheme as a browser reads it; "" for an address of our own site."""
    address = _LEFT_OUT.sub("", address)
    found = re.match(r"([A-Za-z][A-Za-z0-9+.-]*):", address)
    if found:
        return found[1].lower()
    # Two slashes of either kind lead to another site.
    return "elsewhere" if re.match(r"[/\\]{2}", address) else ""


def test_there_are_enough_of_them():
    assert len(BAD) > 150
    # The measure has teeth. Some spellings are too broken for browsers themselves.
    assert sum(scheme_of(each) not in {"", *SAFE} for each in BAD) > 75


def test_no_attribute_of_a_body_holds_an_address_but_these():
    addressed = {"href", "src", "cite", "action", "data", "poster", "background"}
    allowed = {(tag, name) for tag, names in ATTRIBUTES.items() for name in names}
    assert {pair for pair in allowed if pair[1] in addressed} == IN_BODY


@pytest.mark.parametrize(("tag", "name"), sorted(IN_BODY))
def test_no_body_keeps_a_bad_address(tag, name):
    draw = random.Random(2417)
    for bad in BAD:
        for written in (escape(bad), as_references(draw, bad)):
            stored = clean(f'<{tag} {name}="{written}">words</{tag}>')
            assert "words" in stored
            for kept in re.findall(r'(?:href|cite)="([^"]*)"', stored):
                assert scheme_of(unescape(kept)) in {"", *SAFE}, (bad, kept)
                # What led to another site says so, and is no page of ours.
                if "evil.example" in kept and kept.startswith("/"):
                    assert urlsplit(unescape(kept)).netloc == "", (bad, kept)
                    assert not kept.startswith(("//", "/\\")), (bad, kept)


@pytest.mark.parametrize("good", GOOD)
def test_a_good_address_passes(good):
    kept = good.replace("HTTPS", "https")
    assert link(good) == source_link(good) == kept
    assert escape(kept) in clean(f'<a href="{escape(good)}">words</a>')
    assert escape(kept) in clean(
        f'<blockquote cite="{escape(good)}"><p>words</p></blockquote>'
    )


def test_no_drawn_citation_leads_to_a_bad_address():
    """What is drawn is asked again: rows may come from elsewhere than a form."""
    for bad in BAD:
        drawn = render("<p>words</p>", [], [CitationNote(0, 5, bad, "S/RES/1")])
        for kept in re.findall(r'href="([^"]*)"', drawn):
            assert scheme_of(unescape(kept)) in {"", *SAFE}, (bad, kept)


def test_every_field_for_an_address_has_a_form_that_asks():
    """A field of another kind, or in no form, would pass the next test by."""
    fields = {
        (model, field.name)
        for model in apps.get_app_config("statements").get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, models.URLField) or field.name.endswith(("url", "uri"))
    }
    assert fields == {(Resolution, "url"), (Source, "url")}


@pytest.mark.parametrize("model", [Resolution, Source])
def test_no_form_takes_a_bad_address(model, administrator, steward, resolution):
    request = RequestFactory().get("/")
    request.user = administrator
    form = admin.site._registry[model].get_form(request)
    field = form.base_fields["url"]
    assert isinstance(field, URLField)
    taken = []
    for bad in BAD:
        try:
            kept = field.clean(bad)
        except ValidationError:
            continue
        # A form helps who forgets the scheme; what it makes of that must be the web.
        if scheme_of(kept) not in {"http", "https"}:
            taken.append((bad, kept))
    assert taken == []
    assert [field.clean(good) for good in GOOD] == list(GOOD)


def test_a_posted_script_is_refused_with_a_sentence(steward, resolution):
    client = Colleague(steward).client
    url = reverse("admin:statements_resolution_change", args=[resolution.pk])
    page = client.get(url)
    form = page.context["adminform"].form
    data = {
        name: form.initial.get(name) or ""
        for name in form.fields
        if form.initial.get(name) is not None
    }
    for inline in page.context["inline_admin_formsets"]:
        prefix = inline.formset.prefix
        data |= {f"{prefix}-TOTAL_FORMS": "0", f"{prefix}-INITIAL_FORMS": "0"}
    for bad in SCHEMES:
        answer = client.post(url, {**data, "url": bad})
        assert answer.status_code == 200
        assert "Enter a valid URL." in answer.content.decode()
    answer = client.post(url, {**data, "url": GOOD[0]})
    assert answer.status_code == 302
    assert Resolution.objects.get(pk=resolution.pk).url == GOOD[0]
