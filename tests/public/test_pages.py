"""What readers find on the pages, and how they go from one to another."""

from __future__ import annotations

import datetime as dt
import html
import re

import pytest

from statements.editorial import catalogue, editions, intake, quoting
from statements.models import Appointment, Change, Precision, Tag
from statements.public import search
from statements.public.resolutions import sentence_after, sentence_before

from ..builders import (
    make_appointment,
    make_draft,
    make_organization,
    make_post,
    quote_words,
    review_and_publish,
)

pytestmark = pytest.mark.django_db


def links(client, address: str) -> list[str]:
    return re.findall(r'href="([^"]*)"', client.get(address).text)


def test_a_statement_links_its_speaker_its_quote_and_its_resolution(
    client, public, okafor, resolution
):
    found = links(client, public.get_absolute_url())
    assert okafor.get_absolute_url() in found
    assert public.quotes.get().get_absolute_url() in found
    assert resolution.get_absolute_url() in found
    assert "/topics/ferries/" in found


def test_a_statement_plays_its_sound_and_shows_the_transcript(client, public):
    page = client.get(public.get_absolute_url()).text
    asset = public.editions.get().media.get().asset
    assert f'src="{asset.get_absolute_url()}"' in page
    assert "5:20" in page
    assert "Bells." in page


def test_translations_name_one_another_once_both_are_public(
    client, public, make_public
):
    other = make_public(9, language="de", translation_of=public).article
    third = make_public(10, language="fr", translation_of=public).article
    for one in (public, other, third):
        found = links(client, one.get_absolute_url())
        for another in {public, other, third} - {one}:
            assert another.get_absolute_url() in found


def test_a_resolution_shows_who_named_it_and_the_words_around_a_bare_mention(
    client, public, resolution, okafor, ministry
):
    page = client.get(resolution.get_absolute_url()).text
    assert "“We recall UNSCR 2417 in hour 2”" in page
    assert f'href="{okafor.get_absolute_url()}"' in page
    assert "Spokesperson" in page
    assert (
        "Hunger, says <strong>resolution 2417 (2018)</strong>, is no weapon in week 2."
        in page
    )
    assert page.count(f'href="{ministry.get_absolute_url()}"') == 1
    assert "The strait was calm." not in page
    assert "The ferries sail." not in page


def test_a_quote_that_names_a_resolution_twice_is_listed_once(
    client, resolution, author, editor, publisher, okafor, okafors_office
):
    edition = make_draft(
        by=author,
        body="“UNSCR 2417, again UNSCR 2417,” said Spokesperson Ilse Okafor.",
    )
    quote_words(edition, "UNSCR 2417, again UNSCR 2417,", by=author, speaker=okafor)
    edition.refresh_from_db()
    places = [m.span() for m in re.finditer("UNSCR 2417", edition.text)]
    quoting.accept(
        edition,
        by=author,
        citations=[quoting.NewCitation(*place, resolution) for place in places],
    )
    edition.refresh_from_db()
    review_and_publish(edition, editor=editor, publisher=publisher)
    page = client.get(resolution.get_absolute_url()).text
    assert page.count("<blockquote") == 1
    assert "2 mentions" in client.get("/resolutions/").text


@pytest.mark.parametrize(
    ("text", "whole", "kept"),
    [
        ("The first. Hunger, says ", True, "Hunger, says "),
        ("A line\nHunger, says ", True, "Hunger, says "),
        ("Hunger, says ", True, "Hunger, says "),
        ("ut off here and says ", False, "…off here and says "),
        ("He said: “Enough.” Then ", False, "Then "),
        ("", True, ""),
    ],
)
def test_the_words_before_a_mention_begin_with_its_sentence(text, whole, kept):
    assert sentence_before(text, whole=whole) == kept


@pytest.mark.parametrize(
    ("text", "whole", "kept"),
    [
        (", is no weapon. The ferries", False, ", is no weapon."),
        (" stands\nThe ferries", False, " stands"),
        (" stands", True, " stands"),
        (" stands and then is cu", False, " stands and then is…"),
        (" (2018).” He left.", False, " (2018).”"),
    ],
)
def test_the_words_after_a_mention_end_with_its_sentence(text, whole, kept):
    assert sentence_after(text, whole=whole) == kept


def test_a_spokespersons_offices_have_dates_as_exact_as_they_are_known(
    client, public, okafor, okafors_office, ministry, system
):
    Appointment.objects.filter(pk=okafors_office.pk).update(
        starts_on=dt.date(2022, 3, 1), starts_precision=Precision.MONTH
    )
    page = client.get(okafor.get_absolute_url()).text
    text = " ".join(re.sub(r"<[^>]+>", " ", page).split())
    assert "March 2022 – today Spokesperson, Ministry of Foreign Affairs" in text


