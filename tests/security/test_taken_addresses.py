"""Class: a printed link leads, one day, to somebody else.

An address that readers knew stays its owner's after a rename: no namesake and no other
statement of the day can take it over, whether a slug is made or typed.
"""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from statements.editorial import catalogue, intake

from .. import builders

pytestmark = pytest.mark.django_db


def test_a_former_address_of_a_statement_is_not_given_away(
    live, author, publisher, client
):
    was = live.article.get_absolute_url()
    intake.set_address(live.article, by=publisher, slug="moved")
    typed = live.article.slug

    made = builders.make_draft(by=author, title=live.title).article
    other = builders.make_draft(by=author, title="Something else").article
    intake.set_address(other, by=author, slug=typed)
    other.refresh_from_db()

    for article in (made, other):
        assert article.get_absolute_url() != was
    assert client.get(was).status_code == 301


def test_a_statement_may_go_back_to_its_own_address(live, publisher):
    was = live.article.get_absolute_url()
    intake.set_address(live.article, by=publisher, slug="moved")
    back = intake.set_address(live.article, by=publisher, slug=live.article.slug)
    assert back.get_absolute_url() == was


def test_a_namesake_does_not_take_a_former_address(live, okafor, system, client):
    was, slug = okafor.get_absolute_url(), okafor.slug
    okafor.slug = "ilse-okafor-brandt"
    catalogue.keep(okafor, by=system)

    namesake = builders.make_person("Ilse Okafor", by=system)
    assert namesake.slug == f"{slug}-2"
    with pytest.raises(ValidationError, match="led to something else"):
        builders.make_person("Ilse Okafor", by=system, slug=slug)

    assert client.get(was).url == okafor.get_absolute_url()
    okafor.slug = slug
    assert catalogue.keep(okafor, by=system).get_absolute_url() == was
