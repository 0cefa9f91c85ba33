"""A quote as a file for reference managers, and how its page says to cite it."""

from __future__ import annotations

import json

import pytest

from statements.models import Permalink

KINDS = {
    "txt": "text/plain",
    "bib": "application/x-bibtex",
    "ris": "application/x-research-info-systems",
    "json": "application/vnd.citationstyles.csl+json",
}


@pytest.fixture
def address(public) -> str:
    return public.quotes.get().get_absolute_url().rstrip("/")


def test_each_form_is_a_file_that_names_speaker_office_and_address(
    client, address, public, settings
):
    key = public.quotes.get().permalink_id
    for form, kind in KINDS.items():
        answer = client.get(f"{address}.{form}")
        assert answer.status_code == 200
        assert answer["Content-Type"] == f"{kind}; charset=utf-8"
        assert answer["Content-Disposition"] == (
            f'attachment; filename="quote-{key}.{form}"'
        )
        assert f"{settings.SITE_URL}{address}/" in answer.content.decode()
    (item,) = json.loads(answer.content)
    assert item["author"] == [{"family": "Okafor", "given": "Ilse"}]
    assert item["note"] == "Spokesperson, Ministry of Foreign Affairs"
    assert item["abstract"] == "We recall UNSCR 2417 in hour 2"


def test_the_page_leads_to_each_form_and_shows_four_styles(client, address):
    page = client.get(f"{address}/").content.decode()
    assert [f'href="{address}.{form}"' in page for form in KINDS] == [True] * 4
    assert page.count("<dt>") == 4
    assert "“We recall UNSCR 2417 in hour 2,” Ilse Okafor, Spokesperson," in page


def test_a_file_costs_one_question(client, address, django_assert_num_queries):
    client.get(f"{address}.ris")
    with django_assert_num_queries(1):
        client.get(f"{address}.ris")


def test_a_file_moves_with_its_quote_and_goes_with_it(client, address, public):
    assert client.get(f"{address.lower()}.bib")["Location"] == f"{address}.bib"
    assert client.get(f"{address}.pdf").status_code == 404
    assert client.get("/quotes/0000000000.bib").status_code == 404
    old = Permalink.objects.create(
        article=public, merged_into=public.quotes.get().permalink
    )
    assert client.get(f"/quotes/{old.pk}.ris")["Location"] == f"{address}.ris"


def test_a_file_of_a_withdrawn_quote_is_gone_without_its_words(
    client, address, withdraw, public
):
    withdraw(public)
    answer = client.get(f"{address}.json")
    assert answer.status_code == 410
    assert "We recall" not in answer.content.decode()
