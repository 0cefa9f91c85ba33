"""A portrait at the desk: on the page of its person, with words, or not at all."""

from __future__ import annotations

import html

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from statements.models import MediaAsset, Portrait, Spokesperson

from .. import builders
from .test_media import HTML, SVG, picture

pytestmark = pytest.mark.django_db

ALT, CREDIT = "Ilse Okafor at a lectern", "Photo: Lena Marsh"


def page_of(person: Spokesperson) -> str:
    return reverse("admin:statements_spokesperson_change", args=[person.pk])


def send(colleague, person: Spokesperson, **fields):
    empty = {
        f"{prefix}-{count}": 0
        for prefix in ("appointments", "other_names", "identifiers")
        for count in ("TOTAL_FORMS", "INITIAL_FORMS")
    }
    words = {"picture_alt": ALT, "picture_credit": CREDIT}
    return colleague.client.post(
        page_of(person),
        {
            "name": "Ilse Marie Okafor",
            "sort_name": person.sort_name,
            "slug": person.slug,
            **empty,
            **words,
            **fields,
        },
    )


def png(**options) -> SimpleUploadedFile:
    return SimpleUploadedFile("ilse.png", picture("PNG", (600, 750), **options))


def test_an_editor_gives_replaces_and_removes_it(edgar, amina, okafor, settings):
    page = edgar.client.get(page_of(okafor)).text
    assert 'type="file" name="picture" accept="image/jpeg,image/png,image/webp"' in page
    assert "Remove the portrait" not in page

    assert send(edgar, okafor, picture=png()).status_code == 302
    portrait = Portrait.objects.get(person=okafor)
    asset = portrait.asset
    assert (portrait.alt, portrait.credit) == (ALT, CREDIT)
    assert (asset.width, asset.height, asset.uploaded_by) == (600, 750, edgar.user)

    # Colleagues see it before readers do, as they see the record; they change nothing.
    page = amina.client.get(page_of(okafor)).text
    small = f"{asset.get_absolute_url()}?w=480"
    assert f'<img src="{small}" alt="{ALT}" width="600" height="750">' in page
    assert CREDIT in page
    assert 'type="file"' not in page
    assert amina.client.get(small).status_code == 200
    assert send(amina, okafor, no_picture="on").status_code == 403

    assert send(edgar, okafor, picture_credit="Photo: Harbour").status_code == 302
    portrait.refresh_from_db()
    assert (portrait.asset, portrait.credit) == (asset, "Photo: Harbour")
    assert send(edgar, okafor, picture=png()).status_code == 302
    portrait.refresh_from_db()
    assert portrait.asset != asset

    assert "Remove the portrait" in edgar.client.get(page_of(okafor)).text
    both = send(edgar, okafor, picture=png(), no_picture="on")
    assert "Untick this to show the new picture, or choose no file." in both.text
    assert send(edgar, okafor, no_picture="on").status_code == 302
    assert not Portrait.objects.exists()
    # The library keeps the files, which nobody is shown.
    assert MediaAsset.objects.public().count() == 0


def test_what_is_refused_says_why_and_keeps_what_was_typed(
    edgar, okafor, settings, subtests
):
    before = okafor.name
    for name, content, fields, field, sentence in (
        ("map.svg", SVG, {}, "picture", "The file map.svg is no picture that can be"),
        ("map.png", HTML, {}, "picture", "The file map.png is no picture that can be"),
        ("tide.pdf", b"%PDF-1.7", {}, "picture", "Choose a JPEG, PNG or WebP."),
        ("map.png", b"", {}, "picture", "The file is empty. Choose another."),
        ("map.png", picture("PNG")[:60], {}, "picture", "it may be damaged"),
        ("map.jpg", picture("PNG"), {}, "picture", "in truth of the type image/png"),
        (
            "sea.png",
            picture("PNG", size=(7000, 6500)),
            {},
            "picture",
            "40 million are the most.",
        ),
        (
            "map.png",
            picture("PNG"),
            {"picture_credit": " "},
            "picture_credit",
            "Say who made the picture, or whose it is.",
        ),
        (
            "map.png",
            picture("PNG"),
            {"picture_alt": ""},
            "picture_alt",
            "Say what the picture shows, for readers who cannot see it.",
        ),
        ("", b"", {}, "picture", "Choose a picture, or empty the words about it."),
        ("map.png", picture("PNG"), {"name": ""}, "name", "This field is required."),
    ):
        given = {"picture": SimpleUploadedFile(name, content)} if name else {}
        with subtests.test(ascii((name, field, fields))):
            answer = send(edgar, okafor, **given, **fields)
            page = html.unescape(answer.text)
            assert answer.status_code == 200
            assert sentence in " ".join(answer.context["adminform"].form.errors[field])
            assert sentence in page
            assert fields.get("name", "Ilse Marie Okafor") in page
            assert fields.get("picture_alt", ALT) in page
            assert fields.get("picture_credit", CREDIT).strip() in page
    okafor.refresh_from_db()
    assert okafor.name == before
    assert not MediaAsset.objects.exists()
    assert not [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()]


def test_no_file_is_left_where_an_office_is_refused(edgar, okafor, settings):
    row = {"post": "0", "starts_on": "never", "basis": "stated"}
    answer = send(
        edgar,
        okafor,
        picture=png(),
        **{
            "appointments-TOTAL_FORMS": 1,
            **{f"appointments-0-{name}": value for name, value in row.items()},
        },
    )
    assert answer.status_code == 200
    assert not MediaAsset.objects.exists()
    assert not [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()]


def test_a_person_is_entered_with_one_and_deleted_with_it(edgar, stefan, okafor):
    other = builders.make_person("Zelda Quay", by=edgar.user)
    assert send(edgar, other, name="Zelda Quay", picture=png()).status_code == 302
    address = reverse("admin:statements_spokesperson_delete", args=[other.pk])
    assert stefan.client.post(address, {"post": "yes"}).status_code == 302
    assert not Portrait.objects.exists()
