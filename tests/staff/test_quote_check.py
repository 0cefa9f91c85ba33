"""The staff's check of a pasted quotation, as a page."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import urlencode

import pytest
from django.test import Client

from statements.models import Source, SourceVersion, User
from tests import builders

pytestmark = pytest.mark.django_db

URL = "/staff/quote-check/"
SAID = "The grain barges wait for pilots in the narrows of the strait"
ALTERED = SAID.replace("pilots", "soldiers")


@pytest.fixture
def staff(client, author):
    client.force_login(author)
    return client


def page(client, words: str, **fields: str) -> str:
    """What is answered to words that were pasted and sent."""
    response = client.post(URL, {"quotation": words, **fields})
    assert response.status_code == 200
    return response.content.decode()


def plain(html: str) -> str:
    main = html.split("<main")[1].split("</main>")[0].replace("</li>", " ")
    return " ".join(unescape(re.sub(r"<[^>]+>", "", main)).split())


def test_the_page_is_for_staff_who_may_read_quotes(client, author):
    response = client.get(f"{URL}?quotation=ferry+sails")
    asked = urlencode({"next": f"{URL}?quotation=ferry sails"}, safe="/")
    assert response.status_code == 302
    assert unescape(response["Location"]).startswith("/admin/login/?next="), asked
    for user in (User.objects.create_user("visitor"), builders.make_user("nobody")):
        client.force_login(user)
        assert client.get(URL).status_code == 404
        assert client.post(URL, {"quotation": SAID}).status_code == 404
    client.force_login(author)
    response = client.get(URL)
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
    assert client.put(URL).status_code == 405


def test_a_form_from_elsewhere_is_refused(author):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(author)
    assert strict.post(URL, {"quotation": SAID}).status_code == 403


def test_an_altered_quotation_is_shown_word_by_word_with_who_said_it(staff, say):
    quote = say(SAID)
    html = page(staff, ALTERED)
    text = plain(html)
    assert "It is found, but altered." in text
    assert "Altered in 1 place" in text
    assert "for <del>pilots</del><ins>soldiers</ins> in the narrows" in html
    assert "Ilse Okafor, Spokesperson, Ministry of Foreign Affairs" in text
    assert f'<a href="{quote.get_absolute_url()}">“{SAID}”</a>' in html
    place = f"{quote.article.get_absolute_url()}#q-{quote.permalink_id}"
    assert f'<a href="{place}"><cite><bdi>{quote.edition.title}' in html
    assert '<time datetime="2026-03-02">' in html
    # What was pasted stays in its box.
    assert f">\n{ALTERED}</textarea>" in html


@pytest.mark.parametrize(
    ("pasted", "sentence", "note"),
    [
        (SAID, "It is found word for word.", ""),
        (
            "[t]he grain barges wait … in the narrows",
            "It is found word for word, with edits that readers can see.",
            "“[t]he” stands for “The”. Left out: “for pilots”.",
        ),
        (
            "barges came and barges went, and pilots were heard of no more; the strait",
            "It was found nowhere, nor anything like it.",
            "Try a shorter part",
        ),
        ("of the and to be", "These words are too common to be looked for.", ""),
    ],
)
def test_the_answer_is_said_in_plain_words(staff, say, pasted, sentence, note):
    say(SAID)
    text = plain(page(staff, pasted))
    assert sentence in text
    assert note in text
    # An address that holds a short one is answered alike.
    found = staff.get(URL, {"quotation": pasted}).content.decode()
    assert sentence in plain(found)


def test_a_place_in_a_text_is_shown_and_marked(staff, say):
    quote = say(SAID)
    html = page(staff, "room was calm")
    place = f"{quote.article.get_absolute_url()}#:~:text=room%20was%20calm"
    assert f'in the text of <a href="{place}">' in html
    assert "<mark>room was calm</mark>" in html


def test_a_source_is_told_to_those_who_may_read_sources(staff, say, author):
    words = "The tide was too low for any of them"
    source = Source.objects.create(
        title="Briefing", url="https://vallorn.example/briefing"
    )
    SourceVersion.objects.create(source=source, number=1, text=words, sha256="0" * 64)
    html = page(staff, words)
    assert 'in the source <a href="https://vallorn.example/briefing"' in html
    role = author.groups.get()
    role.permissions.remove(role.permissions.get(codename="view_source"))
    assert "It was found nowhere" in plain(page(staff, words))


def test_drafts_are_told_on_demand_and_to_their_desk_alone(
    staff, say, author, outsider
):
    quote = say(SAID, publish=False)
    assert SAID not in page(staff, ALTERED)
    html = page(staff, ALTERED, unpublished="on")
    place = f"?at={quote.start}-{quote.end}#at"
    step = f"/admin/statements/article/{quote.article_id}/edition/1/quotes/{place}"
    assert f'<a href="{step}">“{SAID}”</a>' in html
    assert "Altered in 1 place Not published" in plain(html)
    assert quote.get_absolute_url() not in html
    assert staff.get(step.removesuffix("#at")).status_code == 200
    staff.force_login(outsider)
    assert SAID not in page(staff, ALTERED, unpublished="on")


@pytest.mark.parametrize("typed", ["ferry", "a\0b c", "ferry " * 1000])
def test_what_cannot_be_looked_up_gets_a_sentence_and_stays(staff, typed):
    html = page(staff, typed)
    assert 'role="alert"' in html
    assert 'aria-describedby="quotation-problem"' in html
    assert typed in html


def test_hostile_words_are_shown_as_text(staff, say):
    say("The ferry sails & waits for nobody at all")
    html = page(staff, 'The "ferry" sails & waits <script>x</script> for nobody at all')
    assert "script&gt;x&lt;/script" in html.split('<p class="change"')[1]
    assert "<script>" not in html.split("<main")[1].split("</main>")[0]


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_for_one_and_for_three(
    staff, say, count, django_assert_num_queries
):
    for number in range(count):
        say(f"{SAID}, {number} of them")
        say(f"{SAID}, all {number}", publish=False)
    # Session, user, their permissions (their own, and of their roles); words; public
    # quotes and drafts, each to look for and to read; texts likewise; sources.
    with django_assert_num_queries(12):
        page(staff, ALTERED, unpublished="on")
    with django_assert_num_queries(4):
        staff.get(URL)