def test_an_office_in_which_nobody_heard_them_is_not_shown_until_listed(
    client, public, okafor, ministry, system
):
    secret = make_post("Designated minister", ministry, by=system)
    office = make_appointment(okafor, secret, starts_on=dt.date(2027, 1, 1), by=system)
    assert "Designated" not in client.get(okafor.get_absolute_url()).text
    catalogue.list_publicly([office], by=system)
    assert "Designated" in client.get(okafor.get_absolute_url()).text


def test_a_post_leads_to_its_holders_once_it_is_public(
    client, public, okafor, ministry, spokesperson_post, system
):
    secret = make_post("Designated minister", ministry, by=system)
    office = make_appointment(okafor, secret, by=system)
    catalogue.list_publicly([office], by=system)
    found = links(client, ministry.get_absolute_url())
    assert spokesperson_post.get_absolute_url() in found
    assert secret.get_absolute_url() not in found
    assert client.get(secret.get_absolute_url()).status_code == 404
    assert okafor.get_absolute_url() in links(
        client, spokesperson_post.get_absolute_url()
    )


def test_a_hidden_parent_is_not_named_until_listed(client, public, ministry, system):
    ministry.parent = make_organization("Zinnober Government", by=system)
    catalogue.keep(ministry, by=system)
    address = ministry.get_absolute_url()
    assert "Zinnober" not in client.get(address).text
    catalogue.list_publicly([ministry.parent], by=system)
    assert "Zinnober" in client.get(address).text


def test_the_archive_leads_from_years_to_days(client, public, make_public):
    make_public(5, dated=dt.date(2025, 12, 31))
    assert "/statements/2025/" in links(client, "/statements/")
    assert "/statements/2026/03/" in links(client, "/statements/2026/")
    assert public.get_absolute_url() in links(client, "/statements/2026/03/02/")
    assert public.get_absolute_url() not in links(client, "/statements/2025/12/31/")


def test_an_empty_site_says_so_on_every_list(client, db):
    for address in (
        "/",
        "/statements/",
        "/people/",
        "/organizations/",
        "/resolutions/",
        "/topics/",
    ):
        response = client.get(address)
        assert response.status_code == 200
        assert 'class="empty"' in response.text, address


def test_hostile_names_are_shown_as_text(client, public, okafor, system):
    okafor.name = "<script>alert(1)</script>"
    catalogue.keep(okafor, by=system)
    Tag.objects.update(name="<img src=x onerror=alert(1)>")
    for address in (
        "/",
        public.get_absolute_url(),
        okafor.get_absolute_url(),
        "/people/",
        "/topics/",
        "/topics/ferries/",
        public.quotes.get().get_absolute_url(),
    ):
        page = client.get(address).text
        assert "<script>" not in page
        assert "<img src=x" not in page


def test_a_correction_says_what_was_corrected(
    client, public, author, editor, publisher
):
    edition = editions.begin(public, by=author, change=Change.CORRECTION)
    intake.revise(
        edition,
        by=author,
        lock_version=edition.lock_version,
        title="The ferries will not sail",
        change_note="The ferries stay in the harbour.",
    )
    edition.refresh_from_db()
    review_and_publish(edition, editor=editor, publisher=publisher)
    page = client.get(public.get_absolute_url()).text
    assert "The ferries will not sail" in page
    assert "The ferries stay in the harbour." in page
    assert "The ferries will sail" not in page


def test_search_finds_what_is_public_and_marks_it(client, public, okafor):
    page = client.get("/search/?q=recalled").text
    assert "<mark>recall</mark>" in page
    assert "1 quote<" in page
    assert public.get_absolute_url() in page
    page = client.get("/search/?q=speaker:okafor+-recall").text
    assert "No quote has these words." in page
    assert "There is no speaker" in client.get("/search/?q=speaker:nobody").text


def test_search_is_paged_by_key_and_keeps_its_question(
    client, make_public, monkeypatch
):
    monkeypatch.setattr(search, "SIZE", 2)
    for number in (1, 2, 3):
        make_public(number)
    address = "/search/?q=recall"
    first = client.get(address).text
    assert re.findall(r"in hour (\d)", first) == ["3", "2"]
    (older,) = re.findall(r'rel="next" href="([^"]+)"', first)
    assert older.startswith("?q=recall&amp;before=2026-03-02.")
    second = client.get("/search/" + html.unescape(older)).text
    assert re.findall(r"in hour (\d)", second) == ["1"]
