"""What noticed nothing on the readers' pages while a guard was missing.

Found by ``make drill-mutants``, as in ``test_teeth``.
"""

from __future__ import annotations

import pytest
from django.core.files.base import ContentFile
from django.test import Client

from statements.editorial import catalogue, media
from statements.models import Tag
from statements.search import naming

from .. import builders

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("static_files_as_they_lie"),
]


def test_a_search_takes_no_hidden_name_for_a_name(system, resolution, author):
    """Else the answer to a name says whether it is in the catalogue."""
    hidden = [
        (naming._speakers, builders.make_person("Zelda Zinnober", by=system)),
        (naming._organizations, builders.make_organization("Zinnober Club", by=system)),
        (naming._resolutions, resolution),
        (naming._tags, Tag.objects.create(name="Zinnober", slug="zinnober")),
    ]
    for find, row in hidden:
        assert find(str(row)) == []
    catalogue.list_publicly([row for _, row in hidden], by=system)
    for find, row in hidden:
        assert [choice.key for choice in find(str(row))] == [row.pk]


def test_namesakes_are_told_apart_by_public_offices_alone(
    system, okafor, okafors_office
):
    namesake = builders.make_person("Ilse Okafor", by=system)
    catalogue.list_publicly([okafor, namesake], by=system)
    before = {choice.label for choice in naming._speakers("Ilse Okafor")}
    catalogue.list_publicly([okafors_office], by=system)
    after = {choice.label for choice in naming._speakers("Ilse Okafor")}
    assert not any("Spokesperson" in label for label in before)
    assert any("Spokesperson" in label for label in after)


def test_a_file_of_the_desk_is_for_who_may_see_files(client, author, strait_desk):
    noor = builders.make_user("noor", desk=strait_desk)
    asset = media.upload(
        ContentFile(b"%PDF-1.4\n", "pier.pdf"), by=author, desk=strait_desk
    )
    client.force_login(noor)
    assert client.get(asset.get_absolute_url()).status_code == 404
    client.force_login(author)
    assert client.get(asset.get_absolute_url()).status_code == 200


def test_a_hidden_parent_is_not_named(client, ministry, system):
    parent = builders.make_organization("Zinnober Union", by=system)
    ministry.parent = parent
    catalogue.keep(ministry, by=system)
    catalogue.list_publicly([ministry], by=system)
    assert "Zinnober" not in client.get(ministry.get_absolute_url()).text
    catalogue.list_publicly([parent], by=system)
    assert "Zinnober" in client.get(ministry.get_absolute_url()).text


def test_drafts_in_the_name_of_an_organisation_are_not_on_its_page(
    client, ministry, system, author, editor, publisher
):
    catalogue.list_publicly([ministry], by=system)
    edition = builders.make_draft(
        by=author, title="Zinnober", body="The strait was calm.", issuer=ministry
    )
    assert "Zinnober" not in client.get(ministry.get_absolute_url()).text
    builders.review_and_publish(edition, editor=editor, publisher=publisher)
    assert "Zinnober" in client.get(ministry.get_absolute_url()).text


def test_a_listed_office_of_a_hidden_organisation_has_no_page(
    client, ministry, spokesperson_post, system
):
    catalogue.list_publicly([spokesperson_post], by=system)
    address = spokesperson_post.get_absolute_url()
    assert client.get(address).status_code == 404
    catalogue.list_publicly([ministry], by=system)
    assert client.get(address).status_code == 200


def test_who_held_an_office_shows_once_the_appointment_does(
    client, ministry, okafor, okafors_office, system
):
    catalogue.list_publicly([ministry, okafor], by=system)
    pages = [ministry.get_absolute_url(), okafor.get_absolute_url()]
    told = [okafor.name, ministry.name]
    for page, name in zip(pages, told, strict=True):
        assert name not in client.get(page).text
    catalogue.list_publicly([okafors_office], by=system)
    for page, name in zip(pages, told, strict=True):
        assert name in client.get(page).text


def test_an_office_of_a_hidden_organisation_is_not_named(
    client, ministry, okafor, okafors_office, system
):
    catalogue.list_publicly([okafor, okafors_office], by=system)
    assert ministry.name not in client.get(okafor.get_absolute_url()).text
    catalogue.list_publicly([ministry], by=system)
    assert ministry.name in client.get(okafor.get_absolute_url()).text


def test_no_page_leads_to_an_office_that_is_hidden(
    client, ministry, okafor, okafors_office, spokesperson_post, system
):
    catalogue.list_publicly([okafor, okafors_office, ministry], by=system)
    address = spokesperson_post.get_absolute_url()
    assert address not in client.get(ministry.get_absolute_url()).text
    catalogue.list_publicly([spokesperson_post], by=system)
    assert address in client.get(ministry.get_absolute_url()).text


@pytest.mark.parametrize("url", ["/", "/statements/", "/people/", "/search/"])
def test_what_is_sent_to_a_readers_page_is_refused_for_its_method(db, url):
    """Not for a token that no reader has, and not read either."""
    reader = Client(enforce_csrf_checks=True)
    assert reader.get(url).status_code == 200
    assert reader.post(url, {"q": "ferries"}).status_code == 405
