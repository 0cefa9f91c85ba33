"""No printed link dies: it leads on in one hop, or says that and why it is gone."""

from __future__ import annotations

import datetime as dt

import pytest

from statements.editorial import catalogue, editions, intake, quoting
from statements.models import Change, FormerAddress, Permalink, ResolutionAlias, Tag

from ..builders import make_person, review_and_publish

pytestmark = pytest.mark.django_db


def led_to(client, address: str) -> str:
    """Where one permanent hop leads, to a page that is there."""
    response = client.get(address)
    assert response.status_code == 301, response.status_code
    assert client.get(response["Location"]).status_code == 200
    return response["Location"]


def test_a_withdrawn_statement_says_why_and_not_what(client, public, withdraw):
    address = public.get_absolute_url()
    assert "hour 2" in client.get(address).text
    withdraw(public, note="It named the wrong harbour.")
    response = client.get(address)
    assert response.status_code == 410
    assert "It contained an error" in response.text
    assert "It named the wrong harbour." in response.text
    assert "hour 2" not in response.text
    # The foot of the page prints the address that was asked for.
    assert "ferries" not in response.text.replace(address, "").lower()


def test_a_republished_statement_is_there_again(
    client, public, withdraw, author, editor, publisher
):
    withdraw(public)
    again = editions.begin(public, by=author)
    review_and_publish(again, editor=editor, publisher=publisher)
    assert client.get(public.get_absolute_url()).status_code == 200


def test_a_statement_that_moved_leads_on(client, public, author):
    old = public.get_absolute_url()
    FormerAddress.objects.create(path="/statements/2026/03/01/older/", article=public)
    assert led_to(client, "/statements/2026/03/01/older/") == old


def test_a_former_address_of_a_withdrawn_statement_is_gone(client, public, withdraw):
    FormerAddress.objects.create(path="/statements/2026/03/01/older/", article=public)
    withdraw(public)
    response = client.get("/statements/2026/03/01/older/")
    assert response.status_code == 410
    assert "It named the wrong harbour." in response.text


def test_renamed_things_lead_on(
    client, public, okafor, ministry, spokesperson_post, resolution, system
):
    tag = Tag.objects.get(slug="ferries")
    for row in (okafor, ministry, spokesperson_post, resolution, tag):
        former = row.get_absolute_url()
        row.slug = f"{row.slug}-renamed"
        catalogue.keep(row, by=system)
        assert led_to(client, former) == row.get_absolute_url()


def test_a_merged_person_leads_to_the_other(client, public, okafor, system):
    other = make_person("Ilse B. Okafor", by=system)
    third = make_person("I. Okafor", by=system)
    former = okafor.get_absolute_url()
    catalogue.merge(okafor, other, by=system)
    assert led_to(client, former) == other.get_absolute_url()
    between = other.get_absolute_url()
    catalogue.merge(other, third, by=system)
    assert led_to(client, former) == third.get_absolute_url()
    assert led_to(client, between) == third.get_absolute_url()


def test_a_person_merged_before_anybody_saw_them_was_never_there(
    client, public, okafor, system
):
    secret = make_person("Zelda Zinnober", by=system)
    catalogue.merge(secret, okafor, by=system)
    assert client.get(secret.get_absolute_url()).status_code == 404


def test_pages_of_the_catalogue_are_gone_when_nothing_public_names_them(
    client, public, okafor, ministry, resolution, withdraw
):
    withdraw(public)
    for row in (okafor, ministry, resolution):
        response = client.get(row.get_absolute_url())
        assert response.status_code == 410
        assert str(row) not in response.text


def test_a_quote_that_was_taken_out_names_the_day_and_the_statement(
    client, public, author, editor, publisher
):
    quote = public.quotes.get()
    again = editions.begin(public, by=author, change=Change.CORRECTION)
    quoting.remove(again.quotes.get(), by=author)
    again.refresh_from_db()
    intake.revise(
        again,
        by=author,
        lock_version=again.lock_version,
        body="The strait was calm.",
        change_note="A quote was taken out.",
    )
    again.refresh_from_db()
    review_and_publish(again, editor=editor, publisher=publisher)
    response = client.get(quote.get_absolute_url())
    assert response.status_code == 410
    assert f'href="{public.get_absolute_url()}"' in response.text
    assert dt.date.today().isoformat()[:4] in response.text
    assert "<time datetime=" in response.text
    assert quote.text not in response.text


