"""A portrait is seen with its person, with its credit, and with nobody else."""

from __future__ import annotations

import io

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from PIL import Image

from statements.editorial import (
    catalogue,
    editions,
    media,
    portraits,
    publishing,
    redacting,
    verbs,
)
from statements.models import Audit, MediaAsset, Portrait, Spokesperson

from .. import builders
from ..validate import shapes

pytestmark = pytest.mark.django_db


def picture(size: tuple[int, int] = (600, 750), colour: str = "navy") -> media.Taken:
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, "PNG")
    return portraits.take(ContentFile(out.getvalue(), name="ilse.png"))


def give(person: Spokesperson, by, **fields) -> Portrait:
    words = {"alt": "Ilse Okafor at a lectern", "credit": "Photo: Lena Marsh"}
    return portraits.show(person, by=by, **{"picture": picture(), **words, **fields})


def test_readers_see_it_at_the_head_of_the_page_with_its_credit(
    client, public, okafor, editor, settings
):
    address = okafor.get_absolute_url()
    assert "portrait-picture" not in client.get(address).text

    asset = give(okafor, editor).asset

    page = client.get(address).text
    url = asset.get_absolute_url()
    assert (
        f'<figure class="portrait-picture">\n  <img src="{url}" '
        f'srcset="{url}?w=480 480w, {url} 600w" '
        'sizes="(max-width: 41rem) 7rem, 11rem" alt="Ilse Okafor at a lectern" '
        'width="600" height="750" decoding="async">\n'
        "  <figcaption><bdi>Photo: Lena Marsh</bdi></figcaption>"
    ) in page
    for name, value in (
        ("image", settings.SITE_URL + url),
        ("image:type", "image/png"),
        ("image:width", "600"),
        ("image:height", "750"),
        ("image:alt", "Ilse Okafor at a lectern"),
    ):
        assert page.count(f'<meta property="og:{name}" content="{value}">') == 1
    (block,) = shapes.blocks(page)
    assert shapes.faults(block) == []
    assert block["@graph"][0]["image"] == {
        "@type": "ImageObject",
        "contentUrl": settings.SITE_URL + url,
        "encodingFormat": "image/png",
        "creditText": "Photo: Lena Marsh",
        "width": 600,
        "height": 750,
    }
    assert client.get(url).status_code == 200
    assert client.get(f"{url}?w=480").status_code == 200


def test_it_is_there_only_while_its_person_is(
    client, draft_of_a_stranger, stranger, editor, publisher
):
    """Whoever holds the address of the file has no more than the page tells."""
    url = give(stranger, editor).asset.get_absolute_url()

    def answers() -> tuple[int, int]:
        return (
            client.get(url).status_code,
            client.get(stranger.get_absolute_url()).status_code,
        )

    def known() -> tuple[bool, bool]:
        assets = MediaAsset.objects.public().filter(portrait__person=stranger)
        return assets.exists(), Portrait.objects.public().exists()

    assert (answers(), known()) == ((404, 404), (False, False))
    catalogue.list_publicly([stranger], by=editor)
    assert (answers(), known()) == ((200, 200), (True, True))
    catalogue.list_publicly([stranger], by=editor, listed=False)
    assert (answers(), known()) == ((404, 404), (False, False))
    builders.review_and_publish(draft_of_a_stranger, editor=editor, publisher=publisher)
    assert (answers(), known()) == ((200, 200), (True, True))
    publishing.withdraw(
        draft_of_a_stranger.article, by=publisher, reason="error", note="A date."
    )
    assert (answers(), known()) == ((404, 410), (False, False))


@pytest.fixture
def stranger(system) -> Spokesperson:
    return builders.make_person("Zelda Quay", by=system)


@pytest.fixture
def draft_of_a_stranger(author, strait_desk, stranger):
    edition = builders.make_draft(
        by=author, body="“The quay is ready,” said Zelda Quay. Nobody waits."
    )
    builders.quote_words(edition, "The quay is ready,", by=author, speaker=stranger)
    edition.refresh_from_db()
    return edition


def test_a_replaced_or_removed_picture_is_no_more(client, public, okafor, editor):
    first = give(okafor, editor).asset.get_absolute_url()
    portrait = give(okafor, editor, picture=picture(colour="maroon"))
    second = portrait.asset.get_absolute_url()
    assert [client.get(url).status_code for url in (first, second)] == [404, 200]

    give(okafor, editor, picture=None, credit="Photo: Harbour Board")
    page = client.get(okafor.get_absolute_url()).text
    assert "Photo: Harbour Board" in page
    assert second in page

    assert portraits.remove(okafor, by=editor)
    assert client.get(second).status_code == 404
    assert "portrait-picture" not in client.get(okafor.get_absolute_url()).text
    assert not portraits.remove(okafor, by=editor)
    told = Audit.objects.filter(table="portrait").order_by("pk")
    assert [(row.op, row.actor) for row in told] == [
        (op, editor) for op in ("insert", "update", "update", "delete")
    ]
    assert told[2].changes == {"credit": ["Photo: Lena Marsh", "Photo: Harbour Board"]}


def test_of_two_records_the_one_that_stays_keeps_its_own_or_takes_the_others(
    client, public, okafor, editor, stranger, system
):
    lent = give(stranger, editor, alt="Zelda Quay")
    catalogue.merge(stranger, okafor, by=editor)
    assert Portrait.objects.get(person=okafor) == lent
    assert client.get(lent.asset.get_absolute_url()).status_code == 200

    third = builders.make_person("Ilse Quay", by=system)
    other = give(third, editor)
    catalogue.list_publicly([third], by=editor)
    assert client.get(other.asset.get_absolute_url()).status_code == 200
    catalogue.merge(third, okafor, by=editor)
    assert Portrait.objects.get(person=okafor) == lent
    assert client.get(other.asset.get_absolute_url()).status_code == 404


def test_none_is_kept_without_credit_and_text_alternative(
    okafor, author, editor, settings
):
    for words, sentence in (
        ({"credit": " "}, "Say who made the picture, or whose it is."),
        ({"alt": ""}, "Say what the picture shows, for readers who cannot see it."),
        ({"picture": None}, "Choose a picture."),
    ):
        with pytest.raises(verbs.Unusable, match=sentence):
            give(okafor, editor, **words)
    with pytest.raises(PermissionDenied):
        give(okafor, author)
    assert not MediaAsset.objects.exists()
    give(okafor, editor)
    with pytest.raises(PermissionDenied):
        portraits.remove(okafor, by=author)
    for column in ("alt", "credit"):
        for value in ("", "  \n"):
            with pytest.raises(IntegrityError), transaction.atomic():
                Portrait.objects.update(**{column: value})


def test_it_stays_when_a_statement_that_showed_it_too_is_removed_by_law(
    client, okafor, author, editor, publisher, administrator, strait_desk
):
    asset = give(okafor, editor).asset
    draft = builders.make_draft(by=author, body="The strait was calm. Nobody waits.")
    editions.attach(draft, asset, by=author, alt="Ilse Okafor")
    draft.refresh_from_db()
    builders.review_and_publish(draft, editor=editor, publisher=publisher)
    removed = redacting.redact(draft.article, by=administrator, reason="Order 12/26")
    assert removed.shared == [asset.pk]
    catalogue.list_publicly([okafor], by=editor)
    answer = client.get(asset.get_absolute_url())
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/png")
