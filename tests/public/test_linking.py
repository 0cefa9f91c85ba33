"""What a page tells machines is what it shows people, in the shapes of schema.org."""

from __future__ import annotations

import datetime as dt

import pytest
from django.conf import settings

from statements.editorial import catalogue, editions, intake, quoting
from statements.models import (
    Change,
    Identifier,
    Kind,
    OtherName,
    ResolutionRelation,
    Source,
    SourceVersion,
    VerbatimCheck,
)

from .. import builders
from ..builders import review_and_publish
from ..validate import shapes

pytestmark = pytest.mark.django_db


def told(client, address: str) -> list[dict]:
    (block,) = shapes.blocks(client.get(address).text)
    assert shapes.faults(block) == []
    return block["@graph"]


def test_pages_tell_what_they_are_about(
    client, pages, public, okafor, ministry, resolution
):
    Kind.objects.update(disclaimer="It tells of ferries.")
    Identifier.objects.create(person=okafor, scheme="wikidata", identifier="Q42")
    about = {
        page: [(node["@type"], node.get("@id", "")) for node in block["@graph"]]
        for page in pages
        if "?" not in page
        for block in shapes.blocks(client.get(page).text)
    }
    url, address = settings.SITE_URL, public.get_absolute_url()
    quote = public.quotes.get().get_absolute_url()
    person, body = okafor.get_absolute_url(), ministry.get_absolute_url()
    named = resolution.get_absolute_url()
    assert about == {
        "/": [("WebSite", f"{url}/")],
        address: [
            (public.kind.schema_type, f"{url}{address}"),
            ("BreadcrumbList", ""),
        ],
        quote: [("Quotation", f"{url}{quote}")],
        person: [("Person", f"{url}{person}")],
        body: [("Organization", f"{url}{body}")],
        named: [("Legislation", f"{url}{named}")],
    }
    statement = told(client, address)[0]
    assert statement["hasPart"][0]["@id"] == f"{url}{quote}"
    assert [one["@id"] for one in statement["citation"]] == [f"{url}{named}"]
    assert statement["backstory"] == "It tells of ferries."
    said = told(client, quote)[0]
    assert said["text"] == "We recall UNSCR 2417 in hour 2"
    assert (said["creator"]["roleName"], said["creator"]["startDate"]) == (
        "Spokesperson",
        "2024-01-01",
    )
    assert told(client, person)[0]["sameAs"] == ["https://www.wikidata.org/entity/Q42"]
    assert told(client, person)[0]["jobTitle"] == ["Spokesperson"]
    assert told(client, body)[0]["member"][0]["member"]["@id"] == f"{url}{person}"
    assert told(client, named)[0]["legislationDate"] == "2018-05-24"


@pytest.mark.parametrize("known", ["month", "sighted"])
def test_days_are_told_as_exactly_as_they_are_known(
    client, public, okafors_office, known
):
    if known == "month":
        okafors_office.starts_precision = "month"
    else:
        okafors_office.basis = "sighted"
    okafors_office.save()
    (quote,) = told(client, public.quotes.get().get_absolute_url())
    expected = {"month": "2024-01", "sighted": None}[known]
    assert quote["creator"].get("startDate") == expected


def test_a_correction_is_told_of_the_statement_and_of_the_quote(
    client, public, author, editor, publisher, settings
):
    settings.SITE_LICENSE = "https://licence.example/zero"
    draft = editions.begin(public, by=author, change=Change.CORRECTION)
    intake.revise(
        draft,
        by=author,
        lock_version=draft.lock_version,
        body=draft.body.replace("in hour 2", "in hour 3"),
        change_note="It was </script> the third hour.",
    )
    draft.refresh_from_db()
    quoting.confirm(draft.quotes.all(), by=author)
    draft.refresh_from_db()
    review_and_publish(draft, editor=editor, publisher=publisher)
    public.refresh_from_db()
    (statement, _), (quote,) = (
        told(client, one.get_absolute_url()) for one in (public, draft.quotes.get())
    )
    for node in (statement["correction"], quote["correction"][0]):
        assert node["@type"] == "CorrectionComment"
        assert node["text"] == "It was </script> the third hour."
        assert dt.datetime.fromisoformat(node["datePublished"])
    assert statement["license"] == "https://licence.example/zero"
    assert '<link rel="license" href="https://licence.example/zero">' in (
        client.get(public.get_absolute_url()).text
    )


