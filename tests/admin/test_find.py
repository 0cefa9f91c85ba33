"""The box in the head: what it finds, for whom, and what it says to nonsense."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.urls import reverse

from statements.editorial import binning, catalogue
from statements.models import OtherName, ResolutionAlias, Tag

from .. import builders

pytestmark = pytest.mark.django_db

FIND = reverse("admin:find")
OFFERS = reverse("admin:find_offers")
LOST = "The question holds characters that got lost on the way. Type it again."
NOTHING = "No title or name has “{}”. Write fewer words, or only the beginning of one."


def found(colleague, words: str) -> dict[str, list[str]]:
    """The rows on the page of results, by kind."""
    page = colleague.client.get(FIND, {"q": words}).content.decode()
    return {
        unescape(heading): [
            unescape(name) for name in re.findall(r"<bdi>(.*?)</bdi>", rows)
        ]
        for heading, rows in re.findall(
            r'<h2 id="found-[a-z]+">(.*?)</h2>(.*?)</section>', page, re.DOTALL
        )
    }


def offered(colleague, words: str) -> dict[str, list[tuple[str, str]]]:
    answer = colleague.client.get(OFFERS, {"q": words}).json()
    return {
        group["label"]: [(each["label"], each["beside"]) for each in group["options"]]
        for group in answer["groups"]
    }


def said(colleague, words: str) -> str:
    """The first sentence of a page without results."""
    response = colleague.client.get(FIND, {"q": words})
    assert response.status_code == 200
    main = response.content.decode().partition('id="content"')[2]
    return unescape(re.search(r"<p[^>]*>(.*?)</p>", main, re.DOTALL)[1])


def test_a_draft_is_found_by_its_words_with_its_stage(draft, edgar):
    builders.make_draft(by=draft.created_by, title="Léon’s lamps", slug="lamps")
    assert found(edgar, "leon lamp") == {"Statements": ["Léon’s lamps"]}
    assert offered(edgar, "Lamps LÉON") == {
        "Statements": [("Léon’s lamps", "Draft · Statement · 2 March 2026 · Strait")]
    }


def test_a_statement_is_found_by_its_day_and_where_a_word_is_misspelt(draft, edgar):
    both = {"Statements": [draft.title]}
    assert found(edgar, "2026-03-02") == both
    assert found(edgar, "2026-03-03") == {}
    assert found(edgar, draft.title.split()[1] + "z") == both


def test_only_statements_of_the_persons_desks_are_found(draft, edgar, odile, stefan):
    mine = {"Statements": [draft.title]}
    assert [found(each, draft.title) for each in (edgar, odile, stefan)] == [
        mine,
        {},
        mine,
    ]
    assert [list(offered(each, draft.title)) for each in (edgar, odile)] == [
        ["Statements"],
        [],
    ]


def test_what_lies_in_the_bin_is_not_found(draft, petra, edgar):
    assert found(edgar, draft.title) == {"Statements": [draft.title]}
    binning.put(draft.article, by=petra.user)
    assert found(edgar, draft.title) == {}


def test_people_are_found_by_name_other_name_and_office(
    okafor, okafors_office, edgar, system
):
    builders.make_person("Bram Tollen", by=system)
    catalogue.keep(OtherName(person=okafor, name="Élise Okáfor"), by=system)
    person = {"Spokespersons": ["Ilse Okafor"]}
    for words in ("okafor", "Okafor, Ilse", "elise", "okafur", "ilse spokesperson"):
        assert found(edgar, words) == person, words
    office = str(okafors_office.post)
    assert offered(edgar, "ilse")["Spokespersons"] == [("Ilse Okafor", office)]


def test_a_record_that_was_merged_is_found_as_the_one_that_stays(okafor, edgar, petra):
    double = builders.make_person("Ilsa Okafor", by=petra.user)
    assert len(found(edgar, "okafor")["Spokespersons"]) == 2
    catalogue.merge(double, okafor, by=petra.user)
    assert found(edgar, "ilsa") == {"Spokespersons": ["Ilse Okafor"]}


@pytest.mark.parametrize(
    "words",
    [
        "2417",
        "S/RES/2417",
        "s/res/2417 (2018)",
        "UNSCR 2417",
        "hunger text",
        "hunger téxt",
    ],
)
def test_a_resolution_is_found_by_number_symbol_and_other_name(
    words, resolution, edgar, system
):
    ResolutionAlias.objects.create(resolution=resolution, name="The Hunger Text")
    builders.make_resolution("S/RES/24170 (2018)", by=system)
    assert found(edgar, words)["Resolutions"][0] == "S/RES/2417 (2018)"
    assert found(edgar, "241")["Resolutions"] != []
    if words == "2417":
        assert offered(edgar, words)["Resolutions"][0][0] == "S/RES/2417 (2018)"


def test_organisations_and_topics_are_found(ministry, edgar):
    Tag.objects.create(name="Ministry of Foreign Affairs at sea", slug="at-sea")
    assert found(edgar, "foreign ministry") == {
        "Organisations": [ministry.name],
        "Topics": ["Ministry of Foreign Affairs at sea"],
    }


def test_nobody_finds_more_than_their_rights_let_them_open(
    draft, okafor, resolution, edgar
):
    noor = type(edgar)(builders.make_user("noor"))
    assert found(noor, "okafor") == {}
    assert said(noor, "") == (
        "There is nothing that you may look up yet. Ask an administrator for a role."
    )
    assert list(found(edgar, "okafor")) == ["Spokespersons"]


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("", "Write in the box above what you look for; statements, spokespersons, "
         "organisations, resolutions, topics can be found:"),
        ("\0", LOST),
        ("\ufffd", LOST),
        ("x" * 5000, "The question has more than 300 characters. Write a few words of "
         "a title or name."),
        ("a " * 60, "The question has more than 40 words. Keep the rarest of them."),
        ("%_\\", NOTHING.format("%_\\")),
        ("*'\"(", NOTHING.format("*'\"(")),
    ],
)  # fmt: skip
def test_nonsense_is_answered_in_a_sentence(words, answer, draft, okafor, edgar):
    assert said(edgar, words) == answer
    told = edgar.client.get(OFFERS, {"q": words}).json()
    assert told["groups"] == []
    assert told["problem"] in (answer, "")


def test_half_a_character_is_answered_in_a_sentence(edgar):
    page = edgar.client.get(f"{FIND}?q=%ED%A0%80").content.decode()
    assert "characters that got lost on the way" in page


@pytest.mark.parametrize("rows", [1, 6])
def test_the_number_of_queries_and_rows_is_bounded(
    rows, author, system, edgar, django_assert_num_queries
):
    for number in range(rows):
        builders.make_draft(
            by=author, title=f"Strait {number}", slug=f"strait-{number}"
        )
        builders.make_person(f"Strait {number}", by=system)
        builders.make_organization(f"Strait {number}", by=system)
        builders.make_resolution(f"Strait {number}", by=system)
        Tag.objects.create(name=f"Strait {number}", slug=f"strait-{number}")
    edgar.client.get(OFFERS)
    # Session, user, two of rights, the clock; one for each kind, and for offices.
    with django_assert_num_queries(11):
        assert {kind: len(each) for kind, each in offered(edgar, "strait").items()} == (
            dict.fromkeys(
                (
                    "Statements",
                    "Spokespersons",
                    "Organisations",
                    "Resolutions",
                    "Topics",
                ),
                min(rows, 4),
            )
        )


def test_more_than_a_page_leads_to_the_list(system, edgar):
    for number in range(21):
        builders.make_person(f"Strait {number}", by=system)
    page = edgar.client.get(FIND, {"q": "strait"}).content.decode()
    assert page.count("/spokesperson/") == 21
    more = f"{reverse('admin:statements_spokesperson_changelist')}?q=strait"
    assert f'href="{more}"' in page


def test_every_page_has_the_box_and_the_sign_in_page_has_none(client, edgar):
    box = f'<search class="find"><form action="{FIND}">'
    for path in (reverse("admin:index"), FIND, reverse("admin:statements_post_add")):
        assert edgar.client.get(path).content.decode().count(box) == 1
    assert box not in client.get(reverse("admin:login")).content.decode()
