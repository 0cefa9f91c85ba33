"""A preview is the readers' page before there is one: light, dark, and on a phone."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from statements.editorial import editions, intake, inviting, media
from statements.models import Article, Edition, Kind, PreviewLink

from .. import builders
from .conftest import Colleague

pytestmark = pytest.mark.django_db

#: What is told of the moment at which the page is looked at.
MOMENT = re.compile(r'<time datetime="\d{4}-\d\d-\d\dT[^"]*">[^<]*</time>')
KEY = re.compile(r"/preview/[\w-]{43}/media/")


@pytest.fixture
def rich(live, author, okafor, resolution, strait_desk) -> Edition:
    """A correction with all that a statement's page can show, not yet submitted."""
    held = BytesIO()
    Image.new("RGB", (3, 2)).save(held, "PNG")
    files = [
        media.upload(
            SimpleUploadedFile(name, held.getvalue()), by=author, desk=strait_desk
        )
        for name in ("quay.png", "chart.png")
    ]
    Kind.objects.filter(pk=live.article.kind_id).update(disclaimer="Check it.")
    french = builders.make_draft(
        by=author, title="Les ferries", language="fr", body="<p>La mer est calme.</p>"
    )
    Article.objects.filter(pk=french.article_id).update(translation_of=live.article)
    new = editions.begin(live.article, by=author, change="correction")
    intake.revise(
        new,
        by=author,
        lock_version=new.lock_version,
        body=new.body + "<p>We recall UNSCR 2417.</p>",
        summary="Ferries, in short.",
        byline="The press office",
        change_note="A resolution was not named.",
    )
    new.refresh_from_db()
    builders.cite(new, "UNSCR 2417", resolution, by=author)
    editions.attach(new, files[0], by=author, role="main", alt="The quay")
    editions.attach(new, files[1], by=author, alt="A chart", caption="Depths")
    builders.make_topics(["Ferries", "Ice"])
    new.article.tags.set(["Ferries", "Ice"])
    return Edition.objects.get(pk=new.pk)


def preview(colleague: Colleague, edition: Edition, asked: str = ""):
    at = [edition.article_id, edition.number]
    return colleague.client.get(
        reverse("admin:statements_article_preview", args=at) + asked
    )


def shown(response) -> str:
    """The article as it is drawn, but for the moment and a guest's own addresses."""
    assert response.status_code == 200
    (article,) = re.findall(r"<article .*</article>", response.text, re.S)
    return KEY.sub("/media/", MOMENT.sub("<time>", article))


def test_before_publication_the_preview_is_the_page_of_afterwards(
    amina, edgar, rich, editor, publisher
):
    made = inviting.invite(rich, by=editor, name="Ida Brandt", days=3, asks=True)
    before = [
        preview(amina, rich),
        preview(amina, rich, "?colours=dark"),
        preview(amina, rich, "?screen=frame"),
        Client().get(PreviewLink.address(made.token)),
        Client().get(PreviewLink.address(made.token) + "?screen=frame"),
    ]
    builders.review_and_publish(rich, editor=editor, publisher=publisher)
    after = shown(Client().get(rich.article.get_absolute_url()))
    for told in (
        "Correction",
        "A resolution was not named.",
        "Resolutions named",
        "The press office",
        'alt="The quay"',
        "Depths",
        "Check it.",
        "/topics/ice/",
        "Ilse Okafor",
    ):
        assert told in after
    assert after.count("<time>") == 2
    # What the kind says of what is public is not told to a guest of a draft.
    line = re.search(r' *<p class="after disclaimer">.*?</p>', after)[0]
    assert "Check it." in line
    bare = [shown(response) for response in before[3:]]
    assert [shown(response) for response in before[:3]] == [after] * 3
    assert [one.split() for one in bare] == [after.replace(line, "").split()] * 2
    # A translation that is out is named on both.
    french = Edition.objects.get(article__translation_of=rich.article)
    builders.review_and_publish(french, editor=editor, publisher=publisher)
    assert "Les ferries" not in after
    assert 'hreflang="fr"' not in after
    again = shown(preview(edgar, rich))
    assert 'hreflang="fr"' in again
    assert again == shown(Client().get(rich.article.get_absolute_url()))


def test_a_preview_speaks_the_language_of_its_text(amina, author, editor):
    draft = builders.make_draft(by=author, title="المضيق مفتوح", language="ar")
    link = inviting.invite(draft, by=editor, name="Ida Brandt", days=3, asks=True)
    guests = PreviewLink.address(link.token)
    for page, told in (
        (preview(amina, draft).text, "Only your desk sees this page."),
        (Client().get(guests).text, "This link is yours alone"),
    ):
        before, around, read = page.partition('<div lang="ar" dir="rtl">')
        assert (told in before, bool(around), "البيانات" in page) == (True, True, False)
        assert '<html lang="en" dir="ltr"' in before
        assert "آذار/مارس" in read
    for frame in (
        preview(amina, draft, "?screen=frame").text,
        Client().get(f"{guests}?screen=frame").text,
    ):
        assert '<html lang="ar" dir="rtl"' in frame


def test_the_preview_is_light_dark_or_a_phones_by_links_alone(amina, ready):
    page = preview(amina, ready).text
    assert "Only your desk sees this page." in page
    assert re.findall(r'href="(\?[^"]*)"( aria-current="true")?', page) == [
        ("?", ' aria-current="true"'),
        ("?colours=light", ""),
        ("?colours=dark", ""),
        ("?", ' aria-current="true"'),
        ("?screen=phone", ""),
    ]
    assert "data-scheme" not in page
    assert '<html lang="en" dir="ltr" data-scheme="dark">' in (
        preview(amina, ready, "?colours=dark").text
    )
    assert 'data-scheme="light"' in preview(amina, ready, "?colours=light").text
    phone = preview(amina, ready, "?screen=phone&colours=dark").text
    assert 'data-scheme="dark"' in phone
    assert 'src="?screen=frame&amp;colours=dark"' in phone
    assert 'href="?screen=phone&amp;colours=light"' in phone
    assert "<article" not in phone
    inside = preview(amina, ready, "?screen=frame&colours=dark")
    assert 'data-scheme="dark"' in inside.text
    assert "Only your desk" not in inside.text
    assert "noindex" in inside.text
    assert "data-scheme" not in preview(amina, ready, '?colours="><b>').text


def test_a_guest_has_the_same_choice_and_no_cookie(amina, ready, editor):
    made = inviting.invite(ready, by=editor, name="Ida Brandt", days=3)
    path = PreviewLink.address(made.token)
    phone = Client().get(path + "?screen=phone")
    inside = Client().get(path + "?screen=frame")
    for response in (phone, inside):
        assert response.status_code == 200
        assert "noindex" in response.text
        assert response.cookies == {}
        assert response["Cache-Control"] == "private, no-store"
        assert response["Referrer-Policy"] == "no-referrer"
    assert 'src="?screen=frame"' in phone.text
    assert "Ida Brandt" in phone.text
    assert "Ida Brandt" not in inside.text
    inviting.revoke(PreviewLink.objects.get(), by=editor)
    for asked in ("", "?screen=phone", "?screen=frame"):
        assert Client().get(path + asked).status_code == 404