def test_a_resolution_tells_what_it_does_to_others_and_that_it_was_ended(
    client, public, resolution, system
):
    others = [
        builders.make_resolution(f"S/RES/{number} (2019)", by=system)
        for number in (2451, 2452, 2453)
    ]
    catalogue.list_publicly(others[:2], by=system)
    kinds = ResolutionRelation.Kind
    for one, kind, other in (
        (resolution, kinds.AMENDS, others[0]),
        (resolution, kinds.RECALLS, others[1]),
        (others[0], kinds.EXTENDS, resolution),
        # Nobody knows that it is there.
        (resolution, kinds.ENDS, others[2]),
        (others[2], kinds.ENDS, resolution),
    ):
        ResolutionRelation.objects.create(resolution=one, kind=kind, other=other)
    address = resolution.get_absolute_url()
    (node,) = told(client, address)
    named = {
        name: [one["legislationIdentifier"] for one in node[name]]
        for name in ("legislationChanges", "citation")
    }
    assert named == {
        "legislationChanges": ["S/RES/2451 (2019)"],
        "citation": ["S/RES/2452 (2019)"],
    }
    assert "legislationLegalForce" not in node
    catalogue.list_publicly(others, by=system)
    (node,) = told(client, address)
    assert node["legislationLegalForce"] == "https://schema.org/NotInForce"


def test_an_organisation_tells_its_parts_and_former_names(
    client, public, ministry, system
):
    part = builders.make_organization("Strait Mission", parent=ministry, by=system)
    catalogue.list_publicly([part], by=system)
    OtherName.objects.create(
        organization=ministry, name="Foreign Office", ends_on=dt.date(2019, 5, 31)
    )
    (node,) = told(client, ministry.get_absolute_url())
    assert node["alternateName"] == ["Foreign Office"]
    assert [one["name"] for one in node["subOrganization"]] == ["Strait Mission"]


def test_a_translation_tells_of_which_statement_it_is_one(client, public, make_public):
    german, french = (
        make_public(number, language=language, translation_of=public).article
        for number, language in ((9, "de"), (10, "fr"))
    )
    url = settings.SITE_URL
    original, one = (
        told(client, each.get_absolute_url())[0] for each in (public, german)
    )
    assert {each["@id"] for each in original["workTranslation"]} == {
        f"{url}{each.get_absolute_url()}" for each in (german, french)
    }
    assert "translationOfWork" not in original
    assert one["translationOfWork"] == {
        "@type": "CreativeWork",
        "@id": f"{url}{public.get_absolute_url()}",
        "url": f"{url}{public.get_absolute_url()}",
        "inLanguage": "en",
    }
    assert "workTranslation" not in one


def test_no_page_tells_of_a_source_more_than_what_was_found(
    client, pages, public, author, resolution
):
    """docs/decisions/0014: nobody has said that a source is for readers."""
    source = Source.objects.create(
        title="The brimstone transcript",
        publisher="Brimstone Press",
        url="https://lent.example/brimstone?token=1",
    )
    version = SourceVersion.objects.create(
        source=source, number=1, text="Brimstone.", sha256="0" * 64
    )
    quote = public.quotes.get()
    VerbatimCheck.objects.create(
        quote=quote, version=version, verdict="verbatim", checker="test", by=author
    )
    type(quote).objects.update(verdict="verbatim")
    for page in pages:
        text = client.get(page).text
        assert "brimstone" not in text.lower(), page
        for block in shapes.blocks(text):
            assert {"isBasedOn", "recordedIn"} & names(block) == set(), page
    assert "Matches the source" in client.get(quote.get_absolute_url()).text
    (block,) = shapes.blocks(client.get(quote.get_absolute_url()).text)
    assert {"isPartOf", "creator", "dateCreated"} <= names(block)


def names(value: object) -> set[str]:
    """Every name in a block, however deep."""
    if isinstance(value, list):
        return set().union(*map(names, value))
    if isinstance(value, dict):
        return set(value).union(*map(names, value.values()))
    return set()
