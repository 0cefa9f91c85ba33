"""Class: a shortcut of the framework leads from any key to an address.

Django's ``/admin/r/<type>/<key>/`` asks only whether somebody is staff, so a colleague
of another desk could count through keys and read dates and titles out of the addresses.
"""

from __future__ import annotations

import pytest
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse

from statements.models import Quote

from ..admin.conftest import Colleague

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("noun", ["article", "quote", "permalink"])
def test_only_what_the_person_may_see_is_led_to(ready, outsider, author, noun):
    quote = Quote.objects.get()
    row = {"article": ready.article, "quote": quote, "permalink": quote.permalink}[noun]
    kind = ContentType.objects.get_for_model(row)
    url = reverse("admin:view_on_site", args=[kind.pk, row.pk])
    nothing = reverse("admin:view_on_site", args=[kind.pk, "999999999"])

    theirs = Colleague(outsider).client.get(url)
    nobodys = Colleague(outsider).client.get(nothing)
    ours = Colleague(author).client.get(url)

    assert theirs.status_code == nobodys.status_code == 404
    assert theirs.content == nobodys.content.replace(nothing.encode(), url.encode())
    assert (ours.status_code, ours.url) == (302, row.get_absolute_url())


def test_what_has_no_page_here_is_not_found(author, ready):
    amina = Colleague(author)
    for model in (type(author), ContentType, type(ready)):
        kind = ContentType.objects.get_for_model(model)
        response = amina.client.get(reverse("admin:view_on_site", args=[kind.pk, 1]))
        assert response.status_code == 404
    for kind in ("x", "9" * 30, "-1"):
        response = amina.client.get(reverse("admin:view_on_site", args=[kind, "x"]))
        assert response.status_code == 404