def test_a_quote_of_a_withdrawn_statement_says_why(client, public, withdraw):
    quote = public.quotes.get()
    withdraw(public)
    response = client.get(quote.get_absolute_url())
    assert response.status_code == 410
    assert "It named the wrong harbour." in response.text
    assert quote.text not in response.text
    assert public.get_absolute_url() not in response.text


def test_merged_permalinks_lead_to_the_last_in_one_hop(client, public):
    quote = public.quotes.get()
    second = Permalink.objects.create(article=public, merged_into=quote.permalink)
    first = Permalink.objects.create(article=public, merged_into=second)
    assert led_to(client, first.get_absolute_url()) == quote.get_absolute_url()
    assert led_to(client, second.get_absolute_url()) == quote.get_absolute_url()


def test_a_permalink_merged_into_a_hidden_quote_is_not_found(client, public, hidden):
    secret = hidden.edition.quotes.first().permalink
    merged = Permalink.objects.create(article=public, merged_into=secret)
    assert client.get(merged.get_absolute_url()).status_code == 404


def test_permalinks_merged_in_a_circle_are_not_found(client, public):
    one = Permalink.objects.create(article=public)
    two = Permalink.objects.create(article=public, merged_into=one)
    one.merged_into = two
    one.save()
    assert client.get(one.get_absolute_url()).status_code == 404


def test_a_permalink_in_small_letters_leads_to_the_printed_one(client, public):
    """And so do an O that is a zero, and an l or an I that is a one."""
    quote = public.quotes.get()
    again = Permalink.objects.create(pk="0ABCDEFG11", article=public)
    again.merged_into = quote.permalink
    again.save()
    for typed in ("0abcdefg11", "OABCDEFG1l", "oAbcdefgI1"):
        assert led_to(client, f"/quotes/{typed}/") == quote.get_absolute_url()
    small = quote.get_absolute_url().replace("quotes", "QUOTES").swapcase()
    assert small.startswith("/quotes/")
    if small != quote.get_absolute_url():
        assert led_to(client, small) == quote.get_absolute_url()


def test_a_slash_is_added(client, public):
    address = public.get_absolute_url()
    assert led_to(client, address.rstrip("/")) == address


@pytest.mark.parametrize(
    "printed",
    [
        "/resolutions/S/RES/2417(2018)",
        "/resolutions/S/RES/2417%20(2018)",
        "/resolutions/s/res/2417(2018)/",
        "/resolutions/?ref=UNSCR+2417",
        "/resolutions/?ref=S/RES/2417(2018)",
        "/resolutions/?ref=the+hunger+resolution",
    ],
)
def test_a_printed_form_leads_to_the_resolution(client, public, resolution, printed):
    ResolutionAlias.objects.create(resolution=resolution, name="The hunger resolution")
    assert led_to(client, printed) == resolution.get_absolute_url()


@pytest.mark.parametrize("ref", ["", "nonsense", "UNSCR 1", "%00", "é" * 500])
def test_a_reference_to_nothing_public_is_not_found(client, public, ref):
    assert client.get(f"/resolutions/?ref={ref}").status_code == 404


def test_a_day_that_held_a_statement_is_gone_and_another_was_never_there(
    client, public, withdraw, publisher
):
    withdraw(public)
    day = public.dated
    assert client.get(f"/statements/{day:%Y/%m/%d}/").status_code == 410
    assert client.get(f"/statements/{day:%Y/%m}/").status_code == 410
    assert client.get(f"/statements/{day.year}/02/03/").status_code == 404
    assert client.get(f"/statements/{day:%Y/%m/%d}/?kind=statement").status_code == 404


@pytest.mark.parametrize(
    "address",
    [
        "/statements/2026/13/",
        "/statements/2026/02/30/",
        "/statements/0000/",
        "/statements/2026/02/30/slug/",
        "/statements/2025/",
        "/statements/26/",
        "/quotes/short/",
        "/quotes/UUUUUUUUUU/",
    ],
)
def test_what_is_no_date_or_key_is_not_found(client, public, address):
    assert client.get(address).status_code == 404
