"""A row chosen by typing: by its key, by words alone, or a sentence."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.urls import reverse

from statements.models import Appointment, ResolutionAlias, Tag

from .. import builders
from .conftest import Colleague

pytestmark = pytest.mark.django_db

ADD = reverse("admin:statements_appointment_add")
OFFERS = reverse("admin:find_offers")


def sent(colleague, **fields: object) -> str:
    """What the form of an office held says against it; "" once it is saved."""
    form = {"starts_precision": "day", "ends_precision": "day", "basis": "stated"}
    response = colleague.client.post(ADD, form | fields)
    if response.status_code == 302:
        return ""
    found = re.findall(r'class="errorlist".*?<li>(.*?)</li>', response.content.decode())
    return unescape(" ".join(found))


def offered(colleague, q: str, *of: str) -> list[tuple[str, str]]:
    answer = colleague.client.get(OFFERS, {"q": q, "of": of}).json()
    return [
        (each["value"], each["beside"])
        for group in answer["groups"]
        for each in group["options"]
    ]


def test_a_row_is_taken_by_its_key_or_by_words_that_name_one(
    okafor, spokesperson_post, edgar
):
    assert sent(edgar, person=okafor.pk, post=spokesperson_post.pk) == ""
    words = {"person-words": "ilse okáfor", "post-words": str(spokesperson_post)}
    assert sent(edgar, **words) == ""
    rows = Appointment.objects.values_list("person", "post")
    assert list(rows) == [(okafor.pk, spokesperson_post.pk)] * 2


def test_words_that_name_none_or_several_are_answered_in_a_sentence(
    okafor, spokesperson_post, edgar, system
):
    post = {"post": spokesperson_post.pk}
    assert sent(edgar, **post, **{"person-words": "Tollen"}) == (
        "Nothing in the catalogue has “Tollen”. Write fewer words, or add it first."
    )
    twin = builders.make_person("Ilse Okafor", by=system)
    builders.make_person("Ilse Okafor-Berg", by=system)
    both = {f"“Ilse Okafor (no. {row.pk})”" for row in (okafor, twin)}
    said = sent(edgar, **post, **{"person-words": "okafor"})
    start, _, listed = said.partition(": ")
    assert start == "Several have “okafor”. Write which one"
    assert set(listed.rstrip(".").split("; ")) == {*both, "“Ilse Okafor-Berg”"}
    numbered = {"person-words": f"Ilse Okafor (no. {twin.pk})"}
    assert sent(edgar, **post, **numbered) == ""
    assert Appointment.objects.get().person == twin


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("\0", "The question holds characters that got lost on the way. Type it "
         "again."),
        ("x" * 5000, "The question has more than 300 characters. Write a few words of "
         "a title or name."),
        ("%_\\", "Nothing in the catalogue has “%_\\”. Write fewer words, or add it "
         "first."),
        ("A (no. 999999999999999999)", "Nothing in the catalogue has “A (no. "
         "999999999999999999)”. Write fewer words, or add it first."),
    ],
)  # fmt: skip
def test_nonsense_is_answered_in_a_sentence(
    words, said, okafor, spokesperson_post, edgar
):
    answer = sent(edgar, post=spokesperson_post.pk, **{"person-words": words})
    assert answer == said
    listed = reverse("admin:statements_spokesperson_changelist")
    page = edgar.client.get(listed, {"q": words})
    assert page.status_code == (400 if words == "\0" else 200)
    assert ("more than 300 characters" in page.content.decode()) == (len(words) > 300)


def test_what_was_typed_is_kept_where_it_was_refused(edgar, spokesperson_post):
    page = edgar.client.post(
        ADD, {"person-words": "Tollen", "post": spokesperson_post.pk}
    ).content.decode()
    assert 'data-words="Tollen"' in page
    assert '<noscript><input type="text" name="person-words" value="Tollen"' in page
    assert f'<option value="{spokesperson_post.pk}" selected>' in page


def test_those_who_were_merged_are_not_taken_by_words(
    okafor, spokesperson_post, edgar, petra
):
    double = builders.make_person("Ilsa Okafor", by=petra.user)
    double.merged_into = okafor
    double.save()
    words = {"person-words": "ilsa", "post": spokesperson_post.pk}
    assert sent(edgar, **words).startswith("Nothing in the catalogue has “ilsa”.")


def test_a_field_is_offered_its_own_kind_as_its_form_takes_it(
    okafor, okafors_office, ministry, resolution, edgar, system
):
    Tag.objects.create(name="Ilse, and the sea", slug="sea")
    office = str(okafors_office.post)
    assert offered(edgar, "ilse", "people", "organizations") == [
        ("Ilse Okafor", office)
    ]
    assert offered(edgar, "ilse", "topics") == [("Ilse, and the sea", "")]
    assert offered(edgar, "ministry", "organizations") == [(ministry.name, "")]
    assert offered(edgar, "ilse", "accounts") == []
    twin = builders.make_person("ilse okafor", by=system)
    assert [value for value, _ in offered(edgar, "ilse", "people")] == [
        f"Ilse Okafor (no. {okafor.pk})",
        f"ilse okafor (no. {twin.pk})",
    ]


def test_choices_of_a_resolution_know_its_printed_forms(resolution, edgar, system):
    ResolutionAlias.objects.create(resolution=resolution, name="The Hunger Text")
    asked = {
        "app_label": "statements",
        "model_name": "resolutionalias",
        "field_name": "resolution",
    }
    for words in ("2417", "UNSCR 2417", "hunger téxt"):
        answer = edgar.client.get(
            reverse("admin:autocomplete"), asked | {"q": words}
        ).json()
        assert [row["text"] for row in answer["results"]] == ["S/RES/2417 (2018)"]
    listed = reverse("admin:statements_resolution_changelist")
    page = edgar.client.get(listed, {"q": "UNSCR 2417"}).content.decode()
    assert page.count('class="field-named"') == 1


def desk_sent(colleague, desk, **fields: object) -> str:
    """What the form of a desk says against it; "" once it is saved."""
    url = reverse("admin:statements_desk_change", args=[desk.pk])
    response = colleague.client.post(url, {"name": desk.name} | fields)
    if response.status_code == 302:
        return ""
    return response.content.decode()


def members(desk) -> list[str]:
    return list(desk.members.order_by("username").values_list("username", flat=True))


def test_members_of_a_desk_are_ticked_off_and_added_by_name(
    administrator, author, editor, publisher, strait_desk
):
    ada = Colleague(administrator)
    editor.first_name, editor.last_name = "Edgar", "Ruiz, jr"
    editor.save()
    before = members(strait_desk)
    assert before == ["amina", "edgar", "petra"]
    url = reverse("admin:statements_desk_change", args=[strait_desk.pk])
    page = ada.client.get(url).content.decode()
    assert re.findall(r'name="members" value="(\d+)"[^>]* checked', page) == [
        str(user.pk) for user in (author, editor, publisher)
    ]
    words = {"members-words": 'ada, "Ruiz, jr",'}
    assert desk_sent(ada, strait_desk, members=[author.pk], **words) == ""
    assert members(strait_desk) == ["ada", "amina", "edgar"]
    assert desk_sent(ada, strait_desk) == ""
    assert members(strait_desk) == []


def test_a_refused_desk_keeps_who_was_ticked_and_what_was_typed(
    administrator, author, editor, strait_desk
):
    ada = Colleague(administrator)
    page = desk_sent(
        ada,
        strait_desk,
        members=[author.pk, "", "x", 10**30],
        **{"members-words": "edgar, Tollen"},
    )
    assert unescape(page).count("Nothing in the catalogue has “Tollen”.") == 1
    assert 'name="members-words" value="edgar, Tollen"' in page
    assert re.findall(r'name="members" value="(\d+)"[^>]* checked', page) == [
        str(author.pk)
    ]
    assert members(strait_desk) == ["amina", "edgar"]
    for forged in ("x", 10**30, -1):
        page = desk_sent(ada, strait_desk, members=[author.pk, forged])
        assert "errorlist" in page
    assert members(strait_desk) == ["amina", "edgar"]


def test_whoever_cannot_sign_in_at_the_desk_is_not_offered(
    administrator, author, editor, strait_desk
):
    ada = Colleague(administrator)
    builders.make_user("amin", "Author").delete()
    gone = builders.make_user("amintas", "Author")
    gone.is_active = False
    gone.save()
    asked = {"app_label": "statements", "model_name": "desk", "field_name": "members"}
    answer = ada.client.get(reverse("admin:autocomplete"), asked | {"q": "amin"})
    assert [(row["text"], row["beside"]) for row in answer.json()["results"]] == [
        (str(author), "amina")
    ]
    edgar = Colleague(editor)
    refused = edgar.client.get(reverse("admin:autocomplete"), asked | {"q": "amin"})
    assert refused.status_code == 403
    assert "amintas" in desk_sent(ada, strait_desk, **{"members-words": "amintas"})
    assert members(strait_desk) == ["amina", "edgar"]


def test_every_long_choice_of_the_desk_is_offered_while_one_types(
    ready, petra, administrator
):
    def fields(path: str) -> set[str]:
        page = petra.client.get(path).content.decode()
        return {
            re.search(r' name="(?:[^"]*-)?([a-z_]+)"', tag)[1]
            for tag in re.findall(r"<(?:input|select)[^>]*data-offers=[^>]*>", page)
        }

    step = "admin:statements_article_step"
    at = (ready.article_id, ready.number)
    assert fields(reverse("admin:statements_article_add")) == {"q", "issuer", "topics"}
    assert fields(reverse(step, args=[*at, "quotes"])) == {
        "q",
        "name",
        "new_organization",
        "reference",
    }
    for noun, own in (
        ("appointment", {"person", "post"}),
        ("post", {"organization"}),
        ("organization", {"parent"}),
    ):
        assert fields(reverse(f"admin:statements_{noun}_add")) == {"q", *own}
    petra.client.force_login(administrator)
    assert fields(reverse("admin:statements_desk_add")) == {"q", "words"}
